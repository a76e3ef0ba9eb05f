//! Where a run stands beside places without a value, such as a hole of a measured grid: methods that only go down stop there.

use super::Walker;
use crate::numbers::numerals::number;
use crate::numbers::tolerance;

/// A run stands, and a place without a value is beside it, within this share of the region.
const BESIDE: f64 = tolerance::ONE_PLACE;

/// What keeps a run where it stands: "−∇f enters a hole of the measured grid 1.2·10⁻⁹ ahead". `None` for a run that still
/// moves, and where −∇f leads to places with a value.
pub(super) fn reason_to_stand(walker: &Walker) -> Option<String> {
    let (landscape, last) = (walker.landscape(), walker.place()?);
    let length = walker.last_step_length()?;
    let near = BESIDE * landscape.domain().size();
    let norm = last.gradient.norm();
    if length > near || norm == 0.0 {
        return None;
    }
    let down = -last.gradient / norm;
    let ahead = last.at + down * near;
    if landscape.loss().value(ahead).is_finite() {
        return None;
    }
    let enters = landscape.hole(ahead).map_or("reaches points where the loss has no value", |gap| gap.enters);
    let far = landscape.loss().ends_along(last.at, down, near).filter(|far| *far > 0.0);
    let far = far.map_or_else(|| "at once".to_owned(), |far| format!("{} ahead", number(far)));
    Some(format!("−∇f {enters} {far}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    /// x² + 2y², measured everywhere but around its minimum.
    fn ring() -> String {
        let line = |index: u32| {
            let [x, y] = [index % 21, index / 21].map(|place| 0.1 * (f64::from(place) - 10.0));
            let loss = if x * x + y * y < 0.05 { f64::NAN } else { x * x + 2.0 * y * y };
            format!("{x:.1},{y:.1},{loss}\n")
        };
        (0..441).map(line).fold("x,y,loss\n".to_owned(), |text, line| text + &line)
    }

    #[test]
    fn a_run_that_is_held_by_a_hole_says_so() {
        let text = ring();
        let read = |_: &Path| Ok(text.clone().into_bytes());
        let measured = Landscape::parse_with("grid:ring.csv", None, &read).unwrap();
        let methods =
            ["gd_exact", "cg", "bfgs", "gd_armijo", "lbfgs", "newton_damped", "saddle_free", "levenberg_marquardt"];
        for method in methods {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), [-0.5, -0.6].into(), 60);
            let run = Run::of(&measured, &recipe);
            let text = &run.stop().unwrap().text;
            assert!(text.contains("enters a hole of the measured grid"), "{method}: {text}");
        }
    }

    #[test]
    fn a_run_that_moves_or_stands_in_a_valley_says_nothing_of_edges() {
        for (landscape, method) in [("bowl", "gd"), ("rosenbrock", "gd_armijo"), ("bowl", "newton"), ("ackley", "bfgs")]
        {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), [0.5, 0.6].into(), 60);
            let mut walker = Walker::new(&Landscape::parse(landscape).unwrap(), &recipe);
            walker.advance(usize::MAX);
            assert_eq!(reason_to_stand(&walker), None, "{method} on {landscape}");
        }
    }
}
