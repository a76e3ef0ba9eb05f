//! The parts of the window around the views; the caller gives each its room.

mod critical_table;
mod keys;
mod menu;
mod run_card;
mod setup;
mod show;
mod status;
mod this_step;
mod time_bar;

pub use critical_table::critical_table_ui;
pub use keys::keys_ui;
pub use menu::menu_ui;
pub use setup::setup_ui;
pub use show::show_menu_ui;
pub use status::status_ui;
pub use this_step::this_step_ui;
pub use time_bar::time_bar_ui;
