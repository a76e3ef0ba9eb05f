//! One rectified unit, o = relu(w₁x + w₂): a landscape with kink lines and a dead region.

use std::sync::Arc;

use super::Data;
use super::activation::Relu;
use super::continua::{input_range, line_of_minima, mean_output, only_input};
use super::criterion::MeanSquares;
use super::network::{NetworkLoss, OneLayer};
use super::sampling_rule::{SamplingRule, count, noise};
use crate::landscapes::kink_line::unit_kink_lines;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Opening, Suggestion, ViewBox};
use crate::numbers::numerals::number;
use crate::numbers::{Point, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "relu",
    name: "ReLU unit",
    group: Group::Networks,
    keywords: &["rectified", "activation", "dead unit", "neuron", "data", "samples"],
    idea: "Each sample has an activation boundary, on which the loss has a kink; where the unit is off for every sample the gradient is zero.",
    formula: "f = (1/n) Σ (relu(w₁x + w₂) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 6.3.1",
    parameters: &[count(16.0), noise(0.1)],
    domain: ViewBox::square(3.0),
    suggestion: Suggestion { start: [-0.8, 1.8], rate: 0.2 },
    opening: Opening::DOMAIN,
    build: Build::Network {
        loss: |_, data| Arc::new(NetworkLoss::<OneLayer<Relu>, MeanSquares>::new(data)),
        draw: |_| DRAW,
        classes: false,
    },
    critical_sets: |_, data| {
        data.map_or_else(Vec::new, |data| [vec![dead_sector(data)], lonely_valleys(data)].concat())
    },
    corners: |_, data| {
        data.map_or_else(Vec::new, |data| [1.0, -1.0].map(|side| minima_on_kink_lines(data, side)).concat())
    },
    kink_lines: unit_kink_lines,
    log_height: false,
};

/// How its samples are drawn.
pub(super) const DRAW: SamplingRule = SamplingRule {
    half: 2.0,
    rule: |x, noise, random| (1.2 * x - 0.4).max(0.0) + noise * random.normal(),
    seed: 1001,
    is_of_classes: false,
};

/// Where w₁x + w₂ ≤ 0 for every sample the unit is off: a wedge at the origin in which the loss is constant.
fn dead_sector(data: &Data) -> CriticalSet {
    let [low, high] = input_range(data);
    CriticalSet {
        kind: CriticalSet::FLAT,
        text: format!(
            "the dead region w₂ ≤ min({} w₁, {} w₁), where the unit is off for every sample: the gradient is zero",
            number(-low),
            number(-high)
        ),
        polyline: Vec::new(),
        label: None,
        gaps: Vec::new(),
    }
}

/// Where the unit is on for the outermost input alone, a line of weights fits that one sample, and no other sample has an effect.
fn lonely_valleys(data: &Data) -> Vec<CriticalSet> {
    if let Some(x) = only_input(data) {
        let level = mean_output(data);
        return if level > 0.0 { vec![line_of_minima(x, level, "infinitely many best fits")] } else { Vec::new() };
    }
    [1.0, -1.0].into_iter().filter_map(|side| lonely_valley(data, side)).collect()
}

/// The line on which the unit is on for the outermost sample of a side alone.
fn lonely_valley(data: &Data, side: f64) -> Option<CriticalSet> {
    let kink_lines = kink_lines(data, side);
    let [outermost, next] = [kink_lines.first()?, kink_lines.get(1)?];
    let level = outermost.outputs / outermost.count;
    let r = level / (outermost.x - next.x);
    let end = Point::new(side * r, -r * next.x);
    let far = end + Vector::new(side, -outermost.x) * 1e3;
    let x = number(side * outermost.x);
    (level > 0.0).then(|| CriticalSet {
        kind: "minimum",
        text: format!(
            "a line on which the unit is on for the sample with x = {x} alone and fits it: the loss is constant along it"
        ),
        polyline: vec![end, far],
        label: None,
        gaps: Vec::new(),
    })
}

/// The samples with one input, for which the unit goes on at the same kink line.
struct ActivationBoundary {
    /// The input, mirrored where the kink lines with w₁ < 0 are meant.
    x: f64,
    count: f64,
    /// The sum of their y.
    outputs: f64,
}

/// The kink lines that have w₁ > 0, or with `side` −1 those that have w₁ < 0, from the outermost input on.
fn kink_lines(data: &Data, side: f64) -> Vec<ActivationBoundary> {
    let mut samples: Vec<[f64; 2]> = data.samples().iter().map(|[x, y]| [side * x, *y]).collect();
    samples.sort_by(|a, b| b[0].total_cmp(&a[0]));
    let outputs = |group: &[[f64; 2]]| group.iter().map(|sample| sample[1]).sum();
    let groups = samples.chunk_by(|a, b| a[0] == b[0]);
    groups
        .map(|group| ActivationBoundary { x: group[0][0], count: group.len() as f64, outputs: outputs(group) })
        .collect()
}

/// The minima on the kink lines that have w₁ > 0, or with `side` −1 on those that have w₁ < 0.
///
/// A kink line is the ray r (1, −x), r > 0, on which the unit's output is r (x′ − x) for the samples x′ beyond x and 0 for all
/// others, so that f along it is a parabola. Its lowest point r = Σ(x′ − x)y′ / Σ(x′ − x)² is a minimum of f if f, convex
/// on either side, falls to neither: the slope across is Σ(o′ − y′) times a positive number where the kink line's own samples
/// are off, and less by their y where they are on. All these sums grow from kink line to kink line, so that only sorting takes time.
fn minima_on_kink_lines(data: &Data, side: f64) -> Vec<Point> {
    let mut minima = Vec::new();
    let mut beyond = Beyond::default();
    let mut last = 0.0;
    for (index, kink_line) in kink_lines(data, side).iter().enumerate() {
        beyond.seen_from(last - kink_line.x);
        let r = beyond.products / beyond.squares;
        // A single input beyond is fitted exactly.
        let residuals = if index == 1 { 0.0 } else { r * beyond.distances - beyond.outputs };
        if r > 0.0 && kink_line.outputs < residuals && residuals <= 0.0 {
            minima.push(Point::new(side * r, -r * kink_line.x));
        }
        beyond.count += kink_line.count;
        beyond.outputs += kink_line.outputs;
        last = kink_line.x;
    }
    minima
}

/// Sums over the samples beyond an x, with distances from it.
#[derive(Default)]
struct Beyond {
    count: f64,
    distances: f64,
    squares: f64,
    outputs: f64,
    products: f64,
}

impl Beyond {
    /// The same samples seen from an x that is `further` away from all of them.
    fn seen_from(&mut self, further: f64) {
        if self.count > 0.0 {
            self.squares += further * (2.0 * self.distances + further * self.count);
            self.distances += further * self.count;
            self.products += further * self.outputs;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, Loss};
    use proptest::prelude::*;

    fn corners(landscape: &Landscape) -> Vec<Point> {
        (ENTRY.corners)(&[], landscape.data())
    }

    /// How much the loss rises from a point to the lowest of a circle about it.
    fn rise(loss: &dyn Loss, at: Point, radius: f64) -> f64 {
        let angle = |k: u32| std::f64::consts::TAU * f64::from(k) / 720.0;
        let values = (0..720)
            .map(|k| loss.value(Point::new(at.x + radius * libm::cos(angle(k)), at.y + radius * libm::sin(angle(k)))));
        values.fold(f64::INFINITY, f64::min) - loss.value(at)
    }

    #[test]
    fn the_known_minima_on_kink_lines_are_found() {
        let found = corners(&Landscape::of(&ENTRY));
        let known = [
            [-0.005_079_685_661_227_875, -0.000_325_378_065_184_664_2],
            [-0.001_160_612_761_225_250_7, -0.000_548_556_591_048_075_2],
            [-0.130_965_515_022_676_98, -0.164_169_049_049_105_95],
        ];
        assert_eq!(found.len(), known.len(), "{found:?}");
        for point in known.map(Point::from) {
            assert!(found.iter().any(|at| (at - point).norm() < 1e-12), "{point} is missing in {found:?}");
        }
    }

    proptest! {
        /// Each one found is lowest; and so is none on any other kink line, of which the parabola's lowest point is tried.
        #[test]
        fn minima_on_kink_lines_are_all_that_there_are(pairs in prop::collection::vec([-2.0..2.0_f64, -1.0..1.0_f64], 1..9)) {
            let rows: Vec<String> = pairs.iter().map(|[x, y]| format!("{x},{y}")).collect();
            let text = format!("x,y\n{}", rows.join("\n"));
            let landscape = Landscape::parse_with("relu:data=d", None, &|_| Ok(text.clone().into_bytes())).unwrap();
            let found = corners(&landscape);
            for [x, _] in &pairs {
                for side in [1.0, -1.0] {
                    let outputs = || pairs.iter().map(|[other, y]| (f64::max(side * (other - x), 0.0), y));
                    let r = outputs().map(|(o, y)| o * y).sum::<f64>() / outputs().map(|(o, _)| o * o).sum::<f64>();
                    let at = Point::new(side * r, -side * r * x);
                    if r > 1e-3 {
                        let is_found = found.iter().any(|corner| (corner - at).norm() < 1e-9);
                        // So near that no other kink line lies between, where that can be.
                        let rise = rise(landscape.loss(), at, 1e-6 * r);
                        prop_assert!(rise.abs() < 1e-13 || is_found == (rise > 0.0), "{at}: found {is_found}, rises by {rise:e}");
                    }
                }
            }
            for at in &found {
                prop_assert!(rise(landscape.loss(), *at, 1e-6 * at.coords.norm()) > -1e-15, "{at} is not lowest");
            }
        }
    }

    #[test]
    fn nothing_pulls_along_the_fit_of_one_sample() {
        let mut lines = 0;
        for seed in 1000..1020 {
            let landscape = Landscape::parse(&format!("relu:seed={seed}")).unwrap();
            for set in landscape.critical_sets().iter().filter(|set| !set.polyline.is_empty()) {
                let [end, far] = [set.polyline[0], set.polyline[1]];
                for share in [1e-3, 0.01, 0.1] {
                    let at = end + (far - end) * share;
                    let slope = landscape.loss().first_order(at).gradient.norm();
                    assert!(
                        slope < 1e-11 && rise(landscape.loss(), at, 1e-5) > -1e-14,
                        "seed {seed}: {} at {at}",
                        set.text
                    );
                }
                lines += 1;
            }
        }
        assert!(lines > 10, "there are such lines");
    }

    #[test]
    fn ten_thousand_samples_are_no_matter() {
        let draw = SamplingRule {
            half: 2.0,
            rule: |_, _, random| 2.0 * random.uniform() - 1.0,
            seed: 1,
            is_of_classes: false,
        };
        let data = draw.samples(1, 10_000.0, 0.0);
        let found = (ENTRY.corners)(&[], Some(&data));
        assert!(!found.is_empty(), "some of the boundaries have one");
        let loss = NetworkLoss::<OneLayer<Relu>, MeanSquares>::new(Arc::new(data));
        for at in found {
            let across = Vector::new(-at.y, at.x).normalize() * at.coords.norm() * 1e-10;
            let slopes =
                [1.0, -1.0].map(|side| loss.first_order(at + across * side).gradient.dot(&across.normalize()) * side);
            assert!(slopes.iter().all(|slope| *slope > -1e-12), "{at}: {slopes:?} to either side");
        }
    }
}
