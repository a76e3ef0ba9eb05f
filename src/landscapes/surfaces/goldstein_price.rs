//! The Goldstein–Price function: a product of two polynomials, each along its own direction.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "goldstein_price",
    name: "Goldstein–Price",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function"],
    idea: "Values from 3 to a million: a rate that is safe on the walls hardly moves on the floor, where four minima lie along two crossing valleys.",
    formula: "f = (1 + (p + 1)²(19 − 14p + 3p²)) · (30 + q²(18 − 16q + 3q²)),  p = x + y,  q = 2x − 3y",
    reference: "A. A. Goldstein and J. F. Price, On descent from local minima, Mathematics of Computation 25 (1971)",
    parameters: &[],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [-0.9, -1.2], rate: 2e-5 },
    opening: Opening::framed([-1.3, 2.0], [-1.5, 1.1]),
    build: Build::Surface(|_| Arc::new(GoldsteinPrice)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: true,
};

struct GoldsteinPrice;

impl ScalarField for GoldsteinPrice {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let p = x + y;
        let q = x * 2.0 - y * 3.0;
        let first = (p + 1.0).square() * (p * (p * 3.0 - 14.0) + 19.0) + 1.0;
        let second = q.square() * (q * (q * 3.0 - 16.0) + 18.0) + 30.0;
        first * second
    }
}
