//! What draws on a page: where things are, how large, and in which colors.

use super::{Measure, Page, Tint};
use crate::drawing::ink::{Ink, Theme};

/// Turns primitives into layers.
pub struct Brush<'a> {
    /// Where things are.
    pub page: &'a dyn Page,
    /// How large words are.
    pub measure: &'a dyn Measure,
    /// Light or dark.
    pub theme: Theme,
    /// What widths and marks are multiplied with.
    pub scale: f32,
}

impl Brush<'_> {
    /// An area in an ink.
    pub(super) fn fill(&self, ink: Ink, opacity: f32) -> Tint {
        Tint { color: ink.fill(self.theme), opacity }
    }

    /// A line in an ink.
    pub(super) fn line_tint(&self, ink: Ink, opacity: f32) -> Tint {
        Tint { color: ink.line(self.theme), opacity }
    }
}
