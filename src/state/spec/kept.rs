//! A number of a scene file beyond its bounds is refused, never silently moved; one without effect is reported.

use toml::Value;

use super::{counted_from_0, refuse};
use crate::landscapes::InputError;
use crate::landscapes::networks::Data;
use crate::scene::{Misfit, ViewSpec, Within as _};
use crate::state::{Card, Pane, Scene};

/// Holds the numbers of a view as it is written against those of the view that was made of it.
pub(super) fn numbers_kept(written: &ViewSpec, made: &ViewSpec) -> Result<(), Misfit> {
    let mut written = written.clone();
    if let Some(camera) = &mut written.camera {
        // A direction comes round.
        camera.azimuth = None;
    }
    let value = |spec: &ViewSpec| Value::try_from(spec).ok();
    value(&written).map_or(Ok(()), |written| held("view", &written, value(made).as_ref()))
}

/// Every number below `written` beside the one at the same place in what was made of it.
fn held(name: &str, written: &Value, made: Option<&Value>) -> Result<(), Misfit> {
    match written {
        Value::Table(table) => {
            let held = |(key, value): (&String, &Value)| {
                held(key, value, made.and_then(|made| made.get(key))).map_err(|misfit| misfit.within(key.as_str()))
            };
            table.iter().try_for_each(held)
        }
        // Of a list it is the whole that is wrong.
        Value::Array(list) => list
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| held(name, value, made.and_then(|made| made.get(index)))),
        Value::Integer(_) | Value::Float(_) => number_held(name, written, made),
        Value::String(_) | Value::Boolean(_) | Value::Datetime(_) => Ok(()),
    }
}

fn number_held(name: &str, written: &Value, made: Option<&Value>) -> Result<(), Misfit> {
    match (number(written), made.and_then(number)) {
        (Some(wanted), Some(kept)) if wanted != kept => {
            Err(Misfit::new(format!("{name} cannot be {wanted}: the nearest possible is {kept}")))
        }
        (Some(wanted), None) if made.is_none() => {
            Err(Misfit::new(format!("{name} cannot be {wanted}: it is beyond what is possible")))
        }
        _ => Ok(()),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

/// Whether each number of a scene has something that it is about.
pub(super) fn effective(scene: &Scene) -> Result<(), Misfit> {
    let document = &scene.document;
    for (index, card) in document.cards.iter().enumerate() {
        steps_of(card, document.steps).map_err(|misfit| misfit.within(index).within("run"))?;
    }
    if let Some(lack) = Pane::Graph.lack(&document.landscape) {
        for (key, value) in [("stage", scene.view.network.stage), ("lit", scene.view.network.lit)] {
            if let Some(value) = value {
                return refuse(format!("{key} cannot be {value}: {lack}")).within(key).within("view");
            }
        }
    }
    let samples = document.landscape.data().map_or(0, Data::len);
    scene.view.network.sample.map_or(Ok(()), |sample| sample_of(sample, samples)).within("sample").within("view")
}

/// A sample is one of those that there are.
fn sample_of(sample: usize, samples: usize) -> Result<(), InputError> {
    match sample {
        _ if samples == 0 => refuse(format!("sample cannot be {sample}: this landscape has no samples")),
        _ if sample >= samples => counted_from_0("sample", sample, "sample", samples),
        _ => Ok(()),
    }
}

/// What is changed on the way is changed within the steps of the run.
fn steps_of(card: &Card, steps: usize) -> Result<(), Misfit> {
    let beyond = |what: &str, step: usize| refuse(format!("{what} cannot be {step}: the runs have {steps} steps"));
    for (index, change) in card.changes.iter().enumerate().filter(|(_, change)| change.step > steps) {
        beyond("step", change.step).within("step").within(index).within("changes")?;
    }
    match card.branched_at.filter(|at| *at > steps) {
        Some(at) => beyond("branched_at", at).within("branched_at"),
        None => Ok(()),
    }
}
