//! Random restarts: the same method from many random starts, and where each ends.

use std::sync::Arc;

use super::basins::{BasinEnd, Ended, Target, Targets, end_and_steps};
use super::{random_starts, units};
use crate::analysis::CriticalPoint;
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::run::{Recipe, Walker};

/// Starts of a unit.
const STARTS: usize = 8;
/// Units that are walked between two looks at the budget.
const UNITS: usize = 16;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct RestartQuestion {
    /// Where it walks.
    pub landscape: Landscape,
    /// The critical points that are known.
    pub critical: Vec<CriticalPoint>,
    /// The method.
    pub optimizer: Choice,
    /// The largest number of steps.
    pub steps: usize,
    /// ‖∇f‖ at which a walk has arrived.
    pub tolerance: f64,
    /// How many starts.
    pub count: usize,
    /// The seed from which they are drawn.
    pub seed: u64,
}

/// A start with what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restart {
    /// Where the walk began.
    pub start: Point,
    /// What it came to.
    pub end: BasinEnd,
    /// After how many steps; all of them where it is undecided.
    pub steps: usize,
}

/// Starts with the same end.
#[derive(Clone, Debug, PartialEq)]
pub struct RestartGroup {
    /// The end.
    pub end: BasinEnd,
    /// The starts, by their places, those of the fewest steps first.
    pub members: Vec<usize>,
}

/// The walks, as many as have been taken.
#[derive(Clone)]
pub struct Restarts {
    question: Arc<RestartQuestion>,
    targets: Targets,
    starts: Vec<Point>,
    units: Vec<Unit>,
    done: Vec<Restart>,
}

/// Some starts that are walked together, each until it ends.
#[derive(Clone)]
struct Unit {
    walkers: Vec<Walker>,
}

impl units::Unit for Unit {
    fn going(&self) -> usize {
        self.walkers.iter().filter(|walker| walker.end().is_none()).count()
    }

    fn is_finished(&self) -> bool {
        self.going() == 0
    }

    fn advance(&mut self, steps: usize) {
        for walker in &mut self.walkers {
            walker.advance(steps);
        }
    }
}

impl RestartQuestion {
    fn walker(&self, start: Point) -> Walker {
        let recipe = Recipe::new(self.optimizer.clone(), start, self.steps);
        let recipe = Recipe { tolerance: Some(self.tolerance), goes_on_diverged: false, ..recipe };
        Walker::new(&self.landscape, &recipe)
    }
}

impl Restarts {
    /// Nothing is walked yet.
    ///
    /// # Errors
    /// Why the method cannot walk there, or that the loss has hardly anywhere a value to begin at.
    pub fn new(question: RestartQuestion) -> Result<Self, String> {
        let method = question.optimizer.entry;
        if let Some(reason) = method.unsupported_reason(&question.landscape) {
            return Err(format!("{} {reason}", method.name));
        }
        let starts = random_starts(&question.landscape, question.count, question.seed);
        if starts.is_empty() {
            return Err("the loss has hardly anywhere in its domain a finite value and gradient".to_owned());
        }
        let targets = Targets::new(&question.critical);
        Ok(Self { question: Arc::new(question), targets, starts, units: Vec::new(), done: Vec::new() })
    }

    /// What was asked.
    pub fn question(&self) -> &RestartQuestion {
        &self.question
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.question == other.question
    }

    /// Whether every start has been walked from.
    pub fn is_finished(&self) -> bool {
        self.done.len() == self.starts.len()
    }

    /// How many starts there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The results of the starts that have been walked from, in the order in which they were drawn.
    pub fn done(&self) -> &[Restart] {
        &self.done
    }

    /// The places at which starts end: those of the landscape first, then those that were found on the way.
    pub fn targets(&self) -> &[Target] {
        self.targets.all()
    }

    /// Goes on until about this many evaluations of one sample each are spent; true once all is done.
    pub fn advance(&mut self, budget: usize) -> bool {
        let method = self.question.optimizer.entry;
        let cost = method.evaluations_per_step.max(1).saturating_mul(self.question.landscape.cost());
        let mut left = budget / cost;
        while !self.is_finished() {
            if self.units.is_empty() {
                self.units = self.next_units(left);
            }
            left = units::advance(&mut self.units, left, self.question.steps);
            if self.units.iter().all(units::Unit::is_finished) {
                self.take_in();
            }
            if left == 0 {
                break;
            }
        }
        self.is_finished()
    }

    /// Walks from the next starts: no more than the rest of the budget can pay a step for.
    fn next_units(&self, left: usize) -> Vec<Unit> {
        let affordable = STARTS * (left / STARTS).clamp(1, UNITS);
        let next = self.done.len()..self.starts.len().min(self.done.len() + affordable);
        let unit = |starts: &[Point]| Unit { walkers: starts.iter().map(|at| self.question.walker(*at)).collect() };
        self.starts[next].chunks(STARTS).map(unit).collect()
    }

    fn take_in(&mut self) {
        for walker in std::mem::take(&mut self.units).into_iter().flat_map(|unit| unit.walkers) {
            let (ended, steps) = end_and_steps(&walker);
            let end = match ended {
                Ended::Arrived(at) => self.targets.of(&self.question.landscape, at),
                Ended::Diverged => BasinEnd::Diverged,
                Ended::Undecided => BasinEnd::Undecided,
                Ended::Cycle => BasinEnd::Cycle,
                Ended::Undefined => BasinEnd::Undefined,
            };
            self.done.push(Restart { start: walker.recipe().start, end, steps });
        }
    }

    /// The starts by their ends: targets by rising loss, then what diverged, then what came to nothing.
    pub fn groups(&self) -> Vec<RestartGroup> {
        let mut groups: Vec<RestartGroup> = Vec::new();
        for (place, restart) in self.done.iter().enumerate() {
            match groups.iter_mut().find(|group| group.end == restart.end) {
                Some(group) => group.members.push(place),
                None => groups.push(RestartGroup { end: restart.end, members: vec![place] }),
            }
        }
        for group in &mut groups {
            group.members.sort_by_key(|place| self.done[*place].steps);
        }
        groups.sort_by(|a, b| {
            let ((a, low), (b, high)) = (self.rank(a.end), self.rank(b.end));
            a.cmp(&b).then(low.total_cmp(&high))
        });
        groups
    }

    /// By what ends are put in order: targets first, the lowest of them before the others.
    fn rank(&self, end: BasinEnd) -> (u8, f64) {
        match end {
            BasinEnd::Target(target) => (0, self.targets()[target].value),
            BasinEnd::Diverged => (1, 0.0),
            BasinEnd::Undecided => (2, 0.0),
            BasinEnd::Cycle => (3, 0.0),
            BasinEnd::Undefined => (4, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Search;
    use crate::run::Run;

    fn question(landscape: &str, method: &str, count: usize) -> RestartQuestion {
        let landscape = Landscape::parse(landscape).unwrap();
        RestartQuestion {
            critical: Search::finished(&landscape).points(),
            optimizer: Choice::parse(method).unwrap(),
            steps: 1000,
            tolerance: 1e-6,
            count,
            seed: 7,
            landscape,
        }
    }

    /// Each ends where the run from its start does, however the work is divided.
    #[test]
    fn every_start_ends_where_its_run_does() {
        for (landscape, method) in
            [("himmelblau", "gd:lr=0.01"), ("himmelblau", "newton"), ("tanh2", "adam"), ("parabola", "gd")]
        {
            let mut whole = Restarts::new(question(landscape, method, 50)).unwrap();
            whole.advance(usize::MAX);
            let mut parts = Restarts::new(question(landscape, method, 50)).unwrap();
            while !parts.advance(3000) {}
            assert_eq!(whole.done(), parts.done(), "{landscape}, {method}");
            for restart in whole.done() {
                let recipe = whole.question().walker(restart.start).recipe().clone();
                let run = Run::of(&whole.question().landscape, &recipe);
                let last = run.iterates().last().unwrap().at;
                if let BasinEnd::Target(target) = restart.end {
                    assert!(
                        (whole.targets()[target].at - last).norm() < 1e-3,
                        "{landscape}, {method}: {restart:?}, {last}"
                    );
                }
            }
            let members: usize = whole.groups().iter().map(|group| group.members.len()).sum();
            assert_eq!(members, 50);
        }
    }

    #[test]
    fn groups_stand_by_rising_loss_and_a_method_that_cannot_walk_says_why() {
        let mut restarts = Restarts::new(question("styblinski_tang", "gd:lr=0.02", 80)).unwrap();
        restarts.advance(usize::MAX);
        let values: Vec<f64> = restarts
            .groups()
            .iter()
            .filter_map(|group| match group.end {
                BasinEnd::Target(target) => Some(restarts.targets()[target].value),
                _ => None,
            })
            .collect();
        assert!(values.len() >= 4 && values.windows(2).all(|pair| pair[0] <= pair[1]), "{values:?}");
        assert!(Restarts::new(question("bowl", "sgd", 5)).is_err_and(|why| why.contains("samples")));
    }
}
