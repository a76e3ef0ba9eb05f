//! Ackley's function: a funnel covered with ripples, and a cone at its bottom.

use std::f64::consts::{E, PI, TAU};
use std::sync::Arc;

use crate::landscapes::entry::no_critical_sets;
use crate::landscapes::kink_line::{KinkLine, SquaredDistance, Switch};
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Point, Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "ackley",
    name: "Ackley",
    group: Group::ManyMinima,
    keywords: &["multimodal", "local minima", "benchmark", "test function", "exp"],
    idea: "A funnel under ripples: gradient descent stops in the nearest ripple, and at the bottom the gradient jumps.",
    formula: "f = −a exp(−b√((x² + y²)/2)) − exp((cos cx + cos cy)/2) + a + e",
    reference: "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    parameters: &[
        Parameter::log("a", "a", 20.0, [1.0, 50.0]).described("depth", "The depth of the funnel."),
        Parameter::log("b", "b", 0.2, [0.01, 1.0])
            .described("narrowness", "The narrowness of the funnel; at its bottom the slope is ab/√2."),
        Parameter::linear("c", "c", TAU, [0.0, 4.0 * PI])
            .described("ripples", "The frequency of the ripples, 2π/c apart; at 0 there are none."),
    ],
    domain: ViewBox::square(5.0),
    suggestion: Suggestion { start: [1.45, 0.55], rate: 0.02 },
    opening: Opening::framed([-1.2, 2.4], [-1.2, 1.2]),
    build: Build::Surface(|values| Arc::new(Ackley { a: values[0], b: values[1], c: values[2] })),
    critical_sets: no_critical_sets,
    corners: |_, _| vec![Point::new(0.0, 0.0)],
    kink_lines: |_, _| vec![KinkLine::curve(SquaredDistance, ["x² + y²", "0"], Switch::Root)],
    log_height: false,
};

struct Ackley {
    a: f64,
    b: f64,
    c: f64,
}

impl ScalarField for Ackley {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let distance = ((x.square() + y.square()) * 0.5).sqrt();
        let ripple = ((x * self.c).cos() + (y * self.c).cos()) * 0.5;
        (distance * -self.b).exp() * -self.a - ripple.exp() + self.a + E
    }
}
