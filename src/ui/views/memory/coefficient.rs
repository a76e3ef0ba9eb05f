//! The momentum coefficient: a slider whose track shows where the run escapes from its basin, and a lock that keeps η/(1−β).

use egui::{Button, Label, Rect, Role, TextStyle, Ui, WidgetInfo, pos2};

use crate::analysis::Zone;
use crate::drawing::ink::{Ink, run_style};
use crate::landscapes::Parameter;
use crate::numbers::numerals::number;
use crate::optimizers::Kind;
use crate::state::{Card, Command, RunCommand, State};
use crate::studies::{Ending, NoEscape, Stretch};
use crate::ui::theme;
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled};
use crate::ui::widgets::rate_slider::paint_zone;
use crate::ui::widgets::track::{self, Slid, Slide, Track};

/// Its accessible name.
const NAME: &str = "momentum coefficient β";
/// What stands in its place where the method finds its own.
const NOT_SET: &str = "β is not set: it grows toward 1 with the number of the step.";
/// Thickness of the track, in points at normal type.
const THICKNESS: f32 = 8.0;
/// So many intervals are named.
const NAMED: usize = 2;

/// The room that [`coefficient_ui`] takes.
pub(super) fn height(ui: &Ui) -> f32 {
    ui.spacing().interact_size.y + ui.text_style_height(&TextStyle::Small) + 2.0 * ui.spacing().item_spacing.y
}

/// The slider with its number and the lock, and below it the interval in words.
pub(super) fn coefficient_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
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
    let words = words(state);
    ui.add_enabled_ui(!card.ghost, |ui| {
        ui.horizontal(|ui| {
            ui.label(parameter.symbol).on_hover_text(parameter.help);
            let em = TextStyle::Body.resolve(ui.style()).size;
            let number = 4.6 * em;
            let has_lock = keeps_something(card);
            let lock = if has_lock { lock_width(ui) + ui.spacing().item_spacing.x } else { 0.0 };
            let width = (ui.available_width() - number - lock - ui.spacing().item_spacing.x).max(1.0);
            let moved = track_ui(state, card, (parameter, value), &words, width, ui);
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
    ui.add(Label::new(theme::muted(words).small()).truncate());
}

/// The track with its zones; what it was moved to.
fn track_ui(
    state: &State,
    card: &Card,
    (parameter, value): (&Parameter, f64),
    words: &str,
    width: f32,
    ui: &mut Ui,
) -> Option<f64> {
    let track = Track::of(parameter, value);
    let slid = Slide { track, value, snaps: &[], name: NAME, width }.show(ui);
    zones_ui(state.derived.escapes(), &track, &slid, run_style(card.style).0, ui);
    track::paint_handle(ui, &slid, track.share(value));
    let help = format!(
        "{}\n\nColored: with these β the run, from its start, comes to rest in another basin than that in which it starts. Each β is tried by continuing the run. {words}",
        parameter.help
    );
    // What is dragged is looked at: no tooltip covers it.
    if !slid.response.is_pointer_button_down_on() {
        slid.response.on_hover_text(help);
    }
    slid.moved
}

/// Where the run escapes in its color, where it diverges in vermilion, hatched where it is open.
fn zones_ui(stretches: &[Stretch], track: &Track, slid: &Slid, ink: Ink, ui: &Ui) {
    let unit = ui.spacing().interact_size.y / 24.0;
    let rail = track::rail(slid.response.rect, THICKNESS * unit);
    let theme = theme::theme_of(ui.style());
    ui.painter().rect_filled(rail, rail.height() / 2.0, ui.visuals().widgets.inactive.bg_fill);
    let place = |beta: f64| egui::lerp(slid.reach, track.share(beta));
    for stretch in stretches {
        let [from, to] = stretch.beta.map(place);
        let part = Rect::from_min_max(pos2(from, rail.top()), pos2(to.max(from + 1.0), rail.bottom()));
        match stretch.ending {
            Ending::Stays => {}
            Ending::Escapes(_) => {
                ui.painter().rect_filled(part, 0.0, theme::color(ink.fill(theme)));
            }
            Ending::Diverges => paint_zone(ui, part, rail, Zone::Diverging, unit),
            Ending::Open => paint_zone(ui, part, rail, Zone::Unlimited, unit),
        }
    }
}

/// The intervals in words, or why there are none.
fn words(state: &State) -> String {
    match state.derived.no_escapes() {
        Some(NoEscape::OneMinimum) => {
            return "There is no other known minimum to which the run could escape.".to_owned();
        }
        Some(NoEscape::NoMomentum) => return String::new(),
        None if state.derived.has_no_basin() => return "It is not known in which basin the run starts.".to_owned(),
        None => {}
    }
    let under_way = if state.derived.wanted_escapes().is_some() { " …" } else { "" };
    let stretches = state.derived.escapes();
    if stretches.is_empty() {
        return if under_way.is_empty() { String::new() } else { "Other β are being tried …".to_owned() };
    }
    let intervals = escaping(stretches);
    let [first, rest @ ..] = intervals.as_slice() else {
        return format!("Escapes from its basin for none of the β tried{under_way}");
    };
    let interval = |[from, to]: &[f64; 2]| format!("{} to {}", number(*from), number(*to));
    let named = rest.iter().take(NAMED - 1).map(|other| format!(", {}", interval(other)));
    let more = match rest.len().saturating_sub(NAMED - 1) {
        0 => String::new(),
        1 => ", in 1 more".to_owned(),
        more => format!(", in {more} more"),
    };
    let named: String = named.collect();
    format!("Escapes (of the β tried): {}{named}{more}{under_way}", interval(first))
}

/// Where the run comes to rest at another minimum, whichever that is.
fn escaping(stretches: &[Stretch]) -> Vec<[f64; 2]> {
    let mut intervals: Vec<[f64; 2]> = Vec::new();
    for stretch in stretches.iter().filter(|stretch| matches!(stretch.ending, Ending::Escapes(_))) {
        match intervals.last_mut().filter(|last| last[1] == stretch.beta[0]) {
            Some(last) => last[1] = stretch.beta[1],
            None => intervals.push(stretch.beta),
        }
    }
    intervals
}

const LOCK: &str = "keep η/(1−β)";

/// Whether η/(1−β) is what a gradient is multiplied with in the end: of a velocity, not of an average.
fn keeps_something(card: &Card) -> bool {
    let optimizer = &card.optimizer;
    let recurrence = optimizer.entry.recurrence(optimizer.values(), 1);
    optimizer.entry.rate_index().is_some() && recurrence.is_some_and(|recurrence| recurrence.kind == Kind::Velocity)
}

fn lock_width(ui: &Ui) -> f32 {
    let font = TextStyle::Small.resolve(ui.style());
    let words = ui.painter().layout_no_wrap(LOCK.to_owned(), font, egui::Color32::PLACEHOLDER).size().x;
    words + 2.0 * ui.spacing().button_padding.x
}

fn lock_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_on = state.view.scene.keeps_asymptotic_rate;
    let text = egui::RichText::new(LOCK).small();
    let help = "Moves the learning rate along with β, so that η/(1−β) stays: that is what a gradient is multiplied with in the end. Then β changes how long the run remembers, and not how fast it is.";
    let response = ui.add(Button::selectable(is_on, text).frame_when_inactive(true)).on_hover_text(help);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, LOCK));
    if response.clicked() {
        commands.push(Command::Runs(RunCommand::KeepAsymptoticRate(!is_on)));
    }
}
