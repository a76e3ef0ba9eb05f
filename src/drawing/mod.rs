//! Layer 5: what can be drawn, as primitives in landscape coordinates; it knows no screen.
//!
//! Screen, pictures and tests draw the same primitives, so they agree.

pub mod axes;
pub mod ball;
pub mod circle;
pub mod compose;
pub mod data_curve;
pub mod depth_plot;
pub mod eye;
pub mod fingerprint;
pub mod ghost;
mod ghosts;
pub mod graph;
pub mod hatching;
pub mod heights;
pub mod ink;
pub mod isolines;
pub mod kink_paths;
pub mod land;
pub mod loss_strip;
pub mod memory;
pub mod network_local_models;
pub mod overlays;
mod pane;
pub mod pattern;
pub mod prediction_row;
pub mod primitive;
pub mod sampling;
pub mod sentence;
pub mod slice;
pub mod slopes;
mod subject;
pub mod switching;
pub mod thinning;

pub use kink_paths::KinkPath;
pub use pane::Pane;
pub use subject::{Path, Subject};
