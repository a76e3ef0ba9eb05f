//! A lesson file cut into its heading, its pages and their fenced blocks, not yet understood.

use std::ops::Range;

use super::mistake::{Located, Mistake};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::nearest;

/// What opens and closes the heading.
const FRONT: &str = "+++";
/// What begins the next page.
const BREAK: &str = "---";
/// What opens and closes a block.
const FENCE: &str = "```";

/// The kinds of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scene,
    Try,
    Predict,
    Look,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Scene, Self::Try, Self::Predict, Self::Look];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::Try => "try",
            Self::Predict => "predict",
            Self::Look => "look",
        }
    }
}

/// A fenced block: its kind with the place of its fence, and what stands in it.
#[derive(Debug)]
pub(super) struct Fenced {
    pub(super) kind: Located<Kind>,
    pub(super) body: Range<usize>,
}

/// A page: its text between the blocks, and the blocks.
#[derive(Debug)]
pub(super) struct PageSource {
    pub(super) at: usize,
    pub(super) texts: Vec<Range<usize>>,
    pub(super) blocks: Vec<Fenced>,
}

/// The parts of a file.
#[derive(Debug)]
pub(super) struct Source {
    /// The TOML between the two `+++`; `None` where there is none.
    pub(super) front: Option<Range<usize>>,
    pub(super) pages: Vec<PageSource>,
}

/// The lines of a text, without their ends, with where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let begin = at;
        at += line.len();
        (begin, line.trim_end_matches(['\n', '\r']))
    })
}

impl Source {
    /// Cuts a text; what cannot be is said in `mistakes`.
    pub(super) fn of(text: &str, mistakes: &mut Vec<Mistake>) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut lines = lines(&text[mark..]).map(|(at, line)| (at + mark, line)).peekable();
        let front = front(&mut lines, text, mistakes);
        let mut pages = vec![PageSource { at: front.as_ref().map_or(mark, |front| front.end), ..PageSource::empty() }];
        let mut begun: Option<usize> = None;
        while let Some((at, line)) = lines.next() {
            let is_break = line.trim_end() == BREAK;
            let is_fence = line.starts_with(FENCE);
            if !is_break && !is_fence {
                begun.get_or_insert(at);
                continue;
            }
            let Some(page) = pages.last_mut() else { break };
            page.texts.extend(begun.take().map(|begin| begin..at));
            if is_break {
                pages.push(PageSource { at: at + line.len(), ..PageSource::empty() });
            } else {
                page.blocks.extend(fenced((at, line), &mut lines, text, mistakes));
            }
        }
        if let Some(page) = pages.last_mut() {
            page.texts.extend(begun.map(|begin| begin..text.len()));
        }
        Self { front, pages }
    }
}

impl PageSource {
    fn empty() -> Self {
        Self { at: 0, texts: Vec::new(), blocks: Vec::new() }
    }
}

/// The heading of the file, if it begins with one.
fn front<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'a str)>>,
    text: &str,
    mistakes: &mut Vec<Mistake>,
) -> Option<Range<usize>> {
    let Some((at, first)) = lines.next_if(|(_, line)| line.trim_end() == FRONT) else {
        mistakes
            .push(Mistake::new(0, "a lesson begins with a line of +++, its id, title and question, and a line of +++"));
        return None;
    };
    let begin = at + first.len();
    for (at, line) in lines {
        if line.trim_end() == FRONT {
            return Some(begin..at);
        }
    }
    mistakes.push(Mistake::new(at, "this +++ is not closed: write +++ on a line of its own after the question"));
    Some(begin..text.len())
}

/// The block that begins with this fence; `None` where its kind is unknown.
fn fenced<'a>(
    (at, line): (usize, &str),
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    text: &str,
    mistakes: &mut Vec<Mistake>,
) -> Option<Fenced> {
    let word = line[FENCE.len()..].trim();
    let begin = (at + line.len() + 1).min(text.len());
    // A line ends in one or two characters.
    let begin = if text[begin.saturating_sub(1)..].starts_with('\r') { (begin + 1).min(text.len()) } else { begin };
    let mut end = None;
    for (at, line) in lines {
        if line.trim_end() == FENCE {
            end = Some(at);
            break;
        }
    }
    if end.is_none() {
        mistakes.push(Mistake::new(at, "this block is not closed: write ``` on a line of its own after it"));
    }
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word);
    let Some(kind) = kind else {
        let hint = nearest(word, Kind::ALL.into_iter().map(Kind::word));
        let what = format!("a block is scene, try, predict or look, not '{}'{hint}", excerpt(word));
        mistakes.push(Mistake::new(at + FENCE.len(), what));
        return None;
    };
    let body = begin..end.unwrap_or(text.len()).max(begin);
    Some(Fenced { kind: Located { value: kind, at }, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_at_its_fences_and_breaks_whatever_its_line_ends() {
        let text = "+++\nid = 1\n+++\n# A\ntext\n```scene\nx\n```\nmore\n---\n# B\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let mut mistakes = Vec::new();
            let source = Source::of(&text, &mut mistakes);
            assert_eq!(mistakes, Vec::new(), "{text:?}");
            assert_eq!(text[source.front.unwrap()].trim(), "id = 1");
            let cut = |range: &Range<usize>| text[range.clone()].replace('\r', "");
            let texts: Vec<Vec<String>> =
                source.pages.iter().map(|page| page.texts.iter().map(cut).collect()).collect();
            assert_eq!(texts, [vec!["# A\ntext\n".to_owned(), "more\n".to_owned()], vec!["# B\n".to_owned()]]);
            assert_eq!(cut(&source.pages[0].blocks[0].body), "x\n");
            assert_eq!(source.pages[0].blocks[0].kind.value, Kind::Scene);
        }
    }

    #[test]
    fn what_is_not_closed_or_not_known_is_said_with_its_place() {
        for (text, places) in [
            ("# A\n", vec![[1, 1]]),
            ("+++\nid = 1\n", vec![[1, 1]]),
            ("+++\n+++\n```secne\n```\n", vec![[3, 4]]),
            ("+++\n+++\n# A\n```scene\nx", vec![[4, 1]]),
            ("+++\n+++\n```", vec![[3, 1], [3, 4]]),
        ] {
            let mut mistakes = Vec::new();
            Source::of(text, &mut mistakes);
            assert_eq!(
                mistakes.iter().map(|mistake| mistake.place(text)).collect::<Vec<_>>(),
                places,
                "{text:?}: {mistakes:?}"
            );
        }
    }
}
