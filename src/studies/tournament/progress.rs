//! A tournament under way: the critical points of a landscape are searched first, then some races are run at a time, on all cores.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Game, TournamentQuestion};
use crate::analysis::{CriticalPoint, KnownMinima, Search};
use crate::numbers::{Point, parallel};
use crate::studies::{Race, random_starts};

/// Races that are run between two looks at the budget.
const RACES: usize = 16;
/// Evaluations of a search between two looks at the budget.
const SEARCHED: usize = 30_000;

/// The tournament as far as it has come.
#[derive(Clone)]
pub struct Tournament {
    question: Arc<TournamentQuestion>,
    /// The landscape whose turn it is.
    landscape: usize,
    /// The search for its critical points, until it is finished.
    search: Option<Search>,
    known: Option<Arc<Known>>,
    /// Starts on it from which no one has set out.
    starts: VecDeque<Point>,
    races: Vec<(usize, Point, Race)>,
    games: Vec<Game>,
    /// The landscapes without a minimum that is known, by their places, of those whose turn has come.
    without_minimum: Vec<usize>,
    raced: usize,
}

/// What is known of a landscape.
struct Known {
    critical: Vec<CriticalPoint>,
    minima: KnownMinima,
}

impl Tournament {
    /// Nothing is run yet.
    pub fn new(question: TournamentQuestion) -> Self {
        let search = question.landscapes.first().map(Search::new);
        Self {
            question: Arc::new(question),
            landscape: 0,
            search,
            known: None,
            starts: VecDeque::new(),
            races: Vec::new(),
            games: Vec::new(),
            without_minimum: Vec::new(),
            raced: 0,
        }
    }

    /// What was asked.
    pub fn question(&self) -> &TournamentQuestion {
        &self.question
    }

    /// Whether it is the same question, whatever has been answered of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.question == other.question
    }

    /// Whether every race is over.
    pub fn is_finished(&self) -> bool {
        self.landscape == self.question.landscapes.len()
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let all = self.question.landscapes.len() * self.question.starts;
        let before = self.landscape * self.question.starts;
        let here = self.raced.min(self.question.starts);
        if all == 0 { 1.0 } else { (before + here) as f64 / all as f64 }
    }

    /// The runs of the races that are over: landscape by landscape, start by start, method by method.
    pub fn games(&self) -> &[Game] {
        &self.games
    }

    /// The landscapes without a minimum that is known, by their places, of those whose turn has come: on them no one can win.
    pub fn without_minimum(&self) -> &[usize] {
        &self.without_minimum
    }

    /// The landscapes with a minimum on which methods have raced and none has solved anything, by their places.
    pub fn unsolved(&self) -> Vec<usize> {
        let of = |place: usize| self.games.iter().filter(move |game| game.landscape == place);
        let is_unsolved = |place: &usize| of(*place).next().is_some() && of(*place).all(|game| game.reached.is_none());
        let has_minimum = |place: &usize| !self.without_minimum.contains(place);
        (0..self.question.landscapes.len()).filter(has_minimum).filter(is_unsolved).collect()
    }

    /// The games, of a tournament that is not needed any more.
    pub fn into_games(self) -> Vec<Game> {
        self.games
    }

    /// Goes on until about this many evaluations are spent; true once every race is over.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut left = budget;
        while !self.is_finished() && left > 0 {
            if let Some(search) = &mut self.search {
                left = left.saturating_sub(SEARCHED);
                if search.advance(SEARCHED) {
                    self.begin_landscape();
                }
                continue;
            }
            if self.races.is_empty() {
                self.begin_races();
            }
            if self.races.is_empty() {
                self.next_landscape();
                continue;
            }
            let going = self.races.iter().filter(|(.., race)| !race.is_finished()).count().max(1);
            let share = (left / going).max(1);
            parallel::for_each_row(&mut self.races, 1, |_, races| {
                for (.., race) in races {
                    race.advance(share);
                }
            });
            left = left.saturating_sub(share.saturating_mul(going));
            if self.races.iter().all(|(.., race)| race.is_finished()) {
                for (place, start, race) in std::mem::take(&mut self.races) {
                    self.games.extend(self.question.games_of(place, start, &race));
                    self.raced += 1;
                }
            }
        }
        self.is_finished()
    }

    /// The critical points of the landscape are known.
    fn begin_landscape(&mut self) {
        let Some(search) = self.search.take() else { return };
        let landscape = search.landscape();
        let (critical, sets) = (search.points(), search.sets());
        let minima = KnownMinima::among(&critical, &sets, landscape.loss(), landscape.domain());
        self.without_minimum.extend(Some(self.landscape).filter(|_| minima.is_empty()));
        self.starts = random_starts(landscape, self.question.starts, self.question.seed).into();
        self.known = Some(Arc::new(Known { critical, minima }));
    }

    fn begin_races(&mut self) {
        let Some(known) = self.known.clone() else { return };
        let next = self.starts.drain(..self.starts.len().min(RACES));
        let race = |start: Point| {
            (self.landscape, start, self.question.race(self.landscape, start, &known.critical, &known.minima))
        };
        self.races = next.map(race).collect();
    }

    fn next_landscape(&mut self) {
        self.landscape += 1;
        self.raced = 0;
        self.known = None;
        self.search = self.question.landscapes.get(self.landscape).map(Search::new);
    }
}
