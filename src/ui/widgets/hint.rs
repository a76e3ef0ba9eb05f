//! Tooltips: none covers the bars below the picture, so that the track of a rate is seen whatever the pointer rests on.

use egui::{Context, Id, Popup, Rect, RectAlign, Response, Tooltip, Ui, Vec2, WidgetText, pos2};

/// Where a tooltip of the bars may stand: above them, to the right or to the left.
const ABOVE: [RectAlign; 2] = [RectAlign::TOP_START, RectAlign::TOP_END];
/// Where a tooltip beside a picture may stand, whose list stands at its right.
const BESIDE: [RectAlign; 4] =
    [RectAlign::TOP_START, RectAlign::LEFT_START, RectAlign::BOTTOM_START, RectAlign::LEFT_END];
/// A box that begins where its anchor begins.
const AT: RectAlign = RectAlign { parent: egui::Align2::LEFT_TOP, child: egui::Align2::LEFT_TOP };
/// Between a tooltip and what it speaks of, in points.
const GAP: f32 = 4.0;
/// Between a tooltip and the place under the pointer, which must hide no word.
const POINTER: f32 = 12.0;

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
        self.hint_ui(|ui| words(text, ui))
    }

    /// With these words, beside the pointer.
    fn hint_at_pointer(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        self.hint_ui_at_pointer(|ui| words(text, ui))
    }

    /// With these words, beside the whole widget: above it or left of it, as a list of what is in it stands at its right.
    fn hint_beside(self, text: impl Into<WidgetText>) -> Self;

    /// With these contents.
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self;

    /// With these contents, beside the pointer.
    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self;
}

impl Hint for Response {
    fn hint_beside(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        show(tooltip(&self), GAP, &self, Some(&BESIDE), |ui| words(text, ui));
        self
    }

    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self), GAP, &self, None, contents);
        self
    }

    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self).at_pointer(), POINTER, &self, None, contents);
        self
    }
}

fn words(text: WidgetText, ui: &mut Ui) {
    ui.set_max_width(ui.spacing().tooltip_width);
    ui.label(text);
}

fn tooltip(widget: &Response) -> Tooltip<'_> {
    if widget.enabled() { Tooltip::for_enabled(widget) } else { Tooltip::for_disabled(widget) }
}

fn show(
    tooltip: Tooltip<'_>,
    gap: f32,
    widget: &Response,
    sides: Option<&'static [RectAlign]>,
    contents: impl FnOnce(&mut Ui),
) {
    let mut tooltip = tooltip.gap(gap);
    if let Some([first, others @ ..]) = sides {
        tooltip.popup = tooltip.popup.align(*first).align_alternatives(others);
    }
    let top = widget.ctx.data(|data| data.get_temp::<f32>(memory()));
    if let Some(top) = top.filter(|_| tooltip.popup.is_open()) {
        tooltip.popup = if widget.rect.top() >= top {
            above(tooltip.popup, widget, top)
        } else {
            within(tooltip.popup, gap, widget, top, sides)
        };
    }
    tooltip.show(contents);
}

/// The popup over all that is between the top of the bars and the widget.
fn above<'a>(popup: Popup<'a>, widget: &Response, top: f32) -> Popup<'a> {
    let anchor = Rect::from_min_max(pos2(widget.rect.left(), top), widget.rect.max);
    popup.anchor(anchor).align(ABOVE[0]).align_alternatives(&ABOVE)
}

/// The popup of a widget above the bars: on the side where it ends above them, too; where none has the room, over the widget.
fn within<'a>(
    popup: Popup<'a>,
    gap: f32,
    widget: &Response,
    top: f32,
    sides: Option<&'static [RectAlign]>,
) -> Popup<'a> {
    let Some(anchor) = popup.get_anchor_rect() else { return popup };
    let mut room = widget.ctx.content_rect();
    room.max.y = room.max.y.min(top);
    // Until its size is known it is not seen.
    let Some(size) = size_before(&widget.ctx, widget.id) else { return popup };
    let usual = sides.and_then(|sides| sides.first().copied()).unwrap_or(RectAlign::BOTTOM_START);
    let others = usual.symmetries().into_iter().chain(RectAlign::MENU_ALIGNS);
    let all = sides.into_iter().flatten().copied().chain([usual]).chain(others);
    let align = RectAlign::find_best_align(all, room, anchor, gap, size).unwrap_or(usual);
    let place = align.align_rect(&anchor, size, gap);
    if room.contains_rect(place) {
        return popup.align(align).align_alternatives(&[]);
    }
    let corner = place.min.clamp(room.min, (room.max - size).max(room.min));
    popup.anchor(Rect::from_min_size(corner, size)).gap(0.0).align(AT).align_alternatives(&[])
}

/// How large the tooltip of a widget was when it was seen last.
fn size_before(ctx: &Context, widget: Id) -> Option<Vec2> {
    egui::AreaState::load(ctx, Tooltip::next_tooltip_id(ctx, widget))?.size
}
