//! How many points a measured grid has along each side.

/// The fewest points on a side: a cubic needs four.
pub const MIN_SIDE: usize = 4;

/// The most points on a side.
pub const MAX_SIDE: usize = 2001;
