//! Kinks of the catalog and of formulas: their planes, tips, walls and cliffs.

use super::*;
use crate::landscapes::{Landscape, ViewBox, entries};
use proptest::prelude::*;

fn kink(text: &str, at: [f64; 2]) -> Option<Kink> {
    let landscape = text
        .strip_prefix("formula:")
        .map_or_else(|| Landscape::parse(text).unwrap(), |formula| Landscape::of_formula(formula).unwrap());
    Kink::of(landscape.loss(), &landscape.kink_lines(), Point::from(at), landscape.domain().size())
}

fn gradients(kink: &Kink) -> Vec<[f64; 2]> {
    kink.planes().iter().map(|plane| [plane.gradient.x, plane.gradient.y]).collect()
}

#[test]
fn four_planes_meet_at_the_tip_of_absolute_values_and_two_along_an_axis() {
    let tip = kink("l1:a=2,b=0.5", [0.0, 0.0]).unwrap();
    assert_eq!(gradients(&tip), [[2.0, 0.5], [-2.0, 0.5], [-2.0, -0.5], [2.0, -0.5]], "(±a, ±b)");
    let sides: Vec<&str> = tip.planes().iter().map(|piece| piece.side.as_str()).collect();
    assert_eq!(sides, ["x > 0, y > 0", "x < 0, y > 0", "x < 0, y < 0", "x > 0, y < 0"]);
    assert_eq!((tip.used, tip.exact, tip.used_plane()), (Vector::zeros(), true, None), "the middle of all");
    let edge = kink("l1:a=2,b=0.5", [0.0, -1.3]).unwrap();
    assert_eq!(gradients(&edge), [[-2.0, -0.5], [2.0, -0.5]], "across x = 0");
    assert_eq!(edge.used, Vector::new(0.0, -0.5));
    assert_eq!(kink("l1", [1e-9, 0.5]), None, "beside it there is one plane");
}

#[test]
fn rectified_units_take_the_side_where_they_are_off() {
    let edge = kink("relu_kink:r=0", [0.2, 0.8]).unwrap();
    assert_eq!(gradients(&edge).len(), 2);
    assert_eq!(edge.used_plane().map(|index| edge.planes()[index].side.as_str()), Some("x + y > 1"), "{edge:?}");
    assert_eq!(kink("relu_kink", [2.0 / 3.0, 1.0 / 3.0]).unwrap().planes().len(), 4, "two hinges cross");
    let samples = Landscape::parse("relu").unwrap();
    let x = samples.data().unwrap().samples()[3][0];
    let kink_line = kink("relu", [1.0, -x]).unwrap();
    assert_eq!(
        (kink_line.kink_lines.as_slice(), kink_line.planes().len()),
        (&[3][..], 2),
        "the boundary of one sample"
    );
    assert_eq!(kink("relu", [0.0, 0.0]).unwrap().planes().len(), 32, "all samples switch at the origin");
    assert_eq!(kink("relu2", [0.0, 0.7]).unwrap().planes().len(), 2);
    assert_eq!(kink("relu2", [0.0, 0.0]), None, "the output weight is zero: nothing jumps");
}

#[test]
fn tips_walls_and_cliffs_have_no_plane() {
    let Some(Shape::Cone([least, most])) = kink("ackley", [0.0, 0.0]).map(|kink| kink.shape) else { panic!("a tip") };
    assert!((least - 8.0_f64.sqrt()).abs() < 1e-4 && (most - 8.0_f64.sqrt()).abs() < 1e-4, "{least}, {most}");
    let y = (-12.0_f64).powi(2) / 100.0;
    for (text, at, expected) in [
        ("bukin6", [-12.0, y], Some(Shape::Wall)),
        ("bukin6", [-10.0, 1.0], Some(Shape::Wall)),
        ("formula:floor(x) + y^2", [1.0, 0.3], Some(Shape::Cliff)),
        ("formula:cbrt(x) + y^2", [0.0, 0.3], Some(Shape::Wall)),
        ("formula:√x + y^2", [0.0, 0.3], Some(Shape::Wall)),
        ("formula:acos(1-x) + y^2", [0.0, 0.3], Some(Shape::Wall)),
        ("formula:x^1.5 + y^2", [0.0, 0.3], None),
        ("formula:x|x| + y^2", [0.0, 0.3], None),
    ] {
        assert_eq!(kink(text, at).map(|kink| kink.shape), expected, "{text} at {at:?}");
    }
    assert_eq!(kink("bukin6", [-10.0, 2.0]).unwrap().planes().len(), 2, "the floor's lowest line");
}

#[test]
fn what_goes_down_from_a_kink_line_differs_from_corners() {
    for (text, at, goes_down) in [
        ("l1", [0.0, 0.0], false),
        ("l1", [0.0, 0.7], true),
        ("l1:a=0", [0.3, 0.0], false),
        ("relu_kink", [0.5, 0.5], false),
        ("ackley", [0.0, 0.0], false),
        ("relu2", [0.0, 1.0], true),
        ("formula:|x|+0.1y", [0.0, 0.0], true),
        ("formula:-|x|", [0.0, 0.0], true),
        ("formula:|x|+y^2", [0.0, 0.0], false),
        ("formula:sqrt(x^2+y^2)", [0.0, 0.0], false),
        ("formula:max(x,y,-x-y)", [0.0, 0.0], false),
    ] {
        assert_eq!(kink(text, at).and_then(|kink| kink.goes_down()), Some(goes_down), "{text} at {at:?}");
    }
    assert_eq!(kink("bukin6", [-10.0, 1.0]).map(|kink| kink.goes_down()), Some(None), "a wall does not tell");
    assert_eq!(kink("formula:ln(x)", [0.0, 0.0]), None, "an edge is no kink line");
}

#[test]
fn every_choice_shows_a_plane_and_all_of_them_are_the_land() {
    let landscape = Landscape::parse("l1").unwrap();
    let tip = kink("l1", [0.0, 0.0]).unwrap();
    let model = LocalModel::new(landscape.loss(), tip.at);
    let shown: Vec<ShownPlanes> = (0..7).map(|choice| tip.shown(choice)).collect();
    assert_eq!(
        [shown[0], shown[4], shown[5], shown[6]],
        [ShownPlanes::Used, ShownPlanes::One(3), ShownPlanes::All, ShownPlanes::Used]
    );
    for point in [[0.3, 0.1], [-0.2, 0.7], [-0.4, -0.9], [0.8, -0.1]].map(Point::from) {
        assert_eq!(tip.height(ShownPlanes::All, &model, point), Some(landscape.loss().value(point)), "{point}");
        assert_eq!(tip.height(ShownPlanes::Used, &model, point), None, "the model's own plane");
    }
}

#[test]
fn smooth_landscapes_have_no_kink_anywhere() {
    for entry in entries().filter(|entry| (entry.kink_lines)(&[1.0; 4], Landscape::of(entry).data()).is_empty()) {
        let landscape = Landscape::of(entry);
        for critical in [landscape.domain().center(), Point::origin()] {
            let found = Kink::of(landscape.loss(), &landscape.kink_lines(), critical, landscape.domain().size());
            assert_eq!(found, None, "{}", entry.id);
        }
    }
}

/// The rate of rise along a direction from a point, by values alone; what the curvature adds on the way is taken off.
fn rise(loss: &dyn Loss, at: Point, direction: Vector) -> f64 {
    const LENGTH: f64 = 1e-5;
    let mean = |length: f64| (loss.value(at + direction * length) - loss.value(at)) / length;
    2.0 * mean(LENGTH / 2.0) - mean(LENGTH)
}

proptest! {
    /// On a kink line the slopes to either side are not each other's negatives, beside it they are.
    #[test]
    fn kink_lines_are_where_one_sided_slopes_differ(along in -1.0..1.0_f64, aside in 0.05..1.0_f64, turn in 0.0..TAU) {
        for text in ["l1", "relu_kink", "relu", "relu2", "bukin6"] {
            let landscape = Landscape::parse(text).unwrap();
            let (loss, kink_lines, view) = (landscape.loss(), landscape.kink_lines(), landscape.domain());
            let size = view.size();
            let tear = |at: Point, direction: Vector| rise(loss, at, direction) + rise(loss, at, -direction);
            for kink_line in &kink_lines {
                let start = view.center() + Vector::new(along, 1.3 * along + 0.1) * (0.4 * size);
                let Some(at) = onto_kink_line(kink_line, start, size) else { continue };
                let others = |other: &KinkLine| {
                    let (value, gradient) = other.argument.at(at);
                    value.abs() > 1e-3 * gradient.norm()
                };
                let crosses = kink_lines.iter().filter(|other| other.text() != kink_line.text()).all(others);
                let lives = text != "relu2" || at.y.abs() > 0.01;
                if crosses && lives {
                    let normal = kink_line.argument.at(at).1.normalize();
                    prop_assert!(tear(at, normal).abs() > 1e-3, "{text}: {kink_line:?} at {at}: {}", tear(at, normal));
                    prop_assert!(jumps_across(loss, kink_line, at, size), "{text}: {kink_line:?} at {at}");
                }
            }
            let at = view.center() + direction(turn) * (0.4 * aside * size);
            let away = |kink_line: &KinkLine| {
                let (value, gradient) = kink_line.argument.at(at);
                value.abs() > 0.02 * gradient.norm()
            };
            if kink_lines.iter().all(away) {
                let bound = 1e-3 + 1e-3 * loss.first_order(at).gradient.norm();
                for angle in [0.0, 1.0, 2.0] {
                    let torn = tear(at, direction(angle));
                    prop_assert!(torn.abs() < bound, "{text} at {at}: {torn}");
                }
            }
        }
    }
}

#[test]
fn a_line_that_only_looks_like_a_kink_line_is_described() {
    let landscape = Landscape::of_formula("x|x| + |y - 1|").unwrap();
    let jumps: Vec<bool> = landscape
        .kink_lines()
        .iter()
        .map(|kink_line| {
            let at = onto_kink_line(kink_line, Point::new(0.4, 0.3), ViewBox::square(2.0).size()).unwrap();
            jumps_across(landscape.loss(), kink_line, at, 4.0)
        })
        .collect();
    assert_eq!(jumps, [false, true], "x|x| is smooth at 0");
}
