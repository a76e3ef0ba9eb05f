//! Carries out the commands of files: requests to the disk and the dialogs, and their results. `app/files.rs` does the work.

use std::path::PathBuf;

use super::Touched;
use crate::landscapes::excerpt::of_path;
use crate::landscapes::networks::Data;
use crate::landscapes::{InputError, Landscape};
use crate::numbers::numerals::counted;
use crate::state::{
    About, AskedPath, Command, Content, DocumentCommand, FileCommand, FileDialog, FileRequest, Fingerprint, LeaveFor,
    PredictCommand, Replace, SaveRequest, State,
};

impl State {
    /// Carries out a command for files.
    pub(super) fn carry_out_files(&mut self, command: FileCommand) -> Result<Touched, InputError> {
        match command {
            FileCommand::New => {
                self.new_scene();
                return Ok(Touched::Scene);
            }
            FileCommand::Open(path) => self.request_file(path),
            FileCommand::Show(arrival) => {
                if !self.asks_first(LeaveFor::Show(arrival.clone())) {
                    self.show_arrival(*arrival);
                }
                return Ok(Touched::Scene);
            }
            FileCommand::SaveScene => self.save_scene_or_ask()?,
            FileCommand::SaveSceneAs { path, replace } => self.save_scene(path, replace)?,
            FileCommand::CancelSaving => {
                self.files.scenes.asked = None;
                self.leave_if_saved(false);
            }
            FileCommand::AskPath => self.files.scenes.asked = Some(AskedPath { in_the_way: None }),
            FileCommand::CancelOpening => self.open_nothing(),
            FileCommand::Copy(form) => self.copy_scene(form)?,
            FileCommand::WantPaste => self.files.wants_paste = true,
            FileCommand::Paste(text) => {
                self.files.asked_paste = None;
                self.paste(&text)?;
                return Ok(Touched::Scene);
            }
            FileCommand::Ask(dialog) => self.request_dialog(dialog)?,
            FileCommand::SaveSamples { path, replace } => self.save_samples(path, replace)?,
            FileCommand::SaveSamplesAgain => self.save_or_ask()?,
            FileCommand::KeepExisting => self.files.in_the_way = None,
        }
        Ok(Touched::Nothing)
    }

    /// Requests that a file is opened.
    pub(super) fn request_file(&mut self, path: PathBuf) {
        self.forget_message_of_files();
        self.files.dialog = None;
        self.files.in_the_way = None;
        let request = FileRequest { path, ticket: self.files.ticket() };
        // While a question is open, also after its reveal, a table has the answers of a class.
        let is_table = request
            .path
            .extension()
            .is_some_and(|ending| ["csv", "tsv", "txt"].iter().any(|table| ending.eq_ignore_ascii_case(table)));
        if is_table && self.predictions.open().is_some() {
            self.files.answers = Some(request);
        } else {
            self.file_request = Some(request);
        }
    }

    /// Takes the content of the file with the answers of a class; ignored if another has been asked for since.
    pub fn take_answer_file(&mut self, ticket: u64, outcome: Result<Vec<u8>, String>) {
        if self.files.answers.take_if(|request| request.ticket == ticket).is_none() {
            return;
        }
        match outcome {
            Ok(bytes) => {
                self.files.scenes.opens = false;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.apply(vec![Command::Predict(PredictCommand::TakeAnswers(text))]);
            }
            Err(why) => self.say_about(About::Refused, why),
        }
    }

    /// Handles the result of reading a file; ignored if another has been asked for since.
    pub fn take_file(&mut self, ticket: u64, outcome: Result<Landscape, InputError>) {
        let Some(FileRequest { path, .. }) = self.file_request.take_if(|request| request.ticket == ticket) else {
            return;
        };
        match outcome {
            Ok(landscape) => {
                self.files.scenes.opens = false;
                let text = landscape.data().map(Data::to_csv);
                self.apply(vec![Command::Document(DocumentCommand::BringLandscape(Box::new(landscape)))]);
                self.files.scenes.remember(&path);
                if let Some(text) = text {
                    self.remember_file(path, &text);
                }
            }
            Err(error) => {
                self.files.scenes.forget(&path);
                self.say_about(About::Refused, error.to_string());
            }
        }
    }

    /// The samples there are belong to this file, which holds this text.
    ///
    /// One that holds the same samples in another spelling, or more than the samples, is asked about before it is
    /// replaced: it does not hold what would be written.
    fn remember_file(&mut self, path: PathBuf, text: &str) {
        self.document.file = Some(path.clone());
        self.files.known.insert(path, Fingerprint::of(text.as_bytes()));
    }

    /// Requests a dialog for a file.
    pub(super) fn request_dialog(&mut self, dialog: FileDialog) -> Result<(), InputError> {
        if dialog == FileDialog::Save {
            self.savable()?;
        }
        self.forget_message_of_files();
        (self.files.in_the_way, self.files.scenes.asked, self.files.scenes.opens) = (None, None, false);
        self.files.dialog = Some((dialog, self.files.ticket()));
        Ok(())
    }

    /// Handles the answer of a dialog; ignored if it was not waited for.
    pub fn take_dialog(&mut self, ticket: u64, answer: Result<Option<PathBuf>, String>) {
        let Some((dialog, _)) = self.files.dialog.filter(|(_, number)| *number == ticket) else { return };
        self.files.dialog = None;
        // Where there is no dialog the window itself asks for the path.
        if matches!(answer, Ok(None)) || answer.is_err() && dialog != FileDialog::SaveScene {
            self.leave_if_saved(false);
        }
        match (answer, dialog) {
            (Ok(Some(path)), FileDialog::Open) => self.apply(vec![Command::Files(FileCommand::Open(path))]),
            // The dialog itself has asked whether a file may be replaced.
            (Ok(Some(path)), FileDialog::Save) => {
                let replace = path.extension().is_some();
                self.apply(vec![Command::Files(FileCommand::SaveSamples { path, replace })]);
            }
            (Ok(Some(path)), FileDialog::SaveScene) => {
                let replace = path.extension().is_some();
                self.apply(vec![Command::Files(FileCommand::SaveSceneAs { path, replace })]);
            }
            (Err(_), FileDialog::SaveScene) => self.files.scenes.asked = Some(AskedPath { in_the_way: None }),
            (Err(_), FileDialog::Open) => self.files.scenes.opens = true,
            // As above; the picture is exported once the user says so.
            (Ok(Some(path)), FileDialog::Export(_)) => {
                let replace = path.extension().is_some();
                self.name_export(path.to_string_lossy().into_owned(), replace);
            }
            (Ok(None), _) => {}
            (Err(why), FileDialog::Export(_)) => {
                self.say_about(
                    About::File,
                    format!("No file dialog: {why}\nwrite the file’s path into the field instead"),
                );
            }
            (Err(why), FileDialog::Save) => {
                let instead = "write the file’s path into the field under Data instead";
                self.say_about(About::File, format!("No file dialog: {why}\n{instead}"));
            }
        }
    }

    /// Requests that the samples are written; a name without an ending gets that of a table.
    pub(super) fn save_samples(&mut self, mut path: PathBuf, replace: bool) -> Result<(), InputError> {
        let (text, what) = self.savable()?;
        if path.extension().is_none() && !path.as_os_str().is_empty() {
            path.set_extension("csv");
        }
        // The file these samples belong to is written again without a question, as long as it is as it was left.
        let is_theirs = self.document.file.as_ref() == Some(&path);
        let replace = match self.files.known.get(&path).filter(|_| is_theirs) {
            _ if replace => Replace::Always,
            Some(known) => Replace::IfItHolds(*known),
            None => Replace::Never,
        };
        self.forget_message_of_files();
        self.files.dialog = None;
        self.files.in_the_way = None;
        let ticket = self.files.ticket();
        let content = Content::Samples;
        self.files.write(SaveRequest { path, text: text.into(), content, replace, what, ticket });
        Ok(())
    }

    /// The samples as a table, and in words.
    fn savable(&self) -> Result<(String, String), InputError> {
        let data = self
            .document
            .landscape
            .data()
            .ok_or_else(|| InputError::Data("There are no samples to save: choose a network first".to_owned()))?;
        Ok((data.to_csv(), counted(data.len(), "sample")))
    }

    /// Handles the result of writing a file: false if another one was in its place.
    pub fn take_saved(&mut self, ticket: u64, outcome: Result<bool, String>) {
        let Some(request) = self.files.saving.take_if(|request| request.ticket == ticket) else { return };
        let is_saved = outcome == Ok(true);
        self.files.write_next(&request, is_saved);
        if let Content::Scene(scene) = &request.content {
            self.scene_saved(&request, scene, outcome);
            // While the window asks for another path it is still waited for.
            if is_saved || self.files.scenes.asked.is_none() {
                self.leave_if_saved(is_saved);
            }
            return;
        }
        let SaveRequest { path, what, text, replace, .. } = request;
        let name = of_path(&path);
        let (about, said) = match outcome {
            Ok(true) => {
                self.files.scenes.remember(&path);
                let is_still_shown = self.document.landscape.data().is_some_and(|data| *data.to_csv() == *text);
                if is_still_shown {
                    self.remember_file(path, &text);
                } else {
                    self.files.known.insert(path, Fingerprint::of(text.as_bytes()));
                }
                (About::File, format!("Saved {what} in {name}"))
            }
            Ok(false) => {
                self.files.in_the_way = Some(path);
                // The question is asked beside the samples.
                self.view.chrome.setup_open = true;
                let why = match replace {
                    Replace::IfItHolds(_) => "has changed since it was read or written here",
                    Replace::Never | Replace::Always => "is there already",
                };
                (
                    About::InTheWay,
                    format!("{name} {why} and was not touched\nreplace it under Data, or write another name"),
                )
            }
            Err(why) => (About::File, why),
        };
        self.say_about(about, said);
        self.leave_if_saved(is_saved);
    }
}
