//! What is known of a measured landscape from its values alone: minima, maxima, spacing, error of interpolation.

use super::Landscape;
use super::grid::InterpolationError;
use super::landscape::Origin;
use crate::numbers::Point;

impl Landscape {
    /// Measured values below, or above, all around them at which the surface is level, and whether each is a minimum: what
    /// values too far apart indicate a minimum. None where nothing was measured.
    pub fn measured_extremes(&self) -> Vec<(Point, bool)> {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.extremes(),
            _ => Vec::new(),
        }
    }

    /// Whether a minimum, or a maximum, of the loss is there, and not made up between measured values.
    pub fn shows_extreme(&self, at: Point, is_minimum: bool) -> bool {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.shows_extreme(at, is_minimum),
            _ => true,
        }
    }

    /// About how far the surface between measured values may be from what was measured; `None` where nothing was measured, or
    /// too little for an estimate.
    pub fn interpolation_error(&self, at: Point) -> Option<InterpolationError> {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.interpolation_error(at),
            _ => None,
        }
    }

    /// How far apart along x and along y the loss was measured.
    pub fn measured_steps(&self) -> Option<[f64; 2]> {
        match &self.origin {
            Origin::Grid(measured) => Some(measured.grid.steps()),
            _ => None,
        }
    }

    /// Whether a measured value is a minimum, `Some(true)`, or a maximum of those around it; `None` where nothing was measured.
    pub fn measured_extreme_at(&self, at: Point) -> Option<bool> {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.extreme_at(at),
            _ => None,
        }
    }
}
