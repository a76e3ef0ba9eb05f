//! Kinks: points at which the land has no tangent plane, and the planes that meet there instead.
//!
//! Around a point on folds the land is smooth in every sector between them, and its gradient has a limit in each: one
//! adjoining plane a sector. Source: F. H. Clarke, Optimization and Nonsmooth Analysis (1983), section 2.5.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::LocalModel;
use crate::landscapes::{Fold, Loss};
use crate::numbers::{Point, Vector};

/// The radius of the circle on which gradients are taken, as a share of the view, and how much smaller a second one is.
const RADIUS: f64 = 1e-6;
const CLOSER: f64 = 1.0 / 16.0;
/// Gradients that differ by less than this share of the largest are one, and so are limits that differ by less than this
/// share of what the curvature added to them.
const SAME: f64 = 1e-7;
const BENT: f64 = 1e-2;
/// A slope below this share of the one a region further out does not steepen, and a jump of the loss below this share of it is
/// rounding.
const LEVEL: f64 = 1e-9;
const LOSS_ROUNDING: f64 = 1e-11;
/// Where more folds meet than this, their planes cannot be told apart.
const MOST_FOLDS: usize = 32;
/// Directions that are tried around a point without sectors.
const AROUND: usize = 48;

/// A point without a tangent plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Kink {
    /// Where.
    pub at: Point,
    /// The folds through it, by their places in the list of the land's folds.
    pub folds: Vec<usize>,
    /// Whether it lies on one of them exactly, and not a rounding beside them all.
    pub exact: bool,
    /// ∇f as the land gives it: by convention, or by the side on which rounding has put the point.
    pub used: Vector,
    /// What there is instead of a tangent plane.
    pub shape: Shape,
}

/// What the land is like at a kink.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Planes meet, two or more, counter-clockwise.
    Planes(Vec<Facet>),
    /// Every direction has a slope of its own: the least and the greatest rate at which the loss rises.
    Cone([f64; 2]),
    /// The slope is infinite.
    Wall,
    /// The loss itself jumps.
    Cliff,
}

/// One of the planes that meet at a kink.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// The limit of the gradient from its sector.
    pub gradient: Vector,
    /// The directions in which the land touches it: from an angle counter-clockwise to another, radians.
    pub sector: [f64; 2],
    /// The same in words: `x > 0, y < 0`.
    pub side: String,
}

/// Which of a kink's planes is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// That of the slope used.
    Used,
    /// An adjoining one, from 0.
    One(usize),
    /// All of them, each in its sector.
    All,
}

/// The land a little way from a point, along one direction.
struct Look {
    /// The gradient's limit at the point.
    limit: Vector,
    /// What the curvature adds to it on the way.
    bend: f64,
    /// The rate at which the loss rises.
    rise: f64,
    steepens: bool,
    jumps: bool,
}

impl Look {
    /// `size` is the length of the look; `None` where the land ends.
    fn along(loss: &dyn Loss, at: Point, direction: Vector, size: f64) -> Option<Self> {
        let here = loss.value(at);
        let [far, middle, near] = [1.0, 0.5, CLOSER].map(|share| loss.first_order(at + direction * (size * share)));
        let finite = [far, middle, near].iter().all(|first| first.value.is_finite() && is_finite(first.gradient));
        if !finite {
            return None;
        }
        let [rise, nearer] = [far.value - here, near.value - here];
        let usual = loss.first_order(at + direction * (size / RADIUS)).gradient.norm();
        let least = if usual.is_finite() { LEVEL * usual } else { 0.0 };
        let limit = middle.gradient * 2.0 - far.gradient;
        Some(Self {
            limit,
            bend: (far.gradient - limit).norm(),
            rise: nearer / (size * CLOSER),
            steepens: near.gradient.norm() > 1.25 * far.gradient.norm() && near.gradient.norm() > least,
            jumps: nearer.abs() > 0.9 * rise.abs() && rise.abs() > LOSS_ROUNDING * here.abs(),
        })
    }
}

fn is_finite(vector: Vector) -> bool {
    vector.iter().all(|component| component.is_finite())
}

fn direction(angle: f64) -> Vector {
    let (sine, cosine) = libm::sincos(angle);
    Vector::new(cosine, sine)
}

impl Kink {
    /// The kink at a point, if there is one; `size` is that of the region shown.
    ///
    /// Only a fold can make one, so that a smooth landscape has none; and a fold across which nothing jumps makes none.
    pub fn of(loss: &dyn Loss, folds: &[Fold], at: Point, size: f64) -> Option<Self> {
        let through: Vec<usize> = (0..folds.len()).filter(|index| folds[*index].passes_through(at)).collect();
        if through.is_empty() {
            return None;
        }
        let used = loss.first_order(at).gradient;
        let exact = through.iter().any(|index| folds[*index].argument.at(at).0 == 0.0);
        let length = length_of_look(folds, &through, at, size);
        let angles = if through.len() <= MOST_FOLDS { rays(folds, &through, at) } else { Vec::new() };
        let shape = if angles.is_empty() {
            around(loss, at, length)?
        } else {
            let sides = Sides { folds, through: &through, at };
            let looks = sectors(&angles).map(|sector| looks(loss, at, sector, length).map(|looks| (sector, looks)));
            // Where a sector is beyond the land's end, the point lies on its edge and not on a fold.
            shape(&looks.collect::<Option<Vec<_>>>()?, &sides)?
        };
        Some(Self { at, folds: through, exact, used, shape })
    }

    /// The planes that meet; none where there are no planes at all.
    pub fn planes(&self) -> &[Facet] {
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
                let steepest = planes.iter().map(|facet| facet.gradient.norm()).fold(0.0, f64::max);
                Some(planes.iter().any(|facet| facet.least_slope() < -LEVEL * steepest))
            }
            Shape::Cone([least, most]) => Some(*least < -LEVEL * most.abs()),
            Shape::Wall | Shape::Cliff => None,
        }
    }

    /// What is shown by a choice: 0 is the slope used, then come the planes, then all of them, and it begins again.
    pub fn shown(&self, choice: usize) -> Shown {
        let count = self.planes().len();
        match choice % (count + 2) {
            0 => Shown::Used,
            last if last > count => Shown::All,
            one => Shown::One(one - 1),
        }
    }

    /// The adjoining plane whose slope is used, if it is one of theirs.
    pub fn used_plane(&self) -> Option<usize> {
        let largest = self.planes().iter().map(|facet| facet.gradient.norm()).fold(0.0, f64::max);
        self.planes().iter().position(|facet| (facet.gradient - self.used).norm() <= SAME * largest)
    }

    /// The height over a point of what a choice shows; `None` where that is the plane of the slope used.
    pub fn height(&self, shown: Shown, model: &LocalModel, over: Point) -> Option<f64> {
        let away = over - self.at;
        let facet = match shown {
            Shown::Used => None,
            Shown::One(index) => self.planes().get(index),
            Shown::All => {
                let angle = libm::atan2(away.y, away.x);
                self.planes().iter().find(|facet| facet.faces(angle)).or_else(|| self.planes().first())
            }
        };
        facet.map(|facet| model.value + facet.gradient.dot(&away))
    }
}

impl Facet {
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

/// So near that no other fold is met, if that can be.
fn length_of_look(folds: &[Fold], through: &[usize], at: Point, size: f64) -> f64 {
    let others = (0..folds.len()).filter(|index| !through.contains(index));
    let away = others.map(|index| {
        let (value, gradient) = folds[index].argument.at(at);
        value.abs() / gradient.norm()
    });
    let nearest = away.filter(|distance| distance.is_finite()).fold(f64::INFINITY, f64::min);
    let rounding = 1e4 * f64::EPSILON * at.coords.norm();
    (RADIUS * size).min(nearest / 4.0).max(rounding)
}

/// The directions in which folds leave the point, ascending, each once.
fn rays(folds: &[Fold], through: &[usize], at: Point) -> Vec<f64> {
    let normals = through.iter().map(|index| folds[*index].argument.at(at).1);
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

/// A few looks into a sector.
fn looks(loss: &dyn Loss, at: Point, [from, to]: [f64; 2], length: f64) -> Option<Vec<Look>> {
    [0.25, 0.5, 0.75].iter().map(|share| Look::along(loss, at, direction(from + (to - from) * share), length)).collect()
}

/// The shape where there are no sectors: a tip, or nothing at all.
fn around(loss: &dyn Loss, at: Point, length: f64) -> Option<Shape> {
    let angle = |index: usize| TAU * index as f64 / AROUND as f64;
    let looks: Option<Vec<Look>> =
        (0..AROUND).map(|index| Look::along(loss, at, direction(angle(index)), length)).collect();
    let looks = looks?;
    torn(&looks).or_else(|| (!is_flat(&looks)).then(|| cone(&looks)))
}

/// A wall or a cliff, if a look meets one.
fn torn<'a>(looks: impl IntoIterator<Item = &'a Look>) -> Option<Shape> {
    let (mut jumps, mut steepens) = (false, false);
    for look in looks {
        jumps |= look.jumps;
        steepens |= look.steepens;
    }
    if jumps { Some(Shape::Cliff) } else { steepens.then_some(Shape::Wall) }
}

/// Whether all looks see one plane.
fn is_flat<'a>(looks: impl IntoIterator<Item = &'a Look> + Clone) -> bool {
    let tolerance = tolerance(looks.clone());
    let mut limits = looks.into_iter().map(|look| look.limit);
    let Some(first) = limits.next() else { return true };
    limits.all(|limit| (limit - first).norm() <= tolerance)
}

/// What limits of gradients may differ by, though they are one.
fn tolerance<'a>(looks: impl IntoIterator<Item = &'a Look>) -> f64 {
    looks.into_iter().map(|look| SAME * look.limit.norm() + BENT * look.bend).fold(0.0, f64::max)
}

fn cone<'a>(looks: impl IntoIterator<Item = &'a Look>) -> Shape {
    let ends = [f64::INFINITY, f64::NEG_INFINITY];
    Shape::Cone(looks.into_iter().fold(ends, |[low, high], look| [low.min(look.rise), high.max(look.rise)]))
}

/// The shape made of sectors; `None` where all of them see one plane.
fn shape(sectors: &[([f64; 2], Vec<Look>)], sides: &Sides<'_>) -> Option<Shape> {
    let all = || sectors.iter().flat_map(|(_, looks)| looks.iter());
    if let Some(torn) = torn(all()) {
        return Some(torn);
    }
    if sectors.iter().any(|(_, looks)| !is_flat(looks.iter())) {
        return Some(cone(all()));
    }
    let tolerance = tolerance(all());
    let same = |a: Vector, b: Vector| (a - b).norm() <= tolerance;
    let mut planes: Vec<Facet> = Vec::new();
    for (sector, looks) in sectors {
        let gradient = looks[1].limit;
        match planes.last_mut().filter(|last| same(last.gradient, gradient)) {
            Some(last) => last.sector[1] = sector[1],
            None => planes.push(Facet { gradient, sector: *sector, side: String::new() }),
        }
    }
    // The last sector and the first are neighbors.
    if planes.len() > 1 && same(planes[0].gradient, planes[planes.len() - 1].gradient) {
        let last = planes.pop()?;
        planes[0].sector[0] = last.sector[0] - TAU;
    }
    if planes.len() < 2 {
        return None;
    }
    for plane in &mut planes {
        plane.side = sides.words(plane.sector);
    }
    Some(Shape::Planes(planes))
}

/// The folds through a point, to say on which side of them a sector lies.
struct Sides<'a> {
    folds: &'a [Fold],
    through: &'a [usize],
    at: Point,
}

impl Sides<'_> {
    /// Inequalities where they are few, else the direction.
    fn words(&self, [from, to]: [f64; 2]) -> String {
        const EDGE: f64 = 1e-3;
        let ends = [from + EDGE * (to - from), to - EDGE * (to - from)].map(direction);
        let side = |index: &usize| {
            let fold = &self.folds[*index];
            let normal = fold.argument.at(self.at).1;
            let [first, last] = ends.map(|end| normal.dot(&end) > 0.0);
            (first == last).then(|| fold.side(first))
        };
        let sides: Vec<String> = self.through.iter().filter_map(side).collect();
        if (1..=2).contains(&sides.len()) && self.through.len() <= 2 {
            return sides.join(", ");
        }
        let middle = f64::midpoint(from, to).rem_euclid(TAU).to_degrees();
        format!("toward {middle:.0}°")
    }
}

/// Whether the loss or its slope jumps from one side of a fold to the other at a point of it; `size` is that of the
/// region shown.
pub fn jumps_across(loss: &dyn Loss, fold: &Fold, at: Point, size: f64) -> bool {
    let normal = fold.argument.at(at).1;
    let Some(normal) = normal.try_normalize(0.0).filter(|normal| is_finite(*normal)) else { return false };
    let length = (RADIUS * size).max(1e4 * f64::EPSILON * at.coords.norm());
    let [Some(up), Some(down)] = [1.0, -1.0].map(|side| Look::along(loss, at, normal * side, length)) else {
        return false;
    };
    let looks = [up, down];
    torn(&looks).is_some() || !is_flat(&looks)
}

/// The point of a fold that is near another: Newton's method on the fold's function; `None` where it leads away.
pub fn onto_fold(fold: &Fold, near: Point, reach: f64) -> Option<Point> {
    const STEPS: usize = 5;
    let mut at = near;
    for _ in 0..STEPS {
        let (value, gradient) = fold.argument.at(at);
        if value == 0.0 {
            break;
        }
        at -= gradient * (value / gradient.norm_squared());
    }
    ((at - near).norm() <= reach).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, ViewBox, entries};
    use proptest::prelude::*;

    fn kink(text: &str, at: [f64; 2]) -> Option<Kink> {
        let landscape = text
            .strip_prefix("formula:")
            .map_or_else(|| Landscape::parse(text).unwrap(), |formula| Landscape::of_formula(formula).unwrap());
        Kink::of(landscape.loss(), &landscape.folds(), Point::from(at), landscape.view().size())
    }

    fn gradients(kink: &Kink) -> Vec<[f64; 2]> {
        kink.planes().iter().map(|facet| [facet.gradient.x, facet.gradient.y]).collect()
    }

    #[test]
    fn four_planes_meet_at_the_tip_of_absolute_values_and_two_along_an_axis() {
        let tip = kink("l1:a=2,b=0.5", [0.0, 0.0]).unwrap();
        assert_eq!(gradients(&tip), [[2.0, 0.5], [-2.0, 0.5], [-2.0, -0.5], [2.0, -0.5]], "(±a, ±b)");
        let sides: Vec<&str> = tip.planes().iter().map(|facet| facet.side.as_str()).collect();
        assert_eq!(sides, ["x > 0, y > 0", "x < 0, y > 0", "x < 0, y < 0", "x > 0, y < 0"]);
        assert_eq!((tip.used, tip.exact, tip.used_plane()), (Vector::zeros(), true, None), "the middle of all");
        let edge = kink("l1:a=2,b=0.5", [0.0, -1.3]).unwrap();
        assert_eq!(gradients(&edge), [[-2.0, -0.5], [2.0, -0.5]], "across x = 0");
        assert_eq!(edge.used, Vector::new(0.0, -0.5));
        assert_eq!(kink("l1", [1e-9, 0.5]), None, "beside it there is one plane");
    }

    #[test]
    fn rectified_units_take_the_side_where_they_are_off() {
        let edge = kink("relu_kink:r=0", [0.2, 0.8]).unwrap();
        assert_eq!(gradients(&edge).len(), 2);
        assert_eq!(edge.used_plane().map(|index| edge.planes()[index].side.as_str()), Some("x + y > 1"), "{edge:?}");
        assert_eq!(kink("relu_kink", [2.0 / 3.0, 1.0 / 3.0]).unwrap().planes().len(), 4, "two hinges cross");
        let samples = Landscape::parse("relu").unwrap();
        let x = samples.data().unwrap().samples()[3][0];
        let fold = kink("relu", [1.0, -x]).unwrap();
        assert_eq!((fold.folds.as_slice(), fold.planes().len()), (&[3][..], 2), "the fold of one sample");
        assert_eq!(kink("relu", [0.0, 0.0]).unwrap().planes().len(), 32, "all samples switch at the origin");
        assert_eq!(kink("relu2", [0.0, 0.7]).unwrap().planes().len(), 2);
        assert_eq!(kink("relu2", [0.0, 0.0]), None, "the output weight is zero: nothing jumps");
    }

    #[test]
    fn tips_walls_and_cliffs_have_no_plane() {
        let Some(Shape::Cone([least, most])) = kink("ackley", [0.0, 0.0]).map(|kink| kink.shape) else {
            panic!("a tip")
        };
        assert!((least - 8.0_f64.sqrt()).abs() < 1e-4 && (most - 8.0_f64.sqrt()).abs() < 1e-4, "{least}, {most}");
        let y = (-12.0_f64).powi(2) / 100.0;
        for (text, at, expected) in [
            ("bukin6", [-12.0, y], Some(Shape::Wall)),
            ("bukin6", [-10.0, 1.0], Some(Shape::Wall)),
            ("formula:floor(x) + y^2", [1.0, 0.3], Some(Shape::Cliff)),
            ("formula:cbrt(x) + y^2", [0.0, 0.3], Some(Shape::Wall)),
            ("formula:√x + y^2", [0.0, 0.3], None),
            ("formula:x|x| + y^2", [0.0, 0.3], None),
        ] {
            assert_eq!(kink(text, at).map(|kink| kink.shape), expected, "{text} at {at:?}");
        }
        assert_eq!(kink("bukin6", [-10.0, 2.0]).unwrap().planes().len(), 2, "the floor's lowest line");
    }

    #[test]
    fn what_goes_down_from_a_fold_is_told_from_corners() {
        for (text, at, goes_down) in [
            ("l1", [0.0, 0.0], false),
            ("l1", [0.0, 0.7], true),
            ("l1:a=0", [0.3, 0.0], false),
            ("relu_kink", [0.5, 0.5], false),
            ("ackley", [0.0, 0.0], false),
            ("relu2", [0.0, 1.0], true),
            ("formula:|x|+0.1y", [0.0, 0.0], true),
            ("formula:-|x|", [0.0, 0.0], true),
            ("formula:|x|+y^2", [0.0, 0.0], false),
            ("formula:sqrt(x^2+y^2)", [0.0, 0.0], false),
            ("formula:max(x,y,-x-y)", [0.0, 0.0], false),
        ] {
            assert_eq!(kink(text, at).and_then(|kink| kink.goes_down()), Some(goes_down), "{text} at {at:?}");
        }
        assert_eq!(kink("bukin6", [-10.0, 1.0]).map(|kink| kink.goes_down()), Some(None), "a wall does not tell");
        assert_eq!(kink("formula:ln(x)", [0.0, 0.0]), None, "an edge is no fold");
    }

    #[test]
    fn every_choice_shows_a_plane_and_all_of_them_are_the_land() {
        let landscape = Landscape::parse("l1").unwrap();
        let tip = kink("l1", [0.0, 0.0]).unwrap();
        let model = LocalModel::new(landscape.loss(), tip.at);
        let shown: Vec<Shown> = (0..7).map(|choice| tip.shown(choice)).collect();
        assert_eq!([shown[0], shown[4], shown[5], shown[6]], [Shown::Used, Shown::One(3), Shown::All, Shown::Used]);
        for point in [[0.3, 0.1], [-0.2, 0.7], [-0.4, -0.9], [0.8, -0.1]].map(Point::from) {
            assert_eq!(tip.height(Shown::All, &model, point), Some(landscape.loss().value(point)), "{point}");
            assert_eq!(tip.height(Shown::Used, &model, point), None, "the model's own plane");
        }
    }

    #[test]
    fn smooth_landscapes_have_no_kink_anywhere() {
        for entry in entries().filter(|entry| (entry.folds)(&[1.0; 4], Landscape::of(entry).data()).is_empty()) {
            let landscape = Landscape::of(entry);
            for critical in [landscape.view().center(), Point::origin()] {
                let found = Kink::of(landscape.loss(), &landscape.folds(), critical, landscape.view().size());
                assert_eq!(found, None, "{}", entry.id);
            }
        }
    }

    /// The rate of rise along a direction from a point, by values alone; what the curvature adds on the way is taken off.
    fn rise(loss: &dyn Loss, at: Point, direction: Vector) -> f64 {
        const LENGTH: f64 = 1e-5;
        let mean = |length: f64| (loss.value(at + direction * length) - loss.value(at)) / length;
        2.0 * mean(LENGTH / 2.0) - mean(LENGTH)
    }

    proptest! {
        /// On a fold the slopes to either side are not each other's negatives, beside it they are.
        #[test]
        fn folds_are_where_one_sided_slopes_differ(along in -1.0..1.0_f64, aside in 0.05..1.0_f64, turn in 0.0..TAU) {
            for text in ["l1", "relu_kink", "relu", "relu2", "bukin6"] {
                let landscape = Landscape::parse(text).unwrap();
                let (loss, folds, view) = (landscape.loss(), landscape.folds(), landscape.view());
                let size = view.size();
                let tear = |at: Point, direction: Vector| rise(loss, at, direction) + rise(loss, at, -direction);
                for fold in &folds {
                    let start = view.center() + Vector::new(along, 1.3 * along + 0.1) * (0.4 * size);
                    let Some(at) = onto_fold(fold, start, size) else { continue };
                    let others = |other: &Fold| {
                        let (value, gradient) = other.argument.at(at);
                        value.abs() > 1e-3 * gradient.norm()
                    };
                    let crosses = folds.iter().filter(|other| other.text() != fold.text()).all(others);
                    let lives = text != "relu2" || at.y.abs() > 0.01;
                    if crosses && lives {
                        let normal = fold.argument.at(at).1.normalize();
                        prop_assert!(tear(at, normal).abs() > 1e-3, "{text}: {fold:?} at {at}: {}", tear(at, normal));
                        prop_assert!(jumps_across(loss, fold, at, size), "{text}: {fold:?} at {at}");
                    }
                }
                let at = view.center() + direction(turn) * (0.4 * aside * size);
                let away = |fold: &Fold| {
                    let (value, gradient) = fold.argument.at(at);
                    value.abs() > 0.02 * gradient.norm()
                };
                if folds.iter().all(away) {
                    let bound = 1e-3 + 1e-3 * loss.first_order(at).gradient.norm();
                    for angle in [0.0, 1.0, 2.0] {
                        let torn = tear(at, direction(angle));
                        prop_assert!(torn.abs() < bound, "{text} at {at}: {torn}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_line_that_only_looks_like_a_fold_is_told() {
        let landscape = Landscape::of_formula("x|x| + |y - 1|").unwrap();
        let jumps: Vec<bool> = landscape
            .folds()
            .iter()
            .map(|fold| {
                let at = onto_fold(fold, Point::new(0.4, 0.3), ViewBox::square(2.0).size()).unwrap();
                jumps_across(landscape.loss(), fold, at, 4.0)
            })
            .collect();
        assert_eq!(jumps, [false, true], "x|x| is smooth at 0");
    }
}
