//! Where around a point a local model is right: the star-shaped set {w + tu : t < r(u)}.
//!
//! r(u) is the first t at which the local model's error along u exceeds a share of what it predicts. The plane's set has a
//! waist of width 0 at w: across the gradient it predicts nothing, and any curvature breaks that.

mod rays;

use std::f64::consts::TAU;

use self::rays::Search;
use super::reach::reach;
use super::{LocalModel, ModelOrder};
use crate::landscapes::Loss;
use crate::numbers::{self, Point, Symmetric2, Vector, tolerance};

/// Directions at even angles.
const EVEN: u32 = 256;
/// Further directions, concentrated along a narrow valley: towards points on an ellipse of equal second-order change.
const CROWDED: u32 = 128;
/// The largest ratio of length to width of such an ellipse.
const SLENDEREST: f64 = 1e4;
/// What can be seen: about a pixel, as a share of the limit.
const PIXEL: f64 = 1.0 / 1200.0;
/// Directions nearer to each other than this angle are one.
const SAME: f64 = tolerance::UNSEEN;
/// Times that the angle of a jump is halved.
const HALVINGS: usize = 6;
/// Directions at most.
const MOST: usize = 2048;
/// A waist narrower than this share of the limit counts as zero.
const WAIST: f64 = 1e-3;

/// A direction and how far the local model is valid along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// The direction u. Its length is 1; if the axes are searched to different limits, in shares of those limits.
    pub unit: Vector,
    /// r(u), the radius in lengths of u; the limit where the local model is valid further than was searched.
    pub radius: f64,
    angle: f64,
}

/// Where a local model is valid.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidityRegion {
    /// w.
    pub at: Point,
    /// The local model.
    pub order: ModelOrder,
    /// The share of its prediction within which it is right.
    pub share: f64,
    /// How far was searched, along the axis that was searched farthest.
    pub limit: f64,
    /// Whether it has no width across the gradient: a plane's.
    pub pinches: bool,
    /// The shortest and the longest way to its rim; the limit where it is further than was searched.
    pub extent: [f64; 2],
    /// Counter-clockwise, with enough directions that the outline is right to about 1/1000 of the limit.
    rays: Vec<Ray>,
}

impl ValidityRegion {
    /// The set for a local model; `loss` must be the one the model was made from.
    ///
    /// `None` where the local model predicts nothing in any direction (the plane where g = 0), or is not finite.
    pub fn of(loss: &dyn Loss, model: &LocalModel, order: ModelOrder, share: f64, limit: f64) -> Option<Self> {
        Self::within(loss, model, order, share, Vector::repeat(limit))
    }

    /// As [`Self::of`], with a limit for each axis: in a box of 1 × 10⁴ nearly all directions at even angles
    /// would leave it before the first sample.
    pub fn within(loss: &dyn Loss, model: &LocalModel, order: ModelOrder, share: f64, limits: Vector) -> Option<Self> {
        let limit = limits.max();
        let sides = limits / limit;
        let level = model.gradient == Vector::zeros();
        let flat = order == ModelOrder::Linear || model.hessian.norm() == 0.0;
        if !model.is_finite() || level && flat || !(share > 0.0 && limit > 0.0 && limit.is_finite()) {
            return None;
        }
        let search = Search { loss, model, order, share, limit };
        let rays = refined(search.rays(directions(model, sides)), &search, sides);
        let pinches = order == ModelOrder::Linear && pinches(loss, model, share, limits);
        let [least, most] = [search.exact(shortest(&rays, limit)), search.exact(longest(&rays, limit))];
        let extent = [if pinches { 0.0 } else { least }, most];
        Some(Self { at: model.at, order, share, limit, pinches, extent, rays })
    }

    /// Its directions, counter-clockwise.
    pub fn rays(&self) -> &[Ray] {
        &self.rays
    }

    /// The end of a ray.
    pub fn tip(&self, ray: &Ray) -> Point {
        self.at + ray.unit * ray.radius
    }

    /// Whether it reaches as far as was searched, everywhere.
    pub fn is_everywhere(&self) -> bool {
        self.rays.iter().all(|ray| self.is_open(ray))
    }

    /// Its outline: one closed line, or the pieces of it that lie nearer than what was searched.
    pub fn outline(&self) -> Vec<Vec<Point>> {
        let count = self.rays.len();
        let open =
            |index: usize| self.is_open(&self.rays[index % count]) && self.is_open(&self.rays[(index + 1) % count]);
        // A piece begins after an open edge; without one there is no beginning.
        let begin = (0..count).find(|index| open(*index)).map_or(0, |index| index + 1);
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        let mut drawing = false;
        for index in begin..begin + count {
            if open(index) {
                drawing = false;
                continue;
            }
            if !drawing {
                pieces.push(vec![self.tip(&self.rays[index % count])]);
                drawing = true;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(self.tip(&self.rays[(index + 1) % count]));
            }
        }
        pieces
    }

    fn is_open(&self, ray: &Ray) -> bool {
        ray.radius >= self.limit
    }
}

impl Ray {
    /// Its length.
    fn length(&self) -> f64 {
        self.radius * self.unit.norm()
    }
}

/// The shortest ray that ends; `None` where none does.
fn shortest(rays: &[Ray], limit: f64) -> Option<&Ray> {
    rays.iter().filter(|ray| ray.radius < limit).min_by(|a, b| a.length().total_cmp(&b.length()))
}

/// The longest ray; `None` where one does not end.
fn longest(rays: &[Ray], limit: f64) -> Option<&Ray> {
    let is_closed = rays.iter().all(|ray| ray.radius < limit);
    rays.iter().filter(|_| is_closed).max_by(|a, b| a.length().total_cmp(&b.length()))
}

/// Whether the plane's set has no width across the gradient, where it predicts nothing.
///
/// `limits` is how far is searched along each axis.
pub fn pinches(loss: &dyn Loss, model: &LocalModel, share: f64, limits: Vector) -> bool {
    let Some(along) = numbers::direction(model.gradient) else { return false };
    let across = Vector::new(-along.y, along.x);
    let narrow = |unit: Vector| {
        let limit = 1.0 / unit.component_div(&limits).norm();
        reach(loss, model, ModelOrder::Linear, unit, share, limit).is_some_and(|radius| radius < WAIST * limit)
    };
    narrow(across) || narrow(-across)
}

/// A direction by its components in shares of the sides, with the angle between them.
fn direction(shares: Vector, sides: Vector) -> Option<(f64, Vector)> {
    let unit = numbers::direction(shares)?;
    Some((libm::atan2(unit.y, unit.x), unit.component_mul(&sides)))
}

/// The angles and directions in which is searched at first, ascending.
fn directions(model: &LocalModel, sides: Vector) -> Vec<(f64, Vector)> {
    let around = |index: u32, count: u32| libm::sincos(f64::from(index) * (TAU / f64::from(count)));
    let even = (0..EVEN).map(|index| around(index, EVEN)).map(|(sine, cosine)| Vector::new(cosine, sine));
    let Symmetric2 { xx, xy, yy, .. } = model.hessian;
    let eigen = Symmetric2::new(xx * sides.x * sides.x, xy * sides.x * sides.y, yy * sides.y * sides.y).eigen();
    let [low, high] = eigen.values.map(|value| libm::sqrt(value.abs()));
    let ratio = (high / low).clamp(1.0 / SLENDEREST, SLENDEREST);
    let crowded = (0..CROWDED).filter(|_| ratio.is_finite()).map(|index| {
        let (sine, cosine) = around(index, CROWDED);
        eigen.vectors[0] * (cosine * ratio) + eigen.vectors[1] * sine
    });
    // The waist lies exactly across the gradient.
    let g = model.gradient;
    let cross = [g, Vector::new(-g.y, g.x), -g, Vector::new(g.y, -g.x)].map(|way| way.component_div(&sides));
    let mut found: Vec<(f64, Vector)> =
        even.chain(crowded).chain(cross).filter_map(|shares| direction(shares, sides)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.dedup_by(|a, b| a.0 - b.0 < SAME);
    found
}

/// The rays with more of them between neighbors whose lengths jump, until none do.
fn refined(mut rays: Vec<Ray>, search: &Search<'_>, sides: Vector) -> Vec<Ray> {
    for _ in 0..HALVINGS {
        let between = halfway(&rays, search.limit, sides);
        if between.is_empty() || rays.len() + between.len() > MOST {
            break;
        }
        rays.extend(search.rays(between));
        rays.sort_by(|a, b| a.angle.total_cmp(&b.angle));
    }
    rays
}

/// Directions halfway between neighbors whose lengths jump.
fn halfway(rays: &[Ray], limit: f64, sides: Vector) -> Vec<(f64, Vector)> {
    let pixel = PIXEL * limit;
    let count = rays.len();
    let gap = |index: usize| {
        let [from, to] = [rays[index % count], rays[(index + 1) % count]];
        (from, to, (to.angle - from.angle).rem_euclid(TAU))
    };
    let slope = |index: usize| {
        let (from, to, angle) = gap(index);
        (to.radius - from.radius) / angle
    };
    let jumps = |index: usize| {
        let (from, to, angle) = gap(index);
        let wide = angle * from.radius.max(to.radius) > pixel;
        let steep = (to.radius - from.radius).abs() > 2.0 * pixel;
        // Where the neighbors go on as steeply, a straight line between the two is right.
        let bend = [index + count - 1, index + 1].map(|other| (slope(other) - slope(index)).abs() * angle);
        wide && steep && bend[0].max(bend[1]) > 4.0 * pixel
    };
    (0..count)
        .filter(|index| jumps(*index))
        .map(|index| {
            let (from, _, angle) = gap(index);
            let between = from.angle + angle / 2.0;
            let (sine, cosine) = libm::sincos(between);
            (libm::atan2(sine, cosine), Vector::new(cosine, sine).component_mul(&sides))
        })
        .collect()
}

#[cfg(test)]
mod tests;
