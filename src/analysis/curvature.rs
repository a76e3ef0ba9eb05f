//! The Hessian at a point: principal directions, Newton's step and the Newton decrement.

use super::LocalModel;
use super::sure_eigenvalues::sure_eigenvalues;
use crate::numbers::{Dimension, Eigen2, Symmetric2, Vector, tolerance};

/// An eigenvalue below this share of the other has lost most of its digits in the sums that made it.
const LOST: f64 = tolerance::SINGULAR;

/// The curvature at a point and what follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// Eigenvalues in ascending order and their unit eigenvectors.
    pub eigen: Eigen2,
    /// −H⁻¹g; `None` where the Hessian is singular.
    pub newton_step: Option<Vector>,
    /// gᵀH⁻¹g, twice what the quadratic model predicts for Newton's step; `None` unless the Hessian is positive definite.
    /// Source: Boyd and Vandenberghe, Convex Optimization (2004), section 9.5.1.
    pub newton_decrement_squared: Option<f64>,
    /// gᵀHg/gᵀg, the curvature along −g; `None` where g = 0.
    pub along_gradient: Option<f64>,
    /// Whether the smaller eigenvalue is one, and not what roundings have left of zero.
    is_sure: bool,
}

/// The eigenvalues and eigenvectors of a Hessian, to their last digit where they are sure; and whether they are.
fn eigen_of(hessian: Symmetric2) -> (Eigen2, bool) {
    let mut eigen = hessian.eigen();
    let sure = sure_eigenvalues(hessian, Symmetric2::new(0.0, 0.0, 0.0));
    let [low, high] = eigen.values.map(f64::abs);
    if let Some(values) = sure.filter(|_| low.min(high) < LOST * low.max(high)) {
        eigen.values = values;
    }
    (eigen, sure.is_some())
}

impl Curvature {
    /// The curvature of a local model; `None` where the model is not finite.
    pub fn of(model: &LocalModel) -> Option<Self> {
        if !model.is_finite() {
            return None;
        }
        let (gradient, hessian) = (model.gradient, model.hessian);
        let (eigen, is_sure) = eigen_of(hessian);
        let newton_step = hessian.solve(-gradient);
        let decrement = newton_step.map(|step| -gradient.dot(&step)).filter(|_| eigen.values[0] > 0.0);
        let square = gradient.norm_squared();
        Some(Self {
            eigen,
            newton_step,
            newton_decrement_squared: decrement,
            along_gradient: (square > 0.0).then(|| hessian.form(gradient) / square),
            is_sure,
        })
    }

    /// How many weights there are.
    pub fn dimension(&self) -> Dimension {
        self.eigen.dimension
    }

    /// λmax / λmin where both are positive; `None` of one weight, which has nothing to compare.
    pub fn condition(&self) -> Option<f64> {
        let [low, high] = self.eigen.values;
        (low > 0.0 && !self.dimension().is_one()).then(|| high / low)
    }

    /// The definiteness of the Hessian in words at a point with this gradient: where nothing is curved, a slope makes a plane of
    /// the loss.
    pub fn definiteness_at(&self, gradient: Vector) -> &'static str {
        let is_curved = self.eigen.values != [0.0; 2];
        match self.dimension() {
            _ if is_curved || gradient == Vector::zeros() => self.definiteness(),
            Dimension::One => "not curved, a straight line",
            Dimension::Two => "not curved, a plane",
        }
    }

    /// The definiteness of the Hessian, in words; of one weight the sign of f″.
    pub fn definiteness(&self) -> &'static str {
        // What is below the rounding of the other is zero.
        let larger = self.eigen.values[0].abs().max(self.eigen.values[1].abs());
        let rounding = if self.is_sure { 0.0 } else { 4.0 * f64::EPSILON * larger };
        let [low, high] = self.eigen.values.map(|value| if value.abs() <= rounding { 0.0 } else { value });
        match (low.total_cmp(&0.0), high.total_cmp(&0.0)) {
            (sign, _) if self.dimension().is_one() => match sign {
                std::cmp::Ordering::Less => "negative",
                std::cmp::Ordering::Equal => "zero",
                std::cmp::Ordering::Greater => "positive",
            },
            _ if low == 0.0 && high == 0.0 => "zero",
            _ if low == 0.0 => "positive semidefinite, singular",
            _ if high == 0.0 => "negative semidefinite, singular",
            (std::cmp::Ordering::Greater, _) => "positive definite",
            (_, std::cmp::Ordering::Less) => "negative definite",
            _ => "indefinite",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Bound, Recursion, StabilityBound};
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    fn curvature(landscape: &str, x: f64, y: f64) -> Curvature {
        let landscape = Landscape::parse(landscape).unwrap();
        Curvature::of(&LocalModel::new(landscape.loss(), Point::new(x, y))).unwrap()
    }

    #[test]
    fn a_long_valley_is_a_bowl_and_a_trough_is_none() {
        for (landscape, x, y, low, shape) in [
            ("formula:x^2+1e-18y^2", 1.0, 1.0, 2e-18, "positive definite"),
            ("formula:(x+y)^2-1e-12(x-y)^2", 0.3, 0.1, -4e-12, "indefinite"),
            ("formula:(0.3x+0.7y)^2", 1.0, 1.0, 0.0, "positive semidefinite, singular"),
            ("trough", 1.0, 1.0, 0.0, "positive semidefinite, singular"),
        ] {
            let found = curvature(landscape, x, y);
            let rounding: f64 = if low == 0.0 { 1e-15 } else { 1e-3 * f64::abs(low) };
            assert!((found.eigen.values[0] - low).abs() <= rounding, "{landscape}: {found:?}");
            assert_eq!(found.definiteness(), shape, "{landscape}");
        }
    }

    /// With one weight there is one eigenvalue, f″, and nothing to be singular but where that is zero.
    #[test]
    fn the_curvature_of_one_weight_is_its_second_derivative() {
        let law = StabilityBound { recursion: Recursion::Descent, words: "2/λmax", words_of_one: "2/f″" };
        for (formula, x, f2, shape) in [
            ("2x^2", 1.0, 4.0, "positive"),
            ("cos(x)", 0.0, -1.0, "negative"),
            ("x^3", 0.0, 0.0, "zero"),
            ("1e-9x^2", 1.0, 2e-9, "positive"),
        ] {
            let found = curvature(&format!("formula:{formula}"), x, 0.0);
            assert_eq!((found.eigen.spectrum(), found.definiteness()), (&[f2][..], shape), "{formula}");
            assert_eq!(found.condition(), None, "{formula}: one eigenvalue has no ratio");
            assert_eq!(found.newton_step.is_some(), f2 != 0.0, "{formula}: {found:?}");
            match law.bound(&found) {
                Bound::Limit { limit, grows } => assert_eq!((limit, grows), (2.0 / f2, false), "{formula}"),
                Bound::CurvesDown { both } => assert!(both && f2 < 0.0, "{formula}"),
                Bound::Flat => assert_eq!(f2, 0.0, "{formula}"),
            }
        }
        assert_eq!(law.written_for(Dimension::One).words, "2/f″");
        let line = curvature("formula:x", 1.0, 0.0);
        assert_eq!(line.definiteness_at(Vector::x()), "not curved, a straight line");
    }

    #[test]
    fn the_limit_follows_the_largest_eigenvalue() {
        let law = StabilityBound { recursion: Recursion::Descent, words: "2/λmax", words_of_one: "2/f″" };
        let bowl = curvature("quad:kappa=20,lam=0.5", 1.0, 1.0);
        let Bound::Limit { limit, grows } = law.bound(&bowl) else { panic!("no limit on a bowl") };
        assert!((limit - 0.2).abs() < 1e-14 && !grows, "2/10, not {limit}");
        assert_eq!(bowl.condition().map(|kappa| (kappa * 1e9).round() / 1e9), Some(20.0), "condition number");
        assert!(matches!(law.bound(&curvature("saddle", 1.0, 1.0)), Bound::Limit { grows: true, .. }), "saddle");
        assert_eq!(law.bound(&curvature("l1", 1.0, 1.0)), Bound::Flat, "flat");
        assert_eq!(law.bound(&curvature("himmelblau", -0.27, -0.92)), Bound::CurvesDown { both: true }, "hilltop");
    }

    #[test]
    fn newton_is_undefined_where_the_hessian_is_singular() {
        let trough = curvature("trough", 1.0, 1.0);
        assert_eq!(trough.newton_step, None, "trough");
        assert_eq!(trough.newton_decrement_squared, None, "trough");
        let saddle = curvature("saddle", 1.0, 0.5);
        assert_eq!(saddle.newton_step, Some(Vector::new(-1.0, -0.5)), "to the saddle");
        assert_eq!(saddle.newton_decrement_squared, None, "indefinite");
    }
}
