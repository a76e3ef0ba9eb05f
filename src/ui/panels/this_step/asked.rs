//! What the method has asked of the landscape so far, and what one such question costs with a million weights.

use egui::{RichText, Ui};

use crate::optimizers::Entry;
use crate::run::Focus;
use crate::ui::theme;

/// What was asked, without what was not: "3 gradients, 12 values".
pub(super) fn aside(focus: &Focus) -> String {
    let told: Vec<String> = counts(focus).into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
}

/// Gradients, Hessians and values, each with its count in words.
fn counts(focus: &Focus) -> [(u32, String); 3] {
    let asked = focus.iterate.asked;
    [(asked.gradients, "gradient"), (asked.hessians, "Hessian"), (asked.values, "value")].map(|(count, name)| {
        let plural = if count == 1 { "" } else { "s" };
        (count, format!("{count} {name}{plural}"))
    })
}

pub(super) fn asked_ui(focus: &Focus, entry: &Entry, ui: &mut Ui) {
    let counts = counts(focus).map(|(_, words)| words);
    ui.label(RichText::new(counts.join(", ")).small()).on_hover_text("Questions that the method has asked up to and with this step. What is drawn asks far more, and is not counted.");
    let (line, help) = if entry.second_order {
        (
            "With a million weights: 4 TB a Hessian",
            "The Hessian of n weights is n(n+1)/2 numbers and costs about n gradients; solving with it takes n³/3 operations. At n = 10⁶ that is 4 TB and 3·10¹⁷ operations a step.",
        )
    } else {
        (
            "With a million weights: 8 MB a gradient",
            "The gradient of n weights is n numbers and costs about as much as four or five values of the loss, however large n is. That is why large networks are trained by methods of first order.",
        )
    };
    ui.label(theme::muted(line).small()).on_hover_text(help);
}
