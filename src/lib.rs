//! Taylorscope shows what an optimizer believes and what the loss landscape really does, one step at a time.

pub mod numbers;
pub mod landscapes;
pub mod analysis;
pub mod optimizers;
pub mod run;
pub mod drawing;
pub mod state;
pub mod render;
pub mod export;
pub mod ui;
pub mod app;
pub mod cli;
