//! The loss of every run against its steps, on a logarithmic axis above the lowest loss reached.

use super::Path;
use super::ink::Ink;
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
    let curves: Vec<Vec<(usize, f64)>> = paths.iter().map(|path| sampled(path.run.iterates())).collect();
    let scale = Scale::of(&curves);
    let line = |(path, curve): (&Path<'_>, &Vec<(usize, f64)>)| {
        let (ink, dash, _) = path.style;
        let pen = Pen::new(ink, if path.selected { 2.2 } else { 1.6 }).dashed(dash);
        let points = curve.iter().map(|(step, loss)| Point::new(*step as f64, scale.height(*loss)));
        Primitive::line(points.collect(), pen.pale(if path.ghost { 0.35 } else { 1.0 }))
    };
    let mut primitives: Vec<Primitive<'static>> = std::iter::zip(paths, &curves).map(line).collect();
    let now = playhead as f64;
    let playhead = vec![Point::new(now, -0.1), Point::new(now, 1.1)];
    primitives.push(Primitive::line(playhead, Pen::new(Ink::Truth, 2.0)));
    LossStrip { primitives, view: ViewBox::new(0.0, (steps as f64).max(1.0), -0.08, 1.08) }
}

/// Heights between 0 and 1: the logarithm of the loss above the lowest, at most [`DECADES`] deep.
struct Scale {
    floor: f64,
    top: f64,
    depth: f64,
}

impl Scale {
    fn of(curves: &[Vec<(usize, f64)>]) -> Self {
        let losses = || curves.iter().flatten().map(|(_, loss)| *loss);
        let floor = losses().fold(f64::INFINITY, f64::min);
        let highest = losses().fold(f64::NEG_INFINITY, f64::max);
        let first =
            curves.iter().filter_map(|curve| curve.first()).map(|start| start.1).fold(f64::NEG_INFINITY, f64::max);
        // A run that diverges leaves through the top instead of pressing the others flat.
        let top = highest.min(first + OVERSHOOT * (first - floor).max(f64::MIN_POSITIVE));
        let range = (top - floor).min(f64::MAX);
        Self { floor, top: if range > 0.0 { range } else { 1.0 }, depth: DECADES }
    }

    fn height(&self, loss: f64) -> f64 {
        let share = ((loss - self.floor) / self.top).clamp(0.0, 1.0);
        (1.0 + share.log10().max(-self.depth) / self.depth).clamp(0.0, 1.0)
    }
}

/// All iterates of a short run; of a long one the least and greatest loss of every column, in their order.
fn sampled(iterates: &[Iterate]) -> Vec<(usize, f64)> {
    if iterates.len() <= 2 * COLUMNS {
        return iterates.iter().map(|iterate| iterate.loss).enumerate().collect();
    }
    let width = iterates.len().div_ceil(COLUMNS);
    let mut points = Vec::with_capacity(2 * COLUMNS);
    for (column, chunk) in iterates.chunks(width).enumerate() {
        let (mut least, mut most) = (0, 0);
        for (index, iterate) in chunk.iter().enumerate() {
            if iterate.loss < chunk[least].loss {
                least = index;
            } else if iterate.loss > chunk[most].loss {
                most = index;
            }
        }
        let pair = [least.min(most), least.max(most)];
        points.extend(pair.map(|index| (column * width + index, chunk[index].loss)));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    #[test]
    fn a_long_run_keeps_its_peaks_and_its_floor() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let recipe = Recipe::new(Choice::parse("gd:lr=0.036").unwrap(), Point::new(0.15, 0.35), 20_000);
        let run = Run::of(&landscape, &recipe);
        let extremes = |losses: &mut dyn Iterator<Item = f64>| {
            losses.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], loss| [low.min(loss), high.max(loss)])
        };
        let points = sampled(run.iterates());
        assert!(points.len() <= 2 * COLUMNS + 2, "few enough to draw: {}", points.len());
        let all = extremes(&mut run.iterates().iter().map(|iterate| iterate.loss));
        assert_eq!(extremes(&mut points.iter().map(|point| point.1)), all, "least and greatest loss");
        assert!(points.iter().all(|(step, loss)| run.iterates()[*step].loss == *loss), "each at its step");
    }
}
