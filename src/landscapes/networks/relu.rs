//! One rectified unit, o = relu(w₁x + w₂): a landscape with folds and a dead region.

use std::sync::Arc;

use super::Data;
use super::activation::Relu;
use super::continua::input_range;
use super::criterion::MeanSquares;
use super::network::{NetworkLoss, OneLayer};
use crate::landscapes::{Build, CriticalSet, Entry, Group, Suggestion, ViewBox};
use crate::numbers::Point;

pub(super) static ENTRY: Entry = Entry {
    id: "relu",
    name: "ReLU unit",
    group: Group::Networks,
    idea: "Each sample folds the land along a line; where the unit is off for every sample the land is flat and nothing moves.",
    formula: "f = (1/n) Σ (relu(w₁x + w₂) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 6.3.1",
    parameters: &[],
    view: ViewBox::square(3.0),
    suggestion: Suggestion { start: [-0.8, 1.8], rate: 0.1 },
    build: Build::Network {
        loss: |data| Arc::new(NetworkLoss::<OneLayer<Relu>, MeanSquares>::new(data)),
        generate: |seed| Data::generate(seed, 16, 2.0, |x, noise| (1.2 * x - 0.4).max(0.0) + 0.1 * noise.normal()),
        seed: 1001,
        classes: false,
    },
    critical_sets: |_, data| data.map(dead_sector).into_iter().collect(),
    corners: |_, data| data.map_or_else(Vec::new, |data| [1.0, -1.0].map(|side| minima_on_folds(data, side)).concat()),
    log_height: false,
};

/// Where w₁x + w₂ ≤ 0 for every sample the unit is off: a wedge at the origin in which the loss is constant.
fn dead_sector(data: &Data) -> CriticalSet {
    let [low, high] = input_range(data);
    CriticalSet {
        kind: "degenerate",
        text: format!("the dead region w₂ ≤ min(−{low:.3} w₁, −{high:.3} w₁), where the unit is off for every sample: nothing can move")
            .replace("−-", ""),
        polyline: Vec::new(),
        label: Some((Point::new(0.0, 0.8 * ENTRY.view.y[0]), "dead: the unit is off for every sample")),
    }
}

/// The minima on those folds that have w₁ > 0, or with `side` −1 those that have w₁ < 0.
///
/// A sample's fold is the ray r (1, −x), r > 0, on which the unit's output is r (x′ − x) for the samples x′ beyond x and
/// 0 for all others, so that f along it is a parabola. Its lowest point r = Σ(x′ − x)y′ / Σ(x′ − x)² is a minimum of f
/// if f rises to both sides of the fold, where it is convex: the slope across is Σ(o′ − y′) times a positive number on the
/// side on which the sample itself is off, and y less than that where it is on. Both are sums that grow sample by sample
/// from the last x to the first, which takes n log n steps.
fn minima_on_folds(data: &Data, side: f64) -> Vec<Point> {
    let mut samples: Vec<[f64; 2]> = data.samples().iter().map(|[x, y]| [side * x, *y]).collect();
    samples.sort_by(|a, b| b[0].total_cmp(&a[0]));
    let mut minima = Vec::new();
    let mut beyond = Beyond::default();
    let mut last = 0.0;
    for fold in samples.chunk_by(|a, b| a[0] == b[0]) {
        let (x, y) = (fold[0][0], fold.iter().map(|sample| sample[1]).sum::<f64>());
        beyond.seen_from(last - x);
        let r = beyond.products / beyond.squares;
        let off = r * beyond.distances - beyond.outputs;
        if r > 0.0 && y < off && off < 0.0 {
            minima.push(Point::new(side * r, -r * x));
        }
        beyond.count += fold.len() as f64;
        beyond.outputs += y;
        last = x;
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
    fn the_known_minima_on_folds_are_found() {
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
        /// Each one found is lowest; and so is none on any other fold, of which the parabola's lowest point is tried.
        #[test]
        fn minima_on_folds_are_all_that_there_are(pairs in prop::collection::vec([-2.0..2.0, -1.0..1.0], 1..9)) {
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
                        // So near that no other fold lies between, where that can be.
                        let rise = rise(landscape.loss(), at, 1e-6 * r);
                        prop_assert!(rise.abs() < 1e-13 || is_found == (rise > 0.0), "{at}: found {is_found}, rises by {rise:e}");
                    }
                }
            }
            for at in &found {
                prop_assert!(rise(landscape.loss(), *at, 1e-6 * at.coords.norm()) > -1e-16, "{at} is not lowest");
            }
        }
    }

    #[test]
    fn ten_thousand_samples_are_no_matter() {
        let rows: Vec<String> =
            (0..10_000).map(|k| format!("{},{}", f64::from(k) * 1e-3 - 5.0, f64::from(k % 7) - 3.0)).collect();
        let text = format!("x,y\n{}", rows.join("\n"));
        let landscape = Landscape::parse_with("relu:data=d", None, &|_| Ok(text.clone().into_bytes())).unwrap();
        assert!(corners(&landscape).iter().all(|at| rise(landscape.loss(), *at, 1e-9) > -1e-15), "each is lowest");
    }
}
