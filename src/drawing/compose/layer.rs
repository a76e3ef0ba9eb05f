//! The layers of a composed picture: strokes, areas and words, in points of a page.

use emath::{Pos2, Rect, Vec2};

use crate::drawing::ink::Rgb;
use crate::numbers::Point;

/// A color and how much of it covers what lies beneath, 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tint {
    /// The color.
    pub color: Rgb,
    /// 1 covers all.
    pub opacity: f32,
}

/// The outline of an area, centered on its edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// In points.
    pub width: f32,
    /// Its color.
    pub tint: Tint,
}

/// One thing to draw; later ones lie on earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A line through corners.
    Stroke {
        /// The corners.
        corners: Vec<Pos2>,
        /// Its width and color.
        line: Outline,
        /// Lengths of strokes and gaps in turn, in points; empty for an unbroken line.
        dashes: Vec<f32>,
    },
    /// Very many lines of one kind, unbroken.
    Strokes {
        /// Their corners.
        pieces: Vec<Vec<Pos2>>,
        /// Their width and color.
        line: Outline,
    },
    /// A convex area.
    Area {
        /// Its corners.
        corners: Vec<Pos2>,
        /// What fills it.
        fill: Tint,
        /// Its edge, if it has one.
        outline: Option<Outline>,
    },
    /// A star-shaped area, all of which is seen from a point inside; its edges are not softened, so that neighbors meet without a seam.
    Star {
        /// The point.
        center: Pos2,
        /// The corners, once around.
        rim: Vec<Pos2>,
        /// What fills it.
        fill: Tint,
    },
    /// A disc.
    Disc {
        /// The middle.
        center: Pos2,
        /// In points.
        radius: f32,
        /// What fills it.
        fill: Tint,
        /// Its edge, if it has one.
        outline: Option<Outline>,
    },
    /// Squares of one kind, about these middles.
    Squares {
        /// Their middles.
        centers: Vec<Pos2>,
        /// Their side, in points.
        side: f32,
        /// What fills them.
        fill: Tint,
        /// Their edge, if they have one.
        outline: Option<Outline>,
    },
    /// A word or two on a patch of ground.
    Words {
        /// The patch.
        patch: Rect,
        /// What covers what lies beneath them.
        ground: Tint,
        /// The left upper corner of the words; of upward ones the lower one.
        at: Pos2,
        /// The words.
        text: String,
        /// Their color.
        color: Rgb,
        /// In the heavier weight.
        strong: bool,
        /// Turned by a quarter, to be read from below.
        upward: bool,
    },
}

/// Where things are on a page.
pub trait Page {
    /// The rectangle of the picture, in points.
    fn frame(&self) -> Rect;
    /// Where a point of the landscape is, in points.
    fn position(&self, at: Point) -> Pos2;
}

/// Measures text, so that this folder needs no toolkit; implemented by `render::layers::Fonts`.
pub trait Measure {
    /// The width and the height of a text in one line, in points.
    fn size(&self, text: &str, strong: bool) -> Vec2;
}
