//! Layer 6: slow work beside the frames: the newest request wins, partial results come first, and nothing waits.
//!
//! Whoever owns the [`Jobs`] says in every frame what is wanted and takes what there is; a finished or refused job costs
//! nothing.

mod errand;
mod reading;
mod worker;

use std::path::PathBuf;

use crate::analysis::{AroundSearch, Search};
use worker::{Progress, Task, Worker};

pub use errand::Errand;
pub use reading::{ReadFile, Reading};

/// Evaluations of the loss between two looks at what is wanted: a few milliseconds.
const SLICE: usize = 30_000;

/// A dialog in which somebody chooses a file, or closes it without; or why there is none.
pub type Dialog = Errand<Result<Option<PathBuf>, String>>;

/// A file to be written: false if another one is in its place, or why it cannot be.
pub type Saving = Errand<Result<bool, String>>;

/// Evaluations of one sample each between two looks at which circle is wanted: some milliseconds.
const CIRCLE_SLICE: usize = 10_000_000;

/// Every kind of slow work, each with a worker of its own.
pub struct Jobs {
    search: Worker<Search>,
    circle: Worker<AroundSearch>,
    reading: Worker<Reading>,
    saving: Worker<Saving>,
    dialog: Worker<Dialog>,
}

impl Jobs {
    /// No work yet; `wake` is called, from another thread, whenever there is something to take.
    pub fn new(wake: impl Fn() + Clone + Send + Sync + 'static) -> Self {
        Self {
            search: Worker::new(wake.clone()),
            circle: Worker::new(wake.clone()),
            // Nor when a disk behind a network answers.
            reading: Worker::new(wake.clone()).without_farewell(),
            saving: Worker::new(wake.clone()),
            // Nobody can say how long a dialog stays open, or whether a broken system ever answers.
            dialog: Worker::new(wake).without_farewell(),
        }
    }

    /// The file that is wanted now.
    pub fn want_reading(&mut self, wanted: Option<&Reading>) {
        self.reading.want(wanted);
    }

    /// The file, once it has been read.
    pub fn take_reading(&mut self) -> Option<Reading> {
        self.reading.take()
    }

    /// The file that is to be written now; one that is being written is written to its end.
    pub fn want_saving(&mut self, wanted: Option<&Saving>) {
        self.saving.want(wanted);
    }

    /// What came of the file that was to be written.
    pub fn take_saving(&mut self) -> Option<Saving> {
        self.saving.take()
    }

    /// The dialog that is wanted now; another one, or none, makes the answer to the last one of no interest.
    pub fn want_dialog(&mut self, wanted: Option<&Dialog>) {
        self.dialog.want(wanted);
    }

    /// What was answered.
    pub fn take_dialog(&mut self) -> Option<Dialog> {
        self.dialog.take()
    }

    /// The circle that is wanted now; another one, or none, ends that under way.
    pub fn want_circle(&mut self, wanted: Option<&AroundSearch>) {
        self.circle.want(wanted);
    }

    /// The circle, once it is known.
    pub fn take_circle(&mut self) -> Option<AroundSearch> {
        self.circle.take()
    }

    /// The search that is wanted now; another one, or none, ends that under way.
    pub fn want_search(&mut self, wanted: Option<&Search>) {
        self.search.want(wanted);
    }

    /// The search under way as far as it has come, if there is news.
    pub fn take_search(&mut self) -> Option<Search> {
        self.search.take()
    }
}

/// A circle is of use only when it is whole.
impl Task for AroundSearch {
    fn is_same(&self, other: &Self) -> bool {
        Self::is_same(self, other)
    }

    fn advance(&mut self) -> Progress {
        if Self::advance(self, CIRCLE_SLICE) { Progress::Done } else { Progress::Going }
    }
}

/// A search is continued a slice at a time, and shown after every round.
impl Task for Search {
    fn is_same(&self, other: &Self) -> bool {
        self.landscape() == other.landscape()
    }

    fn advance(&mut self) -> Progress {
        let rounds = self.rounds();
        match (Self::advance(self, SLICE), self.rounds() > rounds) {
            (true, _) => Progress::Done,
            (false, true) => Progress::News,
            (false, false) => Progress::Going,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn a_search_beside_the_frames_ends_where_one_at_once_does() {
        let (bell, rung) = mpsc::channel();
        let mut jobs = Jobs::new(move || bell.send(()).unwrap_or_default());
        let [first, second] = ["ackley", "griewank"].map(|text| Search::new(&Landscape::parse(text).unwrap()));
        jobs.want_search(Some(&first));
        jobs.want_search(Some(&second));
        let mut last = None;
        while last.as_ref().is_none_or(|search: &Search| !search.is_finished()) {
            rung.recv_timeout(Duration::from_mins(1)).unwrap();
            jobs.want_search(Some(&second));
            last = jobs.take_search().or(last);
            assert!(last.iter().all(|search| search.is_same(&second)), "the newest request wins");
        }
        assert_eq!(last.unwrap().points(), Search::finished(second.landscape()).points(), "the same points");
    }
}
