//! The end of a run that crosses the same kink back and forth and does not settle, since its slopes do not shrink there.

use crate::analysis::{LocalModel, StepProfile};
use crate::landscapes::KinkLine;
use crate::numbers::{Point, tolerance};
use crate::run::Run;
use crate::run::walker::is_two_cycle;

/// Losses closer to each other than this share are one.
const ROUNDING: f64 = tolerance::UNSEEN;
/// Steps before and after a step that are near it.
const NEAR: usize = 64;

/// Whether the last two steps of a run reverse each other across a kink, the loss as high as before.
pub(super) fn crosses_to_and_fro(run: &Run) -> bool {
    let [.., before, over, last] = run.iterates() else { return false };
    let falls = last.loss < before.loss - ROUNDING * before.loss.abs();
    if !is_two_cycle(before.at, over.at, last.at) || falls || run.recipe().optimizer.rate_at(0).is_none() {
        return false;
    }
    let loss = run.landscape().loss();
    let step_profile = StepProfile::of(loss, &LocalModel::new(loss, over.at), last.at - over.at);
    step_profile.is_some_and(|step_profile| step_profile.breakpoints.iter().any(|kink| kink.behind > kink.before))
}

/// Whether a run goes over a kink line and back within some steps before or after a step: no larger rate would bring it to rest.
pub fn crosses_kinks_near(run: &Run, kink_lines: &[KinkLine], step: usize) -> bool {
    let end = (step + NEAR).min(run.iterates().len());
    let Some(near) = run.iterates().get(step.saturating_sub(NEAR)..end) else { return false };
    kink_lines.iter().any(|kink_line| {
        let is_positive = |at: Point| kink_line.argument.at(at).0 > 0.0;
        near.windows(2).filter(|pair| is_positive(pair[0].at) != is_positive(pair[1].at)).count() > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    #[test]
    fn only_a_run_that_reverses_itself_across_a_kink_does_not_settle() {
        for (landscape, method, steps, expected) in [
            ("l1", "gd:lr=0.3", 60, true),
            ("l1", "gd:lr=0.3", 3, false),
            ("l1", "gd:lr=0.3,schedule=step,every=1,drop=0.5", 60, false),
            ("bowl", "gd:lr=2", 60, false),
            ("himmelblau", "gd:lr=0.01", 60, false),
        ] {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(1.33, -0.87), steps);
            let run = Run::of(&Landscape::parse(landscape).unwrap(), &recipe);
            assert_eq!(crosses_to_and_fro(&run), expected, "{method} on {landscape}, {steps} steps");
        }
    }

    #[test]
    fn a_run_that_slides_to_a_kink_and_jumps_back_crosses_it() {
        for (landscape, expected) in [("relu_kink", true), ("himmelblau", false)] {
            let landscape = Landscape::parse(landscape).unwrap();
            let rate = if expected { "gd:lr=0.3" } else { "gd:lr=0.01" };
            let recipe = Recipe::new(Choice::parse(rate).unwrap(), Point::new(-0.4, 1.3), 100);
            let run = Run::of(&landscape, &recipe);
            for step in [0, 30, 100, 1000] {
                let crosses = crosses_kinks_near(&run, &landscape.kink_lines(), step);
                assert_eq!(crosses, expected && step < 1000, "{landscape} at {step}");
            }
        }
    }
}
