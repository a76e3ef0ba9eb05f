//! Beale's function: a valley in the shape of a hook, between flat ground and walls thousands high.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "beale",
    name: "Beale",
    group: Group::Valleys,
    keywords: &["benchmark", "test function", "flat"],
    idea: "A flat cross between walls thousands high: one rate must be small enough for the walls and is then far too small for the floor.",
    formula: "f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
    reference: "E. M. L. Beale, On an iterative method for finding a local minimum of a function of more than one variable (1958)",
    parameters: &[],
    domain: ViewBox::square(4.5),
    suggestion: Suggestion { start: [1.0, -1.2], rate: 0.018 },
    opening: Opening::framed([-1.4, 4.5], [-3.0, 2.0]).in_steps(300),
    build: Build::Surface(|_| Arc::new(Beale)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: true,
};

struct Beale;

impl ScalarField for Beale {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let y2 = y.square();
        let first = x * (y - 1.0) + 1.5;
        let second = x * (y2 - 1.0) + 2.25;
        let third = x * (y2 * y - 1.0) + 2.625;
        first.square() + second.square() + third.square()
    }
}
