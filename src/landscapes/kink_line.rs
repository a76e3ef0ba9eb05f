//! Kink lines: lines on which a piece of the formula switches, so that the slope may jump from one side to the other.

use std::fmt;
use std::sync::Arc;

use super::Loss;
use super::networks::Data;
use crate::numbers::numerals::parameter;
use crate::numbers::{Point, Real, ScalarField, Vector};

/// What switches on a kink line, and with it the slope that is taken on the kink line itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// |u| at u = 0.
    Absolute,
    /// relu(u) at u = 0.
    Rectifier,
    /// The lesser or the greater of two that are equal.
    Tie,
    /// A case of `if`.
    Case,
    /// A value that jumps: sign, step, floor.
    Jump,
    /// A root of zero, the slope of which is infinite.
    Root,
}

impl Switch {
    /// The convention by which there is a slope on the kink line, in words.
    pub fn convention(self) -> &'static str {
        match self {
            Self::Absolute => "the convention sign(0) = 0 takes the middle of the two slopes",
            Self::Rectifier => "the convention relu′(0) = 0 takes the side where the unit is off",
            Self::Tie => "of two that are equal the mean of both gives the slope",
            Self::Case => "the case that the formula names for equality gives the slope",
            Self::Jump => "a jump counts as slope 0",
            Self::Root => "an infinite slope counts as 0",
        }
    }
}

/// Where a piece of the formula switches: the points at which a function of the weights is zero.
///
/// It says where the slope may jump; whether it does is for the loss to tell, since what switches may cancel out.
#[derive(Clone)]
pub struct KinkLine {
    /// The function: zero on the kink line, positive on one side and negative on the other.
    pub argument: Argument,
    /// The two sides of its equation: what is equal there, and is greater where the function is positive.
    pub equation: [String; 2],
    /// What switches.
    pub switch: Switch,
    /// The sample whose unit switches there, by its number from 0; `None` where none or several do.
    pub sample: Option<usize>,
}

/// The function that is zero on a kink line.
#[derive(Clone)]
pub enum Argument {
    /// a x + b y + c.
    Line {
        /// (a, b).
        normal: Vector,
        /// c.
        constant: f64,
    },
    /// Any other.
    Curve(Arc<dyn Loss>),
}

impl Argument {
    /// Its value at a point, and its gradient there.
    pub fn at(&self, at: Point) -> (f64, Vector) {
        match self {
            Self::Line { normal, constant } => (normal.dot(&at.coords) + constant, *normal),
            Self::Curve(function) => {
                let first = function.first_order(at);
                (first.value, first.gradient)
            }
        }
    }
}

impl KinkLine {
    /// The straight kink line a x + b y + c = 0 of a surface, under its equation.
    pub(super) fn line([a, b, c]: [f64; 3], equation: [&str; 2], switch: Switch) -> Self {
        let argument = Argument::Line { normal: Vector::new(a, b), constant: c };
        Self { argument, equation: equation.map(str::to_owned), switch, sample: None }
    }

    /// The curved kink line on which a field is zero.
    pub(super) fn curve(field: impl ScalarField, equation: [&str; 2], switch: Switch) -> Self {
        let argument = Argument::Curve(Arc::new(field));
        Self { argument, equation: equation.map(str::to_owned), switch, sample: None }
    }

    /// Its equation: `x + y = 1`.
    pub fn text(&self) -> String {
        self.equation.join(" = ")
    }

    /// One of its sides as an inequality: `x + y > 1` where the function is positive.
    pub fn side(&self, positive: bool) -> String {
        self.equation.join(if positive { " > " } else { " < " })
    }

    /// Whether it passes through a point: exactly, or nearer than the rounding of the point's coordinates.
    pub fn passes_through(&self, at: Point) -> bool {
        /// Roundings that a point of a path may have behind it.
        const ROUNDINGS: f64 = 8.0 * f64::EPSILON;
        let (value, gradient) = self.argument.at(at);
        value == 0.0 || value.abs() <= ROUNDINGS * gradient.norm() * at.coords.norm()
    }
}

impl fmt::Debug for KinkLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KinkLine({})", self.text())
    }
}

/// The distance from the origin, squared: the kink line of what has a tip there.
pub(super) struct SquaredDistance;

impl ScalarField for SquaredDistance {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x.square() + y.square()
    }
}

/// For landscapes that are smooth everywhere.
pub(super) fn no_kink_lines(_: &[f64], _: Option<&Data>) -> Vec<KinkLine> {
    Vec::new()
}

/// The kink lines of a unit relu(w₁x + w₂), one for every sample.
pub(super) fn unit_kink_lines(_: &[f64], data: Option<&Data>) -> Vec<KinkLine> {
    let samples = data.map_or(&[][..], |data| data.samples());
    let kink_line = |(index, [x, _]): (usize, &[f64; 2])| KinkLine {
        argument: Argument::Line { normal: Vector::new(*x, 1.0), constant: 0.0 },
        equation: [format!("{}·w₁ + w₂", parameter((x * 1e3).round() / 1e3)), "0".to_owned()],
        switch: Switch::Rectifier,
        sample: Some(index),
    };
    samples.iter().enumerate().map(kink_line).collect()
}

/// The kink line of units relu(w₁x): w₁ = 0, on which those of all samples switch together.
pub(super) fn first_layer_kink_line(_: &[f64], data: Option<&Data>) -> Vec<KinkLine> {
    let switching = data.map_or(0, |data| data.samples().iter().filter(|[x, _]| *x != 0.0).count());
    let kink_line = KinkLine::line([1.0, 0.0, 0.0], ["w₁", "0"], Switch::Rectifier);
    if switching > 0 { vec![kink_line] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn kink_lines_are_described_with_their_sides_and_samples() {
        let kink_lines = |text: &str| Landscape::parse(text).unwrap().kink_lines();
        let texts = |text: &str| kink_lines(text).iter().map(KinkLine::text).collect::<Vec<_>>();
        assert_eq!(texts("l1"), ["x = 0", "y = 0"]);
        assert_eq!(texts("l1:b=0"), ["x = 0"], "without a slope there is no kink");
        assert_eq!(texts("relu_kink"), ["x + y = 1", "x = 2y", "y = 2x"]);
        assert_eq!(texts("bukin6"), ["y = x²/100", "x = −10"]);
        assert_eq!(texts("relu2"), ["w₁ = 0"]);
        assert_eq!(texts("rosenbrock"), [""; 0]);
        let relu = kink_lines("relu");
        let samples = Landscape::parse("relu").unwrap();
        for (index, (kink_line, sample)) in std::iter::zip(&relu, samples.data().unwrap().samples()).enumerate() {
            assert_eq!(kink_line.sample, Some(index), "of its sample");
            assert_eq!(kink_line.argument.at(Point::new(1.0, -sample[0])).0, 0.0, "w₁x + w₂ = 0");
        }
        assert_eq!(relu.len(), 16, "one for every sample");
        let kink = &kink_lines("relu_kink")[0];
        assert_eq!([kink.side(true), kink.side(false)], ["x + y > 1", "x + y < 1"]);
        assert!(kink.argument.at(Point::new(1.0, 1.0)).0 > 0.0, "the greater side");
    }

    #[test]
    fn rounding_alone_does_not_lead_off_a_kink_line() {
        let kink_line = &Landscape::parse("relu_kink").unwrap().kink_lines()[0];
        assert!(kink_line.passes_through(Point::new(0.1 + 0.2, 0.7)), "but for rounding");
        assert!(!kink_line.passes_through(Point::new(0.3, 0.7 + 1e-12)), "beside it");
        let axis = &Landscape::parse("l1").unwrap().kink_lines()[0];
        assert!(axis.passes_through(Point::new(0.0, 0.0)) && !axis.passes_through(Point::new(1e-300, 0.0)), "at 0");
    }
}
