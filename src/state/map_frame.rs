//! The frame of a map: its middle and how far it goes to each side.

use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// The part of weight space that the map shows at least; the rest of its rectangle is filled with the surroundings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapFrame {
    /// The middle.
    pub center: Point,
    /// Half the width and half the height.
    pub half: [f64; 2],
}

impl MapFrame {
    /// The frame of a box.
    pub fn of(view: ViewBox) -> Self {
        Self { center: view.center(), half: [view.width() / 2.0, view.height() / 2.0] }
    }

    /// The box of the frame.
    pub fn view_box(&self) -> ViewBox {
        let Self { center, half: [x, y] } = *self;
        ViewBox::new(center.x - x, center.x + x, center.y - y, center.y + y)
    }

    /// Zoomed by a factor about a fixed point, within what floating point can draw.
    #[must_use]
    pub fn zoomed(self, factor: f64, about: Point) -> Self {
        let half = self.half.map(|side| side / factor);
        let zoomed = Self { center: about + (self.center - about) / factor, half };
        let is_near = half.iter().all(|side| (1e-9..1e9).contains(side));
        if is_near && factor.is_finite() && zoomed.view_box().is_sane() { zoomed } else { self }
    }
}
