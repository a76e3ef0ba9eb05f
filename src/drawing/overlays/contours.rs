//! Contour lines of the loss.

use super::{ANY, CONTOURS, Overlay};
use crate::drawing::Subject;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Pen, Primitive};

pub(super) const OVERLAY: Overlay = Overlay {
    id: CONTOURS,
    label: "Contour lines",
    help: "Lines of equal loss; the gradient is perpendicular to them.",
    suits: ANY,
    on_at_first: true,
    draw: Some(draw),
    drape: None,
};

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let pen = Pen::new(Ink::Contour, 0.8).pale(0.55);
    out.extend(subject.contours.iter().map(|line| Primitive::line(line.clone(), pen)));
}
