//! What must be known of a step before its promise makes sense.

use super::facts::{damping, indefinite, noisy, trust_radius};
use crate::analysis::{Belief, Kink, Shape};
use crate::numbers::numerals::knob;
use crate::numbers::{Symmetric2, Vector};
use crate::optimizers::{Matrix, Method, Part, Step, Verdict};
use crate::run::{Focus, Run};

/// The sentence before the promise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lead {
    /// A second-order method went down the gradient instead, and why.
    Fallback(&'static str),
    /// The quadratic has no lowest point, and the step goes to its level one.
    Saddle,
    /// The same where it curves down both ways.
    Hilltop,
    /// It falls without end, as the step that was refused supposed.
    Endless,
    /// It falls without end, and the trust radius ends the step.
    Radius(f64),
    /// It falls without end, and the damping keeps the step short.
    Damping(f64),
    /// It falls without end, and the step goes down where Newton's would go up.
    Turned,
    /// It falls without end, and another that does not gives the step.
    OtherBowl,
    /// There is no tangent plane here.
    Kink(Crease),
    /// A quasi-Newton method knows no curvature yet.
    Unlearned,
    /// The step goes up the plane, and what carries it.
    Uphill(&'static str),
}

/// What there is instead of a tangent plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crease {
    Fold,
    Tip,
    Wall,
    Cliff,
}

impl Crease {
    fn of(kink: &Kink) -> Self {
        match kink.shape {
            Shape::Planes(_) => Self::Fold,
            Shape::Cone(_) => Self::Tip,
            Shape::Wall => Self::Wall,
            Shape::Cliff => Self::Cliff,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Fold => "The land has a fold here, where the slope is only a convention.",
            Self::Tip => "The land has a tip here, where there is no tangent plane.",
            Self::Wall => "The slope is infinite here, so there is no tangent plane.",
            Self::Cliff => "The loss jumps here, so there is no tangent plane.",
        }
    }

    /// Whether planes meet here, one of which can be believed in.
    pub(super) fn has_planes(self) -> bool {
        self == Self::Fold
    }
}

impl Lead {
    /// The first that holds for a step.
    pub(super) fn of(focus: &Focus, run: &Run, step: &Step) -> Option<Self> {
        let entry = run.recipe().optimizer.entry;
        let believes_plane = focus.belief == Belief::Plane;
        if entry.second_order() && believes_plane {
            return Some(Self::Fallback(fallback(focus)));
        }
        if let Some(lead) = endless(focus, entry, step).filter(|_| entry.second_order()) {
            return Some(lead);
        }
        let landscape = run.landscape();
        let kink = Kink::of(landscape.loss(), &landscape.folds(), focus.iterate.at, landscape.view().size());
        if let Some(kink) = kink {
            return Some(Self::Kink(Crease::of(&kink)));
        }
        if !entry.second_order() && !believes_plane && focus.believed.hessian == Symmetric2::new(1.0, 0.0, 1.0) {
            return Some(Self::Unlearned);
        }
        // What a batch carries up is told with its promise.
        let climbs = believes_plane && focus.batch.is_none() && focus.change.is_some_and(|change| change.linear > 0.0);
        climbs.then(|| Self::Uphill(carrier(focus, run, step)))
    }

    /// Its words, and whether the promise after it can be said of *it*.
    pub(super) fn words(self) -> (String, bool) {
        match self {
            Self::Fallback(why) => (why.to_owned(), false),
            Self::Saddle => ("The quadratic has no lowest point, so the step heads for its saddle.".to_owned(), true),
            Self::Hilltop => ("The quadratic has no lowest point, so the step heads for its hilltop.".to_owned(), true),
            Self::Endless => ("The quadratic falls without end here.".to_owned(), true),
            Self::Radius(radius) => (
                format!("The quadratic falls without end here; the trust radius Δ = {} ends the step.", knob(radius)),
                true,
            ),
            Self::Damping(damping) => (
                format!(
                    "The quadratic falls without end here; the damping μ = {} keeps the step short.",
                    knob(damping)
                ),
                true,
            ),
            Self::Turned => {
                ("The quadratic falls without end here; |H| turns the step away from its saddle.".to_owned(), true)
            }
            Self::OtherBowl => {
                ("The quadratic falls without end here; the step goes to the bottom of another.".to_owned(), false)
            }
            Self::Kink(crease) => (crease.words().to_owned(), false),
            Self::Unlearned => ("No curvature is learned yet, so B = I.".to_owned(), false),
            Self::Uphill(carrier) => (carrier.to_owned(), false),
        }
    }
}

/// Why damped Newton walked down the gradient instead.
fn fallback(focus: &Focus) -> &'static str {
    match focus.curvature.and_then(|curvature| curvature.newton_step) {
        Some(newton) if focus.iterate.gradient.dot(&newton) >= 0.0 => {
            "Newton's step does not go down here, so −∇f was used."
        }
        _ => "Newton's step is undefined here, so −∇f was used.",
    }
}

/// What a method that believes in the quadratic makes of one without a lowest point.
fn endless(focus: &Focus, entry: &Method, step: &Step) -> Option<Lead> {
    // Another quadratic than the land's has another lowest point.
    let target = level_point(focus, step.proposed).filter(|_| focus.own.is_none());
    if target.is_some() || !indefinite(focus) {
        return target;
    }
    let of_hessian = entry.matrix(entry.values(&focus.moment.knobs)) == Some(Matrix::Hessian);
    match (trust_radius(&focus.moment), damping(&focus.moment)) {
        (Some(_), _) | (_, Some(_)) if step.verdict == Verdict::Rejected => Some(Lead::Endless),
        (Some(radius), _) => Some(Lead::Radius(radius.before)),
        (None, Some(damping)) if of_hessian => Some(Lead::Damping(damping.before)),
        (None, _) if !of_hessian => Some(Lead::OtherBowl),
        (None, _) => Some(Lead::Turned),
    }
}

/// Where the quadratic is level and the step goes, unless it is the bottom of a bowl.
fn level_point(focus: &Focus, proposed: Vector) -> Option<Lead> {
    let curvature = focus.curvature.as_ref()?;
    let newton = curvature.newton_step?;
    let aligned = proposed.dot(&newton) >= (1.0 - 1e-9) * proposed.norm() * newton.norm();
    let [low, high] = curvature.eigen.values;
    match (aligned, low < 0.0, high < 0.0) {
        (true, true, true) => Some(Lead::Hilltop),
        (true, true, false) => Some(Lead::Saddle),
        _ => None,
    }
}

/// What carries a step uphill: the part of it that climbs the plane most.
fn carrier(focus: &Focus, run: &Run, step: &Step) -> &'static str {
    let climb = |part: &Part| focus.iterate.gradient.dot(&part.displacement());
    let steepest = (0..step.parts.len()).max_by(|a, b| climb(&step.parts[*a]).total_cmp(&climb(&step.parts[*b])));
    let uphill = run.recipe().optimizer.entry.uphill(steepest.unwrap_or(0));
    uphill.sentence(noisy(focus, run), focus.moment.remembers_gradients())
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
        for entry in ENTRIES.iter().filter(|entry| entry.unsuited(&landscape).is_none()) {
            let run = Run::of(&landscape, &Recipe::new(Choice::of(entry), Point::new(0.7, -1.3), 4));
            let focus = Focus::of(&run, 3).unwrap();
            let carries = entry.gradient_sum.is_some();
            let Ok(step) = &focus.moment.step else { continue };
            // The step made of its first part alone, so that no decay and no kick can carry it.
            let parts = step.parts.iter().take(1).copied().collect();
            let words = carrier(&focus, &run, &Step { parts, ..step.clone() });
            assert_eq!(words.contains("remembers"), carries, "{}: {words}", entry.id);
        }
    }
}
