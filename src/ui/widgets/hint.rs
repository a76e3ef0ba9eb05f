//! Tooltips: none covers the bars below the picture, so that the track of a rate is seen whatever the pointer rests on.

use egui::{Context, Id, Popup, Rect, RectAlign, Response, Tooltip, Ui, Vec2, WidgetText, pos2};

/// Where a tooltip of the bars may stand: above them, to the right or to the left.
const ABOVE: [RectAlign; 2] = [RectAlign::TOP_START, RectAlign::TOP_END];
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

    /// With these contents.
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self;

    /// With these contents, beside the pointer.
    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self;

    /// With these contents, left of it where there is room: it covers nothing of what stands above and below.
    fn hint_ui_at_left(self, contents: impl FnOnce(&mut Ui)) -> Self;
}

impl Hint for Response {
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self), GAP, within, &self, contents);
        self
    }

    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self).at_pointer(), POINTER, within, &self, contents);
        self
    }

    fn hint_ui_at_left(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self), GAP, at_left, &self, contents);
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

/// Puts the tooltip of a widget above the bars, which begin there.
type Placing = for<'a> fn(Popup<'a>, f32, &Response, f32) -> Popup<'a>;

fn show(tooltip: Tooltip<'_>, gap: f32, placing: Placing, widget: &Response, contents: impl FnOnce(&mut Ui)) {
    let mut tooltip = tooltip.gap(gap);
    let top = widget.ctx.data(|data| data.get_temp::<f32>(memory()));
    if let Some(top) = top.filter(|_| tooltip.popup.is_open()) {
        tooltip.popup = if widget.rect.top() >= top {
            above(tooltip.popup, widget, top)
        } else {
            placing(tooltip.popup, gap, widget, top)
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
fn within<'a>(popup: Popup<'a>, gap: f32, widget: &Response, top: f32) -> Popup<'a> {
    let Some(anchor) = popup.get_anchor_rect() else { return popup };
    let mut room = widget.ctx.content_rect();
    room.max.y = room.max.y.min(top);
    // Until its size is known it is not seen.
    let Some(size) = size_before(&widget.ctx, widget.id) else { return popup };
    let usual = RectAlign::BOTTOM_START;
    let sides = std::iter::once(usual).chain(usual.symmetries()).chain(RectAlign::MENU_ALIGNS);
    let align = RectAlign::find_best_align(sides, room, anchor, gap, size).unwrap_or(usual);
    let place = align.align_rect(&anchor, size, gap);
    if room.contains_rect(place) {
        return popup.align(align).align_alternatives(&[]);
    }
    let corner = place.min.clamp(room.min, (room.max - size).max(room.min));
    at(popup, Rect::from_min_size(corner, size))
}

/// The popup left of a widget above the bars, moved up or down along it until it ends above them, too.
fn at_left<'a>(popup: Popup<'a>, gap: f32, widget: &Response, top: f32) -> Popup<'a> {
    let Some((anchor, size)) = popup.get_anchor_rect().zip(size_before(&widget.ctx, widget.id)) else { return popup };
    let room = widget.ctx.content_rect();
    let lowest = (room.bottom().min(top) - size.y).max(room.top());
    let corner = pos2(anchor.left() - gap - size.x, anchor.top().clamp(room.top(), lowest));
    if corner.x < room.left() {
        return within(popup, gap, widget, top);
    }
    at(popup, Rect::from_min_size(corner, size))
}

/// The popup in this place.
fn at(popup: Popup<'_>, place: Rect) -> Popup<'_> {
    popup.anchor(place).gap(0.0).align(AT).align_alternatives(&[])
}

/// How large the tooltip of a widget was when it was seen last.
fn size_before(ctx: &Context, widget: Id) -> Option<Vec2> {
    egui::AreaState::load(ctx, Tooltip::next_tooltip_id(ctx, widget))?.size
}
