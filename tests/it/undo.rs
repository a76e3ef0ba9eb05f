//! Undo and redo: the whole scene comes back, the document and how it was looked at, after any commands in any order.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use taylorscope::drawing::overlays::{self, CIRCLE, CONTOURS, CRITICAL, FAN, FOG};
use taylorscope::numbers::{Point, Vector};
use taylorscope::state::{
    Command, DocumentCommand, HistoryCommand, LESSONS, LessonCommand, MapFrame, Pane, Picture, PlayCommand, RunCommand,
    SampleCommand, Scene, Section, State, TypeScale, ViewCommand, WindowCommand,
};

use crate::commands::{KINDS, command};
use crate::desk::{Desk, desk, drag, overshooting};

/// Carries them out, a while apart where the second number is large; the scene before the first change that undo knows.
fn carry_out(state: &mut State, script: &[(usize, f64, f64)]) -> Option<Scene> {
    let mut beginning = None;
    for &(kind, a, b) in script {
        let before = state.scene();
        let command = command(state, kind, a, b);
        state.apply(vec![command]);
        if beginning.is_none() && state.undo_redo_titles()[0].is_some() {
            beginning = Some(before);
        }
        // A formula whose typing rests is a change, too.
        let before = state.scene();
        state.tick(if b > 0.6 { 1.5 } else { 0.02 });
        if beginning.is_none() && state.undo_redo_titles()[0].is_some() {
            beginning = Some(before);
        }
    }
    beginning
}

fn all(state: &mut State, command: &Command) -> usize {
    let which = usize::from(*command == Command::History(HistoryCommand::Redo));
    let mut count = 0;
    while state.undo_redo_titles()[which].is_some() {
        state.apply(vec![command.clone()]);
        count += 1;
    }
    count
}

fn script(most: usize) -> impl Strategy<Value = Vec<(usize, f64, f64)>> {
    prop::collection::vec((0..KINDS, 0.0..1.0, 0.0..1.0), 1..most)
}

/// A scene without what undo passes over: the tab with its overlays, and the picture.
fn wherever_one_looks(mut scene: Scene) -> Scene {
    scene.view.tab = Pane::Slice;
    scene.view.picture = Picture::Map;
    scene.view.overlays.retain(|id| overlays::find(id.name()).is_some_and(|overlay| overlay.tabs.is_empty()));
    scene
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn everything_taken_back_is_the_beginning_and_everything_made_again_the_end(script in script(40)) {
        let mut state = overshooting();
        let Some(beginning) = carry_out(&mut state, &script) else { return Ok(()) };
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
        let end = state.scene();
        let undone = all(&mut state, &Command::History(HistoryCommand::Undo));
        prop_assert_eq!(wherever_one_looks(state.scene()), wherever_one_looks(beginning));
        prop_assert_eq!(all(&mut state, &Command::History(HistoryCommand::Redo)), undone, "as many");
        prop_assert_eq!(state.scene(), end);
    }

    #[test]
    fn what_is_taken_back_in_between_is_made_again_as_it_was(first in script(12), second in script(12)) {
        let mut state = overshooting();
        carry_out(&mut state, &first);
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        carry_out(&mut state, &second);
        let now = state.scene();
        if state.undo_redo_titles()[0].is_some() {
            state.apply(vec![Command::History(HistoryCommand::Undo), Command::History(HistoryCommand::Redo)]);
            prop_assert_eq!(state.scene(), now);
        }
    }
}

/// A scene in which everything is unlike at first: landscape, frame, eye, overlays, open parts, playhead, radius, sample.
fn arranged() -> State {
    let mut state = overshooting();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
        Command::Runs(RunCommand::Add("adam")),
        Command::View(ViewCommand::SetMapFrame(MapFrame { center: Point::new(0.5, -0.25), half: [0.75, 0.5] })),
        Command::View(ViewCommand::SetLogHeight(true)),
        Command::View(ViewCommand::SetStretched(true)),
        Command::View(ViewCommand::Orbit(Vector::new(0.4, 0.1))),
        Command::View(ViewCommand::ToggleOverlay(CRITICAL)),
        Command::View(ViewCommand::ToggleOverlay(CONTOURS)),
        Command::View(ViewCommand::ToggleSection(Section::Asked)),
        Command::View(ViewCommand::ShowTab(Pane::Circle)),
        Command::View(ViewCommand::SetCircleRadius(Some(0.3))),
        Command::View(ViewCommand::SetShare(0.2)),
        Command::Play(PlayCommand::GoTo(4)),
        Command::Play(PlayCommand::StepInside(1)),
        Command::Samples(SampleCommand::Choose(Some(3))),
        Command::View(ViewCommand::ShowKinkPlane(1)),
        Command::Runs(RunCommand::ApplyFromThisStep(true)),
    ]);
    state
}

#[test]
fn undo_brings_back_all_of_the_scene_after_another_landscape_or_lesson() {
    let mut changes: Vec<Command> = (0..LESSONS.len()).map(LessonCommand::Show).map(Command::Lessons).collect();
    changes.extend([
        Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
        Command::Document(DocumentCommand::ChooseLandscape("formula")),
        Command::Document(DocumentCommand::TypeFormula("x^4 + y^2".to_owned())),
        Command::Document(DocumentCommand::BringLandscape(Box::new(
            taylorscope::landscapes::Landscape::parse("beale").unwrap(),
        ))),
        Command::Samples(SampleCommand::SetSeed(5)),
        Command::View(ViewCommand::Fit),
        Command::Samples(SampleCommand::Remove(0)),
    ]);
    for change in changes {
        let mut state = arranged();
        let before = state.scene();
        state.apply(vec![change.clone()]);
        assert_ne!(state.scene(), before, "{change:?} changes something");
        let after = state.scene();
        state.apply(vec![Command::Play(PlayCommand::GoTo(1)), Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.scene(), before, "{change:?}");
        // The playhead may go as far as the runs of what is there again.
        state.apply(vec![Command::History(HistoryCommand::Redo)]);
        state.apply(vec![Command::Play(PlayCommand::GoTo(after.playhead))]);
        let again = Scene { view: after.view.clone(), ..state.scene() };
        assert_eq!(again, after, "{change:?}, made again");
    }
}

#[test]
fn undo_after_a_pan_undoes_the_pan_and_never_shows_a_land_in_the_frame_of_another() {
    let mut state = overshooting();
    let before = state.scene();
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
        Command::History(HistoryCommand::LetGo),
    ]);
    let chosen = state.scene();
    for step in 1..5 {
        state.apply(vec![Command::View(ViewCommand::SetMapFrame(MapFrame {
            center: Point::new(f64::from(step), 0.0),
            half: [0.5; 2],
        }))]);
    }
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.scene(), chosen, "all of the pan, and nothing else");
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.scene(), before, "then the landscape, in its own frame");
}

#[test]
fn undo_passes_over_tab_and_picture_and_stays_with_what_is_looked_at() {
    let mut state = overshooting();
    let card = state.selected;
    let rate = |value| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
    let before = state.document.clone();
    state.apply(vec![
        rate(0.02),
        Command::View(ViewCommand::ShowTab(Pane::Momentum)),
        Command::View(ViewCommand::ShowPicture(Picture::Surface)),
    ]);
    let looked = |state: &State| (state.shown_tab(), state.view.scene.picture, state.view.shows(FAN));
    let now = looked(&state);
    assert_eq!(now, (Pane::Momentum, Picture::Surface, true), "the tab brings its overlay");
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!((&state.document, looked(&state)), (&before, now), "the rate alone");
    assert_eq!(state.undo_redo_titles()[0], None, "looking was no change");
    state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Loss)), Command::History(HistoryCommand::Redo)]);
    assert_eq!((state.shown_tab(), state.view.shows(FAN)), (Pane::Loss, false), "nor does redo turn away");
    let lesson = Command::Lessons(LessonCommand::Show(0));
    state.apply(vec![lesson, Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.shown_tab(), Pane::Loss, "the tab of a lesson goes with it");
}

#[test]
fn what_belongs_to_the_window_is_never_undone() {
    let mut state = overshooting();
    state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 1.0)))]);
    let around = [
        Command::Window(WindowCommand::ToggleTheme),
        Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture)),
        Command::Window(WindowCommand::ToggleKeys),
        Command::Window(WindowCommand::ToggleGlossary),
        Command::Window(WindowCommand::ToggleCriticalTable),
        Command::Window(WindowCommand::ToggleMaximized(Pane::Surface)),
    ];
    state.apply(around.to_vec());
    let chrome = state.view.chrome.clone();
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.view.chrome, chrome, "as it is");
    assert_eq!(state.undo_redo_titles().map(|title| title.is_some()), [false, true], "none of it is a change");
}

#[test]
fn undo_takes_away_the_message_of_what_is_undone() {
    let mut state = overshooting();
    for command in [Command::Document(DocumentCommand::RandomStart), Command::Runs(RunCommand::Branch(state.selected))]
    {
        state.apply(vec![command.clone()]);
        assert!(state.message.is_some(), "{command:?} says what it did");
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!(state.message, None, "{command:?}");
    }
}

#[test]
fn a_drag_is_one_change_however_long_the_hand_rests_and_two_drags_are_two() {
    let mut state = overshooting();
    let before = state.scene();
    let card = state.selected;
    let rate = |value| Command::Runs(RunCommand::SetParameter { card, parameter: 0, value });
    for drag in [[0.01, 0.02], [0.03, 0.04]] {
        state.apply(vec![Command::History(HistoryCommand::TakeHold)]);
        for value in drag {
            state.apply(vec![rate(value)]);
            state.tick(30.0);
        }
        state.apply(vec![Command::History(HistoryCommand::LetGo)]);
    }
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.document.cards[0].optimizer.parameters[0], 0.02, "the second drag, at once after the first");
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.scene(), before, "the first");
    for value in [0.01, 0.02] {
        state.apply(vec![rate(value)]);
        state.tick(30.0);
    }
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.document.cards[0].optimizer.parameters[0], 0.01, "typed a while apart: two changes");
}

#[test]
fn a_lesson_leaves_nothing_behind_when_its_landscape_is_left() {
    let fog = LESSONS.iter().position(|lesson| lesson.question.contains("tangent plane")).unwrap();
    let circle = LESSONS.iter().position(|lesson| lesson.question.contains("finite step")).unwrap();
    let shown = |state: &State| {
        let scene = &state.view.scene;
        (scene.overlays.clone(), scene.open.clone(), scene.tab)
    };
    let mut state = overshooting();
    state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(CRITICAL)),
        Command::View(ViewCommand::ToggleSection(Section::Asked)),
    ]);
    let before = shown(&state);
    for lessons in [vec![fog], vec![circle], vec![fog, circle]] {
        state.apply(lessons.iter().copied().map(LessonCommand::Show).map(Command::Lessons).collect());
        assert_ne!(shown(&state), before, "{lessons:?} shows something else");
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("bowl"))]);
        assert_eq!(shown(&state), before, "{lessons:?} left");
    }
    state.apply(vec![
        Command::Lessons(LessonCommand::Show(fog)),
        Command::View(ViewCommand::ToggleOverlay(CIRCLE)),
        Command::Document(DocumentCommand::ChooseLandscape("bowl")),
    ]);
    assert!(state.view.shows(CIRCLE) && !state.view.shows(FOG), "what somebody has switched on stays");
}

fn press(harness: &mut Harness<'static, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

#[test]
fn the_map_is_dragged_and_the_key_takes_all_of_it_back() {
    let mut harness = desk(1280.0, 720.0);
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("beale"))]);
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
fn a_lesson_shown_by_its_tile_is_taken_back_by_the_key() {
    let mut harness = desk(1280.0, 720.0);
    harness
        .state_mut()
        .state
        .apply(vec![Command::Play(PlayCommand::GoTo(4)), Command::View(ViewCommand::SetLogHeight(true))]);
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Q);
    let before = harness.state().state.scene();
    harness.get_by_label(&format!("lesson: {}", LESSONS[0].question)).click();
    harness.run_steps(3);
    assert!(harness.state().state.lesson().is_some(), "the lesson");
    assert_ne!(harness.state().state.scene(), before, "with its scene");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().state.scene(), before, "all as before");
}
