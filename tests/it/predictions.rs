//! Prediction against result on every step: the row under the loss strip and the marks of the overlay.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::step_reports;
use taylorscope::run::PredictionOutcome;
use taylorscope::state::{Command, PlayCommand};

use crate::desk::{desk, overshooting};

#[test]
fn the_strip_tells_what_the_step_predicted_and_did() {
    let mut harness = desk(1280.0, 720.0);
    let description = |harness: &egui_kittest::Harness<'static, crate::desk::Desk>| {
        harness.get_by_label("step").accesskit_node().description().unwrap_or_default()
    };
    assert!(
        description(&harness).ends_with("Step 2 predicted −68.05, the loss changed by −20.26"),
        "{}",
        description(&harness)
    );
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::ToEnd)]);
    harness.run_steps(2);
    assert!(
        !description(&harness).contains("predicted"),
        "no step was taken from the last iterate: {}",
        description(&harness)
    );
}

#[test]
fn landings_up_to_the_playhead_are_held_to_their_prediction() {
    let mut state = overshooting();
    state.apply(vec![Command::Play(PlayCommand::GoTo(5))]);
    let run = state.derived.run(state.selected).unwrap();
    let reports: Vec<_> = step_reports(run, 5).collect();
    assert_eq!(
        reports.iter().map(|step_report| step_report.step).collect::<Vec<_>>(),
        [4, 3, 2, 1, 0],
        "the latest first"
    );
    let opening = reports.iter().find(|step_report| step_report.step == 2).unwrap();
    assert_eq!(opening.outcome(), PredictionOutcome::Worse, "68 were promised, 20 came");
    assert!((opening.gap() - 47.80).abs() < 5e-3 && opening.landing == run.iterates()[3].at, "{opening:?}");
}
