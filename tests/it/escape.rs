//! One `Escape` closes one thing, the topmost: a class does not see the desk by it.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::quiz::{PredictionKind, Span};
use taylorscope::state::{
    Command, ExportCommand, Pane, PilotCommand, PlayCommand, PredictCommand, State, WindowCommand,
};

use crate::desk::{Desk, desk};

/// The slider of the first run's learning rate.
const SLIDER: &str = "learning rate η of run 1, Gradient descent";

fn presented() -> Harness<'static, Desk> {
    let mut harness = desk(1296.0, 736.0);
    apply(&mut harness, Command::Window(WindowCommand::TogglePresenting));
    harness
}

fn apply(harness: &mut Harness<'static, Desk>, command: Command) {
    harness.state_mut().state.apply(vec![command]);
    harness.state_mut().state.finish();
    harness.run_steps(4);
}

fn escape(harness: &mut Harness<'static, Desk>) {
    harness.key_press(Key::Escape);
    harness.run_steps(3);
}

fn presents(harness: &Harness<'static, Desk>) -> bool {
    harness.state().state.view.chrome.presenting.is_some()
}

/// What lies over the views, or is on, and what opens it.
type Thing = (&'static str, Command, fn(&State) -> bool);

fn things() -> [Thing; 9] {
    let window = |command| Command::Window(command);
    let landing = PredictCommand::Ask { kind: PredictionKind::Landing, span: Span::Step, question: None };
    [
        ("a message", window(WindowCommand::Say("No such thing.".to_owned())), |state| state.message.is_some()),
        ("the keys", window(WindowCommand::ToggleKeys), |state| state.view.chrome.keys_open),
        ("the glossary", window(WindowCommand::ToggleGlossary), |state| state.view.chrome.glossary_open),
        ("the table", window(WindowCommand::ToggleCriticalTable), |state| state.view.chrome.critical_open),
        ("a large view", window(WindowCommand::ToggleMaximized(Pane::Slice)), |state| {
            state.view.chrome.maximized.is_some()
        }),
        ("the export", Command::Export(ExportCommand::Toggle), |state| state.export.dialog.is_some()),
        ("a question", Command::Predict(landing), |state| state.predictions.open().is_some()),
        ("a flight", Command::Pilot(PilotCommand::Start), |state| state.pilot.is_some()),
        ("the substeps", Command::Play(PlayCommand::StepInside(1)), |state| state.view.scene.inside.is_some()),
    ]
}

#[test]
fn one_escape_closes_one_thing_before_a_class() {
    for (what, open, is_open) in things() {
        let mut harness = presented();
        apply(&mut harness, open);
        assert!(is_open(&harness.state().state) && presents(&harness), "{what} is there");
        escape(&mut harness);
        assert!(!is_open(&harness.state().state) && presents(&harness), "{what} alone is closed");
        escape(&mut harness);
        assert!(!presents(&harness), "after {what} another one leaves the presentation");
    }
}

/// Each of several things takes one, the topmost first.
#[test]
fn what_lies_on_top_is_closed_first() {
    let mut harness = presented();
    let order = [5, 0, 3, 6, 4, 8];
    let things = things();
    for thing in order.iter().rev() {
        apply(&mut harness, things[*thing].1.clone());
    }
    let mut open: Vec<usize> = order.into_iter().filter(|thing| things[*thing].2(&harness.state().state)).collect();
    assert!(open.len() >= 5, "{open:?}");
    while !open.is_empty() {
        escape(&mut harness);
        open.remove(0);
        let is_open = |thing: &usize| things[*thing].2(&harness.state().state);
        let left: Vec<usize> = order.into_iter().filter(|thing| is_open(thing)).collect();
        assert_eq!(left, open);
        assert!(presents(&harness));
    }
}

/// A message in the bottom line covers nothing: it takes no `Escape` of its own.
#[test]
fn a_message_in_the_bottom_line_takes_no_escape() {
    let mut harness = desk(1296.0, 736.0);
    apply(&mut harness, Command::Window(WindowCommand::ToggleMaximized(Pane::Slice)));
    apply(&mut harness, Command::Window(WindowCommand::Say("Copied.".to_owned())));
    escape(&mut harness);
    assert!(harness.state().state.view.chrome.maximized.is_none());
}

/// During a drag it takes the drag back, and closes nothing besides.
#[test]
fn escape_takes_a_drag_back() {
    let mut harness = presented();
    let rate = |harness: &Harness<'static, Desk>| harness.state().state.document.cards[0].optimizer.parameters[0];
    let before = rate(&harness);
    let slider = harness.get_by_role_and_label(Role::Slider, SLIDER).rect();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let from = slider.left_center() + vec2(0.2 * slider.width(), 0.0);
    harness.event(Event::PointerMoved(from));
    harness.step();
    harness.event(button(from, true));
    harness.step();
    for share in [0.1, 0.2, 0.3] {
        harness.event(Event::PointerMoved(from + vec2(share * slider.width(), 0.0)));
        harness.run_steps(2);
    }
    assert!(rate(&harness) != before, "it is dragged");
    escape(&mut harness);
    assert!(presents(&harness), "the presentation stays");
    assert_eq!(rate(&harness), before, "as before the drag");
    let end = from + vec2(0.5 * slider.width(), 0.0);
    harness.event(Event::PointerMoved(end));
    harness.step();
    harness.event(button(end, false));
    harness.run_steps(3);
    assert_eq!(rate(&harness), before, "the hand moves nothing any more");
    escape(&mut harness);
    assert!(!presents(&harness), "and with the pointer lifted it leaves the presentation");
}
