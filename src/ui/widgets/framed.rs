//! Fields with an outline, which controls in menus go without.

use egui::{Id, Margin, Response, TextEdit, Ui};

use super::hint::Hint as _;
use super::path_field::{is_entered, name_field};

/// Adds the field, as wide as the menu.
pub fn framed(ui: &mut Ui, field: TextEdit<'_>) -> Response {
    ui.scope(|ui| {
        ui.reset_style();
        ui.add(field.desired_width(f32::INFINITY))
    })
    .inner
}

/// A field that seeks among the entries of a menu; it is empty, and has the focus, when the menu opens.
pub struct SearchField {
    /// What it is called.
    pub name: &'static str,
    /// What stands in it while it is empty.
    pub hint: &'static str,
    /// Its tooltip.
    pub help: &'static str,
}

impl SearchField {
    /// Shows it in the menu of `button`; what it has, and whether it was left with Enter.
    pub fn show(&self, button: &Response, ui: &mut Ui) -> (String, bool) {
        let id = Id::unique(("search field", self.name));
        let opens = button.clicked();
        let mut sought = if opens { String::new() } else { ui.data(|data| data.get_temp(id)).unwrap_or_default() };
        let field = TextEdit::singleline(&mut sought).id(id).hint_text(self.hint).margin(Margin::symmetric(8, 4));
        let response = framed(ui, field).hint(self.help);
        name_field(&response, self.name, ui);
        if opens {
            response.request_focus();
        }
        ui.data_mut(|data| data.insert_temp(id, sought.clone()));
        (sought, is_entered(&response, ui))
    }
}
