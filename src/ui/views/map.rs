//! The map: the loss from above with every overlay, where the start is set and dragged.

mod announcement;

use announcement::announcement;
use egui::{
    Color32, ColorImage, CursorIcon, Id, PointerButton, Pos2, Response, Sense, TextureHandle, TextureOptions, Ui,
};

use super::canvas::{Hover, announce, not_to_scale_ui, one_rate_ui, pane_title, tabs_menu_ui, zoom_factor};
use super::guessing::takes_guess;
use super::inside::caption_ui;
use super::map_legend::{legend_of_map, setup};
use super::switches::{Regions, description, lit_lines, pointer_on, touched_kink_line};
use super::terrain::Terrain;
use super::{Canvases, paths};
use crate::analysis::CriticalPoint;
use crate::drawing::batch_surface::BatchSurface;
use crate::drawing::compose::{self, InsideStep};
use crate::drawing::height_field::HeightField;
use crate::drawing::ink::{Theme, loss_color};
use crate::drawing::overlays::{
    self, BATCH, CRITICAL, HEAT, INITIAL_VELOCITY, bridge_handle, coast_to, launch_handle, shown_coast,
};
use crate::drawing::page_scale::PageScale;
use crate::drawing::thinning::{Thinned, Thinner};
use crate::drawing::{DrawnRun, draw_guesses};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::{Point, tolerance};
use crate::quiz::{PredictionKind, Span};
use crate::render::context::overlay_context;
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::render::guesses::guess_marks;
use crate::state::{Command, DocumentCommand, MapFrame, Pane, Phase, RunCommand, State, ViewCommand};
use crate::ui::panels::{has_room_beside_show, show_menu_ui};
use crate::ui::theme::factor_in;
use crate::ui::widgets::hint::Hint as _;

/// Samples along the longer side of the map, while the loss changes and at rest.
const SAMPLES: [usize; 2] = [320, 480];
/// A drag that begins this near the start, in points, moves it.
const GRASP: f32 = 14.0;
/// A click this near an iterate of another run, in points, selects that run.
const TOUCH: f32 = 5.0;
/// Iterates of long runs and cells on their way that are examined in a frame: about a millisecond.
const THINNED_IN_FRAME: usize = 600_000;

/// The map's samples and heat map, kept while landscape, box and theme stay the same.
pub struct MapCanvas {
    pub(super) terrain: Terrain,
    /// The heat map, and of what it was painted.
    texture: Option<(TextureHandle, Theme, u64)>,
    batch_surface: Option<BatchSurface>,
    /// The mini-batch's contour lines, and for which loss's levels they were drawn.
    batch_contours: (Vec<Vec<Point>>, u64),
    regions: Regions,
    thinner: Thinner,
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

impl Default for MapCanvas {
    fn default() -> Self {
        Self {
            terrain: Terrain::new(shape, SAMPLES),
            texture: None,
            batch_surface: None,
            batch_contours: (Vec::new(), 0),
            regions: Regions::default(),
            thinner: Thinner::default(),
            mapping: None,
        }
    }
}

/// Equally dense along both sides.
pub(super) fn shape(view: ViewBox, side: usize) -> [usize; 2] {
    /// A box slimmer than this is only seen stretched: then each side has as many pixels as the other, and needs as many
    /// samples.
    const SLIM: f64 = 4.0;
    let aspect = view.width() / view.height();
    if !(1.0 / SLIM..=SLIM).contains(&aspect) {
        return [3 * side / 5; 2];
    }
    [view.width(), view.height()].map(|length| (side as f64 * length / view.size()).round() as usize)
}

impl MapCanvas {
    /// The contour lines of the batch's loss, where that is shown.
    fn sample_batch(&mut self, state: &State, view: ViewBox) {
        let batch =
            state.derived.analysis().and_then(|analysis| analysis.batch.as_ref()).filter(|_| state.view.sees(BATCH));
        let is_new = BatchSurface::renew(&mut self.batch_surface, &state.document.landscape, batch, view);
        let generation = self.terrain.generation();
        if let Some(ground) = self.terrain.ground().filter(|_| is_new || self.batch_contours.1 != generation) {
            let lines = self.batch_surface.as_ref().map(|surface| surface.contours(&ground.field.levels));
            self.batch_contours = (lines.unwrap_or_default(), generation);
        }
    }

    /// Continues the thinning of long runs by as much as fits into a frame.
    fn thin(&mut self, paths: &[DrawnRun<'_>], view: ViewBox, scale: PageScale, ui: &Ui) {
        if self.thinner.follow(paths.iter().map(|path| path.run), view, scale, THINNED_IN_FRAME) {
            ui.ctx().request_repaint();
        }
    }

    fn heat(&mut self, ui: &Ui, theme: Theme) -> Option<egui::TextureId> {
        let (ground, generation) = (self.terrain.ground()?, self.terrain.generation());
        if self.texture.as_ref().is_none_or(|(_, painted, of)| (*painted, *of) != (theme, generation)) {
            let texture = ui.ctx().load_texture("loss", heat_image(&ground.field, theme), TextureOptions::LINEAR);
            self.texture = Some((texture, theme, generation));
        }
        self.texture.as_ref().map(|(texture, ..)| texture.id())
    }
}

fn heat_image(sampled: &HeightField, theme: Theme) -> ColorImage {
    let [columns, rows] = sampled.grid.size;
    let mut pixels = Vec::with_capacity(columns * rows);
    for row in (0..rows).rev() {
        let losses = &sampled.grid.values[row * columns..(row + 1) * columns];
        pixels.extend(losses.iter().map(|loss| {
            // Where there is no surface the ground shows.
            let color = crate::ui::theme::color(loss_color(theme, sampled.shade(*loss)));
            if loss.is_finite() { color } else { Color32::TRANSPARENT }
        }));
    }
    ColorImage::new([columns, rows], pixels)
}

/// Shows the map in the room there is.
pub fn map_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Map, ui, commands, |ui, commands| {
        let help =
            "Shows the whole domain (0). Shift+R returns to the frame and the start with which the landscape opens.";
        if has_room_beside_show("Fit", ui) && ui.small_button("Fit").hint(help).clicked() {
            commands.push(Command::View(ViewCommand::Fit));
        }
        show_menu_ui(state, ui, commands);
        tabs_menu_ui(state, canvases, Pane::Map, ui, commands);
        if state.view.in_fog() && ui.small_button("Lift fog").hint("Shows the whole loss again (9)").clicked() {
            commands.push(Command::View(ViewCommand::ToggleOverlay(overlays::FOG)));
        }
        not_to_scale_ui(state, ui);
        one_rate_ui(state, ui);
    });
    let pointer = canvases.map.mapping.and_then(|mapping| pointer_on(&mapping, ui));
    canvases.touched = pointer.and_then(|pointer| touched_kink_line(state, pointer));
    let Some(shown) = drawn(state, canvases, pointer.map(|(at, _)| at), false, ui) else { return };
    caption_ui(state, &shown.mapping, ui);
    let thinned = canvases.map.thinner.shown();
    interact(state, ui, &shown.response, &shown.mapping, (frame_of(state), thinned), commands);
    if let Some(words) = touched_critical_point(state, &shown) {
        shown.response.clone().hint_at_pointer(words);
    }
    let hovered = shown.response.hover_pos().filter(|_| !state.view.in_fog());
    canvases.hover = hovered.map(|position| Hover::over(state, shown.mapping.point(position)));
}

/// Shows it small, without words and axes; what a click on it means the caller decides.
pub(super) fn inset_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui) -> Response {
    match drawn(state, canvases, None, true, ui) {
        Some(shown) => shown.response,
        None => ui.allocate_response(ui.available_size(), Sense::click()),
    }
}

/// The picture alone, over all of the room; `None` until the loss is sampled.
fn drawn(
    state: &State,
    canvases: &mut Canvases,
    pointer: Option<Point>,
    is_inset: bool,
    ui: &mut Ui,
) -> Option<FlatResponse> {
    let frame = frame_of(state);
    let wanted = frame.view_box();
    let before = canvases.map.mapping.map(|mapping| mapping.view());
    let visible = before.filter(|before| shows(*before, wanted)).unwrap_or_else(|| filled(wanted, ui));
    canvases.map.terrain.follow(&state.document.landscape, visible, ui);
    canvases.map.sample_batch(state, visible);
    let heat = if state.view.sees(HEAT) { canvases.map.heat(ui, state.view.chrome.theme) } else { None };
    let is_stretched = state.view.scene.is_stretched(&state.document.landscape);
    let scale = page_scale(visible, is_stretched, ui);
    canvases.map.regions.follow(state, visible, scale);
    let paths = paths(state);
    canvases.map.thin(&paths, visible, scale, ui);
    let ground = canvases.map.terrain.ground()?;
    let mut context = overlay_context(state, paths, visible, scale);
    context.contours = ground.contours();
    context.runs.thinned = canvases.map.thinner.shown();
    context.step.batch_contours = &canvases.map.batch_contours.0;
    context.kinks.lit = lit_lines(state, canvases.touched.as_ref(), canvases.sample);
    context.kinks.touched = canvases.touched.as_ref();
    context.kinks.pattern = canvases.map.regions.pattern();
    context.pointer = pointer;
    context.step.pointed_method = canvases.pointed_method;
    let inside =
        state.view.scene.inside.map(|inside| InsideStep { substeps: state.derived.substeps(), place: inside.place });
    // The next step would lie over the answer to a question about the run.
    let answers_run =
        state.predictions.open().is_some_and(|open| open.phase == Phase::Revealed && open.span == Span::Run);
    let sees = |id| state.view.sees(id) && !(answers_run && overlays::is_of_step(id));
    let mut primitives = compose::map(&context, sees, inside);
    if let Some(marks) = guess_marks(state) {
        draw_guesses(&marks, &context, |at| at, &mut primitives);
    }
    if state.view.has(Pane::Basins) {
        primitives.extend(canvases.basins.walk());
    }
    let look = (state.view.chrome.theme, state.view.chrome.type_scale.factor());
    let shown = FlatView {
        equal_scales: !is_stretched,
        background: heat.map(|texture| (texture, ground.view)),
        axes: if is_inset { Axes::None } else { Axes::Both },
        has_words: !is_inset,
        covered: canvases.inset.filter(|_| !is_inset),
        legend: legend_of_map(state, is_inset, canvases.shows_both),
        setup: Some(setup(state)),
        ..FlatView::chart("map", wanted, primitives, look)
    }
    .show(ui);
    announce(&shown.response, || announcement(state, pointer, canvases));
    canvases.map.mapping = Some(shown.mapping);
    canvases.unnamed.clone_from(&shown.unnamed);
    if likeness(shown.mapping.view(), visible) != [true; 3] {
        ui.ctx().request_repaint();
    }
    Some(shown)
}

/// How a box is laid on the map in the room there is, in points at normal type: marks and the distances beside them grow with the
/// type.
fn page_scale(view: ViewBox, is_stretched: bool, ui: &Ui) -> PageScale {
    let room = (ui.available_size() / factor_in(ui)).max(egui::Vec2::splat(1.0));
    let filling = PageScale::filling(view, [f64::from(room.x), f64::from(room.y)]);
    if is_stretched { filling } else { PageScale::equal(filling.units().x) }
}

/// What the map shows at least.
pub(super) fn frame_of(state: &State) -> MapFrame {
    MapFrame::of(state.view.scene.frame(&state.document.landscape))
}

/// Whether the box seen in the last frame is the one that this frame asks for, filled up to the view's shape.
fn shows(visible: ViewBox, wanted: ViewBox) -> bool {
    let [centered, wide, high] = likeness(visible, wanted);
    centered && (wide || high)
}

/// Whether two boxes have their middle, their width and their height in common.
fn likeness(a: ViewBox, b: ViewBox) -> [bool; 3] {
    // What the plot makes of a box is off by the rounding of its middle.
    let slack = tolerance::UNSEEN * b.size() + 8.0 * f64::EPSILON * b.center().coords.amax();
    let near = |a: f64, b: f64| (a - b).abs() <= slack;
    let (p, q) = (a.center(), b.center());
    [near(p.x, q.x) && near(p.y, q.y), near(a.width(), b.width()), near(a.height(), b.height())]
}

/// A first guess at the visible box: the wanted one widened or heightened to the room's shape.
fn filled(wanted: ViewBox, ui: &Ui) -> ViewBox {
    let room = ui.available_size();
    let shape = f64::from(room.x.max(1.0) / room.y.max(1.0));
    let center = wanted.center();
    let half_height = (wanted.height() / 2.0).max(wanted.width() / 2.0 / shape);
    let half_width = half_height * shape;
    ViewBox::new(center.x - half_width, center.x + half_width, center.y - half_height, center.y + half_height)
}

/// What a drag that is under way moves.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    Start,
    Velocity,
    Radius,
    Map,
}

fn interact(
    state: &State,
    ui: &Ui,
    response: &Response,
    mapping: &Mapping,
    (frame, thinned): (MapFrame, &[Thinned]),
    commands: &mut Vec<Command>,
) {
    if takes_guess(state, response, ui, |position| Some(mapping.point(position)), commands) {
        if response.dragged() && state.predictions.asked().is_some_and(|open| open.kind != PredictionKind::Path) {
            pan(response, mapping, frame, commands);
        }
        return zoom(ui, response, mapping, frame, commands);
    }
    let start = state.derived.run(state.selected).map_or(state.document.start, |run| run.recipe().start);
    let near_start = |position: Pos2| mapping.position(start).distance(position) <= GRASP;
    let handle = velocity_handle(state, mapping, start);
    let near_handle = |position: Pos2| handle.is_some_and(|at| mapping.position(at).distance(position) <= GRASP);
    let ring = state.derived.bridge().zip(state.circle_radius()).map(|(bridge, radius)| bridge_handle(bridge, radius));
    let near_ring = |position: Pos2| ring.is_some_and(|at| mapping.position(at).distance(position) <= GRASP);
    let memory = Id::unique("map grip");
    if response.drag_started()
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let primary = response.dragged_by(PointerButton::Primary);
        let grip = match primary {
            true if near_handle(origin) => Grip::Velocity,
            true if near_ring(origin) => Grip::Radius,
            true if near_start(origin) => Grip::Start,
            _ => Grip::Map,
        };
        ui.data_mut(|data| data.insert_temp(memory, grip));
    }
    if response.dragged() {
        match ui.data(|data| data.get_temp(memory)).unwrap_or(Grip::Map) {
            Grip::Start => commands.extend(
                response
                    .interact_pointer_pos()
                    .map(|position| Command::Document(DocumentCommand::MoveStart(mapping.point(position)))),
            ),
            Grip::Velocity => commands.extend(response.interact_pointer_pos().map(|position| {
                let coast = coast_to(page_of(mapping), start, mapping.point(position));
                Command::Runs(RunCommand::Launch { card: state.selected, coast })
            })),
            Grip::Radius => commands.extend(response.interact_pointer_pos().and_then(|position| {
                let way = mapping.point(position) - state.derived.bridge()?.model.at;
                Some(Command::View(ViewCommand::SetCircleRadius(Some(way.norm()))))
            })),
            Grip::Map => pan(response, mapping, frame, commands),
        }
    } else if let Some(position) = response.interact_pointer_pos() {
        // A stray click restarts nothing.
        if response.double_clicked() {
            commands.push(Command::Document(DocumentCommand::MoveStart(mapping.point(position))));
        } else if response.clicked() {
            commands.extend(touched_run(state, mapping, thinned, position));
        }
    }
    if let Some(position) = response.hover_pos() {
        let cursor = if near_start(position) || near_handle(position) || near_ring(position) {
            CursorIcon::Grab
        } else {
            CursorIcon::Crosshair
        };
        ui.ctx().set_cursor_icon(cursor);
    }
    zoom(ui, response, mapping, frame, commands);
}

/// The wheel, and two fingers.
fn zoom(ui: &Ui, response: &Response, mapping: &Mapping, frame: MapFrame, commands: &mut Vec<Command>) {
    if let Some((position, factor)) = response.hover_pos().zip(zoom_factor(ui)) {
        commands.push(Command::View(ViewCommand::SetMapFrame(frame.zoomed(factor, mapping.point(position)))));
    }
}

/// Where the handle of the initial velocity is seen.
fn velocity_handle(state: &State, mapping: &Mapping, start: Point) -> Option<Point> {
    let run = state.derived.run(state.selected).filter(|_| state.view.sees(INITIAL_VELOCITY))?;
    let coast = shown_coast(&run.recipe().optimizer, state.playback.playhead)?;
    Some(launch_handle(page_of(mapping), start, coast))
}

/// How lengths are seen on the map.
pub(super) fn page_of(mapping: &Mapping) -> PageScale {
    let frame = mapping.frame();
    PageScale::filling(mapping.view(), [f64::from(frame.width()), f64::from(frame.height())])
}

fn pan(response: &Response, mapping: &Mapping, frame: MapFrame, commands: &mut Vec<Command>) {
    let delta = response.drag_delta();
    if delta == egui::Vec2::ZERO {
        return;
    }
    let middle = mapping.frame().center();
    let shift = mapping.point(middle) - mapping.point(middle + delta);
    commands.push(Command::View(ViewCommand::SetMapFrame(MapFrame { center: frame.center + shift, ..frame })));
}

/// The run whose iterate is under the pointer, if it is not the selected one.
fn touched_run(state: &State, mapping: &Mapping, thinned: &[Thinned], position: Pos2) -> Option<Command> {
    let others = state.document.cards.iter().filter(|card| card.id != state.selected && !card.hidden);
    others
        .filter_map(|card| Some((card.id, state.derived.run(card.id)?)))
        .find(|(_, run)| {
            let is_touched = |at: Point| mapping.position(at).distance(position) <= TOUCH;
            // Of a long run what is drawn of it.
            match thinned.iter().find(|thinned| thinned.is_of(run)) {
                Some(thinned) => thinned.places().iter().any(|at| is_touched(*at)),
                None => run.iterates().iter().any(|iterate| is_touched(iterate.at)),
            }
        })
        .map(|(id, _)| Command::Runs(RunCommand::Select(id)))
}

/// What is said of the critical point under the pointer.
fn touched_critical_point(state: &State, shown: &FlatResponse) -> Option<String> {
    let position = shown.response.hover_pos().filter(|_| state.view.sees(CRITICAL))?;
    let distance = |point: &CriticalPoint| shown.mapping.position(point.at).distance(position);
    let points = state.marked_critical_points().iter().filter(|point| distance(point) <= TOUCH);
    let point = points.min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let curvatures = match point.eigenvalues {
        Some([low, high]) => format!("λ₁ = {}, λ₂ = {}", number(low), number(high)),
        None => "the gradient jumps here: there is no Hessian".to_owned(),
    };
    let [x, y] = state.document.landscape.weights();
    let at = point.at;
    Some(format!(
        "{}\n{x} = {}, {y} = {}\nloss {}\n{curvatures}",
        point.name(),
        coordinate(at.x),
        coordinate(at.y),
        number(point.value)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slim box fills the map: what bends across its short side must be seen there.
    #[test]
    fn a_slim_box_is_sampled_as_finely_along_its_short_side() {
        for view in [
            ViewBox::new(-1.0, 1.0, -400.0, 400.0),
            ViewBox::new(-110.0, 520.0, -7e5, 7e5),
            ViewBox::new(-9.0, 9.0, 0.0, 1.0),
        ] {
            assert!(shape(view, 320).iter().all(|count| *count >= 190), "{view:?}: {:?}", shape(view, 320));
        }
        let [wide, high] = shape(ViewBox::new(-3.0, 3.0, -2.0, 2.0), 300);
        assert!(3 * high == 2 * wide, "as dense along both sides: {wide} × {high}");
    }
}
