//! Where the gradient vanishes, each kind with its mark: ▽ minimum, × saddle, △ maximum; lines of them as curves.

use super::{ANY, Overlay, OverlayGroup, OverlayId, dead};
use crate::analysis::{CriticalPoint, Kind};
use crate::drawing::Pane;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::{DrawnRun, OverlayContext};
use crate::landscapes::CriticalSet;
use crate::numbers::{Point, tolerance};

/// The critical points.
pub const CRITICAL: OverlayId = OverlayId::new("critical");

pub(super) const OVERLAY: Overlay = Overlay {
    id: CRITICAL,
    label: "Critical points",
    help: "Points where the gradient is zero: ▽ minimum, × saddle, △ maximum, ◇ degenerate; lines of critical points are drawn as lines, level areas are outlined, and the dead region of a ReLU is hatched.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::Critical),
    tabs: &[],
    z_order: 80,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(dead::drape),
    raise: None,
    is_known: false,
};

/// More marks in view than this would hide the loss and the runs: then only the minima are drawn, small and pale.
const MANY: usize = 60;
/// More than this, and the minima are dots.
const VERY_MANY: usize = 300;

/// How critical points are drawn by how many of them are in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CriticalDetail {
    /// Each with the mark of its kind.
    Marks,
    /// The minima alone, small and pale.
    Minima,
    /// The minima alone, as dots.
    Dots,
}

/// How this many critical points in view are drawn.
pub fn critical_detail(visible: usize) -> CriticalDetail {
    match visible {
        0..=MANY => CriticalDetail::Marks,
        visible if visible <= VERY_MANY => CriticalDetail::Minima,
        _ => CriticalDetail::Dots,
    }
}

/// The mark of each kind, as the legend line has it.
const SIGNS: [(Kind, &str); 4] = [
    (Kind::Minimum, "▽ minimum"),
    (Kind::Saddle, "× saddle"),
    (Kind::Maximum, "△ maximum"),
    (Kind::Degenerate, "◇ degenerate"),
];

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    dead::draw(context, out);
    for set in context.critical.sets {
        let (pen, swatch) = stroke(set.kind);
        for line in std::iter::once(&set.polyline).chain(&set.gaps).filter(|line| !line.is_empty()) {
            out.push(Primitive::line(line.clone(), pen));
        }
        if set.label.is_none() && !set.polyline.is_empty() {
            let words = match set.kind {
                CriticalSet::FLAT => "level area".to_owned(),
                kind => format!("line of {}", plural(kind)),
            };
            out.push(Label::new(words, Ink::Truth, swatch).into());
        }
        if let Some((at, words)) = set.label {
            let label = Label::new(words, Ink::Truth, swatch);
            out.push(label.at(label_place(context, set, at), Anchor::Center).into());
        }
    }
    let plain = Plain::of(context.critical.points);
    let is_drawn = |point: &&CriticalPoint| is_visible(context, point.at) && !plain.has(point);
    let visible: Vec<&CriticalPoint> = context.critical.points.iter().filter(is_drawn).collect();
    let detail = critical_detail(visible.len());
    let few = detail == CriticalDetail::Marks;
    for point in visible.iter().filter(|point| few || point.kind == Kind::Minimum) {
        match detail {
            CriticalDetail::Marks => {
                draw_point(context, point, 1.0, Pen::new(Ink::Truth, 2.0).with_halo(1.5).kept_clear(), out);
            }
            CriticalDetail::Minima => {
                draw_point(context, point, 0.5, Pen::new(Ink::Truth, 1.2).pale(0.5).kept_clear(), out);
            }
            CriticalDetail::Dots => {
                let pen = Pen::new(Ink::Truth, 0.0).pale(0.5).kept_clear();
                out.push(Primitive::mark(point.at, MarkerShape::Circle, 1.2, pen, true));
            }
        }
    }
    let drawn = |kind: Kind| visible.iter().any(|point| point.kind == kind && (few || kind == Kind::Minimum));
    for (_, words) in SIGNS.into_iter().filter(|(kind, _)| drawn(*kind)) {
        let words = if detail == CriticalDetail::Dots { "· minimum" } else { words };
        out.push(Label::new(words, Ink::Truth, Swatch::None).ranked(Rank::Sign).into());
    }
    // The chosen one stands out among however many.
    if let Some(point) = context.critical.points.iter().find(|point| context.critical.highlighted == Some(point.at)) {
        out.push(Primitive::mark(point.at, MarkerShape::Circle, 13.0, Pen::new(Ink::Accent, 2.5), false));
        draw_point(context, point, 1.0, Pen::new(Ink::Truth, 2.0).with_halo(1.5).kept_clear(), out);
    }
}

/// How a line of a kind is drawn, and its swatch: maxima are hollow, as their mark is, so that both kinds can be distinguished.
fn stroke(kind: &str) -> (Pen, Swatch) {
    if kind == Kind::Maximum.word() {
        return (Pen::new(Ink::Truth, 5.0).hollow(), Swatch::DoubleLine);
    }
    (Pen::new(Ink::Truth, 2.0).with_halo(1.0), Swatch::Line(Dash::Solid))
}

/// Several of a kind of critical point.
fn plural(kind: &str) -> &'static str {
    match kind {
        "minimum" => "minima",
        "saddle" => "saddles",
        "maximum" => "maxima",
        _ => "critical points",
    }
}

/// On the part of a line that is seen, away from its ends and from the runs; of an area its own place.
fn label_place(context: &OverlayContext<'_>, set: &CriticalSet, at: Point) -> Point {
    let seen = set.polyline_in(&context.view);
    let [Some(first), Some(last)] = [seen.first(), seen.last()] else { return at };
    let ends = |path: &DrawnRun<'_>| {
        let iterates = path.run.iterates();
        [iterates.first(), iterates.last()].map(|iterate| iterate.map(|iterate| iterate.at))
    };
    let iterate = context.step.analysis.map(|analysis| analysis.iterate.at);
    let landing = context.step.analysis.and_then(|analysis| Some(analysis.iterate.at + analysis.proposed()?));
    let runs = context.runs.paths.iter().flat_map(ends).flatten();
    let taken: Vec<Point> = runs.chain(iterate).chain(landing).collect();
    let room = |at: Point| taken.iter().map(|taken| context.scale.distance(*taken, at)).fold(f64::INFINITY, f64::min);
    let places = [0.5, 0.35, 0.65, 0.2, 0.8].map(|share| match seen.len() {
        2 => first + (last - first) * share,
        count => seen[(count as f64 * share) as usize],
    });
    places.into_iter().max_by(|a, b| room(*a).total_cmp(&room(*b))).unwrap_or(at)
}

/// Whether a mark, or a part of it, lies in view.
fn is_visible(context: &OverlayContext<'_>, at: Point) -> bool {
    let margin = 0.02 * context.scale.size(context.view);
    context.scale.inset(context.view, -margin, -margin).contains(at)
}

/// Loss so flat that its ripples cannot be seen: far from Easom's well they are 10⁻⁹ of its depth and less.
struct Plain {
    /// Its loss.
    value: f64,
    /// The losses and the curvatures that are taken for nothing.
    nothing: [f64; 2],
}

impl Plain {
    /// The relative size below which a value is treated as zero.
    const NOTHING: f64 = tolerance::UNSEEN;

    /// Where most points lie if there is a plain: at the median of their losses.
    fn of(points: &[CriticalPoint]) -> Self {
        let mut values: Vec<f64> = points.iter().map(|point| point.value).collect();
        values.sort_by(f64::total_cmp);
        let range = values.last().zip(values.first()).map_or(0.0, |(high, low)| high - low);
        let sharpest = points.iter().map(curvature).fold(0.0, f64::max);
        let value = values.get(values.len() / 2).copied().unwrap_or(0.0);
        Self { value, nothing: [Self::NOTHING * range, Self::NOTHING * sharpest] }
    }

    fn has(&self, point: &CriticalPoint) -> bool {
        // A degenerate point is flat among slopes that are not: it is seen.
        let ripple = point.kind != Kind::Degenerate && point.eigenvalues.is_some();
        ripple && (point.value - self.value).abs() < self.nothing[0] && curvature(point) < self.nothing[1]
    }
}

/// The larger |λ|; 0 on a kink.
fn curvature(point: &CriticalPoint) -> f64 {
    point.eigenvalues.map_or(0.0, |[low, high]| low.abs().max(high.abs()))
}

/// `share` is 1 for the full size.
fn draw_point(context: &OverlayContext<'_>, point: &CriticalPoint, share: f64, pen: Pen, out: &mut Vec<Primitive<'_>>) {
    let at = point.at;
    let triangle = |up: f64| {
        let size = 6.0 * share;
        let corner = |x: f64, y: f64| context.offset(at, x * size, up * y * size);
        vec![corner(-0.87, -0.5), corner(0.87, -0.5), corner(0.0, 1.0), corner(-0.87, -0.5)]
    };
    let mark = |shape, radius: f32| Primitive::mark(at, shape, radius * share as f32, pen, false);
    out.push(match point.kind {
        Kind::Minimum => Primitive::line(triangle(-1.0), pen),
        Kind::Maximum => Primitive::line(triangle(1.0), pen),
        Kind::Saddle => mark(MarkerShape::Cross, 5.0),
        Kind::Degenerate => mark(MarkerShape::Diamond, 6.0),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(value: f64, eigenvalues: [f64; 2], kind: Kind) -> CriticalPoint {
        CriticalPoint { at: Point::origin(), value, kind, eigenvalues: Some(eigenvalues), index: None }
    }

    #[test]
    fn ripples_of_a_plain_are_not_told_from_it_but_flat_minima_are() {
        let well = at(-1.0, [3.0, 3.0], Kind::Minimum);
        let ripples = [1e-20, -1e-30, 0.0].map(|value| at(value, [1e-20, 1e-18], Kind::Minimum));
        let flat = at(0.0, [0.0, 0.0], Kind::Degenerate);
        let slope = at(-1e-3, [-0.2, 0.1], Kind::Saddle);
        let points = [&[well, flat, slope][..], &ripples].concat();
        let plain = Plain::of(&points);
        assert!(ripples.iter().all(|point| plain.has(point)), "ripples");
        assert!(![well, flat, slope].iter().any(|point| plain.has(point)), "all else is drawn");
        assert!(!Plain::of(&ripples[..1]).has(&ripples[0]), "a single point is all there is");
    }
}
