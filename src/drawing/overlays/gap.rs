//! The gap between prediction and result, drawn on the surface and in the slice.

use super::{ANY, Overlay, OverlayGroup, OverlayId};
use crate::drawing::camera::Stage;
use crate::drawing::ink::Ink;
use crate::drawing::solid::{Hidden, Solid, SolidBar};
use crate::drawing::{OverlayContext, Pane, ShownStep};
use crate::numbers::{Point, tolerance};

/// The gap between prediction and result, drawn on the surface and in the slice.
pub const GAP: OverlayId = OverlayId::new("gap");

pub(super) const OVERLAY: Overlay = Overlay {
    id: GAP,
    label: "Model error",
    help: "The actual minus the predicted change of the loss, at the end of the step: a bar on the surface, a bracket in the slice.",
    needs: ANY,
    on_at_first: true,
    group: Some(OverlayGroup::Step),
    tabs: &[],
    z_order: 70,
    views: &[Pane::Surface, Pane::Slice],
    draw: None,
    drape: None,
    raise: Some(raise),
    is_known: false,
};

/// Where the bar of the gap stands, and the losses at its ends: predicted and actual. `None` if the prediction was kept.
pub fn gap_at_landing(step: &ShownStep<'_>) -> Option<(Point, [f64; 2])> {
    let analysis = step.analysis?;
    let change = analysis.change?;
    let prediction = change.prediction(analysis.order);
    let is_kept = change.gap(analysis.order).abs() <= tolerance::UNSEEN * (prediction.abs() + change.actual.abs());
    let ends = [prediction, change.actual].map(|change| analysis.model.value + change);
    (!is_kept).then_some((analysis.iterate.at + analysis.proposed()?, ends))
}

fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    let bar = gap_at_landing(&context.step).map(|(at, ends)| SolidBar {
        at,
        ends,
        ink: Ink::Gap,
        width: 8.0,
        hidden: Hidden::Hatch,
    });
    out.extend(bar.map(Solid::Bar));
}
