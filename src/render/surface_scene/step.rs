//! The step at the playhead: its arrow along the local model, what was predicted and what happened, and what was tried.

use nalgebra::Point3;

use super::super::surface3d::scene::{Ball, Bar, Hidden, Place, Rgb};
use super::palette::{Palette, model_ink};
use crate::analysis::ModelOrder;
use crate::drawing::Path;
use crate::drawing::ink::Ink;
use crate::drawing::overlays::{GAP, PREDICTIONS, STEP, TRIALS, drawn_trials, leaves_at, outcome_ink, step_reports};
use crate::drawing::page_scale::PageScale;
use crate::numbers::{Point, tolerance};
use crate::run::{StepAnalysis, StepReport};
use crate::state::State;

/// Trials nearer to each other than this share of the step are one ball.
const TRIALS_APART: f64 = 0.2;

/// From the iterate along the method's model to the predicted landing: as far as the local model is good, and from
/// there on hollow.
pub(super) fn step_places(state: &State, analysis: &StepAnalysis) -> Vec<(Vec<Place>, bool)> {
    let Some(step) = analysis.proposed().filter(|step| step.norm() > 0.0) else { return Vec::new() };
    let pieces = match analysis.order {
        ModelOrder::Linear => 1,
        ModelOrder::Quadratic => 24,
    };
    let stretch = |from: f64, to: f64| {
        let place = |piece: i32| {
            let point = analysis.iterate.at + step * (from + (to - from) * f64::from(piece) / f64::from(pieces));
            Point3::new(point.x, point.y, analysis.assumed.local_model_at(analysis.order, point))
        };
        (0..=pieces).map(place).collect()
    };
    match leaves_at(analysis, state.view.companions()) {
        Some(share) if share < 0.01 => vec![(stretch(0.0, 1.0), true)],
        Some(share) if share < 0.95 => vec![(stretch(0.0, share), false), (stretch(share, 1.0), true)],
        _ => vec![(stretch(0.0, 1.0), false)],
    }
}

/// A bar from prediction to result at every landing so far.
pub(super) fn accounts_as_bars(state: &State, paths: &[Path<'_>], palette: Palette) -> Vec<Bar> {
    let selected = paths.iter().find(|path| path.selected && state.view.sees(PREDICTIONS));
    let bar = |step_report: StepReport| Bar {
        at: step_report.landing,
        from: step_report.loss - step_report.gap(),
        to: step_report.loss,
        color: palette.line(outcome_ink(step_report.outcome())),
        width: 3.0 * palette.scale,
        hidden: Hidden::Dim,
    };
    selected.map_or_else(Vec::new, |path| step_reports(path.run, state.playback.playhead).map(bar).collect())
}

/// Where the bar of the gap stands, and the losses at its ends, if it is shown and the prediction was not kept.
pub fn shown_gap(state: &State) -> Option<(Point, [f64; 2])> {
    let analysis = state.derived.analysis().filter(|_| state.view.sees(GAP))?;
    let change = analysis.change?;
    let prediction = change.prediction(analysis.order);
    let is_kept = change.gap(analysis.order).abs() <= tolerance::UNSEEN * (prediction.abs() + change.actual.abs());
    let ends = [prediction, change.actual].map(|change| analysis.model.value + change);
    (!is_kept).then_some((analysis.iterate.at + analysis.proposed()?, ends))
}

/// That bar.
pub(super) fn gap(state: &State, palette: Palette) -> Option<Bar> {
    let (at, [from, to]) = shown_gap(state)?;
    Some(Bar { at, from, to, color: palette.line(Ink::Gap), width: 8.0 * palette.scale, hidden: Hidden::Hatch })
}

/// The iterate, the predicted landing and the true one.
pub(super) fn balls(state: &State, analysis: &StepAnalysis, ink: Ink, palette: Palette) -> Vec<Ball> {
    let ball = |at: Point, loss: f64, color: Rgb, hollow: bool| Ball {
        place: Point3::new(at.x, at.y, loss),
        color,
        radius: 5.0 * palette.scale,
        hollow,
        hidden: Hidden::Hatch,
    };
    let at = analysis.iterate.at;
    let mut balls = Vec::new();
    if let (Some(step), Some(change), true) = (analysis.proposed(), analysis.change, state.view.sees(STEP)) {
        let landing = at + step;
        balls.push(ball(
            landing,
            analysis.model.value + change.prediction(analysis.order),
            palette.line(model_ink(analysis.order)),
            false,
        ));
        // In fog the truth at the landing is not known before the user has asked for it.
        if state.derived.queries().is_none_or(|queries| queries.value(landing).is_some()) {
            balls.push(ball(landing, analysis.model.value + change.actual, palette.line(Ink::Truth), true));
        }
    }
    if let (Ok(step), true) = (&analysis.replayed.step, state.view.sees(TRIALS)) {
        let tried = drawn_trials(step, PageScale::equal(step.proposed.norm()), TRIALS_APART);
        // The last trial is the landing, which has its ball.
        for trial in tried.into_iter().skip(1).map(|index| step.trials[index]).filter(|trial| trial.value.is_finite()) {
            let ink = if trial.accepted { ink } else { Ink::Muted };
            let ball = ball(trial.at, trial.value, palette.line(ink), !trial.accepted);
            balls.push(Ball { radius: 3.0 * palette.scale, ..ball });
        }
    }
    balls.push(ball(at, analysis.model.value, palette.line(ink), true));
    balls
}
