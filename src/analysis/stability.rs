//! What a learning rate does along an eigenvector of a quadratic: one classification for slider, table and sentence.
//!
//! Along an eigenvector with eigenvalue λ the distance to the level point follows a linear recursion that knows x = ηλ
//! only. Its multipliers determine everything: how fast the distance shrinks, whether it oscillates, where it begins to grow.
//!
//! Source: Polyak (1964) for the heavy ball; Sutskever et al. (2013) for the form of Nesterov's momentum.

use super::Curvature;
use crate::numbers::bisection::bisect;
use crate::numbers::{Dimension, tolerance};

/// Above this share left after a step a direction is slow: a rate below a twentieth of gradient descent's limit.
const SLOW: f64 = 0.9;
/// A multiplier this near to 0 is 0 but for rounding.
const ARRIVES: f64 = tolerance::UNSEEN;
/// What is this near to a border, as a share of it, lies on it but for rounding.
pub const EDGE: f64 = tolerance::ROUNDED;

/// How the distance along an eigenvector goes on from step to step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Recursion {
    /// w ← w − η∇f.
    Descent,
    /// v ← βv + s∇f, w ← w − ηv.
    HeavyBall {
        /// What is kept of the velocity.
        beta: f64,
        /// s: 1 for the heavy ball, 1 − β for an average.
        share: f64,
    },
    /// v ← βv + ∇f, w ← w − η(∇f + βv).
    Nesterov {
        /// What is kept of the velocity.
        beta: f64,
    },
}

/// The multiplier of largest size: what a step makes of the distance in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Multiplier {
    /// ρ, its size: the spectral radius of the recursion.
    pub size: f64,
    /// Whether the distance changes sides: it is negative, or one of a complex pair.
    pub swings: bool,
}

/// What becomes of the distance along an eigenvector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeBehavior {
    /// Gone in one step.
    Arrives,
    /// It shrinks on one side, but keeps more than nine tenths in a step.
    Slow,
    /// It shrinks and stays on its side.
    Monotone,
    /// It shrinks and oscillates.
    Oscillates,
    /// It oscillates without end: exactly at the limit.
    Endless,
    /// The loss is flat along it.
    Still,
    /// The loss curves down along it: it grows at any rate.
    Grows,
    /// It grows, as the rate is too large.
    Diverges,
}

impl ModeBehavior {
    /// In a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arrives => "arrives",
            Self::Slow => "slow",
            Self::Monotone => "monotone",
            Self::Oscillates => "oscillating",
            Self::Endless => "oscillates with period 2",
            Self::Still => "no curvature",
            Self::Grows => "grows",
            Self::Diverges => "diverging",
        }
    }

    /// Whether the rate is to blame. Down a hilltop or off a saddle the distance rightly grows.
    pub fn is_danger(self) -> bool {
        self == Self::Diverges
    }
}

/// A stretch of a rate's track, from one border to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// It converges, but takes far too many steps.
    Slow,
    /// It converges; if it is gradient descent, without changing sides.
    Stable,
    /// It converges, changing sides at every step.
    Oscillating,
    /// It leaves.
    Diverging,
    /// There is no limit to speak of.
    Unlimited,
}

impl Recursion {
    /// Trace and determinant of the matrix that takes distance and velocity one step further.
    fn matrix(self, x: f64) -> [f64; 2] {
        match self {
            Self::Descent => [1.0 - x, 0.0],
            Self::HeavyBall { beta, share } => [1.0 + beta - share * x, beta],
            Self::Nesterov { beta } => [(1.0 + beta) * (1.0 - x), beta * (1.0 - x)],
        }
    }

    /// The multiplier for x = ηλ.
    pub fn multiplier(self, x: f64) -> Multiplier {
        let [trace, determinant] = self.matrix(x);
        let half = trace / 2.0;
        let under_root = half * half - determinant;
        if under_root < 0.0 {
            return Multiplier { size: determinant.sqrt(), swings: true };
        }
        Multiplier { size: half.abs() + under_root.sqrt(), swings: half < 0.0 }
    }

    /// The largest ηλ for which the distance does not grow.
    pub fn limit(self) -> f64 {
        match self {
            Self::Descent => 2.0,
            Self::HeavyBall { beta, share } => 2.0 * (1.0 + beta) / share,
            Self::Nesterov { beta } => 2.0 * (1.0 + beta) / (1.0 + 2.0 * beta),
        }
    }

    /// What becomes of the distance for x = ηλ.
    pub fn behavior(self, x: f64) -> ModeBehavior {
        let share = x / self.limit();
        let multiplier = self.multiplier(x);
        match share {
            _ if x.abs() <= EDGE => ModeBehavior::Still,
            _ if x < 0.0 => ModeBehavior::Grows,
            share if (share - 1.0).abs() <= EDGE => ModeBehavior::Endless,
            share if share > 1.0 => ModeBehavior::Diverges,
            _ if multiplier.size <= ARRIVES => ModeBehavior::Arrives,
            _ if multiplier.swings => ModeBehavior::Oscillates,
            _ if multiplier.size > SLOW => ModeBehavior::Slow,
            _ => ModeBehavior::Monotone,
        }
    }

    /// Whether oscillation begins at half the limit; methods with momentum oscillate at small rates too.
    pub fn oscillates_late(self) -> bool {
        self == Self::Descent
    }

    /// Whether rates of interest lie decades below the limit: what a gradient is multiplied with in the long run is then a small
    /// part of what the limit allows, as with β = 0.9.
    pub fn spans_decades(self) -> bool {
        /// The share of the limit below which that is so.
        const SMALL: f64 = 0.1;
        let like_descent = match self {
            Self::Descent => 1.0,
            Self::HeavyBall { beta, share } => (1.0 - beta) / share,
            Self::Nesterov { beta } => 1.0 - beta,
        };
        like_descent < SMALL * self.limit()
    }

    /// The zones of the rates and where they begin, as shares of the limit.
    pub fn zones(self) -> Vec<(f64, Zone)> {
        let mut zones = vec![(0.0, Zone::Slow), (self.end_of_slow() / self.limit(), Zone::Stable)];
        if self.oscillates_late() {
            zones.push((0.5, Zone::Oscillating));
        }
        zones.push((1.0, Zone::Diverging));
        zones
    }

    /// The ηλ from which on a direction is no longer slow, by bisection: it is slow for all smaller ones.
    fn end_of_slow(self) -> f64 {
        let is_slow = |x: f64| {
            let multiplier = self.multiplier(x);
            !multiplier.swings && multiplier.size > SLOW
        };
        let [_, end] = bisect(is_slow, 0.0, self.limit(), 60);
        end
    }
}

/// A method's stability theorem on a quadratic: stable exactly for η < limit / λmax.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StabilityBound {
    /// How the method goes on along an eigenvector.
    pub recursion: Recursion,
    /// How the limit is written: `2/λmax`.
    pub words: &'static str,
    /// How it is written of one weight: `2/f″`.
    pub words_of_one: &'static str,
}

/// Why no theorem says which rates of a method are stable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoLaw {
    /// In a few words.
    pub brief: &'static str,
    /// In a sentence or two.
    pub story: &'static str,
    /// What is known all the same.
    pub known: KnownOfRate,
}

/// What is known of the main parameter of a method of which no theorem says which rates are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownOfRate {
    /// Nothing that would divide its values.
    Nothing,
    /// The loss falls on a bowl for every η below 2/max Hᵢᵢ.
    DescentBelowDiagonal,
    /// It is the share α of the way to the level point of the quadratic model: of the distance to it 1 − α is left, along every
    /// eigenvector alike.
    ShareOfStep,
}

/// How the share of [`KnownOfRate::ShareOfStep`] acts: as ηλ does for gradient descent.
pub const SHARE_OF_STEP: StabilityBound =
    StabilityBound { recursion: Recursion::Descent, words: "2", words_of_one: "2" };

/// What a theorem says at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// The loss is flat here: every rate is as good.
    Flat,
    /// No rate is too large, as the loss curves down.
    CurvesDown {
        /// Whether it does so in both directions, and is flat along none.
        both: bool,
    },
    /// Rates are stable below a limit.
    Limit {
        /// The largest stable rate.
        limit: f64,
        /// Whether the distance grows along the direction of λ₁ at any rate.
        grows: bool,
    },
}

impl StabilityBound {
    /// This bound in the words for as many weights as there are.
    #[must_use]
    pub fn written_for(self, dimension: Dimension) -> Self {
        if dimension.is_one() { Self { words: self.words_of_one, ..self } } else { self }
    }

    /// The limit at a point of this curvature.
    pub fn bound(self, curvature: &Curvature) -> Bound {
        let [low, high] = curvature.eigen.values;
        let limit = self.recursion.limit() / high;
        match high {
            _ if [low, high] == [0.0; 2] => Bound::Flat,
            high if high <= 0.0 => Bound::CurvesDown { both: high < 0.0 },
            _ if !limit.is_finite() => Bound::Flat,
            _ => Bound::Limit { limit, grows: low < 0.0 },
        }
    }

    /// Along both eigenvectors, which of one weight are the same: the multiplier and what becomes of the distance.
    pub fn modes(self, curvature: &Curvature, rate: f64) -> [(Multiplier, ModeBehavior); 2] {
        curvature
            .eigen
            .values
            .map(|value| (self.recursion.multiplier(rate * value), self.recursion.behavior(rate * value)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn recursions(beta: f64) -> [Recursion; 4] {
        [
            Recursion::Descent,
            Recursion::HeavyBall { beta, share: 1.0 },
            Recursion::HeavyBall { beta, share: 1.0 - beta },
            Recursion::Nesterov { beta },
        ]
    }

    /// The rule itself along one direction, a step further: [distance, velocity].
    fn stepped(recursion: Recursion, [e, v]: [f64; 2], x: f64) -> [f64; 2] {
        // η = 1, λ = x.
        match recursion {
            Recursion::Descent => [e - x * e, 0.0],
            Recursion::HeavyBall { beta, share } => {
                let v = beta * v + share * x * e;
                [e - v, v]
            }
            Recursion::Nesterov { beta } => {
                let v = beta * v + x * e;
                [e - (x * e + beta * v), v]
            }
        }
    }

    /// How much a step of the rule multiplies by in the long run, simulated.
    fn simulated(recursion: Recursion, x: f64) -> f64 {
        const STEPS: usize = 20_000;
        let (mut state, mut logarithm) = ([1.0, 0.3], 0.0);
        for _ in 0..STEPS {
            state = stepped(recursion, state, x);
            let size = state[0].hypot(state[1]);
            if size == 0.0 {
                return 0.0;
            }
            logarithm += size.ln();
            state = state.map(|number| number / size);
        }
        (logarithm / STEPS as f64).exp()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn the_rule_grows_as_its_multiplier_says(beta in 0.05..0.98, share in -0.3..1.6_f64) {
            for recursion in recursions(beta) {
                let x = share * recursion.limit();
                let (description, seen) = (recursion.multiplier(x).size, simulated(recursion, x));
                prop_assert!((description - seen).abs() <= 2e-3 * description.max(1e-3), "{recursion:?} at {x}: {description}, simulated {seen}");
            }
        }

        #[test]
        fn the_limit_is_where_the_multiplier_crosses_one(beta in 0.0..0.99) {
            for recursion in recursions(beta) {
                let size = |share: f64| recursion.multiplier(share * recursion.limit()).size;
                prop_assert!((size(1.0) - 1.0).abs() < 1e-12, "{recursion:?}: at the limit {}", size(1.0));
                for share in [0.01, 0.3, 0.7, 0.999] {
                    prop_assert!(size(share) < 1.0, "{recursion:?}: below it {}", size(share));
                }
                prop_assert!(size(1.001) > 1.0 && size(-0.001) > 1.0, "{recursion:?}: beyond it, and below 0");
            }
        }

        #[test]
        fn only_a_rate_beyond_the_limit_is_an_alarm(beta in 0.0..0.99, share in -2.0..2.0_f64) {
            for recursion in recursions(beta) {
                let is_danger = recursion.behavior(share * recursion.limit()).is_danger();
                prop_assert_eq!(is_danger, share > 1.0 + EDGE, "{:?} at {} of its limit", recursion, share);
            }
        }

        #[test]
        fn the_slider_and_the_table_speak_with_one_voice(beta in 0.0..0.99, share in 1e-4..2.0_f64) {
            for recursion in recursions(beta) {
                let zone = recursion.zones().into_iter().rev().find(|(from, _)| share > *from).unwrap().1;
                let same = match recursion.behavior(share * recursion.limit()) {
                    ModeBehavior::Slow => zone == Zone::Slow,
                    ModeBehavior::Diverges => zone == Zone::Diverging,
                    ModeBehavior::Oscillates if recursion.oscillates_late() => zone == Zone::Oscillating,
                    _ => zone == Zone::Stable,
                };
                prop_assert!(same, "{recursion:?} at {share} of its limit: {zone:?}");
            }
        }
    }

    #[test]
    fn the_word_follows_the_theorem() {
        for (x, word) in [
            (-0.1, "grows"),
            (0.0, "no curvature"),
            (0.01, "slow"),
            (0.5, "monotone"),
            (1.0 + 2e-15, "arrives"),
            (1.5, "oscillating"),
            (2.0, "oscillates with period 2"),
            (2.1, "diverging"),
        ] {
            assert_eq!(Recursion::Descent.behavior(x).word(), word, "gradient descent, ηλ = {x}");
        }
        let ball = Recursion::HeavyBall { beta: 0.9, share: 1.0 };
        for (x, word) in [
            (-0.1, "grows"),
            (0.001, "slow"),
            (0.01, "oscillating"),
            (3.0, "oscillating"),
            (3.8, "oscillates with period 2"),
            (3.9, "diverging"),
        ] {
            assert_eq!(ball.behavior(x).word(), word, "heavy ball, ηλ = {x}");
        }
        assert_eq!(Recursion::Descent.zones().map_shares(), [0.0, 0.05, 0.5, 1.0], "the zones of gradient descent");
    }

    trait Shares {
        fn map_shares(self) -> Vec<f64>;
    }

    impl Shares for Vec<(f64, Zone)> {
        fn map_shares(self) -> Vec<f64> {
            self.into_iter().map(|(share, _)| (share * 1e12).round() / 1e12).collect()
        }
    }

    #[test]
    fn the_published_best_rates_have_the_published_factors() {
        // λ from 1 to κ.
        let kappa: f64 = 28.6;
        let radius = |recursion: Recursion, rate: f64| {
            recursion.multiplier(rate).size.max(recursion.multiplier(rate * kappa).size)
        };
        let root = kappa.sqrt();
        let (three, beta) = ((3.0 * kappa + 1.0).sqrt(), ((root - 1.0) / (root + 1.0)).powi(2));
        for (name, found, expected) in [
            ("descent", radius(Recursion::Descent, 2.0 / (kappa + 1.0)), (kappa - 1.0) / (kappa + 1.0)),
            ("heavy ball", radius(Recursion::HeavyBall { beta, share: 1.0 }, 4.0 / (root + 1.0).powi(2)), beta.sqrt()),
            (
                "Nesterov",
                radius(Recursion::Nesterov { beta: (root - 1.0) / (root + 1.0) }, 1.0 / kappa),
                1.0 - 1.0 / root,
            ),
            (
                "Nesterov, tuned",
                radius(Recursion::Nesterov { beta: (three - 2.0) / (three + 2.0) }, 4.0 / (3.0 * kappa + 1.0)),
                1.0 - 2.0 / three,
            ),
        ] {
            // A double multiplier is known to the root of the rounding only.
            assert!((found - expected).abs() < 1e-6, "{name}: {found} instead of {expected}");
        }
    }
}
