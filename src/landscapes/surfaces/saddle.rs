//! The saddle x² − y²: critical, but no minimum, and with no bottom at all.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "saddle",
    name: "Saddle",
    group: Group::Saddles,
    keywords: &["hyperbolic", "indefinite", "escape"],
    idea: "Up along x, down along y: Newton's method converges to the critical point, gradient descent slowly leaves it.",
    formula: "f = x² − y²",
    reference: "Y. Dauphin et al., Identifying and attacking the saddle point problem (2014), arXiv:1406.2572",
    parameters: &[],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [1.5, 0.01], rate: 0.1 },
    opening: Opening::DOMAIN.in_steps(40),
    build: Build::Surface(|_| Arc::new(Saddle)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Saddle;

impl ScalarField for Saddle {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x.square() - y.square()
    }
}
