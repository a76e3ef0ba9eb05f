//! How the words of options are read: optimizers, counts and lengths.

use super::exit::Exit;
use crate::drawing::Pane;
use crate::drawing::loss_chart::StepQuantity;
use crate::drawing::overlays::{self, OverlayId};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{nearest, number};
use crate::optimizers::Choice;
use crate::run::MAX_STEPS;

/// An optimizer.
pub(super) fn optimizer(text: &str) -> Result<Choice, Exit> {
    Ok(Choice::parse(text)?)
}

/// The id of an overlay.
pub(super) fn overlay(text: &str) -> Result<OverlayId, Exit> {
    overlays::find(text).map(|overlay| overlay.id).ok_or_else(|| {
        let known: Vec<&str> = overlays::ALL.iter().map(|overlay| overlay.id.name()).collect();
        let hint = nearest(text, known.iter().copied());
        Exit::Wrong(format!("unknown overlay '{}'{hint}\n--show knows {}", excerpt(text), known.join(", ")))
    })
}

/// A tab of the window.
pub(super) fn tab(text: &str) -> Result<Pane, Exit> {
    Pane::find(text).filter(|pane| Pane::TABS.contains(pane)).ok_or_else(|| {
        let known = Pane::TABS.map(Pane::id);
        let hint = nearest(text, known.into_iter());
        Exit::Wrong(format!("unknown tab '{}'{hint}\n--tab knows {}", excerpt(text), known.join(", ")))
    })
}

/// A quantity of the chart of the runs.
pub(super) fn quantity(text: &str) -> Result<StepQuantity, Exit> {
    StepQuantity::find(text).ok_or_else(|| {
        let known = StepQuantity::ALL.map(StepQuantity::id);
        let hint = nearest(text, known.into_iter());
        Exit::Wrong(format!("unknown quantity '{}'{hint}\n--quantity knows {}", excerpt(text), known.join(", ")))
    })
}

/// A number of steps.
pub(super) fn steps(text: &str) -> Result<usize, Exit> {
    text.parse().ok().filter(|steps| *steps <= MAX_STEPS).ok_or_else(|| {
        Exit::Wrong(format!(
            "'{}' is not a number of steps: expected a whole number from 0 to {MAX_STEPS}",
            excerpt(text)
        ))
    })
}

/// A finite number.
pub(super) fn finite(text: &str) -> Result<f64, Exit> {
    Ok(number("a length along −∇f", text)?)
}

/// The length of a step: finite, above zero.
pub(super) fn radius(text: &str) -> Result<f64, Exit> {
    let value = number("--radius", text)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("--radius cannot be {}: it is the length of a step and must be above 0", excerpt(text))))
}

/// A tolerance: finite, zero or above.
pub(super) fn tolerance(text: &str) -> Result<f64, Exit> {
    slope("--tolerance", text)
}

/// A tolerance beside others.
pub(super) fn tolerance_gradient(text: &str) -> Result<f64, Exit> {
    let option = "--tolerance-gradient";
    let value = slope(option, text)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("{option} cannot be {}: it is compared with ‖∇f‖ and must be above 0", excerpt(text))))
}

fn slope(option: &str, text: &str) -> Result<f64, Exit> {
    let value = number(option, text)?;
    if value >= 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("{option} cannot be {}: it is compared with ‖∇f‖ and must be 0 or above", excerpt(text))))
}

/// A tolerance or a budget: finite, above zero.
pub(super) fn positive(text: &str) -> Result<f64, Exit> {
    let value = number("a tolerance or budget", text)?;
    if value > 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("a tolerance or budget cannot be {}: it must be above 0", excerpt(text))))
}
