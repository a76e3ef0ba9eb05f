//! One tanh unit with a bias, o = tanh(w₁x + w₂): plateaus where it is saturated.

use std::sync::Arc;

use super::activation::Tanh;
use super::continua::lines_of_one_input;
use super::criterion::MeanSquares;
use super::draw::{SamplingRule, count, noise};
use super::network::{NetworkLoss, OneLayer};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};

pub(super) static ENTRY: Entry = Entry {
    id: "tanh",
    name: "tanh unit",
    group: Group::Networks,
    keywords: &["activation", "neuron", "saturation", "data", "samples"],
    idea: "Large weights saturate the unit: its output is ±1 whatever they are, the gradient vanishes and a bad fit is hard to leave.",
    formula: "f = (1/n) Σ (tanh(w₁x + w₂) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 6.3.2",
    parameters: &[count(16.0), noise(0.1)],
    domain: ViewBox::square(4.0),
    suggestion: Suggestion { start: [-1.0, 2.5], rate: 0.8 },
    opening: Opening::DOMAIN,
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Tanh>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| data.map(lines_of_one_input).unwrap_or_default(),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
pub(super) const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| libm::tanh(1.5 * x - 0.5) + noise * random.normal(),
    seed: 1004,
    is_of_classes: false,
};
