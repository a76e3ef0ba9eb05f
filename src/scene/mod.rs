//! Layer 5: what is shown and how, as plain data: what files, links, lessons and the opening of the program hold.
//!
//! A [`SceneSpec`] names everything by its id and knows nothing of how it is computed or drawn; whoever shows it checks
//! the names and builds the parts.

mod fault;
mod files;
mod link;
mod read;
mod reader;
mod spec;
mod tree;
mod view_spec;

pub use fault::{Fault, Faults, Misfit, Step, Within, hint};
pub use files::with_files;
pub use link::{is_link, link, text_of_link};
pub use read::read;
pub use spec::{ChangeSpec, LANDSCAPE_KEYS, RUN_KEYS, RunSpec, SceneSpec, VERSION};
pub use view_spec::{
    CameraSpec, ChartSpec, CompareSpec, LentSpec, MapSpec, ShownSpec, StartsSpec, SweepSpec, ViewSpec,
};
