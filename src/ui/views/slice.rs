//! The slice: loss, tangent line and quadratic model along the step; dragging the landing changes the rate from this step on.

use egui::{CursorIcon, Id, Ui};

use super::Canvases;
use super::canvas::{announce, look, nothing, pane_title};
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::network_models::{NetworkModel, network_models};
use crate::drawing::overlays::GAP;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::slice::{Sight, Slice, slice};
use crate::numbers::numerals::change;
use crate::numbers::{Point, Vector};
use crate::render::context::shown_step;
use crate::render::flat::{FlatResponse, FlatView, Mapping};
use crate::run::StepAnalysis;
use crate::state::{CardId, Command, Pane, RunCommand, State};
use crate::ui::theme;

/// A drag that begins this near the landing, in points, moves it.
const GRASP: f32 = 18.0;

/// A drag of the landing: the run, its rate when the drag began, and where along the step the pointer is.
#[derive(Clone, Copy, Default)]
struct Drag {
    card: CardId,
    rate: Option<f64>,
    share: f64,
}

/// Where the drag is remembered.
fn memory() -> Id {
    Id::unique("slice drag")
}

/// What the slice keeps from frame to frame.
#[derive(Default)]
pub struct SliceCanvas {
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows the slice in the room there is.
pub fn slice_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Slice, ui, commands, |_, _| {});
    let drag: Option<Drag> = ui.data(|data| data.get_temp(memory())).filter(|drag: &Drag| drag.card == state.selected);
    let analysis = state.derived.analysis();
    // While the landing is dragged, the axis stays in units of the step as it was when the drag began.
    let unit = drag.filter(|drag| drag.rate.is_some()).map_or(1.0, |drag| drag.share);
    let network = analysis.map_or_else(Vec::new, |analysis| other_models(state, analysis));
    let cut = analysis.and_then(|analysis| slice(&state.document.landscape, analysis, sight(state, &network), unit));
    let (Some(analysis), Some(mut cut)) = (analysis, cut) else {
        return nothing(ui, &no_step(analysis));
    };
    if let Some(drag) = drag.filter(|drag| drag.rate.is_none() && !state.view.in_fog()) {
        what_if(state, analysis, drag.share, &mut cut);
    }
    let caption = match state.derived.bridge() {
        Some(_) => "share of the step; s(Δ), δ*(Δ): Δ as a share of its length",
        None => "share of the step: 0 at w, 1 at its end",
    };
    captioned(ui, caption, |ui| {
        let shown = show(state, ui, &cut);
        canvases.slice.mapping = Some(shown.mapping);
        announce(&shown.response, || announcement(state, analysis));
        interact(state, ui, &shown, &cut, commands);
    });
}

/// A picture with a line of words below it.
fn captioned(ui: &mut Ui, caption: &str, picture: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        let height = ui.text_style_height(&egui::TextStyle::Small) + 4.0;
        ui.set_height(ui.available_height());
        let room = egui::vec2(ui.available_width(), (ui.available_height() - height).max(1.0));
        ui.allocate_ui(room, picture);
        ui.vertical_centered(|ui| ui.label(theme::muted(caption).text_style(egui::TextStyle::Small)));
    });
}

/// The parts of the slice that may be shown.
fn sight<'a>(state: &'a State, network: &'a [NetworkModel]) -> Sight<'a> {
    Sight {
        gap: state.view.shows(GAP),
        local_models: !shown_step(state).has_no_plane(),
        queries: state.derived.queries(),
        network,
        bridge: state.derived.bridge(),
    }
}

/// The quadratic models of Gauss–Newton and Fisher, where they are shown; without those that are drawn already.
fn other_models(state: &State, analysis: &StepAnalysis) -> Vec<NetworkModel> {
    let own = if analysis.own_matrix_name.is_some() { "the method's model" } else { "the quadratic" };
    let drawn = vec![(own, analysis.assumed.hessian), ("the quadratic with H", analysis.model.hessian)];
    network_models(analysis, state.derived.curvature_matrices(), |id| state.view.sees(id), drawn)
}

fn no_step(analysis: Option<&StepAnalysis>) -> String {
    let Some(analysis) = analysis else { return "No step: the loss has no value at the start".to_owned() };
    match &analysis.replayed.step {
        Err(why) => format!("No slice: {why}"),
        Ok(step) if step.proposed == Vector::zeros() => "No slice: the step has length 0".to_owned(),
        Ok(_) => "No slice: the predicted change is too large for numbers".to_owned(),
    }
}

fn show(state: &State, ui: &mut Ui, cut: &Slice) -> FlatResponse {
    FlatView::chart("slice", cut.view, cut.primitives.clone(), look(state, ui)).show(ui)
}

/// The landing that a method without a rate would have: drawn, and nothing changed.
fn what_if(state: &State, analysis: &StepAnalysis, share: f64, cut: &mut Slice) {
    let Some(step) = analysis.proposed() else { return };
    let value = state.document.landscape.loss().value(analysis.model.at + step * share);
    let at = Point::new(share, value);
    cut.primitives.push(Primitive::mark(
        at,
        MarkerShape::Diamond,
        6.0,
        Pen::new(Ink::Truth, 2.0).with_halo(1.0),
        false,
    ));
    let text = format!("what if: {}", change(value - analysis.model.value));
    cut.primitives.push(Primitive::text(at, text, Ink::Truth, Anchor::Bottom));
}

fn interact(state: &State, ui: &Ui, shown: &FlatResponse, cut: &Slice, commands: &mut Vec<Command>) {
    let response = &shown.response;
    let near = |position: egui::Pos2| shown.mapping.position(cut.landing).distance(position) <= GRASP;
    if response.hover_pos().is_some_and(near) {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if response.drag_started() && ui.input(|input| input.pointer.press_origin()).is_some_and(near) {
        let rate = rate_parameter(state).map(|(_, rate)| rate);
        ui.data_mut(|data| data.insert_temp(memory(), Drag { card: state.selected, rate, share: 1.0 }));
    }
    if response.drag_stopped() || !response.dragged() {
        if !response.drag_started() {
            ui.data_mut(|data| data.remove_temp::<Drag>(memory()));
        }
        return;
    }
    let Some(mut drag) = ui.data(|data| data.get_temp::<Drag>(memory())) else { return };
    let Some(position) = response.interact_pointer_pos() else { return };
    drag.share = shown.mapping.point(position).x.clamp(0.01, cut.view.x[1]);
    ui.data_mut(|data| data.insert_temp(memory(), drag));
    if let (Some(rate), Some((parameter, _))) = (drag.rate, rate_parameter(state)) {
        commands.push(Command::Runs(RunCommand::SetParameterFromHere {
            card: drag.card,
            parameter,
            value: rate * drag.share,
        }));
    }
}

/// The selected run's learning rate at the playhead, and its parameter.
fn rate_parameter(state: &State) -> Option<(usize, f64)> {
    let card = state.document.cards.iter().find(|card| card.id == state.selected)?;
    let parameter = card.optimizer.entry.rate_index()?;
    let step = state.derived.analysis()?.index;
    Some((parameter, state.document.parameters_at(card, step)[parameter]))
}

fn announcement(state: &State, analysis: &StepAnalysis) -> String {
    if state.view.in_fog() {
        return "Slice along the step: the loss is in fog".to_owned();
    }
    let Some(prediction) = analysis.change else { return "Slice along the step".to_owned() };
    let step = analysis.proposed().unwrap_or_else(Vector::zeros);
    let others = other_models(state, analysis).into_iter().map(|local_model| match local_model.model {
        Some(model) => format!(", {} {}", local_model.words, change(model.quadratic(step))),
        None => format!(", {}", local_model.words),
    });
    format!(
        "Slice along the step: plane {}, {} {}, loss {}, error {}{}",
        change(prediction.linear),
        if analysis.own_matrix_name.is_some() { "method's model" } else { "quadratic" },
        change(prediction.quadratic),
        change(prediction.actual),
        change(prediction.gap(analysis.order)),
        others.collect::<String>()
    )
}
