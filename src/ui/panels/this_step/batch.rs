//! The batch of this step: which samples it has, how their own loss changed, and how that of all samples did.

use egui::{Label, Ui};

use super::row;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{change, counted, grouped, parameter, significant};
use crate::run::{Batch, Epochs, Run, StepAnalysis};
use crate::state::State;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The samples by their numbers.
pub(super) fn aside(batch: &Batch) -> String {
    match batch.counts().len() {
        1 => format!("sample {}", batch.members()),
        ..=6 => format!("samples {}", batch.members()),
        different if different == batch.samples.len() => format!("{} different", grouped(different)),
        different => format!("{}, {} different", grouped(batch.samples.len()), grouped(different)),
    }
}

pub(super) fn batch_ui(state: &State, analysis: &StepAnalysis, run: &Run, batch: &Batch, ui: &mut Ui) {
    let small = |words: String, ui: &mut Ui| ui.add(Label::new(theme::muted(words).small()).wrap());
    small(drawn(batch), ui).hint(
        "Drawn with replacement: every sample is equally likely at every draw. The same seed draws the same samples.",
    );
    predicted_ui(state, batch, ui);
    if state.view.in_fog() {
        return;
    }
    row(ui, "batch: actual change", theme::strong(change(batch.actual)), "The change of the batch's own loss.");
    if let Some(degrees) = angle(batch, analysis) {
        const HELP: &str = "The angle between the descent direction of the batch and that of all samples: beyond 90° the loss of all samples rises.";
        row(ui, "angle of −∇f(B) to −∇f", theme::strong(format!("{}°", significant(degrees, 2))), HELP);
    }
    if batch.is_sum {
        small(share_words(batch), ui);
    }
    if let Some(epochs) = Epochs::of(run) {
        small(epoch_words(&epochs, analysis.index), ui);
    }
}

fn share_words(batch: &Batch) -> String {
    let share = format!("{}/{}", grouped(batch.samples.len()), grouped(batch.of));
    format!("This loss is a sum: the sum over a batch is on average {share} of the whole.")
}

fn predicted_ui(state: &State, batch: &Batch, ui: &mut Ui) {
    let of = if batch.is_sum { "sum" } else { "mean" };
    let ink = theme::color(Ink::Plane.text(state.view.chrome.theme));
    let help = format!("The gradient of the batch's loss times the step. The loss is the {of} over the batch.");
    row(ui, "batch: plane predicted", theme::strong(change(batch.predicted)).color(ink), &help);
}

fn drawn(batch: &Batch) -> String {
    let [size, of] = [batch.samples.len(), batch.of].map(grouped);
    format!("{size} of {of} samples, drawn with replacement: {}", batch.members())
}

/// The angle in degrees; `None` where one of the two gradients is zero.
fn angle(batch: &Batch, analysis: &StepAnalysis) -> Option<f64> {
    let (own, whole) = (batch.gradient, analysis.iterate.gradient);
    let turn = libm::atan2((own.x * whole.y - own.y * whole.x).abs(), own.dot(&whole)).to_degrees();
    (own.norm() > 0.0 && whole.norm() > 0.0).then_some(turn)
}

/// How long an epoch is, and what is in it.
pub(in crate::ui::panels) fn epoch_words(epochs: &Epochs, step: usize) -> String {
    let (n, size) = (epochs.samples, epochs.batch(step));
    let steps = n as f64 / size as f64;
    let every = match steps {
        1.0 => "every step".to_owned(),
        steps if steps > 1.0 => format!("every {} steps", parameter(steps)),
        _ => format!("{} in every step", parameter(1.0 / steps)),
    };
    let (samples, batches) = (counted(n, "sample"), grouped(size));
    let who = match n {
        1 => "it is drawn again and again".to_owned(),
        _ => format!("some come twice, about {} % never in an epoch", significant(100.0 * epochs.left_out(), 2)),
    };
    format!(
        "Step {}: epoch {}. An epoch ends {every}: {samples} / batches of {batches}, drawn with replacement: {who}.",
        grouped(step),
        epoch_number(epochs, step)
    )
}

/// `2.5`, with no more digits than tell one step from the next.
pub(in crate::ui::panels) fn epoch_number(epochs: &Epochs, step: usize) -> String {
    let at = epochs.at(step);
    let digits = if epochs.samples > 20 * epochs.batch(step) { 2 } else { 1 };
    if at.fract() == 0.0 { format!("{at}") } else { format!("{at:.digits$}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    #[test]
    fn epochs_are_described_in_plain_numbers() {
        for (landscape, optimizer, step, number, words) in [
            ("tanh2:n=16", "sgd:batch=4", 10, "2.5", "An epoch ends every 4 steps: 16 samples / batches of 4"),
            ("tanh2:n=16", "sgd:batch=4", 8, "2", "Step 8: epoch 2. "),
            ("tanh2:n=12", "sgd:batch=5", 1, "0.4", "every 2.4 steps"),
            ("tanh2:n=12", "sgd:batch=24", 3, "6", "An epoch ends 2 in every step"),
            (
                "tanh2:n=12",
                "sgd:batch=12",
                3,
                "3",
                "every step: 12 samples / batches of 12, drawn with replacement: some come twice, about 35 % never",
            ),
            ("tanh2:n=1", "sgd:batch=1", 3, "3", "1 sample / batches of 1, drawn with replacement: it is drawn again"),
            ("tanh2:n=10000", "sgd:batch=4", 10, "0.00", "every 2500 steps"),
        ] {
            let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::new(0.4, 0.3), 0);
            let epochs = Epochs::of(&Run::of(&Landscape::parse(landscape).unwrap(), &recipe)).unwrap();
            assert_eq!(epoch_number(&epochs, step), number, "{landscape} {optimizer}");
            let text = epoch_words(&epochs, step);
            assert!(text.contains(words), "{landscape} {optimizer}: {text}");
        }
    }
}
