//! The parts of the window around the views; the caller gives each its room.

mod critical_table;
pub(in crate::ui) mod escapes;
mod export;
mod export_frames;
mod export_title;
mod glossary;
mod keys;
mod leaving;
mod lesson_footer;
mod lesson_page;
mod lessons;
mod menu;
mod message;
mod open_path;
mod over_views;
mod pilot;
mod predict;
mod presented_runs;
mod rate_bar;
mod run_card;
mod run_chips;
mod run_panel;
mod samples;
mod save_path;
mod setup;
mod show;
mod status;
mod task_controls;
mod this_step;
mod time_bar;

pub use critical_table::critical_table_ui;
pub use export::export_ui;
pub use export_title::export_title_ui;
pub use glossary::glossary_ui;
pub use keys::keys_ui;
pub use leaving::leaving_ui;
pub use lesson_page::{back_to_page_ui, lesson_page_height, lesson_page_ui};
pub use lessons::lessons_ui;
pub use menu::menu_ui;
pub use message::{message_beside_runs_ui, message_ui};
pub use open_path::open_path_ui;
pub use pilot::pilot_ui;
pub use predict::{QuestionRoom, predict_ui};
pub use presented_runs::{presented_column_ui, presented_lines, presented_lines_ui};
pub use rate_bar::rate_bar_ui;
pub use run_card::run_card_ui;
pub use run_chips::{free_of_run_chips, run_chips_ui, run_names_ui};
pub use save_path::save_path_ui;
pub use setup::setup_ui;
pub use show::{has_room_beside_show, show_menu_ui, undrawn_ui};
pub use status::{has_message, status_ui};
pub use this_step::{
    BarsBelow, curvature_ui, presented_sentence_height, presented_sentence_ui, rule_ui, sentence_height, sentence_ui,
    wide_sentence_ui,
};
pub use time_bar::{time_bar_ui, time_in_a_row};

use egui::containers::scroll_area::ScrollBarVisibility;
use egui::{ScrollArea, Ui};

/// A column that scrolls where it has too little room; its bar is seen then, and covers nothing.
pub(in crate::ui) fn column(ui: &mut Ui) -> ScrollArea {
    let scroll = &mut ui.spacing_mut().scroll;
    scroll.floating_allocated_width = 8.0;
    scroll.floating_width = 4.0;
    scroll.dormant_handle_opacity = 0.5;
    ScrollArea::vertical().auto_shrink(false).scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded)
}
