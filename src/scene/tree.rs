//! The text of a scene as a tree of values that know their places, brought into one shape.

use crate::optimizers;
use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::fault::{Fault, Step};
use super::spec::{LANDSCAPE_KEYS, PARAMETERS, RUN, RUN_KEYS, RUNS};
use crate::landscapes::nearest;

/// A value and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    /// A number outside the range of ours, or a date; in words.
    Alien(&'static str),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key, its bytes, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Range<usize>,
    pub(super) node: Node,
}

/// Stands in for a landscape that cannot be read while the rest is examined.
const ANY_LANDSCAPE: &str = "bowl";
/// Stands in for a run that cannot be read: a method that can walk on any landscape.
fn any_run() -> &'static str {
    optimizers::ENTRIES.first().map_or("", |method| method.id)
}

impl Node {
    /// Reads a text, and reports all that is not TOML in it.
    pub(super) fn of_text(text: &str) -> Result<Self, Vec<Fault>> {
        if text.trim_start_matches('\u{feff}').lines().next().is_some_and(|line| line.trim_end() == "+++") {
            let what = "this is a lesson, not a scene: lessons are files that end in .md, which the window opens";
            return Err(vec![Fault::at(text, 0..3, what.to_owned())]);
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            let span = table.span();
            let mut root = Self { span, value: table_of(table.into_inner()) };
            root.arrange();
            return Ok(root);
        }
        let fault = |error: &toml::de::Error| {
            let span = error.span().unwrap_or_default();
            Fault::at(text, span, error.message().to_owned())
        };
        Err(errors.iter().map(fault).collect())
    }

    fn text(text: &str) -> Self {
        Self { span: 0..0, value: Value::Text(text.to_owned()) }
    }

    fn entries(&mut self) -> Option<&mut Vec<Entry>> {
        if let Value::Table(entries) = &mut self.value { Some(entries) } else { None }
    }

    /// Brings the two ways to write something into one: `runs` are `run`, and the parameters of landscape and runs, which
    /// stand among their keys, lie in a table of their own.
    fn arrange(&mut self) {
        let Some(entries) = self.entries() else { return };
        let has_run = entries.iter().any(|entry| entry.key == RUN);
        for entry in entries {
            if entry.key == RUNS && !has_run {
                RUN.clone_into(&mut entry.key);
            }
            match (entry.key.as_str(), &mut entry.node.value) {
                ("landscape", _) => entry.node.gather_parameters(&LANDSCAPE_KEYS),
                (RUN, Value::List(runs)) => runs.iter_mut().for_each(|run| run.gather_parameters(&RUN_KEYS)),
                _ => {}
            }
        }
    }

    fn gather_parameters(&mut self, own: &[&str]) {
        let span = self.span.clone();
        let Some(entries) = self.entries() else { return };
        let (kept, loose): (Vec<Entry>, Vec<Entry>) =
            std::mem::take(entries).into_iter().partition(|entry| own.contains(&entry.key.as_str()));
        *entries = kept;
        if loose.is_empty() {
            return;
        }
        let gathered = entries.iter_mut().find(|entry| entry.key == PARAMETERS);
        match gathered.map(|entry| &mut entry.node.value) {
            // One that is named in both places is named twice, and said so.
            Some(Value::Table(parameters)) => parameters.extend(loose),
            Some(_) => {}
            None => entries.push(Entry {
                key: PARAMETERS.to_owned(),
                at: span.clone(),
                node: Self { span, value: Value::Table(loose) },
            }),
        }
    }

    /// The bytes of what stands at a place, or of its key; where there is nothing, of what is around it.
    pub(super) fn locate(&self, place: &[Step], is_key: bool) -> Range<usize> {
        let (mut node, mut found) = (self, self.span.clone());
        for (depth, step) in place.iter().enumerate() {
            let is_last = depth + 1 == place.len();
            let next = match (step, &node.value) {
                (Step::Key(key), Value::Table(entries)) => {
                    entries.iter().rfind(|entry| entry.key == *key).map(|entry| (&entry.at, &entry.node))
                }
                (Step::Element(index), Value::List(list)) => list.get(*index).map(|element| (&element.span, element)),
                _ => None,
            };
            let Some((at, inner)) = next else { break };
            found = if is_last && is_key { at.clone() } else { inner.span.clone() };
            node = inner;
        }
        found
    }

    /// The key among the parameters at a place that may be a slip of one that is missing there, with its bytes.
    pub(super) fn slip_of(&self, place: &[Step], missing: &str) -> Option<(Range<usize>, &str)> {
        let inner = place.iter().try_fold(self, |node, step| match (step, &node.value) {
            (Step::Key(key), Value::Table(entries)) => {
                entries.iter().rfind(|entry| entry.key == *key).map(|entry| &entry.node)
            }
            (Step::Element(index), Value::List(list)) => list.get(*index),
            _ => None,
        })?;
        let Value::Table(entries) = &inner.value else { return None };
        let parameters = entries.iter().find(|entry| entry.key == PARAMETERS).map(|entry| &entry.node.value);
        let Some(Value::Table(parameters)) = parameters else { return None };
        let slip = parameters.iter().find(|entry| !nearest(&entry.key, std::iter::once(missing)).is_empty())?;
        Some((slip.at.clone(), &slip.key))
    }

    /// Takes away what is wrong, so that the rest can be looked at; false where that is the whole scene.
    pub(super) fn forget(&mut self, place: &[Step]) -> bool {
        let key = |depth: usize| match place.get(depth) {
            Some(Step::Key(key)) => Some(key.as_str()),
            _ => None,
        };
        // Of these there must be some: another one takes the place.
        match (key(0), place) {
            (Some("landscape"), [_] | [_, Step::Key(_)]) if !is_optional_of_landscape(key(1)) => {
                self.set("landscape", Self::text(ANY_LANDSCAPE))
            }
            (Some("run"), [_]) => self.set("run", Self { span: 0..0, value: Value::List(vec![Self::text(any_run())]) }),
            (Some("run"), [_, Step::Element(index)]) => self.set_run(*index),
            (Some("run"), [_, Step::Element(index), Step::Key(own)]) if own == "method" => self.set_run(*index),
            (_, [inner @ .., last]) => {
                let Some(node) = self.at(inner) else { return false };
                // Two numbers, or two pairs of them, are one value.
                if node.is_of_numbers() { self.forget(inner) } else { node.remove(last) }
            }
            _ => false,
        }
    }

    fn set(&mut self, key: &str, node: Self) -> bool {
        let Some(entries) = self.entries() else { return false };
        entries.retain(|entry| entry.key != key);
        entries.push(Entry { key: key.to_owned(), at: 0..0, node });
        true
    }

    fn set_run(&mut self, index: usize) -> bool {
        let runs = self.entries().and_then(|entries| entries.iter_mut().find(|entry| entry.key == "run"));
        match runs.map(|entry| &mut entry.node.value) {
            Some(Value::List(runs)) if index < runs.len() => {
                runs[index] = Self::text(any_run());
                true
            }
            _ => false,
        }
    }

    fn at(&mut self, place: &[Step]) -> Option<&mut Self> {
        place.iter().try_fold(self, |node, step| match (step, &mut node.value) {
            (Step::Key(key), Value::Table(entries)) => {
                entries.iter_mut().rfind(|entry| entry.key == *key).map(|entry| &mut entry.node)
            }
            (Step::Element(index), Value::List(list)) => list.get_mut(*index),
            _ => None,
        })
    }

    /// Whether it is a list of numbers, or a pair of lists.
    fn is_of_numbers(&self) -> bool {
        let Value::List(list) = &self.value else { return false };
        let is_number = |node: &Self| matches!(node.value, Value::Whole(_) | Value::Number(_));
        list.iter().any(is_number) || list.len() == 2 && list.iter().any(|node| matches!(node.value, Value::List(_)))
    }

    fn remove(&mut self, step: &Step) -> bool {
        match (step, &mut self.value) {
            (Step::Key(key), Value::Table(entries)) => {
                let place = entries.iter().rposition(|entry| entry.key == *key);
                place.map(|place| entries.remove(place)).is_some()
            }
            (Step::Element(index), Value::List(list)) if *index < list.len() => {
                list.remove(*index);
                true
            }
            _ => false,
        }
    }
}

/// Whether a landscape is one without this key, whatever it says.
fn is_optional_of_landscape(key: Option<&str>) -> bool {
    key.is_some_and(|key| !["id", "formula", "grid"].contains(&key))
}

fn table_of(table: DeTable<'_>) -> Value {
    let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| Entry {
        at: key.span(),
        key: key.into_inner().into_owned(),
        node: node_of(value),
    };
    Value::Table(table.into_iter().map(entry).collect())
}

/// The node of a value; as deep as the reader of the text allows.
fn node_of(value: Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(digits) => whole(&digits),
        DeValue::Float(digits) => match digits.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() || digits.as_str().contains(['i', 'n']) => Value::Number(number),
            _ => Value::Alien("a number that is too large"),
        },
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(_) => Value::Alien("a date"),
        DeValue::Array(list) => Value::List(list.into_iter().map(node_of).collect()),
        DeValue::Table(table) => table_of(table),
    };
    Node { span, value }
}

fn whole(digits: &DeInteger<'_>) -> Value {
    i64::from_str_radix(digits.as_str(), digits.radix())
        .map_or(Value::Alien("a whole number that is too large"), Value::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_not_read_as_a_scene() {
        for text in ["+++\nid = \"a\"\n+++\n# A\n", "\u{feff}+++ \r\nid = 1\r\n", "+++"] {
            let Err(faults) = Node::of_text(text) else { panic!("{text:?} is no scene") };
            assert_eq!(faults.len(), 1, "{text:?}: {faults:?}");
            assert!(faults[0].to_string().contains("this is a lesson, not a scene"), "{text:?}: {}", faults[0]);
        }
    }
}
