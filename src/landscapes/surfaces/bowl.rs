//! The round bowl: the one landscape on which −g points at the minimum from everywhere.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "bowl",
    name: "Round bowl",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "paraboloid", "sphere", "isotropic"],
    idea: "The same curvature in every direction: −∇f points straight at the minimum, and the rate 1/a arrives in one step.",
    formula: "f = a(x² + y²)/2",
    reference: "S. Boyd and L. Vandenberghe, Convex Optimization (2004), section 9.3",
    parameters: &[Parameter::log("a", "a", 1.0, [0.05, 20.0])
        .described("curvature", "The curvature: both eigenvalues of the Hessian.")],
    domain: ViewBox::square(3.0),
    suggestion: Suggestion { start: [2.5, 1.5], rate: 0.3 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|values| Arc::new(Bowl { a: values[0] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Bowl {
    a: f64,
}

impl ScalarField for Bowl {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y.square()) * (0.5 * self.a)
    }
}
