//! Where a reader has stopped: the lesson and its page, for the next start of the program.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A page of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The id of the lesson.
    pub id: String,
    /// The page, from 0.
    pub page: usize,
    /// The file of the lesson; `None` where it is one of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
}

/// The file of the lesson that is read, and the page to which it is to be opened.
#[derive(Default)]
pub(in crate::state) struct LessonFile {
    pub(in crate::state) path: Option<PathBuf>,
    pub(in crate::state) resume_at: Option<usize>,
}
