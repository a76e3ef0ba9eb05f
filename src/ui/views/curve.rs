//! The curve of a loss of one weight, instead of the map: f above with the strip of the method's basins, f′ below.

mod strip;

use egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Response, Ui, UiBuilder, vec2};

use super::canvas::{Hover, announce, pane_title, zoom_factor};
use super::guessing::takes_guess;
use super::inside::caption_ui as inside_ui;
use super::map::frame_of;
use super::{Canvases, paths};
use crate::drawing::compose::{Chart, InsideStep};
use crate::drawing::curve::{CurveChart, slope_chart, value_chart};
use crate::drawing::overlays::{self, CRITICAL, OverlayId};
use crate::drawing::page_scale::PageScale;
use crate::drawing::{OverlayContext, draw_guesses};
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::{Point, Vector};
use crate::render::context::overlay_context;
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::render::guesses::guess_marks;
use crate::render::layers::Fonts;
use crate::state::{Command, DocumentCommand, MapFrame, Pane, RunCommand, State, ViewCommand};
use crate::ui::panels::{has_room_beside_show, show_menu_ui};
use crate::ui::widgets::hint::Hint as _;

/// The share of the room that f has; f′ has the rest.
const VALUE: f32 = 0.62;
/// Between the two, in points.
const GAP: f32 = 6.0;
/// Less room than this in height, in points at normal type, and f stands alone; less than the second, and its x axis is the one
/// below f′.
const ROOM_FOR_SLOPE: [f32; 2] = [110.0, 300.0];
/// A drag that begins this near the start, in points, moves it.
const GRASP: f32 = 14.0;
/// A click this near an iterate of another run, in points, selects that run.
const TOUCH: f32 = 6.0;

/// What the curve keeps from frame to frame.
#[derive(Default)]
pub struct CurveCanvas {
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows the curve in the room there is.
pub fn curve_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Map, ui, commands, |ui, commands| {
        let help = "Shows the landscape's whole interval (0)";
        if has_room_beside_show("Fit", ui) && ui.small_button("Fit").hint(help).clicked() {
            commands.push(Command::View(ViewCommand::Fit));
        }
        show_menu_ui(state, ui, commands);
        if state.view.in_fog() && ui.small_button("Lift fog").hint("Shows the loss again (9)").clicked() {
            commands.push(Command::View(ViewCommand::ToggleOverlay(overlays::FOG)));
        }
    });
    let frame = frame_of(state);
    let scale = state.view.chrome.type_scale.factor();
    let caption = ui.text_style_height(&egui::TextStyle::Small) + 4.0;
    let mut room = ui.available_rect_before_wrap();
    room.max.y -= caption;
    let [two, roomy] = ROOM_FOR_SLOPE.map(|least| room.height() > least * scale);
    let (upper, lower) = if two { halves(room) } else { (room, None) };
    let axes = if two && !roomy { Axes::Upright } else { Axes::Both };
    let sizes = [Some(upper), lower].map(|rect| rect.map_or([1.0; 2], |rect| size(rect, scale)));
    let context = overlay_context(state, paths(state), frame.view_box(), page_scale(frame, sizes[0]));
    let sees = |id: OverlayId| state.view.sees(id);
    let inside =
        state.view.scene.inside.map(|inside| InsideStep { substeps: state.derived.substeps(), place: inside.place });
    let mut value = value_chart(&context, sizes[0], &sees, state.derived.line_basins(), inside);
    if let Some(marks) = guess_marks(state) {
        // Names keep their distance on this page.
        let scale = PageScale::filling(value.view, sizes[0]);
        let on_page =
            OverlayContext { view: value.view, scale, ..overlay_context(state, Vec::new(), value.view, scale) };
        draw_guesses(&marks, &on_page, |at| on_curve(state, at), &mut value.primitives);
    }
    let slope = lower.map(|_| slope_chart(&context, sizes[1], &sees));
    let left = left_of([Some(&value), slope.as_ref()], upper, ui);
    let shown = chart_ui(state, ("curve", upper, left, axes), value, ui);
    announce(&shown.response, || announcement(state, &context));
    inside_ui(state, &shown.mapping, ui);
    interact(state, ui, &shown, frame, commands);
    hover_text(state, &shown);
    let mut over = hovered(state, &shown);
    if let (Some(slope), Some(rect)) = (slope, lower) {
        let shown = chart_ui(state, ("slope of the curve", rect, left, Axes::Both), slope, ui);
        announce(&shown.response, || "The slope f′ of the curve".to_owned());
        pan_and_zoom(ui, &shown.response, &shown.mapping, frame, commands);
        over = over.or_else(|| hovered(state, &shown));
    }
    canvases.hover = over;
    canvases.curve.mapping = Some(shown.mapping);
    strip::key_ui(state, room, ui);
}

/// A place of the axis, on the curve above it.
fn on_curve(state: &State, at: Point) -> Point {
    Point::new(at.x, state.document.landscape.loss().value(Point::new(at.x, state.document.start.y)))
}

fn halves(room: Rect) -> (Rect, Option<Rect>) {
    let (upper, lower) = room.split_top_bottom_at_fraction(VALUE);
    (upper, Some(Rect::from_min_max(lower.min + vec2(0.0, GAP), lower.max)))
}

/// In points at normal type: marks and the distances beside them grow with the type.
fn size(rect: Rect, scale: f32) -> [f64; 2] {
    [rect.width(), rect.height()].map(|side| f64::from((side / scale).max(1.0)))
}

fn page_scale(frame: MapFrame, size: [f64; 2]) -> PageScale {
    PageScale::filling(frame.view_box(), size)
}

/// How far to the left of their frames the figures of the charts reach: the same for both, so that x is at one place.
fn left_of(charts: [Option<&CurveChart>; 2], rect: Rect, ui: &Ui) -> f32 {
    let frame = |chart: &CurveChart| {
        let chart = Chart { view: chart.view, equal_scales: false, axes: Axes::Both };
        chart.laid(rect, &Fonts(ui)).frame().left()
    };
    charts.into_iter().flatten().map(frame).fold(rect.left(), f32::max)
}

/// A chart whose frame begins at `left`.
fn chart_ui(
    state: &State,
    (id, rect, left, axes): (&'static str, Rect, f32, Axes),
    chart: CurveChart,
    ui: &mut Ui,
) -> FlatResponse {
    let own = {
        let laid = Chart { view: chart.view, equal_scales: false, axes };
        laid.laid(rect, &Fonts(ui)).frame().left()
    };
    let rect = Rect::from_min_max(rect.min + vec2((left - own).max(0.0), 0.0), rect.max);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
    let look = (state.view.chrome.theme, state.view.chrome.type_scale.factor());
    FlatView { axes, ..FlatView::chart(id, chart.view, chart.primitives, look) }.show(&mut inside)
}

/// What a drag that is under way moves.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    Start,
    Curve,
}

fn interact(state: &State, ui: &Ui, shown: &FlatResponse, frame: MapFrame, commands: &mut Vec<Command>) {
    let (response, mapping) = (&shown.response, &shown.mapping);
    let along = |position: Pos2| Some(Point::new(mapping.point(position).x, state.document.start.y));
    if takes_guess(state, response, ui, along, commands) {
        return;
    }
    let start = state.derived.run(state.selected).map_or(state.document.start, |run| run.recipe().start);
    let on_curve = Point::new(start.x, state.document.landscape.loss().value(start));
    let near_start = |position: Pos2| mapping.position(on_curve).distance(position) <= GRASP;
    let move_to = |position: Pos2| {
        let at = Point::new(mapping.point(position).x, start.y);
        Command::Document(DocumentCommand::MoveStart(at))
    };
    let memory = Id::unique("curve grip");
    if response.drag_started()
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let is_start = response.dragged_by(PointerButton::Primary) && near_start(origin);
        ui.data_mut(|data| data.insert_temp(memory, if is_start { Grip::Start } else { Grip::Curve }));
    }
    let grip = ui.data(|data| data.get_temp(memory)).unwrap_or(Grip::Curve);
    if response.dragged() && grip == Grip::Start {
        commands.extend(response.interact_pointer_pos().map(move_to));
    } else if response.clicked()
        && let Some(position) = response.interact_pointer_pos()
    {
        commands.push(touched_run(state, mapping, position).unwrap_or_else(|| move_to(position)));
    }
    if let Some(position) = response.hover_pos() {
        let cursor = if near_start(position) { CursorIcon::ResizeHorizontal } else { CursorIcon::Crosshair };
        ui.ctx().set_cursor_icon(cursor);
    }
    if !(response.dragged() && grip == Grip::Start) {
        pan_and_zoom(ui, response, mapping, frame, commands);
    }
}

/// Along x alone: the height follows the curve.
fn pan_and_zoom(ui: &Ui, response: &Response, mapping: &Mapping, frame: MapFrame, commands: &mut Vec<Command>) {
    let delta = response.drag_delta();
    if response.dragged() && delta.x != 0.0 {
        let middle = mapping.frame().center();
        let by = (mapping.point(middle) - mapping.point(middle + delta)).x;
        let center = frame.center + Vector::new(by, 0.0);
        commands.push(Command::View(ViewCommand::SetMapFrame(MapFrame { center, ..frame })));
    }
    if let Some((position, factor)) = response.hover_pos().zip(zoom_factor(ui)) {
        let about = Point::new(mapping.point(position).x, frame.center.y);
        commands.push(Command::View(ViewCommand::SetMapFrame(frame.zoomed(factor, about))));
    }
}

/// The run whose iterate is under the pointer, if it is not the selected one.
fn touched_run(state: &State, mapping: &Mapping, position: Pos2) -> Option<Command> {
    let others = state.document.cards.iter().filter(|card| card.id != state.selected && !card.hidden);
    let is_touched = |at: Point| mapping.position(at).distance(position) <= TOUCH;
    others
        .filter_map(|card| Some((card.id, state.derived.run(card.id)?)))
        .find(|(_, run)| run.iterates().iter().any(|iterate| is_touched(Point::new(iterate.at.x, iterate.loss))))
        .map(|(id, _)| Command::Runs(RunCommand::Select(id)))
}

/// The loss on the curve over the pointer.
fn hovered(state: &State, shown: &FlatResponse) -> Option<Hover> {
    let position = shown.response.hover_pos().filter(|_| !state.view.in_fog())?;
    Some(Hover::over(state, Point::new(shown.mapping.point(position).x, state.document.start.y)))
}

/// The text on the critical point, or on the start in the strip, under the pointer.
fn hover_text(state: &State, shown: &FlatResponse) {
    let Some(position) = shown.response.hover_pos().filter(|_| !state.view.in_fog()) else { return };
    let text = critical_text(state, &shown.mapping, position).or_else(|| strip::text(state, &shown.mapping, position));
    if let Some(text) = text {
        shown.response.clone().hint_at_pointer(text);
    }
}

fn critical_text(state: &State, mapping: &Mapping, position: Pos2) -> Option<String> {
    /// The mark stands beside the curve.
    const REACH: f32 = 16.0;
    let points = state.marked_critical_points().iter().filter(|_| state.view.sees(CRITICAL));
    let distance = |at: Point| mapping.position(at).distance(position);
    let near = points.map(|point| (distance(Point::new(point.at.x, point.value)), point));
    let (_, point) = near.filter(|(away, _)| *away <= REACH).min_by(|a, b| a.0.total_cmp(&b.0))?;
    let curvature = match point.eigenvalues {
        Some([only, _]) => format!("f″ = {}", number(only)),
        None => "the slope jumps here: there is no f″".to_owned(),
    };
    Some(format!("{}\nx = {}\nloss {}\n{curvature}", point.name(), coordinate(point.at.x), number(point.value)))
}

fn announcement(state: &State, context: &OverlayContext<'_>) -> String {
    let name = state.document.landscape.name();
    let fog = if state.view.in_fog() { ", in fog" } else { "" };
    let Some(analysis) = context.step.analysis else { return format!("Curve of {name}{fog}") };
    let iterate = analysis.iterate;
    format!(
        "Curve of {name}: step {} at x = {}, loss {}, slope {}{fog}",
        analysis.index,
        coordinate(iterate.at.x),
        number(iterate.loss),
        number(iterate.gradient.x)
    )
}
