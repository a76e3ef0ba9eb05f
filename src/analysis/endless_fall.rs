//! A loss that falls as far as is looked: whether it is seen to be unbounded below, or may approach a bottom that it never reaches.

use crate::landscapes::Loss;
use crate::numbers::{Point, Vector, length};

/// A fall over the second of two doublings of the way that is at least this share of that over the first does not come to an end; the
/// logarithm falls by the same over both.
const STEADY: f64 = 0.99;
/// So far away it is looked again, in lengths of one: what has a bottom is near it there.
const FAR: f64 = 1e60;

/// How a loss falls on a way without an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndlessFall {
    /// It is unbounded below, as far as can be seen: the fall does not become less.
    Unbounded,
    /// The fall becomes less and less: there may be a bottom, which is not reached.
    Slowing,
}

impl EndlessFall {
    /// From the loss at a distance, at twice that and at four times that.
    pub fn over([near, middle, far]: [f64; 3]) -> Self {
        let [first, second] = [near - middle, middle - far];
        let is_steady = middle == f64::NEG_INFINITY || first > 0.0 && second >= STEADY * first;
        if is_steady { Self::Unbounded } else { Self::Slowing }
    }

    /// From a point in a direction.
    pub fn of(loss: &dyn Loss, from: Point, way: Vector) -> Self {
        let over = |unit: f64| Self::over([1.0, 2.0, 4.0].map(|share| loss.value(from + way * (unit * share))));
        let far = FAR / length(way);
        let has_value = far.is_finite() && !loss.value(from + way * (4.0 * far)).is_nan();
        match over(1.0) {
            Self::Unbounded if has_value => over(far),
            fall => fall,
        }
    }

    /// What the loss does, as it follows "the loss".
    pub fn words(self) -> &'static str {
        match self {
            Self::Unbounded => "is unbounded below",
            Self::Slowing => "falls for ever without a minimum",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    #[test]
    fn what_has_a_bottom_is_not_called_unbounded() {
        for (formula, unbounded) in [
            ("-x", true),
            ("-x^2", true),
            ("-x^9", true),
            ("-ln(1+x^2)", true),
            ("-sqrt(1+x^2)", true),
            ("y^2-x^2", true),
            ("exp(-x)", false),
            ("1/(1+x^2)", false),
            ("1e9*exp(-x/1e3)", false),
            ("-x/sqrt(1+x^2)", false),
            ("-atan(x)", false),
            ("-tanh(x)", false),
            ("1/(1+x^2)+y^2", false),
            ("ln(1+exp(-x))", false),
        ] {
            let landscape = Landscape::of_formula(formula).unwrap();
            for (from, way) in [(0.5, 1.0), (40.0, 13.0), (1e6, 1e5)] {
                let fall = EndlessFall::of(landscape.loss(), Point::new(from, 0.0), Vector::new(way, 0.0));
                assert_eq!(fall == EndlessFall::Unbounded, unbounded, "{formula} from {from}");
            }
        }
    }
}
