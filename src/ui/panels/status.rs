//! The bottom line: the numbers under the pointer or at the playhead, what the program has to say, and a few keys.

use egui::{Align, Button, Label, Layout, RichText, Ui};

use crate::drawing::ink::Ink;
use crate::numbers::numerals::{coordinate, number};
use crate::run::{Stop, StopReason};
use crate::state::{Command, State};
use crate::ui::theme;
use crate::ui::views::Hover;

/// How long a message stays, in seconds.
const MESSAGE_SECONDS: f64 = 12.0;
/// Coordinates smaller than this have too few digits left among four decimals.
const FINE: f64 = 1e-3;
/// The keys a newcomer needs.
const HINT: &str = "Space play · → step · drag the start · ? keys";

/// The bottom line; `hover` is the land under the pointer, while it is over a view.
pub fn status_ui(state: &State, hover: Option<&Hover>, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        place(state, hover, ui);
        ui.add_space(ui.spacing().item_spacing.x);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(theme::muted(HINT).small()).truncate());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| said(state, ui, commands));
        });
    });
}

/// w, loss and slope: fixed digits, so that the line stays still while they change.
fn place(state: &State, hover: Option<&Hover>, ui: &mut Ui) {
    let focus = state.derived.focus();
    let here = hover.copied().or_else(|| {
        let iterate = focus?.iterate;
        Some(Hover { at: iterate.at, value: iterate.loss, gradient: iterate.gradient })
    });
    let (whose, help) = if hover.is_some() {
        ("pointer".to_owned(), "The land under the pointer: the weights w, the loss there, and how steep it is.")
    } else {
        (
            format!("step {}", focus.map_or(0, |focus| focus.index)),
            "Where the selected run stands: the weights w, the loss there, and how steep it is.",
        )
    };
    let Some(Hover { at, value, gradient }) = here else {
        ui.label(theme::muted("the loss has no finite value at the start").small());
        return;
    };
    let numbers = format!(
        "w = ({}, {})    loss {}    ‖∇f‖ {}",
        place_number(at.x),
        place_number(at.y),
        number(value),
        number(libm::hypot(gradient.x, gradient.y))
    );
    ui.label(theme::muted(whose).small());
    ui.label(RichText::new(numbers).small()).on_hover_text(help);
}

/// A coordinate with a fixed number of decimals; one too near zero for them has an exponent instead.
fn place_number(value: f64) -> String {
    if value != 0.0 && value.abs() < FINE { number(value) } else { coordinate(value) }
}

/// A fresh message, or else why the selected run ends where the playhead stands.
fn said(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let message = state.message.as_ref().filter(|message| state.clock - message.at < MESSAGE_SECONDS);
    if let Some(message) = message {
        // Nothing else may ask for the frame in which it is gone.
        let remaining = MESSAGE_SECONDS - (state.clock - message.at);
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(remaining.max(0.0)));
        let close = ui.add(Button::new("✕").small().frame(false)).on_hover_text("Closes the message");
        close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the message"));
        if close.clicked() {
            commands.push(Command::CloseMessage);
        }
        line(ui, theme::strong(one_line(&message.text)), &message.text);
    } else if let Some(file) = &state.file_request {
        let name = file.path.display().to_string();
        line(ui, theme::muted(format!("opening {name} …")), &name);
    } else if let Some(stop) = stop_here(state) {
        let text = one_line(&stop.text);
        let text = match stop.reason {
            StopReason::StepLimit | StopReason::Converged => theme::muted(text),
            _ => theme::role(state.view.theme, text, Ink::Gap),
        };
        line(ui, text, &stop.text);
    }
}

fn line(ui: &mut Ui, text: RichText, whole: &str) {
    ui.add(Label::new(text.small()).truncate()).on_hover_text(whole);
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Why the selected run stopped, if the playhead stands at its end.
pub(super) fn stop_here(state: &State) -> Option<&Stop> {
    let run = state.derived.run(state.selected)?;
    let at_end = state.playback.playhead + 1 >= run.iterates().len();
    run.stop().filter(|_| at_end)
}
