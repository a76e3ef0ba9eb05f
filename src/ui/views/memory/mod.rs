//! The momentum: whether the ball gets over the saddle ahead, with which coefficients it does, and the gradients in its velocity.

mod bars;
mod coefficient;
mod energy;
mod forms;

use egui::{Label, Rect, Ui, UiBuilder, vec2};

use super::Canvases;
use super::canvas::pane_title;
use crate::drawing::ink::{Ink, run_style};
use crate::optimizers::{ENTRIES, Method, Motion};
use crate::run::{Energy, Memory};
use crate::state::{CardId, Command, Pane, RunCommand, State, TypeScale};
use crate::ui::panels::column;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// From this width on, in points at normal type, the numbers stand beside the pictures.
const WIDE: f32 = 680.0;
/// The least height of the picture of the energy, in points at normal type.
const LEAST_ENERGY: f32 = 104.0;
/// The least height of the picture of the energy in large type, in the same way.
const LEAST_CRAMPED: f32 = 64.0;
/// From this width on, in points at normal type, there is room for the past gradients, and for the names of their bars.
const ROOMY: f32 = 390.0;
/// The least height of the bars, in points at normal type.
const LEAST_BARS: f32 = 66.0;
/// Between the picture of the energy and the bars beside it, in points at normal type.
const BESIDE: f32 = 12.0;
/// The share of the width that the pictures have beside the numbers.
const PICTURES: f32 = 0.54;
/// The share of the height that the energy has where there is room for all.
const ENERGY: f32 = 0.58;

/// Shows it in the room there is.
pub fn memory_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Momentum, ui, commands, |_, _| {});
    let Some(memory) = state.derived.memory() else { return forgets(state, ui, commands) };
    let ink = state.document.card(state.selected).map_or(Ink::Truth, |card| run_style(card.style).0);
    if ui.available_width() > WIDE * theme::factor_in(ui) {
        wide(state, memory, ink, ui, commands);
    } else if let Some(energy) = state.derived.energy().filter(|energy| is_cramped(state, energy, ink, ui)) {
        cramped(state, energy, ink, ui, commands);
    } else {
        column(ui).id_salt("the velocity").show(ui, |ui| narrow(state, memory, ink, ui, commands));
    }
}

/// Whether there is no room for the past gradients: in large letters, and in a window of large type where the slider of β would be
/// below the fold.
fn is_cramped(state: &State, energy: &Energy, ink: Ink, ui: &Ui) -> bool {
    let k = theme::factor_in(ui);
    let gaps = 2.0 * ui.spacing().item_spacing.y;
    let needed = energy::sentence_height(state, energy, ink, ui) + LEAST_ENERGY * k + coefficient::height(ui) + gaps;
    let is_large = state.view.chrome.type_scale != TypeScale::Normal;
    ui.available_width() < ROOMY * k || is_large && !state.slides_coefficient() && ui.available_height() < needed
}

/// The pictures at the left, one above the other, and what is said and set at the right.
fn wide(state: &State, memory: &Memory, ink: Ink, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = theme::factor_in(ui);
    let room = ui.available_rect_before_wrap();
    let (left, right) = room.split_left_right_at_fraction(PICTURES);
    let right = Rect::from_min_max(right.min + vec2(24.0 * k, 0.0), right.max);
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        let mut height = left.height();
        if let Some(energy) = state.derived.energy() {
            energy::chart_ui(state, energy, ink, ENERGY * left.height(), ui, commands);
            height = (1.0 - ENERGY) * left.height() - 2.0 * ui.spacing().item_spacing.y;
        }
        bars::bars_ui(state, memory, ink, height.min(360.0 * k), ui);
    });
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
        if let Some(energy) = state.derived.energy() {
            energy::sentence_ui(state, energy, ink, ui);
            ui.add_space(ui.spacing().item_spacing.y);
        }
        coefficient::coefficient_ui(state, true, ui, commands);
        ui.add_space(ui.spacing().item_spacing.y);
        forms::forms_or_words_ui(state, memory, ui);
    });
}

/// The picture of the energy and the slider of β alone, and the sentence where it leaves the picture its height: the past gradients
/// give way to large type, and nothing is below the fold.
fn cramped(state: &State, energy: &Energy, ink: Ink, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = theme::factor_in(ui);
    // What the slider under the picture moves has no second one.
    let has_slider = !state.slides_coefficient();
    let below = if has_slider { coefficient::height(ui) + ui.spacing().item_spacing.y } else { 0.0 };
    let said = energy::sentence_height(state, energy, ink, ui) + ui.spacing().item_spacing.y;
    if ui.available_height() - below - said >= LEAST_ENERGY * k {
        energy::sentence_ui(state, energy, ink, ui);
    }
    let height = (ui.available_height() - below).max(LEAST_CRAMPED * k);
    energy::chart_ui(state, energy, ink, height, ui, commands);
    if has_slider {
        coefficient::coefficient_ui(state, false, ui, commands);
    }
}

/// One below the other, or the bars beside the picture of the energy where that is all the room there is; what has none is reached
/// by scrolling.
fn narrow(state: &State, memory: &Memory, ink: Ink, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = theme::factor_in(ui);
    let gap = ui.spacing().item_spacing.y;
    let energy = state.derived.energy();
    let said = energy.map_or(0.0, |energy| energy::sentence_height(state, energy, ink, ui));
    let room = ui.available_height() - said - coefficient::height(ui) - 2.0 * gap;
    let least_bars = LEAST_BARS * k;
    let with_forms = room - forms::height(memory, ui);
    let Some(energy) = energy else {
        coefficient::coefficient_ui(state, false, ui, commands);
        bars::bars_ui(state, memory, ink, with_forms.max(least_bars), ui);
        return forms::forms_or_words_ui(state, memory, ui);
    };
    energy::sentence_ui(state, energy, ink, ui);
    if with_forms * (1.0 - ENERGY) >= least_bars {
        energy::chart_ui(state, energy, ink, ENERGY * with_forms, ui, commands);
        coefficient::coefficient_ui(state, false, ui, commands);
        bars::bars_ui(state, memory, ink, (1.0 - ENERGY) * with_forms, ui);
    } else {
        // What the slider under the picture moves has no second one where room is short.
        let is_below_picture = state.slides_coefficient();
        let room = if is_below_picture { room + coefficient::height(ui) } else { room };
        let size = vec2(ui.available_width(), room.max(LEAST_ENERGY * k));
        let (left, right) = ui.allocate_space(size).1.split_left_right_at_fraction(ENERGY);
        ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("energy"), |ui| {
            energy::chart_ui(state, energy, ink, size.y, ui, commands);
        });
        let right = Rect::from_min_max(right.min + vec2(BESIDE * k, 0.0), right.max);
        ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("bars"), |ui| {
            bars::bars_ui(state, memory, ink, size.y, ui);
        });
        if !is_below_picture {
            coefficient::coefficient_ui(state, false, ui, commands);
        }
    }
    forms::forms_or_words_ui(state, memory, ui);
}

/// What the pane says of a method without a velocity, and what to do.
fn forgets(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let remembers = |id: &CardId| {
        let card = state.document.cards.iter().find(|card| card.id == *id && !card.hidden)?;
        card.optimizer.entry.gradient_sum.map(|_| card.optimizer.entry.name)
    };
    let name = state.derived.run(state.selected).map_or("This method", |run| run.recipe().optimizer.entry.name);
    let (title, why) = if remembers(&state.selected).is_some() {
        ("No step to open up", "There is no step here whose velocity could be shown.".to_owned())
    } else {
        ("No velocity", format!("{name} adds up no gradients of the past: there is no velocity to open up."))
    };
    let mut others = state.document.cards.iter().map(|card| card.id).filter(|id| *id != state.selected);
    let other = others.find_map(|id| Some((id, remembers(&id)?)));
    ui.vertical_centered(|ui| {
        let line = ui.spacing().interact_size.y;
        ui.add_space((ui.available_height() / 2.0 - 3.0 * line).max(0.0));
        ui.label(theme::strong(title));
        ui.add(Label::new(theme::muted(why).small()).wrap());
        ui.add_space(line / 2.0);
        let is_ball =
            |method: &&Method| method.gradient_sum.is_some_and(|sum| matches!(sum.motion, Motion::HeavyBall(_)));
        let Some(ball) = ENTRIES.iter().copied().find(is_ball) else { return };
        let (words, help, command) = match other {
            Some((id, name)) => (
                format!("Show that of {name}"),
                "Selects the run whose velocity can be opened up",
                Command::Runs(RunCommand::Select(id)),
            ),
            None => (
                "+ Add a momentum run".to_owned(),
                "Adds a run with momentum, whose velocity is shown here",
                Command::Runs(RunCommand::Add(ball.id)),
            ),
        };
        if ui.button(words).hint(help).clicked() {
            commands.push(command);
        }
    });
}
