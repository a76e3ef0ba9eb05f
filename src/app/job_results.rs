//! The exchange with the background jobs: takes their results, and requests what is wanted next.

use crate::jobs::{Jobs, Task};
use crate::state::{Derived, State};

/// Takes the result of every kind of job, and requests what is wanted next.
pub(super) fn exchange(state: &mut State, jobs: &mut Jobs) {
    exchange_one(state, jobs, |state, steps| state.take_steps(&steps), Derived::wanted_steps);
    exchange_one(state, jobs, State::take_focus, Derived::wanted_focus);
    exchange_one(state, jobs, State::take_search, Derived::wanted_search);
    exchange_one(state, jobs, State::take_circle, Derived::wanted_circle);
    exchange_one(state, jobs, State::take_bridge, Derived::wanted_bridge);
    exchange_one(state, jobs, State::take_line_basins, Derived::wanted_line_basins);
    exchange_one(state, jobs, State::take_basin_map, Derived::wanted_basin_map);
    exchange_one(state, jobs, State::take_escapes, Derived::wanted_escapes);
    exchange_one(state, jobs, State::take_race, Derived::wanted_race);
    exchange_one(state, jobs, State::take_product_cost, Derived::wanted_product_cost);
    exchange_one(state, jobs, State::take_restarts, Derived::wanted_restarts);
    exchange_one(state, jobs, State::take_tournament, Derived::wanted_tournament);
    exchange_one(state, jobs, State::take_sweep, Derived::wanted_sweep);
    exchange_one(state, jobs, State::take_range_test, Derived::wanted_range_test);
    exchange_one(state, jobs, State::take_replays, Derived::wanted_replays);
}

/// The exchange with the jobs of one kind.
fn exchange_one<T: Task>(
    state: &mut State,
    jobs: &mut Jobs,
    take: fn(&mut State, T),
    wanted: fn(&Derived) -> Option<&T>,
) {
    if let Some(news) = jobs.take() {
        take(state, news);
    }
    jobs.want(wanted(&state.derived));
}
