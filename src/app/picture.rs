//! Pictures without a window: the same interface, painted on the processor.

use std::io::Cursor;

use anyhow::{Context as _, bail};
use egui::vec2;
use image::ImageFormat;

use crate::cli::{PictureSize, RenderRequest, View};
use crate::render::painter;
use crate::scene::{RunSpec, SceneSpec};
use crate::state::{Document, MAX_CARDS, Scene, State};
use crate::ui::views::Canvases;
use crate::ui::window::{view_ui, window_ui};

/// Draws what a request asks for, as the bytes of a PNG file.
///
/// # Errors
/// If the picture cannot be painted or encoded.
pub fn render(request: &RenderRequest) -> anyhow::Result<Vec<u8>> {
    let mut state = State::showing(Scene::of_spec(&spec_of(request)?)?);
    state.finish();
    if let Some(step) = request.step.filter(|step| *step > state.last_step()) {
        bail!("no run has a step {step}: the longest ends at step {}\nask for more with --steps", state.last_step());
    }
    state.view.chrome.theme = request.theme;
    state.view.chrome.maximized = match request.view {
        View::Pane(pane) => Some(pane),
        View::Window => None,
    };
    // What is computed only where it is looked at.
    state.finish();
    let PictureSize { width, height } = request.size;
    let mut canvases = Canvases::default();
    let picture = painter::picture(
        vec2(width as f32, height as f32),
        1.0,
        |_| {},
        |ui| {
            // Nobody is there to do anything: the commands stay empty.
            let _ = match state.view.chrome.maximized {
                Some(pane) => view_ui(&state, &mut canvases, pane, ui),
                None => window_ui(&state, &mut canvases, ui),
            };
        },
    )?;
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).context("the picture could not be encoded as PNG")?;
    Ok(bytes.into_inner())
}

/// The opening scene, or the one that the request's options describe.
fn spec_of(request: &RenderRequest) -> anyhow::Result<SceneSpec> {
    let RenderRequest { landscape, optimizers, start, steps, step, show, .. } = request;
    let is_opening = landscape.is_none() && optimizers.is_empty() && start.is_none();
    let mut spec = match landscape {
        Some(landscape) => Scene::at_start(Document::new(landscape.clone())).spec(),
        None if is_opening => State::opening().scene().spec(),
        None => Scene::at_start(State::opening().document).spec(),
    };
    if optimizers.len() > MAX_CARDS {
        bail!("more than {MAX_CARDS} runs cannot be told apart: give fewer of -o");
    }
    if !optimizers.is_empty() {
        spec.runs = optimizers.iter().map(RunSpec::of).collect();
    }
    spec.start = start.map(Into::into).or(spec.start);
    spec.steps = steps.unwrap_or(spec.steps);
    spec.playhead = step.unwrap_or(spec.playhead);
    spec.view.show = show.iter().map(|id| (*id).to_owned()).collect();
    Ok(spec)
}
