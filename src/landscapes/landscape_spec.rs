//! A landscape as plain data, lossless: what a scene, a file or a link holds of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::fitted::{Fitted, Source};
use super::grid::{Grid, GridSpec};
use super::landscape::Origin;
use super::networks::{Data, PRESETS};
use super::{Axes, Landscape, Parameter, SpecError, Suggestion, ViewBox, find, nearest, own};

/// The value of a parameter in a file: a number, or the word of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    /// A number, also of a whole one.
    Number(f64),
    /// A word, or a number as it is spelled on the command line.
    Word(String),
}

impl Setting {
    /// The value of a parameter, as it is set in a file.
    pub fn of(parameter: &Parameter, value: f64) -> Self {
        if parameter.choices().is_some() { Self::Word(parameter.spell(value)) } else { Self::Number(value) }
    }

    /// Reads it back.
    ///
    /// # Errors
    /// [`SpecError`] naming the parameter, when it is no known choice or outside the domain.
    pub fn read(&self, parameter: &Parameter) -> Result<f64, SpecError> {
        match self {
            Self::Number(value) if parameter.choices().is_none() => parameter.check(*value).map(|()| *value),
            Self::Number(value) => parameter.read(&value.to_string()),
            Self::Word(word) => parameter.read(word),
        }
    }
}

/// A seed of 64 bits: a number as far as a file's whole numbers reach, and its digits as text beyond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Seed {
    /// Up to 2⁶³ − 1.
    Number(i64),
    /// Any, in decimal digits.
    Digits(String),
}

impl From<u64> for Seed {
    fn from(seed: u64) -> Self {
        i64::try_from(seed).map_or_else(|_| Self::Digits(seed.to_string()), Self::Number)
    }
}

impl Seed {
    /// Its value.
    ///
    /// # Errors
    /// [`SpecError::Data`] for a negative number, and for what is no number below 2⁶⁴.
    pub fn read(&self) -> Result<u64, SpecError> {
        let (read, text) = match self {
            Self::Number(seed) => (u64::try_from(*seed).ok(), seed.to_string()),
            Self::Digits(text) => (text.parse().ok(), text.clone()),
        };
        read.ok_or_else(|| {
            SpecError::Data(format!("seed cannot be '{text}': it must be a whole number from 0 to 2⁶⁴ − 1"))
        })
    }
}

/// A landscape with everything that was chosen of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LandscapeSpec {
    /// The id of its entry: one of the catalogue, `formula`, `network` or `grid`.
    pub id: String,
    /// The formula as it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Its parameters by name; those that are not named keep their defaults.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Setting>,
    /// The ends of the sliders of a formula's letters, where they were changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ranges: BTreeMap<String, [f64; 2]>,
    /// The region that was chosen, \[\[x0, x1\], \[y0, y1\]\].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<[[f64; 2]; 2]>,
    /// The samples of a network, where they are not its public ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub samples: Option<SamplesSpec>,
    /// The losses of a measured grid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<GridSpec>,
    /// The axes that it is seen in, where these are not its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axes: Option<AxesSpec>,
    /// What suits it, where that depends on how it came about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suited: Option<Suited>,
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
    /// [`SpecError`] naming the id, parameter, formula or number that is wrong.
    pub fn build(&self) -> Result<Landscape, SpecError> {
        let mut landscape = self.begin()?;
        let meant = self.judged_first();
        for (name, setting) in meant {
            landscape = landscape.with_setting(name, setting)?;
        }
        for (name, range) in &self.ranges {
            let index = landscape.index_of(name)?;
            landscape = landscape.with_range(index, *range);
        }
        if let Some(samples) = &self.samples {
            landscape = samples.fit(&landscape)?;
        }
        landscape = landscape.with_view(self.domain.map(|[x, y]| ViewBox { x, y }));
        if let Some(Suited { domain: [x, y], start, rate }) = self.suited {
            landscape.own_view = ViewBox { x, y };
            landscape.suggestion = Suggestion { start, rate };
        }
        if let Some(AxesSpec { stretch, angle, domain }) = self.axes {
            let view = domain.map(|[x, y]| ViewBox { x, y });
            landscape = landscape.with_axes(Axes { stretch, angle })?.with_view(view);
        }
        let box_ = landscape.view();
        if !box_.is_sane() {
            return Err(SpecError::Data(format!(
                "the domain {:?} × {:?} is no region that can be drawn",
                box_.x, box_.y
            )));
        }
        Ok(landscape)
    }

    fn begin(&self) -> Result<Landscape, SpecError> {
        let formula =
            || self.formula.as_deref().ok_or_else(|| SpecError::Data(format!("'{}' needs its formula", self.id)));
        match self.id.as_str() {
            id if id == own::FORMULA.id => {
                let text = formula()?;
                Landscape::of_formula(text).map_err(|error| SpecError::formula(&error, text))
            }
            id if id == own::NETWORK.id => {
                let text = formula()?;
                Landscape::of_network(text).map_err(|error| SpecError::formula(&error, text))
            }
            id if id == own::GRID.id => {
                let grid = self.grid.as_ref().ok_or_else(|| SpecError::Data("'grid' needs its losses".to_owned()))?;
                Ok(Landscape::of_grid(Grid::of_spec(grid).map_err(SpecError::Grid)?, &grid.file))
            }
            id => Ok(Landscape::of(find(id)?)),
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

    fn fit(&self, landscape: &Landscape) -> Result<Landscape, SpecError> {
        if let Some(seed) = &self.seed {
            return Ok(landscape.with_seed(seed.read()?));
        }
        let source = match (&self.file, &self.preset) {
            (Some(path), _) => Source::File(path.clone()),
            (None, Some(label)) => Source::Preset(preset_label(label)?),
            (None, None) => Source::Edited,
        };
        landscape.with_data(source, Data::edited(self.points.clone())?.noted(self.notes.clone()))
    }
}

fn preset_label(label: &str) -> Result<&'static str, SpecError> {
    let labels = || PRESETS.iter().map(|preset| preset.label);
    labels().find(|known| *known == label).ok_or_else(|| SpecError::UnknownId {
        kind: "data set",
        word: label.to_owned(),
        hint: nearest(label, labels()),
    })
}

impl Landscape {
    /// Everything that was chosen of it, from which it can be built again to the last bit.
    pub fn spec(&self) -> LandscapeSpec {
        if let Origin::Rescaled(rescaled) = &self.origin {
            let Axes { stretch, angle } = rescaled.axes;
            let domain = self.chosen_view.map(|view| [view.x, view.y]);
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
            domain: self.chosen_view.map(|view| [view.x, view.y]),
            ..LandscapeSpec::of(self.entry.id)
        };
        match &self.origin {
            Origin::Network(fitted) => spec.samples = SamplesSpec::of(fitted),
            Origin::Grid(measured) => spec.grid = Some(measured.grid.spec(&measured.path)),
            Origin::Surface | Origin::Formula(_) | Origin::Rescaled(_) => {}
        }
        let suits = |other: &Self| other.own_view == self.own_view && other.suggestion == self.suggestion;
        if !spec.build().is_ok_and(|built| suits(&built)) {
            let ViewBox { x, y } = self.own_view;
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

    fn index_of(&self, name: &str) -> Result<usize, SpecError> {
        let all = self.all_parameters();
        all.iter().position(|parameter| parameter.name == name).ok_or_else(|| SpecError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: name.to_owned(),
            hint: nearest(name, all.iter().map(|parameter| parameter.name)),
            known: all.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", "),
        })
    }

    fn with_setting(&self, name: &str, setting: &Setting) -> Result<Self, SpecError> {
        let index = self.index_of(name)?;
        self.with_parameter(index, setting.read(&self.all_parameters()[index])?)
    }
}

/// The spelling of the command line, where it names no file: `quad:kappa=10`.
impl TryFrom<&str> for LandscapeSpec {
    type Error = SpecError;

    fn try_from(text: &str) -> Result<Self, SpecError> {
        Landscape::parse(text).map(|landscape| landscape.spec())
    }
}
