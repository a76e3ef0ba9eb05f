//! What the commands answer about places, steps and runs, in JSON.

use std::fs;

use serde_json::Value;

use crate::cli::{call, json, keys, noted, say};

#[test]
fn analyze_tells_null_from_numbers() {
    let trough = json("analyze -l trough --at 1,0 --lengths 0.1");
    assert!(trough["newton_step"].is_null() && trough["newton_decrement_squared"].is_null(), "singular: {trough}");
    assert_eq!(trough["gd_stability_limit"], 0.5);
    assert_eq!(trough["along_minus_gradient"][0]["t"], 0.1);
    assert!((trough["linear_radius"]["0.1"].as_f64().unwrap() - 0.2).abs() < 1e-12, "2·0.1·4/4: {trough}");
    let bottom = json("analyze -l bowl --at 0,0");
    assert!(
        bottom["curvature_along_minus_gradient"].is_null() && bottom["linear_radius"]["1"].is_null(),
        "no direction: {bottom}"
    );
}

#[test]
fn circles_tell_the_best_step_of_each_length() {
    let found = json("circle -l bowl --at 2,0 --radius 0.5,3");
    assert_eq!(keys(&found), ["at", "minus_gradient_angle", "rows", "value"]);
    assert_eq!(
        (&found["value"], found["minus_gradient_angle"].as_f64()),
        (&serde_json::json!(2), Some(std::f64::consts::PI))
    );
    let rows = found["rows"].as_array().unwrap();
    let expected =
        ["angle_from_minus_gradient", "delta", "local_minima", "minus_gradient_value", "radius", "theta", "value"];
    assert_eq!(keys(&rows[1]), expected);
    assert!((rows[1]["delta"][0].as_f64().unwrap() + 3.0).abs() < 1e-12, "across the bottom: {}", rows[1]);
    let nowhere = noted("circle -l himmelblau --at 1e200,0 --radius 1").0;
    assert!(nowhere["rows"][0]["theta"].is_null() && nowhere["rows"][0]["value"].is_null(), "{nowhere}");
}

#[test]
fn backprop_lists_every_sample_and_adds_up_to_the_gradient() {
    let answer = json("backprop -l linreg --at -1,2");
    assert_eq!(keys(&answer), ["at", "gradient", "loss", "samples"]);
    let samples = answer["samples"].as_array().unwrap();
    let expected = ["dL_dh", "dL_do", "dL_du", "dL_dw1", "dL_dw2", "h", "loss", "o", "u", "x", "y"];
    assert!(samples.len() == 12 && samples.iter().all(|sample| keys(sample) == expected), "{answer}");
    let sum = |key: &str| samples.iter().map(|sample| sample[key].as_f64().unwrap()).sum::<f64>();
    for (key, whole) in
        [("dL_dw1", &answer["gradient"][0]), ("dL_dw2", &answer["gradient"][1]), ("loss", &answer["loss"])]
    {
        assert!((sum(key) - whole.as_f64().unwrap()).abs() < 1e-12, "{key}: {answer}");
    }
    let said = say("backprop -l logistic --at 1,1");
    assert!(said.status == 0 && said.out.contains("dL_dw2") && said.out.contains("gradient ("), "{}", said.out);
}

#[test]
fn critical_points_say_whether_they_are_all() {
    let found = json("critical -l himmelblau");
    assert_eq!((found["points"].as_array().map(Vec::len), &found["complete"]), (Some(9), &Value::Bool(true)));
    let kink = json("critical -l l1");
    assert_eq!(
        (&kink["points"][0]["kind"], &kink["points"][0]["eigenvalues"]),
        (&Value::from("minimum"), &Value::Null)
    );
    let line = json("critical -l trough");
    assert_eq!((line["sets"].as_array().map(Vec::len), &line["complete"]), (Some(1), &Value::Bool(false)));
}

#[test]
fn a_trace_has_a_row_an_iterate_and_says_why_it_ended() {
    for (words, reason, rows) in [
        ("-l bowl -o gd --start -1,1 --steps 3", "step_limit", 4),
        ("-l bowl -o newton --start -1,1 --steps 9 --tolerance 1e-8", "converged", 2),
        ("-l trough -o newton --start 1,0 --steps 9", "undefined_step", 1),
        ("-l bowl -o gd:lr=3 --start 1,1 --steps 5000", "diverged", 512),
        ("-l rosenbrock -o gd --start 1e200,1 --steps 9", "not_finite", 0),
    ] {
        let trace = json(&format!("trace {words}"));
        assert_eq!(trace["stop"]["reason"], reason, "{words}: {}", trace["stop"]);
        let found = trace["rows"].as_array().unwrap();
        assert_eq!(found.len(), rows, "{words}");
        assert!(found.iter().all(|row| row.as_array().unwrap().len() == 15), "{words}: a cell a column");
        assert!(
            found.last().is_none_or(|row| row[6].is_null() && row[11].is_null()),
            "{words}: no step from the last iterate"
        );
    }
}

#[test]
fn where_there_is_no_value_there_is_no_slope_and_a_plain_is_described_as_one() {
    let (row, note) = noted("eval -l formula:1/x+ln(y) --at 0,-1");
    assert_eq!(note, "note: the loss has no finite value at (0, -1).\n");
    let row = row["rows"][0].clone();
    assert!(row["value"].is_null() && row["gradient"][1].is_null() && row["hessian"][2].is_null(), "{row}");
    let (plain, note) = noted("critical -l formula:3");
    assert_eq!(note, "note: The loss does not depend on x or y: it is a constant.\n");
    assert_eq!(plain["sets"][0]["text"], "every point of the domain: the loss is 3.000 everywhere", "{plain}");
}

#[test]
fn a_place_without_a_value_is_said_to_be_outside_or_in_a_hole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hole.csv");
    let measured = (0..6).flat_map(|row| (0..6).map(move |column| (column, row)));
    let line =
        |(x, y): (i32, i32)| if (x, y) == (4, 4) { format!("{x},{y},nan\n") } else { format!("{x},{y},{}\n", x + y) };
    fs::write(&path, format!("x,y,loss\n{}", measured.map(line).collect::<String>())).unwrap();
    let grid = format!("grid:{}", path.display());
    for (command, more) in [("eval", &[][..]), ("analyze", &[]), ("circle", &["--radius", "0.1"])] {
        for (at, words) in [("9,1", "(9, 1): it lies outside the measured grid"), ("4,4", "(4, 4): it lies in a hole")]
        {
            let said = call(&[&[command, "-l", &grid, "--at", at][..], more].concat());
            assert!(said.status == 0 && said.err.contains(words), "{command} at {at}: {}", said.err);
        }
        let said = call(&[&[command, "-l", &grid, "--at", "1,1"][..], more].concat());
        assert!(!said.err.contains("no value"), "{command}: {}", said.err);
    }
    let said = call(&["analyze", "-l", &grid, "--at", "9,1"]);
    assert!(said.out.contains("none: the point lies outside the measured grid"), "{}", said.out);
    let said = say("eval -l formula:ln(x) --at -1,0 --at 2,0 --at -3,0 --at -4,0");
    assert!(said.err.contains("no finite value at -1, and there is none at 2 other points."), "{}", said.err);
}

#[test]
fn a_ratio_below_the_rounding_of_the_loss_comes_from_the_slopes() {
    let house = "trace -l linreg:data=tests/cases/house3.csv -o barzilai_borwein --start 0,0 --steps 12";
    let (trace, _) = noted(house);
    for row in trace["rows"].as_array().unwrap() {
        assert!(row[11].as_f64().is_none_or(|rho| rho.abs() < 10.0), "{row}");
    }
    let text = say("trace -l bowl -o gd:lr=0.5 --start 1,0 --steps 1 --json").out;
    assert!(!text.contains("-0.0") && !text.contains("-0,"), "a zero has no sign: {text}");
}

#[test]
fn digits_that_rounding_took_are_said() {
    let (_, notes) = noted("eval -l formula:sin(x)^2+cos(x)^2-1 --at 5,0");
    assert!(notes.contains("at 5 rounding leaves no digit of value"), "{notes}");
    for words in ["eval -l rosenbrock --at -1.2,1", "analyze -l himmelblau --at 3,2", "critical -l himmelblau"] {
        assert_eq!(say(words).err, "", "{words}");
    }
    let said = say("critical -l himmelblau");
    assert!(!said.out.contains("e-"), "no digits of rounding alone: {}", said.out);
}

#[test]
fn a_rejected_row_shows_what_was_tried() {
    let words = "trace -l rosenbrock -o trust_region:radius0=10 --start -1.2,1 --steps 3";
    let said = say(words);
    let rejected: Vec<&str> = said.out.lines().filter(|line| line.ends_with("rejected")).collect();
    assert_eq!(rejected.len(), 2, "{}", said.out);
    for row in rejected {
        let numbers: Vec<f64> = row.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [.., step, plane, quadratic, actual] = numbers[..] else { panic!("{row}") };
        assert!(step > 1.0 && plane < 0.0 && quadratic < 0.0 && actual > 0.0, "{row}");
    }
    // Nothing was taken, which is what scripts read.
    assert_eq!(json(words)["rows"][1][6], 0);
}

#[test]
fn a_constant_has_nothing_to_minimize() {
    let (trace, _) = noted("trace -l formula:3 -o newton --start 1,1 --steps 3");
    assert!(trace["stop"]["text"].as_str().unwrap().contains("nothing to minimize"), "{trace}");
}
