//! The options of the sweep as data of a scene.

use super::{SweepChange, SweepChoice, SweepOver, SweepQuantity, SweepUntil};
use crate::landscapes::InputError;
use crate::scene::{Misfit, SweepSpec, Within as _};
use crate::state::spec::{positive, refuse, unknown};
use crate::studies::SweepParameter;

/// As it is written.
pub(in crate::state) fn spec_of(choice: &SweepChoice) -> SweepSpec {
    let SweepChoice { over, quantity, until, tolerance, seeds, region } = *choice;
    SweepSpec {
        over: over.map(|over| std::iter::once(over.x).chain(over.y).map(|key| key.name().to_owned()).collect()),
        quantity: quantity.map(|quantity| quantity.id().to_owned()),
        until: Some(until.id().to_owned()),
        tolerance: Some(tolerance),
        seeds: Some(seeds),
        region,
    }
}

/// As it is read; what is left out is as usual.
///
/// # Errors
/// [`Misfit`] naming what is unknown or out of its bounds.
pub(in crate::state) fn of_spec(spec: &SweepSpec) -> Result<SweepChoice, Misfit> {
    let mut choice = SweepChoice::default();
    if let Some(names) = &spec.over {
        choice.change(SweepChange::Over(over(names).within("over")?));
    }
    if let Some(id) = spec.quantity.as_deref() {
        let known = SweepQuantity::ALL.into_iter().map(SweepQuantity::id);
        let found =
            SweepQuantity::find(id).ok_or_else(|| unknown("quantity of a sweep", id, known)).within("quantity")?;
        choice.change(SweepChange::Quantity(found));
    }
    if let Some(id) = spec.until.as_deref() {
        let known = SweepUntil::ALL.into_iter().map(SweepUntil::id);
        let found = SweepUntil::find(id).ok_or_else(|| unknown("criterion of a sweep", id, known)).within("until")?;
        choice.change(SweepChange::Until(found));
    }
    if let Some(tolerance) = spec.tolerance {
        choice.change(SweepChange::Tolerance(positive("tolerance", tolerance).within("tolerance")?));
    }
    if let Some(seeds) = spec.seeds {
        choice.change(SweepChange::Seeds(seeds));
    }
    choice.change(SweepChange::Region(spec.region));
    Ok(choice)
}

fn over(names: &[String]) -> Result<SweepOver, InputError> {
    let find = |name: &String| {
        SweepParameter::find(name).ok_or_else(|| {
            let known = ["lr", "beta", "lr1", "lr2"].into_iter();
            unknown("parameter of a sweep", name, known)
        })
    };
    match names {
        [x] => Ok(SweepOver { x: find(x)?, y: None }),
        [x, y] => Ok(SweepOver { x: find(x)?, y: Some(find(y)?) }),
        _ => refuse(format!("a sweep is over one parameter or over two, not over {}", names.len())),
    }
}
