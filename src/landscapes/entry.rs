//! What a surface or a network says of itself: everything that lists, menus, help and files need.

use std::sync::Arc;

use super::networks::{Data, SamplingRule};
use super::{KinkLine, Loss, Opening, Parameter, ViewBox};
use crate::numbers::numerals::{coordinate, number};
use crate::numbers::{Point, clipping};

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
    /// Edges and corners, where the slope jumps.
    Kinks,
    /// Networks with two weights.
    Networks,
    /// What the user brings along.
    Own,
}

impl Group {
    /// Every group of the catalog, in the order of the picker.
    pub const ALL: [Self; 6] =
        [Self::Quadratics, Self::Valleys, Self::ManyMinima, Self::Saddles, Self::Kinks, Self::Networks];

    /// The heading in the picker.
    pub fn title(self) -> &'static str {
        match self {
            Self::Quadratics => "Bowls and quadratics",
            Self::Valleys => "Valleys",
            Self::ManyMinima => "Many minima",
            Self::Saddles => "Saddles and plateaus",
            Self::Kinks => "Kinks",
            Self::Networks => "Tiny networks",
            Self::Own => "Your own",
        }
    }
}

/// A set of critical points larger than a point: a line, a curve or a flat area, known without a search.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalSet {
    /// "minimum", "saddle", "degenerate", or "flat" for an area on which the loss is constant.
    pub kind: &'static str,
    /// What it is, in words: "every point of the line x = 0".
    pub text: String,
    /// The set as a polyline, which may go on beyond the box; the closed line around a flat area, or empty where there are
    /// words alone.
    pub polyline: Vec<Point>,
    /// The closed lines around the gaps in a flat area.
    pub gaps: Vec<Vec<Point>>,
    /// The place of its label, and the label; on a line the label goes wherever the line is visible.
    pub label: Option<(Point, &'static str)>,
}

impl CriticalSet {
    /// What an area is called on which the loss is constant.
    pub const FLAT: &'static str = "flat";
    /// How the text of an area begins that is all there is to see.
    const EVERYWHERE: &'static str = "every point of the domain";

    /// An area on which the loss has one value, from the closed line around it and those around its gaps; `whole` if it
    /// fills the domain.
    pub fn flat(value: f64, whole: bool, outline: Vec<Point>, gaps: Vec<Vec<Point>>) -> Self {
        let level = number(value);
        let text = if whole {
            format!("{}: the loss is {level} everywhere", Self::EVERYWHERE)
        } else {
            let largest = gaps.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
            let but = match (gaps.len(), largest) {
                (_, None) => String::new(),
                (1, Some(gap)) => format!(", except a hole within {}", extent(gap)),
                (count, Some(gap)) => format!(", except {count} holes, the largest within {}", extent(gap)),
            };
            format!("a region within {}{but}, on which the loss is {level}", extent(&outline))
        };
        Self { kind: Self::FLAT, text, polyline: outline, label: None, gaps }
    }

    /// Whether it is all that there is to see.
    pub fn is_everywhere(&self) -> bool {
        self.kind == Self::FLAT && self.text.starts_with(Self::EVERYWHERE)
    }

    /// The lines around what is left out of a flat area, inside the box.
    pub fn gaps_in(&self, view: &ViewBox) -> Vec<Vec<Point>> {
        self.gaps.iter().map(|gap| clipped(gap, view)).filter(|gap| !gap.is_empty()).collect()
    }

    /// The part of the polyline inside the box; of a flat area the line around what lies inside.
    pub fn polyline_in(&self, view: &ViewBox) -> Vec<Point> {
        if self.kind == Self::FLAT {
            return clipped(&self.polyline, view);
        }
        let mut inside: Vec<Point> =
            self.polyline.windows(2).filter_map(|ends| view.cut(ends[0], ends[1])).flatten().collect();
        inside.dedup();
        inside
    }
}

/// The rectangle around a line: "[−1, 1] × [0, 3]".
fn extent(line: &[Point]) -> String {
    let corner = |least: fn(f64, f64) -> f64, from: f64| {
        line.iter().fold([from; 2], |[x, y], at| [least(x, at.x), least(y, at.y)])
    };
    let ([x0, y0], [x1, y1]) = (corner(f64::min, f64::INFINITY), corner(f64::max, f64::NEG_INFINITY));
    // An edge at 0 is found but for rounding.
    let side = |low: f64, high: f64| {
        [low, high].map(|end| if end.abs() < 1e-9 * (high - low) { "0".to_owned() } else { coordinate(end) }).join(", ")
    };
    format!("[{}] × [{}]", side(x0, x1), side(y0, y1))
}

/// The area on the left of a closed line.
fn area(line: &[Point]) -> f64 {
    line.windows(2).map(|ends| ends[0].coords.perp(&ends[1].coords)).sum::<f64>() / 2.0
}

/// The closed line around the part of an area that lies inside a box, edge by edge of the box.
pub(super) fn clipped(outline: &[Point], view: &ViewBox) -> Vec<Point> {
    let mut line = outline.to_vec();
    for (axis, edge, sign) in [(0, view.x[0], 1.0), (0, view.x[1], -1.0), (1, view.y[0], 1.0), (1, view.y[1], -1.0)] {
        let between = |from: &Point, to: &Point, share: f64| {
            let mut cut = from + (to - from) * share;
            cut[axis] = edge;
            cut
        };
        let mut kept = Vec::new();
        let ring = &line[..line.len().saturating_sub(1)];
        clipping::polygon(ring, |at| sign * (at[axis] - edge), between, |at| kept.push(at));
        kept.dedup();
        kept.extend(kept.first().copied());
        line = kept;
    }
    if line.len() > 3 { line } else { Vec::new() }
}

/// The loss of a network for given values of its parameters and data.
pub type BuildNetwork = fn(&[f64], Arc<Data>) -> Arc<dyn Loss>;

/// What the user brings along, by how it comes into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnKind {
    /// A loss that is typed.
    Formula,
    /// A network that is typed.
    Network,
    /// A file.
    File,
}

/// How a landscape comes to be.
#[derive(Clone, Copy)]
pub enum Build {
    /// From the values of its parameters, in order.
    Surface(fn(&[f64]) -> Arc<dyn Loss>),
    /// From what the user brings along.
    Own(OwnKind),
    /// From the values of its parameters, the last two of which are the number of its samples and their noise, and from data.
    Network {
        /// The loss for given values and data.
        loss: BuildNetwork,
        /// How data are drawn if none are given, for given values.
        draw: fn(&[f64]) -> SamplingRule,
        /// Whether every y must be a class, 0 or 1.
        classes: bool,
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

/// A landscape of the catalog.
pub struct Entry {
    /// The fixed id.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// Its place in the picker.
    pub group: Group,
    /// What else people call it and what it is an example of, in lower case: the picker finds it by these words.
    pub keywords: &'static [&'static str],
    /// What it teaches, in one sentence.
    pub idea: &'static str,
    /// The formula in mathematical Unicode.
    pub formula: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Its parameters, in the order [`Build`] takes them.
    pub parameters: &'static [Parameter],
    /// Its domain: the region that is searched and, unless its opening says otherwise, shown.
    pub domain: ViewBox,
    /// Where to begin.
    pub suggestion: Suggestion,
    /// How it is shown first.
    pub opening: Opening,
    /// How it is built.
    pub build: Build,
    /// Its lines, curves and areas of critical points, for given parameters and data.
    pub critical_sets: fn(&[f64], Option<&Data>) -> Vec<CriticalSet>,
    /// Its minima on kinks, where the gradient does not vanish but jumps, for given parameters and data.
    pub corners: fn(&[f64], Option<&Data>) -> Vec<Point>,
    /// Where a piece of its formula switches, for given parameters and data.
    pub kink_lines: fn(&[f64], Option<&Data>) -> Vec<KinkLine>,
    /// Whether its values span a range for which the surface is better shown by their logarithm.
    pub log_height: bool,
}

impl Entry {
    /// Whether it is read from a file.
    pub fn is_in_file(&self) -> bool {
        matches!(self.build, Build::Own(OwnKind::File))
    }
}

/// For landscapes without minima on kinks.
pub(super) fn no_corners(_: &[f64], _: Option<&Data>) -> Vec<Point> {
    Vec::new()
}

/// For landscapes whose critical points are all isolated.
pub(super) fn no_critical_sets(_: &[f64], _: Option<&Data>) -> Vec<CriticalSet> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_the_box() {
        let polyline = [[-9.0, 1.0], [0.0, 1.0], [0.0, 9.0], [5.0, 9.0]].map(|[x, y]| Point::new(x, y)).to_vec();
        let set = CriticalSet { kind: "minimum", text: String::new(), polyline, label: None, gaps: Vec::new() };
        let wanted = [[-2.0, 1.0], [0.0, 1.0], [0.0, 2.0]].map(|[x, y]| Point::new(x, y));
        assert_eq!(set.polyline_in(&ViewBox::square(2.0)), wanted, "entered on the left, left at the top");
    }
}
