//! Tooltips of what stands in the bars below the picture: above the bars, so that none covers the track of a rate.

use egui::{Id, Popup, Rect, RectAlign, Response, Tooltip, Ui, WidgetText, pos2};

/// Where a tooltip of the bars may stand: above them, to the right or to the left.
const ABOVE: [RectAlign; 2] = [RectAlign::TOP_START, RectAlign::TOP_END];

fn memory() -> Id {
    Id::unique("top of the bars")
}

/// Says that the bars begin here; nothing below it is covered by a [`Hint`].
pub fn keep_free(ui: &Ui) {
    let top = ui.max_rect().top();
    ui.data_mut(|data| data.insert_temp(memory(), top));
}

/// A tooltip that covers no bar.
#[expect(clippy::return_self_not_must_use, reason = "like the toolkit's own methods, it is often the last of a chain")]
pub trait Hint: Sized {
    /// With these words.
    fn hint(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        self.hint_ui(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.label(text);
        })
    }

    /// With these contents.
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self;
}

impl Hint for Response {
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self {
        let mut tooltip = if self.enabled() { Tooltip::for_enabled(&self) } else { Tooltip::for_disabled(&self) };
        let top = self.ctx.data(|data| data.get_temp::<f32>(memory()));
        if let Some(top) = top.filter(|top| self.rect.top() >= *top) {
            tooltip.popup = above(tooltip.popup, &self, top);
        }
        tooltip.show(contents);
        self
    }
}

/// The popup over all that is between the top of the bars and the widget.
fn above<'a>(popup: Popup<'a>, widget: &Response, top: f32) -> Popup<'a> {
    let anchor = Rect::from_min_max(pos2(widget.rect.left(), top), widget.rect.max);
    popup.anchor(anchor).align(ABOVE[0]).align_alternatives(&ABOVE)
}
