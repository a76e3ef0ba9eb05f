//! Time: play, step, speed, the loss of every run under the playhead, and how many steps a run has.

mod steps_field;
mod strip;

use egui::{Align, Button, Layout, Response, Role, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::this_step::batch::{epoch_number, epoch_words};
use crate::run::Epochs;
use crate::state::{Command, PlayCommand, RunCommand, SPEEDS, State, WindowCommand};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, read_coordinate, spelled};
use crate::ui::{actions, theme};

/// Narrower than this, in points at normal type, the loss strip has a row of its own.
const ONE_ROW: f32 = 960.0;
/// The same of a window with a low bar, where symbols stand for words.
const SHORT_ROW: f32 = 800.0;

/// Whether a low bar has one row in a window of this width, in points at normal type.
pub fn time_in_a_row(width: f32) -> bool {
    width > SHORT_ROW
}

/// Narrower than this, in points at normal type, *Predict* is a question mark.
const ROOM_FOR_PREDICT: f32 = 620.0;

/// What the number of the step is.
const HELP: &str = "Which iterate of the runs is shown; of a run that has ended before, its last one";

/// The time bar; it fills the room it is given, with all of it in one row if that `is_row`, or if it is wide enough.
pub fn time_bar_ui(state: &State, is_row: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = state.view.chrome.type_scale.factor();
    let words = ui.available_width() >= ONE_ROW * k;
    if words || is_row {
        ui.horizontal_centered(|ui| {
            controls(state, ui, words, commands);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                counting(state, ui, words, commands);
                fill(ui, |ui| strip::strip_ui(state, ui, commands));
            });
        });
    } else {
        ui.horizontal(|ui| {
            controls(state, ui, false, commands);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| counting(state, ui, false, commands));
        });
        fill(ui, |ui| strip::strip_ui(state, ui, commands));
    }
}

/// All the room that is left.
fn fill(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), content);
}

/// The buttons and the speed; `words` beside the symbols where there is room.
fn controls(state: &State, ui: &mut Ui, words: bool, commands: &mut Vec<Command>) {
    let square = Vec2::splat(32.0 * state.view.chrome.type_scale.factor());
    for (id, button) in buttons(state, square, words, ui) {
        action_button(state, ui, id, button, commands);
    }
    ui.spacing_mut().interact_size.y = square.y;
    speed(state, ui, words, commands);
}

/// The buttons by the ids of their actions.
fn buttons(state: &State, square: Vec2, words: bool, ui: &Ui) -> [(&'static str, Button<'static>); 5] {
    let k = state.view.chrome.type_scale.factor();
    let play = if state.playback.playing { "⏸ Pause" } else { "▶ Play" };
    let play = theme::primary_button(state.view.chrome.theme, play).min_size(vec2(88.0, 32.0) * k);
    let step = if words { "▶| Step" } else { "▶|" };
    let predict = match state.held_step() {
        Some(_) => "Reveal",
        None if ui.available_width() >= ROOM_FOR_PREDICT * k => "Predict",
        None => "?",
    };
    [
        ("start", Button::new("⏮").min_size(square)),
        ("back", Button::new("|◀").min_size(square)),
        ("play", play),
        ("step", Button::new(step).min_size(square)),
        ("predict", Button::new(predict).min_size(square)),
    ]
}

/// A button of the table of actions, which gives it its name, its tooltip and its key.
fn action_button(
    state: &State,
    ui: &mut Ui,
    id: &str,
    button: Button<'_>,
    commands: &mut Vec<Command>,
) -> Option<Response> {
    let action = actions::find(id)?;
    let enabled = (action.enabled)(state);
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, (action.label)(state)));
    let tooltip = action.tooltip(ui.ctx());
    let response = response.hint(tooltip);
    if response.clicked() {
        commands.push((action.command)(state));
    }
    Some(response)
}

/// A field that takes any speed within the limits, and beside it a slider where there is room.
fn speed(state: &State, ui: &mut Ui, slider: bool, commands: &mut Vec<Command>) {
    const HELP: &str = "How many steps a second are played, from 0.5 to 1000; none is skipped in the path";
    let (now, [slowest, fastest]) = (state.playback.speed, SPEEDS);
    let k = state.view.chrome.type_scale.factor();
    if slider {
        ui.spacing_mut().slider_width = 64.0 * k;
        let mut speed = now;
        let track = egui::Slider::new(&mut speed, slowest..=fastest).logarithmic(true).show_value(false);
        // As large as the handles of the other tracks.
        let slide = |ui: &mut Ui| {
            ui.spacing_mut().interact_size.y = 20.0 * k;
            ui.add(track).hint(HELP)
        };
        let response = ui.scope(slide).inner;
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("speed in steps a second"));
        if response.changed() {
            commands.push(Command::Play(PlayCommand::SetSpeed(round(speed))));
        }
    }
    let field = NumberField { name: "speed as a number", help: HELP, shown: spelled(now), width: 48.0 * k };
    if let Some(text) = field.show(ui) {
        commands.push(read_speed(&text));
    }
    ui.label(theme::muted(if slider { "steps/s" } else { "/s" }));
}

/// A speed as it is typed, with or without its unit; or what is wrong with it.
fn read_speed(text: &str) -> Command {
    let number = text.trim().trim_end_matches("steps/s").trim_end_matches("/s");
    match read_coordinate("speed", number) {
        Ok(value) if (SPEEDS[0]..=SPEEDS[1]).contains(&value) => Command::Play(PlayCommand::SetSpeed(value)),
        Ok(value) => Command::Window(WindowCommand::Say(format!(
            "speed cannot be {}: it must be 0.5 to 1000 steps a second",
            spelled(value)
        ))),
        Err(error) => {
            Command::Window(WindowCommand::Say(format!("{error}: the speed must be 0.5 to 1000 steps a second")))
        }
    }
}

/// Two digits of a speed are enough.
fn round(speed: f64) -> f64 {
    format!("{speed:.1e}").parse().unwrap_or(speed)
}

/// From the right: whether a change applies from this step on, the number of steps, the playhead.
fn counting(state: &State, ui: &mut Ui, words: bool, commands: &mut Vec<Command>) {
    if let Some(action) = actions::find("from this step") {
        let mut on = state.view.scene.slider.from_here_on;
        ui.visuals_mut().widgets.inactive.bg_fill = ui.visuals().window_fill;
        if ui.checkbox(&mut on, "from this step").hint(action.help).changed() {
            commands.push(Command::Runs(RunCommand::ApplyFromThisStep(on)));
        }
    }
    ui.add_space(ui.spacing().item_spacing.x);
    steps_field::steps_field_ui(state, ui, commands);
    playhead(state, ui, words);
}

/// Shows the playhead, as wide as its longest number, so that nothing moves while it plays; with the epoch if there is one, and room.
fn playhead(state: &State, ui: &mut Ui, words: bool) {
    let epochs = state.derived.run(state.selected).and_then(Epochs::of);
    let epoch = |step: usize| {
        let number = epochs.as_ref().filter(|_| words).map(|epochs| epoch_number(epochs, step));
        number.map_or_else(String::new, |number| format!(" · epoch {number}"))
    };
    let (now, last) = (state.shown_step(), state.document.steps);
    let text = format!("step {now}{}", epoch(now));
    let zeros = |text: String| text.replace(|letter: char| letter.is_ascii_digit(), "0");
    // The end of a run may fall on a whole epoch, and the step before it not.
    let longest = [last, last.saturating_sub(1)].map(|step| zeros(format!("step {last}{}  /", epoch(step))));
    let longest = longest.into_iter().max_by_key(String::len).unwrap_or_default();
    let help =
        epochs.as_ref().map_or_else(|| HELP.to_owned(), |epochs| format!("{HELP}. {}", epoch_words(epochs, now)));
    let width = egui::WidgetText::from(theme::strong(longest))
        .into_galley(ui, None, f32::INFINITY, egui::TextStyle::Body)
        .size()
        .x;
    let size = vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x /= 2.0;
        ui.label(theme::muted("/"));
        ui.label(theme::strong(text)).hint(format!("{help}\n\n{}", strip::HELP));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_taken_or_the_field_is_named() {
        for (text, speed) in [("0.5", 0.5), ("12 steps/s", 12.0), ("1000/s", 1000.0), ("1e2", 100.0)] {
            assert_eq!(read_speed(text), Command::Play(PlayCommand::SetSpeed(speed)), "{text}");
        }
        for text in ["nan", "abc", "0", "−5", "1001", "inf", ""] {
            let Command::Window(WindowCommand::Say(words)) = read_speed(text) else { panic!("{text} is no speed") };
            assert!(words.starts_with("speed") && words.contains("0.5 to 1000"), "{words}");
        }
    }
}
