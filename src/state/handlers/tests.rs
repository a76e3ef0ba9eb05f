//! What commands make of the state: playing, branching, dragging, undoing.

use super::*;
use crate::drawing::overlays::{self, CRITICAL};
use crate::numbers::Point;
use crate::state::{DocumentCommand, HistoryCommand, Pane, PlayCommand, RunCommand, ViewCommand, WindowCommand};
use crate::state::{MAX_CARDS, MapFrame};

fn parameter(state: &State, value: f64) -> Command {
    Command::Runs(RunCommand::SetParameter { card: state.selected, parameter: 0, value })
}

#[test]
fn the_opening_scene_tells_its_numbers() {
    let state = State::overshooting();
    let analysis = state.derived.analysis().unwrap();
    let change = analysis.change.unwrap();
    assert!((change.linear + 68.05).abs() < 5e-3, "plane {}", change.linear);
    assert!((change.quadratic - 3.35).abs() < 5e-3, "paraboloid {}", change.quadratic);
    assert!((change.actual + 20.26).abs() < 5e-3, "truth {}", change.actual);
    assert_eq!(analysis.overreach().map(f64::round), Some(10.0), "ten times further than the plane is good for");
}

#[test]
fn playing_to_the_end_shows_the_end() {
    let mut state = State::overshooting();
    state.apply(vec![Command::Play(PlayCommand::SetSpeed(1000.0)), Command::Play(PlayCommand::Toggle)]);
    while state.tick(0.02) {}
    assert_eq!(state.playback.playhead, 60, "at the end");
    assert_eq!(state.derived.analysis().unwrap().index, 60, "and so is the overlays");
}

#[test]
fn a_long_run_that_is_computed_anew_keeps_the_playhead() {
    let mut state = State::overshooting();
    state.apply(vec![
        Command::Document(DocumentCommand::SetTolerance(None)),
        Command::Document(DocumentCommand::SetSteps(500_000)),
    ]);
    state.finish();
    state.apply(vec![
        Command::Play(PlayCommand::GoTo(400_000)),
        Command::Play(PlayCommand::Toggle),
        parameter(&state, 0.01),
    ]);
    assert!(state.busy, "there is more to compute");
    state.tick(0.02);
    assert!(state.playback.playhead >= 400_000 && state.playback.playing, "at {}", state.playback.playhead);
}

#[test]
fn ghosts_stay_as_they_were_and_never_stand_alone() {
    let mut state = State::overshooting();
    let [first, second] = [state.document.cards[0].id, state.document.cards[1].id];
    state.apply(vec![Command::Runs(RunCommand::Branch(first)), Command::Runs(RunCommand::Remove(second))]);
    let before = state.document.clone();
    state.apply(vec![
        Command::Runs(RunCommand::Select(first)),
        Command::Runs(RunCommand::SetParameter { card: first, parameter: 0, value: 0.5 }),
    ]);
    assert_eq!(state.document, before, "a ghost is not changed");
    assert!(state.message.take().is_some_and(|message| message.text.contains("ghost")), "and it says so");
    let branch = state.document.cards.iter().find(|card| !card.ghost).unwrap().id;
    state.apply(vec![
        Command::Runs(RunCommand::Remove(branch)),
        Command::Document(DocumentCommand::ChooseLandscape("quad")),
    ]);
    assert!(state.document.cards.iter().any(|card| !card.ghost), "one run can always be changed");
}

#[test]
fn a_run_that_has_become_shorter_shows_its_end() {
    let mut state = State::overshooting();
    let other = state.document.cards.iter().find(|card| card.id != state.selected).unwrap().id;
    state.apply(vec![
        Command::Runs(RunCommand::Remove(other)),
        Command::Document(DocumentCommand::MoveStart(Point::new(3.0, 2.0))),
    ]);
    assert_eq!(state.derived.run(state.selected).unwrap().iterates().len(), 1, "a minimum is where a run ends");
    assert_eq!((state.shown_step(), state.playback.playhead), (0, 2), "step 0 is shown, the playhead stays");
    state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 2.0)))]);
    assert_eq!(state.shown_step(), 2, "and is there again");
}

#[test]
fn a_parameter_acts_on_the_whole_run_and_keeps_the_playhead() {
    let mut state = State::overshooting();
    state.apply(vec![parameter(&state, 0.01)]);
    assert_eq!(state.playback.playhead, 2, "the playhead stays");
    let run = state.derived.run(state.selected).unwrap();
    assert!((run.iterates()[0].taken + run.iterates()[0].gradient * 0.01).norm() < 1e-15, "step 0 too");
}

#[test]
fn from_here_on_leaves_the_past_alone() {
    let mut state = State::overshooting();
    let before = state.derived.run(state.selected).unwrap().iterates()[..3].to_vec();
    state.apply(vec![Command::Runs(RunCommand::ApplyFromThisStep(true)), parameter(&state, 0.01)]);
    let run = state.derived.run(state.selected).unwrap();
    assert_eq!(run.iterates()[..2], before[..2], "the past");
    assert!((run.iterates()[2].taken + run.iterates()[2].gradient * 0.01).norm() < 1e-15, "from here on");
}

#[test]
fn a_branch_goes_on_exactly_and_leaves_a_ghost() {
    let mut state = State::overshooting();
    let heavy_ball = state.document.cards[1].id;
    state.apply(vec![
        Command::Runs(RunCommand::Select(heavy_ball)),
        Command::Play(PlayCommand::GoTo(10)),
        Command::Runs(RunCommand::Branch(heavy_ball)),
    ]);
    let branch = state.selected;
    assert_ne!(branch, heavy_ball, "the copy is selected");
    assert_eq!(
        state.derived.run(branch).unwrap().iterates(),
        state.derived.run(heavy_ball).unwrap().iterates(),
        "the same until changed"
    );
    state.apply(vec![parameter(&state, 0.001)]);
    let [old, new] = [heavy_ball, branch].map(|id| state.derived.run(id).unwrap().iterates().to_vec());
    assert_eq!(
        old[..11],
        new[..11].iter().enumerate().map(|(k, i)| if k == 10 { old[10] } else { *i }).collect::<Vec<_>>()[..],
        "the past"
    );
    assert_ne!(old[11].at, new[11].at, "the future");
    assert!(state.document.cards.iter().find(|card| card.id == heavy_ball).unwrap().ghost, "a ghost stays");
}

#[test]
fn one_gesture_is_undone_at_once() {
    let mut state = State::overshooting();
    let before = state.document.clone();
    for rate in [0.01, 0.02, 0.03] {
        state.apply(vec![parameter(&state, rate)]);
    }
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert_eq!(state.document, before, "a whole drag");
    state.apply(vec![Command::History(HistoryCommand::Redo)]);
    assert_eq!(state.document.cards[0].optimizer.parameters[0], 0.03, "and back");
}

#[test]
fn ten_thousand_runs_are_twelve_and_a_message() {
    let mut state = State::overshooting();
    state.apply(vec![Command::Runs(RunCommand::Add("adam")); 10_000]);
    assert_eq!(state.document.cards.len(), MAX_CARDS, "limit");
    assert!(state.message.unwrap().text.contains("runs can be shown"), "and it says so");
}

#[test]
fn a_search_is_taken_only_for_the_landscape_that_is_chosen() {
    let mut state = State::overshooting();
    state.finish();
    assert!(state.derived.wanted_search().is_none(), "all found");
    state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("ackley"))]);
    let mut search = state.derived.wanted_search().expect("there are hundreds").clone();
    while !search.advance(usize::MAX) {}
    state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("rastrigin"))]);
    let before = state.derived.critical_points().to_vec();
    state.take_search(search.clone());
    assert_eq!(state.derived.critical_points(), before, "points of another landscape are not taken");
    state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("ackley"))]);
    assert!(state.derived.critical_points().len() < 441, "it begins anew");
    state.take_search(search.clone());
    assert_eq!(state.derived.critical_points(), search.points(), "its own are");
    state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("rastrigin")),
        Command::Document(DocumentCommand::ChooseLandscape("ackley")),
    ]);
    state.finish();
    assert_eq!(state.derived.critical_points(), search.points(), "and finishing finds the same");
}

#[test]
fn a_point_is_shown_in_the_middle_of_the_map() {
    let mut state = State::overshooting();
    let at = Point::new(3.0, 2.0);
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(CRITICAL)), Command::View(ViewCommand::ShowPoint(at))]);
    let frame = state.view.scene.map.unwrap();
    assert_eq!((frame.center, frame.half), (at, [1.5, 1.5]), "a quarter of the box");
    assert!(state.view.shows(CRITICAL) && state.view.scene.highlighted == Some(at), "seen, and marked");
    state.apply(vec![
        Command::View(ViewCommand::SetMapFrame(MapFrame { center: at, half: [0.1; 2] })),
        Command::View(ViewCommand::ShowPoint(at)),
    ]);
    assert_eq!(state.view.scene.map.map(|frame| frame.half), Some([0.1; 2]), "what is near stays near");
    state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
    assert_eq!(state.view.scene.highlighted, None, "no point of this landscape");
}

#[test]
fn bad_values_change_nothing_and_are_named() {
    let mut state = State::overshooting();
    let before = state.document.clone();
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        state.message = None;
        state.apply(vec![parameter(&state, value)]);
        assert!(
            state.message.as_ref().is_some_and(|message| message.text.contains("lr")),
            "{value}: {:?}",
            state.message
        );
    }
    state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(f64::NAN, 1.0)))]);
    assert_eq!(state.undo_redo_titles(), [None, None], "nothing to take back");
    assert_eq!(state.document, before, "unchanged");
}

#[test]
fn the_start_is_exact() {
    let mut state = State::overshooting();
    state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(1.0, 2.0)))]);
    assert_eq!(state.derived.run(state.selected).unwrap().iterates()[0].at, Point::new(1.0, 2.0), "(1, 2) exactly");
}

#[test]
fn before_a_class_the_overlays_of_a_tab_come_and_go_with_it() {
    let mut state = State::overshooting();
    let optional = overlays::of_tab(Pane::Circle).find(|overlay| !overlay.on_at_first).unwrap().id;
    let shown = |state: &State| -> usize {
        overlays::of_tab(Pane::Circle).filter(|overlay| state.view.shows(overlay.id)).count()
    };
    let tab = || vec![Command::View(ViewCommand::ShowTab(Pane::Circle))];
    let present = || vec![Command::Window(WindowCommand::TogglePresenting)];
    state.apply(tab());
    state.apply(vec![Command::View(ViewCommand::ToggleOverlay(optional))]);
    let all = shown(&state);
    assert!(all > 1, "those that it brings, and one of choice");
    for leave in [present(), vec![Command::Window(WindowCommand::Dismiss)]] {
        state.apply(present());
        assert_eq!(shown(&state), 0, "the tab is hidden, and they with it");
        state.apply(tab());
        assert_eq!(shown(&state), all, "called for it brings them");
        state.apply(tab());
        assert_eq!(shown(&state), 0, "and takes them away");
        state.apply(leave);
        assert_eq!(shown(&state), all, "afterwards everything is as it was");
    }
}
