//! The rate at which a method shows its best on a landscape, and the pair of rate and momentum coefficient on a long valley.

use super::{BETA, Choice, StepScale};
use crate::analysis::{Fastest, long_valley};
use crate::landscapes::Landscape;

/// Digits of a rate and a coefficient that belong together: near the best pair each matters.
const FINE: usize = 3;

impl Choice {
    /// A rate that shows the method at its best within the usual number of steps, and the parameter's position; `None` where
    /// the method's own default does.
    ///
    /// Where steps are multiples of the gradient it follows from the landscape's rate for gradient descent; on a long valley
    /// it is near the best one for its momentum coefficient, if that is suggested, too. Where steps are about η long for each
    /// weight, it is a share of the region shown, the same on small and large ones.
    pub fn suggested_rate(&self, landscape: &Landscape) -> Option<(usize, f64)> {
        let index = self.entry.first_rate_index()?;
        let beta = self.entry.index_of(BETA).map(|index| self.parameters[index]);
        if let Some(best) = self.fastest_on(landscape).filter(|best| beta == Some(best.beta)) {
            return Some((index, best.rate));
        }
        let rate = match self.step_scale() {
            StepScale::Gradient(share) => round_to_digits(share * landscape.suggestion().rate, 2),
            StepScale::Frame(share) => round_to_digits(share * landscape.frame().size(), 1),
            StepScale::Fixed(rate) => rate,
            StepScale::Own => return None,
        };
        Some((index, rate))
    }

    /// A rate and a momentum coefficient near the best ones where the landscape is a long valley.
    pub fn fastest_on(&self, landscape: &Landscape) -> Option<Fastest> {
        let law = self.stability_bound().ok()?;
        let best = law.recursion.nearly_fastest(long_valley(landscape)?)?;
        Some(Fastest { rate: round_to_digits(best.rate, FINE), beta: round_to_digits(best.beta, FINE) })
    }
}

/// By its spelling: a power of ten beside the smallest rate would overflow.
fn round_to_digits(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value).max(f64::MIN_POSITIVE)
}
