//! The lessons of the program: their scenes, and the way back.

use super::{ALL, Goal, Lesson, Measured};
use crate::numbers::numerals::number;
use crate::quiz::{PredictionKind, Span};
use crate::state::{Command, HistoryCommand, LessonCommand, PredictCommand, State};

#[test]
fn every_lesson_has_its_scene_and_undo_and_leaving_take_it_back() {
    for (index, lesson) in ALL.iter().enumerate() {
        let mut state = State::overshooting();
        let before = state.document.clone();
        state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
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
            state.apply(vec![Command::Lessons(LessonCommand::Show(shown))]);
            assert_eq!(state.lesson().map(|lesson| lesson.id.as_str()), Some(ALL[shown].id.as_str()));
        }
        state.apply(vec![Command::Lessons(LessonCommand::Close)]);
        assert_eq!(state.scene(), whole, "{}: left", lesson.question);
    }
}

/// The goal of a task of which this must hold, and a run of 100 steps into the bottom of a bowl.
fn asked(done: &str) -> (Goal, State) {
    let scene = "landscape = \"bowl\"\nruns = [\"gd:lr=0.3\"]\nstart = [1.0, 0.5]\nsteps = 100\n";
    let head = "+++\nid = \"a\"\ntitle = \"A\"\nquestion = \"B?\"\n+++\n# H\n";
    let text = format!("{head}```scene\n{scene}```\n```try\ntask = \"T\"\n[done]\n{done}\n```\n");
    let lesson = Lesson::read(&text).unwrap();
    let goal = lesson.pages[0].task.as_ref().unwrap().goal.clone();
    let mut state = State::opening();
    state.open_lesson(lesson.into());
    state.finish();
    (goal, state)
}

/// The numbers of a task are those of the run as it is; what is to stay as it is, is named where it has changed.
#[test]
fn what_a_task_measures_is_said_as_it_is_now() {
    let (_, state) = asked("loss_below = 0");
    let run = state.derived.run(state.selected).unwrap();
    let (last, steps) = (run.iterates().last().unwrap(), run.iterates().len() - 1);
    let loss = format!("loss {} after {steps} steps", number(last.loss));
    for (done, expected) in [
        ("loss_below = 0", Some(loss.as_str())),
        ("ends = \"saddle\"", Some(format!("minimum after {steps} steps").as_str())),
        ("steps_at_most = 4", Some(format!("minimum after {steps} steps").as_str())),
        ("near = [0.0, 0.2]", Some(format!("at (0.0000, 0.0000) after {steps} steps").as_str())),
        ("ratio = [0.9, 1.1]", Some("ρ = 0.8500")),
        ("rate_times_curvature = [1.99, 2.01]", Some("ηλmax = 0.3000")),
        ("weights = [5, 9]", Some("n = 10⁶")),
        ("start_near = [0.0, 0.5]", Some("start (1.0000, 0.5000)")),
        ("playhead = [1, 3]", Some("step 0")),
        ("loss_below = 0\nstart_near = [1.0, 0.5]", Some(loss.as_str())),
        ("loss_below = 0\nstart_near = [0.0, 0.5]", Some(format!("{loss}, start (1.0000, 0.5000)").as_str())),
        ("method = \"newton\"", None),
    ] {
        let (goal, state) = asked(done);
        let measured = goal.measured(&state);
        assert_eq!(measured.as_ref().map(|measured| measured.text.as_str()), expected, "{done}");
        let has_room = |measured: Measured| measured.widest.chars().count() >= measured.text.chars().count();
        assert!(measured.is_none_or(has_room), "{done}: room for what it becomes");
    }
    let (_, mut state) = asked("loss_below = 0");
    let ask = PredictCommand::Ask { kind: PredictionKind::Landing, span: Span::Run, question: None };
    state.apply(vec![Command::Predict(ask)]);
    assert!(state.predictions.asked().is_some() && state.measured().is_none(), "hidden with the answer");
}

/// What a page looks at comes first in the legend, and what its tab brings.
#[test]
fn the_overlays_of_a_page_are_noted() {
    for (id, page, overlay) in [("curved-ground", 2, "region"), ("newton-saddle", 2, "eigenvectors")] {
        let index = ALL.iter().position(|lesson| lesson.id == id).unwrap();
        let mut state = State::opening();
        assert!(state.noted_overlays().is_empty(), "nothing at first: {:?}", state.noted_overlays());
        state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
        for _ in 0..page {
            state.apply(vec![Command::Predict(PredictCommand::Close), Command::Lessons(LessonCommand::TurnPage(1))]);
        }
        let noted = state.noted_overlays();
        assert!(noted.iter().any(|id| id.name() == overlay), "{id}: {noted:?}");
    }
}

/// Every key of `[done]`, held against a run of 100 steps into the bottom of a bowl: it holds where it should, and only there.
#[test]
fn a_goal_is_met_where_all_that_it_asks_for_holds() {
    let met = |done: &str| {
        let (goal, state) = asked(done);
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
