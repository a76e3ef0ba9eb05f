//! Layer 7: primitives become pixels: shapes for the flat views, a z-buffer for the surface, and whole frames painted without a driver.

pub mod color;
pub mod flat;
mod kept;
mod layers;
pub mod painter;
pub mod subject;
pub mod surface3d;
pub mod surface_scene;
