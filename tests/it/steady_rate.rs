//! While a run is stepped, played and scrubbed the handle of its rate stands still: zones and marks move under it.

use egui::Rect;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::optimizers::Choice;
use taylorscope::state::{Command, Document, PlayCommand, RunCommand, State};

use crate::desk::{Desk, opened, says};
use crate::labels::texts;
use crate::some::some;

/// A method alone on a landscape, at the rate that suits it, computed to its end.
fn run_of(landscape: Landscape, method: &str) -> State {
    let mut document = Document::new(landscape);
    document.cards.clear();
    let mut choice = Choice::parse(method).unwrap();
    let (index, rate) = document.suggested_rate(&choice).unwrap();
    choice.set(index, rate).unwrap();
    document.add(choice).unwrap();
    let mut state = State::new(document);
    state.finish();
    state
}

/// The ends of the track.
fn ends(harness: &Harness<'_, Desk>) -> [Option<f64>; 2] {
    let slider = harness.get_by_label_contains("learning rate η of run 1");
    let node = slider.accesskit_node();
    [node.min_numeric_value(), node.max_numeric_value()]
}

fn go_to(harness: &mut Harness<'static, Desk>, step: usize) {
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
    harness.state_mut().state.finish();
    harness.run_steps(2);
}

/// Where a mark stands below the track.
fn mark(harness: &Harness<'_, Desk>, name: &str) -> Option<f32> {
    let track = harness.get_by_label_contains("learning rate η of run 1").rect();
    let below = |(text, place): &(String, Rect)| {
        text == name && place.top() > track.center().y && place.top() < track.bottom() + 30.0
    };
    texts(&harness.output().shapes).into_iter().find(below).map(|(_, place)| place.center().x)
}

#[test]
fn the_track_of_a_run_stays_from_step_to_step() {
    let known = ["rosenbrock", "double_well"].map(|id| Landscape::parse(id).unwrap());
    let others = some(entries(), 8).map(Landscape::of);
    for landscape in known.into_iter().chain(others) {
        for method in ["gd", "momentum"] {
            let mut harness = opened(run_of(landscape.clone(), method));
            let before = ends(&harness);
            for step in [1, 2, 3, 4, 5, 9, 20, 40, 3] {
                go_to(&mut harness, step);
                assert_eq!(ends(&harness), before, "{method} on {landscape} at step {step}");
            }
        }
    }
}

#[test]
fn the_mark_of_the_limit_moves_and_a_run_that_comes_down_is_no_alarm() {
    let mut harness = opened(run_of(Landscape::parse("rosenbrock").unwrap(), "gd"));
    let at_start = mark(&harness, "2/λmax").unwrap();
    assert!(!says(&harness, "beyond 2/λmax"));
    go_to(&mut harness, 1);
    assert!(mark(&harness, "2/λmax").unwrap() < at_start - 50.0, "it moves below the handle");
    assert!(says(&harness, "here; the run still comes down"), "the run descends");
    // Another scale is another track.
    let linear = ends(&harness);
    harness.get_by_label("Logarithmic track of rates").click();
    harness.run_steps(4);
    assert_ne!(ends(&harness), linear);
    let card = harness.state().state.selected;
    let set = Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.01 });
    harness.state_mut().state.apply(vec![set]);
    go_to(&mut harness, 0);
    assert!(says(&harness, "beyond 2/λmax") && !says(&harness, "the run still"), "one that leaves is one");
}
