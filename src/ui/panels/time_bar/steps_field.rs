//! How many steps a run has: a text field that takes any whole number up to a million, and names what it cannot take.

use egui::{Align2, Id, Key, TextEdit, Ui};

use crate::landscapes::excerpt::excerpt;
use crate::run::MAX_STEPS;
use crate::state::{Command, DocumentCommand, State, WindowCommand};
use crate::ui::widgets::hint::Hint as _;

pub(super) fn steps_field_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let id = Id::unique("number of steps");
    let shown = state.document.steps.to_string();
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| shown.clone());
    let width = 72.0 * state.view.chrome.type_scale.factor();
    let response = ui
        .add(TextEdit::singleline(&mut text).id(id).desired_width(width).align(Align2::LEFT_CENTER))
        .hint("How many steps a run has, from 1 to 1 000 000");
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("number of steps"));
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        if text != shown && !ui.input(|input| input.key_pressed(Key::Escape)) {
            commands.push(read(&text));
        }
    } else if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
    } else if response.changed() {
        // Set by a screen reader, which has no focus to lose.
        commands.push(read(&text));
    }
}

/// A number of steps, with spaces or an exponent if it must be; or what is wrong with it.
fn read(text: &str) -> Command {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    match digits.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 && (1.0..=MAX_STEPS as f64).contains(&number) => {
            Command::Document(DocumentCommand::SetSteps(number as usize))
        }
        _ => Command::Window(WindowCommand::Say(format!(
            "'{}' is no number of steps: it takes a whole number from 1 to 1 000 000",
            excerpt(text.trim())
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_taken_and_the_rest_is_named() {
        for (text, steps) in [("1", 1), (" 60 ", 60), ("1e3", 1000), ("1 000 000", 1_000_000)] {
            assert_eq!(read(text), Command::Document(DocumentCommand::SetSteps(steps)), "{text}");
        }
        for text in ["", "0", "-3", "2.5", "nan", "inf", "1e9", "sixty"] {
            assert!(
                matches!(read(text), Command::Window(WindowCommand::Say(words)) if words.starts_with(&format!("'{text}'"))),
                "{text}"
            );
        }
    }
}
