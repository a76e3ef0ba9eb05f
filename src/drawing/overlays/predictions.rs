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
const LONGEST: f64 = 36.0;
/// Landings nearer to each other than this, in points, have one bar, the later step's: more would bury the path.
const APART: f64 = 18.0;
/// The radius of the dot where a prediction was right, in points.
const DOT: f32 = 1.6;

/// What bars and dots say.
const LEGEND: [(&str, PredictionOutcome); 3] = [
    ("bar up: loss higher than predicted", PredictionOutcome::Worse),
    ("bar down: lower than predicted", PredictionOutcome::Better),
    ("dot: right within 10 %", PredictionOutcome::AsPredicted),
];

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
    let pen = Pen::new(ink(outcome), 3.0).with_halo(1.2);
    if outcome == PredictionOutcome::AsPredicted {
        return out.push(Primitive::mark(at, MarkerShape::Circle, DOT, pen.pale(0.7), true));
    }
    let end = context.offset(at, 0.0, 0.5 * LONGEST * step_report.relative_gap());
    out.push(Primitive::line(vec![at, end], pen));
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(path) = context.selected() else { return };
    let (mut shown, mut outcomes): (Vec<Point>, Vec<PredictionOutcome>) = Default::default();
    for step_report in step_reports(path.run, context.runs.playhead) {
        let at = step_report.landing;
        let hidden = |other: &Point| context.scale.distance(*other, at) < APART;
        if !context.view.contains(at) || shown.iter().any(hidden) {
            continue;
        }
        shown.push(at);
        outcomes.push(step_report.outcome());
        draw_report(context, &step_report, out);
    }
    for (words, outcome) in LEGEND.into_iter().filter(|(_, outcome)| outcomes.contains(outcome)) {
        let swatch = match outcome {
            PredictionOutcome::AsPredicted => Swatch::Mark { shape: MarkerShape::Circle, filled: true },
            PredictionOutcome::Better | PredictionOutcome::Worse => Swatch::Line(Dash::Solid),
        };
        out.push(Label::new(words, ink(outcome), swatch).into());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::DrawnRun;
    use crate::drawing::ink::run_style;
    use crate::drawing::page_scale::PageScale;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    /// The bars and the names of what is drawn, and no others, and no bar begins within the width of another.
    #[test]
    fn the_legend_has_what_is_drawn_and_the_path_is_not_buried() {
        let mut seen = [0; 3];
        for (id, method) in [
            ("quad", "gd:lr=0.09"),
            ("rosenbrock", "gd:lr=0.0018"),
            ("himmelblau", "newton"),
            ("bowl", "gd:lr=0.01"),
            ("saddle", "momentum:lr=0.1"),
        ] {
            let landscape = Landscape::parse(id).unwrap();
            let start = Point::from(landscape.suggestion().start);
            let run = Run::of(&landscape, &Recipe::new(Choice::parse(method).unwrap(), start, 60));
            let scale = PageScale::equal(landscape.domain().width() / 500.0);
            let mut context = OverlayContext::bare(&landscape, landscape.domain(), scale);
            let name = "Run".to_owned();
            let style = run_style(0);
            context.runs.paths =
                vec![DrawnRun { run: &run, name, style, selected: true, ghost: false, now: 40, waiting: None }];
            context.runs.playhead = 40;
            let mut out = Vec::new();
            draw(&context, &mut out);
            let (mut drawn, mut feet): (Vec<PredictionOutcome>, Vec<Point>) = Default::default();
            for primitive in &out {
                match primitive {
                    Primitive::Line { places, pen } => {
                        let is_worse = pen.ink == ink(PredictionOutcome::Worse);
                        drawn.push(if is_worse { PredictionOutcome::Worse } else { PredictionOutcome::Better });
                        feet.push(places.get(0));
                    }
                    Primitive::Marks { places, .. } => {
                        drawn.push(PredictionOutcome::AsPredicted);
                        feet.push(places.get(0));
                    }
                    _ => {}
                }
            }
            let is_near = |(index, foot): (usize, &Point)| {
                feet[..index].iter().any(|other| scale.distance(*other, *foot) < APART)
            };
            assert!(!feet.iter().enumerate().any(is_near), "{id}: {feet:?}");
            for (index, (words, outcome)) in LEGEND.into_iter().enumerate() {
                let is_named = out.iter().any(|one| matches!(one, Primitive::Label(label) if label.text == words));
                assert_eq!(is_named, drawn.contains(&outcome), "{id}, {method}: {words}");
                seen[index] += usize::from(is_named);
            }
        }
        assert!(seen.iter().all(|seen| (1..5).contains(seen)), "each is seen and left out: {seen:?}");
    }
}
