//! The race of the runs: a table of what each needs, the number of weights, and a chart of what that costs.

mod chart;
mod controls;
mod copied;
mod legend;
mod table;

use egui::{Button, Label, RichText, TextStyle, Ui, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, nothing, pane_title};
use crate::numbers::numerals::{brief, bytes, counted, number, parameter, rough};
use crate::optimizers::{Method, short_name};
use crate::render::flat::Mapping;
use crate::state::{Card, Command, CompareChart, Comparison, Pane, State, Until, WindowCommand};
use crate::studies::{Flip, RaceEnd, Tune};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// The least height of the chart, at normal type; with less it is left out.
const LEAST: f32 = 96.0;
/// What a sentence of two lines takes above the chart.
const ROOM_FOR_CHART: f32 = 42.0;
/// The most flips that are named.
const NAMED: usize = 3;

/// What the comparison keeps from frame to frame.
#[derive(Default)]
pub struct CompareCanvas {
    /// Where things of the chart were on the screen in the last frame.
    pub mapping: Option<Mapping>,
}

/// Shows it in the room there is.
pub fn compare_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Compare, ui, commands, |_, _| {});
    let Some(comparison) = state.derived.comparison() else {
        canvases.compare.mapping = None;
        let why = if state.view.in_fog() {
            "Hidden by fog: a race is walked ahead (9 lifts it)"
        } else {
            "The minima are still being searched …"
        };
        return nothing(ui, why);
    };
    controls::criterion_ui(state, &comparison, ui, commands);
    table::table_ui(state, &comparison, ui, commands);
    controls::weights_ui(state, &comparison, ui, commands);
    controls::played_ui(state, &comparison, ui, commands);
    let sentences = match of_chart(state, &comparison) {
        Some(of_chart) if ui.available_height() > (LEAST + ROOM_FOR_CHART) * theme::factor_in(ui) => {
            vec![of_chart]
        }
        _ => [
            Some(sentence(state, &comparison)),
            higher(state, &comparison),
            kept_off(state, &comparison),
            waits(state, &comparison),
            beyond(state, &comparison),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    let style = TextStyle::Small;
    let scale = theme::factor_in(ui);
    let is_largest = state.view.chrome.maximized == Some(Pane::Compare);
    // In a view that cannot become larger the chart comes before the words.
    let has_room = |words: &[String]| {
        let words = [words.join(" ")];
        ui.available_height() - height_of(&words, &style, ui) >= LEAST * scale
    };
    let kept = [sentences.len(), 1, 0].into_iter().map(|count| &sentences[..count.min(sentences.len())]);
    let sentences = kept.clone().find(|words| !is_largest || has_room(words)).unwrap_or_default();
    if !sentences.is_empty() {
        ui.add(Label::new(RichText::new(sentences.join(" ")).text_style(style)).wrap());
    }
    let room = vec2(ui.available_width(), ui.available_height());
    if room.y < LEAST * scale {
        canvases.compare.mapping = None;
        if !is_largest {
            larger_ui(room.y, ui, commands);
        }
        return;
    }
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        match chart::chart(state, &comparison) {
            Ok(chart) => {
                let (picture, legend) = chart.legend.beside(ui.max_rect(), scale);
                let shown =
                    ui.scope_builder(egui::UiBuilder::new().max_rect(picture), |ui| chart.show(state, ui)).inner;
                if let Some(legend) = legend {
                    chart.legend.show(state, legend, ui);
                }
                canvases.compare.mapping = Some(shown.mapping);
                announce(&shown.response, || chart.description.clone());
                chart.interact(&shown, ui, commands);
            }
            Err(why) => {
                canvases.compare.mapping = None;
                nothing(ui, &why);
            }
        }
    });
}

/// Where the chart has no room, a way to more of it.
fn larger_ui(room: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    if room < ui.spacing().interact_size.y {
        return;
    }
    let text = RichText::new("Show the chart ↗").small();
    let help = "The chart has no room here: this view fills the window then (F).";
    if ui.add(Button::new(text)).hint(help).clicked() {
        commands.push(Command::Window(WindowCommand::ToggleMaximized(Pane::Compare)));
    }
}

/// Who does the least work, and at which number of weights that changes; or why no one does.
fn sentence(state: &State, comparison: &Comparison<'_>) -> String {
    let choice = &state.view.scene.compare;
    let name = |place: usize| name_of(state, comparison, place);
    let n = rough(choice.model.weights);
    if choice.until == Until::Budget {
        let best = comparison.rows.iter().enumerate().filter_map(|(place, row)| Some((place, row.as_ref()?.loss)));
        let best = best.filter(|(_, loss)| loss.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1));
        return best.map_or_else(String::new, |(place, loss)| {
            format!(
                "With evaluations worth {} gradients at n = {n}, {} comes lowest: {}.",
                rough(choice.budget),
                name(place),
                number(loss)
            )
        });
    }
    if choice.until == Until::Loss && comparison.finish.f_star.is_none() {
        return "No minimum of this loss is known, so no loss is near f*: choose ‖∇f‖, a budget, or type f* on the Loss tab.".to_owned();
    }
    if choice.until == Until::Distance && comparison.minima.is_empty() {
        return "No minimum of this loss is known, so none is near: choose ‖∇f‖ or a budget.".to_owned();
    }
    let able = comparison
        .rows
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((place, row.as_ref().filter(|row| row.can_win())?)));
    if comparison.is_met_at_start() {
        return "The start meets the criterion already: there is no work to compare. Choose a smaller tolerance, or another start.".to_owned();
    }
    let Some((winner, _)) = able.min_by(|a, b| a.1.operations.total_cmp(&b.1.operations)) else {
        return none_arrives(choice.until, comparison);
    };
    if comparison.rows.len() == 1 {
        let steps = comparison.rows.iter().flatten().map(|row| row.steps).next().unwrap_or_default();
        return format!(
            "{} gets there in {}. Add another run to compare it with.",
            name(winner),
            counted(steps, "step")
        );
    }
    let mut text = format!("At n = {n} {} does the least work.", name(winner));
    let able = comparison.rows.iter().flatten().filter(|row| row.can_win()).count();
    match comparison.flips {
        [] if able > 1 => text.push_str(" So it does with every number of weights."),
        [] => text.push_str(" No other run meets the criterion at a minimum."),
        found => text.push_str(&flips_in_words(found, name)),
    }
    text
}

/// Why no one has won.
fn none_arrives(until: Until, comparison: &Comparison<'_>) -> String {
    let Comparison { race, rows, minima, .. } = comparison;
    let all_diverge = rows.iter().flatten().all(|row| row.end == Some(RaceEnd::Diverged));
    let all_rest = rows.iter().flatten().all(|row| row.end.is_some_and(RaceEnd::is_rest));
    let is_tuned = race.question().tune != Tune::Nothing;
    if !race.is_finished() {
        return "They are still walking …".to_owned();
    }
    if let Some(step) = race.too_fine(comparison.finish) {
        return format!(
            "No run can get there: beside this minimum numbers of 64 bits distinguish nothing finer than about {}. Choose a larger tolerance.",
            brief(step)
        );
    }
    let why = match (all_diverge, is_tuned) {
        (true, _) if minima.is_empty() => {
            "Every run diverges, and no minimum of this loss is known: it may fall without end."
        }
        (true, false) => "Every run diverges: lower the rates, or let “best η” find them.",
        (true, true) => "Every run diverges, at the best rates that were found too: try another start.",
        (false, _) if until == Until::Loss && all_rest => {
            "No run comes to rest at the lowest known minimum: another start may lead there."
        }
        (false, false) => "None of the runs gets there: another rate, a larger tolerance or a longer run may.",
        (false, true) => "None of the runs gets there at the best rates that were found: choose a larger tolerance.",
    };
    why.to_owned()
}

/// What the chart of a step and that of the memory have to say themselves.
fn of_chart(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let model = comparison.finish.model;
    let n = rough(model.weights);
    match state.view.scene.compare.chart {
        CompareChart::Step => Some(format!(
            "A gradient by backpropagation costs about 3 losses, whatever n is; 4 to 5 is the bound. By finite differences it costs n + 1: {} losses at n = {n}.",
            rough(model.weights + 1.0)
        )),
        CompareChart::Memory => {
            let of = |place: usize| Some((place, model.memory(comparison.race.entrants().get(place)?.cost())));
            let all: Vec<(usize, f64)> = (0..comparison.rows.len()).filter_map(of).collect();
            let least = all.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
            let most = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|most| most.1 > least.1)?;
            let [low, high] = [least, most].map(|(place, size)| (name_of(state, comparison, *place), bytes(*size)));
            Some(format!("With {n} weights a step of {} needs {}, one of {} {}.", high.0, high.1, low.0, low.1))
        }
        CompareChart::Work | CompareChart::Rates => None,
    }
}

/// At equal work: who sets the pace, and who should, where none of the others is seen to wait.
fn waits(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    if !state.view.scene.compare.equal_work {
        return None;
    }
    let cheapest = comparison.cheapest().filter(|card| *card != state.selected)?;
    let place = |card| comparison.cards.iter().position(|known| *known == card);
    let (dear, cheap) =
        (name_of(state, comparison, place(state.selected)?), name_of(state, comparison, place(cheapest)?));
    Some(format!(
        "At equal work each step of {dear} pays for more than one of {cheap}: select {cheap} to see {dear} wait."
    ))
}

/// Who ends at a minimum that is not the lowest known.
fn higher(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (place, row) in comparison.rows.iter().enumerate() {
        let above = row.as_ref().and_then(|row| {
            let above = comparison.race.above_lowest(row).filter(|above| *above > 0.0)?;
            Some(format!("{}, {} above the lowest known", comparison.race.place_in_words(row)?, brief(above)))
        });
        let Some(at) = above else { continue };
        let name = name_of(state, comparison, place);
        match found.iter_mut().find(|(known, _)| *known == at) {
            Some((_, names)) => names.push(name),
            None => found.push((at, vec![name])),
        }
    }
    let all = found.iter().map(|(at, names)| {
        format!("{} {} at the minimum {at}.", list(names), if names.len() == 1 { "ends" } else { "end" })
    });
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// "A, B and C".
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// Who goes back and forth across a kink.
fn kept_off(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let names = (0..comparison.rows.len()).filter(|place| comparison.race.is_kept_off_by_kink(*place));
    let names: Vec<String> = names.map(|place| name_of(state, comparison, place)).collect();
    let go = match names.len() {
        0 => return None,
        1 => "goes",
        _ => "go",
    };
    Some(format!(
        "{} {go} back and forth across a kink: no gradient shrinks there, so no fixed rate comes to rest.",
        list(&names)
    ))
}

/// That the race goes further than the runs that are played.
fn beyond(state: &State, comparison: &Comparison<'_>) -> Option<String> {
    let steps = state.document.steps;
    let is_further = comparison.rows.iter().flatten().any(|row| row.reached.is_some() && row.steps > steps);
    is_further.then(|| format!("Walked on past the runs’ {}.", counted(steps, "step")))
}

/// Up to how many weights who does the least work: " With up to 73 weights Newton, up to 151 BFGS, with more Adam."
fn flips_in_words(flips: &[Flip], name: impl Fn(usize) -> String) -> String {
    let shown = &flips[flips.len().saturating_sub(NAMED)..];
    let below: Vec<String> = shown
        .iter()
        .map(|flip| format!("up to {} weights {}", rough(whole(flip.weights)), name(flip.before)))
        .collect();
    let above = shown.last().map_or_else(String::new, |flip| format!(", with more {}", name(flip.after)));
    format!(" With {}{above}.", below.join(", "))
}

/// The last whole number of weights before a flip.
pub(super) fn whole(weights: f64) -> f64 {
    weights.floor()
}

/// What a row is called: its method, and what distinguishes it where another run has the same method.
fn name_of(state: &State, comparison: &Comparison<'_>, place: usize) -> String {
    name_by(|method| method.name.to_owned(), state, comparison, place)
}

/// What a row is called where there is little room.
fn short_name_of(state: &State, comparison: &Comparison<'_>, place: usize) -> String {
    name_by(|method| short_name(method.name), state, comparison, place)
}

fn name_by(name: fn(&Method) -> String, state: &State, comparison: &Comparison<'_>, place: usize) -> String {
    let questions = &comparison.race.question().recipes;
    let Some(recipe) = questions.get(place) else { return String::new() };
    let entry = recipe.optimizer.entry;
    let runs = questions.iter().take(comparison.rows.len());
    if runs.filter(|other| other.optimizer.entry == entry).count() == 1 {
        return name(entry);
    }
    let card = comparison.cards.get(place).and_then(|id| state.document.card(*id));
    let said = distinctions(state, comparison, place, card).join(", ");
    if said.is_empty() { name(entry) } else { format!("{} ({said})", name(entry)) }
}

/// What distinguishes a run from others of its method: the rate with which it races, then what it is set up with.
fn distinctions(state: &State, comparison: &Comparison<'_>, place: usize, card: Option<&Card>) -> Vec<String> {
    let choice = comparison.optimizer(place);
    let rate = choice.and_then(|choice| Some(choice.parameters[choice.entry.rate_index()?]));
    let of_card = card.map(|card| state.document.distinctions(card)).unwrap_or_default();
    // The rate of the race is not always that of the card.
    let is_rate = |said: &String| said.starts_with("η ");
    let others: Vec<String> = of_card.into_iter().filter(|said| !is_rate(said)).collect();
    // Tuned rates follow from the rest, and have many digits.
    let is_enough = comparison.race.question().tune == Tune::Rate && !others.is_empty();
    let rate = rate.filter(|_| !is_enough).map(|rate| format!("η {}", parameter(rate)));
    rate.into_iter().chain(others).collect()
}
