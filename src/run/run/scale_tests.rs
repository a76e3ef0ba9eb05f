//! Nothing in a method may depend on the unit of the loss: runs on f and on c·f, side by side.

use proptest::prelude::*;

use super::*;
use crate::landscapes::entries;
use crate::numbers::{SplitMix64, length};
use crate::optimizers::{Choice, ENTRIES, Verdict};

const FORMULAS: [&str; 4] = [
    "100(y-x^2)^2+(1-x)^2",
    "(x^2+y-11)^2+(x+y^2-7)^2",
    "(4-2.1x^2+x^4/3)x^2+x y+4(y^2-1)y^2",
    "3+ln(1+x^2+4y^2)+0.3cos(3x)",
];

/// Methods that do the same on c·f, each with its parameters that are measured in units of the loss, and how: as 1/c or as c.
const INVARIANT: [(&str, &[(&str, i32)]); 20] = [
    ("gd:lr=0.001", &[("lr", -1)]),
    ("coordinate_gd:lr=0.001", &[("lr", -1)]),
    ("gd_normalized", &[]),
    ("sign_gd", &[]),
    ("sam:lr=0.001", &[("lr", -1)]),
    ("momentum:lr=0.001", &[("lr", -1)]),
    ("nesterov:lr=0.001", &[("lr", -1)]),
    ("lion", &[]),
    ("adagrad:eps=0", &[]),
    ("rmsprop:eps=0", &[]),
    ("adam:eps=0", &[]),
    ("nadam:eps=0", &[]),
    ("langevin:lr=0.001", &[("lr", -1), ("temperature", 1)]),
    ("gd_exact", &[]),
    ("cg", &[]),
    ("cg:kind=fr", &[]),
    ("newton", &[]),
    ("trust_region", &[]),
    ("levenberg_marquardt", &[("mu0", 1)]),
    ("barzilai_borwein", &[("lr0", -1)]),
];

/// As many, but only where no step falls back on the plain gradient, whose length is in units of the loss.
const INVARIANT_ON_A_BOWL: [(&str, &[(&str, i32)]); 3] =
    [("newton_damped", &[]), ("saddle_free", &[("delta", 1)]), ("finite_step", &[])];

/// Methods that never go uphill.
const DESCENDING: [&str; 10] = [
    "gd_armijo",
    "gd_armijo:c=0.3,shrink=0.8",
    "gd_exact",
    "cg",
    "newton_damped",
    "saddle_free",
    "trust_region:radius0=10",
    "levenberg_marquardt",
    "bfgs",
    "lbfgs",
];

fn scaled(method: &str, parameters: &[(&str, i32)], factor: f64) -> Choice {
    let mut choice = Choice::parse(method).unwrap();
    for (name, power) in parameters {
        let parameter = choice.entry.parameter_index(name).unwrap();
        choice.parameters[parameter] *= if *power > 0 { factor } else { 1.0 / factor };
    }
    choice
}

fn run_of(landscape: &Landscape, optimizer: Choice, start: Point, steps: usize) -> Run {
    Run::of(landscape, &Recipe::new(optimizer, start, steps))
}

/// The places of a run on `factor` times a formula, as long as no number is too large or too small for any factor.
fn places(formula: &str, (method, parameters): (&str, &[(&str, i32)]), factor: f64, start: Point) -> Vec<Point> {
    let landscape = Landscape::of_formula(&format!("{factor:e}*({formula})")).unwrap();
    let run = run_of(&landscape, scaled(method, parameters, factor), start, 25);
    let is_scaled_exactly = |x: &f64| *x == 0.0 || (1e-100..1e6).contains(&x.abs());
    run.iterates().iter().map(|iterate| iterate.at).take_while(|at| at.coords.iter().all(is_scaled_exactly)).collect()
}

/// 2^`power`, by which everything is multiplied without rounding.
fn binary(power: i32) -> f64 {
    f64::from_bits(u64::try_from(1023 + power).unwrap() << 52)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_same_path_to_the_last_bit(
        formula in 0..FORMULAS.len(),
        method in 0..INVARIANT.len(),
        start in [-2.0..2.0, -2.0..2.0],
        power in -53..40_i32,
    ) {
        let (formula, method) = (FORMULAS[formula], INVARIANT[method]);
        let factor = binary(power);
        let [plain, other] = [1.0, factor].map(|factor| places(formula, method, factor, Point::from(start)));
        prop_assert_eq!(plain, other, "{} on {} times {}", method.0, factor, formula);
    }
}

#[test]
fn the_same_path_on_a_bowl() {
    for method in INVARIANT_ON_A_BOWL {
        let formula = "x^2+3y^4+y^2+0.2x y";
        let start = Point::new(1.3, -0.9);
        let plain = places(formula, method, 1.0, start);
        for power in [-53, -20, 39] {
            assert_eq!(plain, places(formula, method, binary(power), start), "{} times 2^{power}", method.0);
        }
    }
}

#[test]
fn a_method_that_searches_never_goes_uphill_at_any_scale() {
    let mut walks = Vec::new();
    for formula in FORMULAS {
        for scale in ["1e-16", "1e-8", "0.001", "1", "1e6", "1e12"] {
            let text = format!("{scale}*({formula})");
            let landscape = Landscape::of_formula(&text).unwrap();
            walks.extend(DESCENDING.map(|method| (landscape.clone(), method, [-2.0, 2.0])));
        }
    }
    for landscape in entries().map(Landscape::of) {
        let half = landscape.domain().size() / 3.0;
        walks.extend(DESCENDING.map(|method| (landscape.clone(), method, [-half, half])));
    }
    for (landscape, method, [low, high]) in walks {
        let mut random = SplitMix64::of_names(&[&landscape.to_string(), method]);
        let mut draw = || low + (high - low) * random.uniform();
        let start = Point::new(draw(), draw());
        let run = run_of(&landscape, Choice::parse(method).unwrap(), start, 30);
        let mut largest = 0.0_f64;
        for (index, pair) in run.iterates().windows(2).enumerate() {
            largest = largest.max(pair[0].loss.abs());
            let rise = pair[1].loss - pair[0].loss;
            assert!(rise <= 2e-13 * largest, "{method} on {landscape} from {start}, step {index}: up by {rise:e}");
        }
    }
}

/// The largest of ‖∇f‖(1 + ‖w‖)/F at the end, F the largest |f| of the run, and the share of the first loss that is left.
fn at_the_end(formula: &str, scale: &str, method: &str, steps: usize) -> [f64; 2] {
    let landscape = Landscape::of_formula(&format!("{scale}*({formula})")).unwrap();
    let run = run_of(&landscape, Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), steps);
    let [first, last] = [&run.iterates()[0], run.iterates().last().unwrap()];
    let largest = run.iterates().iter().map(|iterate| iterate.loss.abs()).fold(0.0, f64::max);
    [length(last.gradient) / largest * (1.0 + last.at.coords.norm()), last.loss / first.loss]
}

#[test]
fn no_safeguard_depends_on_the_unit_of_the_loss() {
    const SCALES: [&str; 11] =
        ["1e-250", "1e-100", "1e-20", "1e-10", "1e-5", "1e5", "1e10", "1e16", "1e20", "1e100", "1e250"];
    let arriving = [
        "cg",
        "newton_damped",
        "saddle_free",
        "saddle_free:line_search=false",
        "bfgs",
        "lbfgs",
        "trust_region",
        "levenberg_marquardt",
    ];
    for scale in SCALES {
        for formula in ["x^2+10y^2", "100(y-x^2)^2+(1-x)^2", "3+x^4+2y^2+x*y+y^4"] {
            for method in arriving {
                let [slope, _] = at_the_end(formula, scale, method, 120);
                assert!(slope < 1e-9, "{method} on {scale}*({formula}): the slope is still {slope:e}");
            }
        }
        // There −∇f is a step that moves the weights, if little: α = 1 is the rule's own, no safeguard.
        for formula in ["x^2+10y^2", "100(y-x^2)^2+(1-x)^2"].into_iter().filter(|_| scale != "1e-5") {
            let [_, left] = at_the_end(formula, scale, "gd_armijo", 40);
            assert!(left < 0.2, "gd_armijo on {scale}*({formula}): {left} of the loss is left");
        }
    }
}

#[test]
fn a_step_is_not_lengthened_where_the_point_is_level() {
    // Newton's direction goes up beside this saddle; the plain gradient is short there by the place, and not by the unit.
    let landscape = Landscape::parse("camel6").unwrap();
    let run = run_of(&landscape, Choice::parse("newton_damped").unwrap(), Point::new(1.1, 0.9), 60);
    assert!(run.iterates().last().unwrap().gradient.norm() < 1e-9, "it stays at the saddle");
}

#[test]
fn rejected_steps_are_told_from_taken_ones() {
    let rosenbrock = Landscape::parse("rosenbrock").unwrap();
    for (method, steps) in [("trust_region", 60), ("levenberg_marquardt:mu0=1e-6", 40), ("gd_armijo", 40), ("gd", 5)] {
        let run = run_of(&rosenbrock, Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), steps);
        let rejected = run.iterates().iter().filter(|iterate| iterate.rejected).count();
        assert_eq!(run.walker().rejected(), rejected, "{method}: counted as recorded");
        for (index, pair) in run.iterates().windows(2).enumerate() {
            let verdict = run.replayed(index).unwrap().step.unwrap().verdict;
            assert_eq!(pair[0].rejected, verdict == Verdict::Rejected, "{method}, step {index}");
            assert!(
                !pair[0].rejected || pair[0].at == pair[1].at,
                "{method}, step {index}: a rejected step leads nowhere"
            );
        }
    }
}

#[test]
fn an_exact_search_takes_the_first_valley() {
    for (landscape, start, at_most) in [
        ("goldstein_price", [0.96, 0.97], 850.0),
        ("levy13", [2.4, -1.3], 9.7),
        ("easom", [4.2, 2.3], -0.99),
        ("bukin6", [-12.0, 2.0], 0.03),
    ] {
        let landscape = Landscape::parse(landscape).unwrap();
        for method in ["gd_exact", "cg"] {
            let run = run_of(&landscape, Choice::parse(method).unwrap(), Point::from(start), 1);
            let loss = run.iterates()[1].loss;
            assert!(loss <= at_most, "{method} on {landscape}: {loss}");
        }
    }
}

#[test]
fn barzilai_and_borwein_need_no_bounds_on_their_rate() {
    let line = vec![[1000.0, 200_000.0], [2000.0, 390_000.0], [3000.0, 610_000.0]];
    let houses = Landscape::parse("linreg").unwrap().with_samples(line).unwrap();
    let steep = Landscape::of_formula("1e7x^2+y^2").unwrap();
    for (landscape, method, start, minimum, near) in [
        (&steep, "barzilai_borwein:lr0=1e-8", [1.0, 1.0], [0.0, 0.0], 1e-6),
        (&houses, "barzilai_borwein", [0.0, 0.0], [205.0, -10_000.0], 1e-3),
    ] {
        let run = run_of(landscape, Choice::parse(method).unwrap(), Point::from(start), 12);
        let error = (run.iterates().last().unwrap().at - Point::from(minimum)).norm();
        assert!(error < near, "{landscape}: {error:e} away");
    }
}

#[test]
fn what_is_below_rounding_is_judged_by_the_slopes() {
    // A valley whose floor is far below the loss at the start: values stop telling at ‖∇f‖ ≈ 10⁻⁵.
    let landscape = Landscape::of_formula("1e3+(x-1)^2+3(y+2)^2").unwrap();
    for method in ["gd_armijo", "newton_damped", "trust_region", "levenberg_marquardt", "bfgs", "lbfgs"] {
        let run = run_of(&landscape, Choice::parse(method).unwrap(), Point::new(3.0, 4.0), 300);
        let norm = run.iterates().iter().map(|iterate| iterate.gradient.norm()).fold(f64::INFINITY, f64::min);
        assert!(norm < 1e-9, "{method}: ‖∇f‖ = {norm:e}");
    }
    let tiny = Landscape::of_formula("1e-16*(100(y-x^2)^2+(1-x)^2)").unwrap();
    let run = run_of(&tiny, Choice::parse("trust_region:radius0=10").unwrap(), Point::new(-1.2, 1.0), 60);
    let end = run.iterates().last().unwrap();
    assert!((end.at - Point::new(1.0, 1.0)).norm() < 1e-6, "arrives at {}", end.at);
}

#[test]
fn a_replay_knows_the_scale_that_the_run_knew() {
    for entry in ENTRIES {
        let landscape = Landscape::of_formula("1e3+(x-1)^2+3(y+2)^2").unwrap();
        let run = run_of(&landscape, Choice::of(entry), Point::new(3.0, 4.0), 520);
        for index in [0, 255, 256, 300, 519, 520] {
            let known = run.iterates().iter().take(index + 1).map(|iterate| iterate.loss.abs()).fold(0.0, f64::max);
            if index < run.iterates().len() {
                assert_eq!(run.scale_at(index), known, "{} at {index}", entry.id);
            }
        }
    }
}
