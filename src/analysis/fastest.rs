//! The rate and the momentum coefficient with which a method converges fastest on a quadratic whose curvatures are known.
//!
//! Source: Polyak (1964) for the heavy ball; Lessard, Recht and Packard (2016), table 1, for Nesterov's momentum.

use super::stability::Recursion;
use crate::numbers::tolerance;

/// The shares of a heavy ball's best rate with which it hardly flies out at first, and is nearly as fast in the long run: the smaller
/// one where its first step would fly out.
const GENTLE: [f64; 2] = [0.79, 0.85];
/// η λmax at which the first step across a valley lands at 1.1 times its distance from the bottom.
const FLIGHT: f64 = 2.1;

/// What is best on a quadratic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fastest {
    /// The learning rate η.
    pub rate: f64,
    /// The momentum coefficient β.
    pub beta: f64,
}

impl Recursion {
    /// The best rate and coefficient between these curvatures, both above 0, the smaller first; `None` for a method without
    /// a coefficient, and for a dampened one.
    pub fn fastest(self, [low, high]: [f64; 2]) -> Option<Fastest> {
        match self {
            Self::Descent => None,
            Self::HeavyBall { .. } => {
                let ratio = (high.sqrt() - low.sqrt()) / (low.sqrt() + high.sqrt());
                self.ball(best_rate(low, high), ratio * ratio)
            }
            Self::Nesterov { .. } => {
                let root = (3.0 * high / low + 1.0).sqrt();
                Some(Fastest { rate: 4.0 / (3.0 * high + low), beta: (root - 2.0) / (root + 2.0) })
            }
        }
    }

    /// As [`Self::fastest`], but for a heavy ball a rate somewhat below the best one, with the coefficient that is best for it.
    ///
    /// At the best rate the ball first flies out, for κ = 100 to four times its distance: all its multipliers are double.
    pub fn nearly_fastest(self, [low, high]: [f64; 2]) -> Option<Fastest> {
        if !matches!(self, Self::HeavyBall { .. }) {
            return self.fastest([low, high]);
        }
        let best = best_rate(low, high);
        let rate = best * (FLIGHT / (best * high)).clamp(GENTLE[0], GENTLE[1]);
        // The least coefficient with which the flat direction does not swing.
        let left = 1.0 - (rate * low).sqrt();
        self.ball(rate, left * left)
    }

    /// A heavy ball's rate η and coefficient, in the form of its velocity; `None` for a dampened one.
    fn ball(self, rate: f64, beta: f64) -> Option<Fastest> {
        let Self::HeavyBall { beta: old, share } = self else { return None };
        let is_average = (share - (1.0 - old)).abs() <= tolerance::ROUNDED;
        let intake = if is_average { 1.0 - beta } else { 1.0 };
        (is_average || share == 1.0).then_some(Fastest { rate: rate / intake, beta })
    }
}

/// The best rate η = 4/(√λmax + √λmin)² of a heavy ball.
fn best_rate(low: f64, high: f64) -> f64 {
    let root = low.sqrt() + high.sqrt();
    4.0 / (root * root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gentler_ball_is_nearly_as_fast_and_flies_less() {
        for condition in [6.0, 20.0, 100.0, 1000.0_f64] {
            let ball = |beta| Recursion::HeavyBall { beta, share: 1.0 };
            let [best, gentle] =
                [ball(0.9).fastest([1.0, condition]), ball(0.9).nearly_fastest([1.0, condition])].map(Option::unwrap);
            let slowest = |Fastest { rate, beta }: Fastest| {
                ball(beta).multiplier(rate).size.max(ball(beta).multiplier(rate * condition).size)
            };
            let steps = |pair| -1.0 / libm::log(slowest(pair));
            assert!(steps(gentle) < 1.2 * steps(best), "κ = {condition}: {} against {}", steps(gentle), steps(best));
            let farthest = |Fastest { rate, beta }: Fastest| {
                let (mut last, mut now, mut farthest) = (1.0, 1.0, 1.0_f64);
                for _ in 0..100 {
                    (last, now) = (now, now - rate * condition * now + beta * (now - last));
                    farthest = farthest.max(now.abs());
                }
                farthest
            };
            assert!(farthest(gentle) < 2.5 && farthest(gentle) <= farthest(best), "κ = {condition}: {gentle:?}");
        }
    }

    /// No other rate or coefficient nearby has a smaller multiplier in the worse direction.
    #[test]
    fn the_best_pair_is_the_best() {
        let slowest = |recursion: Recursion, rate: f64, [low, high]: [f64; 2]| {
            recursion.multiplier(rate * low).size.max(recursion.multiplier(rate * high).size)
        };
        for curvatures in [[1.0, 20.0], [0.04, 1.0], [2.0, 18.0], [1.0, 1000.0], [3e-4, 3e-3]] {
            let makers: [fn(f64) -> Recursion; 3] = [
                |beta| Recursion::HeavyBall { beta, share: 1.0 },
                |beta| Recursion::HeavyBall { beta, share: 1.0 - beta },
                |beta| Recursion::Nesterov { beta },
            ];
            for make in makers {
                let Fastest { rate, beta } = make(0.9).fastest(curvatures).unwrap();
                let best = slowest(make(beta), rate, curvatures);
                let descent = slowest(Recursion::Descent, 2.0 / (curvatures[0] + curvatures[1]), curvatures);
                assert!(best < descent, "{curvatures:?}: {best} beats descent's {descent}");
                for [a, b] in [[0.97, 1.0], [1.03, 1.0], [1.0, 0.97], [1.0, 1.03], [0.95, 1.03], [1.05, 0.97]] {
                    let other = slowest(make((beta * b).min(0.999)), rate * a, curvatures);
                    assert!(best <= other + 1e-6, "{curvatures:?}, {:?}: {best}, but {other}", make(beta));
                }
            }
        }
    }
}
