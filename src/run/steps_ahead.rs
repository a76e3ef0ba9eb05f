//! The next steps of a run, taken elsewhere by a copy of its walker and handed back: for steps that cost more than a frame.

use super::Run;
use super::record::{CHECKPOINT, Leg};
use super::walker::Walker;

/// Steps that are taken before the run itself has to follow.
const AT_ONCE: usize = 64;

/// A few further steps of a run, as far as they have been taken.
#[derive(Clone)]
pub struct StepsAhead {
    /// Which run, and how many iterates it had.
    serial: u64,
    from: usize,
    walker: Walker,
    legs: Vec<Leg>,
    /// How many steps are to be taken.
    count: usize,
}

impl StepsAhead {
    /// Whether these are the same steps, however many have been taken.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.serial, self.from) == (other.serial, other.from)
    }

    /// Whether these steps still continue the run from where it is.
    pub fn is_next_of(&self, run: &Run) -> bool {
        let steps = self.from..self.from + self.count;
        self.serial == run.serial() && steps.contains(&run.iterates().len()) && run.stop().is_none()
    }

    /// Takes steps for about `budget` evaluations of one sample each, one at least; true once all have been taken.
    pub fn advance(&mut self, budget: usize) -> bool {
        let (before, cost) = (self.walker.evaluations().total(), self.walker.landscape().cost());
        let spent = |walker: &Walker| (walker.evaluations().total() - before) as usize * cost;
        while !self.is_finished() {
            self.legs.push(Leg::walk(&mut self.walker));
            if spent(&self.walker) >= budget {
                break;
            }
        }
        self.is_finished()
    }

    /// How many iterates the run has once all of them are taken.
    pub fn reaches(&self) -> usize {
        self.from + self.count
    }

    /// Whether all were taken, or the walk has ended.
    pub fn is_finished(&self) -> bool {
        self.legs.len() >= self.count || self.walker.end().is_some()
    }
}

impl Run {
    /// The next steps, at most this many, none of them taken yet; `None` once the run has stopped.
    pub fn steps_ahead(&self, most: usize) -> Option<StepsAhead> {
        let from = self.iterates().len();
        // A state that is kept is that of the run's own walker, so none lies within.
        let count = most.min(AT_ONCE).min(CHECKPOINT - from.checked_sub(1)? % CHECKPOINT);
        let walker = self.walker().clone();
        self.stop().is_none().then(|| StepsAhead { serial: self.serial(), from, walker, legs: Vec::new(), count })
    }

    /// Takes over steps that were taken elsewhere; false where they are of another run, or none of them is the next.
    pub fn take_ahead(&mut self, ahead: &StepsAhead) -> bool {
        let legs = self.iterates().len().checked_sub(ahead.from).and_then(|known| ahead.legs.get(known..));
        match legs {
            Some(legs) if ahead.serial == self.serial() && !legs.is_empty() && self.stop().is_none() => {
                self.follow(legs, &ahead.walker);
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    /// However the steps are shared between the run and others, they are the same to the last bit, and so is what can be replayed.
    #[test]
    fn steps_taken_elsewhere_are_those_of_the_run() {
        for (landscape, method, steps, pattern) in [
            ("himmelblau", "momentum:lr=0.003", 600, &[3, 70, 1][..]),
            ("rosenbrock", "bfgs", 40, &[5]),
            ("bowl", "finite_step", 5, &[2, 1]),
            ("quad", "gd:lr=0.115", 3000, &[64]),
            ("formula:sqrt(x)+y^2", "gd:lr=0.4", 30, &[4]),
            ("trough", "newton", 5, &[1]),
        ] {
            let landscape = Landscape::parse(landscape).unwrap();
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(0.7, 1.0), steps);
            let whole = Run::of(&landscape, &recipe);
            let mut run = Run::begin(&landscape, &recipe);
            let mut turn = 0;
            while let Some(mut ahead) = run.steps_ahead(usize::MAX) {
                for _ in 0..pattern[turn % pattern.len()] {
                    ahead.advance(1);
                }
                assert!(run.take_ahead(&ahead), "{method}: the steps are the next");
                assert!(!run.take_ahead(&ahead), "{method}: but only once");
                run.advance(turn % 3);
                turn += 1;
            }
            assert_eq!(run.iterates(), whole.iterates(), "{method}");
            assert_eq!((run.stop(), run.evaluations()), (whole.stop(), whole.evaluations()), "{method}");
            for index in (0..run.iterates().len()).step_by(97) {
                assert_eq!(run.step_report(index), whole.step_report(index), "{method} at {index}");
                let [one, other] = [&run, &whole].map(|run| run.replayed(index).unwrap());
                assert_eq!((one.step, one.state), (other.step, other.state), "{method} at {index}");
            }
        }
    }

    #[test]
    fn steps_of_another_run_are_not_taken() {
        let landscape = Landscape::parse("bowl").unwrap();
        let recipe = Recipe::new(Choice::parse("gd").unwrap(), Point::new(0.7, 1.0), 5);
        let [mut one, mut other] = [0, 1].map(|_| Run::begin(&landscape, &recipe));
        let mut ahead = one.steps_ahead(usize::MAX).unwrap();
        assert!(!one.take_ahead(&ahead), "nothing was done yet");
        while !ahead.advance(1) {}
        assert!(!other.take_ahead(&ahead), "of another run");
        one.advance(2);
        assert!(one.take_ahead(&ahead) && one.stop().is_some(), "what is left of them");
        assert!(one.steps_ahead(usize::MAX).is_none(), "it has stopped");
    }
}
