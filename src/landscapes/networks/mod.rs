//! Networks with two weights: one file per network, beside the parts they share. To add one, add its `mod` and its `ENTRY` here.

mod activation;
mod backprop;
pub(super) mod continua;
pub(super) mod criterion;
pub(super) mod data;
mod dead_region;
mod deep_linear;
mod depth;
mod hidden_unit;
pub(super) mod linreg;
pub(super) mod logistic;
mod network;
mod one_unit;
pub(super) mod over_samples;
pub(super) mod preset;
mod relu;
mod relu2;
pub(super) mod sampling_rule;
mod sigmoid_mse;
mod sine;
mod tanh;
pub(super) mod tanh2;

pub use backprop::SampleValues;
pub use data::{Data, MAX_SAMPLES};
pub use one_unit::OneUnit;
pub use preset::{PRESETS, Preset};
pub use sampling_rule::SamplingRule;

use super::Entry;

/// Every network, in the order of the picker.
pub static ENTRIES: &[&Entry] = &[
    &linreg::ENTRY,
    &relu::ENTRY,
    &sigmoid_mse::ENTRY,
    &logistic::ENTRY,
    &tanh::ENTRY,
    &deep_linear::ENTRY,
    &relu2::ENTRY,
    &tanh2::ENTRY,
    &sine::ENTRY,
    &depth::ENTRY,
];
