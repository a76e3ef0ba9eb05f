//! Rastrigin's function: a bowl with a wave along each axis, and a minimum near every grid point of whole numbers.

use std::f64::consts::TAU;
use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, ParameterDomain, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "rastrigin",
    name: "Rastrigin",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function", "cosine"],
    idea: "A paraboloid with waves, 121 minima: every descent ends in the cell of its start, and only one cell has the global minimum.",
    formula: "f = 2A + x² + y² − A(cos 2πx + cos 2πy)",
    reference: "L. A. Rastrigin, Systems of Extremal Control (1974)",
    parameters: &[Parameter::linear("A", "A", 10.0, [0.0, 20.0])
        .described("waves", "The amplitude of the waves; at 0 only the paraboloid is left.")
        .within(ParameterDomain::NotNegative)],
    domain: ViewBox::square(5.12),
    suggestion: Suggestion { start: [1.45, 0.6], rate: 0.003 },
    opening: Opening::framed([-1.2, 2.4], [-1.2, 1.2]),
    build: Build::Surface(|values| Arc::new(Rastrigin { height: values[0] })),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Rastrigin {
    height: f64,
}

impl ScalarField for Rastrigin {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let waves = (x * TAU).cos() + (y * TAU).cos();
        x.square() + y.square() - waves * self.height + 2.0 * self.height
    }
}
