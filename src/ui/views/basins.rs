//! The basins: from every start of a region, where the selected run's method ends (color) and after how many steps (shade).
//!
//! The pointer shows the run from where it stands, a click starts there, and the wheel zooms in as far as numbers go.

mod legend;
mod picture;
mod still;

pub use still::{basins_still_size, basins_still_ui};

use egui::{CursorIcon, Label, Rect, RichText, TextureHandle, Ui, UiBuilder, vec2};

use super::Canvases;
use super::canvas::{announce, nothing, pane_title, zoom_factor};
use super::critical_mark::{MANY, critical_mark};
use crate::drawing::ink::{Ink, MarkerShape, Theme};
use crate::drawing::primitive::{Anchor, Pen, Places, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::{coordinate, coordinate_within, counted, grouped, number, plural, rough};
use crate::numbers::{Point, tolerance};
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::state::{BasinFacts, BasinLabel, Command, DocumentCommand, MapFrame, Pane, State, ViewCommand};
use crate::studies::{BasinEnd, BasinQuestion, Basins, Target, TargetKind, WalkedStart};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// A walk under the pointer costs no more than this, in evaluations of one sample each: about a millisecond.
const UNDER_POINTER: usize = 20_000;
/// The width of the legend beside the picture, in points at normal type.
const LEGEND: f32 = 164.0;
/// The least and the largest share of the height that the legend has below the picture.
const BELOW_PICTURE: [f32; 2] = [0.25, 0.42];
/// What the figures take beside the picture, about, in points at normal type.
const BESIDE: f32 = 40.0;
/// What the figures take below the picture, about, in points at normal type.
const BELOW: f32 = 22.0;
/// Between the edge of the picture and a text on it, in points at normal type.
const MARGIN: f32 = 12.0;
/// A basin whose largest square is not as wide as this has no number, in points at normal type.
const NUMBERED: f32 = 22.0;
/// A region less wide than this is not stretched to a square.
const SLIM: f64 = 4.0;

/// What the view keeps from frame to frame.
#[derive(Default)]
pub struct BasinCanvas {
    texture: Option<(TextureHandle, Theme, u64)>,
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
    /// The walk from the place under the pointer, and for what it was taken.
    walk: Option<(BasinQuestion, Point, Option<WalkedStart>)>,
}

/// Shows it in the room there is.
pub fn basins_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Basins, ui, commands, |_, _| {});
    let Some(basins) = state.derived.basin_map() else {
        let why = state.derived.no_basin_map().map_or_else(
            || "No basins: there is no run to take the method from".to_owned(),
            |refusal| format!("No basins: {refusal}"),
        );
        return nothing(ui, &why);
    };
    let canvas = &mut canvases.basins;
    let pointed = canvas
        .mapping
        .zip(ui.ctx().pointer_hover_pos())
        .and_then(|(mapping, position)| mapping.frame().contains(position).then(|| mapping.point(position)));
    canvas.follow_pointer(basins, pointed);
    // Where the room is wider than high the legend stands beside the picture, else below it.
    let room = ui.available_rect_before_wrap();
    let scale = theme::factor_in(ui);
    let column = (LEGEND * scale).min(0.5 * room.width());
    let (picture, words) = if room.width() - column > 0.8 * room.height() {
        // No wider than it can fill, so that figures and legend stand at its edges.
        let view = basins.question().view;
        let shape = (view.width() / view.height()) as f32;
        let fills = if is_square(view) { shape * room.height() + BESIDE * scale } else { f32::INFINITY };
        let (left, words) = room.split_left_right_at_x(room.left() + fills.min(room.width() - column));
        // And no higher, so that the figures stand below it.
        let high = (left.width() - BESIDE * scale) / shape + BELOW * scale;
        let high = if is_square(view) { high.min(left.height()) } else { left.height() };
        (left.with_max_y(left.top() + high), words)
    } else {
        let [least, most] = BELOW_PICTURE.map(|share| share * room.height());
        let words = legend::height(&Look::of(state, ui), basins, room.width(), ui).clamp(least, most);
        room.split_top_bottom_at_y(room.bottom() - words)
    };
    let look = Look::of(state, ui);
    let generation = state.derived.basin_generation();
    let start = Some(state.document.start);
    let show = |ui: &mut Ui| canvas.show(&look, basins, (generation, start), ui);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(picture), show).inner;
    canvas.mapping = Some(shown.mapping);
    if let Some(why) = undecided_words(basins) {
        over_ui(&why, shown.mapping.frame(), ui);
    }
    announce(&shown.response, || announcement(state, basins));
    interact(state, canvas, &shown, ui, commands);
    ui.scope_builder(UiBuilder::new().max_rect(words.shrink2(vec2(6.0, 0.0))), |ui| {
        ui.set_clip_rect(words);
        let region = if state.view.scene.basins.is_some() { legend::Region::Part } else { legend::Region::Whole };
        legend::legend_ui(&look, basins, region, ui, commands);
    });
}

/// How the basins are drawn.
struct Look<'a> {
    theme: Theme,
    /// What widths and marks are multiplied with.
    scale: f32,
    facts: &'a BasinFacts,
}

impl<'a> Look<'a> {
    /// The look in the window.
    fn of(state: &'a State, ui: &Ui) -> Self {
        Self { theme: state.view.chrome.theme, scale: theme::factor_in(ui), facts: state.derived.basin_facts() }
    }
}

/// A text in the middle of the picture.
fn over_ui(text: &str, frame: Rect, ui: &mut Ui) {
    let room = frame.shrink(MARGIN * theme::factor_in(ui));
    ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
        theme::card(ui.style()).show(ui, |ui| ui.add(Label::new(RichText::new(text).small()).wrap()));
    });
}

impl BasinCanvas {
    /// The walk from the place under the pointer, taken again only when that place changes.
    fn follow_pointer(&mut self, basins: &Basins, pointed: Option<Point>) {
        let is_other = |(question, at, _): &(BasinQuestion, Point, Option<WalkedStart>)| {
            Some(*at) != pointed || question != basins.question()
        };
        if self.walk.as_ref().is_none_or(is_other) {
            let within = |at: &Point| basins.question().cell_of(*at).is_some();
            self.walk =
                pointed.filter(within).map(|at| (basins.question().clone(), at, basins.walk_from(at, UNDER_POINTER)));
        }
    }

    /// The picture as it was found by then, with the start of the runs.
    fn show(
        &mut self,
        look: &Look<'_>,
        basins: &Basins,
        (generation, start): (u64, Option<Point>),
        ui: &mut Ui,
    ) -> FlatResponse {
        let theme = look.theme;
        if self.texture.as_ref().is_none_or(|(_, painted, of)| (*painted, *of) != (theme, generation)) {
            let image = picture::image(basins, look.facts.steps, theme);
            let texture = ui.ctx().load_texture("basins", image, egui::TextureOptions::NEAREST);
            self.texture = Some((texture, theme, generation));
        }
        let view = basins.question().view;
        FlatView {
            equal_scales: is_square(view),
            background: self.texture.as_ref().map(|(texture, ..)| (texture.id(), view)),
            // So far in that all numbers begin alike the legend says with what.
            axes: if is_deep(view) { Axes::Offsets } else { Axes::Both },
            ..FlatView::chart("basins", view, self.primitives(look, basins, start), (theme, look.scale))
        }
        .show(ui)
    }

    /// The numbers of the basins that have room for one, where colors are shared.
    fn labels(&self, look: &Look<'_>) -> Vec<Primitive<'static>> {
        let Some(mapping) = &self.mapping else { return Vec::new() };
        let width = |side: f64| (side * f64::from(mapping.frame().width()) / mapping.view().width()) as f32;
        let wide = look.facts.labels.iter().filter(|label| width(label.side) >= NUMBERED * look.scale);
        let text = |label: &BasinLabel| {
            let (at, text) = (label.at, label.number.to_string());
            Primitive::Text { at, text, ink: Ink::Truth, anchor: Anchor::Center, strong: true }
        };
        wide.map(text).collect()
    }

    /// The targets, the start of the runs, and the walk under the pointer.
    fn primitives(&self, look: &Look<'_>, basins: &Basins, start: Option<Point>) -> Vec<Primitive<'static>> {
        let view = basins.question().view;
        let mut out = Vec::new();
        let seen: Vec<_> = basins.targets().iter().filter(|target| view.contains(target.at)).collect();
        if seen.len() <= MANY {
            for target in seen {
                let kind = if let TargetKind::Point(kind) = target.kind { Some(kind) } else { None };
                out.push(critical_mark(self.mapping.as_ref(), kind, target.at));
            }
        }
        out.extend(self.labels(look));
        let pen = Pen::new(Ink::Accent, 2.0).with_halo(1.0);
        out.extend(start.map(|start| Primitive::mark(start, MarkerShape::Circle, 6.0, pen, false)));
        out.extend(self.walk());
        out
    }

    /// The walk from the place under the pointer: the map shows it, too, where it leaves the picture.
    pub(super) fn walk(&self) -> Vec<Primitive<'static>> {
        let Some((_, at, Some(walk))) = &self.walk else { return Vec::new() };
        let pen = Pen::new(Ink::Truth, 1.6).with_halo(1.2);
        let line = Primitive::Line { places: Places::Own(walk.path.clone()), pen };
        vec![line, Primitive::mark(*at, MarkerShape::Circle, 4.0, pen, true)]
    }
}

/// Why the picture has one color only, with a way out; `None` where some start is decided.
fn undecided_words(basins: &Basins) -> Option<String> {
    let question = basins.question();
    let steps = counted(question.steps, "step");
    let took = basins
        .forerunners()
        .map_or_else(String::new, |first| format!(", which {first} took, the others {}", grouped(basins.allowed())));
    let advice = if question.optimizer.is_random() {
        "Random gradients let no run rest: lower the noise, or let the rate fall by a schedule."
    } else {
        "Raise the rate if the runs are slow, lower it if they oscillate."
    };
    basins.are_all_undecided().then(|| {
        format!(
            "No start is decided within {steps}{took}: after them ‖∇f‖ is still above {}. {advice}",
            rough(question.tolerance)
        )
    })
}

/// Whether both axes have one scale.
fn is_square(view: ViewBox) -> bool {
    (1.0 / SLIM..=SLIM).contains(&(view.width() / view.height()))
}

/// Whether figures along the axes would differ in their last digits only.
pub(super) fn is_deep(view: ViewBox) -> bool {
    /// As a share of the larger coordinate.
    const DEEP: f64 = 1e-4;
    let center = view.center();
    view.size() < DEEP * center.x.abs().max(center.y.abs())
}

/// The wheel zooms, a drag moves the region, a click starts there, and the pointer says where the method ends from there.
fn interact(state: &State, canvas: &BasinCanvas, shown: &FlatResponse, ui: &Ui, commands: &mut Vec<Command>) {
    let (response, mapping) = (&shown.response, &shown.mapping);
    let frame = MapFrame::of(state.view.scene.basin_frame(&state.document.landscape));
    if response.dragged() && response.drag_delta() != egui::Vec2::ZERO {
        let middle = mapping.frame().center();
        let shift = mapping.point(middle) - mapping.point(middle + response.drag_delta());
        let moved = MapFrame { center: frame.center + shift, ..frame };
        commands.push(Command::View(ViewCommand::SetBasinFrame(Some(moved))));
    } else if response.clicked()
        && let Some(position) = response.interact_pointer_pos()
    {
        commands.push(Command::Document(DocumentCommand::MoveStart(mapping.point(position))));
    }
    let Some(position) = response.hover_pos() else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    if let Some(factor) = zoom_factor(ui) {
        let zoomed = frame.zoomed_deep(factor, mapping.point(position));
        commands.push(Command::View(ViewCommand::SetBasinFrame(Some(zoomed))));
    }
    if let (Some((_, at, walk)), Some(basins)) = (&canvas.walk, state.derived.basin_map()) {
        response.clone().hint_beside(words_of_walk(*at, walk.as_ref(), basins));
    }
}

/// Where the method ends from the place under the pointer.
fn words_of_walk(at: Point, walk: Option<&WalkedStart>, basins: &Basins) -> String {
    // As many digits as tell a start from its neighbor.
    let question = basins.question();
    let apart = question.view.width().min(question.view.height()) / question.size[0].max(question.size[1]) as f64;
    let from = format!("from ({}, {})", coordinate_within(at.x, apart), coordinate_within(at.y, apart));
    // Where the walk is too long to be taken under the pointer: what its cell came to.
    let cell = || question.cell_of(at).and_then(|[column, row]| basins.cell(column, row));
    let end = walk.map(|walk| (walk.end, walk.steps)).or_else(|| cell().map(|cell| (cell.end, cell.steps)));
    let Some((end, steps)) = end else { return format!("{from}: not walked yet") };
    let after = format!("after {} {}", grouped(steps), plural(steps, "step"));
    match end {
        BasinEnd::Target(target) => {
            let [place, loss] = words_of_target(&basins.targets()[target]);
            format!("{from}\n{place} {after}\n{loss}")
        }
        BasinEnd::Diverged => format!("{from}\ndiverges, {after} beyond all bounds"),
        BasinEnd::Undecided => format!("{from}\nat no critical point {after}"),
        BasinEnd::Cycle => format!("{from}\nends in a two-cycle"),
        BasinEnd::Undefined => format!("{from}\nundefined: there is no step, or the loss has no value where it leads"),
    }
}

/// What a target is and where it is, and its loss.
fn words_of_target(target: &Target) -> [String; 2] {
    let [x, y] = [target.at.x, target.at.y].map(coordinate);
    // A loss that is nothing but roundings is 0.
    let loss = number(if target.value.abs() < tolerance::ROUNDED { 0.0 } else { target.value });
    [format!("{} at ({x}, {y})", target.kind.word()), format!("loss {loss}")]
}

/// All of it in words.
fn announcement(state: &State, basins: &Basins) -> String {
    let question = basins.question();
    let [width, height] = question.size;
    let method = question.optimizer.entry.name;
    let name = state.document.landscape.name();
    let ends = legend::entries(basins, &state.derived.basin_facts().labels)
        .into_iter()
        .map(|entry| entry.words)
        .collect::<Vec<_>>()
        .join("; ");
    let progress =
        if basins.is_finished() { String::new() } else { format!(", {} of them so far", grouped(basins.walked())) };
    format!("Basins of {method} on {name} from {width} by {height} starts{progress}: {ends}")
}
