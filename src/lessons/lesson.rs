//! A whole lesson as its file says it, and all that is wrong with the file.

use std::cell::RefCell;

use super::blocks::{LookText, PredictText, SceneText, TaskText, read_look};
use super::keys::{Keys, Mistakes, table_of};
use super::markdown::{Block, Inline, page_text};
use super::mistake::{Located, Mistake};
use super::source::{Fenced, Kind, PageSource, Source};

/// A file with more bytes is no lesson.
pub const MOST_BYTES: usize = 256 * 1024;
/// A lesson has no more pages.
const MOST_PAGES: usize = 64;
/// The most mistakes that are reported of one file.
const MOST_MISTAKES: usize = 100;

/// A lesson as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonText {
    /// Its fixed name.
    pub id: Located<String>,
    /// A few words for a tile.
    pub title: String,
    /// The question, as a student asks it.
    pub question: String,
    /// Whether it stands on the first screen.
    pub first: bool,
    /// Its pages, at least one.
    pub pages: Vec<PageText>,
}

/// A page as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct PageText {
    /// Where it begins.
    pub at: usize,
    /// Its heading.
    pub heading: Vec<Inline>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its scene; `None` where that of the page before stays.
    pub scene: Option<SceneText>,
    /// What to try.
    pub task: Option<TaskText>,
    /// What to predict.
    pub predict: Option<PredictText>,
    /// Where to look.
    pub look: LookText,
}

impl LessonText {
    /// Reads the text of a lesson file.
    ///
    /// # Errors
    /// Every mistake that is found, in the order of the file, at most a hundred.
    pub fn read(text: &str) -> Result<Self, Vec<Mistake>> {
        let (lesson, mistakes) = Self::read_as_far(text);
        if mistakes.is_empty() { Ok(lesson) } else { Err(mistakes) }
    }

    /// Reads as much of a lesson file as possible; with every mistake that is found, in the order of the file, at most a hundred.
    pub fn read_as_far(text: &str) -> (Self, Vec<Mistake>) {
        if text.len() > MOST_BYTES {
            let what = format!("a lesson has at most {} KiB, not {}", MOST_BYTES / 1024, text.len() / 1024);
            return (Self::empty(), vec![Mistake::new(0, what)]);
        }
        let mut found = Vec::new();
        let source = Source::of(text, &mut found);
        let mistakes = RefCell::new(found);
        let front = source.front.clone().and_then(|front| front_of(&text[front.clone()], front.start, &mistakes));
        let pages = pages_of(text, &source, &mistakes);
        let mut mistakes = mistakes.into_inner();
        mistakes.sort_by_key(|mistake| mistake.at);
        mistakes.truncate(MOST_MISTAKES);
        (Self { pages, ..front.unwrap_or_else(Self::empty) }, mistakes)
    }

    /// A lesson that says nothing.
    fn empty() -> Self {
        let id = Located { value: String::new(), at: 0 };
        Self { id, title: String::new(), question: String::new(), first: false, pages: Vec::new() }
    }
}

/// The pages of a lesson, as many as it may have.
fn pages_of(text: &str, source: &Source, mistakes: &Mistakes) -> Vec<PageText> {
    if let Some(beyond) = source.pages.get(MOST_PAGES) {
        mistakes.borrow_mut().push(Mistake::new(beyond.at, format!("a lesson has at most {MOST_PAGES} pages")));
    }
    let pages: Vec<PageText> = source.pages.iter().take(MOST_PAGES).map(|page| page_of(text, page, mistakes)).collect();
    if let Some(first) = pages.first().filter(|page| page.scene.is_none()) {
        let what = "the first page needs a scene: a block ```scene";
        mistakes.borrow_mut().push(Mistake::new(first.at, what));
    }
    pages
}

/// The lesson without its pages.
fn front_of(text: &str, base: usize, mistakes: &Mistakes) -> Option<LessonText> {
    let table = table_of(text, base, mistakes);
    let mut keys = Keys::of(&table, base, mistakes);
    let id = keys.wanted_text("id", "a name of small letters and hyphens, as \"my-lesson\"");
    let title = keys.wanted_text("title", "a few words");
    let question = keys.wanted_text("question", "what a student asks");
    let first = keys.flag("first").is_some_and(|first| first.value);
    if let Some(id) = &id
        && !id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        keys.refuse(id.at, "an id has small letters, digits and hyphens only, as \"my-lesson\"");
    }
    keys.finish();
    Some(LessonText { id: id?, title: title?.value, question: question?.value, first, pages: Vec::new() })
}

fn page_of(text: &str, source: &PageSource, mistakes: &Mistakes) -> PageText {
    let (heading, blocks) = page_text(text, source, mistakes);
    let mut page =
        PageText { at: source.at, heading, blocks, scene: None, task: None, predict: None, look: Vec::new() };
    let mut seen: Vec<Kind> = Vec::new();
    for Fenced { kind, body } in &source.blocks {
        if seen.contains(&kind.value) {
            mistakes.borrow_mut().push(kind.mistake(format!("a page has one block {} only", kind.value.word())));
            continue;
        }
        seen.push(kind.value);
        let (inside, base) = (&text[body.clone()], body.start);
        match kind.value {
            Kind::Scene => page.scene = Some(Located { value: inside.to_owned(), at: base }),
            Kind::Try => page.task = Some(TaskText::read(inside, kind.at, base, mistakes)),
            Kind::Predict => page.predict = PredictText::read(inside, base, mistakes),
            Kind::Look => page.look = read_look(inside, base, mistakes),
        }
    }
    page
}
