//! What the page of a lesson points at: a frame around the part of the window, with the name of an overlay in the picture.

use egui::{Align2, CornerRadius, Rect, Stroke, StrokeKind, TextStyle, Ui, vec2};

use super::theme;
use super::views::Canvases;
use crate::drawing::WindowPart;
use crate::drawing::ink::Ink;
use crate::drawing::overlays;
use crate::state::{Look, State};

/// The width of a frame, in points at normal type.
const WIDTH: f32 = 2.5;

/// Draws the frames over everything that this frame has shown.
pub(super) fn frames_ui(state: &State, canvases: &Canvases, ui: &Ui) {
    let chrome = &state.view.chrome;
    let (ink, k) = (Ink::Accent, chrome.type_scale.factor());
    let stroke = Stroke::new(WIDTH * k, theme::color(ink.fill(chrome.theme)));
    let painter = ui.painter().with_clip_rect(ui.ctx().content_rect());
    for look in state.look() {
        let (part, name) = match look {
            Look::Part(part) => (*part, None),
            Look::Overlay(id) => (WindowPart::Picture, overlays::find(id.name()).map(|overlay| overlay.label)),
        };
        let place = canvases.parts.iter().filter(|(of, _)| *of == part).map(|(_, rect)| *rect);
        let Some(rect) = place.reduce(Rect::union) else { continue };
        let rect = rect.shrink(0.5 * WIDTH * k);
        painter.rect_stroke(rect, CornerRadius::same((7.0 * k) as u8), stroke, StrokeKind::Middle);
        if let Some(name) = name {
            let font = TextStyle::Small.resolve(ui.style());
            let color = theme::color(ink.on_fill(chrome.theme));
            let galley = painter.layout_no_wrap(name.to_owned(), font, color);
            let size = galley.size() + vec2(12.0, 4.0) * k;
            // Below the row of switches that a picture has at a desk.
            let below = if chrome.presenting.is_some() { 0.0 } else { ui.spacing().interact_size.y + 16.0 };
            let top = rect.center_top() + vec2(0.0, below);
            let patch = Align2::CENTER_TOP.anchor_rect(Rect::from_min_size(top, size));
            painter.rect_filled(patch, CornerRadius::same(3), theme::color(ink.fill(chrome.theme)));
            painter.galley(patch.min + vec2(6.0, 2.0) * k, galley, color);
        }
    }
}
