//! Controls that egui does not have, and some of its own in our words: they know values, not the state.

pub mod fold;
pub mod formula_field;
pub mod framed;
pub mod icon;
pub mod knob;
pub mod landscape_picker;
mod landscape_search;
pub mod method_menu;
pub mod mode_bar;
pub mod number_field;
pub mod rate_outlook;
pub mod rate_slider;
pub mod row;
pub mod swatch;
pub mod thumbnail;
pub mod track;
