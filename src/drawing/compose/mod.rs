//! Whole pictures without a toolkit: primitives in landscape coordinates become layers in points of a page, and words find
//! their places.
//!
//! Whoever shows the layers (the window, an image, a file) says where things are on its page ([`Page`]) and how large words
//! are ([`Measure`]), and draws each [`Layer`] as it can.

mod brush;
mod chart;
mod labels;
mod layer;
mod legend;
mod map;
mod shapes;
mod strokes;
mod surface;
mod words;

pub use brush::Brush;
pub use chart::{Axes, Chart, ChartPage, DrawnChart, base};
pub use layer::{Layer, Measure, Outline, Page, Tint};
pub use legend::legend_height;
pub(super) use map::is_of_whole_step;
pub use map::{InsideStep, map, note};
pub use surface::SurfaceWords;
