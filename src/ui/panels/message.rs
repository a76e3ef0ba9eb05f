//! A message that has no room in the bottom line, whole: beside the runs, or where it is too long for that over the tab or the foot
//! of the picture. It moves nothing.

use egui::{
    Align, Align2, Area, Frame, Id, Label, Layout, Margin, Order, Rect, RichText, ScrollArea, TextStyle, Ui, UiBuilder,
    WidgetText, vec2,
};

use super::status::{asks_to_be_gone, close_button, fresh, one_line, restored_ui, width_of_answers};
use crate::state::{Command, Message, State};
use crate::ui::theme;

/// The highest it is, as a share of the window; what has no room is scrolled to.
const HIGHEST: f32 = 0.4;
/// The least width of a place that has room for it, in points.
const LEAST: f32 = 240.0;
/// The sizes of its letters beside the runs, as shares of those of small type, the first that fits.
const SIZES: [f32; 4] = [1.0, 0.85, 0.75, 0.66];
/// Its margins, in points.
const MARGIN: [i8; 2] = [12, 6];

/// Whether there is a message without room in the bottom line that says one thing alone: one with a remedy is read in lines.
pub(super) fn is_notice(state: &State) -> bool {
    let says_one_thing = |message: &Message| message.text.trim().lines().count() == 1;
    state.view.chrome.message_covers && fresh(state).is_some_and(says_one_thing)
}

/// Shows it in what is free of the row of the runs, if it has room there; whether it has.
pub fn message_beside_runs_ui(state: &State, free: Rect, ui: &mut Ui, commands: &mut Vec<Command>) -> bool {
    let Some(message) = fresh(state) else { return true };
    if !is_notice(state) {
        return false;
    }
    let gap = ui.spacing().item_spacing.x;
    let free = free.with_max_x(free.right() - f32::from(MARGIN[0]));
    let width = free.width() - width_of_answers(message, ui) - gap;
    let small = TextStyle::Small.resolve(ui.style()).size;
    let fits = |words: &RichText| {
        let galley = WidgetText::from(words.clone()).into_galley(ui, None, width.max(0.0), TextStyle::Small);
        width >= LEAST && galley.size().y <= free.height()
    };
    let sized = SIZES.map(|share| theme::strong(one_line(&message.text)).size(share * small));
    let Some(words) = sized.into_iter().find(fits) else { return false };
    asks_to_be_gone(state, message, ui);
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(free).id_salt("message beside the runs").layout(layout), |ui| {
        close_button(ui, commands);
        restored_ui(message, ui, commands);
        ui.add(Label::new(words).wrap());
    });
    true
}

/// Shows it at the foot of a place in the window.
pub fn message_ui(state: &State, place: Rect, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(message) = fresh(state) else { return };
    asks_to_be_gone(state, message, ui);
    let [aside, above] = MARGIN;
    // A picture that has next to no room left has none for words.
    let place = if place.width() > LEAST { place } else { ui.ctx().content_rect() };
    let width = (place.width() - 2.0 * f32::from(aside)).max(0.0);
    let area = Area::new(Id::unique("message")).order(Order::Foreground).constrain(true);
    area.pivot(Align2::LEFT_BOTTOM).fixed_pos(place.left_bottom()).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(aside, above)).show(ui, |ui| {
            ui.set_min_width(width);
            ui.set_max_width(width);
            ui.allocate_ui(vec2(width, 0.0), |ui| ui.horizontal_top(|ui| contents_ui(message, ui, commands)));
        });
    });
}

/// The signs that answer it, and its lines, which scroll where there are too many of them.
fn contents_ui(message: &Message, ui: &mut Ui, commands: &mut Vec<Command>) {
    close_button(ui, commands);
    restored_ui(message, ui, commands);
    let most = HIGHEST * ui.ctx().content_rect().height();
    let area = ScrollArea::vertical().max_height(most).min_scrolled_height(most).auto_shrink([false, true]);
    area.show(ui, |ui| ui.vertical(|ui| lines_ui(&message.text, ui)));
}

/// What is wrong in strong type, and what to do about it below.
fn lines_ui(text: &str, ui: &mut Ui) {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().map(|first| ui.add(Label::new(theme::strong(first)).wrap()));
    for more in lines {
        ui.add(Label::new(more).wrap());
    }
}
