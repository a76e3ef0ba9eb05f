//! The slice: loss, tangent line and quadratic model along the step, as a picture whose x axis is s, the share of the step.

use super::ink::{Dash, Ink, MarkerShape};
use super::network_models::{CurvatureKind, NetworkModel};
use super::primitive::{Anchor, Pen, Primitive};
use crate::analysis::{Bridge, LocalModel, ModelOrder};
use crate::landscapes::{Evaluation, Landscape, Query, ViewBox};
use crate::numbers::numerals::change;
use crate::numbers::{Point, Vector, extremes, tolerance};
use crate::optimizers::Verdict;
use crate::run::{QueryLog, StepAnalysis};

/// Samples of each curve.
const SAMPLES: usize = 161;
/// Differences of the loss below this share of it are lost in rounding.
const RESOLUTION: f64 = tolerance::LOST;
/// The least height of what is shown where the step is negligible, as a share of the decrease of the run.
const LITTLE: f64 = 1e-6;
/// The shown range of s: a little before the iterate, and half a step beyond the landing.
const RANGE: [f64; 2] = [-0.35, 1.55];

/// The slice of a step: what is drawn, and the part of the (s, loss) plane that shows it.
pub struct Slice {
    /// The curves, marks and words.
    pub primitives: Vec<Primitive<'static>>,
    /// s and loss ranges.
    pub view: ViewBox,
    /// Where the landing is, in (s, loss); the predicted one where the loss has no value.
    pub landing: Point,
}

/// The parts of a slice that may be shown.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The gap between prediction and result.
    pub gap: bool,
    /// The tangent line and the quadratic: not where the loss has no tangent plane.
    pub local_models: bool,
    /// In fog what the method has asked, and nothing else.
    pub queries: Option<&'a QueryLog>,
    /// The other paraboloids of a network, if they are shown.
    pub network: &'a [NetworkModel],
    /// The curve from −∇f to Newton's step, if it is shown.
    pub bridge: Option<&'a Bridge>,
}

impl Sight<'_> {
    /// Whether the gradient, or with it the Hessian, is known at a point.
    fn knows(&self, order: ModelOrder, at: Point) -> bool {
        let Some(queries) = self.queries else { return true };
        let here = |query: &&Query| query.at == at;
        let tells = |answer: &Evaluation| match order {
            ModelOrder::Linear => matches!(answer, Evaluation::Gradient(..)),
            ModelOrder::Quadratic => matches!(answer, Evaluation::Hessian(_)),
        };
        queries.queries.iter().filter(here).any(|query| tells(&query.answer))
    }
}

/// The slice along the proposed step, whose landing is drawn at `s = landing_share`; `None` where there is no step.
///
/// There is none either where the prediction overflows. The share is 1 unless the landing is being dragged: then s stays in units of the step as it was when the drag began.
pub fn slice(landscape: &Landscape, analysis: &StepAnalysis, sight: Sight<'_>, landing_share: f64) -> Option<Slice> {
    let proposed =
        analysis.proposed().filter(|step| step.norm() > 0.0 && step.iter().all(|component| component.is_finite()))?;
    let change = analysis.change.filter(|change| change.prediction(analysis.order).is_finite())?;
    let step = proposed / landing_share;
    let along = |height: &dyn Fn(f64) -> f64| -> Vec<Point> {
        let share = |index: usize| RANGE[0] + (RANGE[1] - RANGE[0]) * index as f64 / (SAMPLES - 1) as f64;
        (0..SAMPLES).map(|index| Point::new(share(index), height(share(index)))).collect()
    };
    let model = analysis.model;
    let truth = along(&|s| landscape.loss().value(model.at + step * s));
    let line = along(&|s| model.value + model.linear(step * s));
    let quadratic_curve = along(&|s| model.value + analysis.assumed.quadratic(step * s));
    // In fog the result is not known before the user has asked for it.
    let is_known = sight.queries.is_none_or(|queries| queries.value(model.at + step * landing_share).is_some());
    let lands = change.actual.is_finite() && is_known;
    let predicted = Point::new(landing_share, model.value + change.prediction(analysis.order));
    let landing = if lands { Point::new(landing_share, model.value + change.actual) } else { predicted };
    // At the end of a run everything is as small as its rounding: a line without figures of that size.
    let is_little = |change: f64| change == 0.0 || analysis.is_lost(change) || analysis.is_negligible(change);
    let nothing_left = is_little(change.actual) && is_little(change.prediction(analysis.order));
    let least = if nothing_left { LITTLE * analysis.decrease.abs() } else { 0.0 };
    let view = view(&truth, &[model.value, landing.y, predicted.y], least);
    let [plane, hessian] =
        [ModelOrder::Linear, ModelOrder::Quadratic].map(|order| sight.local_models && sight.knows(order, model.at));
    // A matrix of its own the method has without asking.
    let quadratic = if analysis.own_matrix_name.is_some() { plane } else { hessian };
    let mut primitives = Vec::new();
    if plane {
        primitives.push(Primitive::line(line, Pen::new(Ink::Plane, 2.2)));
    }
    match sight.queries {
        // In pieces: where there is no value there is no line.
        None => primitives.extend(
            truth
                .split(|point| !point.y.is_finite())
                .filter(|piece| piece.len() > 1)
                .map(|piece| Primitive::line(piece.to_vec(), Pen::beneath(Ink::Truth).avoided())),
        ),
        Some(queries) => evaluations(queries, &model, step, view, &mut primitives),
    }
    if analysis.own_matrix_name.is_some() && hessian && sight.queries.is_none() {
        // The loss's own quadratic beside the method's.
        let quadratic_curve = along(&|s| model.value + model.quadratic(step * s));
        primitives.push(Primitive::line(quadratic_curve, Pen::new(Ink::Quadratic, 1.0).pale(0.7)));
    }
    if quadratic {
        // On a quadratic the two are one curve.
        primitives.push(Primitive::line(quadratic_curve, Pen::on_top(Ink::Quadratic)));
    }
    if quadratic {
        network_quadratics(sight.network, step, view, &mut primitives);
    }
    if let Some(bridge) = sight.bridge {
        lowest_at_distance(bridge, step, view, &mut primitives);
        if sight.queries.is_none() {
            name_loss(&truth, view, &mut primitives);
        }
    }
    if !lands && sight.queries.is_none() {
        end_of_loss(&truth, &mut primitives);
    }
    let gap = landing.y - predicted.y;
    let is_nothing = analysis.is_lost(gap) || analysis.is_negligible(gap);
    if analysis.order == ModelOrder::Linear && quadratic && !is_nothing {
        let truth = |s: f64| sight.queries.is_none().then(|| landscape.loss().value(model.at + step * s));
        half_and_wholly_wrong(&model, step, &truth, view, &mut primitives);
    }
    name_curves(analysis, step, view, [plane, quadratic], &mut primitives);
    // The gap is what the slice is about: its words choose their place first.
    if sight.gap && lands && !is_nothing {
        gap_bracket(landing, predicted, view, &mut primitives);
    }
    marks(analysis, lands.then_some(landing), predicted, &mut primitives);
    if nothing_left {
        let at = Point::new(view.center().x, view.y[0] + 0.8 * view.height());
        primitives.push(Primitive::text(at, "nothing left to see", Ink::Muted, Anchor::Center));
    }
    Some(Slice { primitives, view, landing })
}

/// The curves of a network's other local models, each with its name; of those that are not drawn why, in the corner.
fn network_quadratics(local_models: &[NetworkModel], step: Vector, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let inside = |y: f64| (view.y[0] + 0.06 * view.height()..view.y[1] - 0.06 * view.height()).contains(&y);
    let mut row = 0.0;
    for NetworkModel { whose, model, words } in local_models {
        let named = model.and_then(|model| {
            let height = |s: f64| model.value + model.quadratic(step * s);
            let share = |index: usize| RANGE[0] + (RANGE[1] - RANGE[0]) * index as f64 / (SAMPLES - 1) as f64;
            let places = (0..SAMPLES).map(share).map(|s| Point::new(s, height(s))).collect();
            out.push(Primitive::line(places, Pen::new(whose.ink(), 2.0).dashed(whose.dash())));
            let places = match whose {
                CurvatureKind::GaussNewton => [1.45, 1.25, 1.05, 0.85, -0.2],
                CurvatureKind::Fisher => [1.2, 1.0, 0.8, 0.6, -0.1],
            };
            let places = places.into_iter().filter(|s| inside(height(*s))).map(|s| Point::new(s, height(s)));
            let places: Vec<(Point, Anchor)> = places.map(|at| (at, Anchor::Right)).collect();
            (!places.is_empty()).then_some(places)
        });
        let corner = Point::new(RANGE[1] - 0.02, view.y[1] - (0.07 + 0.13 * row) * view.height());
        row += if named.is_none() { 1.0 } else { 0.0 };
        let places = named.unwrap_or_else(|| vec![(corner, Anchor::Right)]);
        out.push(Primitive::Name { places, text: words.clone(), ink: whose.ink(), strong: false });
    }
}

/// The lowest that model and loss are at the distance of every share of the step, in whatever direction: never above them along it.
fn lowest_at_distance(bridge: &Bridge, step: Vector, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let (model, length) = (bridge.model, step.norm());
    let point = |way: Vector, height: f64| Point::new(way.norm() / length, height);
    let of_model = bridge.steps.iter().map(|one| point(one.step, model.value + model.quadratic(one.step)));
    let of_loss = bridge.best.iter().flatten().map(|best| point(best.step, best.value));
    let here = Point::new(0.0, model.value);
    let mut draw = |found: Vec<Point>, ink: Ink, text: &str, from_right: &[f64]| {
        let inside = |place: &Point| place.x <= RANGE[1] && place.y.is_finite();
        let places: Vec<Point> = std::iter::once(here).chain(found).take_while(inside).collect();
        let last = places.last().map_or(0.0, |last| last.x);
        let near = |share: &f64| places.iter().rfind(|place| place.x <= share * last).copied();
        let is_seen = |place: &Point| view.y[0] + 0.06 * view.height() < place.y;
        let named = from_right.iter().filter_map(near).filter(is_seen);
        let named: Vec<(Point, Anchor)> = named.flat_map(|place| BESIDE_CURVE.map(|anchor| (place, anchor))).collect();
        if places.len() > 1 {
            // Dots, so that neither is taken for the curve of its color along the step.
            out.push(Primitive::line(places, Pen::new(ink, 2.6).dashed(Dash::Dotted).avoided()));
        }
        if !named.is_empty() {
            out.push(Primitive::Name { places: named, text: text.to_owned(), ink, strong: false });
        }
    };
    draw(of_model.collect(), Ink::Quadratic, "s(Δ)", &[1.0, 0.7, 0.4]);
    draw(of_loss.collect(), Ink::Truth, "δ*(Δ)", &[0.97, 0.8, 0.6, 0.4]);
}

/// The name of the loss along the step, where another curve of its color is drawn, too.
fn name_loss(truth: &[Point], view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let inside = [0.06, 0.94].map(|share| view.y[0] + share * view.height());
    let at = |s: f64| truth.iter().copied().find(|point| point.x >= s);
    let seen = [1.3, 1.2, 1.1, 0.85, 0.7, 0.5, -0.1, -0.2].into_iter().filter_map(at);
    let seen = seen.filter(|point| (inside[0]..=inside[1]).contains(&point.y));
    let places: Vec<(Point, Anchor)> = seen.flat_map(|point| BESIDE_CURVE.map(|anchor| (point, anchor))).collect();
    if !places.is_empty() {
        out.push(Primitive::Name { places, text: "actual".to_owned(), ink: Ink::Truth, strong: false });
    }
}

/// Where the name of a curve stands beside a place of it.
const BESIDE_CURVE: [Anchor; 4] = [Anchor::Bottom, Anchor::Top, Anchor::Left, Anchor::Right];

/// Draws in fog the losses that the method has asked for on this line, as dots.
fn evaluations(queries: &QueryLog, model: &LocalModel, step: Vector, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    const ON_THE_LINE: f64 = tolerance::UNSEEN;
    let length = step.norm();
    let on_line = queries.queries.iter().filter_map(|query| {
        let away = query.at - model.at;
        let share = away.dot(&step) / (length * length);
        let aside = (away - step * share).norm();
        let near = aside <= ON_THE_LINE * length && (RANGE[0]..=RANGE[1]).contains(&share);
        let value = query.answer.value().filter(|value| near && value.is_finite())?;
        Some(Point::new(share, value))
    });
    let mut dots: Vec<Point> = on_line.collect();
    dots.dedup();
    let pen = Pen::new(Ink::Truth, 1.0);
    out.extend(dots.into_iter().map(|dot| Primitive::mark(dot, MarkerShape::Circle, 3.0, pen, true)));
    let corner = Point::new(RANGE[0] + 0.05, view.y[0] + 0.07 * view.height());
    out.push(Primitive::text(corner, "the loss is in fog", Ink::Muted, Anchor::Left));
}

/// A cross where the loss stops being finite on the way to the landing.
fn end_of_loss(truth: &[Point], out: &mut Vec<Primitive<'static>>) {
    let ahead = truth.iter().skip_while(|point| point.x < 0.0).take_while(|point| point.y.is_finite());
    if let Some(end) = ahead.last() {
        out.push(Primitive::mark(*end, MarkerShape::Cross, 5.0, Pen::new(Ink::Gap, 2.4).with_halo(1.0), false));
        out.push(Primitive::text(Point::new(end.x + 0.04, end.y), "no value from here", Ink::Gap, Anchor::Left));
    }
}

/// Truth and prediction at the landing are seen, and the loss in between; steep ends of it may leave. It is at least this high.
fn view(truth: &[Point], shown: &[f64], least_height: f64) -> ViewBox {
    let is_finite = |value: &f64| value.is_finite();
    let [low, high] = extremes(shown.iter().copied().filter(is_finite));
    let inner = |point: &&Point| (0.0..=1.0).contains(&point.x);
    let [least, most] = extremes(truth.iter().filter(inner).map(|point| point.y).filter(is_finite));
    let range = (high - low).max(tolerance::ROUNDED * high.abs()).max(f64::MIN_POSITIVE);
    let low = low.min(least.max(low - 2.0 * range));
    let high = high.max(most.min(high + 2.0 * range));
    // A range that is lost in rounding, or does not fit into a float, is no range.
    let largest = low.abs().max(high.abs());
    let margin = if high - low <= least_height {
        least_height
    } else if high - low > RESOLUTION * largest {
        0.18 * (high - low)
    } else {
        (1e-6 * largest).max(1.0)
    };
    let half_of_all = 0.25 * f64::MAX;
    let [low, high] = [low - margin, high + margin].map(|end| end.clamp(-half_of_all, half_of_all));
    if low < high {
        ViewBox::new(RANGE[0], RANGE[1], low, high)
    } else {
        ViewBox::new(RANGE[0], RANGE[1], -half_of_all, half_of_all)
    }
}

/// By the quadratic model the plane is half wrong at s = |g·d|/dᵀHd and wholly wrong, with no decrease left, at twice that: a tick
/// each with its name, where that is true of the loss as well.
fn half_and_wholly_wrong(
    model: &LocalModel,
    step: Vector,
    truth: &dyn Fn(f64) -> Option<f64>,
    view: ViewBox,
    out: &mut Vec<Primitive<'static>>,
) {
    let (slope, curvature) = (model.linear(step), model.hessian.form(step));
    // Not where the step is too small to be seen at all.
    if slope >= 0.0 || curvature <= 0.0 || -slope < 1e-6 * view.height() {
        return;
    }
    let half = -slope / curvature;
    let foot = view.y[0] + 0.03 * view.height();
    let is_seen = |s: &f64| *s > 0.02 && *s < RANGE[1];
    let ticks = [half, 2.0 * half];
    let is_wrong_by = |s: f64, share: f64| {
        truth(s).is_some_and(|value| ((value - model.value) / (s * slope) - (1.0 - share)).abs() <= AS_CLAIMED)
    };
    let holds = [is_wrong_by(half, 0.5), is_wrong_by(2.0 * half, 1.0)];
    // A tick without a name would be a riddle.
    for (s, _) in ticks.into_iter().zip(holds).filter(|(s, holds)| *holds && is_seen(s)) {
        let tick = vec![Point::new(s, view.y[0]), Point::new(s, foot)];
        out.push(Primitive::line(tick, Pen::new(Ink::Plane, 2.5)));
    }
    for (s, words, anchor) in names_of_ticks(half, ticks.iter().filter(|s| is_seen(s)).count(), holds) {
        let beside = if anchor == Anchor::Left { 0.02 } else { -0.02 };
        let at = Point::new(s + beside, view.y[0] + 0.05 * view.height());
        let is_one = model.hessian.dimension.is_one();
        let words = if is_one { words.replace("plane", "line") } else { words.to_owned() };
        out.push(Primitive::text(at, words, Ink::Plane, anchor));
    }
}

/// The share of its prediction by which the plane may be off what is said of it.
const AS_CLAIMED: f64 = 0.05;

/// The names of the ticks stand outside of the two, where they meet neither each other nor the frame.
fn names_of_ticks(half: f64, ticks: usize, holds: [bool; 2]) -> Vec<(f64, &'static str, Anchor)> {
    const WIDE: f64 = 0.38;
    const LAST: f64 = 1.15;
    let whole = 2.0 * half;
    let side = if whole < LAST { Anchor::Left } else { Anchor::Right };
    match (ticks, holds) {
        (0, _) | (_, [false, false]) => Vec::new(),
        (_, [true, true]) if half < WIDE => vec![(whole, "plane error 50, 100 %", Anchor::Left)],
        (_, [true, false]) if half < WIDE => vec![(half, "plane error 50 %", Anchor::Left)],
        (1, [true, _]) | (_, [true, false]) => vec![(half, "plane error 50 %", Anchor::Right)],
        (1, [false, true]) if half >= WIDE => Vec::new(),
        (_, [false, true]) => vec![(whole, "plane error 100 %", side)],
        (_, [true, true]) => vec![(half, "plane error 50 %", Anchor::Right), (whole, "error 100 %", side)],
    }
}

fn gap_bracket(landing: Point, predicted: Point, view: ViewBox, out: &mut Vec<Primitive<'static>>) {
    let gap = landing.y - predicted.y;
    if gap.abs() <= tolerance::UNSEEN * view.height() {
        return;
    }
    let pen = Pen::new(Ink::Gap, 3.5).kept_clear();
    out.push(Primitive::line(vec![predicted, landing], pen));
    let foot = |y: f64| vec![Point::new(landing.x - 0.03, y), Point::new(landing.x + 0.03, y)];
    out.push(Primitive::line(foot(predicted.y), pen));
    out.push(Primitive::line(foot(landing.y), pen));
    if gap.abs() > 0.02 * view.height() {
        let text = format!("error {}", change(gap).trim_start_matches('+'));
        let middle = f64::midpoint(landing.y, predicted.y);
        let beside = |away: f64, anchor| (Point::new(landing.x + away, middle), anchor);
        let places = [0.05, 0.1, 0.15].map(|away| beside(away, Anchor::Left));
        let places = [&places[..], &[beside(-0.05, Anchor::Right)]].concat();
        out.push(Primitive::Name { places, text, ink: Ink::Gap, strong: true });
    }
}

fn marks(analysis: &StepAnalysis, landing: Option<Point>, predicted: Point, out: &mut Vec<Primitive<'static>>) {
    let assumed = Ink::of_model(analysis.order);
    let here = Point::new(0.0, analysis.model.value);
    out.push(Primitive::mark(predicted, MarkerShape::Circle, 4.0, Pen::new(assumed, 1.5), true));
    out.push(Primitive::mark(here, MarkerShape::Circle, 5.0, Pen::new(Ink::Truth, 1.5), true));
    let Some(landing) = landing else { return };
    let rejected = analysis.replayed.step.as_ref().is_ok_and(|step| step.verdict == Verdict::Rejected);
    out.push(Primitive::mark(landing, MarkerShape::Circle, 5.5, Pen::new(Ink::Truth, 2.2).with_halo(1.0), false));
    if rejected {
        let pen = Pen::new(Ink::Gap, 1.5).pale(0.6);
        out.push(Primitive::line(vec![landing, Point::new(0.0, landing.y)], pen));
    }
}

/// How far the quadratic is from the tangent line where it is named, as shares of the height: the first that it is anywhere.
const APART: [f64; 2] = [0.12, 0.04];

/// Names stand at the curves, where these are apart and inside the view.
fn name_curves(
    analysis: &StepAnalysis,
    step: Vector,
    view: ViewBox,
    [plane, quadratic]: [bool; 2],
    out: &mut Vec<Primitive<'static>>,
) {
    let model = analysis.model;
    let inside = |y: f64| (view.y[0] + 0.06 * view.height()..view.y[1] - 0.06 * view.height()).contains(&y);
    let line = |s: f64| model.value + model.linear(step * s);
    let quadratic_curve = |s: f64| model.value + analysis.assumed.quadratic(step * s);
    let mut name = |text: &str, ink: Ink, places: Vec<(Point, Anchor)>| {
        if !places.is_empty() {
            out.push(Primitive::Name { places, text: text.to_owned(), ink, strong: false });
        }
    };
    let left_of = |s: f64, height: f64| (Point::new(s - 0.03, height), Anchor::Right);
    let on_line = [0.72, 0.55, 0.4].into_iter().filter(|s| plane && inside(line(*s)));
    name("tangent line", Ink::Plane, on_line.map(|s| left_of(s, line(s))).collect());
    let apart =
        |s: f64, least: f64| (quadratic_curve(s) - line(s)).abs() > least * view.height() && inside(quadratic_curve(s));
    let candidates = [1.3, 1.15, 1.05, 0.9, 0.75, 0.6, -0.1, -0.2];
    // Well away from the tangent line, or else where the two part.
    let far = |least: f64| candidates.into_iter().filter(|s| quadratic && apart(*s, least)).collect::<Vec<f64>>();
    let on_quadratic = APART.into_iter().map(far).find(|places| !places.is_empty()).unwrap_or_default();
    let right_of = |s: f64| (Point::new(s + 0.03, quadratic_curve(s)), Anchor::Left);
    let left = on_quadratic.iter().map(|s| left_of(*s, quadratic_curve(*s)));
    let places = left.chain(on_quadratic.iter().map(|s| right_of(*s))).collect();
    name(if analysis.own_matrix_name.is_some() { "method's model" } else { "quadratic" }, Ink::Quadratic, places);
}

#[cfg(test)]
mod tests;
