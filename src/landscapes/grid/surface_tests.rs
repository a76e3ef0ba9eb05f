//! The surface through measured losses: the spline where nothing is limited, and nothing made up anywhere.

use proptest::prelude::*;

use super::tests::{NUMPY, csv, sampled, spread, waves};
use super::trend::Row;
use super::*;
use crate::landscapes::{Loss, SecondOrder};

fn listed(f: &SecondOrder) -> [f64; 6] {
    [f.value, f.gradient.x, f.gradient.y, f.hessian.xx, f.hessian.xy, f.hessian.yy]
}

/// The losses at the points of a grid.
fn losses(grid: &Grid) -> Vec<f64> {
    let [columns, rows] = grid.size();
    let at = |index: usize| Point::new(grid.x.coordinate(index % columns), grid.y.coordinate(index / columns));
    (0..columns * rows).map(|index| grid.value(at(index))).collect()
}

/// Whether no slope is limited at the corners of the cell of a point.
fn is_plain(grid: &Grid, at: Point) -> bool {
    let spline = Surface::spline(&losses(grid), grid.size());
    let cell = [grid.x.cell(at.x).unwrap(), grid.y.cell(at.y).unwrap()];
    // The last point of a row is read from the cell before it, with a rounding.
    grid.surface.is_close(&spline, cell)
}

/// The grid of these losses at whole numbers.
fn of(losses: &[f64], columns: usize) -> Grid {
    let rows = losses.len() / columns;
    let [x, y] = [("x", columns), ("y", rows)].map(|(name, n)| Axis::spread(name, [0.0, (n - 1) as f64], n).unwrap());
    Grid::through(GridLosses::new(x, y, losses.to_vec(), Vec::new())).unwrap()
}

/// The least and the greatest value within a cell and at its corners.
fn ranges(grid: &Grid, [column, row]: [usize; 2]) -> [[f64; 2]; 2] {
    let at = |i: usize, j: usize| Point::new(column as f64 + i as f64 / 8.0, row as f64 + j as f64 / 8.0);
    let widen = |[low, high]: [f64; 2], f: f64| [low.min(f), high.max(f)];
    let all = (0..=8).flat_map(|j| (0..=8).map(move |i| (i, j)));
    let values = |step: usize| all.clone().filter(move |(i, j)| i % step == 0 && j % step == 0);
    let range =
        |step: usize| values(step).map(|(i, j)| grid.value(at(i, j))).fold([f64::INFINITY, f64::NEG_INFINITY], widen);
    [range(1), range(8)]
}

fn every_cell(grid: &Grid) -> impl Iterator<Item = [usize; 2]> + use<> {
    let [columns, rows] = grid.size();
    (0..rows - 1).flat_map(move |row| (0..columns - 1).map(move |column| [column, row]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// With the slopes of quartics at its ends a bicubic is its own spline, derivatives and all, on the smallest grid too, wherever no slope is
    /// limited.
    #[test]
    fn bicubics_come_back(
        c in proptest::array::uniform16(-1.0..1.0), size in [4..9_usize, 4..9_usize],
        corner in [-3.0..3.0_f64, -3.0..3.0], sides in [0.1..4.0_f64, 0.1..4.0], share in [0.0..=1.0_f64, 0.0..=1.0],
    ) {
        let term = |k: usize, t: f64| [[1.0, t, t * t, t * t * t], [0.0, 1.0, 2.0 * t, 3.0 * t * t], [0.0, 0.0, 2.0, 6.0 * t]][k];
        let sum = |kx: usize, ky: usize, x: f64, y: f64| -> f64 {
            (0..16).map(|i| c[i] * term(kx, x)[i % 4] * term(ky, y)[i / 4]).sum()
        };
        let [[x0, y0], [width, height]] = [corner, sides];
        let grid = sampled(ViewBox::new(x0, x0 + width, y0, y0 + height), size, |x, y| sum(0, 0, x, y));
        let [[x0, x1], [y0, y1]] = [grid.domain().x, grid.domain().y];
        let at = Point::new(x1.min(x0 + share[0] * width), y1.min(y0 + share[1] * height));
        prop_assume!(is_plain(&grid, at));
        let expected = [[0, 0], [1, 0], [0, 1], [2, 0], [1, 1], [0, 2]].map(|[kx, ky]| sum(kx, ky, at.x, at.y));
        // Roundings of the values, divided by steps as often as there are derivatives.
        let scale = grid.range().map(f64::abs).into_iter().fold(1.0, f64::max);
        let (hx, hy) = (width / (size[0] - 1) as f64, height / (size[1] - 1) as f64);
        let steps = [1.0, hx, hy, hx * hx, hx * hy, hy * hy];
        for ((got, expected), step) in listed(&grid.second_order(at)).into_iter().zip(expected).zip(steps) {
            prop_assert!((got - expected).abs() <= 1e-12 * (scale / step).max(expected.abs()), "{got} instead of {expected} at {at}");
        }
    }

    /// Value, gradient and Hessian come from one formula; rows agree with points.
    #[test]
    fn every_question_has_one_answer(x in -1.0..=1.5, y in 0.0..=3.0) {
        let grid = sampled(ViewBox::new(-1.0, 1.5, 0.0, 3.0), [6, 7], waves);
        let at = Point::new(x, y);
        let (first, second) = (grid.first_order(at), grid.second_order(at));
        prop_assert_eq!(grid.value(at), first.value, "value");
        prop_assert_eq!((first.value, first.gradient), (second.value, second.gradient), "first order");
        let (mut row, mut many, mut seconds) = ([0.0], [0.0], [[0.0; 6]]);
        grid.value_row(&[x], y, &mut row);
        grid.values(&[x], &[y], &mut many);
        grid.second_orders(&[x], &[y], &mut seconds);
        prop_assert_eq!((row, many, seconds), ([first.value], [first.value], [listed(&second)]), "batches");
    }

    #[test]
    fn derivatives_are_limits_of_differences(x in -0.9..1.4, y in 0.1..2.9) {
        let grid = sampled(ViewBox::new(-1.0, 1.5, 0.0, 3.0), [6, 7], waves);
        let h = 1e-5;
        // Across a line of the grid where slopes are limited, a difference averages two curvatures.
        prop_assume!([x, y].iter().all(|at: &f64| (at * 2.0 - (at * 2.0).round()).abs() > 4.0 * h));
        let f = |dx: f64, dy: f64| grid.first_order(Point::new(x + dx, y + dy));
        let ([left, right], [below, above]) = ([f(-h, 0.0), f(h, 0.0)], [f(0.0, -h), f(0.0, h)]);
        let slope = |low: f64, high: f64| (high - low) / (2.0 * h);
        let differences = [
            slope(left.value, right.value), slope(below.value, above.value), slope(left.gradient.x, right.gradient.x),
            slope(below.gradient.x, above.gradient.x), slope(below.gradient.y, above.gradient.y),
        ];
        for (got, difference) in listed(&grid.second_order(Point::new(x, y)))[1..].iter().zip(differences) {
            prop_assert!((got - difference).abs() < 2e-3, "{} and {}", got, difference);
        }
    }

    /// Values, slopes and curvatures go through every line of the grid without a jump.
    #[test]
    fn the_surface_is_twice_smooth_across_the_lines(column in 1..5_usize, row in 1..6_usize, along in 0.01..0.99) {
        let grid = sampled(ViewBox::new(-1.0, 1.5, 0.0, 3.0), [6, 7], waves);
        let (x, y, tiny) = (grid.x.coordinate(column), grid.y.coordinate(row), 1e-9);
        let (free_x, free_y) = (-1.0 + 2.5 * along, 3.0 * along);
        for [before, after] in [[[x - tiny, free_y], [x + tiny, free_y]], [[free_x, y - tiny], [free_x, y + tiny]]] {
            let [before, after] = [before, after].map(Point::from);
            let is_spline = is_plain(&grid, before) && is_plain(&grid, after);
            let [before, after] = [before, after].map(|at| listed(&grid.second_order(at)));
            // Where a slope is limited, the surface is smooth once.
            let orders = if is_spline { 6 } else { 3 };
            for (before, after) in before.into_iter().zip(after).take(orders) {
                prop_assert!((before - after).abs() < 1e-6, "{before} jumps to {after}");
            }
        }
    }

    /// Losses that rise along x and along y, by steps of any size, stay within the corners of every cell.
    #[test]
    fn rising_losses_rise_and_stay_within_their_cells(
        steps in proptest::collection::vec((0..4_u8, 0.0..1.0_f64), 36), turn in any::<[bool; 2]>(),
    ) {
        let step = |index: usize| match steps[index].0 { 0 => 0.0, 1 => 1e-3, 2 => steps[index].1, _ => 100.0 * steps[index].1 };
        let mut values = vec![0.0_f64; 36];
        for index in 0..36 {
            let left = if index % 6 > 0 { values[index - 1] } else { 0.0 };
            let below = if index >= 6 { values[index - 6] } else { 0.0 };
            values[index] = left.max(below) + step(index);
        }
        let turned = |index: usize| {
            let (column, row) = (index % 6, index / 6);
            (if turn[0] { 5 - column } else { column }) + 6 * if turn[1] { 5 - row } else { row }
        };
        let values: Vec<f64> = (0..36).map(|index| values[turned(index)]).collect();
        // Rows and columns that end as a bowl beside the edge does may turn there.
        let row = |index: usize| values[6 * index..][..6].to_vec();
        let column = |index: usize| (0..6).map(|row| values[6 * row + index]).collect::<Vec<f64>>();
        let ends_as_bowl = |line: Vec<f64>| [0, 4].iter().any(|cell| Row::of(&line, false).turns(*cell));
        prop_assume!(!(0..6).any(|index| ends_as_bowl(row(index)) || ends_as_bowl(column(index))));
        let grid = of(&values, 6);
        for cell in every_cell(&grid) {
            let [[low, high], [least, most]] = ranges(&grid, cell);
            let rounding = 1e-13 * grid.range()[1];
            prop_assert!(low >= least - rounding && high <= most + rounding, "{cell:?}: {low} to {high} within {least} to {most}");
        }
    }

    /// Random losses cut off at a cap, and a plain with spikes: a plateau is exactly that, and nothing is above a cap that
    /// has one.
    #[test]
    fn caps_and_plains_are_level(
        noise in proptest::collection::vec(-1.0..1.0_f64, 48), cap in -0.8..0.5_f64, spiky in any::<bool>(), sign in prop::sample::select(vec![1.0, -1.0]),
    ) {
        let cut = |f: &f64| sign * if spiky { if *f > 0.7 { 10.0 * f } else { 0.3 } } else { f.min(cap) };
        let values: Vec<f64> = noise.iter().map(cut).collect();
        let grid = of(&values, 8);
        let has_plateau = every_cell(&grid).any(|cell| grid.surface.level(cell).is_some());
        let level = sign * if spiky { 0.3 } else { cap };
        for cell in every_cell(&grid) {
            let [[low, high], [least, most]] = ranges(&grid, cell);
            // Spikes rise from a plain, and a cap cuts off.
            let beyond = if spiky == (sign > 0.0) { level - low } else { high - level };
            prop_assert!(!has_plateau || beyond <= 1e-13, "{cell:?}: {beyond} beyond the level");
            if least == most && has_plateau {
                prop_assert_eq!([low, high], [least; 2], "{:?} is level to the last bit", cell);
                let middle = Point::new(cell[0] as f64 + 0.3, cell[1] as f64 + 0.6);
                prop_assert_eq!(listed(&grid.second_order(middle)), [least, 0.0, 0.0, 0.0, 0.0, 0.0], "flat");
            }
        }
    }

    /// With holes anywhere: no value in a cell with a missing corner, a value in every other, and a bicubic of which enough
    /// is left comes back.
    #[test]
    fn around_holes_the_rest_is_usable(missing in proptest::collection::vec(0..48_usize, 1..9), slopes in [-1.0..1.0_f64, -1.0..1.0]) {
        let plane = |index: usize| slopes[0] * (index % 8) as f64 + slopes[1] * (index / 8) as f64;
        let losses: Vec<f64> = (0..48).map(|index| if missing.contains(&index) { f64::INFINITY } else { plane(index) }).collect();
        let grid = of(&losses, 8);
        for [column, row] in every_cell(&grid) {
            let corners = [0, 1, 8, 9].map(|next| row * 8 + column + next);
            let at = Point::new(column as f64 + 0.4, row as f64 + 0.7);
            let (is_hole, found) = (corners.iter().any(|corner| missing.contains(corner)), grid.second_order(at));
            prop_assert_eq!(grid.hole(at).is_some(), is_hole, "at {}", at);
            let expected = slopes[0] * at.x + slopes[1] * at.y;
            let is_right = if is_hole { found.value.is_nan() } else { (found.value - expected).abs() < 1e-12 };
            prop_assert!(is_right, "{} for {expected} at {at}", found.value);
        }
        prop_assert!(grid.value(Point::from(grid.suggestion().start)).is_finite(), "it begins where there is a value");
    }
}

/// A bowl keeps its bottom, wherever between the points it lies: no slope of a quadratic model that turns inside is limited.
#[test]
fn a_bowl_keeps_its_bottom() {
    for [x0, y0] in [[0.3, 0.2], [2.4, 3.1], [2.0, 2.0], [1.01, 3.99], [2.45, 2.55], [2.5, 2.5], [2.5, 2.0]] {
        let bowl = |x: f64, y: f64| (x - x0) * (x - x0) + 0.5 * (x - x0) * (y - y0) + (y - y0) * (y - y0);
        let values: Vec<f64> = (0..36).map(|index| bowl(f64::from(index % 6), f64::from(index / 6))).collect();
        let grid = of(&values, 6);
        let lowest = grid.first_order(Point::new(x0, y0));
        let is_edge = x0 < 1.0 || y0 < 1.0;
        assert!(is_edge || lowest.value.abs() < 1e-13 && lowest.gradient.norm() < 1e-12, "({x0}, {y0}): {lowest:?}");
    }
}

#[test]
fn measured_plateaus_are_single_areas() {
    for (name, bytes, count, gaps, corners) in [
        ("const.csv", &include_bytes!("../../../tests/cases/const.csv")[..], 1, 0, 5),
        ("clip9.csv", include_bytes!("../../../tests/cases/clip9.csv"), 1, 1, 5),
    ] {
        let grid = Grid::read(bytes, name, None).unwrap();
        let plateaus = grid.plateaus();
        assert_eq!(plateaus.len(), count, "{name}: {plateaus:?}");
        assert_eq!((plateaus[0].gaps.len(), plateaus[0].polyline.len()), (gaps, corners), "{name}: {plateaus:?}");
    }
    let steps: Vec<f64> = (0..64).map(|index| f64::from(index % 8 / 2)).collect();
    let values: Vec<f64> = of(&steps, 8).plateaus().iter().map(|set| set.polyline[0].x).collect();
    assert_eq!(values, [0.0, 2.0, 4.0, 6.0], "a flight of steps: each its own");
}

/// Numbers of `SciPy` 1.17 for the same values: with the slopes `numpy.polyfit` gives the quartics through five values as
/// `bc_type`, `CubicSpline(y, CubicSpline(x, loss, axis=1)(px, i))(py, j)`.
#[test]
#[expect(clippy::unreadable_literal, reason = "as SciPy prints them")]
fn numpy_is_read_and_scipy_agrees() {
    let grid = Grid::read(NUMPY, "numpy.npz", None).unwrap();
    assert_eq!((grid.size(), grid.domain()), ([6, 7], ViewBox::new(-1.0, 1.5, 0.0, 3.0)), "the grid");
    let spline =
        Grid { surface: Surface::spline(&losses(&grid), grid.size()), ..sampled(grid.domain(), [6, 7], waves) };
    for ([x, y], expected) in [
        (
            [-0.9, 0.2],
            [
                -0.7397017397251422,
                -3.121821680280799,
                -0.9317654196035745,
                15.850612634080214,
                1.7056447378723958,
                0.264365762377743,
            ],
        ),
        (
            [0.33, 1.7],
            [
                0.6464408793039221,
                -1.913977022051678,
                -0.5915082315562864,
                -2.6219436396396065,
                -0.5921789846859637,
                -0.23859612333204977,
            ],
        ),
        (
            [1.5, 3.0],
            [
                4.312999976774739,
                2.6509039879712653,
                2.58549820774993,
                -14.232087590698331,
                -3.2910213974467695,
                -0.2839651023578913,
            ],
        ),
        (
            [1.41, 0.05],
            [
                -0.9675537731233533,
                -0.8838110642956983,
                -0.5013846240518584,
                13.828632316391706,
                3.502555451512866,
                1.7051470672135531,
            ],
        ),
    ] {
        let at = Point::new(x, y);
        // Where nothing is limited, the surface is the spline to the last digits.
        for surface in [&spline, if is_plain(&grid, at) { &grid } else { &spline }] {
            for (got, expected) in listed(&surface.second_order(at)).into_iter().zip(expected) {
                assert!(
                    (got - expected).abs() < 1e-12 * expected.abs().max(4.0),
                    "{got} instead of {expected} at {x}, {y}"
                );
            }
        }
    }
}

#[test]
fn measured_values_come_back_and_there_are_none_outside() {
    // Digits without any order: nothing a polynomial could know.
    let noise = |x: f64, y: f64| (libm::sin(1e4 * x + 1e5 * y) * 1e3).fract();
    let (xs, ys) = (spread(-2.0, 2.0, 41), spread(0.0, 3.0, 31));
    let grid = Grid::read(csv(&xs, &ys, noise).as_bytes(), "a.csv", None).unwrap();
    for (x, y) in ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y))) {
        let error = (grid.value(Point::new(x, y)) - noise(x, y)).abs();
        assert!(error < 1e-12, "{error} off at {x}, {y}");
    }
    for [x, y] in [[-2.0 - 1e-12, 1.0], [2.1, 1.0], [0.0, -1e-300], [0.0, 3.1], [f64::NAN, 1.0], [f64::INFINITY, 1.0]] {
        let mut row = [0.0; 2];
        grid.value_row(&[x, 0.0], y, &mut row);
        let nowhere = listed(&grid.second_order(Point::new(x, y))).iter().all(|number| number.is_nan());
        assert!(nowhere && row[0].is_nan() && grid.value(Point::new(x, y)).is_nan(), "a value at {x}, {y}");
    }
}

#[test]
fn the_suggested_run_goes_down_and_stays() {
    let rosenbrock = |x: f64, y: f64| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
    for (what, f) in [
        ("waves", waves as fn(f64, f64) -> f64),
        ("Rosenbrock", rosenbrock),
        ("a far and tiny bowl", |x, y| 1e-9 * ((x - 0.3) * (x - 0.3) + y * y)),
        ("a plane", |x, y| x - y),
        ("a plain", |_, _| 2.0),
    ] {
        let grid = sampled(ViewBox::new(-2.0, 2.0, -1.0, 3.0), [41, 31], f);
        let Suggestion { start: [x, y], rate } = grid.suggestion();
        let mut at = Point::new(x, y);
        let begin = grid.value(at);
        for _ in 0..30 {
            at -= grid.first_order(at).gradient * rate;
        }
        let share = (begin - grid.value(at)) / (grid.range()[1] - grid.range()[0]);
        assert!(
            rate > 0.0 && (what == "a plain" || share > 0.05),
            "{what}: {:?} goes down by {share}",
            grid.suggestion()
        );
    }
}

#[test]
fn it_says_what_it_is() {
    let grid = sampled(ViewBox::square(1.0), [101, 81], |x, y| x * x + y * y);
    assert_eq!(grid.to_string(), "101 × 81 measured losses, 0 to 2.000", "a sentence");
}

/// Four equal losses between which one axis turns and the other is of no smooth function are a plateau, whose level caps the others.
#[test]
fn a_floor_that_one_axis_would_turn_in_is_a_plateau() {
    #[rustfmt::skip]
    let losses = [
        -0.14, -0.42, 0.05, 0.57, 0.0, -0.42, -0.42, 0.37,
        -0.42, 0.71, 0.26, 0.7, 0.03, -0.42, -0.42, 0.42,
        0.0, -0.07, 0.19, -0.31, 0.52, 0.51, 0.01, -0.42,
        0.65, -0.42, -0.42, -0.42, -0.42, 0.65, -0.16, 0.34,
        -0.42, -0.42, 0.95, 0.76, -0.04, -0.42, 0.75, -0.21,
        -0.42, 0.28, 0.75, 0.43, 0.72, -0.14, -0.42, 0.25,
    ];
    let grid = of(&losses, 8);
    assert_eq!(grid.surface.level([5, 0]), Some(-0.42));
    for cell in every_cell(&grid) {
        let [[low, _], _] = ranges(&grid, cell);
        assert!(low >= -0.42 - 1e-13, "{cell:?}: {low} is below the floor");
    }
}
