//! The height of a question: as high as what it says, which is known once it is laid out, and kept from one pass to the next.

use egui::{Id, Ui};

/// How high a question is shown.
#[derive(Clone, Copy)]
pub(super) struct QuestionHeight {
    /// The shown height in points.
    pub(super) shown: f32,
    range: [f32; 2],
}

impl QuestionHeight {
    /// The height of the pass before, between the least and the largest.
    pub(super) fn of(ui: &Ui, range: [f32; 2]) -> Self {
        let wanted = ui.data(|data| data.get_temp::<f32>(Self::id()));
        Self { shown: clamped(wanted.unwrap_or(range[0]), range), range }
    }

    fn id() -> Id {
        Id::unique("height of the question")
    }

    /// Keeps how high it is, where it was found to be this much higher than the height it had; another pass shows it so.
    pub(super) fn keep(self, had: f32, excess: f32, ui: &Ui) {
        let wanted = (had + excess).ceil();
        ui.data_mut(|data| data.insert_temp(Self::id(), wanted));
        if (clamped(wanted, self.range) - self.shown).abs() >= 1.0 {
            ui.ctx().request_discard("a question has become higher or lower");
        }
    }
}

/// Where the bounds conflict the upper one wins, to keep room for the picture.
fn clamped(height: f32, [least, most]: [f32; 2]) -> f32 {
    height.max(least).min(most).max(0.0)
}
