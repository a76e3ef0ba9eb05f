//! A landscape as plain data, lossless: what a scene, a file or a link holds of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use super::fitted::{Fitted, Source};
use super::formula::FormulaError;
use super::grid::{Grid, GridSpec};
use super::landscape::Origin;
use super::networks::{Data, PRESETS};
use super::setting::{Seed, Setting};
use super::{InputError, Landscape, Parameter, RescaledAxes, Suggestion, ViewBox, find, nearest, own};

/// A landscape with everything that was chosen of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LandscapeSpec {
    /// The id of its entry: one of the catalog, `formula`, `network` or `grid`.
    pub id: String,
    /// The formula as it was typed.
    #[serde(default)]
    pub formula: Option<String>,
    /// Its parameters by name, which stand among the other keys; those that are not named keep their defaults.
    #[serde(default)]
    pub parameters: BTreeMap<String, Setting>,
    /// The ends of the sliders of a formula's letters, where they were changed.
    #[serde(default)]
    pub ranges: BTreeMap<String, [f64; 2]>,
    /// The region that was chosen, \[\[x0, x1\], \[y0, y1\]\].
    #[serde(default)]
    pub domain: Option<[[f64; 2]; 2]>,
    /// The samples of a network, where they are not its public ones.
    #[serde(default)]
    pub samples: Option<SamplesSpec>,
    /// The losses of a measured grid.
    #[serde(default)]
    pub grid: Option<GridSpec>,
    /// The axes that it is seen in, where these are not its own.
    #[serde(default)]
    pub axes: Option<AxesSpec>,
    /// What suits it, where that depends on how it came about.
    #[serde(default)]
    pub suited: Option<Suited>,
}

/// The parameters stand among the other keys: `id = "quad"`, `kappa = 10`.
impl Serialize for LandscapeSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, formula, parameters, ranges, domain, samples, grid, axes, suited } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", id)?;
        formula.as_ref().map(|formula| map.serialize_entry("formula", formula)).transpose()?;
        for (name, value) in parameters {
            map.serialize_entry(name, value)?;
        }
        domain.map(|domain| map.serialize_entry("domain", &domain)).transpose()?;
        if !ranges.is_empty() {
            map.serialize_entry("ranges", ranges)?;
        }
        samples.as_ref().map(|samples| map.serialize_entry("samples", samples)).transpose()?;
        grid.as_ref().map(|grid| map.serialize_entry("grid", grid)).transpose()?;
        axes.as_ref().map(|axes| map.serialize_entry("axes", axes)).transpose()?;
        suited.as_ref().map(|suited| map.serialize_entry("suited", suited)).transpose()?;
        map.end()
    }
}

/// Where the samples of a network come from, and which they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SamplesSpec {
    /// The seed by which they were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<Seed>,
    /// The file they were read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// The label of the data set that was made from those of the seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// The samples themselves, inputs and wanted outputs; none where a seed draws them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<[f64; 2]>,
    /// What in their file was taken for what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Axes that are stretched and turned: f(Ay), A = R(angle) diag(stretch, 1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxesSpec {
    /// The factor of the first coordinate.
    pub stretch: f64,
    /// The turn, in radians.
    pub angle: f64,
    /// The region that was chosen in these axes, \[\[x0, x1\], \[y0, y1\]\].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<[[f64; 2]; 2]>,
}

/// The region, the start and the rate that suit a landscape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suited {
    /// \[\[x0, x1\], \[y0, y1\]\].
    pub domain: [[f64; 2]; 2],
    /// Where runs start.
    pub start: [f64; 2],
    /// A learning rate of gradient descent.
    pub rate: f64,
}

impl LandscapeSpec {
    /// The entry with this id, and nothing chosen.
    pub fn of(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            formula: None,
            parameters: BTreeMap::new(),
            ranges: BTreeMap::new(),
            domain: None,
            samples: None,
            grid: None,
            axes: None,
            suited: None,
        }
    }

    /// The landscape itself.
    ///
    /// # Errors
    /// [`InputError`] naming the id, parameter, formula or number that is wrong.
    pub fn build(&self) -> Result<Landscape, InputError> {
        self.build_located().map_err(|(_, error)| error)
    }

    /// As [`Self::build`], but an error comes with the keys that lead to it.
    ///
    /// # Errors
    /// As [`Self::build`], with the keys that lead to what is wrong.
    #[expect(clippy::result_large_err, reason = "a landscape is built once for a scene")]
    pub fn build_located(&self) -> Result<Landscape, (Vec<&str>, InputError)> {
        let mut landscape = self.begin()?;
        let meant = self.judged_first();
        for (name, setting) in meant {
            landscape = landscape.with_setting(name, setting).map_err(|error| (vec!["parameters", name], error))?;
        }
        for (name, range) in &self.ranges {
            let index = landscape.index_of(name).map_err(|error| (vec!["ranges", name], error))?;
            let [low, high] = *range;
            if low >= high || !(high - low).is_finite() {
                let words =
                    format!("a slider from {low} to {high} has no room: write two finite numbers, the smaller first");
                return Err((vec!["ranges", name], InputError::Data(words)));
            }
            landscape = landscape.with_range(index, *range);
        }
        if let Some(samples) = &self.samples {
            landscape = samples.fit(&landscape)?;
        }
        landscape = landscape.with_domain(self.domain.map(|[x, y]| ViewBox { x, y }));
        if let Some(suited) = &self.suited {
            let Suited { domain: [x, y], start, rate } = suited.checked().map_err(|error| (vec!["suited"], error))?;
            landscape.own_domain = ViewBox { x, y };
            landscape.suggestion = Suggestion { start, rate };
        }
        drawable(&landscape).map_err(|error| (vec![if self.domain.is_some() { "domain" } else { "id" }], error))?;
        if let Some(AxesSpec { stretch, angle, domain }) = self.axes {
            let view = domain.map(|[x, y]| ViewBox { x, y });
            let turned = landscape.with_axes(RescaledAxes { stretch, angle }).map(|turned| turned.with_domain(view));
            landscape =
                turned.and_then(|turned| drawable(&turned).map(|()| turned)).map_err(|error| (vec!["axes"], error))?;
        }
        Ok(landscape)
    }

    #[expect(clippy::result_large_err, reason = "a landscape is built once for a scene")]
    fn begin(&self) -> Result<Landscape, (Vec<&str>, InputError)> {
        let typed = |build: fn(&str) -> Result<Landscape, FormulaError>| {
            let missing = || (vec!["id"], InputError::Data(format!("'{}' needs its formula", self.id)));
            let text = self.formula.as_deref().ok_or_else(missing)?;
            build(text).map_err(|error| (vec!["formula"], InputError::formula(&error, text)))
        };
        match self.id.as_str() {
            id if id == own::FORMULA.id => typed(Landscape::of_formula),
            id if id == own::NETWORK.id => typed(Landscape::of_network),
            id if id == own::GRID.id => {
                let missing = || (vec!["id"], InputError::Data("'grid' needs its losses".to_owned()));
                let grid = self.grid.as_ref().ok_or_else(missing)?;
                let read = Grid::of_spec(grid).map_err(|error| (vec!["grid"], InputError::Grid(error)))?;
                Ok(Landscape::of_grid(read, &grid.file))
            }
            id => Ok(Landscape::of(find(id).map_err(|error| (vec!["id"], error))?)),
        }
    }

    /// What a loss is comes first: number and noise of the samples are held against it.
    fn judged_first(&self) -> impl Iterator<Item = (&String, &Setting)> {
        let is_loss = |name: &str| name == "loss";
        let first = self.parameters.iter().filter(move |(name, _)| is_loss(name));
        first.chain(self.parameters.iter().filter(move |(name, _)| !is_loss(name)))
    }
}

impl SamplesSpec {
    fn of(fitted: &Fitted) -> Option<Self> {
        let spec = Self {
            seed: None,
            file: None,
            preset: None,
            points: fitted.data.samples().to_vec(),
            notes: fitted.data.notes().to_vec(),
        };
        match &fitted.source {
            Source::Drawn(None) => None,
            Source::Drawn(Some(seed)) => Some(Self { seed: Some((*seed).into()), points: Vec::new(), ..spec }),
            Source::File(path) => Some(Self { file: Some(path.clone()), ..spec }),
            Source::Preset(label) => Some(Self { preset: Some((*label).to_owned()), ..spec }),
            Source::Edited => Some(spec),
        }
    }

    #[expect(clippy::result_large_err, reason = "a landscape is built once for a scene")]
    fn fit(&self, landscape: &Landscape) -> Result<Landscape, (Vec<&'static str>, InputError)> {
        if let Some(seed) = &self.seed {
            let seed = seed.read().map_err(|error| (vec!["samples", "seed"], error))?;
            return Ok(landscape.with_seed(seed));
        }
        let source = match (&self.file, &self.preset) {
            (Some(path), _) => Source::File(path.clone()),
            (None, Some(label)) => {
                Source::Preset(preset_label(label).map_err(|error| (vec!["samples", "preset"], error))?)
            }
            (None, None) => Source::Edited,
        };
        let data = Data::edited(self.points.clone()).map(|data| data.noted(self.notes.clone()));
        data.and_then(|data| landscape.with_data(source, data)).map_err(|error| (vec!["samples"], error))
    }
}

/// Whether it has a region that can be drawn.
fn drawable(landscape: &Landscape) -> Result<(), InputError> {
    let ViewBox { x, y } = landscape.domain();
    if landscape.domain().is_sane() {
        return Ok(());
    }
    Err(InputError::Data(format!("the domain {x:?} × {y:?} is no region that can be drawn")))
}

impl Suited {
    /// These suggestions, if all of them are possible.
    fn checked(&self) -> Result<Self, InputError> {
        let [x, y] = self.domain;
        let is_finite = self.start.iter().all(|at| at.is_finite()) && ViewBox { x, y }.is_sane();
        if is_finite && self.rate > 0.0 && self.rate.is_finite() {
            return Ok(self.clone());
        }
        Err(InputError::Data("a region, a start in finite numbers and a rate above 0 are needed".to_owned()))
    }
}

fn preset_label(label: &str) -> Result<&'static str, InputError> {
    let labels = || PRESETS.iter().map(|preset| preset.label);
    labels().find(|known| *known == label).ok_or_else(|| InputError::UnknownId {
        kind: "data set",
        word: label.to_owned(),
        hint: nearest(label, labels()),
    })
}

impl Landscape {
    /// Everything that was chosen of it, from which it can be built again to the last bit.
    pub fn spec(&self) -> LandscapeSpec {
        if let Origin::Rescaled(rescaled) = &self.origin {
            let RescaledAxes { stretch, angle } = rescaled.axes;
            let domain = self.chosen_domain.map(|view| [view.x, view.y]);
            return LandscapeSpec { axes: Some(AxesSpec { stretch, angle, domain }), ..rescaled.inner.spec() };
        }
        let parameters = self.all_parameters().iter().zip(&self.values);
        let ranges = self.letters().iter().map(|letter| (letter.name.to_owned(), [letter.min, letter.max]));
        let mut spec = LandscapeSpec {
            formula: self.typed().map(str::to_owned),
            parameters: parameters
                .map(|(parameter, value)| (parameter.name.to_owned(), Setting::of(parameter, *value)))
                .collect(),
            ranges: ranges.collect(),
            domain: self.chosen_domain.map(|view| [view.x, view.y]),
            ..LandscapeSpec::of(self.entry.id)
        };
        match &self.origin {
            Origin::Network(fitted) => spec.samples = SamplesSpec::of(fitted),
            Origin::Grid(measured) => spec.grid = Some(measured.grid.spec(&measured.path)),
            Origin::Surface | Origin::Formula(_) | Origin::Rescaled(_) => {}
        }
        let suits = |other: &Self| other.own_domain == self.own_domain && other.suggestion == self.suggestion;
        if !spec.build().is_ok_and(|built| suits(&built)) {
            let ViewBox { x, y } = self.own_domain;
            let Suggestion { start, rate } = self.suggestion;
            spec.suited = Some(Suited { domain: [x, y], start, rate });
        }
        spec
    }

    /// Its parameters, with those that say nothing of samples that were brought.
    fn all_parameters(&self) -> &[Parameter] {
        match &self.origin {
            Origin::Network(Fitted { typed: Some(typed), .. }) => &typed.parameters,
            Origin::Network(_) => self.entry.parameters,
            _ => self.parameters(),
        }
    }

    fn index_of(&self, name: &str) -> Result<usize, InputError> {
        let all = self.all_parameters();
        all.iter().position(|parameter| parameter.name == name).ok_or_else(|| InputError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: name.to_owned(),
            hint: nearest(name, all.iter().map(|parameter| parameter.name)),
            known: all.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", "),
        })
    }

    fn with_setting(&self, name: &str, setting: &Setting) -> Result<Self, InputError> {
        let index = self.index_of(name)?;
        self.with_parameter(index, setting.read(&self.all_parameters()[index])?)
    }
}

/// The spelling of the command line, where it names no file: `quad:kappa=10`.
impl TryFrom<&str> for LandscapeSpec {
    type Error = InputError;

    fn try_from(text: &str) -> Result<Self, InputError> {
        Landscape::parse(text).map(|landscape| landscape.spec())
    }
}
