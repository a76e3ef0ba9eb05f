//! Why a run stopped, in a word for files and in a sentence for people.

use super::walker::{Crossing, End, Walker};
use super::{Recipe, beside_hole};
use crate::analysis::{
    BeyondLimit, Curvature, Departure, Divergence, DivergenceCause, EndlessFall, Growth, Kink, LevelPoint, LocalModel,
    Shape,
};
use crate::landscapes::Landscape;
use crate::landscapes::grid::MissingValue;
use crate::numbers::numerals::{apart, brief, number};
use crate::numbers::{Dimension, Point, Vector, length};
use crate::optimizers::{Choice, Undefined};

/// A method that does not move for this many steps is at rest; one or two steps may merely have been rejected.
const IDLE: usize = 10;

/// The kinds of ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// All steps were taken.
    StepLimit,
    /// ‖∇f‖ fell to the tolerance.
    Converged,
    /// The weights left for infinity.
    Diverged,
    /// The method has no step here.
    UndefinedStep,
    /// The landscape has no value or derivative here, or a square of one is beyond float64.
    NotFinite,
}

impl StopReason {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::StepLimit => "step_limit",
            Self::Converged => "converged",
            Self::Diverged => "diverged",
            Self::UndefinedStep => "undefined_step",
            Self::NotFinite => "not_finite",
        }
    }
}

/// An end: the kind, the step, and the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The kind.
    pub reason: StopReason,
    /// The index of the iterate at which the run stopped or left the radius.
    pub step: usize,
    /// The sentence.
    pub text: String,
    /// Why a run diverged; `None` for other ends.
    pub divergence: Option<Divergence>,
}

impl Stop {
    /// Why a walk has ended; `None` while it is under way.
    pub(super) fn of(walker: &Walker) -> Option<Self> {
        let end = walker.end()?;
        let (landscape, recipe) = (walker.landscape(), walker.recipe());
        if let Some(crossing) = walker.crossing().filter(|_| *end != End::Converged) {
            return Some(Self::diverged(walker, crossing));
        }
        let last = walker.reached().saturating_sub(1);
        let (at, norm) = walker.place().map_or((recipe.start, 0.0), |place| (place.at, length(place.gradient)));
        Some(match end {
            End::Converged => Self::converged(landscape, last, at, norm),
            End::StepLimit | End::Left => Self::step_limit(walker, norm).held_by(beside_hole::reason_to_stand(walker)),
            End::Undefined(why) => Self::undefined(last, why),
            End::NotFinite(at) => Self::not_finite(walker.reached(), *at, landscape),
        })
    }

    /// How many steps were taken, and whether they still led anywhere: a method that has given up is not one that is under way.
    /// `norm` is ‖∇f‖ at the end.
    fn step_limit(walker: &Walker, norm: f64) -> Self {
        let (steps, idle, moved) = (walker.recipe().steps, walker.idle(), walker.invisible_distance());
        let (taken, slope) = (taken(steps, walker.rejected()), slope_there(walker, norm));
        let text = match idle {
            _ if idle < IDLE.min(steps) || idle == 0 => match moved.filter(|_| steps >= IDLE && norm > 0.0) {
                Some(moved) => format!("{taken}, but the weights moved by only {} in all: {slope}", number(moved)),
                None => taken,
            },
            _ if idle == steps => format!("{taken}, but the weights never moved: {slope}"),
            _ => format!("{taken}, but the weights have not moved since step {}: {slope}", steps - idle),
        };
        Self { reason: StopReason::StepLimit, step: steps, text, divergence: None }
    }

    /// Appends the edge of the data that keeps the run where it stands, if one does.
    fn held_by(mut self, edge: Option<String>) -> Self {
        if let Some(edge) = edge {
            self.text.push_str("; ");
            self.text.push_str(&edge);
        }
        self
    }

    /// Words for a converged run, with the kind of point it reached.
    fn converged(landscape: &Landscape, step: usize, at: Point, norm: f64) -> Self {
        let slope = if norm == 0.0 { "zero".to_owned() } else { format!("down to ‖∇f‖ = {}", number(norm)) };
        let (point, addition) = rest(&LevelPoint::of(landscape, at));
        Self {
            reason: StopReason::Converged,
            step,
            text: format!("Converged at step {step}{point}: the gradient is {slope}{addition}"),
            divergence: None,
        }
    }

    fn undefined(step: usize, why: &Undefined) -> Self {
        let reason = match why {
            Undefined::NotFinite => StopReason::NotFinite,
            Undefined::Singular(_)
            | Undefined::Constant
            | Undefined::NotCurved
            | Undefined::OneWeight { .. }
            | Undefined::Endless(_)
            | Undefined::Unsupported { .. }
            | Undefined::Withheld
            | Undefined::Unsuitable(_) => StopReason::UndefinedStep,
        };
        Self { reason, step, text: format!("Stopped at step {step}: {why}"), divergence: None }
    }

    /// The loss has no finite value or slope at `at`. Where measured data end there, or have a hole, the text says so.
    fn not_finite(step: usize, at: Point, landscape: &Landscape) -> Self {
        let place = match landscape.dimension() {
            Dimension::One => format!("x = {}", number(at.x)),
            Dimension::Two => format!("({}, {})", number(at.x), number(at.y)),
        };
        let why = landscape.hole(at);
        let text = match why {
            Some(MissingValue { lies, .. }) if step == 0 => format!("Stopped at step 0: the start {place} lies {lies}"),
            Some(MissingValue { went, .. }) => format!("Stopped at step {step}: it {went} {place}"),
            None => format!("Stopped at step {step}: the loss has no finite value and slope at {place}"),
        };
        Self { reason: StopReason::NotFinite, step, text, divergence: None }
    }

    /// Explains it by the step that left the divergence radius, and by the curvature before that step.
    fn diverged(walker: &Walker, crossing: Crossing) -> Self {
        let (departure, divergence) = blamed(walker, crossing);
        let why = cause(&departure, &divergence).map_or_else(String::new, |why| format!(": {why}"));
        let text = format!("Diverged at step {}{why}", crossing.step);
        Self { reason: StopReason::Diverged, step: crossing.step, text, divergence: Some(divergence) }
    }

    /// The rate that made the run diverge, if that is the cause.
    pub fn beyond(&self) -> Option<BeyondLimit> {
        self.divergence?.beyond()
    }
}

/// How many of the steps of a run were taken.
fn taken(steps: usize, rejected: usize) -> String {
    match (steps, rejected) {
        (1, 0) => "The step was taken".to_owned(),
        (1, _) => "The step was rejected".to_owned(),
        (_, 0) => format!("All {steps} steps were taken"),
        _ if rejected >= steps => format!("All {steps} steps were rejected"),
        _ => format!("{} of {steps} steps were taken, {rejected} rejected", steps - rejected),
    }
}

/// ‖∇f‖ where a walk has ended, as a clause; at a kink zero is a convention.
fn slope_there(walker: &Walker, norm: f64) -> String {
    if norm != 0.0 {
        return format!("‖∇f‖ is {} there", number(norm));
    }
    let is_convention = walker.place().is_some_and(|place| {
        let (loss, size) = (walker.landscape().loss(), walker.landscape().domain().size());
        Kink::of(loss, &walker.landscape().kink_lines(), place.at, size).is_some()
    });
    format!("the gradient is zero there{}", if is_convention { " only by convention" } else { "" })
}

/// The step that is to blame for a divergence, and how. If the rate is, that is the step with which the loss began to rise: later
/// ones, far out, meet curvatures that say nothing of the rate that was chosen.
fn blamed(walker: &Walker, crossing: Crossing) -> (Departure, Divergence) {
    let gradient = LocalModel::new(walker.landscape().loss(), walker.recipe().start).gradient;
    let by = |departure: Departure| (departure, Divergence::of(&departure).of_start(&departure, gradient));
    let last = by(departure(walker, (crossing.step.saturating_sub(1), crossing.before), crossing.taken));
    let first = walker.climb().filter(|_| last.1.beyond().is_some());
    let first = first.map(|climb| by(departure(walker, climb, crossing.taken)));
    first.filter(|(_, divergence)| divergence.beyond().is_some()).unwrap_or(last)
}

/// A step of a run that left: the curvature and the rate where it began, and the displacement `taken` with which the run left.
fn departure(walker: &Walker, (step, before): (usize, Point), taken: Vector) -> Departure {
    let (landscape, recipe): (&Landscape, &Recipe) = (walker.landscape(), walker.recipe());
    let optimizer = Choice { entry: recipe.optimizer.entry, parameters: recipe.parameters_at(step) };
    Departure {
        step,
        taken,
        curvature: Curvature::of(&LocalModel::new(landscape.loss(), before)),
        rate: optimizer.rate_at(step).zip(optimizer.stability_bound().ok()),
        fall: walker.fell().then(|| EndlessFall::of(landscape.loss(), before, taken)),
    }
}

/// The kind of point as " to a …", and a clause for the end of the sentence.
fn rest(point: &LevelPoint) -> (String, String) {
    let to = |what: &str| (format!(" to {what}"), String::new());
    match point {
        LevelPoint::Minimum => to("a minimum"),
        LevelPoint::Saddle => to("a saddle"),
        LevelPoint::Maximum => to("a maximum"),
        LevelPoint::OneOfMany { kind: "minimum", .. } => to("one of many minima"),
        LevelPoint::OneOfMany { kind: "maximum", .. } => to("one of many maxima"),
        LevelPoint::OneOfMany { .. } => to("one of a line of degenerate critical points"),
        LevelPoint::Along(absent, ending) => {
            (format!(" to a {} in {}", ending.word(), absent.other), format!(", and {}", absent.words()))
        }
        LevelPoint::Inflection => {
            (" to a point of inflection".to_owned(), ", but f′ does not change its sign".to_owned())
        }
        LevelPoint::Flat => (" where the loss is flat".to_owned(), String::new()),
        LevelPoint::Degenerate => {
            let why = ", but the curvature is zero along some direction, so it does not determine the kind";
            (" to a degenerate critical point".to_owned(), why.to_owned())
        }
        LevelPoint::Kink { goes_down: Some(false), curves_down: false, .. } => {
            (" to a minimum on a kink".to_owned(), " only by convention".to_owned())
        }
        LevelPoint::Kink { shape: Shape::Wall, .. } => {
            (" where the slope is infinite".to_owned(), " only by convention".to_owned())
        }
        LevelPoint::Kink { .. } => (" on a kink".to_owned(), " only by convention".to_owned()),
        LevelPoint::NotReached(Some((ending, away))) => {
            let model = format!(", and the quadratic model has its {} {} away", ending.word(), brief(*away));
            (" by the tolerance alone".to_owned(), model)
        }
        LevelPoint::NotReached(None) => {
            let model = ", and the Hessian is singular here, so it does not show whether a critical point is near";
            (" by the tolerance alone".to_owned(), model.to_owned())
        }
    }
}

/// " along v₁" or " along v₂", from 0.
fn along(eigenvector: usize) -> String {
    format!(" along v{}", ["₁", "₂"][eigenvector])
}

/// The factor by which the steps of a run grow.
fn amplification(Growth { factor, eigenvector, dimension }: Growth) -> String {
    let [factor, _] = apart(factor, 1.0);
    match dimension {
        Dimension::One => format!("|1−ηf″| = {factor}"),
        Dimension::Two => format!("|1−ηλ| = {factor}{}", along(eigenvector)),
    }
}

/// The cause of a divergence in a few words; `None` where nothing is known but that the steps led away.
fn cause(departure: &Departure, divergence: &Divergence) -> Option<String> {
    let Divergence { cause, growth, downward, from_rounding } = *divergence;
    let is_one = departure.curvature.is_some_and(|curvature| curvature.dimension().is_one());
    if let Some(growth) = growth {
        let grown = if from_rounding { ", from rounding" } else { "" };
        return Some(amplification(growth) + grown);
    }
    match cause {
        DivergenceCause::Rate(BeyondLimit { rate, limit, law, .. }) => {
            let [rate, limit] = apart(rate, limit);
            Some(format!("η = {rate} is beyond {law} = {limit}"))
        }
        DivergenceCause::FallsWithoutEnd(fall) => {
            let along = downward.filter(|_| !is_one).map_or_else(String::new, along);
            Some(format!("the loss {}{along}", fall.words()))
        }
        DivergenceCause::Steps => None,
    }
}

#[cfg(test)]
mod tests;
