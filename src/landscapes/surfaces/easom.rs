//! Easom's function: a deep hole in a plain that is as good as flat.

use std::f64::consts::PI;
use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "easom",
    name: "Easom",
    group: Group::Saddles,
    keywords: &["needle", "haystack", "benchmark", "test function", "flat"],
    idea: "A hole in a plain: four units away the gradient is below 10⁻⁵, and the gradient there does not point to the hole.",
    formula: "f = −cos x cos y exp(−(x − π)² − (y − π)²)",
    reference: "E. E. Easom, A survey of global optimization techniques (1990)",
    parameters: &[],
    domain: ViewBox::new(-2.0, 8.0, -2.0, 8.0),
    suggestion: Suggestion { start: [4.2, 2.2], rate: 0.5 },
    opening: Opening::framed([0.0, 6.3], [1.0, 5.3]),
    build: Build::Surface(|_| Arc::new(Easom)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Easom;

impl ScalarField for Easom {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let distance2 = (x - PI).square() + (y - PI).square();
        -(x.cos() * y.cos() * (-distance2).exp())
    }
}
