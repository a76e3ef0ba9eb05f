//! A landscape that was chosen: its entry, the values of its parameters, where it comes from, and the loss built from them.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::excerpt::path_text;
use super::fitted::Fitted;
use super::formula::{Expression, FormulaError};
use super::grid::{Grid, MissingValue};
use super::networks::{self, Data};
use super::rescaled_axes::Rescaled;
use super::{
    Build, CriticalSet, Entry, InputError, KinkLine, Loss, OwnKind, Parameter, SampledLoss, Suggestion, ViewBox,
    nearest, own, surfaces,
};
use crate::numbers::{Dimension, Point};

/// Every landscape of the catalog, surfaces first.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    surfaces::ENTRIES.iter().chain(networks::ENTRIES).copied()
}

/// The entry with this id.
///
/// # Errors
/// [`InputError::UnknownId`] with the nearest known id.
pub fn find(id: &str) -> Result<&'static Entry, InputError> {
    let own = own::ENTRIES.iter().map(|entry| entry.id);
    entries().find(|entry| entry.id == id).ok_or_else(|| InputError::UnknownId {
        kind: "landscape",
        word: id.to_owned(),
        hint: nearest(id, entries().map(|entry| entry.id).chain(own)),
    })
}

/// What a landscape is made of beside the values of its parameters.
#[derive(Clone)]
pub(super) enum Origin {
    Surface,
    Network(Fitted),
    Formula(Arc<Formula>),
    Grid(Arc<Measured>),
    Rescaled(Arc<Rescaled>),
}

/// A formula the user typed, and how it is set.
#[derive(Clone)]
pub(super) struct Formula {
    pub(super) expression: Expression,
    /// Its letters, with the ranges of their sliders.
    parameters: Vec<Parameter>,
    pretty: String,
}

/// A grid the user measured, and what it is called.
pub(super) struct Measured {
    pub(super) path: PathBuf,
    pub(super) grid: Arc<Grid>,
    name: String,
    summary: String,
    /// Where it is level, once that was asked for.
    plateaus: OnceLock<Vec<CriticalSet>>,
}

/// A landscape with its parameters set; cheap to copy.
#[derive(Clone)]
pub struct Landscape {
    pub(super) entry: &'static Entry,
    pub(super) values: Vec<f64>,
    pub(super) origin: Origin,
    /// The region that suits it.
    pub(super) own_domain: ViewBox,
    /// The region that the user chose instead.
    pub(super) chosen_domain: Option<ViewBox>,
    pub(super) suggestion: Suggestion,
    pub(super) loss: Arc<dyn Loss>,
}

impl Landscape {
    /// The entry's landscape with default parameters and its public data.
    pub fn of(entry: &'static Entry) -> Self {
        let values: Vec<f64> = entry.parameters.iter().map(|parameter| parameter.default).collect();
        let loss = match entry.build {
            Build::Surface(build) => build(&values),
            Build::Network { loss, draw, .. } => return Self::of_catalogued(entry, loss, draw(&values)),
            Build::Own(brought) => return Self::example(brought),
        };
        Self::of_entry(entry, values, Origin::Surface, loss)
    }

    /// A formula or a network to begin with; a file is asked for, so a formula stands in for it.
    fn example(kind: OwnKind) -> Self {
        let read = match kind {
            OwnKind::Network => Self::of_network(own::EXAMPLE_NETWORK),
            OwnKind::Formula | OwnKind::File => Self::of_formula(own::EXAMPLE),
        };
        // A test reads them; a surface of the catalog stands in for what cannot be.
        read.unwrap_or_else(|_| Self::of(surfaces::ENTRIES[0]))
    }

    /// What an entry's landscape shows first, with this loss.
    pub(super) fn of_entry(entry: &'static Entry, values: Vec<f64>, origin: Origin, loss: Arc<dyn Loss>) -> Self {
        let (own_domain, suggestion) = (entry.domain, entry.suggestion);
        Self { entry, values, origin, own_domain, chosen_domain: None, suggestion, loss }
    }

    /// A formula in x and y; its other letters are parameters.
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn of_formula(text: &str) -> Result<Self, FormulaError> {
        let expression = Expression::parse(text)?;
        let values: Vec<f64> = expression.parameters().iter().map(|parameter| parameter.default).collect();
        Ok(Self::of_expression(expression, values))
    }

    fn of_expression(expression: Expression, values: Vec<f64>) -> Self {
        let loss = expression.loss(&values);
        let own_domain = expression.domain(&values);
        let suggestion = expression.suggestion(&values, &own_domain);
        let pretty = format!("f = {}", expression.pretty());
        let origin =
            Origin::Formula(Arc::new(Formula { parameters: expression.parameters().to_vec(), expression, pretty }));
        Self { entry: &own::FORMULA, values, origin, own_domain, chosen_domain: None, suggestion, loss }
    }

    /// Another formula instead of this one, of a loss or of a network: its letters keep their values, the box stays if
    /// it was chosen.
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn with_formula(&self, text: &str) -> Result<Self, FormulaError> {
        if let Origin::Network(fitted) = &self.origin
            && let Some(typed) = &fitted.typed
        {
            return self.with_network_formula(fitted, typed, text);
        }
        let expression = Expression::parse(text)?;
        let is_formula = matches!(self.origin, Origin::Formula(_));
        let letters = if is_formula { self.parameters() } else { &[] };
        let known = |name: &str| letters.iter().position(|parameter| parameter.name == name);
        let value = |parameter: &Parameter| known(parameter.name).map_or(parameter.default, |index| self.values[index]);
        let values = expression.parameters().iter().map(value).collect();
        let chosen_domain = self.chosen_domain.filter(|_| is_formula);
        let mut landscape = Self { chosen_domain, ..Self::of_expression(expression, values) };
        for old in letters {
            if let Some(index) = landscape.parameters().iter().position(|parameter| parameter.name == old.name) {
                landscape = landscape.with_range(index, [old.min, old.max]);
            }
        }
        Ok(landscape)
    }

    /// The same formula with another range of a letter's slider; nothing changes for an invalid range.
    #[must_use]
    pub fn with_range(&self, index: usize, [min, max]: [f64; 2]) -> Self {
        let mut changed = self.clone();
        let is_range = min < max && (max - min).is_finite() && index < self.letters().len();
        let set = |parameters: &mut [Parameter]| [parameters[index].min, parameters[index].max] = [min, max];
        match &mut changed.origin {
            Origin::Formula(formula) if is_range => set(&mut Arc::make_mut(formula).parameters),
            Origin::Network(Fitted { typed: Some(typed), .. }) if is_range => set(&mut Arc::make_mut(typed).parameters),
            _ => {}
        }
        changed
    }

    /// A measured grid, called by its file.
    pub fn of_grid(grid: Grid, path: &Path) -> Self {
        let name = path_text(Path::new(path.file_name().unwrap_or(OsStr::new("grid"))));
        let (own_domain, suggestion, summary) = (grid.domain(), grid.suggestion(), grid.to_string());
        let grid = Arc::new(grid);
        let plateaus = OnceLock::new();
        let measured = Measured { path: path.to_owned(), grid: Arc::clone(&grid), name, summary, plateaus };
        let origin = Origin::Grid(Arc::new(measured));
        Self { entry: &own::GRID, values: Vec::new(), origin, own_domain, chosen_domain: None, suggestion, loss: grid }
    }

    /// The same landscape with one parameter changed.
    ///
    /// # Errors
    /// [`InputError::OutOfDomain`] when the value makes no sense for it.
    pub fn with_parameter(&self, index: usize, value: f64) -> Result<Self, InputError> {
        if let Origin::Rescaled(rescaled) = &self.origin {
            let inner = rescaled.inner.with_parameter(index, value)?;
            return Ok(inner.with_axes(rescaled.axes)?.with_domain(self.chosen_domain));
        }
        let mut changed = self.clone();
        let Some(parameter) = self.parameters().get(index) else { return Ok(changed) };
        parameter.check(value)?;
        changed.values[index] = value;
        changed.loss = match (&self.origin, self.entry.build) {
            (Origin::Network(_), _) => return changed.refitted(index),
            (Origin::Formula(formula), _) => formula.expression.loss(&changed.values),
            (_, Build::Surface(build)) => build(&changed.values),
            _ => return Ok(changed),
        };
        Ok(changed)
    }

    /// The same landscape shown and searched in another region; `None` for the one that suits it.
    #[must_use]
    pub fn with_domain(&self, domain: Option<ViewBox>) -> Self {
        Self { chosen_domain: domain, ..self.clone() }
    }

    /// What it is.
    pub fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// Its name on screen.
    pub fn name(&self) -> &str {
        match &self.origin {
            Origin::Grid(measured) => &measured.name,
            Origin::Rescaled(rescaled) => rescaled.inner.name(),
            _ => self.entry.name,
        }
    }

    /// Its formula in mathematical Unicode; of a grid, what was measured.
    pub fn formula(&self) -> &str {
        match &self.origin {
            Origin::Formula(formula) => &formula.pretty,
            Origin::Grid(measured) => &measured.summary,
            Origin::Rescaled(rescaled) => &rescaled.formula,
            Origin::Network(Fitted { typed: Some(typed), .. }) => &typed.pretty,
            _ => self.entry.formula,
        }
    }

    /// The formula as it was typed, if it was.
    pub fn typed(&self) -> Option<&str> {
        match &self.origin {
            Origin::Formula(formula) => Some(formula.expression.text()),
            Origin::Network(Fitted { typed: Some(typed), .. }) => Some(typed.formula.text()),
            _ => None,
        }
    }

    /// Its domain, the region that is searched; what is shown at first is [`Self::frame`].
    pub fn domain(&self) -> ViewBox {
        self.chosen_domain.unwrap_or(self.own_domain)
    }

    /// The domain that the user chose, if any.
    pub fn chosen_domain(&self) -> Option<ViewBox> {
        self.chosen_domain
    }

    /// A start and a learning rate that show what it is about; the start lies in the region to show.
    pub fn suggestion(&self) -> Suggestion {
        let view = self.domain();
        let one_weight = self.dimension().is_one();
        let [x, y] = self.suggestion.start;
        // With one weight, y may lie anywhere.
        let is_inside = view.contains(Point::new(x, if one_weight { view.center().y } else { y }));
        if is_inside {
            return self.suggestion;
        }
        // A quarter in from the corner: the middle is too often a critical point. In a hole nothing can begin.
        let up = |y: f64| if one_weight { 0.0 } else { view.y[0] + y * view.height() };
        let place = |[x, y]: [f64; 2]| Point::new(view.x[0] + x * view.width(), up(y));
        let quarter = place([0.25, 0.7]);
        let inner = |index: u32| [f64::from(index % 9 + 1) / 10.0, f64::from(index / 9 + 1) / 10.0];
        let others = (0..81).map(|index| place(inner(index)));
        let start = std::iter::once(quarter).chain(others).find(|at| self.loss.value(*at).is_finite());
        Suggestion { start: start.unwrap_or(quarter).into(), ..self.suggestion }
    }

    /// Its parameters, each with a value in [`Self::values`]; number and noise of samples only where they are drawn.
    pub fn parameters(&self) -> &[Parameter] {
        match &self.origin {
            Origin::Formula(formula) => &formula.parameters,
            Origin::Network(fitted) => fitted.parameters(self.entry),
            Origin::Rescaled(rescaled) => rescaled.inner.parameters(),
            _ => self.entry.parameters,
        }
    }

    /// The letters of a typed formula among its parameters; they come first.
    pub fn letters(&self) -> &[Parameter] {
        match &self.origin {
            Origin::Formula(formula) => &formula.parameters,
            Origin::Network(Fitted { typed: Some(typed), .. }) => &typed.parameters[..typed.formula.parameters().len()],
            _ => &[],
        }
    }

    /// Its number of weights: one for a function of x alone, such as the parabola or a formula without y.
    pub fn dimension(&self) -> Dimension {
        self.loss.dimension()
    }

    /// What its two weights are called.
    pub fn weights(&self) -> [&'static str; 2] {
        match &self.origin {
            Origin::Network(_) => ["w₁", "w₂"],
            Origin::Rescaled(rescaled) => rescaled.inner.weights(),
            _ => ["x", "y"],
        }
    }

    /// The values of its parameters, in their order.
    pub fn values(&self) -> &[f64] {
        &self.values[..self.parameters().len().min(self.values.len())]
    }

    /// Its loss.
    pub fn loss(&self) -> &dyn Loss {
        self.loss.as_ref()
    }

    /// Its loss as one over samples; `None` unless it is a network.
    pub fn sampled_loss(&self) -> Option<&dyn SampledLoss> {
        self.loss.as_samples()
    }

    /// What it shares with its copies: its place in memory, and about how large that is, in bytes; `None` for next to nothing.
    pub fn shared_bytes(&self) -> Option<(usize, usize)> {
        /// For each point of a grid: its loss and what the surface through it needs.
        const POINT: usize = 32;
        /// For each sample: itself, and what a network keeps beside it.
        const SAMPLE: usize = 64;
        /// For each character of a formula: its operations, and those of its derivatives.
        const CHARACTER: usize = 256;
        let bytes = match &self.origin {
            Origin::Surface => return None,
            Origin::Rescaled(rescaled) => return rescaled.inner.shared_bytes(),
            Origin::Network(fitted) => SAMPLE * fitted.data.len() + CHARACTER * self.typed().map_or(0, str::len),
            Origin::Formula(formula) => CHARACTER * formula.expression.text().len(),
            Origin::Grid(measured) => POINT * measured.grid.size().into_iter().product::<usize>(),
        };
        Some((Arc::as_ptr(&self.loss).addr(), bytes))
    }

    /// What an evaluation of the loss costs: one for a short formula in two variables, or else the number of samples; more
    /// for many layers and for long formulas.
    pub fn cost(&self) -> usize {
        self.data().map_or(1, Data::len).max(1) * self.loss.effort().max(1)
    }

    /// Its lines, curves and areas of critical points, as far as they are known without a search.
    pub fn critical_sets(&self) -> Vec<CriticalSet> {
        let view = self.domain();
        if let Origin::Rescaled(rescaled) = &self.origin {
            return rescaled.critical_sets();
        }
        if let Origin::Grid(measured) = &self.origin {
            let plateaus = measured.plateaus.get_or_init(|| measured.grid.plateaus()).iter();
            let is_seen = |set: &&CriticalSet| set.polyline.is_empty() || !set.polyline_in(&view).is_empty();
            return plateaus.filter(is_seen).cloned().collect();
        }
        let mut sets = (self.entry.critical_sets)(&self.values, self.data());
        // The area in which no sample switches a rectified unit on is known as a polygon; any other is the whole box.
        for set in sets.iter_mut().filter(|set| set.kind == CriticalSet::FLAT && set.polyline.is_empty()) {
            let dead = self.sampled_loss().and_then(|loss| loss.dead_region(&view));
            let mut outline = dead.unwrap_or_else(|| view.corners().to_vec());
            outline.extend(outline.first().copied());
            set.polyline = outline;
        }
        sets
    }

    /// Its minima on kinks.
    pub fn corners(&self) -> Vec<Point> {
        match &self.origin {
            Origin::Rescaled(rescaled) => rescaled.corners(),
            _ => (self.entry.corners)(&self.values, self.data()),
        }
    }

    /// Where a piece of its formula switches, so that the slope may jump.
    pub fn kink_lines(&self) -> Vec<KinkLine> {
        match &self.origin {
            Origin::Formula(formula) => formula.expression.kink_lines(&self.values),
            Origin::Network(Fitted { typed: Some(typed), data, .. }) => typed.kink_lines(&self.values, data),
            Origin::Rescaled(rescaled) => rescaled.kink_lines(),
            _ => (self.entry.kink_lines)(&self.values, self.data()),
        }
    }

    /// The grid of measured losses that it passes through, if it does.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.origin {
            Origin::Grid(measured) => Some(&measured.grid),
            _ => None,
        }
    }

    /// Details on a point where the loss has no value, if there are any.
    pub fn hole(&self, at: Point) -> Option<MissingValue> {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.hole(at),
            Origin::Rescaled(rescaled) => rescaled.inner.hole(rescaled.axes.out_of(at)),
            _ => None,
        }
    }

    /// How its file was interpreted, where that is not obvious.
    pub fn interpretation_notes(&self) -> &[String] {
        match &self.origin {
            Origin::Grid(measured) => measured.grid.notes(),
            Origin::Network(fitted) => fitted.data.notes(),
            Origin::Rescaled(rescaled) => rescaled.inner.interpretation_notes(),
            _ => &[],
        }
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Surface, Self::Surface) => true,
            (Self::Network(a), Self::Network(b)) => a == b,
            (Self::Formula(a), Self::Formula(b)) => {
                Arc::ptr_eq(a, b) || a.expression.text() == b.expression.text() && a.parameters == b.parameters
            }
            (Self::Rescaled(a), Self::Rescaled(b)) => a == b,
            (Self::Grid(a), Self::Grid(b)) => Arc::ptr_eq(a, b) || a.path == b.path && a.grid == b.grid,
            _ => false,
        }
    }
}

/// Landscapes are equal if they are the same surface: what is suggested for them does not matter.
impl PartialEq for Landscape {
    fn eq(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id
            && self.values == other.values
            && self.domain() == other.domain()
            && self.origin == other.origin
    }
}

impl fmt::Debug for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Landscape({self})")
    }
}
