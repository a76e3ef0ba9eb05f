//! The monkey saddle: three ways down and three up, and no curvature at all in the middle.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "monkey",
    name: "Monkey saddle",
    group: Group::Saddles,
    keywords: &["degenerate", "cubic"],
    idea: "Three valleys, room for two legs and a tail: at the center even the Hessian is zero, so Newton's step only halves the distance.",
    formula: "f = x³ − 3xy²",
    reference: "D. Hilbert and S. Cohn-Vossen, Geometry and the Imagination (1952), page 191",
    parameters: &[],
    domain: ViewBox::square(1.5),
    suggestion: Suggestion { start: [0.9, 0.05], rate: 0.05 },
    opening: Opening::DOMAIN.in_steps(30),
    build: Build::Surface(|_| Arc::new(MonkeySaddle)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct MonkeySaddle;

impl ScalarField for MonkeySaddle {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x * (x.square() - y.square() * 3.0)
    }
}
