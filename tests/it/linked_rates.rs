//! One learning rate for several runs: linked by a click or a key, dragged together, taken back together.

use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{Command, HistoryCommand, RunCommand};

use crate::desk::{Desk, desk};

const SLIDER: &str = "learning rate η of run 1, Gradient descent";

#[test]
fn linked_rates_are_dragged_together_and_taken_back_together() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("adam"))]);
    let first = harness.state().state.document.cards[0].id;
    harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Select(first))]);
    harness.run_steps(3);
    let rates = |harness: &Harness<'_, Desk>| -> Vec<f64> {
        harness.state().state.document.cards.iter().map(|card| card.optimizer.parameters[0]).collect()
    };
    let before = rates(&harness);
    harness.get_by_label("Link rates").click();
    harness.run_steps(3);
    let linked = rates(&harness);
    assert_eq!(linked, [before[0], before[0], before[2]], "one rate at once, that of the selected run");
    let track = harness.get_by_label(SLIDER).rect();
    let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
    crate::desk::drag(&mut harness, &[at(0.3), at(0.35), at(0.4)]);
    let after = rates(&harness);
    assert!(after[0] != before[0] && after[0] == after[1], "one rate for descent and momentum: {after:?}");
    assert_eq!(after[2], before[2], "Adam's is the length of a step");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(rates(&harness), linked, "one step back");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(rates(&harness), before, "and the link before it");
    for _ in 0..2 {
        harness.key_press(Key::I);
        harness.run_steps(3);
    }
    assert_eq!(rates(&harness), linked, "the key links them, and lets them go as they are");
    harness.get_by_label(SLIDER).set_value_accesskit(0.005);
    harness.run_steps(3);
    assert_eq!(rates(&harness)[..2], [0.005, before[0]], "no longer linked");
}
