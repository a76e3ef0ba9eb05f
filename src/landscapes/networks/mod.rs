//! Networks with two weights: one file a network. A new one adds its two lines here.

mod activation;
mod backprop;
mod continua;
pub(super) mod criterion;
mod data;
mod deep_linear;
mod depth;
pub(super) mod draw;
mod linreg;
mod logistic;
mod network;
mod one_unit;
pub(super) mod over_samples;
mod relu;
mod relu2;
mod sigmoid_mse;
mod sine;
mod switches;
mod tanh;
pub(super) mod tanh2;

pub use backprop::SampleValues;
pub use data::{Data, MAX_SAMPLES};
pub use draw::Draw;
pub use one_unit::OneUnit;

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
