//! What is drawn over the loss surface: a button on the map that opens the list, nine entries with their keys.

use egui::{Align, Button, Layout, Popup, PopupCloseBehavior, RichText, TextStyle, Ui, vec2};

use crate::drawing::overlays::{self, Overlay, OverlayGroup};
use crate::state::{Command, Pane, State, ViewCommand, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{declare_menu, small_button_width};

const TABLE: &str = "Lists the critical points: click one to go there. Key P.";

/// What the button says; in very little room its arrow alone.
const SHOW: &str = "Show ▾";

/// The room for a button beside the one of the list in a row.
pub fn has_room_beside_show(text: &str, ui: &Ui) -> bool {
    let needed = small_button_width(ui, text) + small_button_width(ui, SHOW) + 2.0 * ui.spacing().item_spacing.x;
    ui.available_width() >= needed
}

/// Shows the button, and while it is open the list.
pub fn show_menu_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let groups = || OverlayGroup::ALL.into_iter().filter(|group| suited(state, *group).next().is_some());
    let shown = groups().filter(|group| is_shown(state, *group)).count();
    let words = if ui.available_width() < small_button_width(ui, SHOW) { "▾" } else { SHOW };
    let response = ui.add(Button::new(RichText::new(words).small()));
    let response =
        response.hint("What is drawn over the loss surface: contour lines, local models, steps, critical points …");
    declare_menu(ui, &response, "Show", &format!("{shown} of {}", groups().count()));
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let em = TextStyle::Body.resolve(ui.style()).size;
    popup.width(24.0 * em).show(|ui| list_ui(state, ui, commands));
}

/// The overlays of an entry that can show something here.
fn suited(state: &State, group: OverlayGroup) -> impl Iterator<Item = &'static Overlay> {
    group.members().filter(|overlay| overlay.suits(&state.document.landscape))
}

fn is_shown(state: &State, group: OverlayGroup) -> bool {
    suited(state, group).any(|overlay| state.view.shows(overlay.id))
}

/// The nine entries, and what comes with tabs.
fn list_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 1.0;
    for group in OverlayGroup::ALL {
        let overlays: Vec<&Overlay> = suited(state, group).collect();
        if !overlays.is_empty() {
            group_ui(state, group, &overlays, ui, commands);
        }
    }
    let of_tabs = overlays::ALL.iter().filter(|overlay| overlay.group.is_none());
    let of_tabs: Vec<&Overlay> = of_tabs.filter(|overlay| overlay.suits(&state.document.landscape)).collect();
    if !of_tabs.is_empty() {
        ui.separator();
        ui.label(theme::muted("These come and go with a tab:").small());
        parts_ui(state, &of_tabs, ui, commands);
    }
}

/// An entry: its name with its key, and below it its overlays, where it has several.
fn group_ui(state: &State, group: OverlayGroup, overlays: &[&Overlay], ui: &mut Ui, commands: &mut Vec<Command>) {
    let digit = group.digit().to_string();
    ui.horizontal(|ui| {
        let mut on = is_shown(state, group);
        let place = if let [overlay] = overlays { drawn_in(overlay) } else { String::new() };
        let help = format!("{}{place} Key {digit}.", group.help());
        if ui.checkbox(&mut on, group.label()).hint(help).changed() {
            commands.push(Command::View(ViewCommand::ToggleGroup(group)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::title(digit));
            if group == OverlayGroup::Critical {
                table_ui(ui, commands);
            }
        });
    });
    if overlays.len() > 1 {
        parts_ui(state, overlays, ui, commands);
    }
}

/// The overlays of an entry, each of which is on or off.
fn parts_ui(state: &State, overlays: &[&Overlay], ui: &mut Ui, commands: &mut Vec<Command>) {
    // A control in a menu has no outline; that of what is on is wanted here.
    ui.indent("parts", |ui| {
        ui.reset_style();
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().button_padding = vec2(6.0, 2.0);
        ui.horizontal_wrapped(|ui| {
            for overlay in overlays {
                let on = state.view.shows(overlay.id);
                let help = format!("{}{}{}", overlay.help, drawn_in(overlay), goes_with(overlay));
                let part = ui.selectable_label(on, RichText::new(overlay.label).small());
                if part.hint(help).clicked() {
                    commands.push(Command::View(ViewCommand::ToggleOverlay(overlay.id)));
                }
            }
        });
    });
}

/// The button has an outline, which controls in menus go without.
fn table_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.scope(|ui| {
        ui.reset_style();
        if ui.small_button(RichText::new("table").small()).hint(TABLE).clicked() {
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

/// The tabs that it goes with, if it goes with some: " Comes with the tab Loss."
fn goes_with(overlay: &Overlay) -> String {
    match overlay.tabs {
        [] => String::new(),
        [tab] => format!(" Comes with the tab {}.", tab.short_title()),
        tabs => {
            let names: Vec<&str> = tabs.iter().map(|tab| tab.short_title()).collect();
            format!(" Stays while the tab {} is open.", names.join(" or "))
        }
    }
}

/// Names the overlays that were chosen and that no view draws that is seen.
///
/// Those that are on from the beginning are not named: the slice draws few of them, and none of the others is expected there.
pub fn undrawn_ui(state: &State, seen: &[Pane], ui: &mut Ui) {
    // What a tab brings is not chosen either.
    let is_chosen = |overlay: &Overlay| {
        let is_usual = overlay.on_at_first && overlay.tabs.is_empty();
        state.view.shows(overlay.id) && !is_usual && !overlay.tabs.contains(&state.view.scene.tab)
    };
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
    ui.label(theme::muted(text).small()).hint(lines.join("\n"));
}
