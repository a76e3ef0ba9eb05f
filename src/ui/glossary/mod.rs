//! The glossary: every word and symbol on the screen, each with the sentence a student needs.
//!
//! What an entry of a registry says of itself (a method, a parameter, a view, an overlay, a quantity) is taken from there; words of the subject stand in `words.rs`.

mod words;

use std::collections::BTreeMap;

use crate::drawing::Pane;
use crate::drawing::loss_chart::StepQuantity;
use crate::drawing::overlays::{self, Group};
use crate::landscapes::entries;
use crate::optimizers::ENTRIES;

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
    let groups = Group::ALL.into_iter().map(|group| registered(group.label(), group.help()));
    let drawn = overlays::ALL.iter().map(|overlay| registered(overlay.label, overlay.help));
    let quantities = StepQuantity::ALL.into_iter().map(|quantity| registered(quantity.title(), quantity.help()));
    let methods = ENTRIES.iter().map(|method| registered(method.name, method.idea));
    vec![
        Chapter { title: "Words", words: words::WORDS.to_vec() },
        Chapter { title: "Views", words: views.collect() },
        Chapter { title: "Show", words: distinct(groups.chain(drawn)) },
        Chapter { title: "Quantities of a step", words: quantities.collect() },
        Chapter { title: "Methods", words: methods.collect() },
        Chapter { title: "Parameters", words: parameters() },
    ]
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
    /// Whether it is meant by what someone seeks: a part of its name, of another spelling or of its meaning, or one of its symbols.
    pub fn matches(&self, sought: &str) -> bool {
        let sought = sought.trim().to_lowercase();
        let has = |text: &&str| text.to_lowercase().contains(&sought);
        sought.is_empty() || [self.name].iter().chain(self.also).chain(self.symbols).any(has) || has(&self.meaning)
    }
}
