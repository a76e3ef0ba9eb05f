//! The depth of the depth lab: how far straight downhill the local models are valid at every number of layers; a click chooses one.

use egui::{CursorIcon, Label, RichText, TextStyle, Ui, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, look, nothing, pane_title};
use crate::analysis::AtDepth;
use crate::drawing::depth_plot::{DepthPlot, DepthPlotInput, depth_plot, description, layers_index};
use crate::drawing::ink::run_style;
use crate::landscapes::networks::Data;
use crate::numbers::numerals::{brief, grouped, number, percent};
use crate::render::flat::{Axes, FlatResponse, FlatView, Mapping};
use crate::run::StepAnalysis;
use crate::state::{Command, DEPTHS, DocumentCommand, Pane, State, layers_of, looked_at};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// From this width and height on, in points at normal type, words are written out.
const ROOMY: [f32; 2] = [480.0, 300.0];

/// The least height of the plot, at normal type: words that would leave it less are left out, from below.
const LEAST: f32 = 96.0;

/// What the depth view keeps from frame to frame.
#[derive(Default)]
pub struct DepthCanvas {
    /// Where things were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows it in the room there is.
pub fn depth_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Depth, ui, commands, |_, _| {});
    let (Some(analysis), Some(chosen)) = (state.derived.analysis(), layers_of(&state.document.landscape)) else {
        return nothing(ui, "No validity radius: the loss has no value at the start");
    };
    let depths: Vec<AtDepth> = state.derived.depths().copied().collect();
    let style = state.document.cards.iter().find(|card| card.id == state.selected).map(|card| run_style(card.style).0);
    let under_pointer = canvases.depth.mapping.zip(ui.ctx().pointer_hover_pos());
    let input = DepthPlotInput {
        depths: &depths,
        range: DEPTHS,
        chosen,
        pointed: under_pointer.and_then(|(mapping, position)| layers_at(&mapping, position)),
        step: length(analysis).zip(style),
        shrank: state.derived.shrinks_at_start(),
        names: f64::from(names_width(ui) / ui.available_width().max(1.0)),
    };
    let large = state.view.chrome.maximized == Some(Pane::Depth);
    let scale = theme::factor_in(ui);
    let roomy = ui.available_width() > ROOMY[0] * scale && ui.available_height() > ROOMY[1] * scale;
    let style = if large { TextStyle::Body } else { TextStyle::Small };
    let mut says = description(&input, &percent(state.view.scene.share), roomy);
    // What limits the rest is not the first to give way.
    says.splice(says.len().min(1)..says.len().min(1), left_out(state));
    while !says.is_empty() && ui.available_height() - height_of(&says, &style, ui) < LEAST * scale {
        says.pop();
    }
    let room = vec2(ui.available_width(), (ui.available_height() - height_of(&says, &style, ui)).max(1.0));
    let plot = depth_plot(&input);
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        match plot {
            Some(plot) => {
                let shown = show(state, plot, ui);
                canvases.depth.mapping = Some(shown.mapping);
                announce(&shown.response, || announcement(&input, analysis, state));
                interact(state, &input, &shown, ui, commands);
            }
            None => nothing(
                ui,
                "No validity radius: the gradient is zero here at every depth, so the plane predicts no change",
            ),
        }
    });
    for words in says {
        ui.add(Label::new(RichText::new(words).text_style(style.clone())).wrap());
    }
}

/// How wide the longer name beside the curves is, with room around it.
fn names_width(ui: &Ui) -> f32 {
    const AROUND: f32 = 10.0;
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().layout_no_wrap("quadratic".to_owned(), font, egui::Color32::PLACEHOLDER).size().x + AROUND
}

/// How long the step in focus is, if it is a step.
fn length(analysis: &StepAnalysis) -> Option<f64> {
    analysis.proposed().map(|step| step.norm()).filter(|length| *length > 0.0 && length.is_finite())
}

/// Says that not all samples are used, if that is so.
fn left_out(state: &State) -> Option<String> {
    let landscape = &state.document.landscape;
    let (used, all) = (looked_at(landscape), landscape.data().map_or(0, Data::len));
    (used < all).then(|| format!("Found on {used} of the {} samples.", grouped(all)))
}

fn show(state: &State, plot: DepthPlot, ui: &mut Ui) -> FlatResponse {
    let chart = FlatView::chart("depth", plot.view, plot.primitives, look(state, ui));
    FlatView { axes: Axes::Radii, ..chart }.show(ui)
}

/// The number of layers under a position in the view.
fn layers_at(mapping: &Mapping, position: egui::Pos2) -> Option<u32> {
    let layers = mapping.point(position).x.round();
    let is_there = mapping.frame().contains(position) && (DEPTHS[0]..=DEPTHS[1]).contains(&(layers as u32));
    is_there.then_some(layers as u32)
}

/// The pointer shows the numbers of the depth that it is over, and a click makes it the depth of the network.
fn interact(state: &State, input: &DepthPlotInput<'_>, shown: &FlatResponse, ui: &Ui, commands: &mut Vec<Command>) {
    let response = &shown.response;
    let Some(layers) = response.hover_pos().and_then(|position| layers_at(&shown.mapping, position)) else { return };
    ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    if let Some(depth) = input.depths.iter().find(|depth| depth.layers == layers) {
        response.clone().hint_at_pointer(numbers(depth));
    }
    if let Some(index) = layers_index(&state.document.landscape).filter(|_| response.clicked()) {
        commands.push(Command::Document(DocumentCommand::SetParameter { index, value: f64::from(layers) }));
    }
}

/// The numbers of one depth, a line each.
fn numbers(depth: &AtDepth) -> String {
    let good = |radius: Option<f64>| match radius {
        None => "valid nowhere".to_owned(),
        Some(radius) if radius.is_infinite() => "valid beyond the searched range".to_owned(),
        Some(radius) => format!("valid up to {}", number(radius)),
    };
    let [plane, quadratic] = [depth.plane, depth.quadratic].map(good);
    format!("L = {}\nplane {plane}\nquadratic {quadratic}\n‖∇f‖ {}", depth.layers, number(depth.slope))
}

fn announcement(input: &DepthPlotInput<'_>, analysis: &StepAnalysis, state: &State) -> String {
    let here = input.depths.iter().find(|depth| depth.layers == input.chosen);
    let here = here.map_or_else(String::new, |depth| numbers(depth).replace('\n', ", "));
    let step = length(analysis).map_or_else(String::new, |length| format!("; this step {} long", brief(length)));
    let more = if state.derived.has_more_depths() { ", more to come" } else { "" };
    format!("Validity radius against depth: {here}{step}; {} depths known{more}", input.depths.len())
}
