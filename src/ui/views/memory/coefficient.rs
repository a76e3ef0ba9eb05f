//! The momentum coefficient: a slider whose track shows where the run escapes from its basin, and a lock that keeps η/(1−β).

use egui::{Button, Label, Role, TextStyle, Ui, WidgetInfo};

use crate::landscapes::Parameter;
use crate::optimizers::Kind;
use crate::state::{Card, Command, RunCommand, State};
use crate::ui::panels::escapes;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled};
use crate::ui::widgets::track::{self, Slide, Track};

/// Its accessible name.
const NAME: &str = "momentum coefficient β";
/// What stands in its place where the method finds its own.
const NOT_SET: &str = "β is not set: it grows toward 1 with the number of the step.";

/// The room that [`coefficient_ui`] takes.
pub(super) fn height(ui: &Ui) -> f32 {
    ui.spacing().interact_size.y + ui.text_style_height(&TextStyle::Small) + 2.0 * ui.spacing().item_spacing.y
}

/// The slider with its number and the lock, and below it the interval in words, in as many lines as it needs where it `wraps`.
pub(super) fn coefficient_ui(state: &State, wraps: bool, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(card) = state.document.card(state.selected) else { return };
    let entry = card.optimizer.entry;
    let Some(index) = card.optimizer.coefficient_index() else {
        if entry.coefficient_index().is_some() {
            ui.add(Label::new(theme::muted(NOT_SET).small()).wrap());
        }
        return;
    };
    let parameter = &entry.parameters[index];
    let step = state.playback.playhead.max(card.branched_at.unwrap_or(0));
    let value = state.document.parameters_at(card, step)[index];
    let words = escapes::words(state);
    let whole = format!("{words}\n\n{}", escapes::HELP);
    ui.add_enabled_ui(!card.ghost, |ui| {
        ui.horizontal(|ui| {
            ui.label(parameter.symbol).hint(parameter.help);
            let em = TextStyle::Body.resolve(ui.style()).size;
            let number = 4.6 * em;
            let has_lock = keeps_something(card);
            let lock = if has_lock { lock_width(ui) + ui.spacing().item_spacing.x } else { 0.0 };
            let width = (ui.available_width() - number - lock - ui.spacing().item_spacing.x).max(1.0);
            let moved = track_ui(state, (parameter, value), width, ui);
            let name = format!("{NAME}, as a number");
            let field = NumberField { name: &name, help: parameter.help, shown: spelled(value), width: number };
            let typed = field.show(ui);
            if let Some(read) = typed.map(|text| read(parameter, &text)).or(moved.map(Ok)) {
                let set = |value| Command::Runs(RunCommand::SetCoefficient { card: card.id, value });
                push_read(read, commands, set);
            }
            if has_lock {
                lock_ui(state, ui, commands);
            }
        });
    });
    // In one line the shorter words have room where the others have none; their tooltip has them all.
    let room = ui.available_width();
    let choices = std::iter::once(words).chain(escapes::brief(state));
    let mut fitting = choices.skip_while(|words| !wraps && small_width(ui, words) > room);
    let words = fitting.next().or_else(|| escapes::brief(state).pop()).unwrap_or_default();
    let label = Label::new(theme::muted(words).small());
    ui.add(if wraps { label.wrap() } else { label.truncate() }).hint(whole.trim());
}

/// What the track shows, in a line.
const TRACK_HELP: &str = "Colored: the run leaves its basin with these β.";

/// The track with its zones; what it was moved to.
fn track_ui(state: &State, (parameter, value): (&Parameter, f64), width: f32, ui: &mut Ui) -> Option<f64> {
    let track = Track::of(parameter, value);
    let slid = Slide { track, value, snaps: &[], name: NAME, width }.show(ui);
    escapes::zones_ui(state, &track, &slid, ui);
    track::paint_handle(ui, &slid, track.share(value));
    // A line, so that it hides nothing of the energies above.
    slid.response.hint(TRACK_HELP);
    slid.moved
}

const LOCK: &str = "keep η/(1−β)";

/// Whether η/(1−β) is what a gradient is multiplied with in the end: of a velocity, not of an average.
fn keeps_something(card: &Card) -> bool {
    let optimizer = &card.optimizer;
    let recurrence = optimizer.entry.recurrence(optimizer.values(), 1);
    optimizer.entry.rate_index().is_some() && recurrence.is_some_and(|recurrence| recurrence.kind == Kind::Velocity)
}

fn lock_width(ui: &Ui) -> f32 {
    small_width(ui, LOCK) + 2.0 * ui.spacing().button_padding.x
}

/// How wide words are in small type.
fn small_width(ui: &Ui, words: &str) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().layout_no_wrap(words.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

fn lock_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_on = state.view.scene.slider.keeps_asymptotic_rate;
    let text = egui::RichText::new(LOCK).small();
    let help = "Moves the learning rate along with β, so that η/(1−β) stays: that is what a gradient is multiplied with in the end. Then β changes how long the run remembers, and not how fast it is.";
    let response = ui.add(Button::selectable(is_on, text).frame_when_inactive(true)).hint(help);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, LOCK));
    if response.clicked() {
        commands.push(Command::Runs(RunCommand::KeepAsymptoticRate(!is_on)));
    }
}
