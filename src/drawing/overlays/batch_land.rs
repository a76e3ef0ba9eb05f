//! The land that the batch of this step was: its contour lines dashed over those of all samples; a net on the surface.

use super::cloud::legend_lines;
use super::paths::offset;
use super::{BATCH, OF_SAMPLES, Overlay};
use crate::drawing::Subject;
use crate::drawing::ink::Dash;
use crate::drawing::primitive::{Anchor, Pen, Primitive};
use crate::numbers::Point;
use crate::numbers::numerals::{grouped, knob};
use crate::run::Batch;

pub(super) const OVERLAY: Overlay = Overlay {
    id: BATCH,
    label: "Mini-batch land",
    help: "For a method that draws batches: the loss of this step's samples alone, which is all that the method asked. On the map its contour lines, dashed, at the heights of every second one of the whole; on the surface a net. A sum over a batch is drawn n/B times as high, so that the two can be compared.",
    suits: OF_SAMPLES,
    on_at_first: false,
    draw: Some(draw),
    drape: None,
};

fn draw(subject: &Subject<'_>, out: &mut Vec<Primitive<'_>>) {
    let (Some(batch), Some(path)) = (subject.focus.and_then(|focus| focus.batch.as_ref()), subject.selected()) else {
        return;
    };
    let pen = Pen::new(path.style.0, 1.1).dashed(Dash::Dashed).pale(0.6);
    out.extend(subject.batch_contours.iter().map(|line| Primitive::line(line.clone(), pen)));
    let corner = Point::new(subject.view.x[1], subject.view.y[0]);
    let lines = legend_lines(subject, &batch_land_words(batch));
    for (line, up) in std::iter::zip(lines.iter().rev(), 0..) {
        let at = offset(subject, corner, -6.0, 10.0 + 20.0 * f64::from(up));
        out.push(Primitive::text(at, line.clone(), path.style.0, Anchor::Right));
    }
}

/// What the picture of a batch's land shows.
pub fn batch_land_words(batch: &Batch) -> String {
    let [size, of] = [batch.samples.len(), batch.of].map(grouped);
    let drawn = if batch.is_sum { format!(", drawn ×{}", knob(batch.to_whole())) } else { String::new() };
    format!("dashed: the land of this batch, {size} of {of} samples{drawn}")
}
