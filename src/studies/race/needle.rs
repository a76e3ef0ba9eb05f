//! Whether a best rate is a needle: a lucky one, with which a run gets there much sooner than with those close beside it.

use super::Race;
use super::rate_trial::{Pair, RateTrial};
use crate::numbers::numerals::brief;

/// The rates beside the best one, as multiples of it.
const BESIDE: [f64; 2] = [0.99, 1.01];
/// A best rate is a needle where the rates beside it take at least this many times its work.
const NEEDLE: f64 = 2.0;
/// The work after which a walk beside the best rate is left, as a multiple of the best one's.
pub(super) const MOST: f64 = 10.0;

/// The pairs beside the best one.
pub(super) fn beside(best: &RateTrial) -> [Pair; 2] {
    BESIDE.map(|factor| (factor * best.rate, best.beta))
}

/// How many times the work of the best rate the worse of those beside it takes; infinite where that is more than [`MOST`] times or does
/// not get there at all, and `None` where none was tried.
pub(super) fn excess(best: &RateTrial, beside: &[RateTrial]) -> Option<f64> {
    let excess = |trial: &RateTrial| match trial.reached {
        Some(_) if best.gradients > 0.0 => trial.gradients / best.gradients,
        _ => f64::INFINITY,
    };
    beside.iter().map(excess).reduce(f64::max)
}

/// "η 1 % lower or higher takes up to 2.9 times the work": how a tuned run does beside its best rate, and whether that is a needle.
pub fn beside_in_words(excess: f64) -> String {
    let much = if excess.is_finite() {
        format!("takes up to {} times the work", brief(excess))
    } else {
        format!("takes over {} times the work, or never gets there", brief(MOST))
    };
    let what = if excess > NEEDLE { "A needle: " } else { "" };
    format!("{what}η 1 % lower or higher {much}.")
}

/// "The best η of Momentum and Adam is a needle: 1 % beside it takes up to 2.9 times the work.": whose best rates are lucky ones, and
/// what the worst of them takes; `None` where none is.
pub fn needles(race: &Race, name: &dyn Fn(usize) -> String) -> Option<String> {
    let found = race.entrants().iter().enumerate().filter_map(|(place, entrant)| {
        let excess = entrant.excess_beside().filter(|excess| *excess > NEEDLE)?;
        Some((name(place), excess))
    });
    let (names, excesses): (Vec<String>, Vec<f64>) = found.unzip();
    let [others @ .., last] = names.as_slice() else { return None };
    let names = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    let most = brief(MOST);
    let much = match excesses.iter().copied().fold(0.0, f64::max) {
        worst if worst.is_finite() => format!("up to {} times the work", brief(worst)),
        _ if excesses.iter().all(|excess| excess.is_infinite()) => format!("over {most} times the work"),
        _ => format!("up to {most} times the work or more"),
    };
    Some(format!("The best η of {names} is a needle: 1 % beside it takes {much}."))
}
