//! The loss of one run under the playhead, small: on a logarithmic axis where it is positive throughout, else on a linear one.

use super::curve::{Exit, Vertex, exits, last_seen, pieces};
use super::range::{Heights, range};
use super::{YScale, leaves, lost_at};
use crate::drawing::DrawnRun;
use crate::drawing::ink::{Dash, Ink, MarkerShape};
use crate::drawing::prediction_row::{BOTTOM, PredictionRow};
use crate::drawing::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::{BLOCK, Epochs, Extreme, Run};

/// At most this many columns of a long run: enough for every pixel to have its least and greatest.
const COLUMNS: usize = 700;
/// At most this many epochs are marked.
const EPOCHS: usize = 24;
/// A power of ten counts as many of these at least, so that less than a factor of ten is seen as little.
const LEAST_DECADES: f64 = 2.0;
/// The heights between which the line is drawn: the row of predictions is below.
const INSIDE: [f64; 2] = [-0.04, 1.06];
/// The heights at which an arrow through the edge begins and ends.
const ARROW: [f64; 2] = [0.72, 1.04];
/// The heights between which the cross of a run that is lost stands.
const CROSS: [f64; 2] = [0.06, 0.94];

/// The line, and the (step, height) box that shows it; the loss is between 0 and 1.
pub struct Sparkline {
    /// The line, its marks and the playhead.
    pub primitives: Vec<Primitive<'static>>,
    /// Step and height ranges.
    pub view: ViewBox,
    /// Whether its axis is logarithmic.
    pub is_log: bool,
}

/// The loss of the selected run over `steps` steps, with its row of predictions and the playhead; in fog, up to it.
pub fn sparkline(
    path: Option<&DrawnRun<'_>>,
    row: &PredictionRow,
    steps: usize,
    playhead: usize,
    in_fog: bool,
) -> Sparkline {
    let seen = if in_fog { playhead } else { usize::MAX };
    let mut primitives = path.map_or_else(Vec::new, |path| epoch_marks(path, steps));
    let mut is_log = false;
    if let Some(path) = path {
        let curve = sampled(path.run, path.run.iterates().len().min(seen.saturating_add(1)));
        is_log = curve.iter().all(|(_, loss)| *loss > 0.0);
        draw(path, &curve, is_log, seen, &mut primitives);
        row.draw(steps, seen, &mut primitives);
    }
    let now = playhead as f64;
    let upright = vec![Point::new(now, BOTTOM - 0.1), Point::new(now, 1.1)];
    primitives.push(Primitive::line(upright, Pen::new(Ink::Truth, 2.0)));
    Sparkline { primitives, view: ViewBox::new(0.0, (steps as f64).max(1.0), BOTTOM, 1.08), is_log }
}

fn draw(path: &DrawnRun<'_>, curve: &[(usize, f64)], is_log: bool, seen: usize, out: &mut Vec<Primitive<'static>>) {
    let scale = if is_log { YScale::Log { floor: 0.0, sign: 1.0 } } else { YScale::Linear };
    let heights: Vec<f64> = curve.iter().filter_map(|(_, loss)| scale.height(*loss)).collect();
    let Some([low, high]) = range(&[Heights { values: heights, leaves: leaves(path.run) }], is_log) else { return };
    let low = if is_log { low.min(high - LEAST_DECADES) } else { low };
    let vertex = |(step, loss): &(usize, f64)| Vertex {
        step: *step,
        x: *step as f64,
        y: scale.height(*loss).map(|height| (height - low) / (high - low)),
    };
    let vertices: Vec<Vertex> = curve.iter().map(vertex).collect();
    let pen = Pen::new(path.style.0, 2.0).pale(if path.ghost { 0.35 } else { 1.0 });
    out.extend(pieces(&vertices, INSIDE).into_iter().map(|line| Primitive::line(line, pen)));
    let frame = ViewBox::new(0.0, 1.0, 0.0, 1.0);
    if let Some(Exit { x, edge, .. }) = exits(&vertices, frame).first() {
        let [foot, tip] = if *edge > 0.0 { ARROW } else { ARROW.map(|height| 1.0 - height) };
        let pen = Pen::new(path.style.0, 2.0);
        out.push(Primitive::Arrow { from: Point::new(*x, foot), to: Point::new(*x, tip), pen });
    }
    let Some(lost) = lost_at(path.run).filter(|step| *step <= seen) else { return };
    let until = &vertices[..vertices.partition_point(|vertex| vertex.step <= lost)];
    if let Some(end) = until.iter().rev().find_map(|vertex| Some(Point::new(vertex.x, vertex.y?))) {
        let at = last_seen(until, frame, end);
        let at = Point::new(at.x, at.y.clamp(CROSS[0], CROSS[1]));
        out.push(Primitive::mark(at, MarkerShape::Cross, 4.5, Pen::new(Ink::Gap, 2.4).with_halo(1.5), false));
    }
}

/// Lines where epochs end, thinned until they can be distinguished.
fn epoch_marks(path: &DrawnRun<'_>, steps: usize) -> Vec<Primitive<'static>> {
    let ends = Epochs::of(path.run).map_or_else(Vec::new, |epochs| epochs.ends(steps, EPOCHS));
    let pen = Pen::new(Ink::Muted, 1.0).dashed(Dash::Dotted).pale(0.7);
    let mark = |(_, step): (usize, f64)| Primitive::line(vec![Point::new(step, 0.0), Point::new(step, 1.08)], pen);
    ends.into_iter().map(mark).collect()
}

/// The first `shown` iterates of a short run; of a long one the least and greatest loss of every column, in their order.
fn sampled(run: &Run, shown: usize) -> Vec<(usize, f64)> {
    let iterates = &run.iterates()[..shown];
    if shown <= 2 * COLUMNS {
        return iterates.iter().map(|iterate| iterate.loss).enumerate().collect();
    }
    let mut width = shown.div_ceil(COLUMNS);
    // Columns of whole blocks need no look at their steps.
    if width > BLOCK {
        width = width.next_power_of_two();
    }
    let columns = (0..shown).step_by(width).filter_map(|from| run.extremes(from..shown.min(from + width)));
    let pairs = columns.map(|Extreme { least, most }| [least.min(most), least.max(most)]);
    pairs.flatten().map(|step| (step, iterates[step].loss)).collect()
}
