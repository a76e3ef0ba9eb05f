//! The height of a loss in the 3-D picture: one monotone rule for surface, local models, steps and gaps alike, so that equal heights always mean equal losses.

use crate::numbers::{extremes, tolerance};

/// Maps a loss to a height: `low` lies on the floor (0), `high` at [`HeightScale::TOP`]; what is beyond is cut off by the renderer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeightScale {
    low: f64,
    high: f64,
    /// The loss difference from which the logarithm takes over; `None`: linear.
    soft: Option<f64>,
}

/// Losses are held within this range, so that differences of them stay finite.
const WIDEST: f64 = 1e307;
/// Heights are held within this many tops: whatever lies further out is cut anyway, and pixels stay within `f32`.
const FARTHEST: f64 = 1e3;
/// The share of the loss surface's values that must lie under the ceiling, if nothing else decides.
const ROBUST: f64 = 0.94;
/// How many times the range of what must be seen the whole range may be, so that a small step is not lost in a tall loss surface.
const ROOM: f64 = 5.0;
/// The share of the loss surface's values that lie under the ceiling in any case, so that a tall loss surface is more than a few stripes.
const LEAST: f64 = 0.35;
/// How many times the loss's range may be added below or above it for things to be seen, so that a diverging prediction does not flatten the loss.
const STRETCH: f64 = 2.0;
/// The room left below the lowest and above the highest thing, as a share of the range, so that nothing lies on the floor.
const MARGIN: f64 = 0.06;

impl HeightScale {
    /// The height of the ceiling in scene units, where the longer side of the box is 2.
    pub const TOP: f64 = 1.15;

    /// Height in proportion to the loss between `low` and `high`.
    pub fn linear(low: f64, high: f64) -> Self {
        let (low, high) = ordered(low, high);
        Self { low, high, soft: None }
    }

    /// Height by `ln(1 + (loss - low) / soft)`: linear near `low`, logarithmic from about `low + soft` on, mirrored below `low`.
    pub fn logarithmic(low: f64, high: f64, soft: f64) -> Self {
        let (low, high) = ordered(low, high);
        let soft = if soft.is_finite() { soft.abs() } else { high - low };
        Self { low, high, soft: Some(soft.max((high - low) * tolerance::ROUNDED)) }
    }

    /// The linear heights that suit a scene: most of the loss surface, and all of `shown` (losses of iterates, of the local model under the step, of the gap's ends) unless it diverged.
    /// Few losses in `shown` close together pull the ceiling down, so that the step is seen; values that are not finite do not count.
    pub fn for_scene(losses: &[f64], shown: &[f64]) -> Self {
        let mut sorted: Vec<f64> = losses.iter().copied().filter(|loss| loss.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let wanted = shown.iter().copied().filter(|loss| loss.is_finite());
        let [least, most] = extremes(wanted);
        let Some(&bottom) = sorted.first() else {
            return if least <= most { Self::linear(least, most) } else { Self::linear(0.0, 1.0) };
        };
        let [least_seen, crest] = [LEAST, ROBUST].map(|share| sorted[((sorted.len() - 1) as f64 * share) as usize]);
        if least > most {
            return Self::linear(bottom, crest);
        }
        let reach = STRETCH * (crest - bottom);
        let low = bottom.min(least.max(bottom - reach));
        let need = most - least.max(low);
        let room = if need > 0.0 { low + ROOM * need } else { crest };
        let high = crest.min(room.max(least_seen)).max(most.min(crest + reach));
        let margin = MARGIN * (high - low);
        Self::linear(low - margin, high + margin)
    }

    /// The heights of [`Self::for_scene`] by the logarithm above the lowest thing: a thousandth of the range is where it takes over.
    ///
    /// The room below is as little: in the linear one most of the powers of ten would be lost.
    #[must_use]
    pub fn in_log(self) -> Self {
        let range = (self.high - self.low) / (1.0 + 2.0 * MARGIN);
        let soft = range * 1e-3;
        Self::logarithmic(self.low + MARGIN * range - soft / 2.0, self.high, soft)
    }

    /// Whether a straight line of losses is a straight line of heights.
    pub fn is_linear(&self) -> bool {
        self.soft.is_none()
    }

    /// The loss on the floor.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The loss at the ceiling.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The height of a loss in scene units: 0 at `low`, [`Self::TOP`] at `high`, not cut; NaN unless the loss is finite.
    pub fn of(&self, loss: f64) -> f64 {
        if !loss.is_finite() {
            return f64::NAN;
        }
        let (above, range) = (loss.clamp(-WIDEST, WIDEST) - self.low, self.high - self.low);
        let share = match self.soft {
            None => above / range,
            Some(soft) => (above.abs() / soft).ln_1p().copysign(above) / (range / soft).ln_1p(),
        };
        Self::TOP * share.clamp(-FARTHEST, FARTHEST)
    }

    /// The loss that stands at a height: the inverse of [`Self::of`].
    pub fn loss_at(&self, height: f64) -> f64 {
        let (share, range) = (height / Self::TOP, self.high - self.low);
        match self.soft {
            None => self.low + share * range,
            Some(soft) => self.low + (soft * (share.abs() * (range / soft).ln_1p()).exp_m1()).copysign(share),
        }
    }
}

/// A finite range of positive width, whatever comes in.
fn ordered(low: f64, high: f64) -> (f64, f64) {
    let tame = |loss: f64, otherwise: f64| {
        if loss.is_nan() { otherwise } else { loss.clamp(-WIDEST, WIDEST) }
    };
    let (low, high) = (tame(low, 0.0), tame(high, 1.0));
    let (low, high) = (low.min(high), low.max(high));
    // A constant loss lies in the middle of a range of its own size.
    if high - low > low.abs().max(high.abs()) * tolerance::ROUNDED {
        (low, high)
    } else {
        (low - low.abs().max(1.0) / 2.0, high + high.abs().max(1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_and_losses_are_inverse() {
        for heights in [HeightScale::linear(-44.0, 180.0), HeightScale::logarithmic(-44.0, 180.0, 0.5)] {
            assert!(heights.of(-44.0).abs() < 1e-12 && (heights.of(180.0) - HeightScale::TOP).abs() < 1e-12);
            for loss in [-60.0, -44.0, -43.9, 0.0, 23.78, 180.0, 400.0] {
                assert!((heights.loss_at(heights.of(loss)) - loss).abs() < 1e-9, "{loss}");
            }
        }
    }

    #[test]
    fn a_scene_shows_what_must_be_seen_and_survives_anything() {
        let losses: Vec<f64> = (0..1000).map(f64::from).collect();
        let heights = HeightScale::for_scene(&losses, &[23.0, -44.0, 3.0]);
        assert!(heights.low() <= -44.0 && heights.high() >= 23.0 && heights.high() < 400.0);
        let tiny = HeightScale::for_scene(&losses, &[0.0, 0.1]);
        assert!((300.0..500.0).contains(&tiny.high()), "a tiny step leaves a share of the loss in sight: {tiny:?}");
        let diverged = HeightScale::for_scene(&losses, &[23.0, -1e12]);
        assert!(diverged.low() > -2500.0, "the loss is not flattened: {diverged:?}");
        for (losses, shown) in [
            (vec![], vec![]),
            (vec![5.0; 9], vec![]),
            (vec![f64::NAN, f64::INFINITY], vec![f64::NAN]),
            (vec![1e308, -1e308], vec![1e308]),
        ] {
            let heights = HeightScale::for_scene(&losses, &shown);
            assert!(
                heights.high() > heights.low() && heights.of(1e308).is_finite() && heights.of(f64::INFINITY).is_nan()
            );
        }
    }
}
