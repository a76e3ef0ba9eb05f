//! The picker of landscapes: a button as wide as the panel, and a sheet of thumbnails by groups with a field to search it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Button, FontSelection, Galley, Id, Key, Margin, Popup, PopupCloseBehavior, Rect, Response, RichText, Role,
    ScrollArea, Sense, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::framed::framed;
use super::row::declare_menu;
use super::thumbnail::{self, thumbnail};
use crate::landscapes::{self, Entry, Group, own};
use crate::state::{Command, FileDialog};
use crate::ui::theme;

/// Thumbnails in a row at most; fewer where the window has no room for them.
const COLUMNS: f32 = 9.0;
/// Room for a field beside the tiles, in points.
const ROOM_FOR_FILE: f32 = 480.0;
/// Around a thumbnail, in points.
const GAP: f32 = 6.0;
/// Left and right of it, so that its name has room.
const SIDE: f32 = 12.0;
/// The height of its name: two lines, in sizes of the type.
const NAME: f32 = 2.6;

/// What the sheet needs beside its thumbnails, for the scroll bar.
const BESIDE: f32 = 24.0;

/// Shows the picker; what was chosen. `name` is what the button says.
pub fn landscape_picker(ui: &mut Ui, current: &'static Entry, name: &str) -> Option<Command> {
    let button = Button::new(name).right_text("▾").truncate();
    let width = ui.available_width();
    let response = ui.add_sized(vec2(width, ui.spacing().interact_size.y + 4.0), button);
    let response = response.on_hover_text("Which land to walk on: the loss as a function of two weights.");
    declare_menu(ui, &response, "landscape", name);
    let popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let tile = tile_size(ui).x;
    let room = (ui.ctx().content_rect().width() - 32.0).max(0.0);
    let columns = ((room - BESIDE) / tile).floor().clamp(1.0, COLUMNS);
    popup
        .width((columns * tile + BESIDE).min(room))
        .show(|ui| sheet_ui(ui, &response, current))
        .and_then(|shown| shown.inner)
}

fn sheet_ui(ui: &mut Ui, button: &Response, current: &Entry) -> Option<Command> {
    let id = Id::unique("landscape search");
    let mut sought =
        if button.clicked() { String::new() } else { ui.data(|data| data.get_temp(id)).unwrap_or_default() };
    let field = TextEdit::singleline(&mut sought).id(id).hint_text("search").margin(Margin::symmetric(8, 4));
    let help = "Part of a name, of a group or of what it shows; Enter takes the first.";
    let search = framed(ui, field).on_hover_text(help);
    ui.ctx().accesskit_node_builder(id, |node| node.set_label("search landscapes"));
    if button.clicked() {
        search.request_focus();
    }
    let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let first = found(&sought).next();
    let mut chosen = first.filter(|_| entered && !sought.trim().is_empty()).map(choice);
    if first.is_none() {
        ui.label(theme::muted("no landscape has that in its name").small());
    }
    let height = ui.ctx().content_rect().height() * 0.74;
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
    area.show(ui, |ui| {
        chosen = own_ui(ui, &sought, current).or(chosen.take());
        for group in Group::ALL {
            chosen = group_ui(ui, group, &sought, current).map(Command::ChooseLandscape).or(chosen.take());
        }
    });
    ui.data_mut(|data| data.insert_temp(id, sought));
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

/// What choosing an entry does: a grid is in a file, which is asked for.
fn choice(entry: &'static Entry) -> Command {
    let is_in_file = entry.id == own::GRID.id;
    if is_in_file { Command::AskForFile(FileDialog::Open) } else { Command::ChooseLandscape(entry.id) }
}

/// What somebody brings along: a formula or a network to type, a file to open.
fn own_ui(ui: &mut Ui, sought: &str, current: &Entry) -> Option<Command> {
    let shown: Vec<&'static Entry> = found(sought).filter(|entry| entry.group == Group::Own).collect();
    let mut chosen = None;
    if shown.is_empty() {
        return None;
    }
    ui.label(theme::title(Group::Own.title()));
    let narrow = ui.available_width() < ROOM_FOR_FILE;
    let has_file = shown.iter().any(|entry| entry.id == own::GRID.id);
    ui.horizontal(|ui| {
        for typed in shown.into_iter().filter(|entry| entry.id != own::GRID.id) {
            if tile_ui(ui, typed, typed.id == current.id).on_hover_text(typed.idea).clicked() {
                chosen = Some(choice(typed));
            }
        }
        if has_file && !narrow {
            chosen = ui.vertical(from_file_ui).inner.or(chosen.take());
        }
    });
    if has_file && narrow { from_file_ui(ui).or(chosen) } else { chosen }
}

/// A file to open, and which files can be.
fn from_file_ui(ui: &mut Ui) -> Option<Command> {
    const NOTE: &str = "Or drop the file on the window. Grids: .csv with the header x,y,loss, .npz with arrays x, y and loss, .npy from −1 to 1. Samples: .csv with the header x,y.";
    ui.add_space(GAP);
    let asked = ui
        .horizontal(|ui| {
            ui.label(format!("{}, or samples for a network", own::GRID.name)).on_hover_text(own::GRID.idea);
            let button = ui.button("Open…").on_hover_text("Chooses the file in a dialog.");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), own::GRID.name));
            button.clicked()
        })
        .inner;
    let opened = file_ui(ui).map(Command::OpenFile);
    ui.label(theme::muted(NOTE).small());
    opened.or(asked.then(|| choice(&own::GRID)))
}

/// A field for the path of a file; Enter opens it.
fn file_ui(ui: &mut Ui) -> Option<PathBuf> {
    let id = Id::unique("file to open");
    let mut path: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut path).id(id).hint_text("path of a file").margin(Margin::symmetric(8, 4));
    let response = framed(ui, field).on_hover_text("Enter opens the file.");
    ui.ctx().accesskit_node_builder(id, |node| node.set_label("file to open"));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // Quotes as copied paths have them keep spaces at the ends of a name.
    let plain = path.trim().trim_matches(['"', '\'']);
    let chosen = (entered && !plain.is_empty()).then(|| PathBuf::from(plain));
    ui.data_mut(|data| data.insert_temp(id, path));
    chosen
}

/// What the search finds, those of the catalogue first, and names before groups and ideas.
fn found(sought: &str) -> impl Iterator<Item = &'static Entry> {
    let sought = sought.trim().to_lowercase();
    let all = || landscapes::entries().chain(own::ENTRIES);
    let named: Vec<&Entry> = all().filter(|entry| is_named(entry, &sought)).collect();
    let told: Vec<&Entry> = all().filter(|entry| !is_named(entry, &sought) && is_told(entry, &sought)).collect();
    named.into_iter().chain(told)
}

fn is_named(entry: &Entry, sought: &str) -> bool {
    entry.name.to_lowercase().contains(sought) || entry.id.contains(sought)
}

fn is_told(entry: &Entry, sought: &str) -> bool {
    entry.group.title().to_lowercase().contains(sought) || entry.idea.to_lowercase().contains(sought)
}

fn group_ui(ui: &mut Ui, group: Group, sought: &str, current: &Entry) -> Option<&'static str> {
    let mut chosen = None;
    let entries: Vec<&'static Entry> = found(sought).filter(|entry| entry.group == group).collect();
    if entries.is_empty() {
        return None;
    }
    ui.label(theme::title(group.title()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for entry in entries {
            let tip = format!("{}\n\n{}\n\n{}", entry.idea, entry.formula, entry.reference);
            if tile_ui(ui, entry, entry.id == current.id).on_hover_text(tip).clicked() {
                chosen = Some(entry.id);
            }
        }
    });
    chosen
}

/// A thumbnail with room around it and two lines of text below.
fn tile_size(ui: &Ui) -> egui::Vec2 {
    let line = egui::TextStyle::Small.resolve(ui.style()).size;
    let scale = line / 13.0;
    thumbnail::SIZE * scale + vec2(2.0 * SIDE, 2.0 * GAP + NAME * line)
}

fn tile_ui(ui: &mut Ui, entry: &'static Entry, selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(tile_size(ui), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, entry.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let visuals = ui.style().interact_selectable(&response, selected);
    if selected || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink(1.0), visuals.corner_radius, visuals.weak_bg_fill);
    }
    let inner = rect.shrink2(vec2(SIDE, GAP));
    let name_height = egui::TextStyle::Small.resolve(ui.style()).size * NAME;
    let picture = Rect::from_min_max(inner.min, pos2(inner.max.x, inner.max.y - name_height));
    if let Some(texture) = thumbnail(ui, entry) {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture, picture, whole, egui::Color32::WHITE);
    }
    let outline = if selected { visuals.fg_stroke } else { ui.visuals().widgets.noninteractive.bg_stroke };
    ui.painter().rect_stroke(picture, 2.0, outline, StrokeKind::Inside);
    let name = name_galley(ui, entry.name, rect.width() - 4.0);
    let top = pos2(rect.center().x, picture.max.y + 2.0);
    ui.painter().galley(top, name, visuals.text_color());
    response
}

/// A name in two centered lines at most.
fn name_galley(ui: &Ui, name: &str, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    let text = RichText::new(name).small();
    text.append_to(&mut job, ui.style(), FontSelection::Default, Align::Min);
    job.halign = Align::Center;
    job.wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(width) };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_by_its_name_its_id_its_group_and_its_idea() {
        for entry in landscapes::entries().chain(own::ENTRIES) {
            for sought in [entry.name, entry.id, entry.group.title(), entry.idea] {
                for sought in [sought.to_owned(), sought.to_uppercase(), format!(" {sought} ")] {
                    assert!(found(&sought).any(|found| found.id == entry.id), "{} by '{sought}'", entry.id);
                }
            }
            assert_eq!(found(entry.name).next().map(|found| found.id), Some(entry.id), "{} is the first", entry.name);
        }
        assert_eq!(found("no such landscape").count(), 0, "nothing");
    }
}
