//! The parameters of a method by typed ids, and their values: a real number, a count, a flag or a choice.

use std::marker::PhantomData;

use crate::landscapes::Parameter;

/// A parameter whose value is a real number.
#[derive(Clone, Copy, Debug)]
pub struct RealParameter(pub(super) &'static Parameter);

/// A parameter that is a whole number, 0 or above.
#[derive(Clone, Copy, Debug)]
pub struct Count(pub(super) &'static Parameter);

/// A parameter that is on or off.
#[derive(Clone, Copy, Debug)]
pub struct Flag(pub(super) &'static Parameter);

/// A parameter that is one of the variants of an enum.
#[derive(Clone, Copy, Debug)]
pub struct OneOf<E>(&'static Parameter, PhantomData<E>);

/// An enum whose variants are the words of a parameter.
pub trait Variants: Copy + 'static {
    /// Every variant, in the order of the words.
    const ALL: &'static [Self];
    /// How they are spelled.
    const WORDS: &'static [&'static str];
}

/// The words of a flag; its number is their place.
const NO_YES: &[&str] = &["false", "true"];

impl Flag {
    /// A flag with its description, not yet an id.
    pub(super) const fn parameter_of(name: &'static str, default: bool) -> Parameter {
        Parameter::choice(name, NO_YES, default as usize)
    }

    /// The number that stands for a value.
    pub(super) const fn number(value: bool) -> f64 {
        if value { 1.0 } else { 0.0 }
    }
}

impl<E: Variants> OneOf<E> {
    /// An id for a parameter made by [`OneOf::parameter_of`].
    pub(super) const fn new(parameter: &'static Parameter) -> Self {
        Self(parameter, PhantomData)
    }

    /// The parameter with the variants' words, its default the first; it is not yet an id.
    pub(super) const fn parameter_of(name: &'static str) -> Parameter {
        Parameter::choice(name, E::WORDS, 0)
    }
}

/// The parameter of an id, for a method's list, and its name.
macro_rules! described {
    ($id:ty $(, $bound:ident)?) => {
        impl$(<$bound>)? $id {
            /// The parameter, for the list of a method.
            pub(super) const fn parameter(self) -> Parameter {
                *self.0
            }

            /// How it is spelled.
            pub const fn name(self) -> &'static str {
                self.0.name
            }
        }
    };
}

described!(RealParameter);
described!(Count);
described!(Flag);
described!(OneOf<E>, E);

/// The id of a parameter, which knows the type of its values.
pub trait ParameterId: Copy {
    /// What a value is.
    type Value;

    /// The parameter.
    fn describe(self) -> &'static Parameter;

    /// The value for which a number stands.
    fn read(number: f64) -> Self::Value;
}

impl ParameterId for RealParameter {
    type Value = f64;

    fn describe(self) -> &'static Parameter {
        self.0
    }

    fn read(number: f64) -> f64 {
        number
    }
}

impl ParameterId for Count {
    type Value = usize;

    fn describe(self) -> &'static Parameter {
        self.0
    }

    fn read(number: f64) -> usize {
        number as usize
    }
}

impl ParameterId for Flag {
    type Value = bool;

    fn describe(self) -> &'static Parameter {
        self.0
    }

    fn read(number: f64) -> bool {
        number == Self::number(true)
    }
}

impl<E: Variants> ParameterId for OneOf<E> {
    type Value = E;

    fn describe(self) -> &'static Parameter {
        self.0
    }

    /// The last variant for a number beyond them.
    fn read(number: f64) -> E {
        E::ALL[(number as usize).min(E::ALL.len() - 1)]
    }
}

/// The values of a method's parameters.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    parameters: &'static [Parameter],
    numbers: &'a [f64],
}

impl<'a> Values<'a> {
    /// Numbers in the order of a list of parameters.
    pub(super) fn new(parameters: &'static [Parameter], numbers: &'a [f64]) -> Self {
        Self { parameters, numbers }
    }

    /// The value of a parameter; its default where the method does not have it.
    pub fn get<I: ParameterId>(&self, id: I) -> I::Value {
        let number = self.number(id.describe().name);
        debug_assert!(number.is_some(), "the method lists no parameter {}", id.describe().name);
        I::read(number.unwrap_or(id.describe().default))
    }

    /// The value of a parameter that the method may have.
    pub fn find<I: ParameterId>(&self, id: I) -> Option<I::Value> {
        self.number(id.describe().name).map(I::read)
    }

    fn number(&self, name: &str) -> Option<f64> {
        let place = self.parameters.iter().position(|parameter| parameter.name == name)?;
        self.numbers.get(place).copied()
    }

    /// All of them as numbers, in the order of the method's list.
    pub(super) fn numbers(&self) -> &'a [f64] {
        self.numbers
    }
}

/// An enum with the word of each variant: the values of a [`OneOf`]. Its default is the first.
macro_rules! variants {
    (
        $(#[$about:meta])*
        $visibility:vis enum $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visibility enum $name { $($(#[$of])* $variant),+ }

        impl Default for $name {
            fn default() -> Self {
                <Self as $crate::optimizers::values::Variants>::ALL[0]
            }
        }

        impl $crate::optimizers::values::Variants for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];
        }
    };
}

/// The number that stands for a variant: its place.
macro_rules! number_of {
    ($variant:expr) => {
        $variant as usize as f64
    };
}

pub(super) use {number_of, variants};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{Choice, ENTRIES};

    variants! {
        enum Color { Red = "red", Green = "green" }
    }

    const SIZE: RealParameter = RealParameter(&Parameter::linear("size", "", 2.5, [0.0, 5.0]));
    const SIDES: Count = Count(&Parameter::whole("sides", "", 4.0, [3.0, 8.0]));
    const FILLED: Flag = Flag(&Flag::parameter_of("filled", true));
    const COLOR: OneOf<Color> = OneOf::new(&OneOf::<Color>::parameter_of("color"));
    const LIST: &[Parameter] = &[SIZE.parameter(), SIDES.parameter(), FILLED.parameter(), COLOR.parameter()];

    #[test]
    fn every_id_reads_its_own_type() {
        let numbers = [1.5, 6.0, Flag::number(false), number_of!(Color::Green)];
        let values = Values::new(LIST, &numbers);
        let read = (values.get(SIZE), values.get(SIDES), values.get(FILLED), values.get(COLOR));
        assert_eq!(read, (1.5, 6, false, Color::Green), "each by its id");
        assert_eq!(Values::new(&LIST[1..], &numbers[1..]).find(SIZE), None, "not in the list");
        let defaults: Vec<f64> = LIST.iter().map(|parameter| parameter.default).collect();
        let values = Values::new(LIST, &defaults);
        assert_eq!((values.get(FILLED), values.get(COLOR)), (true, Color::Red), "defaults");
        assert_eq!(COLOR.parameter().choices(), Some(["red", "green"].as_slice()), "its words");
    }

    /// In a debug build a rule that asks for a parameter that it does not list stops here.
    #[test]
    fn every_method_lists_what_it_reads_and_no_name_twice() {
        for entry in ENTRIES {
            let choice = Choice::of(entry);
            choice.build().tune(choice.values());
            let mut names: Vec<&str> = entry.parameters.iter().map(|parameter| parameter.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), entry.parameters.len(), "{}: {names:?}", entry.id);
        }
    }
}
