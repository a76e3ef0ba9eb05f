//! The bars of a memory: the weight of each gradient in the velocity, and beneath it how it pushes or brakes the step.

use super::ink::Ink;
use super::primitive::{Pen, Primitive};
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector};
use crate::run::Memory;

/// How much of its slot a bar fills.
const BAR: f64 = 0.74;

/// Bars side by side, the newest gradient at the left, and the part of the plane that shows them.
pub struct MemoryBars {
    /// The bars.
    pub primitives: Vec<Primitive<'static>>,
    /// Slots along x, the quantity along y.
    pub view: ViewBox,
}

fn bar(slot: usize, height: f64, ink: Ink, opacity: f32) -> Primitive<'static> {
    let [left, right] = [slot as f64 + 0.5 * (1.0 - BAR), slot as f64 + 0.5 * (1.0 + BAR)];
    let corners = [(left, 0.0), (right, 0.0), (right, height), (left, height)];
    Primitive::Area { corners: corners.map(|(x, y)| Point::new(x, y)).to_vec(), ink, opacity }
}

/// The weights of the first gradients, as many as there are slots; above those beyond the slot `clear` half of the height is
/// free, for words.
pub fn weights(memory: &Memory, slots: usize, clear: usize, ink: Ink) -> MemoryBars {
    let shown = &memory.contributions[..memory.contributions.len().min(slots)];
    let most = shown.iter().map(|one| one.weight).fold(0.0, f64::max);
    let beneath = shown.iter().skip(clear).map(|one| one.weight).fold(0.0, f64::max);
    let top = if most > 0.0 { (1.06 * most).max(2.1 * beneath) } else { 1.0 };
    let primitives = shown.iter().map(|one| bar(one.age, one.weight, ink, 0.75)).collect();
    MemoryBars { primitives: with_floor(primitives, slots), view: ViewBox::new(0.0, slots as f64, 0.0, top) }
}

/// What each of them adds to the step along the direction in which the velocity moves it: up pushes, down brakes.
pub fn pushes(memory: &Memory, slots: usize, ink: Ink) -> MemoryBars {
    let along = pushes_along(memory);
    let shown = &along[..along.len().min(slots)];
    let size = shown.iter().map(|push| push.abs()).filter(|push| push.is_finite()).fold(0.0, f64::max);
    let size = if size > 0.0 { size } else { 1.0 };
    let bars = shown.iter().enumerate().filter(|(_, push)| push.is_finite()).map(|(slot, push)| {
        let ink = if *push < 0.0 { Ink::Muted } else { ink };
        bar(slot, push / size, ink, 1.0)
    });
    let end = |sign: f64| {
        let far = shown.iter().map(|push| sign * push / size).filter(|far| far.is_finite()).fold(0.0, f64::max);
        sign * (1.06 * far).max(0.06)
    };
    MemoryBars {
        primitives: with_floor(bars.collect(), slots),
        view: ViewBox::new(0.0, slots as f64, end(-1.0), end(1.0)),
    }
}

/// The components of the pushes along their sum, the newest first.
pub fn pushes_along(memory: &Memory) -> Vec<f64> {
    let length = memory.push.norm();
    let heading = if length > 0.0 && length.is_finite() { memory.push / length } else { Vector::zeros() };
    memory.contributions.iter().map(|one| one.push.dot(&heading)).collect()
}

/// How many of the newest gradients hold half the total weight; 0 where nothing has weight.
pub fn half_of_the_weight(memory: &Memory) -> usize {
    let all: f64 = memory.contributions.iter().map(|one| one.weight).sum();
    let mut so_far = 0.0;
    let half = memory.contributions.iter().position(|one| {
        so_far += one.weight;
        so_far >= 0.5 * all
    });
    half.map_or(0, |place| place + 1)
}

fn with_floor(mut bars: Vec<Primitive<'static>>, slots: usize) -> Vec<Primitive<'static>> {
    let floor = vec![Point::origin(), Point::new(slots as f64, 0.0)];
    bars.push(Primitive::line(floor, Pen::new(Ink::Outline, 1.0)));
    bars
}

/// The names of some slots beneath the bars: `now`, then how many steps ago, every fifth or tenth.
pub fn ages(memory: &Memory, slots: usize) -> Vec<(usize, String)> {
    let every = if slots > 40 { 10 } else { 5 };
    let marked = (1..memory.contributions.len().min(slots)).filter(|age| age % every == 0);
    std::iter::once((0, age_words(0))).chain(marked.map(|age| (age, age.to_string()))).collect()
}

/// How many gradients there are beside those that have a slot.
pub fn beyond(memory: &Memory, slots: usize) -> usize {
    memory.contributions.len().saturating_sub(slots) + memory.older.map_or(0, |older| older.count)
}

/// How long ago, in words.
pub fn age_words(steps: usize) -> String {
    match steps {
        0 => "now".to_owned(),
        1 => "1 step ago".to_owned(),
        _ => format!("{steps} steps ago"),
    }
}
