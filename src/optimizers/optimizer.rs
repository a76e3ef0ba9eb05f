//! The trait of a rule, its entry in the registry, and an optimizer as it was chosen: an entry with values for its knobs.

use std::fmt;

use super::{ENTRIES, Step, Undefined};
use crate::analysis::RateLaw;
use crate::landscapes::{Oracle, Parameter, SpecError, Words, nearest};
use crate::numbers::Point;

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

    /// What the rule carries from step to step, for people to read: (`v`, its components).
    fn state(&self) -> Vec<(&'static str, Vec<f64>)> {
        Vec::new()
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
    /// Whether it believes in the paraboloid rather than in the plane.
    pub second_order: bool,
    /// Its stability theorem on a quadratic for given knobs; `None` where there is none.
    pub rate_law: fn(&[f64]) -> Option<RateLaw>,
    /// A fresh rule with these knobs.
    pub build: fn(&[f64]) -> Box<dyn Optimizer>,
}

impl Entry {
    /// The position of a knob.
    pub fn knob_index(&self, name: &str) -> Option<usize> {
        self.knobs.iter().position(|knob| knob.name == name)
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

/// For rules without a theorem.
pub(super) fn no_rate_law(_: &[f64]) -> Option<RateLaw> {
    None
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
        (self.entry.build)(&self.knobs)
    }

    /// The stability theorem for these knobs.
    pub fn rate_law(&self) -> Option<RateLaw> {
        (self.entry.rate_law)(&self.knobs)
    }
}

/// The spelling of the command line, every knob named.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = std::iter::zip(self.entry.knobs, &self.knobs)
            .map(|(knob, value)| format!("{}={}", knob.name, knob.spell(*value)))
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
            ("momentum:form=heavyball", "did you mean 'heavy_ball'"),
        ] {
            let error = Choice::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
