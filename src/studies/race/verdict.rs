//! Who wins a race, in a sentence: at the chosen number of weights, and at which other numbers someone else does.

use super::{Criterion, Finish, Flip, Row};
use crate::numbers::numerals::{number, rough};

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
    able.min_by(|a, b| a.1.operations.total_cmp(&b.1.operations)).map(|(place, _)| place)
}

/// "At n = 10⁶ Gradient descent does the least work. With up to 24 weights Newton, with more Gradient descent."; with a budget who
/// comes lowest. `None` where no one can win.
pub fn verdict(
    rows: &[Option<Row>],
    flips: &[Flip],
    finish: &Finish,
    name: &dyn Fn(usize) -> String,
) -> Option<String> {
    let n = rough(finish.model.weights);
    if let Criterion::Budget(budget) = finish.criterion {
        let known = rows.iter().enumerate().filter_map(|(place, row)| Some((place, row.as_ref()?.loss)));
        let (place, loss) = known.filter(|(_, loss)| loss.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1))?;
        let (budget, name, loss) = (rough(budget), name(place), number(loss));
        return Some(format!("With evaluations worth {budget} gradients at n = {n}, {name} comes lowest: {loss}."));
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

/// Up to how many weights who does the least work: " With up to 73 weights Newton, up to 151 BFGS, with more Adam."
fn flips_in_words(flips: &[Flip], name: &dyn Fn(usize) -> String) -> String {
    let shown = &flips[flips.len().saturating_sub(NAMED)..];
    let below: Vec<String> =
        shown.iter().map(|flip| format!("up to {} weights {}", rough(flip.last_before()), name(flip.before))).collect();
    let above = shown.last().map_or_else(String::new, |flip| format!(", with more {}", name(flip.after)));
    format!(" With {}{above}.", below.join(", "))
}
