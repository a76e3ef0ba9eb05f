//! The step at the playhead as an arrow made of its named parts, and where it lands.

use std::collections::BTreeSet;

use super::edge::wedge;
use super::{ANY, FAN, Overlay, OverlayGroup, OverlayId, REACH, REGION, reach};
use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::drawing::solid::{Hidden, RaisedPoint, Solid, SolidBall, SolidLine};
use crate::numbers::{Point, Vector};
use crate::optimizers::{Step, Verdict};
use crate::run::StepAnalysis;

/// The step at the playhead.
pub const STEP: OverlayId = OverlayId::new("step");

pub(super) const OVERLAY: Overlay = Overlay {
    id: STEP,
    label: "Step and its parts",
    help: "The next step as an arrow, composed of the named terms of its rule; pale with a cross at its end if the method rejects it, and hollow beyond the validity of the method's model.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::Step),
    tabs: &[],
    z_order: 60,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: true,
};

/// An arrow shorter than this has no room for its head, in points.
const HEAD: f64 = 16.0;
/// Between the middle of a mark and its name, in points.
const BESIDE: f64 = 15.0;
/// The rim that keeps it apart from what it crosses, in points.
const HALO: f32 = 1.8;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let Ok(step) = &analysis.replayed.step else { return };
    let ink = path.style.0;
    let from = analysis.iterate.at;
    let landing = from + step.proposed;
    if context.scale.length(step.proposed) < 0.5 || !landing.coords.iter().all(|coordinate| coordinate.is_finite()) {
        return;
    }
    if context.overlays.contains(&REACH) {
        reach::band(context, analysis, out);
    }
    if step.parts.len() > 1 {
        draw_parts(context, from, step, ink, out);
    }
    draw_arrow(context, analysis, step, ink, out);
    if step.parts.len() == 1 {
        label_beside(context, from, landing, step.parts[0].name, ink, true, out);
    }
    wedge(context, from, landing, ink, out);
    end_of_step(context, landing, step.proposed, step.verdict == Verdict::Rejected, out);
}

/// A name beside a mark, on whichever side there is room: first where a way leads that is not to be covered by it.
pub(super) fn around(label: Label, context: &OverlayContext<'_>, mark: Point, way: Vector) -> Label {
    let way = context.scale.on_page(way);
    let mut sides = [
        (Vector::x(), Anchor::Left),
        (-Vector::x(), Anchor::Right),
        (Vector::y(), Anchor::Bottom),
        (-Vector::y(), Anchor::Top),
    ];
    sides.sort_by(|(a, _), (b, _)| way.dot(b).total_cmp(&way.dot(a)));
    let beside = |label: Label, (side, anchor): (Vector, Anchor)| {
        label.at(context.offset(mark, BESIDE * side.x, BESIDE * side.y), anchor)
    };
    sides.into_iter().fold(label, beside)
}

/// The mark of the place where a step leads, and its name: a ring, or a cross where the method rejects it.
pub(super) fn end_of_step(
    context: &OverlayContext<'_>,
    landing: Point,
    step: Vector,
    is_rejected: bool,
    out: &mut Vec<Primitive<'_>>,
) {
    let (shape, ink, word) = if is_rejected {
        (MarkerShape::Cross, Ink::Gap, "rejected")
    } else {
        (MarkerShape::Circle, Ink::Truth, "landing")
    };
    out.push(Primitive::mark(landing, shape, 4.5, Pen::new(ink, 2.0).with_halo(1.5), false));
    let label = Label::new(word, ink, Swatch::Mark { shape, filled: false });
    out.push(around(label, context, landing, step).ranked(Rank::Place).into());
}

/// How pale the arrow of a step is that is not taken.
pub(super) const REJECTED: f32 = 0.45;

/// Where along the step the method's model stops being valid, as a share of the step; `None` if it does not, or if nothing
/// of that is shown.
fn leaves_at(analysis: &StepAnalysis, overlays: &BTreeSet<OverlayId>) -> Option<f64> {
    let shown = overlays.contains(&REACH) || overlays.contains(&REGION);
    analysis.good_for(analysis.order).filter(|share| shown && *share < 1.0)
}

/// Full as far as the local model is valid, hollow from there on; a rejected one pale.
fn draw_arrow(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    step: &Step,
    ink: Ink,
    out: &mut Vec<Primitive<'_>>,
) {
    let (from, to) = (analysis.iterate.at, analysis.iterate.at + step.proposed);
    // The band beneath keeps the arrow apart from the loss.
    let banded =
        context.overlays.contains(&REACH) && analysis.good_for(analysis.order).is_some_and(|share| share > 0.0);
    // Words lie beside it: a short one would be hidden by the names of its ends.
    let pen = Pen::new(ink, 3.2).with_halo(if banded { 0.0 } else { HALO }).kept_clear();
    if step.verdict == Verdict::Rejected {
        return out.push(Primitive::Arrow { from, to, pen: pen.pale(REJECTED) });
    }
    // What is left must have room for the head.
    let length = context.scale.length(step.proposed);
    let room = 1.0 - HEAD / length;
    match leaves_at(analysis, context.overlays).filter(|share| *share < room) {
        None => out.push(Primitive::Arrow { from, to, pen }),
        Some(share) => {
            let edge = from + step.proposed * share;
            if share * length > 1.0 {
                out.push(Primitive::line(vec![from, edge], pen));
            }
            out.push(Primitive::Arrow { from: edge, to, pen: Pen { width: 4.4, ..pen }.with_halo(HALO).hollow() });
        }
    }
}

/// Head to tail, each with its name.
fn draw_parts(context: &OverlayContext<'_>, from: Point, step: &Step, ink: Ink, out: &mut Vec<Primitive<'_>>) {
    // The fan has names of its own there.
    let fanned = context.overlays.contains(&FAN) && context.step.memory.is_some();
    let mut foot = from;
    for part in &step.parts {
        let tip = foot + part.displacement();
        if context.scale.length(part.displacement()) > 1.0 {
            out.push(Primitive::Arrow { from: foot, to: tip, pen: Pen::new(ink, 1.8).pale(0.8).with_halo(1.2) });
            if !fanned {
                label_beside(context, foot, tip, part.name, ink, false, out);
            }
        }
        foot = tip;
    }
}

/// A name beside the middle of an arrow, on its left as one walks along it.
fn label_beside(
    context: &OverlayContext<'_>,
    from: Point,
    to: Point,
    name: &'static str,
    ink: Ink,
    strong: bool,
    out: &mut Vec<Primitive<'_>>,
) {
    let way = to - from;
    if context.scale.length(way) < 24.0 {
        return;
    }
    let middle = from + way * 0.5;
    let right = way.y <= 0.0;
    let at = context.offset(middle, if right { 9.0 } else { -9.0 }, 6.0 * way.x.signum());
    let anchor = if right { Anchor::Left } else { Anchor::Right };
    out.push(Label::new(name, ink, Swatch::Arrow).at(at, anchor).strong(strong).ranked(Rank::Part).into());
}

/// The step on the surface: the arrow along the method's model, its predicted landing and its actual one.
fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    /// The radius of a ball, in points.
    const BALL: f32 = 5.0;
    let Some(analysis) = context.step.analysis else { return };
    raise_arrow(context, analysis, out);
    let (Some(step), Some(change)) = (analysis.proposed(), analysis.change) else { return };
    let landing = analysis.iterate.at + step;
    let predicted = analysis.model.value + change.prediction(analysis.order);
    out.push(Solid::Ball(SolidBall::new(landing, predicted, Ink::of_model(analysis.order), BALL)));
    // In fog the truth at the landing is not known before the method has asked for it.
    if context.step.queries.is_none_or(|queries| queries.value(landing).is_some()) {
        let actual = analysis.model.value + change.actual;
        out.push(Solid::Ball(SolidBall::new(landing, actual, Ink::Truth, BALL).hollow()));
    }
}

/// The arrow: full as far as the local model is valid, and hollow from there on.
fn raise_arrow(context: &OverlayContext<'_>, analysis: &StepAnalysis, out: &mut Vec<Solid<'_>>) {
    let Some(step) = analysis.proposed().filter(|step| step.norm() > 0.0) else { return };
    let ink = context.selected().map_or(Ink::Truth, |path| path.style.0);
    let pieces = match analysis.order {
        ModelOrder::Linear => 1,
        ModelOrder::Quadratic => 24,
    };
    let mut stretch = |from: f64, to: f64, hollow: bool| {
        let place = |piece: i32| {
            let at = analysis.iterate.at + step * (from + (to - from) * f64::from(piece) / f64::from(pieces));
            RaisedPoint::new(at.x, at.y, analysis.assumed.local_model_at(analysis.order, at))
        };
        let places = (0..=pieces).map(place).collect();
        let line = SolidLine::new(places, ink, if hollow { 4.2 } else { 3.4 });
        out.push(Solid::Line(SolidLine { hollow, head: to == 1.0, hidden: Hidden::Hatch, ..line }));
    };
    match leaves_at(analysis, context.overlays) {
        Some(share) if share < 0.01 => stretch(0.0, 1.0, true),
        Some(share) if share < 0.95 => {
            stretch(0.0, share, false);
            stretch(share, 1.0, true);
        }
        _ => stretch(0.0, 1.0, false),
    }
}
