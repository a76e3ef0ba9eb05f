//! The tilted quadratic bowl with condition number κ: where every theorem about step sizes is exact.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Parameter, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "quad",
    name: "Long valley",
    group: Group::Quadratics,
    keywords: &["quadratic", "convex", "ill-conditioned", "condition number", "kappa", "ellipse"],
    idea: "A quadratic with curvature κ times larger across than along: the steep direction limits the rate, the flat one needs the steps.",
    formula: "f = ½ wᵀA w,  A = λ R(θ) diag(1, κ) R(θ)ᵀ",
    reference: "J. Nocedal and S. J. Wright, Numerical Optimization (2006), section 3.3",
    parameters: &[
        Parameter::log("lam", "λ", 1.0, [0.05, 20.0])
            .described("flat curvature", "The smaller eigenvalue of the Hessian."),
        Parameter::log("kappa", "κ", 20.0, [1.0, 1000.0])
            .described("condition number", "The curvature across the valley divided by that along it."),
        Parameter::linear("theta", "θ", 0.5, [-1.571, 1.571])
            .described("angle", "The direction of the valley, in radians."),
    ],
    domain: ViewBox::square(3.0),
    suggestion: Suggestion { start: [-2.1, 1.7], rate: 0.08 },
    opening: Opening::DOMAIN,
    build: Build::Surface(|values| Arc::new(Quad::new(values[0], values[1], values[2]))),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

struct Quad {
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Quad {
    fn new(lam: f64, kappa: f64, theta: f64) -> Self {
        let (sin, cos) = (libm::sin(theta), libm::cos(theta));
        Self {
            xx: lam * (cos * cos + kappa * sin * sin),
            xy: lam * (1.0 - kappa) * sin * cos,
            yy: lam * (sin * sin + kappa * cos * cos),
        }
    }
}

impl ScalarField for Quad {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x.square() * (0.5 * self.xx) + x * y * self.xy + y.square() * (0.5 * self.yy)
    }
}
