//! Kinks: points at which the loss has no tangent plane, and the planes that meet there instead.
//!
//! Around a point on kink lines the loss is smooth in every sector between them, and its gradient has a limit in each: one
//! adjoining plane a sector. Source: F. H. Clarke, Optimization and Nonsmooth Analysis (1983), section 2.5.

mod look;
#[cfg(test)]
mod tests;
mod words;

use std::f64::consts::{FRAC_PI_2, TAU};

use self::look::{Look, RADIUS, SAME, around, cone, direction, is_finite, is_flat, looks, tolerance, torn};
use super::LocalModel;
use crate::landscapes::{KinkLine, Loss};
use crate::numbers::{self, Point, Vector};

/// Where more kink lines meet than this, their planes cannot be distinguished.
const MOST_KINK_LINES: usize = 32;

/// A point without a tangent plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Kink {
    /// Where.
    pub at: Point,
    /// The kink lines through it, by their places in the list of the loss surface's kink lines.
    pub kink_lines: Vec<usize>,
    /// Whether it lies on one of them exactly, and not a rounding beside them all.
    pub exact: bool,
    /// ∇f as the loss gives it: by convention, or by the side on which rounding has put the point.
    pub used: Vector,
    /// What there is instead of a tangent plane.
    pub shape: Shape,
}

/// What the loss is like at a kink.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Planes meet, counter-clockwise; one alone where the loss is smooth and only the slope used is that of no plane.
    Planes(Vec<SmoothPiece>),
    /// Every direction has a slope of its own: the least and the greatest rate at which the loss rises.
    Cone([f64; 2]),
    /// The slope is infinite.
    Wall,
    /// The loss itself jumps.
    Cliff,
}

/// One of the planes that meet at a kink. A single one means that the loss is smooth, but that the slope used is not the plane's.
#[derive(Clone, Debug, PartialEq)]
pub struct SmoothPiece {
    /// The limit of the gradient from its sector.
    pub gradient: Vector,
    /// The directions in which the loss touches it: from an angle counter-clockwise to another, radians.
    pub sector: [f64; 2],
    /// The sector in words: `x > 0, y < 0`.
    pub side: String,
}

/// Which of a kink's planes is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownPlanes {
    /// The plane of the slope used.
    Used,
    /// An adjoining one, from 0.
    One(usize),
    /// All of them, each in its sector.
    All,
}

impl Kink {
    /// The kink at a point, if there is one; `size` is that of the region shown.
    ///
    /// Only a kink line can make one, so that a smooth landscape has none; and a kink line across which nothing jumps makes none.
    pub fn of(loss: &dyn Loss, kink_lines: &[KinkLine], at: Point, size: f64) -> Option<Self> {
        let through: Vec<usize> = (0..kink_lines.len()).filter(|index| kink_lines[*index].passes_through(at)).collect();
        if through.is_empty() {
            return None;
        }
        let used = loss.first_order(at).gradient;
        let exact = through.iter().any(|index| kink_lines[*index].argument.at(at).0 == 0.0);
        let length = length_of_look(kink_lines, &through, at, size);
        let angles = if through.len() <= MOST_KINK_LINES { rays(kink_lines, &through, at) } else { Vec::new() };
        let shape = if angles.is_empty() {
            around(loss, at, length)?
        } else {
            let sides = Sides { kink_lines, through: &through, at };
            let looks: Vec<_> =
                sectors(&angles).map(|sector| looks(loss, at, sector, length).map(|looks| (sector, looks))).collect();
            // Where a sector is beyond the loss's end, the point lies on its edge and not on a kink line: but the slope may be
            // infinite there.
            if looks.iter().any(Option::is_none) {
                let inside = || looks.iter().flatten().flat_map(|(_, looks)| looks);
                torn(inside()).filter(|torn| *torn == Shape::Wall)?
            } else {
                shape(&looks.into_iter().flatten().collect::<Vec<_>>(), &sides, used)?
            }
        };
        Some(Self { at, kink_lines: through, exact, used, shape })
    }

    /// The planes that meet; none where there are no planes at all.
    pub fn planes(&self) -> &[SmoothPiece] {
        match &self.shape {
            Shape::Planes(planes) => planes,
            _ => &[],
        }
    }

    /// Whether the loss goes down in some direction; `None` at a wall and a cliff, whose slopes do not tell.
    pub fn goes_down(&self) -> Option<bool> {
        const LEVEL: f64 = 1e-6;
        match &self.shape {
            Shape::Planes(planes) => {
                let steepest = planes.iter().map(|piece| piece.gradient.norm()).fold(0.0, f64::max);
                Some(planes.iter().any(|piece| piece.least_slope() < -LEVEL * steepest))
            }
            Shape::Cone([least, most]) => Some(*least < -LEVEL * most.abs()),
            Shape::Wall | Shape::Cliff => None,
        }
    }

    /// What is shown by a choice: 0 is the slope used, then come the planes, then all of them, and it begins again.
    pub fn shown(&self, choice: usize) -> ShownPlanes {
        let count = self.planes().len();
        match choice % (count + 2) {
            0 => ShownPlanes::Used,
            last if last > count => ShownPlanes::All,
            one => ShownPlanes::One(one - 1),
        }
    }

    /// The adjoining plane whose slope is used, if it is one of theirs.
    pub fn used_plane(&self) -> Option<usize> {
        let largest = self.planes().iter().map(|piece| piece.gradient.norm()).fold(0.0, f64::max);
        self.planes().iter().position(|piece| (piece.gradient - self.used).norm() <= SAME * largest)
    }

    /// The height over a point of what a choice shows; `None` where that is the plane of the slope used.
    pub fn height(&self, shown: ShownPlanes, model: &LocalModel, over: Point) -> Option<f64> {
        let away = over - self.at;
        let piece = match shown {
            ShownPlanes::Used => None,
            ShownPlanes::One(index) => self.planes().get(index),
            ShownPlanes::All => {
                let angle = libm::atan2(away.y, away.x);
                self.planes().iter().find(|piece| piece.faces(angle)).or_else(|| self.planes().first())
            }
        };
        piece.map(|piece| model.value + piece.gradient.dot(&away))
    }
}

impl SmoothPiece {
    /// The rate of rise along that direction of its sector in which it is least.
    fn least_slope(&self) -> f64 {
        let downhill = libm::atan2(-self.gradient.y, -self.gradient.x);
        if self.faces(downhill) {
            return -self.gradient.norm();
        }
        let [from, to] = self.sector.map(|angle| self.gradient.dot(&direction(angle)));
        from.min(to)
    }

    /// Whether a direction lies in its sector.
    fn faces(&self, angle: f64) -> bool {
        let [from, to] = self.sector;
        (angle - from).rem_euclid(TAU) <= to - from
    }
}

/// So near that no other kink line is met, if that can be.
fn length_of_look(kink_lines: &[KinkLine], through: &[usize], at: Point, size: f64) -> f64 {
    let others = (0..kink_lines.len()).filter(|index| !through.contains(index));
    let away = others.map(|index| {
        let (value, gradient) = kink_lines[index].argument.at(at);
        value.abs() / gradient.norm()
    });
    let nearest = away.filter(|distance| distance.is_finite()).fold(f64::INFINITY, f64::min);
    let rounding = 1e4 * f64::EPSILON * at.coords.norm();
    (RADIUS * size).min(nearest / 4.0).max(rounding)
}

/// The directions in which kink lines leave the point, ascending, each once.
fn rays(kink_lines: &[KinkLine], through: &[usize], at: Point) -> Vec<f64> {
    let normals = through.iter().map(|index| kink_lines[*index].argument.at(at).1);
    let normals = normals.filter(|normal| is_finite(*normal) && *normal != Vector::zeros());
    let ends = normals.flat_map(|normal| {
        let across = libm::atan2(normal.y, normal.x);
        [across + FRAC_PI_2, across - FRAC_PI_2].map(|angle| angle.rem_euclid(TAU))
    });
    let mut angles: Vec<f64> = ends.collect();
    angles.sort_unstable_by(f64::total_cmp);
    angles.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    if angles.len() > 1 && angles[0] + TAU - angles[angles.len() - 1] < 1e-9 {
        angles.pop();
    }
    angles
}

/// From each angle to the next, once around.
fn sectors(angles: &[f64]) -> impl Iterator<Item = [f64; 2]> {
    (0..angles.len()).map(|index| {
        let next = angles.get(index + 1).copied().unwrap_or(angles[0] + TAU);
        [angles[index], next]
    })
}

/// The shape made of sectors; `None` where all of them see one plane, which is that of the slope used.
fn shape(sectors: &[([f64; 2], Vec<Look>)], sides: &Sides<'_>, used: Vector) -> Option<Shape> {
    let all = || sectors.iter().flat_map(|(_, looks)| looks.iter());
    if let Some(torn) = torn(all()) {
        return Some(torn);
    }
    if sectors.iter().any(|(_, looks)| !is_flat(looks.iter())) {
        return Some(cone(all()));
    }
    let tolerance = tolerance(all());
    let same = |a: Vector, b: Vector| (a - b).norm() <= tolerance;
    let mut planes: Vec<SmoothPiece> = Vec::new();
    for (sector, looks) in sectors {
        let gradient = looks[1].limit;
        match planes.last_mut().filter(|last| same(last.gradient, gradient)) {
            Some(last) => last.sector[1] = sector[1],
            None => planes.push(SmoothPiece { gradient, sector: *sector, side: String::new() }),
        }
    }
    // The last sector and the first are neighbors.
    if planes.len() > 1 && same(planes[0].gradient, planes[planes.len() - 1].gradient) {
        let last = planes.pop()?;
        planes[0].sector[0] = last.sector[0] - TAU;
    }
    // What switches cancels out, but perhaps not in the convention: x = |x| sign x has no slope 0.
    if planes.len() < 2 && same(planes.first()?.gradient, used) {
        return None;
    }
    for plane in &mut planes {
        plane.side = sides.words(plane.sector);
    }
    Some(Shape::Planes(planes))
}

/// The kink lines through a point, to say on which side of them a sector lies.
struct Sides<'a> {
    kink_lines: &'a [KinkLine],
    through: &'a [usize],
    at: Point,
}

impl Sides<'_> {
    /// Inequalities where they are few, else the direction.
    fn words(&self, [from, to]: [f64; 2]) -> String {
        const EDGE: f64 = 1e-3;
        let ends = [from + EDGE * (to - from), to - EDGE * (to - from)].map(direction);
        let side = |index: &usize| {
            let kink_line = &self.kink_lines[*index];
            let normal = kink_line.argument.at(self.at).1;
            let [first, last] = ends.map(|end| normal.dot(&end) > 0.0);
            (first == last).then(|| kink_line.side(first))
        };
        let sides: Vec<String> = self.through.iter().filter_map(side).collect();
        if (1..=2).contains(&sides.len()) && self.through.len() <= 2 {
            return sides.join(", ");
        }
        let middle = f64::midpoint(from, to).rem_euclid(TAU).to_degrees();
        format!("toward {middle:.0}°")
    }
}

/// Whether the loss or its slope jumps from one side of a kink line to the other at a point of it; `size` is that of the
/// region shown.
pub fn jumps_across(loss: &dyn Loss, kink_line: &KinkLine, at: Point, size: f64) -> bool {
    let normal = kink_line.argument.at(at).1;
    let Some(normal) = numbers::direction(normal) else { return false };
    let length = (RADIUS * size).max(1e4 * f64::EPSILON * at.coords.norm());
    let [Some(up), Some(down)] = [1.0, -1.0].map(|side| Look::along(loss, at, normal * side, length)) else {
        return false;
    };
    let looks = [up, down];
    torn(&looks).is_some() || !is_flat(&looks)
}

/// The point of a kink line that is near another: Newton's method on the kink line's function; `None` where it leads away.
pub fn onto_kink_line(kink_line: &KinkLine, near: Point, reach: f64) -> Option<Point> {
    const STEPS: usize = 5;
    let mut at = near;
    for _ in 0..STEPS {
        let (value, gradient) = kink_line.argument.at(at);
        if value == 0.0 {
            break;
        }
        at -= gradient * (value / gradient.norm_squared());
    }
    ((at - near).norm() <= reach).then_some(at)
}
