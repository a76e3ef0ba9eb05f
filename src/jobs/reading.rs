//! A file that the user opened: read, understood, and built into a landscape, beside the frames.

use std::path::{Path, PathBuf};

use super::worker::{Progress, Task};
use crate::landscapes::{Landscape, SpecError};

/// Brings the bytes of a file, or says why there are none and what to do: this layer knows no disk.
pub type ReadFile = fn(&Path) -> Result<Vec<u8>, String>;

/// A file on its way to becoming a landscape.
#[derive(Clone)]
pub struct Reading {
    path: PathBuf,
    ticket: u64,
    current: Landscape,
    read: ReadFile,
    outcome: Option<Result<Landscape, SpecError>>,
}

impl Reading {
    /// A file opened over the landscape there is: samples are for that network. The ticket tells it from any other.
    pub fn new(path: &Path, ticket: u64, current: &Landscape, read: ReadFile) -> Self {
        Self { path: path.to_owned(), ticket, current: current.clone(), read, outcome: None }
    }

    /// Its ticket and what came of it, once something has.
    pub fn into_outcome(self) -> Option<(u64, Result<Landscape, SpecError>)> {
        Some((self.ticket, self.outcome?))
    }

    fn open(&self) -> Result<Landscape, SpecError> {
        let path = &self.path;
        let bytes = (self.read)(path).map_err(SpecError::Data)?;
        self.current.with_file(path, &bytes)
    }
}

/// In one slice: no one can use half a file.
impl Task for Reading {
    /// Nobody can say when a disk behind a network answers.
    const MAY_NOT_END: bool = true;

    fn is_same(&self, other: &Self) -> bool {
        self.ticket == other.ticket
    }

    fn advance(&mut self) -> Progress {
        self.outcome = Some(self.open());
        Progress::Done
    }
}
