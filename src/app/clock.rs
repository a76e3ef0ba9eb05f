//! The only clock: for the frame-time overlay, for what a frame's share of a long run takes, and for callers to whom it is handed.

use std::sync::LazyLock;
use std::time::Instant;

/// This moment. Everything else is handed its time.
#[expect(clippy::disallowed_methods, reason = "the window owns the clock")]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Seconds since the first look.
pub fn seconds() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(now);
    BEGUN.elapsed().as_secs_f64()
}
