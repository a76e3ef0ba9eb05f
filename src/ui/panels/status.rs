//! The bottom line: the numbers under the pointer or at the playhead, what the program has to say, and a few keys.

use egui::{Align, Button, Label, Layout, RichText, Role, TextStyle, Ui, WidgetInfo};

use crate::drawing::ink::Ink;
use crate::landscapes::excerpt::of_path;
use crate::numbers::Dimension;
use crate::numbers::numerals::{coordinate, number};
use crate::run::{Stop, StopReason};
use crate::state::{About, Command, FileCommand, Message, State, WindowCommand};
use crate::ui::theme;
use crate::ui::views::Hover;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::landscape_picker::picker_tells_refusal;
use crate::ui::widgets::row::{fits, small_button_width};

/// Coordinates smaller than this have too few digits left among four decimals.
const FINE: f64 = 1e-3;
/// The keys a newcomer needs.
const HINT: &str = "Space play · → step · drag the start · ? keys";
/// What is said where the window has no room for all of its parts.
const GAVE_WAY: &str = "no room for the tabs: they are in the menu Tabs ▾";

/// The bottom line; `hover` is the loss under the pointer, while it is over a view; `tabs_gave_way` where the
/// window is too small for them. True if it has no room for the message,
/// which is to be shown by [`message_ui`](super::message::message_ui) then.
pub fn status_ui(
    state: &State,
    hover: Option<&Hover>,
    tabs_gave_way: bool,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) -> bool {
    let mut is_long = false;
    ui.horizontal_centered(|ui| {
        place(state, hover, ui);
        ui.add_space(ui.spacing().item_spacing.x);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hint = if tabs_gave_way { GAVE_WAY } else { HINT };
            ui.add(Label::new(theme::muted(hint).small()).truncate());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| is_long = said(state, ui, commands));
        });
    });
    is_long
}

/// w, loss and slope: fixed digits, so that the line stays still while they change.
fn place(state: &State, hover: Option<&Hover>, ui: &mut Ui) {
    let analysis = state.derived.analysis();
    let here = hover.copied().or_else(|| {
        let iterate = analysis?.iterate;
        Some(Hover { at: iterate.at, value: iterate.loss, gradient: iterate.gradient })
    });
    let (whose, help) = if hover.is_some() {
        ("pointer".to_owned(), "At the pointer: the weights w, the loss and the norm of the gradient.")
    } else {
        (
            whose_step(state.shown_step(), analysis.map_or(0, |analysis| analysis.index)),
            "At the iterate of the selected run: the weights w, the loss and the norm of the gradient.",
        )
    };
    let Some(here) = here else {
        ui.label(theme::muted("the loss has no finite value at the start").small());
        return;
    };
    ui.label(theme::muted(whose).small());
    ui.label(RichText::new(numbers(state.document.landscape.dimension(), here)).small()).hint(help);
}

fn numbers(dimension: Dimension, Hover { at, value, gradient }: Hover) -> String {
    if dimension.is_one() {
        return format!("w = {}    loss {}    f′ {}", place_number(at.x), number(value), number(gradient.x));
    }
    let slope = number(libm::hypot(gradient.x, gradient.y));
    format!("w = ({}, {})    loss {}    ‖∇f‖ {slope}", place_number(at.x), place_number(at.y), number(value))
}

/// The step at the playhead; where the selected run has ended before it, that too.
fn whose_step(playhead: usize, iterate: usize) -> String {
    if iterate < playhead {
        format!("step {playhead}: this run ended at step {iterate}")
    } else {
        format!("step {iterate}")
    }
}

/// A coordinate with a fixed number of decimals; one too near zero for them has an exponent instead.
fn place_number(value: f64) -> String {
    if value != 0.0 && value.abs() < FINE { number(value) } else { coordinate(value) }
}

/// The message, while it is fresh.
pub(super) fn fresh(state: &State) -> Option<&Message> {
    state.message.as_ref().filter(|message| message.remaining(state.clock) > 0.0)
}

/// Whether there is something to say that nothing else says.
pub fn has_message(state: &State, ui: &Ui) -> bool {
    fresh(state).is_some() && !picker_tells_refusal(state, ui.ctx())
}

/// Nothing else may ask for the frame in which the message is gone.
pub(super) fn asks_to_be_gone(state: &State, message: &Message, ui: &Ui) {
    let remaining = message.remaining(state.clock);
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(remaining.max(0.0)));
}

pub(super) fn close_button(ui: &mut Ui, commands: &mut Vec<Command>) {
    let close = ui.add(Button::new("✕").small().frame(false)).hint("Closes the message");
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close the message"));
    if close.clicked() {
        commands.push(Command::Window(WindowCommand::CloseMessage));
    }
}

/// What that button says.
const BEGIN_ANEW: &str = "Begin anew";

/// A button that starts over, beside the message that the last scene was restored.
pub(super) fn restored_ui(message: &Message, ui: &mut Ui, commands: &mut Vec<Command>) {
    if message.about == About::Restored {
        let anew = ui.add(Button::new(RichText::new(BEGIN_ANEW).small()));
        if anew
            .hint("A clean slate: the scene with which the program opens first. Undo brings this one back.")
            .clicked()
        {
            commands.push(Command::Files(FileCommand::New));
        }
    }
}

/// How wide the signs are that answer a message, with the gaps after them.
pub(super) fn width_of_answers(message: &Message, ui: &Ui) -> f32 {
    let gap = ui.spacing().item_spacing.x;
    let offer = if message.about == About::Restored { small_button_width(ui, BEGIN_ANEW) + gap } else { 0.0 };
    2.0 * ui.spacing().interact_size.y + offer
}

/// A fresh message, or else what is going on, or why the selected run ends where the playhead stands. True if the message
/// has no room here.
fn said(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) -> bool {
    if let Some(message) = fresh(state).filter(|_| !picker_tells_refusal(state, ui.ctx())) {
        asks_to_be_gone(state, message, ui);
        let text = theme::strong(one_line(&message.text)).small();
        let room = ui.available_width() - width_of_answers(message, ui);
        let galley = egui::WidgetText::from(text.clone()).into_galley(ui, None, f32::INFINITY, TextStyle::Small);
        if galley.size().x > room {
            return true;
        }
        close_button(ui, commands);
        restored_ui(message, ui, commands);
        line(ui, text, &message.text);
    } else if let Some([words, whole]) = waits(state) {
        line(ui, theme::muted(words), &whole);
    } else if let Some(stop) = state.stop_here().filter(|stop| stop.reason != StopReason::Converged) {
        stop_ui(state, stop, ui);
    } else if !state.is_setup_seen() && !state.derived.notes().is_empty() {
        // The setup panel has them in full, where it is seen.
        let notes = state.derived.notes().join("\n");
        line(ui, theme::muted(one_line(&notes)), &notes);
    }
    false
}

/// What is waited for, and in the tooltip whole: the dialog of the system, or a file.
fn waits(state: &State) -> Option<[String; 2]> {
    if state.files.dialog.is_some() {
        return Some(["waiting for the file dialog …"; 2].map(str::to_owned));
    }
    let saved = state.files.saving.as_ref().map(|saving| ("saving", &saving.path));
    let (does, path) = saved.or(state.file_request.as_ref().map(|file| ("opening", &file.path)))?;
    let name = of_path(path);
    Some([format!("{does} {name} …"), name])
}

/// Why the run stopped; the sentence says all of it, and that a run has converged it says alone.
fn stop_ui(state: &State, stop: &Stop, ui: &mut Ui) {
    let text = one_line(&stop.text);
    let text = if fits(ui, &text, ui.available_width()) { &text } else { text.split(':').next().unwrap_or(&text) };
    let text = match stop.reason {
        StopReason::StepLimit => theme::muted(text),
        _ => theme::role(state.view.chrome.theme, text, Ink::Gap),
    };
    line(ui, text, &stop.text);
}

fn line(ui: &mut Ui, text: RichText, whole: &str) {
    ui.add(Label::new(text.small()).truncate()).hint(whole);
}

pub(super) fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ")
}
