//! The six-hump camel: six minima in three pairs, and seven saddles between them.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "camel6",
    name: "Six-hump camel",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function", "saddles"],
    idea: "Six minima, seven saddles, two hills: where the Hessian is not positive definite, Newton's step goes to the nearest saddle or maximum.",
    formula: "f = (4 − 2.1x² + x⁴/3)x² + xy + 4(y² − 1)y²",
    reference: "L. C. W. Dixon and G. P. Szegő, Towards Global Optimization 2 (1978)",
    parameters: &[],
    domain: ViewBox::new(-2.2, 2.2, -1.2, 1.2),
    suggestion: Suggestion { start: [1.1, 0.9], rate: 0.03 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(SixHumpCamel)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct SixHumpCamel;

impl ScalarField for SixHumpCamel {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let (x2, y2) = (x.square(), y.square());
        x2 * (x2 * (x2 / 3.0 - 2.1) + 4.0) + x * y + y2 * (y2 - 1.0) * 4.0
    }
}
