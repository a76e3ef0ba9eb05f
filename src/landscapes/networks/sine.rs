//! One sine unit, o = sin(w₁x + w₂): frequency and phase are fitted, with minima everywhere.

use std::sync::Arc;

use super::activation::Sine;
use super::continua::lines_of_one_input;
use super::criterion::MeanSquares;
use super::network::{NetworkLoss, OneLayer};
use super::sampling_rule::{SamplingRule, count, noise};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};

pub(super) static ENTRY: Entry = Entry {
    id: "sine",
    name: "Sine unit",
    group: Group::Networks,
    keywords: &["periodic", "frequency", "activation", "local minima", "data", "samples"],
    idea: "Fitting a frequency: every wrong one that fits some of the samples is a local minimum, so the start decides the end.",
    formula: "f = (1/n) Σ (sin(w₁x + w₂) − y)²",
    reference: "V. Sitzmann, J. Martel, A. Bergman, D. Lindell and G. Wetzstein, Implicit neural representations with periodic activation functions, NeurIPS (2020)",
    parameters: &[count(16.0), noise(0.05)],
    domain: ViewBox::new(-6.0, 6.0, -3.5, 3.5),
    suggestion: Suggestion { start: [3.6, -2.4], rate: 0.3 },
    opening: Opening::framed([1.5, 6.0], [-3.5, 1.0]),
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Sine>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| data.map(lines_of_one_input).unwrap_or_default(),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| libm::sin(2.5 * x + 0.5) + noise * random.normal(),
    seed: 1008,
    is_of_classes: false,
};
