//! A view in its box: which function paints it, and the measures that boxes share.

use egui::{Frame, Margin, Rect, Ui, UiBuilder, vec2};

use super::panels::{curvature_ui, lessons_ui, rule_ui};
use super::theme;
use super::views::{
    Canvases, axes, basins, circle, compare, curve, data, depth, fog, graph, loss, map, memory, pane_title, predict,
    slice, starts, surface, sweep,
};
use crate::state::{Command, Pane, State, WindowCommand};

/// Between panels, in points.
pub(super) const GAP: f32 = 8.0;
/// From this height on, in points at normal type, the window has room for all of its parts.
pub(super) const ROOM_FOR_ALL: f32 = 560.0;

/// The frame of [`boxed`].
pub(super) fn frame_of_box(ui: &Ui) -> Frame {
    theme::panel(ui.style()).inner_margin(Margin::symmetric(12, 8))
}

/// Fills the room with a panel's frame and shows the contents in it, cut at its edge.
pub(super) fn boxed(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let frame = frame_of_box(ui);
    let room = ui.available_size() - frame.total_margin().sum();
    frame.show(ui, |ui| {
        ui.set_min_size(room.max(vec2(0.0, 0.0)));
        ui.set_max_size(room.max(vec2(0.0, 0.0)));
        contents(ui);
    });
}

/// A view in its box, or what stands for it while it is hidden.
pub(super) fn pane_in(
    state: &State,
    canvases: &mut Canvases,
    pane: Pane,
    rect: Rect,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    if ui.rect_contains_pointer(rect) && state.view.chrome.pointed != pane {
        commands.push(Command::Window(WindowCommand::PointAt(pane)));
    }
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(pane), |ui| {
        boxed(ui, |ui| match pane {
            _ if state.held_step().is_some() && !pane.is_seen_while_asked() => {
                predict::hidden_ui(state, pane, ui, commands);
            }
            _ if state.view.in_fog() && !pane.is_seen_in_fog() => fog::fog_ui(state, pane, ui, commands),
            Pane::Map if state.document.landscape.dimension().is_one() => {
                curve::curve_ui(state, canvases, ui, commands);
            }
            Pane::Map => map::map_ui(state, canvases, ui, commands),
            Pane::Surface => surface::surface_ui(state, canvases, ui, commands),
            Pane::Lessons => {
                pane_title(state, pane, ui, commands, |_, _| {});
                lessons_ui(state, ui, commands);
            }
            Pane::Curvature => {
                pane_title(state, pane, ui, commands, |_, _| {});
                curvature_ui(state, ui, commands);
            }
            Pane::Rule => {
                pane_title(state, pane, ui, commands, |_, _| {});
                rule_ui(state, ui, commands);
            }
            Pane::Slice => slice::slice_ui(state, canvases, ui, commands),
            Pane::Loss => loss::loss_ui(state, canvases, ui, commands),
            Pane::Compare => compare::compare_ui(state, canvases, ui, commands),
            Pane::Circle => circle::circle_ui(state, canvases, ui, commands),
            Pane::Basins => basins::basins_ui(state, canvases, ui, commands),
            Pane::Sweep => sweep::sweep_ui(state, canvases, ui, commands),
            Pane::Axes => axes::axes_ui(state, canvases, ui, commands),
            Pane::Starts => starts::starts_ui(state, ui, commands),
            Pane::Momentum => memory::memory_ui(state, canvases, ui, commands),
            Pane::Data => data::data_ui(state, canvases, ui, commands),
            Pane::Graph => graph::graph_ui(state, canvases, ui, commands),
            Pane::Depth => depth::depth_ui(state, canvases, ui, commands),
        });
    });
}
