//! The norm by which a method measures a step: of all steps of equal norm it takes the one that goes down most.
//!
//! A step −A⁻¹v is the lowest point of the plane v·d among all d with dᵀAd ≤ c, and so the line on which v·d is level
//! touches the set of these d at the step. Methods differ in their A and v.
//!
//! Source: Boyd and Vandenberghe, Convex Optimization (2004), section 9.4; Bernstein and Newhouse, Old optimizer, new norm
//! (2024), arXiv:2409.20325.

use super::Step;
use crate::numbers::{Symmetric2, Vector};

/// How the gradient is called in words.
pub const GRADIENT: &str = "∇f";
/// A curvature smaller than this share of the other one is rounding: a strip, not an ellipse.
const NOTHING: f64 = 1e-12;

/// When two steps count as equally long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Metric {
    /// ‖d‖: every direction counts alike.
    Length,
    /// dᵀAd.
    Form {
        /// A; it may have curvatures of both signs.
        matrix: Symmetric2,
        /// How it is written.
        name: &'static str,
    },
    /// The larger of |d₁| and |d₂|.
    LargestWeight,
    /// Only this weight moves, 0 or 1.
    OneWeight(usize),
    /// Nothing that could be drawn, and why.
    None(&'static str),
}

/// What a step was measured by, and the vector whose plane it goes down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ball {
    /// When two steps count as equally long.
    pub metric: Metric,
    /// v: the step goes down the plane v·d.
    pub vector: Vector,
    /// How v is called.
    pub name: &'static str,
    /// Whether v is the gradient as the method receives it.
    pub is_gradient: bool,
    /// What is added to the step beside it: the name and the displacement.
    pub shift: Option<(&'static str, Vector)>,
    /// What else is to be known, as a sentence.
    pub remark: Option<&'static str>,
    /// M of the quadratic g·d + ½dᵀMd that the method takes for the loss, and its name, where it is not the Hessian.
    pub curvature: Option<(&'static str, Symmetric2)>,
}

/// All displacements that count as long as a step, around the point from which it is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rim {
    /// ‖d‖ = `radius`.
    Circle {
        /// In landscape units.
        radius: f64,
    },
    /// The larger of |d₁| and |d₂| is `half`.
    Square {
        /// Half a side.
        half: f64,
    },
    /// From −`half` to `half` along one axis.
    Segment {
        /// The weight, 0 or 1.
        axis: usize,
        /// Half its length.
        half: f64,
    },
    /// `long` cos t + `short` sin t.
    Ellipse {
        /// The longer half axis.
        long: Vector,
        /// The shorter one.
        short: Vector,
    },
    /// Two lines along `along`, through `across` and −`across`.
    Strip {
        /// A unit vector.
        along: Vector,
        /// From the middle to one of the lines, at a right angle.
        across: Vector,
    },
    /// ±(`apex` cosh t + `arm` sinh t).
    Hyperbola {
        /// From the middle to the nearest point of a branch.
        apex: Vector,
        /// The other half axis; `apex` ± `arm` is where the branches tend to.
        arm: Vector,
    },
}

impl Ball {
    /// Down a vector's plane, as far as any step of the same length.
    pub(super) fn down(name: &'static str, vector: Vector) -> Self {
        Self { metric: Metric::Length, vector, name, is_gradient: false, shift: None, remark: None, curvature: None }
    }

    /// Down the plane of the gradient.
    pub(super) fn down_gradient(vector: Vector) -> Self {
        Self { is_gradient: true, ..Self::down(GRADIENT, vector) }
    }

    /// Measured by dᵀAd instead.
    pub(super) fn by(self, name: &'static str, matrix: Symmetric2) -> Self {
        Self { metric: Metric::Form { matrix, name }, ..self }
    }

    /// Measured by Σ rᵢdᵢ², with the divisor r of each weight.
    pub(super) fn by_divisors(self, name: &'static str, divisors: Vector) -> Self {
        self.by(name, Symmetric2::new(divisors.x, 0.0, divisors.y))
    }

    /// Taking g·d + ½dᵀMd for the loss, with a matrix of its own instead of the Hessian.
    pub(super) fn believing(self, name: &'static str, matrix: Symmetric2) -> Self {
        Self { curvature: Some((name, matrix)), ..self }
    }

    /// With something to be known.
    pub(super) fn remarking(self, remark: &'static str) -> Self {
        Self { remark: Some(remark), ..self }
    }

    /// With something added beside.
    pub(super) fn beside(self, name: &'static str, shift: Vector) -> Self {
        Self { shift: (shift != Vector::zeros()).then_some((name, shift)), ..self }
    }

    /// Down the vector of a step's first part: what holds for plain descent.
    pub(super) fn of_first_part(step: &Step) -> Self {
        Self::down_gradient(step.parts.first().map_or_else(Vector::zeros, |part| part.vector))
    }

    /// The part of a displacement that the ball explains: without what is added beside.
    pub fn explained(&self, step: Vector) -> Vector {
        step - self.shift.map_or_else(Vector::zeros, |(_, shift)| shift)
    }

    /// Whether the step goes up the plane of v: where the matrix curves down.
    pub fn rises(&self, step: Vector) -> bool {
        self.vector.dot(&self.explained(step)) > 0.0
    }

    /// The angle between the step and −v, in radians; NaN where one of them is zero.
    pub fn turn(&self, step: Vector) -> f64 {
        angle_between(self.explained(step), -self.vector)
    }

    /// All displacements that count as long as a step.
    ///
    /// # Errors
    /// Why there is nothing to be drawn, in words.
    pub fn rim(&self, step: Vector) -> Result<Rim, &'static str> {
        let d = self.explained(step);
        let length = d.norm();
        if let Metric::None(why) = self.metric {
            return Err(why);
        }
        if length == 0.0 {
            return Err("The step has length 0 here, so the norm shows nothing.");
        }
        if !length.is_finite() {
            return Err("The step is not finite here.");
        }
        match self.metric {
            Metric::Length | Metric::None(_) => Ok(Rim::Circle { radius: length }),
            Metric::LargestWeight => Ok(Rim::Square { half: d.amax() }),
            Metric::OneWeight(axis) => Ok(Rim::Segment { axis, half: d[axis].abs() }),
            Metric::Form { matrix, .. } => level_set(matrix, d),
        }
    }
}

/// { p : pᵀAp = dᵀAd }.
fn level_set(matrix: Symmetric2, d: Vector) -> Result<Rim, &'static str> {
    let eigen = matrix.eigen();
    let largest = eigen.values[0].abs().max(eigen.values[1].abs());
    if !largest.is_finite() || largest == 0.0 {
        return Err("The matrix of the norm is not finite here.");
    }
    // Of a size near 1, so that no square leaves the numbers.
    let [low, high] = eigen.values.map(|value| if value.abs() <= NOTHING * largest { 0.0 } else { value / largest });
    let [first, second] = eigen.vectors;
    let (a, b) = (first.dot(&d), second.dot(&d));
    let level = low * a * a + high * b * b;
    let half = |value: f64| (level / value).abs().sqrt();
    if low == 0.0 || high == 0.0 {
        let (along, across, reach) = if low == 0.0 { (first, second, b) } else { (second, first, a) };
        return if reach == 0.0 {
            Err("The step lies in the null space of the matrix.")
        } else {
            Ok(Rim::Strip { along, across: across * reach.abs() })
        };
    }
    if low > 0.0 || high < 0.0 {
        let [p, q] = [first * half(low), second * half(high)];
        let (long, short) = if p.norm() >= q.norm() { (p, q) } else { (q, p) };
        return Ok(Rim::Ellipse { long, short });
    }
    if level == 0.0 {
        return Err("The step lies where the positive and the negative curvature cancel.");
    }
    let [p, q] = [first * half(low), second * half(high)];
    let (apex, arm) = if level > 0.0 { (q, p) } else { (p, q) };
    Ok(Rim::Hyperbola { apex, arm })
}

/// The angle between two vectors in \[0, π\]; NaN where one of them is zero.
pub fn angle_between(a: Vector, b: Vector) -> f64 {
    // Brought to length 1 first, as products of tiny vectors vanish.
    let (a, b) = (a / a.norm(), b / b.norm());
    libm::atan2((a.x * b.y - a.y * b.x).abs(), a.dot(&b))
}

impl Rim {
    /// What it is, in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Circle { .. } => "circle",
            Self::Ellipse { .. } if self.is_round() => "circle",
            Self::Ellipse { .. } => "ellipse",
            Self::Square { .. } => "square",
            Self::Segment { .. } => "segment",
            Self::Strip { .. } => "strip",
            Self::Hyperbola { .. } => "hyperbola",
        }
    }

    /// How many times longer than wide an ellipse is.
    pub fn ratio(&self) -> Option<f64> {
        match self {
            Self::Ellipse { long, short } => Some(long.norm() / short.norm()),
            _ => None,
        }
    }

    fn is_round(&self) -> bool {
        self.ratio().is_some_and(|ratio| ratio < 1.005)
    }
}
