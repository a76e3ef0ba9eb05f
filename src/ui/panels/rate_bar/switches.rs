//! Switches beside the rate: one rate for several runs, and a logarithmic track.

use egui::{Button, RichText, Role, Ui, WidgetInfo};

use crate::state::{CardId, Command, State};
use crate::ui::actions;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::rate_assessment::RateAssessment;
use crate::ui::widgets::row::small_button_width;

/// Which of the switches have something to switch, as far as there is room for them.
pub(super) fn switches_ui(
    state: &State,
    card: CardId,
    assessment: &RateAssessment,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.x *= 0.5;
    ui.spacing_mut().button_padding.x *= 0.5;
    if state.document.card(card).is_some_and(|card| card.optimizer.entry.has_rate_and_coefficient()) {
        switch_ui(state, "slide coefficient", &["β"], "", ui, commands);
        if state.view.scene.slider.slides_coefficient {
            return;
        }
    }
    link_ui(state, card, ui, commands);
    // Without a limit the track is logarithmic in any case.
    if assessment.track_end().is_some() {
        switch_ui(state, "log rate", &["log"], "", ui, commands);
    }
}

/// Whether the rates of other runs move along, where there are any.
fn link_ui(state: &State, card: CardId, ui: &mut Ui, commands: &mut Vec<Command>) {
    let linked = state.document.linked_rates(card);
    if !(linked.linked.is_empty() && linked.left_out.is_empty()) {
        switch_ui(state, "link rates", &["Link rates", "Link"], &linked_words(state, card), ui, commands);
    }
}

/// A switch of the table of actions, with the first of these words that has room, and with more to say of it than its help.
fn switch_ui(state: &State, id: &str, words: &[&str], more: &str, ui: &mut Ui, commands: &mut Vec<Command>) {
    let text = words.iter().find(|text| small_button_width(ui, text) <= ui.available_width());
    let Some((action, text)) = actions::find(id).zip(text) else { return };
    let is_on = action.checked.as_ref().is_some_and(|checked| checked(state));
    let button = Button::selectable(is_on, RichText::new(*text).small()).frame_when_inactive(true);
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, (action.label)(state)));
    let tooltip = action.tooltip(ui.ctx());
    let response = response.hint(if more.is_empty() { tooltip } else { format!("{tooltip}\n\n{more}") });
    if response.clicked() {
        commands.push((action.command)(state));
    }
}

/// Which runs share the rate, and which are left out and why.
fn linked_words(state: &State, card: CardId) -> String {
    let found = state.document.linked_rates(card);
    let names = found.linked.iter().filter_map(|id| state.document.card(*id)).map(|card| card.optimizer.entry.name);
    let names: Vec<&str> = names.collect();
    let with = if names.is_empty() { "no other run".to_owned() } else { names.join(", ") };
    let left_out: Vec<String> = found.left_out.iter().map(|(name, why)| format!("{name} ({why})")).collect();
    let without = if left_out.is_empty() { String::new() } else { format!("\nLeft out: {}.", left_out.join(", ")) };
    format!("Shared with {with}.{without}")
}
