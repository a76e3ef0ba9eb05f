//! The parabola 2x² of one weight: where every rate and every step can be worked out in the head.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::one_weight::OneWeight;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "parabola",
    name: "Parabola",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "one weight", "one dimension", "1-d", "curve", "slope", "tangent"],
    idea: "One weight: the slope is 4x and the curvature 4 everywhere, so a rate of ¼ arrives at once and one above ½ leaves.",
    formula: "f = 2x²",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 2.1",
    parameters: &[],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [1.5, 0.0], rate: 0.1 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(OneWeight(Arc::new(Parabola)))),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Parabola;

impl ScalarField for Parabola {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, _y: T) -> T {
        x.square() * 2.0
    }
}
