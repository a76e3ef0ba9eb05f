//! A tournament: methods race on landscapes from random starts, and how often each needs little more than the best.

mod progress;

pub use progress::Tournament;

use std::collections::BTreeSet;

use super::{Criterion, Finish, Limit, Race, RaceEnd, RaceQuestion, Row, Tune};
use crate::analysis::{CriticalPoint, KnownMinima};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::{BETA, Choice, CostModel, LEARNING_RATE};
use crate::run::Recipe;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct TournamentQuestion {
    /// Where they race.
    pub landscapes: Vec<Landscape>,
    /// Who races.
    pub optimizers: Vec<Choice>,
    /// Random starts in every domain.
    pub starts: usize,
    /// The seed of the starts.
    pub seed: u64,
    /// What a run may ask for, in gradients with two weights: a Hessian is five of them.
    pub budget: f64,
    /// When it has finished.
    pub criterion: Criterion,
    /// Whether the learning rates are tuned for each landscape and start.
    pub tune: Tune,
    /// For each landscape the rate of each method; where there is none, and for a list that is empty, it has its own.
    pub rates: Vec<Vec<Option<f64>>>,
}

/// One run of the tournament.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    /// The landscape, by its place.
    pub landscape: usize,
    /// The method, by its place.
    pub optimizer: usize,
    /// Where it started.
    pub start: Point,
    /// Its learning rate; `None` for a method without one.
    pub rate: Option<f64>,
    /// Its momentum coefficient where that was tuned; else it is that of the method.
    pub beta: Option<f64>,
    /// Evaluations in gradients until it met the criterion; `None` where it did not within the budget, or did so at a saddle or a
    /// maximum.
    pub reached: Option<f64>,
    /// Evaluations in gradients that it asked for.
    pub gradients: f64,
    /// What it ended at.
    pub end: RaceEnd,
}

/// A performance profile: the share of the problems that a method solves with at most τ times the evaluations of the best.
///
/// Source: E. D. Dolan and J. J. Moré, Benchmarking optimization software with performance profiles (2002).
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The method, by its place.
    pub optimizer: usize,
    /// The ratios at which the share changes for some method, from 1 on.
    pub tau: Vec<f64>,
    /// The share at each of them.
    pub share: Vec<f64>,
}

impl TournamentQuestion {
    /// Every run: landscape by landscape, start by start, method by method. A method that cannot walk on a landscape has none
    /// there.
    ///
    /// It depends on the seed alone, not on the number of cores.
    pub fn games(&self) -> Vec<Game> {
        let mut tournament = Tournament::new(self.clone());
        while !tournament.advance(usize::MAX) {}
        tournament.into_games()
    }

    /// Who can walk on a landscape, by their places.
    fn able_on(&self, place: usize) -> Vec<usize> {
        let is_able =
            |index: &usize| self.optimizers[*index].entry.unsupported_reason(&self.landscapes[place]).is_none();
        (0..self.optimizers.len()).filter(is_able).collect()
    }

    /// Whether a method can walk on any of the landscapes, by its place.
    pub fn takes_part(&self, optimizer: usize) -> bool {
        let entry = self.optimizers[optimizer].entry;
        self.landscapes.iter().any(|landscape| entry.unsupported_reason(landscape).is_none())
    }

    /// A method with its rate on a landscape.
    pub fn optimizer_on(&self, landscape: usize, optimizer: usize) -> Choice {
        let mut choice = self.optimizers[optimizer].clone();
        let rate = self.rates.get(landscape).and_then(|rates| rates.get(optimizer).copied().flatten());
        if let Some((place, rate)) = choice.entry.rate_index().zip(rate) {
            choice.parameters[place] = rate;
        }
        choice
    }

    fn finish(&self, minima: &KnownMinima) -> Finish {
        let f_star = minima.lowest().map(|lowest| lowest.value);
        Finish { criterion: self.criterion, f_star, model: CostModel::new(CostModel::WEIGHTS[0]) }
    }

    /// The race from one start, before its first step.
    fn race(&self, place: usize, start: Point, critical: &[CriticalPoint], minima: &KnownMinima) -> Race {
        // A value is a third of a gradient: within that many evaluations every budget is used up.
        let evaluations = (3.0 * self.budget).min(1e9) as usize;
        let recipe = |index: usize| Recipe::new(self.optimizer_on(place, index), start, evaluations);
        let question = RaceQuestion {
            landscape: self.landscapes[place].clone(),
            recipes: self.able_on(place).into_iter().map(recipe).collect(),
            further: Vec::new(),
            critical: critical.to_vec(),
            minima: minima.clone(),
            limit: Limit { steps: evaluations, evaluations, rest: self.criterion.rest(), within: None },
            tune: self.tune,
            finish: self.finish(minima),
        };
        Race::new(question, None)
    }

    /// The runs of a race that is over.
    fn games_of(&self, place: usize, start: Point, race: &Race) -> Vec<Game> {
        let finish = race.question().finish;
        let game = |(index, entrant): (usize, &super::Entrant)| {
            let row = entrant.row(&finish)?;
            let rate = entrant.optimizer().filter(|choice| choice.entry.rate_index().is_some());
            let tuned = rate.as_ref().filter(|_| self.tune == Tune::RateAndMomentum);
            let beta = tuned.and_then(|choice| choice.values().find(BETA));
            let reached = Some(row.gradients).filter(|spent| row.can_win() && *spent <= self.budget);
            Some(Game {
                landscape: place,
                optimizer: index,
                start,
                rate: rate.map(|choice| choice.values().get(LEARNING_RATE)),
                beta,
                reached,
                gradients: row.gradients.min(self.budget),
                end: ended(&row, reached.is_some()),
            })
        };
        self.able_on(place).into_iter().zip(race.entrants()).filter_map(game).collect()
    }
}

/// What a run ended at; one that met the criterion only beyond the budget has not arrived yet.
fn ended(row: &Row, is_reached: bool) -> RaceEnd {
    match row.end.unwrap_or(RaceEnd::NotYet) {
        RaceEnd::Minimum if row.reached.is_some() && !is_reached => RaceEnd::NotYet,
        end => end,
    }
}

/// The performance profile of every method over all problems of landscapes on which some run gets there; the runs of one problem stand
/// one after the other. What no method solves says nothing of who is better, and would only make every share smaller.
pub fn profiles(games: &[Game], optimizers: usize) -> Vec<Profile> {
    let solvable: BTreeSet<usize> =
        games.iter().filter(|game| game.reached.is_some()).map(|game| game.landscape).collect();
    let mut problems = 0;
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); optimizers];
    for problem in games.chunk_by(|a, b| (a.landscape, a.start) == (b.landscape, b.start)) {
        if !problem.iter().all(|game| solvable.contains(&game.landscape)) {
            continue;
        }
        problems += 1;
        // Who was there from the first has spent nothing: as much as one gradient.
        let spent = |game: &Game| game.reached.map(|gradients| gradients.max(1.0));
        let Some(best) = problem.iter().filter_map(spent).reduce(f64::min) else { continue };
        for game in problem {
            ratios[game.optimizer].extend(spent(game).map(|spent| spent / best));
        }
    }
    for ratios in &mut ratios {
        ratios.sort_by(f64::total_cmp);
    }
    let mut tau: Vec<f64> = std::iter::once(1.0).chain(ratios.iter().flatten().copied()).collect();
    tau.sort_by(f64::total_cmp);
    tau.dedup();
    let share = |ratios: &Vec<f64>, tau: f64| {
        let solved = ratios.partition_point(|ratio| *ratio <= tau);
        if problems == 0 { 0.0 } else { solved as f64 / f64::from(problems) }
    };
    let profile = |(optimizer, ratios): (usize, &Vec<f64>)| Profile {
        optimizer,
        share: tau.iter().map(|tau| share(ratios, *tau)).collect(),
        tau: tau.clone(),
    };
    ratios.iter().enumerate().map(profile).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(landscapes: &[&str], optimizers: &[&str]) -> TournamentQuestion {
        TournamentQuestion {
            landscapes: landscapes.iter().map(|text| Landscape::parse(text).unwrap()).collect(),
            optimizers: optimizers.iter().map(|text| Choice::parse(text).unwrap()).collect(),
            starts: 6,
            seed: 3,
            budget: 2000.0,
            criterion: Criterion::Gradient(1e-6),
            tune: Tune::Nothing,
            rates: Vec::new(),
        }
    }

    /// Two methods on three problems: A needs 10, 20 and never; B 20, 10 and 30. So A is best on one of three, B on two; within
    /// twice the best A solves two, B all.
    #[test]
    fn the_profile_of_a_case_worked_by_hand() {
        let game = |landscape, optimizer, reached| Game {
            landscape,
            optimizer,
            start: Point::origin(),
            rate: None,
            beta: None,
            reached,
            gradients: 0.0,
            end: RaceEnd::Minimum,
        };
        let games = [
            game(0, 0, Some(10.0)),
            game(0, 1, Some(20.0)),
            game(1, 0, Some(20.0)),
            game(1, 1, Some(10.0)),
            game(2, 0, None),
            game(2, 1, Some(30.0)),
        ];
        let [a, b]: [Profile; 2] = profiles(&games, 2).try_into().unwrap();
        assert_eq!(a.tau, [1.0, 2.0]);
        assert_eq!(a.share, [1.0 / 3.0, 2.0 / 3.0]);
        assert_eq!((b.tau, b.share), (vec![1.0, 2.0], vec![2.0 / 3.0, 1.0]));
        let hopeless = [game(3, 0, None), game(3, 1, None)];
        let with = [games.to_vec(), hopeless.to_vec()].concat();
        assert_eq!(profiles(&with, 2), profiles(&games, 2), "what no method solves does not count");
        assert_eq!(profiles(&[], 1), [Profile { optimizer: 0, tau: vec![1.0], share: vec![0.0] }]);
    }

    #[test]
    fn games_depend_on_the_seed_alone() {
        let question = question(&["himmelblau", "bowl", "parabola"], &["gd:lr=0.01", "newton", "sgd"]);
        let games = question.games();
        assert_eq!(games, question.games(), "the same again");
        assert_eq!(games.len(), 3 * 6 * 2, "three landscapes, six starts, and no samples to draw from");
        for game in &games {
            assert!(question.landscapes[game.landscape].domain().contains(game.start), "{game:?}");
        }
        let other = TournamentQuestion { seed: 4, ..question.clone() }.games();
        assert!(games.iter().zip(&other).all(|(a, b)| a.start != b.start), "another seed, other starts");
        let bowl = |optimizer| games.iter().filter(move |game| game.landscape == 1 && game.optimizer == optimizer);
        assert!(bowl(1).all(|game| game.reached == Some(6.0)), "Newton needs one gradient and one Hessian on a bowl");
        assert!(bowl(0).all(|game| game.reached.is_some_and(|spent| spent > 100.0) && game.rate == Some(0.01)));
    }

    #[test]
    fn who_cannot_walk_takes_no_part_and_what_no_one_solves_is_known() {
        let question =
            TournamentQuestion { budget: 40.0, ..question(&["bowl", "rosenbrock"], &["gd:lr=1e-5", "newton", "sgd"]) };
        assert_eq!([0, 1, 2].map(|place| question.takes_part(place)), [true, true, false]);
        let hopeless = TournamentQuestion { optimizers: vec![question.optimizers[0].clone()], ..question.clone() };
        let mut tournament = Tournament::new(hopeless);
        assert!(tournament.unsolved().is_empty(), "no one has raced yet");
        while !tournament.advance(usize::MAX) {}
        assert_eq!(tournament.unsolved(), [0, 1]);
        let mut tournament = Tournament::new(question);
        while !tournament.advance(usize::MAX) {}
        assert!(!tournament.unsolved().contains(&0), "Newton solves the bowl");
    }

    #[test]
    fn a_loss_without_a_minimum_is_named_as_such() {
        let mut tournament = Tournament::new(question(&["saddle", "bowl", "cubic_roots"], &["gd:lr=0.01"]));
        assert!(tournament.without_minimum().is_empty(), "its turn has not come");
        while !tournament.advance(usize::MAX) {}
        assert_eq!(tournament.without_minimum(), [0, 2]);
        assert!(tournament.unsolved().is_empty(), "nothing could be solved there");
    }

    #[test]
    fn a_budget_is_not_exceeded_and_a_saddle_is_no_victory() {
        let question = TournamentQuestion { budget: 40.0, ..question(&["himmelblau"], &["gd:lr=0.001", "newton"]) };
        let games = question.games();
        assert!(games.iter().all(|game| game.gradients <= 40.0 && game.reached.is_none_or(|spent| spent <= 40.0)));
        assert!(games.iter().any(|game| game.end == RaceEnd::NotYet), "a thousandth is too slow for that");
        let high = |game: &&Game| game.end.is_high();
        assert!(games.iter().filter(high).all(|game| game.reached.is_none()));
        assert!(games.iter().any(|game| high(&game)), "some of Newton's ends are saddles");
    }
}
