//! How far along the step the method's model is right within the chosen share.

use super::{Overlay, OverlayGroup, OverlayId, STEP, TWO_WEIGHTS};
use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Pen, Primitive};
use crate::numbers::Vector;
use crate::numbers::numerals::percent;
use crate::run::{SEARCHED, StepAnalysis};

/// How far along the step a local model is valid.
pub const REACH: OverlayId = OverlayId::new("reach");

pub(super) const OVERLAY: Overlay = Overlay {
    id: REACH,
    label: "Validity along the step",
    help: "The part of the step on which the method's model is right within a tolerance; the arrow is hollow from there on. The tolerance is a share of the predicted change: 10 %, or what is set under Validity of the local model.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Step),
    tabs: &[],
    z_order: 90,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: None,
    is_known: false,
};

/// From this length on, in points, the band is seen beside the marks at the iterate.
const SEEN: f64 = 8.0;

/// The name and the ink of a local model.
pub(super) fn local_model(order: ModelOrder) -> (&'static str, Ink) {
    match order {
        ModelOrder::Linear => ("plane", Ink::Plane),
        ModelOrder::Quadratic => ("quadratic", Ink::Quadratic),
    }
}

/// The direction of the step, how far the local model is valid along it, and the length of the step.
fn stretch(analysis: &StepAnalysis) -> Option<(Vector, f64, f64)> {
    let step = analysis.proposed()?;
    let length = step.norm();
    let good = analysis.good_for(analysis.order)?.min(SEARCHED) * length;
    let unit = step / length;
    unit.iter().all(|component| component.is_finite()).then_some((unit, good, length))
}

/// A band beneath the arrow, as long as the local model is valid.
pub(super) fn band(context: &OverlayContext<'_>, analysis: &StepAnalysis, out: &mut Vec<Primitive<'_>>) {
    let Some((unit, good, length)) = stretch(analysis) else { return };
    if good * context.scale.length(unit) >= 1.0 {
        let ends = vec![analysis.iterate.at, analysis.iterate.at + unit * good.min(length)];
        out.push(Primitive::line(ends, Pen::new(local_model(analysis.order).1, 9.0).pale(0.6)));
    }
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis.filter(|_| !context.step.has_no_plane()) else { return };
    let Some((unit, good, length)) = stretch(analysis) else { return };
    if !context.overlays.contains(&STEP) {
        band(context, analysis, out);
    }
    let in_points = good * context.scale.length(unit);
    if in_points < 1.0 {
        return;
    }
    let (name, ink) = local_model(analysis.order);
    let tip = analysis.iterate.at + unit * good;
    // Beyond the landing it would stand alone, with nothing that it ends.
    if good < length {
        let across = context.scale.across(unit, 9.0);
        out.push(Primitive::line(vec![tip - across, tip + across], Pen::new(ink, 2.5).with_halo(1.2)));
    }
    // A shorter stretch is not seen, and the legend would name nothing.
    if good.min(length) * context.scale.length(unit) >= SEEN {
        out.push(
            Label::new(format!("step: {name} right within {}", percent(analysis.share)), ink, Swatch::BandedArrow)
                .into(),
        );
    }
}
