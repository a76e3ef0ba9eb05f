//! What overlays draw from: the landscape, the part of it that is seen, the runs on it and the step in focus, borrowed for one
//! frame.

use std::collections::BTreeSet;

use super::KinkPath;
use super::batch_surface::BatchSurface;
use super::ink::{Ink, MarkerShape};
use super::overlays::OverlayId;
use super::page_scale::PageScale;
use super::pattern::Pattern;
use super::switching::KinkPlace;
use super::thinning::Thinned;
use crate::analysis::{
    Bridge, CircleProfile, Cloud, CriticalPoint, CurvatureMatrices, Kink, ShownPlanes, ValidityInterval, ValidityRegion,
};
use crate::landscapes::{CriticalSet, Landscape, ViewBox};
use crate::numbers::numerals::brief;
use crate::numbers::{Point, Vector};
use crate::optimizers::Method;
use crate::run::{FirstStep, Memory, QueryLog, Run, StepAnalysis};

/// A run as it is drawn.
#[derive(Clone)]
pub struct DrawnRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its method's name, short, and what distinguishes it from other runs of that method.
    pub name: String,
    /// Its color and marker.
    pub style: (Ink, MarkerShape),
    /// Whether it is the selected one.
    pub selected: bool,
    /// Whether it is the old course of a run that was branched.
    pub ghost: bool,
    /// The iterate to highlight: that at the playhead or, at equal work, the last one within the selected run's cost so far. It may lie
    /// beyond the end of the run.
    pub now: usize,
    /// What it waits for at equal work, if it does.
    pub waiting: Option<Waiting>,
}

/// At equal work, the step that a run of expensive steps waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// The step, counted from 1.
    pub step: usize,
    /// The share of its cost that is spent.
    pub paid: f64,
}

impl Waiting {
    /// How much of the step is paid, in percent: "12 %".
    pub fn paid_in_words(&self) -> String {
        format!("{} %", brief(100.0 * self.paid))
    }
}

/// Everything an overlay may draw from.
pub struct OverlayContext<'a> {
    /// The landscape.
    pub landscape: &'a Landscape,
    /// The visible part of weight space.
    pub view: ViewBox,
    /// How it is laid on the page.
    pub scale: PageScale,
    /// Ids of the overlays that are on.
    pub overlays: &'a BTreeSet<OverlayId>,
    /// Those whose names come first in the legend: a page looks at them, or they were switched on.
    pub noted: Vec<OverlayId>,
    /// The contour lines of the loss.
    pub contours: &'a [Vec<Point>],
    /// The runs.
    pub runs: ShownRuns<'a>,
    /// The step in focus.
    pub step: ShownStep<'a>,
    /// Where the gradient vanishes.
    pub critical: CriticalMarks<'a>,
    /// Where the slope jumps.
    pub kinks: KinkMarks<'a>,
    /// The weights under the pointer.
    pub pointer: Option<Point>,
}

/// The runs that are seen.
pub struct ShownRuns<'a> {
    /// The visible ones; the selected one last, so that it lies on top.
    pub paths: Vec<DrawnRun<'a>>,
    /// What is to be seen of the long ones among them.
    pub thinned: &'a [Thinned],
    /// The iterate that is shown.
    pub playhead: usize,
    /// Whether the start can be dragged, as on a screen, and not in a file.
    pub draggable: bool,
    /// The paths of the runs whose parameter is dragged, as they were before; none while nothing is.
    pub before: Vec<&'a [Point]>,
}

/// What is known of the step at the playhead, as far as it is shown.
pub struct ShownStep<'a> {
    /// The step itself.
    pub analysis: Option<&'a StepAnalysis>,
    /// The gradients in its velocity.
    pub memory: Option<&'a Memory>,
    /// The loss around its iterate.
    pub circle_profile: Option<&'a CircleProfile>,
    /// The curve from −∇f to Newton's step, and the Δ that is marked on it.
    pub bridge: Option<(&'a Bridge, f64)>,
    /// The first step of every method from the iterate at the playhead, the largest decrease first.
    pub first_steps: &'a [FirstStep],
    /// The method whose step stands out among them.
    pub pointed_method: Option<&'static Method>,
    /// The regions of validity of the local models, that of the method's own model first.
    pub regions: &'a [ValidityRegion],
    /// With one weight, the intervals in which they are right.
    pub intervals: &'a [ValidityInterval],
    /// The gradients of the samples.
    pub cloud: Option<&'a Cloud>,
    /// The contour lines of the loss of this step's batch.
    pub batch_contours: &'a [Vec<Point>],
    /// That loss itself.
    pub batch_surface: Option<&'a BatchSurface>,
    /// The three curvatures of a network at its iterate.
    pub curvatures: Option<&'a CurvatureMatrices>,
    /// The kink at the iterate, if there is one, and which of its planes is shown.
    pub kink: Option<(&'a Kink, ShownPlanes)>,
    /// In fog what the method of the selected run has asked; everything else is hidden.
    pub queries: Option<&'a QueryLog>,
}

/// Critical points, alone and in lines and areas.
pub struct CriticalMarks<'a> {
    /// Isolated ones.
    pub points: &'a [CriticalPoint],
    /// The one of them that was chosen.
    pub highlighted: Option<Point>,
    /// Lines and areas of them.
    pub sets: &'a [CriticalSet],
}

/// The lines on which the slope jumps.
pub struct KinkMarks<'a> {
    /// All of them.
    pub lines: &'a [KinkPath],
    /// The highlighted ones, by their index.
    pub lit: Vec<usize>,
    /// The place on one that is under the pointer.
    pub touched: Option<&'a KinkPlace>,
    /// The activation pattern.
    pub pattern: Option<&'a Pattern>,
}

#[cfg(test)]
impl<'a> OverlayContext<'a> {
    /// A landscape without anything on it.
    pub(super) fn bare(landscape: &'a Landscape, view: ViewBox, scale: PageScale) -> Self {
        static NONE: BTreeSet<OverlayId> = BTreeSet::new();
        Self {
            landscape,
            view,
            scale,
            overlays: &NONE,
            noted: Vec::new(),
            contours: &[],
            runs: ShownRuns { paths: Vec::new(), thinned: &[], playhead: 0, draggable: true, before: Vec::new() },
            step: ShownStep {
                analysis: None,
                memory: None,
                circle_profile: None,
                bridge: None,
                first_steps: &[],
                pointed_method: None,
                regions: &[],
                intervals: &[],
                cloud: None,
                batch_contours: &[],
                batch_surface: None,
                curvatures: None,
                kink: None,
                queries: None,
            },
            critical: CriticalMarks { points: &[], highlighted: None, sets: &[] },
            kinks: KinkMarks { lines: &[], lit: Vec::new(), touched: None, pattern: None },
            pointer: None,
        }
    }
}

impl<'a> OverlayContext<'a> {
    /// The selected run.
    pub fn selected(&self) -> Option<&DrawnRun<'a>> {
        self.runs.paths.iter().find(|path| path.selected)
    }

    /// The width of the view, in points.
    pub fn width(&self) -> f64 {
        self.scale.on_page(Vector::new(self.view.width(), 0.0)).x
    }

    /// The shorter side of the view, in points.
    pub fn shorter_side(&self) -> f64 {
        self.scale.on_page(Vector::new(self.view.width(), self.view.height())).min()
    }

    /// A point moved by points of the page, up being positive.
    pub fn offset(&self, at: Point, right: f64, up: f64) -> Point {
        at + self.scale.way(right, up)
    }
}
