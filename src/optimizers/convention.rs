//! The convention of a method: PyTorch, optax and Keras place ε differently, begin differently, and differ in defaults.

use super::values::{OneOf, variants};
use crate::landscapes::Parameter;

variants! {
    /// A framework whose form is taken.
    pub(super) enum Convention {
        Pytorch = "pytorch",
        Optax = "optax",
        Keras = "keras",
    }
}

/// The parameter that chooses it; what it means each method says.
pub(super) const CONVENTION: OneOf<Convention> = OneOf::new(&convention(""));

/// That parameter with what it means for a method.
pub(super) const fn convention(help: &'static str) -> Parameter {
    OneOf::<Convention>::parameter_of("convention").described("convention", help)
}

/// Defaults by convention: `PARAMETER: [PyTorch's, optax's, Keras's]`.
macro_rules! by_convention {
    ($($id:ident: $defaults:expr),* $(,)?) => {{
        use $crate::optimizers::Conditional;
        use $crate::optimizers::convention::{CONVENTION, Convention};
        use $crate::optimizers::values::number_of;
        const NAME: &str = CONVENTION.name();
        &[$(
            Conditional { when: (NAME, number_of!(Convention::Pytorch)), parameter: $id.name(), default: $defaults[0] },
            Conditional { when: (NAME, number_of!(Convention::Optax)), parameter: $id.name(), default: $defaults[1] },
            Conditional { when: (NAME, number_of!(Convention::Keras)), parameter: $id.name(), default: $defaults[2] },
        )*]
    }};
}

pub(super) use by_convention;

#[cfg(test)]
mod tests {
    use crate::optimizers::Choice;

    #[test]
    fn defaults_are_those_of_the_framework() {
        for (spelling, parameters) in [
            ("adagrad", &[("lr", 0.01), ("init", 0.0), ("eps", 1e-10)][..]),
            ("adagrad:convention=optax", &[("lr", 0.1), ("init", 0.1), ("eps", 1e-7)]),
            ("adagrad:convention=keras", &[("lr", 0.001), ("init", 0.1), ("eps", 1e-7)]),
            ("rmsprop", &[("lr", 0.01), ("rho", 0.99), ("eps", 1e-8)]),
            ("rmsprop:convention=optax", &[("lr", 0.01), ("rho", 0.9), ("eps", 1e-8)]),
            ("rmsprop:convention=keras", &[("lr", 0.001), ("rho", 0.9), ("eps", 1e-7)]),
            ("rmsprop:convention=keras,rho=0.5", &[("lr", 0.001), ("rho", 0.5), ("eps", 1e-7)]),
            ("adadelta", &[("lr", 1.0), ("rho", 0.9), ("eps", 1e-6)]),
            ("adadelta:convention=optax", &[("lr", 1.0), ("rho", 0.9), ("eps", 1e-6)]),
            ("adadelta:convention=keras", &[("lr", 0.001), ("rho", 0.95), ("eps", 1e-7)]),
            ("adam:convention=keras", &[("lr", 0.05), ("eps", 1e-7)]),
            ("amsgrad:convention=optax", &[("eps", 1e-8)]),
            ("adamw", &[("eps", 1e-8), ("weight_decay", 0.01)]),
            ("adamw:convention=optax", &[("eps", 1e-8), ("weight_decay", 1e-4)]),
            ("adamw:convention=keras", &[("eps", 1e-7), ("weight_decay", 0.004)]),
            ("nadam:convention=keras", &[("eps", 1e-7)]),
            ("lion", &[("lr", 0.01), ("beta1", 0.9), ("beta2", 0.99), ("weight_decay", 0.0)]),
        ] {
            let choice = Choice::parse(spelling).unwrap();
            for (parameter, value) in parameters {
                assert_eq!(choice.get(parameter), Some(*value), "{spelling}: {parameter}");
            }
        }
    }
}
