//! Files on their way in and out: what is wanted of the disk and of the dialogs, and what came of it. Others do the work.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Command, State};
use crate::landscapes::excerpt::of_path;
use crate::landscapes::{Landscape, SpecError};
use crate::numbers::numerals::grouped;

/// A file somebody wants to open; the same file wanted again is another request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    /// Where it is.
    pub path: PathBuf,
    /// Its number.
    pub ticket: u64,
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveRequest {
    /// Where to.
    pub path: PathBuf,
    /// What shall stand in it.
    pub text: Arc<str>,
    /// Whether another file may be in its place.
    pub replace: bool,
    /// What is saved, in words.
    pub what: String,
    /// Its number.
    pub ticket: u64,
}

/// A dialog in which somebody chooses a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialog {
    /// One to open.
    Open,
    /// One to save the samples in.
    Save,
}

/// What is wanted of the disk and of the dialogs.
#[derive(Default)]
pub struct Files {
    /// The dialog that is open, and its number.
    pub dialog: Option<(FileDialog, u64)>,
    /// The file that is being written.
    pub saving: Option<SaveRequest>,
    /// A file that stands where samples were to be saved: shall it be replaced?
    pub in_the_way: Option<PathBuf>,
    /// The files that were written, which may be written again.
    written: BTreeSet<PathBuf>,
    requested: u64,
}

impl Files {
    /// The number of one more request.
    fn ticket(&mut self) -> u64 {
        self.requested += 1;
        self.requested
    }
}

impl State {
    /// Wants a file opened.
    pub(super) fn request_file(&mut self, path: PathBuf) {
        self.files.dialog = None;
        self.files.in_the_way = None;
        self.file_request = Some(FileRequest { path, ticket: self.files.ticket() });
    }

    /// What came of a file; of no interest if another has been asked for since.
    pub fn take_file(&mut self, ticket: u64, outcome: Result<Landscape, SpecError>) {
        if self.file_request.as_ref().is_none_or(|request| request.ticket != ticket) {
            return;
        }
        self.file_request = None;
        let (landscape, words) = match outcome {
            Ok(landscape) => {
                let read_as = landscape.read_as().join("; ");
                (Some(landscape), read_as)
            }
            Err(error) => (None, error.to_string()),
        };
        let bring = landscape.map(|landscape| Command::BringLandscape(Box::new(landscape)));
        let say = (!words.is_empty()).then_some(Command::Say(words));
        self.apply(bring.into_iter().chain(say).collect());
    }

    /// Wants a file chosen in a dialog.
    pub(super) fn request_dialog(&mut self, dialog: FileDialog) -> Result<(), SpecError> {
        if dialog == FileDialog::Save {
            self.savable()?;
        }
        self.files.in_the_way = None;
        self.files.dialog = Some((dialog, self.files.ticket()));
        Ok(())
    }

    /// What was chosen in a dialog, if anything was; of no interest if it was not waited for.
    pub fn take_dialog(&mut self, ticket: u64, answer: Result<Option<PathBuf>, String>) {
        let Some((dialog, _)) = self.files.dialog.filter(|(_, asked)| *asked == ticket) else { return };
        self.files.dialog = None;
        self.apply(match (answer, dialog) {
            (Ok(Some(path)), FileDialog::Open) => vec![Command::OpenFile(path)],
            // The dialog itself has asked whether a file may be replaced.
            (Ok(Some(path)), FileDialog::Save) => {
                let replace = path.extension().is_some();
                vec![Command::SaveSamples { path, replace }]
            }
            (Ok(None), _) => Vec::new(),
            (Err(why), _) => {
                let field =
                    if self.document.landscape.data().is_some() { "under Data" } else { "of the landscape picker" };
                let instead = format!("write the file’s path into the field {field} instead");
                vec![Command::Say(format!("No file dialog: {why}\n{instead}"))]
            }
        });
    }

    /// Wants the samples written; a name without an ending gets that of a table.
    pub(super) fn save_samples(&mut self, mut path: PathBuf, replace: bool) -> Result<(), SpecError> {
        let (text, what) = self.savable()?;
        if path.extension().is_none() && !path.as_os_str().is_empty() {
            path.set_extension("csv");
        }
        let replace = replace || self.files.written.contains(&path);
        self.files.dialog = None;
        self.files.in_the_way = None;
        let ticket = self.files.ticket();
        self.files.saving = Some(SaveRequest { path, text: text.into(), replace, what, ticket });
        Ok(())
    }

    /// The samples as a table, and in words.
    fn savable(&self) -> Result<(String, String), SpecError> {
        let data = self
            .document
            .landscape
            .data()
            .ok_or_else(|| SpecError::Data("There are no samples to save: choose a network first".to_owned()))?;
        let plural = if data.len() == 1 { "" } else { "s" };
        Ok((data.to_csv(), format!("{} sample{plural}", grouped(data.len()))))
    }

    /// What came of a file that was to be written: false if another one was in its place.
    pub fn take_saved(&mut self, ticket: u64, outcome: Result<bool, String>) {
        let Some(request) = self.files.saving.take_if(|request| request.ticket == ticket) else { return };
        let SaveRequest { path, what, .. } = request;
        let name = of_path(&path);
        let said = match outcome {
            Ok(true) => {
                self.files.written.insert(path);
                format!("Saved {what} in {name}")
            }
            Ok(false) => {
                self.files.in_the_way = Some(path);
                format!("{name} is there already and was not touched\nreplace it under Data, or write another name")
            }
            Err(why) => why,
        };
        self.apply(vec![Command::Say(said)]);
    }
}
