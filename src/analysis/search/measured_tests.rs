//! Tests: critical points of measured losses, those of the function that was measured where its values tell, and none of the
//! surface's own.

use std::path::Path;

use super::Search;
use crate::analysis::CriticalPoint;
use crate::analysis::critical_points::Kind;
use crate::landscapes::{CriticalSet, Landscape, ViewBox};
use crate::numbers::Point;

/// A function of x and y.
type Function = fn(f64, f64) -> f64;

/// The coordinate with an index of `count` even ones.
fn coordinate([low, high]: [f64; 2], index: usize, count: usize) -> f64 {
    low + (high - low) * index as f64 / (count - 1) as f64
}

/// The values of a function on a grid, as a landscape.
fn measured(f: impl Fn(f64, f64) -> f64, view: ViewBox, [columns, rows]: [usize; 2]) -> Landscape {
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| [column, row]));
    let lines = places.map(|[column, row]| {
        let (x, y) = (coordinate(view.x, column, columns), coordinate(view.y, row, rows));
        format!("{x},{y},{}\n", f(x, y))
    });
    of_text(&format!("x,y,loss\n{}", lines.collect::<String>()))
}

fn of_text(text: &str) -> Landscape {
    let read = |_: &Path| Ok(text.as_bytes().to_vec());
    Landscape::parse_with("grid:f.csv", None, &read).unwrap()
}

/// The lowest of the values of a function on a square grid.
fn lowest(f: impl Fn(f64, f64) -> f64, half: f64, count: usize) -> f64 {
    let at = |index: usize| coordinate([-half, half], index, count);
    let values = (0..count * count).map(|index| f(at(index % count), at(index / count)));
    values.fold(f64::INFINITY, f64::min)
}

fn of_kind(points: &[CriticalPoint], kind: Kind) -> Vec<&CriticalPoint> {
    points.iter().filter(|point| point.kind == kind).collect()
}

const HIMMELBLAU: Function = |x, y| (x * x + y - 11.0) * (x * x + y - 11.0) + (x + y * y - 7.0) * (x + y * y - 7.0);
const ROSENBROCK: Function = |x, y| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);

#[test]
fn a_smooth_function_keeps_its_critical_points() {
    let unit = ViewBox::square(1.0);
    for (name, f, view, counts, tolerance) in [
        ("a bowl", (|x, y| x * x + y * y) as Function, unit, [1, 0, 0], 1e-9),
        ("a turned bowl", |x, y| (x - y) * (x - y) + 0.1 * (x + y) * (x + y), unit, [1, 0, 0], 1e-9),
        (
            "a bowl beside the middle",
            |x, y| (x - 0.13) * (x - 0.13) + 3.0 * (y + 0.41) * (y + 0.41),
            unit,
            [1, 0, 0],
            1e-9,
        ),
        ("a hill", |x, y| x * y - 2.0 * x * x - y * y, unit, [0, 0, 1], 1e-9),
        ("a saddle", |x, y| x * x - y * y, unit, [0, 1, 0], 1e-9),
        ("a turned saddle", |x, y| 3.0 * x * y + 0.2 * x, unit, [0, 1, 0], 1e-9),
        ("Himmelblau", HIMMELBLAU, ViewBox::square(5.0), [4, 4, 1], 1.0),
        ("waves", |x, y| libm::cos(2.0 * x) * libm::cos(2.0 * y), ViewBox::square(3.0), [4, 16, 5], 1.0),
        ("a round hill", |x, y| libm::exp(-x * x - y * y), unit, [0, 0, 1], 1.0),
        ("Rosenbrock", ROSENBROCK, ViewBox::new(-2.0, 2.0, -1.0, 3.0), [1, 0, 0], 1.0),
    ] {
        // The valley of Rosenbrock's is narrow, and a turn of a wave needs a few values.
        let sizes: &[[usize; 2]] = match name {
            "Rosenbrock" => &[[40, 40], [81, 81]],
            "waves" => &[[20, 20], [21, 21], [31, 24]],
            "a round hill" => &[[6, 6], [8, 8], [9, 9], [12, 11]],
            "Himmelblau" => &[[11, 11], [20, 20], [41, 40]],
            _ => &[[6, 6], [7, 7], [8, 11], [20, 31]],
        };
        for size in sizes {
            let search = Search::finished(&measured(f, view, *size));
            let points = search.points();
            let found = [Kind::Minimum, Kind::Saddle, Kind::Maximum].map(|kind| of_kind(&points, kind).len());
            assert_eq!(found, counts, "{name} {size:?}: {points:?}");
            assert_eq!(search.sets(), [], "{name} {size:?}: no lines and areas");
            let step = view.size() / (size[0].min(size[1]) - 1) as f64;
            for point in &points {
                // The function's own slope there: the surface is as near as the square of a step.
                let h = 1e-5;
                let slope = |dx: f64, dy: f64| {
                    (f(point.at.x + dx, point.at.y + dy) - f(point.at.x - dx, point.at.y - dy)) / (2.0 * h)
                };
                let slope = libm::hypot(slope(h, 0.0), slope(0.0, h));
                let [low, high] = point.eigenvalues.unwrap().map(f64::abs);
                let away = slope / low.max(high);
                assert!(away < tolerance * step * step + 1e-6, "{name} {size:?}: {away} from {point:?}");
            }
        }
    }
}

#[test]
fn what_is_cut_off_is_flat_and_has_no_points_of_its_own() {
    let unit = ViewBox::square(1.0);
    let round: Function = |x, y| x * x + y * y;
    for (name, landscape, flats, counts, range) in [
        ("a floor", measured(|x, y| round(x, y).max(0.5), unit, [11, 11]), 1, [0, 0, 0], [0.5, 2.0]),
        ("a floor", measured(|x, y| round(x, y).max(0.5), unit, [12, 12]), 1, [0, 0, 0], [0.5, 2.0]),
        ("a cap", measured(|x, y| round(x, y).min(0.5), unit, [11, 11]), 1, [1, 0, 0], [0.0, 0.5]),
        ("a cap", measured(|x, y| round(x, y).min(0.5), unit, [12, 12]), 1, [1, 0, 0], [0.0, 0.5]),
        ("a capped hill", measured(|x, y| -round(x, y).max(0.5), unit, [12, 11]), 1, [0, 0, 0], [-2.0, -0.5]),
        ("steps", measured(|x, y| (3.0 * round(x, y)).round(), unit, [21, 21]), 5, [0, 0, 0], [0.0, 6.0]),
        ("steps", measured(|x, y| (3.0 * round(x, y)).round(), unit, [20, 20]), 5, [0, 0, 0], [0.0, 6.0]),
        ("capped at 9", of_text(include_str!("../../../tests/cases/clip9.csv")), 1, [1, 0, 0], [0.0, 9.0]),
        ("the same everywhere", of_text(include_str!("../../../tests/cases/const.csv")), 1, [0, 0, 0], [2.5, 2.5]),
    ] {
        let search = Search::finished(&landscape);
        let points = search.points();
        let found = [Kind::Minimum, Kind::Saddle, Kind::Maximum].map(|kind| of_kind(&points, kind).len());
        assert_eq!(found, counts, "{name}: {points:?}");
        let areas = search.sets().iter().filter(|set| set.kind == CriticalSet::FLAT).count();
        assert!(areas >= flats, "{name}: {:?}", search.sets());
        let is_everything = name == "the same everywhere";
        assert_eq!(search.completeness().unwrap().is_whole(), is_everything, "{name}: {:?}", search.completeness());
        assert_within(name, &landscape, range);
    }
}

/// Holds the surface to be within a range, but for a thousandth of it.
fn assert_within(name: &str, landscape: &Landscape, [low, high]: [f64; 2]) {
    let view = landscape.domain();
    let beyond = 1e-3 * (high - low);
    for (i, j) in (0..=200).flat_map(|i| (0..=200).map(move |j| (i, j))) {
        let at = Point::new(coordinate(view.x, i, 201), coordinate(view.y, j, 201));
        let value = landscape.loss().value(at);
        assert!((low - beyond..=high + beyond).contains(&value), "{name}: {value} at {at}, data from {low} to {high}");
    }
}

/// A valley two or three values wide has its minima at measured values that lie below their neighbors, and goes no lower.
#[test]
fn a_narrow_valley_that_is_cut_off_is_no_deeper_than_its_values() {
    for size in [[41, 41], [81, 81]] {
        let view = ViewBox::new(-2.0, 2.0, -1.0, 3.0);
        let capped = |x: f64, y: f64| ROSENBROCK(x, y).min(10.0);
        let landscape = measured(capped, view, size);
        assert_within("capped", &landscape, [0.0, 10.0]);
        let points = Search::finished(&landscape).points();
        let value = |column: isize, row: isize| {
            let inside = |index: isize, count: usize| usize::try_from(index).ok().filter(|index| *index < count);
            let (column, row) = (inside(column, size[0])?, inside(row, size[1])?);
            Some(capped(coordinate(view.x, column, size[0]), coordinate(view.y, row, size[1])))
        };
        let lowest = (0..size[0] as isize).flat_map(|i| (0..size[1] as isize).map(move |j| (i, j)));
        let lowest = lowest.filter(|(i, j)| {
            let beside = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (x, y))).filter(|way| *way != (0, 0));
            let mut values = beside.filter_map(|(x, y)| value(i + x, j + y));
            values.all(|other| value(*i, *j).unwrap() < other)
        });
        let minima = of_kind(&points, Kind::Minimum).len();
        assert!(minima <= lowest.count(), "{size:?}: {minima} minima");
        assert!(of_kind(&points, Kind::Maximum).is_empty(), "{size:?}: no hills beside the plateau");
    }
}

#[test]
fn an_edge_has_no_points_that_the_values_do_not_tell_of() {
    let curve: Function = |x, y| {
        let [a, b] = [x * x + y - 1.0, x + y * y - 1.0];
        a * a + b * b + 0.3 * x
    };
    let rounded = Search::finished(&of_text(include_str!("../../../tests/cases/round3b.csv"))).points();
    let fine = Search::finished(&measured(curve, ViewBox::square(1.0), [101, 101])).points();
    for points in [rounded, fine] {
        assert_eq!((points.len(), points[0].kind), (1, Kind::Saddle), "{points:?}");
        assert!((points[0].at - Point::new(-0.532, -0.418)).norm() < 0.01, "{points:?}");
    }
    // A bump flattens out to all sides, and ends there.
    for (half, counts) in [(2.0, &[7, 8, 12, 25][..]), (3.0, &[7, 12, 25]), (4.0, &[25, 40])] {
        for count in counts.iter().copied() {
            let bump = |x: f64, y: f64| 1.0 - libm::exp(-0.5 * (x * x + y * y));
            let points = Search::finished(&measured(bump, ViewBox::square(half), [count, count])).points();
            assert_eq!(points.len(), 1, "{half} {count}: {points:?}");
        }
    }
    // Beside the edge, and found if the rows before it turn as steadily.
    for count in [10, 11, 30] {
        let bowl = |x: f64, y: f64| (x - 0.97) * (x - 0.97) + y * y + 0.1 * x * y;
        let points = Search::finished(&measured(bowl, ViewBox::square(1.0), [count, count])).points();
        assert!(points.len() <= 1, "{count}: {points:?}");
        assert!(points.iter().all(|point| point.kind == Kind::Minimum), "{count}: {points:?}");
    }
}

/// Rows that only fall and would turn within their last cell do, if they bend as steadily as a parabola; what levels off
/// otherwise does not.
#[test]
fn a_bowl_beside_the_edge_is_found() {
    let unit = ViewBox::square(1.0);
    for (name, f, at) in [
        ("along x", (|x, y| (x - 0.97) * (x - 0.97) + 0.5 * y * y) as Function, [0.97, 0.0]),
        ("in a corner", |x, y| (x - 0.97) * (x - 0.97) + 0.5 * (y - 0.95) * (y - 0.95), [0.97, 0.95]),
        ("along y", |x, y| x * x + (y + 0.98) * (y + 0.98), [0.0, -0.98]),
        ("bent", |x, y| (x - 0.97) * (x - 0.97) * (1.0 + 0.1 * x) + (y + 0.96) * (y + 0.96), [0.97, -0.96]),
    ] {
        for count in [6, 10, 11, 21] {
            let points = Search::finished(&measured(f, unit, [count, count])).points();
            let [point] = &points[..] else { panic!("{name} {count}: {points:?}") };
            assert_eq!(point.kind, Kind::Minimum, "{name} {count}");
            assert!((point.at - Point::from(at)).norm() < 0.02, "{name} {count}: {point:?}");
        }
    }
    let slopes: [Function; 3] = [
        |x, y| libm::exp(-3.0 * x) + libm::exp(-2.0 * y),
        |x, y| 1.0 / (1.1 + x) + 1.0 / (1.2 + y),
        |x, y| -libm::tanh(2.0 * x) - libm::tanh(y),
    ];
    for (index, f) in slopes.into_iter().enumerate() {
        for count in [6, 11, 21] {
            let points = Search::finished(&measured(f, unit, [count, count])).points();
            assert_eq!(points, [], "slope {index}, {count}");
        }
    }
}

/// A bump that is sampled so coarsely that its values are not those of a smooth function has its minimum at its lowest value.
#[test]
fn a_coarse_bump_has_its_minimum_at_its_lowest_value() {
    for step in crate::numbers::some::some([0.85, 0.9, 1.0, 1.2, 1.5, 2.0], 2) {
        for [x0, y0] in [[0.0, 0.0], [0.1, -0.15], [0.3, 0.2], [0.45, 0.1], [0.45, 0.4], [-0.2, 0.48]] {
            for count in [9, 10] {
                let half = 0.5 * step * (count - 1) as f64;
                let middle = if count % 2 == 0 { 0.5 } else { 0.0 };
                let [x0, y0] = [x0, y0].map(|at| (at + middle) * step);
                let bump = |x: f64, y: f64| 1.0 - libm::exp(-0.5 * ((x - x0) * (x - x0) + (y - y0) * (y - y0)));
                let landscape = measured(bump, ViewBox::square(half), [count, count]);
                let points = Search::finished(&landscape).points();
                let lowest = lowest(bump, half, count);
                let found = points.iter().filter(|point| point.kind == Kind::Minimum && point.value <= lowest + 1e-12);
                let near = found.filter(|point| (point.at - Point::new(x0, y0)).norm() < 0.75 * step).count();
                assert_eq!(near, 1, "every {step} at ({x0}, {y0}), {count}: {points:?}");
            }
        }
    }
}

/// Whether all points lie on the line from the first to the last.
fn is_straight(polyline: &[Point]) -> bool {
    let way = polyline[polyline.len() - 1] - polyline[0];
    polyline.iter().all(|at| way.perp(&(at - polyline[0])).abs() <= 1e-9 * way.norm_squared())
}

#[test]
fn measured_lines_are_single_sets() {
    let unit = ViewBox::square(1.0);
    for (name, f, kind, count) in [
        ("x²", (|x, _| x * x) as Function, "minimum", 1),
        ("−(x − 0.2)²", |x, _| -(x - 0.2) * (x - 0.2), "maximum", 1),
        ("(x + y)²", |x, y| (x + y) * (x + y), "minimum", 1),
        ("y² with a cap", |_, y| (y * y).min(0.5), "minimum", 1),
        ("a wave", |x, _| libm::sin(7.0 * x), "minimum", 2),
    ] {
        for size in [[11, 11], [20, 20], [21, 21], [30, 21]] {
            let search = Search::finished(&measured(f, unit, size));
            let sets: Vec<CriticalSet> = search.sets().into_iter().filter(|set| set.kind == kind).collect();
            assert_eq!(sets.len(), count, "{name} {size:?}: {:?}", search.sets());
            assert!(sets.iter().all(|set| is_straight(&set.polyline)), "{name} {size:?}: straight: {sets:?}");
            assert_eq!(search.points(), [], "{name} {size:?}: no heap of points");
        }
    }
}

/// The floor of a valley between the values has a dip in every cell: that is one valley, and no row of minima.
#[test]
fn dips_between_the_values_are_one_valley() {
    let view = ViewBox::square(2.0);
    for (name, f, is_closed, isolated) in [
        ("a bent valley", (|x, y| (y - x * x) * (y - x * x)) as Function, false, 0),
        ("a ring", |x, y| (x * x + y * y - 1.0) * (x * x + y * y - 1.0), true, 1),
    ] {
        let search = Search::finished(&measured(f, view, [41, 41]));
        let (points, sets) = (search.points(), search.sets());
        assert_eq!((points.len(), sets.len()), (isolated, 1), "{name}: {points:?}, {sets:?}");
        let CriticalSet { kind, text, polyline, .. } = &sets[0];
        assert_eq!(*kind, "minimum", "{name}");
        assert!(
            text.contains("too coarse to distinguish minima") && text.contains("closed") == is_closed,
            "{name}: {text}"
        );
        assert!(polyline.iter().all(|at| f(at.x, at.y) < 1e-3), "{name}: on its floor");
        assert_eq!(polyline.first() == polyline.last(), is_closed, "{name}");
    }
    // Two wells are two, however shallow the saddle between them is beside the walls.
    let wells: Function = |x, y| (x * x - 1.0) * (x * x - 1.0) + 100.0 * y * y;
    let search = Search::finished(&measured(wells, view, [41, 41]));
    assert_eq!((search.points().len(), search.sets().len()), (3, 0), "two wells");
}
