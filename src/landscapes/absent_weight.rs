//! Losses of one weight: which of the two does nothing.

use super::landscape::Origin;
use super::{Landscape, ViewBox};
use crate::numbers::Point;

/// The number of places along each side of the region that are examined; odd, so that the middle is among them.
const SIDE: i32 = 9;

/// A weight on which the loss does not depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsentWeight {
    /// Its name, `y` or `w₂`.
    pub name: &'static str,
    /// The name of the other one.
    pub other: &'static str,
    /// Whether it does not even stand in the formula.
    pub unwritten: bool,
}

impl AbsentWeight {
    /// The text on it: "y does not occur in the formula".
    pub fn words(&self) -> String {
        let name = self.name;
        if self.unwritten {
            format!("{name} does not occur in the formula")
        } else {
            format!("the loss does not depend on {name}")
        }
    }
}

impl Landscape {
    /// Whether the loss depends on neither weight: there is nothing to minimize.
    pub fn is_constant(&self) -> bool {
        self.weights_that_act() == [false, false]
    }

    /// The weight that does nothing, where the loss depends on exactly one of its two. A loss that has one weight only lacks
    /// none.
    pub fn absent_weight(&self) -> Option<AbsentWeight> {
        if self.dimension().is_one() {
            return None;
        }
        let absent = match self.weights_that_act() {
            [true, false] => 1,
            [false, true] => 0,
            _ => return None,
        };
        let names = self.weights();
        let unwritten = self.written().is_some_and(|written| !written[absent]);
        Some(AbsentWeight { name: names[absent], other: names[1 - absent], unwritten })
    }

    /// Which weights stand in the formula, if it was typed.
    fn written(&self) -> Option<[bool; 2]> {
        match &self.origin {
            Origin::Formula(formula) => Some([0, 1].map(|weight| formula.expression.mentions(weight))),
            Origin::Network(fitted) => fitted.mentions(),
            Origin::Surface | Origin::Grid(_) | Origin::Rescaled(_) => None,
        }
    }

    /// Which weights the loss depends on. A typed formula may have slopes too narrow to be met by a look; there its form
    /// tells.
    fn weights_that_act(&self) -> [bool; 2] {
        let letters = &self.values[..self.letters().len().min(self.values.len())];
        let by_form = match &self.origin {
            Origin::Formula(formula) => Some([0, 1].map(|weight| formula.expression.acts(weight, letters))),
            Origin::Network(fitted) => fitted.acts(letters),
            Origin::Surface | Origin::Grid(_) | Origin::Rescaled(_) => None,
        };
        by_form.unwrap_or_else(|| [0, 1].map(|weight| self.acts(weight)))
    }

    /// Whether the loss has a slope along a weight anywhere in the region shown, as far as a few looks tell.
    fn acts(&self, weight: usize) -> bool {
        let ViewBox { x, y } = self.domain();
        let share = |index: i32| (f64::from(index) + 0.5) / f64::from(SIDE);
        let places = (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| [share(column), share(row)]));
        let at = |[along, up]: [f64; 2]| Point::new(x[0] + along * (x[1] - x[0]), y[0] + up * (y[1] - y[0]));
        places.into_iter().any(|place| self.loss().first_order(at(place)).gradient[weight] != 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{entries, formula::FormulaError};

    fn words(landscape: &Landscape) -> Option<String> {
        landscape.absent_weight().map(|absent| absent.words())
    }

    #[test]
    fn the_weight_that_does_nothing_is_named() -> Result<(), FormulaError> {
        let unwritten = |name: &str| Some(format!("{name} does not occur in the formula"));
        for (formula, expected) in [
            ("(x-5)^2", None),
            ("(y-5)^2", unwritten("x")),
            ("a*y^4-cos(y)", unwritten("x")),
            ("max(x,-x)", None),
            ("x*y", None),
            ("3", None),
            ("ln(y)", unwritten("x")),
            ("x^2+0*y", Some("the loss does not depend on y".to_owned())),
        ] {
            assert_eq!(words(&Landscape::of_formula(formula)?), expected, "{formula}");
        }
        for (output, expected) in
            [("tanh(w1 x)", unwritten("w₂")), ("w2+x", unwritten("w₁")), ("w1 x + w2", None), ("w1 w2 x", None)]
        {
            assert_eq!(words(&Landscape::of_network(output)?), expected, "{output}");
        }
        let line = Landscape::parse("linreg").unwrap().with_samples(vec![[0.0, 1.0], [0.0, 2.0]]).unwrap();
        assert_eq!(words(&line).as_deref(), Some("the loss does not depend on w₁"), "every input is zero");
        Ok(())
    }

    #[test]
    fn a_constant_is_one() {
        for (text, expected) in [
            ("formula:3", true),
            ("formula:a^2", true),
            ("formula:0x", true),
            ("formula:0*x+3", true),
            ("formula:x-x+y^0", true),
            ("formula:a x+b y,a=0,b=0", true),
            ("formula:a x,a=0", true),
            ("network:0 w1 x + w2^0", true),
            ("network:a x + b", true),
            ("network:w1 x", false),
            ("bowl", false),
            ("trough", false),
            ("tanh2", false),
        ] {
            assert_eq!(Landscape::parse(text).unwrap().is_constant(), expected, "{text}");
        }
    }

    #[test]
    fn of_the_catalogue_only_the_trough_is_a_function_of_one_weight() {
        let found = entries().map(Landscape::of).filter(|landscape| landscape.absent_weight().is_some());
        let ids: Vec<&str> = found.map(|landscape| landscape.entry().id).collect();
        assert_eq!(ids, ["trough"]);
    }
}
