//! The loss of every run against its steps, on a logarithmic axis above the lowest loss reached.

use super::Path;
use super::ink::{Dash, Ink};
use super::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::Iterate;

/// At most this many points of a run: enough for every pixel column to have its least and greatest.
const COLUMNS: usize = 700;
/// Decades shown below the highest loss.
const DECADES: f64 = 9.0;

/// Losses more than this many times as far above the lowest as the start leave the strip.
const OVERSHOOT: f64 = 30.0;

/// The strip: its curves, and the (step, height) box that shows them.
pub struct LossStrip {
    /// The curves and the playhead.
    pub primitives: Vec<Primitive<'static>>,
    /// Step and height ranges.
    pub view: ViewBox,
}

/// The strip of the visible runs over `steps` steps, with the playhead.
pub fn loss_strip(paths: &[Path<'_>], steps: usize, playhead: usize) -> LossStrip {
    let losses = || paths.iter().flat_map(|path| sampled(path.run.iterates())).map(|(_, loss)| loss);
    let floor = losses().fold(f64::INFINITY, f64::min);
    let first = paths
        .iter()
        .filter_map(|path| path.run.iterates().first())
        .map(|iterate| iterate.loss)
        .fold(f64::NEG_INFINITY, f64::max);
    let highest = losses().fold(f64::NEG_INFINITY, f64::max);
    // A run that diverges leaves through the top instead of pressing the others flat.
    let top = highest.min(first + OVERSHOOT * (first - floor).max(f64::MIN_POSITIVE));
    let scale = Scale::new(floor, top);
    let mut primitives: Vec<Primitive<'static>> = paths
        .iter()
        .map(|path| {
            let (ink, dash, _) = path.style;
            let strength = if path.ghost { 0.35 } else { 1.0 };
            let points = sampled(path.run.iterates()).map(|(step, loss)| Point::new(step as f64, scale.height(loss)));
            Primitive::line(
                points.collect(),
                Pen::new(ink, if path.selected { 2.2 } else { 1.6 }).dashed(dash).pale(strength),
            )
        })
        .collect();
    let now = playhead as f64;
    primitives.push(Primitive::line(
        vec![Point::new(now, -0.1), Point::new(now, 1.1)],
        Pen::new(Ink::Truth, 2.0).dashed(Dash::Solid),
    ));
    LossStrip { primitives, view: ViewBox::new(0.0, (steps as f64).max(1.0), -0.08, 1.08) }
}

/// Heights between 0 and 1: the logarithm of the loss above the lowest, at most [`DECADES`] deep.
struct Scale {
    floor: f64,
    top: f64,
    depth: f64,
}

impl Scale {
    fn new(floor: f64, top: f64) -> Self {
        let range = (top - floor).min(f64::MAX);
        let range = if range > 0.0 { range } else { 1.0 };
        Self { floor, top: range, depth: DECADES }
    }

    fn height(&self, loss: f64) -> f64 {
        let share = ((loss - self.floor) / self.top).clamp(0.0, 1.0);
        (1.0 + share.log10().max(-self.depth) / self.depth).clamp(0.0, 1.0)
    }
}

/// All iterates of a short run; of a long one the least and greatest loss of every column, in their order.
fn sampled(iterates: &[Iterate]) -> Box<dyn Iterator<Item = (usize, f64)> + '_> {
    if iterates.len() <= 2 * COLUMNS {
        return Box::new(iterates.iter().map(|iterate| iterate.loss).enumerate());
    }
    let width = iterates.len().div_ceil(COLUMNS);
    Box::new(iterates.chunks(width).enumerate().flat_map(move |(column, chunk)| {
        let losses = || chunk.iter().map(|iterate| iterate.loss).enumerate();
        let least = losses().min_by(|a, b| a.1.total_cmp(&b.1));
        let most = losses().max_by(|a, b| a.1.total_cmp(&b.1));
        let mut pair = [least, most].map(|found| found.unwrap_or((0, f64::NAN)));
        pair.sort_by_key(|found| found.0);
        pair.map(|(index, loss)| (column * width + index, loss))
    }))
}
