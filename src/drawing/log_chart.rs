//! Curves of positive numbers against positive numbers, both axes logarithmic: costs against weights, steps against rates.

use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// Padding to each side, as a share of the range.
const MARGIN: f64 = 0.04;
/// The least range of an axis, in powers of ten.
const LEAST_DECADES: f64 = 1.0;
/// Names of curves stand at this share of the width from the right edge.
const NAME_AT: f64 = 0.01;

/// A curve.
#[derive(Clone, Debug)]
pub struct LogCurve {
    /// What it is called, at its right end; empty where a legend says it.
    pub name: String,
    /// The role of its color.
    pub ink: Ink,
    /// The mark at its places; `None` for a line alone.
    pub marker: Option<MarkerShape>,
    /// Which of its places have a mark: at an even distance, the first at this place.
    pub marked: [usize; 2],
    /// Its width in points.
    pub width: f32,
    /// Its places by rising x; a y that is not a positive number interrupts it.
    pub places: Vec<[f64; 2]>,
}

/// A line upright through the whole chart.
#[derive(Clone, Debug)]
pub struct LogMark {
    /// Where.
    pub x: f64,
    /// What it is called, at its top; empty for no name.
    pub name: String,
    /// The role of its color.
    pub ink: Ink,
    /// Its width in points.
    pub width: f32,
}

/// A level line across the whole chart.
#[derive(Clone, Debug)]
pub struct LogLevel {
    /// Where.
    pub y: f64,
    /// What it is called, at its left end.
    pub name: &'static str,
}

/// A band between two curves of the same x.
#[derive(Clone, Debug)]
pub struct LogBand {
    /// x, and the lower and the upper y.
    pub places: Vec<[f64; 3]>,
    /// The role of its color.
    pub ink: Ink,
}

/// The picture.
pub struct LogChart {
    /// Curves, marks and names; places are decimal logarithms.
    pub primitives: Vec<Primitive<'static>>,
    /// What the frame shows, in decimal logarithms.
    pub view: ViewBox,
}

/// The chart of these curves; `None` where no curve has a place.
pub fn log_chart(curves: &[LogCurve], bands: &[LogBand], marks: &[LogMark]) -> Option<LogChart> {
    let places = || curves.iter().flat_map(|curve| curve.places.iter().copied().filter_map(place));
    let of_bands = bands.iter().flat_map(|band| &band.places).flat_map(|[x, low, high]| [[*x, *low], [*x, *high]]);
    let all: Vec<Point> = places().chain(of_bands.filter_map(place)).collect();
    let x = range(all.iter().map(|at| at.x), 0.0)?;
    let y = range(all.iter().map(|at| at.y), MARGIN)?;
    let view = ViewBox::new(x[0], x[1], y[0], y[1]);
    let mut primitives = Vec::new();
    for band in bands {
        draw_band(band, &mut primitives);
    }
    for mark in marks {
        draw_mark(mark, view, &mut primitives);
    }
    for curve in curves {
        draw_curve(curve, view, &mut primitives);
    }
    Some(LogChart { primitives, view })
}

/// Level lines are at least this share of the height apart.
const LEVELS_APART: f64 = 0.2;

/// The level lines that lie in a chart, below everything else of it: the first of the list, and those after it that are far enough from
/// them to have their names.
pub fn draw_levels(levels: &[LogLevel], chart: &mut LogChart) {
    let LogChart { primitives, view } = chart;
    let inside = [0.06, 0.94].map(|share| view.y[0] + share * view.height());
    let mut seen: Vec<(f64, &'static str)> = Vec::new();
    for (y, name) in levels.iter().map(|level| (libm::log10(level.y), level.name)) {
        let is_free = seen.iter().all(|(other, _)| (other - y).abs() >= LEVELS_APART * view.height());
        if is_free && (inside[0]..=inside[1]).contains(&y) {
            seen.push((y, name));
        }
    }
    let lines: Vec<Primitive<'static>> = seen.into_iter().flat_map(|(y, name)| level_line(*view, y, name)).collect();
    primitives.splice(0..0, lines);
}

/// A level line across a chart, and its name.
fn level_line(view: ViewBox, y: f64, name: &str) -> [Primitive<'static>; 2] {
    let left = Point::new(view.x[0] + NAME_AT * view.width(), y);
    let right = Point::new(view.x[0] + 0.5 * view.width(), y);
    let places = vec![(left, Anchor::Left), (right, Anchor::Left)];
    [
        Primitive::line(view.x.map(|x| Point::new(x, y)).to_vec(), Pen::new(Ink::Muted, 1.0).pale(0.7)),
        Primitive::Name { places, text: name.to_owned(), ink: Ink::Muted, strong: false },
    ]
}

/// Where a pair of numbers stands; `None` unless both are positive numbers.
pub fn place([x, y]: [f64; 2]) -> Option<Point> {
    let at = Point::new(libm::log10(x), libm::log10(y));
    (at.x.is_finite() && at.y.is_finite()).then_some(at)
}

fn range(values: impl Iterator<Item = f64>, margin: f64) -> Option<[f64; 2]> {
    let [low, high] = values.fold(None, |found: Option<[f64; 2]>, value| {
        let [low, high] = found.unwrap_or([value; 2]);
        Some([low.min(value), high.max(value)])
    })?;
    let missing = (LEAST_DECADES - (high - low)).max(0.0) / 2.0;
    let (low, high) = (low - missing, high + missing);
    let free = margin * (high - low);
    Some([low - free, high + free])
}

fn draw_band(band: &LogBand, out: &mut Vec<Primitive<'static>>) {
    for pair in band.places.windows(2) {
        let corners =
            [[pair[0][0], pair[0][1]], [pair[1][0], pair[1][1]], [pair[1][0], pair[1][2]], [pair[0][0], pair[0][2]]];
        let corners: Vec<Point> = corners.into_iter().filter_map(place).collect();
        if corners.len() == 4 {
            out.push(Primitive::Area { corners, ink: band.ink, opacity: 0.22 });
        }
    }
}

/// Rows in which the name of a mark may stand.
const ROWS: usize = 9;

fn draw_mark(mark: &LogMark, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let x = libm::log10(mark.x);
    if !(view.x[0]..=view.x[1]).contains(&x) {
        return;
    }
    let line = view.y.map(|y| Point::new(x, y)).to_vec();
    out.push(Primitive::line(line, Pen::new(mark.ink, mark.width)));
    if !mark.name.is_empty() {
        let is_right = x > view.center().x;
        let sides = if is_right { [Anchor::Right, Anchor::Left] } else { [Anchor::Left, Anchor::Right] };
        // Where several stand close together each has a row of its own.
        let rows = (0..ROWS).map(|row| view.y[1] - (0.02 + row as f64 / ROWS as f64) * view.height());
        let places = rows.flat_map(|y| sides.map(|side| (Point::new(x, y), side))).collect();
        out.push(Primitive::Name { places, text: mark.name.clone(), ink: mark.ink, strong: false });
    }
}

fn draw_curve(curve: &LogCurve, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let pen = Pen::new(curve.ink, curve.width).kept_clear();
    let places: Vec<Option<Point>> = curve.places.iter().copied().map(place).collect();
    for line in places.split(Option::is_none) {
        let line: Vec<Point> = line.iter().flatten().copied().collect();
        if line.len() > 1 {
            out.push(Primitive::line(line, pen));
        }
    }
    let seen = || places.iter().flatten();
    if let Some(shape) = curve.marker {
        let [every, first] = curve.marked;
        for at in places.iter().skip(first).step_by(every.max(1)).flatten() {
            // A place alone is what the chart is about.
            let radius = if places.len() == 1 { 5.0 } else { 2.4 };
            out.push(Primitive::mark(*at, shape, radius, Pen { width: pen.width.min(2.4), ..pen }, true));
        }
    }
    if let Some(last) = seen().next_back().filter(|_| !curve.name.is_empty()) {
        let at = Point::new(last.x - NAME_AT * view.width(), last.y);
        // At the end, or where it stands clear of the others on the way there.
        let back = |share: f64| seen().rev().find(|at| at.x <= last.x - share * view.width()).copied().unwrap_or(at);
        let places = [at, back(0.15), back(0.3), back(0.5)]
            .into_iter()
            .flat_map(|at| [(at, Anchor::Right), (at, Anchor::Bottom)])
            .collect();
        out.push(Primitive::Name { places, text: curve.name.clone(), ink: curve.ink, strong: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(places: &[[f64; 2]]) -> LogCurve {
        LogCurve {
            name: String::new(),
            ink: Ink::Truth,
            marker: None,
            marked: [1, 0],
            width: 1.0,
            places: places.to_vec(),
        }
    }

    #[test]
    fn what_has_no_logarithm_interrupts_a_curve() {
        let places = [[1.0, 10.0], [10.0, 100.0], [100.0, 0.0], [1e3, 1e4], [1e4, 1e5]];
        let chart = log_chart(&[curve(&places)], &[], &[]).unwrap();
        let lines: Vec<usize> = chart
            .primitives
            .iter()
            .filter_map(|primitive| match primitive {
                Primitive::Line { places, .. } => Some(places.len()),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [2, 2]);
        assert_eq!(chart.view.x, [0.0, 4.0], "powers of ten");
        assert!(chart.view.contains(Point::new(4.0, 5.0)));
        assert!(log_chart(&[curve(&[[1.0, -1.0]])], &[], &[]).is_none(), "nothing to see");
        assert!(log_chart(&[], &[], &[]).is_none());
    }
}
