//! The surfaces: one file each, with its entry and its formula written once. A new one adds its two lines here.

mod bowl;
mod double_well;
mod himmelblau;
mod quad;
mod rosenbrock;
mod saddle;
mod trough;

use super::Entry;

/// Every surface, in the order of the picker.
pub static ENTRIES: &[&Entry] = &[
    &bowl::ENTRY,
    &quad::ENTRY,
    &trough::ENTRY,
    &rosenbrock::ENTRY,
    &himmelblau::ENTRY,
    &double_well::ENTRY,
    &saddle::ENTRY,
];
