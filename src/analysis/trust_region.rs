//! The lowest point of the quadratic model in a ball, exactly and in every case, and the dogleg that approaches it.

use crate::numbers::bisection::bisect;
use crate::numbers::{Symmetric2, Vector, length};

/// A component of the gradient along q₁ below this share of all there is counts as none: the hard case.
const NO_PULL: f64 = 1e-14;

/// The lowest point of the quadratic model within a radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BallStep {
    /// The displacement p, which solves (H + λI)p = −g.
    pub step: Vector,
    /// The multiplier λ of the radius: the damping μ with which Levenberg and Marquardt take the same step.
    pub multiplier: f64,
    /// Whether the radius holds it back.
    pub on_boundary: bool,
    /// In the hard case the other displacement that is as good: H + λI is singular, and both ways along its eigenvector are.
    pub twin: Option<Vector>,
}

impl BallStep {
    /// How well it satisfies its conditions, relative to the sizes of what is added: (H + λI)p = −g, ‖p‖ ≤ Δ with equality where
    /// λ > 0, λ ≥ 0, and H + λI without a negative eigenvalue. 0 is exact.
    pub fn residual(&self, gradient: Vector, hessian: Symmetric2, radius: f64) -> f64 {
        let (p, multiplier) = (self.step, self.multiplier);
        let low = hessian.eigen().values[0];
        let curvature = hessian.norm() + multiplier.abs();
        let scale = length(gradient) + curvature * radius;
        let stationary = length(hessian.apply(p) + p * multiplier + gradient) / scale;
        let excess = length(p) / radius - 1.0;
        let length = if self.on_boundary { excess.abs() } else { excess };
        let negative = (-multiplier).max(-(low + multiplier)) / curvature;
        let worst = [stationary, length, negative].into_iter().fold(0.0, f64::max);
        if scale > 0.0 { worst } else { excess.max(0.0) }
    }
}

/// Solves min g·p + ½pᵀHp, ‖p‖ ≤ Δ exactly, in the eigenbasis of H, the hard case included.
///
/// Source: J. J. Moré and D. C. Sorensen, Computing a trust region step (1983); the root is sought in s = λ + λ₁, since near-hard
/// cases lose seven digits in λ.
pub fn trust_region_step(gradient: Vector, hessian: Symmetric2, radius: f64) -> BallStep {
    let eigen = hessian.eigen();
    let [low, high] = eigen.values;
    let [q1, q2] = eigen.vectors;
    let (c1, c2) = (q1.dot(&gradient), q2.dot(&gradient));
    let gap = high - low;
    let newton = -(q1 * (c1 / low) + q2 * (c2 / high));
    if low > 0.0 && length(newton) <= radius {
        return BallStep { step: newton, multiplier: 0.0, on_boundary: false, twin: None };
    }
    // Its square may vanish where the gradient does not.
    let norm = libm::hypot(gradient.x, gradient.y);
    let largest = low.abs().max(high.abs());
    let across = if c2 == 0.0 { 0.0 } else { c2 / gap };
    if low <= 0.0 && c1.abs() <= NO_PULL * norm.max(largest * radius) && across.abs() <= radius {
        return hard_case(q1, q2, across, low, radius);
    }
    let shift = bisect_shift(c1, c2, gap, low.max(0.0), norm / radius, radius);
    let step = -(q1 * (c1 / shift) + q2 * (c2 / (shift + gap)));
    BallStep { step, multiplier: shift - low, on_boundary: true, twin: None }
}

/// No pull along q₁, where the loss curves down or is flat: both ways along it are equally good; the first nonzero component decides.
fn hard_case(q1: Vector, q2: Vector, across: f64, low: f64, radius: f64) -> BallStep {
    let along = if low == 0.0 { 0.0 } else { (radius * radius - across * across).max(0.0).sqrt() };
    let first = if q1.x == 0.0 { q1.y } else { q1.x };
    let way = q1 * (along * first.signum());
    let [step, twin] = [way - q2 * across, -way - q2 * across];
    BallStep { step, multiplier: -low, on_boundary: low < 0.0, twin: (along > 0.0).then_some(twin) }
}

/// The s > `least` with (c₁/s)² + (c₂/(s+gap))² = Δ².
fn bisect_shift(c1: f64, c2: f64, gap: f64, least: f64, most: f64, radius: f64) -> f64 {
    /// More than there are bits between any two numbers.
    const HALVINGS: usize = 1100;
    let is_outside = |shift: f64| libm::hypot(c1 / shift, c2 / (shift + gap)) > radius;
    let [_, shift] = bisect(is_outside, least, most.max(least), HALVINGS);
    shift
}

/// The step of this length on Powell's dogleg: from the point along −g to the minimum of the quadratic on that line, and from there
/// to Newton's step; Newton's step where that is shorter. `None` where H is not positive definite, for which it is not defined.
///
/// Source: J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 4.1.
pub fn dogleg(gradient: Vector, hessian: Symmetric2, radius: f64) -> Option<Vector> {
    let [cauchy, newton] = dogleg_corners(gradient, hessian)?;
    if length(newton) <= radius {
        return Some(newton);
    }
    let first = length(cauchy);
    if first >= radius {
        return Some(cauchy * (radius / first));
    }
    // ‖c + t(n − c)‖ = Δ, the root in 0 … 1 in the form that cancels nothing.
    let way = newton - cauchy;
    let (a, b, c) = (way.norm_squared(), cauchy.dot(&way), first * first - radius * radius);
    let root = (b * b - a * c).max(0.0).sqrt();
    let share = if b > 0.0 { -c / (b + root) } else { (root - b) / a };
    Some(cauchy + way * share.clamp(0.0, 1.0))
}

/// The two corners of the dogleg: the minimum of the quadratic along −g, and Newton's step.
pub fn dogleg_corners(gradient: Vector, hessian: Symmetric2) -> Option<[Vector; 2]> {
    let curvature = hessian.form(gradient);
    let is_definite = hessian.eigen().values[0] > 0.0 && curvature > 0.0;
    let newton = hessian.solve(-gradient).filter(|_| is_definite)?;
    let cauchy = gradient * -(gradient.norm_squared() / curvature);
    [cauchy, newton].iter().all(|corner| length(*corner).is_finite()).then_some([cauchy, newton])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model(gradient: Vector, hessian: Symmetric2, p: Vector) -> f64 {
        gradient.dot(&p) + 0.5 * hessian.form(p)
    }

    fn check(gradient: Vector, hessian: Symmetric2, radius: f64) {
        let solution = trust_region_step(gradient, hessian, radius);
        let residual = solution.residual(gradient, hessian, radius);
        assert!(residual <= 1e-13, "residual {residual:e} of {solution:?} for {gradient}, {hessian:?}, {radius}");
        let scale = gradient.norm() + (hessian.norm() + solution.multiplier) * radius;
        let value = model(gradient, hessian, solution.step);
        for k in 0..720 {
            let angle = f64::from(k) * std::f64::consts::PI / 360.0;
            let other = Vector::new(angle.cos(), angle.sin()) * radius;
            assert!(value <= model(gradient, hessian, other) + 1e-14 * scale * radius, "lower than at angle {angle}");
        }
        if let Some(twin) = solution.twin {
            let other = BallStep { step: twin, ..solution };
            assert!(other.residual(gradient, hessian, radius) <= 1e-13, "the twin solves it, too");
            assert!((twin - solution.step).norm() > 0.0, "and is another");
        }
    }

    proptest! {
        #[test]
        fn the_subproblem_is_solved(g in [-3.0..3.0, -3.0..3.0], h in [-5.0..5.0, -5.0..5.0, -5.0..5.0], radius in 0.01..5.0) {
            check(Vector::new(g[0], g[1]), Symmetric2::new(h[0], h[1], h[2]), radius);
        }

        /// Between −g and Newton's step the dogleg goes down on the model and out from the point, but never below the best.
        #[test]
        fn the_dogleg_goes_out_and_down(g in [-3.0..3.0, -3.0..3.0], theta in 0.0..3.0, low in 0.01..4.0, more in 0.0..40.0) {
            let (sine, cosine) = libm::sincos(theta);
            let [q1, q2] = [Vector::new(cosine, sine), Vector::new(-sine, cosine)];
            let part = |q: Vector, value: f64| Symmetric2::new(q.x * q.x * value, q.x * q.y * value, q.y * q.y * value);
            let (gradient, hessian) = (Vector::new(g[0], g[1]), part(q1, low) + part(q2, low + more));
            prop_assume!(gradient.norm() > 1e-3);
            let newton = hessian.solve(-gradient).unwrap();
            let mut last = 0.0;
            for k in 1..=40 {
                let radius = newton.norm() * f64::from(k) / 40.0;
                let step = dogleg(gradient, hessian, radius).unwrap();
                prop_assert!((step.norm() - radius).abs() <= 1e-9 * radius, "of its length: {} of {radius}", step.norm());
                let value = model(gradient, hessian, step);
                let best = model(gradient, hessian, trust_region_step(gradient, hessian, radius).step);
                let rounding = 1e-12 * gradient.norm() * newton.norm();
                prop_assert!(value < last + rounding && value >= best - rounding, "{value} after {last}, best {best}");
                last = value;
            }
            prop_assert!((dogleg(gradient, hessian, 2.0 * newton.norm()).unwrap() - newton).norm() <= 1e-12 * newton.norm());
        }
    }

    #[test]
    fn hard_and_flat_cases() {
        let diagonal = |xx, yy| Symmetric2::new(xx, 0.0, yy);
        check(Vector::new(0.0, 1.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(0.0, 0.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(0.0, 4.0), diagonal(-1.0, 2.0), 0.5);
        check(Vector::new(1e-9, 1.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(1e-17, 1.0), diagonal(-1.0, 2.0), 1.5);
        check(Vector::new(4.0, 0.0), diagonal(4.0, 0.0), 5.0);
        check(Vector::new(1.0, 1.0), diagonal(-2.0, -2.0), 1.0);
        check(Vector::new(0.0, 0.0), diagonal(0.0, 0.0), 1.0);
        let hard = trust_region_step(Vector::new(0.0, 1.0), diagonal(-1.0, 2.0), 1.5);
        assert_eq!(hard.twin.map(|twin| (twin.x, twin.y)), Some((-hard.step.x, hard.step.y)), "mirrored");
        assert_eq!(dogleg(Vector::new(1.0, 1.0), diagonal(-1.0, 2.0), 1.0), None, "not defined");
    }
}
