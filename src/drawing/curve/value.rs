//! f over x: the curve, the tangent line and the parabola at the point, the step between them, and the runs on the curve.

use super::basins::{self, BasinStretch};
use super::sampled_curve::SampledCurve;
use super::{CurveChart, Sketch, is_seen, step_parts, walked};
use crate::analysis::{CriticalPoint, Kind, LocalModel, ModelOrder, ShownPlanes};
use crate::drawing::compose::{InsideStep, is_of_whole_step};
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::overlays::{
    ASSUMED_MODEL, CRITICAL, GAP, OTHER, OverlayId, PATHS, PREDICTIONS, REGION, STEP, TRIALS,
};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::{DrawnRun, OverlayContext};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::optimizers::Verdict;
use crate::run::StepAnalysis;

/// Padding below and above the curve, as shares of its range; the strip stands below it.
const FREE: [f64; 2] = [0.17, 0.1];
/// How far the mark of a critical point reaches from the curve, in points.
const MARK: f64 = 21.0;
/// Places along a parabola.
const PLACES: usize = 121;
/// A run of more iterates than this has dots for marks.
const MANY: usize = 400;

/// The chart of f, in a frame of `size` points; `sees` says which overlays are on, `inside` which part of the step is shown.
pub fn value_chart(
    context: &OverlayContext<'_>,
    size: [f64; 2],
    sees: &dyn Fn(OverlayId) -> bool,
    stretches: &[BasinStretch],
    inside: Option<InsideStep<'_>>,
) -> CurveChart {
    // From inside, the step is drawn piece by piece.
    let sees = &|id: OverlayId| sees(id) && (inside.is_none() || !is_of_whole_step(context, id));
    let curve = SampledCurve::of(context.landscape, context.view.x);
    let [low, high] = curve.value_range();
    let range = high - low;
    let [below, above] = free(size[1]);
    let mut sketch = Sketch::new(context, [low - (below + basins::HEIGHT) * range, high + above * range], size);
    let in_fog = context.step.queries.is_some();
    if in_fog {
        answers(&mut sketch);
    } else {
        for piece in curve.value_pieces([low, high]) {
            sketch.out.push(Primitive::line(piece, Pen::beneath(Ink::Truth).avoided()));
        }
        level_intervals(&mut sketch, sees);
    }
    if sees(REGION) && !in_fog {
        step_parts::intervals(&mut sketch);
    }
    models(&mut sketch, sees, step_parts::hides_quadratic(inside));
    if !in_fog {
        basins::strip(&mut sketch, stretches);
    }
    if sees(PATHS) {
        runs(&mut sketch, in_fog);
    }
    if sees(CRITICAL) && !in_fog {
        critical_points(&mut sketch);
    }
    if sees(PREDICTIONS) && !in_fog {
        step_parts::predictions(&mut sketch);
    }
    if sees(TRIALS) {
        step_parts::trials(&mut sketch);
    }
    step(&mut sketch, sees, in_fog);
    if let Some(inside) = inside {
        step_parts::inside(&mut sketch, inside);
    }
    start(&mut sketch);
    let loss = context.landscape.loss();
    sketch.title("f", &|x| if in_fog { f64::NAN } else { loss.value(Point::new(x, 0.0)) });
    sketch.finish()
}

/// The padding in a frame of this height, where the marks of critical points have room.
fn free(height: f64) -> [f64; 2] {
    let mark = MARK / height;
    // They take a share of the frame, which is higher than the curve by the padding itself.
    let needed = mark * (1.0 + basins::HEIGHT) / (1.0 - 2.0 * mark).max(0.4);
    FREE.map(|free| free.max(needed.min(0.5)))
}

/// Draws in fog the values that the method has asked for, as dots.
fn answers(sketch: &mut Sketch<'_>) {
    let Some(queries) = sketch.context.step.queries else { return };
    let known = queries.queries.iter().filter_map(|query| Some(Point::new(query.at.x, query.answer.value()?)));
    let dots: Vec<Point> = known.filter(|at| at.y.is_finite()).collect();
    let pen = Pen::new(Ink::Truth, 1.0);
    for at in dots {
        sketch.mark(at, MarkerShape::Circle, 3.0, pen, true);
    }
    let corner =
        Point::new(sketch.view.x[0] + 0.02 * sketch.view.width(), sketch.view.y[0] + 0.05 * sketch.view.height());
    sketch.out.push(Primitive::text(corner, "the loss is in fog", Ink::Muted, Anchor::Left));
}

/// Intervals on which the loss is level.
fn level_intervals(sketch: &mut Sketch<'_>, sees: &dyn Fn(OverlayId) -> bool) {
    if !sees(CRITICAL) {
        return;
    }
    for set in sketch.context.critical.sets.iter().filter(|set| set.polyline.len() == 2) {
        let on_curve = |at: &Point| Point::new(at.x, sketch.context.landscape.loss().value(*at));
        let line: Vec<Point> = set.polyline.iter().map(on_curve).collect();
        sketch.lines(&line, Pen::new(Ink::Truth, 5.0).pale(0.45));
    }
}

/// The step in focus, where its local models are those of the point.
fn shown_step<'a>(sketch: &Sketch<'a>) -> Option<&'a StepAnalysis> {
    let step = &sketch.context.step;
    step.analysis.filter(|analysis| step.queries.is_none_or(|queries| queries.knows_slope(analysis.iterate.at)))
}

/// The tangent line and the parabola at the point: the one that the method believes in stronger.
fn models(sketch: &mut Sketch<'_>, sees: &dyn Fn(OverlayId) -> bool, hides_quadratic: bool) {
    let Some(analysis) = shown_step(sketch) else { return };
    let kink = sketch.context.step.kink;
    let is_smooth = kink.is_none_or(|(kink, shown)| shown == ShownPlanes::Used && !kink.planes().is_empty());
    if let Some((kink, _)) = kink.filter(|_| !is_smooth) {
        return one_sided(sketch, analysis, kink.planes().iter().map(|piece| piece.gradient.x).collect());
    }
    let knows_curvature =
        !hides_quadratic && (sketch.context.step.queries.is_none() || analysis.order == ModelOrder::Quadratic);
    for order in [analysis.order.other(), analysis.order] {
        let is_on =
            sees(if order == analysis.order { ASSUMED_MODEL } else { OTHER }) || sketch.context.step.queries.is_none();
        if !is_on || order == ModelOrder::Quadratic && !knows_curvature {
            continue;
        }
        match order {
            ModelOrder::Linear => {
                let width = if order == analysis.order { 2.4 } else { 1.6 };
                line(sketch, &analysis.model, Pen::new(Ink::Plane, width));
            }
            // On a quadratic the two are one curve.
            ModelOrder::Quadratic => parabola(sketch, &analysis.assumed, Pen::on_top(Ink::Quadratic)),
        }
    }
    name_models(sketch, analysis, knows_curvature);
}

/// At a kink the lines that meet there, each on its side.
fn one_sided(sketch: &mut Sketch<'_>, analysis: &StepAnalysis, slopes: Vec<f64>) {
    let (x, value) = (analysis.model.at.x, analysis.model.value);
    let length = 0.2 * sketch.view.width();
    for slope in slopes {
        let ends = [-length, length].map(|by| Point::new(x + by, value + slope * by));
        sketch.lines(&ends, Pen::new(Ink::Plane, 1.6));
    }
}

fn line(sketch: &mut Sketch<'_>, model: &LocalModel, pen: Pen) {
    let ends = sketch.view.x.map(|x| Point::new(x, height(model, ModelOrder::Linear, x)));
    sketch.lines(&ends, pen);
}

fn parabola(sketch: &mut Sketch<'_>, model: &LocalModel, pen: Pen) {
    let view = sketch.view;
    let place = |index: usize| view.x[0] + view.width() * index as f64 / (PLACES - 1) as f64;
    let on_model = |x: f64| Point::new(x, height(model, ModelOrder::Quadratic, x));
    let places: Vec<Point> = (0..PLACES).map(place).map(on_model).filter(|at| at.y.is_finite()).collect();
    sketch.lines(&places, pen);
}

/// A local model over x, at the y of its point.
fn height(model: &LocalModel, order: ModelOrder, x: f64) -> f64 {
    model.local_model_at(order, Point::new(x, model.at.y))
}

/// Places in the view at which a local model is away from the one of the other order.
fn name_places(view: ViewBox, model: &LocalModel, order: ModelOrder) -> Vec<(Point, Anchor)> {
    let inside = |y: f64| (view.y[0] + 0.1 * view.height()..view.y[1] - 0.06 * view.height()).contains(&y);
    let over = |share: f64| {
        let x = view.x[0] + share * view.width();
        (Point::new(x, height(model, order, x)), height(model, order.other(), x))
    };
    let is_apart = |(at, other): &(Point, f64)| inside(at.y) && (at.y - other).abs() > 0.08 * view.height();
    let apart = [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4].into_iter().map(over).filter(is_apart);
    apart.flat_map(|(at, _)| [(at, Anchor::Left), (at, Anchor::Right)]).collect()
}

fn name_models(sketch: &mut Sketch<'_>, analysis: &StepAnalysis, knows_curvature: bool) {
    let view = sketch.view;
    let mut name = |text: &str, ink: Ink, places: Vec<(Point, Anchor)>| {
        if !places.is_empty() {
            sketch.out.push(Primitive::Name { places, text: text.to_owned(), ink, strong: false });
        }
    };
    name("tangent line", Ink::Plane, name_places(view, &analysis.model, ModelOrder::Linear));
    if knows_curvature {
        let text = if analysis.own_matrix_name.is_some() { "its own quadratic" } else { "quadratic" };
        name(text, Ink::Quadratic, name_places(view, &analysis.assumed, ModelOrder::Quadratic));
    }
}

/// Every run on the curve: what is past with lines from point to point, what is to come pale.
fn runs(sketch: &mut Sketch<'_>, in_fog: bool) {
    let context = sketch.context;
    let paths = context.runs.paths.iter().filter(|path| !in_fog || path.selected);
    for path in paths {
        let [past, future] = walked(path, path.now, sketch.view.width());
        let (ink, shape) = path.style;
        let strength = if path.ghost { 0.35 } else { 1.0 };
        let radius = radius(path);
        if !in_fog {
            let pen = Pen::new(ink, 1.0).dashed(Dash::Dashed).pale(0.4 * strength);
            marks(sketch, future, shape, radius * 0.75, pen);
        }
        let here = past.last().copied();
        marks(sketch, past, shape, radius, Pen::new(ink, 1.2).pale(0.8 * strength));
        if let Some(here) = here {
            at_point(sketch, path, here, strength);
        }
    }
}

/// How large the marks of a run are, in points.
fn radius(path: &DrawnRun<'_>) -> f32 {
    match path.run.iterates().len() {
        MANY.. => 1.8,
        _ if path.selected => 3.6,
        _ => 3.0,
    }
}

fn marks(sketch: &mut Sketch<'_>, places: Vec<Point>, shape: MarkerShape, radius: f32, pen: Pen) {
    sketch.lines(&places, pen);
    for at in places {
        sketch.mark(at, shape, radius, pen.dashed(Dash::Solid), true);
    }
}

/// Where a run stands, and at the edge the way to it where it has left.
fn at_point(sketch: &mut Sketch<'_>, path: &DrawnRun<'_>, here: Point, strength: f32) {
    let pen = Pen::new(path.style.0, 2.4).pale(strength).with_halo(1.5);
    let view = sketch.view;
    if is_seen(view, here.x) && here.y <= view.y[1] {
        let size = if path.selected { 6.5 } else { 4.5 };
        return sketch.mark(here, path.style.1, size, pen, false);
    }
    let x = here.x.clamp(view.x[0], view.x[1]);
    let edge = Point::new(x, here.y.clamp(view.y[0] + 0.12 * view.height(), view.y[1] - 0.12 * view.height()));
    let [right, up] = [(here.x - x).signum() * f64::from(u8::from(here.x != x)), f64::from(u8::from(here.x == x))];
    let [tip, foot] = [6.0, 22.0].map(|away| sketch.offset(edge, -away * right, -away * up));
    sketch.out.push(Primitive::Arrow { from: foot, to: tip, pen });
    let anchor = if right > 0.0 { Anchor::Right } else { Anchor::Left };
    sketch.out.push(Primitive::text(foot, format!("{} has left", path.name), path.style.0, anchor));
}

/// ▽ minima, △ maxima and ◇ points of inflection, on the curve.
fn critical_points(sketch: &mut Sketch<'_>) {
    let (critical, view) = (&sketch.context.critical, sketch.view);
    for point in critical.points.iter().filter(|point| is_seen(view, point.at.x)) {
        let at = Point::new(point.at.x, point.value);
        if critical.highlighted == Some(point.at) {
            let pen = Pen::new(Ink::Accent, 2.5);
            sketch.mark(at, MarkerShape::Circle, 13.0, pen, false);
        }
        if sketch.is_near(at) {
            let mark = critical_mark(sketch, point, at);
            sketch.out.push(mark);
            shade_of_basin(sketch, point, at);
        }
    }
}

/// The shade that a minimum's basin has in the strip, within its mark.
fn shade_of_basin(sketch: &mut Sketch<'_>, point: &CriticalPoint, at: Point) {
    if point.kind != Kind::Minimum {
        return;
    }
    let points = sketch.context.critical.points;
    let place = points.iter().filter(|other| other.at.x < point.at.x).count();
    let corners = triangle(sketch, at, -1.0);
    sketch.out.push(Primitive::Area { corners: corners[..3].to_vec(), ink: basins::ink(place), opacity: 1.0 });
}

/// A triangle beside the curve, which would run through it: above it with its tip up, or below it with its tip down.
fn triangle(sketch: &Sketch<'_>, at: Point, up: f64) -> Vec<Point> {
    let middle = sketch.offset(at, 0.0, 12.0 * up);
    let corner = |x: f64, y: f64| sketch.offset(middle, x * 6.0, up * y * 6.0);
    vec![corner(-0.87, -0.5), corner(0.87, -0.5), corner(0.0, 1.0), corner(-0.87, -0.5)]
}

fn critical_mark(sketch: &Sketch<'_>, point: &CriticalPoint, at: Point) -> Primitive<'static> {
    let pen = Pen::new(Ink::Truth, 2.0).with_halo(1.5).kept_clear();
    match point.kind {
        Kind::Minimum => Primitive::line(triangle(sketch, at, -1.0), pen),
        Kind::Maximum => Primitive::line(triangle(sketch, at, 1.0), pen),
        Kind::Saddle | Kind::Degenerate => Primitive::mark(at, MarkerShape::Diamond, 6.0, pen, false),
    }
}

/// The step: where the method's model expects to land, where the loss lets it land, and the gap between.
fn step(sketch: &mut Sketch<'_>, sees: &dyn Fn(OverlayId) -> bool, in_fog: bool) {
    let Some(analysis) = shown_step(sketch) else { return };
    let Some((proposed, change)) = analysis.proposed().zip(analysis.change) else { return };
    if proposed.x == 0.0 || !sees(STEP) {
        return;
    }
    let x = analysis.model.at.x + proposed.x;
    let predicted = Point::new(x, analysis.model.value + change.prediction(analysis.order));
    let ink = Ink::of_model(analysis.order);
    sketch.mark(predicted, MarkerShape::Circle, 4.5, Pen::new(ink, 1.5).with_halo(1.0), true);
    let landing = Point::new(x, analysis.model.value + change.actual);
    if in_fog || !landing.y.is_finite() {
        return;
    }
    if sees(GAP) && predicted.y.is_finite() {
        sketch.lines(&[predicted, landing], Pen::new(Ink::Gap, 3.0).kept_clear());
    }
    let is_refused = analysis.replayed.step.as_ref().is_ok_and(|step| step.verdict == Verdict::Rejected);
    let pen = if is_refused { Pen::new(Ink::Gap, 2.0) } else { Pen::new(Ink::Truth, 2.2) };
    sketch.mark(landing, MarkerShape::Circle, 5.5, pen.with_halo(1.0), false);
}

/// Where the selected run begins, which can be dragged.
fn start(sketch: &mut Sketch<'_>) {
    let context = sketch.context;
    let Some(start) = context.selected().and_then(|path| path.run.iterates().first()) else { return };
    let at = Point::new(start.at.x, start.loss);
    sketch.mark(at, MarkerShape::Circle, 5.5, Pen::new(Ink::Truth, 2.0).with_halo(2.0), false);
    if context.runs.playhead == 0 && sketch.view.contains(at) {
        let right = at.x < sketch.view.center().x;
        let (shift, anchor) = if right { (11.0, Anchor::Left) } else { (-11.0, Anchor::Right) };
        let place = sketch.offset(at, shift, 10.0);
        let words = if context.runs.draggable { "start: drag me" } else { "start" };
        sketch.out.push(Primitive::text(place, words, Ink::Truth, anchor));
    }
}
