//! The numbers of weights at which the method with the least work changes.

use super::verdict::least_work;
use super::{Entrant, Finish};
use crate::landscapes::Evaluations;
use crate::numbers::bisection::bisect;
use crate::optimizers::{CostModel, MethodCost};

/// Places at which the winner is looked for, at equal ratios: twelve for a power of ten.
const PLACES: usize = 145;
/// Halvings between two of them: n to four digits.
const HALVINGS: usize = 12;

/// A number of weights at which the winner changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// n.
    pub weights: f64,
    /// Who does the least work below it, by its place in the race.
    pub before: usize,
    /// Who does the least work above it.
    pub after: usize,
}

/// One that met the criterion, and what that took.
struct Contender<'a> {
    place: usize,
    cost: &'a MethodCost,
    evaluations: Evaluations,
    steps: usize,
}

impl<'a> Contender<'a> {
    /// Those that can win.
    fn all(entrants: &'a [Entrant], finish: &Finish) -> Vec<Self> {
        let contender = |(place, entrant): (usize, &'a Entrant)| {
            let row = entrant.row(finish).filter(super::Row::can_win)?;
            Some(Self { place, cost: entrant.cost(), evaluations: row.evaluations, steps: row.steps })
        };
        entrants.iter().enumerate().filter_map(contender).collect()
    }
}

/// Where the winner changes, by rising n, among those that can win.
pub fn flips(entrants: &[Entrant], finish: &Finish) -> Vec<Flip> {
    let contenders = Contender::all(entrants, finish);
    if contenders.len() < 2 {
        return Vec::new();
    }
    let winner = |log: f64| winner(&contenders, &CostModel { weights: libm::exp(log), ..finish.model });
    let [low, high] = CostModel::WEIGHTS.map(libm::log);
    let place = |index: usize| low + (high - low) * index as f64 / (PLACES - 1) as f64;
    let mut found = Vec::new();
    for index in 1..PLACES {
        let (mut from, to) = (place(index - 1), place(index));
        // Between two places more than one may win.
        while winner(from) != winner(to) {
            let before = winner(from);
            let [_, at] = bisect(|log| winner(log) == before, from, to, HALVINGS);
            found.push(Flip { weights: libm::exp(at), before, after: winner(at) });
            from = at;
        }
    }
    found
}

/// Who wins with the costs of a model.
fn winner(contenders: &[Contender<'_>], model: &CostModel) -> usize {
    let work = |of: &Contender<'_>| (of.place, model.operations(of.cost, of.evaluations, of.steps));
    least_work(contenders.iter().map(work)).unwrap_or_default()
}
