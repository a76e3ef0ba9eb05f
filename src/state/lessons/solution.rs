//! The words of the solution that a lesson gives for a task, each held against its scene.

use super::super::Scene;
use super::resolve::{found, overlay, picture, tab};
use crate::landscapes::Parameter;
use crate::lessons::{Located, Mistake, SolutionText};
use crate::optimizers::Choice;

type Pair = (Located<String>, Located<String>);

/// The place and the value of a named parameter.
pub(in crate::state) fn setting(
    (name, value): &Pair,
    parameters: &[Parameter],
    mistakes: &mut Vec<Mistake>,
) -> Option<(usize, f64)> {
    let known = parameters.iter().enumerate().map(|(place, parameter)| (parameter.name, place));
    let place = found("parameter", name, known, mistakes)?;
    let read = parameters[place].read(&value.value);
    read.map_err(|error| mistakes.push(value.mistake(error.to_string()))).ok().map(|value| (place, value))
}

pub(in crate::state) fn choice(word: &Located<String>, mistakes: &mut Vec<Mistake>) -> Option<Choice> {
    Choice::parse(&word.value).map_err(|error| mistakes.push(word.mistake(error.to_string()))).ok()
}

/// Everything in a solution that stands for nothing in its scene.
pub(super) fn read_solution(solution: &SolutionText, scene: &Scene, mistakes: &mut Vec<Mistake>) {
    for pair in &solution.landscape {
        setting(pair, scene.document.landscape.parameters(), mistakes);
    }
    for word in &solution.add {
        choice(word, mistakes);
    }
    let method = solution.method.as_ref().and_then(|word| choice(word, mistakes));
    let place = solution.select.as_ref().map_or(1, |number| number.value).checked_sub(1);
    let card = place.and_then(|place| scene.document.cards.get(place));
    let entry = method.map(|choice| choice.entry).or_else(|| card.map(|card| card.optimizer.entry));
    for pair in entry.iter().flat_map(|_| &solution.parameters) {
        setting(pair, entry.map_or(&[], |entry| entry.parameters), mistakes);
    }
    solution.picture.as_ref().and_then(|word| picture(word, mistakes));
    solution.tab.as_ref().and_then(|word| tab(word, mistakes));
    for word in solution.show.iter().chain(&solution.hide) {
        overlay(word, mistakes);
    }
}
