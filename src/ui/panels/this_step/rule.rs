//! The update rule with the numbers filled in, weight by weight, from the parts of the step.

use egui::{Label, RichText, Ui};

use crate::numbers::Vector;
use crate::numbers::numerals::{knob, number};
use crate::optimizers::{Carried, Step, Verdict};
use crate::run::{Focus, Run};
use crate::ui::theme;

/// Keeps a sign with its number where lines break.
const NO_BREAK: char = '\u{a0}';

pub(super) fn rule_ui(focus: &Focus, run: &Run, ui: &mut Ui) {
    let Ok(step) = &focus.moment.step else { return };
    let rule = run.recipe().optimizer.entry.rule;
    let at = focus.iterate.at;
    for (index, name) in run.landscape().weights().into_iter().enumerate() {
        let text = weight(name, at[index], step, index);
        ui.add(Label::new(RichText::new(text).small()).wrap())
            .on_hover_text(format!("{rule}, here for {name}: the old weight and the parts of the step"));
    }
    if step.verdict == Verdict::Rejected {
        ui.label(theme::muted("rejected: w stays").small());
    }
    for (before, after) in std::iter::zip(&focus.moment.before, &focus.moment.state) {
        ui.label(theme::muted(carried(before, after)).small())
            .on_hover_text("What the method carries on to the next step");
    }
}

/// A single number with what it was during the step, `Δ = 1 → 0.25`; a vector as it goes on.
fn carried((name, before): &(&str, Carried), (_, after): &(&str, Carried)) -> String {
    match (before.numbers().as_slice(), after.numbers().as_slice()) {
        ([old], [new]) if old == new => format!("{name} = {}", knob(*new)),
        ([old], [new]) => format!("{name} = {} → {}", knob(*old), knob(*new)),
        _ => {
            let values: Vec<String> = after.numbers().iter().map(|value| number(*value)).collect();
            format!("{name} = ({})", values.join(", "))
        }
    }
}

/// `y ← 2.930 − 0.036·38.88 = 1.530`
fn weight(name: &str, old: f64, step: &Step, index: usize) -> String {
    let mut text = format!("{name} ← {}", number(old));
    for part in &step.parts {
        text.push_str(&term(part.factor, part.vector, index));
    }
    format!("{text} ={NO_BREAK}{}", number(old + step.proposed[index]))
}

/// One part with its sign in front; a factor of one is left out.
fn term(factor: f64, vector: Vector, index: usize) -> String {
    let value = vector[index];
    if factor.abs() == 1.0 {
        let sign = if factor * value < 0.0 { '−' } else { '+' };
        return format!(" {sign}{NO_BREAK}{}", number(value.abs()));
    }
    let sign = if factor < 0.0 { '−' } else { '+' };
    let value = if value < 0.0 { format!("({})", number(value)) } else { number(value) };
    format!(" {sign}{NO_BREAK}{}·{value}", knob(factor.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    #[test]
    fn weights_and_state_are_named_as_they_are() {
        let scalar = |old, new| carried(&("Δ", Carried::Radius(old)), &("Δ", Carried::Radius(new)));
        assert_eq!(scalar(1.0, 0.25), "Δ = 1 → 0.25", "it changed");
        assert_eq!(scalar(2.0, 2.0), "Δ = 2", "it stayed");
        assert_eq!(
            carried(&("v", Carried::Vector(Vector::zeros())), &("v", Carried::Vector(Vector::new(1.0, 2.0)))),
            "v = (1.000, 2.000)",
            "a vector"
        );
    }

    #[test]
    fn the_rule_says_what_is_computed() {
        let state = State::opening();
        let focus = state.derived.focus().unwrap();
        let text = weight("y", focus.iterate.at.y, focus.moment.step.as_ref().unwrap(), 1);
        assert_eq!(text.replace(NO_BREAK, " "), "y ← 2.930 − 0.036·38.88 = 1.530");
        let negative = term(-0.5, Vector::new(-3.0, 1.0), 0);
        assert_eq!(negative.replace(NO_BREAK, " "), " − 0.5·(−3.000)", "minus a negative");
        assert_eq!(term(1.0, Vector::new(-3.0, 1.0), 0).replace(NO_BREAK, " "), " − 3.000", "a factor of one");
    }
}
