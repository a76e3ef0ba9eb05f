//! How far long work has come, on one line of the terminal.

use std::io::{self, IsTerminal as _, Write as _};

/// Work that takes no longer than this says nothing, in seconds.
const PATIENCE: f64 = 1.0;

/// A line that follows some work; it is gone when the work is done.
pub(super) struct Progress {
    seconds: fn() -> f64,
    began: f64,
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    /// For work that begins now, by this clock.
    pub(super) fn begin(seconds: fn() -> f64) -> Self {
        Self { seconds, began: seconds(), is_terminal: io::stderr().is_terminal(), is_shown: false }
    }

    /// Says how much is done, of how much; nothing where it would not be read.
    pub(super) fn show(&mut self, what: &str, [done, all]: [usize; 2]) {
        if self.is_terminal && (self.seconds)() - self.began >= PATIENCE {
            self.is_shown = true;
            // If standard error is closed there is no one to tell.
            let _ = write!(io::stderr(), "\r{what} {done} of {all}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
