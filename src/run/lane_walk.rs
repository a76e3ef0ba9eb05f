//! Walks from many starts, sixteen per pack, each that of a [`Walker`](super::Walker); only the ends are kept.
//!
//! The two agree to the last bit where the loss has only arithmetic and roots, else up to the last bits of its elementary
//! functions. A walk that becomes non-finite, or whose step is not defined, is left to a walker.

use std::hint::black_box;

use super::ConvergenceTest;
use super::walker::{divergence_radius, is_two_cycle};
use crate::landscapes::Landscape;
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Dimension, Lanes, Point, Real, Vector};
use crate::optimizers::ManyStarts;

/// Starts that walk together: few enough for the nearest cache, many enough that a step of all is worth a call.
pub const TOGETHER: usize = 16 * WIDTH;

/// Why a start in lanes takes no further step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneEnd {
    /// It arrived.
    Converged,
    /// The weights left for infinity.
    Left,
    /// All steps were taken.
    StepLimit,
    /// Something is not finite: a walker has to say what.
    Unclear,
}

/// Where a start ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaneWalked {
    /// Why.
    pub end: LaneEnd,
    /// The point.
    pub at: Point,
    /// The loss there.
    pub loss: f64,
    /// How many steps were taken.
    pub steps: usize,
    /// Whether the last step led back to where the one before it began.
    pub is_two_cycle: bool,
}

/// Walks from up to [`TOGETHER`] starts.
#[derive(Clone)]
pub struct LaneWalk {
    landscape: Landscape,
    rule: ManyStarts,
    limit: usize,
    test: ConvergenceTest,
    step: usize,
    starts: Vec<Point>,
    at: Vec<[Lanes; 2]>,
    slopes: Vec<[Lanes; 6]>,
    /// 1 for starts that walk, 0 for those that have ended.
    walks: Vec<Lanes>,
    /// Index of the first start of each pack.
    first: Vec<usize>,
    walked: Vec<Option<LaneWalked>>,
    /// The last two positions of every start before the step limit.
    before: [Vec<[Lanes; 2]>; 2],
}

impl LaneWalk {
    /// Walks of at most `limit` steps from these starts, by a rule that was made for as many starts. `None` without starts, and on a
    /// landscape of one weight: lanes always walk with two.
    pub fn new(
        landscape: &Landscape,
        rule: ManyStarts,
        starts: &[Point],
        limit: usize,
        test: ConvergenceTest,
    ) -> Option<Self> {
        if landscape.dimension() == Dimension::One || starts.is_empty() {
            return None;
        }
        let packs: Vec<&[Point]> = starts.chunks(WIDTH).collect();
        let coordinates = |pack: &&[Point]| {
            [0, 1].map(|axis| {
                let numbers: Vec<f64> = pack.iter().map(|start| start[axis]).collect();
                Lanes::padded(&numbers)
            })
        };
        let walks = |pack: &&[Point]| Lanes(std::array::from_fn(|lane| if lane < pack.len() { 1.0 } else { 0.0 }));
        Some(Self {
            landscape: landscape.clone(),
            rule,
            limit,
            test,
            step: 0,
            starts: starts.to_vec(),
            at: packs.iter().map(coordinates).collect(),
            slopes: vec![[Lanes::constant(0.0); 6]; packs.len()],
            walks: packs.iter().map(walks).collect(),
            first: (0..packs.len()).map(|pack| pack * WIDTH).collect(),
            walked: vec![None; starts.len()],
            before: [Vec::new(), Vec::new()],
        })
    }

    /// Takes up to `budget` further steps; true once every start has ended.
    pub fn advance(&mut self, budget: usize) -> bool {
        for _ in 0..budget {
            if self.first.is_empty() {
                break;
            }
            self.look();
            if self.step == self.limit {
                self.end_all();
                break;
            }
            if let Some(place) = (self.limit - self.step).checked_sub(1).filter(|place| *place < 2) {
                self.before[place].clone_from(&self.at);
            }
            self.rule.step(&mut self.at, &self.slopes, &self.walks, self.landscape.loss());
            self.step += 1;
        }
        self.first.is_empty()
    }

    /// Evaluations per step, for all starts still walking.
    pub fn evaluations_per_step(&self) -> usize {
        self.first.len() * WIDTH
    }

    /// Where every start ended, in their order; `None` for one that still walks.
    pub fn walked(&self) -> &[Option<LaneWalked>] {
        &self.walked
    }

    /// As [`Self::walked`], consuming the walks.
    pub fn into_walked(self) -> Vec<Option<LaneWalked>> {
        self.walked
    }

    /// The starts.
    pub fn starts(&self) -> &[Point] {
        &self.starts
    }

    /// Evaluates the loss at all starts, and ends those that arrived, diverged or became non-finite.
    fn look(&mut self) {
        let loss = self.landscape.loss();
        if self.rule.second_order() {
            loss.second_orders_of_packs(&self.at, &mut self.slopes);
        } else {
            loss.first_orders_of_packs(&self.at, &mut self.slopes);
        }
        let bounds = Bounds::of(&self.test, self.landscape.domain().size());
        let mut from = 0;
        while let Some(pack) = self.next_in_question(&bounds, from) {
            from = pack + 1;
            if self.end_in(pack, &bounds) {
                // Another one takes its place.
                self.forget(pack);
                from = pack;
            }
        }
    }

    /// The first pack from a place on in which a walking start may have arrived, diverged or become non-finite.
    fn next_in_question(&self, bounds: &Bounds, from: usize) -> Option<usize> {
        let ConvergenceTest::Near(..) = self.test else {
            return next_in_question(&self.at, &self.slopes, &self.walks, bounds, from);
        };
        // No bound on a coordinate says how far the nearest minimum is.
        (from..self.at.len()).find(|pack| {
            let is_near = |lane: usize| {
                let at = Point::from(self.at[*pack].map(|axis| axis.0[lane]));
                self.walks[*pack].0[lane] != 0.0 && self.test.is_met(at, 0.0, Vector::zeros())
            };
            let this = *pack..*pack + 1;
            next_in_question(&self.at[this.clone()], &self.slopes[this.clone()], &self.walks[this], bounds, 0).is_some()
                || (0..WIDTH).any(is_near)
        })
    }

    /// Ends the starts of a pack that arrived, diverged or became non-finite; true if none of them walks any more.
    fn end_in(&mut self, pack: usize, bounds: &Bounds) -> bool {
        let is_near = matches!(self.test, ConvergenceTest::Near(..));
        for lane in 0..WIDTH {
            if self.walks[pack].0[lane] == 0.0 {
                continue;
            }
            let [x, y] = [self.at[pack][0].0[lane], self.at[pack][1].0[lane]];
            let [value, dx, dy] = [0, 1, 2].map(|place| self.slopes[pack][place].0[lane]);
            // Most walk on, and lengths and square roots of all of them would take longer than their steps.
            if !is_near && !bounds.put_in_question([x, y], [value, dx, dy]) {
                continue;
            }
            let start = self.starts[self.first[pack] + lane];
            let radius = divergence_radius(start.coords.norm(), self.landscape.domain().size());
            let end = if ![x, y, value, dx, dy].iter().all(|number| number.is_finite()) {
                LaneEnd::Unclear
            } else if self.test.is_met(Point::new(x, y), value, Vector::new(dx, dy)) {
                LaneEnd::Converged
            } else if Vector::new(x, y).norm() > radius {
                LaneEnd::Left
            } else {
                continue;
            };
            self.end(pack, lane, end);
            // It is parked at its start, which is within all bounds.
            for (axis, number) in self.at[pack].iter_mut().zip([start.x, start.y]) {
                axis.0[lane] = number;
            }
        }
        self.walks[pack].0.iter().all(|walks| *walks == 0.0)
    }

    fn end(&mut self, pack: usize, lane: usize, end: LaneEnd) {
        let [x, y] = self.at[pack].map(|pack| pack.0[lane]);
        let loss = self.slopes[pack][0].0[lane];
        let at = Point::new(x, y);
        let stood = |place: usize| {
            let [x, y] = self.before[place].get(pack)?.map(|pack| pack.0[lane]);
            Some(Point::new(x, y))
        };
        let is_two_cycle = end == LaneEnd::StepLimit
            && stood(0).zip(stood(1)).is_some_and(|(last, first)| is_two_cycle(first, last, at));
        let walked = LaneWalked { end, at, loss, steps: self.step, is_two_cycle };
        self.walked[self.first[pack] + lane] = Some(walked);
        self.walks[pack].0[lane] = 0.0;
    }

    fn end_all(&mut self) {
        for pack in 0..self.first.len() {
            for lane in 0..WIDTH {
                if self.walks[pack].0[lane] != 0.0 {
                    self.end(pack, lane, LaneEnd::StepLimit);
                }
            }
        }
        self.first.clear();
    }

    fn forget(&mut self, pack: usize) {
        self.at.swap_remove(pack);
        self.slopes.swap_remove(pack);
        for before in &mut self.before {
            if pack < before.len() {
                before.swap_remove(pack);
            }
        }
        self.walks.swap_remove(pack);
        self.first.swap_remove(pack);
        self.rule.forget(pack);
    }
}

/// Beyond these bounds a start is checked one by one.
struct Bounds {
    /// ‖∇f‖² at or below this.
    slope: f64,
    /// f at or below this.
    loss: f64,
    /// |x| or |y| above this.
    distance: f64,
}

impl Bounds {
    /// Whether a start at a point with this loss and slopes has to be checked one by one. Without a branch, and true for NaN.
    #[inline(always)]
    #[expect(clippy::needless_bitwise_bool, reason = "a branch would keep sixteen from being compared together")]
    fn put_in_question(&self, [x, y]: [f64; 2], [value, dx, dy]: [f64; 3]) -> bool {
        let slope = dx * dx + dy * dy;
        let is_clear = (slope > self.slope)
            & (x.abs() <= self.distance)
            & (y.abs() <= self.distance)
            & (value.abs() < f64::INFINITY)
            & (value > self.loss);
        !is_clear
    }

    fn of(test: &ConvergenceTest, size: f64) -> Self {
        // A coordinate at most half as far as the smallest radius is within every one of them.
        let distance = 0.5 * divergence_radius(0.0, size);
        let nothing = Self { slope: -1.0, loss: f64::NEG_INFINITY, distance };
        match test {
            ConvergenceTest::Gradient(most) => Self { slope: (most * most * (1.0 + 1e-9)).max(1e-300), ..nothing },
            ConvergenceTest::Loss(most) => Self { loss: *most, ..nothing },
            ConvergenceTest::Near(..) => nothing,
        }
    }
}

/// The first pack from a place on in which a start that walks has arrived, is far away, or has numbers that are not finite.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
fn next_in_question(
    at: &[[Lanes; 2]],
    slopes: &[[Lanes; 6]],
    walks: &[Lanes],
    bounds: &Bounds,
    from: usize,
) -> Option<usize> {
    for pack in from..at.len() {
        // Pack by pack, not one lane of many packs.
        let ([x, y], [value, dx, dy, ..], walks) = black_box((&at[pack], &slopes[pack], &walks[pack]));
        let mut questions = 0_u64;
        for lane in 0..WIDTH {
            let is_in_question =
                bounds.put_in_question([x.0[lane], y.0[lane]], [value.0[lane], dx.0[lane], dy.0[lane]]);
            questions |= u64::from(is_in_question) & u64::from(walks.0[lane] > 0.0);
        }
        if questions > 0 {
            return Some(pack);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::{End, Recipe, Walker};

    const STEPS: usize = 120;
    const TOLERANCE: f64 = 1e-6;

    /// Starts all over the region, no whole number of packs.
    fn starts(landscape: &Landscape) -> Vec<Point> {
        let view = landscape.domain();
        let at =
            |share: [f64; 2]| Point::new(view.x[0] + share[0] * view.width(), view.y[0] + share[1] * view.height());
        (0..11 * 9).map(|index| at([f64::from(index % 11) / 11.0 + 0.03, f64::from(index / 11) / 9.0 + 0.04])).collect()
    }

    fn in_lanes(landscape: &Landscape, choice: &Choice, slice: usize) -> Option<Vec<LaneWalked>> {
        let starts = starts(landscape);
        let rule = choice.in_lanes(starts.len().div_ceil(WIDTH))?;
        let mut walk = LaneWalk::new(landscape, rule, &starts, STEPS, ConvergenceTest::Gradient(TOLERANCE)).unwrap();
        while !walk.advance(slice) {
            walk = walk.clone();
        }
        Some(walk.walked().iter().map(|walked| walked.unwrap()).collect())
    }

    /// The walk from one start by a [`Walker`]; `None` where lanes leave it to one.
    fn alone(landscape: &Landscape, choice: &Choice, start: Point) -> Option<LaneWalked> {
        let recipe = Recipe::new(choice.clone(), start, STEPS);
        let recipe = Recipe { tolerance: Some(TOLERANCE), goes_on_diverged: false, ..recipe };
        let mut walker = Walker::new(landscape, &recipe);
        walker.advance(usize::MAX);
        let end = match walker.end()? {
            End::Converged => LaneEnd::Converged,
            End::Left => LaneEnd::Left,
            End::StepLimit => LaneEnd::StepLimit,
            End::Undefined(_) | End::NotFinite(_) => return None,
        };
        let place = walker.place()?;
        let is_two_cycle = end == LaneEnd::StepLimit && walker.is_two_cycle();
        Some(LaneWalked { end, at: place.at, loss: place.loss, steps: walker.reached() - 1, is_two_cycle })
    }

    /// The methods that fit into lanes, and what else they can be asked for.
    fn choices() -> Vec<Choice> {
        let spelled = [
            "gd:lr=0.01,schedule=cosine,horizon=50,floor=0.1",
            "gd:lr=0.01,schedule=warmup_cosine,warmup=20",
            "gd:lr=0.01,noise=0.5,seed=3",
            "momentum:lr=0.01,form=ema_debiased",
            "momentum:lr=0.005,dampening=0.5",
            "adam:convention=keras",
            "adam:bias_correction=false",
            "amsgrad:convention=optax",
            "nadam:convention=optax",
            "rmsprop:convention=keras",
            "adagrad:convention=optax",
            "newton:scale=0.5",
            "saddle_free:line_search=false,scale=0.5",
        ];
        ENTRIES.iter().map(|entry| Choice::of(entry)).chain(spelled.map(|text| Choice::parse(text).unwrap())).collect()
    }

    #[test]
    fn where_there_is_only_arithmetic_every_bit_is_that_of_the_run() {
        let mut fitted = 0;
        for text in ["himmelblau", "rosenbrock", "beale", "quad", "saddle", "formula:x^4 - 3x y + y^2", "relu2"] {
            let landscape = Landscape::parse(text).unwrap();
            for choice in choices() {
                let Some(walked) = in_lanes(&landscape, &choice, 7) else { continue };
                fitted += 1;
                for (start, walked) in starts(&landscape).into_iter().zip(walked) {
                    let expected = alone(&landscape, &choice, start);
                    let found = (walked.end != LaneEnd::Unclear).then_some(walked);
                    assert_eq!(found, expected, "{choice} on {text} from {start}");
                }
            }
        }
        assert!(fitted >= 7 * 30, "{fitted} walks in lanes");
    }

    #[test]
    fn elsewhere_nearly_all_starts_end_where_the_run_does() {
        for text in ["rastrigin", "ackley", "tanh2", "mccormick"] {
            let landscape = Landscape::parse(text).unwrap();
            for mut choice in choices() {
                // At a rate too large for the curvature every path is chaotic.
                if let Some(rate) = choice.entry.rate_index() {
                    choice.set(rate, 1e-3).unwrap();
                }
                let Some(walked) = in_lanes(&landscape, &choice, usize::MAX) else { continue };
                let starts = starts(&landscape);
                let differs = |(start, walked): &(&Point, LaneWalked)| {
                    let expected = alone(&landscape, &choice, **start);
                    expected.is_some_and(|expected| {
                        expected.end != walked.end
                            || (expected.at - walked.at).norm() > 1e-6 * (1.0 + walked.at.coords.norm())
                    })
                };
                let count = starts.iter().zip(walked).filter(differs).count();
                // Of a hundred starts: a twentieth for the methods whose paths are chaotic near a minimum.
                assert!(count * 20 <= starts.len(), "{choice} on {text}: {count} of {}", starts.len());
            }
        }
    }
}
