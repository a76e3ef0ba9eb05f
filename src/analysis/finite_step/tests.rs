//! The best step of a circle is the best, has a value, and costs what it says.

use proptest::prelude::*;

use super::*;
use crate::landscapes::{Landscape, entries};
use crate::numbers::Symmetric2;

proptest! {
    // Every case is thousands of values on every landscape.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_sampled_direction_is_lower(fractions in [0.0..1.0, 0.0..1.0], radius in 0.001..3.0) {
        for entry in entries() {
            let landscape = Landscape::of(entry);
            // With one weight there is no circle.
            if landscape.dimension().is_one() {
                continue;
            }
            let at = Point::new(
                entry.domain.x[0] + fractions[0] * entry.domain.width(),
                entry.domain.y[0] + fractions[1] * entry.domain.height(),
            );
            let best = best_finite_step(&mut landscape.loss(), at, radius).unwrap();
            prop_assert_eq!(best.value, landscape.loss().value(at + best.delta), "{}: its value", entry.id);
            prop_assert!((best.delta.norm() - radius).abs() <= 1e-14 * radius, "{}: its length", entry.id);
            prop_assert!(best.local_minima <= 200, "{}: {} minima", entry.id, best.local_minima);
            for index in (0..SAMPLES as isize).step_by(97) {
                let (sine, cosine) = libm::sincos(angle(index));
                let other = landscape.loss().value(at + Vector::new(cosine, sine) * radius);
                prop_assert!(best.value <= other + 1e-12 * other.abs(), "{}: lower at {}", entry.id, angle(index));
            }
        }
    }

    #[test]
    fn on_a_quadratic_it_solves_the_damped_equation(x in -3.0..3.0, y in -3.0..3.0, radius in 0.01..2.0) {
        let landscape = Landscape::parse("quad").unwrap();
        let here = landscape.loss().second_order(Point::new(x, y));
        let Some(best) = best_finite_step(&mut landscape.loss(), Point::new(x, y), radius) else { panic!("finite") };
        // (H + λI) p = −g with some λ ≥ −λ₁: the residual of Hp + g lies along p, and pushes outward.
        let residual = here.hessian.apply(best.delta) + here.gradient;
        let lambda = -residual.dot(&best.delta) / (radius * radius);
        let scale = here.gradient.norm() + here.hessian.norm() * radius;
        prop_assert!((residual + best.delta * lambda).norm() <= 1e-6 * scale, "{residual} is not along the step");
        prop_assert!(lambda >= -here.hessian.eigen().values[0] - 1e-6 * scale / radius, "λ = {lambda}");
    }
}

/// Where the best angle is turned by a whole circle, which rounds it.
#[test]
fn the_value_is_that_of_the_step_to_the_last_bit() {
    let landscape = Landscape::parse("deep_linear").unwrap();
    let view = landscape.domain();
    let fractions = [0.934_686_399_237_755_6, 0.544_488_521_471_910_6];
    let at = Point::new(view.x[0] + fractions[0] * view.width(), view.y[0] + fractions[1] * view.height());
    let best = best_finite_step(&mut landscape.loss(), at, 1.271_939_619_961_174_8).unwrap();
    assert_eq!(best.value, landscape.loss().value(at + best.delta), "{best:?}");
}

#[test]
fn small_circles_turn_from_minus_gradient_as_the_curvature_says() {
    for (landscape, at) in [("rosenbrock", [-1.2, 1.0]), ("himmelblau", [0.5, -1.4]), ("tanh2", [0.4, 0.3])] {
        let landscape = Landscape::parse(landscape).unwrap();
        let here = landscape.loss().second_order(Point::from(at));
        let n = here.gradient.normalize();
        let t = Vector::new(-n.y, n.x);
        for radius in [1e-3, 1e-5, 1e-12] {
            let step = FiniteStep::of(landscape.loss(), Point::from(at), here.gradient, radius);
            let predicted = -radius * n.dot(&here.hessian.apply(t)) / here.gradient.norm();
            let error = step.angle_from_minus_gradient - predicted;
            let next_order = 1e3 * radius * radius + 1e-13;
            assert!(error.abs() <= next_order, "{landscape} at radius {radius}: {error:e} off {predicted:e}");
            assert_eq!(step.best.unwrap().local_minima, 1, "{landscape} at radius {radius}");
        }
    }
}

#[test]
fn the_circle_is_closed_and_plateaus_are_one() {
    let found = |heights: &[f64]| valleys(heights).into_iter().map(|v| [v.left, v.lowest, v.right]).collect::<Vec<_>>();
    assert_eq!(found(&[0.0, 1.0, 2.0, 1.0]), [[-1, 0, 1]], "around the seam");
    assert_eq!(found(&[3.0, 1.0, 1.0, 1.0, 2.0, 1.5]), [[0, 1, 4], [4, 5, 6]], "a plateau");
    assert_eq!(found(&[2.0, 2.0, 2.0]), [[0; 3]; 0], "level");
    assert_eq!(found(&[1.0, 1.0 + 1e-15, 1.0, 1.0 + 1e-15, 2.0]), [[-1, 0, 4]], "rounding makes no valley");
    let wall = f64::INFINITY;
    assert_eq!(found(&[wall, 2.0, 2.0, wall, 1.0, wall]), [[0, 1, 3], [3, 4, 5]], "walls part");
    assert_eq!(found(&[wall; 4]), [[0; 3]; 0], "nothing finite");
}

/// Beside a hole or the edge of what has values, the best step is the best of those that have one.
#[test]
fn the_best_step_has_a_value() {
    for (formula, at, radius) in [
        ("x*ln(x)+y^2+10x", [0.05, 0.0], 0.1),
        ("sqrt(x)+y", [0.5, 0.0], 1.0),
        ("x^2*(x/abs(x))^0.5+y", [0.5, 0.0], 1.0),
        ("1/x+y^2", [0.5, 0.3], 0.5),
        ("x+0*sqrt(1-x^2-y^2)", [0.9, 0.0], 0.3),
    ] {
        let landscape = Landscape::of_formula(formula).unwrap();
        let best = best_finite_step(&mut landscape.loss(), Point::from(at), radius);
        let best = best.unwrap_or_else(|| panic!("{formula} at {at:?}: it has values"));
        for index in (0..SAMPLES as isize).step_by(31) {
            let (sine, cosine) = libm::sincos(angle(index));
            let other = landscape.loss().value(Point::from(at) + Vector::new(cosine, sine) * radius);
            let is_lower = other.is_finite() && other < best.value - 1e-12 * other.abs();
            assert!(best.value.is_finite() && !is_lower, "{formula} at {at:?}: {other} below {}", best.value);
        }
    }
}

#[test]
fn where_the_loss_falls_without_end_there_is_no_best_step() {
    for (formula, at, radius) in [("ln(x)+y^2", [0.05, 0.0], 0.1), ("ln(x)-y", [0.5, 0.0], 1.0)] {
        let landscape = Landscape::of_formula(formula).unwrap();
        let best = best_finite_step(&mut landscape.loss(), Point::from(at), radius);
        assert_eq!(best, None, "{formula}");
    }
}

#[test]
fn level_and_endless_land() {
    let best = |landscape: &str, at: [f64; 2], radius| {
        best_finite_step(&mut Landscape::parse(landscape).unwrap().loss(), Point::from(at), radius)
    };
    let dead = best("relu", [0.0, -2.9], 0.1).unwrap();
    assert_eq!((dead.theta, dead.local_minima), (0.0, 0), "a unit that is off");
    assert_eq!(best("bowl", [0.0, 0.0], 1.0).unwrap().local_minima, 0, "a level line of the bowl");
    assert_eq!(best("saddle", [0.0, 0.0], 1.0).unwrap().local_minima, 2, "both ways down");
    assert_eq!(best("himmelblau", [1e200, 0.0], 1.0), None, "no finite value");
    let lost = best("bowl", [1.0, 1.0], 1e-30).unwrap();
    assert!((lost.theta - 1.25 * PI).abs() < 1e-12, "a circle too small to see: {}", lost.theta);
}

#[test]
fn a_method_is_charged_for_every_question() {
    let landscape = Landscape::parse("himmelblau").unwrap();
    let mut oracle = Oracle::new(landscape.loss(), Evaluations::default());
    let best = best_finite_step(&mut oracle, Point::new(0.1, -0.5), 3.0).unwrap();
    let evaluations = oracle.evaluations();
    assert_eq!(evaluations.values as usize, SAMPLES + 2 * best.local_minima, "values");
    let gradients = evaluations.gradients as usize / best.local_minima;
    assert!((30..80).contains(&gradients), "{gradients} gradients a minimum");
    let free = best_finite_step(&mut landscape.loss(), Point::new(0.1, -0.5), 3.0);
    assert_eq!(free, Some(best), "the same answer");
}

#[test]
fn the_estimate_has_the_sign_that_is_reported() {
    // f = x²/2 + 10y² from (1, 1): −g points down more steeply than the bottom lies, so the best step turns to it.
    let landscape = Landscape::parse("quad:theta=0").unwrap();
    let here = landscape.loss().second_order(Point::new(1.0, 1.0));
    assert_eq!(here.hessian, Symmetric2::new(1.0, 0.0, 20.0), "the axes");
    let step = FiniteStep::of(landscape.loss(), Point::new(1.0, 1.0), here.gradient, 1.0);
    assert!(step.angle_from_minus_gradient < 0.0, "clockwise, to the west: {}", step.angle_from_minus_gradient);
}
