//! How a landscape is shown first: which part of it, from which side, and for how many steps.

use super::ViewBox;

/// Steps in a run, where a landscape says nothing else.
pub const USUAL_STEPS: usize = 200;

/// The first look at a landscape, together with the start and the rate of its [`Suggestion`](super::Suggestion).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// The part of the domain that is shown; `None` for all of it.
    pub frame: Option<ViewBox>,
    /// Azimuth and elevation of the camera of the surface, in degrees; `None` for a side that faces the slope at the start.
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

    /// This opening with another number of steps.
    #[must_use]
    pub const fn in_steps(self, steps: usize) -> Self {
        Self { steps, ..self }
    }

    /// This opening with the surface seen from here: degrees counterclockwise from the x axis, and above the horizon.
    #[must_use]
    pub const fn seen_from(self, azimuth: f64, elevation: f64) -> Self {
        Self { camera: Some([azimuth, elevation]), ..self }
    }
}
