//! How a scene is shown, as data; what is left out is as at first.

use serde::{Deserialize, Serialize};

use super::spec::{is_false, is_zero};
use crate::landscapes::Seed;

/// How a scene is shown.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSpec {
    /// The overlays that are on; `None` for those that are on at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlays: Option<Vec<String>>,
    /// Overlays that are on beside those.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub show: Vec<String>,
    /// What stands in the large place: "map", "surface" or "both".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The view beside the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// The parts of *this step* that are open; `None` for those that are open at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<Vec<String>>,
    /// What the map shows; `None` for the frame in which the landscape opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<MapSpec>,
    /// From where the basins are walked; `None` for the landscape's domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basins: Option<MapSpec>,
    /// The map's axes each fill their side, at different scales.
    #[serde(skip_serializing_if = "is_false")]
    pub stretched: bool,
    /// Beside the loss in its own axes the runs have a rate for each weight that undoes the stretch.
    #[serde(skip_serializing_if = "is_false")]
    pub undoes_stretch: bool,
    /// The viewpoint of the surface; `None` for the landscape's first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<CameraSpec>,
    /// Heights by their logarithm; `None` for what suits the landscape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_height: Option<bool>,
    /// What the chart of the runs shows; `None` for the loss against the steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<ChartSpec>,
    /// What the race of the runs shows; `None` for the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<CompareSpec>,
    /// What the sweep of the selected run shows; `None` for the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepSpec>,
    /// What the random starts are for; `None` for the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<StartsSpec>,
    /// The radius of the circle around the iterate; `None` for the length of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circle: Option<f64>,
    /// The share of its prediction within which a local model counts as valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The sub-step that is shown, from 0; `None` for the step as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<usize>,
    /// The sample that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<usize>,
    /// How far the way through the graph and back has come, in stages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<usize>,
    /// The weight (0 or 1) whose paths through the graph stay lit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lit: Option<usize>,
    /// Parameters act from the step that is shown on.
    #[serde(skip_serializing_if = "is_false")]
    pub from_this_step: bool,
    /// The rate moves along with the momentum coefficient, so that η/(1−β) stays.
    #[serde(skip_serializing_if = "is_false")]
    pub keeps_asymptotic_rate: bool,
    /// Rates that mean the same are one.
    #[serde(skip_serializing_if = "is_false")]
    pub links_rates: bool,
    /// The slider under the picture moves the momentum coefficient, not the rate.
    #[serde(skip_serializing_if = "is_false")]
    pub slides_coefficient: bool,
    /// The critical point that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlighted: Option<[f64; 2]>,
    /// Which of the planes at a kink is shown.
    #[serde(skip_serializing_if = "is_zero")]
    pub piece: usize,
    /// What stands in the field of the formula, where it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub faulty_formula: Option<String>,
    /// The lesson that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The page of it, from 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub page: usize,
    /// What a lesson has changed of the view, until its landscape is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lent: Option<LentSpec>,
}

/// What the chart of the runs shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChartSpec {
    /// The quantity, by its id; `None` for the loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The scale of the y axis: `linear`, `log` or `log_above`; `None` for the one that suits the quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// What the x axis counts: `steps`, `evaluations`, `gradients`, `operations` or `time`; `None` for steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// The x axis is logarithmic.
    #[serde(skip_serializing_if = "is_false")]
    pub log_x: bool,
    /// Guide lines are drawn where theorems hold.
    #[serde(skip_serializing_if = "is_false")]
    pub guides: bool,
    /// f*; `None` for the lowest known minimum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<f64>,
    /// The ends of a ruler over the chart, as shares of the frame from its lower left corner; empty along the selected run, `None`
    /// for no ruler.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruler: Option<Vec<[f64; 2]>>,
}

/// What the race of the runs shows; a key that is `None` has its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareSpec {
    /// When a run has finished: `loss`, `gradient`, `distance` or `budget`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The tolerance, above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// The budget in gradients, above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<f64>,
    /// The rates: `as_set`, `equal`, `suggested`, `best` or `best_with_momentum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rates: Option<String>,
    /// A walk for each of this many seeds, of the methods that draw random numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeds: Option<u32>,
    /// The number of weights, from 2 to 10¹².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<f64>,
    /// A Hessian–vector product in gradients, from 2 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hessian_vector: Option<f64>,
    /// What stands below the table: `work`, `step`, `memory` or `rates`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<String>,
    /// The other runs are shown where the work of the selected one has brought them.
    #[serde(skip_serializing_if = "is_false")]
    pub equal_work: bool,
    /// The column by which the rows are sorted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
}

/// What the sweep of the selected run shows; a key that is `None` has its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SweepSpec {
    /// The names of the parameters that are varied, one or two; `lr1` and `lr2` are the rates of each weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<Vec<String>>,
    /// What is shown: `loss`, `steps`, `end` or `range_test`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// When a walk has arrived: `gradient`, `loss` or `distance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The tolerance, above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// A walk for each of this many seeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeds: Option<u32>,
    /// The ranges along x and along y.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<[[f64; 2]; 2]>,
}

/// What many random starts are for; a key that is `None` has its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StartsSpec {
    /// `restarts` or `tournament`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// How many restarts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restarts: Option<usize>,
    /// The largest number of steps of a restart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<usize>,
    /// The seed from which starts are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<Seed>,
    /// Starts on each landscape of a tournament.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<usize>,
    /// Who takes part: `runs` or `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub methods: Option<String>,
    /// Where: `this`, `group` or `surfaces`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landscapes: Option<String>,
    /// With which rates: `as_set` or `best`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rates: Option<String>,
    /// What a run may ask for, in gradients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<f64>,
}

/// What the map shows at least.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapSpec {
    /// The middle.
    pub center: [f64; 2],
    /// Half the width and half the height.
    pub half: [f64; 2],
}

/// The viewpoint of the surface; a key that is `None` has the value of the landscape's first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CameraSpec {
    /// The direction from the middle, in radians counterclockwise from the x axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azimuth: Option<f64>,
    /// Radians above the horizon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elevation: Option<f64>,
    /// How near: 1 shows the whole surface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoom: Option<f64>,
    /// How far the picture is pushed aside, in shorter sides of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pan: Option<[f64; 2]>,
}

/// What a lesson brought, and what was there before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LentSpec {
    /// What was shown before.
    pub before: ShownSpec,
    /// What the lesson shows instead.
    pub set: ShownSpec,
}

/// What is shown beside the landscape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownSpec {
    /// Overlays.
    pub overlays: Vec<String>,
    /// Open parts of *this step*.
    pub open: Vec<String>,
    /// The view beside the picture.
    pub tab: String,
}
