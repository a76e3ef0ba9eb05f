//! What is looked at and how, as plain data: what files, links, lessons and the opening of the program hold.
//!
//! A [`SceneSpec`] names everything by its id and knows nothing of how it is computed or drawn; whoever shows it checks
//! the names and builds the parts.

mod spec;

pub use spec::{
    CameraSpec, ChangeSpec, ChartSpec, CompareSpec, LentSpec, MapSpec, RunSpec, SceneSpec, ShownSpec, StartsSpec,
    SweepSpec, VERSION, ViewSpec,
};
