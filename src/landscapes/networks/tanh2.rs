//! A hidden tanh unit and an output weight, o = w₂ tanh(w₁x): the smallest network with a saddle at zero.

use std::sync::Arc;

use super::activation::Tanh;
use super::continua::lines_of_one_input;
use super::criterion::MeanSquares;
use super::draw::{SamplingRule, count, noise};
use super::network::{NetworkLoss, TwoLayers};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};

pub(super) static ENTRY: Entry = Entry {
    id: "tanh2",
    name: "tanh unit, two layers",
    group: Group::Networks,
    keywords: &["activation", "neuron", "symmetry", "hidden layer", "data", "samples"],
    idea: "The loss is the same if both weights change sign: two equal minima with a saddle at zero between them.",
    formula: "f = (1/n) Σ (w₂ tanh(w₁x) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 8.2.2",
    parameters: &[count(12.0), noise(0.05)],
    domain: ViewBox::square(4.0),
    suggestion: Suggestion { start: [-1.2, 1.3], rate: 0.2 },
    opening: Opening::framed([-3.0, 3.0], [-2.6, 2.6]),
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<TwoLayers<Tanh>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| data.map(lines_of_one_input).unwrap_or_default(),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
pub(in crate::landscapes) const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| 1.5 * libm::tanh(1.2 * x) + noise * random.normal(),
    seed: 1007,
    is_of_classes: false,
};
