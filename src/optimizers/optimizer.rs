//! The trait of a rule, its entry in the registry, and an optimizer as it was chosen: an entry with values for its knobs.

use std::fmt;

use super::schedule::{self, Scheduled};
use super::{Ball, ENTRIES, Step, Undefined};
use crate::analysis::{NoLaw, RateLaw};
use crate::landscapes::{Landscape, Oracle, Parameter, SpecError, Words, nearest};
use crate::numbers::{Point, Symmetric2, Vector};

/// A rule with its state.
pub trait Optimizer: Send + Sync {
    /// Takes over new values of the knobs, in the entry's order; the state goes on as it is.
    fn tune(&mut self, knobs: &[f64]);

    /// The step from a point; the state moves on.
    ///
    /// # Errors
    /// [`Undefined`] where the rule has no step; the state is as before.
    fn step(&mut self, at: Point, oracle: &mut Oracle<'_>) -> Result<Step, Undefined>;

    /// A copy with the same state.
    fn boxed(&self) -> Box<dyn Optimizer>;

    /// Whether a step depends on the steps before it; where it does not, none of them is replayed to show it.
    fn remembers(&self) -> bool {
        true
    }

    /// What the rule carries from step to step, for people to read, by name: (`velocity v`, a vector).
    fn state(&self) -> Vec<(&'static str, Carried)> {
        Vec::new()
    }

    /// What the last step, which is handed back, was measured by; as plain descent, unless the rule says otherwise.
    fn ball(&self, step: &Step) -> Ball {
        Ball::of_first_part(step)
    }

    /// What the last step computed on the way from the state to the displacement: (`m̂`, a vector).
    fn working(&self) -> Vec<(&'static str, Carried)> {
        Vec::new()
    }
}

/// A quantity of a rule, and what it is: some have a shape that can be drawn around the point.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// A number.
    Number(f64),
    /// A direction, or one number for each weight.
    Vector(Vector),
    /// How far a sheet is trusted: a disc around the point.
    Radius(f64),
    /// An estimate of the inverse Hessian: an ellipse around the point, long where the land seems flat.
    InverseHessian(Symmetric2),
    /// The samples of a batch, by their numbers.
    Samples(Vec<usize>),
}

impl Carried {
    /// Its numbers, for tests and tables.
    pub fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Number(value) | Self::Radius(value) => vec![*value],
            Self::Vector(vector) => vec![vector.x, vector.y],
            Self::InverseHessian(matrix) => vec![matrix.xx, matrix.xy, matrix.yy],
            Self::Samples(samples) => samples.iter().map(|sample| *sample as f64).collect(),
        }
    }
}

/// The sum of the gradients met, each with its weight, among what a rule carries: its velocity or its average.
pub fn sum_of_gradients(state: &[(&'static str, Carried)]) -> Option<Vector> {
    state.iter().find_map(|(name, carried)| match (*name, carried) {
        ("velocity v" | "average m", Carried::Vector(vector)) => Some(*vector),
        _ => None,
    })
}

/// What a method rests on: its heading in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The gradient at the point, and nothing else.
    Gradient,
    /// Gradients remembered.
    Momentum,
    /// A rate for each weight, from the squares of its gradients.
    Adaptive,
    /// Chance.
    Random,
    /// A search along the way.
    LineSearch,
    /// The Hessian.
    SecondOrder,
    /// What gradients along the way say about the Hessian.
    QuasiNewton,
}

impl Family {
    /// Every family, in the order of the menu.
    pub const ALL: [Self; 7] = [
        Self::Gradient,
        Self::Momentum,
        Self::Adaptive,
        Self::Random,
        Self::LineSearch,
        Self::SecondOrder,
        Self::QuasiNewton,
    ];

    /// The heading in the menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gradient => "Gradient",
            Self::Momentum => "Momentum",
            Self::Adaptive => "A rate for each weight",
            Self::Random => "Chance",
            Self::LineSearch => "Line search",
            Self::SecondOrder => "Second order",
            Self::QuasiNewton => "Quasi-Newton",
        }
    }
}

/// A knob's default that depends on a choice made for another knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditional {
    /// The other knob, and its value for which this holds.
    pub when: (&'static str, f64),
    /// The knob.
    pub knob: &'static str,
    /// Its default then.
    pub default: f64,
}

/// What the length of a method's steps follows, and so what its learning rate should be measured by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// The gradient: this share of the rate that suits gradient descent.
    Gradient(f64),
    /// The rate alone, however steep it is: this share of the region shown.
    Region(f64),
    /// Neither: the same rate on every landscape.
    Fixed(f64),
    /// There is no rate, or its default suits every landscape.
    Own,
}

/// An optimizer of the catalogue.
pub struct Entry {
    /// The fixed id.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub idea: &'static str,
    /// The update rule.
    pub rule: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Its knobs, in the order [`Optimizer::tune`] takes them.
    pub knobs: &'static [Parameter],
    /// Defaults that depend on other knobs.
    pub conditionals: &'static [Conditional],
    /// What it rests on.
    pub family: Family,
    /// Whether it believes in the paraboloid rather than in the plane.
    pub second_order: bool,
    /// Why it cannot walk on a landscape; `None` where it can.
    pub unsuited: fn(&Landscape) -> Option<&'static str>,
    /// Its stability theorem on a quadratic for given knobs, or why there is none.
    pub rate_law: fn(&[f64]) -> Result<RateLaw, NoLaw>,
    /// What its rate is measured by, for given knobs, where no theorem tells.
    pub pace: fn(&[f64]) -> Pace,
    /// A fresh rule with these knobs.
    pub build: fn(&[f64]) -> Box<dyn Optimizer>,
}

impl Entry {
    /// The position of a knob.
    pub fn knob_index(&self, name: &str) -> Option<usize> {
        self.knobs.iter().position(|knob| knob.name == name)
    }

    /// The position of what a suggested rate is for: the learning rate, or that of the first step where the rule finds
    /// its own.
    pub fn first_rate_index(&self) -> Option<usize> {
        self.rate_index().or_else(|| self.knob_index("lr0"))
    }

    /// The learning rate's position, if the rule has one.
    pub fn rate_index(&self) -> Option<usize> {
        self.knob_index("lr")
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// For rules that walk on any landscape.
pub(super) fn suits_all(_: &Landscape) -> Option<&'static str> {
    None
}

/// For rules without a learning rate.
pub(super) fn no_rate_law(_: &[f64]) -> Result<RateLaw, NoLaw> {
    Err(no_law("it has no learning rate", "The method finds the length of its steps by itself."))
}

/// For rules whose rates follow the gradients they have met.
pub(super) fn adaptive_law(_: &[f64]) -> Result<RateLaw, NoLaw> {
    Err(no_law(
        "no limit is known: its rates vary",
        "The track is hatched because no theorem tells which rates of this method are stable: it divides by the gradients it has met, so that no fixed curvature bounds η. Near a minimum it hops about by η or so.",
    ))
}

/// For rules whose steps have one length, however near the minimum is.
pub(super) fn hopping_law(_: &[f64]) -> Result<RateLaw, NoLaw> {
    Err(no_law(
        "no limit: it hops about at any rate",
        "The track is hatched because no rate settles: a step is as long near the minimum as far from it, and a smaller rate only makes the hops smaller.",
    ))
}

/// For rules without a theorem: in a few words, and in a sentence.
pub(super) const fn no_law(brief: &'static str, story: &'static str) -> NoLaw {
    NoLaw { brief, story, sure_below_diagonal: false }
}

/// For rules without a rate, or whose theorem tells.
pub(super) fn own_pace(_: &[f64]) -> Pace {
    Pace::Own
}

/// An optimizer as it was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Which rule.
    pub entry: &'static Entry,
    /// The values of its knobs, in the entry's order.
    pub knobs: Vec<f64>,
}

impl Choice {
    /// The entry with its default knobs.
    pub fn of(entry: &'static Entry) -> Self {
        let mut choice = Self { entry, knobs: entry.knobs.iter().map(|knob| knob.default).collect() };
        choice.apply_conditionals(|_| true);
        choice
    }

    /// Reads `ID:key=value,…`.
    ///
    /// # Errors
    /// [`SpecError`] naming the word that is wrong.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        let words = Words::cut(text)?;
        let entry = ENTRIES.iter().find(|entry| entry.id == words.id).ok_or_else(|| SpecError::UnknownId {
            kind: "optimizer",
            word: words.id.to_owned(),
            hint: nearest(words.id, ENTRIES.iter().map(|entry| entry.id)),
        })?;
        let mut choice = Self::of(entry);
        let mut given = Vec::new();
        for (key, value) in words.pairs {
            let index = entry.knob_index(key).ok_or_else(|| choice.unknown_knob(key))?;
            choice.knobs[index] = entry.knobs[index].read(value)?;
            given.push(key);
        }
        choice.apply_conditionals(|knob| !given.contains(&knob));
        Ok(choice)
    }

    fn unknown_knob(&self, key: &str) -> SpecError {
        let known: Vec<&str> = self.entry.knobs.iter().map(|knob| knob.name).collect();
        SpecError::UnknownKey {
            id: self.entry.id.to_owned(),
            word: key.to_owned(),
            hint: nearest(key, known.iter().copied()),
            known: if known.is_empty() { "none".to_owned() } else { known.join(", ") },
        }
    }

    fn apply_conditionals(&mut self, free: impl Fn(&str) -> bool) {
        for conditional in self.entry.conditionals {
            let (other, value) = conditional.when;
            if self.get(other) == Some(value)
                && free(conditional.knob)
                && let Some(index) = self.entry.knob_index(conditional.knob)
            {
                self.knobs[index] = conditional.default;
            }
        }
    }

    /// Sets one knob; defaults that depend on it follow, unless the user had chosen another value.
    ///
    /// # Errors
    /// [`SpecError::OutOfDomain`] when the value makes no sense.
    pub fn set(&mut self, index: usize, value: f64) -> Result<(), SpecError> {
        let Some(knob) = self.entry.knobs.get(index) else { return Ok(()) };
        knob.check(value)?;
        let before = Self::of(self.entry).knobs;
        let untouched: Vec<&str> = std::iter::zip(self.entry.knobs, std::iter::zip(&self.knobs, &before))
            .filter(|(knob, (now, default))| now == default || self.is_conditional_default(knob.name, **now))
            .map(|(knob, _)| knob.name)
            .collect();
        self.knobs[index] = value;
        if knob.choices().is_some() {
            self.apply_conditionals(|name| untouched.contains(&name));
        }
        Ok(())
    }

    fn is_conditional_default(&self, knob: &str, value: f64) -> bool {
        self.entry.conditionals.iter().any(|conditional| conditional.knob == knob && conditional.default == value)
    }

    /// The value of a knob by name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.entry.knob_index(name).map(|index| self.knobs[index])
    }

    /// A fresh rule.
    pub fn build(&self) -> Box<dyn Optimizer> {
        let rule = (self.entry.build)(&self.knobs);
        match Scheduled::around(self.entry, rule, &self.knobs) {
            Ok(scheduled) => Box::new(scheduled),
            Err(rule) => rule,
        }
    }

    /// Whether a knob does anything, by the values of the others.
    pub fn acts(&self, index: usize) -> bool {
        self.entry.knobs.get(index).is_some_and(|knob| knob.acts.holds(|name| self.get(name)))
    }

    /// The learning rate in the step of this number, by its schedule; `None` for methods without one.
    pub fn rate_at(&self, step: usize) -> Option<f64> {
        let index = self.entry.rate_index()?;
        Some(self.knobs[index] * schedule::factor_at(self.entry, &self.knobs, step))
    }

    /// What the rate is measured by.
    ///
    /// A quarter of gradient descent's rate suits a heavy ball with β = 0.9, whose limit is 3.8/λmax; other methods
    /// with a velocity come as near to their own limit as that.
    pub fn pace(&self) -> Pace {
        match self.rate_law() {
            Ok(law) if law.recursion.rings_late() => Pace::Gradient(1.0),
            Ok(law) => Pace::Gradient(0.25 * law.recursion.limit().min(20.0) / 3.8),
            Err(_) => (self.entry.pace)(&self.knobs),
        }
    }

    /// The stability theorem for these knobs.
    ///
    /// # Errors
    /// Why there is none.
    pub fn rate_law(&self) -> Result<RateLaw, NoLaw> {
        (self.entry.rate_law)(&self.knobs)
    }
}

/// The spelling of the command line: every knob of the rule, and what is chosen of schedule and noise.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |(index, (knob, value)): &(usize, (&Parameter, &f64))| {
            self.acts(*index) && !(schedule::KNOBS.contains(knob) && knob.default == **value)
        };
        let pairs: Vec<String> = std::iter::zip(self.entry.knobs, &self.knobs)
            .enumerate()
            .filter(said)
            .map(|(_, (knob, value))| format!("{}={}", knob.name, knob.spell(*value)))
            .collect();
        let separator = if pairs.is_empty() { "" } else { ":" };
        write!(f, "{}{separator}{}", self.entry.id, pairs.join(","))
    }
}

/// The knob every first-order rule has.
pub(super) const fn learning_rate(default: f64) -> Parameter {
    Parameter::log("lr", "η", default, [1e-5, 10.0]).told(
        "learning rate",
        "How long the step is, as a multiple of the gradient. Drag it and watch where the plane stops being true.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_round_trips_for_every_optimizer() {
        for entry in ENTRIES {
            let choice = Choice::of(entry);
            assert_eq!(Choice::parse(&choice.to_string()), Ok(choice.clone()), "{choice}");
            assert_eq!(Choice::parse(entry.id), Ok(choice), "{}", entry.id);
        }
    }

    #[test]
    fn defaults_follow_the_choices_they_depend_on() {
        let delta = |text: &str| Choice::parse(text).unwrap().get("delta");
        assert_eq!(delta("saddle_free"), Some(1e-6), "with line search");
        assert_eq!(delta("saddle_free:line_search=false"), Some(1e-3), "without");
        assert_eq!(delta("saddle_free:delta=0.5,line_search=false"), Some(0.5), "given");
        let mut choice = Choice::parse("adam").unwrap();
        let convention = choice.entry.knob_index("convention").unwrap();
        choice.set(convention, 2.0).unwrap();
        assert_eq!(choice.get("eps"), Some(1e-7), "keras");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, words) in [
            ("adm", "did you mean 'adam'"),
            ("gd:rate=1", "it has: lr"),
            ("gd:lr=0", "above 0"),
            ("gd:lr=-0.1", "above 0"),
            ("gd:lr=1e999", "'1e999' is not a finite number"),
            ("momentum:beta=1", "below 1"),
            ("lbfgs:m=21", "m cannot be 21: it must be a whole number from 1 to 20"),
            ("sgd:batch=1000000000000", "a whole number from 1 to 10000"),
            ("sgd:batch=2.5", "a whole number from 1 to 10000"),
            ("momentum:form=heavyball", "did you mean 'heavy_ball'"),
        ] {
            let error = Choice::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
