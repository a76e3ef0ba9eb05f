//! A step from inside: its sub-steps so far, the newest emphasized, the whole step pale.

use std::f64::consts::TAU;

use super::carried::outlines;
use super::model_levels::draw_model;
use super::step_arrows::{REJECTED, end_of_step};
use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::ink::{Ink, MarkerShape};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::{Point, Vector};
use crate::optimizers::Verdict;
use crate::run::{Sketch, StepAnalysis, SubStep};

/// Slopes are drawn as long as they are between these shares of the view's shorter side, and else as long as the middle one.
const SLOPES: [f64; 3] = [0.08, 0.28, 0.4];
/// Corners of a circle.
const CORNERS: usize = 96;

/// Draws the sub-steps up to one of them.
pub fn draw_inside(context: &OverlayContext<'_>, substeps: &[SubStep], place: usize, out: &mut Vec<Primitive<'_>>) {
    let (Some(analysis), Some(path)) = (context.step.analysis, context.selected()) else { return };
    let ink = path.style.0;
    let scale = scale_of_slopes(context, substeps);
    if let Some(step) = analysis.proposed().filter(|step| is_drawn(context, *step)) {
        let at = analysis.iterate.at;
        out.push(Primitive::Arrow { from: at, to: at + step, pen: Pen::new(ink, 3.0).pale(0.22) });
    }
    for (index, one) in substeps.iter().enumerate().take(place + 1) {
        draw_one(context, analysis, &one.sketch, ink, scale, index == place, out);
    }
}

/// What lengths of slopes are multiplied with: the longest one has room.
fn scale_of_slopes(context: &OverlayContext<'_>, substeps: &[SubStep]) -> f64 {
    let length = |one: &SubStep| match one.sketch {
        Sketch::Slope { vector, .. } => context.scale.length(vector),
        _ => 0.0,
    };
    let longest = substeps.iter().map(length).filter(|length| length.is_finite()).fold(0.0, f64::max);
    let side = context.shorter_side();
    let [least, middle, most] = SLOPES.map(|share| share * side);
    if longest == 0.0 || (least..=most).contains(&longest) { 1.0 } else { middle / longest }
}

fn is_drawn(context: &OverlayContext<'_>, way: Vector) -> bool {
    let length = context.scale.length(way);
    length > 0.5 && length.is_finite()
}

fn draw_one(
    context: &OverlayContext<'_>,
    analysis: &StepAnalysis,
    sketch: &Sketch,
    ink: Ink,
    scale: f64,
    newest: bool,
    out: &mut Vec<Primitive<'_>>,
) {
    let at = analysis.iterate.at;
    let pen = |ink: Ink, width: f32| {
        if newest { Pen::new(ink, 1.3 * width).with_halo(1.8) } else { Pen::new(ink, width).pale(0.6).with_halo(1.0) }
    };
    match *sketch {
        Sketch::Slope { name, from, vector } => {
            let slope_ink = if name.starts_with('∇') { Ink::Plane } else { ink };
            let note = match scale {
                scale if scale < 1.0 => format!("{name}, drawn shorter"),
                scale if scale > 1.0 => format!("{name}, drawn longer"),
                _ => name.to_owned(),
            };
            let name = if newest { note } else { name.to_owned() };
            arrow(context, at + from, vector * scale, name, slope_ink, pen(slope_ink, 2.2), out);
        }
        Sketch::Way { name, from, by } => arrow(context, at + from, by, name.to_owned(), ink, pen(ink, 2.2), out),
        Sketch::Quadratic => draw_model(context, analysis, ModelOrder::Quadratic, out),
        Sketch::Shape => outlines(context, out),
        Sketch::Circle(radius) => out.extend(circle(at, radius).map(|rim| Primitive::line(rim, pen(ink, 1.8)))),
        Sketch::Trial(trial) if trial.at.coords.iter().all(|coordinate| coordinate.is_finite()) => {
            let size = if newest { 1.6 } else { 1.0 };
            out.push(if trial.accepted {
                Primitive::mark(trial.at, MarkerShape::Circle, 3.4 * size, pen(ink, 1.5), true)
            } else {
                let cross = if newest { Ink::Gap } else { Ink::Muted };
                Primitive::mark(trial.at, MarkerShape::Cross, 4.2 * size, pen(cross, 1.8), false)
            });
        }
        Sketch::None | Sketch::Trial(_) => {}
        Sketch::Move(by) => arrival(context, analysis, by, ink, out),
    }
}

fn arrival(context: &OverlayContext<'_>, analysis: &StepAnalysis, by: Vector, ink: Ink, out: &mut Vec<Primitive<'_>>) {
    if !is_drawn(context, by) {
        return;
    }
    let at = analysis.iterate.at;
    let rejected = analysis.replayed.step.as_ref().is_ok_and(|step| step.verdict == Verdict::Rejected);
    let pen = Pen::new(ink, 3.6).pale(if rejected { REJECTED } else { 1.0 }).with_halo(1.8);
    out.push(Primitive::Arrow { from: at, to: at + by, pen });
    end_of_step(context, at + by, by, rejected, out);
}

/// An arrow with its name at its tip.
fn arrow(
    context: &OverlayContext<'_>,
    from: Point,
    way: Vector,
    name: String,
    ink: Ink,
    pen: Pen,
    out: &mut Vec<Primitive<'_>>,
) {
    if !is_drawn(context, way) {
        return;
    }
    out.push(Primitive::Arrow { from, to: from + way, pen });
    let (shift, anchor) = if way.x < 0.0 { (-8.0, Anchor::Right) } else { (8.0, Anchor::Left) };
    let at = context.offset(from + way, shift, 7.0 * way.y.signum());
    out.push(Label::new(name, ink, Swatch::Arrow).at(at, anchor).strong(true).ranked(Rank::Part).into());
}

/// The rim of a circle; `None` where its radius is no length.
fn circle(center: Point, radius: f64) -> Option<Vec<Point>> {
    let corner = |index: usize| {
        let angle = TAU * (index % CORNERS) as f64 / CORNERS as f64;
        center + Vector::new(libm::cos(angle), libm::sin(angle)) * radius
    };
    (radius > 0.0 && radius.is_finite()).then(|| (0..=CORNERS).map(corner).collect())
}
