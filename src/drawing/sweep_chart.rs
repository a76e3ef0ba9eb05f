//! One parameter varied: a curve of what becomes of the run, with its spread over seeds, the settings that diverge, and theory's limit.

use super::ink::{Ink, MarkerShape};
use super::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector, extremes};

/// Padding below, as a share of the range.
const BELOW: f64 = 0.05;
/// Padding above, as a share of the range; what diverges stands there.
const ABOVE: f64 = 0.16;
/// Where the marks of what has no value stand, in the room above.
const MISSING: f64 = 0.35;
/// Curves of more places than this have no mark at each.
const MARKED: usize = 80;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweptPlace {
    /// The value of the parameter.
    pub x: f64,
    /// The least, the median and the largest value over the seeds; not numbers where there is none.
    pub y: [f64; 3],
    /// Whether the run diverged.
    pub has_diverged: bool,
}

/// What is marked along the axis of the parameter.
#[derive(Clone, Copy, Debug)]
pub struct SweptMark {
    /// Where.
    pub x: f64,
    /// What it is called, at its top.
    pub name: &'static str,
    /// The role of its color.
    pub ink: Ink,
}

/// The picture.
pub struct SweepChart {
    /// The curve and its marks; along logarithmic axes places are decimal logarithms.
    pub primitives: Vec<Primitive<'static>>,
    /// What the frame shows; along logarithmic axes in decimal logarithms.
    pub view: ViewBox,
}

/// The place of a value along an axis.
pub fn along(value: f64, is_log: bool) -> f64 {
    if is_log { libm::log10(value) } else { value }
}

/// The value at a place of an axis.
pub fn value_at(place: f64, is_log: bool) -> f64 {
    if is_log { libm::pow(10.0, place) } else { place }
}

/// The chart; `None` where no setting has a value or diverges. Values below the least are drawn there; what is neither is marked
/// above, with a name.
pub fn sweep_chart(
    places: &[SweptPlace],
    log: [bool; 2],
    least: f64,
    ink: Ink,
    marks: &[SweptMark],
    missing_name: &str,
) -> Option<SweepChart> {
    let y = |value: f64| if value.is_finite() { along(value.max(least), log[1]) } else { f64::NAN };
    let x = |place: &SweptPlace| along(place.x, log[0]);
    let drawn: Vec<(f64, [f64; 3])> = places.iter().map(|place| (x(place), place.y.map(y))).collect();
    let known = || drawn.iter().flat_map(|(_, y)| y).copied().filter(|y| y.is_finite());
    let [low, high] = extremes(known());
    let (first, last) = (drawn.first()?.0, drawn.last()?.0);
    // Where all of them diverge there is nothing but their marks.
    let [low, high] = if low <= high { [low, high] } else { [0.0, 1.0] };
    if places.iter().all(|place| place.y[1].is_nan() && !place.has_diverged) {
        return None;
    }
    let range = (high - low).max(1e-9 * (1.0 + high.abs()));
    let view = ViewBox::new(first, last, low - BELOW * range, high + ABOVE * range);
    let mut primitives = Vec::new();
    for mark in marks {
        draw_mark(mark, along(mark.x, log[0]), view, &mut primitives);
    }
    draw_curve(&drawn, ink, &mut primitives);
    let top = high + MISSING * ABOVE * range;
    let missing = |has_diverged: bool| {
        let of = places
            .iter()
            .zip(&drawn)
            .filter(move |(place, (_, y))| place.has_diverged == has_diverged && y[1].is_nan());
        of.map(move |(_, (x, _))| Point::new(*x, top)).collect::<Vec<_>>()
    };
    draw_name(&missing(true), ("diverges", Ink::Gap), view, &mut primitives);
    draw_name(&missing(false), (missing_name, Ink::Muted), view, &mut primitives);
    for at in missing(true) {
        primitives.push(Primitive::mark(at, MarkerShape::Cross, 2.6, Pen::new(Ink::Gap, 1.4), true));
    }
    for at in missing(false) {
        primitives.push(Primitive::mark(at, MarkerShape::Circle, 1.8, Pen::new(Ink::Muted, 1.0), false));
    }
    Some(SweepChart { primitives, view })
}

/// What the marks of settings without a value are called, below one of them.
fn draw_name(places: &[Point], (name, ink): (&str, Ink), view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let Some(last) = places.len().checked_sub(1) else { return };
    let below = |at: Point, anchor: Anchor| (at - Vector::new(0.0, 0.05 * view.height()), anchor);
    let at = [last / 2, last / 4, 3 * last / 4].map(|index| below(places[index], Anchor::Bottom));
    let ends = [below(places[last], Anchor::Right), below(places[0], Anchor::Left)];
    let places = at.into_iter().chain(ends).collect();
    out.push(Primitive::Name { places, text: name.to_owned(), ink, strong: false });
}

fn draw_curve(drawn: &[(f64, [f64; 3])], ink: Ink, out: &mut Vec<Primitive<'static>>) {
    let has_spread = |[low, _, high]: [f64; 3]| high > low;
    for (x, [low, _, high]) in drawn.iter().filter(|(_, y)| has_spread(*y)) {
        let ends = [*low, *high].map(|y| Point::new(*x, y));
        out.push(Primitive::line(ends.to_vec(), Pen::new(ink, 1.2).pale(0.6)));
    }
    for piece in drawn.split(|(_, y)| y[1].is_nan()) {
        let line: Vec<Point> = piece.iter().map(|(x, y)| Point::new(*x, y[1])).collect();
        if line.len() > 1 {
            out.push(Primitive::line(line, Pen::new(ink, 2.0).kept_clear()));
        } else if let [at] = line[..] {
            out.push(Primitive::mark(at, MarkerShape::Circle, 2.0, Pen::new(ink, 1.2), true));
        }
    }
    if drawn.len() <= MARKED {
        for (x, y) in drawn.iter().filter(|(_, y)| y[1].is_finite()) {
            out.push(Primitive::mark(Point::new(*x, y[1]), MarkerShape::Circle, 1.8, Pen::new(ink, 1.0), true));
        }
    }
}

fn draw_mark(mark: &SweptMark, x: f64, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    if !(view.x[0]..=view.x[1]).contains(&x) {
        return;
    }
    out.push(Primitive::line(view.y.map(|y| Point::new(x, y)).to_vec(), Pen::new(mark.ink, 1.4)));
    if mark.name.is_empty() {
        return;
    }
    // Low down, where the curve of a rate that is too large is not.
    let heights = [0.06, 0.16, 0.86, 0.28, 0.4, 0.52, 0.64, 0.76].map(|share| view.y[0] + share * view.height());
    let [first, second] =
        if x > view.center().x { [Anchor::Right, Anchor::Left] } else { [Anchor::Left, Anchor::Right] };
    let places = heights.into_iter().flat_map(|y| [first, second].map(|anchor| (Point::new(x, y), anchor))).collect();
    out.push(Primitive::Name { places, text: mark.name.to_owned(), ink: mark.ink, strong: false });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_diverges_interrupts_the_curve_and_is_marked_above_it() {
        let nothing = [f64::NAN; 3];
        let place = |x: f64, y: [f64; 3], has_diverged| SweptPlace { x, y, has_diverged };
        let places = [
            place(1.0, [1.0, 10.0, 100.0], false),
            place(10.0, [10.0; 3], false),
            place(100.0, nothing, true),
            place(1000.0, [0.0; 3], false),
        ];
        let chart = sweep_chart(&places, [true, true], 1e-3, Ink::Accent, &[], "not yet").unwrap();
        assert_eq!(chart.view.x, [0.0, 3.0], "powers of ten");
        assert!(
            chart.view.y[0] < -3.0 && chart.view.y[1] > 2.0,
            "what is below the least is drawn there: {:?}",
            chart.view
        );
        let crosses = chart.primitives.iter().filter_map(|primitive| match primitive {
            Primitive::Marks { places, shape: MarkerShape::Cross, .. } => Some(places.get(0)),
            _ => None,
        });
        let crosses: Vec<Point> = crosses.collect();
        assert!(crosses.len() == 1 && crosses[0].x == 2.0 && crosses[0].y > 2.0, "{crosses:?}");
        let spread = |primitive: &&Primitive<'_>| matches!(primitive, Primitive::Line { places, .. } if places.get(0).x == places.get(1).x);
        assert_eq!(chart.primitives.iter().filter(spread).count(), 1, "one setting has a spread");
        let alone = |has_diverged| {
            sweep_chart(&[place(1.0, nothing, has_diverged)], [false; 2], 0.0, Ink::Accent, &[], "not yet")
        };
        assert!(alone(false).is_none() && alone(true).is_some_and(|chart| chart.view.y[0] < chart.view.y[1]));
        for (value, is_log) in [(0.03, true), (-2.0, false)] {
            assert!((value_at(along(value, is_log), is_log) - value).abs() < 1e-12);
        }
    }
}
