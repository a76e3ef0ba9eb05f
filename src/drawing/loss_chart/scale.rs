//! From a step and a value to the plane of the chart: what the axes count, and on which scale.

use super::{ChartAxis, ChartChoice, ChartScale, Curve, Floor};
use crate::landscapes::Evaluations;
use crate::optimizers::{CostModel, MethodCost};
use crate::run::Run;

/// What a logarithm of a value beyond the numbers is cut to, so that differences stay numbers.
const LARGEST: f64 = 1e300;

/// The x axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct XAxis {
    against: ChartAxis,
    log: bool,
    model: CostModel,
}

/// What a run spends.
#[derive(Clone, Copy)]
pub struct Spending<'a> {
    run: &'a Run,
    cost: MethodCost,
    /// Seconds a step, if they were measured.
    seconds: Option<f64>,
}

impl<'a> Spending<'a> {
    /// The spending of a run; `seconds` is the mean time of a step, if it is known.
    pub fn new(run: &'a Run, seconds: Option<f64>) -> Self {
        Self { run, cost: MethodCost::of(&run.recipe().optimizer, run.landscape()), seconds }
    }
}

impl XAxis {
    /// The one that was chosen, with these costs.
    pub fn of(choice: &ChartChoice, model: CostModel) -> Self {
        Self { against: choice.against, log: choice.log_x, model }
    }

    /// Whether it is logarithmic.
    pub fn is_log(self) -> bool {
        self.log
    }

    /// What has been spent when an iterate is reached; `None` where that is not known.
    fn amount(self, of: &Spending<'_>, step: usize) -> Option<f64> {
        let asked = || evaluations_before(of.run, step);
        match self.against {
            ChartAxis::Steps => Some(step as f64),
            ChartAxis::Evaluations => Some(f64::from(asked().total())),
            ChartAxis::Gradients => Some(self.model.gradients(&of.cost, asked(), step)),
            ChartAxis::Operations => Some(self.model.operations(&of.cost, asked(), step)),
            ChartAxis::Time => Some(of.seconds? * 1e6 * step as f64),
        }
    }

    /// Where an iterate stands on it; `None` for 0 on a logarithmic axis, and where what was spent is not known.
    pub fn place(self, of: &Spending<'_>, step: usize) -> Option<f64> {
        self.place_of(self.amount(of, step)?)
    }

    /// Where a number stands on it; `None` for 0 on a logarithmic axis.
    pub fn place_of(self, count: f64) -> Option<f64> {
        if self.log { (count > 0.0).then(|| libm::log10(count)) } else { Some(count) }
    }

    /// The number that a place stands for: whole where something is counted.
    pub fn count(self, x: f64) -> f64 {
        let count = if self.log { libm::pow(10.0, x) } else { x };
        let is_whole = matches!(self.against, ChartAxis::Steps | ChartAxis::Evaluations);
        if is_whole { count.round().max(0.0) } else { count.max(0.0) }
    }

    /// The iterate of a run at a place: the nearest step or, against a cost, the last one within the cost at that place. It
    /// may lie beyond the end of the run.
    pub fn step(self, of: &Spending<'_>, x: f64) -> usize {
        // What is rounded in a logarithm is no step less.
        const ROUNDING: f64 = 1.0 + 1e-12;
        let count = self.count(x);
        if self.against == ChartAxis::Steps {
            return count as usize;
        }
        let steps: usize = of.run.iterates().len();
        let is_paid = |step: usize| self.amount(of, step).is_some_and(|amount| amount <= count * ROUNDING);
        let (mut paid, mut unpaid) = (0, steps);
        while unpaid - paid > 1 {
            let middle = usize::midpoint(paid, unpaid);
            if is_paid(middle) {
                paid = middle;
            } else {
                unpaid = middle;
            }
        }
        paid.min(steps.saturating_sub(1))
    }
}

/// What a run had asked for when it reached an iterate.
fn evaluations_before(run: &Run, step: usize) -> Evaluations {
    step.checked_sub(1)
        .and_then(|before| run.iterates().get(before))
        .map(|before| before.evaluations)
        .unwrap_or_default()
}

/// The y axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum YScale {
    /// The values.
    Linear,
    /// log₁₀ of `sign` · (value − `floor`).
    Log {
        /// What is taken from the value: f*, or 0.
        floor: f64,
        /// −1 where the negative is shown.
        sign: f64,
    },
}

impl YScale {
    /// The height of a value; `None` where it has none on this scale.
    pub fn height(self, value: f64) -> Option<f64> {
        match self {
            Self::Linear => Some(value.clamp(-LARGEST, LARGEST)),
            Self::Log { floor, sign } => {
                let above = sign * (value - floor);
                (above > 0.0).then(|| libm::log10(above.min(f64::MAX)))
            }
        }
    }

    /// What is read at a value: the value, what is left of it above f*, or its negative.
    pub fn shown(self, value: f64) -> f64 {
        match self {
            Self::Log { floor, sign } => sign * (value - floor),
            Self::Linear => value,
        }
    }

    /// Whether it is logarithmic.
    pub fn is_log(self) -> bool {
        self != Self::Linear
    }
}

/// The scale that is shown.
pub(super) struct ShownScale {
    /// The scale.
    pub(super) y: YScale,
    /// Whether it shows the loss above f*.
    pub(super) is_above: bool,
    /// Why it is another than the chosen one, if it is.
    pub(super) note: Option<String>,
}

impl ShownScale {
    /// Its entry in the menu.
    pub(super) fn kind(&self) -> ChartScale {
        match self.y {
            YScale::Linear => ChartScale::Linear,
            YScale::Log { .. } if self.is_above => ChartScale::LogAbove,
            YScale::Log { .. } => ChartScale::Log,
        }
    }

    /// The chosen one, or one on which there is something to see.
    pub(super) fn of(choice: &ChartChoice, floor: &Result<Floor, String>, curves: &[Curve<'_>]) -> Self {
        let quantity = choice.quantity;
        let sign = if quantity.negative().is_some() { -1.0 } else { 1.0 };
        let log = YScale::Log { floor: 0.0, sign };
        let plain = |y, note| Self { y, is_above: false, note };
        let values = || curves.iter().flat_map(|curve| curve.trace.points(usize::MAX)).filter_map(|(_, value)| value);
        match (choice.scale, floor) {
            (ChartScale::Linear, _) => plain(YScale::Linear, None),
            (ChartScale::LogAbove, Ok(floor)) if quantity.is_loss() => {
                Self { y: YScale::Log { floor: floor.value, sign }, is_above: true, note: None }
            }
            (ChartScale::LogAbove, Err(why)) if quantity.is_loss() => {
                let (y, instead) = if values().all(|value| log.height(value).is_some()) {
                    (log, "the loss, on a log axis")
                } else {
                    (YScale::Linear, "the loss, on a linear axis")
                };
                plain(y, Some(format!("No f*: {why}. Shown is {instead}.")))
            }
            _ if values().next().is_some() && values().all(|value| log.height(value).is_none()) => {
                let side = if sign < 0.0 { "below" } else { "above" };
                plain(YScale::Linear, Some(format!("No value is {side} 0, so the axis is linear.")))
            }
            _ => plain(log, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    #[test]
    fn places_and_steps_are_inverse() {
        for method in ["gd", "gd_armijo", "newton", "bfgs"] {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), 60);
            let run = Run::of(&Landscape::parse("rosenbrock").unwrap(), &recipe);
            for against in ChartAxis::ALL {
                for log in [false, true] {
                    let axis = XAxis { against, log, model: CostModel::new(1e6) };
                    let spending = Spending::new(&run, Some(1e-6));
                    for step in 0..run.iterates().len() {
                        match axis.place(&spending, step) {
                            Some(x) => assert_eq!(axis.step(&spending, x), step, "{method} {axis:?}"),
                            None => assert!(log && step == 0, "{method} {axis:?}: step {step}"),
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_has_no_logarithm_has_no_height() {
        let log = YScale::Log { floor: 2.0, sign: 1.0 };
        assert_eq!([12.0, 2.0, 1.0].map(|value| log.height(value)), [Some(1.0), None, None]);
        let falling = YScale::Log { floor: 0.0, sign: -1.0 };
        assert_eq!([-100.0, 0.0, 5.0].map(|value| falling.height(value)), [Some(2.0), None, None]);
        assert_eq!([log.shown(12.0), falling.shown(-100.0), YScale::Linear.shown(-100.0)], [10.0, 100.0, -100.0]);
        assert!(YScale::Linear.height(f64::MAX).is_some_and(|height| (2.0 * height).is_finite()));
    }
}
