//! Layer 4: a run is a pure function of its recipe: a list of iterates, and why it stopped.

mod account;
mod ahead;
mod batch;
mod edge;
mod energy;
mod epochs;
pub mod explain;
mod extremes;
mod focus;
mod later;
mod memory;
mod questions;
mod recipe;
mod record;
#[expect(
    clippy::module_inception,
    reason = "the folder's one idea is the run; recipe and stop are what it is made from and ends with"
)]
mod run;
mod slopes;
mod stop;
mod substeps;
mod walker;

pub use account::{Account, Outcome};
pub use ahead::Ahead;
pub use batch::Batch;
pub use energy::{Energy, Outlook, Pass};
pub use epochs::Epochs;
pub use extremes::{BLOCK, Extreme};
pub use focus::{Focus, SEARCHED, SHARE};
pub use later::FocusLater;
pub use memory::{Contribution, Form, Memory, Older};
pub use questions::{Heard, Known};
pub use recipe::{KnobChange, MAX_STEPS, Recipe, change_from};
pub use run::{Iterate, Moment, Replay, Run};
pub use slopes::{Slope, Slopes};
pub use stop::{Stop, StopReason};
pub use substeps::{Sketch, SubStep, substeps};
pub use walker::{Crossing, End, Place, Walker};
