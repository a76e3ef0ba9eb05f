//! Three hinges, as in a network of rectified units, held together by a little weight decay.

use std::sync::Arc;

use crate::landscapes::kink_line::{KinkLine, Switch};
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Parameter, ParameterDomain, Suggestion, ViewBox};
use crate::numbers::{Point, Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "relu_kink",
    name: "ReLU kinks",
    group: Group::Kinks,
    keywords: &["nonsmooth", "hinge", "weight decay", "piecewise linear"],
    idea: "Three rectified half-planes and a little weight decay: the minimum lies on a kink, where descent zigzags because the gradient does not vanish there.",
    formula: "f = relu(1 − x − y) + relu(x − 2y) + relu(y − 2x) + r(x² + y²)/2",
    reference: "N. Z. Shor, Minimization Methods for Non-Differentiable Functions (1985)",
    parameters: &[Parameter::linear("r", "r", 0.1, [0.0, 4.0])
        .described("weight decay", "The weight decay; at 0 a whole wedge is flat, above 2 the minimum leaves the kink.")
        .within(ParameterDomain::NotNegative)],
    domain: ViewBox::new(-2.0, 3.0, -2.0, 3.0),
    suggestion: Suggestion { start: [-0.4, 1.3], rate: 0.3 },
    opening: Opening::framed([-1.5, 2.0], [-1.0, 2.0]),
    build: Build::Surface(|values| Arc::new(ReluKink { r: values[0] })),
    critical_sets: |values, _| if values[0] == 0.0 { vec![wedge()] } else { Vec::new() },
    corners: |values, _| if values[0] > 0.0 && values[0] <= 2.0 { vec![Point::new(0.5, 0.5)] } else { Vec::new() },
    kink_lines: |_, _| hinges(),
    log_height: false,
};

struct ReluKink {
    r: f64,
}

impl ScalarField for ReluKink {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let hinges = (-(x + y) + 1.0).relu() + (x - y * 2.0).relu() + (y - x * 2.0).relu();
        hinges + (x.square() + y.square()) * (0.5 * self.r)
    }
}

/// Where each of the three switches.
fn hinges() -> Vec<KinkLine> {
    vec![
        KinkLine::line([1.0, 1.0, -1.0], ["x + y", "1"], Switch::Rectifier),
        KinkLine::line([1.0, -2.0, 0.0], ["x", "2y"], Switch::Rectifier),
        KinkLine::line([-2.0, 1.0, 0.0], ["y", "2x"], Switch::Rectifier),
    ]
}

/// Where all three hinges are off.
fn wedge() -> CriticalSet {
    CriticalSet {
        kind: "minimum",
        text: "every point of the wedge x + y ≥ 1, x ≤ 2y, y ≤ 2x, where every unit is off".to_owned(),
        polyline: Vec::new(),
        label: Some((Point::new(1.6, 1.6), "flat: every unit is off")),
        gaps: Vec::new(),
    }
}
