//! The data of a scene. What is left out has its default; what is unknown is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::landscapes::{LandscapeSpec, Seed, Setting, SpecError, USUAL_STEPS};
use crate::optimizers::Choice;

/// The version of the form below.
pub const VERSION: u32 = 1;

/// The table of the parameters of a landscape or a run, where they do not stand among its own keys.
pub(super) const PARAMETERS: &str = "parameters";
/// The keys of a landscape; every other one is a parameter of it.
pub const LANDSCAPE_KEYS: [&str; 9] =
    ["id", "formula", PARAMETERS, "ranges", "domain", "samples", "grid", "axes", "suited"];
/// The keys of a run; every other one is a parameter of its method.
pub const RUN_KEYS: [&str; 8] = ["method", PARAMETERS, "start", "style", "hidden", "ghost", "branched_at", "changes"];

/// Everything that belongs to a scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneSpec {
    /// The version of its form, [`VERSION`].
    #[serde(default = "version")]
    pub version: u32,
    /// The step that is shown.
    #[serde(default)]
    pub playhead: usize,
    /// The selected run, by its place among the runs.
    #[serde(default)]
    pub selected: usize,
    /// Where every run starts that has no start of its own; `None` for the start that suits the landscape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<[f64; 2]>,
    /// The seed of the last random start.
    #[serde(default = "no_seed")]
    pub start_seed: Seed,
    /// Steps in a run.
    #[serde(default = "steps")]
    pub steps: usize,
    /// ‖∇f‖ at which runs stop; 0 to go on.
    #[serde(default = "tolerance")]
    pub tolerance: f64,
    /// The file the samples were read from or written to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// The landscape: a table, or its spelling on the command line.
    #[serde(deserialize_with = "landscape")]
    pub landscape: LandscapeSpec,
    /// How it is looked at.
    #[serde(default)]
    pub view: ViewSpec,
    /// The runs, at least one: tables, or the spelling of their methods on the command line.
    #[serde(rename = "run", deserialize_with = "runs")]
    pub runs: Vec<RunSpec>,
}

/// A run as it was set up.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunSpec {
    /// The id of its method.
    pub method: String,
    /// The parameters of the method by name, which stand among the other keys; those that are not named keep their defaults.
    #[serde(default)]
    pub parameters: BTreeMap<String, Setting>,
    /// Its own start, if it has one.
    #[serde(default)]
    pub start: Option<[f64; 2]>,
    /// The number of its look; `None` for one that no other run has.
    #[serde(default)]
    pub style: Option<usize>,
    /// Not drawn.
    #[serde(default)]
    pub hidden: bool,
    /// Left behind by a branch.
    #[serde(default)]
    pub ghost: bool,
    /// The step at which it was branched off.
    #[serde(default)]
    pub branched_at: Option<usize>,
    /// Parameters changed on the way, by rising step.
    #[serde(default)]
    pub changes: Vec<ChangeSpec>,
}

/// A parameter that is changed on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSpec {
    /// The first step that is taken with the new value.
    pub step: usize,
    /// The parameter's name.
    pub parameter: String,
    /// Its new value.
    pub value: Setting,
}

/// How a scene is looked at.
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
    /// Where the surface is looked at from; `None` for where the landscape is seen from first.
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
    /// The share of its prediction within which a local model counts as good.
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
    /// What the x axis counts: `steps` or `evaluations`; `None` for steps.
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
}

/// What the race of the runs shows; `None` for what is usual.
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

/// What the sweep of the selected run shows; `None` for what is usual.
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

/// What many random starts are for; `None` for what is usual.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StartsSpec {
    /// `restarts` or `tournament`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// How many restarts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restarts: Option<usize>,
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

/// Where the surface is looked at from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraSpec {
    /// The direction from the middle, in radians counterclockwise from the x axis.
    pub azimuth: f64,
    /// Radians above the horizon.
    pub elevation: f64,
    /// How near: 1 shows the whole surface.
    pub zoom: f64,
    /// How far the picture is pushed aside, in shorter sides of it.
    pub pan: [f64; 2],
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

impl SceneSpec {
    /// A landscape at its own start with these runs, looked at as at first.
    pub fn new(landscape: LandscapeSpec, runs: Vec<RunSpec>) -> Self {
        Self {
            version: VERSION,
            playhead: 0,
            selected: 0,
            start: None,
            start_seed: no_seed(),
            steps: steps(),
            tolerance: tolerance(),
            file: None,
            landscape,
            view: ViewSpec::default(),
            runs,
        }
    }
}

/// The parameters stand among the other keys: `method = "gd"`, `lr = 0.1`.
impl Serialize for RunSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { method, parameters, start, style, hidden, ghost, branched_at, changes } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("method", method)?;
        for (name, value) in parameters {
            map.serialize_entry(name, value)?;
        }
        start.map(|start| map.serialize_entry("start", &start)).transpose()?;
        style.map(|style| map.serialize_entry("style", &style)).transpose()?;
        for (name, flag) in [("hidden", *hidden), ("ghost", *ghost)] {
            if flag {
                map.serialize_entry(name, &flag)?;
            }
        }
        branched_at.map(|step| map.serialize_entry("branched_at", &step)).transpose()?;
        if !changes.is_empty() {
            map.serialize_entry("changes", changes)?;
        }
        map.end()
    }
}

impl RunSpec {
    /// A run by this method, with nothing else chosen.
    pub fn of(method: &Choice) -> Self {
        Self {
            method: method.entry.id.to_owned(),
            parameters: method.settings(),
            start: None,
            style: None,
            hidden: false,
            ghost: false,
            branched_at: None,
            changes: Vec::new(),
        }
    }
}

fn version() -> u32 {
    VERSION
}

fn no_seed() -> Seed {
    Seed::Number(0)
}

fn steps() -> usize {
    USUAL_STEPS
}

fn tolerance() -> f64 {
    1e-8
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// A table, or a spelling of the command line.
struct Spelled<T> {
    read: fn(&str) -> Result<T, SpecError>,
    is: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Spelled<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table, or a text in quotes as on the command line")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Spelled<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn landscape<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LandscapeSpec, D::Error> {
    Spelled { read: |text| LandscapeSpec::try_from(text), is: PhantomData }.deserialize(deserializer)
}

fn runs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<RunSpec>, D::Error> {
    deserializer.deserialize_seq(Runs)
}

/// A list of runs, each a table or a spelling.
struct Runs;

impl<'de> Visitor<'de> for Runs {
    type Value = Vec<RunSpec>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of runs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<RunSpec>, A::Error> {
        let spelled =
            || Spelled { read: |text| Choice::parse(text).map(|choice| RunSpec::of(&choice)), is: PhantomData };
        let mut runs = Vec::new();
        while let Some(run) = list.next_element_seed(spelled())? {
            runs.push(run);
        }
        Ok(runs)
    }
}
