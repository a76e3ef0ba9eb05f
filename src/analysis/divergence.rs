//! Why a run left for infinity: its learning rate is too large for the curvature, or the loss falls without end.
//!
//! The run left along an eigenvector of the Hessian, the one along which its last step was longest. If the loss curves
//! up along it, the rate is to blame; if it curves down and the loss fell, no rate would have held the run.

use super::{Bound, Curvature, EndlessFall, ModeBehavior, StabilityBound};
use crate::numbers::{Dimension, Vector, tolerance};

/// What the cause is found from: a step of the run, such as the last one that still began at a finite distance.
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    /// The number of the step.
    pub step: usize,
    /// The displacement with which the run left.
    pub taken: Vector,
    /// The curvature where it began; `None` where that is not finite.
    pub curvature: Option<Curvature>,
    /// Its learning rate and the stability theorem of the method, if it has both.
    pub rate: Option<(f64, StabilityBound)>,
    /// Where the loss at the end of the run is below the loss at its start: how it goes on.
    pub fall: Option<EndlessFall>,
}

/// Why a run diverged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// The cause.
    pub cause: DivergenceCause,
    /// Of gradient descent: the direction in which the distance grows.
    pub growth: Option<Growth>,
    /// The eigenvector along which the run left, from 0, if the loss curves down along it where the last step began.
    pub downward: Option<usize>,
    /// Whether the gradient at the start had nothing but rounding along the direction in which the distance grows.
    pub from_rounding: bool,
}

/// The cause of a divergence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DivergenceCause {
    /// The learning rate is beyond the limit of its theorem.
    Rate(BeyondLimit),
    /// The loss falls without end, and the weights follow it down.
    FallsWithoutEnd(EndlessFall),
    /// Neither: the steps of the method carried the weights off.
    Steps,
}

/// That the rate of a step is beyond the limit of its theorem on the quadratic model at its iterate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeyondLimit {
    /// The step, and so the iterate whose curvature sets the limit.
    pub step: usize,
    /// η of this step.
    pub rate: f64,
    /// What it would have to be below.
    pub limit: f64,
    /// The limit as a formula: `2/λmax`.
    pub law: &'static str,
}

/// A direction in which gradient descent grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// |1−ηλ|, the amplification factor of a step.
    pub factor: f64,
    /// Which eigenvector, from 0.
    pub eigenvector: usize,
    /// Among how many.
    pub dimension: Dimension,
}

impl Divergence {
    /// The one cause of a divergence.
    pub fn of(departure: &Departure) -> Self {
        let Departure { step, curvature, rate, fall, .. } = *departure;
        let beyond = rate.zip(curvature).and_then(|((rate, law), curvature)| beyond(step, rate, law, &curvature));
        let downward = curvature.and_then(|curvature| {
            leaving(departure, &curvature).filter(|eigenvector| curvature.eigen.values[*eigenvector] < 0.0)
        });
        let cause = match (beyond, fall) {
            (Some(beyond), None) => DivergenceCause::Rate(beyond),
            (Some(beyond), Some(_)) if downward.is_none() => DivergenceCause::Rate(beyond),
            (_, Some(fall)) => DivergenceCause::FallsWithoutEnd(fall),
            (None, None) => DivergenceCause::Steps,
        };
        let is_rate = matches!(cause, DivergenceCause::Rate(_));
        Self { cause, growth: growth(departure, is_rate), downward, from_rounding: false }
    }

    /// The same divergence of a run with this gradient at its start.
    #[must_use]
    pub fn of_start(self, departure: &Departure, gradient: Vector) -> Self {
        let along = self.growth.zip(departure.curvature);
        let along = along.map(|(growth, curvature)| curvature.eigen.vectors[growth.eigenvector].dot(&gradient).abs());
        Self { from_rounding: along.is_some_and(|along| along <= tolerance::ROUNDED * gradient.norm()), ..self }
    }

    /// The rate beyond its limit, if that is the cause.
    pub fn beyond(&self) -> Option<BeyondLimit> {
        if let DivergenceCause::Rate(beyond) = self.cause { Some(beyond) } else { None }
    }
}

/// The rate against the limit at this curvature; `None` where it is below, or on it but for rounding.
fn beyond(step: usize, rate: f64, law: StabilityBound, curvature: &Curvature) -> Option<BeyondLimit> {
    let Bound::Limit { limit, .. } = law.bound(curvature) else { return None };
    let is_beyond = law.recursion.behavior(rate * curvature.eigen.values[1]) == ModeBehavior::Diverges;
    is_beyond.then_some(BeyondLimit { step, rate, limit, law: law.written_for(curvature.dimension()).words })
}

/// The eigenvector along which the last step was longest; `None` for a step without a length or a finite one.
fn leaving(departure: &Departure, curvature: &Curvature) -> Option<usize> {
    let [along_first, along_second] = curvature.eigen.vectors.map(|vector| vector.dot(&departure.taken).abs());
    let longest = along_first.max(along_second);
    (longest > 0.0 && longest.is_finite()).then_some(usize::from(along_second >= along_first))
}

/// Where the distance of gradient descent grows: along v₂, whose eigenvalue sets the limit, if the rate is to blame; else
/// along the direction in which the run left, or where it grows most.
fn growth(departure: &Departure, is_rate: bool) -> Option<Growth> {
    let curvature = departure.curvature?;
    let (rate, law) = departure.rate.filter(|(_, law)| law.recursion.oscillates_late())?;
    let factors = curvature.eigen.values.map(|value| law.recursion.multiplier(rate * value).size);
    let largest = usize::from(factors[1] >= factors[0]);
    let left = leaving(departure, &curvature).filter(|index| factors[*index] > 1.0);
    let eigenvector = if is_rate { 1 } else { left.unwrap_or(largest) };
    (factors[eigenvector] > 1.0).then_some(Growth {
        factor: factors[eigenvector],
        eigenvector,
        dimension: curvature.dimension(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{LocalModel, Recursion};
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    const DESCENT: StabilityBound =
        StabilityBound { recursion: Recursion::Descent, words: "2/λmax", words_of_one: "2/f″" };
    const BALL: StabilityBound = StabilityBound {
        recursion: Recursion::HeavyBall { beta: 0.9, share: 1.0 },
        words: "2(1+β)/λmax",
        words_of_one: "2(1+β)/f″",
    };

    /// A step on ½(a x² + b y²).
    fn departure(curvatures: [f64; 2], rate: Option<(f64, StabilityBound)>, taken: [f64; 2], fell: bool) -> Departure {
        let [a, b] = curvatures;
        let landscape = Landscape::of_formula(&format!("({a}x^2+{b}y^2)/2")).unwrap();
        let curvature = Curvature::of(&LocalModel::new(landscape.loss(), Point::new(1.0, 1.0)));
        let fall = fell.then_some(EndlessFall::Unbounded);
        Departure { step: 7, taken: Vector::from(taken), curvature, rate, fall }
    }

    #[test]
    fn the_direction_in_which_a_run_leaves_decides() {
        for (curvatures, rate, taken, fell, is_rate, falls, eigenvector) in [
            // A bowl: the rate.
            ([1.0, 4.0], Some((0.6, DESCENT)), [0.0, 1.0], false, true, false, Some(1)),
            // A saddle that any rate leaves.
            ([-1.0, 4.0], Some((0.3, DESCENT)), [1.0, 0.0], true, false, true, Some(0)),
            // Beyond the limit as well, but it leaves along the falling direction.
            ([-1.0, 4.0], Some((0.6, DESCENT)), [1.0, 0.1], true, false, true, Some(0)),
            // On the ridge of the same saddle the rate carries it up.
            ([-1.0, 4.0], Some((0.6, DESCENT)), [0.0, 1.0], false, true, false, Some(1)),
            ([-1.0, 4.0], Some((2.0, BALL)), [0.0, 1.0], false, true, false, None),
            ([-1.0, 4.0], None, [1.0, 0.0], true, false, true, None),
            ([1.0, 4.0], None, [1.0, 0.0], false, false, false, None),
            ([1.0, 4.0], Some((0.3, DESCENT)), [1.0, 0.0], false, false, false, None),
            ([1.0, 4.0], Some((0.6, DESCENT)), [f64::INFINITY, 0.0], false, true, false, Some(1)),
        ] {
            let found = Divergence::of(&departure(curvatures, rate, taken, fell));
            let case = format!("{curvatures:?} {rate:?} {taken:?}: {found:?}");
            assert_eq!(found.beyond().is_some(), is_rate, "{case}");
            let is_fall = matches!(found.cause, DivergenceCause::FallsWithoutEnd(_));
            assert_eq!(is_fall, falls, "{case}");
            assert_eq!(found.growth.map(|growth| growth.eigenvector), eigenvector, "{case}");
        }
    }

    proptest! {
        #[test]
        fn a_rate_is_to_blame_only_beyond_its_limit(
            curvatures in [-5.0..5.0_f64, -5.0..5.0_f64],
            rate in 0.01..2.0_f64,
            taken in [-1.0..1.0_f64, -1.0..1.0_f64],
            fell in prop::bool::ANY,
        ) {
            for law in [DESCENT, BALL] {
                let found = Divergence::of(&departure(curvatures, Some((rate, law)), taken, fell));
                if let Some(beyond) = found.beyond() {
                    prop_assert!(beyond.rate > beyond.limit && beyond.step == 7, "{beyond:?}");
                    let largest = curvatures[0].max(curvatures[1]);
                    prop_assert!(found.growth.is_none_or(|growth| growth.eigenvector == 1), "{:?}", found.growth);
                    prop_assert!((beyond.limit * largest / law.recursion.limit() - 1.0).abs() < 1e-12, "{beyond:?}");
                } else {
                    prop_assert_eq!(matches!(found.cause, DivergenceCause::FallsWithoutEnd(_)), fell);
                }
                prop_assert!(found.growth.is_none_or(|growth| growth.factor > 1.0), "{:?}", found.growth);
            }
        }
    }
}
