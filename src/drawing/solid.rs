//! What stands on the surface or over it in three dimensions: lines, bars, balls and patches of models, at heights of their own.
//!
//! Colors are roles, lengths on the screen are points; `render/` makes pixels of both.

use super::OverlayContext;
use super::camera::Stage;
use super::ink::Ink;
use crate::numbers::{Point, Vector};

/// A place over the landscape: x, y and a loss.
pub type RaisedPoint = nalgebra::Point3<f64>;

/// Pushes what an overlay raises over the surface of this stage.
pub type Raise = for<'a> fn(&OverlayContext<'a>, &Stage, &mut Vec<Solid<'a>>);

/// One thing in the scene.
pub enum Solid<'a> {
    /// A line through places.
    Line(SolidLine),
    /// A vertical bar between two losses.
    Bar(SolidBar),
    /// A round marker.
    Ball(SolidBall),
    /// A translucent patch of a model.
    Model(SolidModel<'a>),
}

/// A line through places.
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
pub struct SolidLine {
    /// Its corners; one that is not finite interrupts it.
    pub places: Vec<RaisedPoint>,
    /// The role of its color.
    pub ink: Ink,
    /// 1 is the full color, 0 the ground's.
    pub strength: f64,
    /// In points.
    pub width: f32,
    /// Broken into dashes.
    pub dashed: bool,
    /// Drawn as an outline filled with the ground's color.
    pub hollow: bool,
    /// Draped over the loss surface, so that the losses of its corners do not matter.
    pub on_surface: bool,
    /// With an arrow head at its end.
    pub head: bool,
    /// Kept apart from what it crosses by a rim in the ground's color.
    pub rim: bool,
    /// How the part behind the loss is drawn.
    pub hidden: Hidden,
}

impl SolidLine {
    /// A plain line at the heights of its places.
    pub fn new(places: Vec<RaisedPoint>, ink: Ink, width: f32) -> Self {
        Self {
            places,
            ink,
            strength: 1.0,
            width,
            dashed: false,
            hollow: false,
            on_surface: false,
            head: false,
            rim: true,
            hidden: Hidden::Dim,
        }
    }

    /// One that is draped over the loss surface.
    pub fn draped(ats: impl IntoIterator<Item = Point>, ink: Ink, width: f32) -> Self {
        let places = ats.into_iter().map(|at| RaisedPoint::new(at.x, at.y, 0.0)).collect();
        Self { on_surface: true, ..Self::new(places, ink, width) }
    }

    /// One through points at these losses.
    pub fn through(line: Vec<(Point, f64)>, ink: Ink, width: f32) -> Self {
        Self::new(line.into_iter().map(|(at, loss)| RaisedPoint::new(at.x, at.y, loss)).collect(), ink, width)
    }
}

/// A vertical bar between two losses at a point.
pub struct SolidBar {
    /// Where it stands.
    pub at: Point,
    /// The losses at its ends.
    pub ends: [f64; 2],
    /// The role of its color.
    pub ink: Ink,
    /// In points.
    pub width: f32,
    /// How the part behind the loss is drawn.
    pub hidden: Hidden,
}

/// A round marker with a halo in the ground's color; where the loss hides it, it shows through in stripes.
pub struct SolidBall {
    /// Its middle.
    pub place: RaisedPoint,
    /// The role of its color.
    pub ink: Ink,
    /// In points, without the halo.
    pub radius: f32,
    /// A ring around the ground's color instead of a disc.
    pub hollow: bool,
}

impl SolidBall {
    /// At a point with this loss.
    pub fn new(at: Point, loss: f64, ink: Ink, radius: f32) -> Self {
        Self { place: RaisedPoint::new(at.x, at.y, loss), ink, radius, hollow: false }
    }

    /// A ring.
    #[must_use]
    pub fn hollow(self) -> Self {
        Self { hollow: true, ..self }
    }
}

/// A translucent patch of a model: a tangent plane, a quadratic model.
pub struct SolidModel<'a> {
    /// The loss that it predicts.
    pub height: Box<dyn Fn(Point) -> f64 + Sync + 'a>,
    /// Where it is drawn.
    pub footprint: Footprint,
    /// The role of its colors.
    pub ink: Ink,
    /// The opacity of its face on a light ground, 0 to 1.
    pub opacity: f32,
    /// The direction of the hatching where the loss hides it, degrees from the horizontal.
    pub hatch: f32,
}

/// The part of weight space over which a local model is drawn; lengths are in scene units, so that it has its shape in a
/// stretched box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Footprint {
    /// All points up to `radius` from `center`.
    Disc {
        /// The middle.
        center: Point,
        /// Scene units.
        radius: f64,
    },
    /// A square with two sides along a direction.
    Square {
        /// The middle.
        center: Point,
        /// Half a side, scene units.
        half: f64,
        /// The direction of two sides, of any length, landscape units: the step, so that the other two are level lines of the
        /// plane where the scene has one scale.
        along: Vector,
    },
}

/// How the part is drawn that the loss hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It is not drawn.
    Drop,
    /// It shows through faintly.
    Dim,
    /// It shows through in stripes.
    Hatch,
}
