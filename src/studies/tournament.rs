//! A tournament: methods race on landscapes from random starts, and how often each needs little more than the best.

use super::{Criterion, Finish, Limit, Race, RaceEnd, RaceQuestion, Row, Tune};
use crate::analysis::{KnownMinima, Search};
use crate::landscapes::Landscape;
use crate::numbers::{Point, SplitMix64, parallel};
use crate::optimizers::{Choice, CostModel, LEARNING_RATE};
use crate::run::Recipe;

/// What is asked.
#[derive(Clone, Debug)]
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
        let problems: Vec<(usize, Point)> = (0..self.landscapes.len())
            .flat_map(|place| self.starts_on(&self.landscapes[place]).into_iter().map(move |start| (place, start)))
            .collect();
        let known: Vec<(Search, KnownMinima)> = parallel::map(&self.landscapes, |landscape| {
            let search = Search::finished(landscape);
            let (points, sets) = (search.points(), search.sets());
            let minima = KnownMinima::among(&points, &sets, landscape.loss(), landscape.view());
            (search, minima)
        });
        let games = parallel::map(&problems, |(place, start)| {
            let (search, minima) = &known[*place];
            self.games_from(*place, *start, search, minima)
        });
        games.into_iter().flatten().collect()
    }

    /// Random starts in the domain, each equally likely, at which the loss has a value.
    fn starts_on(&self, landscape: &Landscape) -> Vec<Point> {
        /// So many draws for a start, before a landscape counts as one without.
        const DRAWS: usize = 100;
        let mut random = SplitMix64::new(self.seed);
        let view = landscape.view();
        let is_one = landscape.dimension().is_one();
        let mut draw = || {
            let x = view.x[0] + view.width() * random.uniform();
            Point::new(x, if is_one { 0.0 } else { view.y[0] + view.height() * random.uniform() })
        };
        let mut starts = Vec::with_capacity(self.starts);
        for _ in 0..DRAWS * self.starts {
            if starts.len() == self.starts {
                break;
            }
            let at = draw();
            let first = landscape.loss().first_order(at);
            if first.value.is_finite() && first.gradient.iter().all(|slope| slope.is_finite()) {
                starts.push(at);
            }
        }
        starts
    }

    /// The race from one start.
    fn games_from(&self, place: usize, start: Point, search: &Search, minima: &KnownMinima) -> Vec<Game> {
        let landscape = &self.landscapes[place];
        let able: Vec<usize> = (0..self.optimizers.len())
            .filter(|index| self.optimizers[*index].entry.unsupported_reason(landscape).is_none())
            .collect();
        let f_star = minima.lowest().map(|lowest| lowest.value);
        let finish = Finish { criterion: self.criterion, f_star, model: CostModel::new(CostModel::WEIGHTS[0]) };
        // A value is a third of a gradient: within so many evaluations every budget is used up.
        let evaluations = (3.0 * self.budget).min(1e9) as usize;
        let question = RaceQuestion {
            landscape: landscape.clone(),
            recipes: able
                .iter()
                .map(|index| Recipe::new(self.optimizers[*index].clone(), start, evaluations))
                .collect(),
            critical: search.points(),
            minima: minima.clone(),
            limit: Limit { steps: evaluations, evaluations, rest: self.criterion.rest() },
            tune: self.tune,
            finish,
        };
        let mut race = Race::new(question, None);
        race.finish();
        let game = |(index, entrant): (&usize, &super::Entrant)| {
            let row = entrant.row(&finish)?;
            let rate = entrant.optimizer().filter(|choice| choice.entry.rate_index().is_some());
            let reached = Some(row.gradients).filter(|spent| row.can_win() && *spent <= self.budget);
            Some(Game {
                landscape: place,
                optimizer: *index,
                start,
                rate: rate.map(|choice| choice.values().get(LEARNING_RATE)),
                reached,
                gradients: row.gradients.min(self.budget),
                end: ended(&row, reached.is_some()),
            })
        };
        able.iter().zip(race.entrants()).filter_map(game).collect()
    }
}

/// What a run ended at; one that met the criterion only beyond the budget has not arrived yet.
fn ended(row: &Row, is_reached: bool) -> RaceEnd {
    match row.end.unwrap_or(RaceEnd::NotYet) {
        RaceEnd::Minimum if row.reached.is_some() && !is_reached => RaceEnd::NotYet,
        end => end,
    }
}

/// The performance profile of every method over all problems.
pub fn profiles(games: &[Game], optimizers: usize) -> Vec<Profile> {
    let mut problems: Vec<(usize, Point)> = Vec::new();
    for game in games {
        if !problems.contains(&(game.landscape, game.start)) {
            problems.push((game.landscape, game.start));
        }
    }
    let of = |problem: &(usize, Point)| {
        let problem = *problem;
        games.iter().filter(move |game| (game.landscape, game.start) == problem)
    };
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); optimizers];
    for problem in &problems {
        // Who was there from the first has spent nothing: as much as one gradient.
        let spent = |game: &Game| game.reached.map(|gradients| gradients.max(1.0));
        let Some(best) = of(problem).filter_map(spent).reduce(f64::min) else { continue };
        for game in of(problem) {
            ratios[game.optimizer].extend(spent(game).map(|spent| spent / best));
        }
    }
    let mut tau: Vec<f64> = std::iter::once(1.0).chain(ratios.iter().flatten().copied()).collect();
    tau.sort_by(f64::total_cmp);
    tau.dedup();
    let share = |ratios: &Vec<f64>, tau: f64| {
        let solved = ratios.iter().filter(|ratio| **ratio <= tau).count();
        if problems.is_empty() { 0.0 } else { solved as f64 / problems.len() as f64 }
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
        assert_eq!(profiles(&[], 1), [Profile { optimizer: 0, tau: vec![1.0], share: vec![0.0] }]);
    }

    #[test]
    fn games_depend_on_the_seed_alone() {
        let question = question(&["himmelblau", "bowl", "parabola"], &["gd:lr=0.01", "newton", "sgd"]);
        let games = question.games();
        assert_eq!(games, question.games(), "the same again");
        assert_eq!(games.len(), 3 * 6 * 2, "three landscapes, six starts, and no samples to draw from");
        for game in &games {
            assert!(question.landscapes[game.landscape].view().contains(game.start), "{game:?}");
        }
        let other = TournamentQuestion { seed: 4, ..question.clone() }.games();
        assert!(games.iter().zip(&other).all(|(a, b)| a.start != b.start), "another seed, other starts");
        let bowl = |optimizer| games.iter().filter(move |game| game.landscape == 1 && game.optimizer == optimizer);
        assert!(bowl(1).all(|game| game.reached == Some(6.0)), "Newton needs one gradient and one Hessian on a bowl");
        assert!(bowl(0).all(|game| game.reached.is_some_and(|spent| spent > 100.0) && game.rate == Some(0.01)));
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
