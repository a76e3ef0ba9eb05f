//! The panels around the views: each reads the state and pushes commands.

mod run_card;
pub mod setup;
