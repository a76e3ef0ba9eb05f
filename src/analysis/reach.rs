//! How far along a direction the tangent plane keeps its promise.

use super::LocalModel;
use crate::landscapes::Loss;
use crate::numbers::Vector;

/// Growth of the search from one sample to the next: fine enough not to jump over a crossing of a landscape of the catalogue.
const GROWTH: f64 = 1.04;
/// Samples of the search never lie further apart than this share of the whole range.
const COARSEST: f64 = 1.0 / 400.0;

/// The least t > 0 at which |f(w + tu) − f(w) − t g·u| reaches `share` · t|g·u|, for a unit vector u, up to `limit`.
///
/// `None` where the plane holds up to the limit, or where it promises nothing (g·u = 0).
/// Where the loss stops being finite the plane has stopped holding. Accurate to about 1e-12 relative.
pub fn linear_reach(loss: &dyn Loss, model: &LocalModel, unit: Vector, share: f64, limit: f64) -> Option<f64> {
    let slope = model.linear(unit);
    if slope == 0.0 || !model.is_finite() || limit.is_nan() || limit <= 0.0 {
        return None;
    }
    let excess = |t: f64| {
        let error = loss.value(model.at + unit * t) - model.value - t * slope;
        error.abs() - share * t * slope.abs()
    };
    // NaN compares false: a point without a value counts as one where the plane fails.
    let holds = |t: f64| excess(t) < 0.0;
    let mut good = first_sample(model, unit, share, limit);
    while !holds(good) {
        good *= 0.5;
        if good < limit * 1e-13 {
            return Some(0.0);
        }
    }
    while good < limit {
        let next = (good * GROWTH).min(good + limit * COARSEST).min(limit);
        if !holds(next) {
            return Some(bisect(holds, good, next));
        }
        if next == good {
            break;
        }
        good = next;
    }
    None
}

/// Well inside the second-order estimate 2·share·|g·u| / |uᵀHu|, where rounding does not yet drown the error.
fn first_sample(model: &LocalModel, unit: Vector, share: f64, limit: f64) -> f64 {
    let estimate = 2.0 * share * (model.linear(unit) / model.hessian.form(unit)).abs();
    (estimate / 4.0).min(limit * 1e-3)
}

fn bisect(holds: impl Fn(f64) -> bool, mut good: f64, mut bad: f64) -> f64 {
    for _ in 0..80 {
        let middle = f64::midpoint(good, bad);
        if middle <= good || middle >= bad {
            break;
        }
        if holds(middle) { good = middle } else { bad = middle }
    }
    f64::midpoint(good, bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    #[test]
    fn on_a_quadratic_the_estimate_is_exact() {
        let landscape = Landscape::parse("quad").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(1.0, -0.7));
        let unit = -model.gradient.normalize();
        for share in [0.01, 0.1, 0.5, 1.0] {
            let exact = 2.0 * share * model.gradient.norm() / model.hessian.form(unit);
            let found = linear_reach(landscape.loss(), &model, unit, share, 10.0).unwrap();
            assert!((found - exact).abs() < 1e-9 * exact, "share {share}: {found} instead of {exact}");
        }
    }

    #[test]
    fn a_plane_that_promises_nothing_has_no_reach() {
        let landscape = Landscape::parse("trough").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(1.0, 0.0));
        assert_eq!(linear_reach(landscape.loss(), &model, Vector::new(0.0, 1.0), 0.1, 3.0), None, "along the trough");
    }
}
