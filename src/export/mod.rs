//! Layer 8: what leaves the program: numbers as text, tables, runs, and files that are whole or not there at all.

mod atomic;
pub mod csv;
mod draft;
pub mod json;
pub mod pdf;
pub mod png;
mod shortest;
pub mod svg;
mod target;
pub mod tikz;
pub mod trace;

pub use atomic::{WriteError, write_file, write_new_file};
pub use shortest::push_number;
