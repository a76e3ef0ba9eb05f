//! Takes the results of the background, if they are still wanted, and a race that was walked elsewhere.

use crate::analysis::{BridgeSearch, CircleProfileSearch, Search};
use crate::run::{DeferredStepAnalysis, Replays, StepsAhead};
use crate::state::{RaceRates, State, Until};
use crate::studies::{
    Basins, Criterion, Escapes, Finish, LineBasins, ProductCost, Race, RangeTest, Restarts, Sweep, Tournament, Tune,
};

impl State {
    /// Takes a search for critical points that was continued in the background; one that is not wanted any more is ignored.
    pub fn take_search(&mut self, search: Search) {
        if self.derived.take_search(search) {
            // Races, basins and trials of coefficients wait for the points.
            self.refresh();
        }
    }

    /// Takes a circle that was searched in the background; one that is not wanted any more is ignored.
    pub fn take_circle(&mut self, search: CircleProfileSearch) {
        if self.derived.take_circle(search) {
            self.revision += 1;
        }
    }

    /// Takes a bridge that was continued in the background; one that is not wanted any more is ignored.
    pub fn take_bridge(&mut self, search: BridgeSearch) {
        if self.derived.take_bridge(search) {
            self.revision += 1;
        }
    }

    /// Takes walks from starts along the interval; those that are not wanted any more are ignored.
    pub fn take_line_basins(&mut self, walks: LineBasins) {
        if self.derived.take_line_basins(walks) {
            self.revision += 1;
        }
    }

    /// Takes walks from all over a region; those that are not wanted any more are ignored.
    pub fn take_basin_map(&mut self, walks: Basins) {
        if self.derived.take_basin_map(walks) {
            self.revision += 1;
        }
    }

    /// Takes steps that were taken again for the chart; those that are not wanted any more are ignored.
    pub fn take_replays(&mut self, replays: Replays) {
        if self.derived.take_replays(replays) {
            self.revision += 1;
        }
    }

    /// Takes trials of momentum coefficients; those that are not wanted any more are ignored.
    pub fn take_escapes(&mut self, escapes: Escapes) {
        if self.derived.take_escapes(escapes) {
            self.revision += 1;
        }
    }

    /// Takes a race that went on in the background; one that is not wanted any more is ignored.
    pub fn take_race(&mut self, race: Race) {
        if self.derived.take_race(race) {
            self.revision += 1;
        }
    }

    /// Shows a race that was run elsewhere instead of that of the runs, with what it was run for; its entrants are the runs.
    pub fn show_race(&mut self, race: Race) {
        let Finish { criterion, model, .. } = race.question().finish;
        let choice = &mut self.view.scene.compare;
        choice.rates = match race.question().tune {
            Tune::Nothing => RaceRates::AsSet,
            Tune::Rate => RaceRates::Best,
            Tune::RateAndMomentum => RaceRates::BestWithMomentum,
        };
        choice.model = model;
        (choice.until, choice.tolerance) = match criterion {
            Criterion::Loss(tolerance) => (Until::Loss, tolerance),
            Criterion::Gradient(tolerance) => (Until::Gradient, tolerance),
            Criterion::Distance(tolerance) => (Until::Distance, tolerance),
            Criterion::Budget(_) => (Until::Budget, choice.tolerance),
        };
        if let Criterion::Budget(budget) = criterion {
            choice.budget = budget;
        }
        self.derived.show_race(race, self.document.cards.iter().map(|card| card.id).collect());
    }

    /// Takes a sweep that went on in the background; one that is not wanted any more is ignored.
    pub fn take_sweep(&mut self, sweep: Sweep) {
        if self.derived.take_sweep(sweep) {
            self.revision += 1;
        }
    }

    /// Takes a range test that went on in the background; one that is not wanted any more is ignored.
    pub fn take_range_test(&mut self, test: RangeTest) {
        if self.derived.take_range_test(test) {
            self.revision += 1;
        }
    }

    /// Takes what a Hessian–vector product costs on this machine; of another loss it is ignored.
    pub fn take_product_cost(&mut self, cost: ProductCost) {
        if self.derived.take_product_cost(cost) {
            self.revision += 1;
        }
    }

    /// Takes restarts that were walked in the background; those that are not wanted any more are ignored.
    pub fn take_restarts(&mut self, restarts: Restarts) {
        if self.derived.take_restarts(restarts) {
            self.revision += 1;
        }
    }

    /// Takes a tournament that went on in the background; one that is not wanted any more is ignored.
    pub fn take_tournament(&mut self, tournament: Tournament) {
        if self.derived.take_tournament(tournament) {
            self.revision += 1;
        }
    }

    /// Takes steps of a run that were taken in the background; those of another run, or that are known, are ignored.
    pub fn take_steps(&mut self, ahead: &StepsAhead) {
        if self.derived.take_steps(ahead) {
            self.refresh();
        }
    }

    /// Takes a step that was analyzed in the background; one that is not wanted any more is ignored.
    pub fn take_focus(&mut self, found: DeferredStepAnalysis) {
        if self.derived.take_focus(found) {
            self.refresh();
        }
    }
}
