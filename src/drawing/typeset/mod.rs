//! Text with formulas laid out on a page: pieces at their places, which screen and pictures draw alike.
//!
//! A [`Typeset`] is made for a width; whoever shows it knows how to draw words and lines, and nothing else.

mod bonds;
mod column;
mod formula;
mod words;

pub use column::{Typeset, typeset, typeset_line};

use emath::{Pos2, Vec2, pos2};

/// How letters are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Their size, in points.
    pub size: f32,
    /// Semi-bold.
    pub strong: bool,
    /// Slanted.
    pub slanted: bool,
    /// Whether it is code, which has a background of its own.
    pub code: bool,
}

impl Face {
    /// Plain letters of this size.
    pub fn plain(size: f32) -> Self {
        Self { size, strong: false, slanted: false, code: false }
    }

    /// This face in another size.
    #[must_use]
    fn scaled(self, factor: f32) -> Self {
        Self { size: self.size * factor, ..self }
    }
}

/// How wide words are.
pub trait Faces {
    /// The width of words, in points.
    fn width(&self, text: &str, face: Face) -> f32;
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words, by the left end of their baseline.
    Words {
        /// Where.
        at: Pos2,
        /// Which.
        text: String,
        /// How.
        face: Face,
    },
    /// A line through these points, of this width.
    Line(Vec<Pos2>, f32),
}

/// Pieces that belong together, around a baseline that begins at the origin.
#[derive(Clone, Debug, Default, PartialEq)]
struct Laid {
    width: f32,
    /// Above the baseline.
    ascent: f32,
    /// Below it.
    descent: f32,
    pieces: Vec<Piece>,
}

/// How firmly a part of a line holds to the next one: a line ends where the bond is weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// Between words.
    Free,
    /// After the sign between the sides of an equation.
    Relation,
    /// After a sign between terms.
    Operation,
    /// Within parentheses, and before what does not stand alone.
    Enclosed,
}

impl Piece {
    fn moved(self, by: Vec2) -> Self {
        match self {
            Self::Words { at, text, face } => Self::Words { at: at + by, text, face },
            Self::Line(points, width) => Self::Line(points.into_iter().map(|at| at + by).collect(), width),
        }
    }
}

impl Laid {
    fn room(width: f32) -> Self {
        Self { width, ..Self::default() }
    }

    fn words(text: &str, face: Face, faces: &impl Faces) -> Self {
        let [ascent, descent] = words::reach(text).map(|share| share * face.size);
        let piece = Piece::Words { at: Pos2::ZERO, text: text.to_owned(), face };
        Self { width: faces.width(text, face), ascent, descent, pieces: vec![piece] }
    }

    /// Puts another one here, with its baseline's left end at this place.
    fn put(&mut self, other: Self, at: Vec2) {
        self.ascent = self.ascent.max(other.ascent - at.y);
        self.descent = self.descent.max(other.descent + at.y);
        self.pieces.extend(other.pieces.into_iter().map(|piece| piece.moved(at)));
    }

    /// Puts another one after it.
    fn append(&mut self, other: Self) {
        let width = self.width;
        self.width += other.width;
        self.put(other, Vec2::new(width, 0.0));
    }

    fn line(&mut self, points: &[[f32; 2]], width: f32) {
        self.pieces.push(Piece::Line(points.iter().map(|[x, y]| pos2(*x, *y)).collect(), width));
    }

    fn height(&self) -> f32 {
        self.ascent + self.descent
    }
}
