//! Backtracking until the loss falls by enough: Armijo's condition.
//!
//! Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 3.1.

use super::Trial;
use crate::landscapes::Oracle;
use crate::numbers::{Point, Vector};

/// The share of the promised decrease that must happen.
const SUFFICIENT: f64 = 1e-4;
/// Halvings before the search gives up: 2⁻⁶⁰ is below the rounding of any step.
const HALVINGS: usize = 60;

/// The first of 1, ½, ¼ … times `direction` whose loss is low enough, and everything tried; zero if none is.
///
/// The bound carries 1e-15·max(1, |f|), without which rounding stalls the search near a minimum.
pub(super) fn backtrack(oracle: &mut Oracle<'_>, at: Point, gradient: Vector, direction: Vector) -> (f64, Vec<Trial>) {
    let start = oracle.value(at);
    let slope = gradient.dot(&direction);
    let rounding = 1e-15 * start.abs().max(1.0);
    let mut trials = Vec::new();
    let mut scale = 1.0;
    for _ in 0..HALVINGS {
        let target = at + direction * scale;
        let value = oracle.value(target);
        let accepted = value <= start + SUFFICIENT * scale * slope + rounding;
        trials.push(Trial { at: target, value, accepted });
        if accepted {
            return (scale, trials);
        }
        scale *= 0.5;
    }
    (0.0, trials)
}
