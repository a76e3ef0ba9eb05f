//! What belongs to a step, on the curve: where its local models are right, what was tried on the way, what its sub-steps have made
//! so far, and how the steps before it came out beside their predictions.

use super::{Sketch, is_seen};
use crate::analysis::{ModelOrder, ValidityInterval};
use crate::drawing::compose::InsideStep;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::overlays::{outcome_ink, step_reports};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::percent;
use crate::numbers::{Point, Vector};
use crate::optimizers::{Trial, Verdict};
use crate::run::{PredictionOutcome, Sketch as Shows, StepAnalysis};

/// Slopes are drawn as long as they are between the first and the last of these shares of the width, else as long as the middle
/// one.
const SLOPES: [f64; 3] = [0.08, 0.2, 0.34];
/// Between two arrows above each other, in points.
const ROW: f64 = 17.0;
/// Predictions nearer to each other than this, in points, have one bar: that of the later step.
const APART: f64 = 7.0;

/// What a local model of one weight is called.
pub(super) fn model_name(order: ModelOrder) -> (&'static str, Ink) {
    match order {
        ModelOrder::Linear => ("tangent line", Ink::Plane),
        ModelOrder::Quadratic => ("quadratic", Ink::Quadratic),
    }
}

/// The intervals in which the local models are right, over the whole height.
pub(super) fn intervals(sketch: &mut Sketch<'_>) {
    let found = sketch.context.step.intervals;
    for (index, interval) in found.iter().enumerate().rev() {
        interval_of(sketch, interval, index);
    }
}

fn interval_of(sketch: &mut Sketch<'_>, interval: &ValidityInterval, index: usize) {
    let view = sketch.view;
    let (name, ink) = model_name(interval.order);
    let [left, right] = [0, 1].map(|end| interval.ends[end].unwrap_or(view.x[end]).clamp(view.x[0], view.x[1]));
    if left >= right {
        return;
    }
    let corners = [(left, 0), (right, 0), (right, 1), (left, 1)].map(|(x, end)| Point::new(x, view.y[end]));
    let opacity = if index == 0 { 0.14 } else { 0.08 };
    sketch.out.push(Primitive::Area { corners: corners.to_vec(), ink, opacity });
    let pen = if index == 0 { Pen::new(ink, 1.6) } else { Pen::new(ink, 1.2).pale(0.7) };
    for end in interval.ends.into_iter().flatten().filter(|end| is_seen(view, *end)) {
        sketch.line(vec![Point::new(end, view.y[0]), Point::new(end, view.y[1])], pen);
    }
    let everywhere = if interval.ends == [None, None] { " everywhere" } else { "" };
    let text = format!("{name} right within {}{everywhere}", percent(interval.share));
    let height = view.y[1] - (0.06 + 0.07 * index as f64) * view.height();
    let middle = Point::new(0.5 * (left + right), height);
    let places = vec![(middle, Anchor::Center), (Point::new(right, height), Anchor::Left)];
    sketch.out.push(Primitive::Name { places, text, ink, strong: false });
}

/// The trial points of the step, each at its loss.
pub(super) fn trials(sketch: &mut Sketch<'_>) {
    let context = sketch.context;
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let Ok(step) = &analysis.replayed.step else { return };
    for one in &step.trials {
        trial(sketch, one, path.style.0, false);
    }
}

/// A dot where it was accepted, else a cross.
fn trial(sketch: &mut Sketch<'_>, trial: &Trial, ink: Ink, is_newest: bool) {
    let size = if is_newest { 1.6 } else { 1.0 };
    let at = Point::new(trial.at.x, trial.value);
    if trial.accepted {
        sketch.mark(at, MarkerShape::Circle, 3.4 * size, Pen::new(ink, 1.5).with_halo(1.0), true);
    } else {
        let ink = if is_newest { Ink::Gap } else { Ink::Muted };
        sketch.mark(at, MarkerShape::Cross, 4.2 * size, Pen::new(ink, 1.8), false);
    }
}

/// At every landing so far a bar from the predicted loss to the actual one; a dot where the prediction was right.
pub(super) fn predictions(sketch: &mut Sketch<'_>) {
    let context = sketch.context;
    let Some(path) = context.selected() else { return };
    let apart = APART * sketch.scale.units().x;
    let mut shown: Vec<f64> = Vec::new();
    for report in step_reports(path.run, context.runs.playhead) {
        let x = report.landing.x;
        if !is_seen(sketch.view, x) || shown.iter().any(|other| (other - x).abs() < apart) {
            continue;
        }
        shown.push(x);
        let (outcome, actual) = (report.outcome(), Point::new(x, report.loss));
        let pen = Pen::new(outcome_ink(outcome), 3.0).with_halo(1.2);
        if outcome != PredictionOutcome::AsPredicted {
            sketch.lines(&[Point::new(x, report.loss - report.gap()), actual], pen);
        }
        sketch.mark(actual, MarkerShape::Circle, 3.2, pen, true);
    }
}

/// Whether the sub-steps that are shown have not come to the quadratic yet, though the method goes by it.
pub(super) fn hides_quadratic(inside: Option<InsideStep<'_>>) -> bool {
    inside.is_some_and(|inside| {
        let comes_at = inside.substeps.iter().position(|one| one.sketch == Shows::Quadratic);
        comes_at.is_some_and(|place| place > inside.place)
    })
}

/// What the sub-steps up to one of them have made: directions and ways as arrows along the axis, one above the other.
pub(super) fn inside(sketch: &mut Sketch<'_>, inside: InsideStep<'_>) {
    let context = sketch.context;
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let ink = path.style.0;
    let shown = inside.substeps.iter().take(inside.place + 1);
    let scale = scale_of_slopes(sketch, inside);
    let mut row = 0.0;
    for (index, one) in shown.enumerate() {
        let is_newest = index == inside.place;
        match one.sketch {
            Shows::Slope { name, from, vector } => {
                let ink = if name.starts_with('∇') { Ink::Plane } else { ink };
                arrow(sketch, analysis, row, [from.x, scale * vector.x], (name, ink, is_newest));
                row += 1.0;
            }
            Shows::Way { name, from, by } => {
                arrow(sketch, analysis, row, [from.x, by.x], (name, ink, is_newest));
                row += 1.0;
            }
            Shows::Circle(radius) => {
                for x in [-radius, radius].map(|by| analysis.model.at.x + by).into_iter().filter(|x| x.is_finite()) {
                    let ends = sketch.view.y.map(|y| Point::new(x, y));
                    sketch.lines(&ends, Pen::new(ink, if is_newest { 2.2 } else { 1.4 }).pale(0.7));
                }
            }
            Shows::Trial(one) => trial(sketch, &one, ink, is_newest),
            Shows::Move(by) => arrival(sketch, analysis, by, ink),
            // The quadratic is drawn with the local models; a shape has no extent along one axis.
            Shows::None | Shows::Quadratic | Shows::Shape => {}
        }
    }
}

/// What slopes are multiplied with, so that the longest has room.
fn scale_of_slopes(sketch: &Sketch<'_>, inside: InsideStep<'_>) -> f64 {
    let length = |sketch: &Shows| if let Shows::Slope { vector, .. } = sketch { vector.x.abs() } else { 0.0 };
    let longest = inside.substeps.iter().map(|one| length(&one.sketch)).filter(|length| length.is_finite());
    let longest = longest.fold(0.0, f64::max);
    let [least, middle, most] = SLOPES.map(|share| share * sketch.view.width());
    if longest == 0.0 || (least..=most).contains(&longest) { 1.0 } else { middle / longest }
}

/// An arrow along the axis above the point, in a row of its own, with its name at its tip.
fn arrow(
    sketch: &mut Sketch<'_>,
    analysis: &StepAnalysis,
    row: f64,
    [from, by]: [f64; 2],
    (name, ink, is_newest): (&str, Ink, bool),
) {
    let point = Point::new(analysis.model.at.x, analysis.model.value);
    let foot = sketch.offset(point, 0.0, 12.0 + ROW * row) + Vector::new(from, 0.0);
    let tip = foot + Vector::new(by, 0.0);
    if by == 0.0 || !(sketch.is_near(foot) && sketch.is_near(tip)) {
        return;
    }
    let pen = if is_newest { Pen::new(ink, 2.9).with_halo(1.6) } else { Pen::new(ink, 2.0).pale(0.6).with_halo(1.0) };
    sketch.out.push(Primitive::Arrow { from: foot, to: tip, pen });
    let (shift, anchor) = if by < 0.0 { (-6.0, Anchor::Right) } else { (6.0, Anchor::Left) };
    let at = sketch.offset(tip, shift, 0.0);
    sketch.out.push(Primitive::Text { at, text: name.to_owned(), ink, anchor, strong: is_newest });
}

/// The whole step, and where it lands on the curve.
fn arrival(sketch: &mut Sketch<'_>, analysis: &StepAnalysis, by: Vector, ink: Ink) {
    let from = Point::new(analysis.model.at.x, analysis.model.value);
    let to = from + Vector::new(by.x, 0.0);
    if by.x == 0.0 || !sketch.is_near(to) {
        return;
    }
    let is_rejected = analysis.replayed.step.as_ref().is_ok_and(|step| step.verdict == Verdict::Rejected);
    let opacity = if is_rejected { 0.45 } else { 1.0 };
    sketch.out.push(Primitive::Arrow { from, to, pen: Pen::new(ink, 3.4).pale(opacity).with_halo(1.8) });
    let Some(change) = analysis.change.filter(|change| change.actual.is_finite()) else { return };
    let landing = Point::new(to.x, from.y + change.actual);
    sketch.lines(&[to, landing], Pen::new(Ink::Truth, 1.2).pale(0.7));
    sketch.mark(landing, MarkerShape::Circle, 4.5, Pen::new(Ink::Truth, 2.0).with_halo(1.5), false);
    let word = if is_rejected { "rejected" } else { "landing" };
    sketch.out.push(Primitive::text(sketch.offset(landing, 10.0, -4.0), word, Ink::Truth, Anchor::Left));
}
