//! The early end of a command: its exit status, and a message of one or two lines.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::export::WriteError;
use crate::import::ReadError;
use crate::landscapes::InputError;
use crate::landscapes::excerpt::escaped;

/// A command that ended before its work was done.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Exit {
    /// Nothing is wrong: help was shown, or the reader of a pipe has seen enough.
    #[error("done")]
    Quiet,
    /// What is wrong was said already; with this status.
    #[error("done")]
    Reported(u8),
    /// It could not be done: a file, the disk, no display. Status 1.
    #[error("{0}")]
    Failed(String),
    /// The request is wrong. Status 2.
    #[error("{0}")]
    Wrong(String),
}

impl Exit {
    /// What a failed write to standard output means: a closed pipe is no error.
    pub(super) fn from_output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Quiet,
            _ => Self::Failed(format!("cannot write to standard output: {error}")),
        }
    }

    /// Says what is wrong, and remembers only the status.
    pub(super) fn reported(self) -> Self {
        self.report();
        match self {
            Self::Failed(_) => Self::Reported(1),
            Self::Wrong(_) => Self::Reported(2),
            Self::Quiet | Self::Reported(_) => self,
        }
    }

    /// Says what is wrong on standard error; the lines after the first are aligned with it, so that a caret stays in its column.
    pub(super) fn report(&self) -> ExitCode {
        let status = match self {
            Self::Quiet => return ExitCode::SUCCESS,
            Self::Reported(status) => return ExitCode::from(*status),
            Self::Failed(_) => 1,
            Self::Wrong(_) => 2,
        };
        let message = escaped(&self.to_string()).replace('\n', "\n       ");
        // If standard error is closed too there is no one left to tell.
        let _ = writeln!(io::stderr(), "error: {message}");
        ExitCode::from(status)
    }
}

impl From<InputError> for Exit {
    fn from(error: InputError) -> Self {
        Self::Wrong(error.to_string())
    }
}

impl From<ReadError> for Exit {
    fn from(error: ReadError) -> Self {
        if error.is_of_contents() { Self::Wrong(error.to_string()) } else { Self::Failed(error.to_string()) }
    }
}

impl From<WriteError> for Exit {
    fn from(error: WriteError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What a hook could not do.
impl From<anyhow::Error> for Exit {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(format!("{error:#}"))
    }
}
