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

/// The corners from which a surface is seen best, in degrees: no edge of the domain points at the eye.
const CORNERS: [f64; 4] = [-38.0, 52.0, 142.0, 232.0];
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
    /// Unless its entry knows better, it looks up the slope at the start, so that the tangent plane shows its face.
    pub fn first_camera(&self) -> [f64; 2] {
        self.entry.opening.camera.unwrap_or_else(|| [self.facing_corner(), ELEVATION])
    }

    /// The corner that the slope at the start falls towards.
    fn facing_corner(&self) -> f64 {
        let gradient = self.loss.first_order(Point::from(self.suggestion().start)).gradient;
        let facing = |corner: f64| {
            let (sin, cos) = corner.to_radians().sin_cos();
            -(gradient.x * cos + gradient.y * sin)
        };
        let corners = CORNERS.into_iter().filter(|corner| facing(*corner).is_finite());
        corners.max_by(|a, b| facing(*a).total_cmp(&facing(*b))).unwrap_or(CORNERS[0])
    }
}
