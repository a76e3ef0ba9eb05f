//! The row of predictions under the loss strip: how much of its prediction each step kept, found once and continued as the run grows.

use super::ink::Ink;
use super::primitive::{Pen, Primitive};
use crate::analysis::ModelOrder;
use crate::numbers::Point;
use crate::run::Run;

/// The height of a bar that kept all of its prediction.
const PREDICTED: f64 = -0.17;
/// The height of a bar that kept nothing of its prediction.
const NOTHING: f64 = -0.4;
/// The lower edge of the row.
pub(super) const BOTTOM: f64 = -0.62;
/// About how wide the strip is, in points.
pub(super) const WIDTH: f64 = 520.0;
/// How many bars the row has room for.
const BARS: usize = 200;
/// A bar's share of the room that it has.
const SHARE: f64 = 0.55;
/// The most steps over which a bar that stands for many takes its mean.
const ASKED: usize = 8;

/// How much of its prediction each step of a run kept, as a row of bars.
///
/// A step that predicted a rise, as one with a velocity may, is held to it in the same way. Where there are more steps than
/// room, a bar stands for several, with the mean of their shares.
#[derive(Default)]
pub struct PredictionRow {
    run: Option<u64>,
    stride: usize,
    /// The means of the bars whose steps were all taken; `None` where there is no prediction.
    whole: Vec<Option<f64>>,
    /// The number of steps of the bar that is being filled, and their mean.
    last: Option<(usize, Option<f64>)>,
    order: Option<ModelOrder>,
    is_behind: bool,
}

impl PredictionRow {
    /// All of it for a run of this many steps.
    pub fn of(run: &Run, steps: usize) -> Self {
        let mut row = Self::default();
        row.follow(run, steps, usize::MAX);
        row
    }

    /// Brings it up to date; `budget` is how many steps may be compared with their prediction.
    pub fn follow(&mut self, run: &Run, steps: usize, budget: usize) {
        let taken = run.iterates().len().saturating_sub(1);
        let stride = steps.max(taken).div_ceil(BARS).max(1);
        if self.run != Some(run.serial()) || self.stride != stride {
            *self = Self { run: Some(run.serial()), stride, ..Self::default() };
        }
        let mut budget = budget;
        while (self.whole.len() + 1) * stride <= taken && budget > 0 {
            let from = self.whole.len() * stride;
            let mean = self.mean(run, from, from + stride);
            self.whole.push(mean);
            budget = budget.saturating_sub(stride.min(ASKED));
        }
        let from = self.whole.len() * stride;
        self.is_behind = from + stride <= taken;
        let of_last = taken.saturating_sub(from);
        if self.is_behind || of_last == 0 {
            self.last = None;
        } else if self.last.is_none_or(|(steps, _)| steps != of_last) {
            self.last = Some((of_last, self.mean(run, from, taken)));
        }
    }

    /// Whether there is more to find.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// The mean share of the prediction that the steps of a bar kept.
    fn mean(&mut self, run: &Run, from: usize, end: usize) -> Option<f64> {
        let steps = (from..end).step_by(self.stride.div_ceil(ASKED));
        let mut shares = (0_usize, 0.0);
        for step_report in steps.filter_map(|step| run.step_report(step)) {
            self.order = self.order.or(Some(step_report.order));
            shares = (shares.0 + 1, shares.1 + step_report.share().clamp(-0.9, 1.5));
        }
        (shares.0 > 0).then(|| shares.1 / shares.0 as f64)
    }

    /// The row for a strip of this many steps; in fog bars whose steps are not all before the playhead are left out.
    pub(super) fn draw(&self, steps: usize, seen: usize, out: &mut Vec<Primitive<'static>>) {
        let Some(order) = self.order else { return };
        let stride = self.stride as f64;
        let last = self.last.map(|(steps, mean)| (self.whole.len() * self.stride + steps, mean));
        let ends = self.whole.iter().enumerate().map(|(bar, mean)| ((bar + 1) * self.stride, *mean));
        let bars = ends.chain(last).enumerate().filter(|(_, (end, _))| *end <= seen);
        let line = |y: f64| vec![Point::new(0.0, y), Point::new(steps as f64, y)];
        let ink = Ink::of_model(order);
        out.push(Primitive::line(line(PREDICTED), Pen::new(ink, 1.4)));
        out.push(Primitive::line(line(NOTHING), Pen::new(Ink::Outline, 1.0)));
        let width = (SHARE * WIDTH * stride / steps.max(1) as f64).min(5.0) as f32;
        for (x, share) in bars.filter_map(|(bar, (_, mean))| Some(((bar as f64 + 0.5) * stride, mean?))) {
            let bar = vec![Point::new(x, NOTHING), Point::new(x, NOTHING + (PREDICTED - NOTHING) * share)];
            let ink = if share < 0.0 { Ink::Gap } else { Ink::Truth };
            out.push(Primitive::line(bar, Pen::new(ink, width).pale(0.75)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn recipe(method: &str, steps: usize) -> (Landscape, Recipe) {
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), steps);
        (Landscape::parse("rosenbrock").unwrap(), Recipe { tolerance: None, ..recipe })
    }

    #[test]
    fn a_row_that_grew_is_the_row_of_the_whole_run() {
        for (method, steps) in [("gd:lr=0.001", 10_000), ("newton_damped", 90), ("adam", 1234), ("bfgs", 201)] {
            let (landscape, recipe) = recipe(method, steps);
            let mut run = Run::begin(&landscape, &recipe);
            let mut grown = PredictionRow::default();
            while !run.advance(97) || grown.is_behind() {
                grown.follow(&run, steps, 40);
            }
            while grown.is_behind()
                || grown.last.is_none() && grown.whole.len() * grown.stride < run.iterates().len() - 1
            {
                grown.follow(&run, steps, 40);
            }
            grown.follow(&run, steps, 40);
            let whole = PredictionRow::of(&run, steps);
            assert_eq!((&grown.whole, grown.last), (&whole.whole, whole.last), "{method}");
            assert!(whole.whole.len() <= BARS && !whole.whole.is_empty(), "{method}: {} bars", whole.whole.len());
        }
    }

    /// Whatever its length, a frame holds no more steps to their prediction than it was allowed, but for one bar.
    #[test]
    fn a_frame_costs_no_more_than_its_budget() {
        let (landscape, recipe) = recipe("newton_damped", 100_000);
        let mut run = Run::begin(&landscape, &recipe);
        run.advance(20_000);
        let mut row = PredictionRow::default();
        row.follow(&run, 100_000, 16);
        assert!(row.whole.len() <= 2, "{} bars", row.whole.len());
        let taken = run.iterates().len() - 1;
        let frames = (0..).take_while(|_| {
            row.follow(&run, 100_000, 16);
            row.is_behind()
        });
        assert!(frames.count() <= taken / row.stride + 1, "and comes to its end");
    }
}
