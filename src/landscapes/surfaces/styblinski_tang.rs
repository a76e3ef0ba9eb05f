//! The Styblinski–Tang function: the same tilted double well along each axis.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "styblinski_tang",
    name: "Styblinski–Tang",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function"],
    idea: "A double well along x plus the same along y: four minima, and the weights do not interact.",
    formula: "f = ½(x⁴ − 16x² + 5x) + ½(y⁴ − 16y² + 5y)",
    reference: "M. A. Styblinski and T.-S. Tang, Experiments in nonconvex optimization, Neural Networks 3 (1990)",
    parameters: &[],
    domain: ViewBox::square(5.0),
    suggestion: Suggestion { start: [1.0, -0.9], rate: 0.03 },
    opening: Opening::framed([-4.0, 4.0], [-4.0, 4.0]),
    build: Build::Surface(|_| Arc::new(StyblinskiTang)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct StyblinskiTang;

impl ScalarField for StyblinskiTang {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (well(x) + well(y)) * 0.5
    }
}

/// u⁴ − 16u² + 5u.
#[inline(always)]
fn well<T: Real>(u: T) -> T {
    u * (u * (u.square() - 16.0) + 5.0)
}
