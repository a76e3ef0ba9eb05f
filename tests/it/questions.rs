//! The list of questions: opened by key, an answer unfolded by click, its scene set by a button.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{Pane, QUESTIONS};

use crate::desk::desk;

#[test]
fn a_question_is_answered_and_shown() {
    let mut harness = desk(1280.0, 720.0);
    harness.key_press(Key::Q);
    harness.run_steps(3);
    let index = QUESTIONS.iter().position(|question| question.evaluations.contains("finite step")).unwrap();
    harness.get_by_role_and_label(Role::DisclosureTriangle, QUESTIONS[index].evaluations).click();
    harness.run_steps(3);
    assert!(harness.query_by_label(QUESTIONS[index].answer).is_some(), "the answer is read");
    harness.get_by_label(&format!("Show me: {}", QUESTIONS[index].evaluations)).click();
    harness.run_steps(3);
    let state = &harness.state().state;
    assert!(state.view.chrome.questions_open && state.shown_tab() == Pane::Circle, "the circle, the list stays");
    harness.key_press(Key::Z);
    harness.run_steps(2);
    assert!(harness.state().state.view.scene.circle.is_shrinking(), "what the answer says to press");
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(!harness.state().state.view.chrome.questions_open, "closed");
}
