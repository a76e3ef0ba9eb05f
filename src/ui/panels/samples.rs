//! The data of a network in the setup panel: where its samples come from, how they are drawn, and files of them.

use std::path::Path;

use egui::{Align, Button, Id, Layout, Popup, Response, RichText, Role, Ui, WidgetInfo};

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
use crate::ui::widgets::path_field::{PathField, is_entered, path_of};
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
            let [saves, opens] = path_buttons_ui(path_of(&text).is_some(), ui);
            let field = PathField { id, name: "path of samples", hint: "path of a .csv file", margin: 2 };
            let help = "Where samples are to be read from or written to; a file dropped on the window is opened, too.";
            let response = field.show(&mut text, ui).hint(help);
            let path = path_of(&text);
            if saves {
                commands.extend(path.map(|path| Command::Files(FileCommand::SaveSamples { path, replace: false })));
            } else if opens || is_entered(&response, ui) {
                commands.extend(path.map(FileCommand::Open).map(Command::Files));
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// The buttons that save to the path and open it; which of them was clicked.
fn path_buttons_ui(has_path: bool, ui: &mut Ui) -> [bool; 2] {
    const BUTTONS: [(&str, &str, &str); 2] = [
        (
            "Save",
            "save to the path",
            "Writes the samples to the file of this path, with the header x,y. Another file there is not touched.",
        ),
        (
            "Open",
            "open the path",
            "Opens the file of this path: samples with the header x,y, or a measured grid. Enter does the same.",
        ),
    ];
    BUTTONS.map(|(word, name, help)| {
        let response = ui.add_enabled(has_path, small_button(word));
        let response = response.hint(if has_path { help } else { "Write a file’s path into the field first." });
        response.widget_info(|| WidgetInfo::labeled(Role::Button, has_path, name));
        response.clicked()
    })
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
            commands.push(Command::Files(FileCommand::SaveSamples { path: path.clone(), replace: true }));
        }
        if ui.add(small_button("Keep the file")).hint("Nothing is written.").clicked() {
            commands.push(Command::Files(FileCommand::KeepExisting));
        }
    });
}
