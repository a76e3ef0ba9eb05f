//! The data of a scene. What is left out has its default; what is unknown is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::view_spec::ViewSpec;
use crate::landscapes::{InputError, LandscapeSpec, Seed, Setting, USUAL_STEPS};
use crate::optimizers::Choice;

/// The version of the form below.
pub const VERSION: u32 = 1;

/// The key of the list of runs, and its other name.
pub(super) const RUN: &str = "run";
pub(super) const RUNS: &str = "runs";
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
    /// How it is shown.
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

/// The parameters stand among the other keys, each by its name.
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
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
pub(super) fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// A table, or a spelling of the command line.
struct Spelled<T> {
    read: fn(&str) -> Result<T, InputError>,
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
