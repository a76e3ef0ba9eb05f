//! The surface: the loss as a height map, with the local model, the step on it and the gap at the landing.

mod legend;

use std::time::Duration;

use egui::{
    Color32, ColorImage, Pos2, Rect, Response, Sense, TextureHandle, TextureOptions, Ui, UiBuilder, pos2, vec2,
};

use super::canvas::{Hover, announce, not_to_scale_ui, one_rate_ui, pane_title, tabs_menu_ui, zoom_factor};
use super::guessing::takes_click;
use super::map_legend::setup;
use super::terrain::{STILL, Terrain};
use super::{Canvases, map, paths};
use crate::drawing::batch_surface::BatchSurface;
use crate::drawing::compose::SurfaceWords;
use crate::drawing::height_field::HeightField;
use crate::drawing::ink::Theme;
use crate::drawing::overlays::{BATCH, GAP, ModelName, gap_at_landing, model_names};
use crate::drawing::thinning::Thinner;
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{change, number};
use crate::numbers::{Point, Vector};
use crate::render::context::shown_step;
use crate::render::flat::LegendRow;
use crate::render::guesses::guess_marks;
use crate::render::layers::{self, Fonts};
use crate::render::surface_scene::{self, Fineness};
use crate::render::surface3d::Buffers;
use crate::state::{Chrome, Command, Pane, State, TypeScale, ViewCommand};
use crate::ui::panels::{has_room_beside_show, show_menu_ui};
use crate::ui::widgets::hint::Hint as _;

/// The mesh of the window: samples along each side, while something moves and at rest.
const MESH: [usize; 2] = [128, 255];
/// How far the camera turns for a drag of one point, in radians.
const TURN: f64 = 0.008;
/// Pictures with more pixels than this are not supersampled.
const MANY_PIXELS: usize = 3_000_000;
/// Iterates of long runs and cells on their way that are examined in a frame: about half a millisecond.
const THINNED_IN_FRAME: usize = 300_000;

/// Half the width of the bar of the gap with its rim, in points.
const GAP_HALF: f32 = 6.0;

/// The surface's mesh and picture, kept while nothing that they show changes.
pub struct SurfaceCanvas {
    pub(super) terrain: Terrain,
    /// Samples along each side of the mesh, while something moves and at rest: every second of these is one of those.
    mesh: [usize; 2],
    buffers: Buffers,
    batch_surface: Option<BatchSurface>,
    texture: Option<TextureHandle>,
    thinner: Thinner,
    painted: Option<Painted>,
    moved_at: f64,
    /// Where it was on the screen in the last frame, and its pixels in a point.
    shown: Option<(Rect, f32)>,
    /// How high the legend below it is, in points.
    pub(super) legend: f32,
}

impl Default for SurfaceCanvas {
    fn default() -> Self {
        Self::with_mesh(MESH)
    }
}

/// What the picture was painted from.
#[derive(Clone, Copy, PartialEq)]
struct Painted {
    scene: Scene,
    /// The generation of the mesh.
    generation: u64,
    supersample: usize,
}

/// What moves when the user does something.
#[derive(Clone, Copy, PartialEq)]
struct Scene {
    revision: u64,
    theme: Theme,
    scale: TypeScale,
    size: [usize; 2],
    pixels_per_point: f32,
}

impl SurfaceCanvas {
    /// Nothing is known yet.
    pub(super) fn with_mesh(mesh: [usize; 2]) -> Self {
        let terrain = Terrain::new(|_, side| [side, side], mesh);
        let (buffers, thinner) = (Buffers::default(), Thinner::default());
        let (batch_surface, texture, painted, shown) = (None, None, None, None);
        Self { terrain, mesh, buffers, batch_surface, texture, thinner, painted, moved_at: 0.0, shown, legend: 0.0 }
    }

    /// Where a point of weight space at this height was seen in the last frame, if it was within the picture.
    pub(super) fn on_screen(&self, at: Point, loss: f64) -> Option<Pos2> {
        let (rect, pixels_per_point) = self.shown?;
        let (x, y, _) = self.buffers.picture().project(at, loss)?;
        let place = rect.min + vec2(x as f32, y as f32) / pixels_per_point;
        Some(place).filter(|place| rect.contains(*place))
    }

    /// The loss of the batch, where that is shown.
    fn sample_batch(&mut self, state: &State, view: ViewBox) {
        let batch =
            state.derived.analysis().and_then(|analysis| analysis.batch.as_ref()).filter(|_| state.view.sees(BATCH));
        BatchSurface::renew(&mut self.batch_surface, &state.document.landscape, batch, view);
    }

    /// Paints again if anything changed: coarse at first, fine once nothing has moved for a while.
    fn paint(&mut self, state: &State, ui: &Ui, size: [usize; 2]) {
        let pixels_per_point = ui.ctx().pixels_per_point();
        let Chrome { theme, type_scale: scale, .. } = state.view.chrome;
        let scene = Scene { revision: state.revision, theme, scale, size, pixels_per_point };
        let now = ui.input(|input| input.time);
        if self.painted.is_none_or(|painted| painted.scene != scene) {
            self.moved_at = now;
        }
        let still_for = now - self.moved_at;
        let is_still = self.terrain.is_for_one || still_for >= STILL.as_secs_f64();
        // A very large picture is fine enough with one sample a pixel, and four would not fit in memory.
        let finest = if size[0] * size[1] <= MANY_PIXELS { 2 } else { 1 };
        let supersample = if is_still { finest } else { 1 };
        let next = Painted { scene, generation: self.terrain.generation(), supersample };
        if supersample < finest {
            ui.ctx().request_repaint_after(STILL.saturating_sub(Duration::from_secs_f64(still_for.max(0.0))));
        }
        let Some(ground) = self.terrain.ground().filter(|_| self.painted != Some(next)) else { return };
        let HeightField { levels, .. } = &ground.field;
        let (paths, view) = (paths(state), ground.field.grid.view);
        let runs = paths.iter().map(|path| path.run);
        // In a smaller picture the cells of the fine mesh would be smaller than a pixel.
        let is_fine = is_still && size[0].max(size[1]) >= 2 * self.mesh[1];
        let grid = ground.within(self.mesh[usize::from(is_fine)]);
        let stage = surface_scene::stage(state, grid);
        let is_behind = self.thinner.follow(runs, view, surface_scene::cell(&stage), THINNED_IN_FRAME);
        let fineness = Fineness { size, pixels_per_point, supersample };
        let lands = (grid, self.batch_surface.as_ref());
        let paths = (paths.as_slice(), self.thinner.shown());
        let picture = surface_scene::paint(state, paths, lands, levels, stage, fineness, &mut self.buffers);
        let image = ColorImage::from_rgba_premultiplied(size, picture.rgba());
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ui.ctx().load_texture("surface", image, TextureOptions::LINEAR)),
        }
        self.painted = Some(next).filter(|_| !is_behind);
        if is_behind {
            ui.ctx().request_repaint();
        }
    }
}

/// Shows the surface in the room there is.
pub fn surface_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Surface, ui, commands, |ui, commands| {
        not_to_scale_ui(state, ui);
        one_rate_ui(state, ui);
        tabs_menu_ui(state, canvases, Pane::Surface, ui, commands);
        let has_list = state.shown_picture().main() == Pane::Surface;
        let has_room = !has_list || has_room_beside_show("Reset view", ui);
        let help = "Looks at the surface from where it is seen first (0)";
        if has_room && ui.small_button("Reset view").hint(help).clicked() {
            commands.push(Command::View(ViewCommand::ResetCamera));
        }
        // Beside the map its list is enough.
        if has_list {
            show_menu_ui(state, ui, commands);
        }
    });
    let k = state.view.chrome.type_scale.factor();
    let room = ui.available_rect_before_wrap();
    let view = map::frame_of(state).view_box();
    let labels = legend::is_shown(state).then(|| legend::labels(state, canvases, view, room.width()));
    let height = labels.as_ref().map_or(0.0, |labels| {
        let labels = labels.iter().collect::<Vec<_>>();
        LegendRow::height(room.size(), (k, state.view.chrome.theme), &labels, setup(state), ui)
    });
    let (upper, row) = room.split_top_bottom_at_y(room.bottom() - height);
    canvases.surface.legend = height;
    let response = ui.scope_builder(UiBuilder::new().max_rect(upper), |ui| drawn(state, canvases, ui)).inner;
    if let Some(labels) = labels.filter(|labels| !canvases.shows_both || !labels.is_empty()) {
        legend::surface_legend_ui(state, &labels, row, ui);
    }
    let (rect, scale) = (response.rect, ui.ctx().pixels_per_point());
    labels_ui(state, &canvases.surface, ui, rect);
    let picked = |position: Pos2| {
        let at = (position - rect.min) * scale;
        let place = canvases.surface.buffers.picture().pick(f64::from(at.x), f64::from(at.y));
        place.map(|place| Point::new(place.x, place.y))
    };
    // A drag turns the surface as ever: paths are sketched on the map.
    takes_click(state, &response, ui, picked, commands);
    interact(ui, &response, commands);
    if let Some(position) = response.hover_pos() {
        let at = (position - rect.min) * scale;
        let place = canvases.surface.buffers.picture().pick(f64::from(at.x), f64::from(at.y));
        canvases.hover =
            place.filter(|_| !state.view.in_fog()).map(|place| Hover::over(state, Point::new(place.x, place.y)));
    }
}

/// Shows it small, without words; what a click on it means the caller decides.
pub fn inset_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui) -> Response {
    drawn(state, canvases, ui)
}

/// The picture alone, over all of the room.
fn drawn(state: &State, canvases: &mut Canvases, ui: &mut Ui) -> Response {
    let (rect, response) = ui.allocate_exact_size(ui.available_size().max(vec2(1.0, 1.0)), Sense::click_and_drag());
    let scale = ui.ctx().pixels_per_point();
    let size = [(rect.width() * scale).round() as usize, (rect.height() * scale).round() as usize]
        .map(|side| side.clamp(1, 4096));
    let view = map::frame_of(state).view_box();
    canvases.surface.terrain.follow(&state.document.landscape, view, ui);
    canvases.surface.sample_batch(state, view);
    canvases.surface.paint(state, ui, size);
    canvases.surface.shown = Some((rect, scale));
    if let Some(texture) = &canvases.surface.texture {
        ui.painter().image(texture.id(), rect, Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)), Color32::WHITE);
    }
    announce(&response, || announcement(state));
    response
}

fn interact(ui: &Ui, response: &Response, commands: &mut Vec<Command>) {
    let delta = response.drag_delta();
    if response.dragged() && delta != egui::Vec2::ZERO {
        let (right, down) = (f64::from(delta.x), f64::from(delta.y));
        let shifts = response.dragged_by(egui::PointerButton::Secondary) || ui.input(|input| input.modifiers.shift);
        let side = f64::from(response.rect.size().min_elem().max(1.0));
        commands.push(if shifts {
            Command::View(ViewCommand::PanCamera(Vector::new(right, down) / side))
        } else {
            Command::View(ViewCommand::Orbit(Vector::new(right, down) * TURN))
        });
    }
    if response.hovered() {
        commands.extend(zoom_factor(ui).map(ViewCommand::ZoomCamera).map(Command::View));
    }
}

/// Names of local models and figures at the ticks of the box.
fn labels_ui(state: &State, canvas: &SurfaceCanvas, ui: &Ui, rect: Rect) {
    let picture = canvas.buffers.picture();
    let (Some(projection), Some(ground)) = (picture.projection(), canvas.terrain.ground()) else { return };
    let stage = projection.stage();
    let taken = gap_on_screen(state, canvas, ui, rect).into_iter().collect();
    let (theme, pixels_per_point) = (state.view.chrome.theme, ui.ctx().pixels_per_point());
    let mut words = SurfaceWords { rect, pixels_per_point, measure: &Fonts(ui), theme, taken };
    let mut layers = Vec::new();
    for ModelName { name, ink, rim } in model_names(&shown_step(state), state.view.companions(), stage) {
        let mut pixels: Vec<(f64, f64)> =
            rim.into_iter().filter_map(|(at, loss)| picture.project(at, loss)).map(|(x, y, _)| (x, y)).collect();
        // At the highest place of its rim, if that is free.
        pixels.sort_by(|a, b| a.1.total_cmp(&b.1));
        layers.extend(words.named(name, ink, &pixels));
    }
    let guesses = guess_marks(state).unwrap_or_default();
    // What lies outside of the surface is not on it.
    let seen = ground.field.grid.view;
    for (at, text, ink) in guesses.names().into_iter().filter(|(at, ..)| seen.contains(*at)) {
        let at = picture.project(at, state.document.landscape.loss().value(at));
        let pixels: Vec<(f64, f64)> = at.map(|(x, y, _)| (x, y)).into_iter().collect();
        layers.extend(words.named(&text, ink, &pixels));
    }
    let ticks = surface_scene::labeled_ticks(&ground.field.grid, stage.heights());
    layers.extend(words.figured(projection, &ticks));
    ui.painter().extend(layers::shapes(layers, ui));
}

/// Where the bar of the gap stands, and the losses at its ends, if it is shown.
pub(super) fn shown_gap(state: &State) -> Option<(Point, [f64; 2])> {
    gap_at_landing(&shown_step(state)).filter(|_| state.view.sees(GAP))
}

/// Where the bar of the gap is seen.
fn gap_on_screen(state: &State, canvas: &SurfaceCanvas, ui: &Ui, rect: Rect) -> Option<Rect> {
    let (at, ends) = shown_gap(state)?;
    let picture = canvas.buffers.picture();
    let [from, to] = ends
        .map(|loss| picture.project(at, loss))
        .map(|place| place.map(|(x, y, _)| rect.min + vec2(x as f32, y as f32) / ui.ctx().pixels_per_point()));
    Some(Rect::from_two_pos(from?, to?).expand(GAP_HALF * state.view.chrome.type_scale.factor()))
}

fn announcement(state: &State) -> String {
    let name = state.document.landscape.name();
    let Some(analysis) = state.derived.analysis() else { return format!("Surface of {name}") };
    if state.view.in_fog() {
        return format!("Surface of {name}: in fog at step {}", analysis.index);
    }
    let gap = analysis
        .change
        .map_or_else(String::new, |prediction| format!(", error {}", change(prediction.gap(analysis.order))));
    format!("Surface of {name}: height {} at step {}{gap}", number(analysis.iterate.loss), analysis.index)
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::drawing::camera::{Camera, Projection, Stage};
    use crate::drawing::compose::Layer;
    use crate::drawing::isolines::SampledGrid;
    use crate::drawing::page_scale::is_slim;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::SplitMix64;
    use crate::render::surface_scene::{heights, labeled_ticks};
    use crate::state::Document;

    fn check(layers: &[Layer], rect: Rect, description: &str) {
        // Without the patch's room to both sides.
        let word = |layer: &Layer| match layer {
            Layer::Words { patch, text, .. } => (patch.expand2(vec2(-3.0, 0.0)), text.clone()),
            other => panic!("{other:?} is no word"),
        };
        let words: Vec<(Rect, String)> = layers.iter().map(word).collect();
        for (index, (place, text)) in words.iter().enumerate() {
            assert!(rect.contains_rect(*place), "{description}: '{text}' stays inside");
            for (other, of) in &words[..index] {
                assert!(!other.intersects(*place), "{description}: '{text}' lies over '{of}'");
            }
        }
    }

    /// Every landscape, and boxes far out and far from square, whose figures are long.
    fn landscapes() -> Vec<Landscape> {
        let far = [
            ViewBox::new(-35.0, 455.0, -60_000.0, 40_000.0),
            ViewBox::new(1e6, 1e6 + 1.0, -1e-7, 1e-7),
            ViewBox::new(-1e12, 1e12, -3.0, 3.0),
        ];
        let bowl = Landscape::of_formula("x^2+y^2").unwrap();
        entries().map(Landscape::of).chain(far.map(|view| bowl.with_domain(Some(view)))).collect()
    }

    #[test]
    fn no_figure_lies_over_another_on_any_landscape_from_any_side() {
        for landscape in landscapes() {
            let view = landscape.domain();
            let grid = SampledGrid::sample(view, [33, 33], |xs, y, out| landscape.loss().value_row(xs, y, out));
            let state = State::new(Document::new(landscape.clone()));
            for heights in [heights(&state, &grid), heights(&state, &grid).in_log()] {
                let corners = [[0, 0], [1, 1]].map(|[i, j]: [usize; 2]| Point::new(view.x[i], view.y[j]));
                let stage = Stage::new(corners[0], corners[1], heights);
                let stage = if is_slim(view) { stage.stretched() } else { stage };
                let ticks = labeled_ticks(&grid, &heights);
                let mut random = SplitMix64::of_names(&[&landscape.to_string(), "eye"]);
                let mut eyes = vec![Camera::default()];
                eyes.extend(
                    (0..24).map(|_| {
                        Camera::looking(std::f64::consts::TAU * random.uniform(), 0.1 + 1.4 * random.uniform())
                    }),
                );
                for camera in eyes {
                    for (width, height) in [(340.0, 240.0), (700.0, 420.0), (160.0, 120.0)] {
                        let mut labels = SurfaceWords::tried(width, height);
                        let projection = Projection::new(&camera, stage, width as usize, height as usize);
                        let words = labels.figured(&projection, &ticks);
                        check(&words, labels.rect, &format!("{landscape}, {width}×{height}, {camera:?}"));
                        let first = camera == Camera::default() && width > 300.0;
                        assert!(!first || words.len() >= 4, "{landscape}: {} figures at {width}×{height}", words.len());
                    }
                }
            }
        }
    }
}
