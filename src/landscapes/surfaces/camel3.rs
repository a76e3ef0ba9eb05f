//! The three-hump camel: the best minimum in the middle, a poorer one on either side.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "camel3",
    name: "Three-hump camel",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function"],
    idea: "Three wells in a row, the middle one best: gradient descent ends in the nearest, momentum can pass on into the middle one.",
    formula: "f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²",
    reference: "F. H. Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations, IBM Journal of Research and Development 16 (1972)",
    parameters: &[],
    domain: ViewBox::square(2.2),
    suggestion: Suggestion { start: [1.9, 1.5], rate: 0.05 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(ThreeHumpCamel)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct ThreeHumpCamel;

impl ScalarField for ThreeHumpCamel {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let x2 = x.square();
        x2 * (x2 * (x2 / 6.0 - 1.05) + 2.0) + x * y + y.square()
    }
}
