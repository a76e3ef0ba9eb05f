//! Controls that egui does not have, and some of its own in our words: they know values, not the state.

pub mod disclosure;
pub mod formula_field;
pub mod framed;
pub mod hint;
pub mod icon;
pub mod landscape_picker;
mod landscape_search;
pub mod method_menu;
pub mod mode_bar;
pub mod number_field;
pub mod parameter_control;
pub mod path_field;
pub mod qr;
pub mod rate_assessment;
pub mod rate_slider;
pub mod row;
pub mod swatch;
pub mod thumbnail;
pub mod track;
