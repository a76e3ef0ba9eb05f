//! The tournament: begun on demand, run in the background, and stopped where it is.

use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::state::Document;
use crate::studies::{Game, Profile, Tournament, TournamentQuestion, profiles};

/// What one method comes to on one landscape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TournamentCell {
    /// How many of its starts it solves.
    pub solved: usize,
    /// The number of starts; 0 where it cannot walk.
    pub starts: usize,
    /// The median of the evaluations in gradients of those that it solves.
    pub median: Option<f64>,
    /// Whether it is the best there: it solves the most, and of those with the fewest evaluations.
    pub is_best: bool,
}

/// A run of the tournament to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Where.
    pub landscape: crate::landscapes::Landscape,
    /// By which method, with the rate that it had.
    pub optimizer: Choice,
    /// From where.
    pub start: Point,
}

/// The tournament as it is shown.
#[derive(Clone, Copy)]
pub struct ShownTournament<'a> {
    /// The tournament as far as it has come.
    pub tournament: &'a Tournament,
    /// Whether it is running.
    pub is_running: bool,
    /// The performance profile of each method.
    pub profiles: &'a [Profile],
    /// A row for each landscape with a cell for each method.
    pub table: &'a [Vec<TournamentCell>],
    /// The methods that can walk on any of the landscapes by their places, those with the highest profile first.
    pub order: &'a [usize],
}

/// The tournament, as far as it has come.
#[derive(Default)]
pub struct KeptTournament {
    known: Option<Tournament>,
    is_running: bool,
    profiles: Vec<Profile>,
    table: Vec<Vec<TournamentCell>>,
    order: Vec<usize>,
}

impl KeptTournament {
    /// A tournament that was run elsewhere.
    pub fn of(tournament: Tournament) -> Self {
        let mut kept = Self::default();
        kept.put(tournament);
        kept
    }

    /// Starts the tournament over.
    pub(in crate::state) fn begin(&mut self, question: TournamentQuestion) {
        self.is_running = true;
        self.put(Tournament::new(question));
    }

    /// Stops the tournament where it is.
    pub(in crate::state) fn stop(&mut self) {
        self.is_running = false;
    }

    fn put(&mut self, tournament: Tournament) {
        self.profiles = profiles(tournament.games(), tournament.question().optimizers.len());
        self.table = table(tournament.question(), tournament.games());
        let height = |place: &usize| self.profiles[*place].share.iter().sum::<f64>();
        let takes_part = |place: &usize| tournament.question().takes_part(*place);
        let mut order: Vec<usize> = (0..self.profiles.len()).filter(takes_part).collect();
        order.sort_by(|a, b| height(b).total_cmp(&height(a)));
        self.order = order;
        self.is_running &= !tournament.is_finished();
        self.known = Some(tournament);
    }

    /// The tournament that is to go on in the background.
    pub(in crate::state) fn wanted(&self) -> Option<&Tournament> {
        self.known.as_ref().filter(|_| self.is_running)
    }

    /// Takes a tournament that went on elsewhere; false if another one is wanted now, or none.
    pub(in crate::state) fn take(&mut self, tournament: Tournament) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&tournament));
        is_wanted.then(|| self.put(tournament)).is_some()
    }

    /// Carries the tournament to its end.
    pub(in crate::state) fn finish(&mut self) {
        if let Some(mut tournament) = self.wanted().cloned() {
            while !tournament.advance(usize::MAX) {}
            self.put(tournament);
        }
    }

    /// The tournament as it is shown; `None` before the first.
    pub fn shown(&self) -> Option<ShownTournament<'_>> {
        let tournament = self.known.as_ref()?;
        let Self { is_running, profiles, table, order, .. } = self;
        Some(ShownTournament { tournament, is_running: *is_running, profiles, table, order })
    }
}

impl ShownTournament<'_> {
    /// A run of a cell: the first that was solved, or else the first. `None` where there is none.
    pub fn visit(&self, landscape: usize, optimizer: usize) -> Option<Visit> {
        let question = self.tournament.question();
        let of = |game: &&Game| game.landscape == landscape && game.optimizer == optimizer;
        let games = || self.tournament.games().iter().filter(of);
        let game = games().find(|game| game.reached.is_some()).or_else(|| games().next())?;
        let mut choice = question.optimizer_on(landscape, optimizer);
        if let Some((place, rate)) = choice.entry.rate_index().zip(game.rate) {
            choice.parameters[place] = rate;
        }
        Some(Visit { landscape: question.landscapes[landscape].clone(), optimizer: choice, start: game.start })
    }
}

/// A row for each landscape with a cell for each method.
fn table(question: &TournamentQuestion, games: &[Game]) -> Vec<Vec<TournamentCell>> {
    let mut spent: Vec<Vec<Vec<f64>>> = vec![vec![Vec::new(); question.optimizers.len()]; question.landscapes.len()];
    let mut table = vec![vec![TournamentCell::default(); question.optimizers.len()]; question.landscapes.len()];
    for game in games {
        table[game.landscape][game.optimizer].starts += 1;
        spent[game.landscape][game.optimizer].extend(game.reached);
    }
    for (row, spent) in table.iter_mut().zip(&mut spent) {
        for (cell, spent) in row.iter_mut().zip(spent) {
            spent.sort_by(f64::total_cmp);
            cell.solved = spent.len();
            cell.median = spent.get(spent.len().saturating_sub(1) / 2).copied();
        }
        mark_best(row);
    }
    table
}

/// Marks those that solved most, and of these the fastest.
fn mark_best(row: &mut [TournamentCell]) {
    let key = |cell: &TournamentCell| (std::cmp::Reverse(cell.solved), cell.median.unwrap_or(f64::INFINITY));
    let better = |a: &TournamentCell, b: &TournamentCell| {
        let ((a, few), (b, many)) = (key(a), key(b));
        a.cmp(&b).then(few.total_cmp(&many))
    };
    if let Some(best) = row.iter().copied().filter(|cell| cell.solved > 0).min_by(better) {
        for cell in row.iter_mut() {
            cell.is_best = cell.solved == best.solved && cell.median == best.median;
        }
    }
}

impl Document {
    /// A method with the rate that suits the landscape.
    pub(in crate::state) fn suggested(&self, mut optimizer: Choice) -> Choice {
        self.suggest(&mut optimizer);
        optimizer
    }
}

#[cfg(test)]
mod tests {
    use crate::state::{Command, DocumentCommand, StartsChange, StartsMethods, State, StudyCommand, ViewCommand};

    /// Methods without samples to draw from are no part of it.
    #[test]
    fn who_cannot_walk_is_left_out() {
        let mut state = State::overshooting();
        let changes = [StartsChange::Budget(10.0), StartsChange::Methods(StartsMethods::All), StartsChange::Starts(1)];
        state.apply(changes.map(|change| Command::View(ViewCommand::Starts(change))).to_vec());
        state.apply(vec![Command::Studies(StudyCommand::BeginTournament)]);
        let shown = state.derived.tournament().unwrap();
        let question = shown.tournament.question();
        let has = |id: &str| shown.order.iter().any(|place| question.optimizers[*place].entry.id == id);
        assert!(has("gd") && !has("sgd") && !has("natural_gradient"), "{:?}", shown.order);
    }

    /// A tournament stops where it is, goes to a run of it, and does not begin by itself.
    #[test]
    fn a_tournament_is_begun_stopped_and_visited() {
        let mut state = State::overshooting();
        state.apply(vec![Command::View(ViewCommand::Starts(StartsChange::Budget(200.0)))]);
        assert!(state.derived.tournament().is_none());
        state.apply(vec![Command::Studies(StudyCommand::BeginTournament)]);
        let mut under_way = state.derived.wanted_tournament().expect("it is wanted").clone();
        state.apply(vec![Command::Studies(StudyCommand::StopTournament)]);
        assert!(state.derived.wanted_tournament().is_none());
        while !under_way.advance(usize::MAX) {}
        state.take_tournament(under_way.clone());
        assert!(state.derived.tournament().unwrap().tournament.games().is_empty(), "it comes too late");
        state.apply(vec![Command::Studies(StudyCommand::BeginTournament)]);
        state.take_tournament(under_way);
        let shown = state.derived.tournament().unwrap();
        assert!(!shown.is_running && shown.table.len() == 1 && shown.table[0].len() == 2);
        assert!(shown.table[0].iter().all(|cell| cell.starts == crate::studies::usual::STARTS));
        let visit = shown.visit(0, 1).unwrap();
        state.apply(vec![Command::Document(DocumentCommand::Visit(Box::new(visit.clone())))]);
        assert_eq!(state.document.start, visit.start);
        assert_eq!(state.document.card(state.selected).unwrap().optimizer, visit.optimizer);
    }
}
