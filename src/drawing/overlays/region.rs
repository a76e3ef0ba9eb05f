//! Where around the iterate a local model is right within the chosen share: the outline and the area of a star-shaped set.

use super::reach::local_model;
use super::{ANY, Overlay, OverlayId, OverlayKey};
use crate::analysis::{ModelOrder, Ray, ValidityRegion};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::percent;
use crate::numbers::{Point, Vector, direction};
use crate::run::StepAnalysis;

/// Where around the iterate a local model is good.
pub const REGION: OverlayId = OverlayId::new("region");

pub(super) const OVERLAY: Overlay = Overlay {
    id: REGION,
    label: "Region of validity",
    help: "All points up to which the method's model is right within a tolerance on the whole segment from the iterate; with the other local model shown, its region too. Of one weight, the interval. The tolerance is a share of the predicted change: 10 %, or what is set under Validity of the local model.",
    needs: ANY,
    on_at_first: false,
    key: Some(OverlayKey::Shifted(5)),
    depth: 140,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(drape),
};

/// A region no wider than this cannot be told from the mark of the iterate, in points.
const SPECK: f64 = 5.0;
/// A waist is named where the region is at least so long, in points.
const NAMED: f64 = 60.0;

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis.filter(|_| !context.step.has_no_plane()) else { return };
    if analysis.order == ModelOrder::Linear && analysis.model.gradient == Vector::zeros() {
        let at = context.offset(analysis.iterate.at, 12.0, -14.0);
        out.push(Primitive::text(at, "∇f = 0: the plane predicts no change", Ink::Plane, Anchor::Left));
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
    let below = context.offset(region.at, 12.0, if assumed { -18.0 } else { -36.0 });
    if region.is_everywhere() {
        return out.push(Primitive::text(below, format!("{name} right within {share} everywhere"), ink, Anchor::Left));
    }
    if longest < SPECK {
        let text = format!("{name} right within {share} only inside this dot");
        return out.push(Primitive::text(below, text, ink, Anchor::Left));
    }
    let near = context.scale.distance(region.at, context.view.center()) < 2.0 * context.scale.size(context.view);
    if !near {
        return;
    }
    let rim = region.rays().iter().map(|ray| region.tip(ray)).collect();
    out.push(Primitive::Star { center: region.at, rim, ink, opacity: if assumed { 0.16 } else { 0.1 } });
    outline(region, assumed, out);
    if let Some((at, anchor)) = label_place(context, region) {
        out.push(Primitive::text(at, format!("{name} right within {share}"), ink, anchor));
    }
    if region.pinches && assumed && longest > NAMED {
        let (at, anchor) = beside_waist(context, region.at);
        out.push(Primitive::text(at, "narrow across ∇f", ink, anchor));
    }
}

fn outline(region: &ValidityRegion, assumed: bool, out: &mut Vec<Primitive<'_>>) {
    let ink = local_model(region.order).1;
    let pen = if assumed { Pen::new(ink, 2.0).with_halo(1.0) } else { Pen::new(ink, 1.6).dashed(Dash::Dashed) };
    out.extend(region.outline().into_iter().map(|piece| Primitive::line(piece, pen)));
}

/// The rims alone.
fn drape(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = context.step.analysis.filter(|_| !context.step.has_no_plane()) else { return };
    for region in context.step.regions.iter().rev() {
        outline(region, region.order == analysis.order, out);
    }
}

/// Outside the rim where it is seen and far from the iterate, if possible not where the step leads.
fn label_place(context: &OverlayContext<'_>, region: &ValidityRegion) -> Option<(Point, Anchor)> {
    let scale = context.scale;
    let step = context.step.analysis.and_then(StepAnalysis::proposed).map(|step| scale.on_page(step));
    let step = step.and_then(direction);
    let inner = context.scale.inset(context.view, 20.0, 20.0);
    let worth = |ray: &Ray| {
        let way = scale.on_page(region.tip(ray) - region.at);
        way.norm() - 0.8 * step.map_or(0.0, |step| step.dot(&way).max(0.0))
    };
    let seen = region.rays().iter().filter(|ray| ray.radius < region.limit && inner.contains(region.tip(ray)));
    let best = seen.max_by(|a, b| worth(a).total_cmp(&worth(b)))?;
    let (right, anchor) = if best.unit.x > 0.0 { (6.0, Anchor::Left) } else { (-6.0, Anchor::Right) };
    Some((context.offset(region.tip(best), right, 8.0 * best.unit.y.signum()), anchor))
}

/// Across the gradient, on the side away from the step's words.
fn beside_waist(context: &OverlayContext<'_>, at: Point) -> (Point, Anchor) {
    let gradient = context.step.analysis.map_or_else(Vector::zeros, |analysis| analysis.model.gradient);
    let across = direction(Vector::new(-gradient.y, gradient.x)).unwrap_or_else(Vector::x);
    let across = if across.x < 0.0 { -across } else { across };
    let place = at + context.scale.of_length(across, 16.0);
    (place, Anchor::Left)
}
