//! The sheet of paper a graph is drawn on: where its nodes stand in the room there is, and how nodes and edges look.

use egui::{Color32, FontFamily, FontId, Pos2, Rect, Shape, Stroke, StrokeKind, TextStyle, Ui, Vec2, pos2, vec2};

use crate::drawing::graph::{Edge, Graph, Name, Node, few};
use crate::drawing::ink::{Ink, Theme};
use crate::state::State;
use crate::ui::theme::color;

/// Between columns so many points, at normal type: from here on there is room for larger type, and for formulas.
const ROOM_FOR_BODY: f32 = 110.0;
const ROOM_FOR_FORMULAS: f32 = 210.0;
/// How far the pointer may be from an edge, in points.
const NEAR: f32 = 7.0;

/// How a node or an edge is seen.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Strength {
    /// As always.
    Plain,
    /// Something else is what matters now.
    Pale,
    /// A value arrives.
    Forward,
    /// A derivative comes back.
    Back,
}

/// Where things stand, and how large they are.
pub(super) struct Sheet {
    theme: Theme,
    /// What sizes at normal type are multiplied with.
    scale: f32,
    /// Type of the words below the graph.
    pub(super) words: TextStyle,
    values: FontId,
    notes: FontId,
    symbols: FontId,
    shows_formulas: bool,
    columns: usize,
    rect: Rect,
    radius: f32,
    /// Heights of the upper and the lower row.
    rows: [f32; 2],
}

impl Sheet {
    /// Type and sizes for the room that is left.
    pub(super) fn planned(ui: &Ui, state: &State, columns: usize) -> Self {
        let scale = state.view.type_scale.factor();
        let spacing = ui.available_width() / columns as f32 / scale;
        let [values, notes] = match spacing {
            ROOM_FOR_FORMULAS.. => [TextStyle::Heading, TextStyle::Body],
            ROOM_FOR_BODY.. => [TextStyle::Body, TextStyle::Small],
            _ => [TextStyle::Small, TextStyle::Small],
        };
        let regular = |style: &TextStyle| FontId::new(style.resolve(ui.style()).size, FontFamily::Proportional);
        let symbols = FontId::new(values.resolve(ui.style()).size, FontFamily::Name("strong".into()));
        Self {
            theme: state.view.theme,
            scale,
            words: match spacing {
                ROOM_FOR_FORMULAS.. => TextStyle::Heading,
                ROOM_FOR_BODY.. => TextStyle::Body,
                _ => TextStyle::Small,
            },
            values: regular(&values),
            notes: regular(&notes),
            symbols,
            shows_formulas: spacing >= ROOM_FOR_FORMULAS,
            columns,
            rect: Rect::ZERO,
            radius: 0.0,
            rows: [0.0; 2],
        }
    }

    /// The same with places, in a rectangle.
    pub(super) fn in_room(self, rect: Rect) -> Self {
        let line = self.line();
        let spacing = rect.width() / self.columns as f32;
        // Two circles, two lines of numbers beyond either, and an edge between them with its label.
        let tallest = (rect.height() - 4.0 * line - 4.0) / 5.6;
        let radius = (0.23 * spacing).min(tallest).clamp(9.0 * self.scale, 46.0 * self.scale);
        let apart = (rect.height() - 4.0 * line - 2.0 * radius - 4.0).clamp(2.2 * radius, 5.5 * radius);
        let middle = rect.center().y;
        Self { rect, radius, rows: [middle - apart / 2.0, middle + apart / 2.0], ..self }
    }

    fn line(&self) -> f32 {
        self.values.size * 1.3
    }

    fn center(&self, node: &Node) -> Pos2 {
        let spacing = self.rect.width() / self.columns as f32;
        let x = self.rect.left() + spacing * (node.place.column as f32 + 0.5);
        pos2(x, self.rows[usize::from(!node.place.above)])
    }

    /// Where the pointer is on a node.
    pub(super) fn touch(&self, node: &Node) -> Rect {
        let center = self.center(node);
        let circle = Rect::from_center_size(center, Vec2::splat(2.0 * self.radius));
        let beyond = 2.0 * self.line();
        if node.place.above {
            Rect::from_min_max(circle.min - vec2(0.0, beyond), circle.max)
        } else {
            Rect::from_min_max(circle.min, circle.max + vec2(0.0, beyond))
        }
    }

    /// Where an edge begins and ends: at the rims of its nodes.
    fn ends(&self, graph: &Graph, edge: &Edge) -> Option<[Pos2; 2]> {
        let [from, to] = [edge.from, edge.to].map(|name| graph.node(name).map(|node| self.center(node)));
        let (from, to) = (from?, to?);
        let way = (to - from).normalized();
        let rim = self.radius + 1.5 * self.scale;
        Some([from + way * rim, to - way * rim])
    }

    /// Whether a position is on an edge.
    pub(super) fn is_near(&self, graph: &Graph, edge: &Edge, position: Pos2) -> bool {
        let Some([from, to]) = self.ends(graph, edge) else { return false };
        let way = to - from;
        let share = ((position - from).dot(way) / way.length_sq().max(1e-6)).clamp(0.0, 1.0);
        position.distance(from + way * share) <= NEAR * self.scale
    }

    fn ink(&self, ink: Ink, strength: Strength) -> Color32 {
        let full = color(ink.line(self.theme));
        if strength == Strength::Pale { full.gamma_multiply(0.3) } else { full }
    }

    fn text_ink(&self, ink: Ink, strength: Strength) -> Color32 {
        let full = color(ink.text(self.theme));
        if strength == Strength::Pale { full.gamma_multiply(0.3) } else { full }
    }

    /// An edge; where a derivative comes back along it, the arrow points back.
    pub(super) fn edge(&self, graph: &Graph, edge: &Edge, strength: Strength, shows_slope: bool, ui: &Ui) {
        let Some([from, to]) = self.ends(graph, edge) else { return };
        let (ink, width) = match strength {
            Strength::Back => (Ink::Plane, 3.0),
            Strength::Forward => (Ink::Truth, 2.6),
            Strength::Plain | Strength::Pale => (Ink::Muted, 1.4),
        };
        let stroke = Stroke::new(width * self.scale, self.ink(ink, strength));
        let [foot, tip] = if strength == Strength::Back { [to, from] } else { [from, to] };
        self.arrow(foot, tip, stroke, ui);
        if let Some(slope) = edge.slope.as_ref().filter(|_| shows_slope) {
            let mut lines = Vec::new();
            if self.shows_formulas {
                lines.push((slope.formula.clone(), Ink::Muted));
                let value = slope.value.map_or_else(String::new, |value| format!(" = {}", few(value)));
                lines.push((format!("{}{value}", slope.symbol), Ink::Truth));
            } else if let Some(value) = slope.value {
                lines.push((format!("×{}", few(value)), Ink::Truth));
            }
            let ink = |ink| if strength == Strength::Back { Ink::Plane } else { ink };
            let lines: Vec<(String, Color32)> =
                lines.into_iter().map(|(text, own)| (text, self.text_ink(ink(own), strength))).collect();
            let source = graph.node(edge.from).map_or(from, |node| self.center(node));
            // Two weights with one head have their labels on either side.
            let is_second = graph
                .edges
                .iter()
                .any(|other| other.to == edge.to && other.from.is_weight() && other.from != edge.from);
            let outward = if is_second && edge.from == Name::W2 { 1.0 } else { -1.0 };
            self.label([from, to], (source, outward), &lines, ui);
        }
    }

    fn arrow(&self, foot: Pos2, tip: Pos2, stroke: Stroke, ui: &Ui) {
        let way = (tip - foot).normalized();
        let head = (3.0 * stroke.width + 3.0 * self.scale).min(0.7 * foot.distance(tip));
        let base = tip - way * head;
        let across = way.rot90() * head * 0.42;
        ui.painter().line_segment([foot, base], stroke);
        ui.painter().add(Shape::convex_polygon(vec![tip, base + across, base - across], stroke.color, Stroke::NONE));
    }

    /// Above a level edge; beside another, on the side it leans to. Where there is little room it stands beside the weight
    /// that the edge comes from, or is left out.
    fn label(&self, [from, to]: [Pos2; 2], (source, outward): (Pos2, f32), lines: &[(String, Color32)], ui: &Ui) {
        let galleys: Vec<_> = lines
            .iter()
            .map(|(text, color)| (ui.painter().layout_no_wrap(text.clone(), self.notes.clone(), *color), *color))
            .collect();
        let size = galleys
            .iter()
            .fold(Vec2::ZERO, |size, (galley, _)| vec2(size.x.max(galley.size().x), size.y + galley.size().y));
        let middle = from + (to - from) / 2.0;
        let gap = 5.0 * self.scale;
        let way = to - from;
        let is_level = way.y.abs() < 1.0;
        // So far from the middle a leaning edge is clear of all lines of the label.
        let clear = gap + size.y / 2.0 * (way.x / way.y.abs().max(1.0)).abs();
        let corner = if is_level {
            let spacing = self.rect.width() / self.columns as f32;
            if size.x > spacing - gap {
                return;
            }
            // What does not fit between the circles stands above them.
            let up = if size.x < way.x.abs() - gap { 0.4 * gap } else { self.radius };
            middle - vec2(size.x / 2.0, size.y + up)
        } else if !self.shows_formulas {
            let shift = if outward > 0.0 { self.radius + gap } else { -self.radius - gap - size.x };
            source + vec2(shift, -0.3 * size.y)
        } else if way.x > 1.0 {
            middle - vec2(size.x + clear, size.y / 2.0)
        } else {
            middle + vec2(clear, -size.y / 2.0)
        };
        let mut top = corner.y;
        for (galley, color) in galleys {
            let shift = if is_level { (size.x - galley.size().x) / 2.0 } else { 0.0 };
            let height = galley.size().y;
            ui.painter().galley(pos2(corner.x + shift, top), galley, color);
            top += height;
        }
    }

    /// A node: its symbol in a circle, or a square for data; its value beside it, and beneath that its derivative.
    pub(super) fn node(&self, node: &Node, strength: Strength, [forward, backward]: [bool; 2], ui: &Ui) {
        let center = self.center(node);
        let painter = ui.painter();
        let (ink, width) = match strength {
            Strength::Back => (Ink::Plane, 3.0),
            Strength::Forward => (Ink::Truth, 3.0),
            Strength::Plain | Strength::Pale => (Ink::Truth, 1.4),
        };
        let rim = Stroke::new(width * self.scale, self.ink(ink, strength));
        let ground = if node.name.is_weight() { Ink::Selection } else { Ink::Card };
        let fill = color(ground.fill(self.theme));
        if node.name.is_data() {
            let square = Rect::from_center_size(center, Vec2::splat(1.75 * self.radius));
            painter.rect(square, 4.0 * self.scale, fill, rim, StrokeKind::Middle);
        } else {
            painter.circle(center, self.radius, fill, rim);
        }
        let ink = self.text_ink(Ink::Truth, strength);
        let symbol = painter.layout_no_wrap(node.symbol.to_owned(), self.symbols.clone(), ink);
        painter.galley(center - symbol.size() / 2.0, symbol, ink);
        let lines = [
            forward.then(|| (few(node.forward), self.text_ink(Ink::Truth, strength))),
            node.backward.filter(|_| backward).map(|value| (few(value), self.text_ink(Ink::Plane, strength))),
        ];
        let count = if node.place.above { 1 + usize::from(node.backward.is_some()) } else { 0 };
        let mut top = if node.place.above {
            center.y - self.radius - 2.0 * self.scale - count as f32 * self.line()
        } else {
            center.y + self.radius + 2.0 * self.scale
        };
        for (text, ink) in lines.into_iter().flatten() {
            let galley = painter.layout_no_wrap(text, self.values.clone(), ink);
            let left = (center.x - galley.size().x / 2.0)
                .clamp(self.rect.left(), (self.rect.right() - galley.size().x).max(self.rect.left()));
            painter.galley(pos2(left, top), galley, ink);
            top += self.line();
        }
    }
}
