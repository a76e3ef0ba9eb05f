//! Lévy's function N. 13: ripples so fine and so uneven that there are hundreds of minima.

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "levy13",
    name: "Lévy N. 13",
    group: Group::ManyMinima,
    keywords: &["levy", "multimodal", "local minima", "benchmark", "test function"],
    idea: "543 minima and 798 saddles in one domain: far out the waves are steep, and a rate that is right in the middle steps across several.",
    formula: "f = sin² 3πx + (x − 1)²(1 + sin² 3πy) + (y − 1)²(1 + sin² 2πy)",
    reference: "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments: Levy function N. 13",
    parameters: &[],
    domain: ViewBox::new(-3.0, 5.0, -3.0, 5.0),
    suggestion: Suggestion { start: [1.46, 1.2], rate: 0.003 },
    opening: Opening::framed([0.4, 1.8], [0.6, 1.5]),
    build: Build::Surface(|_| Arc::new(Levy13)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Levy13;

impl ScalarField for Levy13 {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let ripple = (x * (3.0 * PI)).sin().square();
        let along_x = (x - 1.0).square() * ((y * (3.0 * PI)).sin().square() + 1.0);
        let along_y = (y - 1.0).square() * ((y * TAU).sin().square() + 1.0);
        ripple + along_x + along_y
    }
}
