//! The update rule with the numbers filled in, weight by weight, from the parts of the step.

use egui::{Label, RichText, Ui};

use crate::numbers::Vector;
use crate::numbers::numerals::{knob, number};
use crate::optimizers::{Entry, Step, Verdict};
use crate::run::Focus;
use crate::ui::theme;

/// Keeps a sign with its number where lines break.
const NO_BREAK: char = '\u{a0}';

pub(super) fn rule_ui(focus: &Focus, entry: &Entry, ui: &mut Ui) {
    let Ok(step) = &focus.moment.step else { return };
    let at = focus.iterate.at;
    for (index, name) in ["x", "y"].into_iter().enumerate() {
        let text = weight(name, at[index], step, index);
        ui.add(Label::new(RichText::new(text).small()).wrap())
            .on_hover_text(format!("{}, here for {name}: the old weight and the parts of the step", entry.rule));
    }
    if step.verdict == Verdict::Rejected {
        ui.label(theme::muted("rejected: w stays").small());
    }
    for (name, values) in &focus.moment.state {
        let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
        let values = if values.len() == 1 { values.concat() } else { format!("({})", values.join(", ")) };
        ui.label(theme::muted(format!("{name} = {values}")).small())
            .on_hover_text("What the method carries on to the next step");
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
