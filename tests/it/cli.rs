//! The command line from outside: the built program, its words, exit status, standard output and error, and its files.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Exit status, standard output, standard error.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The program called with these words.
pub(crate) fn call(words: &[&str]) -> Said {
    let done = Command::new(env!("CARGO_BIN_EXE_taylorscope")).args(words).output().unwrap();
    Said {
        status: done.status.code().expect("an exit status, not a signal"),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// Words separated by spaces.
pub(crate) fn say(words: &str) -> Said {
    call(&words.split(' ').collect::<Vec<_>>())
}

pub(crate) fn json(words: &str) -> Value {
    let said = say(&format!("{words} --json"));
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{words}");
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{words}: {error}: {}", said.out))
}

/// A JSON answer, and the notes beside it.
pub(crate) fn noted(words: &str) -> (Value, String) {
    let said = say(&format!("{words} --json"));
    assert_eq!(said.status, 0, "{words}: {}", said.err);
    (serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{words}: {error}: {}", said.out)), said.err)
}

pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_wrong_request_exits_with_2_and_says_what_was_expected() {
    for (words, expected) in [
        ("evl -l bowl --at 1,2", "unknown command 'evl'; did you mean 'eval'?"),
        ("eval -l bowl --att 1,2", "'--at'"),
        ("eval -l bowl", "--at"),
        ("render --quantity los --out a.png", "unknown quantity 'los'; did you mean 'loss'?"),
        ("eval -l rosenbrok --at 1,2", "unknown landscape 'rosenbrok'; did you mean 'rosenbrock'?"),
        ("eval -l quad:kapa=3 --at 1,2", "did you mean 'kappa'?"),
        ("eval -l quad:kappa=1e999 --at 1,2", "'1e999' is not a finite number"),
        ("eval -l bowl --at 1,2,3", "two numbers and no more"),
        ("eval -l bowl --at 1", "a comma between two numbers"),
        ("eval -l bowl --at nan,1", "'nan' is not a finite number"),
        ("eval -l formula:ax^2 --set b=2 --at 1,2", "'formula' has no parameter 'b'; did you mean 'a'?"),
        ("eval -l formula:ax^2 --set a=1e999 --at 1,2", "a: '1e999' is not a finite number"),
        ("eval -l formula:ax^2 --set a --at 1,2", "'a' is not of the form key=value"),
        ("eval -l tanh2 --set sed=3 --at 1,2", "did you mean 'seed'?"),
        ("eval -l tanh2:seed=-1 --at 1,2", "seed: '-1' is not a whole number from 0"),
        ("eval -l tanh2:seed=1e30 --at 1,2", "to 18446744073709551615"),
        ("eval -l formula: --at 1,2", "there is no formula yet"),
        ("eval -l formula:x+sni(y) --at 1,2", "'x+sni(y)': 'sni' is not known; did you mean 'sin'?"),
        ("eval -l grid: --at 1,2", "write grid:FILE"),
        ("eval -l depth:missing.npz --at 1,2", "is not of the form key=value"),
        ("critical -l bowl --box 3,1,0,1", "--box 3,1,0,1: expected X0 < X1 and Y0 < Y1"),
        ("critical -l bowl --box 0,1,0", "expected four numbers, X0,X1,Y0,Y1"),
        ("critical -l bowl --box 0,1,0,nan", "'nan' is not a finite number"),
        ("analyze -l bowl --at 1,2 --lengths 0.1,x", "'x' is not a finite number"),
        ("circle -l bowl --at 1,2", "--radius"),
        ("circle -l bowl --at 1,2 --radius 0.1,-1", "--radius cannot be -1"),
        ("circle -l bowl --at 1,2 --radius 0", "--radius cannot be 0"),
        ("circle -l bowl --at 1,2 --radius r", "'r' is not a finite number"),
        ("trace -l bowl -o adm --start 1,1", "did you mean 'adam'?"),
        ("trace -l bowl -o gd:lr=0 --start 1,1", "lr cannot be 0: it must be a finite number above 0"),
        ("trace -l bowl -o gd:lr=-0.1 --start 1,1", "lr cannot be -0.1"),
        ("trace -l bowl -o gd --start 1,1 --steps 1000001", "from 0 to 1000000"),
        ("trace -l bowl -o gd --start 1,1 --steps -1", "from 0 to 1000000"),
        ("trace -l bowl -o gd:lr=0.1,lr=0.2 --start 1,1", "'lr' is given twice"),
        ("trace -l bowl -o sgd --start 1,1", "needs samples to draw from"),
        ("eval -l tanh2:seed=3,data=a.csv --at 1,2", "give one of them"),
        ("eval -l formula:ax^2,b=2 --at 1,2", "'formula' has no parameter 'b'; did you mean 'a'?"),
        ("eval -l formula:f(x) --at 1,2", "write f·x for a product"),
        ("eval -l formula:E^x --at 1,2", "e^x or exp(x)"),
        ("eval -l network:φ(w1) --at 1,2", "by its name, such as tanh(…)"),
        ("eval -l formula:w1^2 --at 1,2", "does not say which weight it is: write x or y"),
        ("trace -l bowl -o gd --start 1,1 --tolerance -1", "0 or above"),
        ("trace -l bowl -o gd --start 1,1 --seed 7", "'gd' draws no random numbers"),
        ("trace -l bowl -o gd --start 1,1 --out run.txt", ".json, .csv or .npz"),
        ("trace -l bowl -o langevin --start 1,1 --seed 99999999999999999999", "'99999999999999999999'"),
        ("compare -l bowl --start 1,1", "--optimizer"),
        ("compare -l bowl -o gd --start 1,1 --budget 0", "a tolerance or budget cannot be 0: it must be above 0"),
        ("compare -l bowl -o gd --start 1,1 --budget 5 --tolerance-loss 1", "cannot be used with"),
        ("compare -l bowl -o gd --start 1,1 --n 2.5", "--n cannot be 2.5: a number of weights is a whole number"),
        ("compare -l bowl -o gd --start 1,1 --n 1e13", "from 1 to 1e12"),
        ("compare -l bowl -o gd --start 1,1 --f-star x", "'x' is not a finite number"),
        ("compare -l bowl -o gd -o sgd --start 1,1", "needs samples to draw from"),
        ("compare -l formula:ln(x)+y^2 -o gd --start -1,1", "no finite value and gradient at (-1, 1)"),
        ("tournament --starts 0", "--starts cannot be 0: expected a whole number from 1 to 100000"),
        ("tournament --starts 90000", "choose fewer landscapes, optimizers or --starts"),
        ("tournament -l bowl -o sgd", "needs samples to draw from"),
        ("tournament -l bowl --budget -1", "a tolerance or budget cannot be -1"),
        ("backprop -l rosenbrock --at 1,2", "'rosenbrock' is a surface: backprop needs a network, such as tanh2"),
        ("list lesson", "landscapes, optimizers, lessons, overlays"),
        ("render --out picture.bmp", ".png"),
        ("render --out p.png --size 100x100", "from 320x240 to 7680x4320"),
        ("render --out p.png --steps 5 --step 6", "beyond the last"),
        ("render --out p.png --view mep", "'map'"),
    ] {
        let said = say(words);
        assert_eq!(said.status, 2, "{words}: {}", said.err);
        assert!(said.err.contains(expected), "{words}: expected {expected} in: {}", said.err);
        assert!(said.err.starts_with("error: ") && said.err.lines().count() <= 2, "{words}: {}", said.err);
        assert_eq!(said.out, "", "{words}: nothing on standard output");
    }
}

#[test]
fn what_could_not_be_done_exits_with_1_and_names_the_file() {
    for (words, expected) in [
        ("scene.toml", "'scene.toml'"),
        ("eval -l bowl --points missing.csv", "'missing.csv'"),
        ("eval -l tanh2:data=missing.csv --at 1,2", "'missing.csv'"),
        ("eval -l tanh2 --set data=missing.csv --at 1,2", "'missing.csv'"),
        ("eval -l grid:missing.npz --at 1,2", "'missing.npz'"),
        ("trace -l bowl -o gd --start 1,1 --out no/such/folder/run.csv", "does not exist"),
    ] {
        let said = say(words);
        assert_eq!(said.status, 1, "{words}: {}", said.err);
        assert!(said.err.contains(expected) && said.err.lines().count() <= 2, "{words}: {}", said.err);
    }
}

#[test]
fn what_a_formula_was_read_as_is_noted_on_standard_error() {
    for (landscape, at, value, note) in [
        (
            "formula:100*(x[1]-x[0]**2)**2+(1-x[0])**2",
            "1,1",
            Some(0.0),
            "note: x[0] and x[1] were read as the two weights",
        ),
        ("formula:log(x)", "1,0", Some(0.0), "note: log was read as the natural logarithm"),
        ("formula:a x^2,a=2", "2,0", Some(8.0), ""),
        ("network:sigmoid(w1 x + w2),loss=ce", "5,0", None, "note: Cross-entropy takes the output for a logit"),
        ("network:σ(w1 x + w2),loss=ce", "5,0", None, "this network already ends in a sigmoid: remove it"),
        ("network:tanh(w1 x + w2),loss=ce", "5,0", None, "no probability is below 27 % or above 73 %"),
        ("network:w1 x + w2,loss=ce", "5,0", None, ""),
        ("network:sigmoid(w1 x + w2),loss=sse", "5,0", None, ""),
    ] {
        let said = call(&["eval", "-l", landscape, "--at", at, "--json"]);
        assert_eq!((said.status, said.err.is_empty()), (0, note.is_empty()), "{landscape}: {}", said.err);
        assert!(said.err.contains(note), "{landscape}: {}", said.err);
        let answer: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(answer["landscape"], landscape, "spelled as it was");
        if let Some(value) = value {
            assert_eq!(answer["rows"][0]["value"], value, "{landscape}");
        }
    }
}

#[test]
fn the_caret_stands_under_what_is_wrong() {
    for (words, under) in [
        ("eval -l bowl --at -1,2x", "2x'"),
        ("eval -l formula:x+sni(y) --at 1,2", "sni(y)': 'sni' is not known"),
        ("eval -l formula:x+y*(2 --at 1,2", "(2': "),
    ] {
        let said = say(words);
        let lines: Vec<&str> = said.err.lines().collect();
        let column = lines[1].find('^').unwrap();
        assert!(lines[0][column..].starts_with(under), "{words}: {}", said.err);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    for (words, expected) in [
        ("--version", "taylorscope "),
        ("--help", "Examples:"),
        ("trace --help", "--tolerance"),
        ("help", "Examples:"),
        ("help eval", "--points"),
    ] {
        let said = say(words);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{words}");
        assert!(said.out.contains(expected), "{words}: {}", said.out);
    }
}

#[test]
fn points_may_begin_with_a_hyphen_and_repeat() {
    let answer = json("eval -l tanh2 --at -1,2 --at=-0.5,-3");
    assert_eq!(keys(&answer), ["landscape", "rows"]);
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!([&rows[0]["at"], &rows[1]["at"]], [&serde_json::json!([-1, 2]), &serde_json::json!([-0.5, -3])]);
    assert_eq!(rows[0]["gauss_newton"].as_array().map(Vec::len), Some(3), "a network has a Gauss–Newton matrix");
    assert!(json("eval -l bowl --at 1,2")["rows"][0]["gauss_newton"].is_null(), "a surface has none");
    let far = noted("eval -l rosenbrock --at 1e200,0").0;
    assert!(far["rows"][0]["value"].is_null(), "an overflow is null: {far}");
}

#[test]
fn points_and_data_come_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let points = file("points.csv", "x,y\n1,2\n\n-3e-1, 4\r\n");
    assert_eq!(json(&format!("eval -l bowl --points {points}"))["rows"][1]["at"], serde_json::json!([-0.3, 4]));
    let data = file("data.csv", "x,y\n1,0.5\n2,0.25\n");
    assert!(json(&format!("eval -l tanh2:data={data} --at 1,2"))["rows"][0]["value"].is_number());
    let said = say(&format!("eval -l logistic:data={} --at 1,2", file("three.csv", "x,y\n1,0\n2,3\n")));
    assert!(said.status == 2 && said.err.contains("three.csv, line 3: y cannot be 3"), "no class: {}", said.err);
    assert_eq!(json("eval -l tanh2 --set seed=5 --at 1,2")["rows"], json("eval -l tanh2:seed=5 --at 1,2")["rows"]);
    let wrong = file("wrong.csv", "x,y\n1,2\n1;2\n");
    for words in [format!("eval -l bowl --points {wrong}"), format!("eval -l tanh2:data={wrong} --at 1,2")] {
        let said = say(&words);
        assert_eq!(said.status, 2, "{words}: {}", said.err);
        assert!(said.err.contains("wrong.csv, line 3"), "{}", said.err);
    }
}

/// Lines `x,y,loss` of a lattice, of points whose index is in `range`.
fn lattice(side: usize, range: std::ops::Range<usize>) -> String {
    let line = |index| format!("{},{},{index}", index % side, index / side);
    range.map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_grid_that_is_none_is_refused_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, status, expected) in [
        ("lattice.csv", format!("x,y,loss\n{}", lattice(4, 0..16)), 0, ""),
        ("header.csv", "a,b,c,d\n1,2,3,4\n".to_owned(), 2, "header.csv: which of 'c', 'd' is the loss is not clear"),
        ("word.csv", "x,y,loss\n0,0,a\n".to_owned(), 2, "line 2: "),
        ("hole.csv", format!("x,y,loss\n{}", lattice(4, 0..15)), 2, "no loss at x = 3, y = 3"),
        (
            "twice.csv",
            format!("x,y,loss\n{}{}", lattice(4, 0..16), lattice(4, 3..4)),
            2,
            "line 18: the loss at x = 3, y = 0",
        ),
        ("small.csv", format!("x,y,loss\n{}", lattice(3, 0..9)), 2, "4"),
        ("array.npy", "no array".to_owned(), 2, "array.npy: "),
        ("archive.npz", "no archive".to_owned(), 2, "no .npz archive"),
        ("table.doc", String::new(), 2, ".csv, .npz or .npy"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let said = call(&["eval", "-l", &format!("grid:{}", path.display()), "--at", "1,2"]);
        assert_eq!(said.status, status, "{name}: {}", said.err);
        assert!(said.err.contains(expected) && said.err.lines().count() <= 2, "{name}: {}", said.err);
        assert!(status == 0 || said.err.contains(name), "{name}: {}", said.err);
    }
    // A whole array of NumPy's: it lacks its place.
    let mut array = b"\x93NUMPY\x01\x00\x76\x00".to_vec();
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }";
    array.extend(format!("{header:117}\n").bytes());
    array.extend([0; 128]);
    let path = folder.path().join("whole.npy");
    fs::write(&path, array).unwrap();
    let spelled = format!("grid:{}", path.display());
    let said = call(&["eval", "-l", &spelled, "--at", "1,2"]);
    assert!(said.status == 2 && said.err.contains("need --box X0,X1,Y0,Y1"), "{}", said.err);
    let said = call(&["eval", "-l", &spelled, "--at", "1,2", "--box", "0,3,0,3"]);
    let note = "note: read as 4 rows and 4 columns of losses, the first row at the lower y of the domain\n";
    assert_eq!((said.status, said.err.as_str()), (0, note), "with a box");
}

#[test]
fn the_lists_have_what_scripts_rely_on() {
    for (what, more) in [("landscapes", vec!["box", "rate", "start"]), ("optimizers", vec![])] {
        let list = json(&format!("list {what}"));
        for item in list.as_array().unwrap() {
            let mut expected = vec!["formula", "group", "id", "idea", "name", "params", "reference"];
            expected.extend(&more);
            expected.sort_unstable();
            assert_eq!(keys(item), expected, "{item}");
            for parameter in item["params"].as_array().unwrap() {
                let scale = parameter["scale"].as_str().unwrap();
                assert!(["linear", "log", "choice"].contains(&scale), "{parameter}");
                assert_eq!(parameter["choices"].is_array(), scale == "choice", "{parameter}");
                let default = &parameter["default"];
                assert_eq!(default.is_string(), scale == "choice", "{parameter}");
            }
        }
    }
}

#[test]
fn every_overlay_that_is_listed_can_be_drawn() {
    let list = json("list overlays");
    let items = list.as_array().unwrap();
    assert_eq!(items.len(), taylorscope::drawing::overlays::ALL.len(), "all of them");
    for item in items {
        assert_eq!(keys(item), ["entry", "id", "idea", "name", "needs", "on_at_first", "tab", "views"], "{item}");
        let id = item["id"].as_str().unwrap();
        assert!(taylorscope::drawing::overlays::find(id).is_some(), "{id} is taken where overlays are named");
    }
    let text = call(&["list", "overlays"]).out;
    assert!(text.contains("critical") && text.contains("--show"), "{text}");
    assert!(text.contains("On at first: heat, contours, "), "what a scene without a list has: {text}");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.csv");
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().count();
    let words = format!("trace -l bowl -o gd:lr=0.5 --start 1,0 --steps 1 --out {}", path.display());
    let said = say(&words);
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    let expected = "step,x,y,loss,gx,gy,dx,dy,linear,quadratic,actual,rho,value_evals,gradient_evals,hessian_evals\n\
                    0,1,0,0.5,1,0,-0.5,0,-0.5,-0.375,-0.375,1,0,1,0\n\
                    1,0.5,0,0.125,0.5,0,,,,,,,0,1,0\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    assert_eq!(say(&words.replace("lr=0.5", "lr=x")).status, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), expected, "an error leaves the old file");
    assert_eq!(entries(folder.path()), 1, "and nothing beside it");
    let picture = folder.path().join("a.png");
    assert_eq!(say(&format!("render --view slice --size 320x240 --out {}", picture.display())).status, 0, "a picture");
    let size = image::open(&picture).map(|image| (image.width(), image.height()));
    assert_eq!(size.unwrap(), (320, 240), "whole, and of the size that was asked for");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taylorscope"))
        .args("trace -l bowl -o gd --start 1,1 --steps 20000 --json".split(' '))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), done.stderr.as_slice()), (Some(0), b"".as_slice()));
}
