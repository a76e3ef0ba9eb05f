//! stub
use crate::state::{Command, State};
use egui::Ui;
macro_rules! stub { ($m:ident, $f:ident) => { pub mod $m { use super::*; pub fn $f(_s: &State, ui: &mut Ui, _c: &mut Vec<Command>) { ui.label(stringify!($m)); } } } }
stub!(menu, menu_ui); stub!(setup, setup_ui); stub!(this_step, this_step_ui); stub!(time_bar, time_bar_ui);
pub mod keys { use super::*; pub fn keys_ui(_s: &State, _ui: &mut Ui, _c: &mut Vec<Command>) {} }
pub mod status { use super::*; pub fn status_ui(_s: &State, _h: Option<crate::ui::views::Hover>, ui: &mut Ui, _c: &mut Vec<Command>) { ui.label("status"); } }
