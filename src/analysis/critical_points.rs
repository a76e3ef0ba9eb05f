//! Critical points: where the gradient vanishes, and minima, saddles and maxima on kinks; and Newton's method that refines one.

pub(super) mod limit;

use std::cmp::Ordering;

use self::limit::named;
use super::completeness::turns_around;
use crate::landscapes::{Landscape, Loss, ViewBox};
use crate::numbers::{Point, Symmetric2, Vector, tolerance};

/// What kind of critical point it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Both eigenvalues positive, or a kink from which the loss rises to all sides.
    Minimum,
    /// One of each sign, or a kink along which the loss rises and across which it falls, or the reverse.
    Saddle,
    /// Both negative, or a kink from which the loss falls to all sides.
    Maximum,
    /// An eigenvalue that is zero to working precision.
    Degenerate,
}

impl Kind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Minimum, Self::Saddle, Self::Maximum, Self::Degenerate];

    /// The word in files and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Degenerate => "degenerate",
        }
    }

    /// Its mark on the map.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Minimum => "▽",
            Self::Saddle => "×",
            Self::Maximum => "△",
            Self::Degenerate => "◇",
        }
    }

    /// A number of them, in words: "1 minimum", "4 saddles".
    pub fn counted(self, count: usize) -> String {
        let plural = match self {
            Self::Minimum => "minima",
            Self::Saddle => "saddles",
            Self::Maximum => "maxima",
            Self::Degenerate => "degenerate",
        };
        format!("{count} {}", if count == 1 { self.word() } else { plural })
    }

    /// By the signs of the eigenvalues; `curvature` is the largest there is at the point or close by.
    pub(super) fn of([low, high]: [f64; 2], curvature: f64) -> Self {
        let flat = Self::straight(curvature);
        if low.abs() <= flat || high.abs() <= flat { Self::Degenerate } else { Self::by_signs([low, high]) }
    }

    /// Up to this size an eigenvalue is zero, where the largest curvature at the point or close by is this.
    fn straight(curvature: f64) -> f64 {
        1e-7 * curvature
    }

    /// By the signs of eigenvalues that are not zero.
    fn by_signs([low, high]: [f64; 2]) -> Self {
        if low > 0.0 {
            Self::Minimum
        } else if high < 0.0 {
            Self::Maximum
        } else {
            Self::Saddle
        }
    }
}

/// An isolated critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalPoint {
    /// Where it lies.
    pub at: Point,
    /// f there.
    pub value: f64,
    /// Its kind.
    pub kind: Kind,
    /// Eigenvalues of the Hessian there, ascending; `None` on a kink, which has no Hessian.
    pub eigenvalues: Option<[f64; 2]>,
    /// How often the gradient turns counter-clockwise around it; `None` where it jumps on the way.
    pub index: Option<i64>,
}

impl CriticalPoint {
    /// Whether it is a minimum on a kink: the gradient does not shrink toward it.
    pub fn is_kink_minimum(&self) -> bool {
        self.kind == Kind::Minimum && self.eigenvalues.is_none()
    }

    /// A critical point on a kink, around which no more than `most` gradients are asked for.
    pub(super) fn corner(loss: &dyn Loss, at: Point, kind: Kind, view: ViewBox, most: usize) -> Option<Self> {
        let value = loss.value(at);
        let (index, _) = turns_around(loss, at, NEAR * view.size(), most);
        (value.is_finite() && view.contains(at)).then_some(Self { at, value, kind, eigenvalues: None, index })
    }

    /// A measured value below, or above, all around it: a minimum, or a maximum, of a surface that need not be smooth twice
    /// there, with the eigenvalues of the mean of the Hessians beside it.
    pub(super) fn measured(loss: &dyn Loss, at: Point, is_minimum: bool, view: ViewBox) -> Option<Self> {
        let unit = Units::of(view);
        let beside = RING.map(|direction| at + unit.way(Vector::from(direction) * (1e-9 * view.size())));
        let mean = beside
            .into_iter()
            .fold(Symmetric2::new(0.0, 0.0, 0.0), |sum, place| sum + loss.second_order(place).hessian.scaled(0.25));
        let value = loss.value(at);
        (value.is_finite() && mean.is_finite() && view.contains(at)).then_some(Self {
            at,
            value,
            kind: if is_minimum { Kind::Minimum } else { Kind::Maximum },
            eigenvalues: Some(mean.eigen().values),
            index: Some(1),
        })
    }

    /// What it is called: its kind, and that it lies on a kink where it does.
    pub fn name(&self) -> &'static str {
        match (self.eigenvalues, self.kind) {
            (Some(_), kind) => kind.word(),
            (None, Kind::Saddle) => "saddle on a kink",
            (None, Kind::Maximum) => "maximum on a kink",
            (None, _) => "minimum on a kink",
        }
    }

    /// Whether it is known only as well as a kink or a flat place lets it be.
    pub(super) fn is_blurred(&self) -> bool {
        self.eigenvalues.is_none() || self.kind == Kind::Degenerate
    }

    /// The order of lists: minima first, by rising loss.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let places = |at: &Point| [at.x, at.y];
        (self.kind, self.value, places(&self.at))
            .partial_cmp(&(other.kind, other.value, places(&other.at)))
            .unwrap_or(Ordering::Equal)
    }
}

const ITERATIONS: usize = 80;
/// What is near a point, as a share of the box: where its surroundings are examined.
pub(super) const NEAR: f64 = 1e-4;

/// The isolated critical points inside the landscape's box, minima first, by rising loss.
///
/// Degenerate limits are left out where the landscape declares a line or an area of critical points: they are its members.
/// A multistart search can miss points; it finds all of the catalog's, which the tests check against known lists.
pub fn critical_points(landscape: &Landscape) -> Vec<CriticalPoint> {
    super::Search::finished(landscape).points()
}

/// Whether the second derivatives at a point are none of those right beside it, or those differ.
pub fn curvature_jumps(loss: &dyn Loss, at: Point, view: ViewBox) -> bool {
    let unit = Units::of(view);
    let [near, far] = [1e-7, 1e-4].map(|share| limit::jump_of_curvature(loss, at, share * view.size(), unit));
    (near.at_point || near.beside) && near.scale > 0.1 * far.scale
}

/// Where Newton's method ends.
pub(super) enum Limit {
    /// In an isolated critical point inside the box.
    Point(CriticalPoint),
    /// At a point of a line or an area of them.
    Continuum(Point),
    /// Nowhere, or outside.
    None,
}

/// Newton's method on its way from a start, with its steps held shorter than a tenth of the box, which keeps it near its own
/// critical point.
///
/// Near a nondegenerate critical point it converges quadratically, near a degenerate one by a constant factor a step.
#[derive(Clone, Copy)]
pub(super) struct NewtonWalk {
    at: Point,
    last_length: f64,
    iteration: usize,
}

/// Where a walk goes and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) loss: &'a dyn Loss,
    pub(super) view: ViewBox,
    /// Whether there are lines or areas of critical points.
    pub(super) has_continua: bool,
    /// Gradients that are asked for around a degenerate point at most.
    pub(super) most: usize,
}

impl NewtonWalk {
    pub(super) fn from(start: Point) -> Self {
        Self { at: start, last_length: f64::INFINITY, iteration: 0 }
    }

    /// A step further: where it ends, if it does, and how often the loss was asked for.
    pub(super) fn go_on(&mut self, ground: Ground<'_>) -> (Option<Limit>, usize) {
        let (loss, view, unit) = (ground.loss, ground.view, Units::of(ground.view));
        let longest = 0.1 * view.size();
        if self.iteration == ITERATIONS {
            let (limit, evaluations) =
                if self.last_length < 1e-6 * view.size() { named(ground, self.at) } else { (Limit::None, 0) };
            return (Some(limit), evaluations);
        }
        self.iteration += 1;
        let here = loss.second_order(self.at);
        let Some(step) = newton_or_least_step(here.hessian, here.gradient) else { return (Some(Limit::None), 1) };
        let length = unit.length(step);
        // The last steps shrink to rounding and then stop shrinking: that is the polished point.
        let polished =
            length <= tolerance::POLISHED * view.size() || length < 1e-10 * view.size() && length >= self.last_length;
        self.last_length = length;
        if polished {
            let (limit, evaluations) = named(ground, self.at);
            return (Some(limit), 1 + evaluations);
        }
        self.at += if length > longest { step * (longest / length) } else { step };
        let is_gone = unit.length(self.at - view.center()) > 2.0 * view.size();
        (is_gone.then_some(Limit::None), 1)
    }

    /// To its end.
    pub(super) fn finish(mut self, ground: Ground<'_>) -> (Limit, usize) {
        let mut all = 0;
        loop {
            let (limit, evaluations) = self.go_on(ground);
            all += evaluations;
            if let Some(limit) = limit {
                return (limit, all);
            }
        }
    }
}

/// Lengths and curvatures as they are in a box stretched to a square: a tall box must not make a bowl a trough.
#[derive(Clone, Copy)]
pub(super) struct Units(Vector);

impl Units {
    pub(super) fn of(view: ViewBox) -> Self {
        Self(Vector::new(view.width() / view.size(), view.height() / view.size()))
    }

    /// The length of a way.
    pub(super) fn length(self, way: Vector) -> f64 {
        self.square(way).norm()
    }

    /// A way in the box, in the square.
    pub(super) fn square(self, way: Vector) -> Vector {
        way.component_div(&self.0)
    }

    /// The gradient over the square.
    pub(super) fn gradient(self, gradient: Vector) -> Vector {
        gradient.component_mul(&self.0)
    }

    /// A way of the square in the box.
    pub(super) fn way(self, way: Vector) -> Vector {
        way.component_mul(&self.0)
    }

    /// The gradient's length.
    fn slope(self, gradient: Vector) -> f64 {
        let scaled = self.gradient(gradient);
        // Squares of large slopes overflow, those of small ones vanish.
        libm::hypot(scaled.x, scaled.y)
    }

    /// The Hessian over the square.
    pub(super) fn hessian(self, hessian: Symmetric2) -> Symmetric2 {
        let [x, y] = [self.0.x, self.0.y];
        Symmetric2 { xx: hessian.xx * x * x, xy: hessian.xy * x * y, yy: hessian.yy * y * y, ..hessian }
    }
}

/// Newton's step, or where the Hessian is singular the shortest step to where its quadratic model is flat.
pub(super) fn newton_or_least_step(hessian: Symmetric2, gradient: Vector) -> Option<Vector> {
    if let Some(step) = hessian.solve(-gradient) {
        return Some(step);
    }
    least_step(hessian, gradient, 1e-12)
}

/// The shortest step to where the quadratic model of a Hessian is flat, an eigenvalue below a share of the other being zero.
pub(super) fn least_step(hessian: Symmetric2, gradient: Vector, share: f64) -> Option<Vector> {
    let eigen = (hessian.is_finite() && gradient.iter().all(|slope| slope.is_finite())).then(|| hessian.eigen())?;
    let largest = eigen.values[0].abs().max(eigen.values[1].abs());
    let mut step = Vector::zeros();
    for (value, vector) in std::iter::zip(eigen.values, eigen.vectors) {
        if value.abs() > share * largest {
            step -= vector * (vector.dot(&gradient) / value);
        }
    }
    Some(step)
}

/// Directions in which the surroundings are examined: along none that a kink of the catalog has.
const RING: [[f64; 2]; 4] = [[0.6, 0.8], [-0.8, 0.6], [-0.6, -0.8], [0.8, -0.6]];

/// What the surroundings of a point say of it: its largest curvature close by, and whether the gradient shrinks towards it.
///
/// Towards a critical point the gradient shrinks at least in proportion; where it jumps, it does not.
pub(super) fn surroundings(loss: &dyn Loss, at: Point, radius: f64, unit: Units) -> (f64, bool) {
    let ring = |radius: f64| {
        let places = RING.into_iter().map(move |direction| at + unit.way(Vector::from(direction) * radius));
        places.map(|place| loss.second_order(place)).filter(|here| here.gradient.iter().all(|slope| slope.is_finite()))
    };
    let steepest = |radius: f64| ring(radius).map(|here| unit.slope(here.gradient)).fold(0.0, f64::max);
    let curvature =
        ring(radius).map(|here| unit.hessian(here.hessian).norm()).filter(|norm| norm.is_finite()).fold(0.0, f64::max);
    (curvature, steepest(radius / 8.0) < steepest(radius) / 2.0)
}

/// The point with zeros, or round numbers, for coordinates that are them but for how well Newton's method can know them,
/// where the slope there is no greater but for rounding. At a flat point that is a few digits only.
pub(super) fn without_dust(loss: &dyn Loss, at: Point, view: ViewBox) -> Point {
    /// How near a coordinate is to a number that it is, as a share of the box.
    const DUST: f64 = tolerance::ONE_PLACE;
    /// Round numbers have no digits below these shares of the box.
    const ROUND: [f64; 2] = [1e-4, 1e-6];
    /// Roundings of a slope, in units of the last place.
    const ROUNDINGS: f64 = 8.0;
    let unit = Units::of(view);
    let slope = |at: Point| unit.slope(loss.first_order(at).gradient);
    let rounding = ROUNDINGS * f64::EPSILON * unit.hessian(loss.second_order(at).hessian).norm() * view.size();
    let most = slope(at) + if rounding.is_finite() { rounding } else { 0.0 };
    let mut clean = at;
    let sides = Vector::new(view.width(), view.height());
    for (axis, width) in [sides.x, sides.y].into_iter().enumerate() {
        let decimal = |share: f64| {
            let exponent = libm::floor(libm::log10(share * width));
            let step = libm::exp10(exponent);
            let digits = (clean[axis] / step).round();
            // Read as a decimal number, so that it is the nearest to what is printed; few coordinates are near enough to ask.
            let is_near = (digits * step - at[axis]).abs() < 2.0 * DUST * width;
            is_near.then(|| format!("{digits:.0}e{exponent}").parse().ok()).flatten()
        };
        let candidates = [Some(0.0), decimal(ROUND[0]), decimal(ROUND[1])].into_iter().flatten();
        for number in candidates.filter(|number| (number - at[axis]).abs() < DUST * width) {
            let mut straight = clean;
            straight[axis] = number;
            // In a tilted valley the other coordinate goes along.
            let tilted = with_best(loss, straight, 1 - axis);
            let is_near = (tilted - at).component_div(&sides).amax() < DUST;
            let better = [Some(straight), Some(tilted).filter(|_| is_near)].into_iter().flatten();
            if let Some(other) = better.filter(|other| *other != clean).find(|other| slope(*other) <= most) {
                clean = other;
                break;
            }
        }
    }
    clean
}

/// A point with a coordinate moved by Newton's method to where the slope along it vanishes.
fn with_best(loss: &dyn Loss, mut at: Point, axis: usize) -> Point {
    let here = loss.second_order(at);
    let step = here.gradient[axis] / [here.hessian.xx, here.hessian.yy][axis];
    at[axis] -= if step.is_finite() { step } else { 0.0 };
    at
}
