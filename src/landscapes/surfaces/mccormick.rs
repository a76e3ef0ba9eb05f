//! A parabolic channel along which a sine makes one well after the other.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "mccormick",
    name: "McCormick",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function", "sine"],
    idea: "A channel with waves on its floor: steps across it settle at once, and the wave you start on decides the well you end in.",
    formula: "f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1",
    reference: "G. P. McCormick, Computability of global solutions to factorable nonconvex programs, Mathematical Programming 10 (1976)",
    parameters: &[],
    domain: ViewBox::new(-1.5, 4.0, -3.0, 4.0),
    suggestion: Suggestion { start: [2.9, -1.0], rate: 0.1 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|_| Arc::new(McCormick)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct McCormick;

impl ScalarField for McCormick {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x + y).sin() + (x - y).square() - x * 1.5 + y * 2.5 + 1.0
    }
}
