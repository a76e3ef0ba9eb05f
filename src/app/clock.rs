//! The clock that others are handed: seconds since it was first looked at.

use std::sync::LazyLock;
use std::time::Instant;

/// Seconds since the first look.
pub fn seconds() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed().as_secs_f64()
}
