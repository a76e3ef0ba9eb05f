//! Carries out the commands of pictures that leave the program, and takes the results.

use std::path::{Path, PathBuf};

use super::Touched;
use crate::drawing::{ExportFormat, ExportView, FrameChoice, Pane, PaneNumbers};
use crate::landscapes::InputError;
use crate::landscapes::excerpt::{of_path, path_text};
use crate::state::{
    About, ExportCommand, ExportDialog, ExportOptions, ExportRequest, ExportTarget, Exported, FileDialog, Replace,
    State,
};

impl State {
    /// Carries out a command for export.
    pub(super) fn carry_out_export(&mut self, command: ExportCommand) -> Result<Touched, InputError> {
        match command {
            ExportCommand::Toggle => self.toggle_export(),
            ExportCommand::Choose(options) => self.choose_export(options),
            ExportCommand::Name(path) => self.name_export(path, false),
            ExportCommand::Browse => self.request_dialog(FileDialog::Export(self.export.options.format))?,
            ExportCommand::Begin { replace } => self.export_to_file(replace)?,
            ExportCommand::GiveUp => self.give_up_export(),
            ExportCommand::CopyChosen => self.copy_chosen(),
            ExportCommand::Copy => self.copy_picture(),
        }
        Ok(Touched::Nothing)
    }

    /// Opens the small window, or closes it.
    pub(super) fn toggle_export(&mut self) {
        if self.export.dialog.take().is_some() {
            return;
        }
        let view = self.export.options.view;
        let view = if view.suits(&self.document.landscape) { view } else { ExportView::Pane(Pane::Map) };
        // Other runs may have other steps.
        let frames = FrameChoice { per_second: self.export.options.frames.per_second, ..FrameChoice::default() };
        self.export.options = ExportOptions { frames, ..self.export.options.showing(view) };
        self.export.dialog = Some(ExportDialog { path: None, may_replace: false, in_the_way: false, said: None });
    }

    /// What is exported is chosen: a path that was given keeps its name, and gets the ending of the format.
    pub(super) fn choose_export(&mut self, options: ExportOptions) {
        let options = options.sized_after(&self.export.options);
        let before = std::mem::replace(&mut self.export.options, options);
        let steps = |frames: FrameChoice| FrameChoice { per_second: None, ..frames };
        // Other steps leave the speed as it was seen.
        if steps(before.frames) != steps(options.frames) && options.frames.per_second.is_none() {
            let shown = before.format.limits().and_then(|limits| before.frames.steps(self.last_step(), limits).ok());
            self.export.options.frames.per_second =
                shown.filter(|_| before.format.moves()).map(|(steps, _)| before.frames.speed(steps.len()));
        }
        let old = before.format.ending();
        let Some(dialog) = &mut self.export.dialog else { return };
        (dialog.in_the_way, dialog.said) = (false, None);
        let path = dialog.path.as_deref().map(Path::new);
        if let Some(path) = path.filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(old)))
        {
            let path = options.format.named(path);
            dialog.may_replace &= old == options.format.ending();
            dialog.path = Some(path.to_string_lossy().into_owned());
        }
    }

    /// The path of the file that is written to, as it stands in the window.
    pub fn export_path(&self) -> String {
        let typed = self.export.dialog.as_ref().and_then(|dialog| dialog.path.clone());
        typed.unwrap_or_else(|| {
            let ExportOptions { view, format, .. } = self.export.options;
            let of_runs = format.is_numbers() && view.numbers() == PaneNumbers::Runs;
            let what = if of_runs { "runs" } else { view.id() };
            let name =
                if format.is_folder() { format!("{what}-frames") } else { format!("{what}.{}", format.ending()) };
            // Beside the file of the scene, and named after it.
            match self.scene_path() {
                Some(path) => path_text(&path.with_extension("")) + "-" + &name,
                None => format!("~/{}-{name}", self.document.landscape.entry().id),
            }
        })
    }

    /// The path was typed, or chosen in the system's dialog, which has asked about a file that is there already.
    pub(super) fn name_export(&mut self, path: String, may_replace: bool) {
        if let Some(dialog) = &mut self.export.dialog {
            *dialog = ExportDialog { path: Some(path), may_replace, in_the_way: false, said: None };
        }
    }

    /// Requests that the picture is written to its file.
    pub(super) fn export_to_file(&mut self, replace: bool) -> Result<(), InputError> {
        let mut path = PathBuf::from(self.export_path().trim());
        if path.file_name().is_none() {
            return Err(InputError::Data("The path of the picture has no name of a file: write one".to_owned()));
        }
        match path.extension().and_then(|ending| ending.to_str()).and_then(ExportFormat::find) {
            // As on the command line, the ending of the file names its form.
            Some(format) if format.ending() != self.export.options.format.ending() => self.export_as(format)?,
            Some(_) => {}
            None => path = self.export.options.format.named(&path),
        }
        let replace = replace
            || self.export.dialog.as_ref().is_some_and(|dialog| dialog.may_replace && path.extension().is_some());
        let replace = if replace { Replace::Always } else { Replace::Never };
        let options = self.export.options;
        self.export_to(options, ExportTarget::File { path, replace });
        Ok(())
    }

    fn export_as(&mut self, format: ExportFormat) -> Result<(), InputError> {
        if !format.takes(self.export.options.view) {
            let title = format.title();
            return Err(InputError::Data(format!(
                "{title} cannot hold this view: choose another ending for the file, or another view"
            )));
        }
        self.export.options.format = format;
        Ok(())
    }

    /// Requests the picture for the clipboard: the view that fills the window, or that in the large place, in the colors of the screen.
    pub(super) fn copy_picture(&mut self) {
        let pane = self.view.chrome.maximized.unwrap_or_else(|| self.shown_picture().main());
        let pane = if pane.suits(&self.document.landscape) { pane } else { Pane::Map };
        let options = ExportOptions {
            format: ExportFormat::Png,
            theme: self.view.chrome.theme,
            ..self.export.options.showing(ExportView::Pane(pane))
        };
        self.export_to(options, ExportTarget::Clipboard);
    }

    /// Requests the chosen picture for the clipboard.
    pub(super) fn copy_chosen(&mut self) {
        self.export_to(self.export.options, ExportTarget::Clipboard);
    }

    fn export_to(&mut self, options: ExportOptions, target: ExportTarget) {
        self.forget_message_of_files();
        if let Some(dialog) = &mut self.export.dialog {
            (dialog.in_the_way, dialog.said) = (false, None);
        }
        self.export.requested += 1;
        let ticket = self.export.requested;
        let chrome = self.view.chrome.clone();
        let (scene, predictions) = (Box::new(self.scene()), self.predictions.clone());
        let request = ExportRequest { options, target, scene, chrome, predictions, ticket };
        (self.export.running, self.export.parts) = (Some(request), None);
    }

    /// The picture that is being made is not wanted any more; nothing of it is written.
    pub(super) fn give_up_export(&mut self) {
        (self.export.running, self.export.parts) = (None, None);
    }

    /// How far a picture has come.
    pub fn take_export_parts(&mut self, ticket: u64, parts: [usize; 2]) {
        if self.export.running.as_ref().is_some_and(|request| request.ticket == ticket) {
            self.export.parts = Some(parts);
        }
    }

    /// Handles the result of an export; ignored if it was given up.
    pub fn take_export(&mut self, ticket: u64, outcome: Result<Exported, String>) {
        let Some(request) = self.export.running.take_if(|request| request.ticket == ticket) else { return };
        self.export.parts = None;
        let view = request.options.view.title_on(&self.document.landscape);
        let (in_the_way, said) = match outcome {
            Ok(Exported::Written(path)) => (false, format!("Exported to {}", of_path(&path))),
            Ok(Exported::InTheWay) => (true, format!("{} is there already and was not touched", self.export_path())),
            Ok(Exported::Pixels(pixels)) => {
                let [width, height] = pixels.size;
                (false, format!("Copied: {view}, {width} × {height} pixels"))
            }
            Err(why) => (false, why),
        };
        match &mut self.export.dialog {
            Some(dialog) => {
                (dialog.in_the_way, dialog.said) = (in_the_way, Some(said));
            }
            None => self.say_about(About::File, said),
        }
    }
}
