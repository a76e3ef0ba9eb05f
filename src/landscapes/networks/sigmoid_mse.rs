//! A sigmoid unit judged by its squared error, o = σ(w₁x + w₂): the wrong loss for classes.

use std::sync::Arc;

use super::activation::Sigmoid;
use super::continua::lines_of_one_input;
use super::criterion::MeanSquares;
use super::draw::{SamplingRule, count, temperature};
use super::network::{NetworkLoss, OneLayer};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};

pub(super) static ENTRY: Entry = Entry {
    id: "sigmoid_mse",
    name: "Sigmoid, squared error",
    group: Group::Networks,
    keywords: &["activation", "neuron", "classification", "saturation", "data", "samples"],
    idea: "The data of logistic regression with the squared error: two minima, a saddle between them, and plateaus where the unit is saturated and wrong.",
    formula: "f = (1/n) Σ (σ(w₁x + w₂) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 6.2.2.2",
    parameters: &[count(20.0), temperature(1.0)],
    domain: ViewBox::square(6.0),
    suggestion: Suggestion { start: [-1.0, 3.0], rate: 6.0 },
    opening: Opening::framed([-3.0, 6.0], [-3.0, 3.5]),
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Sigmoid>, MeanSquares>::new(data)),
        draw: |_| SamplingRule::TWO_CLASSES,
        classes: false,
    },
    critical_sets: |_, data| data.map(lines_of_one_input).unwrap_or_default(),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};
