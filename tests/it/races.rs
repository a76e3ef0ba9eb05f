//! Methods compared from outside: what each needs, at its best rate, with n weights; and whole tournaments of them.

use serde_json::Value;

use crate::cli::{json, keys, noted, say};

const ROW: [&str; 14] = [
    "optimizer",
    "tuned",
    "reached_at_step",
    "value_evals",
    "gradient_evals",
    "hessian_evals",
    "gradient_equivalents",
    "flops_at_n",
    "memory_at_n_bytes",
    "seconds",
    "final_loss",
    "distance_to_minimum",
    "end",
    "end_at",
];

#[test]
fn a_comparison_has_a_row_for_each_in_the_order_asked_for() {
    let found = json("compare -l formula:x^2+10y^2 -o gd:lr=0.04 -o newton -o gd:lr=0.11 --start 1,1 --n 1000000");
    let mut expected = ["landscape", "start", "criterion", "n", "rows"];
    expected.sort_unstable();
    assert_eq!(keys(&found), expected);
    assert_eq!(
        (found["criterion"]["kind"].as_str(), found["criterion"]["value"].as_f64()),
        (Some("gradient"), Some(1e-6))
    );
    let rows = found["rows"].as_array().unwrap();
    let mut names = ROW;
    names.sort_unstable();
    assert!(rows.iter().all(|row| keys(row) == names), "{rows:?}");
    let of = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<Value>>();
    // 2·0.92ᵏ ≤ 1e-6 for k ≥ 174.003; beyond 2/λmax = 0.1 it diverges.
    assert_eq!(of("reached_at_step"), [175.into(), 1.into(), Value::Null]);
    assert_eq!(of("end"), ["minimum", "minimum", "diverged"]);
    assert_eq!(of("memory_at_n_bytes")[0], 8_000_000);
    assert_eq!(of("flops_at_n")[0].as_f64(), Some(175.0 * 8e6), "6n a gradient and 2n a step");
    assert!(of("seconds").iter().all(|seconds| seconds.as_f64().is_some_and(|seconds| seconds > 0.0)));
}

#[test]
fn each_at_its_best_rate() {
    let words = "compare -l quad:kappa=20 -o gd -o newton --start -2.1,1.7 --tolerance-distance 1e-9 --tune";
    let found = json(words);
    let tuned = |row: usize| found["rows"][row]["tuned"]["lr"].as_f64();
    // λ = 1 and 20: the best rate is 2/21.
    assert!(tuned(0).is_some_and(|rate| (rate * 10.5 - 1.0).abs() < 0.02), "{:?}", found["rows"][0]);
    assert_eq!(tuned(1), None, "no rate, nothing to tune");
    let both =
        json("compare -l quad:kappa=100 -o momentum -o gd --start -2.1,1.7 --tolerance-distance 1e-6 --tune=beta");
    let momentum = &both["rows"][0]["tuned"];
    // The best coefficient of a heavy ball is ((√κ − 1)/(√κ + 1))², 0.67: 0.7 is the nearest that is tried.
    assert_eq!(momentum["beta"].as_f64(), Some(0.7), "{momentum}");
    assert!(momentum["lr"].is_f64() && both["rows"][1]["tuned"].get("beta").is_none(), "{both}");
    assert_eq!(both["n"], 1_000_000, "the number of weights that the window begins with");
    let (found, said) = noted("compare -l saddle -o gd --start 1,1 --tolerance-loss 1e-3");
    assert!(said.contains("no minimum is known") && found["criterion"]["f_star"].is_null(), "{said}");
    assert!(found["rows"][0]["reached_at_step"].is_null());
}

/// What the race says in a sentence is said on the command line, too: with whole weights, and at a budget.
#[test]
fn a_comparison_ends_with_who_wins() {
    let text = |words: &str| {
        let said = say(words);
        assert_eq!(said.status, 0, "{words}: {}", said.err);
        said.out
    };
    let race = "compare -l quad -o newton -o gd:lr=0.08 --start -2.1,1.7 --tolerance-loss 1e-6 --n 1e6";
    let said = text(race);
    let words =
        "At n = 10⁶ Gradient descent does the least work. With up to 24 weights Newton, with more Gradient descent.";
    assert!(said.contains(words), "{said}");
    let said = text("compare -l quad -o newton -o gd:lr=0.08 --start -2.1,1.7 --budget 20");
    assert!(said.contains("With evaluations worth 20 gradients at n = 10⁶, Gradient descent comes lowest: "), "{said}");
    // One step of Newton's is more than the budget, and the others diverge: who stays at the start has not won.
    let said = text("compare -l rosenbrock -o gd -o momentum -o newton --start -1.2,1 --budget 100 --n 1e6");
    for words in [
        "With evaluations worth 100 gradients at n = 10⁶, no run comes below the loss at its start. ",
        "Newton cannot afford one step: it costs 2.50·10⁶ gradients of a budget of 100.",
    ] {
        assert!(said.contains(words) && !said.contains("comes lowest"), "{words}: {said}");
    }
    let said = text("compare -l quad -o gd:lr=0.05 -o gd:lr=0.08 --start -2.1,1.7");
    assert!(said.contains("gd:lr=0.08 does the least work"), "one of two with the same name: {said}");
    assert!(said.contains("with n weights only their price changes."), "{said}");
    // Who comes near and leaves again has not won.
    let said = text("compare -l rosenbrock -o gd:lr=0.002 -o newton --start -1.2,1 --tolerance-loss 1e-6");
    for words in ["Newton does the least work.", "Gradient descent meets the criterion in passing only"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = text("compare -l saddle -o gd -o newton --start 1,0.01 --tune");
    assert!(said.contains("it seems unbounded below.") && !said.contains("not yet"), "{said}");
}

/// A rate that nobody has said is named where it diverges, to people and not to programs.
#[test]
fn a_default_rate_that_diverges_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let [picture, numbers] = ["basins.png", "basins.csv"].map(|name| folder.path().join(name).display().to_string());
    let note = "note: gd has its own lr=0.1 here, and every start diverges; the window suggests lr=0.014\n";
    let basins = "basins -l himmelblau -o gd --size 12 --steps 100";
    for (words, expected) in [
        (basins.to_owned(), note),
        (format!("{basins} --out {picture}"), note),
        (format!("{basins} --out {numbers}"), ""),
        (format!("{basins} --json"), ""),
        (basins.replace("-o gd", "-o gd:lr=0.1"), ""),
    ] {
        let said = say(&words);
        assert_eq!((said.status, said.err.as_str()), (0, expected), "{words}");
    }
    let compare = "compare -l rosenbrock -o gd -o newton --start -1.2,1";
    assert!(say(compare).err.starts_with("note: gd has its own lr=0.1 here, and it diverges; the window suggests lr="));
    assert_eq!(say(&format!("{compare} --tune")).err, "", "tuned: it does not walk with its own");
}

/// A method without a rate is kept off by a kink, too, but not by its rate.
#[test]
fn a_kink_is_said_to_keep_off_each_for_its_own_reason() {
    let said = say("compare -l l1 -o gd:lr=0.1 -o newton -o bfgs --start 0.55,0.43 --steps 100").out;
    for words in [
        "no fixed rate comes to rest at this minimum: Gradient descent.",
        "‖∇f‖ does not become small, however near this minimum is: BFGS.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// On a quadratic an exact line search is charged one Hessian–vector product a step, wherever its cost is said.
#[test]
fn a_line_whose_minimum_is_known_is_not_charged_for_a_search() {
    let words = "-o cg -o gd_exact -o gd --start -2.1,1.7 --tolerance-gradient 1e-6 --n 1e6";
    for (landscape, is_quadratic) in [("quad", true), ("rosenbrock", false)] {
        let found = json(&format!("compare -l {landscape} {words}"));
        for row in [0, 1] {
            let of = |key: &str| found["rows"][row][key].as_f64();
            let steps = of("reached_at_step").unwrap_or(20_000.0);
            let is_charged_so = of("gradient_equivalents") == Some(1.0 + 2.5 * steps);
            assert_eq!(is_charged_so, is_quadratic, "{landscape}: {}", found["rows"][row]);
        }
    }
}

/// The picture of every method is no wider than a screen.
#[test]
fn a_picture_of_a_whole_tournament_is_not_wider_than_a_screen() {
    let folder = tempfile::tempdir().unwrap();
    let size = |methods: &str| {
        let path = folder.path().join("tournament.png");
        let said = say(&format!("tournament -l bowl -l quad{methods} --starts 1 --budget 20 --out {}", path.display()));
        assert_eq!(said.status, 0, "{}", said.err);
        image::open(&path).map(|image| [image.width(), image.height()]).unwrap()
    };
    let [few, all] = [size(" -o gd -o newton"), size("")];
    assert!(few[0] <= 1600 && all[0] == 1600, "{few:?}, {all:?}");
}

#[test]
fn a_tournament_has_every_run_and_a_profile_of_every_method() {
    let words = "tournament -l rosenbrock -l himmelblau -o gd_armijo -o bfgs --starts 5 --seed 2 --budget 3000";
    let found = json(words);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 20, "two landscapes, five starts, two methods");
    let mut names = ["landscape", "optimizer", "start", "lr", "reached", "evaluations", "end"];
    names.sort_unstable();
    assert!(rows.iter().all(|row| keys(row) == names));
    assert!(rows.iter().all(|row| row["evaluations"].as_f64().is_some_and(|spent| spent <= 3000.0)));
    let profile = found["profile"].as_array().unwrap();
    let share = |method: usize| -> Vec<f64> {
        profile[method]["share"].as_array().unwrap().iter().map(|share| share.as_f64().unwrap()).collect()
    };
    for method in [0, 1] {
        assert!(share(method).is_sorted() && share(method).iter().all(|share| (0.0..=1.0).contains(share)));
        assert_eq!(share(method).len(), profile[method]["tau"].as_array().unwrap().len());
    }
    assert!(share(1)[0] > share(0)[0], "BFGS is the best more often");
    assert_eq!(json(words), found, "the same again");
}

/// Tuned values are reported, so that a run can be repeated: for programs beside the rate, on the terminal as the range over the starts.
#[test]
fn a_tuned_tournament_tells_rates_and_coefficients() {
    let words = "tournament -l quad -o momentum:beta=0.9 -o gd -o newton --starts 2 --budget 400";
    let both = json(&format!("{words} --tune=beta"));
    let rows = both["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let (method, [x, y]) =
            (row["optimizer"].as_str().unwrap(), [0, 1].map(|place| row["start"][place].as_f64().unwrap()));
        assert_eq!(row.get("beta").is_some(), method.starts_with("momentum"), "{row}");
        assert!(!method.contains("lr=") && !method.contains("beta="), "neither is that of every start: {row}");
        let Some((rate, beta)) = row["lr"].as_f64().zip(row.get("beta").and_then(Value::as_f64)) else {
            continue;
        };
        let again = format!("compare -l quad -o momentum:lr={rate},beta={beta} --start={x},{y} --steps 1200");
        let again = json(&again);
        assert_eq!(again["rows"][0]["gradient_equivalents"], row["reached"], "the same once more: {row}");
    }
    let said = say(&format!("{words} --tune=beta")).out;
    for words in ["Tuned for each start", "η from", "β from"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let rates = say(&format!("{words} --tune")).out;
    assert!(rates.contains("η from") && !rates.contains("β from"), "{rates}");
    assert!(!say(words).out.contains("Tuned"), "nothing was tuned");
    assert!(json(&format!("{words} --tune"))["rows"][0].get("beta").is_none());
}
