//! Critical points of a surface through measured values that the values do not show: ripples of the interpolant.

use super::critical_points::{CriticalPoint, Kind, Units};
use crate::landscapes::Landscape;

/// The saddle of a ripple is nearer to it than this share of the box.
const BESIDE: f64 = 0.15;

/// The points without the minima and maxima that are made up, each with the saddle next to it, which came with it; and with
/// their kind where the curvature does not tell it and the measured values do. Elsewhere they are as they were.
pub(super) fn without_made_up(landscape: &Landscape, mut points: Vec<CriticalPoint>) -> Vec<CriticalPoint> {
    let (view, unit) = (landscape.domain(), Units::of(landscape.domain()));
    for point in points.iter_mut().filter(|point| point.kind == Kind::Degenerate) {
        if let Some(is_minimum) = landscape.grid().and_then(|grid| grid.extreme_at(point.at))
            && let Some(measured) = CriticalPoint::measured(landscape.loss(), point.at, is_minimum, view)
        {
            *point = measured;
        }
    }
    let shows = |point: &CriticalPoint, is_minimum| {
        landscape.grid().is_none_or(|grid| grid.shows_extreme(point.at, is_minimum))
    };
    let is_made_up = |point: &CriticalPoint| match point.kind {
        Kind::Minimum => !shows(point, true),
        Kind::Maximum => !shows(point, false),
        _ => false,
    };
    let (made_up, mut rest): (Vec<_>, Vec<_>) = points.into_iter().partition(is_made_up);
    for point in made_up {
        let away = |other: &CriticalPoint| unit.length(other.at - point.at);
        // A ripple's saddle is above its minimum, or below its maximum.
        let is_its = |other: &CriticalPoint| {
            let is_beyond = (other.value > point.value) == (point.kind == Kind::Minimum);
            other.kind == Kind::Saddle && is_beyond && away(other) < BESIDE * view.size()
        };
        let nearest = (0..rest.len()).filter(|index| is_its(&rest[*index]));
        let nearest = nearest.min_by(|a, b| away(&rest[*a]).total_cmp(&away(&rest[*b])));
        if let Some(index) = nearest {
            rest.remove(index);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Search;

    fn measured(f: &dyn Fn(f64, f64) -> f64, side: usize) -> Landscape {
        let at = |index: usize| 2.0 * index as f64 / (side - 1) as f64 - 1.0;
        let lines: Vec<String> = (0..side * side)
            .map(|index| {
                let [x, y] = [index % side, index / side].map(at);
                format!("{x},{y},{}\n", f(x, y))
            })
            .collect();
        let read = |_: &std::path::Path| Ok(format!("x,y,loss\n{}", lines.concat()).into_bytes());
        Landscape::parse_with("grid:f.csv", None, &read).unwrap()
    }

    /// A bump has no minima and maxima in its tails.
    #[test]
    fn a_bump_has_no_ripples_in_its_tails() {
        for (width, sign) in [(0.15, -1.0), (0.3, 1.0), (0.3, -1.0), (0.6, 1.0)] {
            let bump = move |x: f64, y: f64| sign * libm::exp(-(x * x + y * y) / (width * width));
            let points = Search::finished(&measured(&bump, 21)).points();
            let kind = if sign > 0.0 { Kind::Maximum } else { Kind::Minimum };
            let is_one = points.len() == 1 && points[0].kind == kind;
            assert!(is_one, "{sign}·{width}: {points:?}");
        }
    }

    #[test]
    fn what_is_measured_stays() {
        type Function = fn(f64, f64) -> f64;
        for (name, f, counts) in [
            ("two wells", (|x, y| (4.0 * x * x - 1.0) * (4.0 * x * x - 1.0) + y * y) as Function, [2, 1, 0]),
            ("waves", |x, y| libm::sin(3.0 * x) * libm::cos(4.0 * y), [3, 2, 3]),
            ("a saddle", |x, y| x * x - y * y, [0, 1, 0]),
        ] {
            for side in [21, 41] {
                let points = Search::finished(&measured(&f, side)).points();
                let found = [Kind::Minimum, Kind::Saddle, Kind::Maximum]
                    .map(|kind| points.iter().filter(|point| point.kind == kind).count());
                assert_eq!(found, counts, "{name} {side}: {points:?}");
            }
        }
    }
}
