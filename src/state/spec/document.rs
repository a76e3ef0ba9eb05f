//! The document of a scene as data: landscape, start, and the runs with their parameters.

use std::collections::BTreeMap;

use super::{refuse, unknown};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{InputError, Setting, nearest};
use crate::numbers::Point;
use crate::optimizers::{self, Choice, Method};
use crate::run::{MAX_STEPS, ParameterChange};
use crate::scene::{ChangeSpec, Misfit, RUN_KEYS, RunSpec, SceneSpec, Within as _};
use crate::state::{Card, Document, MAX_CARDS};

/// The document that is described.
pub(super) fn document(spec: &SceneSpec) -> Result<Document, Misfit> {
    let landscape = spec.landscape.build_located().map_err(|(keys, error)| {
        let is_key = matches!(error, InputError::UnknownKey { .. });
        let mut outward = keys.into_iter().rev();
        let misfit = Misfit::from(error);
        let misfit = match outward.next() {
            Some(key) if is_key => misfit.of_key(key),
            Some(key) => misfit.within(key),
            None => misfit,
        };
        let misfit = outward.fold(misfit, Misfit::within);
        misfit.within("landscape")
    })?;
    let mut document = Document::new(landscape);
    document.start = match spec.start {
        Some(start) => finite("start", start).within("start")?,
        None => document.start,
    };
    document.start_seed = spec.start_seed.read().within("start_seed")?;
    document.steps = match spec.steps {
        steps @ 1..=MAX_STEPS => Ok(steps),
        steps => refuse(format!("steps cannot be {steps}: it must be a whole number from 1 to {MAX_STEPS}")),
    }
    .within("steps")?;
    document.tolerance = match spec.tolerance {
        0.0 => Ok(None),
        tolerance if tolerance > 0.0 && tolerance.is_finite() => Ok(Some(tolerance)),
        tolerance => refuse(format!("tolerance cannot be {tolerance}: it must be 0 or above")),
    }
    .within("tolerance")?;
    document.file.clone_from(&spec.file);
    document.cards.clear();
    for (index, run) in spec.runs.iter().enumerate() {
        add_run(&mut document, run).map_err(|misfit| misfit.within(index).within("run"))?;
    }
    if document.cards.iter().all(|card| card.ghost) {
        return refuse("a scene needs at least one run that is not a ghost".to_owned()).within("run");
    }
    Ok(document)
}

fn add_run(document: &mut Document, run: &RunSpec) -> Result<(), Misfit> {
    let method = optimizers::find(&run.method).within("method")?;
    for (name, setting) in &run.parameters {
        parameter(method, name, setting).map_err(|misfit| misfit.within("parameters"))?;
    }
    let optimizer = Choice::with_settings(method, &run.parameters).within("parameters")?;
    let mut changes = Vec::new();
    for (index, ChangeSpec { step, parameter, value }) in run.changes.iter().enumerate() {
        let inside = |misfit: Misfit| misfit.within(index).within("changes");
        let place = method.parameters.iter().position(|known| known.name == parameter).ok_or_else(|| {
            let known = method.parameters.iter().map(|parameter| parameter.name);
            inside(Misfit::from(unknown("parameter", parameter, known)).within("parameter"))
        })?;
        let value = value.read(&method.parameters[place]).within("value").map_err(inside)?;
        changes.push(ParameterChange { step: *step, parameter: place, value });
    }
    let own_start = run.start.map(|start| finite("start", start)).transpose().within("start")?;
    if let Some(style) = run.style.filter(|style| *style >= MAX_CARDS) {
        return refuse(format!("style cannot be {style}: looks are numbered from 0 to {}", MAX_CARDS - 1))
            .within("style");
    }
    let Some(id) = document.add(optimizer) else {
        return Err(Misfit::new(format!("at most {MAX_CARDS} runs can be shown: leave some out")));
    };
    if let Some(card) = document.card_mut(id) {
        let style = run.style.unwrap_or(card.style);
        let RunSpec { hidden, ghost, branched_at, .. } = *run;
        *card = Card { own_start, changes, style, hidden, ghost, branched_at, ..card.clone() };
    }
    Ok(())
}

/// Whether a key of a run is a parameter of its method with a value that it can have; else it may be a slip of another key.
fn parameter(method: &'static Method, name: &str, setting: &Setting) -> Result<(), Misfit> {
    let alone = BTreeMap::from([(name.to_owned(), setting.clone())]);
    let Err(error) = Choice::with_settings(method, &alone) else { return Ok(()) };
    if method.parameter_index(name).is_some() {
        return Err(error).within(name);
    }
    let parameters = method.parameters.iter().map(|parameter| parameter.name);
    let near = nearest(name, parameters.chain(RUN_KEYS));
    let misfit = match near.as_str() {
        "" => Misfit::from(error),
        near => Misfit::new(format!("unknown key '{}'{near}", excerpt(name))),
    };
    Err(misfit.of_key(name))
}

/// A run as it is written.
pub(super) fn run_spec(card: &Card) -> RunSpec {
    let Card { id: _, optimizer, own_start, changes, style, hidden, ghost, branched_at } = card;
    let change = |change: &ParameterChange| {
        let parameter = &optimizer.entry.parameters[change.parameter];
        ChangeSpec {
            step: change.step,
            parameter: parameter.name.to_owned(),
            value: Setting::of(parameter, change.value),
        }
    };
    RunSpec {
        start: own_start.map(Into::into),
        style: Some(*style),
        hidden: *hidden,
        ghost: *ghost,
        branched_at: *branched_at,
        changes: changes.iter().map(change).collect(),
        ..RunSpec::of(optimizer)
    }
}

pub(super) fn finite(name: &str, [x, y]: [f64; 2]) -> Result<Point, InputError> {
    if x.is_finite() && y.is_finite() {
        return Ok(Point::new(x, y));
    }
    refuse(format!("{name} needs two finite numbers, not ({x}, {y})"))
}
