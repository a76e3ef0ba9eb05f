//! Regions of validity, held against the models that they belong to.

use proptest::prelude::*;

use super::rays::{COARSEST, FIRST};
use super::*;
use crate::landscapes::Landscape;

/// Smooth, narrow, kinked, rippled, with holes, with samples.
const LANDS: [&str; 7] = ["himmelblau", "rosenbrock", "relu_kink", "l1", "ackley", "bukin6", "tanh2"];

fn region(landscape: &Landscape, at: Point, order: ModelOrder, share: f64) -> Option<(LocalModel, ValidityRegion)> {
    let model = LocalModel::new(landscape.loss(), at);
    let limit = 2.0 * landscape.domain().size();
    Some((model, ValidityRegion::of(landscape.loss(), &model, order, share, limit)?))
}

fn place(landscape: &Landscape, [x, y]: [f64; 2]) -> Point {
    let view = landscape.domain();
    Point::new(view.x[0] + x * view.width(), view.y[0] + y * view.height())
}

/// By how much a local model is more wrong than it may be, in units of the loss; rounding of the loss is no error.
fn excess(landscape: &Landscape, model: &LocalModel, order: ModelOrder, share: f64, d: Vector) -> f64 {
    let change = model.change(landscape.loss(), d);
    let (linear, bend) = (model.linear(d), 0.5 * model.hessian.form(d));
    let predicted = linear.abs() + if order == ModelOrder::Linear { 0.0 } else { bend.abs() };
    let rounding = 1e-11 * (model.value.abs() + (model.value + change.actual).abs() + linear.abs() + bend.abs());
    let excess = (change.actual - change.prediction(order)).abs() - share * predicted;
    if excess.is_nan() {
        f64::INFINITY
    } else if excess.abs() < rounding {
        0.0
    } else {
        excess
    }
}

proptest! {
    // Every case is many thousands of values.
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_ray_ends_at_the_first_broken_prediction(fractions in [0.0..1.0, 0.0..1.0], share in 0.01..1.0) {
        for landscape in LANDS.map(|id| Landscape::parse(id).unwrap()) {
            for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                let at = place(&landscape, fractions);
                let Some((model, region)) = region(&landscape, at, order, share) else { continue };
                let excess = |d: Vector| excess(&landscape, &model, order, share, d);
                for ray in region.rays().iter().step_by(43) {
                    let within = (1..40).map(|index| ray.unit * (ray.radius * (1.0 - 1e-6) * f64::from(index) / 40.0));
                    for d in within {
                        // Narrower breaches than a sample's distance may be passed over.
                        let gap = (COARSEST * region.limit).min(d.norm() * (1.0 - 1.0 / super::super::reach::GROWTH));
                        let around = [-gap, gap].map(|by| excess(d + ray.unit * by));
                        let seen = around.into_iter().fold(excess(d), f64::min);
                        prop_assert!(seen <= 0.0, "{landscape:?}, {order:?}: broken at {} of {}", d.norm(), ray.radius);
                    }
                    let outside = excess(ray.unit * (ray.radius + 1e-8 * region.limit));
                    let ends = ray.radius < region.limit;
                    prop_assert!(!ends || outside >= 0.0, "{landscape:?}, {order:?}: kept beyond {}", ray.radius);
                }
            }
        }
    }

    #[test]
    fn more_is_good_within_a_larger_share(fractions in [0.0..1.0, 0.0..1.0], share in 0.01..0.5, times in 1.0..2.0) {
        for landscape in LANDS.map(|id| Landscape::parse(id).unwrap()) {
            let model = LocalModel::new(landscape.loss(), place(&landscape, fractions));
            for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                let radii = |share| {
                    let search = Search { loss: landscape.loss(), model: &model, order, share, limit: 10.0 };
                    search.rays(directions(&model, Vector::repeat(1.0)))
                };
                for (less, more) in std::iter::zip(radii(share), radii(times * share)) {
                    prop_assert!(less.radius <= more.radius + 1e-7, "{landscape:?}, {order:?}: {less:?}, then {more:?}");
                }
            }
        }
    }

    #[test]
    fn on_quadratics_the_radius_is_known(fractions in [0.0..1.0, 0.0..1.0], share in 0.01..1.0) {
        for text in ["quad", "quad:kappa=500", "saddle", "bowl"] {
            let landscape = Landscape::parse(text).unwrap();
            let at = place(&landscape, fractions);
            let (model, plane) = region(&landscape, at, ModelOrder::Linear, share).unwrap();
            for ray in plane.rays() {
                let exact = 2.0 * share * (model.linear(ray.unit) / model.hessian.form(ray.unit)).abs();
                let exact = exact.min(plane.limit);
                prop_assert!((ray.radius - exact).abs() < 1e-5 * (exact + plane.limit), "{}: {ray:?}, not {exact}", text);
            }
            prop_assert!(pinches(landscape.loss(), &model, share, Vector::repeat(plane.limit)), "{}: it has a waist", text);
            prop_assert!(!plane.is_everywhere(), "{}: and ends", text);
            let (_, quadratic) = region(&landscape, at, ModelOrder::Quadratic, share).unwrap();
            prop_assert!(quadratic.is_everywhere() && quadratic.outline().is_empty(), "{}: no rim", text);
        }
    }
}

/// Just beside the vertical walls of Bukin's valley: the plane is wrong at the bottom and by chance right again behind it,
/// all of that nearer than the first length that is tried in every direction.
#[test]
fn a_ray_ends_before_what_is_right_by_chance() {
    let landscape = Landscape::parse("bukin6").unwrap();
    let (share, at) = (0.401_110_917_856_069_4, place(&landscape, [0.930_090_305_395_884_6, 0.554_415_097_808_754_4]));
    let (model, found) = region(&landscape, at, ModelOrder::Linear, share).unwrap();
    let is_near = |ray: &&Ray| ray.radius < FIRST * found.limit;
    assert!(found.rays().iter().filter(is_near).count() > 100, "most of them end that near");
    for ray in found.rays().iter().filter(is_near) {
        let exact = reach(landscape.loss(), &model, ModelOrder::Linear, ray.unit, share, found.limit).unwrap();
        let error = (ray.radius - exact).abs();
        assert!(error < 1e-3 * exact + 1e-9 * found.limit, "{} for {exact} along {}", ray.radius, ray.unit);
    }
}

/// The same loss over a box of any shape has the same region in it, as it is drawn.
#[test]
fn a_region_is_as_round_in_a_slim_box() {
    let region = |width: f64| {
        let loss = format!("sin(3*x/{width:e}) + (x/{width:e})*y + y^2");
        let landscape = Landscape::of_formula(&loss).unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(0.3 * width, 0.2));
        ValidityRegion::within(landscape.loss(), &model, ModelOrder::Quadratic, 0.1, Vector::new(2.0 * width, 2.0))
            .unwrap()
    };
    let square = region(1.0);
    for width in [1e-6, 1e-3, 1.0 / 40.0, 40.0, 1e4, 1e6] {
        let slim = region(width);
        let end = |ray: &Ray, width: f64| [ray.unit.x / width, ray.unit.y].map(|side| side * ray.radius);
        // Directions across ∇f are others; the even ones are the same.
        let is_even = |ray: &&Ray| (ray.angle / TAU * f64::from(EVEN)).rem_euclid(1.0).min(1.0) < 1e-9;
        let mut compared = 0;
        for ray in square.rays().iter().filter(is_even) {
            let Some(same) = slim.rays().iter().find(|other| (other.angle - ray.angle).abs() < 1e-9) else {
                continue;
            };
            let [a, b] = [end(ray, 1.0), end(same, width)];
            assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 1e-4, "{width}: {a:?}, {b:?}");
            compared += 1;
        }
        assert!(compared > 100, "{width}: {compared} directions");
    }
}

#[test]
fn a_hole_in_the_land_ends_the_region() {
    let landscape = Landscape::of_formula("y + 0*sqrt(1 - x)").unwrap();
    let model = LocalModel::new(landscape.loss(), Point::new(0.5, 0.25));
    let region = ValidityRegion::of(landscape.loss(), &model, ModelOrder::Linear, 0.1, 4.0).unwrap();
    for ray in region.rays() {
        let exact = if ray.unit.x > 0.125 { (0.5 / ray.unit.x).min(4.0) } else { 4.0 };
        assert!((ray.radius - exact).abs() < 1e-4, "{ray:?}, the loss ends at {exact}");
    }
    let [piece] = &region.outline()[..] else { panic!("one piece") };
    assert!(piece.len() > 30 && piece[0] != piece[piece.len() - 1], "the rim of the hole, open");
    assert!(!pinches(landscape.loss(), &model, 0.1, Vector::repeat(4.0)), "flat across the gradient: no waist");
}

/// However narrow a hole is, a ray ends there; and at the edge of the grid.
#[test]
fn a_single_missing_value_ends_the_rays_behind_it() {
    const COLUMNS: usize = 801;
    let line = |index: usize| {
        let (column, row) = (index % COLUMNS, index / COLUMNS);
        let (x, y) = (column as f64 / 400.0 - 1.0, row as f64 / 2.0 - 1.0);
        let loss = if (column, row) == (500, 2) { "nan".to_owned() } else { (2.0 * x + y).to_string() };
        format!("{x},{y},{loss}\n")
    };
    let text = format!("x,y,loss\n{}", (0..5 * COLUMNS).map(line).collect::<String>());
    let read = |_: &std::path::Path| Ok(text.clone().into_bytes());
    let landscape = Landscape::parse_with("grid:f.csv", None, &read).unwrap();
    let model = LocalModel::new(landscape.loss(), Point::new(-0.5, 0.1));
    for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
        let region = ValidityRegion::of(landscape.loss(), &model, order, 0.1, 4.0).unwrap();
        for ray in region.rays() {
            let tip = region.tip(ray);
            assert!(landscape.domain().contains(model.at + ray.unit * (ray.radius - 1e-4)), "{order:?}: {tip} outside");
            // The hole begins at x = 0.2475 and is 0.5 high to both sides.
            let behind = ray.unit.x > 0.0 && (0.1 + 0.7475 * ray.unit.y / ray.unit.x).abs() < 0.49;
            assert!(!behind || (tip.x - 0.2475).abs() < 1e-3, "{order:?}: {tip} is behind the hole");
        }
    }
}

#[test]
fn where_nothing_is_predicted_there_is_no_region() {
    let landscape = Landscape::parse("saddle").unwrap();
    let (plane, quadratic) = (
        region(&landscape, Point::origin(), ModelOrder::Linear, 0.1),
        region(&landscape, Point::origin(), ModelOrder::Quadratic, 0.1),
    );
    assert!(plane.is_none(), "the plane is level");
    assert!(quadratic.is_some_and(|(_, region)| region.is_everywhere()), "the quadratic is the loss");
    let model = LocalModel::new(landscape.loss(), Point::new(f64::NAN, 0.0));
    assert!(ValidityRegion::of(landscape.loss(), &model, ModelOrder::Quadratic, 0.1, 1.0).is_none(), "no place at all");
}

#[test]
fn a_search_ends_whatever_the_size_of_gradient_place_and_limit() {
    let landscape = Landscape::parse("formula:x^8+y^8+x*y").unwrap();
    let loss = landscape.loss();
    for size in [1e-300, 1e-40, 1.0, 1e34, 1e40, 1e44] {
        let model = LocalModel::new(loss, Point::new(-2.0 * size, size));
        for limit in [5e-324, 1e-300, 1e-20, 18.0, 1e20, 1e300, f64::MAX, f64::INFINITY, 0.0, f64::NAN] {
            pinches(loss, &model, 0.1, Vector::repeat(limit));
            for order in [ModelOrder::Linear, ModelOrder::Quadratic] {
                let found = reach(loss, &model, order, Vector::x(), 0.1, limit);
                let is_a_length = found.is_none_or(|radius| (0.0..=limit).contains(&radius));
                assert!(is_a_length, "{order:?} at {size:e} within {limit:e}: {found:?}");
                ValidityRegion::of(loss, &model, order, 0.1, limit);
            }
        }
    }
}
