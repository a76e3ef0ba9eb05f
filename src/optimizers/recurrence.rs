//! How a rule with a memory renews it: the velocity, or the average, is kept to a share and takes in a share of the new gradient.

use super::Entry;

/// v ← `keep`·v + `intake`·∇f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// What it is called in the rule: v, or m for an average.
    pub symbol: &'static str,
    /// The share of the old that stays: β.
    pub keep: f64,
    /// The share of the new gradient that enters: 1, or 1 − β for an average.
    pub intake: f64,
}

impl Recurrence {
    /// How a method renews its memory in a step with these knobs; `None` for methods that remember no sum of gradients.
    ///
    /// `first` is whether it is the first step of all, which dampening spares.
    pub fn of(entry: &Entry, knobs: &[f64], first: bool) -> Option<Self> {
        let knob = |name: &str| entry.knob_index(name).and_then(|index| knobs.get(index).copied());
        let velocity = |keep: f64, intake: f64| Self { symbol: "v", keep, intake };
        let average = |keep: f64| Self { symbol: "m", keep, intake: 1.0 - keep };
        match entry.id {
            "momentum" if knob("form")? == 0.0 => {
                Some(velocity(knob("beta")?, if first { 1.0 } else { 1.0 - knob("dampening")? }))
            }
            "momentum" => knob("beta").map(average),
            "nesterov" | "sgd" => Some(velocity(knob("beta")?, 1.0)),
            "adam" | "amsgrad" | "adamw" | "nadam" => knob("beta1").map(average),
            "lion" => knob("beta2").map(average),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Carried, Choice, ENTRIES};

    #[test]
    fn every_method_that_carries_a_velocity_or_an_average_says_how_it_renews_it() {
        for entry in ENTRIES {
            let choice = Choice::of(entry);
            let is_sum = |(name, carried): &(&str, Carried)| {
                ["velocity v", "average m"].contains(name) && matches!(carried, Carried::Vector(_))
            };
            let carries = choice.build().state().iter().any(is_sum);
            assert_eq!(Recurrence::of(entry, &choice.knobs, true).is_some(), carries, "{}", entry.id);
        }
    }
}
