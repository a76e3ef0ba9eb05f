//! Reads the text of a scene: all its mistakes are found at once, each with its place.

use serde::Deserialize as _;

use super::fault::{Fault, Faults, Misfit, Step, unknown_key};
use super::reader::Reader;
use super::spec::{SceneSpec, VERSION};
use super::tree::{Node, Value};

/// No more mistakes than this are listed: whoever has made them begins with the first.
const MOST_FAULTS: usize = 20;
/// In a text longer than this, in bytes, only the first mistake is searched: each further one takes as long as the first.
const LONG: usize = 1 << 20;

/// Reads a scene and lets `build` make something of it.
///
/// # Errors
/// All that is wrong, of the text and of what `build` refuses, by its place: what is wrong is left out, and the rest looked at.
pub fn read<T>(text: &str, build: impl Fn(&SceneSpec) -> Result<T, Misfit>) -> Result<T, Faults> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut root = Node::of_text(text).map_err(sorted)?;
    newer_version(text, &root)?;
    let mut faults = Vec::new();
    let mut meant: Vec<(Vec<Step>, &'static str)> = Vec::new();
    let mut forgotten: Vec<Vec<Step>> = Vec::new();
    for _ in 0..=2 * MOST_FAULTS {
        let misfit = match SceneSpec::deserialize(Reader(&root)).and_then(|spec| build(&spec)) {
            Ok(built) if faults.is_empty() => return Ok(built),
            Ok(_) => break,
            Err(misfit) => misfit,
        };
        let place = misfit.place();
        let (span, is_new) = (root.locate(&place, misfit.is_key), !follows(&misfit, &place, &forgotten));
        if is_new {
            let missing = misfit.missing.clone().map(|key| (place.clone(), key));
            let slip = misfit.missing.as_deref().and_then(|key| Some((root.slip_of(&place, key)?, key)));
            let fault = match slip {
                Some(((at, slip), key)) => Fault::at(text, at, unknown_key(slip, std::iter::once(key))),
                None => Fault::at(text, span, misfit.said()),
            };
            faults.push((fault, missing));
        }
        if let Some((_, table)) = place.split_last() {
            meant.extend(misfit.meant.iter().map(|key| (table.to_vec(), *key)));
        }
        // What is missing cannot be left out, but what lacks it can.
        let out = match &misfit.missing {
            Some(key) if place.is_empty() => vec![Step::from(key.as_str())],
            _ => place,
        };
        if faults.len() == MOST_FAULTS || text.len() > LONG || !root.forget(&out) {
            break;
        }
        forgotten.push(out);
    }
    // What is there by a misspelled name is not missing.
    let is_misspelled =
        |(table, missing): &(Vec<Step>, String)| meant.iter().any(|(of, key)| of == table && key == missing);
    faults.retain(|(_, missing)| !missing.as_ref().is_some_and(is_misspelled));
    Err(sorted(faults.into_iter().map(|(fault, _)| fault).collect()))
}

/// Whether something is missing only since it was wrong and has been left out.
fn follows(misfit: &Misfit, place: &[Step], forgotten: &[Vec<Step>]) -> bool {
    let Some(missing) = &misfit.missing else { return false };
    let whole: Vec<Step> = place.iter().cloned().chain([Step::from(missing.as_str())]).collect();
    forgotten.contains(&whole)
}

/// By their places; two of the same words at the same place are one.
fn sorted(mut faults: Vec<Fault>) -> Faults {
    faults.sort_by_key(|fault| fault.span.start);
    faults.dedup();
    faults.truncate(MOST_FAULTS);
    Faults(faults)
}

/// A form that is not known yet is not judged by the one that is.
fn newer_version(text: &str, root: &Node) -> Result<(), Faults> {
    let Value::Table(entries) = &root.value else { return Ok(()) };
    let version = entries.iter().find(|entry| entry.key == "version").map(|entry| &entry.node);
    match version {
        Some(Node { span, value: Value::Whole(version) }) if *version > i64::from(VERSION) => {
            let message = format!(
                "this scene has version {version}, and this program reads version {VERSION}\nopen it with a newer Taylorscope"
            );
            Err(Faults(vec![Fault::at(text, span.clone(), message)]))
        }
        _ => Ok(()),
    }
}
