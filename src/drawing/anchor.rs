//! Which edge of a text is at its place.

/// Which edge of a text is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left edge: the text is to the right of the place.
    Left,
    /// Its right edge: the text is to the left of the place.
    Right,
    /// Its lower edge: the text is above the place.
    Bottom,
    /// Its upper edge: the text is below the place.
    Top,
    /// Its middle: the text is around the place.
    Center,
}
