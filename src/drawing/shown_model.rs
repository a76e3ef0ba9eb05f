//! Which local model is shown at the iterate: decided once, for map, surface and slice.

use super::ShownStep;
use crate::analysis::{ModelOrder, ShownPlanes};

/// What stands for a local model at the iterate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShownModel {
    /// Nothing: it is not known in fog, or there is none.
    Nothing,
    /// Planes that meet at a kink instead of a tangent plane.
    Planes(ShownPlanes),
    /// The local model itself: the tangent plane, or the quadratic model that the method assumes.
    Model(ModelOrder),
}

impl ShownStep<'_> {
    /// What is shown where the tangent plane or the quadratic model is to be shown.
    ///
    /// At a kink the planes that meet there replace the method's model, and the other model is hidden, unless the slope that the
    /// method uses is to be shown.
    pub fn shown_model(&self, order: ModelOrder) -> ShownModel {
        let Some(analysis) = self.analysis else { return ShownModel::Nothing };
        if self.queries.is_some_and(|queries| !queries.knows_slope(analysis.iterate.at)) {
            return ShownModel::Nothing;
        }
        match self.kink {
            None | Some((_, ShownPlanes::Used)) if !self.has_no_plane() => ShownModel::Model(order),
            Some((_, shown)) if order == analysis.order && !self.has_no_plane() => ShownModel::Planes(shown),
            _ => ShownModel::Nothing,
        }
    }

    /// Whether quadratic models with other matrices may be shown: not at a kink, where there is no curvature.
    pub fn has_curvature(&self) -> bool {
        self.kink.is_none_or(|(kink, shown)| shown == ShownPlanes::Used && !kink.planes().is_empty())
    }

    /// Whether there is no plane at all: the iterate is at a tip, a wall or a cliff.
    pub fn has_no_plane(&self) -> bool {
        self.kink.is_some_and(|(kink, _)| kink.planes().is_empty())
    }
}
