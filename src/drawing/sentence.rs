//! One step in one plain sentence: what the method's sheet promised, what the loss did, and why they differ.
//!
//! A method of first order is held to its plane, one of second order to its quadratic. The numbers
//! carry the ink of what they speak of, so that the sentence, the map and the slice agree.

use super::ink::Ink;
use crate::analysis::{Belief, Change};
use crate::landscapes::SpecError;
use crate::numbers::Vector;
use crate::numbers::numerals::{brief, knob, number};
use crate::optimizers::{Carried, Entry, Part, Step, Undefined, Verdict};
use crate::run::{Focus, Moment, Run, Stop, StopReason};

/// A promise counts as kept when the result is within this share of it.
const KEPT: f64 = 0.1;
/// Within this share it needs no "about".
const EXACT: f64 = 0.02;
/// Changes of the loss below this share of it are lost in rounding.
const RESOLUTION: f64 = 1e-13;
/// A level point of the quadratic nearer than this share of the landscape's view is where the method stands.
const HERE: f64 = 1e-6;

/// Words of a sentence, and the ink of what they speak of; `None` for plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The words, spaces included.
    pub text: String,
    /// What they speak of.
    pub ink: Option<Ink>,
}

/// The sentence for the step in focus; `stop` is why its run stopped, if it stopped at this iterate.
pub fn sentence(focus: &Focus, run: &Run, stop: Option<&Stop>) -> Vec<Piece> {
    let size = focus.iterate.gradient.norm();
    let converged = stop.is_some_and(|stop| stop.reason == StopReason::Converged);
    if converged || size == 0.0 && focus.moment.step.is_err() {
        return level(focus, run, converged);
    }
    let (step, change) = match (&focus.moment.step, focus.change) {
        (Ok(step), Some(change)) => (step, change),
        (Err(why), _) => return no_step(why),
        (Ok(_), None) => return Vec::new(),
    };
    if step.proposed == Vector::zeros() {
        return level(focus, run, converged);
    }
    let fallback = fallback(focus, run);
    Facts {
        change,
        second_order: focus.belief == Belief::Quadratic,
        fallback,
        carrier: carrier(focus, step, run.recipe().optimizer.entry),
        radius: radius(&focus.moment),
        overreach: focus.overreach(),
        verdict: step.verdict,
        ends_here: stop.is_some(),
        resolution: RESOLUTION * focus.iterate.loss.abs(),
        target: model_target(focus, step.proposed),
    }
    .told()
}

/// Why damped Newton walked down the gradient instead, if it did.
fn fallback(focus: &Focus, run: &Run) -> Option<&'static str> {
    if !run.recipe().optimizer.entry.second_order || focus.belief == Belief::Quadratic {
        return None;
    }
    let newton = focus.curvature.and_then(|curvature| curvature.newton_step);
    let of_hessian = run.recipe().optimizer.get("matrix") == Some(0.0);
    Some(match newton {
        Some(_) if of_hessian => "Newton's step does not go down here, so −∇f was used. ",
        _ => "Newton's step is undefined here, so −∇f was used. ",
    })
}

/// What carries a step uphill, if it goes there: the part of it that climbs the plane most.
fn carrier(focus: &Focus, step: &Step, entry: &Entry) -> &'static str {
    const MEMORY: &str = "The step goes uphill, carried by what the method remembers. ";
    let climb = |part: &Part| focus.iterate.gradient.dot(&part.displacement());
    let steepest = (0..step.parts.len()).max_by(|a, b| climb(&step.parts[*a]).total_cmp(&climb(&step.parts[*b])));
    let noisy = entry.knob_index("noise").is_some_and(|index| focus.moment.knobs[index] > 0.0);
    match (entry.id, steepest) {
        ("finite_step", _) => "The step goes up the plane, to the lowest place at this distance. ",
        ("langevin", Some(1)) => "The step goes uphill, thrown there by its random kick. ",
        ("sgd", Some(1)) => "The step goes uphill: it asked a few samples only, and for them this is down. ",
        ("adamw" | "lion", Some(1)) => "The step goes uphill, drawn toward zero by the weight decay. ",
        ("momentum" | "sgd", Some(0)) => MEMORY,
        ("nesterov" | "lion" | "adam" | "amsgrad" | "adamw" | "nadam", _) if noisy => {
            "The step goes uphill, carried by noise and by what the method remembers. "
        }
        _ if noisy => "The step goes uphill, misled by the noise on the gradient. ",
        ("sam", _) => "The step goes uphill: where the method looked, a little way up, that is down. ",
        _ => MEMORY,
    }
}

/// The trust radius that bound the step, and the one after it.
fn radius(moment: &Moment) -> Option<[f64; 2]> {
    let find = |state: &[(&str, Carried)]| {
        state.iter().find_map(|(_, carried)| if let Carried::Radius(radius) = carried { Some(*radius) } else { None })
    };
    Some([find(&moment.before)?, find(&moment.state)?])
}

/// Where the quadratic is level and the step goes, unless it is the bottom of a bowl.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Saddle,
    Hilltop,
}

/// The kind of the level point at which a step of Newton's direction aims.
fn model_target(focus: &Focus, proposed: Vector) -> Option<Target> {
    let curvature = focus.curvature.as_ref()?;
    let newton = curvature.newton_step?;
    let aligned = proposed.dot(&newton) >= (1.0 - 1e-9) * proposed.norm() * newton.norm();
    let [low, high] = curvature.eigen.values;
    match (aligned, low < 0.0, high < 0.0) {
        (true, true, true) => Some(Target::Hilltop),
        (true, true, false) => Some(Target::Saddle),
        _ => None,
    }
}

/// What the sentence is made from.
#[derive(Clone, Debug)]
struct Facts {
    change: Change,
    second_order: bool,
    fallback: Option<&'static str>,
    carrier: &'static str,
    radius: Option<[f64; 2]>,
    overreach: Option<f64>,
    verdict: Verdict,
    ends_here: bool,
    resolution: f64,
    target: Option<Target>,
}

impl Facts {
    /// The sheet the method believed in: its ink, its name, its promise.
    fn sheet(&self) -> (Ink, &'static str, f64) {
        if self.second_order {
            (Ink::Quadratic, "The quadratic", self.change.quadratic)
        } else {
            (Ink::Plane, "The tangent plane", self.change.linear)
        }
    }

    /// Whether the step was made, so that the result is a fact.
    fn happened(&self) -> bool {
        !self.ends_here && self.verdict != Verdict::Rejected
    }

    fn told(&self) -> Vec<Piece> {
        let (ink, name, promise) = self.sheet();
        let actual = self.change.actual;
        let mut words = Words::default();
        let kept = (actual - promise).abs() <= KEPT * promise.abs();
        if !promise.is_finite() {
            words
                .say(name)
                .say(if self.ends_here { " promises " } else { " promised " })
                .inked("no finite change", Ink::Gap);
            words.say(": the numbers are too large to go on");
            return words.end(".").done();
        }
        self.lead_in(&mut words, name);
        words.say(if self.ends_here { " promises " } else { " promised " });
        words.amount(if promise < 0.0 { "a drop of " } else { "a rise of " }, promise, ink);
        if promise.abs() <= self.resolution {
            words.say(", less than the loss can show");
        } else if !actual.is_finite() {
            words.say(". ").say("The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
            words.say(if self.happened() { "landed" } else { "would land" });
        } else if kept {
            words.say(", and ").result(self, Ink::Truth);
            let exactly = (actual - promise).abs() <= EXACT * promise.abs();
            words.say(if exactly { ": as promised" } else { ": about as promised" });
        } else {
            let rose = actual > 0.0 && promise < 0.0;
            words.say(if rose { "; " } else { ". " }).result(self, if rose { Ink::Gap } else { Ink::Truth });
            self.explain(&mut words);
        }
        self.verdict(&mut words);
        words.end(".").done()
    }

    /// What must be known before the promise makes sense.
    fn lead_in(&self, words: &mut Words, name: &'static str) {
        let target = self.target.filter(|_| self.second_order);
        words.say(self.fallback.unwrap_or_default());
        match target {
            Some(Target::Saddle) => words.say("The step goes to the saddle of its quadratic, which"),
            Some(Target::Hilltop) => words.say("The step goes to the hilltop of its quadratic, which"),
            None if !self.second_order && self.change.linear > 0.0 => words.say(self.carrier).say(name),
            None => words.say(name),
        };
    }

    /// Why promise and result differ.
    fn explain(&self, words: &mut Words) {
        let (_, _, promise) = self.sheet();
        let Change { linear, quadratic, actual } = self.change;
        if self.second_order {
            let share = actual / promise;
            let why = match share {
                _ if actual > 0.0 && promise < 0.0 => ". That far out the land is no longer the quadratic",
                share if share > 1.0 => ": more than promised",
                _ => ": the land is not the quadratic that far out",
            };
            words.say(why);
            return;
        }
        if promise > 0.0 || actual / promise > 1.0 {
            words.say(match (actual < promise, quadratic < linear) {
                (true, true) => ": the land curves down, away from the plane",
                (true, false) => ": further on the land falls away from the plane",
                (false, _) => ": the land curves up, away from the plane",
            });
            return;
        }
        words.say(if actual > 0.0 { ". The step " } else { ": the step " });
        words.say(if self.happened() { "went " } else { "would go " });
        match self.overreach {
            Some(times) if times >= 1.15 => {
                words.say(&format!("{} times further than the plane is good for", brief(times)))
            }
            _ => words.say("a little further than the plane is good for"),
        };
    }

    fn verdict(&self, words: &mut Words) {
        match self.verdict {
            Verdict::Taken => {}
            Verdict::Rejected => {
                words.say(". ").inked("Rejected", Ink::Gap).say(": the run stays where it is");
                if let Some([before, after]) = self.radius {
                    words.say(&format!(", and the trust radius Δ goes from {} to {}", knob(before), knob(after)));
                }
            }
            Verdict::Truncated => {
                let size = self.radius.map_or_else(String::new, |[before, _]| format!(" Δ = {}", knob(before)));
                words.say(&format!(". The trust radius{size} held the step back"));
            }
        }
    }
}

/// Where there is nothing to walk down: what kind of point it is depends on the curvature, if it is one at all.
fn level(focus: &Focus, run: &Run, converged: bool) -> Vec<Piece> {
    let size = focus.iterate.gradient.norm();
    let curvature = focus.curvature.as_ref();
    let mut words = Words::default();
    let flat = curvature.is_some_and(|curvature| curvature.eigen.values == [0.0; 2]);
    if size == 0.0 && flat {
        words.say("The gradient is ").inked("zero", Ink::Truth).say(", and so is the curvature: ");
        words.say(if run.landscape().entry().id == "relu" {
            "the unit is off for every sample, and the method stays where it is"
        } else {
            "the land is flat here, and the method stays where it is"
        });
        return words.end(".").done();
    }
    let away = curvature.and_then(|curvature| curvature.newton_step).map(|step| step.norm());
    let reached = size == 0.0 || away.is_none_or(|away| away <= HERE * run.landscape().view().size());
    match run.recipe().tolerance.filter(|_| converged) {
        _ if reached => {}
        Some(tolerance) => {
            words.say("The gradient is down to ").inked(&number(size), Ink::Truth);
            words.say(&format!(". The land is flatter here than the tolerance {}: ", knob(tolerance)));
            return words.say("too flat to go on, though no level point is reached").end(".").done();
        }
        None => {
            words.say("This step has no length, though the gradient is ").inked(&number(size), Ink::Truth);
            return words.end(".").done();
        }
    }
    if size == 0.0 {
        words.say("The gradient is ").inked("zero", Ink::Truth);
    } else {
        words.say("The gradient is down to ").inked(&number(size), Ink::Truth);
    }
    words.say(": the tangent plane is level and promises nothing. ");
    words.say(kind(curvature.map_or([0.0; 2], |curvature| curvature.eigen.values), away.is_some()));
    words.end(".").done()
}

/// The kind of a level point, which a singular Hessian does not tell.
fn kind([low, high]: [f64; 2], regular: bool) -> &'static str {
    match (low, high) {
        (low, _) if regular && low > 0.0 => "The land curves up both ways, so this is a minimum",
        (_, high) if regular && high < 0.0 => "The land curves down both ways, so this is a maximum",
        (low, high) if low < 0.0 && high > 0.0 => "The land curves up one way and down the other, so this is a saddle",
        _ => "The curvature is zero along some direction, so it does not tell which kind of point this is",
    }
}

fn no_step(why: &Undefined) -> Vec<Piece> {
    let mut words = Words::default();
    words.inked("No step here", Ink::Gap).say(": ");
    match why {
        Undefined::Singular(matrix) => {
            words.say(&format!("{matrix} is singular, the quadratic has no single level point to go to"))
        }
        Undefined::Unsuitable(SpecError::NoGaussNewton) => {
            words.say("only a network has a Gauss–Newton matrix, so choose the Hessian on this land")
        }
        other => words.say(&other.to_string()),
    };
    words.end(".").done()
}

/// A sentence under way.
#[derive(Default)]
struct Words(Vec<Piece>);

impl Words {
    fn say(&mut self, text: &str) -> &mut Self {
        match self.0.last_mut() {
            Some(Piece { text: last, ink: None }) => last.push_str(text),
            _ => self.0.push(Piece { text: text.to_owned(), ink: None }),
        }
        self
    }

    fn inked(&mut self, text: &str, ink: Ink) -> &mut Self {
        self.0.push(Piece { text: text.to_owned(), ink: Some(ink) });
        self
    }

    fn amount(&mut self, direction: &str, value: f64, ink: Ink) -> &mut Self {
        self.say(direction).inked(&brief(value), ink)
    }

    /// What the loss did, or would do.
    fn result(&mut self, facts: &Facts, ink: Ink) -> &mut Self {
        let actual = facts.change.actual;
        let after_stop = self.0.last().is_none_or(|piece| piece.text.ends_with(". "));
        self.say(if after_stop { "The loss " } else { "the loss " });
        let [fell, rose, stayed] = match (facts.ends_here, facts.verdict) {
            (true, _) => ["would fall by ", "would rise by ", "would not change"],
            (false, Verdict::Rejected) => ["would have fallen by ", "would have risen by ", "would not have changed"],
            (false, _) => ["fell by ", "rose by ", "did not change"],
        };
        if actual.abs() <= facts.resolution {
            return self.say(stayed);
        }
        self.amount(if actual < 0.0 { fell } else { rose }, actual, ink)
    }

    fn end(&mut self, stop: &str) -> &mut Self {
        self.say(stop)
    }

    fn done(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests;
