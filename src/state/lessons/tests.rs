//! The lessons of the program: their scenes, and the way back.

use super::ALL;
use crate::state::{Command, DocumentCommand, HistoryCommand, State};

#[test]
fn every_lesson_has_its_scene_and_undo_and_leaving_take_it_back() {
    for (index, lesson) in ALL.iter().enumerate() {
        let mut state = State::overshooting();
        let before = state.document.clone();
        state.apply(vec![Command::Document(DocumentCommand::ShowLesson(index))]);
        let scene = lesson.scene().unwrap();
        assert_eq!(state.document.landscape, scene.document.landscape, "{}", lesson.question);
        assert_eq!(state.document.cards.len(), scene.document.cards.len(), "{}", lesson.question);
        assert_eq!(state.shown_step(), scene.playhead, "{}", lesson.question);
        let analysis = state.derived.analysis().unwrap();
        assert!(analysis.proposed().is_some(), "{}: there is a step to look at", lesson.question);
        assert!(state.view.scene.overlays.is_superset(&scene.view.overlays), "{}", lesson.question);
        assert_eq!(state.shown_tab(), scene.view.tab, "{}", lesson.question);
        state.apply(vec![Command::History(HistoryCommand::Undo)]);
        assert_eq!((&state.document, state.lesson().is_none()), (&before, true), "{}", lesson.question);
        let next = (index + 1) % ALL.len();
        let whole = state.scene();
        for shown in [index, next] {
            state.apply(vec![Command::Document(DocumentCommand::ShowLesson(shown))]);
            assert_eq!(state.lesson().map(|lesson| lesson.id.as_str()), Some(ALL[shown].id.as_str()));
        }
        state.apply(vec![Command::Document(DocumentCommand::LeaveLesson)]);
        assert_eq!(state.scene(), whole, "{}: left", lesson.question);
    }
}
