//! The steps of a moving picture or a deck, in the window in which it is exported.

use egui::{DragValue, Role, Ui, WidgetInfo};

use crate::drawing::{ExportFormat, FrameChoice, FrameLimits};
use crate::numbers::numerals::{brief, counted};
use crate::state::State;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Which steps there are, and how far apart.
pub(super) fn steps_ui(state: &State, choice: &mut FrameChoice, limits: FrameLimits, ui: &mut Ui) {
    let last = state.last_step();
    let every = choice.steps(last, limits).map_or(1, |(_, every)| every);
    let [first, end] = [choice.from.unwrap_or(0), choice.to.unwrap_or(last)];
    number_ui(("first step", "The first step that is shown."), first, 0..=last, &mut choice.from, ui);
    ui.label("to");
    number_ui(("last step", "The last step that is shown."), end, 0..=last, &mut choice.to, ui);
    ui.label("one in");
    let help = "The distance of the steps; of a long run as large at first as there is room for. The last step is always shown.";
    number_ui(("distance of the steps", help), choice.every.unwrap_or(every), 1..=last.max(1), &mut choice.every, ui);
    ui.checkbox(&mut choice.substeps, "sub-steps").hint("After every step what the method did within it.");
}

/// A whole number that is chosen once it is changed.
fn number_ui(
    (name, help): (&str, &str),
    shown: usize,
    range: std::ops::RangeInclusive<usize>,
    chosen: &mut Option<usize>,
    ui: &mut Ui,
) {
    let mut value = shown;
    let response = ui.add(DragValue::new(&mut value).range(range));
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
    if response.hint(help).changed() {
        *chosen = Some(value);
    }
}

/// How fast they follow each other, and how many there are; or why there are none.
pub(super) fn speed_ui(
    state: &State,
    format: ExportFormat,
    choice: &mut FrameChoice,
    limits: FrameLimits,
    ui: &mut Ui,
) {
    let found = choice.steps(state.last_step(), limits);
    let count = found.as_ref().map_or(1, |(steps, _)| steps.len());
    if format.moves() {
        per_second_ui(choice, count, ui);
    }
    let text = match found {
        Err(error) => error.to_string(),
        // How many sub-steps there are is known when they are taken.
        Ok(_) if choice.substeps => String::new(),
        Ok(_) if format.moves() => {
            let seconds = (count - 1) as f64 / choice.speed(count) + FrameChoice::HELD;
            format!("{}, {} s", counted(count, limits.name), brief(seconds))
        }
        Ok(_) => counted(count, limits.name),
    };
    ui.label(theme::muted(text));
}

/// How many frames a second a moving picture of `count` frames has.
fn per_second_ui(choice: &mut FrameChoice, count: usize, ui: &mut Ui) {
    let [slowest, fastest] = FrameChoice::SPEEDS;
    let mut speed = choice.speed(count);
    let response = ui.add(DragValue::new(&mut speed).range(slowest..=fastest).speed(0.1).max_decimals(1));
    response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "frames a second"));
    if response.hint("Frames a second; the last one stays for two seconds.").changed() {
        choice.per_second = Some(speed);
    }
    ui.label("a second");
}
