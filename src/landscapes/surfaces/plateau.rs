//! A pit in a plateau: the further out, the flatter.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "plateau",
    name: "Plateau",
    group: Group::Saddles,
    keywords: &["vanishing gradient", "flat"],
    idea: "Far from the pit the slope fades like 2/r³, so the steps shrink just where the way is longest; beyond r = 1/√3 the Hessian is indefinite and Newton's method diverges.",
    formula: "f = (x² + y²)/(1 + x² + y²)",
    reference: "S. Geman and D. E. McClure, Statistical methods for tomographic image reconstruction (1987)",
    parameters: &[],
    domain: ViewBox::square(6.0),
    suggestion: Suggestion { start: [1.6, 1.1], rate: 0.9 },
    opening: Opening::framed([-3.5, 3.5], [-3.5, 3.5]),
    build: Build::Surface(|_| Arc::new(Plateau)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Plateau;

impl ScalarField for Plateau {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let square = x.square() + y.square();
        square / (square + 1.0)
    }
}
