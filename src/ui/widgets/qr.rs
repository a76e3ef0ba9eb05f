//! A text as a QR code: black on white in both themes, as cameras want it, with the quiet margin around it.

use egui::{Color32, Rect, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code, as the standard asks.
const MARGIN: usize = 4;

/// Shows the code of a text in a square of this side, in points; false where the text is too long for one.
pub fn qr_ui(ui: &mut Ui, text: &str, name: &str, side: f32) -> bool {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return false };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
    let module = side / (code.width() + 2 * MARGIN) as f32;
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let place = vec2((index % code.width() + MARGIN) as f32, (index / code.width() + MARGIN) as f32);
            // Neighbors overlap a little: no hairline stays between them.
            let dark = Rect::from_min_size(rect.min + module * place, Vec2::splat(module * 1.04));
            ui.painter().rect_filled(dark, 0.0, Color32::BLACK);
        }
    }
    true
}
