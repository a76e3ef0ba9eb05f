//! Tooltips: none covers the bar of the rate, so that its track is seen whatever the pointer rests on; and those of that bar stand
//! below it, over the controls of the time, where they cover neither picture nor tab.

use egui::{Context, Id, Popup, Rect, RectAlign, Response, Tooltip, Ui, Vec2, WidgetText, pos2};

/// Where a tooltip of the bars may stand: above them, to the right or to the left.
const ABOVE: [RectAlign; 2] = [RectAlign::TOP_START, RectAlign::TOP_END];
/// And of those of the rate: below it, to the right or to the left.
const BELOW: [RectAlign; 2] = [RectAlign::BOTTOM_START, RectAlign::BOTTOM_END];
/// Where a tooltip beside a picture may stand, whose list stands at its right from its top on, and whose tabs stand above it.
const BESIDE: [RectAlign; 4] =
    [RectAlign::LEFT_END, RectAlign::LEFT_START, RectAlign::BOTTOM_START, RectAlign::RIGHT_END];
/// A box that begins where its anchor begins.
const AT: RectAlign = RectAlign { parent: egui::Align2::LEFT_TOP, child: egui::Align2::LEFT_TOP };
/// Between a tooltip and what it speaks of, in points.
const GAP: f32 = 4.0;
/// Between a tooltip and the place under the pointer, which must hide no word.
const POINTER: f32 = 12.0;

/// The share of the width of the window that a tooltip below the bar of the rate may have: it is wide, as it has little height.
const WIDE: f32 = 0.7;

fn memory() -> Id {
    Id::unique("bar of the rate")
}

/// The bar of the rate, the upper one of the bars.
fn bar(ctx: &Context) -> Option<Rect> {
    ctx.data(|data| data.get_temp(memory()))
}

/// Says that the bars begin here, with that of the rate: it is covered by no [`Hint`], nor is what stands below it by one of above.
pub fn keep_free(ui: &Ui) {
    let bar = ui.max_rect();
    ui.data_mut(|data| data.insert_temp(memory(), bar));
}

/// Whether a widget stands in the bar of the rate.
fn is_in_bar(widget: &Response) -> bool {
    bar(&widget.ctx).is_some_and(|bar| bar.y_range().contains(widget.rect.center().y))
}

/// A tooltip that covers no bar.
#[expect(clippy::return_self_not_must_use, reason = "like the toolkit's own methods, it is often the last of a chain")]
pub trait Hint: Sized {
    /// With these words.
    fn hint(self, text: impl Into<WidgetText>) -> Self;

    /// With these words, beside the pointer.
    fn hint_at_pointer(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        self.hint_ui_at_pointer(|ui| words(text, ui))
    }

    /// With these words, beside the whole widget: left of it or below it, as a list of what is in it stands at its right.
    fn hint_beside(self, text: impl Into<WidgetText>) -> Self;

    /// With these contents.
    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self;

    /// With these contents, beside the pointer.
    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self;

    /// With these contents, left of it where there is room: it covers nothing of what stands above and below.
    fn hint_ui_at_left(self, contents: impl FnOnce(&mut Ui)) -> Self;
}

impl Hint for Response {
    fn hint(self, text: impl Into<WidgetText>) -> Self {
        let (text, is_wide) = (text.into(), is_in_bar(&self));
        self.hint_ui(|ui| {
            let width = ui.spacing().tooltip_width;
            let wide = WIDE * ui.ctx().content_rect().width();
            ui.set_max_width(if is_wide { wide.max(width) } else { width });
            ui.label(text);
        })
    }

    fn hint_beside(self, text: impl Into<WidgetText>) -> Self {
        let text = text.into();
        show(tooltip(&self), GAP, &self, Place::Sides(&BESIDE), |ui| words(text, ui));
        self
    }

    fn hint_ui(self, contents: impl FnOnce(&mut Ui)) -> Self {
        if !was_dragged(&self) {
            show(tooltip(&self), GAP, &self, Place::Usual, contents);
        }
        self
    }

    fn hint_ui_at_pointer(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self).at_pointer(), POINTER, &self, Place::Usual, contents);
        self
    }

    fn hint_ui_at_left(self, contents: impl FnOnce(&mut Ui)) -> Self {
        show(tooltip(&self), GAP, &self, Place::Left, contents);
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

/// Whether a widget is being dragged or was, as long as the pointer has not left it: what is dragged is looked at.
fn was_dragged(widget: &Response) -> bool {
    if !widget.sense.senses_drag() {
        return false;
    }
    let id = widget.id.with("dragged");
    if widget.is_pointer_button_down_on() {
        widget.ctx.data_mut(|data| data.insert_temp(id, true));
    } else if !widget.contains_pointer() {
        widget.ctx.data_mut(|data| data.remove_temp::<bool>(id));
    }
    widget.ctx.data(|data| data.get_temp(id)).unwrap_or(false)
}

/// Where a tooltip above the bars may stand.
#[derive(Clone, Copy)]
enum Place {
    /// Below its widget, or where else there is room.
    Usual,
    /// On one of these sides, or where else there is room.
    Sides(&'static [RectAlign]),
    /// Left of it, wherever that ends.
    Left,
}

impl Place {
    fn sides(self) -> &'static [RectAlign] {
        if let Self::Sides(sides) = self { sides } else { &[] }
    }
}

fn show(tooltip: Tooltip<'_>, gap: f32, widget: &Response, place: Place, contents: impl FnOnce(&mut Ui)) {
    let mut tooltip = tooltip.gap(gap);
    if let [first, others @ ..] = place.sides() {
        tooltip.popup = tooltip.popup.align(*first).align_alternatives(others);
    }
    if let Some(bar) = bar(&widget.ctx).filter(|_| tooltip.popup.is_open()) {
        tooltip.popup = if is_in_bar(widget) {
            of_bar(tooltip.popup, widget, bar)
        } else if widget.rect.top() >= bar.top() {
            above(tooltip.popup, widget, bar.top())
        } else if let Place::Left = place {
            at_left(tooltip.popup, gap, widget, bar.top())
        } else {
            within(tooltip.popup, gap, widget, bar.top(), place.sides())
        };
    }
    tooltip.show(contents);
}

/// The popup below the bar of the rate, where it has room there.
fn of_bar<'a>(popup: Popup<'a>, widget: &Response, bar: Rect) -> Popup<'a> {
    let foot = widget.ctx.content_rect().bottom();
    // Until its size is known it is not seen.
    let is_low = size_before(&widget.ctx, widget.id).is_none_or(|size| bar.bottom() + size.y <= foot);
    if !is_low {
        return above(popup, widget, bar.top());
    }
    let anchor = Rect::from_min_max(pos2(widget.rect.left(), bar.top()), pos2(widget.rect.right(), bar.bottom()));
    popup.anchor(anchor).gap(0.0).align(BELOW[0]).align_alternatives(&BELOW)
}

/// The popup over all that is between the top of the bars and the widget.
fn above<'a>(popup: Popup<'a>, widget: &Response, top: f32) -> Popup<'a> {
    let anchor = Rect::from_min_max(pos2(widget.rect.left(), top), widget.rect.max);
    popup.anchor(anchor).align(ABOVE[0]).align_alternatives(&ABOVE)
}

/// The popup of a widget above the bars: on the side where it ends above them, too; where none has the room, over the widget.
fn within<'a>(popup: Popup<'a>, gap: f32, widget: &Response, top: f32, sides: &'static [RectAlign]) -> Popup<'a> {
    let Some(anchor) = popup.get_anchor_rect() else { return popup };
    let mut room = widget.ctx.content_rect();
    room.max.y = room.max.y.min(top);
    // Until its size is known it is not seen.
    let Some(size) = size_before(&widget.ctx, widget.id) else { return popup };
    let usual = sides.first().copied().unwrap_or(RectAlign::BOTTOM_START);
    let others = usual.symmetries().into_iter().chain(RectAlign::MENU_ALIGNS);
    let all = sides.iter().copied().chain([usual]).chain(others);
    let align = RectAlign::find_best_align(all, room, anchor, gap, size).unwrap_or(usual);
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
        return within(popup, gap, widget, top, &[]);
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
