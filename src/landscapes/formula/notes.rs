//! What is said of how a typed formula was read, and of an output that its loss takes for something else.

use crate::landscapes::fitted::Fitted;
use crate::landscapes::landscape::Origin;
use crate::landscapes::{Landscape, Parameter};

impl Landscape {
    /// What was taken for what in a typed formula, and what is unusual about it: a sentence each. Empty for every other
    /// landscape.
    pub fn formula_notes(&self) -> Vec<String> {
        match &self.origin {
            Origin::Formula(formula) => {
                let expression = &formula.expression;
                let is_unwritten = !(0..2).any(|weight| expression.mentions(weight));
                let constant = self.is_constant().then(|| constant_note(self.letters(), ["x", "y"], is_unwritten));
                expression.notes().iter().cloned().chain(constant).collect()
            }
            Origin::Network(Fitted { typed: Some(typed), .. }) => {
                let letters = &self.values[..self.letters().len().min(self.values.len())];
                let logit = if self.wants_classes() { typed.formula.logit_note(letters) } else { None };
                let is_unwritten = !(0..2).any(|weight| typed.formula.mentions(weight));
                let constant = self.is_constant().then(|| constant_note(self.letters(), ["w1", "w2"], is_unwritten));
                typed.formula.notes().iter().cloned().chain(constant).chain(logit).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What to say of a formula without the weights in it: which letters were read as sliders, and what to write for them.
fn constant_note(letters: &[Parameter], [x, y]: [&str; 2], is_unwritten: bool) -> String {
    let constant = format!("The loss does not depend on {x} or {y}: it is a constant");
    let symbols: Vec<&str> = letters.iter().filter(|_| is_unwritten).map(|letter| letter.symbol).collect();
    match symbols[..] {
        [] => format!("{constant}."),
        [one] => format!("{constant}. {one} was read as a slider: write {x} for a weight."),
        [one, two] => {
            format!(
                "{constant}. {one} and {two} were read as sliders; did you mean the two weights? Write {x} and {y} for them."
            )
        }
        [one, two, ..] => {
            format!("{constant}. {one}, {two} and others were read as sliders: the two weights are {x} and {y}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_without_its_weights_is_noted() {
        for (text, words) in [
            ("formula:u^2+2v^2", "u and v were read as sliders; did you mean the two weights? Write x and y for them."),
            ("formula:1e", "it is a constant."),
            ("formula:3", "does not depend on x or y"),
            ("formula:0*x+3", "it is a constant."),
            ("formula:a x,a=0", "it is a constant."),
            ("formula:t^2", "t was read as a slider: write x for a weight."),
            ("formula:a u^2 + b v^2", "a, u and others were read as sliders"),
            (
                "network:a x + b",
                "a and b were read as sliders; did you mean the two weights? Write w1 and w2 for them.",
            ),
        ] {
            let notes = Landscape::parse(text).unwrap().formula_notes().join(" ");
            assert!(notes.contains(words), "{text}: {notes}");
        }
        for text in ["formula:u^2 + x", "formula:f(u, v) = u^2+2v^2", "formula:a[0] + a[1]", "network:w2 x", "bowl"] {
            let notes = Landscape::parse(text).unwrap().formula_notes().join(" ");
            assert!(!notes.contains("does not depend"), "{text}: {notes}");
        }
    }
}
