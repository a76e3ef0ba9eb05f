//! Layer 8: what comes into the program: ordinary files and standard input, never more of them than can be used.

mod beside;
mod fault;
mod kind;
mod read;

pub use beside::read_beside;
pub use fault::ReadError;
pub use read::{is_standard_input, read_file, read_input};
