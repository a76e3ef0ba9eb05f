//! How the words of options are read: optimizers, counts and lengths.

use super::exit::Exit;
use crate::landscapes::number;
use crate::optimizers::Choice;
use crate::run::MAX_STEPS;

/// An optimizer.
pub(super) fn optimizer(text: &str) -> Result<Choice, Exit> {
    Ok(Choice::parse(text)?)
}

/// A number of steps.
pub(super) fn steps(text: &str) -> Result<usize, Exit> {
    text.parse().ok().filter(|steps| *steps <= MAX_STEPS).ok_or_else(|| {
        Exit::Wrong(format!("'{text}' is no number of steps: expected a whole number from 0 to {MAX_STEPS}"))
    })
}

/// A finite number.
pub(super) fn finite(text: &str) -> Result<f64, Exit> {
    Ok(number("a length along −∇f", text)?)
}

/// A tolerance: finite, zero or above.
pub(super) fn tolerance(text: &str) -> Result<f64, Exit> {
    let value = number("--tolerance", text)?;
    if value >= 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("--tolerance cannot be {text}: it is compared with ‖∇f‖ and must be 0 or above")))
}
