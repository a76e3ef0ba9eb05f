//! What distinguishes the runs of one method: where two runs have the same name, the parameters in which they differ.

use super::{Card, Document};
use crate::landscapes::{Parameter, Scale};
use crate::numbers::numerals::{coordinate, parameter};
use crate::optimizers::short_name;

impl Document {
    /// Whether another run of its method has another value of the method's main parameter.
    pub fn main_parameter_differs(&self, card: &Card) -> bool {
        let (choice, entry) = (&card.optimizer, card.optimizer.entry);
        let main = entry.main_index().filter(|index| choice.acts(*index) && !card.ghost);
        let mut peers = self.cards.iter().filter(|other| !other.ghost && other.optimizer.entry == entry);
        main.is_some_and(|index| peers.any(|other| other.optimizer.parameters[index] != choice.parameters[index]))
    }

    /// The name of a run's method, short where more is said: all that distinguishes it from other runs of that method, its main
    /// parameter among it.
    pub fn distinct_name(&self, card: &Card) -> String {
        let name = card.optimizer.entry.name;
        let parts = self.all_distinctions(card);
        if parts.is_empty() { named(name.to_owned(), parts, card) } else { named(short_name(name), parts, card) }
    }

    /// The same with a short name in any case, as it stands on a picture.
    pub fn label(&self, card: &Card) -> String {
        named(short_name(card.optimizer.entry.name), self.all_distinctions(card), card)
    }

    /// The same with the shortest name, where there is least room.
    pub fn brief_label(&self, card: &Card) -> String {
        named(card.optimizer.entry.brief.to_owned(), self.all_distinctions(card), card)
    }

    /// What distinguishes a run from the other runs of its method, the main parameter where it does.
    fn all_distinctions(&self, card: &Card) -> Vec<String> {
        let (choice, entry) = (&card.optimizer, card.optimizer.entry);
        let main = entry.main_index().filter(|_| self.main_parameter_differs(card));
        let main = main.map(|index| spelled(&entry.parameters[index], choice.parameters[index]));
        main.into_iter().chain(self.distinctions(card)).collect()
    }

    /// What distinguishes a run from the other runs of its method, beside the method's main parameter, which is named only where it
    /// differs: "β 0.5", "ema", "from step 12", "starts at (1, 2)". Empty where it is the only run of its method, and for a ghost,
    /// which is called one; where nothing differs, its number among those that are the same.
    pub fn distinctions(&self, card: &Card) -> Vec<String> {
        if card.ghost {
            return Vec::new();
        }
        let is_peer = |other: &&Card| !other.ghost && other.optimizer.entry == card.optimizer.entry;
        let peers: Vec<&Card> = self.cards.iter().filter(is_peer).collect();
        if peers.len() < 2 {
            return Vec::new();
        }
        let mut found = parameters(card, &peers);
        if peers.iter().any(|other| other.branched_at != card.branched_at) {
            found.extend(card.branched_at.map(|step| format!("from step {step}")));
        }
        if peers.iter().any(|other| self.start_of(other) != self.start_of(card)) {
            found.extend(card.own_start.map(|start| {
                let [x, y] = [start.x, start.y].map(coordinate);
                if self.landscape.dimension().is_one() {
                    format!("starts at {x}")
                } else {
                    format!("starts at ({x}, {y})")
                }
            }));
        }
        let same = |other: &&&Card| self.recipe(other) == self.recipe(card);
        let before = peers.iter().take_while(|other| other.id != card.id).filter(same).count();
        if before > 0 {
            found.push(format!("copy {}", before + 1));
        }
        found
    }
}

/// A name with what distinguishes its run, and that it is a ghost.
fn named(name: String, parts: Vec<String>, card: &Card) -> String {
    let ghost = card.ghost.then(|| "(ghost)".to_owned());
    std::iter::once(name).chain(parts).chain(ghost).collect::<Vec<_>>().join(" ")
}

/// The parameters in which a run differs from others of its method, the main one apart.
fn parameters(card: &Card, peers: &[&Card]) -> Vec<String> {
    let choice = &card.optimizer;
    // Where it does nothing for another run, that on which this depends differs already.
    let differs = |index: &usize| {
        let mut others = peers.iter().filter(|other| other.optimizer.acts(*index));
        others.any(|other| other.optimizer.parameters[*index] != choice.parameters[*index])
    };
    let indices = 0..choice.entry.parameters.len();
    let telling =
        indices.filter(|index| Some(*index) != choice.entry.main_index() && choice.acts(*index)).filter(differs);
    let telling: Vec<usize> = telling.collect();
    // A form that is the usual one is named where nothing else is.
    let is_usual = |index: &usize| {
        let parameter = &choice.entry.parameters[*index];
        parameter.choices().is_some() && choice.parameters[*index] == parameter.default
    };
    let unusual: Vec<usize> = telling.iter().copied().filter(|index| !is_usual(index)).collect();
    let said = if unusual.is_empty() { telling } else { unusual };
    said.into_iter().map(|index| spelled(&choice.entry.parameters[index], choice.parameters[index])).collect()
}

/// A parameter with its value, as short as it can be read.
fn spelled(of: &Parameter, value: f64) -> String {
    match of.scale {
        Scale::Choice(_) if matches!(of.spell(value).as_str(), "on" | "off" | "yes" | "no" | "true" | "false") => {
            format!("{} {}", of.label, of.spell(value))
        }
        Scale::Choice(_) => of.spell(value).replace('_', " "),
        _ if of.symbol.is_empty() => format!("{} {}", of.label, parameter(value)),
        _ => format!("{} {}", of.symbol, parameter(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::{Point, SplitMix64};
    use crate::optimizers::{Choice, ENTRIES};

    fn document(methods: &[&str]) -> Document {
        let mut document = Document::new(Landscape::parse("himmelblau").unwrap());
        document.cards.clear();
        for method in methods {
            document.add(Choice::parse(method).unwrap()).unwrap();
        }
        document
    }

    fn said(document: &Document) -> Vec<String> {
        document.cards.iter().map(|card| document.distinctions(card).join(", ")).collect()
    }

    #[test]
    fn runs_of_one_method_are_distinguished_by_what_differs() {
        for (methods, expected) in [
            (&["momentum", "gd"][..], &["", ""][..]),
            (&["momentum:beta=0.9", "momentum:beta=0.5"], &["β 0.9", "β 0.5"]),
            (&["momentum", "momentum:form=ema", "gd"], &["heavy ball", "ema", ""]),
            (&["momentum:beta=0.9", "momentum:beta=0.5", "momentum:form=ema"], &["β 0.9", "β 0.5", "β 0.9, ema"]),
            // The rate stands beside the name in any case.
            (&["gd:lr=0.01", "gd:lr=0.02"], &["", ""]),
            (&["gd:lr=0.01", "gd:lr=0.01", "gd:lr=0.01"], &["", "copy 2", "copy 3"]),
        ] {
            assert_eq!(said(&document(methods)), expected, "{methods:?}");
        }
    }

    #[test]
    fn a_name_that_two_runs_would_share_says_what_differs() {
        let names = |methods: &[&str]| -> Vec<String> {
            let document = document(methods);
            document.cards.iter().map(|card| document.distinct_name(card)).collect()
        };
        assert_eq!(names(&["gd:lr=0.01", "newton"]), ["Gradient descent", "Newton"]);
        assert_eq!(names(&["gd:lr=0.01", "gd:lr=0.02"]), ["Gradient descent η 0.01", "Gradient descent η 0.02"]);
        let two = names(&["momentum:beta=0.9,lr=0.01", "momentum:beta=0.5,lr=0.01"]);
        assert_eq!(two, ["Momentum β 0.9", "Momentum β 0.5"]);
        let mut branched = document(&["gd", "gd"]);
        branched.cards[1].ghost = true;
        assert_eq!(branched.distinct_name(&branched.cards[1]), "Gradient descent (ghost)");
    }

    #[test]
    fn a_start_and_a_branch_of_its_own_are_named() {
        let mut document = document(&["gd", "gd", "gd"]);
        document.cards[1].own_start = Some(Point::new(1.0, -2.0));
        document.cards[2].branched_at = Some(12);
        let said = said(&document);
        assert_eq!(said[0], "");
        assert_eq!(said[1], "starts at (1.0000, −2.0000)");
        assert!(said[2].starts_with("from step 12"), "{said:?}");
    }

    /// Of any two runs that differ in a parameter, name, main parameter and distinctions together differ.
    #[test]
    fn any_two_runs_that_differ_are_named_differently() {
        let mut random = SplitMix64::of_names(&["distinctions"]);
        for entry in ENTRIES {
            for index in 0..entry.parameters.len() {
                let one = Choice::of(entry);
                let mut other = one.clone();
                let range = entry.parameters[index];
                let value = range.min + (0.1 + 0.8 * random.uniform()) * (range.max - range.min);
                let value = if range.is_whole() || range.choices().is_some() { range.max } else { value };
                if other.set(index, value).is_err() || one.parameters == other.parameters || !other.acts(index) {
                    continue;
                }
                let mut document = document(&[]);
                for choice in [&one, &other] {
                    document.add(choice.clone()).unwrap();
                }
                let names = [0, 1].map(|place: usize| {
                    let card = &document.cards[place];
                    let main = entry.main_index().map(|main| parameter(card.optimizer.parameters[main]));
                    (main, document.distinctions(card))
                });
                assert_ne!(names[0], names[1], "{} with another {}", entry.id, range.name);
            }
        }
    }
}
