//! The options of the random starts: restarts of the selected run, or a tournament of methods, and how large it is.

use crate::drawing::choices::choices;
use crate::landscapes::{Landscape, surfaces};
use crate::optimizers::{Choice, ENTRIES};
use crate::state::Document;
use crate::studies::{Criterion, TournamentQuestion, Tune, usual};

choices! {
    /// What many starts are for.
    StartsMode {
        /// The selected run from many starts.
        #[default]
        Restarts: "restarts", "restarts", "The selected run from many random starts: where each of them ends.";
        /// Methods against each other.
        Tournament: "tournament", "tournament", "Methods race on landscapes from random starts: who needs the least, and how often.";
    }
}

choices! {
    /// Who takes part in a tournament.
    StartsMethods {
        /// The methods of the runs.
        #[default]
        Runs: "runs", "the runs", "The methods of the runs, each with its parameters.";
        /// Every method.
        All: "all", "all methods", "Every method with its usual parameters.";
    }
}

choices! {
    /// Where a tournament takes place.
    StartsLandscapes {
        /// On the one that is shown.
        #[default]
        This: "this", "this loss", "On the loss that is shown.";
        /// On those of its group.
        Group: "group", "its group", "On all losses of the group that this one stands in.";
        /// On every surface.
        Surfaces: "surfaces", "all surfaces", "On every surface of the catalog, with its usual parameters.";
    }
}

choices! {
    /// With which rates.
    StartsRates {
        /// The method's own.
        #[default]
        AsSet: "as_set", "rates as set", "Every method with the rate that it has; on other losses with the one suggested there.";
        /// Tuned for every start.
        Best: "best", "best η", "The rate of every method is tuned for each loss and start, so that no rate decides: that takes some fifty times as long.";
    }
}

/// Starts at most, of restarts and on each landscape of a tournament.
pub const MOST_STARTS: [usize; 2] = [1000, 50];

/// Steps of a restart at most.
pub const MOST_RESTART_STEPS: usize = 100_000;

/// The options of the random starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartsChoice {
    /// Restarts or a tournament.
    pub mode: StartsMode,
    /// How many restarts.
    pub restarts: usize,
    /// The largest number of steps of each.
    pub steps: usize,
    /// The seed of the starts.
    pub seed: u64,
    /// Starts on each landscape of a tournament.
    pub starts: usize,
    /// The methods that take part.
    pub methods: StartsMethods,
    /// The landscapes of a tournament.
    pub landscapes: StartsLandscapes,
    /// With which rates.
    pub rates: StartsRates,
    /// What a run of a tournament may ask for, in gradients.
    pub budget: f64,
}

impl Default for StartsChoice {
    fn default() -> Self {
        Self {
            mode: StartsMode::default(),
            restarts: 100,
            steps: 2000,
            seed: u64::from(usual::SEED),
            starts: usual::STARTS,
            methods: StartsMethods::default(),
            landscapes: StartsLandscapes::default(),
            rates: StartsRates::default(),
            budget: usual::BUDGET,
        }
    }
}

/// A change of one option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StartsChange {
    /// Restarts or a tournament.
    Mode(StartsMode),
    /// Another number of restarts, within its bounds.
    Restarts(usize),
    /// Another largest number of steps of a restart, within its bounds.
    Steps(usize),
    /// Another seed.
    Seed(u64),
    /// Another number of starts on each landscape, within its bounds.
    Starts(usize),
    /// The methods that take part.
    Methods(StartsMethods),
    /// The landscapes of the tournament.
    Landscapes(StartsLandscapes),
    /// The rates of the tournament.
    Rates(StartsRates),
    /// Another budget; a value outside 1 to 10⁶ changes nothing.
    Budget(f64),
}

/// Budgets of a tournament, in gradients.
pub const BUDGETS: [f64; 2] = [1.0, 1e6];

impl StartsChoice {
    /// Carries out a change.
    pub fn change(&mut self, change: StartsChange) {
        match change {
            StartsChange::Mode(mode) => self.mode = mode,
            StartsChange::Restarts(count) => self.restarts = count.clamp(1, MOST_STARTS[0]),
            StartsChange::Steps(steps) => self.steps = steps.clamp(1, MOST_RESTART_STEPS),
            StartsChange::Seed(seed) => self.seed = seed,
            StartsChange::Starts(count) => self.starts = count.clamp(1, MOST_STARTS[1]),
            StartsChange::Methods(methods) => self.methods = methods,
            StartsChange::Landscapes(landscapes) => self.landscapes = landscapes,
            StartsChange::Rates(rates) => self.rates = rates,
            StartsChange::Budget(budget) if (BUDGETS[0]..=BUDGETS[1]).contains(&budget) => self.budget = budget,
            StartsChange::Budget(_) => {}
        }
    }

    /// The tournament that is chosen.
    pub(in crate::state) fn question(&self, document: &Document) -> TournamentQuestion {
        let landscapes = self.landscapes.of(&document.landscape);
        let optimizers = self.methods.of(document);
        // The rate of one loss says nothing on another.
        let rates = |landscape: &Landscape| {
            let is_shown = *landscape == document.landscape;
            let rate = |optimizer: &Choice| Some(optimizer.suggested_rate(landscape)?.1).filter(|_| !is_shown);
            optimizers.iter().map(rate).collect()
        };
        TournamentQuestion {
            rates: landscapes.iter().map(rates).collect(),
            landscapes,
            optimizers,
            starts: self.starts,
            seed: self.seed,
            budget: self.budget,
            criterion: Criterion::Gradient(usual::TOLERANCE),
            tune: if self.rates == StartsRates::Best { Tune::Rate } else { Tune::Nothing },
        }
    }
}

impl StartsLandscapes {
    /// The landscapes; the one that is shown as it is.
    fn of(self, shown: &Landscape) -> Vec<Landscape> {
        let entry = shown.entry();
        let usual = |is_in: &dyn Fn(&'static crate::landscapes::Entry) -> bool| {
            let all = surfaces::ENTRIES.iter().copied().filter(|entry| is_in(entry));
            all.map(Landscape::of).collect::<Vec<_>>()
        };
        match self {
            Self::This => vec![shown.clone()],
            Self::Surfaces => usual(&|_| true),
            Self::Group => {
                let others = usual(&|other| other.group == entry.group);
                if others.is_empty() { vec![shown.clone()] } else { others }
            }
        }
    }
}

impl StartsMethods {
    /// The methods: of runs with the same one that of each with its parameters.
    fn of(self, document: &Document) -> Vec<Choice> {
        match self {
            Self::All => ENTRIES.iter().map(|entry| document.suggested(Choice::of(entry))).collect(),
            Self::Runs => {
                let mut choices: Vec<Choice> = Vec::new();
                for card in document.cards.iter().filter(|card| !card.ghost) {
                    if !choices.contains(&card.optimizer) {
                        choices.push(card.optimizer.clone());
                    }
                }
                choices
            }
        }
    }
}
