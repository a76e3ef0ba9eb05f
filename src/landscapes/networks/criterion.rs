//! How wrong an output is: squared error, summed or averaged over the samples, and cross-entropy.

use super::anatomy::LossKind;
use crate::numbers::Real;

/// The loss l(o, y) of one sample, and how the samples' losses come together.
pub(super) trait Criterion: Send + Sync + 'static {
    /// Whether the network's loss is the mean of the samples' losses, rather than their sum.
    const MEAN: bool;
    /// What l is called, if it has a name of its own.
    const KIND: Option<LossKind> = None;

    /// l(o, y) for the output `o` where `y` is wanted.
    fn loss<T: Real>(o: T, y: f64) -> T;
}

/// Sum of squared errors, Σ (o − y)².
pub(super) struct SumOfSquares;

impl Criterion for SumOfSquares {
    const MEAN: bool = false;
    const KIND: Option<LossKind> = Some(LossKind::Squares);

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        (o - y).square()
    }
}

/// Mean squared error, (1/n) Σ (o − y)², without a factor ½.
pub(super) struct MeanSquares;

impl Criterion for MeanSquares {
    const MEAN: bool = true;
    const KIND: Option<LossKind> = Some(LossKind::Squares);

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        (o - y).square()
    }
}

/// Mean cross-entropy of the class y ∈ {0, 1} and the probability σ(o), (1/n) Σ [ln(1 + eᵒ) − y o].
pub(super) struct CrossEntropy;

impl Criterion for CrossEntropy {
    const MEAN: bool = true;
    const KIND: Option<LossKind> = Some(LossKind::CrossEntropy);

    /// For class 1 written as ln(1 + e⁻ᵒ), which is the same and keeps its digits where the fit is good.
    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        let [sign, slope] = if y > 0.5 { [-1.0, 1.0 - y] } else { [1.0, -y] };
        (o * sign).softplus() + o * slope
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cross_entropy_is_that_of_the_book_and_keeps_its_digits() {
        for (o, y) in [(0.7_f64, 0.0_f64), (0.7, 1.0), (-2.0, 1.0), (0.3, 0.25), (-1.5, 0.75)] {
            let p = 1.0 / (1.0 + libm::exp(-o));
            let book = -y * libm::log(p) - (1.0 - y) * libm::log(1.0 - p);
            assert!((CrossEntropy::loss(o, y) - book).abs() < 1e-14, "o = {o}, y = {y}");
        }
        assert!((CrossEntropy::loss(50.0, 1.0) / libm::exp(-50.0) - 1.0).abs() < 1e-14, "a good fit of class 1");
    }
}
