//! The end of a run that crosses the same kink to and fro and does not settle, since its slopes do not shrink there.

use crate::analysis::{LineProfile, LocalModel};
use crate::numbers::tolerance;
use crate::run::Run;
use crate::run::walker::hops;

/// Losses closer to each other than this share are one.
const ROUNDING: f64 = tolerance::UNSEEN;

/// Whether the last two steps of a run reverse each other across a kink, the loss as high as before.
pub(super) fn crosses_to_and_fro(run: &Run) -> bool {
    let [.., before, over, last] = run.iterates() else { return false };
    let falls = last.loss < before.loss - ROUNDING * before.loss.abs();
    if !hops(before.at, over.at, last.at) || falls || run.recipe().optimizer.rate_at(0).is_none() {
        return false;
    }
    let loss = run.landscape().loss();
    let line_profile = LineProfile::of(loss, &LocalModel::new(loss, over.at), last.at - over.at);
    line_profile.is_some_and(|line_profile| line_profile.kink_lines.iter().any(|kink| kink.behind > kink.before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
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
}
