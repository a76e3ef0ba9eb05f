//! A page of paths, words and pictures: what a file of lines and letters holds, without a toolkit and without pixels of its own.
//!
//! Places and lengths are in points, from the left upper corner. `render/vector.rs` makes a page from what the screen paints,
//! `export/` writes it.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

/// Red, green, blue and opacity, not premultiplied.
pub type Rgba = [u8; 4];

/// A page and all that is on it, bottom first.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorPage {
    /// Width and height.
    pub size: Vec2,
    /// What covers the whole page.
    pub ground: Rgba,
    /// What it shows, in a line.
    pub title: String,
    /// The fonts of its words.
    pub faces: Vec<Face>,
    /// What is on it.
    pub items: Vec<Item>,
}

/// A font.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Its name in the program.
    pub name: String,
    /// The bytes of its file.
    pub bytes: Arc<[u8]>,
}

/// A mark, and the part of the page outside of which nothing of it is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The part; `None` where all of the mark is seen.
    pub clip: Option<Rect>,
    /// The mark.
    pub mark: Mark,
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Lines and areas.
    Path {
        /// Its pieces, one after the other.
        path: Vec<Segment>,
        /// Its fill, by the nonzero winding rule.
        fill: Option<Rgba>,
        /// The line along it.
        stroke: Option<VectorStroke>,
    },
    /// Letters of one font, size and color on one line.
    Words(Words),
    /// A picture.
    Picture(Pixels),
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Starts a new line here.
    Move(Pos2),
    /// A straight line to here.
    Line(Pos2),
    /// A cubic curve by two control points to here.
    Cubic([Pos2; 3]),
    /// Back to where it began.
    Close,
}

/// A line along a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VectorStroke {
    /// Its width.
    pub width: f32,
    /// Its color.
    pub color: Rgba,
}

/// Letters of one font, size and color on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Each letter, and how far right of `at` it begins.
    pub letters: Vec<(char, f32)>,
    /// How far right of `at` the last one ends.
    pub width: f32,
    /// The index of their font.
    pub face: usize,
    /// Their size.
    pub size: f32,
    /// Their color.
    pub color: Rgba,
    /// The left end of their baseline.
    pub at: Pos2,
    /// By how much they are turned clockwise around `at`, in radians.
    pub angle: f32,
}

impl Words {
    /// The letters as a text.
    pub fn text(&self) -> String {
        self.letters.iter().map(|(letter, _)| *letter).collect()
    }
}

/// A picture and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Pixels {
    /// The place.
    pub at: Rect,
    /// Its columns and rows.
    pub size: [u32; 2],
    /// Its pixels, the uppermost row first.
    pub rgba: Arc<[u8]>,
}

/// Control points at this share of the radius make a curve a quarter of a circle, within 0.03 % of the radius.
const QUARTER: f32 = 0.552_284_8;

/// A path through corners, back to the first one if it is closed.
pub fn polyline(corners: &[Pos2], is_closed: bool) -> Vec<Segment> {
    let Some((first, rest)) = corners.split_first() else { return Vec::new() };
    let mut path = vec![Segment::Move(*first)];
    path.extend(rest.iter().copied().map(Segment::Line));
    path.extend(is_closed.then_some(Segment::Close));
    path
}

/// An ellipse about a point.
pub fn ellipse(center: Pos2, radius: Vec2) -> Vec<Segment> {
    rounded(Rect::from_center_size(center, 2.0 * radius), [radius; 4])
}

/// A rectangle with these radii of its corners: left above, right above, right below, left below.
pub fn rounded(rect: Rect, radii: [Vec2; 4]) -> Vec<Segment> {
    let [nw, ne, se, sw] = radii;
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    if radii == [Vec2::ZERO; 4] {
        return polyline(&[rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()], true);
    }
    let k = 1.0 - QUARTER;
    vec![
        Segment::Move(pos2(left + nw.x, top)),
        Segment::Line(pos2(right - ne.x, top)),
        Segment::Cubic([pos2(right - k * ne.x, top), pos2(right, top + k * ne.y), pos2(right, top + ne.y)]),
        Segment::Line(pos2(right, bottom - se.y)),
        Segment::Cubic([pos2(right, bottom - k * se.y), pos2(right - k * se.x, bottom), pos2(right - se.x, bottom)]),
        Segment::Line(pos2(left + sw.x, bottom)),
        Segment::Cubic([pos2(left + k * sw.x, bottom), pos2(left, bottom - k * sw.y), pos2(left, bottom - sw.y)]),
        Segment::Line(pos2(left, top + nw.y)),
        Segment::Cubic([pos2(left, top + k * nw.y), pos2(left + k * nw.x, top), pos2(left + nw.x, top)]),
        Segment::Close,
    ]
}

/// The box of a path's corners and control points; none of an empty path.
pub fn bounds(path: &[Segment]) -> Option<Rect> {
    let points = path.iter().flat_map(|segment| match segment {
        Segment::Move(at) | Segment::Line(at) => vec![*at],
        Segment::Cubic(points) => points.to_vec(),
        Segment::Close => Vec::new(),
    });
    let room = Rect::from_points(&points.collect::<Vec<_>>());
    room.min.is_finite().then_some(room)
}

/// The same radius at every corner.
pub fn all_corners(radius: f32) -> [Vec2; 4] {
    [vec2(radius, radius); 4]
}
