//! How runs are told apart: by color, dash and marker.

use super::Ink;

/// How many runs have a color of their own; further ones differ in dash and marker.
pub(super) const RUN_COLORS: u8 = 3;

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dash {
    /// One unbroken line.
    Solid,
    /// Long strokes.
    Dashed,
    /// Points.
    Dotted,
    /// Strokes and points in turn.
    DashDot,
}

impl Dash {
    /// Every pattern, the plainest first.
    pub const ALL: [Self; 4] = [Self::Solid, Self::Dashed, Self::Dotted, Self::DashDot];
}

/// What marks an iterate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkerShape {
    /// A disc.
    Circle,
    /// A square on its side.
    Square,
    /// A triangle on its side.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A cross of diagonal strokes.
    Cross,
    /// A cross of upright strokes.
    Plus,
    /// A star of five points.
    Star,
}

impl MarkerShape {
    /// Every shape, the plainest first.
    pub const ALL: [Self; 7] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Plus, Self::Star];
}

/// How the run of this index is drawn: the first three in colors of their own, further ones
/// repeating the color with another dash and marker.
pub fn run_style(index: usize) -> (Ink, Dash, MarkerShape) {
    let colors = usize::from(RUN_COLORS);
    let ink = Ink::Run((index % colors) as u8);
    let dash = Dash::ALL[(index / colors) % Dash::ALL.len()];
    let marker = MarkerShape::ALL[index % MarkerShape::ALL.len()];
    (ink, dash, marker)
}
