//! How wrong an output is: squared error, absolute error, Huber's compromise between them, and cross-entropy.

use crate::numbers::Real;

/// The loss l(o, y) of one sample, and how the samples' losses come together.
pub(in crate::landscapes) trait Criterion: Copy + Default + Send + Sync + 'static {
    /// Whether the network's loss is the mean of the samples' losses, rather than their sum.
    const MEAN: bool;
    /// What l is.
    const JUDGE: Judge;
    /// The distribution of y whose negative logarithm the loss is, up to a factor and a constant, if it is taken as one.
    const LIKELIHOOD: Option<Likelihood> = None;

    /// l(o, y) for the output `o` where `y` is wanted.
    fn loss<T: Real>(o: T, y: f64) -> T;
}

/// A distribution of y around an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::landscapes) struct Likelihood {
    /// What it supposes, in words.
    pub(in crate::landscapes) noise: &'static str,
    /// The Fisher matrix as a share of the Gauss–Newton matrix.
    pub(in crate::landscapes) share: f64,
    /// Whether y is a class, of which the output is the logit.
    pub(in crate::landscapes) of_classes: bool,
}

/// A squared error without the factor ½ that the normal density has.
const NORMAL: Likelihood =
    Likelihood { noise: "y is the output plus normal noise of variance 1", share: 0.5, of_classes: false };

/// Sum of squared errors, Σ (o − y)².
#[derive(Clone, Copy, Default)]
pub(in crate::landscapes) struct SumOfSquares;

impl Criterion for SumOfSquares {
    const MEAN: bool = false;
    const JUDGE: Judge = Judge::Sse;
    const LIKELIHOOD: Option<Likelihood> = Some(NORMAL);

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        (o - y).square()
    }
}

/// Mean squared error, (1/n) Σ (o − y)², without a factor ½.
#[derive(Clone, Copy, Default)]
pub(in crate::landscapes) struct MeanSquares;

impl Criterion for MeanSquares {
    const MEAN: bool = true;
    const JUDGE: Judge = Judge::Mse;
    const LIKELIHOOD: Option<Likelihood> = Some(NORMAL);

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        (o - y).square()
    }
}

/// Mean absolute error, (1/n) Σ |o − y|, with slope 0 at 0.
#[derive(Clone, Copy, Default)]
pub(in crate::landscapes) struct MeanAbsolute;

impl Criterion for MeanAbsolute {
    const MEAN: bool = true;
    const JUDGE: Judge = Judge::Mae;

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        (o - y).abs()
    }
}

/// Mean of r²/2 where |r| < 1 and |r| − ½ beyond, r = o − y: far samples pull no harder than near ones.
///
/// Source: P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964).
#[derive(Clone, Copy, Default)]
pub(in crate::landscapes) struct Huber;

impl Criterion for Huber {
    const MEAN: bool = true;
    const JUDGE: Judge = Judge::Huber;

    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        let error = o - y;
        let size = error.abs();
        size.select_less(T::constant(1.0), error.square() * 0.5, size - 0.5)
    }
}

/// Mean cross-entropy of the class y ∈ {0, 1} and the probability σ(o), (1/n) Σ [ln(1 + eᵒ) − y o].
#[derive(Clone, Copy, Default)]
pub(in crate::landscapes) struct CrossEntropy;

impl Criterion for CrossEntropy {
    const MEAN: bool = true;
    const JUDGE: Judge = Judge::CrossEntropy;
    const LIKELIHOOD: Option<Likelihood> =
        Some(Likelihood { noise: "y is 1 with the probability σ(o), else 0", share: 1.0, of_classes: true });

    /// For class 1 written as ln(1 + e⁻ᵒ), which is the same and keeps its digits where the fit is good.
    #[inline(always)]
    fn loss<T: Real>(o: T, y: f64) -> T {
        let [sign, slope] = if y > 0.5 { [-1.0, 1.0 - y] } else { [1.0, -y] };
        (o * sign).softplus() + o * slope
    }
}

/// A criterion chosen while the program runs: the loss of a network that the user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::landscapes) enum Judge {
    /// [`SumOfSquares`].
    Sse,
    /// [`MeanSquares`].
    Mse,
    /// [`MeanAbsolute`].
    Mae,
    /// [`Huber`].
    Huber,
    /// [`CrossEntropy`].
    CrossEntropy,
}

impl Judge {
    /// Every one, in the order of its words.
    const ALL: [Self; 5] = [Self::Sse, Self::Mse, Self::Mae, Self::Huber, Self::CrossEntropy];

    /// What they are called on the command line.
    pub(in crate::landscapes) const WORDS: &'static [&'static str] = &["sse", "mse", "mae", "huber", "ce"];

    /// The one whose word has this index.
    pub(in crate::landscapes) fn of(index: f64) -> Self {
        Self::ALL.get(index as usize).copied().unwrap_or(Self::Mse)
    }

    /// l(o, y).
    #[inline(always)]
    pub(in crate::landscapes) fn loss<T: Real>(self, o: T, y: f64) -> T {
        match self {
            Self::Sse => SumOfSquares::loss(o, y),
            Self::Mse => MeanSquares::loss(o, y),
            Self::Mae => MeanAbsolute::loss(o, y),
            Self::Huber => Huber::loss(o, y),
            Self::CrossEntropy => CrossEntropy::loss(o, y),
        }
    }

    /// Whether the samples' losses are averaged.
    pub(in crate::landscapes) fn is_mean(self) -> bool {
        self != Self::Sse
    }

    /// The distribution of y that the loss stands for, if any.
    pub(in crate::landscapes) fn likelihood(self) -> Option<Likelihood> {
        match self {
            Self::Sse | Self::Mse => Some(NORMAL),
            Self::Mae | Self::Huber => None,
            Self::CrossEntropy => CrossEntropy::LIKELIHOOD,
        }
    }

    /// Whether y must be a class.
    pub(in crate::landscapes) fn wants_classes(self) -> bool {
        self == Self::CrossEntropy
    }

    /// The loss of an output that is written like this.
    pub(in crate::landscapes) fn formula(self, output: &str) -> String {
        match self {
            Self::Sse => format!("f = Σ ({output} − y)²"),
            Self::Mse => format!("f = (1/n) Σ ({output} − y)²"),
            Self::Mae => format!("f = (1/n) Σ |{output} − y|"),
            Self::Huber => {
                format!("f = (1/n) Σ h({output} − y),  h(r) = r²/2 where |r| < 1, else |r| − ½")
            }
            Self::CrossEntropy => format!("f = (1/n) Σ [ln(1 + exp o) − y o],  o = {output}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Jet2;

    #[test]
    fn cross_entropy_is_that_of_the_book_and_keeps_its_digits() {
        for (o, y) in [(0.7_f64, 0.0_f64), (0.7, 1.0), (-2.0, 1.0), (0.3, 0.25), (-1.5, 0.75)] {
            let p = 1.0 / (1.0 + libm::exp(-o));
            let book = -y * libm::log(p) - (1.0 - y) * libm::log(1.0 - p);
            assert!((CrossEntropy::loss(o, y) - book).abs() < 1e-14, "o = {o}, y = {y}");
        }
        assert!((CrossEntropy::loss(50.0, 1.0) / libm::exp(-50.0) - 1.0).abs() < 1e-14, "a good fit of class 1");
    }

    #[test]
    fn hubers_loss_and_its_slope_go_on_smoothly() {
        // Error, loss, slope, curvature.
        for expected in [
            [0.0, 0.0, 0.0, 1.0],
            [0.5, 0.125, 0.5, 1.0],
            [-0.5, 0.125, -0.5, 1.0],
            [1.0, 0.5, 1.0, 0.0],
            [3.0, 2.5, 1.0, 0.0],
            [-3.0, 2.5, -1.0, 0.0],
        ] {
            let l = Huber::loss(Jet2::x(expected[0] + 2.0), 2.0);
            assert_eq!([expected[0], l.value, l.dx, l.dxx], expected);
        }
        assert!(Huber::loss(f64::NAN, 0.0).is_nan(), "NaN stays");
        assert_eq!(Huber::loss(1e200, 0.0), 1e200, "no square of it");
    }

    #[test]
    fn a_judge_is_called_by_its_word() {
        let losses = ["sse", "mse", "mae", "huber", "ce"].map(|word| {
            let index = Judge::WORDS.iter().position(|known| *known == word).unwrap();
            Judge::of(index as f64).loss(2.0, 0.5)
        });
        let expected = [2.25, 2.25, 1.5, 1.0, libm::log(1.0 + libm::exp(2.0)) - 1.0];
        assert!(losses.iter().zip(expected).all(|(loss, expected)| (loss - expected).abs() < 1e-14), "{losses:?}");
    }
}
