//! Minima and saddles of a surface through measured values that differ by less than the error of interpolation: the floor of a
//! valley between the values has a dip in every cell. They are listed as one valley, of which the lowest place is not known.

use super::critical_points::{CriticalPoint, Kind, Units};
use crate::landscapes::grid::Grid;
use crate::landscapes::{CriticalSet, Landscape};
use crate::numbers::Point;
use crate::numbers::numerals::number;

/// A dip and the saddle beside it are at most this far apart, in steps of the grid.
const BESIDE: f64 = 3.0;
/// A valley has at least this many dips.
const FEWEST: usize = 3;
/// More points than this are noise.
const MOST: usize = 2000;

/// The points that stand for themselves, and the valleys and ridges that the others are.
pub(super) fn distinguished(
    landscape: &Landscape,
    points: Vec<CriticalPoint>,
) -> (Vec<CriticalPoint>, Vec<CriticalSet>) {
    let Some(steps) = landscape.grid().map(Grid::steps).filter(|_| (FEWEST..MOST).contains(&points.len())) else {
        return (points, Vec::new());
    };
    let mut sets = Vec::new();
    let mut is_member = vec![false; points.len()];
    for kind in [Kind::Minimum, Kind::Maximum] {
        for group in groups(landscape, &points, kind, steps) {
            let count = group.iter().filter(|index| points[**index].kind == kind).count();
            if count >= FEWEST {
                let places = group.iter().map(|index| points[*index]).collect::<Vec<_>>();
                sets.push(valley(landscape, kind, &places, steps));
                for index in group {
                    is_member[index] = true;
                }
            }
        }
    }
    let rest = points.into_iter().zip(is_member).filter(|(_, is_member)| !is_member).map(|(point, _)| point).collect();
    (rest, sets)
}

/// The indices of extremes of one kind, with the saddles between them, that are connected by differences below the error.
fn groups(landscape: &Landscape, points: &[CriticalPoint], kind: Kind, steps: [f64; 2]) -> Vec<Vec<usize>> {
    let error =
        |at: Point| landscape.grid().and_then(|grid| grid.interpolation_error(at)).map_or(0.0, |error| error.value);
    let errors: Vec<f64> = points.iter().map(|point| error(point.at)).collect();
    let mut of_point: Vec<usize> = (0..points.len()).collect();
    let of_kind = |wanted: Kind| (0..points.len()).filter(move |index| points[*index].kind == wanted);
    for extreme in of_kind(kind) {
        for saddle in of_kind(Kind::Saddle) {
            let way = points[saddle].at - points[extreme].at;
            let is_beside = libm::hypot(way.x / steps[0], way.y / steps[1]) <= BESIDE;
            let difference = (points[saddle].value - points[extreme].value).abs();
            if is_beside && difference <= errors[extreme] + errors[saddle] {
                let [from, to] = [of_point[extreme], of_point[saddle]];
                of_point.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
    }
    let members = |group: usize| (0..points.len()).filter(|index| of_point[*index] == group).collect();
    (0..points.len()).map(members).filter(|group: &Vec<usize>| group.len() > 1).collect()
}

/// A chain of points as one set.
fn valley(landscape: &Landscape, kind: Kind, points: &[CriticalPoint], steps: [f64; 2]) -> CriticalSet {
    let unit = Units::of(landscape.domain());
    let mut waiting: Vec<Point> = points.iter().map(|point| point.at).collect();
    let away = |a: Point, b: Point| unit.length(a - b);
    let farthest = |from: Point, places: &[Point]| {
        (0..places.len()).max_by(|a, b| away(from, places[*a]).total_cmp(&away(from, places[*b]))).unwrap_or(0)
    };
    let end = farthest(waiting[0], &waiting);
    let mut line = vec![waiting.swap_remove(end)];
    while let Some(last) = line.last().copied()
        && let Some(next) =
            (0..waiting.len()).min_by(|a, b| away(last, waiting[*a]).total_cmp(&away(last, waiting[*b])))
    {
        line.push(waiting.swap_remove(next));
    }
    let ends = line[line.len() - 1] - line[0];
    let is_closed = line.len() > 2 * FEWEST && libm::hypot(ends.x / steps[0], ends.y / steps[1]) <= BESIDE;
    if is_closed {
        line.push(line[0]);
    } else if ends.x < 0.0 {
        line.reverse();
    }
    let error = points.iter().filter_map(|point| landscape.grid().and_then(|grid| grid.interpolation_error(point.at)));
    let error = number(error.map(|error| error.value).fold(0.0, f64::max));
    let [what, extremes] = if kind == Kind::Minimum { ["valley", "minima"] } else { ["ridge", "maxima"] };
    let place = |at: Point| format!("({}, {})", number(at.x), number(at.y));
    let way = if is_closed {
        format!("a closed {what} through {}", place(line[0]))
    } else {
        format!("a {what} from {} to {}", place(line[0]), place(line[line.len() - 1]))
    };
    let text = format!(
        "{way}, along which the loss is known to ±{error} between its measured values: too coarse to distinguish {extremes} on it"
    );
    CriticalSet { kind: kind.word(), text, polyline: line, label: None, gaps: Vec::new() }
}
