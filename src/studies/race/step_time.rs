//! How long a step takes on this machine: steps are taken again in several rounds, of which a hiccup of the machine spoils a few.

use super::Clock;
use crate::run::Walker;

/// Rounds in which the steps are timed.
const ROUNDS: usize = 9;
/// Evaluations of one sample each in a round, about.
const IN_ROUND: usize = 10_000;
/// A short walk is taken this often in a round at most: the clock does not see one of a few steps.
const COPIES: usize = 64;

/// The rounds that were timed.
#[derive(Clone, Debug, Default)]
pub(super) struct StepTime {
    /// Seconds a step, of each round.
    rounds: Vec<f64>,
}

/// How many steps of a walk are timed in a round: of a long one its beginning.
fn steps_in_round(steps: usize, asked: &dyn Fn(usize) -> usize) -> usize {
    let [mut low, mut high] = [1, steps.max(1)];
    while low < high {
        let middle = (low + high).div_ceil(2);
        [low, high] = if asked(middle) <= IN_ROUND { [middle, high] } else { [low, middle - 1] };
    }
    low
}

impl StepTime {
    /// How many rounds are still to come.
    pub(super) fn rounds_left(&self) -> usize {
        ROUNDS - self.rounds.len()
    }

    /// A round of a walk from its start; `asked` says how many evaluations of one sample each its first steps take. What it took of
    /// them in all.
    pub(super) fn round(
        &mut self,
        first: &Walker,
        steps: usize,
        asked: &dyn Fn(usize) -> usize,
        clock: Clock,
    ) -> usize {
        let steps = steps_in_round(steps, asked);
        let of_one = asked(steps).max(1);
        let mut walkers = vec![first.clone(); (IN_ROUND / of_one).clamp(1, COPIES)];
        let begun = clock();
        for walker in &mut walkers {
            walker.advance(steps);
        }
        let taken = clock() - begun;
        self.rounds.push(taken / (steps * walkers.len()) as f64);
        of_one * walkers.len()
    }

    /// The least seconds a step, as whatever disturbs a round lengthens it, and the median; `None` before the last round.
    pub(super) fn seconds(&self) -> Option<[f64; 2]> {
        let mut sorted = self.rounds.clone();
        sorted.sort_by(f64::total_cmp);
        (self.rounds_left() == 0).then(|| [sorted[0], sorted[ROUNDS / 2]])
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    thread_local! {
        static LOOKS: Cell<u32> = const { Cell::new(0) };
    }

    /// A clock between two looks at which a second passes, and an hour in the fourth and the seventh round.
    fn clock() -> f64 {
        LOOKS.with(|looks| {
            looks.set(looks.get() + 1);
            let hiccups = [8, 14].into_iter().filter(|look| looks.get() >= *look).count();
            f64::from(looks.get()) + 3600.0 * hiccups as f64
        })
    }

    #[test]
    fn a_hiccup_of_the_machine_is_not_the_time_of_a_step() {
        let recipe = Recipe::new(Choice::parse("gd").unwrap(), Point::new(-1.2, 1.0), 50_000);
        let walker = Walker::new(&Landscape::parse("rosenbrock").unwrap(), &recipe);
        for (steps, timed) in [(10, 10 * COPIES), (4000, 2 * 4000), (50_000, IN_ROUND)] {
            LOOKS.with(|looks| looks.set(0));
            let mut time = StepTime::default();
            while time.rounds_left() > 0 {
                assert_eq!(time.seconds(), None, "not before the last round");
                time.round(&walker, steps, &|step| step, clock);
            }
            assert_eq!(time.seconds(), Some([1.0 / timed as f64; 2]), "{steps} steps");
            assert_eq!(time.rounds.iter().filter(|round| **round > 3600.0 / timed as f64).count(), 2);
        }
    }
}
