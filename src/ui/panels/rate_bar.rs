//! The learning rate of the selected run over the whole width of the window; of a method without one its own main parameter.

mod continuation;
mod linked;
mod released;
mod switches;

use egui::{Align, Id, Label, Layout, Rect, TextStyle, Ui, UiBuilder, vec2};

use super::run_card::ShownCard;
use crate::drawing::ink::Ink;
use crate::landscapes::Landscape;
use crate::optimizers::short_name;
use crate::run::Recipe;
use crate::run::explain::{Explanation, crosses_kinks_near};
use crate::state::{Command, RunCommand, State};
use crate::ui::panels::escapes;
use crate::ui::theme;
use crate::ui::widgets::hint::{Hint as _, keep_free};
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled, spelled_steadily};
use crate::ui::widgets::rate_assessment::{RateAssessment, half};
use crate::ui::widgets::rate_slider::{RateSlider, best_words, held};
use crate::ui::widgets::row::fits;
use crate::ui::widgets::swatch::{marker, sample};
use crate::ui::widgets::track::{self, Slide, Track};

/// Widths of what stands left and right of the track, in points at normal type.
const SIDES: [f32; 2] = [176.0, 276.0];
/// The shares of the bar that these get at most.
const SHARES: [f32; 2] = [0.22, 0.28];
/// The same while presenting, where the track has more of the width.
const PRESENTED_SIDES: [f32; 2] = [150.0, 172.0];
/// Between the parts.
const GAP: f32 = 16.0;

/// The bar; it fills the room it is given.
pub fn rate_bar_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    keep_free(ui);
    let place = state.document.place(state.selected);
    let Some((place, card)) = place.and_then(|place| Some((place, state.document.cards.get(place)?))) else { return };
    let shown = ShownCard::of(state, place, card);
    let k = state.view.chrome.type_scale.factor();
    let room = ui.available_rect_before_wrap();
    let [west, middle, east] = divided(state, room, k);
    let bar = Bar { shown: &shown, has_lines: room.height() > 44.0 * k };
    let index = bar.parameter();
    within(ui, west, "name", |ui| bar.name(index, ui));
    match (bar.why_not(), index) {
        (Some(why), _) => {
            let room = Rect::from_min_max(middle.min + vec2(GAP * k, 0.0), room.max);
            within(ui, room, "why", |ui| ui.add(Label::new(theme::muted(why)).wrap()));
        }
        (None, Some(index)) => bar.controls(index, [middle.shrink2(vec2(GAP * k, 0.0)), east], ui, commands),
        (None, None) => {}
    }
}

/// The bar's room for the name, the track and the number.
fn divided(state: &State, room: Rect, k: f32) -> [Rect; 3] {
    let sides = if state.view.chrome.presenting.is_some() { PRESENTED_SIDES } else { SIDES };
    let [left, right] = [0, 1].map(|side| (sides[side] * k).min(SHARES[side] * room.width()));
    let (west, rest) = room.split_left_right_at_x(room.left() + left);
    let (middle, east) = rest.split_left_right_at_x(room.right() - right);
    [west, middle, east]
}

/// Shows something in a part of the bar, in the middle of its height; the bar never grows with it, or the picture above would
/// move.
fn within<R>(ui: &mut Ui, room: Rect, id: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new().max_rect(room).id_salt(id).layout(Layout::left_to_right(Align::Center));
    contents(&mut ui.new_child(builder))
}

/// The run whose parameter is shown.
#[derive(Clone)]
struct Subject {
    landscape: Landscape,
    /// Without the value of the parameter.
    recipe: Recipe,
    generation: usize,
}

/// The parts of the bar.
struct Bar<'a> {
    shown: &'a ShownCard<'a>,
    /// Whether there is room for lines above and below.
    has_lines: bool,
}

impl Bar<'_> {
    /// The parameter that is shown.
    fn parameter(&self) -> Option<usize> {
        let entry = self.shown.method.entry;
        let coefficient = entry.coefficient_index().filter(|_| self.slides_coefficient());
        coefficient.or(entry.main_index()).filter(|index| self.shown.method.acts(*index))
    }

    /// The track and the number, and what is done with either.
    fn controls(&self, index: usize, [middle, east]: [Rect; 2], ui: &mut Ui, commands: &mut Vec<Command>) {
        let moved = within(ui, middle, "track", |ui| self.track(index, ui));
        let typed = within(ui, east, "number", |ui| self.number(index, ui, commands));
        let parameter = &self.shown.method.entry.parameters[index];
        if let Some(read) = typed.map(|text| read(parameter, &text)).or(moved.map(Ok)) {
            push_read(read, commands, |value| self.set(index, value));
        }
    }

    /// Whether it shows the momentum coefficient in place of the rate.
    fn slides_coefficient(&self) -> bool {
        self.shown.state.slides_coefficient()
    }

    /// The command that gives the parameter another value; with a coefficient the rate may move along.
    fn set(&self, index: usize, value: f64) -> Command {
        if self.slides_coefficient() && self.shown.method.entry.coefficient_index() == Some(index) {
            return Command::Runs(RunCommand::SetCoefficient { card: self.shown.card.id, value });
        }
        self.shown.set(index, value)
    }

    /// Why there is nothing to drag.
    fn why_not(&self) -> Option<String> {
        let ShownCard { card, method, .. } = self.shown;
        if card.ghost {
            return Some("This run is a ghost from before the branch: duplicate it to change the copy.".to_owned());
        }
        if let Some(why) = self.shown.unsupported_reason() {
            return Some(format!("{} is not applicable to this loss: it {why}.", method.entry.name));
        }
        let story = || method.stability_bound().err().map_or_else(String::new, |law| law.story.to_owned());
        self.parameter().is_none().then(story)
    }

    /// What the parameter is called, and whose it is.
    fn name(&self, index: Option<usize>, ui: &mut Ui) {
        let ShownCard { card, method, .. } = self.shown;
        let caption = index.map(|index| {
            let parameter = &method.entry.parameters[index];
            let label = parameter.label;
            let first = label.chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            let rest: String = label.chars().skip(1).collect();
            let says_it = label.split(' ').any(|word| word == parameter.symbol);
            if says_it { format!("{first}{rest}") } else { format!("{first}{rest} {}", parameter.symbol) }
        });
        ui.vertical(|ui| {
            let (caption_height, line) =
                (ui.text_style_height(&TextStyle::Body), ui.text_style_height(&TextStyle::Small));
            let second = if caption.is_some() { line } else { caption_height };
            let height = caption_height + if self.has_lines { second } else { 0.0 };
            ui.add_space(((ui.available_height() - height) / 2.0).max(0.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            let title = caption.clone().unwrap_or_else(|| method.entry.name.to_owned());
            // The name of a method alone may take two lines.
            let label = Label::new(theme::strong(title));
            let response = ui.add(if caption.is_some() { label.truncate() } else { label.wrap() });
            if let Some(index) = index {
                response.hint(method.entry.parameters[index].help);
            }
            if self.has_lines && caption.is_some() {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    // While presenting, where the name is large, the marker alone.
                    let presents = self.shown.state.view.chrome.presenting.is_some();
                    if presents {
                        marker(ui, card.style);
                    } else {
                        sample(ui, card.style);
                    }
                    let name = theme::muted(short_name(method.entry.name)).small();
                    ui.add(Label::new(name).truncate()).hint(method.entry.name);
                });
            }
        });
    }

    /// The track; what it was moved to.
    fn track(&self, index: usize, ui: &mut Ui) -> Option<f64> {
        let (shown, name) = (self.shown, self.shown.parameter_name(index));
        let (parameter, value) = (&shown.method.entry.parameters[index], shown.method.parameters[index]);
        let assessment = shown.assessment();
        if shown.method.entry.rate_index() == Some(index) || matches!(assessment, RateAssessment::Share(_)) {
            return self.assessed_track(index, &assessment, ui);
        }
        let track = Track::of(parameter, value);
        let slid = Slide { track, value, snaps: &[], name: &name, width: ui.available_width() }.show(ui);
        if self.slides_coefficient() {
            escapes::zones_ui(shown.state, &track, &slid, ui);
            track::paint_handle(ui, &slid, track.share(value));
        } else {
            track::paint(ui, &slid, track.share(value));
        }
        // As over the track of a rate, nothing covers it or what stands below: its name has the tooltip.
        slid.moved
    }

    /// The track of a rate, or of a share that is judged like one.
    fn assessed_track(&self, index: usize, assessment: &RateAssessment, ui: &mut Ui) -> Option<f64> {
        let (shown, name) = (self.shown, self.shown.parameter_name(index));
        let (parameter, rate) = (&shown.method.entry.parameters[index], shown.method.parameters[index]);
        let is_rate = shown.method.entry.rate_index() == Some(index);
        let slider = RateSlider {
            parameter,
            rate,
            now: shown.rate_now().filter(|now| is_rate && *now != rate),
            assessment,
            best: shown.state.better_rate(shown.card.id).filter(|_| is_rate),
            name: &name,
            width: ui.available_width(),
            is_log: is_rate && shown.state.has_log_rate(),
            comes_down: continuation::of(shown).is_some(),
            run: self.generation(index, ui),
            is_playing: shown.state.playback.playing,
        };
        ui.vertical_centered(|ui| self.centered(ui, |ui, lines| slider.show_wide(ui, lines))).inner
    }

    /// A number that changes with the run but for the value of this parameter and where the run ends.
    fn generation(&self, index: usize, ui: &Ui) -> usize {
        let document = &self.shown.state.document;
        let mut recipe = document.recipe(self.shown.card);
        recipe.optimizer.parameters[index] = 0.0;
        (recipe.steps, recipe.tolerance) = (0, None);
        recipe.changes.clear();
        let new = |generation| Subject { landscape: document.landscape.clone(), recipe: recipe.clone(), generation };
        ui.data_mut(|data| {
            let known = data.get_temp_mut_or_insert_with(Id::unique("run of the rate"), || new(0));
            if known.landscape != document.landscape || known.recipe != recipe {
                *known = new(known.generation + 1);
            }
            known.generation
        })
    }

    /// Puts the track with its lines into the middle of the height.
    fn centered<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui, bool) -> R) -> R {
        let lines = if self.has_lines { 2.0 * ui.text_style_height(&TextStyle::Small) } else { 0.0 };
        ui.add_space(((ui.available_height() - ui.spacing().interact_size.y - lines) / 2.0).max(0.0));
        contents(ui, self.has_lines)
    }

    /// The value as a number, and what can be said about it; what was typed.
    fn number(&self, index: usize, ui: &mut Ui, commands: &mut Vec<Command>) -> Option<String> {
        let (shown, name) = (self.shown, format!("{}, as a number", self.shown.parameter_name(index)));
        let (parameter, value) = (&shown.method.entry.parameters[index], shown.method.parameters[index]);
        let is_rate = shown.method.entry.rate_index() == Some(index);
        let spelling = if is_rate { spelled_steadily(value) } else { spelled(value) };
        let width = 7.0 * TextStyle::Body.resolve(ui.style()).size;
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let line = ui.text_style_height(&TextStyle::Small);
            let lines = if self.has_lines { 2.0 * line } else { 0.0 };
            ui.add_space(((ui.available_height() - ui.spacing().interact_size.y - lines) / 2.0).max(0.0));
            let field = NumberField { name: &name, help: parameter.help, shown: spelling, width };
            let typed = ui.horizontal(|ui| self.field(field, is_rate, ui, commands)).inner;
            if self.has_lines {
                self.description(is_rate, ui);
            }
            typed
        })
        .inner
    }

    /// The number, and the switches that belong to it.
    fn field(&self, field: NumberField<'_>, is_rate: bool, ui: &mut Ui, commands: &mut Vec<Command>) -> Option<String> {
        let typed = field.show(ui);
        if is_rate || self.slides_coefficient() {
            let shown = self.shown;
            switches::switches_ui(shown.state, shown.card.id, &shown.assessment(), ui, commands);
        }
        typed
    }

    /// What the main parameter of a method without a rate does, or why it has no zones.
    fn description_of_other(&self, ui: &mut Ui) {
        let Some(law) = self.shown.method.stability_bound().err() else { return };
        let share = self.parameter().map(|index| self.shown.method.parameters[index]);
        let assessment = self.shown.assessment();
        let zoned = share.filter(|_| matches!(assessment, RateAssessment::Share(_)));
        let (text, ink) = zoned.map_or_else(
            || (law.brief.to_owned(), Ink::Muted),
            |share| assessment.describe(share, &self.shown.rate_place(), false, false),
        );
        let (text, ink) = match continuation::of(self.shown).filter(|_| ink == Ink::Gap) {
            Some(continuation) => (continuation.added_to(&text, |text| lines(text, ui) <= 2), Ink::Muted),
            None => (text, ink),
        };
        let label = Label::new(theme::role(theme::theme_of(ui.style()), text, ink).small()).wrap();
        ui.add(label).hint(law.story);
    }

    /// Which coefficients leave the basin: what says most in two lines.
    fn description_of_escapes(&self, ui: &mut Ui) {
        let state = self.shown.state;
        let mut briefs = escapes::brief(state);
        let Some(shortest) = briefs.pop() else { return };
        let brief = briefs.into_iter().find(|text| lines(text, ui) <= 2).unwrap_or(shortest);
        let label = Label::new(theme::muted(brief).small()).wrap();
        ui.add(label).hint(format!("{}\n\n{}", escapes::words(state), escapes::HELP));
    }

    /// Where a rate is among those of its method; of another parameter, what that does.
    fn description(&self, is_rate: bool, ui: &mut Ui) {
        let shown = self.shown;
        if self.slides_coefficient() {
            self.description_of_escapes(ui);
            return;
        }
        let Some(rate) = shown.method.entry.rate_index().filter(|_| is_rate) else {
            self.description_of_other(ui);
            return;
        };
        // While it is dragged the text speaks of the scale that is seen.
        let held = held(ui, &shown.parameter_name(rate));
        let (is_held, assessment) = (held.is_some(), held.unwrap_or_else(|| shown.assessment()));
        let now = shown.rate_now();
        let state = shown.state;
        let run = state.derived.run(shown.card.id);
        let arrived = run.is_some_and(|run| run.walker().arrived());
        // A run that jumps back from a kink does not come to rest sooner with a larger rate.
        let kink_lines = state.derived.kink_lines();
        let crosses_kink = run.is_some_and(|run| crosses_kinks_near(run, kink_lines, state.step_of(shown.card.id)));
        let value = now.unwrap_or(shown.method.parameters[rate]);
        let crosses = state.derived.explanation().is_some_and(Explanation::crosses_valley);
        let (text, ink) = assessment.describe(value, &shown.rate_place(), arrived || crosses_kink, crosses);
        let (text, ink) = match continuation::of(shown).filter(|_| ink == Ink::Gap) {
            Some(continuation) => (continuation.added_to(&text, |text| lines(text, ui) <= 2), Ink::Muted),
            None => (text, ink),
        };
        let theme = theme::theme_of(ui.style());
        let now = now.filter(|now| *now != shown.method.parameters[rate]);
        let symbol = shown.method.entry.parameters[rate].symbol;
        let moved = released::words(ui, &assessment, (shown.card.id, value, state.step_of(shown.card.id)), is_held);
        let second = now
            .map(|now| format!("{symbol} now {}", crate::numbers::numerals::number(now)))
            .or(moved)
            .or(assessment.caution().map(str::to_owned));
        let has_room = fits(ui, &text, ui.available_width());
        let linked = linked::beyond(state, shown.card.id);
        // Two lines have room: one of each, or both of the first; of that one half is enough beside a run that leaves.
        let is_long = linked.is_some() && !has_room || lines(&text, ui) > 2;
        let text = if is_long { half(&text).to_owned() } else { text };
        let second = second.filter(|_| now.is_some() || has_room).filter(|_| linked.is_none());
        let label = Label::new(theme::role(theme, text, ink).small());
        let label = if second.is_some() || linked.is_some() { label.truncate() } else { label.wrap() };
        let best = best_words(shown.state.better_rate(shown.card.id), &shown.method.entry.parameters[rate]);
        ui.add(label).hint(format!("{}{best}", assessment.story()));
        if let Some(linked) = linked {
            let label = Label::new(theme::role(theme, linked.brief, linked.ink).small()).truncate();
            ui.add(label).hint(linked.whole);
        }
        if let Some(second) = second {
            ui.add(Label::new(theme::muted(second).small()).truncate());
        }
    }
}

/// How many lines a small text takes here.
fn lines(text: &str, ui: &Ui) -> usize {
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().layout(text.to_owned(), font, egui::Color32::PLACEHOLDER, ui.available_width()).rows.len()
}
