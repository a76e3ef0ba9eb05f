//! The tolerances that are shared, each with where it comes from. All are relative: shares of the numbers that are compared.

/// Differences below this are nothing to a reader: four digits are written and a picture has some thousand pixels a side, so
/// a difference of a thousandth of either is not seen; and it is a million roundings, more than any sum here is made of.
pub const UNSEEN: f64 = 1e-9;

/// Differences below this may be all rounding: of some thousand operations, each off by half of 2⁻⁵².
pub const ROUNDED: f64 = 1e-12;

/// Changes of a loss below this share of it are lost in its rounding: a loss is a sum of some hundred terms, each off by half of
/// 2⁻⁵².
pub const LOST: f64 = 1e-13;

/// Places nearer to each other than this share of a picture are one: a thousandth of a pixel.
pub const ONE_PLACE: f64 = 1e-6;

/// A run that rests no further than this share of the region from a critical point is at it: a pixel of a picture. Also how finely
/// places are written.
pub const AT_POINT: f64 = 1e-3;

/// Newton's method has come to its end with steps of this share of a box: a coordinate in it is rounded by 2⁻⁵³ of itself, and the
/// slope that says where to go by some such shares of what the curvature makes over the box. So no slope below this share of
/// curvature times size is known to be one.
pub const POLISHED: f64 = 1e-15;

/// An eigenvalue below this share of the other is taken for zero: entries of a Hessian are sums in which half of the 16 digits
/// may cancel, and what is left of the smaller eigenvalue then is noise.
pub const SINGULAR: f64 = 1e-9;

/// A coordinate of a grid that is this many cells beyond its edge is on it: places are made of corners and shares, and off by
/// a few roundings of numbers as large as the count of cells, a thousand at most.
pub const ON_EDGE: f64 = UNSEEN;
