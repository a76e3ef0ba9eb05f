//! Something done once beside the frames that takes as long as it takes: a question to the user, a file to be written.

use std::sync::Arc;

use super::worker::{Progress, Task};

/// An errand and, once it is done, what came of it.
pub struct Errand<T> {
    ticket: u64,
    work: Arc<dyn Fn() -> T + Send + Sync>,
    outcome: Option<T>,
}

impl<T> Errand<T> {
    /// An errand that nobody has begun. The ticket tells it from any other.
    pub fn new(ticket: u64, work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { ticket, work: Arc::new(work), outcome: None }
    }

    /// Its ticket and what came of it, once something has.
    pub fn into_outcome(self) -> Option<(u64, T)> {
        Some((self.ticket, self.outcome?))
    }
}

impl<T: Clone> Clone for Errand<T> {
    fn clone(&self) -> Self {
        Self { ticket: self.ticket, work: Arc::clone(&self.work), outcome: self.outcome.clone() }
    }
}

/// In one slice: a question half asked is of no use.
impl<T: Clone + Send + 'static> Task for Errand<T> {
    fn is_same(&self, other: &Self) -> bool {
        self.ticket == other.ticket
    }

    fn advance(&mut self) -> Progress {
        self.outcome = Some((self.work)());
        Progress::Done
    }
}
