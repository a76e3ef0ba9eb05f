//! Every page of every lesson before a class: its text is whole without scrolling, in letters that the last row can read, and its
//! tab is high enough to be read, or not there.

use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::WindowPart;
use taylorscope::lessons::{Block, plain};
use taylorscope::state::{Command, LESSONS, LessonCommand, Pane, PilotCommand, PredictCommand, WindowCommand};

use crate::desk::{Desk, desk, says};
use crate::enough::at_least;
use crate::some::some;

/// The windows of projectors, 1024×768 and 1280×720: the harness keeps a margin of 8 points, which no window has.
const WINDOWS: [[f32; 2]; 2] = [[1040.0, 784.0], [1296.0, 736.0]];
/// No running text of a page has smaller letters before a class, in points.
const LEAST_LETTERS: f32 = 18.0;
/// No tab below a page is lower, in points.
const LEAST_TAB: f32 = 220.0;
/// Between the last words and the buttons below them, where nothing is scrolled.
const UNDER_TEXT: f32 = 4.0;
/// No picture beside a page is lower during a flight, in points.
const LEAST_PICTURE: f32 = 240.0;
/// What who would go on without a guess is asked.
const GUESS_FIRST: &str = "First a guess?";

/// The sizes of the letters that are drawn in a place, those of superscripts and headings among them.
fn sizes_in(place: Rect, shapes: &[ClippedShape]) -> Vec<f32> {
    fn collect(shape: &Shape, place: Rect, sizes: &mut Vec<f32>) {
        match shape {
            Shape::Vec(shapes) => {
                for shape in shapes {
                    collect(shape, place, sizes);
                }
            }
            Shape::Text(text) if place.contains(text.visual_bounding_rect().center()) => {
                sizes.extend(text.galley.job.sections.iter().map(|section| section.format.font_id.size));
            }
            _ => {}
        }
    }
    let mut sizes = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, place, &mut sizes);
    }
    sizes
}

/// The places of the texts that begin in a place and are seen there.
fn texts_in(place: Rect, shapes: &[ClippedShape]) -> Vec<Rect> {
    fn collect(shape: &Shape, seen: Rect, texts: &mut Vec<Rect>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, seen, texts)),
            Shape::Text(text) if seen.contains(text.visual_bounding_rect().left_top()) => {
                texts.push(text.visual_bounding_rect());
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect.intersect(place), &mut texts);
    }
    texts
}

/// Where words stand, as far right as they do.
fn place(harness: &Harness<'static, Desk>, words: &str) -> Option<Rect> {
    harness.query_all_by_label(words).map(|node| node.rect()).max_by(|a, b| a.right().total_cmp(&b.right()))
}

/// The words of the page that is shown, part by part: its text, its question, its task.
fn parts(harness: &Harness<'static, Desk>) -> Vec<String> {
    let state = &harness.state().state;
    let page = state.page().unwrap();
    let words = page.blocks.iter().map(Block::plain).collect::<Vec<_>>().join("\n");
    let question = page.predict.as_ref().filter(|_| state.predictions.open().is_none());
    let asked = question.map(|predict| plain(&predict.question));
    let task = page.task.as_ref().map(|task| plain(&task.text));
    [Some(words), asked, task].into_iter().flatten().filter(|words| !words.is_empty()).collect()
}

/// The letters of the page's running text, which are more than those of its scripts and formulas.
pub(crate) fn letters(harness: &Harness<'static, Desk>) -> Option<f32> {
    let usual = |words: &String| {
        let mut sizes = sizes_in(place(harness, words)?, &harness.output().shapes);
        sizes.sort_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied()
    };
    parts(harness).iter().filter_map(usual).min_by(f32::total_cmp)
}

/// What is wrong with the page that is shown.
pub(crate) fn faults(harness: &Harness<'static, Desk>) -> Vec<String> {
    let Desk { state, canvases, .. } = harness.state();
    let names = ["finish the lesson", "next page", "skip the question"].map(|name| place(harness, name));
    let on = names.into_iter().flatten().next().unwrap();
    let mut faults = Vec::new();
    for words in parts(harness) {
        let whole = place(harness, &words).is_some_and(|rect| rect.bottom() + UNDER_TEXT <= on.top());
        faults.extend((!whole).then(|| format!("not whole: {words}")));
    }
    let size = letters(harness).unwrap_or(0.0);
    faults.extend((size < LEAST_LETTERS).then(|| format!("letters of {size}")));
    let tab = canvases.place(WindowPart::Tab);
    faults.extend(tab.filter(|tab| tab.height() < LEAST_TAB).map(|tab| format!("a tab {} high", tab.height())));
    let is_hidden = state.held_step().is_some() && !state.shown_tab().is_seen_while_asked();
    let bar = canvases.place(WindowPart::Rate).unwrap();
    // What is scrolled out of the tab above is no word of the bar.
    let in_bar = texts_in(bar, &harness.output().shapes);
    let cut = in_bar.into_iter().filter(|rect| rect.bottom() > bar.bottom() + 0.5);
    faults.extend(cut.map(|rect| format!("words of the rate are cut: {rect} in {bar}")));
    let waits = state.page().unwrap().names_tab && !is_hidden && tab.is_none();
    faults.extend((waits && !state.shown_tab().needs_height()).then(|| "its tab is not there".to_owned()));
    faults
}

fn apply(harness: &mut Harness<'static, Desk>, command: Command) {
    harness.state_mut().state.apply(vec![command]);
    harness.state_mut().state.finish();
    harness.run_steps(4);
}

/// As [`apply`], where nothing but the runs is waited for.
fn apply_to_runs(harness: &mut Harness<'static, Desk>, command: Command) {
    harness.state_mut().state.apply(vec![command]);
    harness.state_mut().state.finish_runs();
    harness.run_steps(4);
}

/// In the windows of projectors, while a page asks and after it. Tables of several runs alone may wait behind a button.
#[test]
fn every_page_is_read_from_the_last_row() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for [width, height] in WINDOWS {
        let mut harness = desk(width, height);
        apply(&mut harness, Command::Window(WindowCommand::TogglePresenting));
        for (index, lesson) in some(LESSONS.iter().enumerate(), if width == WINDOWS[0][0] { 7 } else { 13 }) {
            apply(&mut harness, Command::Lessons(LessonCommand::Show(index)));
            for page in 1..=lesson.pages.len() {
                for is_asked in [true, false] {
                    let of = format!("{} page {page} at {width} × {height}, asked {is_asked}", lesson.id);
                    wrong.extend(faults(&harness).into_iter().map(|what| format!("{of}: {what}")));
                    seen += 1;
                    if harness.state().state.predictions.asked().is_none() {
                        break;
                    }
                    apply(&mut harness, Command::Predict(PredictCommand::Close));
                }
                apply(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
            }
            apply(&mut harness, Command::Lessons(LessonCommand::Close));
        }
    }
    assert!(seen > at_least(200, 20), "{seen} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A flight by hand takes the place of the sentence, and nothing of the page beside it; both are whole.
#[test]
fn a_page_stays_whole_during_a_flight() {
    let (mut flown, mut wrong) = (0, Vec::new());
    for [width, height] in WINDOWS {
        let mut harness = desk(width, height);
        apply_to_runs(&mut harness, Command::Window(WindowCommand::TogglePresenting));
        for (index, lesson) in some(LESSONS.iter().enumerate(), if width == WINDOWS[0][0] { 13 } else { 19 }) {
            apply_to_runs(&mut harness, Command::Lessons(LessonCommand::Show(index)));
            for page in 1..=lesson.pages.len() {
                apply_to_runs(&mut harness, Command::Predict(PredictCommand::Close));
                let before = letters(&harness);
                apply_to_runs(&mut harness, Command::Pilot(PilotCommand::Start));
                if harness.state().state.pilot.is_some() {
                    let of = format!("{} page {page} at {width} × {height}", lesson.id);
                    wrong.extend(faults(&harness).into_iter().map(|what| format!("{of}: {what}")));
                    if letters(&harness) != before {
                        wrong.push(format!("{of}: letters of {before:?}, then of {:?}", letters(&harness)));
                    }
                    let canvases = &harness.state().canvases;
                    let [panel, picture] =
                        [WindowPart::Sentence, WindowPart::Picture].map(|part| canvases.place(part).unwrap());
                    let goal = harness.query_all_by_label_contains("The goal: ").map(|node| node.rect()).next();
                    let buttons = ["Begin (Space)", "End the flight"].map(|name| place(&harness, name));
                    let is_whole = |rect: Option<Rect>| rect.is_some_and(|rect| panel.contains_rect(rect));
                    if !is_whole(goal) || !buttons.into_iter().all(is_whole) {
                        wrong.push(format!("{of}: {goal:?} and {buttons:?} in {panel}"));
                    }
                    if picture.height() < LEAST_PICTURE {
                        wrong.push(format!("{of}: a picture {} high", picture.height()));
                    }
                    flown += 1;
                    apply_to_runs(&mut harness, Command::Pilot(PilotCommand::Stop));
                }
                apply_to_runs(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
            }
            apply_to_runs(&mut harness, Command::Lessons(LessonCommand::Close));
        }
    }
    assert!(flown > at_least(150, 8), "{flown} flights");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Who would go on without a guess is asked for one, and no letter of the page changes.
#[test]
fn a_call_for_a_guess_leaves_the_letters_of_the_page_alone() {
    let mut harness = desk(WINDOWS[0][0], WINDOWS[0][1]);
    apply_to_runs(&mut harness, Command::Window(WindowCommand::TogglePresenting));
    let (mut asked, mut wrong) = (0, Vec::new());
    for (index, lesson) in some(LESSONS.iter().enumerate(), 8) {
        apply_to_runs(&mut harness, Command::Lessons(LessonCommand::Show(index)));
        for page in 1..=lesson.pages.len() {
            if harness.state().state.predictions.asked().is_some() {
                let before = letters(&harness);
                apply_to_runs(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
                assert!(says(&harness, GUESS_FIRST), "{} page {page} asks", lesson.id);
                let of = format!("{} page {page}", lesson.id);
                wrong.extend(faults(&harness).into_iter().map(|what| format!("{of}: {what}")));
                if letters(&harness) != before {
                    wrong.push(format!("{of}: letters of {before:?}, then of {:?}", letters(&harness)));
                }
                asked += 1;
            }
            apply_to_runs(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
        }
        apply_to_runs(&mut harness, Command::Lessons(LessonCommand::Close));
    }
    assert!(asked > at_least(20, 2), "{asked} questions");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No control of a tab below a page is cut by the bar below it.
#[test]
fn no_control_of_the_momentum_tab_is_cut_on_a_projector() {
    let mut harness = desk(WINDOWS[0][0], WINDOWS[0][1]);
    apply_to_runs(&mut harness, Command::Window(WindowCommand::TogglePresenting));
    let index = LESSONS.iter().position(|lesson| lesson.id == "momentum-escapes").unwrap();
    apply_to_runs(&mut harness, Command::Lessons(LessonCommand::Show(index)));
    let mut seen = 0;
    for page in 1..=LESSONS[index].pages.len() {
        apply_to_runs(&mut harness, Command::Predict(PredictCommand::Close));
        if harness.state().state.presented_tab() == Some(Pane::Momentum) {
            let bar = harness.state().canvases.place(WindowPart::Rate).unwrap();
            for name in ["momentum coefficient β", "momentum coefficient β, as a number", "keep η/(1−β)"] {
                for control in harness.query_all_by_label(name) {
                    let (top, bottom) = (control.rect().top(), control.rect().bottom());
                    assert!(
                        bottom <= bar.top() || top >= bar.top(),
                        "{name} on page {page}: {top} to {bottom}, {bar:?}"
                    );
                }
            }
            seen += 1;
        }
        apply_to_runs(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
    }
    assert!(seen >= 2, "{seen} pages");
}

/// A sentence that is long at one page does not leave the next one scrolled: on a wide projector, too, it is whole.
#[test]
fn the_sentence_of_a_page_is_whole_after_a_longer_one() {
    let mut harness = desk(1936.0, 1096.0);
    apply_to_runs(&mut harness, Command::Window(WindowCommand::TogglePresenting));
    let index = LESSONS.iter().position(|lesson| lesson.id == "newton-saddle").unwrap();
    apply(&mut harness, Command::Lessons(LessonCommand::Show(index)));
    let mut wrong = Vec::new();
    for page in 1..=LESSONS[index].pages.len() {
        apply(&mut harness, Command::Predict(PredictCommand::Close));
        let room = harness.state().canvases.place(WindowPart::Sentence).unwrap();
        let words = harness.query_all_by(|node| node.role() == Role::Label);
        let words = words.map(|node| node.rect()).filter(|rect| room.contains(rect.left_top()));
        wrong
            .extend(words.filter(|rect| rect.bottom() > room.bottom()).map(|rect| format!("{page}: {rect} in {room}")));
        apply(&mut harness, Command::Lessons(LessonCommand::TurnPage(1)));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
