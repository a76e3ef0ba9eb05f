//! What makes the gradient of a network long or short: the slope of its unit, and the error that multiplies it; along a run.

use super::Run;
use crate::landscapes::{Landscape, SampledLoss};
use crate::numbers::Point;

/// The most iterates that are evaluated along a run.
const MOST: usize = 160;
/// Passes through the network that all of them may take.
const PASSES: usize = 160_000;
/// Iterates that are evaluated, however much a pass costs.
const FEWEST: usize = 24;

/// Slope and error of a network with one hidden unit at some weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// How many samples there are.
    pub samples: usize,
    /// Number of samples with φ′(u) ≠ 0.
    pub on: usize,
    /// The mean of |φ′(u)| over these; 0 where there are none.
    pub slope: f64,
    /// The mean of their |error|: o − y, or p − y where the output is a logit; 0 where there are none.
    pub error: f64,
    /// ‖∇f‖.
    pub gradient: f64,
}

impl Slope {
    /// At weights `at`; `None` unless this is a network with one hidden unit.
    pub fn of(landscape: &Landscape, at: Point) -> Option<Self> {
        let loss = landscape.sampled_loss()?;
        let unit = loss.one_unit()?;
        let values = loss.backprop(at)?;
        let gradient = values.iter().fold([0.0; 2], |[x, y], value| [x + value.dl_dw1, y + value.dl_dw2]);
        let (mut on, mut slopes, mut errors) = (0, 0.0, 0.0);
        for value in &values {
            let slope = unit.unit_slope(value.u).abs();
            if slope > 0.0 {
                on += 1;
                slopes += slope;
                errors += (unit.loss_slope(value.o, value.y) / unit.factor).abs();
            }
        }
        let mean = |sum: f64| if on > 0 { sum / on as f64 } else { 0.0 };
        let [x, y] = gradient;
        Some(Self { samples: values.len(), on, slope: mean(slopes), error: mean(errors), gradient: libm::hypot(x, y) })
    }

    /// Whether there are numbers for all of it.
    pub fn is_finite(&self) -> bool {
        [self.slope, self.error, self.gradient].into_iter().all(f64::is_finite)
    }
}

/// Slope and error along a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slopes {
    /// The steps that were looked at, in order, the first and the last among them.
    pub steps: Vec<(usize, Slope)>,
}

impl Slopes {
    /// Along a run as far as it goes; empty unless the landscape is a network with one hidden unit.
    pub fn of(run: &Run) -> Self {
        let (iterates, landscape) = (run.iterates(), run.landscape());
        let Some(last) = iterates.len().checked_sub(1) else { return Self::default() };
        let samples = landscape.sampled_loss().map_or(1, SampledLoss::count).max(1);
        let most = (PASSES / samples).clamp(FEWEST, MOST);
        let stride = last.div_ceil(most).max(1);
        let steps = (0..last).step_by(stride).chain([last]);
        let slope = |step: usize| Slope::of(landscape, iterates[step].at).map(|slope| (step, slope));
        Self { steps: steps.filter_map(slope).filter(|(_, slope)| slope.is_finite()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::networks;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    /// |φ′| by a difference of outputs: o = φ(w₁x + w₂), or φ(w₁x) where w₂ = 1.
    fn by_difference(landscape: &Landscape, at: Point, x: f64, two_layers: bool) -> f64 {
        const H: f64 = 1e-6;
        let output = |w1: f64, w2: f64| landscape.sampled_loss().unwrap().output(Point::new(w1, w2), x);
        let slope = if two_layers {
            (output(at.x + H, 1.0) - output(at.x - H, 1.0)) / (2.0 * H * x)
        } else {
            (output(at.x, at.y + H) - output(at.x, at.y - H)) / (2.0 * H)
        };
        slope.abs()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_mean_slope_is_that_of_the_outputs(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
            let at = Point::new(w1, w2);
            for entry in networks::ENTRIES {
                let landscape = Landscape::of(entry);
                let Some(unit) = landscape.sampled_loss().and_then(SampledLoss::one_unit) else { continue };
                let values = landscape.sampled_loss().and_then(|loss| loss.backprop(at)).unwrap();
                prop_assume!(values.iter().all(|value| value.u.abs() > 1e-4 && value.x.abs() > 1e-4));
                let slopes = values.iter().map(|value| by_difference(&landscape, at, value.x, unit.two_layers));
                let on: Vec<f64> = slopes.filter(|slope| *slope > 1e-12).collect();
                let mean = on.iter().sum::<f64>() / on.len().max(1) as f64;
                let slope = Slope::of(&landscape, at).unwrap();
                prop_assert_eq!(slope.on, on.len(), "{} at {}", entry.id, at);
                prop_assert!((slope.slope - mean).abs() < 1e-6, "{} at {}: {} for {}", entry.id, at, slope.slope, mean);
                let gradient = landscape.loss().first_order(at).gradient.norm();
                prop_assert!((slope.gradient - gradient).abs() <= 1e-12 * (1.0 + gradient), "{}: ‖∇f‖", entry.id);
                if let Some(pattern) = landscape.sampled_loss().and_then(|loss| loss.switched_on(at)) {
                    prop_assert_eq!(slope.on, pattern.iter().filter(|on| **on).count(), "{} at {}", entry.id, at);
                }
            }
        }
    }

    #[test]
    fn the_slope_stays_while_the_gradient_shrinks_and_long_runs_are_thinned() {
        let run = |text: &str, steps: usize| {
            let landscape = Landscape::parse(text).unwrap();
            let start = Point::from(landscape.suggestion().start);
            Run::of(&landscape, &Recipe::new(Choice::parse("gd:lr=0.1").unwrap(), start, steps))
        };
        let relu = Slopes::of(&run("relu", 200)).steps;
        let [(first, before), (last, after)] = [relu[0], relu[relu.len() - 1]];
        assert_eq!((first, last), (0, 200), "from the first to the last step");
        assert!(relu.iter().all(|(_, slope)| slope.slope == 1.0), "the slope is 1 wherever the unit is on");
        assert!(after.gradient < 0.05 * before.gradient && after.error < before.error, "{before:?}, then {after:?}");
        let long = Slopes::of(&run("relu:n=1000", 5000)).steps;
        assert!(long.len() <= MOST + 1 && long.len() >= MOST / 2, "{} of a long run", long.len());
        assert!(Slopes::of(&run("rosenbrock", 5)).steps.is_empty(), "no network");
    }
}
