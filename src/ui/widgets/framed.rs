//! A field with an outline, which controls in menus go without.

use egui::{Response, TextEdit, Ui};

/// Adds the field, as wide as the menu.
pub fn framed(ui: &mut Ui, field: TextEdit<'_>) -> Response {
    ui.scope(|ui| {
        ui.reset_style();
        ui.add(field.desired_width(f32::INFINITY))
    })
    .inner
}
