//! The graph of a network: values forward, derivatives back, a weight's path lit, and the chain rule written out below.

mod parts;
mod sheet;

use egui::{
    Align, Button, Label, Layout, Popup, Response, RichText, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, vec2,
};

use super::Canvases;
use super::canvas::{announce, pane_title};
use crate::drawing::graph::{Graph, Name, Node, Stage, few};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::grouped;
use crate::state::{Command, Pane, State};
use crate::ui::{actions, theme};
use parts::parts_ui;
use sheet::{Sheet, Strength};

/// Lines of words below the graph, where they are narrow and where they are wide.
const LINES: [f32; 2] = [3.0, 2.0];

/// Shows the graph in the room there is.
pub fn graph_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Graph, ui, commands, |_, _| {});
    let Some(graph) = graph(state) else {
        ui.vertical_centered(|ui| {
            ui.add_space((ui.available_height() / 2.0 - ui.spacing().interact_size.y).max(0.0));
            ui.label(theme::muted(no_graph(state)));
        });
        return;
    };
    ui.vertical(|ui| {
        let sheet = Sheet::planned(ui, state, graph.columns);
        let lines = LINES[usize::from(sheet.words != TextStyle::Small)];
        let below = lines * ui.text_style_height(&sheet.words) + ui.spacing().interact_size.y + 8.0;
        let parts = parts::height(&graph, state, ui.available_height());
        let room = vec2(ui.available_width(), (ui.available_height() - below - parts).max(1.0));
        let (rect, response) = ui.allocate_exact_size(room, Sense::click());
        announce(&response, || announcement(state, &graph));
        if response.clicked() {
            commands.push(Command::LightPath(None));
        }
        let sheet = sheet.in_room(rect);
        let lit = weights_ui(state, &graph, &sheet, &response, ui, commands);
        let stages = graph.stages();
        let done = state.view.stage.filter(|_| lit.is_none()).map(|stage| &stages[..=stage.min(stages.len() - 1)]);
        paint(&graph, &sheet, lit, done, ui);
        tooltips(&graph, &sheet, &response, ui);
        ui.allocate_ui(vec2(room.x, below - ui.spacing().interact_size.y - 8.0), |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (words, ink) in words(&graph, lit, done) {
                // What only explains steps back.
                let explains = ink == Ink::Muted && sheet.words == TextStyle::Heading;
                let style = if explains { TextStyle::Body } else { sheet.words.clone() };
                ui.add(Label::new(theme::role(state.view.theme, words, ink).text_style(style)).wrap());
            }
        });
        if parts > 0.0 {
            parts_ui(&graph, state, lit, parts - ui.spacing().item_spacing.y, ui, commands);
        }
        controls(state, &graph, ui, commands);
    });
}

fn graph(state: &State) -> Option<Graph> {
    let loss = state.document.landscape.loss();
    let at = state.derived.focus()?.iterate.at;
    Some(Graph::of(&loss.anatomy()?, at, &loss.backprop(at)?, state.sample()))
}

fn no_graph(state: &State) -> &'static str {
    if state.document.landscape.loss().anatomy().is_none() {
        "No graph: it is drawn for networks with one hidden unit"
    } else {
        "No graph: the loss has no value at the start"
    }
}

/// The weights are buttons; the one that is pointed at, has the focus or was pressed is lit.
fn weights_ui(
    state: &State,
    graph: &Graph,
    sheet: &Sheet,
    canvas: &Response,
    ui: &Ui,
    commands: &mut Vec<Command>,
) -> Option<Name> {
    let mut touched = None;
    for node in graph.nodes.iter().filter(|node| node.name.is_weight()) {
        let response = ui.interact(sheet.touch(node), canvas.id.with(node.symbol), Sense::click());
        response.widget_info(|| {
            let [symbols, numbers] = graph.chain(node.name);
            WidgetInfo::selected(Role::Button, true, state.view.lit == Some(node.name), format!("{symbols} {numbers}"))
        });
        if response.hovered() || response.has_focus() {
            touched = Some(node.name);
        }
        if response.clicked() {
            commands.push(Command::LightPath((state.view.lit != Some(node.name)).then_some(node.name)));
        }
    }
    touched.or(state.view.lit)
}

fn paint(graph: &Graph, sheet: &Sheet, lit: Option<Name>, done: Option<&[Stage]>, ui: &Ui) {
    let path: Vec<(Name, Name)> =
        lit.map_or_else(Vec::new, |weight| graph.path(weight).iter().map(|edge| (edge.from, edge.to)).collect());
    let now = done.and_then(|done| done.last().copied());
    for edge in &graph.edges {
        let on_path = path.contains(&(edge.from, edge.to));
        let strength = match (lit, now) {
            (Some(_), _) if on_path => Strength::Back,
            (Some(_), _) => Strength::Pale,
            (None, Some(Stage::Backward(name))) if name == edge.from && edge.slope.is_some() => Strength::Back,
            (None, Some(Stage::Forward(name))) if name == edge.to => Strength::Forward,
            _ => Strength::Plain,
        };
        let slope_known = done.is_none_or(|done| graph.known(edge.from, done)[1]);
        sheet.edge(graph, edge, strength, slope_known && (lit.is_none() || on_path), ui);
    }
    for node in &graph.nodes {
        let on_path = path.iter().any(|(from, to)| *from == node.name || *to == node.name);
        let strength = match (lit, now) {
            (Some(_), _) if on_path => Strength::Back,
            (Some(_), _) => Strength::Pale,
            (None, Some(Stage::Backward(name))) if name == node.name => Strength::Back,
            (None, Some(Stage::Forward(name))) if name == node.name => Strength::Forward,
            (None, Some(Stage::Inputs)) if node.name.is_data() || node.name.is_weight() => Strength::Forward,
            _ => Strength::Plain,
        };
        let known = done.map_or([true; 2], |done| graph.known(node.name, done));
        sheet.node(node, strength, known, ui);
    }
}

/// What stands at a node or an edge, in words, where the pointer is.
fn tooltips(graph: &Graph, sheet: &Sheet, canvas: &Response, ui: &Ui) {
    let Some(position) = ui.ctx().pointer_hover_pos().filter(|position| canvas.rect.contains(*position)) else {
        return;
    };
    let node = graph.nodes.iter().find(|node| sheet.touch(node).contains(position));
    let words = match node {
        Some(node) if node.name.is_weight() => None,
        Some(node) => Some(told(node)),
        None => {
            let edge = graph.edges.iter().find(|edge| sheet.is_near(graph, edge, position));
            edge.and_then(|edge| edge.slope.as_ref()).map(|slope| {
                let value = slope.value.map_or_else(String::new, |value| format!(" = {}", few(value)));
                format!("{} = {}{value}", slope.symbol, slope.formula)
            })
        }
    };
    if let Some(words) = words {
        canvas.clone().on_hover_text_at_pointer(words);
    }
}

/// A node forward and back.
fn told(node: &Node) -> String {
    if node.backward.is_some() {
        format!("{}\n{}", node.forward_words, node.backward_words)
    } else {
        node.forward_words.clone()
    }
}

/// What is said below the graph: of the lit path, of the stage, or of what is to be seen.
fn words(graph: &Graph, lit: Option<Name>, done: Option<&[Stage]>) -> Vec<(String, Ink)> {
    if let Some(weight) = lit {
        let [symbols, numbers] = graph.chain(weight);
        return vec![(symbols, Ink::Truth), (numbers, Ink::Plane)];
    }
    if let Some(stage) = done.and_then(|done| done.last()) {
        let ink = if matches!(stage, Stage::Backward(_)) { Ink::Plane } else { Ink::Truth };
        return vec![(graph.told(*stage), ink)];
    }
    let text = match graph.sample {
        Some(_) => {
            "Beside each edge its own derivative. Their product from L back to a weight is the weight's: point at one."
        }
        None => {
            "Means forward, sums back: at the weights stands ∇f, the arrow on the map. Products along edges hold for one sample: choose one."
        }
    };
    vec![(text.to_owned(), Ink::Muted)]
}

/// Back and on through the graph, and which sample it is about.
fn controls(state: &State, graph: &Graph, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        for (id, symbol) in [("pass back", "◀"), ("pass on", "▶")] {
            let Some(action) = actions::find(id) else { continue };
            let button = ui.add(Button::new(symbol).small()).on_hover_text(action.tooltip(ui.ctx()));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, (action.label)(state)));
            if button.clicked() {
                commands.push((action.command)(state));
            }
        }
        let stages = graph.stages().len();
        let place =
            state.view.stage.map_or_else(|| "all shown".to_owned(), |stage| format!("{} of {stages}", stage + 1));
        ui.label(theme::muted(place).small());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| sample_menu(graph, ui, commands));
    });
}

/// Which sample the graph is about.
fn sample_menu(graph: &Graph, ui: &mut Ui, commands: &mut Vec<Command>) {
    let count = graph.parts.len();
    let all = format!("all {} samples", grouped(count));
    let chosen = graph.sample.map_or_else(|| all.clone(), |index| format!("sample {}", index + 1));
    let button = ui.add(Button::new(RichText::new(format!("{chosen} ▾")).small()));
    let button = button.on_hover_text("The sample whose values are shown: one of them, or all together.");
    button.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("sample of the graph: {chosen}")));
    Popup::menu(&button).show(|ui| {
        let row = ui.text_style_height(&TextStyle::Body) + 2.0 * ui.spacing().button_padding.y;
        ScrollArea::vertical().max_height(12.0 * row).show_rows(ui, row, count + 1, |ui, rows| {
            for place in rows {
                let sample = place.checked_sub(1);
                let label = sample.map_or_else(|| all.clone(), |index| format!("sample {}", index + 1));
                if ui.selectable_label(graph.sample == sample, label).clicked() {
                    commands.push(Command::ChooseSample(sample));
                    ui.close();
                }
            }
        });
    });
}

fn announcement(state: &State, graph: &Graph) -> String {
    let name = state.document.landscape.name();
    let values = graph.nodes.iter().map(|node| {
        let back =
            node.backward.map_or_else(String::new, |value| format!(" (∂L/∂{} {})", node.name.symbol(), few(value)));
        format!("{} {}{back}", node.symbol, few(node.forward))
    });
    let whose = graph.sample.map_or_else(|| "all samples".to_owned(), |index| format!("sample {}", index + 1));
    format!("Graph of {name}, {whose}: {}", values.collect::<Vec<_>>().join(", "))
}
