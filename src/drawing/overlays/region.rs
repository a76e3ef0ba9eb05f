//! Where around the iterate a local model is right within the chosen share: the outline and the area of a star-shaped set.

use super::reach::local_model;
use super::{ANY, Overlay, OverlayGroup, OverlayId};
use crate::analysis::{ModelOrder, ValidityRegion};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Ink;
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::percent;
use crate::numbers::{Point, Vector, direction};

/// Where around the iterate a local model is valid.
pub const REGION: OverlayId = OverlayId::new("region");

pub(super) const OVERLAY: Overlay = Overlay {
    id: REGION,
    label: "Region of validity",
    help: "All points up to which the method's model is right within a tolerance on the whole segment from the iterate; with the other local model shown, its region too. With one weight, the interval. The tolerance is a share of the predicted change: 10 %, or what is set under Validity of the local model.",
    needs: ANY,
    on_at_first: false,
    group: Some(OverlayGroup::Validity),
    tabs: &[],
    z_order: 140,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(drape),
    raise: None,
    is_known: false,
};

/// A region no wider than this cannot be distinguished from the mark of the iterate, in points.
const SPECK: f64 = 5.0;
/// A waist is named where the region is at least so long, in points.
const NAMED: f64 = 60.0;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis.filter(|_| !context.step.has_no_plane()) else { return };
    if analysis.order == ModelOrder::Linear && analysis.model.gradient == Vector::zeros() {
        let at = context.offset(analysis.iterate.at, 12.0, -14.0);
        let label = Label::new("∇f = 0: the plane predicts no change", Ink::Plane, Swatch::Area);
        out.push(label.at(at, Anchor::Left).ranked(Rank::Event).into());
    }
    // The method's model lies on top.
    for region in context.step.regions.iter().rev() {
        draw_region(context, region, region.order == analysis.order, out);
    }
}

fn draw_region(context: &OverlayContext<'_>, region: &ValidityRegion, assumed: bool, out: &mut Vec<Primitive<'_>>) {
    let (name, ink) = local_model(region.order);
    let share = percent(region.share);
    let from = region.at;
    let longest = region.rays().iter().map(|ray| context.scale.distance(from, region.tip(ray))).fold(0.0, f64::max);
    let say = |text: String| Primitive::from(Label::new(text, ink, Swatch::Area));
    if region.is_everywhere() {
        return out.push(say(format!("{name} right within {share} everywhere")));
    }
    if longest < SPECK {
        return out.push(say(format!("{name} right within {share}: no farther than the point's mark")));
    }
    let near = context.scale.distance(region.at, context.view.center()) < 2.0 * context.scale.size(context.view);
    if !near {
        return;
    }
    let rim = region.rays().iter().map(|ray| region.tip(ray)).collect();
    out.push(Primitive::Star { center: region.at, rim, ink, opacity: if assumed { 0.16 } else { 0.1 } });
    outline(region, assumed, out);
    out.push(say(format!("{name} right within {share}")));
    if region.pinches && assumed && longest > NAMED {
        let (at, anchor) = beside_waist(context, region.at);
        out.push(Label::new("narrow across ∇f", ink, Swatch::Area).at(at, anchor).ranked(Rank::Part).into());
    }
}

fn outline(region: &ValidityRegion, assumed: bool, out: &mut Vec<Primitive<'_>>) {
    let ink = local_model(region.order).1;
    let pen = if assumed { Pen::new(ink, 2.0).with_halo(1.0) } else { Pen::new(ink, 1.2) };
    out.extend(region.outline().into_iter().map(|piece| Primitive::line(piece, pen)));
}

/// The rims alone.
fn drape(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis.filter(|_| !context.step.has_no_plane()) else { return };
    for region in context.step.regions.iter().rev() {
        outline(region, region.order == analysis.order, out);
    }
}

/// Across the gradient, on the side away from the step's words.
fn beside_waist(context: &OverlayContext<'_>, at: Point) -> (Point, Anchor) {
    let gradient = context.step.analysis.map_or_else(Vector::zeros, |analysis| analysis.model.gradient);
    let across = direction(Vector::new(-gradient.y, gradient.x)).unwrap_or_else(Vector::x);
    let across = if across.x < 0.0 { -across } else { across };
    let place = at + context.scale.of_length(across, 16.0);
    (place, Anchor::Left)
}
