//! A cliff between two gentle slopes: a step onto its face throws the iterate far away.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "cliff",
    name: "Cliff",
    group: Group::Saddles,
    keywords: &["exploding gradient", "clipping", "step"],
    idea: "Nearly flat above and below a cliff: an iterate on its face has a huge gradient and is thrown far across the valley.",
    formula: "f = h(1 + tanh kx)/2 + c(x + 1)²/2 + d y²/2",
    reference: "R. Pascanu, T. Mikolov and Y. Bengio, On the difficulty of training recurrent neural networks (2013), arXiv:1211.5063",
    parameters: &[
        Parameter::log("h", "h", 4.0, [0.05, 20.0]).described("height", "The height of the cliff."),
        Parameter::log("k", "k", 8.0, [0.5, 50.0])
            .described("sharpness", "The steepness of the cliff: its face is about 2/k wide."),
        Parameter::log("c", "c", 0.2, [0.01, 5.0])
            .described("x curvature", "The curvature along x away from the cliff."),
        Parameter::log("d", "d", 0.5, [0.01, 5.0]).described("y curvature", "The curvature along y."),
    ],
    domain: ViewBox::new(-4.0, 4.0, -3.0, 3.0),
    suggestion: Suggestion { start: [2.0, 1.5], rate: 0.3 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|values| Arc::new(Cliff { h: values[0], k: values[1], c: values[2], d: values[3] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Cliff {
    h: f64,
    k: f64,
    c: f64,
    d: f64,
}

impl ScalarField for Cliff {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        // (1 + tanh kx)/2, without its cancellation below the cliff.
        let cliff = (x * (2.0 * self.k)).sigmoid() * self.h;
        cliff + (x + 1.0).square() * (0.5 * self.c) + y.square() * (0.5 * self.d)
    }
}
