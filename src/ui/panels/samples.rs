//! The data of a network in the setup panel: where its samples come from, how they are drawn, and files of them.

use std::path::{Path, PathBuf};

use egui::{Align, Button, Id, Key, Layout, Margin, Popup, Response, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::drawing::ink::Ink;
use crate::landscapes::excerpt::of_path;
use crate::landscapes::networks::PRESETS;
use crate::landscapes::{Landscape, Network};
use crate::numbers::numerals::counted;
use crate::state::{Command, DocumentCommand, FileCommand, FileDialog, SampleCommand, State, WindowCommand};
use crate::ui::actions;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, read_whole};
use crate::ui::widgets::parameter_control::ParameterControl;
use crate::ui::widgets::row::{self, Columns};

/// Shows the part; nothing for anything but a network.
pub(super) fn samples_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let landscape = &state.document.landscape;
    let Some(data) = landscape.data() else { return };
    ui.add_space(ui.spacing().item_spacing.x);
    ui.horizontal(|ui| {
        ui.label(theme::title("Data"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| buttons_ui(landscape, ui, commands));
    });
    let network = landscape.network();
    match (network.and_then(Network::seed), network.and_then(Network::brought)) {
        (Some(seed), _) => drawn_ui(landscape, seed, ui, commands),
        (None, source) => brought_ui(landscape, data.len(), &source.unwrap_or_default(), ui, commands),
    }
    path_ui(ui, commands);
    waiting_ui(state, ui, commands);
}

fn small_button<'a>(text: &str) -> Button<'a> {
    Button::new(RichText::new(text).small())
}

/// What brings other samples, from the right: presets, and the dialogs of the system.
fn buttons_ui(landscape: &Landscape, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let presets = ui.add(Button::new(RichText::new("Presets").small()).right_text("▾"));
    let presets = presets.hint("Samples that show a special case.");
    row::declare_menu(ui, &presets, "presets of samples", "");
    presets_ui(&presets, landscape, commands);
    for (id, text, dialog) in [("save samples as", "Save…", FileDialog::Save), ("open", "Open…", FileDialog::Open)]
    {
        let Some(action) = actions::find(id) else { continue };
        if ui.add(small_button(text)).hint(action.tooltip(ui.ctx())).clicked() {
            commands.push(Command::Files(FileCommand::Ask(dialog)));
        }
    }
}

fn presets_ui(button: &Response, landscape: &Landscape, commands: &mut Vec<Command>) {
    Popup::menu(button).show(|ui| {
        for preset in
            PRESETS.iter().filter(|preset| preset.suits(landscape.network().is_some_and(Network::draws_classes)))
        {
            if ui.button(preset.label).hint(preset.help).clicked() {
                commands.push(Command::Samples(SampleCommand::UsePreset(preset)));
            }
        }
    });
}

/// Samples that are drawn: how many, how noisy, and by which seed.
fn drawn_ui(landscape: &Landscape, seed: u64, ui: &mut Ui, commands: &mut Vec<Command>) {
    const HELP: &str = "Draws new samples: other data give the same network another loss.";
    for index in landscape.own_parameters()..landscape.parameters().len() {
        let (parameter, value) = (&landscape.parameters()[index], landscape.values()[index]);
        let parameter = ParameterControl { parameter, value, owner: "the landscape" };
        parameter.show(ui, commands, |value| Command::Document(DocumentCommand::SetParameter { index, value }));
    }
    let Columns { label, slider, number } = Columns::of(ui);
    ui.horizontal(|ui| {
        row::muted_label(ui, "random seed", label + slider + ui.spacing().item_spacing.x).hint(HELP);
        let field = NumberField { name: "data seed", help: HELP, shown: seed.to_string(), width: number };
        if let Some(text) = field.show(ui) {
            commands.push(match read_whole("data seed", &text) {
                Ok(seed) => Command::Samples(SampleCommand::SetSeed(seed)),
                Err(error) => Command::Window(WindowCommand::Say(error.to_string())),
            });
        }
    });
}

/// Shows which samples the network is fitted to, and a button for drawn ones.
fn brought_ui(landscape: &Landscape, count: usize, source: &str, ui: &mut Ui, commands: &mut Vec<Command>) {
    let help = "The samples of this network, drawn with its random seed.";
    let back = |ui: &mut Ui| ui.add(small_button("Back to its own samples")).hint(help).clicked();
    ui.label(theme::muted(format!("{}: {source}", counted(count, "sample"))).small());
    if back(ui) {
        commands.extend(
            landscape.network().and_then(Network::public_seed).map(SampleCommand::SetSeed).map(Command::Samples),
        );
    }
}

/// A field for the path of a file, to be opened or written without a dialog; Enter opens it.
fn path_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let id = Id::unique("path of samples");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let path = path_of(&text);
            let button = |ui: &mut Ui, word: &str, name: &str, help: &str| {
                let why_not = "Write a file’s path into the field first.";
                let response = ui.add_enabled(path.is_some(), small_button(word));
                let response = response.hint(if path.is_some() { help } else { why_not });
                response.widget_info(|| WidgetInfo::labeled(Role::Button, path.is_some(), name));
                response.clicked()
            };
            let help =
                "Writes the samples to the file of this path, with the header x,y. Another file there is not touched.";
            let saves = button(ui, "Save", "save to the path", help);
            let help =
                "Opens the file of this path: samples with the header x,y, or a measured grid. Enter does the same.";
            let opens = button(ui, "Open", "open the path", help);
            let field =
                TextEdit::singleline(&mut text).id(id).hint_text("path of a .csv file").margin(Margin::symmetric(6, 2));
            let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
            let response = ui
                .add_sized(size, field)
                .hint("Where samples are to be read from or written to; a file dropped on the window is opened, too.");
            ui.ctx().accesskit_node_builder(id, |node| node.set_label("path of samples"));
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let path = path_of(&text);
            if saves {
                commands.extend(path.map(|path| Command::Files(FileCommand::Save { path, replace: false })));
            } else if opens || entered {
                commands.extend(path.map(FileCommand::Open).map(Command::Files));
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// What was written, without the quotes that copied paths have.
fn path_of(text: &str) -> Option<PathBuf> {
    let plain = text.trim().trim_matches(['"', '\'']);
    (!plain.is_empty()).then(|| PathBuf::from(plain))
}

/// What is waited for: an answer of a dialog, or of whoever is to say whether a file may be replaced.
fn waiting_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if state.files.dialog.is_some() {
        ui.label(theme::muted("Waiting for the file dialog. If none has opened, write the path above.").small());
    }
    let Some(path) = &state.files.in_the_way else { return };
    let name = of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())));
    ui.label(theme::role(state.view.chrome.theme, format!("{name} is there already."), Ink::Gap).small())
        .hint(of_path(path));
    ui.horizontal(|ui| {
        if ui.add(small_button("Replace it")).hint("Overwrites the file with the samples.").clicked() {
            commands.push(Command::Files(FileCommand::Save { path: path.clone(), replace: true }));
        }
        if ui.add(small_button("Keep the file")).hint("Nothing is written.").clicked() {
            commands.push(Command::Files(FileCommand::Keep));
        }
    });
}
