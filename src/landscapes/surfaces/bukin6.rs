//! Bukin's function N. 6: a valley whose floor is a kink, with walls that are vertical at the bottom.

use std::sync::Arc;

use crate::landscapes::entry::no_critical_sets;
use crate::landscapes::kink_line::{KinkLine, Switch};
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::{Point, Real, ScalarField};

pub(super) static ENTRY: Entry = Entry {
    id: "bukin6",
    name: "Bukin N. 6",
    group: Group::Kinks,
    keywords: &["benchmark", "test function", "nonsmooth", "ridge"],
    idea: "A curved kink line with vertical walls: the nearer to it the steeper, so every step crosses it and hardly moves along it.",
    formula: "f = 100√|y − x²/100| + |x + 10|/100",
    reference: "A. D. Bukin, New minimization strategy for non-smooth functions (1997), Budker Institute preprint 97-79",
    parameters: &[],
    domain: ViewBox::new(-15.0, -5.0, -3.0, 3.0),
    suggestion: Suggestion { start: [-12.0, 1.6], rate: 1e-3 },
    opening: Opening::framed([-14.0, -8.0], [-0.5, 3.0]).in_steps(100),
    build: Build::Surface(|_| Arc::new(Bukin6)),
    critical_sets: no_critical_sets,
    corners: |_, _| vec![Point::new(-10.0, 1.0)],
    kink_lines: |_, _| bottom_and_crest(),
    log_height: false,
};

struct Bukin6;

impl ScalarField for Bukin6 {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (y - x.square() / 100.0).abs().sqrt() * 100.0 + (x + 10.0).abs() / 100.0
    }
}

/// The parabola at the foot of the walls, and the line across it on which the floor is lowest.
fn bottom_and_crest() -> Vec<KinkLine> {
    vec![
        KinkLine::curve(Bottom, ["y", "x²/100"], Switch::Root),
        KinkLine::line([1.0, 0.0, 10.0], ["x", "−10"], Switch::Absolute),
    ]
}

/// What the root is taken of.
struct Bottom;

impl ScalarField for Bottom {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        y - x.square() / 100.0
    }
}
