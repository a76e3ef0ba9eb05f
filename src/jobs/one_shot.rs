//! Something done once in the background that takes as long as it takes: a question to the user, a file to be written.

use std::sync::Arc;

use super::worker::{Progress, Task};
use super::{AnswerBytes, DialogAnswer};

/// A job that is done once and, when it is done, what came of it.
pub struct OneShot<T> {
    ticket: u64,
    work: Arc<dyn Fn() -> T + Send + Sync>,
    outcome: Option<T>,
}

impl<T> OneShot<T> {
    /// A job that has not begun. The ticket identifies it.
    pub fn new(ticket: u64, work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { ticket, work: Arc::new(work), outcome: None }
    }

    /// Its ticket and what came of it, once something has.
    pub fn into_outcome(self) -> Option<(u64, T)> {
        Some((self.ticket, self.outcome?))
    }
}

impl<T: Clone> Clone for OneShot<T> {
    fn clone(&self) -> Self {
        Self { ticket: self.ticket, work: Arc::clone(&self.work), outcome: self.outcome.clone() }
    }
}

/// What a one-shot job can bring.
pub trait Brought: Clone + Send + 'static {
    /// Whether no one can say how long it takes.
    const MAY_NEVER_COME: bool = false;
}

impl Brought for Result<bool, String> {}

impl Brought for AnswerBytes {}

/// Nobody can say how long a dialog stays open, or whether a broken system ever answers.
impl Brought for DialogAnswer {
    const MAY_NEVER_COME: bool = true;
}

/// Done in one slice: half a question is of no use.
impl<T: Brought> Task for OneShot<T> {
    const MAY_NOT_END: bool = T::MAY_NEVER_COME;

    fn is_same(&self, other: &Self) -> bool {
        self.ticket == other.ticket
    }

    fn advance(&mut self) -> Progress {
        self.outcome = Some((self.work)());
        Progress::Done
    }
}
