//! The small window in which a picture is exported: what, in which form, how large, light or dark, and where to.

use egui::{
    Align, Align2, Button, DragValue, Layout, Margin, Popup, ProgressBar, RichText, Role, TextEdit, TextStyle, Ui,
    WidgetInfo, vec2,
};

use super::export_frames::{speed_ui, steps_ui};
use super::over_views::window;
use crate::drawing::ink::{Ink, Theme};
use crate::drawing::{ExportFormat, ExportView};
use crate::landscapes::Landscape;
use crate::numbers::numerals::counted;
use crate::state::{Command, ExportCommand, ExportDialog, ExportOptions, State};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::path_field::{is_entered, name_field};
use crate::ui::widgets::row;

/// How wide it is, in points at normal type.
const WIDTH: f32 = 420.0;
/// The width of the column of its labels, in points at normal type.
const LABELS: f32 = 76.0;
/// The least and the most points of a side.
const SIDE: [u32; 2] = [240, 4096];

/// The window, if it is open.
pub fn export_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(dialog) = &state.export.dialog else { return };
    let mut open = true;
    let k = state.view.chrome.type_scale.factor();
    let width = (WIDTH * k).min(ui.ctx().content_rect().width() - 48.0).max(0.0);
    window("Export", &mut open).anchor(Align2::CENTER_TOP, vec2(0.0, 96.0 * k)).show(ui.ctx(), |ui| {
        ui.set_width(width);
        contents_ui(state, dialog, k, ui, commands);
    });
    if !open {
        commands.push(Command::Export(ExportCommand::Toggle));
    }
}

fn contents_ui(state: &State, dialog: &ExportDialog, k: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let is_idle = state.export.running.is_none();
    ui.add_enabled_ui(is_idle, |ui| {
        options_ui(state, k, ui, commands);
        path_ui(state, k, ui, commands);
    });
    ui.separator();
    if is_idle {
        buttons_ui(state, ui, commands);
    } else {
        progress_ui(state, ui, commands);
    }
    // Below everything, so that nothing moves when something is said.
    said_ui(state, dialog, ui, commands);
}

/// A row of the window: its name, and its controls.
fn line(name: &str, k: f32, ui: &mut Ui, controls: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        row::muted_label(ui, name, LABELS * k);
        controls(ui);
    });
}

fn options_ui(state: &State, k: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let old = state.export.options;
    let mut new = old;
    line("What", k, ui, |ui| {
        if let Some(view) = view_ui(old.view, &state.document.landscape, ui) {
            new = old.showing(view);
        }
    });
    line("Form", k, ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for format in ExportFormat::ALL.iter().copied().filter(|format| format.takes(old.view)) {
                choice_ui(format.title(), format.help(), format, &mut new.format, ui);
            }
        });
    });
    if let Some(limits) = old.format.limits() {
        line("Steps", k, ui, |ui| steps_ui(state, &mut new.frames, limits, ui));
        let name = if old.format.moves() { "Frames" } else { "Pages" };
        line(name, k, ui, |ui| speed_ui(state, old.format, &mut new.frames, limits, ui));
    }
    if !old.format.is_numbers() {
        picture_ui(&mut new, k, ui);
    }
    if new != old {
        commands.push(Command::Export(ExportCommand::Choose(new)));
    }
}

/// What is exported, chosen from a menu.
fn view_ui(shown: ExportView, landscape: &Landscape, ui: &mut Ui) -> Option<ExportView> {
    let mut chosen = None;
    let button = ui.add(Button::new(shown.title_on(landscape)).right_text("▾"));
    row::declare_menu(ui, &button, "what is exported", shown.title_on(landscape));
    Popup::menu(&button).show(|ui| {
        for view in ExportView::ALL.into_iter().filter(|view| view.suits(landscape)) {
            if ui.selectable_label(view == shown, view.title_on(landscape)).hint(view.help()).clicked() {
                chosen = Some(view);
                ui.close();
            }
        }
    });
    chosen
}

/// How a picture looks: its size, its colors, what stands around it.
fn picture_ui(new: &mut ExportOptions, k: f32, ui: &mut Ui) {
    line("Size", k, ui, |ui| size_ui(new, ui));
    if new.format.is_as_on_screen() {
        line("Colors", k, ui, |ui| {
            choice_ui("Light", "Ink on paper, whatever the screen shows.", Theme::Light, &mut new.theme, ui);
            choice_ui("Dark", "Light on near-black, whatever the screen shows.", Theme::Dark, &mut new.theme, ui);
        });
    }
    if new.view != ExportView::Window {
        line("With", k, ui, |ui| {
            let title = ui.checkbox(&mut new.frame.title, "title");
            title.hint("Above the view: the landscape with its formula, and the runs with their rates.");
            if new.format.is_as_on_screen() {
                ui.checkbox(&mut new.frame.legend, "legend")
                    .hint("What is drawn, by name, below a view that has a legend.");
            }
        });
    }
}

/// Width and height in points, and how many pixels each has.
fn size_ui(options: &mut ExportOptions, ui: &mut Ui) {
    let range = SIDE[0]..=SIDE[1];
    for (name, side) in ["width in points", "height in points"].into_iter().zip(&mut options.size) {
        let response = ui.add(DragValue::new(side).range(range.clone()).speed(4.0));
        response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
        response.hint(format!("The {name}: the larger, the smaller the words in it."));
    }
    if !options.format.has_pixels() {
        return;
    }
    ui.separator();
    for scale in 1..=ExportOptions::MAX_SCALE {
        let [width, height] = options.size.map(|side| side * u32::from(scale));
        let help = format!("{} for each point: {width} × {height} pixels.", counted(usize::from(scale), "pixel"));
        choice_ui(&format!("{scale}×"), &help, scale, &mut options.scale, ui);
    }
}

/// One of some that exclude each other.
fn choice_ui<T: PartialEq + Copy>(text: &str, help: &str, value: T, chosen: &mut T, ui: &mut Ui) {
    let response = ui.selectable_label(*chosen == value, text).hint(help);
    if response.clicked() {
        *chosen = value;
    }
}

/// The path of the file, and the dialog of the system.
fn path_ui(state: &State, k: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let name = if state.export.options.format.is_folder() { "Folder" } else { "File" };
    line(name, k, ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Choose…").hint("Asks for the file in a dialog of the system.").clicked() {
                commands.push(Command::Export(ExportCommand::Browse));
            }
            file_ui(state.export_path(), ui, commands);
        });
    });
    if state.files.dialog.is_some() {
        ui.label(theme::muted("Waiting for the file dialog. If none has opened, write the path above.").small());
    }
}

fn file_ui(mut path: String, ui: &mut Ui, commands: &mut Vec<Command>) {
    let edit = TextEdit::singleline(&mut path).margin(Margin::symmetric(8, 4)).desired_width(ui.available_width());
    let field = ui.add(edit).hint("The file or folder to write, ~ for your own folder. Enter exports.");
    name_field(&field, "file of the picture", ui);
    if field.changed() {
        commands.push(Command::Export(ExportCommand::Name(path)));
    }
    if is_entered(&field, ui) {
        commands.push(Command::Export(ExportCommand::Begin { replace: false }));
    }
}

/// The result of the last attempt, and the question about an existing file.
fn said_ui(state: &State, dialog: &ExportDialog, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(said) = &dialog.said else { return };
    ui.add_space(ui.spacing().item_spacing.y);
    let text = RichText::new(said).text_style(TextStyle::Small);
    ui.label(if dialog.in_the_way { text.color(theme::color(Ink::Gap.text(state.view.chrome.theme))) } else { text });
    if dialog.in_the_way && ui.button("Replace it").hint("Overwrites the file with the picture.").clicked() {
        commands.push(Command::Export(ExportCommand::Begin { replace: true }));
    }
}

/// The way out stands at the other end, where *Cancel* stands while the picture is made.
fn buttons_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let export = ui.add(theme::primary_button(state.view.chrome.theme, "Export"));
        if export.hint("Writes the file; the window can be used meanwhile.").clicked() {
            commands.push(Command::Export(ExportCommand::Begin { replace: false }));
        }
        if ui.button("Copy").hint("Copies it to the clipboard, as pixels.").clicked() {
            commands.push(Command::Export(ExportCommand::CopyChosen));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Close").hint("Closes this window; nothing is written.").clicked() {
                commands.push(Command::Export(ExportCommand::Toggle));
            }
        });
    });
}

/// How far the picture has come, and at the other end, where a second click on *Export* does not reach, how to give it up.
fn progress_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Cancel").hint("Gives up the picture: nothing is written.").clicked() {
            commands.push(Command::Export(ExportCommand::GiveUp));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| match state.export.parts {
            Some([made, all]) if all > 1 => {
                let bar = ProgressBar::new(made as f32 / all as f32).text(format!("{made} of {all}"));
                ui.add(bar.desired_width(ui.available_width()));
            }
            _ => {
                ui.label(theme::muted("making the picture…"));
            }
        });
    });
}
