//! Griewank's function: a very wide bowl under regular waves.

use std::f64::consts::FRAC_1_SQRT_2;
use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "griewank",
    name: "Griewank",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function", "cosine"],
    idea: "Waves on a paraboloid so wide that it hardly tilts them: all local minima look alike, and the gradient leads to the nearest.",
    formula: "f = 1 + (x² + y²)/4000 − cos x cos(y/√2)",
    reference: "A. O. Griewank, Generalized descent for global optimization, Journal of Optimization Theory and Applications 34 (1981)",
    parameters: &[],
    domain: ViewBox::square(10.0),
    suggestion: Suggestion { start: [1.9, -2.1], rate: 1.0 },
    opening: Opening::framed([-1.6, 7.6], [-7.0, 2.0]),
    build: Build::Surface(|_| Arc::new(Griewank)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Griewank;

impl ScalarField for Griewank {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y.square()) / 4000.0 - x.cos() * (y * FRAC_1_SQRT_2).cos() + 1.0
    }
}
