//! Something made once in the background, a part at a time: how far it is can be shown, and after each part it can be given up.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use super::worker::{Progress, Task};

/// How many parts are made, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Those that are made.
    pub made: usize,
    /// All of them.
    pub all: usize,
}

/// Makes the next part: how far that is, or what came of all of them. It is not called again after that.
type MakePart<T> = dyn FnMut() -> ControlFlow<T, Parts> + Send;

/// Work in parts, as far as it has come, and what came of it in the end.
pub struct InParts<T> {
    ticket: u64,
    work: Arc<Mutex<MakePart<T>>>,
    parts: Parts,
    outcome: Option<T>,
}

impl<T> InParts<T> {
    /// Work that has not begun. The ticket identifies it.
    pub fn new(ticket: u64, work: impl FnMut() -> ControlFlow<T, Parts> + Send + 'static) -> Self {
        Self { ticket, work: Arc::new(Mutex::new(work)), parts: Parts::default(), outcome: None }
    }

    /// Its ticket, how far it has come, and what came of it, once something has.
    pub fn into_news(self) -> (u64, Parts, Option<T>) {
        (self.ticket, self.parts, self.outcome)
    }
}

impl<T: Clone> Clone for InParts<T> {
    fn clone(&self) -> Self {
        Self { ticket: self.ticket, work: Arc::clone(&self.work), parts: self.parts, outcome: self.outcome.clone() }
    }
}

impl<T: Clone + Send + 'static> Task for InParts<T> {
    /// Nobody can say how long a part takes: runs may be long, and disks slow.
    const MAY_NOT_END: bool = true;

    fn is_same(&self, other: &Self) -> bool {
        self.ticket == other.ticket
    }

    fn advance(&mut self) -> Progress {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        match work() {
            ControlFlow::Continue(parts) => {
                self.parts = parts;
                Progress::News
            }
            ControlFlow::Break(outcome) => {
                self.outcome = Some(outcome);
                Progress::Done
            }
        }
    }
}
