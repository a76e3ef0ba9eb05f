//! What there is to see: plain data in landscape coordinates, colors chosen by the caller, lengths on the screen in pixels.

use crate::drawing::camera::{Camera, Stage};
pub use crate::drawing::solid::{Footprint, Hidden, RaisedPoint};
use crate::numbers::Point;

/// A color, sRGB.
pub type Rgb = [u8; 3];
/// What is painted over the loss surface at a point, and how opaquely (0 to 1): regions, basins, fog.
pub type Tint<'a> = dyn Fn(Point) -> Option<(Rgb, f32)> + Sync + 'a;
/// The loss that a model predicts at a point.
pub type Model<'a> = dyn Fn(Point) -> f64 + Sync + 'a;

/// Everything that is drawn in one picture.
#[derive(Clone, Copy)]
pub struct Scene3<'a> {
    /// The loss as a height map.
    pub height_map: HeightMap<'a>,
    /// The local models.
    pub local_models: &'a [ModelPatch<'a>],
    /// Lines: paths, steps, draped overlays, rims.
    pub lines: &'a [Line3<'a>],
    /// Vertical bars: model errors and predictions.
    pub bars: &'a [Bar],
    /// Markers.
    pub balls: &'a [Ball],
    /// The hairlines of the box, if any.
    pub frame: Option<Frame<'a>>,
    /// Where we look from.
    pub camera: Camera,
    /// The box that is shown, and how high a loss stands.
    pub stage: Stage,
    /// Width and height of the picture, pixels.
    pub size: (usize, usize),
    /// 1 while something moves, 2 when still: samples per pixel and side.
    pub supersample: usize,
    /// The color behind everything, also that of halos.
    pub ground: Rgb,
    /// Whether the ground is painted; if not, the picture is transparent there.
    pub opaque: bool,
}

/// The height map: losses on a grid over the box.
#[derive(Clone, Copy)]
pub struct HeightMap<'a> {
    /// Grid points along x and along y, corners included.
    pub grid: (usize, usize),
    /// The losses, row by row from the lowest y up; what is not finite becomes a hole.
    pub values: &'a [f64],
    /// The colors from the lowest to the highest visible height.
    pub ramp: &'a [Rgb; 256],
    /// The contour lines.
    pub contours: Contours<'a>,
    /// What is painted over the loss surface point by point.
    pub tint: Option<&'a Tint<'a>>,
}

/// Contour lines, of even width on the screen.
#[derive(Clone, Copy)]
pub struct Contours<'a> {
    /// The losses that get a line, in any order.
    pub levels: &'a [f64],
    /// Their color.
    pub color: Rgb,
    /// Their opacity, 0 to 1.
    pub alpha: f32,
    /// Their width, pixels.
    pub width: f32,
}

/// A translucent patch of a model: a tangent plane, a quadratic model.
#[derive(Clone, Copy)]
pub struct ModelPatch<'a> {
    /// The predicted loss.
    pub function: &'a Model<'a>,
    /// Where it is drawn.
    pub footprint: Footprint,
    /// The color of its face.
    pub color: Rgb,
    /// The color of its outline, of its level lines and of its curve of intersection with the loss.
    pub ink: Rgb,
    /// The opacity of its face where nothing hides it, 0 to 1.
    pub opacity: f32,
    /// The direction of the hatching where the loss hides it, degrees from the horizontal.
    pub hatch: f32,
}

/// A line through places.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
pub struct Line3<'a> {
    /// Its corners; a place that is not finite interrupts it.
    pub points: &'a [RaisedPoint],
    /// Its color.
    pub color: Rgb,
    /// Pixels.
    pub width: f32,
    /// Broken into dashes.
    pub dashed: bool,
    /// Two edges with the ground's color between them.
    pub hollow: bool,
    /// Draped over the loss surface between its corners, whose losses then do not matter, and ended at the edge of the box.
    pub on_surface: bool,
    /// With an arrow head at its end.
    pub head: bool,
    /// Kept apart from what it crosses by a rim in the ground's color.
    pub rim: bool,
    /// How the part behind the loss is drawn.
    pub hidden: Hidden,
}

/// A vertical bar between two losses at a point: a model error or a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it stands.
    pub at: Point,
    /// The loss at one end.
    pub from: f64,
    /// The loss at the other end.
    pub to: f64,
    /// Its color.
    pub color: Rgb,
    /// Pixels.
    pub width: f32,
    /// How the part behind the loss is drawn.
    pub hidden: Hidden,
}

/// A round marker with a halo in the ground's color.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ball {
    /// Its middle.
    pub place: RaisedPoint,
    /// Its color.
    pub color: Rgb,
    /// Pixels, without the halo.
    pub radius: f32,
    /// A ring around the ground's color instead of a disc.
    pub hollow: bool,
    /// How it is drawn behind the loss.
    pub hidden: Hidden,
}

/// The edges of the box: its floor and the three uprights behind the loss, with ticks.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The color of its hairlines.
    pub color: Rgb,
    /// Pixels.
    pub width: f32,
    /// Where the front edges have ticks: values of x, of y, and losses.
    pub ticks: [&'a [f64]; 3],
}
