//! The options of the sweep: the varied parameters, the quantity that is shown, the criterion of arrival, and the number of seeds.

use crate::drawing::choices::choices;
use crate::optimizers::Method;
use crate::studies::{SweepKey, SweepParameter, usual};

choices! {
    /// What is shown of every walk.
    SweepQuantity {
        /// How low it comes.
        Loss: "loss", "loss at the stop", "The loss where the run stops, at the tolerance or after its last step, above the lowest known minimum where one is known.";
        /// How long it takes.
        #[default]
        Steps: "steps", "steps", "After how many steps the run has arrived at the tolerance.";
        /// What it ends at.
        End: "end", "end", "What the run ends at: a minimum, a saddle, a two-cycle, infinity, or nothing yet.";
        /// The loss of one run whose rate grows.
        RangeTest: "range_test", "range test", "The learning-rate range test: one run whose rate grows a little with every step, and the loss after each.";
    }
}

choices! {
    /// When a walk has arrived.
    SweepUntil {
        /// At a gradient.
        #[default]
        Gradient: "gradient", "‖∇f‖", "A run has arrived when its gradient is this short, wherever that is.";
        /// At a loss above f*.
        Loss: "loss", "loss − f*", "A run has arrived when its loss is this near to f*, that of the lowest known minimum.";
        /// At a distance.
        Distance: "distance", "distance", "A run has arrived when the nearest known minimum is no further away than this.";
    }
}

/// Seeds at most.
pub const MOST_SEEDS: u32 = 50;

/// The parameters that are varied: one, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepOver {
    /// Along x.
    pub x: SweepParameter,
    /// Along y; `None` where one is varied.
    pub y: Option<SweepParameter>,
}

/// The options of the sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepChoice {
    /// What is varied; `None` for the method's main parameter.
    pub over: Option<SweepOver>,
    /// What is shown; `None` for steps, or the loss where no setting arrives.
    pub quantity: Option<SweepQuantity>,
    /// When a walk has arrived.
    pub until: SweepUntil,
    /// The tolerance of that criterion.
    pub tolerance: f64,
    /// A walk for each of this many seeds, of a method that draws random numbers; 1 for the run's own.
    pub seeds: u32,
    /// The ranges along x and along y; `None` for those that suit the method on this loss.
    pub region: Option<[[f64; 2]; 2]>,
}

impl Default for SweepChoice {
    fn default() -> Self {
        Self {
            over: None,
            quantity: None,
            until: SweepUntil::default(),
            tolerance: usual::TOLERANCE,
            seeds: 1,
            region: None,
        }
    }
}

/// One change of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SweepChange {
    /// Other parameters are varied.
    Over(SweepOver),
    /// Something else is shown.
    Quantity(SweepQuantity),
    /// Another criterion.
    Until(SweepUntil),
    /// Another tolerance; what is not above 0 changes nothing.
    Tolerance(f64),
    /// Another number of seeds, between 1 and [`MOST_SEEDS`].
    Seeds(u32),
    /// Other ranges, or those that suit.
    Region(Option<[[f64; 2]; 2]>),
}

impl SweepChoice {
    /// Carries out a change.
    pub fn change(&mut self, change: SweepChange) {
        match change {
            SweepChange::Over(over) => (self.over, self.region) = (Some(over), None),
            SweepChange::Quantity(quantity) => self.quantity = Some(quantity),
            SweepChange::Until(until) => self.until = until,
            SweepChange::Tolerance(value) if value > 0.0 && value.is_finite() => self.tolerance = value,
            SweepChange::Tolerance(_) => {}
            SweepChange::Seeds(seeds) => self.seeds = seeds.clamp(1, MOST_SEEDS),
            SweepChange::Region(region) => {
                let is_range = |[low, high]: &[f64; 2]| low < high && low.is_finite() && high.is_finite();
                self.region = region.filter(|sides| sides.iter().all(is_range));
            }
        }
    }

    /// What is varied of a method: what was chosen where it has that, else its main parameter. `None` for a method without a
    /// parameter that is a number.
    pub fn keys(&self, method: &Method) -> Option<[Option<SweepKey>; 2]> {
        let main = || method.main_index().map(SweepKey::Parameter);
        let Some(over) = self.over else { return Some([Some(main()?), None]) };
        match (over.x.on(method), over.y.map(|y| y.on(method))) {
            (Some(x), None) => Some([Some(x), None]),
            (Some(x), Some(Some(y))) => Some([Some(x), Some(y)]),
            _ => Some([Some(main()?), None]),
        }
    }
}

/// Everything that can be varied of a method: each parameter alone, the rate with each other one, and the rates of each weight.
pub fn sweeps_of(method: &Method) -> Vec<SweepOver> {
    let named = |name: &&str| SweepKey::find(method, name).map(|key| (SweepParameter::of(key, method), key));
    let all: Vec<(SweepParameter, SweepKey)> = SweepKey::names(method).iter().filter_map(named).collect();
    let parameters = || all.iter().filter(|(_, key)| matches!(key, SweepKey::Parameter(_)));
    let alone = parameters().map(|(x, _)| SweepOver { x: *x, y: None });
    let rate = method.rate_index().map(SweepKey::Parameter);
    let is_rate = |key: SweepKey| Some(key) == rate;
    let first = parameters().find(|(_, key)| is_rate(*key)).map(|(rate, _)| *rate);
    let with_rate = first.into_iter().flat_map(|rate| {
        parameters().filter(|(_, key)| !is_rate(*key)).map(move |(y, _)| SweepOver { x: rate, y: Some(*y) })
    });
    let weights: Vec<SweepParameter> =
        all.iter().filter(|(_, key)| matches!(key, SweepKey::WeightRate(_))).map(|(parameter, _)| *parameter).collect();
    let of_weights = match weights[..] {
        [x, y] => Some(SweepOver { x, y: Some(y) }),
        _ => None,
    };
    alone.chain(with_rate).chain(of_weights).collect()
}
