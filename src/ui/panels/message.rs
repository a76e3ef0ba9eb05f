//! A message that has no room in the bottom line: whole, in a bar of its own above it, as wide as the window. The views give
//! way, so it covers no picture.

use egui::{Label, Margin, Panel, ScrollArea, TextStyle, Ui, WidgetText, vec2};

use super::status::{close_button, fresh};
use crate::state::{Command, State};
use crate::ui::theme;

/// The highest the bar is, as a share of the window; what has no room is scrolled to.
const HIGHEST: f32 = 0.4;
/// Between its lines and its edges, in points.
const MARGIN: Margin = Margin { left: 12, right: 12, top: 6, bottom: 6 };

/// Shows the bar above the bottom line.
pub fn message_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(message) = fresh(state) else { return };
    let lines: Vec<&str> = message.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let button = ui.spacing().interact_size.y + ui.spacing().item_spacing.x;
    let width = (ui.available_width() - MARGIN.sum().x - button).max(1.0);
    let gap = ui.spacing().item_spacing.y;
    let height: f32 = lines.iter().map(|line| height_of(ui, line, width) + gap).sum::<f32>() + MARGIN.sum().y;
    let height = height.min(HIGHEST * ui.ctx().content_rect().height()).max(button + MARGIN.sum().y);
    let frame = theme::panel(ui.style()).inner_margin(MARGIN);
    let panel = Panel::bottom("message").exact_size(height).frame(frame).resizable(false).show_separator_line(false);
    panel.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            close_button(ui, commands);
            let area = ScrollArea::vertical().max_height(ui.available_height()).auto_shrink(false);
            area.show(ui, |ui| ui.vertical(|ui| lines_ui(&lines, ui)));
        });
    });
}

/// What is wrong in strong type, and what to do about it below.
fn lines_ui(lines: &[&str], ui: &mut Ui) {
    for (index, line) in lines.iter().enumerate() {
        let text = if index == 0 { theme::strong(*line) } else { (*line).into() };
        ui.add_sized(vec2(ui.available_width(), 0.0), Label::new(text).wrap().halign(egui::Align::LEFT));
    }
}

/// How high a line is that is broken at a width; strong type is the wider.
fn height_of(ui: &Ui, line: &str, width: f32) -> f32 {
    let text = WidgetText::from(theme::strong(line));
    text.into_galley(ui, Some(egui::TextWrapMode::Wrap), width, TextStyle::Body).size().y
}
