//! The tilted double well: a good minimum, a poor one, and a barrier that momentum can carry a ball over.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "double_well",
    name: "Double well",
    group: Group::ManyMinima,
    keywords: &["bistable", "local minima", "barrier", "momentum escapes"],
    idea: "Two wells, the right one poorer: gradient descent stays in it, momentum passes the barrier.",
    formula: "f = h(x² − 1)² + t x + c y²/2",
    reference: "The quartic potential of Landau theory, tilted",
    parameters: &[
        Parameter::log("h", "h", 0.25, [0.01, 5.0])
            .described("barrier", "The height of the barrier between the wells."),
        Parameter::linear("t", "t", 0.1, [-0.5, 0.5])
            .described("tilt", "How much lower the left well lies; there are two wells while |t| < 8h/(3√3)."),
        Parameter::log("c", "c", 1.0, [0.05, 20.0]).described("y curvature", "The second derivative along y."),
    ],
    domain: ViewBox::new(-2.0, 2.4, -1.5, 1.5),
    suggestion: Suggestion { start: [2.0, 1.0], rate: 0.05 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|values| Arc::new(DoubleWell { h: values[0], t: values[1], c: values[2] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct DoubleWell {
    h: f64,
    t: f64,
    c: f64,
}

impl ScalarField for DoubleWell {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() - 1.0).square() * self.h + x * self.t + y.square() * (0.5 * self.c)
    }
}
