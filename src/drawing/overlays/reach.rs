//! How far along the step the sheet that the method believes in keeps its promise within the chosen share.

use super::paths::offset;
use super::{ANY, Overlay, OverlayId, OverlayKey, STEP};
use crate::analysis::Belief;
use crate::drawing::Pane;
use crate::drawing::Subject;
use crate::drawing::ink::Ink;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::percent;
use crate::numbers::{Point, Vector};
use crate::run::{Focus, SEARCHED};

/// How far along the step a sheet is good.
pub const REACH: OverlayId = OverlayId::new("reach");

pub(super) const OVERLAY: Overlay = Overlay {
    id: REACH,
    label: "How far the sheet is good",
    help: "The part of the step's way on which the sheet the method believes in is right within a share of its promise, and the arrow hollow from there on. The share is 10 %, unless you choose another beside the map under How far it is good.",
    suits: ANY,
    on_at_first: true,
    key: Some(OverlayKey::Digit(9)),
    depth: 90,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
};

/// The name and the ink of a sheet.
pub(super) fn sheet(belief: Belief) -> (&'static str, Ink) {
    match belief {
        Belief::Plane => ("plane", Ink::Plane),
        Belief::Quadratic => ("quadratic", Ink::Quadratic),
    }
}

/// The direction of the step, how far the sheet is good along it, and the length of the step.
fn stretch(focus: &Focus) -> Option<(Vector, f64, f64)> {
    let step = focus.proposed()?;
    let length = step.norm();
    let good = focus.good_for(focus.belief)?.min(SEARCHED) * length;
    let unit = step / length;
    unit.iter().all(|component| component.is_finite()).then_some((unit, good, length))
}

/// A band beneath the arrow, as long as the sheet is good.
pub(super) fn band(subject: &Subject<'_>, focus: &Focus, out: &mut Vec<Primitive<'_>>) {
    let Some((unit, good, length)) = stretch(focus) else { return };
    if good >= subject.unit {
        let ends = vec![focus.iterate.at, focus.iterate.at + unit * good.min(length)];
        out.push(Primitive::line(ends, Pen::new(sheet(focus.belief).1, 9.0).pale(0.6)));
    }
}

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(focus) = subject.focus else { return };
    if subject.has_no_plane() {
        return;
    }
    let Some((unit, good, length)) = stretch(focus) else { return };
    if !subject.overlays.contains(&STEP) {
        band(subject, focus, out);
    }
    if good < subject.unit {
        return;
    }
    let (name, ink) = sheet(focus.belief);
    let tip = focus.iterate.at + unit * good;
    let ends = good < SEARCHED * length;
    if ends {
        let across = Vector::new(-unit.y, unit.x) * (9.0 * subject.unit);
        out.push(Primitive::line(vec![tip - across, tip + across], Pen::new(ink, 2.5).with_halo(1.2)));
    }
    // The rim of the region has the same name.
    let room = good > 14.0 * subject.unit || good < length;
    if room && !subject.regions.iter().any(|region| region.belief == focus.belief) {
        let (at, anchor) = beside(subject, if ends { tip } else { focus.iterate.at + unit * (length / 2.0) }, unit);
        out.push(Primitive::text(at, format!("{name} within {}", percent(focus.share)), ink, anchor));
    }
}

/// Ahead of a place on a way.
fn beside(subject: &Subject<'_>, at: Point, unit: Vector) -> (Point, Anchor) {
    let (right, anchor) = if unit.x > 0.0 { (-12.0, Anchor::Right) } else { (12.0, Anchor::Left) };
    (offset(subject, at, right, 2.0), anchor)
}
