//! What was computed beside the frames and comes back: taken where it is still wanted.

use super::State;
use crate::analysis::{AroundSearch, BridgeSearch, Search};
use crate::run::{Ahead, DeferredStepAnalysis, Replays};
use crate::studies::{Basins, Escapes, LineBasins, Race};

impl State {
    /// Takes a search for critical points that was continued beside the frames; one that is not wanted any more is ignored.
    pub fn take_search(&mut self, search: Search) {
        if self.derived.take_search(search) {
            // Races, basins and trials of coefficients wait for the points.
            self.refresh();
        }
    }

    /// Takes a circle that was searched beside the frames; one that is not wanted any more is ignored.
    pub fn take_circle(&mut self, search: AroundSearch) {
        if self.derived.take_circle(search) {
            self.revision += 1;
        }
    }

    /// Takes a bridge that was continued beside the frames; one that is not wanted any more is ignored.
    pub fn take_bridge(&mut self, search: BridgeSearch) {
        if self.derived.take_bridge(search) {
            self.revision += 1;
        }
    }

    /// Takes walks from starts along the interval; those that are not wanted any more are ignored.
    pub fn take_basins(&mut self, walks: LineBasins) {
        if self.derived.take_basins(walks) {
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

    /// Takes a race that went on beside the frames; one that is not wanted any more is ignored.
    pub fn take_race(&mut self, race: Race) {
        if self.derived.take_race(race) {
            self.revision += 1;
        }
    }

    /// Takes steps of a run that were taken beside the frames; those of another run, or that are known, are ignored.
    pub fn take_steps(&mut self, ahead: &Ahead) {
        if self.derived.take_steps(ahead) {
            self.refresh();
        }
    }

    /// Takes a step that was taken apart beside the frames; one that is not wanted any more is ignored.
    pub fn take_focus(&mut self, found: DeferredStepAnalysis) {
        if self.derived.take_focus(found) {
            self.refresh();
        }
    }
}
