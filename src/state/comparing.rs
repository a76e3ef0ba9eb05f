//! The race of the runs: who needs what to reach a tolerance, walked in the background while it is on the screen.

mod choice;
mod column;
mod equal_work;
mod spec;

pub use choice::{CompareChange, CompareChart, CompareChoice, RaceRates, Until};
pub use column::CompareColumn;
pub(super) use equal_work::{step_at_equal_work, waiting};
pub(super) use spec::{of_spec, spec_of};

use super::memo::Memo;
use super::traces::CriticalFacts as Known;
use super::{CardId, Document, Pane, View};
use crate::analysis::KnownMinima;
use crate::drawing::loss_chart::ChartAxis;
use crate::landscapes::Landscape;
use crate::optimizers::{Choice, SEED};
use crate::run::Recipe;
use crate::studies::{Clock, Finish, Flip, Limit, ProductCost, Race, RaceQuestion, Row, Spread, flips};

/// Steps that a walk of a race may take, or as many as the runs have if that is more.
const STEPS: usize = 20_000;
/// Evaluations that a walk of a race may ask for.
const EVALUATIONS: usize = 400_000;
/// Evaluations that the walks have in the frame in which they are replaced, before they go on in the background.
const IN_FRAME: usize = 20_000;

/// The race of the runs, as far as it has come.
#[derive(Default)]
pub(super) struct Comparing {
    race: Option<Race>,
    /// The run of each entrant.
    cards: Vec<CardId>,
    minima: Memo<(u64, Landscape), KnownMinima>,
    /// The index of the run of each extra entrant: further seeds of methods that draw random numbers.
    seeded: Vec<usize>,
    table: Option<Table>,
    clock: Option<Clock>,
    /// What a Hessian–vector product costs on this machine.
    product: Option<ProductCost>,
}

/// What the table shows.
struct Table {
    finish: Finish,
    rows: Vec<Option<Row>>,
    spreads: Vec<Option<Spread>>,
    flips: Vec<Flip>,
}

impl Comparing {
    /// Measures the walks of races that begin from now on.
    pub(super) fn set_clock(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Brings it up to date while it is on the screen and not in fog, nor while the minima are still searched.
    pub(super) fn update(
        &mut self,
        document: &Document,
        view: &View,
        selected: CardId,
        known: &Known<'_>,
        is_searching: bool,
    ) {
        let is_measured = view.has(Pane::Loss) && view.scene.chart.against == ChartAxis::Time;
        let is_shown = (view.has(Pane::Compare) || is_measured) && !view.in_fog() && !is_searching;
        let key = is_shown.then(|| (known.generation, known.landscape.clone()));
        let (points, sets) = (known.points, known.sets);
        self.minima
            .update(key, |(_, landscape)| KnownMinima::among(points, sets, landscape.loss(), landscape.domain()));
        let Some(minima) = self.minima.value() else {
            *self = Self { clock: self.clock, ..Self::default() };
            return;
        };
        let landscape = &document.landscape;
        if self.product.as_ref().is_none_or(|product| !product.is_of(landscape)) {
            self.product = self.clock.map(|clock| ProductCost::new(landscape, document.start, clock));
        }
        let choice = &view.scene.compare;
        let finish = choice.finish(minima, view.scene.chart.floor);
        let racing = || document.cards.iter().filter(|card| !card.ghost);
        let mut recipes: Vec<Recipe> = racing().map(|card| choice.rates.recipe(document, card, selected)).collect();
        let further: Vec<(usize, Recipe)> =
            recipes.iter().enumerate().flat_map(|(place, recipe)| seeded(place, recipe, choice.seeds)).collect();
        self.seeded = further.iter().map(|(place, _)| *place).collect();
        recipes.extend(further.into_iter().map(|(_, recipe)| recipe));
        let question = RaceQuestion {
            landscape: document.landscape.clone(),
            recipes,
            further: self.seeded.clone(),
            critical: points.to_vec(),
            minima: minima.clone(),
            limit: Limit {
                steps: STEPS.max(document.steps),
                evaluations: EVALUATIONS,
                rest: finish.criterion.rest(),
                within: None,
            },
            tune: choice.rates.tune(),
            // Where nothing is tuned, the criterion changes no walk.
            finish,
        };
        self.cards = racing().map(|card| card.id).collect();
        if self.race.as_ref().is_none_or(|race| *race.question() != question) {
            let mut race = match self.race.take() {
                Some(known) => known.renewed(question),
                None => Race::new(question, self.clock),
            };
            race.advance(IN_FRAME);
            self.put(race);
        }
    }

    /// Shows a race instead of that of the runs, whose entrants these are.
    pub(super) fn show(&mut self, race: Race, cards: Vec<CardId>) {
        (self.cards, self.seeded) = (cards, Vec::new());
        self.put(race);
    }

    fn put(&mut self, race: Race) {
        let finish = race.question().finish;
        let known: Vec<Option<Row>> = race.entrants().iter().map(|entrant| entrant.row(&finish)).collect();
        let (own, further) = known.split_at(self.cards.len().min(known.len()));
        let spread = |place: usize| {
            let of_card = further.iter().zip(&self.seeded).filter(|(_, of)| **of == place).map(|(row, _)| row.clone());
            let rows: Option<Vec<Row>> = std::iter::once(own[place].clone()).chain(of_card).collect();
            Spread::of(&rows.filter(|rows| rows.len() > 1)?)
        };
        let spreads: Vec<Option<Spread>> = (0..own.len()).map(spread).collect();
        let row = |(own, spread): (&Option<Row>, &Option<Spread>)| {
            spread.as_ref().map_or_else(|| own.clone(), |spread| Some(spread.mean.clone()))
        };
        let own_entrants = &race.entrants()[..own.len()];
        // While a run may still win, no number of weights divides the winners.
        let is_open = own_entrants.iter().any(|entrant| entrant.is_open(&finish));
        let flips = if is_open { Vec::new() } else { flips(own_entrants, &finish) };
        self.table = Some(Table { finish, rows: own.iter().zip(&spreads).map(row).collect(), spreads, flips });
        self.race = Some(race);
    }

    /// The measurement that is to be made in the background, once the race is over.
    pub(super) fn wanted_product_cost(&self) -> Option<&ProductCost> {
        self.product.as_ref().filter(|product| !product.is_finished() && self.wanted().is_none())
    }

    /// Takes a measurement; false if it is of another loss.
    pub(super) fn take_product_cost(&mut self, cost: ProductCost) -> bool {
        let is_wanted = self.wanted_product_cost().is_some_and(|wanted| wanted.is_same(&cost));
        is_wanted.then(|| self.product = Some(cost)).is_some()
    }

    /// What a product costs in gradients; `None` until it is measured.
    pub(super) fn product_cost(&self) -> Option<f64> {
        self.product.as_ref()?.factor()
    }

    /// The race that is to go on in the background.
    pub(super) fn wanted(&self) -> Option<&Race> {
        self.race.as_ref().filter(|race| !race.is_finished())
    }

    /// Takes a race that went on elsewhere; false if another one is wanted now.
    pub(super) fn take(&mut self, race: Race) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&race));
        is_wanted.then(|| self.put(race)).is_some()
    }

    /// Carries it to its end.
    pub(super) fn finish(&mut self) {
        if let Some(mut race) = self.wanted().cloned() {
            race.finish();
            self.put(race);
        }
    }

    /// Seconds that a step of a run takes on average; `None` while it is not on the screen, and without a clock.
    pub(super) fn seconds_per_step(&self, card: CardId) -> Option<f64> {
        let place = self.cards.iter().position(|known| *known == card)?;
        self.race.as_ref()?.entrants().get(place)?.walk()?.seconds_per_step()
    }

    /// The race as it is shown; `None` while it is not on the screen.
    pub(super) fn shown(&self) -> Option<Comparison<'_>> {
        let (race, table) = self.race.as_ref().zip(self.table.as_ref())?;
        let Table { finish, rows, spreads, flips } = table;
        Some(Comparison { race, cards: &self.cards, finish, rows, spreads, flips, minima: self.minima.value()? })
    }
}

/// The race of the runs as it is shown.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// The race.
    pub race: &'a Race,
    /// The runs of its entrants.
    pub cards: &'a [CardId],
    /// When a walk has finished.
    pub finish: &'a Finish,
    /// A row for each run, where it is known; of several seeds their mean.
    pub rows: &'a [Option<Row>],
    /// How far the seeds of each spread, where there are several.
    pub spreads: &'a [Option<Spread>],
    /// The numbers of weights at which another one does the least work.
    pub flips: &'a [Flip],
    /// The minima that are known.
    pub minima: &'a KnownMinima,
}

impl Comparison<'_> {
    /// The method with the parameters with which a run races; `None` while they are being tuned.
    pub fn optimizer(&self, place: usize) -> Option<Choice> {
        self.race.entrants().get(place)?.optimizer()
    }

    /// The runs that may still win, by their places: they are being tuned, or still walk. While there are any, no one has won.
    pub fn open(&self) -> Vec<usize> {
        let is_open =
            |place: &usize| self.race.entrants().get(*place).is_some_and(|entrant| entrant.is_open(self.finish));
        (0..self.rows.len()).filter(is_open).collect()
    }

    /// Whether the criterion is already met at the start, so that there is nothing to compare.
    pub fn is_met_at_start(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.as_ref().is_some_and(|row| row.reached == Some(0)))
    }

    /// The run whose steps take the fewest operations with the chosen number of weights; `None` before the first step.
    pub fn cheapest(&self) -> Option<CardId> {
        let of_step = |(place, row): (usize, &Option<Row>)| {
            let row = row.as_ref().filter(|row| row.steps > 0)?;
            Some((*self.cards.get(place)?, row.operations / row.steps as f64))
        };
        let known = self.rows.iter().enumerate().filter_map(of_step);
        known.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(card, _)| card)
    }

    /// Whether a row holds the best value of a column, or one that is as good.
    ///
    /// What is measured is judged at the end, when all of it is; and nothing is while a run may still win.
    pub fn is_best(&self, place: usize, column: CompareColumn) -> bool {
        if column.is_measured() && !self.race.is_finished() || !self.open().is_empty() {
            return false;
        }
        let value = |row: &Option<Row>| {
            row.as_ref().filter(|row| row.can_win() || !column.needs_finish()).and_then(|row| column.value(row))
        };
        let known = self.rows.get(place).and_then(value);
        column.best(self.rows).zip(known).is_some_and(|(best, value)| value <= best)
    }

    /// Whether a row shares the best value of a column that is measured: which of them is the least one is chance.
    pub fn is_as_good(&self, place: usize, column: CompareColumn) -> bool {
        let is_other = |other: &usize| *other != place && self.is_best(*other, column);
        column.is_measured() && self.is_best(place, column) && (0..self.rows.len()).any(|other| is_other(&other))
    }

    /// The places of the rows in the order that is chosen.
    pub fn order(&self, sort: Option<CompareColumn>) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.rows.len()).collect();
        if let Some(column) = sort {
            let key = |place: &usize| {
                let row = self.rows[*place].as_ref();
                let is_unmet = row.is_none_or(|row| column.needs_finish() && !row.can_win());
                (is_unmet, row.and_then(|row| column.value(row)).unwrap_or(f64::INFINITY))
            };
            places.sort_by(|a, b| {
                let ((a_unmet, a), (b_unmet, b)) = (key(a), key(b));
                a_unmet.cmp(&b_unmet).then(a.total_cmp(&b))
            });
        }
        places
    }
}

/// The same recipe with further seeds, for a method that draws random numbers.
fn seeded(place: usize, recipe: &Recipe, seeds: u32) -> Vec<(usize, Recipe)> {
    let index = recipe.optimizer.entry.index_of(SEED).filter(|_| recipe.optimizer.is_random());
    let Some(index) = index else { return Vec::new() };
    let other = |further: u32| {
        let mut recipe = recipe.clone();
        recipe.optimizer.parameters[index] += f64::from(further);
        (place, recipe)
    };
    (1..seeds).map(other).collect()
}

#[cfg(test)]
mod tests {
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::state::{Command, CompareColumn, Document, DocumentCommand, Pane, State, ViewCommand};

    /// Where the start meets the criterion already, no one wins.
    #[test]
    fn who_has_nothing_to_do_is_not_the_best() {
        for (start, is_met) in [("0,0", true), ("1,1", false)] {
            let mut state = State::new(Document::new(Landscape::parse("bowl").unwrap()));
            let at: Vec<f64> = start.split(',').map(|word| word.parse().unwrap()).collect();
            state.apply(vec![
                Command::Document(DocumentCommand::MoveStart([at[0], at[1]].into())),
                Command::View(ViewCommand::ShowTab(Pane::Compare)),
            ]);
            state.finish();
            assert_eq!(state.derived.comparison().unwrap().is_met_at_start(), is_met, "{start}");
        }
    }

    /// Which of two times is the shorter one is chance, if they are the same as far as it was measured; a count is what it is.
    #[test]
    fn times_that_are_the_same_are_all_the_best() {
        thread_local! {
            static LOOKS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
        }
        /// Every round takes a second, and every seventh a tenth more.
        fn clock() -> f64 {
            LOOKS.with(|looks| {
                looks.set(looks.get() + 1);
                f64::from(looks.get()) + 0.1 * f64::from(looks.get() / 14)
            })
        }
        let mut document = Document::new(Landscape::parse("quad").unwrap());
        document.cards.clear();
        for _ in 0..2 {
            document.add(Choice::parse("gd:lr=0.04").unwrap());
        }
        let mut state = State::new(document);
        state.set_clock(clock);
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
        state.finish();
        let comparison = state.derived.comparison().unwrap();
        assert!(comparison.rows.iter().flatten().all(|row| row.seconds.is_some_and(|seconds| seconds > 0.0)));
        let times = comparison.rows.iter().flatten().map(|row| row.seconds).collect::<Vec<_>>();
        assert!([0, 1].into_iter().all(|place| comparison.is_best(place, CompareColumn::Time)), "{times:?}");
        assert!(comparison.is_as_good(0, CompareColumn::Time) && comparison.is_as_good(1, CompareColumn::Time));
        assert!(!comparison.is_as_good(0, CompareColumn::Memory), "what is counted is no guess");
    }

    /// The minima of another landscape come from the background: with them the race begins, whoever else moves or not.
    #[test]
    fn a_race_begins_when_the_search_for_minima_ends() {
        let mut state = State::new(Document::new(Landscape::parse("bowl").unwrap()));
        state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
        for landscape in ["griewank", "beale"] {
            state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(landscape))]);
            let mut search = state.derived.wanted_search().expect("more than a frame can pay for").clone();
            assert!(state.derived.comparison().is_none(), "{landscape}: not yet");
            while !search.advance(usize::MAX) {}
            state.take_search(search);
            assert!(state.derived.comparison().is_some(), "{landscape}: at once");
        }
    }
}
