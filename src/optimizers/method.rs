//! A method of the catalog: one entry holds every fact about it, so that no other file needs to know its name.

use std::fmt;

use super::parameters::{FIRST_RATE, LEARNING_RATE};
use super::{
    Count, GradientSum, LaneRule, Matrix, MethodNeeds, Operations, Optimizer, ParameterId, Phase, Recurrence, Storage,
    Uphill, Values,
};
use crate::analysis::{KnownOfRate, NoLaw, StabilityBound};
use crate::landscapes::{Landscape, Parameter};

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
            Self::Adaptive => "Adaptive",
            Self::Random => "Stochastic",
            Self::LineSearch => "Line search",
            Self::SecondOrder => "Second order",
            Self::QuasiNewton => "Quasi-Newton",
        }
    }
}

/// A parameter's default that depends on a choice made for another parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditional {
    /// The other parameter, and its value for which this holds.
    pub when: (&'static str, f64),
    /// The parameter.
    pub parameter: &'static str,
    /// Its default then.
    pub default: f64,
}

/// What the length of a method's steps scales with, and hence how its learning rate is suggested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepScale {
    /// The gradient: this share of the rate that suits gradient descent.
    Gradient(f64),
    /// By the rate alone, however steep the loss is: the suggested rate is this share of the size of the region shown.
    Frame(f64),
    /// Neither: the same rate on every landscape.
    Fixed(f64),
    /// There is no rate, or its default suits every landscape.
    Own,
}

/// Which local model a method asks for.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// The tangent plane: gradients alone.
    First,
    /// The quadratic with this matrix for the curvature.
    Second(fn(Values<'_>) -> Matrix),
}

/// A method of the catalog.
pub struct Method {
    /// The fixed id.
    pub id: &'static str,
    /// The name on screen.
    pub name: &'static str,
    /// The name where there is very little room, as in a row of many runs.
    pub brief: &'static str,
    /// What it does, in one sentence.
    pub idea: &'static str,
    /// The update rule.
    pub rule: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// Its parameters, in the order in which they are listed and spelled.
    pub parameters: &'static [Parameter],
    /// Defaults that depend on other parameters.
    pub conditionals: &'static [Conditional],
    /// What it rests on.
    pub family: Family,
    /// Which local model it asks for.
    pub order: Order,
    /// What a landscape must have for it.
    pub needs: MethodNeeds,
    /// What happens inside a step, in order; the last is the move.
    pub phases: &'static [Phase],
    /// What it keeps from step to step.
    pub storage: fn(Values<'_>) -> Storage,
    /// What a step computes beside its evaluations, for given values.
    pub operations: fn(Values<'_>) -> Operations,
    /// The parameter that says over how many samples a gradient is taken; `None` for all of them.
    pub batch: Option<Count>,
    /// The velocity or average that it carries, if it does.
    pub gradient_sum: Option<GradientSum>,
    /// What carries a step uphill, part by part; the last holds for all parts after it.
    pub uphill: &'static [Uphill],
    /// About how many values, gradients and Hessians a step asks for, to within a factor of three: whether it fits into a frame.
    pub evaluations_per_step: usize,
    /// Its stability theorem on a quadratic for given values, or why there is none.
    pub stability_bound: fn(Values<'_>) -> Result<StabilityBound, NoLaw>,
    /// What its rate is measured by, for given values, where no theorem tells.
    pub step_scale: fn(Values<'_>) -> StepScale,
    /// A fresh rule with these values.
    pub build: fn(Values<'_>) -> Box<dyn Optimizer>,
    /// The rule for this many packs of starts at once, with these values for all; `None` for one that cannot be taken by many
    /// at a time.
    pub lanes: fn(Values<'_>, usize) -> Option<Box<dyn LaneRule>>,
}

/// A method's name where there is little room: what stands in brackets, or with its commonest words abbreviated.
pub fn short_name(name: &str) -> String {
    /// A name of this many letters is short enough.
    const SHORT: usize = 20;
    if name.chars().count() <= SHORT {
        return name.to_owned();
    }
    let in_brackets = name.split_once(" (").and_then(|(_, rest)| rest.split_once(')'));
    match in_brackets {
        Some((abbreviation, _)) => abbreviation.to_owned(),
        None => name.replace("Gradient descent", "GD").replace("gradient descent", "GD"),
    }
}

impl Method {
    /// The position of a parameter.
    pub fn parameter_index(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name)
    }

    /// The position of a parameter.
    pub fn index_of<I: ParameterId>(&self, id: I) -> Option<usize> {
        self.parameter_index(id.describe().name)
    }

    /// Numbers in the order of its parameters, to be read by their ids.
    pub fn values<'a>(&self, numbers: &'a [f64]) -> Values<'a> {
        Values::new(self.parameters, numbers)
    }

    /// The position of what a suggested rate is for: the learning rate, or that of the first step where the rule finds
    /// its own.
    pub fn first_rate_index(&self) -> Option<usize> {
        self.rate_index().or_else(|| self.index_of(FIRST_RATE))
    }

    /// The learning rate's position, if the rule has one.
    pub fn rate_index(&self) -> Option<usize> {
        self.index_of(LEARNING_RATE)
    }

    /// The position of the momentum coefficient, the share of the old velocity or average that stays; `None` for methods
    /// that carry none.
    pub fn coefficient_index(&self) -> Option<usize> {
        self.index_of(self.gradient_sum?.coefficient)
    }

    /// Whether it has both a learning rate and a momentum coefficient, of which a user chooses one to turn.
    pub fn has_rate_and_coefficient(&self) -> bool {
        self.rate_index().is_some() && self.coefficient_index().is_some()
    }

    /// The position of the parameter that a user turns first: the learning rate, or else the first that is a number.
    pub fn main_index(&self) -> Option<usize> {
        self.rate_index().or_else(|| self.parameters.iter().position(|parameter| parameter.choices().is_none()))
    }

    /// Whether it asks for the quadratic model rather than for the plane.
    pub fn second_order(&self) -> bool {
        matches!(self.order, Order::Second(_))
    }

    /// The matrix for which a method of second order asks, with these values.
    pub fn matrix(&self, values: Values<'_>) -> Option<Matrix> {
        match self.order {
            Order::First => None,
            Order::Second(matrix) => Some(matrix(values)),
        }
    }

    /// How step k, counted from 0, renews the velocity or average, with these values; `None` for methods that carry none.
    pub fn recurrence(&self, values: Values<'_>, step: usize) -> Option<Recurrence> {
        self.gradient_sum.map(|sum| (sum.recurrence)(values, step))
    }

    /// Why it cannot walk on a landscape; `None` where it can.
    pub fn unsupported_reason(&self, landscape: &Landscape) -> Option<&'static str> {
        self.needs.unmet_on(landscape)
    }

    /// What carries a part of a step uphill.
    pub fn uphill(&self, part: usize) -> Uphill {
        self.uphill.get(part).or(self.uphill.last()).copied().unwrap_or(Uphill::Gradient)
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// For rules without a learning rate.
pub(super) fn no_rate_law(_: Values<'_>) -> Result<StabilityBound, NoLaw> {
    Err(no_law("it has no learning rate", "The method chooses the length of its steps itself."))
}

/// For rules whose rates follow the gradients they have met.
pub(super) fn adaptive_law(_: Values<'_>) -> Result<StabilityBound, NoLaw> {
    Err(no_law(
        "no limit is known: its rates vary",
        "The track is hatched because no fixed curvature bounds η: the method divides by its past gradients. Near a minimum it oscillates with steps of about η.",
    ))
}

/// For rules whose steps have one length, however near the minimum is.
pub(super) fn oscillating_law(_: Values<'_>) -> Result<StabilityBound, NoLaw> {
    Err(no_law(
        "no limit: it oscillates at any rate",
        "The track is hatched because no rate converges: the steps do not shrink near the minimum, and a smaller rate only oscillates with smaller steps.",
    ))
}

/// For rules without a theorem: in a few words, and in a sentence.
pub(super) const fn no_law(brief: &'static str, story: &'static str) -> NoLaw {
    NoLaw { brief, story, known: KnownOfRate::Nothing }
}

/// For rules whose main parameter is the share of a whole step that is taken: why a rate says nothing, and how the share acts.
pub(super) const fn share_law(story: &'static str) -> NoLaw {
    NoLaw { brief: "the share of a whole step", story, known: KnownOfRate::ShareOfStep }
}

/// For rules without a rate, or whose theorem tells.
pub(super) fn own_step_scale(_: Values<'_>) -> StepScale {
    StepScale::Own
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn long_names_have_short_ones() {
        let names = [
            ("Trust region", "Trust region"),
            ("Sharpness-aware minimization (SAM)", "SAM"),
            ("Gradient descent, backtracking", "GD, backtracking"),
            ("Normalized gradient descent", "Normalized GD"),
        ];
        for (name, expected) in names {
            assert_eq!(short_name(name), expected, "{name}");
        }
    }
}
