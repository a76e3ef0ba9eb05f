//! The graph of a network: values forward, derivatives back, a weight's paths lit, and the chain rule written out below.

mod controls;
mod labels;
mod page;
mod paint;
mod parts;

use egui::{Label, Response, Role, Sense, TextStyle, Ui, WidgetInfo, vec2};

use super::Canvases;
use super::canvas::{announce, pane_title};
use crate::drawing::graph::{Graph, GraphStage, Node, Room, Slope, few};
use crate::drawing::ink::Ink;
use crate::landscapes::computation::Role as NodeRole;
use crate::numbers::numerals::grouped;
use crate::state::{Command, Pane, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use controls::controls;
use page::GraphPage;
use paint::{Progress, paint};
use parts::parts_ui;

/// Shows the graph in the room there is.
pub fn graph_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Graph, ui, commands, |_, _| {});
    let Some(graph) = state.derived.graph() else {
        ui.vertical_centered(|ui| {
            ui.add_space((ui.available_height() / 2.0 - ui.spacing().interact_size.y).max(0.0));
            ui.label(theme::muted("No graph: the loss has no value at the start"));
        });
        return;
    };
    ui.vertical(|ui| {
        let page = GraphPage::planned(ui, state, graph);
        let words_height = page.words_height(ui);
        let words_height = if words_height > 0.0 { words_height.max(resting_height(graph, &page, ui)) } else { 0.0 };
        let parts = parts::height(graph, state, ui.available_height());
        let controls_height = page.controls_height(ui);
        let rows = [words_height, controls_height].into_iter().filter(|height| *height > 0.0).count();
        let below = words_height + controls_height + parts + rows as f32 * ui.spacing().item_spacing.y;
        let room = vec2(ui.available_width(), (ui.available_height() - below).max(1.0));
        let (rect, response) = ui.allocate_exact_size(room, Sense::click());
        announce(&response, || announcement(state, graph));
        if response.clicked() {
            commands.push(Command::View(ViewCommand::LightPath(None)));
        }
        let page = page.in_room(rect, ui);
        let lit = weights_ui(state, &page, &response, ui, commands);
        let stages = graph.stages();
        let done = state
            .view
            .scene
            .network
            .stage
            .filter(|_| lit.is_none())
            .map(|stage| &stages[..=stage.min(stages.len() - 1)]);
        paint(&page, &Progress { lit, done }, ui);
        tooltips(&page, &response, ui);
        let words = if words_height > 0.0 { words(graph, lit, done) } else { Vec::new() };
        ui.allocate_ui(vec2(room.x, words_height), |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (words, ink) in words {
                // What only explains steps back.
                let explains = ink == Ink::Muted && page.words == TextStyle::Heading;
                let style = if explains { TextStyle::Body } else { page.words.clone() };
                ui.add(Label::new(theme::role(state.view.chrome.theme, words, ink).text_style(style)).wrap());
            }
        });
        if parts > 0.0 {
            parts_ui(graph, state, lit, parts - ui.spacing().item_spacing.y, ui, commands);
        }
        if controls_height > 0.0 {
            controls(state, graph, ui, commands);
        }
    });
}

/// How high the words are while nothing is lit, in the width that there is.
fn resting_height(graph: &Graph, page: &GraphPage<'_>, ui: &Ui) -> f32 {
    let height = |text: String| {
        let text = egui::WidgetText::from(egui::RichText::new(text).text_style(page.words.clone()));
        text.into_galley(ui, None, ui.available_width(), page.words.clone()).size().y
    };
    words(graph, None, None).into_iter().map(|(text, _)| height(text)).sum()
}

/// The weights are buttons; the one that is pointed at, has the focus or was pressed is lit.
fn weights_ui(
    state: &State,
    page: &GraphPage<'_>,
    canvas: &Response,
    ui: &Ui,
    commands: &mut Vec<Command>,
) -> Option<usize> {
    let mut touched = None;
    for weight in [0, 1] {
        let Some(node) = page.graph.weight(weight) else { continue };
        let response = ui.interact(page.touch(node, ui), canvas.id.with(("weight", weight)), Sense::click());
        let is_lit = state.view.scene.network.lit == Some(weight);
        let chain = || page.graph.chain(weight).join(" ");
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_lit, chain()));
        if response.hovered() || response.has_focus() {
            touched = Some(weight);
        }
        if response.clicked() {
            commands.push(Command::View(ViewCommand::LightPath((!is_lit).then_some(weight))));
        }
    }
    touched.or(state.view.scene.network.lit)
}

/// What stands at a node or an edge, in words, where the pointer is.
fn tooltips(page: &GraphPage<'_>, canvas: &Response, ui: &Ui) {
    let Some(position) = ui.ctx().pointer_hover_pos().filter(|position| canvas.rect.contains(*position)) else {
        return;
    };
    let graph = page.graph;
    let node = (0..graph.nodes.len()).find(|node| page.touch(*node, ui).contains(position));
    let words = match node.map(|index| &graph.nodes[index]) {
        Some(node) if matches!(node.role, NodeRole::Weight(_)) => None,
        Some(node) => Some(description(node)),
        None => {
            let edge = graph.edges.iter().find(|edge| page.is_near(edge, position, ui));
            edge.and_then(|edge| edge.slope.as_ref()).map(slope_words)
        }
    };
    if let Some(words) = words {
        canvas.clone().hint_at_pointer(words);
    }
}

/// The derivative along an edge, and what comes back over it.
fn slope_words(slope: &Slope) -> String {
    let formula = slope.formula.as_ref().map_or_else(String::new, |formula| format!(" = {formula}"));
    let value = slope.value.map_or_else(String::new, |value| format!(" = {}", few(value)));
    format!("{}{formula}{value}\nits derivative {}", slope.symbol, few(slope.share))
}

/// A node forward and back.
fn description(node: &Node) -> String {
    if node.backward.is_some() {
        format!("{}\n{}", node.forward_words, node.backward_words)
    } else {
        node.forward_words.clone()
    }
}

/// The text below the graph: on the lit paths, on the stage, or on what is shown.
fn words(graph: &Graph, lit: Option<usize>, done: Option<&[GraphStage]>) -> Vec<(String, Ink)> {
    if let Some(weight) = lit {
        let [symbols, numbers] = graph.chain(weight);
        return vec![(symbols, Ink::Truth), (numbers, Ink::Plane)];
    }
    if let Some(stage) = done.and_then(|done| done.last()) {
        let ink = if matches!(stage, GraphStage::Backward(_)) { Ink::Plane } else { Ink::Truth };
        return vec![(graph.description(*stage), ink)];
    }
    let mut text = match graph.sample {
        _ if graph.is_too_much => {
            let count = grouped(graph.parts.len());
            format!("All {count} samples at once would take too long: this is sample 1.")
        }
        Some(_) if graph.room == Room::Small => {
            "Beside an edge, where there is room, its own derivative; F shows all. Point at a weight.".to_owned()
        }
        Some(_) => "Beside each edge its own derivative; along a way their product. Point at a weight.".to_owned(),
        None => {
            "Upper number: mean. Colored: derivative of L, summed over the samples (at w₁, w₂: ∇f). For the edges’ numbers choose a sample.".to_owned()
        }
    };
    if graph.unseen > 0 {
        let is_small = graph.room == Room::Small;
        let what = match (graph.nodes.iter().any(|node| node.name == "h₁"), is_small) {
            (true, true) => "layers are omitted; F shows more.",
            (true, false) => "layers are omitted: their edge has the product.",
            (false, true) => "operations are merged with others; F shows more.",
            (false, false) => "operations are merged with others.",
        };
        // In a corner there is no room for more than what to do next.
        let rest = if is_small { "Point at a weight." } else { &text };
        text = format!("{} {what} {rest}", grouped(graph.unseen));
    }
    vec![(text, Ink::Muted)]
}

fn announcement(state: &State, graph: &Graph) -> String {
    let name = state.document.landscape.name();
    let values = graph.nodes.iter().map(|node| {
        let by = if node.role == NodeRole::Loss { "L" } else { &node.name };
        let back = node.backward.map_or_else(String::new, |value| format!(" (∂L/∂{by} {})", few(value)));
        let off = if node.is_off { ", off" } else { "" };
        format!("{} {}{off}{back}", node.name, few(node.forward))
    });
    let whose = graph.sample.map_or_else(|| "all samples".to_owned(), |index| format!("sample {}", index + 1));
    format!("Graph of {name}, {whose}: {}", values.collect::<Vec<_>>().join(", "))
}
