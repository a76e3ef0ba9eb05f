//! A method in lanes as it was chosen: with its schedule, its noise, a rate for each weight, and parameters for all starts or for each.
//!
//! Noise is drawn once a step: every start has the same seed, and so the same noise, as in its own run.

use super::parameters::{LEARNING_RATE, SEED};
use super::schedule::{NOISE, SCHEDULE, Schedule, factor_at, generator};
use super::weight_rates::ratio_of;
use super::{Choice, LaneRule, Method, Packs};
use crate::landscapes::{Loss, Noise};
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Dimension, Lanes, Real};

/// A rule for many starts that take their steps together.
pub struct ManyStarts {
    method: &'static Method,
    rule: Box<dyn LaneRule>,
    /// The parameters of all starts, or of each, as at step 0.
    values: Vec<Vec<f64>>,
    /// Where the learning rate stands among them.
    rate: Option<usize>,
    has_schedule: bool,
    /// How many times the rate of the first weight that of the second is; none where it is one rate, one for all packs, or one for each.
    ratios: Vec<Lanes>,
    noise: Option<Noise>,
    noisy: Vec<[Lanes; 6]>,
    step: usize,
}

impl Choice {
    /// The rule for this many packs of starts that all have its parameters; `None` where it does not fit into lanes.
    pub fn in_lanes(&self, packs: usize) -> Option<ManyStarts> {
        ManyStarts::new(self.entry, vec![self.parameters.clone()], packs)
    }
}

impl ManyStarts {
    /// Starts with parameters of their own, a list for each; words, noise and seed are those of the first. `None` where the method
    /// does not fit into lanes.
    pub fn each(method: &'static Method, mut values: Vec<Vec<f64>>) -> Option<Self> {
        let packs = values.len().div_ceil(WIDTH);
        fill_packs(&mut values);
        Self::new(method, values, packs)
    }

    fn new(method: &'static Method, values: Vec<Vec<f64>>, packs: usize) -> Option<Self> {
        let first = method.values(values.first()?);
        let deviation = first.find(NOISE).unwrap_or(0.0);
        let seed = first.find(SEED).unwrap_or(0);
        let mut starts = Self {
            method,
            rule: (method.lanes)(first, packs)?,
            rate: method.index_of(LEARNING_RATE),
            has_schedule: first.find(SCHEDULE).is_some_and(|schedule| schedule != Schedule::Constant),
            ratios: ratios(method, &values),
            noise: (deviation > 0.0).then(|| Noise { deviation, random: generator(seed) }),
            noisy: Vec::new(),
            step: 0,
            values,
        };
        starts.tune();
        Some(starts)
    }

    /// Whether it takes the Hessian.
    pub fn second_order(&self) -> bool {
        self.rule.second_order()
    }

    /// Hands the rule the parameters of this step.
    fn tune(&mut self) {
        let is_of_each = self.values.len() > 1;
        for (start, values) in self.values.iter_mut().enumerate() {
            let factor = if self.has_schedule { factor_at(self.method.values(values), self.step) } else { 1.0 };
            let base = self.rate.map(|rate| (rate, values[rate]));
            if let Some((rate, base)) = base {
                values[rate] = base * factor;
            }
            let now = self.method.values(values);
            if is_of_each {
                self.rule.tune_start(start / WIDTH, start % WIDTH, now, self.step);
            } else {
                self.rule.tune(now, self.step);
            }
            if let Some((rate, base)) = base {
                values[rate] = base;
            }
        }
    }

    /// Takes a step from where the starts stand, in place; `slopes` are f and its derivatives there, and a start stays where `walks`
    /// is 0. The loss is asked by rules that search.
    pub fn step(&mut self, at: &mut [[Lanes; 2]], slopes: &[[Lanes; 6]], walks: &[Lanes], loss: &dyn Loss) {
        if self.step > 0 && (self.has_schedule || self.rule.varies()) {
            self.tune();
        }
        self.step += 1;
        let ratios = &self.ratios;
        let Some(noise) = &mut self.noise else {
            return self.rule.step(Packs { at, slopes, walks, loss, ratios });
        };
        let [x, y] = noise.draw(Dimension::Two).into();
        self.noisy.clear();
        self.noisy.extend(slopes.iter().map(|slopes| {
            let mut noisy = *slopes;
            (noisy[1], noisy[2]) = (noisy[1] + x, noisy[2] + y);
            noisy
        }));
        self.rule.step(Packs { at, slopes: &self.noisy, walks, loss, ratios });
    }

    /// Forgets a pack; the last one takes its place.
    pub fn forget(&mut self, pack: usize) {
        forget_of_each(&mut self.values, pack);
        // One ratio serves all packs.
        if self.ratios.len() > 1 {
            self.ratios.swap_remove(pack);
        }
        self.rule.forget(pack);
    }
}

/// The ratios of the rates of both weights by pack; none where all of them are 1.
fn ratios(method: &'static Method, values: &[Vec<f64>]) -> Vec<Lanes> {
    let all: Vec<f64> = values.iter().map(|values| ratio_of(method.values(values))).collect();
    match all[..] {
        _ if all.iter().all(|ratio| *ratio == 1.0) => Vec::new(),
        [ratio] => vec![Lanes::constant(ratio)],
        _ => all.chunks(WIDTH).map(Lanes::padded).collect(),
    }
}

/// Repeats the last entry until the last pack is full; one entry alone serves all.
fn fill_packs<T: Clone>(entries: &mut Vec<T>) {
    if let Some(last) = entries.last().cloned() {
        entries.resize(entries.len().next_multiple_of(WIDTH), last);
    }
}

/// Takes the entries of a pack away and puts those of the last one in their place; nothing where one entry serves all.
fn forget_of_each<T: Clone>(entries: &mut Vec<T>, pack: usize) {
    if entries.len() < WIDTH {
        return;
    }
    let last = entries.split_off(entries.len() - WIDTH);
    if pack * WIDTH < entries.len() {
        entries[pack * WIDTH..][..WIDTH].clone_from_slice(&last);
    }
}

impl Clone for ManyStarts {
    fn clone(&self) -> Self {
        Self {
            rule: self.rule.boxed(),
            values: self.values.clone(),
            ratios: self.ratios.clone(),
            noise: self.noise.clone(),
            noisy: Vec::new(),
            ..*self
        }
    }
}
