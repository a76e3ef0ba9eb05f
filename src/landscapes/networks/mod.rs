//! Networks with two weights: one file a network. A new one adds its two lines here.

mod activation;
mod anatomy;
mod backprop;
mod continua;
mod criterion;
mod data;
mod deep_linear;
mod linreg;
mod logistic;
mod network;
mod relu;
mod relu2;
mod sigmoid_mse;
mod sine;
mod tanh;
mod tanh2;

pub use anatomy::{Anatomy, LossKind, Unit};
pub use backprop::SampleValues;
pub use data::{Data, MAX_SAMPLES};

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
];
