//! Layer 2: what the local models promise, how curved the land is, how far a model holds, which finite step is best, and where the critical points lie.

mod circle;
mod completeness;
pub mod critical_points;
mod curvature;
pub mod kinks;
mod reach;
mod search;
mod taylor;

pub use circle::{Answers, CircleMinimum, FiniteStep, best_finite_step, downhill_angle};
pub use completeness::{Completeness, Obstacle};
pub use critical_points::{CriticalPoint, Kind, critical_points};
pub use curvature::{Curvature, RateLaw, Zones};
pub use kinks::{Kink, Shown};
pub use reach::linear_reach;
pub use search::Search;
pub use taylor::{Belief, Change, LocalModel};
