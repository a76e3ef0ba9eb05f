//! The lessons: six tiles on the first screen, their pages beside the picture, their tasks, and the way back.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::WindowPart;
use taylorscope::lessons::{Block, plain};
use taylorscope::state::{
    Card, Command, DocumentCommand, FIRST_LESSONS, HistoryCommand, LESSONS, Lesson, LessonCommand, Page, Pane,
    PlayCommand, PredictCommand, SharedLesson, State, WindowCommand,
};

use crate::desk::{Desk, open_page, opened, says};
use crate::enough::at_least;
use crate::labels::cut;
use crate::some::some;

#[test]
fn a_lesson_is_one_click_away_on_the_first_screen_and_leaving_gives_back_what_was_there() {
    let mut harness = opened(State::opening());
    let before = harness.state().state.scene();
    let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 720.0));
    for lesson in &LESSONS[..FIRST_LESSONS] {
        let tile = harness.get_by_label(&format!("lesson: {}", lesson.question)).rect();
        assert!(window.contains_rect(tile) && says(&harness, &lesson.title), "{} at {tile}", lesson.title);
    }
    for lesson in &LESSONS[..FIRST_LESSONS] {
        harness.get_by_label(&format!("lesson: {}", lesson.question)).click();
        harness.run_steps(3);
        assert!(says(&harness, &plain(&lesson.pages[0].heading)), "{}: its first page", lesson.id);
        assert_ne!(harness.state().state.shown_tab(), Pane::Lessons, "{}: its own tab", lesson.id);
        harness.get_by_label("leave the lesson").click();
        harness.run_steps(3);
        assert_eq!(harness.state().state.scene(), before, "{}: what was there before", lesson.id);
    }
}

/// The words of a page, as who cannot see them hears them.
fn words(page: &Page) -> String {
    page.blocks.iter().map(Block::plain).collect::<Vec<_>>().join("\n")
}

/// Every page of every lesson, from the first to the last: its text is whole, nothing lies over it, its task is not done when it
/// comes and done once what the lesson says is carried out.
#[test]
fn every_lesson_is_played_through_to_its_end() {
    let mut harness = opened(State::opening());
    let (mut pages, mut played) = (0, 0);
    for (index, lesson) in some(LESSONS.iter().enumerate(), 5) {
        harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
        for (number, page) in lesson.pages.iter().enumerate() {
            harness.state_mut().state.finish();
            harness.run_steps(3);
            let of = format!("{}, page {}", lesson.id, number + 1);
            assert_eq!(harness.state().state.page().map(words), Some(words(page)), "{of}: is shown");
            let transport = harness.get_by_label("Play").rect();
            // The name of a method may stand at its run, too: the page is at the right.
            let heading_text = plain(&page.heading);
            let named = harness.query_all_by_label(heading_text.as_str()).map(|node| node.rect());
            let heading = named.max_by(|a, b| a.left().total_cmp(&b.left())).unwrap();
            // A page may be a task or a question alone.
            let text = Some(words(page)).filter(|words| !words.is_empty());
            let text = text.map(|words| harness.get_by_label(&words).rect());
            let task = page.task.as_ref().map(|task| harness.get_by_label(&plain(&task.text)).rect());
            for place in [Some(heading), text, task].into_iter().flatten() {
                assert!(place.bottom() < transport.top() && place.right() < 1280.0, "{of}: {place} is not whole");
            }
            assert_eq!(cut(&harness.output().shapes), Vec::<String>::new(), "{of}: words that are cut");
            if task.is_some() {
                assert!(!harness.state().state.is_task_done(), "{of}: done before anything is done");
                assert!(harness.state_mut().state.solve_task(), "{of}: has a solution");
                harness.run_steps(3);
                assert!(harness.state().state.is_task_done() && says(&harness, "✓ Done"), "{of}: is not recognized");
            }
            pages += 1;
            // What it asks is not answered here.
            harness.state_mut().state.apply(vec![Command::Predict(PredictCommand::Close)]);
            if number + 1 < lesson.pages.len() {
                harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
            } else {
                harness.get_by_label("finish the lesson").click();
            }
            harness.run_steps(3);
        }
        assert!(harness.state().state.lesson().is_none(), "{}: at its end it is left", lesson.id);
        assert!(harness.state().state.progress.has_read(&lesson.id, lesson.pages.len() - 1), "{}: is kept", lesson.id);
        played += 1;
    }
    assert!(played > at_least(15, 3) && pages > 3 * played, "{pages} pages of {played} lessons");
}

/// A lesson with a page that goes on with the scene of the one before, a task with a hint, and something to look at.
const OWN: &str = r#"+++
id = "own"
title = "Own"
question = "Which rate?"
+++
# First
Look at $\frac{2}{\lambda_{\max}}$.

```scene
landscape = "bowl"
runs = ["gd:lr=0.3"]
start = [1.0, 0.5]
steps = 20
```
```look
at = ["rate", "region"]
```
---
# Second
```try
task = "Make it oscillate."
hint = "Twice the rate of one step."
[done]
ends = "cycle"
[solution]
parameters = { lr = 2.0 }
```
"#;

#[test]
fn pages_are_turned_by_keys_and_buttons_and_undo_takes_them_back() {
    let mut harness = opened(State::opening());
    let before = harness.state().state.scene();
    let lesson = SharedLesson::from(Lesson::read(OWN).unwrap());
    harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Open(lesson))]);
    harness.run_steps(3);
    let shows = |harness: &Harness<'static, Desk>, id| {
        let overlay = taylorscope::drawing::overlays::find(id).unwrap().id;
        harness.state().state.view.shows(overlay)
    };
    assert!(shows(&harness, "region") && says(&harness, "Look at 2/λ_max."), "what is looked at, and the formula");
    let start = |harness: &Harness<'static, Desk>| harness.state().state.document.start.x;
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::MoveStart([2.0, 0.5].into()))]);
    harness.get_by_label("next page").click();
    harness.run_steps(3);
    assert!(says(&harness, "Second") && start(&harness) == 2.0, "it goes on with what the page before has left");
    assert!(!says(&harness, "Twice the rate"), "the hint is hidden");
    harness.get_by_label("hint for the task").click();
    harness.run_steps(3);
    assert!(says(&harness, "Twice the rate"), "and shown on request");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run_steps(3);
    assert!(says(&harness, "First") && start(&harness) == 1.0, "back on the first page its scene is set anew");
    harness.state_mut().state.apply(vec![Command::History(HistoryCommand::Undo)]);
    harness.run_steps(3);
    assert!(says(&harness, "Second") && start(&harness) == 2.0, "undo turns the page back");
    harness.get_by_label("page 1: First").click();
    harness.run_steps(3);
    assert!(says(&harness, "Look at"), "a dot is a page");
    harness.get_by_label("leave the lesson").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.scene(), before, "what was there before");
}

/// A page that asks hides what it asks for, until it is revealed; the next page does not.
#[test]
fn a_question_of_a_page_is_asked_before_anything_is_seen() {
    let place = |lesson: &Lesson| lesson.pages.iter().position(|page| page.predict.is_some());
    let (index, page) = LESSONS.iter().enumerate().find_map(|(index, lesson)| Some((index, place(lesson)?))).unwrap();
    let mut harness = opened(State::opening());
    harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
    for _ in 0..page {
        harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
    }
    harness.run_steps(3);
    let question = plain(&LESSONS[index].pages[page].predict.as_ref().unwrap().question);
    assert!(harness.state().state.predictions.asked().is_some_and(|open| open.text == question), "it is asked at once");
    assert!(harness.query_by_label("ask the question of the page").is_none(), "no need to ask again");
    harness.get_by_label("Reveal").click();
    harness.run_steps(3);
    assert!(harness.state().state.predictions.asked().is_none(), "revealed");
    harness.get_by_label("close the prediction").click();
    harness.run_steps(3);
    harness.get_by_label("ask the question of the page").click();
    harness.run_steps(3);
    assert!(harness.state().state.predictions.asked().is_some(), "asked again");
    harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Close)]);
    assert!(harness.state().state.predictions.open().is_none(), "left");
}

/// Who does not find it is helped after a minute, and not before; who has found it is not.
#[test]
fn a_hint_comes_after_a_minute_and_a_task_stays_done() {
    let mut state = State::opening();
    state.apply(vec![Command::Lessons(LessonCommand::Open(Lesson::read(OWN).unwrap().into()))]);
    state.finish();
    assert_eq!(state.due(), None, "the first page has no task: nothing moves");
    state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
    state.finish();
    assert!(state.due().is_some_and(|seconds| seconds > 50.0), "nothing moves for a while: {:?}", state.due());
    state.tick(30.0);
    assert!(!state.shows_hint(), "after half a minute");
    state.tick(31.0);
    assert!(state.shows_hint() && state.due().is_none(), "after a minute");
    assert!(!state.is_task_done() && state.solve_task() && state.is_task_done(), "found");
    state.apply(vec![Command::History(HistoryCommand::Undo)]);
    assert!(state.is_task_done(), "what was found stays found");
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
    assert_eq!(harness.state().state.lesson().map(|lesson| lesson.id.as_str()), Some("finite-step"), "by its row");
    open_page(&mut harness, "finite-step", |state| {
        state.shown_tab() == Pane::Circle && state.page().is_some_and(|page| page.names_tab)
    });
    harness.key_press(Key::Z);
    harness.run_steps(2);
    assert!(harness.state().state.view.scene.circle.is_shrinking(), "what it says to press");
}

/// While presenting, at every size of a projector: the page, the picture and all that is always there, none over another; the key of
/// a tab brings it, beside the page or in its place.
#[test]
fn a_lesson_is_presented_with_its_page_and_keys_bring_its_tab() {
    let sizes = [[1024.0, 768.0], [1280.0, 720.0], [1920.0, 1080.0]];
    let cases = LESSONS.iter().enumerate().flat_map(|lesson| sizes.map(|size| (lesson, size)));
    // No multiple of the sizes: some lessons in each of them.
    for ((index, lesson), [width, height]) in some(cases, 13) {
        let mut harness = crate::desk::desk(width, height);
        harness.state_mut().state.apply(vec![
            Command::Lessons(LessonCommand::Show(index)),
            Command::Window(WindowCommand::TogglePresenting),
        ]);
        harness.state_mut().state.view.chrome.presents_tab = false;
        harness.run_steps(4);
        let of = format!("{} at {width} × {height}", lesson.id);
        let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
        let slider = harness
            .get_by(|node| node.role() == Role::Slider && node.label().is_some_and(|name| name.contains(" of run ")));
        let text = harness.get_by_label(&words(&lesson.pages[0])).rect();
        let rest = [slider.rect(), harness.get_by_label("Play").rect(), harness.get_by_label("step").rect()];
        for place in rest {
            assert!(window.contains_rect(place), "{of}: {place}");
        }
        let canvas = |harness: &Harness<'_, Desk>| {
            let pictures = harness.query_all_by(|node| {
                let name = node.label().unwrap_or_default();
                node.role() == Role::Canvas && ["Map", "Surface", "Curve"].iter().any(|of| name.starts_with(of))
            });
            pictures.map(|node| node.rect()).fold(Rect::NOTHING, |largest, rect| {
                if rect.area() > largest.area() || !largest.is_positive() { rect } else { largest }
            })
        };
        let picture = canvas(&harness);
        // Of one weight f stands above f′: both are the picture.
        let is_one = harness.state().state.document.landscape.dimension().is_one();
        let whole = harness.state().canvases.place(WindowPart::Picture).filter(|_| is_one).unwrap_or(picture);
        assert!(whole.height() > 0.3 * height, "{of}: a picture {} high", whole.height());
        assert!(picture.right() < text.left(), "{of}: text over the picture");
        let tab = harness.state().state.shown_tab();
        let key = tab.key().and_then(|key| Key::from_name(&key.to_string())).unwrap();
        harness.key_press(key);
        harness.run_steps(4);
        assert_eq!(harness.state().state.presented_tab(), Some(tab), "{of}");
        harness.key_press(key);
        harness.run_steps(4);
        assert!(says(&harness, &words(&lesson.pages[0])), "{of}: the key hides the tab");
    }
}

/// What the lesson asks for is one drag away, also while presenting, and taken back at once.
#[test]
fn before_a_class_the_momentum_coefficient_is_dragged_under_the_picture() {
    let mut harness = crate::desk::desk(1024.0, 768.0);
    open_page(&mut harness, "momentum-escapes", |state| {
        let first = &state.document.cards[0].optimizer;
        state.view.scene.slider.slides_coefficient && first.get("beta") == Some(0.9) && first.entry.id == "momentum"
    });
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    harness.run_steps(4);
    let end = |harness: &Harness<'_, Desk>| {
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

/// Momentum out of a local minimum, from the first screen: one click shows it beside gradient descent, one drag of β frees it.
#[test]
fn momentum_leaves_a_local_minimum_by_one_click_and_one_drag() {
    for presents in [false, true] {
        let mut harness = opened(State::opening());
        let question = &LESSONS.iter().find(|lesson| lesson.id == "momentum-escapes").unwrap().question;
        harness.get_by_label(&format!("lesson: {question}")).click();
        harness.run_steps(4);
        if presents {
            harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
        }
        harness.state_mut().state.finish();
        harness.run_steps(4);
        let ends = |harness: &Harness<'static, Desk>| -> Vec<(&'static str, f64)> {
            let state = &harness.state().state;
            let end = |card: &Card| state.derived.run(card.id).unwrap().iterates().last().unwrap().at.x;
            state.document.cards.iter().map(|card| (card.optimizer.entry.id, end(card))).collect()
        };
        let before = ends(&harness);
        assert_eq!(before.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["momentum", "gd"], "side by side");
        assert!(before.iter().all(|(_, x)| *x > 0.5), "both in the right valley: {before:?}");
        assert!(harness.state().state.predictions.asked().is_none(), "nothing is hidden");
        let track = harness.get_by_label("momentum β of run 1, Momentum").rect();
        let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 720.0));
        assert!(window.contains_rect(track) && track.is_positive(), "β is at hand: {track}");
        let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
        crate::desk::drag(&mut harness, &[at(0.5), at(0.7), at(0.94)]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        let after = ends(&harness);
        assert!(after[0].1 < -0.5 && after[1].1 > 0.5, "momentum alone has left it: {after:?}");
        // What the next page asks is not answered by this one: the same β does something else here.
        crate::desk::drag(&mut harness, &[at(0.94), at(0.9)]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        let beta = harness.state().state.document.cards[0].optimizer.get("beta").unwrap();
        let at_nine = ends(&harness);
        assert!((beta - 0.9).abs() < 0.02 && at_nine[0].1 > 0.5, "at β = {beta} it stays: {at_nine:?}");
    }
}

/// At the first start, when a tour is offered, the lessons of the first hour are whole beside it.
#[test]
fn the_offer_of_a_tour_takes_no_lesson_off_the_first_screen() {
    let mut state = State::opening();
    state.view.chrome.offers_tour = true;
    // The harness keeps a margin of 8 points, which no window has.
    let harness = crate::desk::opened_in_size(state, 1296.0, 736.0);
    assert!(says(&harness, "New here?") && says(&harness, "A tour of a minute"), "it is offered");
    let tab = harness.state().canvases.place(WindowPart::Tab).unwrap();
    for lesson in &LESSONS[..FIRST_LESSONS] {
        let tile = harness.get_by_label(&format!("lesson: {}", lesson.question)).rect();
        assert!(tab.contains_rect(tile), "{}: {tile} in {tab}", lesson.title);
    }
}

#[test]
fn a_tour_is_offered_once_and_is_skipped_or_taken() {
    let first_run = || {
        let mut state = State::opening();
        state.view.chrome.offers_tour = true;
        opened(state)
    };
    let mut harness = first_run();
    harness.get_by_label("No, thanks").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("A tour of a minute").is_none(), "declined, it does not come back");
    let mut harness = first_run();
    let before = harness.state().state.scene();
    harness.get_by_label("A tour of a minute").click();
    harness.run_steps(4);
    assert!(says(&harness, "The picture"), "its first page");
    harness.get_by_label("leave the lesson").click();
    harness.run_steps(4);
    assert_eq!(harness.state().state.scene(), before, "and back to the first screen");
    assert!(harness.query_by_label("A tour of a minute").is_none(), "taken, it does not come back");
}

/// The list of lessons has no place below a page of one: its key says when it is back, and its tab is not offered.
#[test]
fn in_a_lesson_the_key_of_the_list_says_when_it_is_back() {
    let mut harness = opened(State::opening());
    let tile = format!("lesson: {}", LESSONS[0].question);
    harness.get_by_label(&tile).click();
    harness.run_steps(3);
    let before = harness.state().state.scene();
    harness.key_press(Key::Q);
    harness.run_steps(3);
    assert!(harness.query_by_label(&tile).is_none(), "no list below the page");
    assert!(says(&harness, "the list of lessons is back"), "{:?}", harness.state().state.message);
    assert_eq!(harness.state().state.scene(), before);
    harness.key_press(Key::S);
    harness.run_steps(3);
    assert!(harness.query_by_label("Lessons").is_none(), "nor among the tabs");
    harness.get_by_label("leave the lesson").click();
    harness.run_steps(3);
    assert!(harness.query_by_label(&tile).is_some(), "and there it is");
}
