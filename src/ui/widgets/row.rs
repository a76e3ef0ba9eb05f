//! A labeled value in one line: label, slider, number field, in three columns that line up from row to row.

use egui::{
    Align, Button, Color32, Label, Layout, Popup, PopupCloseBehavior, Response, RichText, Role, TextStyle, Ui,
    WidgetInfo, vec2,
};

use crate::landscapes::Parameter;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Widths of the columns, in points.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The label's.
    pub label: f32,
    /// The slider's.
    pub slider: f32,
    /// The number's.
    pub number: f32,
}

impl Columns {
    /// The columns in the room there is; the slider gives way first.
    pub fn of(ui: &Ui) -> Self {
        let em = TextStyle::Body.resolve(ui.style()).size;
        let gap = ui.spacing().item_spacing.x;
        let room = (ui.available_width() - 2.0 * gap).max(0.0);
        let number = (4.6 * em).min(room / 2.0);
        let label = (7.2 * em).min((room - number) * 0.6);
        Self { label, slider: room - number - label, number }
    }
}

/// What a parameter is called beside its slider: its symbol first, so that a narrow panel cuts only words.
pub fn caption(parameter: &Parameter) -> String {
    let Parameter { label, symbol, .. } = parameter;
    let says_it = symbol.is_empty() || label.split(' ').any(|word| word == *symbol);
    if says_it { (*label).to_owned() } else { format!("{symbol}  {label}") }
}

/// The width of a small text.
pub fn small_width(ui: &Ui, text: &str) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// Whether a small text has room in a width.
pub fn fits(ui: &Ui, text: &str, width: f32) -> bool {
    small_width(ui, text) <= width
}

/// A label that keeps to its width.
pub fn label(ui: &mut Ui, text: impl Into<RichText>, width: f32) -> Response {
    let size = vec2(width.max(0.0), ui.spacing().interact_size.y);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.add(Label::new(text.into()).truncate())
    })
    .inner
}

/// A small stepped-back label that keeps to its width.
pub fn muted_label(ui: &mut Ui, text: impl Into<String>, width: f32) -> Response {
    label(ui, theme::muted(text).small(), width)
}

/// Tells assistive technologies that a button is a menu to choose from: its name, and what is chosen.
pub fn declare_menu(ui: &Ui, button: &Response, name: &str, chosen: &str) {
    button.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(button.id, |node| node.set_value(chosen));
}

/// A small button with a menu: its accessible name, what is chosen, and what that does.
pub fn small_menu(ui: &mut Ui, name: &str, title: &str, help: &str, entries: impl FnOnce(&mut Ui)) {
    let button = ui.add(Button::new(RichText::new(format!("{title} ▾")).small())).hint(help);
    declare_menu(ui, &button, name, title);
    Popup::menu(&button).show(entries);
}

/// The menu of a button with fields and buttons in it, which stays open while they are used.
pub fn menu_of_controls(button: &Response, controls: impl FnOnce(&mut Ui)) {
    let popup = Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        // With the frames of fields and buttons, which those of a menu have not.
        ui.reset_style();
        controls(ui);
    });
}

/// Controls in a row behind what they are for.
pub fn named_row(ui: &mut Ui, name: &str, controls: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.label(theme::muted(name).small());
        controls(ui);
    });
}

/// The width of a small button with these words.
pub fn small_button_width(ui: &Ui, text: &str) -> f32 {
    small_width(ui, text) + 2.0 * ui.spacing().button_padding.x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_named_unless_it_is_a_word_of_the_label() {
        for (symbol, label, text) in [
            ("a", "curvature", "a  curvature"),
            ("t", "tilt", "t  tilt"),
            ("x", "minimum at x", "minimum at x"),
            ("", "seed of the data", "seed of the data"),
        ] {
            let parameter = Parameter { symbol, label, ..Parameter::linear("p", "p", 1.0, [0.0, 2.0]) };
            assert_eq!(caption(&parameter), text, "{symbol} of {label}");
        }
    }
}
