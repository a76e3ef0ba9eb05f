//! What is said of how a typed formula was read, and of an output that its loss takes for something else.

use crate::landscapes::Landscape;
use crate::landscapes::fitted::Fitted;
use crate::landscapes::landscape::Origin;

impl Landscape {
    /// What was taken for what in a typed formula, and what is unusual about it: a sentence each. Empty for every other
    /// landscape.
    pub fn formula_notes(&self) -> Vec<String> {
        match &self.origin {
            Origin::Formula(formula) => formula.expression.notes().to_vec(),
            Origin::Network(Fitted { typed: Some(typed), .. }) => {
                let letters = &self.values[..self.letters().len().min(self.values.len())];
                let logit = if self.wants_classes() { typed.formula.logit_note(letters) } else { None };
                typed.formula.notes().iter().cloned().chain(logit).collect()
            }
            _ => Vec::new(),
        }
    }
}
