//! The only place that makes the toolkit's colors from ours.

use egui::{Color32, Stroke};

use crate::drawing::ink::{Ink, Rgb, Theme};
use crate::drawing::primitive::Pen;

/// A color of ours as egui has it.
#[expect(clippy::disallowed_methods, reason = "the one place where an ink becomes a color of egui's")]
pub fn color(Rgb(r, g, b): Rgb) -> Color32 {
    Color32::from_rgb(r, g, b)
}

/// The color of a line in an ink, at an opacity.
pub fn line(theme: Theme, ink: Ink, opacity: f32) -> Color32 {
    color(ink.line(theme)).gamma_multiply(opacity)
}

/// The stroke of a pen; `scale` multiplies its width.
pub fn stroke(theme: Theme, pen: Pen, scale: f32) -> Stroke {
    Stroke::new(pen.width * scale, line(theme, pen.ink, pen.opacity))
}
