//! How nodes and edges of a graph look: plain, pale, or lit by a value that arrives or a derivative that comes back.

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::labels::Labels;
use super::page::GraphPage;
use crate::drawing::graph::{Edge, Graph, GraphStage, Node, few};
use crate::drawing::ink::{Ink, Theme};
use crate::landscapes::computation::Role;
use crate::ui::theme::color;

/// How a node or an edge is seen.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Look {
    /// Normal.
    Plain,
    /// Something else is what matters now.
    Pale,
    /// A value arrives.
    Forward,
    /// A derivative comes back.
    Back,
}

impl Look {
    pub(super) fn is_back(self) -> bool {
        self == Self::Back
    }

    fn dim(self, full: Color32) -> Color32 {
        if self == Self::Pale { full.gamma_multiply(0.3) } else { full }
    }

    fn line(self, ink: Ink, theme: Theme) -> Color32 {
        self.dim(color(ink.line(theme)))
    }

    pub(super) fn text(self, ink: Ink, theme: Theme) -> Color32 {
        self.dim(color(ink.text(theme)))
    }
}

/// What is lit, and how far the way through the graph has come.
pub(super) struct Progress<'a> {
    pub(super) lit: Option<usize>,
    pub(super) done: Option<&'a [GraphStage]>,
}

impl Progress<'_> {
    fn now(&self) -> Option<GraphStage> {
        self.done.and_then(|done| done.last().copied())
    }

    fn edge(&self, index: usize, edge: &Edge, lit: &[usize]) -> Look {
        match (self.lit, self.now()) {
            (Some(_), _) if lit.contains(&index) => Look::Back,
            (Some(_), _) => Look::Pale,
            (None, Some(GraphStage::Backward(node))) if node == edge.from && edge.slope.is_some() => Look::Back,
            (None, Some(GraphStage::Forward(node))) if node == edge.to => Look::Forward,
            _ => Look::Plain,
        }
    }

    fn node(&self, index: usize, node: &Node, is_lit: bool) -> Look {
        let is_given = !matches!(node.role, Role::Computed | Role::Loss);
        match (self.lit, self.now()) {
            (Some(_), _) if is_lit => Look::Back,
            (Some(_), _) => Look::Pale,
            (None, Some(GraphStage::Backward(now))) if now == index => Look::Back,
            (None, Some(GraphStage::Forward(now))) if now == index => Look::Forward,
            (None, Some(GraphStage::Inputs)) if is_given => Look::Forward,
            _ => Look::Plain,
        }
    }

    /// Whether a node's value and its derivative are there yet.
    fn known(&self, graph: &Graph, node: usize) -> [bool; 2] {
        self.done.map_or([true; 2], |done| graph.known(node, done))
    }
}

/// Draws the graph.
pub(super) fn paint(page: &GraphPage<'_>, progress: &Progress<'_>, ui: &Ui) {
    let graph = page.graph;
    let lit = progress.lit.and_then(|weight| graph.weight(weight)).map_or_else(Vec::new, |node| graph.ways(node));
    let ways: Vec<Vec<Pos2>> = graph.edges.iter().map(|edge| page.way(edge, ui)).collect();
    let looks: Vec<Look> =
        graph.edges.iter().enumerate().map(|(index, edge)| progress.edge(index, edge, &lit)).collect();
    draw_edges(page, &ways, &looks, ui);
    let mut taken = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let ends = |edge: &usize| graph.edges[*edge].from == index || graph.edges[*edge].to == index;
        let look = progress.node(index, node, lit.iter().any(ends));
        taken.extend(draw_node(page, index, look, progress.known(graph, index), ui));
    }
    let mut labels = Labels::new(page, &ways, taken);
    for index in in_order_of_labels(graph, &looks) {
        let is_known = progress.known(graph, graph.edges[index].from)[1];
        if is_known && looks[index] != Look::Pale {
            labels.write(index, looks[index], ui);
        }
    }
}

/// All edges; what is lit lies above the rest.
fn draw_edges(page: &GraphPage<'_>, ways: &[Vec<Pos2>], looks: &[Look], ui: &Ui) {
    for bright in [false, true] {
        for (index, edge) in page.graph.edges.iter().enumerate() {
            if (looks[index] == Look::Back) == bright {
                draw_edge(page, edge, &ways[index], looks[index], ui);
            }
        }
    }
}

/// The edges in the order of their labels: what is lit first, then what is computed one from the other.
fn in_order_of_labels(graph: &Graph, looks: &[Look]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    order.sort_by_key(|index| {
        let is_given = matches!(graph.nodes[graph.edges[*index].from].role, Role::Weight(_));
        (looks[*index] != Look::Back, is_given)
    });
    order
}

/// An edge; where a derivative comes back along it, the arrow points back; where its slope is 0 it is broken.
fn draw_edge(page: &GraphPage<'_>, edge: &Edge, way: &[Pos2], look: Look, ui: &Ui) {
    let [Some(first), Some(last)] = [way.first(), way.last()] else { return };
    let (ink, width) = match look {
        Look::Back => (Ink::Plane, 3.0),
        Look::Forward => (Ink::Truth, 2.6),
        Look::Plain | Look::Pale => (Ink::Muted, 1.4),
    };
    let is_cut =
        edge.slope.as_ref().is_some_and(|slope| slope.is_cut() || slope.value.is_none() && is_dead(page, edge));
    let ink = if is_cut && look != Look::Forward { Ink::Gap } else { ink };
    let stroke = Stroke::new(width * page.scale, look.line(ink, page.theme));
    let mut way = way.to_vec();
    if look == Look::Back {
        way.reverse();
    }
    let tip = if look == Look::Back { *first } else { *last };
    // Along a rail it is not alone: only the part that turns down is broken.
    let rail = if page.graph.is_row && !edge.bends.is_empty() { first.y } else { f32::NAN };
    let head = (3.0 * stroke.width + 3.0 * page.scale).min(0.7 * first.distance(*last).max(1.0));
    let base = way.iter().rposition(|point| point.distance(tip) >= head).unwrap_or(0);
    let along = (tip - way[base]).normalized();
    let across = along.rot90() * head * 0.42;
    let foot = tip - along * head;
    let mut line = way[..=base].to_vec();
    line.push(foot);
    let scale = page.scale;
    let is_broken = is_cut || edge.layers > 0;
    if is_broken {
        let (shared, own): (Vec<Pos2>, Vec<Pos2>) = line.iter().partition(|point| (point.y - rail).abs() < 1.0);
        ui.painter().line(shared, stroke);
        line = own;
    }
    if is_cut {
        // Cut: without its middle.
        let length: f32 = line.windows(2).map(|ends| ends[0].distance(ends[1])).sum();
        ui.painter().extend(Shape::dashed_line(&line, stroke, (0.4 * length).max(1.0), (0.3 * length).max(1.0)));
    } else if edge.layers > 0 {
        ui.painter().extend(Shape::dotted_line(&line, stroke.color, 5.0 * scale, stroke.width.max(1.4 * scale) * 0.8));
    } else {
        ui.painter().line(line, stroke);
    }
    let arrow = vec![tip, foot + across, foot - across];
    ui.painter().add(Shape::convex_polygon(arrow, stroke.color, Stroke::NONE));
}

/// Whether an edge leads to a unit that is off for every sample.
fn is_dead(page: &GraphPage<'_>, edge: &Edge) -> bool {
    page.graph.nodes[edge.to].is_off
}

/// A node: its symbol in a circle, a square for data, or a plate for what is done there; its value beside it, and with that
/// its derivative. What it takes up.
fn draw_node(page: &GraphPage<'_>, index: usize, look: Look, [forward, backward]: [bool; 2], ui: &Ui) -> Vec<Rect> {
    let node = &page.graph.nodes[index];
    let rim = rim(page, look, node.is_off && forward);
    let ground = if matches!(node.role, Role::Weight(_)) { Ink::Selection } else { Ink::Card };
    let fill = color(ground.fill(page.theme));
    let shape = page.shape(node, ui);
    if page.is_round(node) {
        ui.painter().circle(shape.center(), page.radius, fill, rim);
    } else {
        let corner = if matches!(node.role, Role::Input | Role::Wanted) { 4.0 * page.scale } else { page.radius };
        ui.painter().rect(shape, corner, fill, rim, StrokeKind::Middle);
    }
    let ink = look.text(Ink::Truth, page.theme);
    let symbol = page.label(node, ui, ink);
    ui.painter().galley(shape.center() - symbol.size() / 2.0, symbol, ink);
    let mut taken = vec![shape];
    taken.extend(draw_numbers(page, index, look, [forward, backward], ui));
    taken
}

/// The line around a node.
fn rim(page: &GraphPage<'_>, look: Look, is_off: bool) -> Stroke {
    let (ink, width) = match look {
        Look::Back => (Ink::Plane, 3.0),
        Look::Forward => (Ink::Truth, 3.0),
        Look::Plain | Look::Pale => (Ink::Truth, 1.4),
    };
    let ink = if is_off && !look.is_back() { Ink::Gap } else { ink };
    Stroke::new(width * page.scale, look.line(ink, page.theme))
}

/// The numbers of a node, one above the other: above it, below it, or on either side of the rail that it runs along.
fn draw_numbers(page: &GraphPage<'_>, index: usize, look: Look, [forward, backward]: [bool; 2], ui: &Ui) -> Vec<Rect> {
    let node = &page.graph.nodes[index];
    let shape = page.shape(node, ui);
    let value = if node.is_off { format!("{}, off", few(node.forward)) } else { few(node.forward) };
    let back = node.backward.map(few);
    let lines = [forward.then_some((value, Ink::Truth)), back.filter(|_| backward).map(|text| (text, Ink::Plane))];
    let gap = 2.0 * page.scale;
    let line = page.line();
    let mut taken = Vec::new();
    let mut write = |text: String, font: &egui::FontId, ink: Ink, at: Pos2, is_left: bool| {
        let ink = look.text(ink, page.theme);
        let galley = ui.painter().layout_no_wrap(text, font.clone(), ink);
        let wanted = if is_left { at.x } else { at.x - galley.size().x / 2.0 };
        let most = (page.rect.right() - galley.size().x).max(page.rect.left());
        let place = Rect::from_min_size(pos2(wanted.clamp(page.rect.left(), most), at.y), galley.size());
        ui.painter().galley(place.min, galley, ink);
        taken.push(place.shrink2(vec2(0.0, 0.1 * place.height())));
    };
    let is_rail = page.is_rail(index);
    let count = 1 + usize::from(node.backward.is_some());
    let top = if page.is_above(node) { shape.top() - gap - count as f32 * line } else { shape.bottom() + gap };
    for (place, (text, ink)) in lines.into_iter().enumerate().filter_map(|(place, line)| Some((place, line?))) {
        if is_rail {
            let down = if place == 0 { -line - 0.5 * gap } else { 0.5 * gap };
            write(text, &page.values, ink, shape.right_center() + vec2(2.0 * gap, down), true);
        } else {
            write(text, &page.values, ink, pos2(shape.center().x, top + place as f32 * line), false);
        }
    }
    let notes = &page.notes;
    if !page.graph.is_row && node.sign.is_some() {
        let at = shape.left_top() - vec2(0.0, 1.15 * notes.size);
        write(node.name.clone(), notes, Ink::Muted, at, true);
    } else if let Some(definition) = node.definition.clone().filter(|_| forward) {
        if page.graph.is_row && page.shows_definitions {
            write(definition, notes, Ink::Muted, pos2(shape.center().x, top + 2.0 * line), false);
        } else if !page.graph.is_row && page.shows_definitions && page.has_room_for(&definition, ui) {
            write(definition, notes, Ink::Muted, pos2(shape.center().x, shape.top() - 1.5 * notes.size), false);
        }
    }
    taken
}
