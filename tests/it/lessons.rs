//! The lessons: six tiles on the first screen, a line above the picture while one is shown, and the way back.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{FIRST_LESSONS, LESSONS, Pane, State};

use crate::desk::{opened, says};

#[test]
fn a_lesson_is_one_click_away_on_the_first_screen_and_leaving_gives_back_what_was_there() {
    let mut harness = opened(State::opening());
    let before = harness.state().state.scene();
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 720.0));
    for lesson in &LESSONS[..FIRST_LESSONS] {
        let tile = harness.get_by_label(&format!("lesson: {}", lesson.question)).rect();
        assert!(window.contains_rect(tile) && says(&harness, lesson.title), "{} at {tile}", lesson.title);
    }
    for lesson in &LESSONS[..FIRST_LESSONS] {
        harness.get_by_label(&format!("lesson: {}", lesson.question)).click();
        harness.run_steps(3);
        assert!(says(&harness, lesson.look), "{}: what to look at", lesson.id);
        assert_ne!(harness.state().state.shown_tab(), Pane::Lessons, "{}: its own tab", lesson.id);
        assert!(!says(&harness, lesson.answer), "{}: the answer is hidden at first", lesson.id);
        harness.get_by_label("answer of the lesson").click();
        harness.run_steps(3);
        assert!(says(&harness, lesson.answer), "{}: the answer", lesson.id);
        harness.key_press(Key::Escape);
        harness.run_steps(3);
        harness.get_by_label("leave the lesson").click();
        harness.run_steps(3);
        assert_eq!(harness.state().state.scene(), before, "{}: what was there before", lesson.id);
    }
}

#[test]
fn a_key_shows_the_lessons_and_what_a_lesson_says_to_press_works() {
    let mut harness = crate::desk::desk(1280.0, 720.0);
    harness.key_press(Key::Q);
    harness.run_steps(3);
    assert_eq!(harness.state().state.shown_tab(), Pane::Lessons, "by key");
    let lesson = LESSONS.iter().find(|lesson| lesson.id == "finite-step").unwrap();
    let label = format!("lesson: {}", lesson.question);
    harness.get_by_label(&label).scroll_to_me();
    harness.run_steps(3);
    harness.get_by_label(&label).click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.shown_tab(), Pane::Circle, "the circle");
    harness.key_press(Key::Z);
    harness.run_steps(2);
    assert!(harness.state().state.view.scene.circle.is_shrinking(), "what it says to press");
}
