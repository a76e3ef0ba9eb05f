//! What the slope does along a step: the valleys and ridges it goes over, and the kink lines it crosses.

use super::LocalModel;
use crate::landscapes::Loss;
use crate::numbers::{Vector, tolerance};

/// Stretches into which the step is cut.
const STRETCHES: usize = 64;
/// Slopes below this share of the steepest on the way have no sign: they are rounding.
const ROUNDING: f64 = tolerance::UNSEEN;
/// A jump of the slope below this share of all its changes is no kink line worth a word.
const SLIGHT: f64 = 0.02;
/// Stretches that are searched for a kink line: those whose slope changes least as the curvature says.
const SUSPECTS: usize = 4;
/// Halvings of a stretch: what jumps within the rest jumps at a point.
const HALVINGS: usize = 40;
/// Kink lines nearer to each other than this are one.
const SAME: f64 = tolerance::UNSEEN;

/// A place on the way at which the slope φ′ along the step jumps; φ′ is the change of the loss for the whole step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breakpoint {
    /// Where, as a share of the step.
    pub share: f64,
    /// φ′ just before it.
    pub before: f64,
    /// φ′ just behind it.
    pub behind: f64,
}

impl Breakpoint {
    /// How much higher the landing lies for it.
    pub fn lift(&self) -> f64 {
        (self.behind - self.before) * (1.0 - self.share)
    }

    /// Whether the loss goes down before it and up behind it.
    pub fn is_bottom(&self) -> bool {
        self.before < 0.0 && self.behind > 0.0
    }
}

/// The way of a step over the loss surface, φ(s) = f(w + sd) for s in \[0, 1\].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepProfile {
    /// φ′(0) = g·d.
    pub first_slope: f64,
    /// φ′(1).
    pub last_slope: f64,
    /// How often the slope turns from down to up.
    pub valleys: usize,
    /// How often it turns from up to down.
    pub ridges: usize,
    /// The kinks on the way that were found, at most a few.
    pub breakpoints: Vec<Breakpoint>,
}

impl StepProfile {
    /// Follows a step; `None` where a slope on the way is not finite. `loss` must be the one the model was made from.
    pub fn of(loss: &dyn Loss, model: &LocalModel, step: Vector) -> Option<Self> {
        let way = Way { loss, model, step };
        let slopes = way.slopes()?;
        let steepest = slopes.iter().map(|[slope, _]| slope.abs()).fold(0.0, f64::max);
        let signs: Vec<bool> = slopes
            .iter()
            .map(|[slope, _]| *slope)
            .filter(|slope| slope.abs() > ROUNDING * steepest)
            .map(|slope| slope > 0.0)
            .collect();
        let turns = |from: bool| signs.windows(2).filter(|pair| pair[0] == from && pair[1] != from).count();
        Some(Self {
            first_slope: slopes[0][0],
            last_slope: way.slope(1.0),
            valleys: turns(false),
            ridges: turns(true),
            breakpoints: way.breakpoints(&slopes),
        })
    }
}

struct Way<'a> {
    loss: &'a dyn Loss,
    model: &'a LocalModel,
    step: Vector,
}

impl Way<'_> {
    fn slope(&self, share: f64) -> f64 {
        self.loss.first_order(self.model.at + self.step * share).gradient.dot(&self.step)
    }

    /// φ′ and φ″ at the ends of all stretches.
    fn slopes(&self) -> Option<[[f64; 2]; STRETCHES + 1]> {
        let place = |axis: usize| {
            std::array::from_fn::<f64, { STRETCHES + 1 }, _>(|index| {
                self.model.at[axis] + self.step[axis] * share(index)
            })
        };
        let mut orders = [[0.0; 6]; STRETCHES + 1];
        self.loss.second_orders(&place(0), &place(1), &mut orders);
        let [x, y] = self.step.into();
        let is_finite = orders.iter().all(|[value, dx, dy, ..]| (value + dx * x + dy * y).is_finite());
        is_finite.then(|| {
            orders.map(|[_, dx, dy, dxx, dxy, dyy]| [dx * x + dy * y, dxx * x * x + 2.0 * dxy * x * y + dyy * y * y])
        })
    }

    /// The kink lines in those stretches in which the slope changes least as the curvature says.
    fn breakpoints(&self, slopes: &[[f64; 2]; STRETCHES + 1]) -> Vec<Breakpoint> {
        let variation: f64 = slopes.windows(2).map(|ends| (ends[1][0] - ends[0][0]).abs()).sum();
        let least = SLIGHT * variation;
        let suspects = suspects(slopes, least).into_iter().take(SUSPECTS);
        let mut breakpoints: Vec<Breakpoint> = suspects.filter_map(|index| self.breakpoint(index, least)).collect();
        breakpoints.sort_by(|a, b| a.share.total_cmp(&b.share));
        // A kink line between two stretches is the end of one and the beginning of the other.
        breakpoints.dedup_by(|next, breakpoint| {
            let is_one = next.share - breakpoint.share < SAME;
            if is_one {
                breakpoint.behind = next.behind;
            }
            is_one
        });
        breakpoints
    }

    /// The kink line in a stretch, found by keeping the half in which the slope changes more.
    fn breakpoint(&self, index: usize, least: f64) -> Option<Breakpoint> {
        let mut ends = [index, index + 1].map(|index| (share(index), self.slope(share(index))));
        for _ in 0..HALVINGS {
            let [(low, below), (high, above)] = ends;
            let middle = f64::midpoint(low, high);
            let between = self.slope(middle);
            ends = if (between - below).abs() >= (above - between).abs() {
                [(low, below), (middle, between)]
            } else {
                [(middle, between), (high, above)]
            };
        }
        let [(share, before), (_, behind)] = ends;
        // Written so that NaN is no kink line either.
        ((behind - before).abs() > least).then_some(Breakpoint { share, before, behind })
    }
}

/// The stretches in which the slope changes by more than `least` otherwise than the curvature says, the worst of them first.
fn suspects(slopes: &[[f64; 2]; STRETCHES + 1], least: f64) -> Vec<usize> {
    let surprise = |index: usize| {
        let [[before, bend_before], [after, bend_after]] = [slopes[index], slopes[index + 1]];
        (after - before - 0.5 * (bend_before + bend_after) / STRETCHES as f64).abs()
    };
    let mut suspects: Vec<usize> = (0..STRETCHES).filter(|index| surprise(*index) > least).collect();
    suspects.sort_by(|a, b| surprise(*b).total_cmp(&surprise(*a)));
    suspects
}

/// The share of the way at the beginning of a stretch.
fn share(index: usize) -> f64 {
    index as f64 / STRETCHES as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;

    fn step_profile(landscape: &Landscape, at: [f64; 2], step: [f64; 2]) -> StepProfile {
        let model = LocalModel::new(landscape.loss(), Point::from(at));
        StepProfile::of(landscape.loss(), &model, Vector::from(step)).unwrap()
    }

    #[test]
    fn valleys_ridges_and_breakpoints_are_counted() {
        for (text, at, step, valleys, ridges, breakpoints) in [
            ("bowl", [1.0, 0.0], [-0.9, 0.0], 0, 0, 0),
            ("bowl", [1.0, 0.0], [-1.9, 0.1], 1, 0, 0),
            ("saddle", [0.3, -1.0], [0.0, 2.0], 0, 1, 0),
            ("rastrigin", [0.3, 0.0], [2.0, 0.0], 2, 2, 0),
            ("l1", [1.0, 0.5], [-1.5, 0.1], 1, 0, 1),
            ("l1", [1.0, 0.5], [-1.5, -2.0], 1, 0, 2),
            ("relu_kink:r=0", [0.0, 0.0], [0.4, 0.4], 0, 0, 0),
            ("cliff", [2.0, 0.5], [-5.0, 0.0], 1, 0, 0),
        ] {
            let found = step_profile(&Landscape::parse(text).unwrap(), at, step);
            assert_eq!(
                (found.valleys, found.ridges, found.breakpoints.len()),
                (valleys, ridges, breakpoints),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn breakpoints_explain_all_of_a_folded_surface() {
        let landscape = Landscape::parse("relu_kink:r=0").unwrap();
        for (at, step) in [([0.0, 0.1], [1.3, 0.4]), ([-1.2, 1.7], [3.0, -1.0]), ([2.0, -1.0], [-3.1, 2.3])] {
            let model = LocalModel::new(landscape.loss(), Point::from(at));
            let found = step_profile(&landscape, at, step);
            let change = model.change(landscape.loss(), Vector::from(step));
            let lifted: f64 = found.breakpoints.iter().map(Breakpoint::lift).sum();
            let error = change.actual - change.linear - lifted;
            assert!(!found.breakpoints.is_empty() && error.abs() < 1e-9, "{at:?}: {error} of {found:?}");
        }
    }

    #[test]
    fn what_has_no_slope_has_no_line_profile() {
        let landscape = Landscape::of_formula("ln(x)+y").unwrap();
        let model = LocalModel::new(landscape.loss(), Point::new(1.0, 0.0));
        assert_eq!(StepProfile::of(landscape.loss(), &model, Vector::new(-4.0, 1.0)), None);
    }
}
