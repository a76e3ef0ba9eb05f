//! What is said of how a typed formula was read, and of an output that its loss takes for something else.

use crate::landscapes::fitted::Fitted;
use crate::landscapes::landscape::Origin;
use crate::landscapes::{Landscape, Network, ViewBox};
use crate::numbers::Point;

impl Landscape {
    /// How a typed formula was interpreted, and what is unusual about it: a sentence each. Empty for every other
    /// landscape.
    pub fn formula_notes(&self) -> Vec<String> {
        match &self.origin {
            Origin::Formula(formula) => {
                let expression = &formula.expression;
                let is_unwritten = !(0..2).any(|weight| expression.mentions(weight));
                let constant = self.is_constant().then(|| self.constant_note(["x", "y"], is_unwritten));
                expression.notes().iter().cloned().chain(constant).collect()
            }
            Origin::Network(Fitted { typed: Some(typed), .. }) => {
                let letters = &self.values[..self.letters().len().min(self.values.len())];
                let logit = if self.network().is_some_and(Network::wants_classes) {
                    typed.formula.logit_note(letters)
                } else {
                    None
                };
                let is_unwritten = !(0..2).any(|weight| typed.formula.mentions(weight));
                let constant = self.is_constant().then(|| self.constant_note(["w1", "w2"], is_unwritten));
                typed.formula.notes().iter().cloned().chain(constant).chain(logit).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What to say of a formula without the weights in it: which letters were read as sliders, and what to write for them.
    fn constant_note(&self, [x, y]: [&str; 2], is_unwritten: bool) -> String {
        let letters = self.letters();
        let constant = if self.has_undefined_places() {
            format!("The loss does not depend on {x} or {y} where it has a value: it is a constant there")
        } else {
            format!("The loss does not depend on {x} or {y}: it is a constant")
        };
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

    /// Whether the loss has no value somewhere in the region shown, as far as a few looks tell.
    fn has_undefined_places(&self) -> bool {
        let ViewBox { x, y } = self.domain();
        let place = |[low, high]: [f64; 2], index: u32| low + (high - low) * f64::from(index) / f64::from(LOOKS);
        let mut places = (0..=LOOKS).flat_map(|row| (0..=LOOKS).map(move |column| (column, row)));
        places.any(|(column, row)| !self.loss().value(Point::new(place(x, column), place(y, row))).is_finite())
    }
}

/// Steps along each side of the region in which is looked for places without a value; even, so that its middle is among them.
const LOOKS: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    /// A constant that has no value somewhere is not called one everywhere.
    #[test]
    fn a_constant_has_a_value_where_it_is_called_one() {
        let places = (0..=24).flat_map(|i| (0..=24).map(move |j| [i, j].map(|k| f64::from(k) * 0.25 - 3.0)));
        let texts = [
            "0*ln(x)",
            "0/x",
            "x-x",
            "x/x",
            "ln(y)-ln(y)",
            "0*sqrt(x y)",
            "y^0",
            "0*x+3",
            "0^x",
            "1^(1/y)",
            "0*tan(x)",
        ];
        for text in texts {
            let landscape = Landscape::of_formula(text).unwrap();
            let notes = landscape.notes().join(" ");
            let is_everywhere = notes.contains("does not depend on x or y: it is a constant");
            let undefined = places.clone().find(|at| !landscape.loss().value(Point::from(*at)).is_finite());
            assert!(!(is_everywhere && undefined.is_some()), "{text} at {undefined:?}: {notes}");
            let is_noted = notes.contains("where it has a value");
            assert_eq!(is_noted, landscape.is_constant() && undefined.is_some(), "{text}: {notes}");
        }
    }

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
