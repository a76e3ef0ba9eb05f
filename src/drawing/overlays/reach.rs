//! How far along the step the plane keeps its promise within 10 %.

use super::Overlay;
use super::paths::offset;
use crate::analysis::Belief;
use crate::drawing::Subject;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Vector;

pub(super) const OVERLAY: Overlay = Overlay {
    id: "reach",
    label: "Where the plane is within 10 %",
    help: "For methods that believe in the plane: the part of the step's way on which the tangent plane is right to within 10 % of its promise.",
    on_at_first: true,
    draw: Some(draw),
    drape: None,
};

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(focus) = subject.focus else { return };
    let no_plane = subject.kink.is_some_and(|(kink, _)| kink.planes().is_empty());
    if focus.belief != Belief::Plane || no_plane {
        return;
    }
    let Some(step) = focus.proposed() else { return };
    // A plane that promises something and is not found wrong is right all the way.
    let promises = focus.change.is_some_and(|change| change.linear != 0.0 && change.actual.is_finite());
    let holds = promises.then(|| step.norm());
    let Some(reach) = focus.reach.or(holds) else { return };
    let unit = step.normalize();
    if !unit.iter().all(|component| component.is_finite()) || reach < subject.unit {
        return;
    }
    let from = focus.iterate.at;
    let tip = from + unit * reach;
    let across = Vector::new(-unit.y, unit.x) * (9.0 * subject.unit);
    out.push(Primitive::line(vec![from, tip], Pen::new(Ink::Plane, 6.0)));
    out.push(Primitive::line(vec![tip - across, tip + across], Pen::new(Ink::Plane, 2.5).with_halo(1.2)));
    if reach > 14.0 * subject.unit || reach < step.norm() {
        let side = if unit.x > 0.0 { (-12.0, Anchor::Right) } else { (12.0, Anchor::Left) };
        let at = offset(subject, tip, side.0, 2.0);
        out.push(Primitive::text(at, "plane within 10 %", Ink::Plane, side.1));
    }
}
