//! What the method carries from step to step, where it has a shape: the disc of a trust radius, the ellipse of an inverse Hessian.

use std::f64::consts::TAU;

use super::{BALL, Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::Dash;
use crate::drawing::label::{Label, Swatch};
use crate::drawing::page_scale::PageScale;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::numerals::parameter;
use crate::numbers::{Point, Symmetric2, Vector};
use crate::optimizers::{Carried, Quantity};
use crate::run::StepAnalysis;

/// What the method carries, where it has a shape.
pub const CARRIED: OverlayId = OverlayId::new("state");

pub(super) const OVERLAY: Overlay = Overlay {
    id: CARRIED,
    label: "Optimizer state",
    help: "The trust radius of this step as a circle; for quasi-Newton methods the ellipse of B⁻¹, the estimate of the inverse Hessian: long where the estimated curvature is small.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Step),
    tabs: &[],
    z_order: 110,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(outlines),
    raise: None,
    is_known: true,
};

/// Corners of a closed curve: no edge is seen at any size of a view.
const CORNERS: usize = 144;
/// The larger half axis of an ellipse that no step gives a size, as a share of the view.
const AT_REST: f64 = 0.12;

/// A closed curve around the iterate.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    /// What it is, in a word or two.
    name: String,
    /// Whether it is the ellipse of an inverse Hessian.
    is_ellipse: bool,
    /// Its corners, the first also the last.
    outline: Vec<Point>,
}

/// The shapes to draw: without the ellipse that is the ball's rim, where that is drawn.
fn drawn(context: &OverlayContext<'_>, analysis: &StepAnalysis) -> Vec<Shape> {
    let is_ball = |shape: &Shape| context.overlays.contains(&BALL) && shape.is_ellipse;
    let all = shapes(analysis, context.scale, context.scale.size(context.view));
    all.into_iter().filter(|shape| !is_ball(shape)).collect()
}

/// The shapes that the step was made with; `size` is the view's, in points.
fn shapes(analysis: &StepAnalysis, scale: PageScale, size: f64) -> Vec<Shape> {
    let at = analysis.iterate.at;
    let step = analysis.proposed().unwrap_or_else(Vector::zeros);
    let shape = |(_, carried): &(Quantity, Carried)| match carried {
        Carried::Radius(radius) => {
            Some(Shape { name: format!("Δ = {}", parameter(*radius)), is_ellipse: false, outline: disc(at, *radius)? })
        }
        Carried::InverseHessian(matrix) => Some(Shape {
            name: "ellipse of B".to_owned(),
            is_ellipse: true,
            outline: ellipse(at, *matrix, step, scale, AT_REST * size)?,
        }),
        _ => None,
    };
    analysis.replayed.before.iter().filter_map(shape).collect()
}

/// The shapes alone.
pub(super) fn outlines(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let pen = Pen::new(path.style.0, 1.6).dashed(Dash::DashDot);
    out.extend(drawn(context, analysis).into_iter().map(|shape| Primitive::line(shape.outline, pen)));
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let ink = path.style.0;
    for Shape { name, outline, .. } in drawn(context, analysis) {
        let label = label_place(context, context.view, analysis, &outline);
        out.push(Primitive::line(outline, Pen::new(ink, 1.6).dashed(Dash::DashDot).with_halo(1.2)));
        if let Some((at, anchor)) = label {
            out.push(Label::new(name, ink, Swatch::Line(Dash::DashDot)).at(at, anchor).into());
        }
    }
}

/// Beside the corner in `view` that is farthest from the step's landing; none where all of it is too small to be named.
pub(super) fn label_place(
    context: &OverlayContext<'_>,
    view: ViewBox,
    analysis: &StepAnalysis,
    outline: &[Point],
) -> Option<(Point, Anchor)> {
    const LEAST: f64 = 12.0;
    let at = analysis.iterate.at;
    let landing = at + analysis.proposed().unwrap_or_else(Vector::zeros);
    let seen = outline.iter().filter(|corner| view.contains(**corner));
    let away = |corner: &Point| context.scale.distance(*corner, landing);
    let corner = seen.max_by(|a, b| away(a).total_cmp(&away(b)))?;
    let out = corner - at;
    if context.scale.length(out) < LEAST {
        return None;
    }
    let lift = if out.y < 0.0 { -9.0 } else { 9.0 };
    let (shift, anchor) = if out.x < 0.0 { (-7.0, Anchor::Right) } else { (7.0, Anchor::Left) };
    Some((context.offset(*corner, shift, lift), anchor))
}

/// The circle of a radius; `None` where it is not a length.
fn disc(center: Point, radius: f64) -> Option<Vec<Point>> {
    closed(|turn| center + turn * radius).filter(|_| radius > 0.0)
}

/// { w + p : pᵀB⁻¹p = c }, with c such that the step lies on it; without a step its longer half axis is `at_rest` points.
///
/// Its half axes are √(cb) along the eigenvectors of B, b being the eigenvalues. `None` where B is not positive definite.
fn ellipse(center: Point, matrix: Symmetric2, step: Vector, scale: PageScale, at_rest: f64) -> Option<Vec<Point>> {
    let eigen = matrix.eigen();
    let [low, high] = eigen.values;
    if !(matrix.is_finite() && low > 0.0) {
        return None;
    }
    let [first, second] = eigen.vectors;
    let through = first.dot(&step).powi(2) / low + second.dot(&step).powi(2) / high;
    let longest = scale.length(first * low.sqrt()).max(scale.length(second * high.sqrt()));
    let level = if through > 0.0 { through } else { (at_rest / longest).powi(2) };
    let [a, b] = [low, high].map(|value| (level * value).sqrt());
    closed(|turn| center + first * (a * turn.x) + second * (b * turn.y))
}

/// A curve once around, by the point of the unit circle; `None` where it leaves the numbers.
fn closed(place: impl Fn(Vector) -> Point) -> Option<Vec<Point>> {
    let turn = |corner: usize| {
        let angle = TAU * (corner % CORNERS) as f64 / CORNERS as f64;
        Vector::new(libm::cos(angle), libm::sin(angle))
    };
    let outline: Vec<Point> = (0..=CORNERS).map(|corner| place(turn(corner))).collect();
    outline.iter().all(|corner| corner.coords.iter().all(|number| number.is_finite())).then_some(outline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    #[test]
    fn the_disc_is_the_trust_radius_that_bound_the_step() {
        let recipe = Recipe::new(Choice::parse("trust_region").unwrap(), Point::new(-1.2, 1.0), 20);
        let run = Run::of(&Landscape::parse("rosenbrock").unwrap(), &recipe);
        for step in 0..20 {
            let analysis = StepAnalysis::of(&run, step).unwrap();
            let Carried::Radius(radius) = analysis.replayed.before[0].1 else { panic!("a radius") };
            let shape = shapes(&analysis, PageScale::equal(0.01), 400.0).remove(0);
            for corner in &shape.outline {
                let distance = (corner - analysis.iterate.at).norm();
                assert!((distance - radius).abs() <= 1e-12 * radius, "step {step}: {distance} instead of {radius}");
            }
            assert!(analysis.proposed().unwrap().norm() <= radius * (1.0 + 1e-9), "step {step}: the step is inside");
        }
        assert_eq!(disc(Point::origin(), 0.0), None, "no radius");
        assert_eq!(disc(Point::origin(), f64::INFINITY), None, "no length");
    }

    #[test]
    fn the_ellipse_has_one_value_of_the_form_and_the_step_lies_on_it() {
        let matrix = Symmetric2::new(2.0, 0.9, 0.5);
        let form = |p: Vector| p.dot(&matrix.solve(p).unwrap());
        let center = Point::new(3.0, -1.0);
        let step = Vector::new(-0.7, 0.2);
        for corner in ellipse(center, matrix, step, PageScale::equal(1.0), 0.48).unwrap() {
            let level = form(corner - center);
            assert!((level / form(step) - 1.0).abs() < 1e-9, "{level} instead of {}", form(step));
        }
        let at_rest = ellipse(center, matrix, Vector::zeros(), PageScale::equal(1.0), 0.48).unwrap();
        let longest = at_rest.iter().map(|corner| (corner - center).norm()).fold(0.0, f64::max);
        assert!((longest - 0.48).abs() < 1e-3, "of a size that can be seen: {longest}");
        assert_eq!(
            ellipse(center, Symmetric2::new(1.0, 2.0, 1.0), step, PageScale::equal(1.0), 0.48),
            None,
            "not positive definite"
        );
        assert_eq!(
            ellipse(center, Symmetric2::new(f64::NAN, 0.0, 1.0), step, PageScale::equal(1.0), 0.48),
            None,
            "no numbers"
        );
    }
}
