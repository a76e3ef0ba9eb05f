//! Layer 5: what many walks have in common: where they end, and what that took.

mod basins;
mod escapes;
mod line_basins;
mod outcome;
mod product_cost;
mod race;
mod random_starts;
mod range_test;
mod restarts;
mod sweep;
mod tournament;
mod units;
pub mod usual;

pub use basins::{
    BasinCell, BasinEnd, BasinQuestion, Basins, LargestPart, MOST_STARTS, NoBasins, StepRange, TARGET_COLORS,
    TOLERANCE, Target, TargetKind, WalkedStart,
};
pub use escapes::{EscapeEnd, EscapeQuestion, Escapes, NoEscape, Stretch, rate_beside};
pub use line_basins::{LineBasins, Walked};
pub use outcome::{Destination, Outcome};
pub use product_cost::ProductCost;
pub use race::{
    Clock, Criterion, Entrant, Finish, Flip, Limit, Race, RaceEnd, RaceQuestion, RaceWalk, RateTrial, Row, SAME_STEPS,
    Spread, Tune, beside_in_words, flips, in_passing, needles, unbounded, verdict, winner,
};
pub use random_starts::random_starts;
pub use range_test::RangeTest;
pub use restarts::{Restart, RestartGroup, RestartQuestion, Restarts};
pub use sweep::{
    MOST_VALUES, NoSweep, StabilityLimits, Sweep, SweepAxis, SweepKey, SweepParameter, SweepQuestion, SweptCell,
    SweptWalk, Tolerance,
};
pub use tournament::{Game, Profile, Tournament, TournamentQuestion, profiles};
