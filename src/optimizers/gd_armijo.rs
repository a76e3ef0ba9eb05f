//! Gradient descent with Armijo's search: the whole gradient first, then ever shorter, until the loss falls by enough.

use super::line_search::{Backtracking, SUFFICIENT, Searched};
use super::optimizer::{Carried, Entry, Family, Optimizer, no_rate_law, own_pace, suits_all};
use super::{Part, Step, Undefined};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::Point;

pub(super) static ENTRY: Entry = Entry {
    id: "gd_armijo",
    name: "Gradient descent, step halved",
    idea: "Tries the step −∇f and shortens it until the loss falls by enough (Armijo): it needs no learning rate, and never goes up.",
    rule: "w ← w − α∇f,  α = 1, s, s², … until f falls by at least c·α‖∇f‖²",
    reference: "L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives (1966)",
    knobs: &[
        Parameter::log("c", "c", SUFFICIENT, [1e-6, 0.9])
            .told("sufficient decrease c", "The share of the decrease α‖∇f‖² that the plane predicts which must happen. Below the rounding of the loss the slope at the landing decides instead.")
            .within(Domain::Fraction),
        Parameter::linear("shrink", "s", 0.5, [0.1, 0.9])
            .told("factor a refusal", "What α is multiplied by each time the loss has not fallen by enough; below 2⁻⁶⁰ the search gives up.")
            .within(Domain::Percent { least: 1, most: 95, rule: "from 0.01 to 0.95" }),
    ],
    conditionals: &[],
    family: Family::LineSearch,
    second_order: false,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: own_pace,
    build: |knobs| {
        let mut rule = ArmijoDescent { search: Backtracking::from(1.0), searched: Searched::default() };
        rule.tune(knobs);
        Box::new(rule)
    },
};

#[derive(Clone)]
struct ArmijoDescent {
    search: Backtracking,
    /// The last search.
    searched: Searched,
}

impl Optimizer for ArmijoDescent {
    fn tune(&mut self, knobs: &[f64]) {
        [self.search.sufficient, self.search.shrink] = [knobs[0], knobs[1]];
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let search = self.search.search(oracle, at, gradient, -gradient);
        self.searched = search.along(-gradient);
        Ok(search.step(-gradient, [Part { name: "−α∇f", factor: -1.0, vector: gradient }]))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }

    fn working(&self) -> Vec<(&'static str, Carried)> {
        self.searched.told()
    }
}
