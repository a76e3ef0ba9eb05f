//! Where along the axis of one weight a local model is right: an interval around the point.

use super::reach::reach;
use super::{LocalModel, ModelOrder, linear_validity_radius};
use crate::landscapes::Loss;
use crate::numbers::Vector;

/// Where a local model of a loss of one weight is right within a share of what it predicts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValidityInterval {
    /// The local model.
    pub order: ModelOrder,
    /// The share of its prediction within which it is right.
    pub share: f64,
    /// The x up to which it is, to the left and to the right; `None` where it is further than was searched.
    pub ends: [Option<f64>; 2],
}

impl ValidityInterval {
    /// The interval of a local model; `loss` must be the one the model was made from, `limit` is how far is searched.
    ///
    /// `None` where the local model predicts nothing, or is not finite.
    pub fn of(loss: &dyn Loss, model: &LocalModel, order: ModelOrder, share: f64, limit: f64) -> Option<Self> {
        let is_level = model.gradient.x == 0.0;
        let is_flat = order == ModelOrder::Linear || model.hessian.xx == 0.0;
        if !model.is_finite() || is_level && is_flat || !(share > 0.0 && limit > 0.0 && limit.is_finite()) {
            return None;
        }
        let end = |sign: f64| {
            let unit = Vector::new(sign, 0.0);
            let radius = match order {
                ModelOrder::Linear => linear_validity_radius(loss, model, unit, share, limit),
                ModelOrder::Quadratic => reach(loss, model, order, unit, share, limit),
            };
            radius.map(|radius| model.at.x + sign * radius)
        };
        Some(Self { order, share, ends: [end(-1.0), end(1.0)] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    /// Of 2x² the line's error is 2d² and its prediction 4xd: a tenth of it is reached at |d| = 0.2|x|.
    #[test]
    fn the_line_of_a_parabola_is_right_for_a_fifth_of_x() {
        let parabola = Landscape::parse("parabola").unwrap();
        let of = |x: f64, order| {
            let model = LocalModel::new(parabola.loss(), Point::new(x, 0.0));
            ValidityInterval::of(parabola.loss(), &model, order, 0.1, 50.0)
        };
        for x in [1.0, -0.4, 3.0] {
            let [left, right] = of(x, ModelOrder::Linear).unwrap().ends.map(Option::unwrap);
            let size = 0.2 * f64::abs(x);
            assert!((left - (x - size)).abs() < 1e-6 && (right - (x + size)).abs() < 1e-6, "{x}: {left} to {right}");
            assert_eq!(
                of(x, ModelOrder::Quadratic).map(|found| found.ends),
                Some([None; 2]),
                "the quadratic everywhere"
            );
        }
        assert_eq!(of(0.0, ModelOrder::Linear), None, "a level line predicts nothing");
    }

    /// Inside, the error is at most the share of what is predicted; just outside an end it is more.
    #[test]
    fn the_ends_are_where_the_error_exceeds_the_share() {
        let mut ends = 0;
        for formula in ["x^4/4-x^2+0.1x", "cos(x)", "exp(x)-2x", "sqrt(1+x^2)"] {
            let landscape = Landscape::of_formula(formula).unwrap();
            let loss = landscape.loss();
            for x in [-1.3, -0.4, 0.3, 0.9, 1.7] {
                let model = LocalModel::new(loss, Point::new(x, 0.0));
                for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                    let Some(found) = ValidityInterval::of(loss, &model, order, 0.1, 4.0) else { continue };
                    let is_right = |x: f64| {
                        let by = x - model.at.x;
                        let bend = if order == ModelOrder::Linear { 0.0 } else { 0.5 * model.hessian.xx * by * by };
                        let error = loss.value(Point::new(x, 0.0)) - model.value - model.gradient.x * by - bend;
                        error.abs() <= 0.1 * ((model.gradient.x * by).abs() + bend.abs())
                    };
                    for (end, sign) in found.ends.into_iter().zip([-1.0, 1.0]) {
                        let Some(end) = end else { continue };
                        let length = (end - x).abs();
                        assert!(is_right(x + 0.5 * sign * length), "{formula} at {x}, {order:?}: halfway to {end}");
                        assert!(
                            !is_right(x + (1.0 + 1e-3) * sign * length),
                            "{formula} at {x}, {order:?}: beyond {end}"
                        );
                        ends += 1;
                    }
                }
            }
        }
        assert!(ends > 30, "{ends} ends");
    }
}
