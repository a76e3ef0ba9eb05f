//! The outcome of a walk: where it ended, and what that took.

use crate::analysis::{CriticalPoint, LevelPoint};
use crate::landscapes::{Evaluations, Landscape};
use crate::numbers::Point;
use crate::numbers::tolerance::AT_POINT;
use crate::run::{End, Walker};

/// Where a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A minimum: its place among the critical points that are known, if it is one of them.
    Minimum(Option<usize>),
    /// A saddle: its place among the critical points that are known, if it is one of them.
    Saddle(Option<usize>),
    /// A maximum: its place among the critical points that are known, if it is one of them.
    Maximum(Option<usize>),
    /// A member of a line of critical points.
    OneOfMany,
    /// A place around which the loss has no slope.
    Flat,
    /// A kink, where the gradient is zero by convention only.
    Kink,
    /// A point whose curvature does not tell its kind.
    Degenerate,
    /// The weights left for infinity.
    Diverged,
    /// It oscillates between two points.
    TwoCycle,
    /// The method has no step there.
    NoStep,
    /// The loss has no finite value and gradient at the next point.
    NoValue,
    /// It is still on its way: its steps were too few.
    NotYet,
}

/// The outcome of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where it ended.
    pub destination: Destination,
    /// How many steps were taken; rejected ones do not count.
    pub steps: usize,
    /// What the method asked for.
    pub evaluations: Evaluations,
}

impl Outcome {
    /// The outcome of a walk, ended or not; `known` are the critical points of its landscape.
    pub fn of(walker: &Walker, known: &[CriticalPoint]) -> Self {
        let steps = walker.reached().saturating_sub(1 + walker.rejected());
        Self { destination: Destination::of(walker, known), steps, evaluations: walker.evaluations() }
    }

    /// The outcome of a walk whose steps no longer move the weights: where it rests, or else that it is still on its way.
    pub(super) fn at_rest(walker: &Walker, known: &[CriticalPoint]) -> Self {
        let place = walker.place().map(|place| Destination::at_rest(walker.landscape(), place.at, known));
        Self { destination: place.unwrap_or(Destination::NotYet), ..Self::of(walker, known) }
    }
}

impl Destination {
    fn of(walker: &Walker, known: &[CriticalPoint]) -> Self {
        let here = walker.place().map(|place| place.at);
        match (walker.end(), here) {
            (Some(End::Converged), Some(at)) => Self::at_rest(walker.landscape(), at, known),
            (Some(_), _) if walker.crossing().is_some() => Self::Diverged,
            (Some(End::Undefined(_)), _) => Self::NoStep,
            (Some(End::NotFinite(_)), _) => Self::NoValue,
            _ if walker.is_two_cycle() => Self::TwoCycle,
            _ => Self::NotYet,
        }
    }

    /// Where a walk has come to rest: by what the landscape is like there, as the sentence about a run's end says it.
    fn at_rest(landscape: &Landscape, at: Point, known: &[CriticalPoint]) -> Self {
        let near = AT_POINT * landscape.domain().size();
        let distance = |point: &CriticalPoint| landscape.dimension().part(point.at - at).norm();
        let nearest = known.iter().enumerate().min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
        let which = nearest.filter(|(_, point)| distance(point) <= near).map(|(place, _)| place);
        match LevelPoint::of(landscape, at) {
            LevelPoint::Minimum => Self::Minimum(which),
            LevelPoint::Saddle => Self::Saddle(which),
            LevelPoint::Maximum => Self::Maximum(which),
            LevelPoint::OneOfMany { .. } | LevelPoint::Along(..) => Self::OneOfMany,
            LevelPoint::Flat => Self::Flat,
            LevelPoint::Kink { .. } => Self::Kink,
            LevelPoint::Degenerate | LevelPoint::Inflection => Self::Degenerate,
            LevelPoint::NotReached(_) => Self::NotYet,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::Search;
    use crate::landscapes::entries;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::{Recipe, Run, StopReason};

    fn walked(landscape: &str, method: &str, start: [f64; 2], steps: usize) -> Outcome {
        let landscape = Landscape::parse(landscape).unwrap();
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), steps);
        let mut walker = Walker::new(&landscape, &Recipe { tolerance: Some(1e-8), ..recipe });
        walker.advance(usize::MAX);
        Outcome::of(&walker, &Search::finished(&landscape).points())
    }

    #[test]
    fn every_destination_is_described() {
        for (landscape, method, start, destination) in [
            ("trough", "gd:lr=0.25", [1.0, 0.5], Destination::OneOfMany),
            ("saddle", "newton", [1.0, 0.5], Destination::Saddle(Some(0))),
            ("relu", "gd", [0.0, -2.0], Destination::Flat),
            ("l1", "gd", [0.0, 0.0], Destination::Kink),
            ("monkey", "gd", [0.0, 0.0], Destination::Degenerate),
            ("quad", "gd:lr=0.115", [1.0, 1.0], Destination::Diverged),
            ("himmelblau", "gd:lr=3", [3.0, 3.0], Destination::Diverged),
            ("bowl", "gd:lr=2", [1.0, 0.5], Destination::TwoCycle),
            ("l1", "gd:lr=0.3", [1.33, -0.87], Destination::TwoCycle),
            ("trough", "newton", [1.0, 0.0], Destination::NoStep),
            ("formula:sqrt(x)+y^2", "gd:lr=0.4", [0.1, 0.0], Destination::NoValue),
            ("rosenbrock", "gd:lr=0.001", [-1.2, 1.0], Destination::NotYet),
        ] {
            let outcome = walked(landscape, method, start, 200);
            assert_eq!(outcome.destination, destination, "{method} on {landscape}: {outcome:?}");
        }
    }

    #[test]
    fn it_is_described_which_minimum_it_was() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let search = Search::finished(&landscape);
        for (place, point) in search.points().iter().enumerate() {
            let start = [point.at.x + 0.01, point.at.y - 0.02];
            let found = walked("himmelblau", "newton", start, 50).destination;
            let which = match found {
                Destination::Minimum(which) | Destination::Saddle(which) | Destination::Maximum(which) => which,
                other => panic!("Newton's method from {start:?}: {other:?}"),
            };
            assert_eq!(which, Some(place), "from {start:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Recording a walk does not change it: a walker alone, in slices, ends where the run does, with the same bits.
        #[test]
        fn a_walker_ends_where_the_run_does(
            method in 0..ENTRIES.len(),
            place in 0..entries().count(),
            share in [0.0..1.0, 0.0..1.0],
            slice in 1..90_usize,
        ) {
            let entry = entries().nth(place).expect("is in the catalog");
            let (landscape, choice) = (Landscape::of(entry), Choice::of(ENTRIES[method]));
            let steps = if choice.entry.evaluations_per_step > 1000 { 3 } else { 300 };
            let view = landscape.domain();
            let start = Point::new(view.x[0] + share[0] * view.width(), view.y[0] + share[1] * view.height());
            let recipe = Recipe { tolerance: Some(1e-6), ..Recipe::new(choice, start, steps) };
            let run = Run::of(&landscape, &recipe);
            let mut walker = Walker::new(&landscape, &recipe);
            while !walker.advance(slice) {
                walker = walker.clone();
            }
            let last = run.iterates().last().map(|last| (last.at, last.loss, last.gradient));
            prop_assert_eq!(walker.place().map(|here| (here.at, here.loss, here.gradient)), last);
            let outcome = Outcome::of(&walker, &[]);
            prop_assert_eq!(outcome, Outcome::of(run.walker(), &[]));
            let rejected = run.iterates().iter().filter(|iterate| iterate.rejected).count();
            prop_assert_eq!(outcome.steps, run.iterates().len().saturating_sub(1 + rejected));
            prop_assert_eq!(outcome.evaluations, run.evaluations());
            let reason = run.stop().expect("it has stopped").reason;
            let expected = match outcome.destination {
                Destination::Diverged => StopReason::Diverged,
                Destination::NoValue => StopReason::NotFinite,
                Destination::TwoCycle => StopReason::StepLimit,
                // A derivative that is not finite is no step, and no number.
                Destination::NoStep | Destination::NotYet => reason,
                _ => StopReason::Converged,
            };
            prop_assert_eq!(reason, expected, "{:?}", outcome);
        }
    }
}
