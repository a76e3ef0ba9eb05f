//! What a step of a method costs is compared with: a gradient by two ways, and the methods for very many weights.
//!
//! Sources: A. Griewank and A. Walther, Evaluating Derivatives (2008), chapter 4; J. Nocedal and S. J. Wright, Numerical
//! Optimization (2006), algorithms 5.2 and 7.4.

use super::CostModel;

/// Pairs that the limited-memory method keeps: the usual number.
const PAIRS: f64 = 5.0;
/// Bytes of a number.
const BYTES: f64 = 8.0;

/// Something with a known cost for n weights.
#[derive(Clone, Copy)]
pub struct Yardstick {
    /// What it is.
    pub name: &'static str,
    /// Its operations.
    pub operations: fn(&CostModel) -> f64,
    /// Bytes beside the weights.
    pub memory: fn(&CostModel) -> f64,
}

/// All of them, the cheapest first.
pub const YARDSTICKS: [Yardstick; 4] = [
    Yardstick {
        name: "∇f by backpropagation", operations: CostModel::gradient, memory: |model| BYTES * model.weights
    },
    // A product with the Hessian, two inner products and three sums of vectors; the solution, the residual, the direction and its
    // product.
    Yardstick {
        name: "CG on a quadratic, one Hv",
        operations: |model| model.hessian_vector * model.gradient() + 10.0 * model.weights,
        memory: |model| BYTES * 4.0 * model.weights,
    },
    // A gradient and a value, and two loops over the pairs.
    Yardstick {
        name: "L-BFGS, 5 pairs",
        operations: |model| 4.0 / 3.0 * model.gradient() + (4.0 * PAIRS + 10.0) * model.weights,
        memory: |model| BYTES * (1.0 + 2.0 * PAIRS) * model.weights,
    },
    Yardstick {
        name: "∇f by finite differences",
        operations: CostModel::gradient_by_differences,
        memory: |model| BYTES * model.weights,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::{Choice, MethodCost};

    /// The limited-memory method costs as yardstick what the method of the catalog costs.
    #[test]
    fn the_yardstick_of_a_method_is_the_method() {
        let method = MethodCost::of(&Choice::parse("lbfgs:m=5").unwrap(), &Landscape::parse("bowl").unwrap());
        let asked = Evaluations { values: 1, gradients: 1, hessians: 0 };
        for weights in [2.0, 1e6, 1e12] {
            let model = CostModel::new(weights);
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12 * b;
            assert!(near((YARDSTICKS[2].operations)(&model), model.operations(&method, asked, 1)));
            assert!(near((YARDSTICKS[2].memory)(&model), model.memory(&method)));
        }
    }

    #[test]
    fn they_cost_what_the_books_say() {
        let model = CostModel::new(1e6);
        let operations = YARDSTICKS.map(|yardstick| (yardstick.operations)(&model));
        assert_eq!(operations, [6e6, 25e6, 38e6, 2.000_002e12]);
    }
}
