//! A method as it was chosen: an entry with values for its parameters, read and spelled as on the command line.

use std::collections::BTreeMap;
use std::fmt;

use super::schedule::{self, Scheduled};
use super::weight_rates::{NO_COMMON_LIMIT, RATE_RATIO, ratio_of};
use super::{ENTRIES, Method, Optimizer, SEED, StepScale, Values};
use crate::analysis::{NoLaw, StabilityBound};
use crate::landscapes::{InputError, KeyValues, Parameter, Setting, nearest};
use crate::numbers::Vector;

/// An optimizer as it was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Which rule.
    pub entry: &'static Method,
    /// The values of its parameters, in the entry's order.
    pub parameters: Vec<f64>,
}

/// The method with this id.
///
/// # Errors
/// [`InputError::UnknownId`] with the nearest known id.
pub fn find(id: &str) -> Result<&'static Method, InputError> {
    ENTRIES.iter().copied().find(|entry| entry.id == id).ok_or_else(|| InputError::UnknownId {
        kind: "optimizer",
        word: id.to_owned(),
        hint: nearest(id, ENTRIES.iter().map(|entry| entry.id)),
    })
}

impl Choice {
    /// The entry with its default parameters.
    pub fn of(entry: &'static Method) -> Self {
        let mut choice =
            Self { entry, parameters: entry.parameters.iter().map(|parameter| parameter.default).collect() };
        choice.apply_conditionals(|_| true);
        choice
    }

    /// Reads `ID:key=value,…`.
    ///
    /// # Errors
    /// [`InputError`] naming the word that is wrong.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let words = KeyValues::cut(text)?;
        let entry = find(words.id)?;
        let mut choice = Self::of(entry);
        let mut given = Vec::new();
        for (key, value) in words.pairs {
            let index = entry.parameter_index(key).ok_or_else(|| choice.unknown_parameter(key))?;
            choice.parameters[index] = entry.parameters[index].read(value)?;
            given.push(key);
        }
        choice.apply_conditionals(|parameter| !given.contains(&parameter));
        Ok(choice)
    }

    /// A method with these parameters; those that are not named keep their defaults.
    ///
    /// # Errors
    /// [`InputError`] naming the parameter or the value that is wrong.
    pub fn with_settings(entry: &'static Method, settings: &BTreeMap<String, Setting>) -> Result<Self, InputError> {
        let mut choice = Self::of(entry);
        for (name, setting) in settings {
            let index = entry.parameter_index(name).ok_or_else(|| choice.unknown_parameter(name))?;
            choice.parameters[index] = setting.read(&entry.parameters[index])?;
        }
        choice.apply_conditionals(|parameter| !settings.contains_key(parameter));
        Ok(choice)
    }

    /// All its parameters by name.
    pub fn settings(&self) -> BTreeMap<String, Setting> {
        let named =
            |(parameter, value): (&Parameter, &f64)| (parameter.name.to_owned(), Setting::of(parameter, *value));
        std::iter::zip(self.entry.parameters, &self.parameters).map(named).collect()
    }

    fn unknown_parameter(&self, key: &str) -> InputError {
        let known: Vec<&str> = self.entry.parameters.iter().map(|parameter| parameter.name).collect();
        InputError::UnknownKey {
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
                && free(conditional.parameter)
                && let Some(index) = self.entry.parameter_index(conditional.parameter)
            {
                self.parameters[index] = conditional.default;
            }
        }
    }

    /// Sets one parameter; defaults that depend on it follow, unless the user had chosen another value.
    ///
    /// # Errors
    /// [`InputError::OutOfDomain`] when the value makes no sense.
    pub fn set(&mut self, index: usize, value: f64) -> Result<(), InputError> {
        let Some(parameter) = self.entry.parameters.get(index) else { return Ok(()) };
        parameter.check(value)?;
        let before = Self::of(self.entry).parameters;
        let untouched: Vec<&str> = std::iter::zip(self.entry.parameters, std::iter::zip(&self.parameters, &before))
            .filter(|(parameter, (now, default))| now == default || self.is_conditional_default(parameter.name, **now))
            .map(|(parameter, _)| parameter.name)
            .collect();
        self.parameters[index] = value;
        if parameter.choices().is_some() {
            self.apply_conditionals(|name| untouched.contains(&name));
        }
        Ok(())
    }

    fn is_conditional_default(&self, parameter: &str, value: f64) -> bool {
        self.entry
            .conditionals
            .iter()
            .any(|conditional| conditional.parameter == parameter && conditional.default == value)
    }

    /// The value of a parameter by name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.entry.parameter_index(name).map(|index| self.parameters[index])
    }

    /// Their values by typed ids.
    pub fn values(&self) -> Values<'_> {
        self.entry.values(&self.parameters)
    }

    /// A fresh rule.
    pub fn build(&self) -> Box<dyn Optimizer> {
        let rule = (self.entry.build)(self.values());
        match Scheduled::around(self.entry, rule, &self.parameters) {
            Ok(scheduled) => Box::new(scheduled),
            Err(rule) => rule,
        }
    }

    /// Whether a parameter does anything, by the values of the others.
    pub fn acts(&self, index: usize) -> bool {
        self.entry.parameters.get(index).is_some_and(|parameter| parameter.acts.holds(|name| self.get(name)))
    }

    /// Whether it draws random numbers: another seed is another walk.
    pub fn is_random(&self) -> bool {
        self.entry.index_of(SEED).is_some_and(|seed| self.acts(seed))
    }

    /// The position of the momentum coefficient; `None` for methods that carry no velocity, and where the coefficient does
    /// not act.
    pub fn coefficient_index(&self) -> Option<usize> {
        self.entry.coefficient_index().filter(|index| self.acts(*index))
    }

    /// The positions of the components of the velocity, or of the average, before the first step; `None` where it begins at
    /// zero.
    pub fn initial_indices(&self) -> Option<[usize; 2]> {
        let [x, y] = self.entry.gradient_sum?.initial?;
        let index = |id| self.entry.index_of(id).filter(|index| self.acts(*index));
        Some([index(x)?, index(y)?])
    }

    /// The velocity, or the average, before the first step; zero where it begins at zero.
    pub fn initial_velocity(&self) -> Vector {
        let indices = self.initial_indices();
        indices.map_or_else(Vector::zeros, |[x, y]| Vector::new(self.parameters[x], self.parameters[y]))
    }

    /// The learning rate before any schedule; `None` for methods without one.
    pub fn rate(&self) -> Option<f64> {
        self.entry.rate_index().map(|index| self.parameters[index])
    }

    /// The learning rate in the step of this number, by its schedule; `None` for methods without one.
    pub fn rate_at(&self, step: usize) -> Option<f64> {
        Some(self.rate()? * schedule::factor_at(self.values(), step))
    }

    /// The learning rates of both weights; 1 for a method without one.
    pub fn rates_of_weights(&self) -> [f64; 2] {
        let rate = self.rate().unwrap_or(1.0);
        [rate, rate * self.rate_ratio()]
    }

    /// Gives each weight its learning rate; of a method that has one rate for both nothing but that is set.
    pub fn set_rates_of_weights(&mut self, [first, second]: [f64; 2]) {
        let places = [self.entry.rate_index(), self.entry.index_of(RATE_RATIO)];
        for (place, value) in places.into_iter().zip([first, second / first]) {
            if let Some(place) = place {
                self.parameters[place] = value;
            }
        }
    }

    /// How many times the learning rate of the first weight that of the second is; 1 where both have one.
    pub fn rate_ratio(&self) -> f64 {
        ratio_of(self.values())
    }

    /// What the rate is measured by.
    ///
    /// A quarter of gradient descent's rate suits a heavy ball with β = 0.9, whose limit is 3.8/λmax; other methods
    /// with a velocity come as near to their own limit as that.
    pub fn step_scale(&self) -> StepScale {
        match self.stability_bound() {
            Ok(law) if law.recursion.oscillates_late() => StepScale::Gradient(1.0),
            Ok(law) => StepScale::Gradient(0.25 * law.recursion.limit().min(20.0) / 3.8),
            Err(_) => (self.entry.step_scale)(self.values()),
        }
    }

    /// The stability theorem for these parameters.
    ///
    /// # Errors
    /// Why there is none.
    pub fn stability_bound(&self) -> Result<StabilityBound, NoLaw> {
        if self.rate_ratio() != 1.0 {
            return Err(NO_COMMON_LIMIT);
        }
        (self.entry.stability_bound)(self.values())
    }
}

/// The spelling of the command line: every parameter of the rule, and what is chosen of schedule and noise.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |(index, (parameter, value)): &(usize, (&Parameter, &f64))| {
            self.acts(*index) && !(schedule::PARAMETERS.contains(parameter) && parameter.default == **value)
        };
        let pairs: Vec<String> = std::iter::zip(self.entry.parameters, &self.parameters)
            .enumerate()
            .filter(said)
            .map(|(_, (parameter, value))| format!("{}={}", parameter.name, parameter.spell(*value)))
            .collect();
        let separator = if pairs.is_empty() { "" } else { ":" };
        write!(f, "{}{separator}{}", self.entry.id, pairs.join(","))
    }
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
        let convention = choice.entry.parameter_index("convention").unwrap();
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
