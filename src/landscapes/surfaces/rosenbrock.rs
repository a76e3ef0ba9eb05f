//! Rosenbrock's banana: a curved valley with a flat floor.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "rosenbrock",
    name: "Rosenbrock",
    group: Group::Valleys,
    keywords: &["banana", "valley", "benchmark", "test function"],
    idea: "A banana-shaped valley: the gradient points across it, not along it, and the floor falls very slowly.",
    formula: "f = (a − x)² + b(y − x²)²",
    reference: "H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, Computer Journal 3 (1960)",
    parameters: &[
        Parameter::linear("a", "a", 1.0, [-2.0, 2.0]).described("minimum at x", "The minimum lies at (a, a²)."),
        Parameter::log("b", "b", 100.0, [0.1, 1000.0]).described("wall", "The curvature of the walls of the valley."),
    ],
    domain: ViewBox::new(-2.0, 2.0, -1.0, 3.0),
    suggestion: Suggestion { start: [-1.0, 1.3], rate: 0.0018 },
    opening: Opening::DOMAIN.in_steps(500).seen_from(248.0, 48.0),
    build: Build::Surface(|values| Arc::new(Rosenbrock { a: values[0], b: values[1] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Rosenbrock {
    a: f64,
    b: f64,
}

impl ScalarField for Rosenbrock {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x - self.a).square() + (y - x.square()).square() * self.b
    }
}
