//! One rectified unit, o = relu(w₁x + w₂): a landscape with folds and a dead region.

use std::sync::Arc;

use super::Data;
use super::criterion::MeanSquares;
use super::network::{Architecture, NetworkLoss};
use crate::landscapes::entry::no_corners;
use crate::landscapes::{Build, CriticalSet, Entry, Group, Suggestion, ViewBox};
use crate::numbers::{Point, Real};

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
        loss: |data| Arc::new(NetworkLoss::<Relu, MeanSquares>::new(data)),
        generate: |seed| Data::generate(seed, 16, 2.0, |x, noise| (1.2 * x - 0.4).max(0.0) + 0.1 * noise.normal()),
        seed: 1001,
    },
    critical_sets: |_, data| data.and_then(dead_sector).into_iter().collect(),
    corners: no_corners,
    log_height: false,
};

struct Relu;

impl Architecture for Relu {
    const TWO_LAYERS: bool = false;

    #[inline(always)]
    fn activation<T: Real>(u: T) -> T {
        u.relu()
    }
}

/// Where w₁x + w₂ ≤ 0 for every sample the unit is off: a wedge at the origin in which the loss is constant.
fn dead_sector(data: &Data) -> Option<CriticalSet> {
    let inputs = || data.samples().iter().map(|sample| sample[0]);
    let low = inputs().fold(f64::INFINITY, f64::min);
    let high = inputs().fold(f64::NEG_INFINITY, f64::max);
    (low <= high).then(|| CriticalSet {
        kind: "degenerate",
        text: format!("the dead region w₂ ≤ min(−{low:.3} w₁, −{high:.3} w₁), where the unit is off for every sample: nothing can move")
            .replace("−-", ""),
        polyline: Vec::new(),
        label: Some((Point::new(0.0, 0.8 * ENTRY.view.y[0]), "dead: the unit is off for every sample")),
    })
}
