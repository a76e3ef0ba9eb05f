//! `basins` and `sweep` from outside: their grids, their pictures, their words, and that nothing depends on the number of threads.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::state::StartsChoice;
use taylorscope::studies::SweepAxis;

/// Exit status, standard output, standard error.
fn call(words: &str, threads: usize) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_taylorscope"))
        .args(words.split(' '))
        .env("RAYON_NUM_THREADS", threads.to_string())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

fn json(words: &str, threads: usize) -> Value {
    let (status, out, err) = call(&format!("{words} --json"), threads);
    assert_eq!((status, err.as_str()), (0, ""), "{words}");
    serde_json::from_str(&out).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn file(folder: &Path, words: &str, name: &str, threads: usize) -> Vec<u8> {
    let path = folder.join(name);
    let (status, out, err) = call(&format!("{words} --out {}", path.display()), threads);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""), "{words}");
    std::fs::read(path).unwrap()
}

#[test]
fn basins_are_a_grid_of_ends_and_steps() {
    let words = "basins -l himmelblau -o gd:lr=0.01 --steps 300 --size 20x10 --box -5,5,-4,4";
    let found = json(words, 2);
    assert_eq!(keys(&found), ["box", "end", "size", "steps", "targets"]);
    assert_eq!((&found["box"], &found["size"]), (&serde_json::json!([-5, 5, -4, 4]), &serde_json::json!([20, 10])));
    let [ends, steps] = ["end", "steps"].map(|key| found[key].as_array().unwrap());
    assert_eq!((ends.len(), ends[0].as_array().unwrap().len(), steps.len()), (10, 20, 10));
    let shares: f64 = found["targets"].as_array().unwrap().iter().map(|target| target["share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-9, "every start comes to a minimum: {shares}");
    // Row 0 is the lowest y: the lower left minimum.
    let target = &found["targets"][ends[0][0].as_u64().unwrap() as usize];
    assert_eq!(target["kind"], "minimum");
    assert!(target["at"][0].as_f64().unwrap() < 0.0 && target["at"][1].as_f64().unwrap() < 0.0, "{target}");
    let folder = tempfile::tempdir().unwrap();
    let table = String::from_utf8(file(folder.path(), words, "grid.csv", 2)).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!((lines[0], lines.len()), ("x,y,end,steps", 201));
    assert!(lines[1].starts_with("-4.75,-3.6,"), "the center of the lower left cell: {}", lines[1]);
    let diverging = json("basins -l himmelblau -o gd:lr=2 --steps 50 --size 6", 2);
    assert!(diverging["end"].to_string().contains("-1"), "{diverging}");
    let short = json("basins -l himmelblau -o gd:lr=1e-4 --steps 3 --size 6", 2);
    assert!(short["end"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap()).all(|end| *end == -2));
}

#[test]
fn neither_threads_nor_seeds_are_left_to_chance() {
    let folder = tempfile::tempdir().unwrap();
    for (index, words) in [
        "basins -l rastrigin -o momentum:lr=0.002 --steps 200 --size 61x47",
        "basins -l himmelblau -o langevin:temperature=1 --steps 60 --size 12 --seed 5",
        "basins -l tanh2 -o newton_damped --steps 60 --size 19",
        "sweep -l rosenbrock -o adam --start -1.2,1 --steps 150 --x lr=1e-3..1:log --y beta1=0..0.99 --size 31x17",
        "sweep -l bowl -o gd:noise=1 --start 1,2 --steps 60 --x lr=1e-3..1:log --size 20 --seeds 5",
    ]
    .into_iter()
    .enumerate()
    {
        let one = file(folder.path(), words, &format!("one{index}.json"), 1);
        let three = file(folder.path(), words, &format!("three{index}.json"), 3);
        assert!(one == three, "{words}");
        if words.starts_with("basins") {
            let [one, three] = [1, 3].map(|threads| file(folder.path(), words, &format!("{threads}.png"), threads));
            assert!(one == three && one.starts_with(b"\x89PNG"), "{words}: the picture");
        }
    }
    let seeded = |seed: &str| json(&format!("basins -l himmelblau -o gd:lr=0.03,noise=9 --size 9 --seed {seed}"), 2);
    assert_ne!(seeded("1"), seeded("2"), "another seed");
}

/// Where nothing else is asked the command line asks what the window does.
#[test]
fn the_defaults_are_those_of_the_window() {
    let choice = StartsChoice::default();
    let found = json("tournament -l bowl -l rosenbrock -o gd -o momentum:lr=0.001 -o newton", 2);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2 * 3 * choice.starts);
    let gd = Choice::parse("gd").unwrap();
    for (landscape, rows) in ["bowl", "rosenbrock"].iter().zip(rows.chunks(3 * choice.starts)) {
        let (_, suggested) = gd.suggested_rate(&Landscape::parse(landscape).unwrap()).unwrap();
        let rates = |place: usize| rows[place]["lr"].as_f64();
        assert_eq!([0, 1, 2].map(rates), [Some(suggested), Some(0.001), None], "{landscape}");
    }
    let slow = json("basins -l himmelblau -o momentum:lr=0.005 --size 12", 2);
    assert!(slow["end"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap()).all(|end| *end != -2));
    let one = json("sweep -l bowl -o gd --start 1,1 --x lr=0.01..0.5", 2);
    let two = json("sweep -l bowl -o momentum --start 1,1 --x lr=0.01..0.5 --y beta=0..0.9", 2);
    let count = |found: &Value, axis: &str| found[axis]["values"].as_array().map(Vec::len);
    let [along, across] = [false, true].map(|are_two| SweepAxis::usual_counts(&gd, are_two));
    assert_eq!(count(&one, "x"), Some(along[0]));
    assert_eq!([count(&two, "x"), count(&two, "y")], across.map(Some));
}

/// What comes to nothing says why beside its numbers.
#[test]
fn a_sweep_that_comes_to_nothing_says_why() {
    for (words, why) in [
        ("sweep -l himmelblau -o gd --start 1,1 --x lr=1..2 --size 4", "every setting diverges: choose smaller values"),
        (
            "sweep -l l1 -o newton --start 1,1 --x scale=0.1..2 --size 4",
            "no setting has a step: the Hessian is singular here",
        ),
        (
            "sweep -l bowl -o gd --start 1,1 --x lr=1e-6..2e-6 --size 4",
            "no setting meets the tolerance within 200 steps",
        ),
    ] {
        let (status, out, err) = call(words, 2);
        assert!(status == 0 && out.contains(why), "{words}: {out}{err}");
    }
}

#[test]
fn where_no_start_is_decided_the_terminal_says_so() {
    const WORDS: &str = "basins -l himmelblau -o gd:lr=1e-9 --size 8 --steps 30";
    let hint = "no start is decided within 30 steps: raise --steps, or the rate";
    let (status, out, err) = call(WORDS, 2);
    assert!(status == 0 && out.contains(hint), "{out}{err}");
    let (status, out, err) = call("basins -l linreg -o sgd --size 6 --steps 30", 2);
    let hint = "steps with random numbers do not come to rest, however many";
    assert!(status == 0 && out.contains(hint) && !out.contains("raise --steps"), "{out}{err}");
}

/// What a Hessian–vector product is said to cost is what the dearer steps are charged.
#[test]
fn the_cost_of_a_product_can_be_given() {
    const WORDS: &str = "compare -l rosenbrock -o newton --start -1.2,1 --n 100";
    let of = |found: &Value, key: &str| found["rows"][0][key].as_f64().unwrap();
    let [usual, dear] = ["", " --hessian-vector 5"].map(|more| json(&format!("{WORDS}{more}"), 2));
    assert!(usual.get("hessian_vector").is_none() && dear["hessian_vector"] == 5.0);
    let hessians = of(&usual, "hessian_evals");
    let more = of(&dear, "gradient_equivalents") - of(&usual, "gradient_equivalents");
    assert!((more - 2.5 * 100.0 * hessians).abs() < 1e-6, "{more} for {hessians} Hessians");
    let (status, _, err) = call(&format!("{WORDS} --hessian-vector 9"), 2);
    assert!(status == 2 && err.contains("it lies between 2 and 5"), "{err}");
}

#[test]
fn a_sweep_is_a_grid_with_the_limit_of_theory() {
    let found = json("sweep -l quad:kappa=10 -o gd --start 1,1 --steps 500 --x lr=0.01..0.5 --size 50", 2);
    assert_eq!(keys(&found), ["end", "final_loss", "stability_limit", "steps_to_tolerance", "x", "y"]);
    assert_eq!((&found["x"]["key"], &found["y"]), (&Value::from("lr"), &Value::Null));
    let limit = found["stability_limit"].as_f64().unwrap();
    let values = found["x"]["values"].as_array().unwrap();
    for (value, end) in values.iter().zip(found["end"][0].as_array().unwrap()) {
        let rate = value.as_f64().unwrap();
        if (rate / limit - 1.0).abs() > 0.05 && rate > 0.03 {
            assert_eq!(end, if rate < limit { "minimum" } else { "diverged" }, "at {rate} beside {limit}");
        }
    }
    let two = json("sweep -l quad -o momentum --start 1,1 --x lr=0.01..0.5 --y beta=0..0.9 --size 7x5", 2);
    assert_eq!(two["stability_limit"].as_array().unwrap().len(), 5, "one for every β");
    assert_eq!(two["final_loss"].as_array().unwrap().len(), 5);
    let weights = json("sweep -l quad -o gd --start 1,1 --x lr1=0.01..2:log --y lr2=0.01..2:log --size 6", 2);
    assert_eq!((&weights["x"]["key"], &weights["y"]["key"]), (&Value::from("lr1"), &Value::from("lr2")));
    let folder = tempfile::tempdir().unwrap();
    let picture = file(folder.path(), "sweep -l quad -o gd --start 1,1 --x lr=0.01..2:log --size 80", "rates.png", 2);
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn races_and_tournaments_are_drawn_and_say_where_no_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    for words in [
        "compare -l quad -o gd:lr=0.05 -o newton --start -2.1,1.7 --tune --n 1000",
        "tournament -l quad -l bowl -o gd -o newton --starts 2 --budget 100",
    ] {
        let light = file(folder.path(), words, "light.png", 2);
        let dark = file(folder.path(), &format!("{words} --theme dark"), "dark.png", 2);
        assert!(light.starts_with(b"\x89PNG") && dark.starts_with(b"\x89PNG") && light != dark, "{words}");
    }
    for (words, expected) in [
        ("compare -l himmelblau -o gd:lr=10 -o momentum:lr=10 --start 1,1 --steps 50", "Every run diverges"),
        ("compare -l saddle -o gd -o momentum --start 1,1 --steps 500", "no minimum of this loss is known"),
        ("compare -l himmelblau -o gd:lr=1e-6 --start 1,1 --steps 5", "No run meets the criterion at a minimum"),
        (
            "compare -l himmelblau -o gd --start 1,1 --steps 2 --tune",
            "No run meets the criterion at a minimum: allow more --steps or a larger tolerance.\n",
        ),
        (
            "compare -l himmelblau -o gd:lr=0.001,schedule=one_cycle,horizon=20 --start 1,1",
            "The schedule has brought the rate to 0 on the way, so more steps do not help: raise horizon=",
        ),
        ("tournament -l bowl -o gd:lr=1e-5 --starts 2 --budget 50", "No run gets to a minimum: give a larger --budget"),
        (
            "tournament -l himmelblau -o gd:lr=1 -o momentum:lr=1 --starts 2 --budget 50",
            "Every run diverges: give lower",
        ),
        ("tournament -l l1 -o gd:lr=0.1 --starts 2 --budget 50", "it lies on a kink, where no gradient shrinks"),
        ("tournament -l saddle -o gd -o newton --starts 2 --budget 50", "No minimum is known of saddle"),
    ] {
        let (status, out, err) = call(words, 2);
        assert_eq!((status, err.as_str()), (0, ""), "{words}");
        assert!(out.contains(expected), "{words}: {out}");
    }
    let (_, out, _) = call("compare -l himmelblau -o gd:lr=0.001,schedule=one_cycle,horizon=20 --start 1,1", 2);
    assert!(!out.contains("--steps"), "advice that cannot help: {out}");
    let (_, out, _) = call("compare -l himmelblau -o gd:lr=0.01 -o newton --start 3.5,2.5", 2);
    assert!(!out.contains("No run meets"), "{out}");
}

#[test]
fn what_cannot_be_is_named() {
    for (words, expected) in [
        ("basins -l himmelblau -o gd --size 0", "expected W or WxH, whole numbers from 1 to 8192"),
        ("basins -l himmelblau -o gd --size 10x0", "expected W or WxH"),
        ("basins -l himmelblau -o gd --tolerance-gradient -1", "--tolerance-gradient cannot be -1"),
        ("basins -l himmelblau -o gd --seed 3", "--seed: 'gd' draws no random numbers"),
        ("basins -l himmelblau -o sgd", "needs samples"),
        ("basins -l formula:x+2*y -o gd --steps 200", "no critical points in its domain"),
        ("basins -l himmelblau -o gd --box 3,3.00000000000001,0,1", "--box: the box is too narrow"),
        ("basins -l himmelblau -o gd --box 3,1,0,1", "expected X0 < X1"),
        ("basins -l parabola -o gd --size 5x5", "a loss of one weight"),
        ("basins -l himmelblau -o gd --out a.gif", "must end in .png, .csv, .npz or .json"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=1..0.1", "the first end must be below the second"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0..1:log", "on a log axis both ends must be above 0"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0..1", "lr cannot be 0"),
        ("sweep -l bowl -o gd --start 1,1 --x rate=0.1..1", "'gd' has no parameter 'rate'"),
        ("sweep -l bowl -o newton --start 1,1 --x lr=0.1..1", "'newton' has no learning rate; it has: scale"),
        ("sweep -l bowl -o bfgs --start 1,1 --x lr=0.1..1", "'bfgs' has no learning rate"),
        ("sweep -l bowl -o momentum --start 1,1 --x form=0..1", "is a word, not a number"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0.1..1 --y lr=0.1..1", "--x and --y both vary 'lr'"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0.1..1 --size 5x5", "only one parameter is varied"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0.1..1 --size 0", "expected W or WxH"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0.1..1 --seeds 0", "--seeds cannot be 0"),
        ("sweep -l bowl -o gd --start 1,1 --x lr=0.1..1 --seeds 3", "--seeds: 'gd' draws no random numbers"),
        ("sweep -l saddle -o gd --start 1,1 --x lr=0.1..1 --tolerance-loss 0.1", "no minimum is known"),
        ("sweep -l langevin -o gd --start 1,1 --x lr=0.1..1", "unknown landscape"),
        ("sweep -l bowl -o langevin --start 1,1 --x lr1=0.1..1", "no rate for each weight"),
    ] {
        let (status, out, err) = call(words, 2);
        assert_eq!((status, out.as_str()), (2, ""), "{words}: {err}");
        assert!(err.contains(expected), "{words}: {err}");
        assert!(err.lines().count() <= 2, "{words}: {err}");
    }
    let (status, _, err) =
        call("basins -l himmelblau -o newton --size 8 --box 0.5,0.500000000001,0.25,0.250000000001", 2);
    assert_eq!((status, err.as_str()), (0, ""), "a zoom to 1e-12");
}
