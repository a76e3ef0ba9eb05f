//! The options of the race: its criterion, its rates, the number of weights, and the chart below the table.

use super::CompareColumn;
use crate::analysis::KnownMinima;
use crate::drawing::choices::choices;
use crate::optimizers::CostModel;
use crate::run::Recipe;
use crate::state::document::Card;
use crate::state::{CardId, Document};
use crate::studies::{Criterion, Finish, Tune};

choices! {
    /// When a run has finished.
    Until {
        /// At a loss above f*.
        #[default]
        Loss: "loss", "loss − f*", "A run has finished when its loss is this near to f*, the lowest known minimum: a saddle or a higher minimum does not count.";
        /// At a gradient.
        Gradient: "gradient", "‖∇f‖", "A run has finished when its gradient is this short, wherever that is: saddles and maxima are met, too, and then do not count as best.";
        /// At a distance.
        Distance: "distance", "distance", "A run has finished when the nearest known minimum is no further away than this.";
        /// At a budget.
        Budget: "budget", "budget", "Every run may ask for evaluations worth this many gradients: a value is a third of one, a Hessian 2.5 n of them.";
    }
}

choices! {
    /// With which learning rates the runs race.
    RaceRates {
        /// As they are set up.
        #[default]
        AsSet: "as_set", "as set", "Every run with the parameters that it has.";
        /// With that of the selected run.
        Equal: "equal", "all equal", "Every run that has a learning rate with that of the selected one.";
        /// With those that the program suggests.
        Suggested: "suggested", "suggested", "Every run with the rate that a new run of its method would have on this loss.";
        /// Each with its best.
        Best: "best", "best η", "Each at its best rate: for every run the learning rate with which it needs least is looked for first. Then no rate decides the race.";
        /// Each with its best, and its best momentum coefficient.
        BestWithMomentum: "best_with_momentum", "best η and β", "The same, with the momentum coefficient β tuned together with η.";
    }
}

choices! {
    /// What stands below the table.
    CompareChart {
        /// The work against the weights.
        #[default]
        Work: "work", "work", "The operations until a run has finished, with 2 to 10¹² weights: where two lines cross, the winner changes.";
        /// The cost of a step.
        Step: "step", "a step", "The operations of one step of every method with 2 to 10¹² weights, and those of a gradient by finite differences.";
        /// Memory.
        Memory: "memory", "memory", "The bytes that a step of every method needs with 2 to 10¹² weights.";
        /// Steps against the rate.
        Rates: "rates", "rates", "The steps that every run needs against its learning rate, as tried for the best one, and the limit of gradient descent.";
    }
}

/// All that is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompareChoice {
    /// When a run has finished.
    pub until: Until,
    /// The tolerance of all but the budget.
    pub tolerance: f64,
    /// The budget, in gradients.
    pub budget: f64,
    /// The rates with which they race.
    pub rates: RaceRates,
    /// A walk for each of this many seeds, of the methods that draw random numbers.
    pub seeds: u32,
    /// What weights and Hessians cost.
    pub model: CostModel,
    /// What stands below the table.
    pub chart: CompareChart,
    /// The other runs are shown where the work of the selected one has brought them.
    pub equal_work: bool,
    /// The column by which the rows are sorted; `None` for the order of the runs.
    pub sort: Option<CompareColumn>,
}

impl Default for CompareChoice {
    fn default() -> Self {
        Self {
            until: Until::default(),
            tolerance: 1e-6,
            budget: 100.0,
            rates: RaceRates::default(),
            seeds: 1,
            model: CostModel::new(1e6),
            chart: CompareChart::default(),
            equal_work: false,
            sort: None,
        }
    }
}

/// One change of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CompareChange {
    /// Another criterion.
    Until(Until),
    /// Another tolerance; what is not above 0 changes nothing.
    Tolerance(f64),
    /// Another budget; what is not above 0 changes nothing.
    Budget(f64),
    /// Other rates.
    Rates(RaceRates),
    /// Another number of seeds, from 1 to [`CompareChoice::MOST_SEEDS`].
    Seeds(u32),
    /// Another number of weights, rounded to a whole one between 2 and 10¹².
    Weights(f64),
    /// Another cost of a Hessian–vector product, within its bounds.
    HessianVector(f64),
    /// Something else below the table.
    Chart(CompareChart),
    /// The other runs are shown at equal work, or at equal steps.
    EqualWork(bool),
    /// Sorted by a column, or no longer.
    Sort(Option<CompareColumn>),
}

impl CompareChoice {
    /// Seeds at most.
    pub const MOST_SEEDS: u32 = 20;

    /// Carries out a change.
    pub fn change(&mut self, change: CompareChange) {
        let positive = |value: f64| value > 0.0 && value.is_finite();
        let within = |value: f64, [least, most]: [f64; 2]| value.clamp(least, most);
        match change {
            CompareChange::Until(until) => self.until = until,
            CompareChange::Tolerance(value) | CompareChange::Budget(value) if !positive(value) => {}
            CompareChange::Tolerance(value) => self.tolerance = value,
            CompareChange::Budget(value) => self.budget = value,
            CompareChange::Rates(rates) => self.rates = rates,
            CompareChange::Seeds(seeds) => self.seeds = seeds.clamp(1, Self::MOST_SEEDS),
            CompareChange::Weights(value) | CompareChange::HessianVector(value) if value.is_nan() => {}
            CompareChange::Weights(weights) => self.model.weights = within(weights, CostModel::WEIGHTS).round(),
            CompareChange::HessianVector(factor) => {
                self.model.hessian_vector = within(factor, CostModel::HESSIAN_VECTOR);
            }
            CompareChange::Chart(chart) => self.chart = chart,
            CompareChange::EqualWork(on) => self.equal_work = on,
            CompareChange::Sort(sort) => self.sort = sort,
        }
    }

    /// The criterion with what it depends on; `f_star` is f* where it was typed.
    pub fn finish(&self, minima: &KnownMinima, f_star: Option<f64>) -> Finish {
        let criterion = match self.until {
            Until::Loss => Criterion::Loss(self.tolerance),
            Until::Gradient => Criterion::Gradient(self.tolerance),
            Until::Distance => Criterion::Distance(self.tolerance),
            Until::Budget => Criterion::Budget(self.budget),
        };
        let f_star = f_star.or_else(|| minima.lowest().map(|lowest| lowest.value));
        Finish { criterion, f_star, model: self.model }
    }
}

impl RaceRates {
    /// Its title where room is little.
    pub const fn brief(self) -> &'static str {
        match self {
            Self::BestWithMomentum => "best η, β",
            other => other.title(),
        }
    }

    /// What is tuned.
    pub(super) fn tune(self) -> Tune {
        match self {
            Self::AsSet | Self::Equal | Self::Suggested => Tune::Nothing,
            Self::Best => Tune::Rate,
            Self::BestWithMomentum => Tune::RateAndMomentum,
        }
    }

    /// How a card races.
    pub(super) fn recipe(self, document: &Document, card: &Card, selected: CardId) -> Recipe {
        let rate_of = |card: &Card| card.optimizer.entry.rate_index().map(|index| card.optimizer.parameters[index]);
        let rate = match self {
            Self::AsSet | Self::Best | Self::BestWithMomentum => None,
            Self::Equal => document.card(selected).and_then(rate_of),
            Self::Suggested => document.suggested_rate(&card.optimizer).map(|(_, rate)| rate),
        };
        with_rate(document, document.recipe(card), rate)
    }
}

/// Used by the race alone: the recipe of a card, with another rate if that is asked.
fn with_rate(document: &Document, mut recipe: Recipe, rate: Option<f64>) -> Recipe {
    let index = recipe.optimizer.entry.rate_index();
    if let Some((index, rate)) = index.zip(rate) {
        recipe.optimizer.parameters[index] = rate;
        recipe.changes.retain(|change| change.parameter != index);
    }
    recipe.steps = document.steps;
    recipe
}
