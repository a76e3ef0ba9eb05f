//! Every quantity of a step is what the analysis of the step says.

use super::*;
use crate::analysis::Bound;
use crate::landscapes::Landscape;
use crate::numbers::{Point, Symmetric2};
use crate::run::{Recipe, StepAnalysis};

const METHODS: [&str; 8] = [
    "gd:lr=0.001",
    "momentum:lr=0.0005",
    "nesterov:lr=0.0005,schedule=cosine",
    "adam",
    "gd_armijo",
    "newton_damped",
    "bfgs",
    "levenberg_marquardt",
];

fn runs() -> Vec<Run> {
    let landscape = Landscape::parse("rosenbrock").unwrap();
    METHODS
        .map(|method| {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), 40);
            Run::of(&landscape, &recipe)
        })
        .into_iter()
        .collect()
}

#[test]
fn every_value_is_that_of_the_step_taken_apart() {
    let minima = KnownMinima::default();
    for run in runs() {
        let name = run.recipe().optimizer.entry.id;
        for step in 0..run.iterates().len() - 1 {
            let analysis = StepAnalysis::of(&run, step).unwrap();
            let value = |quantity: StepQuantity| quantity.value(&run, step, &minima);
            let [low, high] = analysis.curvature.unwrap().eigen.values;
            assert_eq!(value(StepQuantity::LargestEigenvalue), Some(high), "{name} {step}");
            assert_eq!(value(StepQuantity::SmallestEigenvalue), Some(low), "{name} {step}");
            let report = run.step_report(step);
            assert_eq!(value(StepQuantity::Ratio), report.map(|report| report.share()), "{name} {step}");
            assert_eq!(value(StepQuantity::Predicted), report.map(|report| report.predicted), "{name} {step}");
            let (here, next) = (run.iterates()[step], run.iterates()[step + 1]);
            assert_eq!(value(StepQuantity::Actual), Some(next.loss - here.loss), "{name} {step}");
            assert_eq!(value(StepQuantity::StepLength), Some(length(here.taken)), "{name} {step}");
            assert_eq!(value(StepQuantity::Loss), Some(here.loss), "{name} {step}");
            let own = analysis.replayed.own_curvature().map(|(_, matrix)| {
                let hessian = analysis.model.hessian;
                let apart = [matrix.xx - hessian.xx, matrix.xy - hessian.xy, matrix.yy - hessian.yy];
                Symmetric2::new(apart[0], apart[1], apart[2]).norm()
            });
            assert_eq!(value(StepQuantity::MatrixError), own, "{name} {step}");
        }
    }
}

/// The accepted α is that of the trial that was good enough.
#[test]
fn only_line_searches_have_an_accepted_multiple() {
    let minima = KnownMinima::default();
    for run in runs() {
        let name = run.recipe().optimizer.entry.id;
        let steps = 0..run.iterates().len() - 1;
        let multiples: Vec<f64> =
            steps.clone().filter_map(|step| StepQuantity::Multiple.value(&run, step, &minima)).collect();
        let searches = ["gd_armijo", "newton_damped", "bfgs"].contains(&name);
        assert_eq!(multiples.len(), if searches { steps.len() } else { 0 }, "{name}");
        if name == "gd_armijo" {
            for (step, multiple) in multiples.iter().enumerate() {
                let here = run.iterates()[step];
                assert!((here.taken + here.gradient * *multiple).norm() <= 1e-12 * here.taken.norm(), "step {step}");
            }
        }
    }
}

#[test]
fn a_curvature_above_its_limit_is_a_rate_above_its_own() {
    for run in runs() {
        let name = run.recipe().optimizer.entry.id;
        for step in [0, 5, 20] {
            let analysis = StepAnalysis::of(&run, step).unwrap();
            let (curvature, rate) = (analysis.curvature.unwrap(), analysis.replayed.rate(run.recipe().optimizer.entry));
            let limit = StepQuantity::LargestEigenvalue.limit(&run, step);
            match run.recipe().optimizer.stability_bound() {
                Err(_) => assert_eq!(limit, None, "{name}"),
                Ok(bound) => {
                    let Bound::Limit { limit: most, .. } = bound.bound(&curvature) else { continue };
                    let (limit, words) = limit.unwrap();
                    let shares = [rate.unwrap() / most, curvature.eigen.values[1] / limit];
                    assert!((shares[0] - shares[1]).abs() <= 1e-12 * shares[0], "{name} {step}: {shares:?}");
                    assert!(words.contains('η') && !words.contains('λ'), "{words}");
                }
            }
        }
    }
    let words = |id: &str| Choice::parse(id).unwrap().stability_bound().unwrap().words.replace("λmax", "η");
    assert_eq!(["gd", "momentum", "nesterov"].map(words), ["2/η", "2(1+β)/η", "2(1+β)/((1+2β)η)"]);
}
