//! The eigenvectors of the Hessian at the iterate, with length ∝ 1/√|λ|.

use super::model_levels::footprint;
use super::{Overlay, OverlayGroup, OverlayId, TWO_WEIGHTS};
use crate::analysis::ModelOrder;
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Rank, Swatch};
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::numerals::number;
use crate::numbers::{Point, Vector};

/// The eigenvectors of the Hessian.
pub const EIGENVECTORS: OverlayId = OverlayId::new("eigenvectors");

pub(super) const OVERLAY: Overlay = Overlay {
    id: EIGENVECTORS,
    label: "Curvature directions",
    help: "The eigenvectors of the Hessian, the directions of least and greatest curvature, with their eigenvalues; arrows along it mean that the loss curves down there.",
    needs: TWO_WEIGHTS,
    on_at_first: true,
    group: Some(OverlayGroup::Curvature),
    tabs: &[Pane::Curvature],
    z_order: 100,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: Some(lines),
    raise: None,
    is_known: false,
};

/// Both directions: the eigenvalue, the middle and half the line.
fn arms(context: &OverlayContext<'_>) -> Option<[(f64, Point, Vector); 2]> {
    let analysis = context.step.analysis?;
    let curvature = analysis.curvature?;
    let (center, disc) = footprint(context.scale, context.view, analysis, ModelOrder::Quadratic);
    let [low, high] = curvature.eigen.values.map(f64::abs);
    // The axes of an ellipse of equal second-order change are as 1/√|λ|.
    let share = |value: f64| if value == 0.0 { 1.0 } else { (low.min(high) / value.abs()).sqrt().clamp(0.15, 1.0) };
    let arm = |index: usize| {
        let value = curvature.eigen.values[index];
        (value, center, disc.of_length(curvature.eigen.vectors[index], 0.8 * share(value)))
    };
    Some([arm(0), arm(1)])
}

/// The lines alone.
fn lines(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    for (_, center, arm) in arms(context).into_iter().flatten() {
        out.push(Primitive::line(vec![center - arm, center + arm], pen()));
    }
}

fn pen() -> Pen {
    Pen::new(Ink::Quadratic, 2.0).with_halo(1.2)
}

fn draw(context: &OverlayContext<'_>, out: &mut Vec<Primitive<'_>>) {
    for (index, (value, center, arm)) in arms(context).into_iter().flatten().enumerate() {
        if value < 0.0 {
            // Both ways from the point the loss curves down.
            out.extend([-arm, arm].map(|arm| Primitive::Arrow { from: center, to: center + arm, pen: pen() }));
        } else {
            out.push(Primitive::line(vec![center - arm, center + arm], pen()));
        }
        let name = format!("λ{} = {}", ["₁", "₂"][index], number(value));
        // At the end that is in view, away from the middle.
        let arm = if context.view.contains(center + arm) || !context.view.contains(center - arm) { arm } else { -arm };
        let (right, anchor) = if arm.x < 0.0 { (-6.0, Anchor::Right) } else { (6.0, Anchor::Left) };
        let up = if arm.y < 0.0 { -8.0 } else { 8.0 };
        let swatch = if value < 0.0 { Swatch::Arrow } else { Swatch::Line(Dash::Solid) };
        let label = Label::new(name, Ink::Quadratic, swatch).ranked(Rank::Part);
        out.push(label.at(context.offset(center + arm, right, up), anchor).into());
    }
}
