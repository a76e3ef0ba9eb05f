//! A loss of one weight as a curve: f with tangent line, parabola and the points that walk along it, and f′ below with the line by
//! which Newton's method looks for its zero.

mod basins;
mod sampled_curve;
mod slope;
mod step_parts;
mod value;

pub use basins::{BasinStretch, StretchEnd, shade_of_basin};
pub use slope::slope_chart;
pub use value::value_chart;

use super::ink::{Ink, MarkerShape};
use super::page_scale::PageScale;
use super::primitive::{Anchor, Pen, Primitive};
use super::{DrawnRun, OverlayContext};
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector};
use crate::run::Iterate;

/// What is drawn, and the part of the plane that shows it.
pub struct CurveChart {
    /// The lowest first.
    pub primitives: Vec<Primitive<'static>>,
    /// The ranges of x and of f or f′.
    pub view: ViewBox,
}

/// Beyond this height a chart has no room for its own size.
const HIGHEST: f64 = 1e300;
/// The most iterates of a run that are drawn.
const MOST: usize = 1500;
/// Iterates nearer to each other than this share of the width are one mark.
const SAME: f64 = 5e-4;

/// A chart under construction.
struct Sketch<'a> {
    context: &'a OverlayContext<'a>,
    view: ViewBox,
    scale: PageScale,
    out: Vec<Primitive<'static>>,
}

impl<'a> Sketch<'a> {
    /// `size` is that of the frame, in points.
    fn new(context: &'a OverlayContext<'a>, [low, high]: [f64; 2], size: [f64; 2]) -> Self {
        let [low, high] = [low, high].map(|end| end.clamp(-HIGHEST, HIGHEST));
        let view = ViewBox { x: context.view.x, y: [low, high] };
        Self { context, view, scale: PageScale::filling(view, size), out: Vec::new() }
    }

    /// A place some points to the right of another and above it.
    fn offset(&self, at: Point, right: f64, up: f64) -> Point {
        let unit = self.scale.way(1.0, 1.0);
        at + Vector::new(right * unit.x, up * unit.y)
    }

    /// Straight lines from place to place. Those that lead far out are cut at the edge, as no page holds their ends.
    fn lines(&mut self, places: &[Point], pen: Pen) {
        let mut piece: Vec<Point> = Vec::new();
        for (index, at) in places.iter().enumerate() {
            if self.is_near(*at) && piece.last().is_none_or(|last| self.is_near(*last)) {
                piece.push(*at);
                continue;
            }
            self.line(std::mem::take(&mut piece), pen);
            if let Some(cut) = index.checked_sub(1).and_then(|before| self.view.cut(places[before], *at)) {
                self.line(cut.to_vec(), pen);
            }
            if self.is_near(*at) {
                piece.push(*at);
            }
        }
        self.line(piece, pen);
    }

    fn line(&mut self, piece: Vec<Point>, pen: Pen) {
        let is_finite = piece.iter().all(|at| at.coords.iter().all(|number| number.is_finite()));
        if piece.len() > 1 && is_finite {
            self.out.push(Primitive::line(piece, pen));
        }
    }

    /// A mark, if it is anywhere near.
    fn mark(&mut self, at: Point, shape: MarkerShape, radius: f32, pen: Pen, filled: bool) {
        if self.is_near(at) {
            self.out.push(Primitive::mark(at, shape, radius, pen, filled));
        }
    }

    /// Whether a place lies within some sizes of the chart around it; false of what is not a number.
    fn is_near(&self, at: Point) -> bool {
        const SIZES: f64 = 4.0;
        let center = self.view.center();
        (at.x - center.x).abs() <= SIZES * self.view.width() && (at.y - center.y).abs() <= SIZES * self.view.height()
    }

    /// What the curve of these heights is: at the upper edge, in a corner or where the curve is away.
    fn title(&mut self, text: &str, curve: &dyn Fn(f64) -> f64) {
        /// How far the curve must be away on one side, as a share of the height.
        const AWAY: f64 = 0.14;
        /// Where that is evaluated to both sides, as shares of the width.
        const WIDE: [f64; 5] = [-0.03, -0.015, 0.0, 0.015, 0.03];
        let (width, height) = (self.view.width(), self.view.height());
        let top = self.view.y[1] - 0.07 * height;
        let place = |share: f64| {
            let anchor = if share > 0.9 { Anchor::Right } else { Anchor::Left };
            (Point::new(self.view.x[0] + share * width, top), anchor)
        };
        let is_free = |(at, _): &(Point, Anchor)| {
            let above = WIDE.map(|aside| curve(at.x + aside * width) - top);
            above.iter().all(|above| *above > AWAY * height) || above.iter().all(|above| *above < -AWAY * height)
        };
        let corners = [0.012, 0.988].map(place).to_vec();
        let along = corners.clone().into_iter().chain([0.1, 0.2, 0.35, 0.5, 0.65, 0.8].map(place));
        let places = along.filter(is_free).chain(corners).collect();
        self.out.push(Primitive::Name { places, text: text.to_owned(), ink: Ink::Truth, strong: true });
    }

    fn finish(self) -> CurveChart {
        CurveChart { primitives: self.out, view: self.view }
    }
}

/// Whether an x is to be seen.
fn is_seen(view: ViewBox, x: f64) -> bool {
    (view.x[0]..=view.x[1]).contains(&x)
}

/// The iterates of a run up to the playhead that are drawn, and those after it: one of those that coincide.
fn walked(path: &DrawnRun<'_>, playhead: usize, width: f64) -> [Vec<Point>; 2] {
    let iterates = path.run.iterates();
    let Some(last) = iterates.len().checked_sub(1) else { return [Vec::new(), Vec::new()] };
    let now = playhead.min(last);
    let mut past = thinned(&iterates[..=now], width);
    // The point itself, however near the one before lies.
    let here = Point::new(iterates[now].at.x, iterates[now].loss);
    if past.last() != Some(&here) {
        past.push(here);
    }
    [past, thinned(&iterates[now..], width)]
}

/// The places of iterates on the curve, without those too near to the one before.
fn thinned(iterates: &[Iterate], width: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for iterate in iterates {
        let at = Point::new(iterate.at.x, iterate.loss);
        let is_new = kept.last().is_none_or(|last| (last.x - at.x).abs() > SAME * width);
        if is_new && kept.len() < MOST {
            kept.push(at);
        }
    }
    kept
}
