//! Taylorscope shows what an optimizer believes and what the loss landscape really does, one step at a time.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod drawing;
pub mod export;
pub mod import;
pub mod jobs;
pub mod landscapes;
pub mod numbers;
pub mod optimizers;
pub mod render;
pub mod run;
pub mod state;
pub mod ui;
