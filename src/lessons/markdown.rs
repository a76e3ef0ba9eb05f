//! The text of a page: paragraphs, lists and formulas, out of Markdown.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::formula::{self, Formula};
use super::keys::Mistakes;
use super::mistake::{Located, Mistake};
use super::source::PageSource;

/// Lists within lists, at most.
const DEEPEST: usize = 3;

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Semi-bold.
    pub strong: bool,
    /// Slanted.
    pub emphasis: bool,
    /// Whether it is code.
    pub code: bool,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words.
    Words(String, Style),
    /// A formula among them.
    Formula(Formula),
    /// The line ends here.
    Break,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Lines.
    Paragraph(Vec<Inline>),
    /// A formula on a line of its own.
    Display(Formula),
    /// What one item of a list begins with (a number and a dot, or a bullet), how deep it is in lists from 0, and its lines.
    Item(String, usize, Vec<Inline>),
}

/// The words alone, with formulas as one would type them.
pub fn plain(inlines: &[Inline]) -> String {
    let part = |inline: &Inline| match inline {
        Inline::Words(words, _) => words.clone(),
        Inline::Formula(formula) => formula.plain(),
        Inline::Break => " ".to_owned(),
    };
    inlines.iter().map(part).collect()
}

impl Block {
    /// Its words alone.
    pub fn plain(&self) -> String {
        match self {
            Self::Paragraph(inlines) => plain(inlines),
            Self::Display(formula) => formula.plain(),
            Self::Item(mark, _, inlines) => format!("{mark} {}", plain(inlines)),
        }
    }
}

/// The words of a text that is one line, such as a task.
pub fn inline_text(text: &Located<String>, mistakes: &mut Vec<Mistake>) -> Vec<Inline> {
    let found = Mistakes::default();
    let mut reader = Reader::new(&found);
    for (event, place) in Parser::new_ext(&text.value, OPTIONS).into_offset_iter() {
        // A quoted text may have escapes, so that places in it are those of its beginning.
        reader.dollars(&event, is_escaped(&text.value, place.start), text.at);
        reader.read(event, text.at..text.at);
    }
    let Reader { mut blocks, heading, .. } = reader;
    mistakes.extend(found.into_inner().into_iter().map(|mistake| text.mistake(mistake.what)));
    match (blocks.pop(), blocks.is_empty() && heading.is_none()) {
        (Some(Block::Paragraph(line)), true) => line,
        (None, true) => Vec::new(),
        _ => {
            mistakes.push(text.mistake("this text is one line of words and formulas in single $"));
            Vec::new()
        }
    }
}

/// What is understood beyond plain Markdown, and below what is recognized to be refused: a page would show its signs.
const OPTIONS: Options = Options::ENABLE_MATH
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_TABLES)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

const NO_LINKS: &str = "a lesson has no links";
const NO_FOOTNOTES: &str = "a lesson has no footnotes: write the note into the text";

const LONE_DOLLAR: &str =
    "this $ begins or ends no formula: a $ or a brace is missing, or it is a dollar sign, which is written \\$";

/// Whether what stands at a place of a text is escaped.
fn is_escaped(text: &str, place: usize) -> bool {
    text[..place].ends_with('\\')
}

/// The heading and the text of a page.
pub(super) fn page_text(text: &str, source: &PageSource, mistakes: &Mistakes) -> (Vec<Inline>, Vec<Block>) {
    let mut reader = Reader::new(mistakes);
    for range in &source.texts {
        let events = Parser::new_ext(&text[range.clone()], OPTIONS).into_offset_iter();
        // No event speaks of the target of a link that stands on a line of its own: a page would pass over it.
        for (_, link) in events.reference_definitions().iter() {
            reader.refuse(range.start + link.span.start, NO_LINKS);
        }
        for (event, place) in events {
            reader.dollars(&event, is_escaped(&text[range.clone()], place.start), range.start + place.start);
            reader.read(event, range.start + place.start..range.start + place.end);
        }
    }
    if reader.heading.is_none() {
        mistakes
            .borrow_mut()
            .push(Mistake::new(source.at, "this page has no heading: begin it with # and a few words"));
    }
    (reader.heading.unwrap_or_default(), reader.blocks)
}

/// What has been read of a page.
struct Reader<'a> {
    mistakes: &'a Mistakes,
    heading: Option<Vec<Inline>>,
    blocks: Vec<Block>,
    /// The line that is being read.
    line: Vec<Inline>,
    style: Style,
    /// The next number of every list that is open; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// What the next line of an item begins with.
    mark: Option<String>,
    /// Within this many parts that are not part of a lesson.
    silent: usize,
}

impl<'a> Reader<'a> {
    fn new(mistakes: &'a Mistakes) -> Self {
        Self {
            mistakes,
            heading: None,
            blocks: Vec::new(),
            line: Vec::new(),
            style: Style::default(),
            lists: Vec::new(),
            mark: None,
            silent: 0,
        }
    }

    fn refuse(&self, at: usize, what: impl Into<String>) {
        self.mistakes.borrow_mut().push(Mistake::new(at, what));
    }

    fn read(&mut self, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(&tag, place.start),
            Event::End(tag) => self.end(tag, place.start),
            _ if self.silent > 0 => {}
            Event::Text(words) => self.words(&words),
            Event::Code(words) => {
                self.line.push(Inline::Words(words.into_string(), Style { code: true, ..self.style }));
            }
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.line.push(Inline::Break),
            Event::InlineMath(tex) => {
                if let Some(formula) = self.formula(&tex, place.start + 1) {
                    self.line.push(Inline::Formula(formula));
                }
            }
            Event::DisplayMath(tex) => {
                if let Some(formula) = self.formula(&tex, place.start + 2) {
                    self.flush();
                    self.blocks.push(Block::Display(formula));
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(place.start, "a lesson has no HTML: write Markdown"),
            Event::Rule => {
                self.refuse(
                    place.start,
                    "a line is no part of a lesson; --- on a line of its own begins the next page",
                );
            }
            Event::FootnoteReference(_) => self.refuse(place.start, NO_FOOTNOTES),
            Event::TaskListMarker(_) => {
                self.refuse(place.start, "a lesson has no boxes to tick: what is to be tried is a block ```try");
            }
        }
    }

    /// Words go on where the ones before are set alike: a parenthesis may begin in one sentence of a file and end in the next.
    fn words(&mut self, words: &str) {
        match self.line.last_mut() {
            Some(Inline::Words(before, style)) if *style == self.style => before.push_str(words),
            _ => self.line.push(Inline::Words(words.to_owned(), self.style)),
        }
    }

    /// Refuses a $ that is left over among words: what was to be a formula is none, for want of another $ or a brace.
    fn dollars(&self, event: &Event<'_>, is_escaped: bool, at: usize) {
        let Event::Text(words) = event else { return };
        if let Some((place, _)) = words.match_indices('$').find(|(place, _)| *place > 0 || !is_escaped) {
            self.refuse(at + place, LONE_DOLLAR);
        }
    }

    fn formula(&self, tex: &str, at: usize) -> Option<Formula> {
        let read = formula::read(tex);
        read.map_err(|mistake| self.refuse(at + mistake.at, mistake.what)).ok()
    }

    fn begin(&mut self, tag: &Tag<'_>, at: usize) {
        let what = match tag {
            Tag::Paragraph => return,
            Tag::Heading { level: HeadingLevel::H1, .. } => return self.flush(),
            Tag::Emphasis => return self.style.emphasis = true,
            Tag::Strong => return self.style.strong = true,
            Tag::List(start) => {
                self.flush();
                if self.lists.len() == DEEPEST {
                    self.refuse(at, format!("lists stand in lists at most {DEEPEST} deep"));
                }
                return self.lists.push(*start);
            }
            Tag::Item => {
                self.flush();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", number.saturating_sub(1))
                    }
                    _ => "•".to_owned(),
                });
                return;
            }
            Tag::Heading { .. } => "a page has one heading, with one #: write **strong** words instead",
            Tag::Link { .. } => NO_LINKS,
            Tag::Image { .. } => "a lesson has no images: the picture beside the text is its scene",
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                "lines that begin with four spaces are no part of a lesson: write `code` in a line"
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                "a page shows no fenced code: a block is ```scene, ```try, ```predict or ```look from the first column on"
            }
            Tag::Table(_) => "a page shows no tables: write a list",
            Tag::Strikethrough => "a page strikes no words out: leave them out",
            Tag::FootnoteDefinition(_) => NO_FOOTNOTES,
            Tag::BlockQuote(_) => "a lesson has no quotations with >",
            Tag::HtmlBlock => "a lesson has no HTML: write Markdown",
            _ => "this is no part of a lesson: write paragraphs, lists and formulas",
        };
        if self.silent == 0 {
            self.refuse(at, what);
        }
        self.silent += 1;
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strong => self.style.strong = false,
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Heading(HeadingLevel::H1) => {
                let line = std::mem::take(&mut self.line);
                if self.heading.is_some() || !self.blocks.is_empty() {
                    self.refuse(
                        at,
                        "a page begins with its one heading; --- on a line of its own begins the next page",
                    );
                }
                self.heading.get_or_insert(line);
            }
            _ => self.silent = self.silent.saturating_sub(1),
        }
    }

    /// The line that is being read is at its end.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let depth = self.lists.len().clamp(1, DEEPEST) - 1;
        self.blocks.push(match self.mark.take() {
            Some(mark) => Block::Item(mark, depth, line),
            // A second paragraph of an item goes on below it.
            None if !self.lists.is_empty() => Block::Item(String::new(), depth, line),
            None => Block::Paragraph(line),
        });
    }
}
