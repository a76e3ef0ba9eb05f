//! A message that has no room in the bottom line: whole, in a bar of its own above it, as wide as the window. The views give
//! way, so it covers no picture.

use egui::{Label, Margin, Panel, ScrollArea, Ui};

use super::status::{close_button, fresh, restored_ui};
use crate::state::{Command, State};
use crate::ui::theme;

/// The highest the bar is, as a share of the window; what has no room is scrolled to.
const HIGHEST: f32 = 0.4;

/// Shows the bar above the bottom line.
pub fn message_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(message) = fresh(state) else { return };
    let frame = theme::panel(ui.style()).inner_margin(Margin::symmetric(12, 6)).outer_margin(Margin::symmetric(4, 0));
    let most = HIGHEST * ui.ctx().content_rect().height();
    let panel = Panel::bottom("message").frame(frame).resizable(false).show_separator_line(false);
    panel.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            close_button(ui, commands);
            restored_ui(message, ui, commands);
            let area = ScrollArea::vertical().max_height(most).min_scrolled_height(most).auto_shrink([false, true]);
            area.show(ui, |ui| ui.vertical(|ui| lines_ui(&message.text, ui)));
        });
    });
}

/// What is wrong in strong type, and what to do about it below.
fn lines_ui(text: &str, ui: &mut Ui) {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().map(|first| ui.add(Label::new(theme::strong(first)).wrap()));
    for more in lines {
        ui.add(Label::new(more).wrap());
    }
}
