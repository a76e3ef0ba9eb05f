//! Folds: the lines on which the slope jumps, as in a network of rectified units, where each sample has its own.

use super::{FOLDS, Overlay};
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::primitive::{Pen, Primitive};

pub(super) const OVERLAY: Overlay = Overlay {
    id: FOLDS,
    label: "Folds",
    help: "Lines on which the slope jumps, so that the land has no tangent plane there: where |u|, relu(u), min and max switch, and for a network of rectified units a line for every sample.",
    on_at_first: true,
    draw: Some(draw),
    drape: Some(draw),
};

/// More lines than this are drawn paler.
const MANY: usize = 6;

fn draw<'a>(subject: &Subject<'a>, out: &mut Vec<Primitive<'a>>) {
    let opacity = if subject.folds.len() > MANY { 0.28 } else { 0.5 };
    let pen = Pen::new(Ink::Truth, 1.0).dashed(Dash::DashDot).pale(opacity);
    out.extend(subject.folds.iter().map(|fold| Primitive::line(fold.line.clone(), pen)));
}
