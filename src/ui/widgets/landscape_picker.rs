//! The picker of landscapes: a button as wide as the panel, and a menu by groups with a field to search it.

use egui::{Button, Id, Key, Margin, Popup, PopupCloseBehavior, Response, ScrollArea, TextEdit, Ui, vec2};

use super::row::declare_menu;
use crate::landscapes::{self, Entry, Group};
use crate::ui::theme;

const GROUPS: [Group; 6] =
    [Group::Quadratics, Group::Valleys, Group::ManyMinima, Group::Saddles, Group::Kinks, Group::Networks];

/// Shows the picker; the id of the landscape that was chosen.
pub fn landscape_picker(ui: &mut Ui, current: &'static Entry) -> Option<&'static str> {
    let button = Button::new(current.name).right_text("▾").truncate();
    let width = ui.available_width();
    let response = ui.add_sized(vec2(width, ui.spacing().interact_size.y + 4.0), button);
    let response = response.on_hover_text("Which land to walk on: the loss as a function of two weights.");
    declare_menu(ui, &response, "landscape", current.name);
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.width(width).show(|ui| entries_ui(ui, &response, current)).and_then(|shown| shown.inner)
}

fn entries_ui(ui: &mut Ui, button: &Response, current: &Entry) -> Option<&'static str> {
    let id = Id::unique("landscape search");
    let mut sought =
        if button.clicked() { String::new() } else { ui.data(|data| data.get_temp(id)).unwrap_or_default() };
    let field = TextEdit::singleline(&mut sought).id(id).hint_text("search").margin(Margin::symmetric(8, 4));
    let search = ui.add(field.desired_width(f32::INFINITY)).on_hover_text("Part of a name; Enter takes the first.");
    ui.ctx().accesskit_node_builder(id, |node| node.set_label("search landscapes"));
    if button.clicked() {
        search.request_focus();
    }
    let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let first = landscapes::entries().find(|entry| matches(entry, &sought)).map(|entry| entry.id);
    let mut chosen = first.filter(|_| entered && !sought.is_empty());
    if first.is_none() {
        ui.label(theme::muted("no landscape has that in its name").small());
    }
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * 0.6).show(ui, |ui| {
        for group in GROUPS {
            chosen = group_ui(ui, group, &sought, current).or(chosen);
        }
    });
    ui.data_mut(|data| data.insert_temp(id, sought));
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

fn group_ui(ui: &mut Ui, group: Group, sought: &str, current: &Entry) -> Option<&'static str> {
    let mut chosen = None;
    let mut entries = landscapes::entries().filter(|entry| entry.group == group && matches(entry, sought)).peekable();
    if entries.peek().is_some() {
        ui.label(theme::title(group.title()));
    }
    for entry in entries {
        let button = Button::selectable(entry.id == current.id, entry.name);
        if ui.add(button).on_hover_text(format!("{}\n\n{}", entry.idea, entry.formula)).clicked() {
            chosen = Some(entry.id);
        }
    }
    chosen
}

fn matches(entry: &Entry, sought: &str) -> bool {
    let sought = sought.trim().to_lowercase();
    entry.name.to_lowercase().contains(&sought) || entry.id.contains(&sought)
}
