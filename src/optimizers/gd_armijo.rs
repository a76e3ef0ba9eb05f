//! Gradient descent with Armijo's search: the whole gradient first, then halves, until the loss falls by enough.

use super::line_search::{Searched, backtrack};
use super::optimizer::{Carried, Entry, Family, Optimizer, no_rate_law, own_pace, suits_all};
use super::{Part, Step, Undefined};
use crate::landscapes::Oracle;
use crate::numbers::Point;

pub(super) static ENTRY: Entry = Entry {
    id: "gd_armijo",
    name: "Gradient descent, step halved",
    idea: "Tries the step −∇f and halves it until the loss falls by enough: it needs no learning rate, and never goes up.",
    rule: "w ← w − α∇f,  α = 1, ½, ¼ … until f falls by at least 10⁻⁴α‖∇f‖²",
    reference: "L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives (1966)",
    knobs: &[],
    conditionals: &[],
    family: Family::LineSearch,
    second_order: false,
    unsuited: suits_all,
    rate_law: no_rate_law,
    pace: own_pace,
    build: |_| Box::new(ArmijoDescent::default()),
};

#[derive(Clone, Default)]
struct ArmijoDescent {
    /// The last search.
    searched: Searched,
}

impl Optimizer for ArmijoDescent {
    fn tune(&mut self, _: &[f64]) {}

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = oracle.gradient(at);
        let search = backtrack(oracle, at, gradient, -gradient, 1.0);
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
