//! A straight line fitted to points, o = w₁x + w₂: the one network whose loss is an exact bowl.

use std::sync::Arc;

use super::Data;
use super::activation::Identity;
use super::continua::{line_of_minima, mean_output, only_input};
use super::criterion::SumOfSquares;
use super::draw::{SamplingRule, count, noise};
use super::network::{NetworkLoss, OneLayer};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, Entry, Group, Opening, Suggestion, ViewBox};

pub(in crate::landscapes) static ENTRY: Entry = Entry {
    id: "linreg",
    name: "Straight line",
    group: Group::Networks,
    keywords: &["linear regression", "least squares", "convex", "quadratic", "data", "samples"],
    idea: "Linear least squares: the loss is exactly quadratic, so Newton's first step is the solution.",
    formula: "f = Σ (w₁x + w₂ − y)²",
    reference: "C. F. Gauss, Theoria motus corporum coelestium (1809), book 2, section 3",
    parameters: &[count(12.0), noise(0.3)],
    domain: ViewBox::new(-1.0, 4.0, -2.0, 3.0),
    suggestion: Suggestion { start: [-0.4, -1.4], rate: 0.058 },
    opening: Opening::DOMAIN,
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Identity>, SumOfSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| {
        let line =
            |data: &Data| only_input(data).map(|x| line_of_minima(x, mean_output(data), "infinitely many best lines"));
        data.and_then(line).into_iter().collect()
    },
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
pub(super) const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| 1.5 * x + 0.5 + noise * random.normal(),
    seed: 1000,
    is_of_classes: false,
};
