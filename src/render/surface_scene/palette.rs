//! From inks and points to colors of a theme and pixels.

use super::super::surface3d::scene::{Ball, Bar, Hidden, Line3, ModelPatch, Rgb};
use crate::drawing::ink::{self, Ink, Theme};
use crate::drawing::solid::{SolidBall, SolidBar, SolidLine, SolidModel};

/// Colors of a theme, widths in pixels.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    pub(super) theme: Theme,
    /// Pixels in a point.
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
    fn pale(self, ink: Ink, strength: f64) -> Rgb {
        rgb(Ink::LossHigh.fill(self.theme).mixed(ink.line(self.theme), strength))
    }

    pub(super) fn line3(self, line: &SolidLine) -> Line3<'_> {
        Line3 {
            points: &line.places,
            color: if line.strength < 1.0 { self.pale(line.ink, line.strength) } else { self.line(line.ink) },
            width: line.width * self.scale,
            dashed: line.dashed,
            hollow: line.hollow,
            on_surface: line.on_surface,
            head: line.head,
            rim: line.rim,
            hidden: line.hidden,
        }
    }

    pub(super) fn bar(self, bar: &SolidBar) -> Bar {
        let SolidBar { at, ends: [from, to], ink, width, hidden } = *bar;
        Bar { at, from, to, color: self.line(ink), width: width * self.scale, hidden }
    }

    pub(super) fn ball(self, ball: &SolidBall) -> Ball {
        let SolidBall { place, ink, radius, hollow } = *ball;
        Ball { place, color: self.line(ink), radius: radius * self.scale, hollow, hidden: Hidden::Hatch }
    }

    pub(super) fn patch<'a>(self, model: &'a SolidModel<'a>) -> ModelPatch<'a> {
        ModelPatch {
            function: &*model.height,
            footprint: model.footprint,
            color: self.fill(model.ink),
            ink: self.line(model.ink),
            // A dark ground shines through less.
            opacity: if self.theme == Theme::Light { model.opacity } else { model.opacity + 0.1 },
            hatch: model.hatch,
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
