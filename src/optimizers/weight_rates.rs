//! A rate for each weight: what a second rate makes of a step and of its ball.

use super::method::no_law;
use super::values::RealParameter;
use super::{Ball, Metric, Step, Values};
use crate::analysis::NoLaw;
use crate::landscapes::{Parameter, ParameterDomain};
use crate::numbers::{Symmetric2, Vector};

/// How many times the rate of the first weight that of the second is: of methods that move by −η times a direction, so that two
/// rates are two lengths of what each weight is moved by.
pub const RATE_RATIO: RealParameter = RealParameter(
    &Parameter::log("lr_ratio", "η₂/η₁", 1.0, [1e-3, 1e3])
        .described(
            "η₂/η₁",
            "A rate for each weight: η moves the first one, this many times η the second. 1 for one rate. Two rates do what a stretch of the axes does.",
        )
        .within(ParameterDomain::Positive)
        .of_second_weight(),
);

/// Why there is no limit of one rate where there are two.
pub(super) const NO_COMMON_LIMIT: NoLaw = no_law(
    "each weight has a rate of its own",
    "The track is hatched because two rates have no common limit: what counts is the curvature of the loss with its axes stretched by √η₁ and √η₂. The Sweep tab draws that limit over η₁ × η₂.",
);

/// How many times the rate of the first weight that of the second is; 1 for a method that has one rate.
pub(super) fn ratio_of(values: Values<'_>) -> f64 {
    values.find(RATE_RATIO).unwrap_or(1.0)
}

/// A step whose part along the second weight is this many times as long.
pub(super) fn of_both(mut step: Step, ratio: f64) -> Step {
    let own = |vector: &mut Vector| vector.y *= ratio;
    [&mut step.proposed, &mut step.taken].into_iter().for_each(own);
    step.parts.iter_mut().for_each(|part| own(&mut part.vector));
    step
}

/// With a rate for each weight D = diag(1, η₂/η₁) a step counts as long as D^-½ makes it.
pub(super) fn ball_of_both(ball: Ball, ratio: f64) -> Ball {
    match ball.metric {
        _ if ratio == 1.0 => ball,
        Metric::Length => ball.by("D⁻¹", Symmetric2::new(1.0, 0.0, 1.0 / ratio)),
        Metric::Form { matrix: Symmetric2 { xx, xy, yy, .. }, name } => {
            ball.by(name, Symmetric2::new(xx, xy / ratio.sqrt(), yy / ratio))
        }
        Metric::LargestWeight => Ball { metric: Metric::None("each weight has a rate of its own"), ..ball },
        Metric::OneWeight(_) | Metric::None(_) => ball,
    }
}

#[cfg(test)]
mod tests {
    use crate::landscapes::{Evaluations, Landscape, Oracle};
    use crate::numbers::{Point, Vector};
    use crate::optimizers::quantity::RATES_OF_WEIGHTS;
    use crate::optimizers::{Choice, Part};

    /// A rate for each weight is that of the other axis of a stretched loss: on f(sx, y) the path with η/s² and η is that on f with η.
    #[test]
    fn two_rates_undo_a_stretch() {
        let walk = |method: &str, landscape: &str, start: Point, steps: usize| {
            let (mut rule, landscape) = (Choice::parse(method).unwrap().build(), Landscape::parse(landscape).unwrap());
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            (0..steps).fold(start, |at, _| at + rule.step(at, &mut oracle).unwrap().taken)
        };
        for (plain, two) in [
            ("gd:lr=0.01", "gd:lr=0.0025,lr_ratio=4"),
            ("momentum:lr=0.004,beta=0.8", "momentum:lr=0.001,beta=0.8,lr_ratio=4"),
            ("nesterov:lr=0.004,beta=0.8", "nesterov:lr=0.001,beta=0.8,lr_ratio=4"),
            ("gd:lr=0.01,schedule=inverse_time,decay=0.1", "gd:lr=0.0025,lr_ratio=4,schedule=inverse_time,decay=0.1"),
        ] {
            let own = walk(plain, "himmelblau", Point::new(1.0, -2.0), 40);
            let other = walk(two, "himmelblau:stretch=2", Point::new(0.5, -2.0), 40);
            let image = Point::new(2.0 * other.x, other.y);
            assert!((own - image).norm() < 1e-9, "{two}: {image} for {own}");
        }
    }

    #[test]
    fn what_is_shown_of_a_step_with_two_rates_is_what_it_does() {
        let landscape = Landscape::parse("quad:kappa=3").unwrap();
        for method in ["gd:lr=0.1,lr_ratio=0.5", "momentum:lr=0.1,lr_ratio=3", "adamw:lr_ratio=2"] {
            let mut rule = Choice::parse(method).unwrap().build();
            let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
            let at = Point::new(1.0, 2.0);
            rule.step(at, &mut oracle).unwrap();
            let step = rule.step(at, &mut oracle).unwrap();
            let parts: Vector = step.parts.iter().map(Part::displacement).sum();
            assert!((parts - step.taken).norm() < 1e-14, "{method}: {parts} for {}", step.taken);
            let has_both = rule.working().iter().any(|(quantity, _)| *quantity == RATES_OF_WEIGHTS);
            assert!(has_both, "{method}");
        }
    }
}
