//! What the flat pictures are about: the loss, the runs on it and the step in focus, borrowed for one frame.

use std::collections::BTreeSet;

use super::KinkPath;
use super::ink::{Dash, Ink, MarkerShape};
use super::overlays::OverlayId;
use super::pattern::Pattern;
use super::switching::Touched;
use super::thinning::Thinned;
use crate::analysis::{Around, Cloud, CriticalPoint, Curvatures, Kink, Shown, ValidityRegion};
use crate::landscapes::{CriticalSet, Landscape, ViewBox};
use crate::numbers::Point;
use crate::run::{Memory, QueryLog, Run, StepAnalysis};

/// A run as it is drawn.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its optimizer's name.
    pub name: &'static str,
    /// Its color, dash and marker.
    pub style: (Ink, Dash, MarkerShape),
    /// Whether it is the selected one.
    pub selected: bool,
    /// Whether it was left behind by a branch.
    pub ghost: bool,
}

/// Everything an overlay may draw from.
pub struct Subject<'a> {
    /// The loss.
    pub landscape: &'a Landscape,
    /// The visible part of weight space.
    pub view: ViewBox,
    /// Landscape units in a point of the screen.
    pub unit: f64,
    /// How many times as many of them a point has upward as it has across: 1 where both axes have one scale.
    pub tall: f64,
    /// The visible runs; the selected one last, so that it lies on top.
    pub paths: Vec<Path<'a>>,
    /// What is to be seen of the long ones among them.
    pub thinned: &'a [Thinned],
    /// Ids of the overlays that are on.
    pub overlays: &'a BTreeSet<OverlayId>,
    /// The iterate that is shown.
    pub playhead: usize,
    /// The step in focus.
    pub analysis: Option<&'a StepAnalysis>,
    /// The memory with which its step was made, where that is shown.
    pub memory: Option<&'a Memory>,
    /// The loss around its iterate, while that is looked at.
    pub around: Option<&'a Around>,
    /// Where the local models are good around the iterate, the one believed in first, if that is shown.
    pub regions: &'a [ValidityRegion],
    /// What each sample alone wants at the iterate, where that is shown.
    pub cloud: Option<&'a Cloud>,
    /// The contour lines of the loss surface of this step's batch, where that is shown.
    pub batch_contours: &'a [Vec<Point>],
    /// The three curvatures of a network at its iterate, where they are shown.
    pub curvatures: Option<&'a Curvatures>,
    /// Isolated critical points.
    pub critical_points: &'a [CriticalPoint],
    /// The one of them that was chosen.
    pub highlighted: Option<Point>,
    /// Lines and areas of critical points.
    pub critical_sets: &'a [CriticalSet],
    /// The lines on which the slope jumps.
    pub kink_lines: &'a [KinkPath],
    /// Those of them that are lit, by their places in the list.
    pub lit: Vec<usize>,
    /// The place on a kink line that is under the pointer.
    pub touched: Option<&'a Touched>,
    /// The weights under the pointer.
    pub pointer: Option<Point>,
    /// The regions in which a rectified unit is on for the same samples, where they are shown.
    pub pattern: Option<&'a Pattern>,
    /// What there is instead of a tangent plane at the iterate, and which of its planes is shown.
    pub kink: Option<(&'a Kink, Shown)>,
    /// In fog what the method of the selected run has asked; everything else is hidden.
    pub queries: Option<&'a QueryLog>,
    /// Values of the contour lines.
    pub levels: &'a [f64],
    /// The contour lines.
    pub contours: &'a [Vec<Point>],
}

impl<'a> Subject<'a> {
    /// Whether the iterate is at a tip, a wall or a cliff, where there is no plane at all.
    pub fn has_no_plane(&self) -> bool {
        self.kink.is_some_and(|(kink, _)| kink.planes().is_empty())
    }

    /// The path in focus.
    pub fn selected(&self) -> Option<&Path<'a>> {
        self.paths.iter().find(|path| path.selected)
    }
}
