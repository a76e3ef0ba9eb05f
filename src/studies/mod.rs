//! Layer 5: what many walks have in common: where they end, and what that took.

mod basins;
mod escapes;
mod line_basins;
mod outcome;
mod race;
mod sweep;
mod tournament;
mod units;

pub use basins::{
    BasinCell, BasinEnd, BasinQuestion, Basins, MOST_STARTS, NoBasins, TOLERANCE, Target, TargetKind, WalkedStart,
};
pub use escapes::{Ending, EscapeQuestion, Escapes, NoEscape, Stretch, rate_beside};
pub use line_basins::{LineBasins, Walked};
pub use outcome::{Destination, Outcome};
pub use race::{
    Clock, Criterion, Entrant, Finish, Flip, Limit, Race, RaceEnd, RaceQuestion, RaceWalk, RateTrial, Row, Tune, flips,
};
pub use sweep::{
    MOST_VALUES, NoSweep, StabilityLimits, Sweep, SweepAxis, SweepKey, SweepQuestion, SweptCell, SweptWalk, Tolerance,
};
pub use tournament::{Game, Profile, TournamentQuestion, profiles};
