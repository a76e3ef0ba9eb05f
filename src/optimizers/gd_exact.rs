//! Steepest descent: along −g exactly to the bottom of the first valley of that line.

use super::line_search::{Searched, exact};
use super::method::{no_rate_law, own_step_scale};
use super::phases::{ASK_GRADIENT, EXACT, MOVE, phase};
use super::quantity::DIRECTION;
use super::{
    Family, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Shows, Step, Storage, Undefined,
    Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::Point;

pub(super) static ENTRY: Method = Method {
    id: "gd_exact",
    name: "Gradient descent, exact line search",
    brief: "GD exact",
    idea: "Goes along −∇f to the first minimum it sees on that line; consecutive steps are orthogonal, so it zigzags.",
    rule: "w ← w − α∇f,  α: the first minimum seen of f(w − α∇f)",
    reference: "A.-L. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847); H. Akaike, On a successive transformation of probability distribution (1959)",
    parameters: &[],
    conditionals: &[],
    family: Family::LineSearch,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Take the negative gradient as the search direction", Shows::Way(DIRECTION)),
        EXACT,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    // Two inner products, and the sums of two vectors.
    operations: |_| Operations::vectors(8.0).to_minimum_of_line(),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 80,
    stability_bound: no_rate_law,
    step_scale: own_step_scale,
    build: |_| Box::new(SteepestDescent::default()),
    lanes: |_, _| None,
};

#[derive(Clone, Default)]
struct SteepestDescent {
    /// The last search.
    searched: Searched,
}

impl Optimizer for SteepestDescent {
    fn tune(&mut self, _: Values<'_>) {}

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = oracle.first_order(at);
        let gradient = here.gradient;
        let search = exact(oracle, at, here, -gradient)?;
        self.searched = search.along(-gradient);
        Ok(search.step(-gradient, [Part { name: "−α∇f", factor: -1.0, vector: gradient }]))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn remembers(&self) -> bool {
        false
    }

    fn working(&self) -> Quantities {
        self.searched.described()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};

    #[test]
    fn successive_gradients_are_orthogonal() {
        for (landscape, start) in [("quad", [-2.1, 1.7]), ("rosenbrock", [-1.2, 1.0]), ("himmelblau", [-0.5, -1.4])] {
            let landscape = Landscape::parse(landscape).unwrap();
            let loss = landscape.loss();
            let (mut rule, mut at) = (SteepestDescent::default(), Point::from(start));
            for step in 0..8 {
                let before = loss.first_order(at).gradient;
                at += rule.step(at, &mut Oracle::new(loss, Evaluations::default())).unwrap().taken;
                let after = loss.first_order(at).gradient;
                let cosine = before.dot(&after) / (before.norm() * after.norm());
                assert!(cosine.abs() < 1e-10, "{landscape}, step {step}: cosine {cosine:e}");
            }
        }
    }
}
