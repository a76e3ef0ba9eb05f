//! Layer 4: a run is a pure function of its landscape and its recipe: a list of iterates, and why it stopped.

mod barrier;
mod batch;
mod beside_hole;
mod coast;
mod convergence_test;
mod deferred_step_analysis;
mod energy;
mod energy_path;
mod epochs;
pub mod explain;
mod extremes;
mod first_step;
mod lane_walk;
mod memory;
mod query_log;
mod recipe;
mod record;
mod replays;
#[expect(
    clippy::module_inception,
    reason = "the folder's one idea is the run; recipe and stop are what it is made from and ends with"
)]
mod run;
mod slopes;
mod step_analysis;
mod step_report;
mod steps_ahead;
mod stop;
mod substeps;
mod walker;

pub use barrier::{Continued, Rest, basin_of};
pub use batch::Batch;
pub use coast::{coast, velocity_for};
pub use convergence_test::ConvergenceTest;
pub use deferred_step_analysis::DeferredStepAnalysis;
pub use energy::{BarrierForecast, Energy, LastPass, Pass, resting_place};
pub use energy_path::EnergyPath;
pub use epochs::Epochs;
pub use extremes::{BLOCK, Extreme};
pub use first_step::{FirstStep, ProposedStep};
pub use lane_walk::{LaneEnd, LaneWalk, LaneWalked, TOGETHER};
pub use memory::{Contribution, Form, Initial, Memory, Older};
pub use query_log::{KnownOfStep, QueryLog};
pub use recipe::{MAX_STEPS, ParameterChange, Recipe, change_from};
pub use replays::{ReplayFacts, Replays};
pub use run::{Iterate, Replay, Run, StepReplay};
pub use slopes::{Slope, Slopes};
pub use step_analysis::{SEARCHED, SHARE, StepAnalysis};
pub use step_report::{PredictionOutcome, StepReport};
pub use steps_ahead::StepsAhead;
pub use stop::{Stop, StopReason};
pub use substeps::{Sketch, SubStep, substeps};
pub use walker::{Crossing, End, Place, Walker};
