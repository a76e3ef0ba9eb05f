//! The tasks of the lessons can be done while presenting, too, where the row of runs and the set-up are hidden: what they need is there.

use egui::accesskit::Role;
use egui::{Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{Command, LESSONS, LessonCommand, PredictCommand, State, WindowCommand};

use crate::desk::{Desk, desk, says};
use crate::enough::at_least;
use crate::some::some;

/// A page of a lesson while presenting, with nothing asked.
fn presented(lesson: usize, page: usize) -> State {
    let mut state = State::opening();
    state.apply(vec![Command::Lessons(LessonCommand::Show(lesson))]);
    for _ in 0..page {
        state.apply(vec![Command::Predict(PredictCommand::Close), Command::Lessons(LessonCommand::TurnPage(1))]);
    }
    state.apply(vec![Command::Window(WindowCommand::TogglePresenting), Command::Predict(PredictCommand::Close)]);
    state.finish();
    state
}

fn click(harness: &mut Harness<'static, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

#[test]
fn what_a_task_needs_is_there_before_a_class() {
    let mut harness = desk(1024.0, 768.0);
    let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(1024.0, 768.0));
    let (mut tasks, mut wrong) = (0, Vec::new());
    for (index, lesson) in some(LESSONS.iter().enumerate(), 2) {
        for (page, task) in lesson.pages.iter().enumerate().filter_map(|(page, of)| Some((page, of.task.as_ref()?))) {
            let state = presented(index, page);
            let needed = task.controls(state.document.card(state.selected));
            let method = state.document.cards[0].optimizer.entry.name;
            let parameters = state.document.landscape.parameters().to_vec();
            harness.state_mut().state = state;
            harness.run_steps(4);
            tasks += 1;
            let mut want = |label: String| {
                let found = harness.query_all_by_label_contains(&label).map(|node| node.rect());
                if !found.into_iter().any(|rect| rect.is_positive() && window.contains_rect(rect)) {
                    wrong.push(format!("{}, page {}: no '{label}'", lesson.id, page + 1));
                }
            };
            if needed.run {
                want(format!("method and parameters of run 1, {method}"));
            }
            for name in &needed.landscape {
                let parameter = parameters.iter().find(|parameter| parameter.name == name).unwrap();
                want(format!("{} of the landscape", parameter.label));
            }
            if let Some(tab) = needed.tab {
                want(tab.short_title().to_owned());
            }
            want("Play".to_owned());
            if needed.run {
                click(&mut harness, &format!("method and parameters of run 1, {method}"));
                assert!(says(&harness, &format!("method of run 1, {method}")), "{}: it opens", lesson.id);
                let panel = harness.get_by_label(&format!("method of run 1, {method}")).rect();
                assert!(window.contains_rect(panel), "{}: {panel} is in the window", lesson.id);
            }
        }
    }
    assert!(tasks > at_least(15, 7), "{tasks} tasks");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The last page of a lesson, while presenting.
fn last_page(id: &str, [width, height]: [f32; 2]) -> Harness<'static, Desk> {
    let lesson = LESSONS.iter().position(|lesson| lesson.id == id).unwrap();
    let mut harness = desk(width, height);
    harness.state_mut().state = presented(lesson, LESSONS[lesson].pages.len() - 1);
    harness.run_steps(4);
    harness
}

/// The last page of a lesson that asks for another method, done by hand: its button, the menu of methods, the goal.
#[test]
fn another_method_is_chosen_on_the_page_before_a_class() {
    let mut harness = last_page("newton-saddle", [1024.0, 768.0]);
    assert!(!harness.state().state.is_task_done());
    click(&mut harness, "method and parameters of run 1, Newton");
    click(&mut harness, "method of run 1, Newton");
    click(&mut harness, "Saddle-free Newton");
    harness.run_steps(4);
    assert_eq!(harness.state().state.document.cards[0].optimizer.entry.id, "saddle_free");
    assert!(harness.state().state.is_task_done() && says(&harness, "✓ Done"), "the task is done");
}

/// One `Escape` closes the menu of methods, the next one the panel of the run, and the class still sees the presentation.
#[test]
fn escape_closes_what_is_open_under_a_task_before_a_class() {
    let mut harness = last_page("newton-saddle", [1024.0, 768.0]);
    click(&mut harness, "method and parameters of run 1, Newton");
    click(&mut harness, "method of run 1, Newton");
    assert!(says(&harness, "Saddle-free Newton"), "the menu of methods is open");
    for (is_panel, presents) in [(true, true), (false, true), (false, false)] {
        harness.key_press(egui::Key::Escape);
        harness.run_steps(4);
        let has_panel = harness.query_by_label("method of run 1, Newton").is_some();
        let still_presents = harness.state().state.view.chrome.presenting.is_some();
        assert_eq!((has_panel, still_presents), (is_panel, presents));
    }
}

/// One that asks for another valley: its parameter stands with the task, and a number is typed there.
#[test]
fn a_parameter_of_the_landscape_is_changed_on_the_page_before_a_class() {
    let mut harness = last_page("newton-step", [1280.0, 720.0]);
    let slider = harness.get_by(|node| {
        node.role() == Role::Slider && node.label().is_some_and(|name| name.ends_with(" of the landscape"))
    });
    let track = slider.rect();
    crate::desk::drag(&mut harness, &[track.center(), track.left_center() + vec2(2.0, 0.0)]);
    let state = &harness.state().state;
    let kappa = state.document.landscape.values()[0];
    assert!(kappa < 3.0, "the valley is rounder: {kappa}");
}
