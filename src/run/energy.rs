//! What carries a heavy ball over a barrier: its kinetic energy in units of the loss, against the height left to the saddle.

use super::barrier::{Rest, Side, rest, side};
use super::{Run, StepAnalysis, StopReason};
use crate::analysis::{CriticalPoint, Kind};
use crate::numbers::{Point, Vector};
use crate::optimizers::{Choice, Motion};

/// The cosine of the angle within which a saddle lies ahead.
const AHEAD: f64 = 0.5;
/// How many steps back a saddle is looked for that was ahead.
const BACK: usize = 256;
/// How many distances are measured for it at most.
const MEASURED: usize = 50_000;

/// A saddle that was ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPass {
    /// The saddle; with one weight, the maximum.
    pub saddle: CriticalPoint,
    /// The iterate at which the ball was over it; `None` where it has turned back.
    pub crossed_at: Option<usize>,
}

/// A saddle that lies ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// The saddle; with one weight, a maximum.
    pub saddle: CriticalPoint,
    /// How much higher it is than the iterate; negative where it is lower.
    pub height: f64,
    /// How far away it is.
    pub distance: f64,
}

/// Whether the ball gets over the saddle: by continuing the run, or by its energy if that decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarrierForecast {
    /// Continued, the run comes to rest on the other side.
    Passes,
    /// Its energy is enough, yet continued the run comes to rest on this side.
    TurnsBack,
    /// Its energy is too little.
    Stays,
    /// It goes over the saddle, comes back, and rests on this side.
    ComesBack,
    /// It goes over any saddle: the weights leave for infinity.
    Diverges,
}

/// The energy of a ball at an iterate, in units of the loss.
///
/// The rule d ← βd − η∇f is that of a ball of mass 1/η that friction slows down by the factor β a step: its kinetic energy is
/// ‖d‖²/(2η), d being its last displacement. For an average of the gradients η(1−β) stands for η.
///
/// Source: N. Qian, On the momentum term in gradient descent learning algorithms (1999).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energy {
    /// ‖d‖²/(2η); at the start that of the initial velocity.
    pub kinetic: f64,
    /// The energy, loss plus kinetic, that is lost in the next step; negative if it gains.
    pub friction: Option<f64>,
    /// How far the ball would go on level ground.
    pub coast: f64,
    /// The nearest saddle ahead.
    pub pass: Option<Pass>,
    /// The last saddle that was ahead, or the one ahead if already crossed.
    pub last: Option<LastPass>,
    /// On which side of the saddle ahead the run comes to rest.
    side: Option<Side>,
    /// Whether the run goes over that saddle later on.
    goes_over: bool,
    /// Whether the run diverges after this step, or does so if it is continued.
    diverges: bool,
}

impl Energy {
    /// The energy at the iterate in focus; `None` for methods that are not a ball with one mass for both weights.
    ///
    /// `rest` is where the run ends if it is continued, see [`resting_place`]. Of the saddles that lie ahead, within 60° of the last displacement (at the start, of the next), the nearest one counts.
    pub fn of(run: &Run, analysis: &StepAnalysis, points: &[CriticalPoint], rest: Option<Rest>) -> Option<Self> {
        let method = run.recipe().optimizer.entry;
        let keep = method.recurrence(method.values(&analysis.replayed.parameters), analysis.index)?.keep;
        let now = inverse_mass_at(run, analysis.index)?;
        let at = analysis.iterate;
        let last = analysis.index.checked_sub(1);
        let displacement = last.map_or_else(|| initial_displacement(run), |last| run.iterates()[last].taken);
        let kinetic = energy(displacement, inverse_mass_at(run, last.unwrap_or(0))?);
        let step = analysis.proposed().unwrap_or_else(Vector::zeros);
        let after = analysis.change.map(|change| change.actual + energy(step, now));
        let friction = after.map(|after| kinetic - after).filter(|friction| friction.is_finite());
        let heading = if displacement == Vector::zeros() { step } else { displacement };
        let pass = pass_from(run, points, at.at, at.loss, heading);
        let last = last_pass(run, points, analysis.index, pass.map(|pass| pass.saddle));
        let coast = displacement.norm() * keep / (1.0 - keep);
        let minimum = rest.and_then(|rest| if let Rest::At(minimum) = rest { Some(minimum) } else { None });
        let side =
            pass.zip(minimum).and_then(|(pass, rest)| side(run.landscape(), points, pass.saddle.at, at.at, rest));
        let diverged = run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged && stop.step > analysis.index);
        let diverges = diverged || rest == Some(Rest::Leaves);
        let goes_over =
            side == Some(Side::This) && pass.is_some_and(|pass| goes_over(run, &pass.saddle, analysis.index));
        kinetic.is_finite().then_some(Self { kinetic, friction, coast, pass, last, side, goes_over, diverges })
    }

    /// Whether the ball gets over the saddle ahead; `None` if there is none, or if that is not known.
    pub fn forecast(&self) -> Option<BarrierForecast> {
        let pass = self.pass?;
        match self.side {
            Some(Side::Other) => Some(BarrierForecast::Passes),
            None if self.diverges => Some(BarrierForecast::Diverges),
            Some(Side::This) if self.goes_over => Some(BarrierForecast::ComesBack),
            _ if self.kinetic < pass.height => Some(BarrierForecast::Stays),
            Some(Side::This) => Some(BarrierForecast::TurnsBack),
            None => None,
        }
    }
}

/// Where the run of a ball ends if it is continued by some thousands of steps: see [`Energy::of`]. `None` for a method that is not
/// a ball.
pub fn resting_place(run: &Run, points: &[CriticalPoint]) -> Option<Rest> {
    inverse_mass_at(run, 0)?;
    Some(rest(run, points))
}

/// The nearest saddle within 60° of a direction.
fn pass_from(run: &Run, points: &[CriticalPoint], at: Point, loss: f64, heading: Vector) -> Option<Pass> {
    let is_ahead = |way: Vector| way.dot(&heading) > AHEAD * way.norm() * heading.norm();
    // With one weight the way over a barrier leads over a maximum.
    let dimension = run.landscape().dimension();
    let barrier = if dimension.is_one() { Kind::Maximum } else { Kind::Saddle };
    let way = |point: &CriticalPoint| dimension.part(point.at - at);
    let ahead = points.iter().filter(|point| point.kind == barrier && is_ahead(way(point))).map(|saddle| Pass {
        saddle: *saddle,
        height: saddle.value - loss,
        distance: way(saddle).norm(),
    });
    ahead.min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// The saddle ahead if the run has already crossed it, otherwise the last one that was ahead before an iterate, if that is not
/// long ago.
fn last_pass(run: &Run, points: &[CriticalPoint], index: usize, ahead: Option<CriticalPoint>) -> Option<LastPass> {
    let most = BACK.min(MEASURED / points.len().max(1));
    let iterates = run.iterates();
    let saddle_ahead = |step: usize| {
        let at = iterates[step];
        pass_from(run, points, at.at, at.loss, iterates[step - 1].taken).map(|pass| pass.saddle)
    };
    let mut back = (1..index).rev().take(most);
    let saddle = ahead.or_else(|| back.find_map(saddle_ahead))?;
    // The way over it goes along the direction in which the loss curves down.
    let landscape = run.landscape();
    let over = landscape.loss().second_order(saddle.at).hessian.eigen().vectors[0];
    let before = |step: usize| landscape.dimension().part(saddle.at - iterates[step].at).dot(&over);
    let now = before(index);
    let was_beyond = |step: &usize| before(*step) * now < 0.0;
    let crossed_at = (0..index).rev().take(most).find(was_beyond).map(|step| step + 1);
    // Passing by a saddle that was never ahead crosses no barrier.
    let was_ahead = |step: usize| saddle_ahead(step).is_some_and(|known| known.at == saddle.at);
    let mut beyond = (1..index).rev().take(most).filter(was_beyond);
    let crossed_at = crossed_at.filter(|_| beyond.any(was_ahead));
    (ahead.is_none() || crossed_at.is_some()).then_some(LastPass { saddle, crossed_at })
}

/// Whether a run comes over a saddle after an iterate, as far as it is recorded: to a place beyond it that is lower than it.
fn goes_over(run: &Run, saddle: &CriticalPoint, index: usize) -> bool {
    let landscape = run.landscape();
    let over = landscape.loss().second_order(saddle.at).hessian.eigen().vectors[0];
    let before = |at: Point| landscape.dimension().part(saddle.at - at).dot(&over);
    let iterates = &run.iterates()[index..];
    let now = before(iterates[0].at);
    let is_beyond = |at: Point, loss: f64| before(at) * now < 0.0 && loss < saddle.value;
    iterates.iter().take(MEASURED).any(|iterate| is_beyond(iterate.at, iterate.loss))
}

pub(super) fn energy(displacement: Vector, rate: f64) -> f64 {
    if displacement == Vector::zeros() { 0.0 } else { displacement.norm_squared() / (2.0 * rate) }
}

/// The displacement equivalent to the initial velocity, as if it led to the start.
pub(super) fn initial_displacement(run: &Run) -> Vector {
    let choice = &run.recipe().optimizer;
    let velocity = choice.initial_velocity();
    // Not a product with a rate that is not finite.
    let along_both = Vector::new(1.0, choice.rate_ratio()) * -choice.rate_at(0).unwrap_or(0.0);
    if velocity == Vector::zeros() { velocity } else { velocity.component_mul(&along_both) }
}

/// The inverse mass of the ball in a step of a run: the sum of a gradient's factors in all displacements from now on, times 1 − β,
/// the share that friction takes.
fn inverse_mass_at(run: &Run, index: usize) -> Option<f64> {
    let recipe = run.recipe();
    let entry = recipe.optimizer.entry;
    inverse_mass(&Choice { entry, parameters: recipe.parameters_at(index) }, index)
}

/// The inverse mass of the ball for a method with its parameters, in the step with this index; `None` also where each weight has a
/// rate of its own, since then the ball has two masses.
pub(super) fn inverse_mass(choice: &Choice, index: usize) -> Option<f64> {
    let entry = choice.entry;
    if choice.rate_ratio() != 1.0 {
        return None;
    }
    let Motion::HeavyBall(gains) = entry.gradient_sum?.motion else { return None };
    let values = choice.values();
    let intake = entry.recurrence(values, index)?.intake;
    let gains = gains(values, index);
    // A method that adds the newest gradient once more does so without memory.
    let share = gains.velocity + gains.newest * (1.0 - entry.recurrence(values, index + 1)?.keep);
    let rate = choice.rate_at(index)? * intake * share / gains.bias;
    (rate > 0.0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::critical_points;
    use crate::landscapes::Landscape;
    use crate::numbers::SplitMix64;
    use crate::optimizers::ENTRIES;
    use crate::run::{Iterate, Memory, Recipe};

    /// From (2, 1) toward the barrier of the double well: where it is, and its energy, step by step.
    fn escape(optimizer: &str) -> Vec<(f64, Option<Energy>)> {
        let landscape = Landscape::parse("double_well").unwrap();
        let points = critical_points(&landscape);
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::new(2.0, 1.0), 400);
        let run = Run::of(&landscape, &recipe);
        let rest = resting_place(&run, &points);
        let at_step = |index| {
            let analysis = StepAnalysis::of(&run, index).unwrap();
            (analysis.iterate.at.x, Energy::of(&run, &analysis, &points, rest))
        };
        (0..=400).map(at_step).collect()
    }

    const SADDLE: f64 = 0.101_031_257_881_010;

    #[test]
    fn the_heavy_ball_passes_the_saddle_at_step_10_with_energy_to_spare() {
        let way = escape("momentum:lr=0.02,beta=0.9");
        let passed = way.iter().position(|(x, _)| *x < SADDLE);
        assert_eq!(passed, Some(10), "the step at which it is over");
        for (index, (x, energy)) in way.iter().enumerate().take(10) {
            let energy = energy.unwrap();
            let pass = energy.pass.unwrap();
            assert!((pass.saddle.at.x - SADDLE).abs() < 1e-9, "step {index}: the saddle ahead of x = {x}");
            assert!(energy.kinetic >= pass.height, "step {index}: enough to pass");
            assert_eq!(energy.forecast(), Some(BarrierForecast::Passes), "step {index}: {energy:?}");
        }
        assert_eq!(way[11].1.unwrap().pass, None, "behind it there is none ahead");
        let (_, third) = way[3];
        let third = third.unwrap();
        assert!((third.kinetic - 1.6067).abs() < 1e-4 && (third.friction.unwrap() - 0.1935).abs() < 1e-4, "{third:?}");
        for (index, (_, energy)) in way.iter().enumerate() {
            assert!(energy.unwrap().friction.unwrap() >= -1e-15, "step {index}: friction takes, it does not give");
        }
    }

    /// A ball has one mass: energy is defined for the methods whose memory moves both weights at the same rate, and of no other.
    #[test]
    fn every_method_with_one_rate_for_its_memory_has_an_energy() {
        let landscape = Landscape::parse("tanh2").unwrap();
        for entry in ENTRIES.iter().filter(|entry| entry.unsupported_reason(&landscape).is_none()) {
            let run = Run::of(&landscape, &Recipe::new(Choice::of(entry), Point::new(0.7, -1.3), 6));
            let analysis = StepAnalysis::of(&run, 5).unwrap();
            let memory = Memory::of(&run, analysis.index, &analysis.replayed);
            let is_even = memory.and_then(|memory| memory.rates).is_some_and(|rates| rates.x == rates.y);
            assert_eq!(Energy::of(&run, &analysis, &[], None).is_some(), is_even, "{}", entry.id);
        }
    }

    #[test]
    fn the_average_with_the_same_rate_stays() {
        let way = escape("momentum:lr=0.02,beta=0.9,form=ema");
        assert!(way.iter().all(|(x, _)| *x > SADDLE), "it never passes");
        let said: Vec<BarrierForecast> = way.iter().filter_map(|(_, energy)| energy.as_ref()?.forecast()).collect();
        assert!(!said.is_empty() && !said.contains(&BarrierForecast::Passes), "too little, or turned back: {said:?}");
        let same = escape("momentum:lr=0.2,beta=0.9,form=ema");
        let heavy = escape("momentum:lr=0.02,beta=0.9");
        for ((_, one), (_, other)) in std::iter::zip(same, heavy).take(30) {
            let [one, other] = [one, other].map(|energy| energy.unwrap().kinetic);
            assert!((one - other).abs() <= 1e-9 * (1.0 + other), "ten times the rate is the same ball: {one}, {other}");
        }
        assert!(escape("gd:lr=0.02").iter().all(|(x, energy)| *x > SADDLE && energy.is_none()), "no memory, no energy");
    }

    /// In the other well it heads for the saddle again and again: that it is over it stays known.
    #[test]
    fn that_a_saddle_was_passed_stays_known() {
        let way = escape("momentum:lr=0.02,beta=0.9");
        let mut heads_back = 0;
        for (index, (x, energy)) in way.iter().enumerate().take(150).skip(12) {
            let energy = energy.unwrap();
            let last = energy.last.unwrap_or_else(|| panic!("step {index}: at x = {x} it has passed"));
            assert_eq!(last.crossed_at, Some(10), "step {index}: {energy:?}");
            heads_back += usize::from(energy.pass.is_some());
        }
        assert!(heads_back > 10, "{heads_back} steps toward the saddle");
        for (index, (_, energy)) in escape("momentum:lr=0.02,beta=0.9,form=ema").iter().enumerate() {
            assert!(energy.unwrap().last.is_none_or(|last| last.crossed_at.is_none()), "step {index}: it never passes");
        }
    }

    /// The forecast for a thousand random balls at a random step is how they end, by runs that are long from the beginning.
    #[test]
    fn what_is_said_of_a_thousand_balls_comes_true() {
        let mut counts = [0_usize; 4];
        for name in ["double_well", "himmelblau", "camel6", "camel3", "styblinski_tang"] {
            let landscape = Landscape::parse(name).unwrap();
            let points = critical_points(&landscape);
            let view = landscape.domain();
            let mut random = SplitMix64::of_names(&[name, "balls"]);
            let mut between = |[low, high]: [f64; 2]| low + random.uniform() * (high - low);
            for _ in 0..200 {
                let start = Point::new(between(view.x), between(view.y));
                let beta = between([0.5, 0.97]);
                let rate = landscape.suggestion().rate * between([0.05, 0.5]);
                let method = Choice::parse(&format!("momentum:lr={rate},beta={beta}")).unwrap();
                let recipe = |steps| Recipe::new(method.clone(), start, steps);
                let run = Run::of(&landscape, &recipe(40));
                let Some(Rest::At(rest)) = resting_place(&run, &points) else { continue };
                let index = (between([0.0, 30.0]) as usize).min(run.iterates().len() - 1);
                let analysis = StepAnalysis::of(&run, index).unwrap();
                let Some(energy) = Energy::of(&run, &analysis, &points, Some(Rest::At(rest))) else { continue };
                let (Some(pass), Some(forecast)) = (energy.pass, energy.forecast()) else { continue };
                let long = Run::of(&landscape, &recipe(6000));
                let end = long.iterates().last().unwrap().at;
                if (end - rest).norm() > 1e-2 * view.size() {
                    continue;
                }
                let across = landscape.loss().second_order(pass.saddle.at).hessian.eigen().vectors[0];
                let side_of = |at: Point| (at - pass.saddle.at).dot(&across).signum();
                let has_changed = side_of(end) != side_of(analysis.iterate.at);
                match forecast {
                    BarrierForecast::Passes => assert!(has_changed, "{name} {method:?} from {start} at {index}"),
                    BarrierForecast::TurnsBack | BarrierForecast::ComesBack => {
                        assert!(!has_changed, "{name} {method:?} from {start} at {index}");
                    }
                    // From elsewhere it may come round to the other side, but not over this saddle.
                    BarrierForecast::Stays => assert_ne!(energy.side, Some(Side::Other)),
                    BarrierForecast::Diverges => panic!("{name} {method:?} from {start} rests at {rest}"),
                }
                let beyond = |at: Point| side_of(at) != side_of(analysis.iterate.at);
                let goes_over = |step: &Iterate| beyond(step.at) && step.loss < pass.saddle.value;
                if forecast == BarrierForecast::ComesBack {
                    assert!(
                        long.iterates()[index..].iter().any(goes_over),
                        "{name} {method:?} from {start} at {index}"
                    );
                }
                counts[forecast as usize] += 1;
            }
        }
        let [others @ .., comes_back] = counts;
        assert!(
            others.iter().all(|count| *count > 10) && comes_back > 0,
            "passes, turns back, stays, comes back: {counts:?}"
        );
    }

    /// A short run that would leave if it were continued is not said to pass or not.
    #[test]
    fn a_run_that_leaves_after_its_last_step_is_said_to_diverge() {
        let landscape = Landscape::parse("saddle").unwrap();
        let points = critical_points(&landscape);
        let choice = Choice::parse("momentum:lr=0.026,beta=0.965").unwrap();
        let run = Run::of(&landscape, &Recipe::new(choice, Point::new(1.5, 0.01), 40));
        assert_ne!(run.stop().map(|stop| stop.reason), Some(StopReason::Diverged), "40 steps end before");
        let rest = resting_place(&run, &points);
        let energy = Energy::of(&run, &StepAnalysis::of(&run, 0).unwrap(), &points, rest).unwrap();
        assert!(energy.pass.is_some(), "the saddle is ahead");
        assert_eq!(energy.forecast(), Some(BarrierForecast::Diverges));
    }

    /// A run that diverges stays nowhere, however little energy it has yet.
    #[test]
    fn a_run_that_diverges_is_said_to() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let points = critical_points(&landscape);
        let recipe = Recipe::new(Choice::parse("momentum:lr=0.05").unwrap(), Point::new(0.0, 0.0), 200);
        let run = Run::of(&landscape, &recipe);
        let stop = run.stop().unwrap();
        assert_eq!(stop.reason, StopReason::Diverged);
        let mut seen = 0;
        for index in 0..stop.step {
            let energy = Energy::of(&run, &StepAnalysis::of(&run, index).unwrap(), &points, None).unwrap();
            if energy.pass.is_some() {
                assert_eq!(energy.forecast(), Some(BarrierForecast::Diverges), "step {index}");
                seen += 1;
            }
        }
        assert!(seen > 1, "{seen} steps with a saddle ahead");
    }
}
