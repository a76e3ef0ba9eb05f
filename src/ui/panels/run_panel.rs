//! The panel that the arrow of a run opens: its method, its parameters, and what can be done with it.

use egui::{Area, Frame, Id, Margin, Order, Popup, Pos2, Rect, ScrollArea, Ui, Vec2, vec2};

use super::run_card::run_card_ui;
use crate::state::{Command, State, WindowCommand};

/// Its width, in points at normal type.
const PANEL: f32 = 300.0;
/// Room for it, in points at normal type.
const LEAST_PANEL: f32 = 280.0;
/// The panel below a place: the method of a run, its parameters, and what can be done with it. A press beside it closes it, but
/// not one on what has opened it.
pub(super) fn run_panel_ui(state: &State, place: usize, at: Pos2, opener: Rect, ui: &Ui, commands: &mut Vec<Command>) {
    let Some(card) = state.document.cards.get(place) else { return };
    let k = state.view.chrome.type_scale.factor();
    let screen = ui.ctx().content_rect().shrink(8.0);
    let width = (PANEL * k).min(screen.width());
    // Low in the window it stands higher, so that it has room.
    let top = (at.y + 4.0).min((screen.bottom() - LEAST_PANEL * k).max(screen.top()));
    let corner = Pos2::new(at.x.min(screen.right() - width), top);
    let size = vec2(width - 18.0, (screen.bottom() - corner.y - 24.0).max(80.0));
    let area = Area::new(Id::unique("panel of a run")).order(Order::Middle).fixed_pos(corner);
    let shown = area.show(ui.ctx(), |ui| {
        Frame::window(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.style_mut().interaction.selectable_labels = false;
            scrolled_ui(size, ui, |ui| run_card_ui(state, place, card, ui, commands));
        });
    });
    if is_pressed_beside([shown.response.rect, opener], ui) {
        commands.push(Command::Window(WindowCommand::OpenRun(None)));
    }
}

/// As high as its contents, also when these have become more, up to a height from which on they scroll.
fn scrolled_ui<T>(size: Vec2, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> T) {
    ui.set_width(size.x);
    let scroll = ScrollArea::vertical().max_height(size.y).min_scrolled_height(size.y);
    scroll.auto_shrink([false, true]).show(ui, contents);
}

/// Whether something is pressed that is neither the panel, nor what has opened it, nor a menu.
fn is_pressed_beside(rects: [Rect; 2], ui: &Ui) -> bool {
    if Popup::is_any_open(ui.ctx()) {
        return false;
    }
    let pressed = ui.input(|input| input.pointer.press_origin().filter(|_| input.pointer.any_pressed()));
    pressed.is_some_and(|place| rects.iter().all(|rect| !rect.contains(place)))
}
