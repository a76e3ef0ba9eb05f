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
    use crate::optimizers::{Carried, Choice, ENTRIES, sum_of_gradients};

    /// Every vector that methods carry; the last two are sums of gradients, which memory view and energy know.
    const KNOWN: [&str; 9] = [
        "sum of squares G",
        "average square v",
        "average square step u",
        "largest square u",
        "direction d",
        "last gradient",
        "last point",
        "velocity v",
        "average m",
    ];

    #[test]
    fn every_vector_that_a_method_carries_is_known() {
        for entry in ENTRIES {
            for (name, carried) in Choice::of(entry).build().state() {
                let is_vector = matches!(carried, Carried::Vector(_));
                assert!(!is_vector || KNOWN.contains(&name), "{}: {name}", entry.id);
            }
        }
    }

    #[test]
    fn every_method_that_carries_a_velocity_or_an_average_says_how_it_renews_it() {
        for entry in ENTRIES {
            let choice = Choice::of(entry);
            let carries = sum_of_gradients(&choice.build().state()).is_some();
            assert_eq!(Recurrence::of(entry, &choice.knobs, true).is_some(), carries, "{}", entry.id);
        }
    }
}
