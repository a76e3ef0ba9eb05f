//! Small buttons that show a sign instead of a word; the word is their tooltip and accessible name.

use egui::{Button, Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// A button with a sign of the font.
pub fn sign_button(ui: &mut Ui, sign: &str, name: &str, help: &str) -> Response {
    let size = size(ui);
    let button = Button::new(theme::strong(sign)).frame_when_inactive(false).min_size(size);
    let padding = std::mem::take(&mut ui.spacing_mut().button_padding);
    let response = ui.add(button).hint(help);
    ui.spacing_mut().button_padding = padding;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response
}

/// An eye that is open while something is shown; true when it was clicked.
pub fn eye_toggle(ui: &mut Ui, open: bool, name: &str, help: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(size(ui), Sense::click());
    let response = response.hint(help);
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), open, name));
    let visuals = ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter().rect_stroke(rect, visuals.corner_radius, visuals.bg_stroke, egui::StrokeKind::Inside);
    }
    let ink = if open { ui.visuals().text_color() } else { ui.visuals().weak_text_color() };
    paint_eye(ui, rect, open, Stroke::new(visuals.fg_stroke.width, ink), ink);
    response.clicked()
}

fn size(ui: &Ui) -> Vec2 {
    let height = ui.spacing().interact_size.y;
    vec2(0.9 * height, height)
}

/// Two lids that meet in the corners, and a pupil; crossed out when shut.
fn paint_eye(ui: &Ui, rect: Rect, open: bool, stroke: Stroke, ink: Color32) {
    let half = vec2(0.34, 0.2) * rect.height();
    let center = rect.center();
    let lid = |side: f32| -> Vec<Pos2> {
        (0..=12u8)
            .map(|i| f32::from(i) / 6.0 - 1.0)
            .map(|t| center + vec2(t * half.x, side * half.y * (1.0 - t * t)))
            .collect()
    };
    for side in [-1.0, 1.0] {
        ui.painter().add(Shape::line(lid(side), stroke));
    }
    ui.painter().circle_filled(center, 0.1 * rect.height(), ink);
    if !open {
        let corner = vec2(half.x, -half.x) * 0.8;
        ui.painter().line_segment([center - corner, center + corner], stroke);
    }
}
