//! What a surface or a network says of itself: everything that lists, menus, help and files need.

use std::sync::Arc;

use super::networks::Data;
use super::{Loss, Parameter};
use crate::numbers::Point;

/// Where a landscape stands in the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Bowls and quadratics.
    Quadratics,
    /// Long curved or flat-bottomed valleys.
    Valleys,
    /// Several minima.
    ManyMinima,
    /// Saddles and plateaus.
    Saddles,
    /// Networks with two weights.
    Networks,
}

impl Group {
    /// The heading in the picker.
    pub fn title(self) -> &'static str {
        match self {
            Self::Quadratics => "Bowls and quadratics",
            Self::Valleys => "Valleys",
            Self::ManyMinima => "Many minima",
            Self::Saddles => "Saddles and plateaus",
            Self::Networks => "Tiny networks",
        }
    }
}

/// A rectangle of weight space, \[x0, x1\] × \[y0, y1\].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewBox {
    /// Lower and upper x.
    pub x: [f64; 2],
    /// Lower and upper y.
    pub y: [f64; 2],
}

impl ViewBox {
    /// The box \[x0, x1\] × \[y0, y1\].
    pub const fn new(x0: f64, x1: f64, y0: f64, y1: f64) -> Self {
        Self { x: [x0, x1], y: [y0, y1] }
    }

    /// The square of half side `half` about the origin.
    pub const fn square(half: f64) -> Self {
        Self::new(-half, half, -half, half)
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// The longer side.
    pub fn size(&self) -> f64 {
        self.width().max(self.height())
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new(f64::midpoint(self.x[0], self.x[1]), f64::midpoint(self.y[0], self.y[1]))
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, at: Point) -> bool {
        (self.x[0]..=self.x[1]).contains(&at.x) && (self.y[0]..=self.y[1]).contains(&at.y)
    }
}

/// Critical points that are no points: a line or a curve of them, known in closed form.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalSet {
    /// "minimum", "saddle", "degenerate".
    pub kind: &'static str,
    /// What it is, in words: "every point of the line x = 0".
    pub text: String,
    /// The set inside the box, as a polyline; empty where it is an area.
    pub polyline: Vec<Point>,
}

/// How a landscape comes to be.
#[derive(Clone, Copy)]
pub enum Build {
    /// From the values of its parameters, in order.
    Surface(fn(&[f64]) -> Arc<dyn Loss>),
    /// From data, by default those of this seed.
    Network {
        /// The loss for given data.
        loss: fn(Arc<Data>) -> Arc<dyn Loss>,
        /// The data for a seed, by the rule of the public data sets.
        generate: fn(u64) -> Data,
        /// The seed of the public data.
        seed: u64,
    },
}

/// A start and a learning rate that show what the landscape is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    /// Where to begin.
    pub start: [f64; 2],
    /// A learning rate for plain gradient descent.
    pub rate: f64,
}

/// A landscape of the catalogue.
pub struct Entry {
    /// The fixed id.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// Its place in the picker.
    pub group: Group,
    /// What it teaches, in one sentence.
    pub idea: &'static str,
    /// The formula in mathematical Unicode.
    pub formula: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Its parameters, in the order [`Build::Surface`] takes them.
    pub parameters: &'static [Parameter],
    /// The region to show.
    pub view: ViewBox,
    /// Where to begin.
    pub suggestion: Suggestion,
    /// How it is built.
    pub build: Build,
    /// Its lines and curves of critical points, for given parameters and data.
    pub critical_sets: fn(&[f64], Option<&Data>) -> Vec<CriticalSet>,
}

/// For landscapes whose critical points are all isolated.
pub(super) fn no_critical_sets(_: &[f64], _: Option<&Data>) -> Vec<CriticalSet> {
    Vec::new()
}
