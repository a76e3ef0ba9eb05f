//! A file that somebody opened: read, understood, and built into a landscape, beside the frames.

use std::io;
use std::path::Path;

use super::worker::{Progress, Task};
use crate::landscapes::{Landscape, SpecError};
use crate::state::FileRequest;

/// Brings the bytes of a file: this layer knows no disk.
pub type ReadFile = fn(&Path) -> io::Result<Vec<u8>>;

/// A file on its way to becoming a landscape.
#[derive(Clone)]
pub struct Reading {
    request: FileRequest,
    current: Landscape,
    read: ReadFile,
    outcome: Option<Result<Landscape, SpecError>>,
}

impl Reading {
    /// The file of a request, opened over the landscape there is: samples are for that network.
    pub fn new(request: &FileRequest, current: &Landscape, read: ReadFile) -> Self {
        Self { request: request.clone(), current: current.clone(), read, outcome: None }
    }

    /// What came of it, once something has.
    pub fn into_outcome(self) -> Option<(FileRequest, Result<Landscape, SpecError>)> {
        Some((self.request, self.outcome?))
    }

    fn open(&self) -> Result<Landscape, SpecError> {
        let path = &self.request.path;
        let bytes =
            (self.read)(path).map_err(|error| SpecError::Data(format!("cannot read '{}': {error}", path.display())))?;
        self.current.with_file(path, &bytes)
    }
}

/// In one slice: nobody can use half a file.
impl Task for Reading {
    fn is_same(&self, other: &Self) -> bool {
        self.request == other.request
    }

    fn advance(&mut self) -> Progress {
        self.outcome = Some(self.open());
        Progress::Done
    }
}
