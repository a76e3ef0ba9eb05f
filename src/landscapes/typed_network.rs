//! A network that was typed: its formula with the loss it is fitted by, and the parameters that belong to both.

use std::sync::Arc;

use super::formula::{NetworkFormula, domain, suggestion};
use super::networks::criterion::Judge;
use super::networks::draw::{self, SamplingRule};
use super::networks::{Data, tanh2};
use super::{KinkLine, Loss, Parameter, Suggestion, ViewBox};
use crate::numbers::Point;

/// A network the user typed.
#[derive(Clone)]
pub(super) struct TypedNetwork {
    pub(super) formula: NetworkFormula,
    pub(super) judge: Judge,
    /// Its letters, with the ranges of their sliders; then its loss, and the number and noise of its samples.
    pub(super) parameters: Vec<Parameter>,
    /// Its loss typeset in Unicode mathematics.
    pub(super) pretty: String,
}

/// Box and rate are found on no more samples than these: each costs as much as a formula.
pub(super) const THINNED: usize = 16;

/// The half side of the widest box about the origin: waves never end, and weights are seldom larger.
const WIDEST: f64 = 6.0;

/// Farther from the origin than this a region is that of samples, not of a formula.
const FAR: f64 = 1e3;

impl TypedNetwork {
    pub(super) fn of(formula: NetworkFormula, judge: Judge) -> Self {
        let loss = Parameter::choice("loss", Judge::WORDS, Judge::Mse as usize).described(
            "loss",
            "The loss of an output: squared, absolute, or the cross-entropy of classes, for which the output is the logit.",
        );
        let samples = if judge.wants_classes() {
            [draw::count(20.0), draw::temperature(1.0)]
        } else {
            [draw::count(12.0), draw::noise(0.05)]
        };
        let parameters = formula.parameters().iter().copied().chain([loss]).chain(samples).collect();
        let pretty = judge.formula(&formula.pretty());
        Self { formula, judge, parameters, pretty }
    }

    pub(super) fn letters(&self) -> usize {
        self.formula.parameters().len()
    }

    pub(super) fn draw(&self) -> SamplingRule {
        if self.judge.wants_classes() { SamplingRule::TWO_CLASSES } else { tanh2::DRAW }
    }

    pub(super) fn defaults(&self) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.default).collect()
    }

    pub(super) fn loss(&self, values: &[f64], data: Arc<Data>) -> Arc<dyn Loss> {
        self.formula.loss(&values[..self.letters()], self.judge, data)
    }

    pub(super) fn kink_lines(&self, values: &[f64], data: &Data) -> Vec<KinkLine> {
        self.formula.kink_lines(&values[..self.letters()], self.judge, data)
    }

    /// The factor by which a rate found on the thinned samples is too large.
    pub(super) fn rate_on(&self, data: &Data, thinned: &Data) -> f64 {
        if self.judge.is_mean() { 1.0 } else { thinned.len() as f64 / data.len() as f64 }
    }

    pub(super) fn suggestion(&self, values: &[f64], data: &Data, view: &ViewBox) -> Suggestion {
        let thinned = data.thinned(THINNED);
        let factor = self.rate_on(data, &thinned);
        let found = suggestion(self.loss(values, Arc::new(thinned)).as_ref(), view);
        Suggestion { rate: found.rate * factor, ..found }
    }

    pub(super) fn domain(&self, values: &[f64], data: &Data) -> ViewBox {
        let found = domain(self.loss(values, Arc::new(data.thinned(THINNED))).as_ref());
        let is_wide = found.size() > 2.0 * WIDEST && found.contains(Point::origin());
        // Weights that large follow from the scale of the samples, which says more than the point alone.
        let is_far = found.center().coords.norm() > FAR;
        match (is_wide, is_far) {
            (true, _) => ViewBox::square(WIDEST),
            (_, true) => ViewBox::square(WIDEST / 2.0),
            _ => found,
        }
    }
}
