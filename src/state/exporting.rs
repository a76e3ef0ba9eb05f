//! The export of pictures: options, request and result. `app/export.rs` does the work.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Chrome, ExportFrame, Predictions, Replace, Scene};
use crate::drawing::ink::Theme;
use crate::drawing::{ExportFormat, ExportView, FrameChoice, Pane};

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
    pub(super) fn sized_after(mut self, before: &Self) -> Self {
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
    pub(super) requested: u64,
}
