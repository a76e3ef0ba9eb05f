//! The list of keys, over the views: the table of actions in two columns.

use egui::style::ScrollStyle;
use egui::{Align, Align2, Grid, Layout, RichText, ScrollArea, TextStyle, Ui, vec2};

use super::over_views::{room_in_window, window};
use crate::state::{Command, State, WindowCommand};
use crate::ui::actions::{self, Action, key_text};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The list of keys, if it is open.
pub fn keys_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !state.view.chrome.keys_open {
        return;
    }
    let mut open = true;
    let room = room_in_window(ui);
    window("Keys", &mut open).anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)).show(ui.ctx(), |ui| {
        // Where there is too little room, a bar that is always seen says that there is more.
        ui.spacing_mut().scroll = ScrollStyle::solid();
        let area = ScrollArea::both().max_width(room.x).max_height(room.y);
        let area = area.min_scrolled_width(room.x).min_scrolled_height(room.y);
        area.show(ui, |ui| columns(state, ui));
    });
    if !open {
        commands.push(Command::Window(WindowCommand::ToggleKeys));
    }
}

fn columns(state: &State, ui: &mut Ui) {
    let keyed: Vec<&Action> = actions::all().iter().filter(|action| !action.shortcuts.is_empty()).collect();
    let (left, right) = keyed.split_at(keyed.len().div_ceil(2));
    // A row is no higher than its words.
    ui.spacing_mut().interact_size.y = ui.text_style_height(&TextStyle::Body);
    ui.horizontal_top(|ui| {
        for (name, half) in [("left keys", left), ("right keys", right)] {
            Grid::new(name).num_columns(2).spacing(ui.spacing().item_spacing * vec2(2.0, 1.0)).show(ui, |ui| {
                for action in half {
                    row(state, ui, action);
                }
            });
            ui.add_space(3.0 * ui.spacing().item_spacing.x);
        }
    });
    ui.add_space(ui.spacing().item_spacing.y);
    ui.label(theme::muted("No key acts while a text field has the focus").small());
}

fn row(state: &State, ui: &mut Ui, action: &Action) {
    let keys: Vec<String> = action.shortcuts.iter().map(|shortcut| key_text(ui.ctx(), shortcut)).collect();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(theme::strong(keys.join("  "))));
    ui.label(RichText::new((action.label)(state))).hint(action.help);
    ui.end_row();
}
