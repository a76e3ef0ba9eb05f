//! The minima of a landscape that are known: what distances are measured to, and the lowest loss among them, f*.

use super::{CriticalPoint, Kind};
use crate::landscapes::{CriticalSet, Loss, ViewBox};
use crate::numbers::{Point, Vector};

/// Directions in which a degenerate point is examined.
const DIRECTIONS: usize = 24;
/// How far away it is examined, as a share of the region.
const NEAR: f64 = 1e-3;
/// Points of a line at which the loss is examined.
const ALONG: usize = 64;

/// Isolated minima, and lines of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownMinima {
    /// The isolated ones.
    points: Vec<Point>,
    /// Lines of minima, as polylines.
    lines: Vec<Vec<Point>>,
    lowest: Option<LowestMinimum>,
}

/// The lowest known minimum.
#[derive(Clone, Debug, PartialEq)]
pub struct LowestMinimum {
    /// f*, the loss there.
    pub value: f64,
    /// Where it lies.
    pub at: Point,
    /// What it is where it is not an isolated point: "every point of the line x = 0".
    pub set: Option<String>,
}

impl KnownMinima {
    /// Those among critical points and sets; a degenerate point counts where the loss is higher all around it.
    pub fn among(points: &[CriticalPoint], sets: &[CriticalSet], loss: &dyn Loss, view: ViewBox) -> Self {
        let mut known = Self::default();
        let mut lower = |value: f64, at: Point, set: Option<&str>| {
            if value.is_finite() && known.lowest.as_ref().is_none_or(|lowest| value < lowest.value) {
                known.lowest = Some(LowestMinimum { value, at, set: set.map(str::to_owned) });
            }
        };
        for point in points.iter().filter(|point| is_minimum(point, loss, view)) {
            known.points.push(point.at);
            lower(point.value, point.at, None);
        }
        for set in sets.iter().filter(|set| set.kind == Kind::Minimum.word() && !set.polyline.is_empty()) {
            known.lines.push(set.polyline.clone());
            let seen = set.polyline_in(&view);
            for at in seen.iter().copied().step_by(seen.len().div_ceil(ALONG).max(1)) {
                lower(loss.value(at), at, Some(&set.text));
            }
        }
        known
    }

    /// f* and where it lies; `None` where no minimum is known.
    pub fn lowest(&self) -> Option<&LowestMinimum> {
        self.lowest.as_ref()
    }

    /// How many there are to measure from, a line counting by its pieces.
    pub fn len(&self) -> usize {
        self.points.len() + self.lines.iter().map(Vec::len).sum::<usize>()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether some of them are lines.
    pub fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// The nearest isolated one; `None` where none is known.
    pub fn nearest(&self, from: Point) -> Option<Point> {
        let distance = |at: &Point| (from - at).norm_squared();
        self.points.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// How far the nearest of them is; `None` where none is known.
    pub fn distance(&self, from: Point) -> Option<f64> {
        let to_points = self.points.iter().map(|at| (from - at).norm());
        let pieces = self.lines.iter().flat_map(|line| line.windows(2));
        let to_lines = pieces.map(|piece| to_segment(from, piece[0], piece[1]));
        to_points.chain(to_lines).reduce(f64::min).filter(|distance| distance.is_finite())
    }
}

fn is_minimum(point: &CriticalPoint, loss: &dyn Loss, view: ViewBox) -> bool {
    let rises = || {
        (0..DIRECTIONS).all(|index| {
            let angle = std::f64::consts::TAU * index as f64 / DIRECTIONS as f64;
            let way = Vector::new(libm::cos(angle), libm::sin(angle)) * (NEAR * view.size());
            loss.value(point.at + way) > point.value
        })
    };
    point.kind == Kind::Minimum || point.kind == Kind::Degenerate && rises()
}

/// The distance from a point to a piece of a line.
fn to_segment(from: Point, start: Point, end: Point) -> f64 {
    let along = end - start;
    let share = (from - start).dot(&along) / along.norm_squared();
    let foot = if share > 0.0 { start + along * share.min(1.0) } else { start };
    (from - foot).norm()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Search;
    use crate::landscapes::Landscape;

    fn known(text: &str) -> KnownMinima {
        let landscape = Landscape::parse(text).unwrap();
        let search = Search::finished(&landscape);
        KnownMinima::among(&search.points(), &search.sets(), landscape.loss(), landscape.domain())
    }

    #[test]
    fn the_lowest_minimum_is_known_where_there_is_one() {
        for (landscape, value, at) in [
            ("himmelblau", 0.0, None),
            ("rosenbrock", 0.0, Some([1.0, 1.0])),
            ("bowl", 0.0, Some([0.0, 0.0])),
            ("styblinski_tang", -78.332_331_407_545, Some([-2.903_534, -2.903_534])),
            ("formula:x^4 + y^4", 0.0, Some([0.0, 0.0])),
        ] {
            let lowest = known(landscape).lowest.unwrap_or_else(|| panic!("{landscape} has a minimum"));
            assert!((lowest.value - value).abs() < 1e-6, "{landscape}: {lowest:?}");
            let is_there = at.is_none_or(|at| (lowest.at - Point::from(at)).norm() < 1e-2);
            assert!(is_there, "{landscape}: {lowest:?}");
        }
        for landscape in ["saddle", "monkey"] {
            assert_eq!(known(landscape), KnownMinima::default(), "{landscape} has none");
        }
    }

    #[test]
    fn distances_are_to_the_nearest_point_and_to_lines_at_right_angles() {
        let himmelblau = known("himmelblau");
        assert!((himmelblau.distance(Point::new(3.0, 2.5)).unwrap() - 0.5).abs() < 1e-9, "(3, 2) is the nearest");
        let trough = known("trough");
        assert!((trough.distance(Point::new(-0.7, 0.3)).unwrap() - 0.7).abs() < 1e-9, "x = 0 at a right angle");
        assert!(trough.lowest.is_some_and(|lowest| lowest.set.is_some()), "a line, not a point");
    }
}
