//! Logistic regression: the probability σ(w₁x + w₂) of class 1, judged by cross-entropy; a convex loss.

use std::sync::Arc;

use super::Data;
use super::activation::Identity;
use super::continua::{line_of_minima, mean_output, only_input};
use super::criterion::CrossEntropy;
use super::network::{NetworkLoss, OneLayer};
use super::sampling_rule::{SamplingRule, count, temperature};
use crate::landscapes::entry::no_corners;
use crate::landscapes::kink_line::no_kink_lines;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::extremes;

pub(in crate::landscapes) static ENTRY: Entry = Entry {
    id: "logistic",
    name: "Logistic regression",
    group: Group::Networks,
    keywords: &["classification", "cross-entropy", "sigmoid", "convex", "data", "samples"],
    idea: "The data of the sigmoid unit with cross-entropy: convex with a single minimum, but so flat far out that Newton's full step can diverge.",
    formula: "f = (1/n) Σ [ln(1 + exp u) − y u],  u = w₁x + w₂",
    reference: "D. R. Cox, The regression analysis of binary sequences, Journal of the Royal Statistical Society B 20 (1958)",
    parameters: &[count(20.0), temperature(1.0)],
    domain: ViewBox::square(6.0),
    suggestion: Suggestion { start: [-1.0, 1.5], rate: 1.0 },
    opening: Opening::framed([-2.4, 3.6], [-1.2, 3.0]),
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Identity>, CrossEntropy>::new(data)),
        draw: |_| SamplingRule::TWO_CLASSES,
        classes: true,
    },
    critical_sets: |_, data| data.and_then(continuum).into_iter().collect(),
    corners: no_corners,
    kink_lines: no_kink_lines,
    log_height: false,
};

/// Where the data do not determine both weights: a line of minima, or a minimum at infinity.
fn continuum(data: &Data) -> Option<CriticalSet> {
    if is_separable(data) {
        let text = "the data can be separated: the loss falls for ever, its minimum lies at infinity".to_owned();
        return Some(CriticalSet { kind: "minimum", text, polyline: Vec::new(), label: None, gaps: Vec::new() });
    }
    let share = mean_output(data);
    only_input(data).map(|x| line_of_minima(x, libm::log(share / (1.0 - share)), "infinitely many best fits"))
}

/// Whether some threshold has all of one class on one side and all of the other on the other side, or upon it.
///
/// A sample with y between 0 and 1 belongs to both classes.
/// Source: A. Albert and J. A. Anderson, On the existence of maximum likelihood estimates in logistic regression models (1984).
pub(in crate::landscapes) fn is_separable(data: &Data) -> bool {
    let range =
        |belongs: fn(f64) -> bool| extremes(data.samples().iter().filter(|[_, y]| belongs(*y)).map(|[x, _]| *x));
    let [zeros, ones] = [range(|y| y < 1.0), range(|y| y > 0.0)];
    let apart = |below: [f64; 2], above: [f64; 2]| below[1] < above[0] || below[1] == above[0] && below[0] < above[1];
    apart(zeros, ones) || apart(ones, zeros)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, Loss};
    use crate::numbers::Point;
    use proptest::prelude::*;

    /// Classes at whole inputs from 0 on.
    fn data(classes: &[f64]) -> Data {
        let rows: Vec<String> = classes.iter().enumerate().map(|(x, y)| format!("{x},{y}")).collect();
        Data::read(format!("x,y\n{}", rows.join("\n")).as_bytes(), "classes").unwrap()
    }

    proptest! {
        /// Convex, so a loss that falls from a large circle to one three times as large has no minimum.
        #[test]
        fn separable_data_and_no_others_have_their_minimum_at_infinity(classes in prop::collection::vec(prop::sample::select(vec![0.0, 1.0]), 1..6)) {
            let data = Arc::new(data(&classes));
            let loss = NetworkLoss::<OneLayer<Identity>, CrossEntropy>::new(Arc::clone(&data));
            let least = |radius: f64| {
                let angles = (0..7200).map(|k| std::f64::consts::TAU * f64::from(k) / 7200.0);
                let values = angles.map(|t| loss.value(Point::new(radius * libm::cos(t), radius * libm::sin(t))));
                values.fold(f64::INFINITY, f64::min)
            };
            prop_assert_eq!(is_separable(&data), least(30.0) < least(10.0), "{:?}", classes);
        }
    }

    #[test]
    fn ties_and_probabilities_are_told_apart() {
        for (text, separable) in [
            ("1,0\n1,1\n2,1", true),
            ("1,0\n1,1", false),
            ("1,1\n1,1", true),
            ("0,0\n1,0.5\n2,1", true),
            ("0,0\n1,0.5\n1.5,0.5\n2,1", false),
            ("0,1\n2,0\n1,1", true),
            ("0,1\n2,0\n3,1", false),
        ] {
            let data = Data::read(format!("x,y\n{text}").as_bytes(), "classes").unwrap();
            assert_eq!(is_separable(&data), separable, "{text:?}");
        }
        assert!(Landscape::parse("logistic").unwrap().critical_sets().is_empty(), "the public data overlap");
    }
}
