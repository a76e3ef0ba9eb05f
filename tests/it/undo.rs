//! Undo and redo: the whole scene comes back, the document and how it was looked at, after any commands in any order.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use taylorscope::drawing::overlays::{CIRCLE, FOG};
use taylorscope::numbers::{Point, Vector};
use taylorscope::state::{Command, MapFrame, Pane, QUESTIONS, Scene, Section, State, TypeScale};

use crate::commands::{KINDS, command};
use crate::desk::{Desk, desk, drag, says};

/// Carries them out, a while apart where the second number is large; the scene before the first change that undo knows.
fn carry_out(state: &mut State, script: &[(usize, f64, f64)]) -> Option<Scene> {
    let mut beginning = None;
    for &(kind, a, b) in script {
        let before = state.scene();
        let command = command(state, kind, a, b);
        state.apply(vec![command]);
        if beginning.is_none() && state.can_undo_redo()[0] {
            beginning = Some(before);
        }
        state.tick(if b > 0.6 { 1.5 } else { 0.02 });
    }
    beginning
}

fn all(state: &mut State, command: &Command) -> usize {
    let which = usize::from(*command == Command::Redo);
    let mut count = 0;
    while state.can_undo_redo()[which] {
        state.apply(vec![command.clone()]);
        count += 1;
    }
    count
}

fn script(most: usize) -> impl Strategy<Value = Vec<(usize, f64, f64)>> {
    prop::collection::vec((0..KINDS, 0.0..1.0, 0.0..1.0), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn everything_taken_back_is_the_beginning_and_everything_made_again_the_end(script in script(40)) {
        let mut state = State::opening();
        let Some(beginning) = carry_out(&mut state, &script) else { return Ok(()) };
        state.apply(vec![Command::LetGo]);
        let end = state.scene();
        let undone = all(&mut state, &Command::Undo);
        prop_assert_eq!(state.scene(), beginning);
        prop_assert_eq!(all(&mut state, &Command::Redo), undone, "as many");
        prop_assert_eq!(state.scene(), end);
    }

    #[test]
    fn what_is_taken_back_in_between_is_made_again_as_it_was(first in script(12), second in script(12)) {
        let mut state = State::opening();
        carry_out(&mut state, &first);
        state.apply(vec![Command::Undo]);
        carry_out(&mut state, &second);
        let now = state.scene();
        if state.can_undo_redo()[0] {
            state.apply(vec![Command::Undo, Command::Redo]);
            prop_assert_eq!(state.scene(), now);
        }
    }
}

/// A scene in which everything is unlike at first: landscape, frame, eye, overlays, open parts, playhead, radius, sample.
fn arranged() -> State {
    let mut state = State::opening();
    state.apply(vec![
        Command::ChooseLandscape("tanh2"),
        Command::AddRun("adam"),
        Command::SetMapFrame(MapFrame { center: Point::new(0.5, -0.25), half: [0.75, 0.5] }),
        Command::SetLogHeight(true),
        Command::SetStretched(true),
        Command::Orbit(Vector::new(0.4, 0.1)),
        Command::ToggleOverlay("critical"),
        Command::ToggleOverlay("contours"),
        Command::ToggleSection(Section::Asked),
        Command::ShowLower(Pane::Circle),
        Command::SetCircleRadius(Some(0.3)),
        Command::SetShare(0.2),
        Command::GoTo(4),
        Command::StepInside(1),
        Command::ChooseSample(Some(3)),
        Command::ShowFacet(1),
        Command::SetFromHereOn(true),
    ]);
    state
}

#[test]
fn undo_brings_back_all_of_the_scene_after_another_landscape_or_question() {
    let mut changes: Vec<Command> = (0..QUESTIONS.len()).map(Command::ShowQuestion).collect();
    changes.extend([
        Command::ChooseLandscape("rosenbrock"),
        Command::ChooseLandscape("formula"),
        Command::TypeFormula("x^4 + y^2".to_owned()),
        Command::BringLandscape(Box::new(taylorscope::landscapes::Landscape::parse("beale").unwrap())),
        Command::SetSeed(5),
        Command::Fit,
        Command::RemoveSample(0),
    ]);
    for change in changes {
        let mut state = arranged();
        let before = state.scene();
        state.apply(vec![change.clone()]);
        assert_ne!(state.scene(), before, "{change:?} changes something");
        let after = state.scene();
        state.apply(vec![Command::GoTo(1), Command::Undo]);
        assert_eq!(state.scene(), before, "{change:?}");
        state.apply(vec![Command::Redo, Command::GoTo(after.playhead)]);
        let again = Scene { view: after.view.clone(), ..state.scene() };
        assert_eq!(again, after, "{change:?}, made again");
    }
}

#[test]
fn undo_after_a_pan_undoes_the_pan_and_never_shows_a_land_in_the_frame_of_another() {
    let mut state = State::opening();
    let before = state.scene();
    state.apply(vec![Command::ChooseLandscape("rosenbrock"), Command::LetGo]);
    let chosen = state.scene();
    for step in 1..5 {
        state.apply(vec![Command::SetMapFrame(MapFrame { center: Point::new(f64::from(step), 0.0), half: [0.5; 2] })]);
    }
    state.apply(vec![Command::Undo]);
    assert_eq!(state.scene(), chosen, "all of the pan, and nothing else");
    state.apply(vec![Command::Undo]);
    assert_eq!(state.scene(), before, "then the landscape, in its own frame");
}

#[test]
fn what_belongs_to_the_window_is_never_undone() {
    let mut state = State::opening();
    state.apply(vec![Command::MoveStart(Point::new(1.0, 1.0))]);
    let around = [
        Command::ToggleTheme,
        Command::SetTypeScale(TypeScale::Lecture),
        Command::ToggleKeys,
        Command::ToggleQuestions,
        Command::ToggleCriticalTable,
        Command::ToggleMaximized(Pane::Surface),
    ];
    state.apply(around.to_vec());
    let chrome = state.view.chrome.clone();
    state.apply(vec![Command::Undo]);
    assert_eq!(state.view.chrome, chrome, "as it is");
    assert_eq!(state.can_undo_redo(), [false, true], "none of it is a change");
}

#[test]
fn undo_takes_away_the_message_of_what_is_undone() {
    let mut state = State::opening();
    for command in [Command::RandomStart, Command::Branch(state.selected)] {
        state.apply(vec![command.clone()]);
        assert!(state.message.is_some(), "{command:?} says what it did");
        state.apply(vec![Command::Undo]);
        assert_eq!(state.message, None, "{command:?}");
    }
}

#[test]
fn a_drag_is_one_change_however_long_the_hand_rests_and_two_drags_are_two() {
    let mut state = State::opening();
    let before = state.scene();
    let card = state.selected;
    let rate = |value| Command::SetKnob { card, knob: 0, value };
    for drag in [[0.01, 0.02], [0.03, 0.04]] {
        state.apply(vec![Command::TakeHold]);
        for value in drag {
            state.apply(vec![rate(value)]);
            state.tick(30.0);
        }
        state.apply(vec![Command::LetGo]);
    }
    state.apply(vec![Command::Undo]);
    assert_eq!(state.document.cards[0].optimizer.knobs[0], 0.02, "the second drag, at once after the first");
    state.apply(vec![Command::Undo]);
    assert_eq!(state.scene(), before, "the first");
    for value in [0.01, 0.02] {
        state.apply(vec![rate(value)]);
        state.tick(30.0);
    }
    state.apply(vec![Command::Undo]);
    assert_eq!(state.document.cards[0].optimizer.knobs[0], 0.01, "typed a while apart: two changes");
}

#[test]
fn a_question_leaves_nothing_behind_when_its_landscape_is_left() {
    let fog = QUESTIONS.iter().position(|question| question.asked.contains("tangent plane")).unwrap();
    let circle = QUESTIONS.iter().position(|question| question.asked.contains("finite step")).unwrap();
    let shown = |state: &State| {
        let scene = &state.view.scene;
        (scene.overlays.clone(), scene.open.clone(), scene.lower)
    };
    let mut state = State::opening();
    state.apply(vec![Command::ToggleOverlay("critical"), Command::ToggleSection(Section::Asked)]);
    let before = shown(&state);
    for asked in [vec![fog], vec![circle], vec![fog, circle]] {
        state.apply(asked.iter().copied().map(Command::ShowQuestion).collect());
        assert_ne!(shown(&state), before, "{asked:?} shows something else");
        state.apply(vec![Command::ChooseLandscape("bowl")]);
        assert_eq!(shown(&state), before, "{asked:?} left");
    }
    state.apply(vec![Command::ShowQuestion(fog), Command::ToggleOverlay(CIRCLE), Command::ChooseLandscape("bowl")]);
    assert!(state.view.shows(CIRCLE) && !state.view.shows(FOG), "what somebody has switched on stays");
}

fn press(harness: &mut Harness<'static, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

#[test]
fn the_map_is_dragged_and_the_key_takes_all_of_it_back() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::ChooseLandscape("beale")]);
    harness.run_steps(3);
    let before = harness.state().state.scene();
    let map = egui::pos2(520.0, 500.0);
    drag(&mut harness, &[map, map + egui::vec2(20.0, 5.0), map + egui::vec2(60.0, -30.0)]);
    assert_ne!(harness.state().state.scene(), before, "panned");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().state.scene(), before, "and back");
    press(&mut harness, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_ne!(harness.state().state.scene(), before, "and there again");
}

#[test]
fn a_question_shown_by_its_button_is_taken_back_by_the_key() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::GoTo(4), Command::SetLogHeight(true)]);
    harness.run_steps(3);
    let before = harness.state().state.scene();
    press(&mut harness, Modifiers::NONE, Key::Q);
    harness.get_by_label(&format!("Show me: {}", QUESTIONS[0].asked)).click();
    harness.run_steps(3);
    assert!(harness.state().state.view.in_fog(), "the question's scene");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().state.scene(), before, "all as before");
    assert!(harness.state().state.view.chrome.questions_open && says(&harness, QUESTIONS[0].asked), "the list stays");
}
