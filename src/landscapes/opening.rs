//! How a landscape is looked at first: which part of it, from which side, and for how many steps.

use super::{Landscape, ViewBox};
use crate::numbers::Point;

/// Steps in a run, where a landscape says nothing else.
pub const USUAL_STEPS: usize = 200;

/// The first look at a landscape, together with the start and the rate of its [`Suggestion`](super::Suggestion).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// The part of the domain that is shown; `None` for all of it.
    pub frame: Option<ViewBox>,
    /// Azimuth and elevation of the camera of the surface, in degrees; `None` for the corner that faces the slope at the start.
    pub camera: Option<[f64; 2]>,
    /// Steps in a run.
    pub steps: usize,
}

impl Opening {
    /// The whole domain, in the usual number of steps.
    pub const DOMAIN: Self = Self { frame: None, camera: None, steps: USUAL_STEPS };

    /// Only this part of the domain is shown.
    #[must_use]
    pub const fn framed(x: [f64; 2], y: [f64; 2]) -> Self {
        Self { frame: Some(ViewBox { x, y }), ..Self::DOMAIN }
    }

    /// The same with another number of steps.
    #[must_use]
    pub const fn in_steps(self, steps: usize) -> Self {
        Self { steps, ..self }
    }

    /// The same with the surface seen from here: degrees counterclockwise from the x axis, and above the horizon.
    #[must_use]
    pub const fn seen_from(self, azimuth: f64, elevation: f64) -> Self {
        Self { camera: Some([azimuth, elevation]), ..self }
    }
}

/// Between the camera and the way down, in degrees: the tangent plane shows its face, and the bar of the model error does not
/// lie upon the arrow.
const BESIDE: f64 = 35.0;
/// Between the camera and the nearest axis at least, in degrees: no side of the domain is seen edge-on.
const OFF_AXIS: f64 = 25.0;
/// Where the camera stands if there is no way down, in degrees.
const USUAL_SIDE: f64 = -38.0;
/// High enough to see into the valleys, and low enough to see the height of a model error, in degrees.
const ELEVATION: f64 = 39.0;

impl Landscape {
    /// The part of its domain that is shown at first: that of its opening, or all of it where the user chose the domain or
    /// samples moved it or the start.
    pub fn frame(&self) -> ViewBox {
        let is_usual = self.chosen_view.is_none() && self.own_view == self.entry.view;
        let start = Point::from(self.suggestion.start);
        let frame = self.entry.opening.frame.filter(|frame| is_usual && frame.contains(start));
        frame.unwrap_or_else(|| self.view())
    }

    /// Where the camera of the surface stands at first: azimuth and elevation in degrees.
    ///
    /// Unless its entry knows better, it looks up the slope at the start, from a little to the side.
    pub fn first_camera(&self) -> [f64; 2] {
        self.entry.opening.camera.unwrap_or_else(|| [self.facing_side(), ELEVATION])
    }

    fn facing_side(&self) -> f64 {
        let gradient = self.loss.first_order(Point::from(self.suggestion().start)).gradient;
        let down = libm::atan2(-gradient.y, -gradient.x).to_degrees();
        if !down.is_finite() || gradient.norm() == 0.0 {
            return USUAL_SIDE;
        }
        let off_axis = |side: f64| {
            let from_axis = side.rem_euclid(90.0);
            side - from_axis + from_axis.clamp(OFF_AXIS, 90.0 - OFF_AXIS)
        };
        let error = |side: f64| ((side - down).abs() - BESIDE).abs();
        let [left, right] = [down - BESIDE, down + BESIDE].map(off_axis);
        if error(right) < error(left) { right } else { left }
    }
}
