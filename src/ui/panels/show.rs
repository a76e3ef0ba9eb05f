//! What is drawn over the loss surface: a button on the map that opens the list, each line with its key.

use egui::{Align, Button, Layout, Popup, PopupCloseBehavior, RichText, TextStyle, Ui};

use crate::drawing::overlays::{self, CRITICAL, Overlay};
use crate::state::{Command, Pane, State, ViewCommand, WindowCommand};
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
    for overlay in overlays::ALL.iter().filter(|overlay| suits(overlay)) {
        let mut on = state.view.shows(overlay.id);
        let named = overlay.key.map_or_else(String::new, |key| format!(" Key {}.", key.name()));
        let place = drawn_in(overlay.views);
        ui.horizontal(|ui| {
            let text = RichText::new(overlay.label).small();
            let response = ui.checkbox(&mut on, text).on_hover_text(format!("{}{place}{named}", overlay.help));
            if response.changed() {
                commands.push(Command::View(ViewCommand::ToggleOverlay(overlay.id)));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(key) = overlay.key {
                    ui.label(theme::title(key.sign()));
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

/// Where an overlay is drawn, if not in every picture of the loss: " Drawn on the map."
fn drawn_in(views: &[Pane]) -> String {
    if [Pane::Map, Pane::Surface].iter().all(|pane| views.contains(pane)) {
        return String::new();
    }
    let names: Vec<String> = views.iter().map(|pane| format!("the {}", pane.short_title().to_lowercase())).collect();
    format!(" Drawn on {} only.", names.join(" and "))
}
