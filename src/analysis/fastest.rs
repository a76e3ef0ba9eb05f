//! The rate and the momentum coefficient with which a method converges fastest on a quadratic whose curvatures are known.
//!
//! Source: Polyak (1964) for the heavy ball; Lessard, Recht and Packard (2016), table 1, for Nesterov's momentum.

use super::modes::Recursion;
use crate::numbers::tolerance;

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
            Self::HeavyBall { beta: old, share } => {
                let root = low.sqrt() + high.sqrt();
                let ratio = (high.sqrt() - low.sqrt()) / root;
                let beta = ratio * ratio;
                let is_average = (share - (1.0 - old)).abs() <= tolerance::ROUNDED;
                let intake = if is_average { 1.0 - beta } else { 1.0 };
                (is_average || share == 1.0).then_some(Fastest { rate: 4.0 / (root * root * intake), beta })
            }
            Self::Nesterov { .. } => {
                let root = (3.0 * high / low + 1.0).sqrt();
                Some(Fastest { rate: 4.0 / (3.0 * high + low), beta: (root - 2.0) / (root + 2.0) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
