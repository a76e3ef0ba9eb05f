//! What is drawn over the loss surface: a button on the map that opens the list, each line with its key.

use egui::{Align, Button, Layout, Popup, PopupCloseBehavior, RichText, TextStyle, Ui};

use crate::drawing::overlays::{self, CRITICAL, Overlay};
use crate::state::{Command, Pane, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::row::declare_menu;

const TABLE: &str = "Lists the critical points: click one to go there. Key P.";

/// Shows the button, and while it is open the list.
pub fn show_menu_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let suited = || overlays::ALL.iter().filter(|overlay| overlay.suits(&state.document.landscape));
    let count = suited().filter(|overlay| state.view.shows(overlay.id)).count();
    let response = ui.add(Button::new(RichText::new("Show ▾").small()));
    let response = response
        .on_hover_text("The overlays on the loss surface: contour lines, local models, steps, critical points …");
    declare_menu(ui, &response, "Show", &format!("{count} of {}", suited().count()));
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let em = TextStyle::Body.resolve(ui.style()).size;
    popup.width(19.0 * em).show(|ui| list_ui(state, ui, commands));
}

fn list_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let suits = |overlay: &Overlay| overlay.suits(&state.document.landscape);
    for overlay in overlays::ALL.iter().filter(|overlay| suits(overlay)) {
        let mut on = state.view.shows(overlay.id);
        let named = overlay.key.map_or_else(String::new, |key| format!(" Key {}.", key.name()));
        let place = drawn_in(overlay);
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
fn drawn_in(overlay: &Overlay) -> String {
    if [Pane::Map, Pane::Surface].iter().all(|pane| overlay.views.contains(pane)) {
        return String::new();
    }
    format!(" Drawn on {} only.", overlay.drawn_in())
}

/// Names the overlays that were chosen and that no view draws that is seen.
///
/// Those that are on from the beginning are not named: the slice draws few of them, and no one looks for the others there.
pub fn undrawn_ui(state: &State, seen: &[Pane], ui: &mut Ui) {
    let is_chosen = |overlay: &Overlay| state.view.shows(overlay.id) && !overlay.on_at_first;
    let is_known = |overlay: &Overlay| state.view.sees(overlay.id) && overlay.suits(&state.document.landscape);
    let is_drawn = |overlay: &Overlay| overlay.views.iter().any(|view| seen.contains(view));
    let undrawn: Vec<&Overlay> =
        overlays::ALL.iter().filter(|one| is_chosen(one) && is_known(one) && !is_drawn(one)).collect();
    let [first, ..] = undrawn[..] else { return };
    let text = if undrawn.len() == 1 {
        format!("{}: not shown here", first.label)
    } else {
        format!("{} overlays: not shown here", undrawn.len())
    };
    let lines: Vec<String> =
        undrawn.iter().map(|overlay| format!("{} is drawn on {} only", overlay.label, overlay.drawn_in())).collect();
    ui.label(theme::muted(text).small()).on_hover_text(lines.join("\n"));
}
