//! The trust region: the quadratic model's lowest point within a radius that grows and shrinks with how well it predicted.

use super::method::{no_rate_law, own_step_scale};
use super::phases::{ASK_CURVATURE, ASK_GRADIENT, KEPT, MOVE, TRY, phase};
use super::reduction::Known;
use super::values::Real;
use super::{
    Ball, Carried, Family, Matrix, Method, Needs, Operations, Optimizer, Order, Part, Quantities, Quantity, Shows,
    Step, Storage, Trial, Undefined, Uphill, Values, Verdict,
};
use crate::landscapes::{Domain, Oracle, Parameter};
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Symmetric2, Vector, length};

const FIRST_RADIUS: Real =
    Real(&Parameter::log("radius0", "Δ₀", 1.0, [0.001, 10.0]).described("initial radius", "The initial trust radius."));
const LARGEST_RADIUS: Real = Real(
    &Parameter::log("radius_max", "Δmax", 1000.0, [0.01, 1000.0])
        .described("largest radius", "The trust radius never grows beyond this."),
);
const ACCEPTANCE: Real = Real(
    &Parameter::linear("eta", "η", 0.15, [0.0, 0.25])
        .described("acceptance", "A step is accepted if ρ = actual/predicted is above this.")
        .within(Domain::Fraction),
);

const TRUST_RADIUS: Quantity = Quantity::new("trust radius Δ", "Δ").of_before();

pub(super) static ENTRY: Method = Method {
    id: "trust_region",
    name: "Trust region",
    idea: "Minimizes the quadratic model within the trust radius, which shrinks where ρ = actual/predicted is small and grows where it is near 1.",
    rule: "p = argmin of ∇f·p + ½pᵀHp,  ‖p‖ ≤ Δ,  w ← w + p if ρ > η,  Δ ← Δ/4 if ρ < ¼,  2Δ if ρ > ¾ and ‖p‖ = Δ",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), algorithm 4.1; J. J. Moré and D. C. Sorensen, Computing a trust region step (1983)",
    parameters: &[FIRST_RADIUS.parameter(), LARGEST_RADIUS.parameter(), ACCEPTANCE.parameter()],
    conditionals: &[],
    family: Family::SecondOrder,
    order: Order::Second(|_| Matrix::Hessian),
    needs: Needs::NOTHING,
    phases: &[
        ASK_GRADIENT,
        ASK_CURVATURE,
        phase("Restrict the quadratic model to the trust radius Δ", Shows::Shape(TRUST_RADIUS)),
        phase("Solve: the minimum of the quadratic model within the radius", Shows::Part(0)),
        TRY,
        KEPT,
        MOVE,
    ],
    storage: |_| Storage::Vectors(0),
    operations: |_| Operations::EIGENVECTORS,
    batch: None,
    gradient_sum: None,
    uphill: &[Uphill::Gradient],
    evaluations_per_step: 4,
    stability_bound: no_rate_law,
    step_scale: own_step_scale,
    build: |values| {
        let ball = Ball::down_gradient(Vector::zeros());
        let radius_max = values.get(LARGEST_RADIUS);
        let radius = values.get(FIRST_RADIUS).min(radius_max);
        Box::new(TrustRegion { radius, radius_max, eta: values.get(ACCEPTANCE), known: None, ball })
    },
    lanes: |_, _| None,
};

#[derive(Clone)]
struct TrustRegion {
    radius: f64,
    radius_max: f64,
    eta: f64,
    known: Option<Known>,
    /// What the last step was measured by.
    ball: Ball,
}

impl TrustRegion {
    fn look(&self, at: Point, oracle: &mut Oracle<'_>) -> Known {
        match self.known {
            Some(known) if known.at == at => known,
            _ => Known { at, value: oracle.value(at), gradient: oracle.gradient(at), matrix: oracle.hessian(at) },
        }
    }
}

impl Optimizer for TrustRegion {
    /// The first radius is where the state began: changing it on the way changes nothing.
    fn tune(&mut self, values: Values<'_>) {
        [self.radius_max, self.eta] = [values.get(LARGEST_RADIUS), values.get(ACCEPTANCE)];
        self.radius = self.radius.min(self.radius_max);
    }

    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined> {
        let here = self.look(at, oracle);
        if !here.matrix.is_finite() {
            return Err(Undefined::NotFinite);
        }
        let solution = subproblem(here.gradient, here.matrix, self.radius);
        self.ball = ball(&here, &solution);
        let step = solution.step;
        let value = oracle.value(at + step);
        let kept = here.reduction_ratio(oracle, step, value);
        let accepted = kept > self.eta;
        if kept.is_nan() || kept < 0.25 {
            self.radius *= 0.25;
        } else if kept > 0.75 && solution.on_boundary {
            self.radius = (2.0 * self.radius).min(self.radius_max);
        }
        self.known = (!accepted).then_some(here);
        Ok(Step {
            proposed: step,
            taken: if accepted { step } else { Vector::zeros() },
            parts: [Part { name: part_name(&solution), factor: 1.0, vector: step }].into_iter().collect(),
            verdict: match (accepted, solution.on_boundary) {
                (false, _) => Verdict::Rejected,
                (true, true) => Verdict::Truncated,
                (true, false) => Verdict::Taken,
            },
            trials: vec![Trial { at: at + step, value, accepted }],
            fell_back: false,
        })
    }

    fn ball(&self, _: &Step) -> Ball {
        self.ball
    }

    fn boxed(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }

    fn state(&self) -> Quantities {
        vec![(TRUST_RADIUS, Carried::Radius(self.radius))]
    }
}

/// On the boundary the multiplier of the radius is added to every curvature.
fn ball(here: &Known, solution: &Solution) -> Ball {
    let down = Ball::down_gradient(here.gradient);
    if !solution.on_boundary {
        return down.by("H", here.matrix);
    }
    down.by("H + λI", here.matrix.plus_identity(solution.multiplier)).remarking(
        "The norm changes with the radius: the multiplier λ keeps the step on the circle ‖p‖ = Δ, where the quadratic model is lowest.",
    )
}

fn part_name(solution: &Solution) -> &'static str {
    if solution.on_boundary { "−(H+λI)⁻¹∇f" } else { "−H⁻¹∇f" }
}

/// The lowest point of the quadratic model within the radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Solution {
    /// The displacement p.
    pub(super) step: Vector,
    /// The multiplier λ of the radius.
    pub(super) multiplier: f64,
    /// Whether the radius holds it back.
    pub(super) on_boundary: bool,
}

/// Solves min g·p + ½pᵀHp, ‖p‖ ≤ Δ exactly, in the eigenbasis of H, the hard case included.
///
/// Source: Moré and Sorensen (1983); the root is sought in s = λ + λ₁, since near-hard cases lose seven digits in λ.
pub(super) fn subproblem(gradient: Vector, hessian: Symmetric2, radius: f64) -> Solution {
    let eigen = hessian.eigen();
    let [low, high] = eigen.values;
    let [q1, q2] = eigen.vectors;
    let (c1, c2) = (q1.dot(&gradient), q2.dot(&gradient));
    let gap = high - low;
    if low > 0.0 {
        let newton = -(q1 * (c1 / low) + q2 * (c2 / high));
        if length(newton) <= radius {
            return Solution { step: newton, multiplier: 0.0, on_boundary: false };
        }
    }
    // Its square may vanish where the gradient does not.
    let norm = gradient.x.hypot(gradient.y);
    let largest = low.abs().max(high.abs());
    let across = if c2 == 0.0 { 0.0 } else { c2 / gap };
    if low <= 0.0 && c1.abs() <= 1e-14 * norm.max(largest * radius) && across.abs() <= radius {
        return hard_case(q1, q2, across, low, radius);
    }
    let shift = bisect_shift(c1, c2, gap, low.max(0.0), norm / radius, radius);
    Solution { step: -(q1 * (c1 / shift) + q2 * (c2 / (shift + gap))), multiplier: shift - low, on_boundary: true }
}

/// No pull along q₁, where the loss curves down or is flat: both ways along it are equally good; the first nonzero component decides.
fn hard_case(q1: Vector, q2: Vector, across: f64, low: f64, radius: f64) -> Solution {
    let along = if low == 0.0 { 0.0 } else { (radius * radius - across * across).max(0.0).sqrt() };
    let first = if q1.x == 0.0 { q1.y } else { q1.x };
    Solution { step: q1 * (along * first.signum()) - q2 * across, multiplier: -low, on_boundary: low < 0.0 }
}

/// The s > `least` with (c₁/s)² + (c₂/(s+gap))² = Δ².
fn bisect_shift(c1: f64, c2: f64, gap: f64, least: f64, most: f64, radius: f64) -> f64 {
    /// More than there are bits between any two numbers.
    const HALVINGS: usize = 1100;
    let is_outside = |shift: f64| (c1 / shift).hypot(c2 / (shift + gap)) > radius;
    let [_, shift] = bisect(is_outside, least, most.max(least), HALVINGS);
    shift
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(gradient: Vector, hessian: Symmetric2, radius: f64) {
        let solution = subproblem(gradient, hessian, radius);
        let (p, lambda) = (solution.step, solution.multiplier);
        let scale = gradient.norm() + (hessian.norm() + lambda) * radius;
        let residual = hessian.apply(p) + p * lambda + gradient;
        assert!(residual.norm() <= 1e-9 * scale, "(H+λI)p = −g: {residual} of {scale}");
        assert!(p.norm() <= radius * (1.0 + 1e-9), "within the radius: {} of {radius}", p.norm());
        assert!(lambda >= -1e-12 * scale && hessian.eigen().values[0] + lambda >= -1e-9 * scale, "λ ≥ 0 and H+λI psd");
        let model = |p: Vector| gradient.dot(&p) + 0.5 * hessian.form(p);
        for k in 0..720 {
            let angle = f64::from(k) * std::f64::consts::PI / 360.0;
            let other = Vector::new(angle.cos(), angle.sin()) * radius;
            assert!(model(p) <= model(other) + 1e-9 * scale * radius, "lower than at angle {angle}");
        }
    }

    proptest! {
        #[test]
        fn the_subproblem_is_solved(g in [-3.0..3.0, -3.0..3.0], h in [-5.0..5.0, -5.0..5.0, -5.0..5.0], radius in 0.01..5.0) {
            check(Vector::new(g[0], g[1]), Symmetric2::new(h[0], h[1], h[2]), radius);
        }
    }

    #[test]
    fn hard_and_flat_cases() {
        let diagonal = |xx, yy| Symmetric2::new(xx, 0.0, yy);
        check(Vector::new(0.0, 1.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(0.0, 0.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(0.0, 4.0), diagonal(-1.0, 2.0), 0.5);
        check(Vector::new(1e-9, 1.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(4.0, 0.0), diagonal(4.0, 0.0), 5.0);
        check(Vector::new(1.0, 1.0), diagonal(-2.0, -2.0), 1.0);
        check(Vector::new(0.0, 0.0), diagonal(0.0, 0.0), 1.0);
    }
}
