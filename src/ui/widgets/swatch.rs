//! How a run is drawn, as a small sample: its line with its marker in the middle.

use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::drawing::ink::{MarkerShape, run_style};
use crate::drawing::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::render::flat::paint_sample;
use crate::ui::theme;

/// A button that shows a style; `strength` from 0 to 1 makes it paler.
pub fn swatch(ui: &mut Ui, style: usize, strength: f32, selected: bool, name: &str) -> Response {
    let unit = ui.spacing().interact_size.y / 24.0;
    let (rect, response) = ui.allocate_exact_size(unit * vec2(32.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, name));
    if response.hovered() || response.has_focus() || selected {
        let visuals = ui.style().interact_selectable(&response, selected);
        ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    }
    if response.has_focus() {
        let ring = ui.visuals().selection.stroke;
        ui.painter().rect_stroke(rect, 4.0, ring, egui::StrokeKind::Inside);
    }
    paint(ui, rect.shrink2(unit * vec2(2.0, 0.0)), style, strength, unit);
    response
}

/// The swatch as a picture alone, as high as a line.
pub fn sample(ui: &mut Ui, style: usize) {
    faded_sample(ui, style, 1.0);
}

/// As [`sample`]; a `strength` below 1, down to 0, makes it paler.
pub fn faded_sample(ui: &mut Ui, style: usize, strength: f32) {
    let unit = ui.spacing().interact_size.y / 24.0;
    let (rect, _) = ui.allocate_exact_size(unit * vec2(28.0, 14.0), Sense::hover());
    paint(ui, rect, style, strength, unit);
}

/// The marker alone, as high as a line.
pub fn marker(ui: &mut Ui, style: usize) {
    let unit = ui.spacing().interact_size.y / 24.0;
    let (rect, _) = ui.allocate_exact_size(unit * vec2(14.0, 14.0), Sense::hover());
    let (ink, marker) = run_style(style);
    let primitives = [Primitive::mark(Point::origin(), marker, 4.5, Pen::new(ink, 2.0), true)];
    paint_sample(ui, rect, ViewBox::new(-7.0, 7.0, -7.0, 7.0), theme::theme_of(ui.style()), unit, &primitives);
}

fn paint(ui: &Ui, rect: Rect, style: usize, strength: f32, unit: f32) {
    let (ink, marker) = run_style(style);
    let half = f64::from(rect.width() / 2.0);
    let line = Pen::new(ink, 2.0).pale(strength);
    // Strokes through the middle of a line would not be seen on it.
    let gap =
        if matches!(marker, MarkerShape::Cross | MarkerShape::Plus | MarkerShape::Star) { 0.3 * half } else { 0.0 };
    let place = |x: f64| Point::new(x, 0.0);
    let primitives = [
        Primitive::line(vec![place(-half), place(-gap)], line),
        Primitive::line(vec![place(gap), place(half)], line),
        Primitive::mark(place(0.0), marker, 4.5, Pen::new(ink, 2.0).pale(strength), true),
    ];
    let height = f64::from(rect.height() / 2.0);
    let view = ViewBox::new(-half, half, -height, height);
    paint_sample(ui, rect, view, theme::theme_of(ui.style()), unit, &primitives);
}
