//! A ravine that winds like a sine: its direction turns under every step.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "ravine",
    name: "Winding ravine",
    group: Group::Valleys,
    keywords: &["valley", "sine", "momentum helps"],
    idea: "The floor winds like a sine: the velocity of momentum is wrong after the next bend.",
    formula: "f = a(y − sin x)²/2 + b x²/2",
    reference: "On ravines: R. S. Sutton, Two problems with backpropagation and other steepest-descent learning procedures for networks (1986)",
    parameters: &[
        Parameter::log("a", "a", 20.0, [0.5, 200.0]).described("wall", "The curvature of the walls of the ravine."),
        Parameter::log("b", "b", 0.2, [0.01, 5.0]).described("fall", "The curvature of the floor toward the middle."),
    ],
    domain: ViewBox::new(-6.0, 6.0, -3.0, 3.0),
    suggestion: Suggestion { start: [-2.6, 1.0], rate: 0.047 },
    opening: Opening::DOMAIN.in_steps(400).seen_from(250.0, 52.0),
    build: Build::Surface(|values| Arc::new(Ravine { a: values[0], b: values[1] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Ravine {
    a: f64,
    b: f64,
}

impl ScalarField for Ravine {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (y - x.sin()).square() * (0.5 * self.a) + x.square() * (0.5 * self.b)
    }
}
