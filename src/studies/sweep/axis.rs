//! An axis of a sweep: a parameter, and the values that it takes.

use crate::landscapes::Scale;
use crate::numbers::Point;
use crate::optimizers::{Choice, ENTRIES, Method, RATE_RATIO};
use crate::studies::usual;

/// What is varied along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepKey {
    /// The parameter at this position of the method's list.
    Parameter(usize),
    /// The rate of a weight, 0 or 1: the method's own, and what its ratio makes of that.
    WeightRate(usize),
}

/// The names of the rates of each weight.
const WEIGHT_RATES: [&str; 2] = ["lr1", "lr2"];

impl SweepKey {
    /// The key of this name; `None` if the method has none, or a word and not a number stands there.
    pub fn find(method: &Method, name: &str) -> Option<Self> {
        if let Some(weight) = WEIGHT_RATES.iter().position(|rate| *rate == name) {
            return Some(Self::WeightRate(weight));
        }
        let place = method.parameter_index(name)?;
        method.parameters[place].choices().is_none().then_some(Self::Parameter(place))
    }

    /// The names of all keys of a method.
    pub fn names(method: &Method) -> Vec<&'static str> {
        let numbers = method.parameters.iter().filter(|parameter| parameter.choices().is_none());
        let rates = if method.index_of(RATE_RATIO).is_some() { &WEIGHT_RATES[..] } else { &[] };
        numbers.map(|parameter| parameter.name).chain(rates.iter().copied()).collect()
    }

    /// Its name.
    pub fn name(self, method: &Method) -> &'static str {
        match self {
            Self::Parameter(place) => method.parameters[place].name,
            Self::WeightRate(weight) => WEIGHT_RATES[weight],
        }
    }

    /// Whether its values are spread in equal ratios where nothing else is asked: rates, and what has a logarithmic slider.
    pub fn is_log(self, method: &Method) -> bool {
        match self {
            Self::Parameter(place) => {
                let parameter = &method.parameters[place];
                Some(place) == method.rate_index() || parameter.scale == Scale::Log && parameter.min > 0.0
            }
            Self::WeightRate(_) => true,
        }
    }

    /// How it is written in formulas.
    pub fn symbol(self, method: &Method) -> &'static str {
        match self {
            Self::Parameter(place) if method.parameters[place].symbol.is_empty() => method.parameters[place].name,
            Self::Parameter(place) => method.parameters[place].symbol,
            Self::WeightRate(weight) => ["η₁", "η₂"][weight],
        }
    }
}

/// What is varied, by its name and not by its place: the same for every method that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepParameter(&'static str);

impl SweepParameter {
    /// The parameter of a method.
    pub fn of(key: SweepKey, method: &Method) -> Self {
        Self(key.name(method))
    }

    /// The parameter with this name; `None` if no method has it.
    pub fn find(name: &str) -> Option<Self> {
        ENTRIES.iter().find_map(|method| Some(Self::of(SweepKey::find(method, name)?, method)))
    }

    /// Its name on the command line and in files.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// Where a method has it; `None` if it has not.
    pub fn on(self, method: &Method) -> Option<SweepKey> {
        SweepKey::find(method, self.0)
    }
}

/// A parameter and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    /// What is varied.
    pub key: SweepKey,
    /// Its values, rising.
    pub values: Vec<f64>,
    /// Whether they are spread in equal ratios: then its picture is logarithmic.
    pub is_log: bool,
}

impl SweepAxis {
    /// How many values are tried along x and y where nothing else is asked: of two parameters or of one.
    pub fn usual_counts(optimizer: &Choice, are_two: bool) -> [usize; 2] {
        let one_by_one = usize::from(optimizer.in_lanes(1).is_none());
        if are_two { usual::ACROSS[one_by_one] } else { [usual::ALONG[one_by_one], 1] }
    }

    /// `count` values from `low` to `high`, both among them, in equal steps or in equal ratios.
    pub fn spaced(key: SweepKey, [low, high]: [f64; 2], count: usize, is_log: bool) -> Self {
        let last = count.saturating_sub(1).max(1) as f64;
        let value = |place: usize| {
            let share = place as f64 / last;
            match place {
                0 => low,
                place if place + 1 == count => high,
                _ if is_log => libm::exp(libm::log(low) + (libm::log(high) - libm::log(low)) * share),
                _ => low + (high - low) * share,
            }
        };
        Self { key, values: (0..count).map(value).collect(), is_log }
    }

    /// The axis with a value in the place of its nearest neighbor; as it is where that lies outside.
    #[must_use]
    pub fn through(mut self, value: f64) -> Self {
        let above = self.values.partition_point(|known| *known < value);
        let is_between = above > 0 && self.values.get(above).is_some_and(|next| *next > value);
        if !is_between || self.values.len() < 3 {
            return self;
        }
        let is_lower = value - self.values[above - 1] < self.values[above] - value;
        // Its ends stay.
        let place = if is_lower { above - 1 } else { above }.clamp(1, self.values.len() - 2);
        self.values[place] = value;
        self
    }

    /// The axis with whole numbers, each once: for a parameter that is a count.
    #[must_use]
    pub fn whole(mut self) -> Self {
        for value in &mut self.values {
            *value = value.round();
        }
        self.values.dedup();
        self
    }
}

/// The minimum at which a theorem is applied: the nearest to a start.
pub(super) fn nearest(points: impl Iterator<Item = Point>, start: Point) -> Option<Point> {
    points.min_by(|a, b| (a - start).norm().total_cmp(&(b - start).norm()))
}
