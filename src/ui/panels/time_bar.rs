//! Time: play, step, speed, the loss of every run under the playhead, and how many steps a run has.

mod steps_field;
mod strip;

use egui::{Align, Button, Layout, Response, Role, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use crate::numbers::numerals::knob;
use crate::state::{Command, SPEEDS, State};
use crate::ui::{actions, theme};

/// Narrower than this, in points at normal type, the loss strip has a row of its own.
const ONE_ROW: f32 = 960.0;

/// The time bar; it fills the room it is given.
pub fn time_bar_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = state.view.type_scale.factor();
    if ui.available_width() >= ONE_ROW * k {
        ui.horizontal_centered(|ui| {
            controls(state, ui, true, commands);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                counting(state, ui, commands);
                fill(ui, |ui| strip::strip_ui(state, ui, commands));
            });
        });
    } else {
        ui.horizontal(|ui| {
            controls(state, ui, false, commands);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| counting(state, ui, commands));
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
    let k = state.view.type_scale.factor();
    let square = Vec2::splat(32.0 * k);
    let play = if state.playback.playing { "⏸ Pause" } else { "▶ Play" };
    let play = theme::primary_button(state.view.theme, play).min_size(vec2(88.0, 32.0) * k);
    let step = if words { "▶| Step" } else { "▶|" };
    let buttons = [
        ("start", Button::new("⏮").min_size(square)),
        ("back", Button::new("|◀").min_size(square)),
        ("play", play),
        ("step", Button::new(step).min_size(square)),
    ];
    for (id, button) in buttons {
        action_button(state, ui, id, button, commands);
    }
    ui.spacing_mut().interact_size.y = square.y;
    speed(state, ui, words, commands);
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
    let response = response.on_hover_text(&tooltip).on_disabled_hover_text(tooltip);
    if response.clicked() {
        commands.push((action.command)(state));
    }
    Some(response)
}

fn speed(state: &State, ui: &mut Ui, slider: bool, commands: &mut Vec<Command>) {
    let mut speed = state.playback.speed;
    let help = "How many steps a second are played; none is skipped in the path";
    let [slowest, fastest] = SPEEDS;
    let changed = if slider {
        ui.spacing_mut().slider_width = 64.0 * state.view.type_scale.factor();
        let slider = egui::Slider::new(&mut speed, slowest..=fastest)
            .logarithmic(true)
            .custom_formatter(|value, _| format!("{} steps/s", knob(round(value))))
            .custom_parser(read_speed);
        let response = ui.add(slider).on_hover_text(help);
        response.changed()
    } else {
        let by_pixel = 0.02 * speed;
        let number = egui::DragValue::new(&mut speed)
            .range(slowest..=fastest)
            .speed(by_pixel)
            .custom_formatter(|value, _| format!("{}/s", knob(round(value))))
            .custom_parser(read_speed);
        ui.add(number).on_hover_text(help).changed()
    };
    if changed {
        commands.push(Command::SetSpeed(round(speed)));
    }
}

/// A speed as it is typed, with or without its unit.
fn read_speed(text: &str) -> Option<f64> {
    let number = text.split(['s', '/', ' ']).next()?;
    number.parse().ok()
}

/// Two digits of a speed are enough.
fn round(speed: f64) -> f64 {
    format!("{speed:.1e}").parse().unwrap_or(speed)
}

/// From the right: from here on, the number of steps, the playhead.
fn counting(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if let Some(action) = actions::find("from here on") {
        let mut on = state.view.from_here_on;
        ui.visuals_mut().widgets.inactive.bg_fill = ui.visuals().window_fill;
        if ui.checkbox(&mut on, "from here on").on_hover_text(action.help).changed() {
            commands.push(Command::SetFromHereOn(on));
        }
    }
    ui.add_space(ui.spacing().item_spacing.x);
    steps_field::steps_field_ui(state, ui, commands);
    playhead(state, ui);
}

/// As wide as its longest number, so that nothing moves while it plays.
fn playhead(state: &State, ui: &mut Ui) {
    let text = format!("step {}", state.playback.playhead);
    let longest = format!("step {}  /", state.document.steps.to_string().replace(|_: char| true, "0"));
    let width = egui::WidgetText::from(theme::strong(longest))
        .into_galley(ui, None, f32::INFINITY, egui::TextStyle::Body)
        .size()
        .x;
    let size = vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x /= 2.0;
        ui.label(theme::muted("/"));
        ui.label(theme::strong(text)).on_hover_text("Which iterate of the runs is shown");
    });
}
