//! The loss that the batch of this step was: its contour lines in the color of the run over those of all samples; a net on the surface.

use super::{NETWORKS, Overlay, OverlayGroup, OverlayId};
use crate::drawing::OverlayContext;
use crate::drawing::Pane;
use crate::drawing::camera::Stage;
use crate::drawing::ink::{Dash, Ink};
use crate::drawing::label::{Label, Swatch};
use crate::drawing::primitive::{Pen, Places, Primitive};
use crate::drawing::solid::{Solid, SolidLine};
use crate::numbers::numerals::{grouped, parameter};
use crate::run::Batch;

/// The loss of this step's batch.
pub const BATCH: OverlayId = OverlayId::new("batch");

pub(super) const OVERLAY: Overlay = Overlay {
    id: BATCH,
    label: "Mini-batch loss",
    help: "For a stochastic method: the loss of this step's samples alone, whose gradient the method uses. Contour lines in the color of the run on the map, at every second level of the whole loss; a net on the surface. A sum over a batch is multiplied by n/B, so that the two can be compared.",
    needs: NETWORKS,
    on_at_first: false,
    group: Some(OverlayGroup::Samples),
    tabs: &[],
    z_order: 190,
    views: &[Pane::Map, Pane::Surface],
    draw: Some(draw),
    drape: None,
    raise: Some(raise),
    is_known: false,
};

fn draw<'a>(context: &OverlayContext<'a>, out: &mut Vec<Primitive<'a>>) {
    let (Some(batch), Some(path)) =
        (context.step.analysis.and_then(|analysis| analysis.batch.as_ref()), context.selected())
    else {
        return;
    };
    let pen = Pen::new(path.style.0, 1.2).pale(0.6);
    let lines = context.step.batch_contours.iter();
    out.extend(lines.map(|line| Primitive::Line { places: Places::Lent(line), pen }));
    out.push(Label::new(batch_loss_words(batch), path.style.0, Swatch::Line(Dash::Solid)).into());
}

/// The batch's loss as a net, at its own heights.
fn raise(context: &OverlayContext<'_>, _: &Stage, out: &mut Vec<Solid<'_>>) {
    let Some(batch) = context.step.batch_surface else { return };
    let ink = context.selected().map_or(Ink::Truth, |path| path.style.0);
    let wire = |line| SolidLine { strength: 0.6, rim: false, ..SolidLine::through(line, ink, 0.9) };
    out.extend(batch.wires().into_iter().map(wire).map(Solid::Line));
}

/// What the picture of a batch's loss shows.
pub fn batch_loss_words(batch: &Batch) -> String {
    let [size, of] = [batch.samples.len(), batch.of].map(grouped);
    let drawn = if batch.is_sum { format!(", drawn ×{}", parameter(batch.to_whole())) } else { String::new() };
    format!("loss of this batch, {size} of {of} samples{drawn}")
}
