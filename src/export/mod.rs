//! Layer 8: what leaves the program: numbers as text, tables, runs, and files that are whole or not there at all.

mod apng;
mod archive;
mod atomic;
pub mod csv;
mod difference;
mod draft;
mod frame_folder;
mod gif;
pub mod json;
pub mod npz;
mod palette;
pub mod pdf;
pub mod png;
mod pptx;
pub mod race_table;
pub mod runs;
mod sequence;
mod shortest;
mod spool;
pub mod svg;
pub mod sweep_table;
mod target;
pub mod tikz;
pub mod trace;

pub use apng::Apng;
pub use atomic::{WriteError, write_file, write_new_file};
pub use frame_folder::FrameFolder;
pub use gif::Gif;
pub use palette::{Colors, Palette};
pub use pptx::Deck;
pub use sequence::{Page, Pixels, Sequence, hundredths};
pub use shortest::push_number;
