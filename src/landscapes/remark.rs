//! All that is to be said of a landscape beforehand: how its file and its formula were read, what its samples alone say about
//! the minimum, and how its axes are rescaled.

use super::Landscape;
use super::landscape::Origin;
use super::networks::continua::only_input;
use super::networks::{linreg, logistic};

impl Landscape {
    /// What to tell whoever chose this landscape, a sentence each: how a file was interpreted, and what is unusual
    /// about the formula or the samples. Empty where everything is as usual.
    pub fn notes(&self) -> Vec<String> {
        let rescaled = if let Origin::Rescaled(rescaled) = &self.origin { Some(rescaled.note()) } else { None };
        self.interpretation_notes()
            .iter()
            .cloned()
            .chain(self.formula_notes())
            .chain(self.remark())
            .chain(rescaled)
            .collect()
    }

    /// Something a class must know of these samples before it looks for a minimum; `None` where they are as usual.
    pub fn remark(&self) -> Option<String> {
        let data = self.data()?;
        let is = |id: &str| self.entry.id == id;
        if is(logistic::ENTRY.id) && logistic::is_separable(data) {
            return Some(
                "A threshold separates the classes: a steeper curve is always better, so the loss falls for ever and its minimum lies at infinity."
                    .to_owned(),
            );
        }
        only_input(data)?;
        let who = if data.len() == 1 { "There is one sample" } else { "All samples have the same x" };
        Some(if is(linreg::ENTRY.id) {
            format!("{who}: the Hessian is singular, and infinitely many lines fit best.")
        } else {
            format!("{who}: only the output there matters, so whole lines of weights are equally good.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::networks;

    #[test]
    fn usual_samples_are_passed_over_and_odd_ones_are_named() {
        for entry in networks::ENTRIES {
            let usual = Landscape::of(entry);
            assert_eq!(usual.remark(), None, "{}", entry.id);
            let one = usual.with_samples(vec![[0.5, 1.0]]).unwrap();
            assert!(one.remark().is_some(), "{}: one sample", entry.id);
        }
        let line = Landscape::of(&linreg::ENTRY).with_samples(vec![[0.5, 1.0], [0.5, 2.0]]).unwrap();
        assert!(line.remark().unwrap().contains("singular"), "{:?}", line.remark());
        assert_eq!(Landscape::parse("himmelblau").unwrap().remark(), None, "a surface");
    }
}
