//! Layer 8: what comes into the program: ordinary files and standard input, never more of them than can be used.

mod fault;
mod kind;
mod read;
mod sibling_files;

pub use fault::ReadError;
pub use read::{is_standard_input, read_file, read_input};
pub use sibling_files::read_beside;
