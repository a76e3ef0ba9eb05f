//! Requests to the disk and the dialogs, and their results. `app/files.rs` does the work.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Asked, Fingerprint, Scene, SceneFiles};
use crate::drawing::ExportFormat;

/// A request to open a file; the same file requested again is another request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    /// Where it is.
    pub path: PathBuf,
    /// The number of the request.
    pub ticket: u64,
}

/// Whether a file may be replaced by one that is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// No file may.
    Never,
    /// One that holds this, and has not been changed otherwise.
    IfItHolds(Fingerprint),
    /// Whatever is there: the user was asked.
    Always,
}

/// What a file that is written holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// The samples of a network.
    Samples,
    /// A scene.
    Scene(Arc<Scene>),
}

/// A file that is to be written.
#[derive(Clone, Debug)]
pub struct SaveRequest {
    /// Where to.
    pub path: PathBuf,
    /// The text to write.
    pub text: Arc<str>,
    /// The kind of content.
    pub content: Content,
    /// Whether another file may be in its place.
    pub replace: Replace,
    /// What is saved, in words.
    pub what: String,
    /// The number of the request.
    pub ticket: u64,
}

/// A dialog in which the user chooses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialog {
    /// One to open.
    Open,
    /// One to save the samples in.
    Save,
    /// One to save the scene in.
    SaveScene,
    /// One to export a picture to, in this form.
    Export(ExportFormat),
}

/// Requests to the disk, the dialogs and the clipboard.
#[derive(Default)]
pub struct Files {
    /// The dialog that is open, and its number.
    pub dialog: Option<(FileDialog, u64)>,
    /// A file with the answers of a class that is being read.
    pub answers: Option<FileRequest>,
    /// The file that is being written.
    pub saving: Option<SaveRequest>,
    /// Files that are written after it, the next one first.
    to_save: VecDeque<SaveRequest>,
    /// A file that stands where samples were to be saved: shall it be replaced?
    pub in_the_way: Option<PathBuf>,
    /// The files of scenes.
    pub scenes: SceneFiles,
    /// What the user is asked before something is left.
    pub asked: Option<Asked>,
    /// A text for the clipboard of the system.
    pub copied: Option<String>,
    /// Whether the text of the clipboard is requested.
    pub wants_paste: bool,
    /// The number of the frame in which it was requested, until the text arrives.
    pub asked_paste: Option<u64>,
    /// What was read from files of samples, and written to them.
    pub(super) known: BTreeMap<PathBuf, Fingerprint>,
    /// Samples that are in the file of a scene.
    in_scenes: Vec<Fingerprint>,
    requested: u64,
}

impl Files {
    /// Writes a file, after the one that is being written.
    pub(super) fn write(&mut self, request: SaveRequest) {
        if self.saving.is_none() {
            self.saving = Some(request);
        } else {
            self.to_save.push_back(request);
        }
    }

    /// Writes the next file, once one is written or could not be. A file that this program wrote meanwhile does not count as changed
    /// by another one.
    pub(super) fn write_next(&mut self, written: &SaveRequest, is_saved: bool) {
        let now_holds = Replace::IfItHolds(Fingerprint::of(written.text.as_bytes()));
        for next in &mut self.to_save {
            if is_saved && next.path == written.path && next.replace != Replace::Always {
                next.replace = now_holds;
            }
        }
        self.saving = self.to_save.pop_front();
    }

    /// The number of one more request.
    pub(super) fn ticket(&mut self) -> u64 {
        self.requested += 1;
        self.requested
    }

    /// Whether one of the files that were read or written holds these samples.
    pub(super) fn holds(&self, text: &str) -> bool {
        let wanted = Fingerprint::of(text.as_bytes());
        self.known.values().chain(&self.in_scenes).any(|known| *known == wanted)
    }

    /// These samples are in the file of a scene.
    pub(super) fn keep_samples(&mut self, text: Option<&str>) {
        self.in_scenes.extend(text.map(|text| Fingerprint::of(text.as_bytes())));
    }
}
