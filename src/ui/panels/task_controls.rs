//! Controls with the task of a lesson, where the window has none of its own: while presenting, and where there is little room.

use egui::{Button, Role, Ui, WidgetInfo};

use super::run_panel::run_panel_ui;
use crate::drawing::overlays;
use crate::state::{
    Command, DocumentCommand, MAX_CARDS, Picture, RunCommand, State, Task, TaskControls, ViewCommand, WindowCommand,
};
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::method_menu::method_popup;
use crate::ui::widgets::parameter_control::ParameterControl;

/// What the task of the page lets its reader change; nothing where the runs have their row above the picture.
pub(super) fn needed(state: &State, task: &Task, has_chips: bool) -> TaskControls {
    let needed = if has_chips { TaskControls::default() } else { task.controls(state.document.card(state.selected)) };
    // A tab that the page names has its button below the text.
    let is_named = state.page().is_some_and(|page| page.names_tab);
    TaskControls { tab: needed.tab.filter(|_| !is_named && !has_chips), ..needed }
}

/// Whether there is a row of buttons among them.
fn has_row(needed: &TaskControls) -> bool {
    let has_view = needed.tab.is_some() || needed.picture.is_some() || !needed.overlays.is_empty();
    needed.run || needed.adds_run || has_view
}

/// About how high they stand, in points.
pub(super) fn height(needed: &TaskControls, ui: &Ui) -> f32 {
    // A parameter with a long name has its slider in a row of its own.
    let rows = usize::from(has_row(needed)) + 2 * needed.landscape.len();
    rows as f32 * (ui.spacing().interact_size.y + ui.spacing().item_spacing.y)
}

/// The controls.
pub(super) fn task_controls_ui(state: &State, needed: &TaskControls, ui: &mut Ui, commands: &mut Vec<Command>) {
    if has_row(needed) {
        buttons_ui(state, needed, ui, commands);
    }
    let landscape = &state.document.landscape;
    for (index, (parameter, value)) in std::iter::zip(landscape.parameters(), landscape.values()).enumerate() {
        if needed.landscape.iter().any(|name| name == parameter.name) {
            let control = ParameterControl { parameter, value: *value, owner: "the landscape" };
            control.show(ui, commands, |value| Command::Document(DocumentCommand::SetParameter { index, value }));
        }
    }
}

fn buttons_ui(state: &State, needed: &TaskControls, ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        if needed.run {
            run_ui(state, ui, commands);
        }
        if needed.adds_run {
            let add = ui.add_enabled(state.document.cards.len() < MAX_CARDS, Button::new("+ Add run"));
            let add = add.hint("Lets another method run from the same start.");
            let chosen = method_popup(&add, None, &state.document.landscape);
            commands.extend(chosen.map(RunCommand::Add).map(Command::Runs));
        }
        view_ui(state, needed, ui, commands);
        if let Some(tab) = needed.tab
            && ui.button(tab.short_title()).hint("Shows this tab, as its key does.").clicked()
        {
            commands.push(Command::View(ViewCommand::ShowTab(tab)));
        }
    });
}

/// What is seen of the loss: overlays, and the picture.
fn view_ui(state: &State, needed: &TaskControls, ui: &mut Ui, commands: &mut Vec<Command>) {
    for id in &needed.overlays {
        let Some(overlay) = overlays::find(id.name()) else { continue };
        if ui.selectable_label(state.view.shows(*id), overlay.label).hint(overlay.help).clicked() {
            commands.push(Command::View(ViewCommand::ToggleOverlay(*id)));
        }
    }
    for picture in Picture::ALL.into_iter().filter(|_| needed.picture.is_some()) {
        if ui.selectable_label(state.shown_picture() == picture, picture.title()).clicked() {
            commands.push(Command::View(ViewCommand::ShowPicture(picture)));
        }
    }
}

/// The method and the parameters of the selected run, behind a button.
fn run_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let Some(place) = state.document.place(state.selected) else { return };
    let card = &state.document.cards[place];
    let button = ui.button(format!("{} ▾", card.optimizer.entry.name));
    let name = format!("method and parameters of run {}, {}", place + 1, card.optimizer.entry.name);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    let is_open = state.view.chrome.open_run == Some(card.id);
    if is_open {
        run_panel_ui(state, place, button.rect.left_bottom(), button.rect, ui, commands);
    }
    if button.hint("Another method for this run, and its parameters.").clicked() {
        commands.push(Command::Window(WindowCommand::OpenRun((!is_open).then_some(card.id))));
    }
}
