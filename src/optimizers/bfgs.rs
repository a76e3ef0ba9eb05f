//! BFGS: learns the inverse Hessian from how the gradient changes along its own steps.

use super::line_search::{Backtracking, goes_down};
use super::method::{no_rate_law, own_step_scale};
use super::phases::{ASK_GRADIENT, HALVING, MOVE, phase};
use super::quantity::{DIRECTION, SCALE};
use super::secant::{BY_PAIRS, Footing, Secant, first_scale};
use super::{
    Ball, Carried, Family, Method, MethodNeeds, Operations, Optimizer, Order, Part, Quantities, Quantity, Shows, Step,
    Storage, Undefined, Uphill, Values,
};
use crate::landscapes::Oracle;
use crate::numbers::{Dimension, Point, Symmetric2, Vector};

/// B⁻¹ = I is replaced by γI, γ = s·y/y·y of the first pair, where γ is not within this factor of 1: then the unit of the loss is
/// far from that of the weights, and I would spoil the other direction.
///
/// Source: Nocedal and Wright, equation 6.20.
const FAR_OFF: f64 = 1e6;

const INVERSE_HESSIAN: Quantity = Quantity::new("inverse Hessian B⁻¹", "B⁻¹").of_before();

pub(super) static ENTRY: Method = Method {
    id: "bfgs",
    name: "BFGS",
    brief: "BFGS",
    idea: "Evaluates gradients alone and estimates the inverse Hessian from their changes: its ellipse turns along the valley.",
    rule: "w ← w − αB⁻¹∇f,  B⁻¹ ← (I − rsyᵀ)B⁻¹(I − rysᵀ) + rssᵀ,  r = 1/s·y, where s·y > 10⁻¹⁰‖s‖‖y‖;  α = 1, ½, ¼ …, at first from min(1, 1/‖∇f‖) and with B⁻¹ = I (γI, γ = s·y/y·y, where γ is not within 10⁻⁶ … 10⁶)",
    reference: "C. G. Broyden (1970), R. Fletcher (1970), D. Goldfarb (1970), D. F. Shanno (1970); J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 6.1",
    parameters: &[],
    conditionals: &[],
    family: Family::QuasiNewton,
    order: Order::First,
    needs: MethodNeeds::NOTHING,
    phases: &[
        ASK_GRADIENT,
        phase("Take B⁻¹, the estimate of the inverse Hessian", Shows::Shape(INVERSE_HESSIAN)),
        phase("Multiply: p = −B⁻¹∇f", Shows::Way(DIRECTION)),
        HALVING,
        MOVE,
    ],
    storage: |_| Storage::Matrix,
    operations: |_| Operations::matrices(6.0),
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 3,
    stability_bound: no_rate_law,
    step_scale: own_step_scale,
    build: |_| {
        Box::new(Bfgs {
            inverse: Symmetric2::identity(Dimension::Two),
            is_new: true,
            footing: Footing::default(),
            direction: Vector::zeros(),
            scale: 0.0,
            ball: Ball::down_gradient(Vector::zeros()),
        })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct Bfgs {
    /// B⁻¹, the estimate of H⁻¹; always positive definite.
    inverse: Symmetric2,
    /// Whether B⁻¹ is still I, since no pair has shown how large it should be.
    is_new: bool,
    footing: Footing,
    /// The last direction p.
    direction: Vector,
    /// The last α.
    scale: f64,
    /// What the last step was measured by.
    ball: Ball,
}

impl Bfgs {
    /// I, of as many weights as there are.
    fn identity(&self) -> Symmetric2 {
        Symmetric2::identity(self.inverse.dimension)
    }

    fn start_over(&mut self) {
        (self.inverse, self.is_new) = (self.identity(), true);
    }

    /// Takes in a pair, if the result is finite.
    fn learn(&mut self, secant: &Secant) {
        let gamma = secant.inverse_curvature();
        let is_far_off = self.is_new && !(1.0 / FAR_OFF..FAR_OFF).contains(&gamma);
        let before = if is_far_off { self.identity().scaled(gamma) } else { self.inverse };
        let after = updated(before, secant);
        if after.is_finite() {
            (self.inverse, self.is_new) = (after, false);
        }
    }

    /// −B⁻¹g, or where rounding has spoiled B⁻¹, −g and a fresh start.
    fn downhill(&mut self, gradient: Vector) -> Vector {
        let direction = -self.inverse.apply(gradient);
        if goes_down(gradient, direction) {
            return direction;
        }
        self.start_over();
        -gradient
    }
}

/// (I − rsyᵀ)B⁻¹(I − rysᵀ) + rssᵀ with r = 1/s·y: the matrix next to B⁻¹ that maps y to s.
fn updated(inverse: Symmetric2, secant: &Secant) -> Symmetric2 {
    let Secant { step: s, change: y } = *secant;
    let r = 1.0 / secant.curvature();
    let b = inverse.apply(y);
    // By r first: the product of y with what belongs to it may leave the numbers.
    let along = r * (1.0 + (y * r).dot(&b));
    Symmetric2 {
        xx: inverse.xx - 2.0 * r * s.x * b.x + along * s.x * s.x,
        xy: inverse.xy - r * (s.x * b.y + b.x * s.y) + along * s.x * s.y,
        yy: inverse.yy - 2.0 * r * s.y * b.y + along * s.y * s.y,
        ..inverse
    }
}

impl Optimizer for Bfgs {
    fn tune(&mut self, _: Values<'_>) {}

    /// The gradient at the landing is asked for at once: B⁻¹ then belongs to the point where the method stands.
    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        if self.footing.is_start() {
            self.inverse = Symmetric2::identity(oracle.dimension());
        }
        let gradient = self.footing.gradient(at, oracle);
        let direction = self.downhill(gradient);
        let curvature = self.inverse.inverse();
        self.ball = Ball::down_gradient(gradient).by(BY_PAIRS, curvature).believing(BY_PAIRS, curvature);
        let first = first_scale(self.footing.is_start(), gradient);
        let search = Backtracking::from(first).search(oracle, at, gradient, direction);
        (self.direction, self.scale) = (direction, search.scale);
        let landing = search.landing;
        let step = search.step(direction, [Part { name: "−αB⁻¹∇f", factor: 1.0, vector: direction }]);
        match self.footing.learn(at, gradient, step.taken, landing, oracle) {
            Some(secant) => self.learn(&secant),
            // The same direction would be refused again.
            None if self.scale == 0.0 => self.start_over(),
            None => {}
        }
        Ok(step)
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(INVERSE_HESSIAN, Carried::InverseHessian(self.inverse))]
    }

    fn working(&self) -> Quantities {
        vec![(DIRECTION, Carried::Vector(self.direction)), (SCALE, Carried::Number(self.scale))]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Evaluations, Landscape};
    use crate::optimizers::Choice;

    proptest! {
        #[test]
        fn the_update_maps_y_to_s_and_stays_positive(s in [-3.0..3.0, -3.0..3.0], y in [-3.0..3.0, -3.0..3.0], b in [0.1..5.0, -0.9..0.9, 0.1..5.0]) {
            let secant = Secant { step: Vector::from(s), change: Vector::from(y) };
            prop_assume!(secant.curvature() > 0.1 * secant.step.norm() * secant.change.norm());
            let before = Symmetric2::new(b[0], b[1] * f64::sqrt(b[0] * b[2]), b[2]);
            let after = updated(before, &secant);
            let scale = after.norm() * secant.change.norm();
            prop_assert!((after.apply(secant.change) - secant.step).norm() <= 1e-12 * scale, "By = s");
            prop_assert!(after.eigen().values[0] > -1e-12 * after.norm(), "positive definite");
        }
    }

    #[test]
    fn on_a_quadratic_it_learns_the_inverse_hessian() {
        let landscape = Landscape::parse("quad").unwrap();
        let loss = landscape.loss();
        let (mut rule, mut at) = (Choice::of(&ENTRY).build(), Point::new(-2.1, 1.7));
        let mut evaluations = Evaluations::default();
        for _ in 0..12 {
            let mut oracle = Oracle::new(loss, evaluations);
            at += rule.step(at, &mut oracle).unwrap().taken;
            evaluations = oracle.evaluations();
        }
        assert_eq!(evaluations.gradients, 13, "one gradient a step, and one at the start");
        assert!(loss.first_order(at).gradient.norm() < 1e-12, "arrived");
        let hessian = loss.second_order(at).hessian;
        let Carried::InverseHessian(inverse) = rule.state()[0].1 else { panic!("a matrix") };
        for axis in [Vector::x(), Vector::y()] {
            let back = inverse.apply(hessian.apply(axis));
            assert!((back - axis).norm() < 1e-3, "BH = I, but {axis} becomes {back}");
        }
    }
}
