//! Booth's function: a quadratic bowl that is given as the two equations its minimum solves.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "booth",
    name: "Booth",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "benchmark", "test function"],
    idea: "Two linear equations, squared and added: the minimum solves both, and the curvature along one diagonal is nine times that along the other.",
    formula: "f = (x + 2y − 7)² + (2x + y − 5)²",
    reference: "M. Jamil and X.-S. Yang, A literature survey of benchmark functions (2013), no. 17, arXiv:1308.4008",
    parameters: &[],
    domain: ViewBox::square(10.0),
    suggestion: Suggestion { start: [-6.0, 7.0], rate: 0.08 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(Booth)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Booth;

impl ScalarField for Booth {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x + y * 2.0 - 7.0).square() + (x * 2.0 + y - 5.0).square()
    }
}
