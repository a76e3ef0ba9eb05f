//! The page a graph is drawn on: type and sizes for the room there is, and where its nodes and edges lie.

use std::sync::Arc;

use egui::{Color32, FontFamily, FontId, Galley, Pos2, Rect, TextStyle, Ui, Vec2, pos2, vec2};

use crate::drawing::graph::{Edge, Graph, Node, Place};
use crate::drawing::ink::Theme;
use crate::landscapes::computation::Role;
use crate::state::State;
use crate::ui::theme;

/// With this many points between columns (at normal type) there is room for larger type, and for formulas.
const ROOM_FOR_BODY: f32 = 110.0;
/// With this many points between columns (at normal type) the type is larger still.
const ROOM_FOR_FORMULAS: f32 = 210.0;
/// How far the pointer may be from an edge, in points.
const NEAR: f32 = 7.0;
/// Lines of words below the graph.
const LINES: f32 = 2.0;
/// The least height of a graph, at normal type.
const LEAST: f32 = 118.0;
/// The height that two rows of nodes need beside their numbers and definitions, at normal type.
const ROOM_FOR_NODES: f32 = 76.0;
/// An edge is followed in steps of this many points.
const STEP: f32 = 3.0;

/// Where things stand, and how large they are.
pub(super) struct GraphPage<'a> {
    pub(super) graph: &'a Graph,
    pub(super) theme: Theme,
    /// What sizes at normal type are multiplied with.
    pub(super) scale: f32,
    /// Type of the words below the graph.
    pub(super) words: TextStyle,
    pub(super) values: FontId,
    pub(super) notes: FontId,
    pub(super) symbols: FontId,
    /// Whether edges and nodes show their formulas.
    pub(super) shows_formulas: bool,
    /// Whether at every node stands what it is computed from.
    pub(super) shows_definitions: bool,
    pub(super) rect: Rect,
    pub(super) radius: f32,
    /// Where the first row is, and how far apart rows are.
    rows: [f32; 2],
}

impl<'a> GraphPage<'a> {
    /// Type and sizes for the room that is left.
    pub(super) fn planned(ui: &Ui, state: &State, graph: &'a Graph) -> Self {
        let scale = theme::factor_in(ui);
        let spacing = ui.available_width() / graph.size[0] as f32 / scale;
        let below = LINES * ui.text_style_height(&TextStyle::Heading) + 2.0 * ui.spacing().interact_size.y;
        let between = (ui.available_height() - below) / graph.size[1] as f32 / scale;
        let [values, notes] = match spacing {
            // In columns there is much to be read between rows, too.
            _ if !graph.is_row && (spacing < 150.0 || between < 115.0) => [TextStyle::Small, TextStyle::Small],
            _ if !graph.is_row => [TextStyle::Body, TextStyle::Small],
            ROOM_FOR_FORMULAS.. => [TextStyle::Heading, TextStyle::Body],
            ROOM_FOR_BODY.. => [TextStyle::Body, TextStyle::Small],
            _ => [TextStyle::Small, TextStyle::Small],
        };
        let regular = |style: &TextStyle| FontId::new(style.resolve(ui.style()).size, FontFamily::Proportional);
        let symbols = FontId::new(values.resolve(ui.style()).size, FontFamily::Name("strong".into()));
        let width = ui.available_width() / scale;
        Self {
            graph,
            theme: state.view.chrome.theme,
            scale,
            words: match width {
                1000.0.. => TextStyle::Heading,
                500.0.. => TextStyle::Body,
                _ => TextStyle::Small,
            },
            values: regular(&values),
            notes: regular(&notes),
            symbols,
            shows_formulas: graph.is_row && spacing >= ROOM_FOR_BODY,
            shows_definitions: false,
            rect: Rect::ZERO,
            radius: 0.0,
            rows: [0.0; 2],
        }
    }

    /// The height of the words below the graph; none where the graph would have no room itself.
    pub(super) fn words_height(&self, ui: &Ui) -> f32 {
        let height = LINES * ui.text_style_height(&self.words);
        let left = ui.available_height() - height - ui.spacing().interact_size.y;
        if left < LEAST * self.scale { 0.0 } else { height }
    }

    /// The height of the row of controls; none where the graph needs all the room there is: keys and menus do the same.
    pub(super) fn controls_height(&self, ui: &Ui) -> f32 {
        let height = ui.spacing().interact_size.y + 8.0;
        if ui.available_height() - height < LEAST * self.scale { 0.0 } else { height }
    }

    /// Whether a definition fits into a column.
    pub(super) fn has_room_for(&self, definition: &str, ui: &Ui) -> bool {
        let galley = ui.painter().layout_no_wrap(definition.to_owned(), self.notes.clone(), Color32::PLACEHOLDER);
        galley.size().x < self.rect.width() / self.graph.size[0] as f32 - 4.0 * self.scale
    }

    /// This page with a place for every node, in a rectangle.
    pub(super) fn in_room(mut self, rect: Rect, ui: &Ui) -> Self {
        self.rect = rect;
        let mut definitions = self.graph.nodes.iter().filter_map(|node| node.definition.as_ref());
        let line = self.line();
        // The nodes come first: without room for a row of definitions these are read where the pointer is.
        let is_low = self.graph.is_row && rect.height() < 5.0 * line + ROOM_FOR_NODES * self.scale;
        self.shows_definitions = self.shows_formulas && !is_low && definitions.all(|text| self.has_room_for(text, ui));
        let [columns, rows] = self.graph.size.map(|size| size as f32);
        let spacing = rect.width() / columns;
        let rails = if (0..self.graph.nodes.len()).any(|node| self.is_rail(node)) { rows - 1.0 } else { 0.0 };
        let below = line * if self.shows_definitions { 3.0 } else { 2.0 } + 4.0 * self.scale;
        if !self.graph.is_row {
            let apart = (rect.height() / rows).min(9.0 * line);
            let radius = (0.2 * spacing).min((apart - 3.4 * line) / 2.0).clamp(8.0 * self.scale, 30.0 * self.scale);
            let first = rect.center().y - apart * (rows - 1.0) / 2.0 - line;
            // Above each node its definition, below it its numbers.
            self.shows_definitions = apart >= 2.0 * radius + 2.1 * line + 1.8 * self.notes.size;
            return Self { rect, radius, rows: [first, apart], ..self };
        }
        // Numbers stand above what is above, or beside it where it runs along a rail.
        let above = match rails as u32 {
            0 => 2.0 * line,
            1 => line,
            _ => 0.3 * line,
        } + 2.0 * self.scale;
        let free = rect.height() - above - below;
        let radius = (0.23 * spacing).min(free / (2.1 * rows + 0.6)).clamp(9.0 * self.scale, 46.0 * self.scale);
        let most = if rails > 0.0 { 3.4 * radius + line } else { 5.5 * radius };
        let apart = ((free - 2.0 * radius) / (rows - 1.0).max(1.0)).clamp(2.3 * radius, most.max(2.3 * radius));
        let height = apart * (rows - 1.0) + 2.0 * radius + above + below;
        let first = rect.top() + ((rect.height() - height) / 2.0).max(0.0) + above + radius;
        Self { rect, radius, rows: [first, apart], ..self }
    }

    /// Whether a node runs along a row of its own to all that it leads to.
    pub(super) fn is_rail(&self, node: usize) -> bool {
        self.is_above(&self.graph.nodes[node]) && self.graph.leaving(node).any(|(_, edge)| !edge.bends.is_empty())
    }

    /// Whether a node stands above the others, and its numbers above it.
    pub(super) fn is_above(&self, node: &Node) -> bool {
        self.graph.is_row && node.place.row < self.graph.size[1] - 1.0
    }

    pub(super) fn line(&self) -> f32 {
        self.values.size * 1.3
    }

    fn position(&self, place: Place) -> Pos2 {
        let spacing = self.rect.width() / self.graph.size[0] as f32;
        let x = self.rect.left() + spacing * (place.column as f32 + 0.5);
        pos2(x, self.rows[0] + self.rows[1] * place.row as f32)
    }

    pub(super) fn center(&self, node: &Node) -> Pos2 {
        self.position(node.place)
    }

    /// What is written in a node.
    pub(super) fn label(&self, node: &Node, ui: &Ui, ink: Color32) -> Arc<Galley> {
        let text = match &node.sign {
            Some(sign) if !self.graph.is_row => sign.clone(),
            _ => node.name.clone(),
        };
        ui.painter().layout_no_wrap(text, self.symbols.clone(), ink)
    }

    /// The outline of a node.
    pub(super) fn shape(&self, node: &Node, ui: &Ui) -> Rect {
        let size = match node.role {
            Role::Input | Role::Wanted => Vec2::splat(1.75 * self.radius),
            _ if node.sign.is_some() && !self.graph.is_row => {
                let width = self.label(node, ui, Color32::PLACEHOLDER).size().x + 12.0 * self.scale;
                vec2(width.max(2.0 * self.radius), 2.0 * self.radius)
            }
            _ => Vec2::splat(2.0 * self.radius),
        };
        Rect::from_center_size(self.center(node), size)
    }

    /// Where the pointer is on a node: its outline and its numbers.
    pub(super) fn touch(&self, index: usize, ui: &Ui) -> Rect {
        let node = &self.graph.nodes[index];
        let shape = self.shape(node, ui);
        let beyond = 2.0 * self.line();
        if self.is_rail(index) {
            Rect::from_min_max(shape.min, shape.max + vec2(3.0 * self.line(), 0.0))
        } else if self.is_above(node) {
            Rect::from_min_max(shape.min - vec2(0.0, beyond), shape.max)
        } else {
            Rect::from_min_max(shape.min, shape.max + vec2(0.0, beyond))
        }
    }

    /// Makes an edge that runs along a rail turn straight down to the side of its head, and straight up from its tail.
    fn turn(&self, corners: &mut [Pos2]) {
        if let [.., bend, end] = corners {
            let aside = (bend.x - end.x).clamp(-0.6 * self.radius, 0.6 * self.radius);
            (bend.x, end.x) = (end.x + aside, end.x + aside);
        }
        if let [first, bend, _, _] = corners {
            bend.x = first.x;
        }
    }

    /// An edge from rim to rim, point by point.
    pub(super) fn way(&self, edge: &Edge, ui: &Ui) -> Vec<Pos2> {
        let [from, to] = [edge.from, edge.to].map(|node| &self.graph.nodes[node]);
        let mut corners = vec![self.center(from)];
        corners.extend(edge.bends.iter().map(|bend| self.position(*bend)));
        corners.push(self.center(to));
        if self.graph.is_row && !edge.bends.is_empty() {
            self.turn(&mut corners);
        }
        let curved = !self.graph.is_row && corners.len() > 2;
        let mut points = Vec::new();
        for (place, pair) in corners.windows(2).enumerate() {
            let (a, b) = (pair[0], pair[1]);
            let steps = (a.distance(b) / STEP).ceil().clamp(1.0, 2000.0);
            // Slopes at corners as in a Catmull–Rom spline.
            let before = if curved && place > 0 { corners[place - 1] } else { a - (b - a) };
            let after = if curved && place + 2 < corners.len() { corners[place + 2] } else { b + (b - a) };
            for step in 0..steps as u32 {
                let t = step as f32 / steps;
                points.push(if curved { spline([before, a, b, after], t) } else { a + (b - a) * t });
            }
        }
        points.extend(corners.last());
        let gap = 1.5 * self.scale;
        let is_in = |node: &Node, point: Pos2| {
            if self.is_round(node) {
                point.distance(self.center(node)) < self.radius + gap
            } else {
                self.shape(node, ui).expand(gap).contains(point)
            }
        };
        let begin = points.iter().position(|point| !is_in(from, *point)).unwrap_or(0);
        let end = points.iter().rposition(|point| !is_in(to, *point)).unwrap_or(points.len() - 1);
        if begin < end { points[begin..=end].to_vec() } else { Vec::new() }
    }

    /// Whether a node is a circle.
    pub(super) fn is_round(&self, node: &Node) -> bool {
        !matches!(node.role, Role::Input | Role::Wanted) && (self.graph.is_row || node.sign.is_none())
    }

    /// Whether a position is on an edge.
    pub(super) fn is_near(&self, edge: &Edge, position: Pos2, ui: &Ui) -> bool {
        self.way(edge, ui).iter().any(|point| point.distance(position) <= NEAR * self.scale)
    }
}

/// Between the second and the third of four points, at t from 0 to 1.
fn spline([a, b, c, d]: [Pos2; 4], t: f32) -> Pos2 {
    let (a, b, c, d) = (a.to_vec2(), b.to_vec2(), c.to_vec2(), d.to_vec2());
    let [tangent, next] = [(c - a) / 2.0, (d - b) / 2.0];
    let (t2, t3) = (t * t, t * t * t);
    let at =
        b * (2.0 * t3 - 3.0 * t2 + 1.0) + tangent * (t3 - 2.0 * t2 + t) + c * (3.0 * t2 - 2.0 * t3) + next * (t3 - t2);
    at.to_pos2()
}
