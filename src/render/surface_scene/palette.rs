//! Colors of a theme and widths in pixels, for the lines of a scene.

use super::super::surface3d::scene::{Hidden, Line3, Place, Rgb};
use crate::analysis::ModelOrder;
use crate::drawing::ink::{self, Ink, Theme};

/// Colors of a theme, widths in pixels.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    pub(super) theme: Theme,
    pub(super) scale: f32,
}

impl Palette {
    pub(super) fn fill(self, ink: Ink) -> Rgb {
        rgb(ink.fill(self.theme))
    }

    pub(super) fn line(self, ink: Ink) -> Rgb {
        rgb(ink.line(self.theme))
    }

    /// An ink mixed with the ground: the renderer's lines are opaque.
    pub(super) fn pale(self, ink: Ink, strength: f64) -> Rgb {
        rgb(Ink::LossHigh.fill(self.theme).mixed(ink.line(self.theme), strength))
    }

    /// The step as far as its local model is good, or from there on: hollow, and with the head.
    pub(super) fn arrow(self, places: &[Place], ink: Ink, hollow: bool, head: bool) -> Line3<'_> {
        Line3 {
            points: places,
            color: self.line(ink),
            width: if hollow { 4.2 } else { 3.4 } * self.scale,
            dashed: false,
            hollow,
            on_surface: false,
            head,
            rim: true,
            hidden: Hidden::Hatch,
        }
    }

    /// A line at the height of a local model.
    pub(super) fn on_local_model(self, places: &[Place], ink: Ink) -> Line3<'_> {
        Line3 {
            points: places,
            color: self.line(ink),
            width: 1.6 * self.scale,
            dashed: false,
            hollow: false,
            on_surface: false,
            head: false,
            rim: true,
            hidden: Hidden::Dim,
        }
    }
}

fn rgb(color: ink::Rgb) -> Rgb {
    [color.0, color.1, color.2]
}

pub(super) fn ramp(theme: Theme, heat: bool) -> [Rgb; 256] {
    std::array::from_fn(|index| {
        let share = if heat { (index as f64 / 255.0).powf(0.6) } else { 0.35 };
        rgb(ink::loss_color(theme, share))
    })
}

/// The color of what a local model predicts.
pub(super) fn model_ink(order: ModelOrder) -> Ink {
    match order {
        ModelOrder::Linear => Ink::Plane,
        ModelOrder::Quadratic => Ink::Quadratic,
    }
}
