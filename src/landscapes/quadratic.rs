//! Whether a loss is a quadratic: then its Hessian is the same everywhere.

use super::Landscape;
use crate::numbers::{Point, Symmetric2};

/// Places at which the Hessian is looked at.
const LOOKS: u32 = 24;
/// Hessians are the same up to this share of the largest of their entries.
const SAME: f64 = 1e-9;
/// Steps of a sequence that fills the domain evenly and repeats no pattern, as a periodic loss would: M. Roberts (2018), the powers of
/// the inverse of the plastic number.
const STEPS: [f64; 2] = [0.754_877_666_246_692_8, 0.569_840_290_998_053_3];

impl Landscape {
    /// Whether its loss is a quadratic and no linear function, as far as its Hessian tells at some places of the domain.
    pub fn is_quadratic(&self) -> bool {
        let first = self.hessian_at(0);
        let size = [first.xx, first.xy, first.yy].into_iter().map(f64::abs).fold(0.0, f64::max);
        let is_same = |other: Symmetric2| {
            let pairs = [(first.xx, other.xx), (first.xy, other.xy), (first.yy, other.yy)];
            pairs.into_iter().all(|(a, b)| (a - b).abs() <= SAME * size)
        };
        size > 0.0
            && size.is_finite()
            && (1..LOOKS).all(|look| is_same(self.hessian_at(look)))
            && self.kink_lines().is_empty()
    }

    fn hessian_at(&self, look: u32) -> Symmetric2 {
        let domain = self.domain();
        let share = |step: f64| (f64::from(look) + 0.5) * step % 1.0;
        let [x, y] = STEPS.map(share);
        self.loss()
            .second_order(Point::new(domain.x[0] + x * domain.width(), domain.y[0] + y * domain.height()))
            .hessian
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quadratics_are_known_from_what_is_none() {
        for (text, is_quadratic) in [
            ("bowl", true),
            ("quad:kappa=1000,theta=1", true),
            ("booth", true),
            ("matyas", true),
            ("saddle", true),
            ("formula:(x-pi)^2+10(y-0.1)^2+1", true),
            ("formula:3x-y", false),
            ("formula:x^2+y^2+0.001sin(pi*x)", false),
            ("formula:abs(x)+y^2", false),
            ("rosenbrock", false),
            ("rastrigin", false),
            ("l1", false),
            ("tanh2", false),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            assert_eq!(landscape.is_quadratic(), is_quadratic, "{text}");
        }
    }
}
