//! `taylorscope list lessons` and `taylorscope guide`: the lessons there are, and how one is written.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::table;
use crate::export::csv::{Cell, Table};
use crate::export::json;
use crate::lessons::{FILES, GUIDE, LessonText, PageText};

use super::output::Tabular;

/// Print the guide to writing a lesson, with an example
#[derive(clap::Args)]
pub(super) struct GuideArgs {}

impl GuideArgs {
    #[expect(clippy::unused_self, reason = "every subcommand is run alike")]
    pub(super) fn run(&self) -> Result<(), Exit> {
        let mut out = io::stdout().lock();
        out.write_all(GUIDE.as_bytes()).and_then(|()| out.flush()).map_err(|error| Exit::from_output(&error))
    }
}

/// The lessons of the program.
pub(super) struct Lessons {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    title: String,
    question: String,
    /// Whether it stands on the first screen.
    first: bool,
    pages: usize,
    /// How many of its pages have a task.
    tasks: usize,
}

impl Lessons {
    pub(super) fn all() -> Self {
        let items = FILES.iter().filter_map(|text| LessonText::read(text).ok()).map(Item::of).collect();
        Self { items }
    }
}

impl Item {
    fn of(lesson: LessonText) -> Self {
        let tasks = lesson.pages.iter().filter(|page: &&PageText| page.task.is_some()).count();
        let LessonText { id, title, question, first, pages } = lesson;
        Self { id: id.value, title, question, first, pages: pages.len(), tasks }
    }
}

impl Tabular for Lessons {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, &self.items)
    }

    fn table(&self) -> Table {
        let row = |item: &Item| {
            let [id, title, question] = [&item.id, &item.title, &item.question].map(|text| Cell::Text(text.clone()));
            vec![id, title, question, Cell::Number(item.pages as f64), Cell::Number(item.tasks as f64)]
        };
        let columns = vec!["id", "title", "question", "pages", "tasks"];
        Table { columns, rows: self.items.iter().map(row).collect() }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |item: &Item| {
            let [id, question] = [&item.id, &item.question].map(|text| Cell::Text(text.clone()));
            vec![id, Cell::Number(item.pages as f64), question]
        };
        let columns = vec!["id", "pages", "question"];
        table::write(out, &Table { columns, rows: self.items.iter().map(row).collect() })?;
        writeln!(out, "\nA lesson is a text file: `taylorscope guide` says how to write one.")
    }
}
