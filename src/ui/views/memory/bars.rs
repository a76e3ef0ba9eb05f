//! The gradients in the velocity as bars: the weight of each, and beneath it how it pushes or brakes the step.

use egui::{Align2, Rect, Sense, TextStyle, Ui, pos2, vec2};

use super::super::canvas::announce;
use crate::drawing::ink::Ink;
use crate::drawing::memory::{MemoryBars, ages, beyond, half_of_the_weight, pushes, pushes_along, weights};
use crate::numbers::numerals::parameter;
use crate::render::flat::paint_sample;
use crate::run::Memory;
use crate::state::State;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;

/// Width of a bar's slot, in points.
const SLOT: f32 = 9.0;

/// Weights above, pushes beneath, and between them how long ago.
pub(super) fn bars_ui(state: &State, memory: &Memory, ink: Ink, height: f32, ui: &mut Ui) {
    let k = theme::factor_in(ui);
    let (room, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    announce(&response, || announcement(memory));
    let font = TextStyle::Small.resolve(ui.style());
    let color = |ink: Ink| theme::color(ink.text(state.view.chrome.theme));
    let say = |at, anchor: Align2, text: &str, ink: Ink| ui.painter().text(at, anchor, text, font.clone(), color(ink));
    let width_of = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), color(Ink::Muted)).size().x;
    let line = ui.text_style_height(&TextStyle::Small);
    // The newest of a heavy ball weighs β⁰ = 1; an average divides them all by the same number.
    let weight = match memory.contributions.first() {
        _ if !memory.has_constant_beta => "weight Πβ",
        Some(newest) if newest.weight == 1.0 => "weight βᵏ",
        _ => "weight ∝ βᵏ",
    };
    let gutter = width_of(&format!("{weight} ")).max(width_of("push along "));
    let plot = Rect::from_min_max(room.min + vec2(gutter, 0.0), room.max);
    let slots = ((plot.width() / (SLOT * k)) as usize).clamp(8, 96);
    let share = (plot.height() - line).max(0.0);
    let upper = Rect::from_min_size(plot.min, vec2(plot.width(), 0.5 * share));
    let lower = Rect::from_min_max(pos2(plot.left(), upper.bottom() + line), plot.max);
    let half = half_of_the_weight(memory);
    let words = match half {
        _ if memory.beta == 0.0 => "the newest alone".to_owned(),
        1 => "the newest has half of it".to_owned(),
        half => format!("the newest {half} have half of it"),
    };
    // Where it is narrow the slider below says β.
    let words = [format!("β = {}: {words}", parameter(memory.beta)), words, format!("half in {half}")];
    let words = words.into_iter().find(|words| width_of(words) <= plot.width()).unwrap_or_default();
    let clear = (1.0 - width_of(&words) / plot.width()).max(0.0) * slots as f32;
    let paint = |frame: Rect, bars: &MemoryBars| {
        paint_sample(ui, frame, bars.view, state.view.chrome.theme, k, &bars.primitives);
    };
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
    let older = match (rest, memory.initial) {
        (0, None) if memory.contributions.len() < 6 => String::new(),
        (0, None) => "steps ago".to_owned(),
        (0, Some(_)) => "and v₀".to_owned(),
        (_, None) => format!("steps ago · {rest} older"),
        (_, Some(_)) => format!("steps ago · {rest} older and v₀"),
    };
    let older = if width_of(&older) > 0.75 * plot.width() { "ago".to_owned() } else { older };
    let limit = say(pos2(plot.right(), center), Align2::RIGHT_CENTER, &older, Ink::Muted).left();
    let mut free = plot.left();
    for (slot, text) in ages(memory, slots) {
        let (width, x) = (width_of(&text), plot.left() + (slot as f32 + 0.5) * plot.width() / slots as f32);
        let left = if slot == 0 { plot.left() } else { x - 0.5 * width };
        if left >= free && left + width + 4.0 < limit {
            free = say(pos2(left, center), Align2::LEFT_CENTER, &text, Ink::Muted).right() + 4.0;
        }
    }
    response.hint("Each bar is a gradient of the past, the newest at the left. Above: the weight that it still has in the velocity, βᵏ after k steps. Beneath: what it adds to this step, along its direction or, braking, against it.");
}

fn announcement(memory: &Memory) -> String {
    let along = pushes_along(memory);
    let pushing = along.iter().filter(|push| **push > 0.0).count();
    let older = memory.older.map_or_else(String::new, |older| format!(" and {} older", older.count));
    let initial = memory.initial.map_or("", |_| " and the initial velocity");
    format!(
        "Memory: {} is the sum of {} gradients{older}{initial}; β = {}, the newest weighs {}; {pushing} push the step, {} brake it",
        memory.symbol,
        memory.contributions.len(),
        parameter(memory.beta),
        memory.contributions.first().map_or_else(|| "nothing".to_owned(), |newest| parameter(newest.weight)),
        along.len() - pushing
    )
}
