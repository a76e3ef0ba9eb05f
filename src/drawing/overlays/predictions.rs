//! Prediction against result at the landings of the last 400 steps: a bar up if the loss is higher than predicted, down if lower.

use super::{ANY, Overlay, OverlayId};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Pen, Primitive};
use crate::drawing::solid::{Hidden, Solid, SolidBar};
use crate::numbers::Point;
use crate::run::{PredictionOutcome, Run, StepReport};

/// Prediction and result of the last steps before the playhead.
pub const PREDICTIONS: OverlayId = OverlayId::new("promises");

pub(super) const OVERLAY: Overlay = Overlay {
    id: PREDICTIONS,
    label: "Predicted and actual change, last steps",
    help: "At the landings of the last 400 steps: a bar of the length of the model error, up where the loss came out higher than predicted, down where lower; a dot where the prediction was right within 10 %. Of landings that lie close together the latest has one. On the surface, and on the curve of one weight, it stands between the two.",
    needs: ANY,
    on_at_first: true,
    group: None,
    tabs: &[Pane::Loss],
    z_order: 160,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: false,
};

/// How many of the last steps are compared with their prediction: older ones would cost time and hide each other.
const LAST: usize = 400;
/// The longest bar, in points, for a gap twice as large as prediction or result.
const LONGEST: f64 = 40.0;
/// Landings nearer to each other than this, in points, have one bar: the later step's.
const APART: f64 = 9.0;

/// What the bars say.
const LEGEND: [(&str, PredictionOutcome); 2] =
    [("bar up: loss higher than predicted", PredictionOutcome::Worse), ("bar down: lower", PredictionOutcome::Better)];

/// The reports of the last steps before the playhead, the latest first.
pub fn step_reports(run: &Run, playhead: usize) -> impl Iterator<Item = StepReport> {
    let now = playhead.min(run.iterates().len().saturating_sub(1));
    (now.saturating_sub(LAST)..now).rev().filter_map(|step| run.step_report(step))
}

/// The ink of a bar.
pub fn ink(outcome: PredictionOutcome) -> Ink {
    match outcome {
        PredictionOutcome::AsPredicted | PredictionOutcome::Better => Ink::Truth,
        PredictionOutcome::Worse => Ink::Gap,
    }
}

/// A dot where a step did as predicted; else a bar as long as it was wrong.
fn draw_report(context: &OverlayContext<'_>, step_report: &StepReport, out: &mut Vec<Primitive<'_>>) {
    let (at, outcome) = (step_report.landing, step_report.outcome());
    let pen = Pen::new(ink(outcome), 3.5).with_halo(1.8);
    if outcome == PredictionOutcome::AsPredicted {
        return out.push(Primitive::mark(at, MarkerShape::Circle, 1.6, pen.pale(0.7), true));
    }
    let end = context.offset(at, 0.0, 0.5 * LONGEST * step_report.relative_gap());
    out.push(Primitive::line(vec![at, end], pen));
    out.push(Primitive::mark(end, MarkerShape::Circle, 3.0, pen, true));
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(path) = context.selected() else { return };
    let mut shown: Vec<Point> = Vec::new();
    for step_report in step_reports(path.run, context.runs.playhead) {
        let at = step_report.landing;
        let hidden = |other: &Point| context.scale.distance(*other, at) < APART;
        if !context.view.contains(at) || shown.iter().any(hidden) {
            continue;
        }
        shown.push(at);
        draw_report(context, &step_report, out);
    }
    if !shown.is_empty() {
        for (words, outcome) in LEGEND {
            out.push(Label::new(words, ink(outcome), Swatch::Line(Dash::Solid)).into());
        }
    }
}

/// A bar from prediction to result at the landings of the last 400 steps.
fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    let Some(path) = context.selected() else { return };
    let bar = |step_report: StepReport| SolidBar {
        at: step_report.landing,
        ends: [step_report.loss - step_report.gap(), step_report.loss],
        ink: ink(step_report.outcome()),
        width: 3.0,
        hidden: Hidden::Dim,
    };
    out.extend(step_reports(path.run, context.runs.playhead).map(bar).map(Solid::Bar));
}
