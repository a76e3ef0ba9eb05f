//! Everything that is known of a run of the race, over its name.

use egui::{RichText, Ui};

use super::names::name_of;
use crate::numbers::numerals::{grouped, number, seconds};
use crate::state::{CompareColumn, Comparison, State};
use crate::studies::{Entrant, Row, Spread, beside_in_words};
use crate::ui::theme;

/// Everything that is known of a row.
pub(super) fn details_ui(state: &State, comparison: &Comparison<'_>, place: usize, ui: &mut Ui) {
    ui.label(theme::strong(name_of(state, comparison, place)));
    let Some(choice) = comparison.optimizer(place) else {
        ui.label("Its learning rate is being tuned.");
        return;
    };
    ui.label(theme::muted(choice.to_string()).small());
    let Some(row) = comparison.rows.get(place).and_then(Option::as_ref) else {
        ui.label("The loss has no value at its start.");
        return;
    };
    let weights = comparison.race.question().landscape.dimension().count();
    for column in CompareColumn::ALL {
        ui.label(RichText::new(format!("{}: {}", column.heading(weights), column.text(row))).small());
    }
    if let Some(Some(spread)) = comparison.spreads.get(place) {
        ui.label(RichText::new(of_seeds(spread)).small());
    }
    if row.end.is_some() {
        ui.label(RichText::new(format!("ends at: {}", comparison.race.end_in_words(row))).small());
    }
    if let Some(excess) = comparison.race.entrants().get(place).and_then(Entrant::excess_beside) {
        ui.label(RichText::new(beside_in_words(excess)).small());
    }
    if let Some(words) = of_a_step(row) {
        ui.label(theme::muted(words).small());
    }
    if let Some(words) = at_a_rate(row) {
        ui.label(theme::muted(words).small());
    }
}

/// How far the seeds spread; the cells are their means.
fn of_seeds(spread: &Spread) -> String {
    let [_, fewest, most] = spread.steps;
    let [_, low, high] = spread.losses.map(number);
    format!(
        "Means over {} seeds, {} of which get there: {} to {} steps, loss {low} to {high}.",
        spread.seeds,
        spread.met,
        grouped(fewest as usize),
        grouped(most as usize)
    )
}

/// Why a step is expensive: what it asks for on average, where that is more than a gradient and a few values.
fn of_a_step(row: &Row) -> Option<String> {
    /// This many evaluations need no explanation.
    const FEW: f64 = 4.0;
    let steps = row.steps.max(1) as f64;
    let [values, gradients] = [row.evaluations.values, row.evaluations.gradients].map(|count| f64::from(count) / steps);
    (values + gradients > FEW).then(|| {
        let [values, gradients] = [values, gradients].map(|count| format!("{count:.0}"));
        format!("A step asks for {values} values and {gradients} gradients on average: its line search tries that many points along the direction, each of them to the last digits.")
    })
}

/// How long the work takes where operations have a usual price.
fn at_a_rate(row: &Row) -> Option<String> {
    /// Operations a second of a large accelerator.
    const RATE: f64 = 1e14;
    (row.operations > 0.0)
        .then(|| format!("At 10¹⁴ operations a second, as of a large accelerator: {}.", seconds(row.operations / RATE)))
}
