//! Where theory says that a sweep stops converging: the largest stable rate on the quadratic model at a minimum.

use super::axis::nearest;
use super::{SweepKey, SweepQuestion};
use crate::analysis::{Bound, Curvature, Kind, LocalModel, StabilityBound};
use crate::numbers::Point;

/// A negative curvature of less than this share of the largest is a rounding.
const ROUNDING: f64 = 1e-12;

/// The largest stable rate, for every value of the other axis.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityLimits {
    /// The axis on which the rate is, 0 for x and 1 for y.
    pub axis: usize,
    /// For every value of the other axis, or one where there is no other; `None` where no rate is stable, or every one.
    pub limits: Vec<Option<f64>>,
    /// The point whose curvature decides: the nearest known minimum, or the start where none is known.
    pub at: Point,
    /// Whether that is a minimum.
    pub is_minimum: bool,
}

impl SweepQuestion {
    /// Theory's boundary; `None` where no rate is varied, the method has no theorem, or no
    /// rate is stable.
    pub fn stability_limits(&self) -> Option<StabilityLimits> {
        let known = self.curvature_limits().filter(|found| found.limits.iter().any(Option::is_some));
        known.filter(|_| self.falls_away_at().is_none())
    }

    /// The start, where no minimum is known and the loss curves down there along some direction: no rate is stable then. `None` also
    /// where no rate is varied, or the method has no theorem.
    pub fn falls_away_at(&self) -> Option<Point> {
        self.law()?;
        let StabilityLimits { at, .. } = self.curvature_limits().filter(|found| !found.is_minimum)?;
        let curvature = Curvature::of(&LocalModel::new(self.landscape.loss(), at))?;
        let [low, high] = curvature.eigen.values;
        // What is left of a curvature of 0 after rounding is none.
        (low < -ROUNDING * high.abs()).then_some(at)
    }

    /// The theorem of the method; where a rate for each weight is varied, that of one rate.
    fn law(&self) -> Option<StabilityBound> {
        let mut optimizer = self.optimizer.clone();
        if self.has_weight_rates() {
            let rate = optimizer.rates_of_weights()[0];
            optimizer.set_rates_of_weights([rate; 2]);
        }
        optimizer.stability_bound().ok()
    }

    /// What the curvature alone says, also where the loss curves down along another direction.
    fn curvature_limits(&self) -> Option<StabilityLimits> {
        let minima = self.critical.iter().filter(|point| point.kind == Kind::Minimum).map(|point| point.at);
        let minimum = nearest(minima, self.start);
        let at = minimum.unwrap_or(self.start);
        let curvature = Curvature::of(&LocalModel::new(self.landscape.loss(), at))?;
        let (axis, limits) =
            if self.has_weight_rates() { self.limits_of_weights(at)? } else { self.limits_of_rate(&curvature)? };
        Some(StabilityLimits { axis, limits, at, is_minimum: minimum.is_some() })
    }

    fn limits_of_rate(&self, curvature: &Curvature) -> Option<(usize, Vec<Option<f64>>)> {
        let rate = SweepKey::Parameter(self.optimizer.entry.rate_index()?);
        let axis = self.axes().position(|axis| axis.key == rate)?;
        let limit = |others: &[(SweepKey, f64)]| {
            let mut optimizer = self.optimizer.clone();
            for (key, value) in others {
                if let SweepKey::Parameter(place) = key {
                    optimizer.parameters[*place] = *value;
                }
            }
            match optimizer.stability_bound().ok()?.bound(curvature) {
                Bound::Limit { limit, .. } => Some(limit),
                Bound::Flat | Bound::CurvesDown { .. } => None,
            }
        };
        let limits = match self.axes().nth(1 - axis) {
            Some(other) if self.y.is_some() => other.values.iter().map(|value| limit(&[(other.key, *value)])).collect(),
            _ => vec![limit(&[])],
        };
        Some((axis, limits))
    }

    /// With a rate for each weight w ← w − diag(η₁, η₂)H w is stable while the largest eigenvalue of √D H √D is below the limit L of
    /// the method: (L − η₁h₁₁)(L − η₂h₂₂) > η₁η₂h₁₂².
    fn limits_of_weights(&self, at: Point) -> Option<(usize, Vec<Option<f64>>)> {
        let bound = self.law()?.recursion.limit();
        let hessian = self.landscape.loss().second_order(at).hessian;
        let own = self.optimizer.rates_of_weights();
        let along = |weight: usize, other: f64| {
            let [own, beside] = if weight == 0 { [hessian.xx, hessian.yy] } else { [hessian.yy, hessian.xx] };
            let room = bound - other * beside;
            let limit = bound * room / (own * room + other * hessian.xy * hessian.xy);
            (room > 0.0 && limit > 0.0 && limit.is_finite()).then_some(limit)
        };
        let (SweepKey::WeightRate(first), second) = (self.x.key, self.y.as_ref()) else { return None };
        match second {
            None => Some((0, vec![along(first, own[1 - first])])),
            Some(axis) if axis.key == SweepKey::WeightRate(1 - first) => {
                Some((1, self.x.values.iter().map(|value| along(1 - first, *value)).collect()))
            }
            Some(_) => None,
        }
    }
}
