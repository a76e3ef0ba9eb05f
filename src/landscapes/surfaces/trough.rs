//! The trough 2x²: one weight matters, the other does not, and a whole line is lowest.

use std::sync::Arc;

use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Point, Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "trough",
    name: "Trough",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "degenerate", "line of minima"],
    idea: "Only x matters: every point of the line x = 0 is a minimum, the Hessian is singular and Newton's step is undefined.",
    formula: "f = 2x²",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 2.1",
    parameters: &[],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [1.5, 1.0], rate: 0.1 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(Trough)),
    critical_sets: |_, _| {
        vec![CriticalSet {
            kind: "minimum",
            text: "every point of the line x = 0".to_owned(),
            polyline: vec![Point::new(0.0, -1e3), Point::new(0.0, 1e3)],
            label: None,
            gaps: Vec::new(),
        }]
    },
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Trough;

impl ScalarField for Trough {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, _y: T) -> T {
        x.square() * 2.0
    }
}
