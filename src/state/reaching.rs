//! How far the sheets are good around the iterate in focus: computed where something shows it, and kept until that changes.

use super::{Section, View};
use crate::analysis::{Belief, LocalModel, PlaneBound, Region, pinches};
use crate::drawing::overlays::{OTHER, REGION};
use crate::landscapes::Landscape;
use crate::numbers::Vector;
use crate::run::Focus;

/// So many sizes of the map are searched around the iterate.
const SIZES: f64 = 2.0;

/// What was found, and what for.
#[derive(Default)]
pub(super) struct Reaching {
    wanted: Option<Wanted>,
    pub(super) regions: Vec<Region>,
    pub(super) bound: Option<PlaneBound>,
    pub(super) pinches: bool,
}

/// Everything that it depends on.
#[derive(PartialEq)]
struct Wanted {
    landscape: Landscape,
    model: LocalModel,
    step: Option<Vector>,
    share: f64,
    limit: f64,
    /// Whose regions are drawn, the sheet believed in first.
    sheets: Vec<Belief>,
    /// Whether numbers are shown beside.
    in_numbers: bool,
}

impl Reaching {
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, focus: Option<&Focus>) {
        let wanted = focus.and_then(|focus| Wanted::of(landscape, view, focus));
        if wanted == self.wanted {
            return;
        }
        *self = wanted.map_or_else(Self::default, Self::of);
    }

    fn of(wanted: Wanted) -> Self {
        let Wanted { model, share, limit, .. } = wanted;
        let loss = wanted.landscape.loss();
        let region = |belief: &Belief| Region::of(loss, &model, *belief, share, limit);
        let bound = wanted.step.filter(|_| wanted.in_numbers).and_then(|step| PlaneBound::of(loss, &model, step));
        Self {
            regions: wanted.sheets.iter().filter_map(region).collect(),
            bound,
            pinches: wanted.in_numbers && pinches(loss, &model, share, limit),
            wanted: Some(wanted),
        }
    }
}

impl Wanted {
    /// `None` where nothing shows it.
    fn of(landscape: &Landscape, view: &View, focus: &Focus) -> Option<Self> {
        let sheets = match (view.shows(REGION), view.shows(OTHER)) {
            (true, true) => vec![focus.belief, focus.belief.other()],
            (true, false) => vec![focus.belief],
            (false, _) => Vec::new(),
        };
        let in_numbers = view.scene.open.contains(&Section::Reach);
        (in_numbers || !sheets.is_empty()).then(|| Self {
            landscape: landscape.clone(),
            model: focus.believed,
            step: focus.proposed(),
            share: view.scene.share,
            limit: SIZES * view.scene.map.map_or_else(|| landscape.view(), |frame| frame.view_box()).size(),
            sheets,
            in_numbers,
        })
    }
}
