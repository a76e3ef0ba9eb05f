//! The map: the land from above with every overlay, where the start is set and dragged.

use egui::{Color32, ColorImage, CursorIcon, Id, PointerButton, Pos2, TextureHandle, TextureOptions, Ui};

use super::canvas::{Hover, announce, pane_title};
use super::inside::caption_ui;
use super::{Canvases, paths};
use crate::analysis::{Belief, CriticalPoint};
use crate::drawing::Subject;
use crate::drawing::ink::{Theme, land};
use crate::drawing::land::Land;
use crate::drawing::overlays::{
    self, BELIEVED, CARRIED, CRITICAL, FOLDS, HEAT, PATTERN, REACH, STEP, TRIALS, draw_inside,
};
use crate::drawing::pattern::Pattern;
use crate::drawing::primitive::Primitive;
use crate::drawing::switching::{Touched, pattern_words};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::{Point, Vector};
use crate::render::flat::{Axes, FlatView, Mapping, Shown};
use crate::render::subject::subject;
use crate::state::{Command, MapFrame, Pane, State};
use crate::ui::panels::show_menu_ui;

/// Samples along the longer side of the map.
const SAMPLES: f64 = 320.0;
/// A drag that begins this near the start, in points, moves it.
const GRASP: f32 = 14.0;
/// A click this near an iterate of another run, in points, selects that run.
const TOUCH: f32 = 5.0;

/// The map's samples and heat map, kept while land, box and theme stay the same.
#[derive(Default)]
pub struct MapCanvas {
    sampled: Option<Sampled>,
    texture: Option<(TextureHandle, Theme)>,
    pattern: Option<Regions>,
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

struct Sampled {
    landscape: Landscape,
    view: ViewBox,
    land: Land,
    contours: Vec<Vec<Point>>,
}

/// The regions in which a rectified unit is on for the same samples, and what they were found for.
struct Regions {
    landscape: Landscape,
    view: ViewBox,
    unit: f64,
    pattern: Pattern,
}

impl MapCanvas {
    /// The activation pattern over a box, found again only if something changed; none unless it is shown.
    fn regions(&mut self, state: &State, view: ViewBox, unit: f64) {
        let landscape = &state.document.landscape;
        if !state.view.sees(PATTERN) {
            self.pattern = None;
        } else if self
            .pattern
            .as_ref()
            .is_none_or(|old| old.view != view || old.unit != unit || old.landscape != *landscape)
        {
            let regions = |pattern| Regions { landscape: landscape.clone(), view, unit, pattern };
            self.pattern = Pattern::of(landscape, view, unit).map(regions);
        }
    }

    /// The land over a box, sampled again only if something changed.
    fn sample(&mut self, landscape: &Landscape, view: ViewBox) {
        let current = self.sampled.as_ref().is_some_and(|old| old.view == view && old.landscape == *landscape);
        if current {
            return;
        }
        let side = |length: f64| ((SAMPLES * length / view.size()).round() as usize).max(2);
        let land = Land::sample(landscape, view, [side(view.width()), side(view.height())]);
        self.sampled = Some(Sampled { landscape: landscape.clone(), view, contours: land.contours(), land });
        self.texture = None;
    }

    fn heat(&mut self, ui: &Ui, theme: Theme) -> Option<egui::TextureId> {
        let sampled = self.sampled.as_ref()?;
        if self.texture.as_ref().is_none_or(|(_, painted)| *painted != theme) {
            let texture = ui.ctx().load_texture("land", heat_image(&sampled.land, theme), TextureOptions::LINEAR);
            self.texture = Some((texture, theme));
        }
        self.texture.as_ref().map(|(texture, _)| texture.id())
    }
}

fn heat_image(sampled: &Land, theme: Theme) -> ColorImage {
    let [columns, rows] = sampled.grid.size;
    let mut pixels = Vec::with_capacity(columns * rows);
    for row in (0..rows).rev() {
        let losses = &sampled.grid.values[row * columns..(row + 1) * columns];
        pixels.extend(losses.iter().map(|loss| {
            // Where there is no land the ground shows.
            let color = crate::ui::theme::color(land(theme, sampled.shade(*loss)));
            if loss.is_finite() { color } else { Color32::TRANSPARENT }
        }));
    }
    ColorImage::new([columns, rows], pixels)
}

/// Shows the map in the room there is.
pub fn map_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Map, ui, commands, |ui, commands| {
        if ui.small_button("Fit").on_hover_text("Shows the landscape's whole box (0)").clicked() {
            commands.push(Command::Fit);
        }
        show_menu_ui(state, ui, commands);
        if state.view.in_fog() && ui.small_button("Lift fog").on_hover_text("Shows the land again (G)").clicked() {
            commands.push(Command::ToggleOverlay(overlays::FOG));
        }
        if state.view.stretched {
            ui.label(crate::ui::theme::role(
                state.view.theme,
                "stretched: angles are not true",
                crate::drawing::ink::Ink::Gap,
            ));
        }
    });
    let frame = frame_of(state);
    let wanted = frame.view_box();
    let before = canvases.map.mapping.map(|mapping| mapping.view());
    let visible = before.filter(|before| shows(*before, wanted)).unwrap_or_else(|| filled(wanted, ui));
    canvases.map.sample(&state.document.landscape, visible);
    let heat = if state.view.sees(HEAT) { canvases.map.heat(ui, state.view.theme) } else { None };
    let unit = visible.width() / f64::from(ui.available_width().max(1.0));
    canvases.map.regions(state, visible, unit);
    let Some(sampled) = &canvases.map.sampled else { return };
    let pointer = canvases.map.mapping.as_ref().and_then(|mapping| pointer_on(mapping, ui));
    canvases.touched = pointer.and_then(|(at, unit)| touched_fold(state, at, unit));
    let subject = Subject {
        lit: lit_lines(state, canvases.touched.as_ref(), canvases.sample),
        touched: canvases.touched.as_ref(),
        pointer: pointer.map(|(at, _)| at),
        pattern: canvases.map.pattern.as_ref().map(|pattern| &pattern.pattern),
        ..subject(state, paths(state), visible, unit, &sampled.land.levels, &sampled.contours)
    };
    let mut primitives: Vec<Primitive<'_>> = Vec::new();
    let inside = state.view.inside;
    // From inside, the step is drawn piece by piece.
    let is_drawn = |id: &str| state.view.sees(id) && (inside.is_none() || !is_of_whole_step(state, id));
    if state.view.in_fog() {
        overlays::veil(&subject, &mut primitives);
    }
    for overlay in overlays::ALL.iter().filter(|overlay| is_drawn(overlay.id)) {
        if let Some(draw) = overlay.draw {
            draw(&subject, &mut primitives);
        }
    }
    if let Some(inside) = inside {
        draw_inside(&subject, state.derived.substeps(), inside.place, &mut primitives);
    }
    let shown = FlatView {
        id: "map",
        view: wanted,
        equal_scales: !state.view.stretched,
        background: heat.map(|texture| (texture, sampled.view)),
        primitives,
        theme: state.view.theme,
        scale: state.view.type_scale.factor(),
        axes: Axes::Both,
    }
    .show(ui);
    announce(&shown.response, || announcement(state, pointer.map(|(at, _)| at), canvases));
    caption_ui(state, &shown.mapping, ui);
    interact(state, ui, &shown.response, &shown.mapping, frame, commands);
    if let Some(words) = touched_critical_point(state, &shown) {
        shown.response.clone().on_hover_text_at_pointer(words);
    }
    canvases.hover = shown
        .response
        .hover_pos()
        .filter(|_| !state.view.in_fog())
        .map(|position| Hover::over(state, shown.mapping.point(position)));
    canvases.map.mapping = Some(shown.mapping);
    if likeness(shown.mapping.view(), visible) != [true; 3] {
        ui.ctx().request_repaint();
    }
}

/// Whether an overlay shows what a method finds out within its step: not before it has.
fn is_of_whole_step(state: &State, id: &str) -> bool {
    let asks_for_the_sheet = state.derived.focus().is_some_and(|focus| focus.belief == Belief::Quadratic)
        && state.derived.run(state.selected).is_some_and(|run| run.recipe().optimizer.entry.second_order);
    [STEP, TRIALS, REACH].contains(&id) || asks_for_the_sheet && [BELIEVED, CARRIED].contains(&id)
}

/// What the map shows at least.
pub(super) fn frame_of(state: &State) -> MapFrame {
    state.view.map.unwrap_or_else(|| MapFrame::of(state.document.landscape.view()))
}

/// Whether the box seen in the last frame is the one that this frame asks for, filled up to the view's shape.
fn shows(visible: ViewBox, wanted: ViewBox) -> bool {
    let [centered, wide, high] = likeness(visible, wanted);
    centered && (wide || high)
}

/// Whether two boxes have their middle, their width and their height in common.
fn likeness(a: ViewBox, b: ViewBox) -> [bool; 3] {
    // What the plot makes of a box is off by the rounding of its middle.
    let slack = 1e-9 * b.size() + 8.0 * f64::EPSILON * b.center().coords.amax();
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
    Land,
}

fn interact(
    state: &State,
    ui: &Ui,
    response: &egui::Response,
    mapping: &Mapping,
    frame: MapFrame,
    commands: &mut Vec<Command>,
) {
    let start = state.derived.run(state.selected).map_or(state.document.start, |run| run.recipe().start);
    let near_start = |position: Pos2| mapping.position(start).distance(position) <= GRASP;
    let memory = Id::unique("map grip");
    if response.drag_started()
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let primary = response.dragged_by(PointerButton::Primary);
        let grip = if primary && near_start(origin) { Grip::Start } else { Grip::Land };
        ui.data_mut(|data| data.insert_temp(memory, grip));
    }
    if response.dragged() {
        match ui.data(|data| data.get_temp(memory)).unwrap_or(Grip::Land) {
            Grip::Start => commands
                .extend(response.interact_pointer_pos().map(|position| Command::MoveStart(mapping.point(position)))),
            Grip::Land => pan(response, mapping, frame, commands),
        }
    } else if response.clicked()
        && let Some(position) = response.interact_pointer_pos()
    {
        commands
            .push(touched_run(state, mapping, position).unwrap_or_else(|| Command::MoveStart(mapping.point(position))));
    }
    if let Some(position) = response.hover_pos() {
        let cursor = if near_start(position) { CursorIcon::Grab } else { CursorIcon::Crosshair };
        ui.ctx().set_cursor_icon(cursor);
        let turned = ui.input(|input| f64::from(input.smooth_scroll_delta.y) / 200.0)
            + ui.input(|input| f64::from(input.zoom_delta()).ln());
        if turned != 0.0 {
            commands.push(Command::SetMapFrame(frame.zoomed(turned.exp(), mapping.point(position))));
        }
    }
}

fn pan(response: &egui::Response, mapping: &Mapping, frame: MapFrame, commands: &mut Vec<Command>) {
    let delta = response.drag_delta();
    if delta == egui::Vec2::ZERO {
        return;
    }
    let middle = mapping.frame().center();
    let shift = mapping.point(middle) - mapping.point(middle + delta);
    commands.push(Command::SetMapFrame(MapFrame { center: frame.center + shift, ..frame }));
}

/// The run whose iterate is under the pointer, if it is not the selected one.
fn touched_run(state: &State, mapping: &Mapping, position: Pos2) -> Option<Command> {
    let others = state.document.cards.iter().filter(|card| card.id != state.selected && !card.hidden);
    others
        .filter_map(|card| Some((card.id, state.derived.run(card.id)?)))
        .find(|(_, run)| run.iterates().iter().any(|iterate| mapping.position(iterate.at).distance(position) <= TOUCH))
        .map(|(id, _)| Command::Select(id))
}

/// What is said of the critical point under the pointer.
fn touched_critical_point(state: &State, shown: &Shown) -> Option<String> {
    let position = shown.response.hover_pos().filter(|_| state.view.sees(CRITICAL))?;
    let distance = |point: &CriticalPoint| shown.mapping.position(point.at).distance(position);
    let points = state.derived.critical_points().iter().filter(|point| distance(point) <= TOUCH);
    let point = points.min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    let curvatures = match point.eigenvalues {
        Some([low, high]) => format!("λ₁ = {}, λ₂ = {}", number(low), number(high)),
        None => "the slope jumps here: there is no Hessian".to_owned(),
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

/// The weights under the pointer, where the map was in the last frame, and how many of them a point is wide and high.
fn pointer_on(mapping: &Mapping, ui: &Ui) -> Option<(Point, Vector)> {
    let (frame, view) = (mapping.frame(), mapping.view());
    let position = ui.ctx().pointer_hover_pos().filter(|_| ui.rect_contains_pointer(frame))?;
    let unit = Vector::new(view.width() / f64::from(frame.width()), view.height() / f64::from(frame.height()));
    (!ui.input(|input| input.pointer.any_down())).then(|| (mapping.point(position), unit))
}

/// The fold under the pointer.
fn touched_fold(state: &State, at: Point, unit: Vector) -> Option<Touched> {
    let reach = unit * f64::from(TOUCH * state.view.type_scale.factor());
    let is_seen = state.view.sees(FOLDS);
    let (folds, lines) = (state.derived.folds(), state.derived.fold_lines());
    is_seen.then(|| Touched::of(&state.document.landscape, folds, lines, at, reach)).flatten()
}

/// The folds that are lit: under the pointer, and those of the samples that are chosen or under the pointer.
fn lit_lines(state: &State, touched: Option<&Touched>, hovered: Option<usize>) -> Vec<usize> {
    let of = |sample| state.derived.lit_lines(&state.document.landscape, sample);
    touched.map(|touched| touched.line).into_iter().chain(of(state.sample())).chain(of(hovered)).collect()
}

/// What is said of the samples: which switch under the pointer and whose fold is lit, and for which the unit is on.
fn samples_told(state: &State, at: Point, canvases: &Canvases) -> String {
    let fold = canvases.touched.as_ref().map(|touched| format!(", under the pointer a fold: {}", touched.words));
    let lit = canvases.sample.or(state.sample()).filter(|_| state.view.sees(FOLDS)).and_then(|sample| {
        let lines = state.derived.lit_lines(&state.document.landscape, Some(sample));
        (!lines.is_empty()).then(|| format!(", lit is the fold of sample {}", sample + 1))
    });
    let pattern = pattern_words(&state.document.landscape, at).filter(|_| state.view.sees(PATTERN));
    let pattern = pattern.map(|words| format!(", the unit is {words}"));
    [fold, lit, pattern].into_iter().flatten().collect()
}

fn announcement(state: &State, pointer: Option<Point>, canvases: &Canvases) -> String {
    let name = state.document.landscape.name();
    let Some(focus) = state.derived.focus() else { return format!("Map of {name}") };
    let at = focus.iterate.at;
    let landing = focus.proposed().map_or_else(String::new, |step| {
        let to = at + step;
        format!(", next step to ({}, {})", coordinate(to.x), coordinate(to.y))
    });
    let fog = if state.view.in_fog() {
        format!(", in fog: known are {}", overlays::asked_words(focus.iterate.asked))
    } else {
        String::new()
    };
    let samples = samples_told(state, pointer.unwrap_or(at), canvases);
    format!(
        "Map of {name}: step {} at ({}, {}), loss {}{landing}{samples}{fog}",
        focus.index,
        coordinate(at.x),
        coordinate(at.y),
        number(focus.iterate.loss)
    )
}
