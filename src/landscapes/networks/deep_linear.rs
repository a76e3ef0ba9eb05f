//! Two linear layers, o = w₂w₁x: as able as one, but with a saddle at zero and a valley of equal minima.

use std::sync::Arc;

use super::Data;
use super::activation::Identity;
use super::continua::{hyperbola, slope};
use super::criterion::MeanSquares;
use super::draw::{SamplingRule, count, noise};
use super::network::{NetworkLoss, TwoLayers};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::numerals::number;

pub(super) static ENTRY: Entry = Entry {
    id: "deep_linear",
    name: "Deep linear",
    group: Group::Networks,
    keywords: &["matrix factorization", "edge of stability", "sharpness", "data", "samples"],
    idea: "Only the product of the weights matters, so a whole curve of minima is equally low, but not equally sharp: a large rate is unstable at the sharp ones.",
    formula: "f = (1/n) Σ (w₂w₁x − y)²",
    reference: "A. M. Saxe, J. L. McClelland and S. Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, ICLR (2014)",
    parameters: &[count(12.0), noise(0.1)],
    domain: ViewBox::square(3.0),
    suggestion: Suggestion { start: [-1.5, 1.8], rate: 0.08 },
    opening: Opening::DOMAIN,
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<TwoLayers<Identity>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| data.map_or_else(Vec::new, valley),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
const DRAW: SamplingRule =
    SamplingRule { half: 2.0, rule: |x, noise, random| x + noise * random.normal(), seed: 1005, is_of_classes: false };

/// The two branches of the hyperbola on which w₁w₂ is the slope of the best line through the origin.
fn valley(data: &Data) -> Vec<CriticalSet> {
    let Some(product) = slope(data.samples().iter()) else {
        let text = "every point: all samples have x = 0, where the output is 0 whatever the weights".to_owned();
        return vec![CriticalSet { kind: "degenerate", text, polyline: Vec::new(), label: None, gaps: Vec::new() }];
    };
    let branch = |side: f64, half: &str| CriticalSet {
        kind: "minimum",
        text: format!("every point of the curve w₁w₂ = {} with {half}", number(product)),
        polyline: hyperbola(product, side),
        label: None,
        gaps: Vec::new(),
    };
    vec![branch(1.0, "w₁ > 0"), branch(-1.0, "w₁ < 0")]
}
