//! A heading that opens the part below it, with a summary while it is closed.

use egui::{Align, Button, Label, Layout, RichText, Role, TextStyle, Ui, WidgetInfo, vec2};

use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// A heading that can be clicked.
pub struct Disclosure<'a> {
    /// Whether it is open.
    pub open: bool,
    /// What it says.
    pub title: RichText,
    /// What a screen reader and a test call it.
    pub name: &'a str,
    /// What is inside, in one sentence.
    pub help: &'a str,
    /// A few words at the right.
    pub aside: RichText,
}

impl Disclosure<'_> {
    /// Shows it; true if it was clicked.
    pub fn show(self, ui: &mut Ui) -> bool {
        let aside = self.aside.clone();
        self.show_with(ui, |ui| {
            ui.add(Label::new(aside).truncate());
        })
    }

    /// As [`Self::show`], with something else at the right, instead of words.
    pub fn show_with(self, ui: &mut Ui, aside: impl FnOnce(&mut Ui)) -> bool {
        let sign = if self.open { "▾" } else { "▸" };
        // A line of words, no higher than they are.
        let size = vec2(ui.available_width(), ui.text_style_height(&TextStyle::Small));
        let row = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().button_padding = vec2(0.0, 0.0);
            ui.spacing_mut().interact_size.y = size.y;
            ui.spacing_mut().item_spacing.x = 4.0;
            let sign = theme::muted(sign).small();
            let heading = ui.add(Button::new((sign, self.title)).frame_when_inactive(false)).hint(self.help);
            heading
                .widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, ui.is_enabled(), self.open, self.name));
            ui.with_layout(Layout::right_to_left(Align::Center), aside);
            heading.clicked()
        });
        row.inner
    }
}
