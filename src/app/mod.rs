//! Layer 11: the window of the operating system: its clock, its errors, and pictures of what it would show.

mod checking;
mod clock;
mod display;
mod export;
mod files;
mod film;
mod job_results;
mod last_scene;
mod lesson_files;
mod moving;
mod picture;
mod progress;
mod settings;
mod slot;
mod window;

pub use checking::check;
pub use clock::seconds;
pub use picture::{basins, begin_film, race, render, runs, sweep, tournament};
pub use window::window;
