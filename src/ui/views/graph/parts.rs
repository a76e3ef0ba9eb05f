//! What each sample adds to the derivative by either weight, as bars: together they are the gradient, and a click chooses one.

use egui::{Color32, CursorIcon, FontId, Pos2, Rect, Role, Sense, Stroke, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::drawing::graph::{Graph, few};
use crate::drawing::ink::{Ink, Theme};
use crate::state::{Command, SampleCommand, State};
use crate::ui::theme::color;
use crate::ui::widgets::hint::Hint as _;

/// More bars than this would run into each other.
const MOST: usize = 60;
/// What the weights are called.
const SYMBOLS: [&str; 2] = ["w₁", "w₂"];
/// Height of the row, in points at normal type.
const HEIGHT: f32 = 84.0;
/// Height of the view from which on there is room for the row, in points at normal type.
const ROOM: f32 = 430.0;
/// The same where the graph itself needs height.
const ROOM_IN_COLUMNS: f32 = 640.0;

/// The height the row takes of the room there is; 0 where there is not enough.
pub(super) fn height(graph: &Graph, state: &State, room: f32) -> f32 {
    let scale = state.view.chrome.type_scale.factor();
    if graph.parts.len() <= MOST && room >= if graph.is_row { ROOM } else { ROOM_IN_COLUMNS } * scale {
        HEIGHT * scale
    } else {
        0.0
    }
}

/// Shows the row, a half of it for each weight.
pub(super) fn parts_ui(
    graph: &Graph,
    state: &State,
    lit: Option<usize>,
    height: f32,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let gap = ui.spacing().item_spacing.x;
    let half = vec2((room.width() - 3.0 * gap) / 2.0, height);
    for weight in [0, 1] {
        let left = room.left() + weight as f32 * (half.x + 3.0 * gap);
        let bars = Bars {
            graph,
            weight,
            theme: state.view.chrome.theme,
            pale: lit.is_some_and(|lit| lit != weight),
            room: Rect::from_min_size(pos2(left, room.top()), half),
        };
        bars.show(ui, commands);
    }
}

struct Bars<'a> {
    graph: &'a Graph,
    /// 0 or 1.
    weight: usize,
    theme: Theme,
    /// Another weight is what matters now.
    pale: bool,
    room: Rect,
}

impl Bars<'_> {
    fn show(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let font = TextStyle::Small.resolve(ui.style());
        let title_height = 1.4 * font.size;
        self.title(&font, ui);
        let area = Rect::from_min_max(self.room.min + vec2(0.0, title_height), self.room.max);
        let parts: Vec<f64> = self.graph.parts.iter().map(|part| part[self.weight]).collect();
        let [low, high] = parts.iter().fold([0.0_f64, 0.0], |[low, high], part| [low.min(*part), high.max(*part)]);
        let size = high - low;
        let share = |value: f64| if size > 0.0 && size.is_finite() { ((high - value) / size) as f32 } else { 0.5 };
        let zero = area.top() + area.height() * share(0.0);
        let width = (area.width() / parts.len().max(1) as f32).min(1.8 * font.size);
        let hairline = Stroke::new(1.0, color(Ink::Muted.line(self.theme)).gamma_multiply(0.6));
        ui.painter().hline(area.left()..=area.left() + width * parts.len() as f32, zero, hairline);
        for (index, part) in parts.into_iter().enumerate() {
            let left = area.left() + width * index as f32;
            let touch = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()));
            let end = area.top() + area.height() * share(part);
            let bar = Rect::from_two_pos(pos2(left + 0.16 * width, zero), pos2(left + 0.84 * width, end));
            self.bar(index, part, touch, bar, ui, commands);
        }
    }

    fn title(&self, font: &FontId, ui: &Ui) {
        let total = self.graph.weight(self.weight).and_then(|node| self.graph.nodes[node].backward);
        let total = if self.graph.sample.is_none() { total } else { None };
        let sum = total.map_or_else(String::new, |total| format!(": together {}", few(total)));
        let text = format!("Parts of ∂L/∂{}{sum}", SYMBOLS[self.weight]);
        let ink = self.strength(color(Ink::Muted.text(self.theme)));
        ui.painter().text(
            Pos2::new(self.room.left(), self.room.top()),
            egui::Align2::LEFT_TOP,
            text,
            font.clone(),
            ink,
        );
    }

    fn strength(&self, ink: Color32) -> Color32 {
        if self.pale { ink.gamma_multiply(0.35) } else { ink }
    }

    fn bar(&self, index: usize, part: f64, touch: Rect, bar: Rect, ui: &mut Ui, commands: &mut Vec<Command>) {
        let chosen = self.graph.sample == Some(index);
        let response = ui.interact(touch, ui.scope_id().with((SYMBOLS[self.weight], index)), Sense::click());
        let description = format!("sample {} adds {} to ∂L/∂{}", index + 1, few(part), SYMBOLS[self.weight]);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &description));
        if response.clicked() {
            commands.push(Command::Samples(SampleCommand::Choose((!chosen).then_some(index))));
        }
        if response.hovered() || response.has_focus() || chosen {
            let ground = color(Ink::Selection.fill(self.theme));
            ui.painter().rect_filled(touch, 2.0, ground);
        }
        let ink = if chosen || self.graph.sample.is_none() { 1.0 } else { 0.5 };
        let ink = self.strength(color(Ink::Plane.line(self.theme)).gamma_multiply(ink));
        ui.painter().rect_filled(bar, 0.0, ink);
        response.hint(description).on_hover_cursor(CursorIcon::PointingHand);
    }
}
