//! L-BFGS: BFGS without the matrix; the last few secant pairs stand for it.

use std::collections::VecDeque;

use super::line_search::{Backtracking, goes_down};
use super::method::{no_law, own_step_scale};
use super::phases::{ASK_GRADIENT, HALVING, MOVE, phase};
use super::quantity::{DIRECTION, SCALE};
use super::secant::{BY_PAIRS, Footing, Secant, first_scale};
use super::values::Count;
use super::{
    Ball, Carried, Family, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity, Role, Shows,
    Step, Storage, Undefined, Uphill, Values,
};
use crate::landscapes::{Oracle, Parameter, ParameterDomain};
use crate::numbers::{Dimension, Point, Symmetric2, Vector};

const M: Count = Count(
    &Parameter::whole("m", "m", 5.0, [1.0, 20.0])
        .described(
            "history m",
            "The number of stored pairs of steps and gradient changes. For two weights more than a few make little difference.",
        )
        .within(ParameterDomain::Count { most: 20, rule: "a whole number from 1 to 20" }),
);

/// How many pairs are kept.
const PAIRS: Quantity = Quantity::new("history m", "history m").playing(Role::Pairs).of_before();

pub(super) static ENTRY: Method = Method {
    id: "lbfgs",
    name: "L-BFGS",
    brief: "L-BFGS",
    idea: "BFGS that stores its last m steps instead of a matrix: for problems whose n × n matrix would not fit into memory.",
    rule: "w ← w − αB⁻¹∇f,  B⁻¹ from the last m pairs s, y with s·y > 10⁻¹⁰‖s‖‖y‖;  α = 1, ½, ¼ …, at first from min(1, 1/‖∇f‖)",
    reference: "D. C. Liu and J. Nocedal, On the limited memory BFGS method for large scale optimization (1989)",
    parameters: &[M.parameter()],
    conditionals: &[],
    family: Family::QuasiNewton,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Take the stored pairs of steps and gradient changes", Shows::Shape(PAIRS)),
        phase("Two-loop recursion: p = −B⁻¹∇f", Shows::Way(DIRECTION)),
        HALVING,
        MOVE,
    ],
    storage: |values| Storage::Vectors(2 * values.get(M)),
    operations: |values| Operations::vectors(4.0 * values.get(M) as f64 + 10.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 3,
    stability_bound: |_| {
        Err(no_law(
            "no zones: a search sets the length",
            "m is how many of the last steps the curvature is estimated from; a line search sets the length of every step.",
        ))
    },
    step_scale: own_step_scale,
    build: |values| {
        let mut rule = LimitedBfgs::default();
        rule.tune(values);
        Box::new(rule)
    },
    lanes: |_, _| None,
};

#[derive(Clone, Default)]
struct LimitedBfgs {
    most: usize,
    /// The last pairs, the oldest first.
    pairs: VecDeque<Secant>,
    footing: Footing,
    /// The last direction p.
    direction: Vector,
    /// The last α.
    scale: f64,
    /// What the last step was measured by.
    ball: Option<Ball>,
}

impl LimitedBfgs {
    /// γ = s·y/y·y of the newest pair: the size of the inverse curvature before the pairs correct it.
    fn gamma(&self) -> f64 {
        self.pairs.back().map_or(1.0, Secant::inverse_curvature)
    }

    /// −Bg by the two-loop recursion.
    ///
    /// Source: Nocedal and Wright, algorithm 7.4.
    fn product(&self, gradient: Vector) -> Vector {
        let mut q = gradient;
        let mut weights = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let weight = pair.step.dot(&q) / pair.curvature();
            q -= pair.change * weight;
            weights.push(weight);
        }
        q *= self.gamma();
        for (pair, weight) in self.pairs.iter().zip(weights.into_iter().rev()) {
            q += pair.step * (weight - pair.change.dot(&q) / pair.curvature());
        }
        -q
    }

    /// B⁻¹ as the pairs amount to it, column by column.
    fn inverse(&self, dimension: Dimension) -> Symmetric2 {
        if dimension.is_one() {
            return Symmetric2::of_one_weight(-self.product(Vector::x()).x);
        }
        let [first, second] = [Vector::x(), Vector::y()].map(|axis| -self.product(axis));
        Symmetric2::new(first.x, f64::midpoint(first.y, second.x), second.y)
    }

    /// That product, or where rounding has spoiled the pairs, −g and a fresh start.
    fn downhill(&mut self, gradient: Vector) -> Vector {
        let direction = self.product(gradient);
        if goes_down(gradient, direction) {
            return direction;
        }
        self.pairs.clear();
        -gradient
    }

    fn learn(&mut self, secant: Secant) {
        self.pairs.push_back(secant);
        self.forget();
    }

    fn forget(&mut self) {
        let surplus = self.pairs.len().saturating_sub(self.most);
        self.pairs.drain(..surplus);
    }
}

impl Optimizer for LimitedBfgs {
    fn tune(&mut self, values: Values<'_>) {
        self.most = values.get(M);
        self.forget();
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let gradient = self.footing.gradient(at, oracle);
        let direction = self.downhill(gradient);
        let curvature = self.inverse(oracle.dimension()).inverse();
        let ball = Ball::down_gradient(gradient).by(BY_PAIRS, curvature).believing(BY_PAIRS, curvature);
        self.ball = Some(
            ball.remarking("No matrix is stored: this B follows from the last pairs of steps and gradient changes."),
        );
        let first = first_scale(self.footing.is_start(), gradient);
        let search = Backtracking::from(first).search(oracle, at, gradient, direction);
        (self.direction, self.scale) = (direction, search.scale);
        let landing = search.landing;
        let step = search.step(direction, [Part { name: "−αB⁻¹∇f", factor: 1.0, vector: direction }]);
        match self.footing.learn(at, gradient, step.taken, landing, oracle) {
            Some(secant) => self.learn(secant),
            // The same direction would be refused again.
            None if self.scale == 0.0 => self.pairs.clear(),
            None => {}
        }
        Ok(step)
    }

    fn ball(&self, step: &Step) -> Ball {
        self.ball.unwrap_or_else(|| Ball::of_first_part(step))
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(PAIRS, Carried::Number(self.pairs.len() as f64))]
    }

    fn working(&self) -> Quantities {
        vec![(DIRECTION, Carried::Vector(self.direction)), (SCALE, Carried::Number(self.scale))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_two_independent_pairs_of_a_quadratic_the_newest_is_met() {
        let mut rule = LimitedBfgs { most: 2, ..LimitedBfgs::default() };
        for [sx, sy, yx, yy] in [[9.0, 9.0, 9.0, 9.0], [1.0, 0.5, 3.5, 2.0], [-0.3, 0.8, -0.1, 1.3]] {
            rule.learn(Secant { step: Vector::new(sx, sy), change: Vector::new(yx, yy) });
        }
        assert_eq!(rule.pairs.len(), 2, "the oldest is forgotten");
        let newest = rule.pairs[1];
        assert!((rule.product(newest.change) + newest.step).norm() < 1e-14, "By = s for the newest pair");
        rule.tune(ENTRY.values(&[1.0]));
        assert_eq!(rule.pairs, [newest], "a smaller m forgets at once");
    }
}
