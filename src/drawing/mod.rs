//! Layer 5: what can be drawn, as primitives in landscape coordinates; it knows no screen.
//!
//! Screen, pictures and tests draw the same primitives, so they agree.

pub mod axes;
pub mod ball;
pub mod box_axes;
pub mod camera;
pub(crate) mod choices;
pub mod circle;
pub mod compose;
mod context;
pub mod curve;
pub mod data_curve;
pub mod depth_plot;
pub mod energy_chart;
pub mod fingerprint;
mod first_camera;
pub mod ghost;
mod ghosts;
pub mod graph;
pub mod hatching;
pub mod height_field;
pub mod height_scale;
pub mod ink;
pub mod isolines;
pub mod kink_paths;
pub mod label;
pub mod log_chart;
pub mod loss_chart;
pub mod memory;
pub mod network_models;
pub mod overlays;
pub mod page_scale;
mod pane;
pub mod pattern;
mod picture;
pub mod prediction_row;
pub mod primitive;
pub mod profile_chart;
pub mod reduction_bars;
pub mod sampling;
pub mod sentence;
pub mod shown_model;
pub mod slice;
pub mod slopes;
mod sparse;
pub mod sweep_chart;
pub mod switching;
pub mod thinning;
mod type_scale;

pub use context::{CriticalMarks, KinkMarks, OverlayContext, Path, ShownRuns, ShownStep};
pub use first_camera::first_camera;
pub use kink_paths::KinkPath;
pub use pane::Pane;
pub use picture::Picture;
pub use type_scale::TypeScale;
