//! Where around the iterate a local model is right within the chosen share: the outline and the area of a star-shaped set.

use super::paths::offset;
use super::reach::local_model;
use super::{ANY, Overlay, OverlayId, OverlayKey};
use crate::analysis::{ModelOrder, ValidityRegion};
use crate::drawing::Pane;
use crate::drawing::Subject;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::percent;
use crate::numbers::{Point, Vector};
use crate::run::StepAnalysis;

/// Where around the iterate a local model is good.
pub const REGION: OverlayId = OverlayId::new("region");

pub(super) const OVERLAY: Overlay = Overlay {
    id: REGION,
    label: "Where the sheet is good",
    help: "All places to which the sheet the method believes in is right within a share of its promise on the whole way there; with the other sheet shown, its places too. The share is 10 %, unless you choose another beside the map under How far it is good.",
    suits: ANY,
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

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = subject.analysis.filter(|_| !subject.has_no_plane()) else { return };
    if analysis.order == ModelOrder::Linear && analysis.model.gradient == Vector::zeros() {
        let at = offset(subject, analysis.iterate.at, 12.0, -14.0);
        out.push(Primitive::text(at, "∇f = 0: the plane promises nothing", Ink::Plane, Anchor::Left));
    }
    // The local model believed in lies on top.
    for region in subject.regions.iter().rev() {
        draw_region(subject, region, region.order == analysis.order, out);
    }
}

fn draw_region(subject: &Subject<'_>, region: &ValidityRegion, assumed: bool, out: &mut Vec<Primitive<'_>>) {
    let (name, ink) = local_model(region.order);
    let share = percent(region.share);
    let longest = region.rays().iter().map(|ray| ray.radius).fold(0.0, f64::max);
    let below = offset(subject, region.at, 12.0, if assumed { -18.0 } else { -36.0 });
    if region.is_everywhere() {
        return out.push(Primitive::text(below, format!("{name} within {share} everywhere"), ink, Anchor::Left));
    }
    if longest < SPECK * subject.unit {
        let text = format!("{name} within {share} only inside this dot");
        return out.push(Primitive::text(below, text, ink, Anchor::Left));
    }
    let near = (region.at - subject.view.center()).norm() < region.limit;
    if !near {
        return;
    }
    let rim = region.rays().iter().map(|ray| region.tip(ray)).collect();
    out.push(Primitive::Star { center: region.at, rim, ink, opacity: if assumed { 0.16 } else { 0.1 } });
    outline(region, assumed, out);
    if let Some((at, anchor)) = label_place(subject, region) {
        out.push(Primitive::text(at, format!("{name} within {share}"), ink, anchor));
    }
    if region.pinches && assumed && longest > NAMED * subject.unit {
        let (at, anchor) = beside_waist(subject, region.at);
        out.push(Primitive::text(at, "pinches across ∇f", ink, anchor));
    }
}

fn outline(region: &ValidityRegion, assumed: bool, out: &mut Vec<Primitive<'_>>) {
    let ink = local_model(region.order).1;
    let pen = if assumed { Pen::new(ink, 2.0).with_halo(1.0) } else { Pen::new(ink, 1.6).dashed(Dash::Dashed) };
    out.extend(region.outline().into_iter().map(|piece| Primitive::line(piece, pen)));
}

/// The rims alone.
fn drape(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(analysis) = subject.analysis.filter(|_| !subject.has_no_plane()) else { return };
    for region in subject.regions.iter().rev() {
        outline(region, region.order == analysis.order, out);
    }
}

/// Outside the rim where it is seen and far from the iterate, if possible not where the step leads.
fn label_place(subject: &Subject<'_>, region: &ValidityRegion) -> Option<(Point, Anchor)> {
    let step = subject.analysis.and_then(StepAnalysis::proposed).and_then(|step| step.try_normalize(0.0));
    let ViewBox { x, y } = subject.view;
    let margin = 20.0 * subject.unit;
    let inner = ViewBox::new(x[0] + margin, x[1] - margin, y[0] + margin, y[1] - margin);
    let worth = |unit: Vector, radius: f64| {
        let ahead = step.map_or(0.0, |step| step.dot(&unit).max(0.0));
        radius * (1.0 - 0.8 * ahead)
    };
    let seen = region.rays().iter().filter(|ray| ray.radius < region.limit && inner.contains(region.tip(ray)));
    let best = seen.max_by(|a, b| worth(a.unit, a.radius).total_cmp(&worth(b.unit, b.radius)))?;
    let (right, anchor) = if best.unit.x > 0.0 { (6.0, Anchor::Left) } else { (-6.0, Anchor::Right) };
    Some((offset(subject, region.tip(best), right, 8.0 * best.unit.y.signum()), anchor))
}

/// Across the gradient, on the side away from the step's words.
fn beside_waist(subject: &Subject<'_>, at: Point) -> (Point, Anchor) {
    let gradient = subject.analysis.map_or_else(Vector::zeros, |analysis| analysis.model.gradient);
    let across = Vector::new(-gradient.y, gradient.x).try_normalize(0.0).unwrap_or_else(Vector::x);
    let across = if across.x < 0.0 { -across } else { across };
    let place = at + across * (16.0 * subject.unit);
    (place, Anchor::Left)
}
