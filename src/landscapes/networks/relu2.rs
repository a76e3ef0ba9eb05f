//! A rectified unit and an output weight, o = w₂ relu(w₁x): two valleys with a dead line between them.

use std::sync::Arc;

use super::Data;
use super::activation::Relu;
use super::continua::{hyperbola, slope};
use super::criterion::MeanSquares;
use super::draw::{SamplingRule, count, noise};
use super::network::{NetworkLoss, TwoLayers};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::first_layer_kink_line;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::Point;
use crate::numbers::numerals::number;

pub(super) static ENTRY: Entry = Entry {
    id: "relu2",
    name: "ReLU unit, two layers",
    group: Group::Networks,
    keywords: &["rectified", "activation", "dead unit", "neuron", "hidden layer", "data", "samples"],
    idea: "The sign of w₁ decides for which samples the unit is on: each side has its valley, one of them much worse, and on the line between them the unit is dead.",
    formula: "f = (1/n) Σ (w₂ relu(w₁x) − y)²",
    reference: "X. Glorot, A. Bordes and Y. Bengio, Deep sparse rectifier neural networks, AISTATS (2011)",
    parameters: &[count(12.0), noise(0.1)],
    domain: ViewBox::square(3.0),
    suggestion: Suggestion { start: [1.2, -1.6], rate: 0.3 },
    opening: Opening::framed([-1.6, 2.4], [-2.4, 2.2]),
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<TwoLayers<Relu>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| data.map_or_else(Vec::new, continua),
    corners: no_corners,
    kink_lines: first_layer_kink_line,
    log_height: false,
};

/// How its samples are drawn.
const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| 1.5 * x.max(0.0) + noise * random.normal(),
    seed: 1006,
    is_of_classes: false,
};

/// A valley on either side, and the dead line in its two halves.
fn continua(data: &Data) -> Vec<CriticalSet> {
    let slopes = [1.0, -1.0].map(|side| slope(data.samples().iter().filter(|[x, _]| side * x > 0.0)));
    let valleys = std::iter::zip([(1.0, "w₁ > 0"), (-1.0, "w₁ < 0")], slopes)
        .map(|((side, half), slope)| valley(side, half, slope));
    valleys.chain([(1.0, "w₂ > 0"), (-1.0, "w₂ < 0")].map(|(end, half)| dead_line(end, half, slopes))).collect()
}

/// On one side of w₁ = 0 the curve of best fits to the samples that switch the unit on, if there are any.
fn valley(side: f64, half: &str, slope: Option<f64>) -> CriticalSet {
    match slope {
        Some(product) => CriticalSet {
            kind: "minimum",
            text: format!("every point of the curve w₁w₂ = {} with {half}", number(product)),
            polyline: hyperbola(product, side),
            label: None,
            gaps: Vec::new(),
        },
        None => CriticalSet {
            kind: CriticalSet::FLAT,
            text: format!("the dead region {half}, where the unit is off for every sample: the gradient is zero"),
            polyline: Vec::new(),
            label: None,
            gaps: Vec::new(),
        },
    }
}

/// Half of the line w₁ = 0, on which the output is 0: lowest where the loss rises, or stays, to both sides.
///
/// A little to the side of the line the loss changes by −2 w₁w₂ Σxy/n over the samples that are switched on, whose
/// sum has the sign of their slope.
fn dead_line(end: f64, half: &str, slopes: [Option<f64>; 2]) -> CriticalSet {
    let [right, left] = slopes.map(Option::unwrap_or_default);
    let is_lowest = end * right <= 0.0 && end * left >= 0.0;
    let text = format!(
        "every point of the line w₁ = 0 with {half}, where the unit is off for every sample: the gradient is zero"
    );
    CriticalSet {
        kind: if is_lowest { "minimum" } else { "degenerate" },
        text,
        polyline: vec![Point::origin(), Point::new(0.0, end * 1e3)],
        // Both halves look the same: one of them has the words.
        label: (end > 0.0).then_some((Point::new(0.0, end), "dead line: off for every sample")),
        gaps: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;

    /// Held against the values on a small circle about a point of either half, for many data sets.
    #[test]
    fn the_dead_line_is_a_minimum_where_it_says_so() {
        let mut seen = [0; 2];
        for seed in 1000..1100 {
            let landscape = Landscape::parse(&format!("relu2:seed={seed}")).unwrap();
            for set in landscape.critical_sets().iter().filter(|set| set.text.contains("w₁ = 0")) {
                let at = Point::new(0.0, set.polyline[1].y.signum());
                let rises = |k: u32| {
                    let t = std::f64::consts::TAU * f64::from(k) / 64.0;
                    let near = Point::new(at.x + 1e-4 * libm::cos(t), at.y + 1e-4 * libm::sin(t));
                    landscape.loss().value(near) >= landscape.loss().value(at) - 1e-12
                };
                let is_lowest = set.kind == "minimum";
                assert_eq!((0..64).all(rises), is_lowest, "seed {seed}: {}", set.text);
                seen[usize::from(is_lowest)] += 1;
            }
        }
        assert!(seen.iter().all(|count| *count > 0), "both kinds: {seen:?}");
    }
}
