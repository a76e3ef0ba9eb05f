//! The options of the random starts as data of a scene.

use super::{StartsChange, StartsChoice, StartsLandscapes, StartsMethods, StartsMode, StartsRates};
use crate::landscapes::Seed;
use crate::scene::{Misfit, StartsSpec, Within as _};
use crate::state::spec::unknown;

/// As it is written.
pub(in crate::state) fn spec_of(choice: &StartsChoice) -> StartsSpec {
    let StartsChoice { mode, restarts, steps, seed, starts, methods, landscapes, rates, budget } = *choice;
    StartsSpec {
        mode: Some(mode.id().to_owned()),
        restarts: Some(restarts),
        steps: Some(steps),
        seed: Some(Seed::from(seed)),
        starts: Some(starts),
        methods: Some(methods.id().to_owned()),
        landscapes: Some(landscapes.id().to_owned()),
        rates: Some(rates.id().to_owned()),
        budget: Some(budget),
    }
}

/// As it is read; what is left out is as usual, and what is out of its bounds is brought within them.
///
/// # Errors
/// [`Misfit`] naming what is unknown.
pub(in crate::state) fn of_spec(spec: &StartsSpec) -> Result<StartsChoice, Misfit> {
    /// The choice with an id.
    macro_rules! found {
        ($kind:ident, $id:expr, $name:literal, $key:literal) => {
            $kind::find($id).ok_or_else(|| unknown($name, $id, $kind::ALL.into_iter().map($kind::id))).within($key)?
        };
    }
    let mut choice = StartsChoice::default();
    if let Some(id) = spec.mode.as_deref() {
        choice.change(StartsChange::Mode(found!(StartsMode, id, "use of random starts", "mode")));
    }
    if let Some(id) = spec.methods.as_deref() {
        choice.change(StartsChange::Methods(found!(StartsMethods, id, "choice of methods", "methods")));
    }
    if let Some(id) = spec.landscapes.as_deref() {
        choice.change(StartsChange::Landscapes(found!(StartsLandscapes, id, "choice of landscapes", "landscapes")));
    }
    if let Some(id) = spec.rates.as_deref() {
        choice.change(StartsChange::Rates(found!(StartsRates, id, "choice of rates", "rates")));
    }
    let changes = [
        spec.restarts.map(StartsChange::Restarts),
        spec.steps.map(StartsChange::Steps),
        spec.starts.map(StartsChange::Starts),
        spec.budget.map(StartsChange::Budget),
    ];
    for change in changes.into_iter().flatten() {
        choice.change(change);
    }
    if let Some(seed) = &spec.seed {
        choice.change(StartsChange::Seed(seed.read().within("seed")?));
    }
    Ok(choice)
}
