//! How far the local models are valid around the iterate in focus: computed while something shows it, and kept until that changes.

use super::memo::Memo;
use super::{Section, View};
use crate::analysis::{LocalModel, ModelOrder, PlaneBound, ValidityInterval, ValidityRegion, pinches};
use crate::drawing::overlays::{OTHER, REGION};
use crate::drawing::page_scale::is_slim;
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Vector;
use crate::run::StepAnalysis;

/// How far is searched around the iterate, in sizes of the map.
const SIZES: f64 = 2.0;

/// What was found, and what for.
#[derive(Default)]
pub(super) struct KnownValidity {
    found: Memo<Wanted, Found>,
}

/// How far the local models are valid.
struct Found {
    regions: Vec<ValidityRegion>,
    intervals: Vec<ValidityInterval>,
    bound: Option<PlaneBound>,
    pinches: bool,
}

/// Everything that it depends on.
#[derive(PartialEq)]
struct Wanted {
    landscape: Landscape,
    model: LocalModel,
    step: Option<Vector>,
    share: f64,
    /// How far is searched along each axis.
    limits: Vector,
    /// The local models whose regions are drawn, the method's model first.
    orders: Vec<ModelOrder>,
    /// Whether [`Section::Reach`] is open, which needs the bound as a number.
    in_numbers: bool,
}

impl KnownValidity {
    /// Brings the regions, intervals and bound up to date; nothing is kept while nothing shows them.
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, analysis: Option<&StepAnalysis>) {
        self.found.update(analysis.and_then(|analysis| Wanted::of(landscape, view, analysis)), Found::of);
    }

    /// The regions that are drawn.
    pub(super) fn regions(&self) -> &[ValidityRegion] {
        self.found.value().map_or(&[], |found| &found.regions)
    }

    /// With one weight, the intervals that are drawn or said.
    pub(super) fn intervals(&self) -> &[ValidityInterval] {
        self.found.value().map_or(&[], |found| &found.intervals)
    }

    /// How wrong the plane is at the end of the step, and can be at most.
    pub(super) fn bound(&self) -> Option<PlaneBound> {
        self.found.value()?.bound
    }

    /// Whether the plane's region has no width across the gradient.
    pub(super) fn pinches(&self) -> bool {
        self.found.value().is_some_and(|found| found.pinches)
    }
}

impl Found {
    fn of(wanted: &Wanted) -> Self {
        let Wanted { ref landscape, ref model, step, share, limits, ref orders, in_numbers } = *wanted;
        let loss = landscape.loss();
        let region = |order: &ModelOrder| ValidityRegion::within(loss, model, *order, share, limits);
        let is_one = landscape.dimension().is_one();
        let interval = |order: &ModelOrder| ValidityInterval::of(loss, model, *order, share, limits.x);
        // With one weight there is nothing around the point but the axis.
        let regions = if is_one { Vec::new() } else { orders.iter().filter_map(region).collect() };
        Self {
            regions,
            intervals: if is_one { orders.iter().filter_map(interval).collect() } else { Vec::new() },
            bound: step.filter(|_| in_numbers).and_then(|step| PlaneBound::of(loss, model, step)),
            pinches: in_numbers && !is_one && pinches(loss, model, share, limits),
        }
    }
}

/// How far to search along each axis: in proportion to the sides of the box if it has a scale for each axis, else equally far.
fn limits(view: ViewBox) -> Vector {
    let sides = if is_slim(view) { Vector::new(view.width(), view.height()) } else { Vector::repeat(view.size()) };
    sides * SIZES
}

impl Wanted {
    /// `None` where nothing shows it.
    fn of(landscape: &Landscape, view: &View, analysis: &StepAnalysis) -> Option<Self> {
        let orders = match (view.shows(REGION), view.shows(OTHER)) {
            (true, true) => vec![analysis.order, analysis.order.other()],
            (true, false) => vec![analysis.order],
            (false, _) => Vec::new(),
        };
        let in_numbers = view.scene.open.contains(&Section::Reach);
        (in_numbers || !orders.is_empty()).then(|| Self {
            landscape: landscape.clone(),
            model: analysis.assumed,
            step: analysis.proposed(),
            share: view.scene.share,
            limits: limits(view.scene.frame(landscape)),
            orders,
            in_numbers,
        })
    }
}
