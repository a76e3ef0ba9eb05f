//! What the method of a run knows of the loss surface: the queries of its last steps with their answers, replayed.

use super::{Run, StepAnalysis};
use crate::landscapes::{Evaluation, Query};
use crate::numbers::{Point, Symmetric2};

/// The most steps that are recorded.
const STEPS: usize = 400;
/// The most queries that are recorded, but those of the last step always.
const QUERIES: u32 = 30_000;

/// The recorded queries of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryLog {
    /// The queries in their order. Thinned to about a hundred if one step asked very many.
    pub queries: Vec<Query>,
    /// Number of steps covered.
    pub steps: usize,
    /// Number of earlier steps that are left out.
    pub left_out: usize,
}

impl QueryLog {
    /// What the method asked up to and including the step from iterate `index`; in a long run, in its last steps.
    pub fn of(run: &Run, index: usize) -> Self {
        let iterates = run.iterates();
        let evaluations = |index: usize| iterates.get(index).map_or(0, |iterate| iterate.evaluations.total());
        let before = |index: usize| index.checked_sub(1).map_or(0, evaluations);
        let last = index.min(iterates.len().saturating_sub(1));
        // At the end of a run no further step has been asked for.
        let end = if evaluations(last) > before(last) { last + 1 } else { last };
        let worth =
            |first: &usize| end - first <= STEPS && evaluations(end.saturating_sub(1)) - before(*first) <= QUERIES;
        let first = (0..end).rev().take_while(worth).last().unwrap_or(end.saturating_sub(1));
        Self { queries: run.queries_of(first..end), steps: end - first, left_out: first }
    }
}

impl QueryLog {
    /// Whether the slope at a point is among the answers.
    pub fn knows_slope(&self, at: Point) -> bool {
        let tells = |answer: &Evaluation| !matches!(answer, Evaluation::Value(_));
        self.queries.iter().rev().any(|query| query.at == at && tells(&query.answer))
    }

    /// The loss at a point, if it is among the answers.
    pub fn value(&self, at: Point) -> Option<f64> {
        let mut same = self.queries.iter().rev().filter(|query| query.at == at);
        same.find_map(|query| query.answer.value())
    }

    /// Whether the method received this Hessian at a point, and not another matrix in its place.
    pub fn knows_hessian(&self, at: Point, hessian: Symmetric2) -> bool {
        let answer = Evaluation::Hessian(hessian);
        self.queries.iter().rev().any(|query| query.at == at && query.answer == answer)
    }
}

/// What is known of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownOfStep {
    /// The plane where the step begins.
    pub slope: bool,
    /// The quadratic there.
    pub curvature: bool,
    /// The loss where the step lands.
    pub landing: bool,
}

impl KnownOfStep {
    /// Everything without fog; in fog what the `queries` answered.
    pub fn of(analysis: &StepAnalysis, queries: Option<&QueryLog>) -> Self {
        let Some(queries) = queries else { return Self { slope: true, curvature: true, landing: true } };
        let at = analysis.iterate.at;
        Self {
            slope: queries.knows_slope(at),
            curvature: queries.knows_hessian(at, analysis.model.hessian),
            landing: analysis.proposed().is_some_and(|step| queries.value(at + step).is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::Recipe;

    fn run(landscape: &str, optimizer: &str, steps: usize) -> Run {
        let landscape = Landscape::parse(landscape).unwrap();
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::new(0.15, 0.35), steps);
        Run::of(&landscape, &recipe)
    }

    fn counts(queries: &QueryLog) -> [usize; 3] {
        let count = |is: fn(&Evaluation) -> bool| queries.queries.iter().filter(|query| is(&query.answer)).count();
        [
            count(|answer| matches!(answer, Evaluation::Value(_))),
            count(|answer| matches!(answer, Evaluation::Gradient(..))),
            count(|answer| matches!(answer, Evaluation::Hessian(_))),
        ]
    }

    #[test]
    fn descent_has_asked_one_gradient_more_than_it_has_made_steps() {
        let run = run("himmelblau", "gd:lr=0.01", 20);
        for index in 0..20 {
            let queries = QueryLog::of(&run, index);
            assert_eq!(counts(&queries), [0, index + 1, 0], "at step {index}");
            for (query, iterate) in std::iter::zip(&queries.queries, run.iterates()) {
                assert_eq!(query.at, iterate.at, "asked where it stood");
                assert_eq!(query.answer, Evaluation::Gradient(Some(iterate.loss), iterate.gradient));
            }
        }
        assert_eq!(counts(&QueryLog::of(&run, 20)), [0, 20, 0], "the last point is reached and not asked about");
    }

    #[test]
    fn of_a_step_is_known_what_its_method_asked() {
        for (optimizer, slope, curvature, landing) in [
            ("gd:lr=0.01", true, false, false),
            ("gd_armijo", true, false, true),
            ("newton", true, true, false),
            ("trust_region", true, true, true),
            ("finite_step", true, false, true),
        ] {
            let run = run("himmelblau", optimizer, 5);
            let analysis = StepAnalysis::of(&run, 2).unwrap();
            let known = KnownOfStep::of(&analysis, Some(&QueryLog::of(&run, 2)));
            assert_eq!(known, KnownOfStep { slope, curvature, landing }, "{optimizer}");
        }
    }

    #[test]
    fn every_method_is_known_as_often_as_it_is_counted() {
        for entry in ENTRIES.iter().filter(|entry| entry.evaluations_per_step < 1000) {
            let suits = |id: &&str| entry.unsupported_reason(&Landscape::parse(id).unwrap()).is_none();
            let home = std::iter::once("himmelblau").chain(entries().map(|entry| entry.id)).find(suits).unwrap();
            let run = run(home, entry.id, 12);
            let index = 9.min(run.iterates().len() - 1);
            let queries = QueryLog::of(&run, index);
            let evaluations = run.iterates()[index].evaluations;
            let expected =
                [evaluations.values, evaluations.gradients, evaluations.hessians].map(|count| count as usize);
            assert_eq!((counts(&queries), queries.left_out), (expected, 0), "{}", entry.id);
        }
    }

    #[test]
    fn a_great_many_values_are_known_as_a_ring_and_long_runs_from_their_end() {
        let run = run("himmelblau", "finite_step:radius=0.5", 12);
        let queries = QueryLog::of(&run, 9);
        assert!(queries.steps < 10 && queries.steps + queries.left_out == 10, "{} of 10 steps", queries.steps);
        let here = run.iterates()[9].at;
        let ring = queries.queries.iter().filter(|query| ((query.at - here).norm() - 0.5).abs() < 1e-9).count();
        assert!((100..1000).contains(&ring), "the last circle: {ring} points");
        let long = self::run("quad", "momentum:lr=0.001", 3000);
        let queries = QueryLog::of(&long, 2500);
        assert_eq!((queries.steps, queries.left_out), (400, 2101));
        assert_eq!(queries.queries[399].at, long.iterates()[2500].at, "up to the iterate");
    }
}
