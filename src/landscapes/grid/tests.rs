//! Files of every format, and what is wrong with them.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::landscapes::Loss;

/// A table of a function at the crossings of two lists.
pub(super) fn csv(xs: &[f64], ys: &[f64], f: impl Fn(f64, f64) -> f64) -> String {
    let lines = ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y)));
    lines.fold("x,y,loss\n".to_owned(), |text, (x, y)| format!("{text}{x},{y},{}\n", f(x, y)))
}

pub(super) fn spread(low: f64, high: f64, count: usize) -> Vec<f64> {
    (0..count).map(|index| low + (high - low) * index as f64 / (count - 1) as f64).collect()
}

/// The spline through a function on a box.
pub(super) fn sampled(view: ViewBox, [columns, rows]: [usize; 2], f: impl Fn(f64, f64) -> f64) -> Grid {
    let (xs, ys) = (spread(view.x[0], view.x[1], columns), spread(view.y[0], view.y[1], rows));
    let losses = ys.iter().flat_map(|y| xs.iter().map(|x| f(*x, *y))).collect();
    let [x, y] =
        [("x", view.x, columns), ("y", view.y, rows)].map(|(name, ends, n)| Axis::spread(name, ends, n).unwrap());
    Grid::through(GridLosses::new(x, y, losses, Vec::new())).unwrap()
}

pub(super) fn waves(x: f64, y: f64) -> f64 {
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
            let has_a_value = |grid: Grid| {
                let center = grid.domain().center();
                grid.value(center).is_finite() || grid.hole(center).is_some()
            };
            prop_assert!(grid.map_or(true, has_a_value), "{name}: a grid without a value");
        }
    }
}

/// `numpy.savez_compressed` of [`waves`], 6 × 7: x in single precision, y falling, the loss in Fortran's order.
pub(super) const NUMPY: &[u8] = include_bytes!("numpy.npz");

/// Losses in rows and columns.
fn plain_rows(values: &[f64], columns: usize, separator: &str) -> String {
    let row = |row: &[f64]| row.iter().map(f64::to_string).collect::<Vec<_>>().join(separator) + "\n";
    values.chunks(columns).map(row).collect()
}

/// Losses in rows and columns with x above and y before them.
fn pivot(xs: &[f64], ys: &[f64], values: &[f64], corner: &str) -> String {
    let rows = plain_rows(values, xs.len(), ",");
    let lines: Vec<String> = rows.lines().zip(ys).map(|(row, y)| format!("{y},{row}")).collect();
    format!("{corner},{}{}", plain_rows(xs, xs.len(), ","), lines.join("\n"))
}

/// A whole number below 2048 in half precision.
fn half_bits(value: f64) -> u16 {
    let power = if value == 0.0 { return 0 } else { libm::floor(libm::log2(value.abs())) };
    let mantissa = (value.abs() / libm::exp2(power) - 1.0) * 1024.0;
    (u16::from(value < 0.0) << 15) | (((power + 15.0) as u16) << 10) | mantissa as u16
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of forms and one loop")]
fn every_format_gives_the_same_grid() {
    let (xs, ys) = (spread(-1.0, 1.0, 5), spread(0.0, 3.0, 4));
    let whole = |x: f64, y: f64| (10.0 * x * x + 3.0 * y).floor();
    let values: Vec<f64> = ys.iter().flat_map(|y| xs.iter().map(move |x| whole(*x, *y))).collect();
    let turned = |values: &[f64]| (0..20).map(|i| values[(i % 4) * 5 + i / 4]).collect::<Vec<f64>>();
    let columns = turned(&values);
    let bytes =
        |values: &[f64], to: fn(f64) -> Vec<u8>| values.iter().flat_map(|value| to(*value)).collect::<Vec<u8>>();
    let view = ViewBox::new(-1.0, 1.0, 0.0, 3.0);
    let expected = sampled(view, [5, 4], whole);

    let mut lines: Vec<String> = csv(&xs, &ys, whole).lines().skip(1).map(|line| line.replace(',', " ,  ")).collect();
    lines.reverse();
    let shuffled = format!("\u{feff} x, y ,loss\r\n{}\r\n\n", lines.join("\r\n\r\n"));
    let mesh_x: Vec<f64> = ys.iter().flat_map(|_| xs.clone()).collect();
    let mesh_y: Vec<f64> = ys.iter().flat_map(|y| [*y; 5]).collect();
    let three: Vec<f64> = (0..20).flat_map(|i| [mesh_x[i], mesh_y[i], values[i]]).collect();
    let halved = |value: f64| half_bits(value).to_le_bytes().to_vec();
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
        (
            "a mesh the other way",
            "a.npz",
            arrays(("(5, 4)", &turned(&mesh_x)), ("(5, 4)", &turned(&mesh_y)), ("(5, 4)", &columns)),
        ),
        ("x down the rows", "a.npz", arrays(list.0, list.1, ("(5, 4)", &columns))),
        ("points", "a.npz", arrays(("(20,)", &mesh_x), ("(20,)", &mesh_y), ("(20,)", &values))),
        (
            "by shape",
            "a.npz",
            npz(&[
                ("lrs", npy_f8("(5,)", &xs)),
                ("decays", npy_f8("(4,)", &ys)),
                ("history", npy_f8("(4, 5)", &values)),
            ]),
        ),
        (
            "by shape, y first",
            "a.npz",
            npz(&[("b", npy_f8("(4,)", &ys)), ("c", npy_f8("(5,)", &xs)), ("d", npy_f8("(4, 5)", &values))]),
        ),
        (
            "meshes by what they hold",
            "a.npz",
            npz(&[
                ("q", npy_f8("(4, 5)", &values)),
                ("r", npy_f8("(4, 5)", &mesh_y)),
                ("s", npy_f8("(4, 5)", &mesh_x)),
            ]),
        ),
        (
            "other names",
            "a.npz",
            npz(&[
                ("Beta", npy_f8("(4,)", &ys)),
                ("Alpha", npy_f8("(5,)", &xs)),
                ("Z", npy_f8("(4, 5)", &values)),
                ("steps", npy_f8("(3,)", &[1.0; 3])),
            ]),
        ),
        ("one array of an archive", "a.npz", npz(&[("arr_0", npy_f8("(4, 5)", &values))])),
        ("three columns", "a.npy", npy_f8("(20, 3)", &three)),
        ("with a dimension of one", "a.npy", npy_f8("(4, 5, 1)", &values)),
        ("half precision", "a.npy", npy("'<f2'", "False", "(4, 5)", &bytes(&values, halved))),
        ("rows and columns", "a.csv", plain_rows(&values, 5, " ").into_bytes()),
        (
            "rows and columns with a mark",
            "a.txt",
            format!("# made by numpy.savetxt\n{}", plain_rows(&values, 5, ",")).into_bytes(),
        ),
        ("a pivot table", "a.csv", pivot(&xs, &ys, &values, "").into_bytes()),
        ("a pivot table with a corner", "a.csv", pivot(&xs, &ys, &values, "y").into_bytes()),
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
        let grid = Grid::read(&file, name, Some(view)).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(grid.surface == expected.surface && grid.domain() == expected.domain(), "{what}");
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
        (String::new(), "it is empty; a grid is a table with the header x,y,loss and a line for every point"),
        ("\n# made by nobody\n".to_owned(), "it is empty"),
        (good.replace("x,y,loss", "p,q,r,s"), "line 2: '0,0,0' has 3 cells, where 4"),
        ("x,y,loss\n".to_owned(), "it has a header and no numbers below it; a grid is a table with"),
        (good.replace("x,y,loss", "x,x,loss"), "columns 1 and 2 are both called 'x'; name each column once"),
        (good.replace("x,y,loss", "x,X,loss"), "'x' and 'X' are the same name"),
        (
            good.replace("x,y,loss", "x,y,loss,x").replace('\n', ",1\n").replacen(",1\n", "\n", 1),
            "columns 1 and 4 are both",
        ),
        ("x,y,loss\n1,2\n".to_owned(), "a.csv, line 2: '1,2' has 2 cells, where 3 are expected"),
        ("x,y,loss\n1,2,3\n\n1,2,3,4\n".to_owned(), "a.csv, line 4: '1,2,3,4' has 4 cells"),
        ("x,y,loss\nnan,2,1\n".to_owned(), "line 2: x: 'nan' is not a finite number"),
        ("x,y,loss\n1,a,3\n".to_owned(), "line 2: y: 'a' is not a finite number"),
        ("x,y,loss\n1,2,3\n1,3,bad\n".to_owned(), "line 3: loss: 'bad' is not a finite number"),
        (
            good.replace("x,y,loss", "x,y,train_loss,test_loss").replace('\n', ",1\n").replacen(",1\n", "\n", 1),
            "which of 'train_loss', 'test_loss' is the loss is not clear",
        ),
        (csv(&xs, &ys, |_, _| f64::NAN), "so there is no surface"),
        (without("2,3,"), "no loss at x = 2, y = 3: 4 different x and 5 different y need 20 points, and there are 19"),
        (format!("{good}1,0,7\n"), "line 22: the loss at x = 1, y = 0 stands in line 3 already"),
        (csv(&xs[..3], &ys, waves), "3 different x: a smooth surface needs"),
        (
            csv(&xs, &[0.0, 1.0, 2.0, 4.0, 5.0], waves),
            "y is spaced unevenly: 2 to 4 is not the step of 1 found elsewhere",
        ),
        (
            csv(&[1e-4, 1e-3, 1e-2, 0.1, 1.0], &ys, waves),
            "x grows by a factor of 10 from one value to the next, and is to have even steps: write log10(x) in its place",
        ),
        (csv(&[0.0, 1.0, 2.005, 3.0], &ys, waves), "x is spaced unevenly: 1 to 2.005"),
        (csv(&[0.0, 0.1, 0.2, 0.1 + 0.2, 0.5], &ys, waves), "x is spaced unevenly: 0.3 to 0.5 is not the step of 0.1"),
        (csv(&[0.0, 0.5, 1.0, 1.25, 1.5], &ys, waves), "x is spaced unevenly: 1 to 1.25 is not the step of 0.5"),
        (csv(&[0.0, 0.1, 0.25, 0.3, 0.4], &ys, waves), "x is spaced unevenly: 0.1 to 0.25 is not the step of 0.1"),
        (csv(&spread(0.0, 1.0, 2002), &[0.0], waves), "2002 different x: at most 2001 × 2001 points"),
        (csv(&xs, &ys, |x, _| if x > 1.0 { 1e308 } else { -1e308 }), "too large to lay a surface through"),
        (csv(&[-1.5e308, -5e307, 5e307, 1.5e308], &ys, |_, _| 1.0), "is no side of a rectangle"),
    ] {
        let error = said(text.as_bytes(), "a.csv", None);
        assert!(error.contains(words), "{words}: {error}");
    }
    assert!(said(b"x,y,loss\n\xff", "a.csv", None).contains("no text in UTF-8"), "bytes");
    assert!(said(b"", "loss.png", None).contains("ends in .csv, .npz or .npy"), "ending");
}

#[test]
fn what_is_wrong_with_an_array_is_named() {
    let view = Some(ViewBox::square(1.0));
    let (data, four) = ([0; 128], "(4, 4)");
    let header = |version: &[u8], rest: &[u8]| [b"\x93NUMPY", version, rest].concat();
    for (bytes, view, words) in [
        (
            npy_f8(four, &[1.0; 16]),
            None,
            "a.npy: losses in rows and columns have no coordinates and need --box X0,X1,Y0,Y1",
        ),
        (npy_f8(four, &[1.0; 16]), Some(ViewBox::new(1.0, -1.0, 0.0, 1.0)), "x from 1 to -1 is no side of a rectangle"),
        (npy_f8(four, &[1.0; 15]), view, "ends early, with 120 of 128 bytes"),
        (npy_f8("(3, 4)", &[1.0; 12]), view, "3 different y: a smooth surface needs at least 4 × 4"),
        (npy_f8("(16,)", &[1.0; 16]), view, "it has shape (16,); losses are a table of two dimensions"),
        (npy_f8("()", &[1.0]), view, "it has shape (); losses are"),
        (npy_f8("(4, 2, 2)", &[1.0; 16]), view, "it has shape (4, 2, 2); losses are"),
        (npy_f8("(99999999999, 99999999999)", &[]), view, "at most 2001 × 2001"),
        (npy_f8("(4, 2002)", &vec![0.0; 8008]), view, "2002 different x: at most"),
        (npy_f8("(4, -4)", &[]), view, "its header does not say shape"),
        (npy_f8(four, &[f64::NAN; 16]), view, "so there is no surface through them"),
        (npy_f8("(16, 3)", &[[f64::INFINITY, 1.0, 1.0]; 16].concat()), None, "x[0] is inf, not a finite number"),
        (npy_f8("(16, 3)", &[[1.0, 1.0, 1.0]; 16].concat()), None, "the loss at x = 1, y = 1 stands"),
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
    let huge = npy_f8("(3000, 3000)", &[0.0; 100]);
    let names: Vec<String> = (0..65).map(|index| format!("a{index}")).collect();
    let many: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (name.as_str(), Vec::new())).collect();
    for (bytes, words) in [
        (b"PK".to_vec(), "a.npz: this is no .npz archive of NumPy"),
        (npz(&[]), "no array 'loss' among none"),
        (npz(&[("x", npy_f8(xs.0, &x)), ("y", npy_f8(ys.0, &y))]), "no array 'loss' among x, y"),
        (npz(&[("x", npy("'|O'", "False", "(5,)", b"cos\nsystem"))]), "array 'x': it holds pickled"),
        (
            npz(&[("a1", npy_f8(losses.0, &loss)), ("a2", npy_f8(losses.0, &loss))]),
            "which of a1, a2 is the loss is not clear",
        ),
        (
            npz(&[
                ("p", npy_f8(xs.0, &x)),
                ("q", npy_f8(ys.0, &y)),
                ("r", npy_f8(ys.0, &y)),
                ("loss", npy_f8(losses.0, &loss)),
            ]),
            "which of p, q, r are x and y is not clear",
        ),
        (npz(&[("loss", npy_f8(losses.0, &loss))]), "need --box"),
        (
            npz(&[("x", npy_f8(xs.0, &x)), ("y", npy_f8(ys.0, &y)), ("loss", huge)]),
            "array 'loss': it has shape (3000, 3000); at most",
        ),
        (arrays(xs, ys, ("(2, 10)", &loss)), "the loss has shape (2, 10), but 5 x and 4 y need (4, 5): loss[iy, ix]"),
        (arrays(xs, ys, ("(20,)", &loss)), "the loss has shape (20,), but 5 x and 4 y need (4, 5): loss[iy, ix]"),
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
        (npz(&many), "more than 64 arrays"),
    ] {
        let error = said(&bytes, "a.npz", None);
        assert!(error.contains(words), "{words}: {error}");
    }
}
