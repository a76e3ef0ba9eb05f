//! f′ over x: where it is zero f is level, and Newton's step goes to where its tangent is zero.

use super::sampled_curve::SampledCurve;
use super::{CurveChart, Sketch, is_seen};
use crate::drawing::OverlayContext;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::overlays::{CRITICAL, OverlayId, PATHS, STEP};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::Evaluation;
use crate::numbers::Point;

/// Padding above and below the curve, as a share of its range.
const FREE: f64 = 0.12;

/// The chart of f′, in a frame of `size` points; `sees` says which overlays are on.
pub fn slope_chart(context: &OverlayContext<'_>, size: [f64; 2], sees: &dyn Fn(OverlayId) -> bool) -> CurveChart {
    let curve = SampledCurve::of(context.landscape, context.view.x);
    let [low, high] = curve.slope_range();
    let range = high - low;
    let mut sketch = Sketch::new(context, [low - FREE * range, high + FREE * range], size);
    let zero = sketch.view.x.map(|x| Point::new(x, 0.0));
    sketch.out.push(Primitive::line(zero.to_vec(), Pen::new(Ink::Outline, 1.0)));
    let in_fog = context.step.queries.is_some();
    if in_fog {
        answers(&mut sketch);
    } else {
        for piece in curve.slope_pieces([low, high]) {
            sketch.out.push(Primitive::line(piece, Pen::new(Ink::Truth, 2.2)));
        }
        if sees(CRITICAL) {
            zeros(&mut sketch);
        }
    }
    newton(&mut sketch, in_fog);
    if sees(PATHS) {
        points(&mut sketch, in_fog);
    }
    if sees(STEP) {
        step(&mut sketch);
    }
    let loss = context.landscape.loss();
    sketch.title("f′", &|x| if in_fog { f64::NAN } else { loss.first_order(Point::new(x, 0.0)).gradient.x });
    sketch.finish()
}

/// Draws in fog the slopes that the method has asked for.
fn answers(sketch: &mut Sketch<'_>) {
    let Some(queries) = sketch.context.step.queries else { return };
    let known = queries.queries.iter().filter_map(|query| match query.answer {
        Evaluation::Gradient(_, gradient) => Some(Point::new(query.at.x, gradient.x)),
        _ => None,
    });
    let pen = Pen::new(Ink::Truth, 1.0);
    let dots: Vec<Point> = known.filter(|at| at.y.is_finite()).collect();
    for at in dots {
        sketch.mark(at, MarkerShape::Circle, 3.0, pen, true);
    }
}

/// Where f′ is zero.
fn zeros(sketch: &mut Sketch<'_>) {
    // At a kink f′ jumps over zero.
    let points = sketch.context.critical.points.iter().filter(|point| point.eigenvalues.is_some());
    let points = points.filter(|point| is_seen(sketch.view, point.at.x));
    let zeros: Vec<Point> = points.map(|point| Point::new(point.at.x, 0.0)).collect();
    let pen = Pen::new(Ink::Truth, 1.6);
    for at in zeros {
        sketch.mark(at, MarkerShape::Circle, 3.2, pen, false);
    }
}

/// The tangent of f′ at the point, and where it is zero: x − f′/f″.
fn newton(sketch: &mut Sketch<'_>, in_fog: bool) {
    let context = sketch.context;
    let Some(analysis) = context.step.analysis.filter(|_| context.step.has_curvature()) else { return };
    let knows = |asks: bool| !in_fog || asks;
    let asks = context.selected().is_some_and(|path| path.run.recipe().optimizer.entry.second_order());
    let (model, Some(curvature)) = (analysis.model, analysis.curvature) else { return };
    if !knows(asks) {
        return;
    }
    let tangent = |x: f64| model.gradient.x + model.hessian.xx * (x - model.at.x);
    let ends = sketch.view.x.map(|x| Point::new(x, tangent(x)));
    sketch.lines(&ends, Pen::on_top(Ink::Quadratic));
    if let Some(step) = curvature.newton_step {
        mark_zero(sketch, Point::new(model.at.x + step.x, 0.0));
    }
}

/// Where the tangent of f′ is zero, if that is seen: there Newton's step leads.
fn mark_zero(sketch: &mut Sketch<'_>, zero: Point) {
    if !is_seen(sketch.view, zero.x) {
        return;
    }
    sketch.mark(zero, MarkerShape::Circle, 4.5, Pen::new(Ink::Quadratic, 1.5).with_halo(1.0), true);
    let places =
        [(14.0, Anchor::Bottom), (-14.0, Anchor::Top)].map(|(up, anchor)| (sketch.offset(zero, 0.0, up), anchor));
    let text = "Newton: x − f′/f″".to_owned();
    sketch.out.push(Primitive::Name { places: places.to_vec(), text, ink: Ink::Quadratic, strong: false });
}

/// Every run where it stands; the selected one with a line from the axis.
fn points(sketch: &mut Sketch<'_>, in_fog: bool) {
    let context = sketch.context;
    for path in context.runs.paths.iter().filter(|path| !in_fog || path.selected) {
        let iterates = path.run.iterates();
        let Some(here) = iterates.get(path.now.min(iterates.len().saturating_sub(1))) else { continue };
        let at = Point::new(here.at.x, here.gradient.x);
        if !is_seen(sketch.view, at.x) {
            continue;
        }
        if path.selected {
            let foot = Point::new(at.x, 0.0);
            sketch.lines(&[foot, at], Pen::new(Ink::Plane, 2.4));
        }
        let (size, strength) = (if path.selected { 6.0 } else { 4.0 }, if path.ghost { 0.35 } else { 1.0 });
        let pen = Pen::new(path.style.0, 2.4).pale(strength).with_halo(1.5);
        sketch.mark(at, path.style.1, size, pen, false);
    }
}

/// The step along the axis.
fn step(sketch: &mut Sketch<'_>) {
    let Some(analysis) = sketch.context.step.analysis else { return };
    let Some(proposed) = analysis.proposed().filter(|step| step.x != 0.0 && step.x.is_finite()) else { return };
    if !is_seen(sketch.view, analysis.model.at.x) {
        return;
    }
    let from = Point::new(analysis.model.at.x, 0.0);
    // As far as the edge, where it leads further.
    let width = sketch.view.width();
    let to = Point::new((from.x + proposed.x).clamp(sketch.view.x[0] - width, sketch.view.x[1] + width), 0.0);
    sketch.out.push(Primitive::Arrow { from, to, pen: Pen::new(Ink::Truth, 2.2).with_halo(1.0) });
}
