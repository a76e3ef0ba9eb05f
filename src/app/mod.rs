//! Layer 11: the window of the operating system: its clock, its errors, and pictures of what it would show.

mod beside;
mod clock;
mod display;
mod files;
mod picture;
mod settings;
mod window;

pub use clock::seconds;
pub use picture::{render, sweep};
pub use window::window;
