//! Layer 1: landscapes (the loss as a function of one or two weights) and the oracle through which a method may ask about one.
//!
//! A surface or a network is one file with an [`Entry`] and a formula written once; its two lines in [`surfaces`] or
//! [`networks`] put it into every list, menu and command.

mod absent_weight;
pub mod computation;
mod data_bowl;
mod derivatives;
mod domain_search;
mod entry;
pub mod excerpt;
mod fitted;
pub mod formula;
pub mod grid;
mod input_error;
mod key_values;
mod kink_line;
mod landscape;
mod landscape_spec;
mod loss;
mod network;
mod network_landscape;
pub mod networks;
mod one_weight;
mod opening;
mod oracle;
pub mod outline;
pub mod own;
mod parameter;
mod quadratic;
mod query;
mod remark;
mod rescaled_axes;
mod sampled_loss;
mod setting;
mod sibling_files;
mod spelling;
mod suited;
pub mod surfaces;
pub mod table;
mod typed_network;
mod view_box;

pub use absent_weight::AbsentWeight;
pub use derivatives::{FirstOrder, SecondOrder};
pub use entry::{Build, BuildNetwork, CriticalSet, Entry, Group, OwnKind, Suggestion};
pub use excerpt::STANDARD_INPUT;
pub(crate) use formula::MOST_KINK_LINES;
#[cfg(test)]
pub(crate) use grid::arrays_of_npz;
pub use input_error::InputError;
pub use key_values::{KeyValues, nearest, number};
pub use kink_line::{Argument, KinkLine, Switch};
pub use landscape::{Landscape, entries, find};
pub use landscape_spec::{AxesSpec, LandscapeSpec, SamplesSpec, Suited};
pub use loss::{Loss, values_on_all_cores};
pub use network::{BY_HAND, Network};
pub use opening::{Opening, USUAL_STEPS};
#[cfg(test)]
pub use oracle::meter as oracle_meter;
pub use oracle::{Evaluations, Noise, Oracle};
pub use parameter::{Acts, Parameter, ParameterDomain, Scale};
pub use query::{Evaluation, Query};
pub use rescaled_axes::RescaledAxes;
pub use sampled_loss::{Fisher, HessianParts, SampledLoss};
pub use setting::{Seed, Setting};
pub use sibling_files::names_a_file;
pub use spelling::ReadFile;
pub use table::{Roles, Table, TableFault};
pub use view_box::ViewBox;
