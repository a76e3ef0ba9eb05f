//! What the sentences claim, held against the numbers: every landscape, a dozen methods, the first steps and the last.

use std::collections::BTreeMap;

use super::tests::text;
use super::*;
use crate::analysis::{Jump, Passage};
use crate::landscapes::{Landscape, entries};
use crate::numbers::{Point, SplitMix64, parallel};
use crate::optimizers::{Choice, Verdict};
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

/// Lands with an edge, a cusp, folds and no bottom.
const FORMULAS: [&str; 4] = ["ln(x+5)+y^2", "|x|^0.5+|y|", "max(x,y,-x-y)", "x^4-y^2"];

/// A phrase, and whether what it says is true of a step.
type Claim = (&'static str, fn(&Told<'_>) -> bool);

/// A sentence and what it is about.
struct Told<'a> {
    text: String,
    focus: &'a Focus,
    run: &'a Run,
    stop: Option<&'a Stop>,
}

impl Told<'_> {
    fn actual(&self) -> f64 {
        self.focus.change.map_or(f64::NAN, |change| change.actual)
    }

    fn promise(&self) -> f64 {
        // A batch believes in its own plane.
        let batch = self.focus.batch.as_ref().map(|batch| batch.promised);
        batch.or(self.focus.promise()).unwrap_or(f64::NAN)
    }

    /// What happened as a share of the promise.
    fn share(&self) -> f64 {
        self.actual() / self.promise()
    }

    fn verdict(&self) -> Option<Verdict> {
        self.focus.moment.step.as_ref().ok().map(|step| step.verdict)
    }

    fn eigenvalues(&self) -> [f64; 2] {
        self.focus.curvature.map_or([f64::NAN; 2], |curvature| curvature.eigen.values)
    }

    /// The slope along the step, where it begins and where it lands.
    fn slopes(&self) -> [f64; 2] {
        let Some(step) = self.focus.proposed() else { return [f64::NAN; 2] };
        let at = self.focus.iterate.at;
        [at, at + step].map(|place| self.run.landscape().loss().first_order(place).gradient.dot(&step))
    }

    /// Whether a fold on the way is lowest there, whatever comes after it.
    fn crosses_a_bottom(&self) -> bool {
        let (Some(step), loss) = (self.focus.proposed(), self.run.landscape().loss()) else { return false };
        Passage::of(loss, &self.focus.model, step).is_some_and(|passage| passage.folds.iter().any(Jump::is_bottom))
    }

    /// Weights that pass through zero upward, and downward.
    fn flips(&self, up: bool) -> usize {
        let (Some(step), at) = (self.focus.proposed(), self.focus.iterate.at) else { return 0 };
        (0..2).filter(|axis| at[*axis] * (at + step)[*axis] < 0.0 && (step[*axis] > 0.0) == up).count()
    }
}

const CLAIMS: [Claim; 39] = [
    ("promised a drop", |told| told.promise() < 0.0 && told.stop.is_none()),
    ("promised a rise", |told| told.promise() > 0.0 && told.stop.is_none()),
    ("promised no change", |told| told.promise() == 0.0 && told.stop.is_none()),
    ("old velocity alone", |told| told.focus.batch.as_ref().is_some_and(|batch| batch.gradient == Vector::zeros())),
    ("promises a drop", |told| told.promise() < 0.0 && told.stop.is_some()),
    ("fell by", |told| told.actual() < 0.0 && told.stop.is_none() && told.verdict() != Some(Verdict::Rejected)),
    ("rose by", |told| told.actual() > 0.0 && told.stop.is_none() && told.verdict() != Some(Verdict::Rejected)),
    ("would fall by", |told| told.actual() < 0.0 && told.stop.is_some()),
    ("would have risen by", |told| told.actual() > 0.0 && told.verdict() == Some(Verdict::Rejected)),
    (": as promised", |told| (told.share() - 1.0).abs() <= 0.021),
    ("about as promised", |told| (told.share() - 1.0).abs() <= 0.101),
    ("went down by", |told| told.focus.batch.as_ref().is_some_and(|batch| batch.actual < 0.0)),
    ("went up by", |told| told.focus.batch.as_ref().is_some_and(|batch| batch.actual > 0.0)),
    ("carries the step up", |told| told.focus.batch.as_ref().is_some_and(|batch| batch.promised > 0.0)),
    ("of them only", |told| told.focus.batch.as_ref().is_some_and(|batch| batch.counts().len() < batch.of)),
    ("by only", |told| (0.0..0.91).contains(&told.share())),
    ("more than promised", |told| told.share() > 1.09),
    ("no finite value", |told| !told.actual().is_finite()),
    ("further than the plane", |told| told.focus.overreach().is_some_and(|times| times > 1.0)),
    ("curves down, away", |told| told.actual() < told.promise()),
    ("the valley,", |told| told.slopes()[0] < 0.0 && told.slopes()[1] > 0.0),
    ("crossed the valley.", |told| told.slopes()[0] < 0.0 && told.slopes()[1] > 0.0),
    ("the fold at the bottom of the valley", |told| told.crosses_a_bottom()),
    ("land along it is level", |told| told.slopes()[1].abs() < 0.03 * told.slopes()[0].abs()),
    ("Rejected", |told| told.verdict() == Some(Verdict::Rejected)),
    ("held the step back", |told| told.verdict() == Some(Verdict::Truncated)),
    ("so the step heads for its saddle", |told| told.eigenvalues()[0] < 0.0 && told.eigenvalues()[1] >= 0.0),
    ("so the step heads for its hilltop", |told| told.eigenvalues()[1] < 0.0),
    ("falls without end here", |told| told.eigenvalues()[0] < 0.0),
    ("goes uphill", |told| told.slopes()[0] > 0.0),
    ("w₁ turned positive", |told| told.flips(true) == 1 && told.flips(false) == 0),
    ("Both weights changed sign", |told| told.flips(true) + told.flips(false) == 2),
    ("The search halved it", |told| told.focus.moment.step.as_ref().is_ok_and(|step| step.trials.len() > 1)),
    ("No step here", |told| told.focus.moment.step.is_err()),
    ("No step was tried", |told| told.verdict() == Some(Verdict::Rejected) && told.eigenvalues()[0] < 0.0),
    ("Converged", |told| told.stop.is_some_and(|stop| stop.reason == StopReason::Converged)),
    ("Diverged", |told| told.stop.is_some_and(|stop| stop.reason == StopReason::Diverged)),
    ("so this is a minimum", |told| told.eigenvalues()[0] > 0.0 && told.focus.iterate.gradient.norm() <= 1e-8),
    ("so this is a saddle", |told| told.eigenvalues()[0] < 0.0 && told.eigenvalues()[1] > 0.0),
];

/// What is wrong with the form of a sentence, whatever it says.
fn misshapen(text: &str) -> Option<&'static str> {
    let words = || text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    match text {
        _ if !text.ends_with('.') || text.ends_with("..") => Some("no full stop"),
        _ if text.contains("  ") || text.contains(". .") || text.contains(" .") => Some("loose ends"),
        _ if words().any(|word| ["nan", "inf", "undefined"].contains(&word.as_str()))
            && !text.contains("undefined here") =>
        {
            Some("what is no number")
        }
        _ if text.chars().count() > 240 => Some("too long"),
        _ => None,
    }
}

/// The faults of what is told of a run, and how often each claim was made.
fn held_to_its_words(landscape: &Landscape, method: &str, start: Point) -> (Vec<String>, Vec<&'static str>) {
    let recipe = Recipe {
        tolerance: Some(1e-8),
        goes_on_diverged: false,
        ..Recipe::new(Choice::parse(method).unwrap(), start, 30)
    };
    let run = Run::of(landscape, &recipe);
    let last = run.iterates().len().saturating_sub(1);
    let (mut faults, mut made) = (Vec::new(), Vec::new());
    for index in [0, 1, 3, 10, last] {
        let Some(focus) = Focus::of(&run, index.min(last)) else { continue };
        let stop = run.stop().filter(|_| focus.index == last);
        let told = Told { text: text(&sentence(&focus, &run, stop)), focus: &focus, run: &run, stop };
        let mut blame =
            |what: &str| faults.push(format!("{method} on {landscape}, step {index}, {what}: {}", told.text));
        if let Some(fault) = misshapen(&told.text) {
            blame(fault);
        }
        for (claim, is_true) in CLAIMS.iter().filter(|(claim, _)| told.text.contains(claim)) {
            made.push(*claim);
            if !is_true(&told) {
                blame(claim);
            }
        }
    }
    (faults, made)
}

#[test]
fn every_claim_is_true_wherever_it_is_made() {
    let mut walks = Vec::new();
    let typed = FORMULAS.iter().map(|formula| Landscape::of_formula(formula).unwrap());
    for landscape in entries().map(Landscape::of).chain(typed) {
        let view = landscape.view();
        for method in METHODS {
            // What a batch does differs from step to step, so such a method walks more often.
            let often = if landscape.loss().samples().is_some() && method.contains("batch") { 8 } else { 1 };
            for round in 0..often {
                let mut random = SplitMix64::of_names(&[&landscape.to_string(), method, &round.to_string()]);
                let is_anywhere = random.uniform() < 0.5;
                let [x, y] = [view.x, view.y].map(|[low, high]| low + random.uniform() * (high - low));
                let suggested = Point::from(landscape.suggestion().start);
                walks.push((landscape.clone(), method, if is_anywhere { Point::new(x, y) } else { suggested }));
            }
        }
    }
    let results = parallel::map(&walks, |(landscape, method, start)| held_to_its_words(landscape, method, *start));
    let faults: Vec<&String> = results.iter().flat_map(|(faults, _)| faults).collect();
    assert!(faults.is_empty(), "{} faults: {:#?}", faults.len(), &faults[..faults.len().min(25)]);
    let mut counts: BTreeMap<&str, usize> = CLAIMS.iter().map(|(claim, _)| (*claim, 0)).collect();
    for claim in results.iter().flat_map(|(_, made)| made) {
        *counts.entry(claim).or_default() += 1;
    }
    let never: Vec<&str> = counts.iter().filter(|(_, count)| **count == 0).map(|(claim, _)| *claim).collect();
    assert!(never.is_empty(), "never said: {never:?} of {counts:?}");
}
