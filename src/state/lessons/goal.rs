//! The goal of a task: all that must hold for it to be done.

use super::super::{Pane, Picture};
use crate::drawing::overlays::OverlayId;
use crate::numbers::Point;
use crate::studies::RaceEnd;

/// A parameter in an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Its name in files.
    pub(super) name: String,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
}

/// What must hold for a task to be done: all that is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    pub(super) run: Option<usize>,
    pub(super) ends: Vec<RaceEnd>,
    pub(super) near: Option<(Point, f64)>,
    pub(super) methods: Vec<&'static str>,
    pub(super) parameters: Vec<Range>,
    pub(super) landscape_parameters: Vec<Range>,
    pub(super) rate_times_curvature: Option<[f64; 2]>,
    pub(super) ratio: Option<[f64; 2]>,
    pub(super) playhead: Option<[f64; 2]>,
    pub(super) loss_below: Option<f64>,
    pub(super) loss_above: Option<f64>,
    pub(super) gradient_below: Option<f64>,
    pub(super) steps_at_most: Option<usize>,
    pub(super) start_near: Option<(Point, f64)>,
    pub(super) tab: Option<Pane>,
    pub(super) show: Vec<OverlayId>,
    pub(super) hide: Vec<OverlayId>,
    pub(super) picture: Option<Picture>,
    pub(super) stage: Option<[f64; 2]>,
    pub(super) weights: Option<[f64; 2]>,
    pub(super) runs: Option<usize>,
}
