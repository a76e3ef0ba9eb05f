//! The layout of a formula: what is beside, above and below what, with the spaces of its classes.

use emath::vec2;

use super::{Bond, Face, Faces, Laid};
use crate::lessons::formula::{Accent, Class, Fence, Node};

// All constants below are in heights of the surrounding letters.

/// Height of minus signs and fraction bars above the baseline.
const AXIS: f32 = 0.28;
/// The thickness of lines.
const LINE: f32 = 0.06;
/// The size of letters above or below others, as a share of these.
const SCRIPT: f32 = 0.74;
/// The smallest size of letters, as a share of the size of the text.
const SMALLEST: f32 = 0.58;
/// How far superscripts are shifted up.
const UP: f32 = 0.42;
/// How far subscripts are shifted down.
const DOWN: f32 = 0.18;
/// Between a line of a fraction and what stands on either side.
const GAP: f32 = 0.14;
/// Between rows of a matrix.
const ROWS: f32 = 0.4;
/// Between columns of a matrix.
const COLUMNS: f32 = 0.8;
/// A part higher than this is enclosed in drawn fences, not in letters.
const HIGH: f32 = 1.25;
/// How far slanted letters lean over what follows, as a share of their height.
const LEAN: f32 = 0.12;
/// A sum on a line of its own.
const LARGE: f32 = 1.4;

/// How a formula is set.
#[derive(Clone, Copy)]
pub(super) struct Setter<'a, F> {
    pub(super) faces: &'a F,
    /// The letters around it.
    pub(super) face: Face,
    /// It stands on a line of its own.
    pub(super) display: bool,
    /// How small letters may be, in points.
    smallest: f32,
}

impl<'a, F: Faces> Setter<'a, F> {
    pub(super) fn new(faces: &'a F, face: Face, display: bool) -> Self {
        Self { faces, face, display, smallest: SMALLEST * face.size }
    }

    /// The setter for superscripts and subscripts.
    fn script(&self) -> Self {
        let size = (SCRIPT * self.face.size).max(self.smallest);
        Self { face: Face { size, ..self.face }, display: false, ..*self }
    }

    /// The setter for numerator and denominator of a fraction.
    fn within(&self) -> Self {
        if self.display { Self { display: false, ..*self } } else { self.script() }
    }

    fn em(&self, share: f32) -> f32 {
        share * self.face.size
    }

    pub(super) fn set(&self, node: &Node) -> Laid {
        match node {
            Node::Symbol { text, class, slanted, strong } => self.symbol(text, *class, *slanted, *strong),
            Node::Row(parts) => self.row(parts),
            Node::Scripts { base, sub, sup } => self.scripts(base, sub.as_deref(), sup.as_deref()),
            Node::Fraction { top, bottom } => self.fraction(top, bottom),
            Node::Root { index, inside } => self.root(index.as_deref(), inside),
            Node::Accented(accent, inside) => self.accented(*accent, inside),
            Node::Fenced(open, inside, close) => self.fenced(*open, self.set(inside), *close),
            Node::Table { rows, left } => self.table(rows, *left),
            Node::Space(room) => Laid::room(self.em(*room)),
        }
    }

    fn symbol(&self, text: &str, class: Class, slanted: bool, strong: bool) -> Laid {
        let face = Face { strong: self.face.strong || strong, slanted, ..self.face };
        if class == Class::Large && self.display {
            return Laid::words(text, face.scaled(LARGE), self.faces);
        }
        let mut laid = Laid::words(text, face, self.faces);
        // What leans to the right must not touch what follows: high letters lean further.
        laid.width += if slanted { LEAN * laid.ascent } else { 0.0 };
        laid
    }

    /// The parts beside each other, with room around signs.
    fn row(&self, parts: &[Node]) -> Laid {
        let mut laid = Laid::default();
        for (part, _) in self.segments(parts) {
            laid.append(part);
        }
        laid
    }

    /// The parts of a row, each with the room before it, and how firmly it holds to the next: a line may end after a sign.
    pub(super) fn segments(&self, parts: &[Node]) -> Vec<(Laid, Bond)> {
        let (mut segments, mut open) = (Vec::new(), Laid::default());
        let mut depth = 0_usize;
        for (index, part) in parts.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| parts[before].class());
            let room = before.map_or(0.0, |before| self.between(before, part.class()));
            open.append(Laid::room(room));
            open.append(self.set(part));
            depth = match part.class() {
                Class::Open => depth + 1,
                Class::Close => depth.saturating_sub(1),
                _ => depth,
            };
            let bond = match part.class() {
                Class::Relation | Class::Binary if depth > 0 => Bond::Enclosed,
                Class::Relation => Bond::Relation,
                Class::Binary => Bond::Operation,
                _ => continue,
            };
            segments.push((std::mem::take(&mut open), bond));
        }
        if open.width != 0.0 || !open.pieces.is_empty() {
            segments.push((open, Bond::Enclosed));
        }
        segments
    }

    fn between(&self, before: Class, after: Class) -> f32 {
        let is_small = self.face.size < 0.9 * self.smallest / SMALLEST;
        let share = match (before, after) {
            (Class::Relation, _) | (_, Class::Relation) => 0.28,
            (Class::Binary, _) | (_, Class::Binary) => 0.24,
            (Class::Punctuation, _) => 0.17,
            (Class::Function | Class::Large, Class::Open) => 0.02,
            (Class::Function | Class::Large, _) | (Class::Ordinary | Class::Close, Class::Function | Class::Large) => {
                0.16
            }
            _ => 0.0,
        };
        self.em(if is_small { 0.2 * share } else { share })
    }

    fn scripts(&self, base: &Node, sub: Option<&Node>, sup: Option<&Node>) -> Laid {
        let mut laid = self.set(base);
        let small = self.script();
        let (primes, sup) = sup.map_or((None, None), Node::primes);
        let [sub, sup] = [sub, sup].map(|script| script.map(|script| small.set(script)));
        if base.class() == Class::Large && self.display {
            return self.limits(laid, sub, sup);
        }
        let foot = laid.width;
        // A prime is made high: it stands on the line, in the size of the letters.
        if let Some(primes) = primes {
            laid.append(self.set(primes));
        }
        let width = laid.width;
        // Beside something high they stand at its ends.
        let up = self.em(UP).max(laid.ascent - self.em(0.36));
        let down = self.em(DOWN).max(laid.descent - self.em(0.04));
        let mut end = width;
        if let Some(sup) = sup {
            end = end.max(width + sup.width);
            laid.put(sup, vec2(width + self.em(0.03), -up));
        }
        if let Some(sub) = sub {
            end = end.max(foot + sub.width);
            laid.put(sub, vec2(foot, down));
        }
        laid.width = end + self.em(0.04);
        laid
    }

    /// Below and above a sum.
    fn limits(&self, sum: Laid, sub: Option<Laid>, sup: Option<Laid>) -> Laid {
        let width =
            [Some(&sum), sub.as_ref(), sup.as_ref()].into_iter().flatten().map(|laid| laid.width).fold(0.0, f32::max);
        let centered = |laid: &Laid| (width - laid.width) / 2.0;
        let mut laid = Laid::room(width);
        let (above, below) = (sum.ascent, sum.descent);
        let at = centered(&sum);
        laid.put(sum, vec2(at, 0.0));
        if let Some(sup) = sup {
            let at = vec2(centered(&sup), -above - self.em(0.08) - sup.descent);
            laid.put(sup, at);
        }
        if let Some(sub) = sub {
            let at = vec2(centered(&sub), below + self.em(0.08) + sub.ascent);
            laid.put(sub, at);
        }
        laid
    }

    fn fraction(&self, top: &Node, bottom: &Node) -> Laid {
        let [top, bottom] = [top, bottom].map(|part| self.within().set(part));
        let inner = top.width.max(bottom.width) + self.em(0.12);
        let width = inner + self.em(0.12);
        let (axis, gap) = (self.em(AXIS), self.em(GAP));
        let mut laid = Laid::room(width);
        let [over, under] = [&top, &bottom].map(|part| (width - part.width) / 2.0);
        let (rise, fall) = (axis + gap + top.descent, gap + bottom.ascent - axis);
        laid.put(top, vec2(over, -rise));
        laid.put(bottom, vec2(under, fall));
        let margin = (width - inner) / 2.0;
        laid.line(&[[margin, -axis], [width - margin, -axis]], self.em(LINE));
        laid
    }

    fn root(&self, index: Option<&Node>, inside: &Node) -> Laid {
        let inside = self.set(inside);
        let index = index.map(|index| self.script().set(index));
        let top = inside.ascent.max(self.em(0.6)) + self.em(0.16);
        let foot = inside.descent.max(self.em(0.05)) + self.em(0.04);
        let lead = index.as_ref().map_or(0.0, |index| (index.width - self.em(0.2)).max(0.0));
        let (hook, bar) = (lead + self.em(0.5), self.em(LINE));
        let width = hook + inside.width + self.em(0.1);
        let mut laid = Laid::room(width);
        laid.put(inside, vec2(hook + self.em(0.04), 0.0));
        let middle = (foot - top) / 2.0;
        laid.line(
            &[
                [lead + self.em(0.04), middle + self.em(0.12)],
                [lead + self.em(0.14), middle + self.em(0.06)],
                [lead + self.em(0.28), foot],
                [hook, -top],
                [width, -top],
            ],
            bar,
        );
        if let Some(index) = index {
            let at = vec2(0.0, middle - self.em(0.02));
            laid.put(index, at);
        }
        laid.ascent = laid.ascent.max(top + bar);
        laid.descent = laid.descent.max(foot);
        laid
    }

    fn accented(&self, accent: Accent, inside: &Node) -> Laid {
        let mut laid = self.set(inside);
        let lean = if matches!(inside, Node::Symbol { slanted: true, .. }) { self.em(0.1) } else { 0.0 };
        let (middle, y) = (laid.width / 2.0 + lean, -laid.ascent - self.em(0.1));
        let (half, rise) = (self.em(0.17), self.em(0.13));
        let width = if accent == Accent::Dot { 2.0 * LINE } else { LINE };
        laid.line(&stroke(accent, [middle, y], [half, rise]), self.em(width));
        laid.ascent = -y + rise;
        laid
    }

    fn fenced(&self, open: Fence, inside: Laid, close: Fence) -> Laid {
        // As far above the axis as below it.
        let half = (inside.ascent - self.em(AXIS)).max(inside.descent + self.em(AXIS)) + self.em(0.06);
        let half = half.max(self.em(0.5));
        let mut laid = self.fence(open, half, false);
        laid.append(inside);
        laid.append(self.fence(close, half, true));
        laid
    }

    fn fence(&self, fence: Fence, half: f32, closes: bool) -> Laid {
        if let Some(glyph) = glyph(fence, closes).filter(|_| 2.0 * half < self.em(HIGH)) {
            return Laid::words(glyph, self.face, self.faces);
        }
        let width = self.em(match fence {
            Fence::Empty => return Laid::default(),
            Fence::Round | Fence::Curly => 0.38,
            Fence::Square => 0.32,
            Fence::Line => 0.24,
            Fence::Lines => 0.4,
        });
        let axis = self.em(AXIS);
        let mut laid = Laid { width, ascent: half + axis, descent: half - axis, pieces: Vec::new() };
        // From the outer edge (0) to the inner one (1), and from the top (−1) to the foot (1).
        let place = |[x, y]: [f32; 2]| [width * if closes { 1.0 - x } else { x }, half * y - axis];
        for line in outline(fence) {
            let points: Vec<[f32; 2]> = line.into_iter().map(place).collect();
            laid.line(&points, self.em(LINE));
        }
        laid
    }

    fn table(&self, rows: &[Vec<Node>], left: bool) -> Laid {
        let inner = Self { display: false, ..*self };
        let cells: Vec<Vec<Laid>> = rows.iter().map(|row| row.iter().map(|cell| inner.set(cell)).collect()).collect();
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let width_of =
            |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width).fold(0.0, f32::max);
        let widths: Vec<f32> = (0..columns).map(width_of).collect();
        let (up, down) = (self.em(0.6), self.em(0.12));
        let reach =
            |row: &Vec<Laid>| row.iter().fold([up, down], |[a, d], cell| [a.max(cell.ascent), d.max(cell.descent)]);
        let reaches: Vec<[f32; 2]> = cells.iter().map(reach).collect();
        let gap = self.em(ROWS);
        let height: f32 =
            reaches.iter().map(|[above, below]| above + below).sum::<f32>() + gap * (cells.len() - 1) as f32;
        let margin = self.em(0.1);
        let width = widths.iter().sum::<f32>() + self.em(COLUMNS) * columns.saturating_sub(1) as f32 + 2.0 * margin;
        let mut laid = Laid::room(width);
        let mut y = -height / 2.0 - self.em(AXIS);
        for (row, [above, below]) in cells.into_iter().zip(reaches) {
            let mut x = margin;
            for (cell, width) in row.into_iter().zip(&widths) {
                let at = if left { 0.0 } else { (width - cell.width) / 2.0 };
                laid.put(cell, vec2(x + at, y + above));
                x += width + self.em(COLUMNS);
            }
            y += above + below + gap;
        }
        laid
    }
}

/// The line of an accent around `middle`, half as wide as its width, and as high as it rises.
fn stroke(accent: Accent, [middle, y]: [f32; 2], [half, rise]: [f32; 2]) -> Vec<[f32; 2]> {
    match accent {
        Accent::Hat => vec![[middle - half, y], [middle, y - rise], [middle + half, y]],
        Accent::Bar => vec![[middle - half, y - 0.5 * rise], [middle + half, y - 0.5 * rise]],
        Accent::Tilde => vec![
            [middle - half, y],
            [middle - 0.5 * half, y - 0.7 * rise],
            [middle + 0.5 * half, y],
            [middle + half, y - 0.7 * rise],
        ],
        Accent::Dot => vec![[middle - 0.02, y - 0.4 * rise], [middle + 0.02, y - 0.4 * rise]],
        Accent::Vector => vec![
            [middle - half, y - 0.5 * rise],
            [middle + half, y - 0.5 * rise],
            [middle + 0.5 * half, y - rise],
            [middle + half, y - 0.5 * rise],
            [middle + 0.5 * half, y],
        ],
    }
}

/// The letter of a low fence, if it has one.
fn glyph(fence: Fence, closes: bool) -> Option<&'static str> {
    match (fence, closes) {
        (Fence::Round, false) => Some("("),
        (Fence::Round, true) => Some(")"),
        (Fence::Square, false) => Some("["),
        (Fence::Square, true) => Some("]"),
        _ => None,
    }
}

/// The lines of a high fence that opens: from the outer edge (0) to the inner (1), and from the top (−1) to the foot (1).
fn outline(fence: Fence) -> Vec<Vec<[f32; 2]>> {
    const PARTS: usize = 16;
    let along = |of: fn(f32) -> f32| -> Vec<[f32; 2]> {
        (0..=PARTS).map(|part| 2.0 * part as f32 / PARTS as f32 - 1.0).map(|y| [of(y), y]).collect()
    };
    match fence {
        Fence::Round => vec![along(|y| 0.2 + 0.6 * y * y)],
        Fence::Square => vec![vec![[0.85, -1.0], [0.3, -1.0], [0.3, 1.0], [0.85, 1.0]]],
        Fence::Curly => vec![along(|y| {
            let from_middle = (1.0 - 8.0 * y.abs()).max(0.0);
            let from_end = (8.0 * y.abs() - 7.0).max(0.0);
            0.45 - 0.4 * from_middle * from_middle + 0.4 * from_end * from_end
        })],
        Fence::Line => vec![vec![[0.5, -1.0], [0.5, 1.0]]],
        Fence::Lines => vec![vec![[0.3, -1.0], [0.3, 1.0]], vec![[0.7, -1.0], [0.7, 1.0]]],
        Fence::Empty => Vec::new(),
    }
}
