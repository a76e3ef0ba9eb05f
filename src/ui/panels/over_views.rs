//! What stands over the views: small windows that can be closed, and questions that come before everything else.

use egui::{Id, Modal, TextStyle, Ui, Vec2, Window, vec2};

/// A window of a fixed size, with a sign that closes it: `open` says whether it still is.
pub(super) fn window<'a>(title: &'static str, open: &'a mut bool) -> Window<'a> {
    Window::new(title).open(open).collapsible(false).resizable(false)
}

/// The room for the contents of such a window.
pub(super) fn room_in_window(ui: &Ui) -> Vec2 {
    (ui.ctx().content_rect().size() - vec2(32.0, 96.0)).max(vec2(0.0, 0.0))
}

/// A question that is `lines` lines of text wide, where the window has the room; nothing else can be clicked meanwhile.
pub(super) fn question_ui<T>(name: &str, lines: f32, ui: &Ui, contents: impl FnOnce(&mut Ui) -> T) -> T {
    let width = (lines * ui.text_style_height(&TextStyle::Body)).min(ui.ctx().content_rect().width() - 48.0);
    let shown = Modal::new(Id::unique(name)).show(ui.ctx(), |ui| {
        ui.set_width(width.max(0.0));
        contents(ui)
    });
    shown.inner
}
