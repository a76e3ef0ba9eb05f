//! Layer 5: what can be drawn, as primitives in landscape coordinates; it knows no screen.
//!
//! Screen, pictures and tests draw the same primitives, so they agree.

pub mod axes;
pub mod ball;
pub mod circle;
pub mod data_curve;
pub mod eye;
pub mod folds;
mod ghosts;
pub mod graph;
pub mod heights;
pub mod ink;
pub mod isolines;
pub mod land;
pub mod loss_strip;
pub mod memory;
pub mod overlays;
pub mod primitive;
pub mod sentence;
pub mod slice;
mod subject;
pub mod thinning;

pub use folds::FoldLine;
pub use subject::{Path, Subject};
