//! The lessons of the program: their scenes, and the way back.

use super::{ALL, Lesson};
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
        let is_asked = state.page().is_some_and(|page| page.predict.is_some());
        assert_eq!(
            analysis.proposed().is_none(),
            is_asked,
            "{}: a step to look at, or one to predict",
            lesson.question
        );
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

/// Every key of `[done]`, held against a run of 100 steps into the bottom of a bowl: it holds where it should, and only there.
#[test]
fn a_goal_is_met_where_all_that_it_asks_for_holds() {
    let met = |done: &str| {
        let scene = "landscape = \"bowl\"\nruns = [\"gd:lr=0.3\"]\nstart = [1.0, 0.5]\nsteps = 100\n";
        let head = "+++\nid = \"a\"\ntitle = \"A\"\nquestion = \"B?\"\n+++\n# H\n";
        let text = format!("{head}```scene\n{scene}```\n```try\ntask = \"T\"\n[done]\n{done}\n```\n");
        let lesson = Lesson::read(&text).unwrap();
        let goal = lesson.pages[0].task.as_ref().unwrap().goal.clone();
        let mut state = State::opening();
        state.open_lesson(lesson.into());
        state.finish();
        goal.is_met(&state)
    };
    for holds in [
        "ends = \"minimum\"",
        "ends = [\"saddle\", \"minimum\"]\nrun = 1",
        "near = [0.0, 0.0]",
        "near = [0.0, 0.05]\nwithin = 0.06",
        "loss_below = 1e-9",
        "loss_above = -1",
        "gradient_below = 1e-6",
        "steps_at_most = 60",
        "start_near = [1.0, 0.5]\nwithin = 1e-9",
        "method = \"gd\"",
        "parameter = { name = \"lr\", min = 0.3, max = 0.3 }",
        "landscape_parameter = { name = \"a\", min = 1 }",
        "rate_times_curvature = [0.3, 0.3]",
        "ratio = [0.84, 0.86]",
        "playhead = [0, 0]",
        "hide = \"fog\"",
        "show = [\"paths\", \"heat\"]",
        "picture = \"map\"",
        "runs = 1",
        "weights = [2, 1e12]",
    ] {
        assert!(met(holds), "{holds}");
    }
    for fails in [
        "ends = \"saddle\"",
        "ends = \"minimum\"\nrun = 2",
        "near = [0.0, 0.2]",
        "loss_below = 0",
        "loss_above = 1",
        "gradient_below = 1e-12",
        "steps_at_most = 40",
        "start_near = [0.0, 0.5]",
        "method = [\"newton\", \"momentum\"]",
        "parameter = { name = \"lr\", min = 0.31 }",
        "parameter = { name = \"beta\", min = 0 }",
        "landscape_parameter = { name = \"a\", max = 0.9 }",
        "rate_times_curvature = [1.99, 2.01]",
        "ratio = [0.9, 1.1]",
        "playhead = [1, 3]",
        "show = \"region\"",
        "hide = [\"fog\", \"paths\"]",
        "picture = \"both\"",
        "runs = 2",
        "tab = \"slice\"",
        "stage = [0, 9]",
        "weights = [1e13, 1e14]",
        "ends = \"minimum\"\nloss_below = 0",
    ] {
        assert!(!met(fails), "{fails}");
    }
}
