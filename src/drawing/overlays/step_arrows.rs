//! The step at the playhead as an arrow made of its named parts, and where it lands.

use super::paths::offset;
use super::{Overlay, STEP};
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;
use crate::optimizers::{Step, Verdict};

pub(super) const OVERLAY: Overlay = Overlay {
    id: STEP,
    label: "Step and its parts",
    help: "The next step as an arrow, made of the named parts of its rule; dashed if the method rejects it.",
    on_at_first: true,
    draw: Some(draw),
    drape: None,
};

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(focus), Some(path)) = (subject.focus, subject.selected()) else { return };
    let Ok(step) = &focus.moment.step else { return };
    let ink = path.style.0;
    let from = focus.iterate.at;
    let landing = from + step.proposed;
    if step.proposed.norm() < subject.unit * 0.5 || !landing.coords.iter().all(|coordinate| coordinate.is_finite()) {
        return;
    }
    let dash = if step.verdict == Verdict::Rejected { Dash::Dashed } else { Dash::Solid };
    if step.parts.len() > 1 {
        draw_parts(subject, from, step, ink, out);
    }
    out.push(Primitive::Arrow { from, to: landing, pen: Pen::new(ink, 3.2).dashed(dash).with_halo(1.8) });
    if step.parts.len() == 1 {
        label_beside(subject, from, landing, step.parts[0].name, ink, true, out);
    }
    out.push(Primitive::mark(landing, MarkerShape::Circle, 4.5, Pen::new(Ink::Truth, 2.0).with_halo(1.5), false));
    let word = match step.verdict {
        Verdict::Rejected => "rejected",
        Verdict::Taken | Verdict::Truncated => "landing",
    };
    out.push(Primitive::text(offset(subject, landing, 10.0, -4.0), word, Ink::Truth, Anchor::Left));
}

/// Head to tail, each with its name.
fn draw_parts(subject: &Subject<'_>, from: Point, step: &Step, ink: Ink, out: &mut Vec<Primitive<'_>>) {
    let mut foot = from;
    for part in &step.parts {
        let tip = foot + part.displacement();
        if part.displacement().norm() > subject.unit {
            out.push(Primitive::Arrow { from: foot, to: tip, pen: Pen::new(ink, 1.8).pale(0.8).with_halo(1.2) });
            label_beside(subject, foot, tip, part.name, ink, false, out);
        }
        foot = tip;
    }
}

/// A name beside the middle of an arrow, on its left as one walks along it.
fn label_beside(
    subject: &Subject<'_>,
    from: Point,
    to: Point,
    name: &'static str,
    ink: Ink,
    strong: bool,
    out: &mut Vec<Primitive<'_>>,
) {
    let way = to - from;
    if way.norm() < 24.0 * subject.unit {
        return;
    }
    let middle = from + way * 0.5;
    let right = way.y <= 0.0;
    let at = offset(subject, middle, if right { 9.0 } else { -9.0 }, 6.0 * way.x.signum());
    let anchor = if right { Anchor::Left } else { Anchor::Right };
    out.push(Primitive::Text { at, text: name.to_owned(), ink, anchor, strong });
}
