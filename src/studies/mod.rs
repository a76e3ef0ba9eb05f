//! Layer 5: what many walks have in common: where they end, and what that took.

mod outcome;

pub use outcome::{Destination, Outcome};
