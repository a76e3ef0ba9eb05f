//! A hidden tanh unit and an output weight, o = w₂ tanh(w₁x): the smallest network with a saddle at zero.

use std::sync::Arc;

use super::Data;
use super::criterion::MeanSquares;
use super::network::{Architecture, NetworkLoss};
use crate::landscapes::entry::{no_corners, no_critical_sets};
use crate::landscapes::{Build, Entry, Group, Suggestion, ViewBox};
use crate::numbers::Real;

pub(super) static ENTRY: Entry = Entry {
    id: "tanh2",
    name: "tanh unit, two layers",
    group: Group::Networks,
    idea: "Both weights can change sign together and nothing changes: two equal minima with a saddle at zero between them.",
    formula: "f = (1/n) Σ (w₂ tanh(w₁x) − y)²",
    reference: "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning (2016), section 8.2.2",
    parameters: &[],
    view: ViewBox::square(4.0),
    suggestion: Suggestion { start: [-0.6, 2.6], rate: 0.3 },
    build: Build::Network {
        loss: |data| Arc::new(NetworkLoss::<Tanh2, MeanSquares>::new(data)),
        generate: |seed| Data::generate(seed, 12, 2.0, |x, noise| 1.5 * libm::tanh(1.2 * x) + 0.05 * noise.normal()),
        seed: 1007,
    },
    critical_sets: no_critical_sets,
    corners: no_corners,
    log_height: false,
};

struct Tanh2;

impl Architecture for Tanh2 {
    const TWO_LAYERS: bool = true;

    #[inline(always)]
    fn activation<T: Real>(u: T) -> T {
        u.tanh()
    }
}
