//! Splines against cubics, SciPy and differences; files of every format against what is wrong with them.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::landscapes::{Loss, SecondOrder};
use crate::numbers::Point;

/// A table of a function at the crossings of two lists.
fn csv(xs: &[f64], ys: &[f64], f: impl Fn(f64, f64) -> f64) -> String {
    let lines = ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y)));
    lines.fold("x,y,loss\n".to_owned(), |text, (x, y)| format!("{text}{x},{y},{}\n", f(x, y)))
}

fn spread(low: f64, high: f64, count: usize) -> Vec<f64> {
    (0..count).map(|index| low + (high - low) * index as f64 / (count - 1) as f64).collect()
}

/// The spline through a function on a box.
fn sampled(view: ViewBox, [columns, rows]: [usize; 2], f: impl Fn(f64, f64) -> f64) -> Grid {
    let (xs, ys) = (spread(view.x[0], view.x[1], columns), spread(view.y[0], view.y[1], rows));
    let losses = ys.iter().flat_map(|y| xs.iter().map(|x| f(*x, *y))).collect();
    let [x, y] =
        [("x", view.x, columns), ("y", view.y, rows)].map(|(name, ends, n)| Axis::spread(name, ends, n).unwrap());
    Grid::through(Samples { x, y, losses }).unwrap()
}

fn listed(f: &SecondOrder) -> [f64; 6] {
    [f.value, f.gradient.x, f.gradient.y, f.hessian.xx, f.hessian.xy, f.hessian.yy]
}

fn waves(x: f64, y: f64) -> f64 {
    libm::sin(3.0 * x + y) + x * y * y / 4.0
}

/// The bytes of `numpy.save`.
fn npy(descr: &str, fortran: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
    [b"\x93NUMPY\x01\x00", (header.len() as u16).to_le_bytes().as_slice(), header.as_bytes(), data].concat()
}

fn npy_f8(shape: &str, values: &[f64]) -> Vec<u8> {
    npy("'<f8'", "False", shape, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())
}

/// The bytes of `numpy.savez_compressed`.
fn npz(arrays: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in arrays {
        archive.start_file(format!("{name}.npy"), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn arrays(x: (&str, &[f64]), y: (&str, &[f64]), loss: (&str, &[f64])) -> Vec<u8> {
    npz(&[("x", npy_f8(x.0, x.1)), ("y", npy_f8(y.0, y.1)), ("loss", npy_f8(loss.0, loss.1))])
}

fn said(bytes: &[u8], name: &str, view: Option<ViewBox>) -> String {
    Grid::read(bytes, name, view).unwrap_err().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// With not-a-knot ends a bicubic is its own spline, derivatives and all, on the smallest grid too.
    #[test]
    fn bicubics_come_back(
        c in proptest::array::uniform16(-1.0..1.0), size in [4..9_usize, 4..9_usize],
        corner in [-3.0..3.0, -3.0..3.0], sides in [0.1..4.0, 0.1..4.0], share in [0.0..=1.0, 0.0..=1.0],
    ) {
        let term = |k: usize, t: f64| [[1.0, t, t * t, t * t * t], [0.0, 1.0, 2.0 * t, 3.0 * t * t], [0.0, 0.0, 2.0, 6.0 * t]][k];
        let sum = |kx: usize, ky: usize, x: f64, y: f64| -> f64 {
            (0..16).map(|i| c[i] * term(kx, x)[i % 4] * term(ky, y)[i / 4]).sum()
        };
        let [[x0, y0], [width, height]] = [corner, sides];
        let grid = sampled(ViewBox::new(x0, x0 + width, y0, y0 + height), size, |x, y| sum(0, 0, x, y));
        let [[x0, x1], [y0, y1]] = [grid.view().x, grid.view().y];
        let at = Point::new(x1.min(x0 + share[0] * width), y1.min(y0 + share[1] * height));
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
    fn the_land_is_twice_smooth_across_the_lines(column in 1..5_usize, row in 1..6_usize, along in 0.01..0.99) {
        let grid = sampled(ViewBox::new(-1.0, 1.5, 0.0, 3.0), [6, 7], waves);
        let (x, y, tiny) = (grid.x.coordinate(column), grid.y.coordinate(row), 1e-9);
        let (free_x, free_y) = (-1.0 + 2.5 * along, 3.0 * along);
        for [before, after] in [[[x - tiny, free_y], [x + tiny, free_y]], [[free_x, y - tiny], [free_x, y + tiny]]] {
            let [before, after] = [before, after].map(|[x, y]| listed(&grid.second_order(Point::new(x, y))));
            for (before, after) in before.into_iter().zip(after) {
                prop_assert!((before - after).abs() < 1e-6, "{before} jumps to {after}");
            }
        }
    }

    /// Whatever a file holds, it is read or refused.
    #[test]
    fn nothing_panics(noise in proptest::collection::vec(any::<u8>(), 0..200), flips in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..4)) {
        let mut files = vec![
            (csv(&spread(0.0, 1.0, 4), &spread(0.0, 1.0, 4), waves).into_bytes(), "a.csv"),
            (NUMPY.to_vec(), "a.npz"),
            (npy_f8("(4, 4)", &[1.0; 16]), "a.npy"),
        ];
        for (bytes, _) in &mut files {
            for (place, byte) in &flips {
                let place = usize::from(*place) % bytes.len();
                bytes[place] = *byte;
            }
        }
        for name in ["a.csv", "a.npz", "a.npy"] {
            files.push((noise.clone(), name));
            files.push(([b"\x93NUMPY\x01\x00\x60\x00", noise.as_slice()].concat(), name));
        }
        for (bytes, name) in files {
            let grid = Grid::read(&bytes, name, Some(ViewBox::square(1.0)));
            prop_assert!(grid.map_or(true, |grid| grid.value(grid.view().center()).is_finite()), "{name}: a grid without a value");
        }
    }
}

/// `numpy.savez_compressed` of [`waves`], 6 × 7: x in single precision, y falling, the loss in Fortran's order.
const NUMPY: &[u8] = include_bytes!("numpy.npz");

/// Numbers of SciPy 1.17's `RectBivariateSpline` through the same values, evaluated with `ev(y, x, dx, dy)`.
#[test]
fn numpy_is_read_and_scipy_agrees() {
    let grid = Grid::read(NUMPY, "numpy.npz", None).unwrap();
    assert_eq!((grid.size(), grid.view()), ([6, 7], ViewBox::new(-1.0, 1.5, 0.0, 3.0)), "the grid");
    for ([x, y], expected) in [
        (
            [-0.9, 0.2],
            [
                -0.7160612948568154,
                -2.9739956183797225,
                -0.8578456884057092,
                13.95618603022592,
                2.129141886615486,
                0.31703389253700576,
            ],
        ),
        (
            [0.33, 1.7],
            [
                0.6515032388283479,
                -1.9406109530577083,
                -0.5994953678915698,
                -2.7348491069831007,
                -0.5803181283184055,
                -0.2428306241116445,
            ],
        ),
        (
            [1.5, 3.0],
            [
                4.312999976774739,
                3.717224314437876,
                2.5816474276627965,
                -6.844241524071703,
                -3.014779527634237,
                -0.31056950556454364,
            ],
        ),
        (
            [1.41, 0.05],
            [
                -0.8965604407493822,
                -1.3838677591802728,
                -0.5031823612428655,
                7.8513886741171754,
                3.450317796210399,
                1.7501568332245894,
            ],
        ),
    ] {
        for (got, expected) in listed(&grid.second_order(Point::new(x, y))).into_iter().zip(expected) {
            assert!(
                (got - expected).abs() < 1e-12 * expected.abs().max(10.0),
                "{got} instead of {expected} at {x}, {y}"
            );
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
fn every_format_gives_the_same_grid() {
    let (xs, ys) = (spread(-1.0, 1.0, 5), spread(0.0, 3.0, 4));
    let whole = |x: f64, y: f64| (10.0 * x * x + 3.0 * y).floor();
    let values: Vec<f64> = ys.iter().flat_map(|y| xs.iter().map(move |x| whole(*x, *y))).collect();
    let columns: Vec<f64> = (0..20).map(|i| values[(i % 4) * 5 + i / 4]).collect();
    let bytes =
        |values: &[f64], to: fn(f64) -> Vec<u8>| values.iter().flat_map(|value| to(*value)).collect::<Vec<u8>>();
    let view = ViewBox::new(-1.0, 1.0, 0.0, 3.0);
    let expected = sampled(view, [5, 4], whole);

    let mut lines: Vec<String> = csv(&xs, &ys, whole).lines().skip(1).map(|line| line.replace(',', " ,  ")).collect();
    lines.reverse();
    let shuffled = format!("\u{feff} x, y ,loss\r\n{}\r\n\n", lines.join("\r\n\r\n"));
    let mesh_x: Vec<f64> = ys.iter().flat_map(|_| xs.clone()).collect();
    let mesh_y: Vec<f64> = ys.iter().flat_map(|y| [*y; 5]).collect();
    let list = (("(5,)", xs.as_slice()), ("(4,)", ys.as_slice()), ("(4, 5)", values.as_slice()));
    let backward = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
    for (what, name, file) in [
        ("a table in any order", "a.CSV", shuffled.into_bytes()),
        ("lists", "a.npz", arrays(list.0, list.1, list.2)),
        (
            "falling lists",
            "a.npz",
            arrays(("(5,)", &backward(&xs)), ("(4,)", &backward(&ys)), ("(4, 5)", &backward(&values))),
        ),
        ("a mesh", "a.npz", arrays(("(4, 5)", &mesh_x), ("(4, 5)", &mesh_y), list.2)),
        ("float64", "a.npy", npy_f8("(4, 5)", &values)),
        ("Python 2", "a.npy", npy_f8("(4L, 5L)", &values)),
        ("columns first", "a.npy", npy("'<f8'", "True", "(4, 5)", &bytes(&columns, |v| v.to_le_bytes().to_vec()))),
        ("big-endian", "a.npy", npy("'>f8'", "False", "(4, 5)", &bytes(&values, |v| v.to_be_bytes().to_vec()))),
        ("float32", "a.npy", npy("'<f4'", "False", "(4, 5)", &bytes(&values, |v| (v as f32).to_le_bytes().to_vec()))),
        ("int64", "a.npy", npy("'<i8'", "False", "(4, 5)", &bytes(&values, |v| (v as i64).to_le_bytes().to_vec()))),
        (
            "big-endian int32",
            "a.npy",
            npy("'>i4'", "False", "(4, 5)", &bytes(&values, |v| (v as i32).to_be_bytes().to_vec())),
        ),
        ("uint8", "a.npy", npy("'|u1'", "False", "(4, 5)", &bytes(&values, |v| vec![v as u8]))),
    ] {
        assert_eq!(Grid::read(&file, name, Some(view)).unwrap(), expected, "{what}");
    }
    let minus = npy("'<i2'", "False", "(4, 4)", &[0xFE, 0xFF].repeat(16));
    assert_eq!(Grid::read(&minus, "a.npy", Some(view)).unwrap().range(), [-2.0; 2], "signs");
}

#[test]
fn what_is_wrong_with_a_table_is_named() {
    let (xs, ys) = (spread(0.0, 3.0, 4), spread(0.0, 4.0, 5));
    let good = csv(&xs, &ys, waves);
    let without = |line: &str| {
        good.lines().filter(|known| !known.starts_with(line)).fold(String::new(), |text, line| text + line + "\n")
    };
    for (text, words) in [
        (String::new(), "a.csv, line 1: expected the header 'x,y,loss', found ''"),
        (good.replace("x,y,loss", "x,y,z"), "found 'x,y,z'"),
        ("x,y,loss\n".to_owned(), "0 different x: a smooth surface needs at least 4 × 4 points"),
        ("x,y,loss\n1,2\n".to_owned(), "a.csv, line 2: '1,2' is not three numbers"),
        ("x,y,loss\n\n1,2,3,4\n".to_owned(), "a.csv, line 3: '1,2,3,4' is not three numbers"),
        ("x,y,loss\n1,2,nan\n".to_owned(), "line 2: loss: 'nan' is not a finite number"),
        ("x,y,loss\n1,a,3\n".to_owned(), "line 2: y: 'a' is not a finite number"),
        (without("2,3,"), "no loss at x = 2, y = 3: 4 different x and 5 different y need 20 points, and there are 19"),
        (format!("{good}1,0,7\n"), "line 22: the loss at x = 1, y = 0 stands in line 3 already"),
        (csv(&xs[..3], &ys, waves), "3 different x: a smooth surface needs"),
        (
            csv(&xs, &[0.0, 1.0, 2.0, 4.0, 5.0], waves),
            "y is spaced unevenly: 2 to 4 is not the step of 1 found elsewhere",
        ),
        (csv(&[0.0, 1.0, 2.005, 3.0], &ys, waves), "x is spaced unevenly: 1 to 2.005"),
        (csv(&spread(0.0, 1.0, 2002), &[0.0], waves), "2002 different x: at most 2001 × 2001 points"),
        (csv(&xs, &ys, |_, _| 1e308), "losses from 1"),
        (csv(&[-1e308, -5e307, 5e307, 1e308], &ys, waves), "is no side of a rectangle"),
    ] {
        let error = said(text.as_bytes(), "a.csv", None);
        assert!(error.contains(words), "{words}: {error}");
    }
    assert!(said(b"x,y,loss\n\xff", "a.csv", None).contains("no text in UTF-8"), "bytes");
    assert!(said(b"", "loss.txt", None).contains("ends in .csv, .npz or .npy"), "ending");
}

#[test]
fn what_is_wrong_with_an_array_is_named() {
    let view = Some(ViewBox::square(1.0));
    let (data, four) = ([0; 128], "(4, 4)");
    let header = |version: &[u8], rest: &[u8]| [b"\x93NUMPY", version, rest].concat();
    for (bytes, view, words) in [
        (npy_f8(four, &[1.0; 16]), None, "a.npy: an .npy file has no coordinates and needs --box X0,X1,Y0,Y1"),
        (npy_f8(four, &[1.0; 16]), Some(ViewBox::new(1.0, -1.0, 0.0, 1.0)), "x from 1 to -1 is no side of a rectangle"),
        (npy_f8(four, &[1.0; 15]), view, "ends early, with 120 of 128 bytes"),
        (npy_f8("(3, 4)", &[1.0; 12]), view, "3 different y: a smooth surface needs at least 4 × 4"),
        (npy_f8("(16,)", &[1.0; 16]), view, "it has shape (16,); losses are a table of two dimensions"),
        (npy_f8("()", &[1.0]), view, "it has shape (); losses are"),
        (npy_f8("(4, 2, 2)", &[1.0; 16]), view, "it has shape (4, 2, 2); losses are"),
        (npy_f8("(99999999999, 99999999999)", &[]), view, "at most 2001 × 2001"),
        (npy_f8("(4, 2002)", &[0.0; 8008]), view, "2002 different x: at most"),
        (npy_f8("(4, -4)", &[]), view, "its header does not say shape"),
        (npy_f8(four, &[f64::NAN; 16]), view, "loss[0, 0] is NaN"),
        (npy_f8(four, &[[1.0; 9].as_slice(), &[f64::INFINITY; 7]].concat()), view, "loss[2, 1] is inf"),
        (npy("'|O'", "False", four, &data), view, "pickled Python objects, which are never opened"),
        (npy("'<c16'", "False", four, &data), view, "type '<c16' cannot be read"),
        (npy("[('a', '<f8')]", "False", four, &data), view, "type 'record' cannot be read"),
        (npy("'<f8'", "Maybe", four, &data), view, "its header does not say fortran_order"),
        (npy("3", "False", four, &data), view, "its header does not say descr"),
        (b"PK\x03\x04".to_vec(), view, "this is no array of NumPy"),
        (header(b"\x04\x00", &[]), view, "version 4"),
        (header(b"\x02\x00", &[0xFF; 50]), view, "this is no array of NumPy"),
        (header(b"\x01\x00", b"\x02\x00{}"), view, "its header does not say descr"),
    ] {
        let error = said(&bytes, "a.npy", view);
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn what_is_wrong_with_an_archive_is_named() {
    let (x, y, loss) = ([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 3.0], [1.0; 20]);
    let (xs, ys, losses) = (("(5,)", x.as_slice()), ("(4,)", y.as_slice()), ("(4, 5)", loss.as_slice()));
    let bomb = npy_f8("(3000, 3000)", &vec![0.0; 9_000_000]);
    for (bytes, words) in [
        (b"PK".to_vec(), "a.npz: this is no .npz archive of NumPy"),
        (npz(&[]), "no array 'x' among none"),
        (npz(&[("x", npy_f8(xs.0, &x)), ("y", npy_f8(ys.0, &y)), ("z", vec![])]), "no array 'loss' among x, y, z"),
        (npz(&[("x", npy("'|O'", "False", "(5,)", b"cos\nsystem"))]), "array 'x': it holds pickled"),
        (
            npz(&[("x", npy_f8(xs.0, &x)), ("y", npy_f8(ys.0, &y)), ("loss", bomb)]),
            "array 'loss': it has shape (3000, 3000); at most",
        ),
        (
            arrays(xs, ys, ("(5, 4)", &loss)),
            "loss has shape (5, 4), but 5 x and 4 y need (4, 5): loss[iy, ix]; it is transposed, save loss.T",
        ),
        (arrays(xs, ys, ("(20,)", &loss)), "loss has shape (20,), but 5 x and 4 y need (4, 5): loss[iy, ix]"),
        (arrays(("(5,)", &[0.0, 1.0, 1.0, 2.0, 3.0]), ys, losses), "x[2] = 1 breaks the order"),
        (arrays(("(5,)", &[2.0; 5]), ys, losses), "x[1] = 2 breaks the order"),
        (arrays(xs, ("(4,)", &[3.0, 2.0, 2.5, 0.0]), losses), "y[2] = 2.5 breaks the order"),
        (arrays(("(5,)", &[0.0, 1.0, f64::NAN, 3.0, 4.0]), ys, losses), "x[2] is NaN, not a finite number"),
        (
            arrays(("(5,)", &[0.0, 1.0, 2.0, 3.0, 4.1]), ys, losses),
            "x is spaced unevenly: 3 to 4.1 is not the step of 1",
        ),
        (arrays(xs, ("(2, 2)", &[0.0, 1.0, 2.0, 3.0]), losses), "y has shape (2, 2): it must be a list of coordinates"),
        (arrays(("(0, 4)", &[]), ys, losses), "x has shape (0, 4)"),
        (arrays(("(0,)", &[]), ("(0,)", &[]), ("(0, 0)", &[])), "0 different x"),
    ] {
        let error = said(&bytes, "a.npz", None);
        assert!(error.contains(words), "{words}: {error}");
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

/// Meant for a release build: how long the largest grid takes. `cargo test --release --lib grid -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn timing() {
    use std::time::Instant;
    let losses: Vec<f64> = (0..MAX_SIDE * MAX_SIDE).map(|i| waves(i as f64 * 1e-3, 0.3)).collect();
    let bytes = npy_f8("(2001, 2001)", &losses);
    let text = csv_large(&losses);
    let begin = Instant::now();
    let grid = Grid::read(&bytes, "a.npy", Some(ViewBox::square(1.0))).unwrap();
    println!("npy {:?}", begin.elapsed());
    let begin = Instant::now();
    let _ = Grid::read(text.as_bytes(), "a.csv", None).unwrap();
    println!("csv {:?}", begin.elapsed());
    let begin = Instant::now();
    let _ = Spline::through(&losses, [MAX_SIDE; 2]);
    println!("spline {:?}", begin.elapsed());
    let begin = Instant::now();
    let _ = suggestion::suggest(&grid);
    println!("suggestion {:?}", begin.elapsed());
    let xs = spread(-1.0, 1.0, 512);
    let mut out = vec![0.0; 512];
    for _ in 0..3 {
        let begin = Instant::now();
        for y in &xs {
            grid.value_row(&xs, *y, &mut out);
        }
        println!("picture on one core {:?}", begin.elapsed());
    }
    let mut seconds = vec![[0.0; 6]; 512];
    let begin = Instant::now();
    for y in &xs {
        grid.second_orders(&xs, &[*y; 512], &mut seconds);
    }
    println!("512² second orders {:?}", begin.elapsed());
}

fn csv_large(losses: &[f64]) -> String {
    let xs = spread(-1.0, 1.0, MAX_SIDE);
    let mut text = "x,y,loss\n".to_owned();
    for (index, loss) in losses.iter().enumerate() {
        use std::fmt::Write;
        writeln!(text, "{},{},{loss}", xs[index % MAX_SIDE], xs[index / MAX_SIDE]).unwrap();
    }
    text
}
