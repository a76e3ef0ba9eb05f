//! Layer 7: primitives become pixels: shapes for the flat views, a z-buffer for the surface, and whole frames painted without a driver.

pub mod color;
pub mod context;
pub mod flat;
pub mod guesses;
mod kept;
pub mod layers;
pub mod painter;
mod spans;
pub mod surface3d;
pub mod surface_scene;
pub mod typeset;
