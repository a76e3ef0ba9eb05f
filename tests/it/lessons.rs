//! The lessons: six tiles on the first screen, a line above the picture while one is shown, and the way back.

use egui::accesskit::Role;
use egui::{Key, Rect, vec2};
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{
    Command, DocumentCommand, FIRST_LESSONS, HistoryCommand, LESSONS, Pane, PlayCommand, State, WindowCommand,
};

use crate::desk::{opened, says};

#[test]
fn a_lesson_is_one_click_away_on_the_first_screen_and_leaving_gives_back_what_was_there() {
    let mut harness = opened(State::opening());
    let before = harness.state().state.scene();
    let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 720.0));
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

/// Before a class, at every size of a projector: the question, the picture and the tab that the lesson is about, and all that is
/// always there, none over another.
#[test]
fn a_lesson_is_presented_with_its_tab_and_its_key_hides_that() {
    for [width, height] in [[1024.0, 768.0], [1280.0, 720.0], [1920.0, 1080.0]] {
        for (index, lesson) in LESSONS.iter().enumerate() {
            let mut harness = crate::desk::desk(width, height);
            harness.state_mut().state.apply(vec![
                Command::Window(WindowCommand::TogglePresenting),
                Command::Document(DocumentCommand::ShowLesson(index)),
            ]);
            harness.run_steps(4);
            let of = format!("{} at {width} × {height}", lesson.id);
            let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
            let slider = harness.get_by(|node| {
                node.role() == Role::Slider && node.label().is_some_and(|name| name.contains(" of run "))
            });
            for place in [slider.rect(), harness.get_by_label("Play").rect(), harness.get_by_label("step").rect()] {
                assert!(window.contains_rect(place), "{of}: {place}");
            }
            let canvas = |harness: &egui_kittest::Harness<'_, crate::desk::Desk>| {
                let pictures = harness.query_all_by(|node| {
                    let name = node.label().unwrap_or_default();
                    node.role() == Role::Canvas && (name.starts_with("Map") || name.starts_with("Surface"))
                });
                pictures.map(|node| node.rect()).fold(Rect::NOTHING, |largest, rect| {
                    if rect.area() > largest.area() || !largest.is_positive() { rect } else { largest }
                })
            };
            let beside = canvas(&harness);
            assert!(beside.height() > 0.3 * height, "{of}: a picture {} high", beside.height());
            assert_eq!(harness.state().state.presented_tab(), Some(harness.state().state.shown_tab()), "{of}");
            let key = harness.state().state.shown_tab().key().and_then(|key| Key::from_name(&key.to_string()));
            harness.key_press(key.unwrap());
            harness.run_steps(4);
            assert!(canvas(&harness).width() > 1.5 * beside.width(), "{of}: the key hides the tab");
        }
    }
}

/// What the lesson asks for is one drag away, also before a class, and taken back at once.
#[test]
fn before_a_class_the_momentum_coefficient_is_dragged_under_the_picture() {
    let index = LESSONS.iter().position(|lesson| lesson.id == "momentum-escapes").unwrap();
    let mut harness = crate::desk::desk(1024.0, 768.0);
    harness.state_mut().state.apply(vec![
        Command::Window(WindowCommand::TogglePresenting),
        Command::Document(DocumentCommand::ShowLesson(index)),
    ]);
    harness.state_mut().state.finish();
    harness.run_steps(4);
    let end = |harness: &egui_kittest::Harness<'_, crate::desk::Desk>| {
        let state = &harness.state().state;
        state.derived.run(state.selected).unwrap().iterates().last().unwrap().at.x
    };
    assert!(end(&harness) < 0.0, "with β = 0.9 it leaves the minimum at the right");
    let track = harness.get_by_label("momentum β of run 1, Momentum").rect();
    let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
    crate::desk::drag(&mut harness, &[at(0.9), at(0.7), at(0.5)]);
    assert!(end(&harness) > 0.0, "with less it stays");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo), Command::Play(PlayCommand::ToStart)]);
    assert!(end(&harness) < 0.0, "taken back");
    harness.get_by_label("Momentum coefficient under the picture").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("learning rate η of run 1, Momentum").is_some(), "the rate again");
}
