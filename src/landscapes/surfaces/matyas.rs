//! Matyas's function: a shallow plate, twenty-five times flatter along one diagonal.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "matyas",
    name: "Matyas",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "ill-conditioned", "benchmark", "test function"],
    idea: "Almost flat along the diagonal y = x: a few steps reach it, hundreds are needed along it.",
    formula: "f = 0.26(x² + y²) − 0.48 x y",
    reference: "J. Matyas, Random optimization, Automation and Remote Control 26 (1965)",
    parameters: &[],
    domain: ViewBox::square(10.0),
    suggestion: Suggestion { start: [9.0, 3.0], rate: 1.6 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(Matyas)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Matyas;

impl ScalarField for Matyas {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y.square()) * 0.26 - x * y * 0.48
    }
}
