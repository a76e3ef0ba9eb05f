//! The memory: the weights of past gradients in the velocity, its three forms side by side, and what carries it over a barrier.

use egui::text::LayoutJob;
use egui::{
    Align, Align2, FontSelection, Grid, Label, Rect, RichText, ScrollArea, Sense, TextStyle, Ui, UiBuilder, pos2, vec2,
};

use super::Canvases;
use super::canvas::{announce, pane_title};
use crate::drawing::ink::{Ink, run_style};
use crate::drawing::memory::{Bars, ages, beyond, half_of_the_weight, pushes, pushes_along, weights};
use crate::numbers::numerals::{number, parameter};
use crate::optimizers::{ENTRIES, Kind, Method, Motion, Recurrence};
use crate::render::flat::paint_sample;
use crate::run::{BarrierForecast, Energy, Form, Memory};
use crate::state::{CardId, Command, Pane, RunCommand, State};
use crate::ui::theme;

/// Width of a bar's slot, in points.
const SLOT: f32 = 9.0;
/// From this width on, in points at normal type, the numbers stand beside the bars.
const WIDE: f32 = 620.0;
/// The least height of the bars, in points at normal type.
const LEAST: f32 = 74.0;
/// Between the rows of the table, and the height of the bars of energy; in points.
const ROW_GAP: f32 = 1.0;
const BAR_ROOM: f32 = 10.0;

/// Shows it in the room there is.
pub fn memory_ui(state: &State, _canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Memory, ui, commands, |_, _| {});
    let Some(memory) = state.derived.memory() else { return forgets(state, ui, commands) };
    let k = state.view.chrome.type_scale.factor();
    let ink = state
        .document
        .cards
        .iter()
        .find(|card| card.id == state.selected)
        .map_or(Ink::Truth, |card| run_style(card.style).0);
    if ui.available_width() > WIDE * k {
        let room = ui.available_rect_before_wrap();
        let (left, right) = room.split_left_right_at_fraction(0.55);
        let right = Rect::from_min_max(right.min + vec2(24.0 * k, 0.0), right.max);
        ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
            bars_ui(state, memory, ink, left.height().min(460.0 * k), ui);
        });
        ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
            numbers_ui(state, memory, ink, ui);
        });
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let below = height_of_numbers(state, memory, ui);
        let height = (ui.available_height() - below).max(LEAST * k);
        bars_ui(state, memory, ink, height, ui);
        numbers_ui(state, memory, ink, ui);
    });
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
        let is_ball = |method: &&Method| method.gradient_sum.is_some_and(|sum| matches!(sum.motion, Motion::Ball(_)));
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
        if ui.button(words).on_hover_text(help).clicked() {
            commands.push(command);
        }
    });
}

/// Weights above, pushes beneath, and between them how long ago.
fn bars_ui(state: &State, memory: &Memory, ink: Ink, height: f32, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let (room, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    announce(&response, || announcement(memory));
    let font = TextStyle::Small.resolve(ui.style());
    let color = |ink: Ink| theme::color(ink.text(state.view.chrome.theme));
    let say = |at, anchor: Align2, text: &str, ink: Ink| ui.painter().text(at, anchor, text, font.clone(), color(ink));
    let width_of = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), color(Ink::Muted)).size().x;
    let line = ui.text_style_height(&TextStyle::Small);
    // The newest of a heavy ball weighs β⁰ = 1; an average divides them all by the same number.
    let weight = if memory.contributions.first().is_some_and(|one| one.weight == 1.0) {
        "weight βᵏ"
    } else {
        "weight ∝ βᵏ"
    };
    let gutter = width_of(&format!("{weight} "));
    let plot = Rect::from_min_max(room.min + vec2(gutter, 0.0), room.max);
    let slots = ((plot.width() / (SLOT * k)) as usize).clamp(8, 96);
    let share = (plot.height() - line).max(0.0);
    let upper = Rect::from_min_size(plot.min, vec2(plot.width(), 0.5 * share));
    let lower = Rect::from_min_max(pos2(plot.left(), upper.bottom() + line), plot.max);
    let half = half_of_the_weight(memory);
    let words = match half {
        _ if memory.keep == 0.0 => "the newest alone".to_owned(),
        1 => "the newest has half of it".to_owned(),
        half => format!("the newest {half} have half of it"),
    };
    let words = format!("β = {}: {words}", parameter(memory.keep));
    let clear = (1.0 - width_of(&words) / plot.width()).max(0.0) * slots as f32;
    let paint =
        |frame: Rect, bars: &Bars| paint_sample(ui, frame, bars.view, state.view.chrome.theme, k, &bars.primitives);
    paint(upper, &weights(memory, slots, clear as usize, ink));
    let pushed = pushes(memory, slots, ink);
    paint(lower, &pushed);
    say(upper.right_top(), Align2::RIGHT_TOP, &words, Ink::Muted);
    let left = |y: f32| pos2(room.left(), y);
    say(left(upper.center().y), Align2::LEFT_CENTER, weight, Ink::Muted);
    // A name at the middle of its half, but never one over the other.
    let [low, high] = pushed.view.y;
    let floor = lower.top() + lower.height() * (high / (high - low)) as f32;
    if low < -0.15 && lower.height() > 1.8 * line {
        let between = floor.clamp(lower.top() + 0.9 * line, lower.bottom() - 0.9 * line);
        let room = between - 0.5 * line - lower.top();
        let words = if room > 1.5 * line { "push along\nthe step" } else { "push" };
        let up = if room > 1.5 * line { line } else { 0.5 * line };
        say(left(between - up), Align2::LEFT_CENTER, words, ink);
        say(left(between + 0.5 * line), Align2::LEFT_CENTER, "brake", Ink::Muted);
    } else {
        let words = if lower.height() > 3.0 * line { "push along\nthe step" } else { "push" };
        say(left(lower.center().y), Align2::LEFT_CENTER, words, ink);
    }
    let center = upper.bottom() + 0.5 * line;
    let rest = beyond(memory, slots);
    let older = match rest {
        0 if memory.contributions.len() < 6 => String::new(),
        0 => "steps ago".to_owned(),
        _ => format!("steps ago · {rest} older"),
    };
    let limit = say(pos2(plot.right(), center), Align2::RIGHT_CENTER, &older, Ink::Muted).left();
    for (slot, text) in ages(memory, slots) {
        let x = plot.left() + (slot as f32 + 0.5) * plot.width() / slots as f32;
        let (x, anchor) = if slot == 0 { (plot.left(), Align2::LEFT_CENTER) } else { (x, Align2::CENTER_CENTER) };
        if x + 0.5 * width_of(&text) + 4.0 < limit {
            say(pos2(x, center), anchor, &text, Ink::Muted);
        }
    }
    response.on_hover_text("Each bar is a gradient of the past, the newest at the left. Above: the weight that it still has in the velocity, βᵏ after k steps. Beneath: what it adds to this step, along its direction or, braking, against it.");
}

fn announcement(memory: &Memory) -> String {
    let along = pushes_along(memory);
    let pushing = along.iter().filter(|push| **push > 0.0).count();
    let older = memory.older.map_or_else(String::new, |older| format!(" and {} older", older.count));
    format!(
        "Memory: {} is the sum of {} gradients{older}; β = {}, the newest weighs {}; {pushing} push the step, {} brake it",
        memory.symbol,
        memory.contributions.len(),
        parameter(memory.keep),
        memory.contributions.first().map_or_else(|| "nothing".to_owned(), |newest| parameter(newest.weight)),
        along.len() - pushing
    )
}

/// The room that [`numbers_ui`] takes in a narrow pane.
fn height_of_numbers(state: &State, memory: &Memory, ui: &Ui) -> f32 {
    let line = ui.text_style_height(&TextStyle::Small);
    let gap = ui.spacing().item_spacing.y;
    let table = if memory.forms.is_some() { 4.0 * (line + ROW_GAP) } else { 4.0 * line };
    let bars = state.derived.energy().and_then(|energy| energy.pass).is_some_and(|pass| pass.height > 0.0);
    let energy = match state.derived.energy() {
        Some(_) => 3.0 * (line + gap) + if bars { BAR_ROOM * state.view.chrome.type_scale.factor() + gap } else { 0.0 },
        None => 0.0,
    };
    table + energy + 3.0 * gap
}

fn numbers_ui(state: &State, memory: &Memory, ink: Ink, ui: &mut Ui) {
    if let Some(forms) = &memory.forms {
        forms_ui(memory, forms, ui);
    } else {
        let name = state.derived.run(state.selected).map_or("", |run| run.recipe().optimizer.entry.name);
        let (text, help) = own_words(name, memory, state.document.landscape.weights());
        ui.add(Label::new(RichText::new(text).small()).wrap()).on_hover_text(help);
    }
    if let Some(energy) = state.derived.energy() {
        energy_ui(state, energy, ink, ui);
    }
}

/// Why there is no table of forms and no energy, and what there is.
fn own_words(name: &str, memory: &Memory, weights: [&str; 2]) -> (String, &'static str) {
    match memory.rates {
        Some(rates) => {
            let rates = [rates.x, rates.y].map(number);
            let text = format!(
                "{name} averages the gradients (an EMA) and divides weight by weight: its effective rate is now {} for {} and {} for {}.",
                rates[0], weights[0], rates[1], weights[1]
            );
            (
                text,
                "What a gradient that had always been the same would be multiplied with in this step. As each weight is divided by a root of its own, which changes from step to step, there is no ball with one mass, and no energy.",
            )
        }
        None => (
            format!(
                "Of its average m {name} takes only the signs: how long it is does not count, and there is no effective rate."
            ),
            "The bars of the pushes, and the arrows of the fan on the map, are drawn as if the average itself made the step.",
        ),
    }
}

/// A number of a form.
type Quantity<'a> = &'a dyn Fn(&Form) -> f64;

/// Heavy ball, EMA, and EMA without its bias, for the same gradients.
fn forms_ui(memory: &Memory, forms: &[Form; 3], ui: &mut Ui) {
    let small = |text: String, own: bool| {
        let text = if own { theme::strong(text) } else { RichText::new(text) };
        text.text_style(TextStyle::Small)
    };
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - 3.0 * gap) / 4.0;
    let grid = Grid::new("forms").num_columns(4).min_col_width(width).max_col_width(width + gap).min_row_height(0.0);
    grid.spacing(vec2(gap, ROW_GAP)).show(ui, |ui| {
        ui.label("");
        for form in forms {
            let (name, help) = match form.name {
                "heavy ball" => ("heavy ball", "v ← βv + ∇f, then w ← w − ηv"),
                "EMA" => ("EMA", "m ← βm + (1−β)∇f, then w ← w − ηm: a moving average of the gradients, which begins at zero"),
                _ => ("bias-corrected", "The EMA m divided by 1 − βᵗ, so that it is an average from the first step on"),
            };
            ui.label(small(name.to_owned(), form.is_own)).on_hover_text(help);
        }
        ui.end_row();
        let rate = memory.rate;
        let rows: [(&str, &str, Quantity<'_>); 3] = [
            ("velocity", "How long the velocity would be in each form, for the gradients of this run and the same β: the step is η times as long", &|form| form.velocity.norm()),
            ("rate now", "The effective rate: what a gradient that had always been the same would be multiplied with in this step. Heavy ball η(1−βᵗ)/(1−β), EMA η(1−βᵗ), bias-corrected η.", &|form| rate * form.now),
            ("asymptotic rate", "The effective rate after many steps: heavy ball η/(1−β), EMA η, bias-corrected η.", &|form| rate * form.at_last),
        ];
        for (name, help, value) in rows {
            ui.label(theme::muted(name).small()).on_hover_text(help);
            for form in forms {
                ui.label(small(number(value(form)), form.is_own));
            }
            ui.end_row();
        }
    });
}

/// Kinetic energy against the height left to the saddle ahead, and what friction takes.
fn energy_ui(state: &State, energy: &Energy, ink: Ink, ui: &mut Ui) {
    const HELP: &str = "Energy of motion: ½ of the last displacement squared over η (for an average over η(1−β)), in units of the loss, for a ball that friction slows down by the factor β a step.";
    let theme = state.view.chrome.theme;
    let is_one = state.document.landscape.dimension().is_one();
    let barrier = if is_one { "maximum" } else { "saddle" };
    let strong =
        |text: String, ink: Ink| theme::strong(text).text_style(TextStyle::Small).color(theme::color(ink.text(theme)));
    let mut job = LayoutJob::default();
    let mut piece = |text: RichText| text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    piece(theme::muted("kinetic energy ").small());
    piece(strong(number(energy.kinetic), ink));
    piece(theme::muted(format!(" ({})", formula(state))).small());
    let mut help = HELP.to_owned();
    let mut second = String::new();
    match energy.pass {
        Some(pass) => {
            let text = verdict(energy.forecast());
            if pass.height > 0.0 {
                piece(theme::muted(format!(" · height to the {barrier} ")).small());
                piece(strong(number(pass.height), Ink::Truth));
                piece(theme::muted(": ").small());
            } else {
                piece(theme::muted(" · ").small());
            }
            piece(strong(text.to_owned(), Ink::Truth));
            let place = if is_one {
                number(pass.saddle.at.x)
            } else {
                format!("({}, {})", number(pass.saddle.at.x), number(pass.saddle.at.y))
            };
            let more = format!(
                "\nThe nearest {barrier} ahead is at {place}, {} away; its loss is {}. That the run passes or turns back is found by continuing it; a ball with less energy than the height stays.",
                number(pass.distance),
                number(pass.saddle.value)
            );
            help += &more;
            second = format!("{barrier} {place} · ");
        }
        None => piece(theme::muted(format!(" · no {barrier} ahead")).small()),
    }
    ui.add(Label::new(job).wrap()).on_hover_text(help);
    if let Some(pass) = energy.pass.filter(|pass| pass.height > 0.0) {
        comparison(state, energy.kinetic, pass.height, ink, ui);
    }
    if let Some(friction) = energy.friction {
        second += if friction >= 0.0 { "friction takes " } else { "the step adds " };
        second += &number(friction.abs());
    }
    if energy.pass.is_none() {
        second.push_str(" in this step");
    }
    ui.add(Label::new(theme::muted(second).small()).wrap()).on_hover_text("What loss and energy of motion together lose in this step. A ball without friction would lose nothing; a step that is too long for a ball may even add some.");
}

fn verdict(forecast: Option<BarrierForecast>) -> &'static str {
    match forecast {
        Some(BarrierForecast::Passes) => "the run passes it",
        Some(BarrierForecast::Stays) => "too little",
        Some(BarrierForecast::TurnsBack) => "enough, yet the run turns back",
        None => "open whether it passes",
    }
}

/// The kinetic energy of a ball of mass 1/η, or of what stands for η.
fn formula(state: &State) -> &'static str {
    let optimizer = state.derived.run(state.selected).map(|run| &run.recipe().optimizer);
    match optimizer.and_then(|optimizer| optimizer.entry.recurrence(optimizer.values(), false)) {
        Some(Recurrence { kind: Kind::Average, .. }) => "½‖d‖²/η(1−β)",
        _ => "½‖d‖²/η",
    }
}

/// Two bars of one scale: what there is, and what is needed.
fn comparison(state: &State, has: f64, needs: f64, ink: Ink, ui: &mut Ui) {
    let k = state.view.chrome.type_scale.factor();
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), BAR_ROOM * k), Sense::hover());
    let most = has.max(needs);
    for (row, (value, ink)) in [(has, ink), (needs, Ink::Truth)].into_iter().enumerate() {
        let share = if most > 0.0 { (value / most).clamp(0.0, 1.0) as f32 } else { 0.0 };
        let corner = room.min + vec2(0.0, row as f32 * 0.5 * BAR_ROOM * k);
        let bar = Rect::from_min_size(corner, vec2((room.width() * share).max(1.0), 0.4 * BAR_ROOM * k));
        ui.painter().rect_filled(bar, 1.0, theme::color(ink.fill(state.view.chrome.theme)));
    }
}
