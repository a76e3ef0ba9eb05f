//! Who wins a race, in a sentence: at the chosen number of weights, and at which other numbers someone else does.

use super::{Criterion, Finish, Flip, Race, RaceEnd, Row};
use crate::numbers::numerals::{number, rough};

/// What the number of weights changes in a race, and what it does not.
pub const SAME_STEPS: &str = "Steps as counted here: with n weights only their price changes.";

/// The most flips that are named.
const NAMED: usize = 3;

impl Flip {
    /// The last whole number of weights before it.
    pub fn last_before(&self) -> f64 {
        self.weights.floor()
    }
}

/// The place of the row that does the least work, of those that can win; `None` where none can.
pub fn winner(rows: &[Option<Row>]) -> Option<usize> {
    let able =
        rows.iter().enumerate().filter_map(|(place, row)| Some((place, row.as_ref().filter(|row| row.can_win())?)));
    least_work(able.map(|(place, row)| (place, row.operations)))
}

/// Who wins of those that can: the place with the least work, of equal ones the first.
pub(super) fn least_work(able: impl Iterator<Item = (usize, f64)>) -> Option<usize> {
    able.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}

/// "At n = 10⁶ Gradient descent does the least work. With up to 24 weights Newton, with more Gradient descent."; with a budget who
/// comes lowest, or that no one comes below the start, and whose first step is more than the budget. `None` where no one can win.
pub fn verdict(
    rows: &[Option<Row>],
    flips: &[Flip],
    finish: &Finish,
    name: &dyn Fn(usize) -> String,
) -> Option<String> {
    let n = rough(finish.model.weights);
    if let Criterion::Budget(budget) = finish.criterion {
        let lowest = lowest(rows, [&rough(budget), &n], name);
        let sentences: Vec<String> = lowest.into_iter().chain(too_expensive(rows, budget, name)).collect();
        return (!sentences.is_empty()).then(|| sentences.join(" "));
    }
    let name_of_winner = name(winner(rows)?);
    let is_alone = rows.iter().flatten().filter(|row| row.can_win()).count() == 1;
    let elsewhere = match flips {
        [] if is_alone => " No other run meets the criterion at a minimum.".to_owned(),
        [] => " So it does with every number of weights.".to_owned(),
        found => flips_in_words(found, name),
    };
    Some(format!("At n = {n} {name_of_winner} does the least work.{elsewhere}"))
}

/// "Gradient descent meets the criterion in passing only, which does not count.": who leaves again; `None` where no one does.
pub fn in_passing(rows: &[Option<Row>], name: &dyn Fn(usize) -> String) -> Option<String> {
    let passes = |row: &Row| row.reached.is_some() && row.end.is_some() && !row.stays;
    let names = (0..rows.len()).filter(|place| rows[*place].as_ref().is_some_and(passes)).map(name);
    let names: Vec<String> = names.collect();
    let meet = if names.len() == 1 { "meets" } else { "meet" };
    let [others @ .., last] = names.as_slice() else { return None };
    let names = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(format!("{names} {meet} the criterion in passing only, which does not count."))
}

/// "No minimum of this loss is known, and Gradient descent takes it down to −3·10¹³: it seems unbounded below."
pub fn unbounded(race: &Race, rows: &[Option<Row>], name: &dyn Fn(usize) -> String) -> Option<String> {
    let fallen = |(place, row): (usize, &Option<Row>)| {
        let row = row.as_ref().filter(|row| row.end == Some(RaceEnd::Diverged))?;
        let [before, after] = row.outer_losses;
        (after < before).then_some((place, after))
    };
    let (place, loss) = rows.iter().enumerate().filter_map(fallen).min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (name, loss) = (name(place), number(loss));
    race.question().minima.is_empty().then(|| {
        format!("No minimum of this loss is known, and {name} takes it down to {loss}: it seems unbounded below.")
    })
}

/// Who comes lowest with a budget; `None` while runs that may still do so are under way.
fn lowest(rows: &[Option<Row>], [budget, n]: [&str; 2], name: &dyn Fn(usize) -> String) -> Option<String> {
    let below = rows.iter().enumerate().filter_map(|(place, row)| {
        let row = row.as_ref().filter(|row| row.is_below_start())?;
        Some((place, row.loss))
    });
    if let Some((place, loss)) = below.min_by(|a, b| a.1.total_cmp(&b.1)) {
        let (name, loss) = (name(place), number(loss));
        return Some(format!("With evaluations worth {budget} gradients at n = {n}, {name} comes lowest: {loss}."));
    }
    let have_ended = rows.iter().all(|row| row.as_ref().is_some_and(|row| row.end.is_some()));
    have_ended.then(|| {
        format!("With evaluations worth {budget} gradients at n = {n}, no run comes below the loss at its start.")
    })
}

/// "Newton cannot afford one step: it costs 2.5·10⁶ gradients of a budget of 100.": whose first step is more than a budget.
fn too_expensive(rows: &[Option<Row>], budget: f64, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let price = |(place, row): (usize, &Option<Row>)| {
        let price = row.as_ref().filter(|row| row.steps == 0)?.first_step.filter(|price| *price > budget)?;
        let (name, price, budget) = (name(place), rough(price), rough(budget));
        Some(format!("{name} cannot afford one step: it costs {price} gradients of a budget of {budget}."))
    };
    rows.iter().enumerate().filter_map(price).collect()
}

/// Up to how many weights who does the least work: " With up to 73 weights Newton, up to 151 BFGS, with more Adam."
fn flips_in_words(flips: &[Flip], name: &dyn Fn(usize) -> String) -> String {
    let shown = &flips[flips.len().saturating_sub(NAMED)..];
    let below: Vec<String> =
        shown.iter().map(|flip| format!("up to {} weights {}", rough(flip.last_before()), name(flip.before))).collect();
    let above = shown.last().map_or_else(String::new, |flip| format!(", with more {}", name(flip.after)));
    format!(" With {}{above}.", below.join(", "))
}
