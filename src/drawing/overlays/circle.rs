//! The circle around the iterate, thicker where the loss is lower, with −∇f and the best step δ* of its length.

use std::f64::consts::TAU;

use super::{Overlay, OverlayId, TWO_WEIGHTS};
use crate::analysis::CircleProfile;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::circle::degrees;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::{Point, Vector};

/// The circle around the iterate and the best step on it.
pub const CIRCLE: OverlayId = OverlayId::new("circle");

pub(super) const OVERLAY: Overlay = Overlay {
    id: CIRCLE,
    label: "Best step of length r",
    help: "All steps of length r: the circle is thick where the loss is low. δ* is the step with the lowest loss, −∇f the one with the lowest tangent plane; as r → 0 they agree.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: None,
    tabs: &[Pane::Circle],
    z_order: 130,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(drape),
    raise: None,
    is_known: false,
};

/// How many thicknesses the circle has.
const SHADES: usize = 7;
/// Directions are drawn at least this long, in points, so that they are seen on the smallest circle: that of −∇f and δ*.
const LEAST: [f64; 2] = [68.0, 54.0];
/// The length of the circle's edges, in points.
const EDGE: f64 = 3.0;
/// How many samples an edge spans at most.
const COARSEST: usize = 8;
/// A circle with a radius below this, in points, is a speck.
const SPECK: f64 = 2.0;

/// A direction from the iterate.
struct Ray {
    way: Vector,
    name: String,
    ink: Ink,
    width: f32,
    /// In points.
    least: f64,
    /// Whether its name stands on the left, as one walks along it.
    left: bool,
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(profile) = context.step.circle_profile else { return };
    ring(context, profile, out);
    for ray in rays(profile) {
        let tip = tip(context, profile, &ray);
        let pen = Pen::new(ray.ink, ray.width).with_halo(1.2);
        // A direction is no step, which alone has a head.
        out.push(if is_direction(context, &ray) {
            Primitive::line(vec![profile.at, tip], pen)
        } else {
            Primitive::Arrow { from: profile.at, to: tip, pen }
        });
        name(context, profile.at, tip, &ray, out);
    }
    best_mark(context, profile, out);
}

/// What lies on the surface: the circle and its rays without arrowheads and words.
fn drape(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some(profile) = context.step.circle_profile else { return };
    ring(context, profile, out);
    for ray in rays(profile) {
        let tip = tip(context, profile, &ray);
        out.push(Primitive::line(vec![profile.at, tip], Pen::new(ray.ink, ray.width)));
        out.push(Primitive::mark(tip, MarkerShape::Circle, 3.5, Pen::new(ray.ink, 1.5), true));
    }
}

/// Pieces of the circle of equal thickness; none where the loss has no value.
fn ring(context: &OverlayContext<'_>, profile: &CircleProfile, out: &mut Vec<Primitive<'_>>) {
    let radius = profile.radius / context.scale.units().min();
    if radius < SPECK {
        return;
    }
    let finite = || profile.changes.iter().copied().filter(|change| change.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let range = finite().fold(f64::NEG_INFINITY, f64::max) - low;
    // Which thickness: most of them for what is nearly lowest, as that is what a step is after.
    let shade = |change: f64| {
        let height = if range > profile.rounding { ((change - low) / range).sqrt() } else { 0.5 };
        change.is_finite().then(|| ((1.0 - height) * SHADES as f64).min(SHADES as f64 - 1.0) as usize)
    };
    let place = |index: usize| profile.at + profile.delta(CircleProfile::turn(index));
    // Edges of this length, in points, are not seen.
    let corners = TAU * radius / EDGE;
    let stride = ((profile.changes.len() as f64 / corners) as usize).clamp(1, COARSEST);
    let mut from = 0;
    while from + 1 < profile.changes.len() {
        let this = shade(profile.changes[from]);
        let same = profile.changes[from..].iter().take_while(|change| shade(**change) == this).count();
        let to = (from + same).min(profile.changes.len() - 1);
        if let Some(shade) = this {
            let strength = shade as f32 / (SHADES - 1) as f32;
            let pen = Pen::new(Ink::Truth, 1.2 + 4.8 * strength).pale(0.45 + 0.55 * strength);
            out.push(Primitive::line((from..to).step_by(stride).chain([to]).map(place).collect(), pen));
        }
        from = to.max(from + 1);
    }
}

/// −∇f and δ*, as far as they have a direction.
fn rays(profile: &CircleProfile) -> Vec<Ray> {
    let mut rays = Vec::new();
    // The names stand on the outer sides.
    let left = profile.best_turn().is_none_or(|turn| turn >= 0.0);
    let [downhill, best] = LEAST;
    if profile.from_minus_gradient {
        rays.push(Ray {
            way: profile.delta(0.0),
            name: "−∇f".to_owned(),
            ink: Ink::Plane,
            width: 2.0,
            least: downhill,
            left: !left,
        });
    }
    if let Some(turn) = profile.best_turn() {
        let angle = if profile.from_minus_gradient { format!(" {}", degrees(turn)) } else { String::new() };
        rays.push(Ray {
            way: profile.delta(turn),
            name: format!("δ*{angle}"),
            ink: Ink::Truth,
            width: 2.4,
            least: best,
            left,
        });
    }
    rays
}

/// On the circle, or beyond where that is too small to be seen.
fn tip(context: &OverlayContext<'_>, profile: &CircleProfile, ray: &Ray) -> Point {
    profile.at + ray.way * (ray.least / context.scale.length(ray.way)).max(1.0)
}

/// Whether the circle is so small that the ray is longer than its step.
fn is_direction(context: &OverlayContext<'_>, ray: &Ray) -> bool {
    ray.least > context.scale.length(ray.way)
}

/// The best step's place on the circle, where that is apart from the arrows' foot.
fn best_mark(context: &OverlayContext<'_>, profile: &CircleProfile, out: &mut Vec<Primitive<'_>>) {
    let is_apart = |turn: &f64| context.scale.length(profile.delta(*turn)) > 14.0;
    if let Some(turn) = profile.best_turn().filter(is_apart) {
        let pen = Pen::new(Ink::Truth, 2.2).with_halo(1.5);
        out.push(Primitive::mark(profile.at + profile.delta(turn), MarkerShape::Star, 6.0, pen, true));
    }
}

/// Beside the tip, or where the arrow leaves the view.
fn name(context: &OverlayContext<'_>, from: Point, tip: Point, ray: &Ray, out: &mut Vec<Primitive<'_>>) {
    let seen = if context.view.contains(tip) { Some(tip) } else { context.view.cut(from, tip).map(|[_, edge]| edge) };
    let Some(at) = seen else { return };
    let way = ray.way.normalize();
    let side = if ray.left { Vector::new(-way.y, way.x) } else { Vector::new(way.y, -way.x) };
    let (right, anchor) = if side.x < 0.0 { (-9.0, Anchor::Right) } else { (9.0, Anchor::Left) };
    let at = context.offset(at, right, 9.0 * (side + way).y);
    let strong = ray.ink == Ink::Truth;
    let (text, swatch) = if is_direction(context, ray) {
        (format!("{} (direction)", ray.name), Swatch::Line(Dash::Solid))
    } else {
        (ray.name.clone(), Swatch::Arrow)
    };
    let label = Label::new(text, ray.ink, swatch).at(at, anchor).strong(strong);
    out.push(label.ranked(Rank::Part).into());
}
