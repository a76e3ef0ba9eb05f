//! The bridge from first to second order: the minimizers of the quadratic model in a ball of radius Δ, from −∇f to Newton's step,
//! beside the true best steps and the dogleg, with a handle at the Δ of the circle.

use super::{CIRCLE, Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::analysis::Bridge;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::number;
use crate::numbers::{Point, Vector};

/// The bridge from −∇f to Newton's step.
pub const BRIDGE: OverlayId = OverlayId::new("bridge");

pub(super) const OVERLAY: Overlay = Overlay {
    id: BRIDGE,
    label: "From −∇f to Newton’s step",
    help: "The lowest points s(Δ) of the quadratic model within every distance Δ: for Δ → 0 they lie along −∇f, and the last one is Newton's step. Beside them the lowest points of the loss itself, and the dogleg. Drag the ring: its Δ is the r of the tab Directions.",
    needs: TWO_WEIGHTS,
    on_at_first: false,
    group: Some(OverlayGroup::LocalModel),
    // The slice draws it, too.
    tabs: &[Pane::Circle, Pane::Slice],
    z_order: 172,
    views: &[Pane::Map, Pane::Surface, Pane::Slice],
    draw: Some(draw),
    drape: Some(drape),
    raise: None,
    is_known: false,
};

/// The width of the curve of the model: it is what is looked at, and lies over that model's own level lines.
const MAIN: f32 = 4.4;
/// What the legend calls it.
const CURVE: &str = "s(Δ), lowest of the quadratic";

/// What marks the places at the Δ of the circle.
struct Marks {
    step: Point,
    twin: Option<Point>,
    best: Option<Point>,
    /// The other one, where two steps of the length are best.
    best_twin: Option<Point>,
    dogleg: Option<Point>,
}

impl Marks {
    fn of(bridge: &Bridge, radius: f64) -> Self {
        let at = bridge.model.at;
        let step = bridge.step(radius);
        let best = bridge.best_at(radius);
        Self {
            step: at + step.step,
            twin: step.twin.map(|twin| at + twin),
            best: best.map(|best| at + best.step),
            best_twin: best.and_then(|best| best.twin).map(|twin| at + twin),
            dogleg: bridge.dogleg(radius).map(|dogleg| at + dogleg),
        }
    }

    /// The stars of the true best steps, but for the one that the circle has itself.
    fn stars(&self, of_circle: Option<Point>) -> Vec<Point> {
        let mut stars: Vec<Point> = self.best.into_iter().chain(self.best_twin).collect();
        if let Some(known) = of_circle {
            let away = |star: &Point| (star - known).norm();
            stars.sort_by(|a, b| away(b).total_cmp(&away(a)));
            stars.pop();
        }
        stars
    }
}

/// The star that the circle has itself.
fn star_of_circle(context: &OverlayContext<'_>) -> Option<Point> {
    let profile = context.step.circle_profile.filter(|_| context.overlays.contains(&CIRCLE))?;
    Some(context.step.analysis?.iterate.at + profile.step.best?.delta)
}

/// Where the handle of the curve stands.
pub fn bridge_handle(bridge: &Bridge, radius: f64) -> Point {
    bridge.model.at + bridge.step(radius).step
}

/// The lines, the curve of the model last.
fn lines(bridge: &Bridge) -> Vec<(Vec<Point>, Pen)> {
    let at = bridge.model.at;
    let from_here = |steps: &mut dyn Iterator<Item = Vector>| -> Vec<Point> {
        std::iter::once(at).chain(steps.map(|step| at + step)).collect()
    };
    let mut lines = Vec::new();
    if let Some(corners) = bridge.dogleg_corners() {
        lines.push((from_here(&mut corners.into_iter()), Pen::new(Ink::Muted, 1.6).with_halo(1.0)));
    }
    for piece in bridge.pieces().into_iter().chain(bridge.twin_pieces()) {
        let places = piece.into_iter().map(|step| at + step).collect();
        lines.push((places, Pen::new(Ink::Truth, 1.2).with_halo(0.8)));
    }
    let twins: Vec<Point> = bridge.steps.iter().filter_map(|step| step.twin.map(|twin| at + twin)).collect();
    if twins.len() > 1 {
        let corner = bridge.steps.iter().rev().find(|step| step.twin.is_none()).map_or(at, |step| at + step.step);
        let places = std::iter::once(corner).chain(twins).collect();
        lines.push((places, Pen::new(Ink::Quadratic, 2.6).with_halo(1.8)));
    }
    let curve = from_here(&mut bridge.steps.iter().map(|step| step.step));
    lines.push((curve, Pen::new(Ink::Quadratic, MAIN).with_halo(2.4)));
    lines
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some((bridge, radius)) = context.step.bridge else { return };
    out.extend(lines(bridge).into_iter().map(|(places, pen)| Primitive::line(places, pen)));
    let at = bridge.model.at;
    out.push(Label::new(CURVE, Ink::Quadratic, Swatch::Line(Dash::Solid)).into());
    if let Some([_, newton]) = bridge.dogleg_corners() {
        out.push(Primitive::mark(
            at + newton,
            MarkerShape::Square,
            5.0,
            Pen::new(Ink::Quadratic, 2.0).with_halo(1.2),
            false,
        ));
        let name = Label::new("Newton’s step", Ink::Quadratic, mark(MarkerShape::Square)).ranked(Rank::Part);
        out.push(beside(context, at + newton, newton, name));
        let dogleg = Label::new("dogleg", Ink::Muted, Swatch::Line(Dash::Solid));
        out.push(dogleg.into());
    }
    let marks = Marks::of(bridge, radius);
    if let Some(dogleg) = marks.dogleg {
        out.push(Primitive::mark(dogleg, MarkerShape::Diamond, 4.5, Pen::new(Ink::Muted, 1.6).with_halo(1.2), true));
    }
    if let Some(twin) = marks.twin {
        out.push(Primitive::mark(twin, MarkerShape::Circle, 4.5, Pen::new(Ink::Quadratic, 1.6).with_halo(1.2), false));
    }
    for best in marks.stars(star_of_circle(context)) {
        out.push(Primitive::mark(best, MarkerShape::Star, 5.5, Pen::new(Ink::Truth, 2.0).with_halo(1.2), true));
    }
    out.push(Primitive::mark(
        marks.step,
        MarkerShape::Circle,
        6.0,
        Pen::new(Ink::Quadratic, 2.4).with_halo(1.8),
        false,
    ));
    let step = bridge.step(radius);
    let name = Label::new(multiplier_words(bridge, radius), Ink::Quadratic, mark(MarkerShape::Circle));
    out.push(beside(context, marks.step, step.step, name.ranked(Rank::Event)));
    out.push(Label::new(words_of_best(bridge), Ink::Truth, Swatch::Line(Dash::Solid)).into());
}

/// What the true curve is, and why it divides or breaks off.
fn words_of_best(bridge: &Bridge) -> &'static str {
    if bridge.best.iter().flatten().any(|best| best.twin.is_some()) {
        "δ*(Δ), lowest loss, twice where two are equally low"
    } else if bridge.jumps() {
        "δ*(Δ), lowest loss, with a gap where it jumps"
    } else {
        "δ*(Δ), lowest loss"
    }
}

/// μ at the handle.
fn multiplier_words(bridge: &Bridge, radius: f64) -> String {
    let step = bridge.step(radius);
    let name = "s(Δ)";
    match step.twin {
        Some(_) => format!("{name}, hard case: two of them"),
        None if !step.on_boundary => format!("{name} is Newton’s step"),
        None => format!("{name}, μ = {}", number(step.multiplier)),
    }
}

/// A hollow mark in the legend, as on the map.
fn mark(shape: MarkerShape) -> Swatch {
    Swatch::Mark { shape, filled: false }
}

/// A name beside a place, on the side to which the curve goes.
fn beside(context: &OverlayContext<'_>, at: Point, way: Vector, label: Label) -> Primitive<'static> {
    let sides = [(12.0, Anchor::Left), (-12.0, Anchor::Right)];
    let order = if way.x < 0.0 { [1, 0] } else { [0, 1] };
    order.into_iter().fold(label, |label, side| label.at(context.offset(at, sides[side].0, 0.0), sides[side].1)).into()
}

/// What lies on the surface: the curves and marks without words.
fn drape(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let Some((bridge, radius)) = context.step.bridge else { return };
    out.extend(lines(bridge).into_iter().map(|(places, pen)| Primitive::line(places, pen)));
    let marks = Marks::of(bridge, radius);
    let ball = |at: Point, ink: Ink| Primitive::mark(at, MarkerShape::Circle, 3.5, Pen::new(ink, 1.5), true);
    out.extend(marks.dogleg.map(|at| ball(at, Ink::Muted)));
    out.extend(marks.twin.map(|at| ball(at, Ink::Quadratic)));
    out.extend(marks.best.into_iter().chain(marks.best_twin).map(|at| ball(at, Ink::Truth)));
    out.push(ball(marks.step, Ink::Quadratic));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{BridgeSearch, LocalModel};
    use crate::landscapes::Landscape;

    #[test]
    fn the_curve_of_the_model_is_the_most_visible_line() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let at = Point::new(-0.5, 2.5);
        let mut search = BridgeSearch::new(&landscape, LocalModel::new(landscape.loss(), at), 10.0).unwrap();
        while !search.advance(1_000_000) {}
        let lines = lines(search.bridge());
        assert!(search.bridge().jumps() && lines.len() > 3, "the true curve is in pieces");
        let ((_, main), others) = lines.split_last().unwrap();
        assert_eq!(main.ink, Ink::Quadratic);
        assert!(others.iter().all(|(_, pen)| 1.6 * pen.width < main.width && pen.halo < main.halo));
    }
}
