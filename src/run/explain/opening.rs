//! The situation of a step: what must be known before its prediction makes sense.

use super::measured::{damping, noisy, trust_radius};
use crate::analysis::{Kink, ModelOrder, Shape};
use crate::numbers::{Symmetric2, Vector, tolerance};
use crate::optimizers::{Matrix, Method, Part, Step, Uphill, Verdict};
use crate::run::{Run, StepAnalysis};

/// An eigenvalue below this share of the other is zero but for rounding.
const FLAT: f64 = tolerance::SINGULAR;

/// What is special about the situation of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepOpening {
    /// A second-order method went down the gradient instead.
    Fallback {
        /// Whether Newton's step is defined but does not go down.
        newton_rises: bool,
    },
    /// The quadratic is unbounded below, and the step goes to its stationary point, a saddle.
    Saddle,
    /// The quadratic is unbounded below, and the step goes to its stationary point, a maximum.
    Hilltop,
    /// The quadratic is unbounded below, and the step was rejected.
    Endless,
    /// The quadratic is unbounded below, and the trust radius Δ ends the step.
    Radius(f64),
    /// The quadratic is unbounded below, and the damping μ keeps the step short.
    Damping(f64),
    /// The quadratic is unbounded below, and the step goes down where Newton's would go up.
    Turned,
    /// The quadratic is unbounded below, and a positive definite substitute gives the step.
    OtherMatrix,
    /// There is no tangent plane here.
    Kink(KinkKind),
    /// A quasi-Newton method knows no curvature yet.
    Unlearned,
    /// The step goes up the plane.
    Uphill {
        /// What carries it.
        cause: Uphill,
        /// Whether the gradients have noise.
        is_noisy: bool,
        /// Whether the method remembers earlier gradients.
        remembers: bool,
    },
}

/// What there is instead of a tangent plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinkKind {
    /// Two planes meet.
    Planes,
    /// A cone has its tip.
    Tip,
    /// The slope is infinite.
    Wall,
    /// The loss jumps.
    Cliff,
}

impl KinkKind {
    /// The kind of kink at an iterate; `None` where there is a tangent plane.
    pub(super) fn at(analysis: &StepAnalysis, run: &Run) -> Option<Self> {
        let landscape = run.landscape();
        let kink = Kink::of(landscape.loss(), &landscape.kink_lines(), analysis.iterate.at, landscape.domain().size());
        kink.map(|kink| Self::of(&kink.shape))
    }

    /// The kind of a shape.
    pub fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Planes(_) => Self::Planes,
            Shape::Cone(_) => Self::Tip,
            Shape::Wall => Self::Wall,
            Shape::Cliff => Self::Cliff,
        }
    }

    /// Whether planes meet here, one of which the method can take for the tangent plane.
    pub fn has_planes(self) -> bool {
        self == Self::Planes
    }
}

impl StepOpening {
    /// The first special situation that applies.
    pub(super) fn of(analysis: &StepAnalysis, run: &Run, step: &Step) -> Option<Self> {
        let entry = run.recipe().optimizer.entry;
        let is_by_plane = analysis.order == ModelOrder::Linear;
        if entry.second_order() && is_by_plane {
            return Some(Self::Fallback { newton_rises: newton_rises(analysis) });
        }
        if let Some(opening) = unbounded(analysis, entry, step).filter(|_| entry.second_order()) {
            return Some(opening);
        }
        if let Some(kink) = KinkKind::at(analysis, run) {
            return Some(Self::Kink(kink));
        }
        let assumed = analysis.assumed.hessian;
        if !entry.second_order() && !is_by_plane && assumed == Symmetric2::identity(assumed.dimension) {
            return Some(Self::Unlearned);
        }
        // What carries a batch up belongs to its own prediction.
        let climbs =
            is_by_plane && analysis.batch.is_none() && analysis.change.is_some_and(|change| change.linear > 0.0);
        climbs.then(|| uphill(analysis, run, step))
    }
}

/// Whether Newton's step is defined but does not go down.
fn newton_rises(analysis: &StepAnalysis) -> bool {
    let newton = analysis.curvature.and_then(|curvature| curvature.newton_step);
    newton.is_some_and(|newton| analysis.iterate.gradient.dot(&newton) >= 0.0)
}

/// How a second-order method deals with a quadratic that is unbounded below.
fn unbounded(analysis: &StepAnalysis, entry: &Method, step: &Step) -> Option<StepOpening> {
    // Another quadratic than that of the loss has another lowest point.
    let target = level_point(analysis, step.proposed).filter(|_| analysis.own_matrix_name.is_none());
    if target.is_some() || !indefinite(analysis) {
        return target;
    }
    let of_hessian = entry.matrix(entry.values(&analysis.replayed.parameters)) == Some(Matrix::Hessian);
    match (trust_radius(&analysis.replayed), damping(&analysis.replayed)) {
        (Some(_), _) | (_, Some(_)) if step.verdict == Verdict::Rejected => Some(StepOpening::Endless),
        (Some(radius), _) => Some(StepOpening::Radius(radius.before)),
        (None, Some(damping)) if of_hessian => Some(StepOpening::Damping(damping.before)),
        (None, _) if !of_hessian => Some(StepOpening::OtherMatrix),
        (None, _) => Some(StepOpening::Turned),
    }
}

/// Where the quadratic is level and the step goes, unless it is the bottom of a bowl.
fn level_point(analysis: &StepAnalysis, proposed: Vector) -> Option<StepOpening> {
    let curvature = analysis.curvature.as_ref()?;
    let newton = curvature.newton_step?;
    let aligned = proposed.dot(&newton) >= (1.0 - 1e-9) * proposed.norm() * newton.norm();
    let [low, high] = curvature.eigen.values;
    match (aligned, low < 0.0, high < 0.0) {
        (true, true, true) => Some(StepOpening::Hilltop),
        (true, true, false) => Some(StepOpening::Saddle),
        _ => None,
    }
}

/// Whether the quadratic at the point falls without end, rounding apart.
fn indefinite(analysis: &StepAnalysis) -> bool {
    analysis.curvature.is_some_and(|curvature| {
        let [low, high] = curvature.eigen.values;
        low < 0.0 && low.abs() > FLAT * high.abs()
    })
}

/// What carries a step uphill: the part of it that climbs the plane most.
fn uphill(analysis: &StepAnalysis, run: &Run, step: &Step) -> StepOpening {
    let climb = |part: &Part| analysis.iterate.gradient.dot(&part.displacement());
    let steepest = (0..step.parts.len()).max_by(|a, b| climb(&step.parts[*a]).total_cmp(&climb(&step.parts[*b])));
    let cause = run.recipe().optimizer.entry.uphill(steepest.unwrap_or(0));
    StepOpening::Uphill { cause, is_noisy: noisy(analysis, run), remembers: analysis.replayed.remembers_gradients() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::Recipe;

    /// Memory is blamed by every method that has one, and by no other.
    #[test]
    fn memory_carries_uphill_whoever_has_one() {
        let landscape = Landscape::parse("tanh2").unwrap();
        for entry in ENTRIES.iter().filter(|entry| entry.unsupported_reason(&landscape).is_none()) {
            let run = Run::of(&landscape, &Recipe::new(Choice::of(entry), Point::new(0.7, -1.3), 4));
            let analysis = StepAnalysis::of(&run, 3).unwrap();
            let carries = entry.gradient_sum.is_some();
            let Ok(step) = &analysis.replayed.step else { continue };
            // The step made of its first part alone, so that no decay and no noise can carry it.
            let parts = step.parts.iter().take(1).copied().collect();
            let opening = uphill(&analysis, &run, &Step { parts, ..step.clone() });
            let StepOpening::Uphill { cause, is_noisy, remembers } = opening else {
                panic!("{}: {opening:?}", entry.id)
            };
            let sentence = cause.sentence(is_noisy, remembers);
            assert_eq!(sentence.contains("ast gradients"), carries, "{}: {sentence}", entry.id);
        }
    }
}
