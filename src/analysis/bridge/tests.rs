//! The bridge: its conditions at every radius, both its ends, and where its true curve divides or jumps.

use super::*;
use crate::analysis::{FiniteStep, downhill_angle};
use crate::landscapes::entries;
use crate::numbers::Point;

/// Places all over a landscape, and its start.
fn places(landscape: &Landscape) -> Vec<Point> {
    let view = landscape.domain();
    let at = |x: f64, y: f64| Point::new(view.x[0] + x * view.width(), view.y[0] + y * view.height());
    let shares = [[0.37, 0.61], [0.5, 0.5], [0.81, 0.5], [0.12, 0.9], [0.66, 0.07]];
    let start = Point::from(landscape.suggestion().start);
    shares.map(|[x, y]| at(x, y)).into_iter().chain([start, Point::origin(), Point::new(1.0, 0.0)]).collect()
}

#[test]
fn at_every_radius_on_every_landscape_the_conditions_hold_to_twelve_digits() {
    let (mut checked, mut hard) = (0, 0);
    for landscape in entries().map(Landscape::of).filter(|landscape| !landscape.dimension().is_one()) {
        for at in places(&landscape) {
            let model = LocalModel::new(landscape.loss(), at);
            let Some(bridge) = Bridge::of(model, landscape.domain().size()) else { continue };
            for index in 0..100 {
                let radius = landscape.domain().size() * libm::pow(10.0, -7.0 + 0.08 * f64::from(index));
                let step = bridge.step(radius);
                let residual = step.residual(model.gradient, model.hessian, radius);
                assert!(residual <= 1e-12, "{landscape} at {at}, Δ = {radius}: {residual:e} of {step:?}");
                checked += 1;
                hard += usize::from(step.twin.is_some());
            }
        }
    }
    assert!(checked > 20_000 && hard > 300, "{checked} steps, of which {hard} hard cases");
}

#[test]
fn it_leads_from_minus_gradient_to_the_newton_step() {
    for (text, at) in [("rosenbrock", [-1.2, 1.0]), ("quad", [1.0, 2.0]), ("himmelblau", [4.0, 3.0])] {
        let landscape = Landscape::parse(text).unwrap();
        let model = LocalModel::new(landscape.loss(), Point::from(at));
        let bridge = Bridge::of(model, 100.0 * landscape.domain().size()).unwrap();
        let [first, last] = [bridge.steps[0], bridge.steps[bridge.steps.len() - 1]];
        assert!(angle(first.step, -model.gradient) < 0.2, "{text}: begins along −∇f");
        let newton = bridge.dogleg_corners().unwrap()[1];
        assert!((last.step - newton).norm() <= 1e-9 * newton.norm(), "{text}: ends at Newton's step");
        let lengths: Vec<f64> = bridge.steps.iter().map(|step| step.step.norm()).collect();
        assert!(lengths.is_sorted(), "{text}: the curve goes out");
        let damping: Vec<f64> = bridge.steps.iter().map(|step| -step.multiplier).collect();
        assert!(damping.is_sorted(), "{text}: and the damping falls to 0");
    }
}

#[test]
fn the_true_curve_is_that_of_the_best_finite_steps_however_it_is_divided() {
    for (text, at) in [("himmelblau", [0.15, 0.35]), ("rosenbrock", [-1.2, 1.0]), ("tanh2", [0.4, 0.3])] {
        let landscape = Landscape::parse(text).unwrap();
        let model = LocalModel::new(landscape.loss(), Point::from(at));
        let reach = landscape.domain().size();
        let [mut whole, mut sliced] = [(); 2].map(|()| BridgeSearch::new(&landscape, model, reach).unwrap());
        whole.advance(usize::MAX);
        while !sliced.advance(1) {}
        assert_eq!(whole.bridge(), sliced.bridge(), "{text}");
        for (index, found) in whole.bridge().best.iter().enumerate().step_by(9) {
            let radius = radius(index, RADII, reach);
            let exact = FiniteStep::of(landscape.loss(), model.at, model.gradient, radius).best.unwrap();
            let found = found.unwrap();
            let range = 1e-4 * (1.0 + (exact.value - model.value).abs());
            assert!(found.value >= exact.value - 1e-9 * range, "{text} at {radius}: none is lower");
            assert!(found.value - exact.value <= range, "{text} at {radius}: {} and {}", found.value, exact.value);
        }
        let first = whole.bridge().pieces()[0][1];
        let downhill = downhill_angle(model.gradient).unwrap();
        let along = Vector::new(libm::cos(downhill), libm::sin(downhill));
        assert!(angle(first, along) < 0.2, "{text}: both begin along −∇f");
    }
}

fn found(text: &str, at: [f64; 2], reach: f64) -> Bridge {
    let landscape = Landscape::parse(text).unwrap();
    let model = LocalModel::new(landscape.loss(), Point::from(at));
    let mut search = BridgeSearch::new(&landscape, model, reach).unwrap();
    search.advance(usize::MAX);
    search.bridge().clone()
}

/// On the axis between two wells both sides are equally low: neither branch changes to the other one, and both are there.
#[test]
fn beside_an_axis_of_symmetry_both_branches_are_drawn_and_none_zigzags() {
    for (text, reach) in [
        ("formula:(x-1)^2+(y^2-1)^2", 2.0),
        // The same, turned by an angle that is none of those that are tried.
        ("formula:(0.6*x+0.8*y-1)^2+((0.6*y-0.8*x)^2-1)^2", 2.0),
        ("formula:x+y^4-3*y^2", 0.5),
    ] {
        let bridge = found(text, [0.0, 0.0], reach);
        let axis = -bridge.model.gradient / length(bridge.model.gradient);
        let side = |step: &Vector| axis.x * step.y - axis.y * step.x;
        let twins = bridge.twin_pieces();
        assert_eq!(twins.len(), 1, "{text}: {twins:?}");
        for piece in bridge.pieces().iter().chain(&twins) {
            let clear = |step: &&Vector| side(step).abs() > 1e-3 * length(**step);
            let sides: Vec<bool> = piece.iter().filter(clear).map(|step| side(step) > 0.0).collect();
            assert!(sides.windows(2).all(|pair| pair[0] == pair[1]), "{text}: from one side to the other");
        }
        assert!(bridge.best.iter().flatten().filter(|best| best.twin.is_some()).count() > 20, "{text}");
        let twins = bridge.best.iter().flatten().filter_map(|best| Some((best.step, best.twin?)));
        for (step, twin) in twins {
            assert!((side(&step) + side(&twin)).abs() < 1e-2 * length(step), "{text}: mirror images");
        }
        assert!(!bridge.jumps(), "{text}");
    }
}

/// The best step of one length keeps to its side while the length is dragged, and has its mirror image beside it.
#[test]
fn the_best_step_does_not_change_sides_with_the_radius() {
    for (text, at, reach) in [
        ("formula:(x-1)^2+(y^2-1)^2", [0.0, 0.0], 2.0),
        ("formula:(0.6*x+0.8*y-1)^2+((0.6*y-0.8*x)^2-1)^2", [0.0, 0.0], 2.0),
        ("formula:x+y^4-3*y^2", [0.0, 0.0], 0.5),
        ("saddle", [1.0, 0.0], 3.0),
        ("saddle", [-1.0, 0.0], 3.0),
        ("monkey", [0.5, 0.0], 2.0),
        ("formula:x^2-y^2+x*y/3", [0.0, 0.0], 2.0),
    ] {
        let bridge = found(text, at, reach);
        let landscape = Landscape::parse(text).unwrap();
        let gradient = bridge.model.gradient;
        let axis = bridge.model.hessian.eigen().vectors[0];
        let best =
            |radius: f64| FiniteStep::of(landscape.loss(), bridge.model.at, gradient, radius).best.unwrap().delta;
        for of_circle in [true, false] {
            let step = |radius: f64| if of_circle { best(radius) } else { bridge.best_at(radius).unwrap().step };
            let sides = (1..200).map(|index| reach * f64::from(index) / 200.0).filter_map(|radius| {
                let side = axis.dot(&step(radius)) / radius;
                (side.abs() > 0.05).then_some(side > 0.0)
            });
            let sides: Vec<bool> = sides.collect();
            let changes = sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert_eq!(changes, 0, "{text}, of the circle: {of_circle}: {sides:?}");
            assert!(sides.len() > 50, "{text}: {}", sides.len());
        }
    }
}

/// A well that is not seen from near by is the lowest from some radius on: there the curve breaks, however near its direction is.
#[test]
fn no_line_crosses_a_jump() {
    let bridge = found("formula:x^2/20-x+y^2-6*exp(-60*((x-2)^2+(y-0.8)^2))", [0.0, 0.0], 3.0);
    assert!(bridge.jumps() && bridge.twin_pieces().is_empty());
    let far = bridge.best.iter().flatten().filter(|best| best.jumps).count();
    assert_eq!(bridge.pieces().len(), far + 1);
    for piece in bridge.pieces() {
        let turns = piece.windows(2).skip(1).map(|pair| angle(pair[0], pair[1]));
        assert!(turns.fold(0.0, f64::max) < 0.15, "{piece:?}");
    }
    assert!(found("bowl", [0.0, 0.0], 2.0).twin_pieces().is_empty(), "a level circle has no branches");
}
