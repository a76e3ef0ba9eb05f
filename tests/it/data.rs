//! The data of a network: samples are chosen, dragged, added and removed, and the loss and every run follow at once.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::numbers::Point;
use taylorscope::state::{Command, DocumentCommand, HistoryCommand, Pane, SampleCommand, ViewCommand};

use crate::desk::{Desk, click, desk, drag};

fn data_of(network: &'static str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape(network)),
        Command::View(ViewCommand::ShowTab(Pane::Data)),
    ]);
    harness.run_steps(3);
    harness
}

fn samples(harness: &Harness<'static, Desk>) -> Vec<[f64; 2]> {
    harness.state().state.document.landscape.data().unwrap().samples().to_vec()
}

fn place(harness: &Harness<'static, Desk>, [x, y]: [f64; 2]) -> Pos2 {
    harness.state().canvases.data.mapping.unwrap().position(Point::new(x, y))
}

/// `count` clicks in one frame.
fn clicks(harness: &mut Harness<'static, Desk>, at: Pos2, button: PointerButton, count: usize) {
    harness.event(Event::PointerMoved(at));
    harness.step();
    for _ in 0..count {
        for pressed in [true, false] {
            harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        }
    }
    harness.run_steps(3);
}

fn announced(harness: &Harness<'static, Desk>) -> String {
    let is_data = |label: &str| label.starts_with("Data of");
    let canvas =
        harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| is_data(&label)));
    canvas.accesskit_node().label().unwrap_or_default()
}

#[test]
fn a_click_chooses_a_sample_and_tells_it() {
    let mut harness = data_of("tanh2");
    assert!(announced(&harness).contains("12 samples, step 0, loss"), "{}", announced(&harness));
    let all = samples(&harness);
    let alone =
        all.iter().position(|[x, _]| all.iter().filter(|[other, _]| (x - other).abs() < 0.3).count() == 1).unwrap();
    let at = place(&harness, all[alone]);
    click(&mut harness, at);
    assert_eq!(harness.state().state.view.scene.network.sample, Some(alone), "the one under the pointer");
    let loss = harness
        .state()
        .state
        .document
        .landscape
        .sampled_loss()
        .unwrap()
        .sample_losses(harness.state().state.document.start);
    let description = announced(&harness);
    let share = 100.0 * loss[alone] / loss.iter().sum::<f64>();
    assert!(
        description.contains(&format!("sample {}: x = ", alone + 1)) && description.contains("residual o − y"),
        "{description}"
    );
    let said: f64 = description.rsplit(", ").next().unwrap().trim_end_matches(" % of the total").parse().unwrap();
    assert!((said / share - 1.0).abs() < 0.05, "{said} % is told for {share} %");
    let view = harness.state().canvases.data.mapping.unwrap().view();
    let empty = place(&harness, [view.x[0] + 0.03 * view.width(), view.y[1] - 0.05 * view.height()]);
    click(&mut harness, empty);
    assert_eq!(harness.state().state.view.scene.network.sample, None, "on empty ground all are");
}

#[test]
fn a_dragged_sample_takes_the_land_and_every_run_along() {
    let mut harness = data_of("tanh2");
    let before = harness.state().state.document.clone();
    let last = harness.state().state.derived.run(before.cards[0].id).unwrap().iterates().last().unwrap().at;
    let from = place(&harness, samples(&harness)[4]);
    let to = from + egui::vec2(20.0, -60.0);
    drag(&mut harness, &[from, from.lerp(to, 0.5), to]);
    let moved = samples(&harness);
    let there = place(&harness, moved[4]);
    assert!(moved[4] != before.landscape.data().unwrap().samples()[4], "it moved");
    assert!(
        there.is_finite()
            && moved.iter().zip(before.landscape.data().unwrap().samples()).filter(|(a, b)| a != b).count() == 1,
        "alone"
    );
    let state = &harness.state().state;
    for (_, run) in state.derived.runs() {
        assert_eq!(*run.landscape(), state.document.landscape, "runs are on the new land");
    }
    assert_ne!(state.derived.run(before.cards[0].id).unwrap().iterates().last().unwrap().at, last, "and go elsewhere");
    assert_eq!(state.document.start, before.start, "from the same start");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(harness.state().state.document, before, "one gesture is taken back at once");
}

#[test]
fn samples_are_added_and_removed_but_never_the_last() {
    let mut harness = data_of("relu2");
    let before = samples(&harness);
    let view = harness.state().canvases.data.mapping.unwrap().view();
    let wanted = [view.x[0] + 0.04 * view.width(), view.y[1] - 0.1 * view.height()];
    let at = place(&harness, wanted);
    // Every event has a frame of a quarter of a second.
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 2.0);
    clicks(&mut harness, at, PointerButton::Primary, 2);
    let added = samples(&harness);
    assert_eq!(added.len(), before.len() + 1, "a double click adds one");
    assert!(
        (added[before.len()][0] - wanted[0]).abs() < 0.01 * view.width(),
        "where it was: {:?}",
        added[before.len()]
    );
    assert_eq!(harness.state().state.view.scene.network.sample, Some(before.len()), "and chooses it");
    harness.key_press(Key::Delete);
    harness.run_steps(3);
    assert_eq!(samples(&harness), before, "Delete removes it");
    let first = place(&harness, before[0]);
    clicks(&mut harness, first, PointerButton::Secondary, 1);
    assert_eq!(samples(&harness).len(), before.len() - 1, "and so does the other button");
    for _ in 0..before.len() + 3 {
        harness.state_mut().state.apply(vec![Command::Samples(SampleCommand::Remove(0))]);
    }
    assert_eq!(samples(&harness).len(), 1, "the last one stays");
    assert!(harness.state().state.message.as_ref().unwrap().text.contains("must remain"), "and it says so");
    harness.run_steps(3);
    assert!(announced(&harness).contains(": 1 sample,"), "and is shown");
}

#[test]
fn a_class_is_0_or_1() {
    let mut harness = data_of("logistic");
    let from = place(&harness, samples(&harness)[0]);
    let to = from + egui::vec2(3.0, -400.0);
    drag(&mut harness, &[from, to]);
    assert_eq!(samples(&harness)[0][1], 1.0, "dragged far beyond it is class 1");
    let half = place(&harness, [samples(&harness)[0][0], 0.45]);
    let from = place(&harness, samples(&harness)[0]);
    drag(&mut harness, &[from, half]);
    assert_eq!(samples(&harness)[0][1], 0.0, "there is nothing between the classes");
    assert!(harness.state().state.message.is_none(), "and nothing is wrong");
}
