//! How a method with a memory keeps a sum of gradients: how a step renews it, and how it moves the weights.

use super::values::variants;
use super::{RealParameter, Values};

/// What is known of a velocity, or of an average of the gradients.
#[derive(Clone, Copy, Debug)]
pub struct GradientSum {
    /// The parameter that says which share of the old sum stays.
    pub coefficient: RealParameter,
    /// The parameters with its components before the first step; without them, and where they do not act, it begins at zero.
    pub initial: Option<[RealParameter; 2]>,
    /// How step k, counted from 0, renews it.
    pub recurrence: fn(Values<'_>, usize) -> Recurrence,
    /// How it moves the weights.
    pub motion: Motion,
    /// Whether the first part of a step is the old sum alone, and the second the newest gradient.
    pub old_is_first_part: bool,
}

/// What the sum is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Σ βᵏ∇f.
    Velocity,
    /// A moving average of the gradients.
    Average,
}

impl Kind {
    /// What it is called in the rule.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Velocity => "v",
            Self::Average => "m",
        }
    }

    /// What it was before the step, in words.
    pub fn old(self) -> &'static str {
        match self {
            Self::Velocity => "the previous velocity",
            Self::Average => "the previous average",
        }
    }
}

/// v ← `keep`·v + `intake`·∇f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// Whether v is a velocity or an average.
    pub kind: Kind,
    /// The share of the old that stays: β.
    pub keep: f64,
    /// The share of the new gradient that enters: 1, or 1 − β for an average.
    pub intake: f64,
}

impl Recurrence {
    /// v ← βv + `intake`·∇f.
    pub(super) fn velocity(beta: f64, intake: f64) -> Self {
        Self { kind: Kind::Velocity, keep: beta, intake }
    }

    /// m ← βm + (1−β)∇f.
    pub(super) fn average(beta: f64) -> Self {
        Self { kind: Kind::Average, keep: beta, intake: 1.0 - beta }
    }
}

/// How the sum moves the weights.
#[derive(Clone, Copy, Debug)]
pub enum Motion {
    /// As the velocity of a ball with one mass for both weights, in step k, counted from 0.
    HeavyBall(fn(Values<'_>, usize) -> Gains),
    /// Each weight has its own rate, and the first part of the step comes from the sum. A method that looks ahead adds the newest
    /// gradient once more, in a part of its own.
    PerWeight {
        /// The index of the part with the newest gradient, for a method that looks ahead.
        newest: Option<usize>,
    },
    /// By its signs alone.
    Signs,
}

/// A step of a ball is −η(`velocity`·v + `newest`·∇f)/`bias`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gains {
    /// The share of the renewed velocity: 1, or β where the newest gradient is added once more.
    pub velocity: f64,
    /// The share of the newest gradient beside it.
    pub newest: f64,
    /// 1 − βᵗ for an average without its bias, else 1.
    pub bias: f64,
    /// Which of the three forms of momentum the method is, if it is one.
    pub form: Option<Form>,
}

variants! {
    /// The forms of momentum.
    pub enum Form {
        /// v ← βv + ∇f.
        HeavyBall = "heavy_ball",
        /// m ← βm + (1−β)∇f.
        Ema = "ema",
        /// That average divided by 1 − βᵗ.
        EmaDebiased = "ema_debiased",
    }
}

#[cfg(test)]
mod tests {
    use crate::optimizers::{Choice, ENTRIES, sum_of_gradients};

    #[test]
    fn every_method_that_carries_a_velocity_or_an_average_says_how_it_renews_it() {
        for entry in ENTRIES {
            let carries = sum_of_gradients(&Choice::of(entry).build().state()).is_some();
            assert_eq!(entry.gradient_sum.is_some(), carries, "{}", entry.id);
        }
    }

    #[test]
    fn the_coefficient_is_the_share_that_stays() {
        for entry in ENTRIES.iter().filter(|entry| entry.gradient_sum.is_some()) {
            let mut choice = Choice::of(entry);
            for beta in [0.0, 0.37, 0.9] {
                choice.set(entry.coefficient_index().unwrap(), beta).unwrap();
                assert_eq!(entry.recurrence(choice.values(), 1).unwrap().keep, beta, "{}", entry.id);
            }
        }
    }
}
