//! How runs are distinguished: by color and marker. A dashed line means the future of a run.

use super::Ink;

/// How many runs have a color of their own; further ones repeat the colors with other markers.
pub const RUN_COLORS: u8 = 6;

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
    /// An axis-aligned square.
    Square,
    /// A triangle with its tip up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A cross of diagonal strokes.
    Cross,
    /// A cross of upright strokes.
    Plus,
    /// Four strokes that cross, an asterisk.
    Star,
}

impl MarkerShape {
    /// Every shape, the plainest first.
    pub const ALL: [Self; 7] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Plus, Self::Star];
}

/// How the run of this index is drawn: the first six in colors of their own, further ones with the same colors and other
/// markers.
pub fn run_style(index: usize) -> (Ink, MarkerShape) {
    let colors = usize::from(RUN_COLORS);
    let (round, color) = (index / colors, index % colors);
    let marker = MarkerShape::ALL[(color + 2 * round) % MarkerShape::ALL.len()];
    (Ink::Run(color as u8), marker)
}
