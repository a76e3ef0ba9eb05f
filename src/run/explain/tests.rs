//! What explanations claim, held against the numbers: every landscape, a dozen methods, the first steps and the last.

mod claims;

use super::*;
use crate::landscapes::{Landscape, entries};
use crate::numbers::{Point, SplitMix64, parallel};
use crate::optimizers::Choice;
use crate::run::Recipe;

const METHODS: [&str; 17] = [
    "gd",
    "gd:lr=1.5",
    "momentum:lr=0.02",
    "adam:lr=0.3",
    "sign_gd:lr=0.1",
    "sgd",
    "sgd:beta=0.9,batch=1",
    "langevin:temperature=1",
    "gd_armijo",
    "gd_exact",
    "newton",
    "newton_damped",
    "newton:matrix=gauss_newton",
    "levenberg_marquardt",
    "saddle_free",
    "trust_region",
    "bfgs",
];

/// Losses with an edge, a cusp, kinks and no bottom.
const FORMULAS: [&str; 4] = ["ln(x+5)+y^2", "|x|^0.5+|y|", "max(x,y,-x-y)", "x^4-y^2"];

/// An explanation and what it is about.
pub(crate) struct Explained<'a> {
    pub(crate) explanation: Explanation,
    pub(crate) analysis: &'a StepAnalysis,
    pub(crate) run: &'a Run,
    pub(crate) stop: Option<&'a Stop>,
}

/// What `look` says of the first steps and the last of every method on every landscape, each with its name.
pub(crate) fn of_every_method<T: Send>(look: impl Fn(&Explained<'_>) -> T + Sync) -> Vec<(String, T)> {
    let mut walks = Vec::new();
    let typed = FORMULAS.iter().map(|formula| Landscape::of_formula(formula).unwrap());
    for landscape in entries().map(Landscape::of).chain(typed) {
        let view = landscape.domain();
        for method in METHODS {
            // What a batch does differs from step to step, so such a method walks more often.
            let often = if landscape.sampled_loss().is_some() && method.contains("batch") { 8 } else { 1 };
            for round in 0..often {
                let mut random = SplitMix64::of_names(&[&landscape.to_string(), method, &round.to_string()]);
                let is_anywhere = random.uniform() < 0.5;
                let [x, y] = [view.x, view.y].map(|[low, high]| low + random.uniform() * (high - low));
                let suggested = Point::from(landscape.suggestion().start);
                walks.push((landscape.clone(), method, if is_anywhere { Point::new(x, y) } else { suggested }));
            }
        }
    }
    let seen = parallel::map(&walks, |(landscape, method, start)| of_run(landscape, method, *start, &look));
    seen.into_iter().flatten().collect()
}

fn of_run<T>(
    landscape: &Landscape,
    method: &str,
    start: Point,
    look: &impl Fn(&Explained<'_>) -> T,
) -> Vec<(String, T)> {
    let recipe = Recipe {
        tolerance: Some(1e-8),
        goes_on_diverged: false,
        ..Recipe::new(Choice::parse(method).unwrap(), start, 30)
    };
    let run = Run::of(landscape, &recipe);
    let last = run.iterates().len().saturating_sub(1);
    let steps = [0, 1, 3, 10, last].map(|index| StepAnalysis::of(&run, index.min(last)));
    let seen = steps.into_iter().flatten().map(|analysis| {
        let stop = run.stop().filter(|_| analysis.index == last);
        let explanation = Explanation::of(&analysis, &run, stop, None);
        let what = format!("{method} on {landscape}, step {}", analysis.index);
        (what, look(&Explained { explanation, analysis: &analysis, run: &run, stop }))
    });
    seen.collect()
}

#[test]
fn a_point_at_rest_is_compared_with_the_lowest_that_is_known() {
    for (landscape, start, lowest, above) in [
        ("himmelblau", [3.0, 2.0], Some(-1.5), Some(1.5)),
        ("himmelblau", [3.0, 2.0], Some(0.0), Some(0.0)),
        ("himmelblau", [3.0, 2.0], None, None),
        ("saddle", [0.0, 0.0], Some(-0.25), Some(0.25)),
    ] {
        let recipe = Recipe { tolerance: Some(1e-8), ..Recipe::new(Choice::parse("gd").unwrap(), start.into(), 3) };
        let run = Run::of(&Landscape::parse(landscape).unwrap(), &recipe);
        let analysis = StepAnalysis::of(&run, 0).unwrap();
        let explanation = Explanation::of(&analysis, &run, run.stop(), lowest);
        let Some(RunEnd::AtRest(point)) = &explanation.ending else { panic!("{landscape}: {explanation:?}") };
        assert_eq!(point.above_lowest, above, "{landscape} beside {lowest:?}");
        assert!(explanation.says_why_it_ends(), "{landscape}: that it has converged");
    }
}
