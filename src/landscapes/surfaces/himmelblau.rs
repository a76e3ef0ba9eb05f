//! Himmelblau's function: four equal minima around a hill.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "himmelblau",
    name: "Himmelblau",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function"],
    idea: "Four valleys around a hill. Where you start decides where you end.",
    formula: "f = (x² + y − 11)² + (x + y² − 7)²",
    reference: "D. M. Himmelblau, Applied Nonlinear Programming (1972)",
    parameters: &[],
    domain: ViewBox::square(6.0),
    suggestion: Suggestion { start: [0.4, -0.3], rate: 0.014 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(Himmelblau)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Himmelblau;

impl ScalarField for Himmelblau {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y - 11.0).square() + (x + y.square() - 7.0).square()
    }
}
