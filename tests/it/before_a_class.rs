//! Before a class: what would give an answer away is hidden, what is clicked is named, and what is looked at stays where it is.

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::quiz::PredictionKind;
use taylorscope::render::context::overlay_context;
use taylorscope::state::{Command, Phase, PlayCommand, PredictCommand, WindowCommand};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, desk};
use crate::labels::texts;

const SLIDER: &str = "learning rate η of run 1, Gradient descent";

/// The largest rate of the track.
fn end(harness: &Harness<'_, Desk>) -> f64 {
    harness.get_by_label(SLIDER).accesskit_node().max_numeric_value().unwrap()
}

/// 2/λmax at the iterate that is shown.
fn limit(harness: &Harness<'_, Desk>) -> f64 {
    let state = &harness.state().state;
    2.0 / state.derived.analysis().unwrap().model.hessian.eigen().values[1]
}

fn predict(harness: &mut Harness<'static, Desk>, command: PredictCommand) {
    harness.state_mut().state.apply(vec![Command::Predict(command)]);
    harness.run_steps(4);
}

/// While runs play the limit changes from step to step: the track keeps its ends, so that the handle stays.
#[test]
fn while_runs_play_the_handle_stays() {
    let mut harness = desk(1280.0, 720.0);
    let before = end(&harness);
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(0))]);
    harness.run_steps(2);
    let began = end(&harness);
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::Toggle)]);
    harness.run_steps(2);
    let mut limits = Vec::new();
    for _ in 0..8 {
        harness.state_mut().state.tick(0.2);
        harness.run_steps(1);
        assert!(harness.state().state.playback.playing, "it plays");
        limits.push(limit(&harness));
        assert_eq!(end(&harness), began, "step {}", harness.state().state.playback.playhead);
    }
    assert!(limits.iter().any(|limit| (limit / limits[0] - 1.0).abs() > 0.05), "the limit changes: {limits:?}");
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::Toggle), Command::Play(PlayCommand::GoTo(2))]);
    harness.run_steps(2);
    assert_eq!(end(&harness), before, "and it follows the limit again");
}

/// Many a step and many a run ends at a minimum: its mark would give the answer away.
#[test]
fn no_mark_of_a_critical_point_gives_the_answer_away() {
    let mut harness = desk(1280.0, 720.0);
    harness.run_steps(4);
    let marks = |harness: &Harness<'static, Desk>| {
        let state = &harness.state().state;
        let view = state.document.landscape.domain();
        let context = overlay_context(state, paths(state), view, PageScale::equal(view.width() / 600.0));
        context.critical.points.len()
    };
    let all = marks(&harness);
    assert_eq!(all, 9, "of Himmelblau");
    for kind in PredictionKind::ALL {
        for span in kind.spans() {
            predict(&mut harness, PredictCommand::Ask { kind, span: *span, question: None });
            let open = harness.state().state.predictions.open();
            assert_eq!(open.map(|open| open.phase), Some(Phase::Asked));
            let expected = if kind == PredictionKind::Outcome { all } else { 0 };
            assert_eq!(marks(&harness), expected, "{kind:?} of the {span:?}");
            predict(&mut harness, PredictCommand::Reveal);
            assert_eq!(marks(&harness), all, "{kind:?} of the {span:?}, revealed");
            predict(&mut harness, PredictCommand::Close);
        }
    }
}

/// On a projector the button that asks a class says so, and is no riddle.
#[test]
fn the_button_that_asks_is_named_on_a_projector() {
    let mut harness = desk(1040.0, 784.0);
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    harness.run_steps(4);
    let shown = texts(&harness.output().shapes);
    assert!(
        shown.iter().any(|(text, _)| text == "Predict"),
        "{:?}",
        shown.iter().map(|(text, _)| text).collect::<Vec<_>>()
    );
    let button = harness.get_by_role_and_label(Role::Button, "Predict").rect();
    let field = harness.get_by_label("speed as a number").rect();
    let steps = harness.get_by_label("number of steps").rect();
    assert!(button.right() < field.left() && field.right() < steps.left(), "{button:?} {field:?} {steps:?}");
}
