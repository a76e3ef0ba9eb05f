//! Where the labels of edges stand: beside their edge, where nothing else is; what has no room is shown under the pointer only.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::page::GraphPage;
use super::paint::Look;
use crate::drawing::graph::{Edge, few};
use crate::drawing::ink::Ink;

/// Shares of the way along an edge where its label may stand, the best first.
const PLACES: [f32; 7] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/// A line of a label.
type Line = (String, Ink);

/// Places labels one after the other, and keeps what is taken.
pub(super) struct Labels<'a> {
    page: &'a GraphPage<'a>,
    ways: &'a [Vec<Pos2>],
    taken: Vec<Rect>,
}

impl<'a> Labels<'a> {
    /// Labels that leave room for these.
    pub(super) fn new(page: &'a GraphPage<'a>, ways: &'a [Vec<Pos2>], taken: Vec<Rect>) -> Self {
        Self { page, ways, taken }
    }

    /// Writes an edge's label, as much of it as finds room.
    pub(super) fn write(&mut self, index: usize, look: Look, ui: &Ui) {
        let edge = &self.page.graph.edges[index];
        for lines in self.versions(edge, look) {
            let galleys: Vec<Arc<Galley>> = lines
                .iter()
                .map(|(text, ink)| {
                    ui.painter().layout_no_wrap(text.clone(), self.page.notes.clone(), self.ink(*ink, look))
                })
                .collect();
            let size = galleys
                .iter()
                .fold(Vec2::ZERO, |size, galley| vec2(size.x.max(galley.size().x), size.y + galley.size().y));
            if let Some(place) = self.place(index, size) {
                paint_lines(galleys, place, ui);
                self.taken.push(place);
                return;
            }
        }
    }

    fn ink(&self, ink: Ink, look: Look) -> Color32 {
        look.text(if look.is_back() && ink == Ink::Truth { Ink::Plane } else { ink }, self.page.theme)
    }

    /// What could be written, the most telling first.
    fn versions(&self, edge: &Edge, look: Look) -> Vec<Vec<Line>> {
        let Some(slope) = &edge.slope else { return Vec::new() };
        let graph = self.page.graph;
        let layers = (edge.layers > 0).then(|| (format!("⋯ {} layers", edge.layers), Ink::Muted));
        let is_shared = graph.leaving(edge.from).count() > 1;
        let share = || (format!("adds {}", few(slope.share)), Ink::Plane);
        let value = slope.value.map(|value| (format!("×{}", few(value)), Ink::Truth));
        let mut versions: Vec<Vec<Line>> = Vec::new();
        let mut offer = |lines: Vec<Option<Line>>| {
            let lines: Vec<Line> = lines.into_iter().flatten().collect();
            if !lines.is_empty() {
                versions.push(lines);
            }
        };
        if self.page.shows_formulas && !is_shared {
            let value = slope.value.map_or_else(String::new, |value| format!(" = {}", few(value)));
            let whole = (format!("{}{value}", slope.symbol), Ink::Truth);
            let formula = slope.formula.clone().map(|formula| (formula, Ink::Muted));
            offer(vec![layers.clone(), formula, Some(whole.clone())]);
            offer(vec![layers.clone(), Some(whole)]);
        }
        if is_shared && (self.page.shows_formulas || look.is_back() || !graph.is_row) {
            offer(vec![layers.clone(), value.clone(), Some(share())]);
            offer(vec![Some(share())]);
        } else {
            offer(vec![layers.clone(), value.clone()]);
        }
        offer(vec![value]);
        offer(vec![layers]);
        versions
    }

    /// A free place beside an edge.
    fn place(&self, index: usize, size: Vec2) -> Option<Rect> {
        let way = &self.ways[index];
        let last = way.len().checked_sub(1)?;
        // Of an edge along a rail only the part that turns down is its own.
        let is_rail = self.page.graph.is_row && !self.page.graph.edges[index].bends.is_empty();
        let begin = if is_rail { way.iter().position(|point| point.y > way[0].y + 2.0)? } else { 0 };
        let gap = 3.0 * self.page.scale;
        let places = PLACES.iter().map(|share| begin + ((last - begin) as f32 * share) as usize);
        let tries = places.flat_map(|middle| {
            let along = (way[(middle + 3).min(last)] - way[middle.saturating_sub(3)]).normalized();
            let is_level = along.y.abs() < 0.08;
            // What does not fit between two nodes may stand above them.
            let above = is_level.then(|| way[middle] - vec2(0.0, self.page.radius + size.y / 2.0 + gap));
            let beside = [-1.0, 1.0].map(|side| {
                if is_level {
                    return way[middle] + vec2(0.0, side * (size.y / 2.0 + gap));
                }
                // So far to the side the whole label is clear of a leaning edge.
                let clear = size.x / 2.0 + gap + (size.y / 2.0) * (along.x / along.y).abs().min(2.5);
                let outward = if is_rail || along.x.abs() > 0.1 { side } else { -side };
                way[middle] + vec2(outward * clear, 0.0)
            });
            beside.into_iter().take(if is_level && self.page.graph.is_row { 1 } else { 2 }).chain(above)
        });
        let mut tries = tries.map(|center| Rect::from_center_size(center, size));
        tries.find(|place| {
            let room = place.expand(1.0);
            self.page.rect.contains_rect(*place)
                && !self.taken.iter().any(|taken| taken.intersects(room))
                && !self.ways.iter().flatten().any(|point| room.contains(*point))
        })
    }
}

/// Lines below each other, each in the middle of its room.
fn paint_lines(lines: Vec<Arc<Galley>>, room: Rect, ui: &Ui) {
    let mut top = room.top();
    for line in lines {
        let height = line.size().y;
        let left = room.center().x - line.size().x / 2.0;
        ui.painter().galley(pos2(left, top), line, Color32::PLACEHOLDER);
        top += height;
    }
}
