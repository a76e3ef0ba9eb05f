//! Every page of every lesson while presenting and at a desk, in the windows of projectors: what it speaks of is on the screen.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::{Pane, WindowPart};
use taylorscope::lessons::{Block, plain};
use taylorscope::state::{Command, LESSONS, LessonCommand, Look, PredictCommand, State, WindowCommand};

use crate::desk::{Desk, desk, opened, says};
use crate::enough::at_least;
use crate::some::some;

/// Where what has this name stands, and lies in the window; the farthest to the right where several have it.
fn place(harness: &Harness<'static, Desk>, name: &str, window: Rect) -> Option<Rect> {
    let rects = harness.query_all_by_label(name).map(|node| node.rect());
    rects.filter(|rect| window.contains_rect(*rect)).max_by(|a, b| a.right().total_cmp(&b.right()))
}

/// What of a page that is shown is not seen.
fn missing(harness: &Harness<'static, Desk>, window: Rect) -> Vec<String> {
    let Desk { state, canvases, .. } = harness.state();
    let (reading, page) = (state.view.scene.lesson.as_ref().unwrap(), state.page().unwrap());
    let mut missing = Vec::new();
    let mut want = |what: &str, is_there: bool| {
        if !is_there {
            missing.push(what.to_owned());
        }
    };
    let name = if reading.page + 1 == reading.lesson.pages.len() { "finish the lesson" } else { "next page" };
    let on = place(harness, name, window);
    want("the way on", on.is_some());
    let end = on.map_or(window.bottom(), |on| on.top());
    let words = page.blocks.iter().map(Block::plain).collect::<Vec<_>>().join("\n");
    let mut texts = vec![plain(&page.heading), words];
    texts.extend(page.task.as_ref().map(|task| plain(&task.text)));
    if reading.page == 0 {
        texts.push(reading.lesson.question.clone());
    }
    if reading.asks_for_answer() {
        texts.push(format!("In your own words: {}", reading.lesson.question));
    }
    if state.predictions.open().is_none() {
        texts.extend(page.predict.as_ref().map(|predict| plain(&predict.question)));
    }
    for text in texts.iter().filter(|text| !text.is_empty()) {
        want(text, place(harness, text, window).is_some_and(|rect| rect.bottom() <= end));
    }
    let stands = |part: WindowPart| canvases.place(part).filter(|rect| window.expand(0.5).contains_rect(*rect));
    for part in [WindowPart::Picture, WindowPart::Sentence, WindowPart::Rate, WindowPart::Transport] {
        want(&format!("{part:?}"), stands(part).is_some());
    }
    let is_hidden = state.held_step().is_some() && !state.shown_tab().is_seen_while_asked();
    if page.names_tab && !is_hidden {
        let tab = stands(WindowPart::Tab).filter(|tab| tab.width() > 400.0 && tab.height() > 200.0);
        let button = place(harness, state.shown_tab().short_title(), window);
        want("the tab, or the button that brings it", tab.is_some() || button.is_some());
        let picture = stands(WindowPart::Picture);
        want("the picture beside it", tab.zip(picture).is_none_or(|(tab, of)| of.right() <= tab.left()));
    }
    let picture = stands(WindowPart::Picture).map(|of| of.size());
    let is_large = |size: egui::Vec2| size.x > 0.48 * window.width() && size.y > 200.0;
    want("a picture over half of the window", picture.is_some_and(is_large));
    for look in &page.look {
        if let Look::Part(part) = look
            && !(state.view.chrome.presenting.is_some()
                && [WindowPart::Chips, WindowPart::Menu, WindowPart::Tab].contains(part))
        {
            want(&format!("what is looked at: {part:?}"), stands(*part).is_some() || reading.lesson.id == "tour");
        }
    }
    if state.predictions.asked().is_some() {
        want("Reveal", place(harness, "Reveal", window).is_some());
    }
    let is_control = |role| matches!(role, Role::Slider | Role::Button);
    let controls = harness.query_all_by(|node| {
        is_control(node.role())
            && node.label().is_some_and(|name| {
                name.ends_with(" of the landscape") || name.starts_with("method and parameters of run ")
            })
    });
    let texts = place(harness, &plain(&page.heading), window);
    for control in controls.map(|node| node.rect()).filter(|rect| texts.is_some_and(|text| rect.left() >= text.left()))
    {
        want("a control of the task", window.contains_rect(control) && control.bottom() <= end);
    }
    missing
}

/// The four that are always together, the page with its question and its task, the tab that the page names and what it looks at: all
/// are seen at once, while presenting and at a desk.
#[test]
fn what_a_page_speaks_of_is_on_the_screen() {
    let windows =
        [([1024.0, 768.0], true), ([1024.0, 768.0], false), ([1280.0, 720.0], true), ([1920.0, 1080.0], true)];
    let (mut seen, mut wrong) = (0, Vec::new());
    for ([width, height], is_presented) in windows {
        let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
        for (index, lesson) in some(LESSONS.iter().enumerate(), if height == 768.0 && is_presented { 13 } else { 19 }) {
            let mut harness = desk(width, height);
            harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
            if is_presented {
                harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
            }
            for page in 1..=lesson.pages.len() {
                for is_asked in [true, false] {
                    harness.state_mut().state.finish();
                    harness.run_steps(4);
                    let of = format!("{} page {page} at {width} × {height}, asked {is_asked}", lesson.id);
                    wrong.extend(missing(&harness, window).into_iter().map(|what| format!("{of}: {what}")));
                    seen += 1;
                    if harness.state().state.predictions.asked().is_none() {
                        break;
                    }
                    harness.state_mut().state.apply(vec![Command::Predict(PredictCommand::Close)]);
                }
                harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
            }
        }
    }
    assert!(seen > at_least(400, 15), "{seen} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page that asks is not left without a guess unnoticed; who does not want to guess goes on with one more click.
#[test]
fn a_page_that_asks_is_not_left_without_a_guess_unnoticed() {
    let (index, page) = LESSONS
        .iter()
        .enumerate()
        .find_map(|(index, lesson)| Some((index, lesson.pages.iter().position(|page| page.predict.is_some())?)))
        .unwrap();
    let at = |harness: &Harness<'static, Desk>| harness.state().state.view.scene.lesson.as_ref().unwrap().page;
    let shown = || {
        let mut harness = opened(State::opening());
        harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
        for _ in 0..page {
            harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
        }
        harness.run_steps(3);
        harness
    };
    let mut harness = shown();
    harness.get_by_label("next page").click();
    harness.run_steps(3);
    assert!(at(&harness) == page && says(&harness, "First a guess?"), "it asks first");
    harness.get_by_label("skip the question").click();
    harness.run_steps(3);
    assert_eq!(at(&harness), page + 1, "and one click skips");
    let mut harness = shown();
    for expected in [page, page + 1] {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
        harness.run_steps(3);
        assert_eq!(at(&harness), expected, "by key, too");
    }
    let mut harness = shown();
    harness.get_by_label("Reveal").click();
    harness.run_steps(3);
    harness.get_by_label("next page").click();
    harness.run_steps(3);
    assert_eq!(at(&harness), page + 1, "what is revealed is not asked for");
}

/// On a wide projector the tab of a page comes at a click where it has no room below the text, and goes again; the picture keeps its half.
#[test]
fn a_tab_without_room_below_its_page_comes_at_a_click() {
    let mut harness = desk(1280.0, 690.0);
    crate::desk::open_page(&mut harness, "second-order", |state| {
        state.presented_tab().is_some_and(Pane::needs_height) && state.predictions.open().is_none()
    });
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::TogglePresenting)]);
    harness.run_steps(4);
    let place = |harness: &Harness<'static, Desk>, part| harness.state().canvases.place(part);
    assert!(place(&harness, WindowPart::Tab).is_none(), "no room below the text");
    let title = harness.state().state.shown_tab().short_title();
    harness.get_by_label(title).click();
    harness.run_steps(4);
    let [tab, picture] = [WindowPart::Tab, WindowPart::Picture].map(|part| place(&harness, part).unwrap());
    assert!(tab.height() > 300.0 && picture.width() > 490.0 && picture.right() <= tab.left(), "{tab} {picture}");
    harness.get_by_label("◀ Text of the lesson").click();
    harness.run_steps(4);
    assert!(
        place(&harness, WindowPart::Tab).is_none() && harness.query_by_label("next page").is_some(),
        "the text again"
    );
}

/// Who would finish a lesson with a task left out hears which, goes there with a click, and may leave all the same.
#[test]
fn a_task_that_is_left_out_is_named_at_the_end() {
    let index = LESSONS.iter().position(|lesson| lesson.id == "slope").unwrap();
    let lesson = &LESSONS[index];
    let tasks: Vec<usize> = (0..lesson.pages.len()).filter(|page| lesson.pages[*page].task.is_some()).collect();
    let last = lesson.pages.len() - 1;
    assert!(tasks.len() == 2 && tasks[1] == last, "one on the way, and one at the end");
    let mut harness = opened(State::opening());
    harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
    let turn = |harness: &mut Harness<'static, Desk>, pages: isize| {
        let commands = vec![Command::Predict(PredictCommand::Close), Command::Lessons(LessonCommand::TurnPage(pages))];
        harness.state_mut().state.apply(commands);
        harness.state_mut().state.finish();
        harness.run_steps(3);
    };
    for _ in 0..last {
        turn(&mut harness, 1);
    }
    let at = |harness: &Harness<'static, Desk>| harness.state().state.view.scene.lesson.as_ref().map(|of| of.page);
    harness.get_by_label("finish the lesson").click();
    harness.run_steps(3);
    assert_eq!(at(&harness), Some(last), "not left yet");
    harness.get_by_label_contains("Still to try: page 5").click();
    harness.run_steps(3);
    assert_eq!(at(&harness), Some(tasks[0]), "with a click there");
    assert!(harness.state_mut().state.solve_task());
    turn(&mut harness, 1);
    harness.get_by_label("finish the lesson").click();
    harness.run_steps(3);
    assert!(says(&harness, "The task above is not done yet."), "the one on this page");
    assert!(!harness.state().state.progress.has_finished(lesson));
    harness.get_by_label("finish the lesson").click();
    harness.run_steps(3);
    assert!(at(&harness).is_none(), "left all the same");
}

/// A finished page that is opened again begins anew; the tick of the page stays.
#[test]
fn a_task_begins_anew_when_its_page_comes_again() {
    let lesson = LESSONS.iter().position(|lesson| {
        lesson.pages.iter().all(|page| page.predict.is_none()) && lesson.pages.iter().any(|page| page.task.is_some())
    });
    let index = lesson.unwrap();
    let page = LESSONS[index].pages.iter().position(|page| page.task.is_some()).unwrap();
    let mut state = State::opening();
    let show = |state: &mut State| {
        state.apply(vec![Command::Lessons(LessonCommand::Show(index))]);
        for _ in 0..page {
            state.apply(vec![Command::Lessons(LessonCommand::TurnPage(1))]);
        }
        state.finish();
    };
    show(&mut state);
    assert!(!state.is_task_done() && state.solve_task() && state.is_task_done());
    state.apply(vec![Command::Lessons(LessonCommand::Close)]);
    show(&mut state);
    assert!(!state.is_task_done() && state.progress.has_done(&LESSONS[index].id, page));
}
