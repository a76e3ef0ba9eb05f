//! What a method costs with n weights: gradients that its evaluations amount to, operations, memory.
//!
//! The two weights on the screen stand for n: a step asks for as many values, gradients and Hessians, but each costs more.
//! Sources: A. Griewank and A. Walther, Evaluating Derivatives (2008), chapter 4, for gradients and Hessian–vector products;
//! J. Nocedal and S. J. Wright, Numerical Optimization (2006), appendix A, for factorizations.

use super::{Choice, Operations, Storage};
use crate::landscapes::{Evaluations, Landscape, SampledLoss};

/// Operations of a value of the loss, for each weight: a product and a sum.
const VALUE: f64 = 2.0;
/// A gradient by backpropagation, in values: one forward and two backward. It is never more than about five.
const GRADIENT: f64 = 3.0;
/// Bytes of a number.
const BYTES: f64 = 8.0;

/// The number of weights, and what that makes of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostModel {
    /// The number of weights, n.
    pub weights: f64,
    /// A product of the Hessian with a vector, in gradients.
    pub hessian_vector: f64,
}

/// Everything about a method that its costs depend on, whatever the number of weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MethodCost {
    operations: Operations,
    storage: Storage,
    /// Whether a matrix is computed in every step.
    has_matrix: bool,
    /// A gradient of the method as a share of that over all samples.
    gradient_share: f64,
    /// Whether each step ends at the minimum of its line on a quadratic.
    knows_minimum_of_line: bool,
}

/// What a method is charged for: what it asked for or, where less would do, that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charged {
    /// Values, gradients and Hessians.
    pub evaluations: Evaluations,
    /// Products of the Hessian with a vector.
    pub products: u32,
}

impl MethodCost {
    /// The cost of a method with its parameters on a landscape.
    pub fn of(choice: &Choice, landscape: &Landscape) -> Self {
        let (entry, values) = (choice.entry, choice.values());
        let samples = landscape.sampled_loss().map(SampledLoss::count).filter(|samples| *samples > 0);
        let batch = entry.batch.map(|batch| values.get(batch));
        let share = batch.zip(samples).map_or(1.0, |(batch, samples)| batch as f64 / samples as f64);
        let operations = (entry.operations)(values);
        Self {
            operations,
            storage: (entry.storage)(values),
            has_matrix: entry.second_order(),
            gradient_share: share,
            knows_minimum_of_line: operations.minimizes_line && landscape.is_quadratic(),
        }
    }

    /// What this many steps are charged, which asked for these evaluations.
    ///
    /// On a quadratic the minimum of a line is known from one Hessian–vector product, and the gradient there, too: ∇f + αHd. So the
    /// search that looks for it along the line of any loss is not charged.
    pub fn charged(&self, asked: Evaluations, steps: usize) -> Charged {
        if !self.knows_minimum_of_line {
            return Charged { evaluations: asked, products: 0 };
        }
        let first = Evaluations { gradients: asked.gradients.min(1), ..Evaluations::default() };
        Charged { evaluations: first, products: u32::try_from(steps).unwrap_or(u32::MAX) }
    }

    /// Whether a step is charged a Hessian–vector product for the minimum of its line, and no search.
    pub fn knows_minimum_of_line(&self) -> bool {
        self.knows_minimum_of_line
    }
}

impl CostModel {
    /// The least and the most weights that are asked about.
    pub const WEIGHTS: [f64; 2] = [2.0, 1e12];
    /// What a product of the Hessian with a vector costs, in gradients, at least and at most: forward over reverse.
    pub const HESSIAN_VECTOR: [f64; 2] = [2.0, 5.0];

    /// What it usually costs.
    pub const USUAL_HESSIAN_VECTOR: f64 = 2.5;

    /// n weights, and the usual cost of a Hessian–vector product.
    pub fn new(weights: f64) -> Self {
        Self { weights, hessian_vector: Self::USUAL_HESSIAN_VECTOR }
    }

    /// What this many steps are charged that asked for these evaluations, in gradients: a value is a third of one, a Hessian n
    /// products with a vector.
    pub fn gradients(&self, method: &MethodCost, asked: Evaluations, steps: usize) -> f64 {
        let Charged { evaluations, products } = method.charged(asked, steps);
        let [values, gradients, hessians] =
            [evaluations.values, evaluations.gradients, evaluations.hessians].map(f64::from);
        values / GRADIENT
            + gradients * method.gradient_share
            + hessians * self.hessian()
            + f64::from(products) * self.hessian_vector
    }

    /// A Hessian in gradients.
    pub fn hessian(&self) -> f64 {
        self.hessian_vector * self.weights
    }

    /// Operations of a gradient by backpropagation.
    pub fn gradient(&self) -> f64 {
        GRADIENT * VALUE * self.weights
    }

    /// Operations of a gradient by finite differences: a value for each weight, and one more.
    pub fn gradient_by_differences(&self) -> f64 {
        VALUE * self.weights * (self.weights + 1.0)
    }

    /// Operations of this many steps with these evaluations, those of the method's own rule among them.
    pub fn operations(&self, method: &MethodCost, asked: Evaluations, steps: usize) -> f64 {
        self.gradients(method, asked, steps) * self.gradient()
            + steps as f64 * method.operations.operations(self.weights)
    }

    /// Bytes that a step needs beside the weights: the gradient, what is kept from step to step, and the matrix, its
    /// symmetric half.
    pub fn memory(&self, method: &MethodCost) -> f64 {
        let n = self.weights;
        let half = n * (n + 1.0) / 2.0;
        let kept = match method.storage {
            Storage::Vectors(count) => count as f64 * n,
            Storage::Matrix => half,
        };
        BYTES * (n + kept + if method.has_matrix { half } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str, landscape: &str) -> MethodCost {
        MethodCost::of(&Choice::parse(text).unwrap(), &Landscape::parse(landscape).unwrap())
    }

    #[test]
    fn a_million_weights_need_what_the_specification_says() {
        let model = CostModel::new(1e6);
        let asked = |values, gradients, hessians| Evaluations { values, gradients, hessians };
        for (method, evaluations, steps, gradients, operations, memory) in [
            ("gd", asked(0, 1, 0), 1, 1.0, 6e6 + 2e6, 8e6),
            ("momentum", asked(0, 112, 0), 112, 112.0, 112.0 * 10e6, 16e6),
            ("adam", asked(0, 1, 0), 1, 1.0, 18e6, 24e6),
            ("gd_armijo", asked(3, 1, 0), 1, 2.0, 16e6, 8e6),
            ("lbfgs:m=5", asked(0, 1, 0), 1, 1.0, 36e6, 88e6),
            // 2.5 n gradients of 6n operations, and Cholesky's n³/3: 3.3·10¹⁷ of 3.5·10¹⁷.
            ("newton", asked(0, 1, 1), 1, 2_500_001.0, 1.5e13 + 1e18 / 3.0 + 2e12 + 10e6, 4.000_012e12),
            ("bfgs", asked(1, 1, 0), 1, 4.0 / 3.0, 8e6 + 6e12 + 8e6, 4.000_012e12),
        ] {
            let of = cost(method, "bowl");
            let near = |found: f64, expected: f64| (found - expected).abs() <= 1e-9 * expected;
            assert!(near(model.gradients(&of, evaluations, steps), gradients), "{method}");
            let found = model.operations(&of, evaluations, steps);
            assert!(near(found, operations), "{method}: {found} for {operations}");
            assert!(near(model.memory(&of), memory), "{method}: {}", model.memory(&of));
        }
        assert!((model.gradient_by_differences() / model.gradient() - 333_333.7).abs() < 0.1, "(n + 1)/3 gradients");
    }

    #[test]
    fn a_batch_costs_its_share_of_the_samples() {
        let asked = Evaluations { gradients: 10, ..Evaluations::default() };
        for (method, share) in [("sgd:batch=4", 0.2), ("sgd:batch=20", 1.0), ("gd", 1.0)] {
            let gradients = CostModel::new(2.0).gradients(&cost(method, "tanh2:n=20"), asked, 10);
            assert!((gradients - 10.0 * share).abs() < 1e-12, "{method}: {gradients}");
        }
    }

    /// On a quadratic the minimum of a line needs one Hessian–vector product; elsewhere it is searched, and that is charged.
    #[test]
    fn a_search_is_charged_only_where_the_minimum_of_the_line_is_not_known() {
        let asked = Evaluations { values: 0, gradients: 130, hessians: 0 };
        let model = CostModel::new(1e6);
        for (method, landscape, gradients) in [
            ("cg", "quad", 1.0 + 2.0 * 2.5),
            ("gd_exact", "booth", 1.0 + 2.0 * 2.5),
            ("cg", "rosenbrock", 130.0),
            ("gd_exact", "himmelblau", 130.0),
            ("gd", "quad", 130.0),
        ] {
            let of = cost(method, landscape);
            assert_eq!(model.gradients(&of, asked, 2), gradients, "{method} on {landscape}");
            assert_eq!(model.gradients(&of, Evaluations::default(), 0), 0.0, "nothing before the first step");
        }
        let yardstick = crate::optimizers::YARDSTICKS[1];
        let of_step = |steps| model.operations(&cost("cg", "quad"), asked, steps);
        let step = of_step(3) - of_step(2);
        assert!((step / (yardstick.operations)(&model) - 1.0).abs() < 1e-12, "{step}: {}", yardstick.name);
    }
}
