//! The strip under the curve: where a method ends from each start.

use super::Sketch;
use crate::drawing::ink::{BasinShade, Ink};
use crate::drawing::primitive::Primitive;
use crate::numbers::Point;

/// Where the walks from a stretch of starts end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StretchEnd {
    /// In a minimum, by its place among all critical points from the left.
    Minimum(usize),
    /// In a maximum or a point of inflection, likewise.
    Other(usize),
    /// It alternates in the valley of a minimum, or is still on its way there.
    Around(usize),
    /// The weight leaves for infinity, or the loss ends.
    Diverges,
    /// At none of them: nowhere within its steps, or where the loss is only flat.
    Undecided,
}

/// Neighboring starts from which a method ends in the same place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BasinStretch {
    /// The first and the last start.
    pub x: [f64; 2],
    /// Where they end.
    pub end: StretchEnd,
}

/// The share of the chart's height that the strip has.
pub(super) const HEIGHT: f64 = 0.055;
/// The color of the basin of a critical point, by its place from the left: minima and maxima take turns, so that each kind goes through
/// all the colors before one comes again.
pub(super) fn ink(place: usize) -> Ink {
    let turn = place / 2 + if place.is_multiple_of(2) { 0 } else { BasinShade::COLORS / 2 };
    Ink::Basin((turn % BasinShade::COLORS) as u8)
}

/// How the starts with an end are drawn in the strip: in which ink, how strong, and over which share of its height.
pub fn shade_of_basin(end: StretchEnd) -> (Ink, f32, f64) {
    match end {
        StretchEnd::Minimum(place) => (ink(place), 1.0, 1.0),
        StretchEnd::Other(place) => (ink(place), 1.0, 0.5),
        StretchEnd::Around(place) => (ink(place), 1.0, 0.25),
        StretchEnd::Diverges => (Ink::Gap, 0.85, 1.0),
        StretchEnd::Undecided => (Ink::Panel, 0.0, 0.0),
    }
}

/// The strip along the lower edge of a chart.
pub(super) fn strip(sketch: &mut Sketch<'_>, stretches: &[BasinStretch]) {
    let view = sketch.view;
    if stretches.is_empty() {
        return;
    }
    let [floor, top] = [view.y[0], view.y[0] + HEIGHT * view.height()];
    let ends = [stretches[0].x[0], stretches[stretches.len() - 1].x[1]].map(|x| x.clamp(view.x[0], view.x[1]));
    area(sketch, ends, [floor, top], (Ink::Panel, 1.0));
    for stretch in stretches {
        let [from, to] = stretch.x.map(|x| x.clamp(view.x[0], view.x[1]));
        let (ink, opacity, share) = shade_of_basin(stretch.end);
        if from < to && opacity > 0.0 {
            let height = floor + share * (top - floor);
            area(sketch, [from, to], [floor, height], (ink, opacity));
        }
    }
}

fn area(sketch: &mut Sketch<'_>, [from, to]: [f64; 2], [floor, top]: [f64; 2], (ink, opacity): (Ink, f32)) {
    let corners = [[from, floor], [to, floor], [to, top], [from, top]].map(Point::from).to_vec();
    sketch.out.push(Primitive::Area { corners, ink, opacity });
}
