//! The few shapes that every flat picture is made of, placed in landscape coordinates, sized in points of the screen.

pub use super::anchor::Anchor;
use super::ink::{Dash, Ink, MarkerShape};
use super::label::Label;
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::Iterate;

/// Places along a path; borrowed from a run, so that a million iterates are not copied for a picture.
#[derive(Clone, Debug)]
pub enum Places<'a> {
    /// Places of its own.
    Own(Vec<Point>),
    /// The iterates of a run.
    Run(&'a [Iterate]),
    /// Places that are kept elsewhere; one that is not a number interrupts the path.
    Lent(&'a [Point]),
}

impl Places<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Own(points) => points.len(),
            Self::Run(iterates) => iterates.len(),
            Self::Lent(points) => points.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place at an index below [`Places::len`].
    pub fn get(&self, index: usize) -> Point {
        match self {
            Self::Own(points) => points[index],
            Self::Run(iterates) => iterates[index].at,
            Self::Lent(points) => points[index],
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// The role of its color.
    pub ink: Ink,
    /// In points.
    pub width: f32,
    /// How it is broken.
    pub dash: Dash,
    /// 0 … 1.
    pub opacity: f32,
    /// A rim in ground color, in points: keeps the line apart from what it crosses.
    pub halo: f32,
    /// Two edges with the ground between them.
    pub hollow: bool,
    /// No words lie over it.
    pub clear: bool,
    /// No words lie over it where they have another place.
    pub avoided: bool,
}

impl Pen {
    /// An unbroken opaque line.
    pub fn new(ink: Ink, width: f32) -> Self {
        Self { ink, width, dash: Dash::Solid, opacity: 1.0, halo: 0.0, hollow: false, clear: false, avoided: false }
    }

    /// A wide line below another that may be the same curve: both are seen then.
    pub fn beneath(ink: Ink) -> Self {
        Self::new(ink, 4.2)
    }

    /// The thin line above it.
    pub fn on_top(ink: Ink) -> Self {
        Self::new(ink, 1.9)
    }

    /// The pen with another dash.
    #[must_use]
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    /// The pen with another opacity.
    #[must_use]
    pub fn pale(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }

    /// The pen with a rim in ground color.
    #[must_use]
    pub fn with_halo(self, halo: f32) -> Self {
        Self { halo, ..self }
    }

    /// The pen that draws hollow.
    #[must_use]
    pub fn hollow(self) -> Self {
        Self { hollow: true, ..self }
    }

    /// The pen whose lines are kept clear of words.
    #[must_use]
    pub fn kept_clear(self) -> Self {
        Self { clear: true, ..self }
    }

    /// The pen whose lines words avoid: they lie over one rather than nowhere.
    #[must_use]
    pub fn avoided(self) -> Self {
        Self { avoided: true, ..self }
    }
}

/// One shape.
#[derive(Clone, Debug)]
pub enum Primitive<'a> {
    /// A path through places.
    Line {
        /// The places.
        places: Places<'a>,
        /// How it is drawn.
        pen: Pen,
    },
    /// A straight arrow.
    Arrow {
        /// Its foot.
        from: Point,
        /// Its tip.
        to: Point,
        /// How it is drawn.
        pen: Pen,
    },
    /// The same mark at every place.
    Marks {
        /// The places.
        places: Places<'a>,
        /// The mark.
        shape: MarkerShape,
        /// In points.
        radius: f32,
        /// How its outline is drawn, and its area if it is filled.
        pen: Pen,
        /// Filled in its own ink, or hollow in ground color.
        filled: bool,
    },
    /// A filled polygon, convex.
    Area {
        /// Its corners.
        corners: Vec<Point>,
        /// The role of its color.
        ink: Ink,
        /// 0 … 1.
        opacity: f32,
    },
    /// A filled, star-shaped area: all of it is seen from a point inside.
    Star {
        /// The point.
        center: Point,
        /// The outline, once around.
        rim: Vec<Point>,
        /// The role of its color.
        ink: Ink,
        /// 0 … 1.
        opacity: f32,
    },
    /// A figure or a note that belongs to its place.
    Text {
        /// Its place.
        at: Point,
        /// The words.
        text: String,
        /// The role of their color.
        ink: Ink,
        /// Which side lies at the place.
        anchor: Anchor,
        /// In the heavier weight.
        strong: bool,
    },
    /// A number on a filled mark, in the middle of it.
    Figure {
        /// The place of the mark.
        at: Point,
        /// The number.
        text: String,
        /// The role of the mark's color.
        on: Ink,
    },
    /// The name of something that is drawn: on the picture or in the legend line.
    Label(Label),
    /// The name of something long: at the first of its places that is free.
    Name {
        /// The places, the best first, and which side of the words lies there.
        places: Vec<(Point, Anchor)>,
        /// The words.
        text: String,
        /// The role of their color.
        ink: Ink,
        /// In the heavier weight.
        strong: bool,
    },
}

impl Primitive<'_> {
    /// A path through places of its own.
    pub fn line(places: Vec<Point>, pen: Pen) -> Self {
        Self::Line { places: Places::Own(places), pen }
    }

    /// A single mark.
    pub fn mark(at: Point, shape: MarkerShape, radius: f32, pen: Pen, filled: bool) -> Self {
        Self::Marks { places: Places::Own(vec![at]), shape, radius, pen, filled }
    }

    /// Whether any of it lies in a box; `None` for words.
    pub fn is_seen_in(&self, view: ViewBox) -> Option<bool> {
        let crosses = |[from, to]: [Point; 2]| view.contains(from) || view.cut(from, to).is_some();
        let overlaps = |corners: &[Point]| {
            let around = |[low, high]: [f64; 2], side: fn(&Point) -> f64| {
                corners.iter().map(side).any(|at| at >= low) && corners.iter().map(side).any(|at| at <= high)
            };
            around(view.x, |at| at.x) && around(view.y, |at| at.y)
        };
        match self {
            Self::Line { places, .. } => {
                let ends = |index: usize| [places.get(index), places.get((index + 1).min(places.len() - 1))];
                Some((0..places.len()).any(|index| crosses(ends(index))))
            }
            Self::Arrow { from, to, .. } => Some(crosses([*from, *to])),
            Self::Marks { places, .. } => Some((0..places.len()).any(|index| view.contains(places.get(index)))),
            Self::Area { corners, .. } => Some(overlaps(corners)),
            Self::Star { rim, .. } => Some(overlaps(rim)),
            Self::Figure { .. } | Self::Text { .. } | Self::Label(_) | Self::Name { .. } => None,
        }
    }

    /// A word in the regular weight.
    pub fn text(at: Point, text: impl Into<String>, ink: Ink, anchor: Anchor) -> Self {
        Self::Text { at, text: text.into(), ink, anchor, strong: false }
    }
}

impl From<Label> for Primitive<'_> {
    fn from(label: Label) -> Self {
        Self::Label(label)
    }
}
