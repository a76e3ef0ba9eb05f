//! Files as other tools write them, through the command line: what is read, what is said of it, and what is found.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

fn call(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taylorscope")).args(words).output().unwrap()
}

fn answer(words: &[&str]) -> (Value, String) {
    let done = call(&[words, &["--json"]].concat());
    let notes = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{words:?}: {notes}");
    (serde_json::from_slice(&done.stdout).unwrap(), notes)
}

fn grid(name: &str) -> String {
    format!("grid:{}", case(name).display())
}

#[test]
fn the_same_losses_come_out_of_every_form() {
    let expected = answer(&["eval", "-l", &grid("quoted.csv"), "--at", "0.13,0.41"]).0["rows"].clone();
    for (name, note) in [
        ("quoted.csv", ""),
        ("alphabeta.csv", "note: read 'alpha' as x, 'beta' as y, 'loss' as loss"),
        ("semicolon.csv", "note: the columns were read as separated by semicolons"),
        ("XYZ.npz", "note: read 'X' as x, 'Y' as y, 'Z' as loss"),
        ("alphas.npz", "note: read 'alphas' as x, 'betas' as y, 'losses' as loss"),
        ("mesh_ij.npz", "note: read the loss as loss[ix, iy], x running down its rows"),
    ] {
        let (found, said) = answer(&["eval", "-l", &grid(name), "--at", "0.13,0.41"]);
        assert_eq!(said.trim(), note, "{name}");
        let numbers =
            |rows: &Value| rows[0].as_object().unwrap().values().filter_map(Value::as_f64).collect::<Vec<f64>>();
        for (found, expected) in numbers(&found["rows"]).into_iter().zip(numbers(&expected)) {
            assert!((found - expected).abs() < 1e-12, "{name}: {found} for {expected}");
        }
    }
}

#[test]
fn coordinates_are_as_even_as_their_digits_tell() {
    let (found, said) = answer(&["eval", "-l", &grid("round3b.csv"), "--at", "0.1,0.1"]);
    assert!(
        found["rows"][0]["value"].is_number() && said.matches("x and y were taken to be evenly spaced").count() == 1,
        "{said}"
    );
    let folder = tempfile::tempdir().unwrap();
    let losses =
        |xs: &[&str]| -> String { (0..4).flat_map(|y| xs.iter().map(move |x| format!("{x},{y},{y}\n"))).collect() };
    for (xs, is_even) in [
        (&["-0.33", "0.0", "0.33", "0.67", "1.0"][..], true),
        (&["0.02", "0.35", "0.69", "1.02"], true),
        (&["3.33e-02", "6.67e-02", "1.00e-01", "1.33e-01", "1.67e-01"], true),
        (&["0.0", "0.2", "0.4", "0.8", "1.0"], false),
        (&["0.0", "0.1", "0.2", "0.4", "0.5"], false),
        (&["0", "1", "2", "4", "5"], false),
        (&["1", "10", "100", "1000"], false),
        (&["0.000", "0.333", "0.660", "1.000"], false),
    ] {
        let path = folder.path().join("a.csv");
        std::fs::write(&path, format!("x,y,loss\n{}", losses(xs))).unwrap();
        let done = call(&["eval", "-l", &format!("grid:{}", path.display()), "--at", "0.05,1"]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.success(), is_even, "{xs:?}: {said}");
        let why = if xs.last() == Some(&"1000") { "x grows by a factor of 10" } else { "x is spaced unevenly" };
        assert!(is_even || said.contains(why), "{xs:?}: {said}");
    }
}

#[test]
fn a_cut_off_loss_has_its_minimum_and_one_plateau() {
    for (name, points, gaps) in [("clip9.csv", 1, 1), ("const.csv", 0, 0)] {
        let (found, _) = answer(&["critical", "-l", &grid(name)]);
        assert_eq!(found["points"].as_array().unwrap().len(), points, "{name}: {found}");
        let sets = found["sets"].as_array().unwrap();
        assert_eq!(sets.len(), 1, "{name}: {found}");
        assert_eq!(
            (sets[0]["kind"].as_str(), sets[0]["polyline"].as_array().unwrap().len()),
            (Some("flat"), 5),
            "{name}"
        );
        assert_eq!(sets[0]["gaps"].as_array().map_or(0, Vec::len), gaps, "{name}");
    }
    let done = call(&["analyze", "-l", &grid("const.csv"), "--at", "0.3,0.2"]);
    assert!(String::from_utf8(done.stdout).unwrap().contains(": flat\n"), "in one word");
}

#[test]
fn the_minimum_of_a_line_is_found_wherever_the_samples_put_it() {
    let (found, said) = answer(&["critical", "-l", &format!("linreg:data={}", case("house3.csv").display())]);
    let point = &found["points"][0];
    assert_eq!((found["points"].as_array().unwrap().len(), point["kind"].as_str()), (1, Some("minimum")), "{found}");
    let [x, y] = [0, 1].map(|axis| point["at"][axis].as_f64().unwrap());
    assert!((x - 205.0).abs() < 1e-6 && (y + 10_000.0).abs() < 1e-3 && said.is_empty(), "({x}, {y}), {said}");
}

/// Absolute errors have no curvature far out by which their minimum could be found: squared ones lead there.
#[test]
fn the_region_follows_the_samples_whatever_the_loss() {
    for loss in ["sse", "mse", "mae", "huber"] {
        let network = format!("network:w1*x+w2,loss={loss},data={}", case("house3.csv").display());
        let done = call(&["critical", "-l", &network]);
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.contains("critical points in [-110, 520] × [-700000, 700000]"), "{loss}: {said}");
    }
}

#[test]
fn holes_are_places_without_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holes.csv");
    let words = ["nan", "NaN", "inf", "-inf", "null", "NA", ""];
    let line = |index: usize| {
        let (x, y) = (index % 8, index / 8);
        let loss = if x == 4 && y < 7 { words[y].to_owned() } else { (x + y).to_string() };
        format!("{x},{y},{loss}\n")
    };
    std::fs::write(&path, format!("x,y,loss\n{}", (0..64).map(line).collect::<String>())).unwrap();
    let spelled = format!("grid:{}", path.display());
    let (found, said) = answer(&["eval", "-l", &spelled, "--at", "4.5,1"]);
    assert!(found["rows"][0]["value"].is_null() && said.contains("7 of 64 losses are not finite"), "{said}");
    let (found, _) = answer(&["eval", "-l", &spelled, "--at", "2.5,1.25"]);
    assert_eq!(found["rows"][0]["value"].as_f64(), Some(3.75), "beside the hole");
    for (start, words) in [
        ("7,6", "came to a hole of the measured grid at ("),
        ("3.5,2", "the start (3.500, 2.000) lies in a hole of the measured grid"),
        ("9,9", "the start (9.000, 9.000) lies outside the measured grid"),
        ("1,1", "left the measured grid for ("),
    ] {
        let done = call(&["trace", "-l", &spelled, "-o", "gd:lr=0.5", "--start", start, "--steps", "50"]);
        let text = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        assert!(text.contains(words), "{start}: {words}: {text}");
    }
}
