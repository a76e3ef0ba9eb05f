//! The export of pictures: options, request and result. `app/export.rs` does the work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{About, Chrome, ExportFrame, Predictions, Replace, Scene, State};
use crate::drawing::ink::Theme;
use crate::drawing::{ExportFormat, ExportView, FrameChoice, Pane, PaneNumbers};
use crate::landscapes::InputError;
use crate::landscapes::excerpt::{of_path, path_text};

/// How a picture is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExportOptions {
    /// What it shows.
    pub view: ExportView,
    /// The form of the file.
    pub format: ExportFormat,
    /// Pixels for each point, from 1 to 4.
    pub scale: u8,
    /// Light or dark, whatever the screen is.
    pub theme: Theme,
    /// What stands around the view.
    pub frame: ExportFrame,
    /// Width and height in points.
    pub size: [u32; 2],
    /// The steps, where there is a picture for each.
    pub frames: FrameChoice,
}

impl ExportOptions {
    /// The most pixels for each point.
    pub const MAX_SCALE: u8 = 4;
    /// The width in points of a view at first, and of the window: with two pixels for each point as wide as a projector, or wider.
    const WIDTHS: [u32; 2] = [960, 1280];

    /// Width and height at first of a view in a format.
    fn usual_size(view: ExportView, format: ExportFormat) -> [u32; 2] {
        format.usual_size(Self::WIDTHS[usize::from(view == ExportView::Window)])
    }

    /// Another view, in a format that can hold it.
    #[must_use]
    pub fn showing(self, view: ExportView) -> Self {
        let format = if self.format.takes(view) { self.format } else { ExportFormat::Png };
        Self { view, format, ..self }.sized_after(&self)
    }

    /// In the size that is usual, where what was chosen before was in its usual size and nothing is said of another.
    fn sized_after(mut self, before: &Self) -> Self {
        if self.size == before.size && before.size == Self::usual_size(before.view, before.format) {
            self.size = Self::usual_size(self.view, self.format);
        }
        self
    }
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            view: ExportView::Pane(Pane::Map),
            format: ExportFormat::Png,
            scale: 2,
            theme: Theme::Light,
            frame: ExportFrame { title: false, legend: true },
            size: Self::usual_size(ExportView::Pane(Pane::Map), ExportFormat::Png),
            frames: FrameChoice::default(),
        }
    }
}

/// Where a picture goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportTarget {
    /// Into a file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Whether another file may be in its place.
        replace: Replace,
    },
    /// To the clipboard, as pixels.
    Clipboard,
}

/// A picture that is to be made.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// Format, size, theme and frame of the picture.
    pub options: ExportOptions,
    /// The file or the clipboard.
    pub target: ExportTarget,
    /// The scene that is shown.
    pub scene: Box<Scene>,
    /// The settings of the window around the scene.
    pub chrome: Chrome,
    /// What a class is asked about the scene.
    pub predictions: Predictions,
    /// The number of the request.
    pub ticket: u64,
}

/// Pixels for the clipboard: not premultiplied, four bytes each, the uppermost row first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedPixels {
    /// Width and height.
    pub size: [usize; 2],
    /// Red, green, blue and opacity of each.
    pub rgba: Arc<[u8]>,
}

/// The result of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// It is in this file.
    Written(PathBuf),
    /// Another file is in its place, and was not touched.
    InTheWay,
    /// These pixels are for the clipboard.
    Pixels(ExportedPixels),
}

/// The small window in which a picture is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportDialog {
    /// What was typed or chosen as the path of the file; `None` for the one that is suggested.
    pub path: Option<String>,
    /// Whether the system's dialog has asked about a file that is there already.
    pub may_replace: bool,
    /// A file is there already: shall it be replaced?
    pub in_the_way: bool,
    /// The result of the last attempt.
    pub said: Option<String>,
}

/// What is wanted of pictures that leave the program.
#[derive(Default)]
pub struct Export {
    /// The window in which one is exported, while it is open.
    pub dialog: Option<ExportDialog>,
    /// What was chosen last.
    pub options: ExportOptions,
    /// The picture that is being made.
    pub running: Option<ExportRequest>,
    /// How many parts of it are made, of how many.
    pub parts: Option<[usize; 2]>,
    requested: u64,
}

impl State {
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
