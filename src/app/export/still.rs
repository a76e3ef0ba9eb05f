//! A picture that stands still: a state that is settled, and how it is shown.

use std::path::PathBuf;

use egui::{Ui, vec2};
use image::RgbaImage;

use crate::drawing::compose::DrawnChart;
use crate::drawing::ink::Theme;
use crate::drawing::vector_page::VectorPage;
use crate::drawing::{ExportView, FrameChoice};
use crate::render::painter::{self, PaintError};
use crate::render::vector;
use crate::state::{ExportOptions, ExportRequest, State};
use crate::ui::views::Canvases;
use crate::ui::window::{view_ui, window_ui};

/// What a picture shows, and how large it is.
pub(in crate::app) struct Still {
    /// The state, settled.
    pub(in crate::app) state: State,
    /// Width and height in points.
    pub(in crate::app) size: [u32; 2],
    /// Pixels for each point.
    pub(in crate::app) scale: f32,
    /// The steps, where there is a picture for each.
    pub(in crate::app) frames: FrameChoice,
    /// Where it goes, which a folder has to know.
    pub(in crate::app) out: PathBuf,
}

impl Still {
    /// A view of a state, or the window around it. What is open over the views is closed; everything is computed that is shown.
    pub(in crate::app) fn new(mut state: State, options: &ExportOptions) -> Self {
        let ExportOptions { view, theme, frame, frames, size, scale, .. } = *options;
        let chrome = &mut state.view.chrome;
        chrome.theme = if options.format.is_as_on_screen() { theme } else { Theme::Light };
        (chrome.maximized, chrome.exported) = match view {
            ExportView::Pane(pane) => (Some(pane), Some(frame)),
            ExportView::Window => (None, None),
        };
        (chrome.keys_open, chrome.glossary_open, chrome.critical_open) = (false, false, false);
        (chrome.timing_open, chrome.open_run) = (false, None);
        // What is computed only while it is on the screen.
        state.finish();
        Self { state, size, scale: f32::from(scale), frames, out: PathBuf::new() }
    }

    /// What a request of the window asks for: the scene again, from its beginning.
    pub(in crate::app) fn of_request(request: &ExportRequest) -> Self {
        let mut state = State::showing((*request.scene).clone());
        state.view.chrome = request.chrome.clone();
        state.keep_question_open(request.predictions.clone());
        Self::new(state, &request.options)
    }

    /// Shows it, as a window would.
    pub(in crate::app) fn show(&self, canvases: &mut Canvases, ui: &mut Ui) {
        // Nobody is there to do anything: the commands stay empty.
        let _ = match self.state.view.chrome.maximized {
            Some(pane) => view_ui(&self.state, canvases, pane, ui),
            None => window_ui(&self.state, canvases, ui),
        };
    }

    /// Its paths and letters.
    ///
    /// # Errors
    /// If it cannot be laid out.
    pub(in crate::app) fn page(&self) -> Result<VectorPage, PaintError> {
        let size = vec2(self.size[0] as f32, self.size[1] as f32);
        let mut canvases = Canvases::for_one_picture();
        vector::page(size, self.scale, self.title(), |ui| self.show(&mut canvases, ui))
    }

    /// Its flat charts, each as it was drawn.
    ///
    /// # Errors
    /// If it cannot be laid out.
    pub(in crate::app) fn charts(&self) -> Result<Vec<DrawnChart>, PaintError> {
        let size = vec2(self.size[0] as f32, self.size[1] as f32);
        let mut canvases = Canvases::for_one_picture();
        vector::charts(size, |ui| self.show(&mut canvases, ui))
    }

    /// What it shows, in a line.
    pub(in crate::app) fn title(&self) -> String {
        let landscape = &self.state.document.landscape;
        format!("{}: {}", landscape.name(), landscape.formula())
    }

    /// Its pixels.
    ///
    /// # Errors
    /// If it cannot be painted.
    pub(in crate::app) fn picture(&self) -> Result<RgbaImage, PaintError> {
        let size = vec2(self.size[0] as f32, self.size[1] as f32);
        let mut canvases = Canvases::for_one_picture();
        painter::picture(size, self.scale, |_| {}, |ui| self.show(&mut canvases, ui))
    }
}
