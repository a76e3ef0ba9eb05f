//! The growing momentum coefficients of FISTA: t₁ = 1, tₖ₊₁ = (1 + √(1 + 4tₖ²))/2, βₖ = (tₖ − 1)/tₖ₊₁.
//!
//! Source: A. Beck and M. Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse problems (2009).

use std::sync::LazyLock;

/// t₁.
pub(super) const FIRST: f64 = 1.0;
/// Number of t that come from the recursion itself.
const KNOWN: usize = 1 << 16;
/// Newton's steps for a later t: it converges quadratically from a guess that is right to a few digits.
const NEWTON_STEPS: usize = 4;

/// t₁, t₂ …
static TABLE: LazyLock<Vec<f64>> =
    LazyLock::new(|| std::iter::successors(Some(FIRST), |t| Some(next(*t))).take(KNOWN).collect());

/// tₖ₊₁ from tₖ.
pub(super) fn next(t: f64) -> f64 {
    0.5 * (1.0 + (1.0 + 4.0 * t * t).sqrt())
}

/// βₖ from tₖ.
pub(super) fn coefficient(t: f64) -> f64 {
    (t - 1.0) / next(t)
}

/// The coefficient that follows the gradient in step k, counted from 0; that step renews the velocity with the
/// coefficient of the step before it.
pub(super) fn coefficient_at(step: usize) -> f64 {
    coefficient(t_at(step))
}

/// t of step k, counted from 0; beyond the table to 15 digits.
fn t_at(step: usize) -> f64 {
    if let Some(t) = TABLE.get(step) {
        return *t;
    }
    // F(t) = 2t − ½ ln t grows by 1 + O(1/t³) a step: F(next(t)) − F(t) = 1 to all digits that far out.
    let count = |t: f64| 2.0 * t - 0.5 * libm::log(t);
    let last = TABLE[KNOWN - 1];
    let aim = count(last) + (step - (KNOWN - 1)) as f64;
    let mut t = 0.5 * aim;
    for _ in 0..NEWTON_STEPS {
        t -= (count(t) - aim) / (2.0 - 0.5 / t);
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coefficients_are_those_of_the_recursion_however_far() {
        let mut t = FIRST;
        for step in 0..400_000 {
            if step % 777 == 0 || step < 9 {
                let (expected, found) = (coefficient(t), coefficient_at(step));
                assert!((found - expected).abs() <= 1e-15, "step {step}: {found} instead of {expected}");
            }
            t = next(t);
        }
        assert_eq!(coefficient_at(0), 0.0, "the first step is one of gradient descent");
    }
}
