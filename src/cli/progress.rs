//! How far long work has come: on one line of the terminal, or in a log a line now and then.

use std::io::{self, IsTerminal as _, Write as _};

/// Work that takes no longer than this says nothing on a terminal, in seconds.
const PATIENCE: f64 = 1.0;
/// Between two lines of a log, and before the first one, in seconds.
const LOGGED: f64 = 5.0;

/// A line that follows some work, and on a terminal is gone when the work is done.
pub(super) struct Progress {
    seconds: fn() -> f64,
    /// When the next line is due.
    due: f64,
    is_terminal: bool,
    is_shown: bool,
}

impl Progress {
    /// For work that begins now, by this clock.
    pub(super) fn begin(seconds: fn() -> f64) -> Self {
        Self::on(io::stderr().is_terminal(), seconds)
    }

    fn on(is_terminal: bool, seconds: fn() -> f64) -> Self {
        Self { seconds, due: seconds() + if is_terminal { PATIENCE } else { LOGGED }, is_terminal, is_shown: false }
    }

    /// Says how much is done, of how much.
    pub(super) fn show(&mut self, what: &str, done: [usize; 2]) {
        if let Some(line) = self.line(what, done) {
            // If standard error is closed there is no one to tell.
            let _ = write!(io::stderr(), "{line}");
        }
    }

    /// What is written now, if anything.
    fn line(&mut self, what: &str, [done, all]: [usize; 2]) -> Option<String> {
        let now = (self.seconds)();
        if now < self.due {
            return None;
        }
        if self.is_terminal {
            self.is_shown = true;
            return Some(format!("\r{what} {done} of {all}"));
        }
        self.due = now + LOGGED;
        Some(format!("{what} {done} of {all}\n"))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static NOW: Cell<f64> = const { Cell::new(0.0) };
    }

    /// The lines that are written when work of half a minute says each second how far it has come.
    fn lines(is_terminal: bool) -> Vec<(u32, String)> {
        NOW.set(0.0);
        let mut progress = Progress::on(is_terminal, || NOW.get());
        let said = (0..30_u32).filter_map(|second| {
            NOW.set(f64::from(second) + 0.5);
            Some((second, progress.line("problem", [second as usize, 30])?))
        });
        let said = said.collect();
        progress.is_shown = false;
        said
    }

    #[test]
    fn a_log_gets_a_line_now_and_then_and_a_terminal_one_that_changes() {
        let log = lines(false);
        assert_eq!(log[0], (5, "problem 5 of 30\n".to_owned()));
        let seconds: Vec<u32> = log.iter().map(|(second, _)| *second).collect();
        assert_eq!(seconds, [5, 10, 15, 20, 25]);
        let terminal = lines(true);
        assert_eq!((terminal.len(), terminal[0].1.as_str()), (29, "\rproblem 1 of 30"));
    }
}
