//! A bowl: where a descent of a loss over samples ends, and how wide the loss is there.

use super::{Loss, ViewBox};
use crate::numbers::{Point, Symmetric2, Vector};

/// Iterations from a start.
const ITERATIONS: usize = 60;

/// A bowl narrower than this share of a box is not seen in it.
const NARROWEST: f64 = 0.02;

/// How much wider than a bowl its box is.
const ROOM: f64 = 1.5;

/// A determinant below this share of the product of the diagonal is singular.
const SINGULAR: f64 = 1e-12;

/// On a way that has no end, the place looked at is where this share of the drop is still to come.
const LEFT: f64 = 0.1;

/// The loss has changed where it differs by this share of the drop.
const CHANGED: f64 = 0.5;

/// A drop below this share of the loss is no drop.
const NO_DROP: f64 = 1e-10;

/// A place to which the loss goes down, and how wide the loss around it is.
pub(super) struct DataBowl {
    pub(super) at: Point,
    /// The least loss on the way down.
    pub(super) value: f64,
    /// How far the loss at weights 0, or where the way down began, lies above it.
    pub(super) drop: f64,
    /// How far along each axis the loss rises by about that.
    half: Vector,
    /// Whether it is a minimum by itself: not one of a whole curve, nor a point of a descent that never ends.
    pub(super) is_isolated: bool,
}

impl DataBowl {
    /// The minimum at the end of a way down, if its Hessian is positive definite.
    pub(super) fn below(loss: &dyn Loss, start: Point) -> Option<Self> {
        let way = Way::down(loss, start)?;
        Self::around(loss, &way).filter(|bowl| bowl.is_isolated)
    }

    /// Where a way down leads, whatever it is: a minimum, one of a curve of minima, or a place on the way to infinity.
    pub(super) fn reached(loss: &dyn Loss, start: Point) -> Option<Self> {
        let way = Way::down(loss, start)?;
        let minimum = if way.is_at_rest { Self::around(loss, &way) } else { None };
        minimum.or_else(|| Self::on(loss, &way))
    }

    /// The minimum at the end of a way, as wide as its curvature says.
    fn around(loss: &dyn Loss, way: &Way) -> Option<Self> {
        let at = way.end();
        let here = loss.second_order(at);
        let Symmetric2 { xx, xy, yy, .. } = here.hessian;
        if !(way.arrives && xx > 0.0 && yy > 0.0) {
            return None;
        }
        let drop = way.above(loss) - here.value;
        let reach = |curvature: f64, at: f64| (2.0 * drop / curvature).sqrt().max(at.abs());
        let half = Vector::new(reach(xx, at.x), reach(yy, at.y));
        // Far out on the way to a minimum at infinity there is a hint of curvature, too, but beyond it nothing rises.
        let rises = |by: Vector| loss.value(at + by) - here.value > 1e-3 * drop;
        let [across, up] = [Vector::new(half.x, 0.0), Vector::new(0.0, half.y)];
        let is_bowl = is_wide(half) && [across, -across, up, -up].into_iter().all(rises);
        let is_isolated = xx * yy - xy * xy > SINGULAR * xx * yy;
        is_bowl.then_some(Self { at, value: here.value, drop, half, is_isolated })
    }

    /// The first place of a way at which most of its drop is done, as wide as the loss is seen to change.
    fn on(loss: &dyn Loss, way: &Way) -> Option<Self> {
        let lowest = way.lowest();
        let drop = way.above(loss) - lowest;
        if !(drop.is_finite() && drop > NO_DROP * way.above(loss).abs()) {
            return None;
        }
        let (at, value) = way.places.iter().copied().find(|(_, value)| value - lowest <= LEFT * drop)?;
        let along = |axis: usize| {
            let far = [1.0, -1.0].map(|side| change_along(loss, at, value, CHANGED * drop, (axis, side)));
            far.into_iter().flatten().reduce(f64::max).unwrap_or_default().max(at[axis].abs())
        };
        let half = Vector::new(along(0), along(1));
        is_wide(half).then_some(Self { at, value: lowest, drop, half, is_isolated: false })
    }

    /// Whether a box holds it, and is not so wide that it is a line there.
    pub(super) fn is_seen_in(&self, view: &ViewBox) -> bool {
        let is_wide = self.half.x >= NARROWEST * view.width() && self.half.y >= NARROWEST * view.height();
        view.contains(self.at) && is_wide
    }

    /// Whether another is not far away, in sizes of both.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let way = self.at - other.at;
        let size = self.half + other.half;
        way.x.abs() <= 3.0 * size.x && way.y.abs() <= 3.0 * size.y
    }

    /// Whether it is at most a few times as wide as another.
    pub(super) fn is_no_wider_than(&self, other: &Self) -> bool {
        self.half.x <= 3.0 * other.half.x && self.half.y <= 3.0 * other.half.y
    }

    /// How far it is from weights 0, in a box about them, times the area over which the loss changes.
    ///
    /// On a curve w₁w₂ = c all areas are alike, and the least weights count; where a weight is of no matter, the area does.
    pub(super) fn size_in(&self, view: &ViewBox) -> f64 {
        let away = libm::hypot(self.at.x / view.width(), self.at.y / view.height());
        away * (self.half.x / view.width()) * (self.half.y / view.height())
    }

    /// The box around it.
    pub(super) fn view(&self) -> ViewBox {
        let side = |at: f64, half: f64| {
            let (low, high) = (at - ROOM * half, at + ROOM * half);
            // Edges with as many decimals as the tenth of the side has.
            let exponent = libm::floor(libm::log10((high - low) / 10.0));
            let unit = libm::exp10(exponent);
            [libm::floor(low / unit), libm::ceil(high / unit)]
                .map(|edge| format!("{edge:.0}e{exponent}").parse().unwrap_or(edge * unit))
        };
        let view = ViewBox { x: side(self.at.x, self.half.x), y: side(self.at.y, self.half.y) };
        if view.is_sane() { view } else { ViewBox::square(ROOM * self.at.coords.norm().max(1.0)) }
    }
}

fn is_wide(half: Vector) -> bool {
    half.x > 0.0 && half.y > 0.0 && half.x.is_finite() && half.y.is_finite()
}

/// How far along an axis, to one side, the loss differs by `least` from `value`, or ends; to a factor of 2.
fn change_along(loss: &dyn Loss, at: Point, value: f64, least: f64, (axis, side): (usize, f64)) -> Option<f64> {
    /// Doublings down and up from the coordinate itself.
    const DOUBLINGS: i32 = 40;
    /// A coordinate below this share of the other is 0 but for rounding.
    const ROUNDED: f64 = 1e-12;
    // Beside the other weight it may be the rounding of 0, as it is where the samples are symmetric.
    let size = if at[axis].abs() <= ROUNDED * at.coords.amax() { 1.0 } else { at[axis].abs() };
    (-DOUBLINGS..=DOUBLINGS).map(|doublings| libm::ldexp(size, doublings)).find(|far| {
        let mut place = at;
        place[axis] += side * far;
        let change = (loss.value(place) - value).abs();
        change.is_nan() || change >= least
    })
}

/// A way down from a start: Newton's method with the Hessian made positive definite and steps halved until the loss falls.
///
/// It does not care for the size of the weights: a quadratic model of any shape takes one step.
struct Way {
    /// The places, with the loss there; there is at least one.
    places: Vec<(Point, f64)>,
    /// Whether it comes to rest, or but for little.
    arrives: bool,
    /// Whether it comes to rest: no step promises anything, or none goes lower.
    is_at_rest: bool,
}

impl Way {
    /// `None` where the loss has no derivatives on the way.
    fn down(loss: &dyn Loss, start: Point) -> Option<Self> {
        let (mut at, mut here) = (start, loss.second_order(start));
        let mut places = vec![(at, here.value)];
        for _ in 0..ITERATIONS {
            let step = downhill(here.hessian, here.gradient)?;
            let predicted = -here.gradient.dot(&step);
            if !predicted.is_finite() {
                return None;
            }
            if predicted <= 1e-14 * here.value.abs() || predicted == 0.0 {
                return Some(Self { places, arrives: true, is_at_rest: true });
            }
            let lower = (0..30).find_map(|halvings| {
                let next = at + step * libm::ldexp(1.0, -halvings);
                let value = loss.value(next);
                (value < here.value).then_some(next)
            });
            let Some(next) = lower else { return Some(Self { places, arrives: true, is_at_rest: true }) };
            at = next;
            here = loss.second_order(at);
            places.push((at, here.value));
        }
        // Still falling: towards infinity, or along a long valley. Where the prediction is small it has arrived all the same.
        let step = downhill(here.hessian, here.gradient)?;
        let arrives = -here.gradient.dot(&step) <= 1e-6 * here.value.abs();
        Some(Self { places, arrives, is_at_rest: false })
    }

    fn end(&self) -> Point {
        self.places[self.places.len() - 1].0
    }

    fn lowest(&self) -> f64 {
        self.places[self.places.len() - 1].1
    }

    /// The loss at weights 0, or where the way began if that is no higher than its end.
    fn above(&self, loss: &dyn Loss) -> f64 {
        let zero = loss.value(Point::origin());
        if zero > self.lowest() { zero } else { self.places[0].1 }
    }
}

/// −|H|⁻¹g, the weights measured in units in which both curve alike; eigenvalues that are next to nothing count as a small
/// share of the other.
fn downhill(hessian: Symmetric2, gradient: Vector) -> Option<Vector> {
    if !hessian.is_finite() || !gradient.iter().all(|slope| slope.is_finite()) {
        return None;
    }
    let largest = hessian.xx.abs().max(hessian.yy.abs());
    let unit = |curvature: f64| curvature.abs().max(1e-30 * largest).sqrt().recip();
    let [x, y] = [unit(hessian.xx), unit(hessian.yy)];
    if !(x.is_finite() && y.is_finite()) {
        return (gradient == Vector::zeros()).then(Vector::zeros);
    }
    let scaled = Symmetric2::new(hessian.xx * x * x, hessian.xy * x * y, hessian.yy * y * y);
    let slope = Vector::new(gradient.x * x, gradient.y * y);
    let eigen = scaled.eigen();
    let largest = eigen.values[0].abs().max(eigen.values[1].abs());
    let part = |index: usize| {
        let (value, vector) = (eigen.values[index].abs().max(1e-14 * largest), eigen.vectors[index]);
        -vector * (vector.dot(&slope) / value)
    };
    let step = part(0) + part(1);
    Some(Vector::new(step.x * x, step.y * y))
}
