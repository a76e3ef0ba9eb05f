//! What is drawn over the land: a button on the map that opens the list, each line with its key.

use egui::{Align, Button, Layout, Popup, PopupCloseBehavior, RichText, TextStyle, Ui};

use crate::drawing::overlays::{self, CRITICAL, FOG, Overlay};
use crate::state::{Command, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::row::declare_menu;

const TABLE: &str = "Lists the critical points: click one to go there. Key P.";

/// Shows the button, and while it is open the list.
pub fn show_menu_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let suited = || overlays::ALL.iter().filter(|overlay| (overlay.suits)(&state.document.landscape));
    let count = suited().filter(|overlay| state.view.shows(overlay.id)).count();
    let response = ui.add(Button::new(RichText::new("Show ▾").small()));
    let response =
        response.on_hover_text("What is drawn over the land: contour lines, sheets, steps, critical points …");
    declare_menu(ui, &response, "Show", &format!("{count} of {}", suited().count()));
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let em = TextStyle::Body.resolve(ui.style()).size;
    popup.width(19.0 * em).show(|ui| list_ui(state, ui, commands));
}

fn list_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let suits = |overlay: &Overlay| (overlay.suits)(&state.document.landscape);
    for (index, overlay) in overlays::ALL.iter().enumerate().filter(|(_, overlay)| suits(overlay)) {
        let mut on = state.view.shows(overlay.id);
        let key = key_of(index);
        let named = key.as_ref().map_or_else(String::new, |(_, key)| format!(" Key {key}."));
        ui.horizontal(|ui| {
            let text = RichText::new(overlay.label).small();
            let response = ui.checkbox(&mut on, text).on_hover_text(format!("{}{named}", overlay.help));
            if response.changed() {
                commands.push(Command::View(ViewCommand::ToggleOverlay(overlay.id)));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some((sign, _)) = key {
                    ui.label(theme::title(sign));
                }
                if overlay.id == CRITICAL {
                    table_ui(ui, commands);
                }
            });
        });
    }
}

/// The button has an outline, which controls in menus go without.
fn table_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.scope(|ui| {
        ui.reset_style();
        if ui.small_button(RichText::new("table").small()).on_hover_text(TABLE).clicked() {
            commands.push(Command::Window(WindowCommand::ToggleCriticalTable));
        }
    });
}

/// The key of the overlay at this place, if it has one: as it is written in the list, and in full.
fn key_of(index: usize) -> Option<(String, String)> {
    if overlays::ALL[index].id == FOG {
        return Some(("G".to_owned(), "G".to_owned()));
    }
    let digit = (index % 9 + 1).to_string();
    match index / 9 {
        0 => Some((digit.clone(), digit)),
        1 => Some((format!("⇧{digit}"), format!("Shift+{digit}"))),
        _ => None,
    }
}
