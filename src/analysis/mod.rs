//! Layer 2: what the local models predict, how curved the loss is, how far a model holds, which finite step is best, and where the critical points lie.

mod around;
mod circle;
mod cloud;
mod completeness;
pub mod critical_points;
mod curvature;
mod curvatures;
mod depth;
mod divergence;
mod flatness;
mod flats;
mod found;
mod kink_minima;
pub mod kinks;
mod level_point;
mod line_profile;
mod lines;
mod listed_sets;
mod made_up;
#[cfg(test)]
mod measured;
mod modes;
mod reach;
mod region;
mod search;
mod taylor;
mod weights;

pub use around::{Around, AroundSearch};
pub use circle::{Answers, CircleMinimum, DIRECTIONS_TRIED, FiniteStep, best_finite_step, downhill_angle};
pub use cloud::Cloud;
pub use completeness::{Completeness, Obstacle};
pub use critical_points::{CriticalPoint, Kind, critical_points};
pub use curvature::Curvature;
pub use curvatures::{Curvatures, Kinship, alike, rank};
pub use depth::AtDepth;
pub use divergence::{BeyondLimit, Departure, Divergence, DivergenceCause, Growth};
pub use kinks::{Kink, Shape, Shown};
pub use level_point::{Ending, LevelPoint};
pub use line_profile::{Breakpoint, LineProfile};
pub use listed_sets::listed_sets;
pub use modes::{Bound, EDGE, ModeBehavior, Multiplier, NoLaw, Recursion, StabilityBound, Zone};
pub use reach::{PlaneBound, end_of_values, linear_validity_radius, reach};
pub use region::{Ray, ValidityRegion, pinches};
pub use search::Search;
pub use taylor::{LocalModel, ModelOrder, ROUNDING, Reduction};
pub use weights::{Alone, Course, EachWeight};
