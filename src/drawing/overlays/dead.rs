//! The dead region, in which a rectified unit is off for every sample: hatched and named, a part of the critical points.

use crate::drawing::OverlayContext;
use crate::drawing::hatching::Hatching;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;

/// What is written on it: of one unit, and of layers of them.
const WORDS: [&str; 2] = ["dead: the unit is off for every sample", "dead: the output is 0 for every sample"];
/// Between two lines of the hatching on the map, in points.
const APART: f64 = 7.0;
/// Between two lines of the hatching on the surface, in points.
const APART_ON_SURFACE: f64 = 14.0;
/// A region of fewer square points has no room for its name.
const NAMED: f64 = 4_000.0;

pub(super) fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let region = region(context);
    if region.is_empty() {
        return;
    }
    lines(context, &region, APART, Pen::new(Ink::Truth, 0.7).pale(0.34), out);
    let (area, middle) = middle(&region);
    if area > NAMED * context.scale.units().product() {
        let is_one = context.landscape.sampled_loss().and_then(|loss| loss.switched_on(middle)).is_some();
        let label = Label::new(WORDS[usize::from(!is_one)], Ink::Truth, Swatch::Levels);
        out.push(label.at(middle, Anchor::Center).into());
    }
}

/// The lines alone.
pub(super) fn drape(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    lines(context, &region(context), APART_ON_SURFACE, Pen::new(Ink::Truth, 0.8).pale(0.3), out);
}

fn region(context: &OverlayContext<'_>) -> Vec<Point> {
    context.landscape.sampled_loss().and_then(|loss| loss.dead_region(&context.view)).unwrap_or_default()
}

fn lines(context: &OverlayContext<'_>, region: &[Point], apart: f64, pen: Pen, out: &mut Vec<Primitive<'_>>) {
    let hatching = Hatching { apart, scale: context.scale };
    out.extend(hatching.inside(region).into_iter().map(|ends| Primitive::line(ends.to_vec(), pen)));
}

/// The area of a polygon and its center of gravity.
fn middle(region: &[Point]) -> (f64, Point) {
    let mut area = 0.0;
    let mut sum = crate::numbers::Vector::zeros();
    for pair in region[1..].windows(2) {
        let (a, b) = (pair[0] - region[0], pair[1] - region[0]);
        let part = a.perp(&b) / 2.0;
        area += part;
        sum += (a + b) / 3.0 * part;
    }
    (area, region[0] + sum / area)
}
