//! The loss whose gradient is z³ − 1 in the complex plane: Newton's method on it draws the fractal of the three cube roots of one.

use std::sync::Arc;

use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "cubic_roots",
    name: "Cube roots",
    group: Group::Saddles,
    keywords: &["newton fractal", "fractal", "complex", "cube roots of one", "basins", "harmonic"],
    idea: "Three saddles and no minimum: Newton's method on it is the iteration z − (z³ − 1)/(3z²), whose basins are a fractal.",
    formula: "f = (x⁴ − 6x²y² + y⁴)/4 − x",
    reference: "A. Cayley, The Newton–Fourier imaginary problem (1879)",
    parameters: &[],
    domain: ViewBox::square(2.0),
    suggestion: Suggestion { start: [-1.2, 0.3], rate: 0.05 },
    opening: Opening::DOMAIN.in_steps(20),
    build: Build::Surface(|_| Arc::new(CubicRoots)),
    critical_sets: no_critical_sets,
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// The real part of z⁴/4 − z.
struct CubicRoots;

impl ScalarField for CubicRoots {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let [xx, yy] = [x.square(), y.square()];
        (xx.square() - xx * yy * 6.0 + yy.square()) * 0.25 - x
    }
}
