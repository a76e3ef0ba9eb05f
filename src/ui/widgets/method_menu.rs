//! The menu of the methods, sorted by what they believe in.

use egui::{Button, ScrollArea, Ui};

use crate::optimizers::{ENTRIES, Entry};
use crate::ui::theme;

/// Shows every method; the id of the one that was chosen.
pub fn method_menu(ui: &mut Ui, current: Option<&Entry>) -> Option<&'static str> {
    let mut chosen = None;
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * 0.7).show(ui, |ui| {
        for (title, second_order) in [("believe in the tangent plane", false), ("believe in the quadratic sheet", true)]
        {
            ui.label(theme::title(title));
            for entry in ENTRIES.iter().filter(|entry| entry.second_order == second_order) {
                let button = Button::selectable(current == Some(*entry), entry.name);
                if ui.add(button).on_hover_text(told(entry)).clicked() {
                    chosen = Some(entry.id);
                    ui.close();
                }
            }
        }
    });
    chosen
}

/// What a method is, in the words of its tooltip.
pub fn told(entry: &Entry) -> String {
    format!("{}\n\n{}\n\n{}", entry.idea, entry.rule, entry.reference)
}
