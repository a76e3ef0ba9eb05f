//! Paragraphs, lists and formulas set in lines of a width.

use emath::{Vec2, vec2};

use super::bonds::bonds;
use super::formula::Setter;
use super::{Bond, Face, Faces, Laid, Piece};
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

/// What holds together goes to the next line as a whole up to this share of a line's width; what is longer is torn apart.
const WHOLE: f32 = 0.6;

/// What a line is made of.
enum Part {
    /// It stays whole.
    Box(Laid),
    /// The line may end here, sooner where the bond is weaker; else there is this much room.
    Space(f32, Bond),
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
        let mut open = Line { width: self.width - indent, indent, ..Line::default() };
        let parts = parts(line, self.face, self.faces);
        for whole in parts.split(|part| matches!(part, Part::Break)) {
            self.fill(&mut open, whole, Bond::Free);
            self.end_line(std::mem::take(&mut open.laid), indent);
            open.space = 0.0;
        }
    }

    /// Adds parts to a line, torn apart at their weakest bonds where they do not fit as a whole; none is weaker than `least`.
    fn fill(&mut self, line: &mut Line, parts: &[Part], least: Bond) {
        let whole = joined(parts);
        let is_first = line.laid.pieces.is_empty();
        if whole.pieces.is_empty() {
            return;
        }
        let fits = line.laid.width + line.space + whole.width <= line.width;
        let weakest = parts.iter().filter_map(bond).filter(|bond| *bond >= least).min();
        let stays = least > Bond::Free && whole.width <= WHOLE * line.width;
        let Some(weakest) = weakest.filter(|bond| *bond == Bond::Free || !fits && !stays) else {
            if !fits && !is_first {
                self.end_line(std::mem::take(&mut line.laid), line.indent);
                line.space = 0.0;
            }
            line.laid.append(Laid::room(std::mem::take(&mut line.space)));
            return line.laid.append(whole);
        };
        for part in parts.split_inclusive(|part| bond(part) == Some(weakest)) {
            let (inside, after) = match part {
                [inside @ .., Part::Space(room, bond)] if *bond == weakest => (inside, *room),
                all => (all, 0.0),
            };
            self.fill(line, inside, stronger(weakest));
            line.space = if line.laid.pieces.is_empty() { 0.0 } else { f32::max(line.space, after) };
        }
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

/// A line that is being filled.
#[derive(Default)]
struct Line {
    laid: Laid,
    /// Between what is there and what comes next.
    space: f32,
    width: f32,
    indent: f32,
}

fn bond(part: &Part) -> Option<Bond> {
    match part {
        Part::Space(_, bond) => Some(*bond),
        _ => None,
    }
}

/// The weakest bond that is stronger than this one.
fn stronger(bond: Bond) -> Bond {
    match bond {
        Bond::Free => Bond::Relation,
        Bond::Relation => Bond::Operation,
        Bond::Operation | Bond::Enclosed => Bond::Enclosed,
    }
}

/// Parts beside each other, whatever holds them together.
fn joined(parts: &[Part]) -> Laid {
    let mut whole = Laid::default();
    for part in parts {
        match part {
            Part::Box(laid) => whole.append(laid.clone()),
            Part::Space(room, _) => whole.append(Laid::room(*room)),
            Part::Break => {}
        }
    }
    whole
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
                let mut bonds = bonds(words).into_iter();
                for (index, word) in words.split(|c: char| c.is_ascii_whitespace() && !whole).enumerate() {
                    if index > 0 {
                        close(&mut open, &mut parts);
                        let leaning = if leans && !face.slanted { LEANING * face.size } else { 0.0 };
                        parts.push(Part::Space(space + leaning, bonds.next().unwrap_or(Bond::Free)));
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
        whole => vec![(setter.set(whole), Bond::Enclosed)],
    };
    let last = segments.len().saturating_sub(1);
    for (index, (segment, bond)) in segments.into_iter().enumerate() {
        open.append(segment);
        if index < last {
            close(open, parts);
            parts.push(Part::Space(0.0, bond));
        }
    }
}

#[cfg(test)]
mod tests;
