//! The sum of absolute values: slopes that do not fade toward the minimum.

use std::sync::Arc;

use crate::landscapes::kink_line::{KinkLine, Switch};
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Parameter, ParameterDomain, Suggestion, ViewBox};
use crate::numbers::{Point, Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "l1",
    name: "Absolute values",
    group: Group::Kinks,
    keywords: &["lasso", "abs", "norm", "nonsmooth", "manhattan"],
    idea: "The gradient is as long near the minimum as far away: with a fixed rate the run does not converge, but oscillates across the kinks.",
    formula: "f = a|x| + b|y|",
    reference: "R. Tibshirani, Regression shrinkage and selection via the lasso, Journal of the Royal Statistical Society B 58 (1996)",
    parameters: &[
        Parameter::linear("a", "a", 1.0, [0.0, 3.0])
            .described("x slope", "The slope along x, on either side of the kink.")
            .within(ParameterDomain::NotNegative),
        Parameter::linear("b", "b", 1.0, [0.0, 3.0])
            .described("y slope", "The slope along y, on either side of the kink.")
            .within(ParameterDomain::NotNegative),
    ],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [1.33, -0.12], rate: 0.2 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|values| Arc::new(AbsoluteValues { a: values[0], b: values[1] })),
    critical_sets: |values, _| lowest(values[0], values[1]).into_iter().collect(),
    corners: |values, _| if values[0] > 0.0 && values[1] > 0.0 { vec![Point::new(0.0, 0.0)] } else { Vec::new() },
    kink_lines: |values, _| kink_lines(values[0], values[1]),
    log_height: false,
};

struct AbsoluteValues {
    a: f64,
    b: f64,
}

impl ScalarField for AbsoluteValues {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x.abs() * self.a + y.abs() * self.b
    }
}

/// The axes, each where the slope across it is not zero anyway.
fn kink_lines(a: f64, b: f64) -> Vec<KinkLine> {
    let along_y = (a > 0.0).then(|| KinkLine::line([1.0, 0.0, 0.0], ["x", "0"], Switch::Absolute));
    let along_x = (b > 0.0).then(|| KinkLine::line([0.0, 1.0, 0.0], ["y", "0"], Switch::Absolute));
    along_y.into_iter().chain(along_x).collect()
}

/// Without a slope along an axis the minimum is that whole axis, and without any it is the plane.
fn lowest(a: f64, b: f64) -> Option<CriticalSet> {
    let line = |text: &str, end: Point| CriticalSet {
        kind: "minimum",
        text: text.to_owned(),
        polyline: vec![-end, end],
        label: None,
        gaps: Vec::new(),
    };
    match [a > 0.0, b > 0.0] {
        [true, true] => None,
        [true, false] => Some(line("every point of the line x = 0", Point::new(0.0, 1e3))),
        [false, true] => Some(line("every point of the line y = 0", Point::new(1e3, 0.0))),
        [false, false] => Some(CriticalSet {
            kind: "minimum",
            text: "every point: the loss is constant".to_owned(),
            polyline: Vec::new(),
            label: Some((Point::new(0.0, 0.0), "flat: every point is a minimum")),
            gaps: Vec::new(),
        }),
    }
}
