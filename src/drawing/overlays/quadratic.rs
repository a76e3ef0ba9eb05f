//! The quadratic sheet on the map: its level sets, whatever they are: ellipses, hyperbolas, parabolas or parallel lines.

use super::plane::level_sets;
use super::{Overlay, QUADRATIC};
use crate::drawing::Subject;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Pen, Primitive};

pub(super) const OVERLAY: Overlay = Overlay {
    id: QUADRATIC,
    label: "Quadratic sheet",
    help: "What gradient and Hessian promise: level sets on the map (hyperbolas where the land curves both ways), a bent sheet on the surface.",
    on_at_first: false,
    draw: Some(draw),
};

/// Fine enough that a chord of a level set stays within a hair of it.
const CELLS: usize = 72;

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(focus) = subject.focus else { return };
    let model = focus.model;
    let pen = Pen::new(Ink::Quadratic, 1.8).pale(0.9);
    level_sets(subject, focus, CELLS, |at| model.paraboloid_at(at), pen, out);
}
