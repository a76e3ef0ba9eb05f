//! The glossary: every word and symbol on the screen, each with the sentence a student needs.
//!
//! What an entry of a registry says of itself (a method, a parameter, a view, an overlay, a quantity, an action, a form of export, a choice of a race) is taken from there; words of the subject stand in `words.rs`.

mod words;

use std::collections::BTreeMap;

use crate::drawing::loss_chart::StepQuantity;
use crate::drawing::overlays::{self, OverlayGroup};
use crate::drawing::{ExportFormat, Pane};
use crate::landscapes::entries;
use crate::optimizers::ENTRIES;
use crate::state::{CompareChart, RaceRates, Until};
use crate::ui::actions;

/// A word, its symbols, and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word itself.
    pub name: &'static str,
    /// How it is written in formulas.
    pub symbols: &'static [&'static str],
    /// Other spellings, and words that belong to it.
    pub also: &'static [&'static str],
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

/// A part of the glossary.
pub struct Chapter {
    /// Its title.
    pub title: &'static str,
    /// Its words.
    pub words: Vec<Word>,
}

/// A word of a registry.
fn registered(name: &'static str, meaning: &'static str) -> Word {
    Word { name, symbols: &[], also: &[], meaning }
}

/// The whole glossary.
pub fn chapters() -> Vec<Chapter> {
    let views = Pane::ALL.into_iter().map(|pane| registered(pane.title(), pane.help()));
    let groups = OverlayGroup::ALL.into_iter().map(|group| registered(group.label(), group.help()));
    let drawn = overlays::ALL.iter().map(|overlay| registered(overlay.label, overlay.help));
    let quantities = StepQuantity::ALL.into_iter().map(|quantity| registered(quantity.title(), quantity.help()));
    let methods = ENTRIES.iter().map(|method| registered(method.name, method.idea));
    let mut chapters = vec![
        Chapter { title: "Words", words: words::WORDS.to_vec() },
        Chapter { title: "Views", words: views.collect() },
        Chapter { title: "Show", words: distinct(groups.chain(drawn)) },
        Chapter { title: "Quantities of a step", words: quantities.collect() },
        Chapter { title: "Methods", words: methods.collect() },
        Chapter { title: "Parameters", words: parameters() },
    ];
    let controls = controls(&chapters);
    chapters.push(Chapter { title: "Controls", words: controls });
    chapters
}

/// What buttons, switches and menus do, by their names; what has a word of its own in a chapter before is left out.
fn controls(chapters: &[Chapter]) -> Vec<Word> {
    let is_there = |name: &str| {
        chapters.iter().flat_map(|chapter| &chapter.words).any(|word| word.name.to_lowercase() == name.to_lowercase())
    };
    let named = actions::all().iter().map(|action| registered(action.name, action.help));
    let forms = ExportFormat::ALL.iter().map(|format| registered(format.title(), format.help()));
    distinct(named.chain(forms).chain(of_races(chapters)).filter(|word| !is_there(word.name)))
}

/// What the menus of a race offer, where no other word has that name or that spelling.
fn of_races(chapters: &[Chapter]) -> Vec<Word> {
    let until = Until::ALL.map(|choice| registered(choice.title(), choice.help()));
    let rates = RaceRates::ALL.map(|choice| registered(choice.title(), choice.help()));
    let charts = CompareChart::ALL.map(|choice| registered(choice.title(), choice.help()));
    let is_spelled = |word: &Word, name: &str| word.also.iter().chain(word.symbols).any(|other| *other == name);
    let is_new =
        |word: &Word| chapters.iter().flat_map(|chapter| &chapter.words).all(|known| !is_spelled(known, word.name));
    until.into_iter().chain(rates).chain(charts).filter(is_new).collect()
}

/// Each name once, in order: of several the first.
fn distinct(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut seen = Vec::new();
    for word in words {
        if !seen.iter().any(|known: &Word| known.name == word.name) {
            seen.push(word);
        }
    }
    seen
}

/// The parameters of the methods and the landscapes, by the alphabet; where several share a name, what the first says.
fn parameters() -> Vec<Word> {
    let of_methods = ENTRIES.iter().flat_map(|method| method.parameters);
    let of_landscapes = entries().flat_map(|entry| entry.parameters);
    let mut known = BTreeMap::new();
    for parameter in of_methods.chain(of_landscapes) {
        let symbols = std::slice::from_ref(&parameter.symbol);
        let word = Word { name: parameter.label, symbols, also: &[], meaning: parameter.help };
        known.entry(parameter.label).or_insert(word);
    }
    known.into_values().collect()
}

impl Word {
    /// How well it is meant by what someone seeks, the less the better: its name or a symbol, the beginning of its name, of a word of
    /// it, a part of it or of another spelling, a part of its meaning; `None` where it is none of these.
    pub fn distance(&self, sought: &str) -> Option<usize> {
        let sought = sought.trim().to_lowercase();
        let name = self.name.to_lowercase();
        let other = || self.also.iter().chain(self.symbols).map(|text| text.to_lowercase());
        let begins_word = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&sought));
        let ways = [
            name == sought || self.symbols.iter().any(|symbol| symbol.trim() == sought),
            other().any(|text| text == sought),
            name.starts_with(&sought),
            begins_word(&name),
            other().any(|text| begins_word(&text)),
            name.contains(&sought) || other().any(|text| text.contains(&sought)),
            self.meaning.to_lowercase().contains(&sought),
        ];
        ways.into_iter().position(|is_so| is_so)
    }

    /// Whether it is meant by what someone seeks.
    pub fn matches(&self, sought: &str) -> bool {
        sought.trim().is_empty() || self.distance(sought).is_some()
    }
}

/// The words that are meant by what someone seeks, the best first; of equal ones in the order of the chapters.
pub fn found(sought: &str) -> Vec<Word> {
    let words = chapters().into_iter().flat_map(|chapter| chapter.words);
    let mut found: Vec<(usize, Word)> = words.filter_map(|word| Some((word.distance(sought)?, word))).collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word is the first that is found by its name, and what only speaks of it stands below what bears it.
    #[test]
    fn what_is_sought_stands_first() {
        for word in chapters().into_iter().flat_map(|chapter| chapter.words) {
            let first = found(word.name)[0].name;
            assert_eq!(first.to_lowercase(), word.name.to_lowercase());
        }
        for (sought, first) in
            [("η", "learning rate"), ("λmax", "eigenvalue"), ("eigen", "eigenvalue"), ("rho", "ratio of reduction")]
        {
            assert_eq!(found(sought)[0].name, first, "{sought}");
        }
        let names: Vec<&str> = found("momentum").iter().map(|word| word.name).collect();
        let last_named = names.iter().rposition(|name| name.to_lowercase().contains("momentum"));
        let first_other = names.iter().position(|name| *name == "energy");
        assert!(last_named < first_other && first_other.is_some(), "{names:?}");
        for (seen, bearer) in [("dead", "dead unit"), ("further out", "trial points"), ("Begin anew", "New")] {
            assert_eq!(found(seen).first().map(|word| word.name), Some(bearer), "{seen}");
        }
        assert!(RaceRates::ALL.iter().all(|rates| !found(rates.title()).is_empty()), "what a race offers");
        assert!(found("no such word at all").is_empty());
    }
}
