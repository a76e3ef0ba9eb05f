//! Paragraphs, lists and formulas set in lines of a width.

use emath::{Vec2, vec2};

use super::formula::Setter;
use super::{Face, Faces, Laid, Piece};
use crate::lessons::formula::{Formula, Node};
use crate::lessons::{Block, Inline};

/// From baseline to baseline, in heights of the letters; more where something high stands in a line.
const LEADING: f32 = 1.38;
/// Between lines that would touch, at least.
const LEAST_GAP: f32 = 0.12;
/// Between paragraphs.
const PARAGRAPH: f32 = 0.5;
/// Around a formula on a line of its own.
const DISPLAY: f32 = 0.35;
/// Its letters beside those of the text.
const DISPLAYED: f32 = 1.08;
/// How far a slanted letter reaches over its own width.
const LEANING: f32 = 0.14;
/// How far an item of a list is indented.
const INDENT: f32 = 1.3;
/// The smallest that a formula on a line of its own becomes where it is too wide.
const SHRUNK: f32 = 0.6;

/// Text that is laid out: its pieces, from the upper left corner, and how large it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typeset {
    /// What is drawn.
    pub pieces: Vec<Piece>,
    /// Width and height, in points.
    pub size: Vec2,
}

/// What a line is made of.
enum Part {
    /// It stays whole.
    Box(Laid),
    /// The line may end here; else there is this much room.
    Space(f32),
    /// The line ends here.
    Break,
}

/// Lays out blocks in this width, in letters of this face.
pub fn typeset(blocks: &[Block], face: Face, width: f32, faces: &impl Faces) -> Typeset {
    let mut column = Column { face, width, faces, done: Typeset::default() };
    for (index, block) in blocks.iter().enumerate() {
        let is_list = |block: &Block| matches!(block, Block::Item(..));
        let joins = index > 0 && is_list(block) && is_list(&blocks[index - 1]);
        if index > 0 {
            column.done.size.y += face.size * if joins { 0.15 } else { PARAGRAPH };
        }
        match block {
            Block::Paragraph(line) => column.lines(line, 0.0),
            Block::Display(formula) => column.display(formula),
            Block::Item(mark, depth, line) => column.item(mark, *depth, line),
        }
    }
    column.done.size.x = width;
    column.done
}

/// Lays out a line of words and formulas in this width.
pub fn typeset_line(line: &[Inline], face: Face, width: f32, faces: &impl Faces) -> Typeset {
    typeset(&[Block::Paragraph(line.to_vec())], face, width, faces)
}

struct Column<'a, F> {
    face: Face,
    width: f32,
    faces: &'a F,
    done: Typeset,
}

impl<F: Faces> Column<'_, F> {
    fn item(&mut self, mark: &str, depth: usize, line: &[Inline]) {
        let indent = INDENT * self.face.size * (depth + 1) as f32;
        let top = self.done.size.y;
        self.lines(line, indent);
        let mark = Laid::words(mark, self.face, self.faces);
        let x = indent - mark.width - 0.4 * self.face.size;
        let baseline = top + LEADING * self.face.size * 0.75;
        self.done.pieces.extend(mark.pieces.into_iter().map(|piece| piece.moved(vec2(x.max(0.0), baseline))));
    }

    fn display(&mut self, formula: &Formula) {
        let set = |face: Face| Setter::new(self.faces, face, true).set(&formula.root);
        let mut laid = set(self.face.scaled(DISPLAYED));
        if laid.width > self.width {
            let factor = (DISPLAYED * self.width / laid.width).max(SHRUNK);
            laid = set(self.face.scaled(factor));
        }
        let margin = DISPLAY * self.face.size;
        let x = ((self.width - laid.width) / 2.0).max(0.0);
        let at = vec2(x, self.done.size.y + margin + laid.ascent);
        self.done.size.y += laid.height() + 2.0 * margin;
        self.done.pieces.extend(laid.pieces.into_iter().map(|piece| piece.moved(at)));
    }

    /// Lines of words and formulas, the first of them not higher than the place reached.
    fn lines(&mut self, line: &[Inline], indent: f32) {
        let width = self.width - indent;
        let mut current = Laid::default();
        let mut space = 0.0;
        for part in parts(line, self.face, self.faces) {
            match part {
                Part::Space(room) => space = if current.pieces.is_empty() { 0.0 } else { f32::max(space, room) },
                Part::Break => {
                    self.end_line(std::mem::take(&mut current), indent);
                    space = 0.0;
                }
                Part::Box(laid) => {
                    if !current.pieces.is_empty() && current.width + space + laid.width > width {
                        self.end_line(std::mem::take(&mut current), indent);
                        space = 0.0;
                    }
                    current.append(Laid::room(space));
                    current.append(laid);
                    space = 0.0;
                }
            }
        }
        self.end_line(current, indent);
    }

    fn end_line(&mut self, line: Laid, indent: f32) {
        if line.pieces.is_empty() {
            return;
        }
        let size = self.face.size;
        // What is no higher than letters stands at even distances.
        let (above, below) = (LEADING * size * 0.75, LEADING * size * 0.25);
        let above = above.max(line.ascent + LEAST_GAP * size);
        let below = below.max(line.descent + LEAST_GAP * size);
        let at = vec2(indent, self.done.size.y + above);
        self.done.size.y += above + below;
        self.done.pieces.extend(line.pieces.into_iter().map(|piece| piece.moved(at)));
    }
}

/// The words and formulas of a line, what stays together as one box.
fn parts(line: &[Inline], face: Face, faces: &impl Faces) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = Laid::default();
    let space = faces.width("\u{a0}", face);
    // Whether the last word leans into the space after it.
    let mut leans = false;
    for inline in line {
        match inline {
            Inline::Break => {
                close(&mut open, &mut parts);
                parts.push(Part::Break);
            }
            Inline::Formula(formula) => {
                formula_parts(formula, face, faces, &mut open, &mut parts);
                leans = false;
            }
            Inline::Words(words, style) => {
                let face =
                    Face { strong: style.strong || face.strong, slanted: style.emphasis, code: style.code, ..face };
                // Code is not torn apart.
                let whole = style.code;
                for (index, word) in words.split(|c: char| c.is_ascii_whitespace() && !whole).enumerate() {
                    if index > 0 {
                        close(&mut open, &mut parts);
                        parts.push(Part::Space(space + if leans && !face.slanted { LEANING * face.size } else { 0.0 }));
                    }
                    if !word.is_empty() {
                        leans = face.slanted;
                        open.append(Laid::words(word, face, faces));
                    }
                }
            }
        }
    }
    close(&mut open, &mut parts);
    parts
}

fn close(open: &mut Laid, parts: &mut Vec<Part>) {
    if !open.pieces.is_empty() {
        parts.push(Part::Box(std::mem::take(open)));
    }
}

/// The parts of a formula in a line, which may break after operators.
fn formula_parts(formula: &Formula, face: Face, faces: &impl Faces, open: &mut Laid, parts: &mut Vec<Part>) {
    let setter = Setter::new(faces, face, false);
    let segments = match &formula.root {
        Node::Row(row) => setter.segments(row),
        whole => vec![setter.set(whole)],
    };
    let last = segments.len().saturating_sub(1);
    for (index, segment) in segments.into_iter().enumerate() {
        open.append(segment);
        if index < last {
            close(open, parts);
        }
    }
}

#[cfg(test)]
mod tests;
