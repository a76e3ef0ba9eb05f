//! The card of a run: how it is drawn, its method, and its parameters as they are in force at the playhead.
//!
//! The selected card shows everything, the others their rate, and ghosts a line.

mod parameters;
mod rate;

use egui::{Align, Button, Label, Layout, Popup, Response, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo};

use crate::drawing::ink::Ink;
use crate::optimizers::Choice;
use crate::state::{Card, Command, MAX_CARDS, RunCommand, State};
use crate::ui::panels::this_step::rule::rule_ui;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::icon::{eye_toggle, sign_button};
use crate::ui::widgets::method_menu::{description, method_popup};
use crate::ui::widgets::row;
use crate::ui::widgets::swatch::swatch;

/// How much wider a name is in strong type than in small.
const LARGER: f32 = 1.2;

/// How strongly the line of a ghost is drawn.
const PALE: f32 = 0.4;

/// A card with everything that its parts need to know.
pub(super) struct ShownCard<'a> {
    pub(super) state: &'a State,
    pub(super) card: &'a Card,
    /// "run 1, Gradient descent": what accessible names end with.
    name: String,
    selected: bool,
    /// The method with the parameters of the step at the playhead.
    pub(super) method: Choice,
}

/// Shows the run at a place of the list with everything that can be changed of it; returns what it takes up.
pub fn run_card_ui(state: &State, place: usize, card: &Card, ui: &mut Ui, commands: &mut Vec<Command>) -> Response {
    let shown = ShownCard::of(state, place, card);
    let builder = UiBuilder::new().id_salt(("card", card.id));
    ui.scope_builder(builder, |ui| shown.ui(ui, commands)).response
}

impl<'a> ShownCard<'a> {
    /// The run as accessible names call it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The card at a place of the list.
    pub(super) fn of(state: &'a State, place: usize, card: &'a Card) -> Self {
        let step = state.playback.playhead.max(card.branched_at.unwrap_or(0));
        Self {
            state,
            card,
            name: format!("run {}, {}", place + 1, card.optimizer.entry.name),
            selected: state.selected == card.id,
            method: Choice { entry: card.optimizer.entry, parameters: state.document.parameters_at(card, step) },
        }
    }
}

impl ShownCard<'_> {
    fn ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        self.header(ui, commands);
        match (self.card.ghost, self.unsupported_reason()) {
            (true, _) => self.ghost(ui, commands),
            (false, Some(why)) => self.misfit(why, ui, commands),
            (false, None) => self.body(ui, commands),
        }
    }

    fn header(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x *= 0.25;
            self.swatch(ui, commands);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.buttons(ui, commands);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| self.method(ui, commands));
            });
        });
    }

    fn swatch(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let strength = if self.card.ghost || self.card.hidden { PALE } else { 1.0 };
        let response = swatch(ui, self.card.style, strength, false, &format!("look of {}", self.name));
        let response = response.hint("Color and marker of this run: click to choose others.");
        Popup::menu(&response).show(|ui| self.styles(ui, commands));
    }

    fn styles(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        const IN_A_ROW: usize = 3;
        for first in (0..MAX_CARDS).step_by(IN_A_ROW) {
            ui.horizontal(|ui| {
                for style in first..(first + IN_A_ROW).min(MAX_CARDS) {
                    let name = format!("look {} for {}", style + 1, self.name);
                    if swatch(ui, style, 1.0, style == self.card.style, &name).hint("Draw the run like this.").clicked()
                    {
                        commands.push(Command::Runs(RunCommand::Restyle(self.card.id, style)));
                        ui.close();
                    }
                }
            });
        }
    }

    /// What stands at the right end of the header, from the right.
    fn buttons(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let Self { card, name, .. } = self;
        if card.ghost {
            if sign_button(ui, "✕", &format!("remove {name}"), "Removes this ghost.").clicked() {
                commands.push(Command::Runs(RunCommand::Remove(card.id)));
            }
        } else {
            let more = sign_button(ui, "⋯", &format!("more for {name}"), "Duplicate, branch, remove, own start.");
            Popup::menu(&more).show(|ui| self.menu(ui, commands));
        }
        let help = if card.hidden { "Shows the run again." } else { "Hides the run; it is still computed." };
        if eye_toggle(ui, !card.hidden, &format!("show {name}"), help) {
            commands.push(Command::Runs(RunCommand::SetHidden(card.id, !card.hidden)));
        }
    }

    fn method(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let entry = self.card.optimizer.entry;
        if self.card.ghost {
            let label = row::label(ui, theme::muted(format!("{} (ghost)", entry.name)).small(), ui.available_width());
            label.hint("The run as it was before the branch.");
            return;
        }
        let arrow = ui.spacing().interact_size.y;
        let room = (ui.available_width() - arrow).max(0.0);
        let words = ui.scope(|ui| {
            ui.set_max_width(room);
            let text = self.method_name(room, ui);
            ui.add(Label::new(text).wrap().sense(Sense::click())).hint_ui(|ui| self.tooltip(ui))
        });
        let name = format!("method of {}", self.name);
        let response = sign_button(ui, "▾", &name, "Chooses another method for this run.");
        row::declare_menu(ui, &response, &name, entry.name);
        // A click on the name opens the menu as one on the arrow does.
        let response = response.union(words.inner);
        self.choose_method(&response, commands);
    }

    /// A long name is small, and takes two lines if it must, broken between words or after a dash.
    fn method_name(&self, room: f32, ui: &Ui) -> RichText {
        let name = self.card.optimizer.entry.name;
        let broken = || name.replace('–', "–\n");
        let text = theme::strong(if row::fits(ui, name, room) { name.to_owned() } else { broken() });
        let text = if self.card.hidden { text.weak() } else { text };
        if row::fits(ui, name, room / LARGER) { text } else { text.small() }
    }

    fn menu(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        for (text, help, why_not, command) in self.menu_items() {
            let response = ui.add_enabled(why_not.is_none(), Button::new(text).frame_when_inactive(false));
            if response.hint(why_not.as_deref().unwrap_or(help)).clicked() {
                commands.push(Command::Runs(command));
                ui.close();
            }
        }
        ui.separator();
        let mut own = self.card.own_start.is_some();
        let help = "A start for this run alone: while it is selected, the dot and the fields move its start.";
        if ui.checkbox(&mut own, "Own start").hint(help).changed() {
            let start = own.then_some(self.state.document.start);
            commands.push(Command::Runs(RunCommand::SetOwnStart(self.card.id, start)));
            ui.close();
        }
    }

    /// Text and tooltip of what can be done with the run, why not if it cannot, and the command.
    fn menu_items(&self) -> [(String, &'static str, Option<String>, RunCommand); 4] {
        const BRANCH: &str = "Copies the run; the copy's parameters apply from this step on, with the exact optimizer state. This run stays as a ghost.";
        let (id, count) = (self.card.id, self.state.document.cards.len());
        let full = (count >= MAX_CARDS).then(|| format!("At most {MAX_CARDS} runs can be shown."));
        let alone = (count <= 1).then(|| "At least one run must remain.".to_owned());
        let branch = format!("Branch at step {}", self.state.playback.playhead);
        let duplicate = "A second run with the same parameters.";
        [
            ("Duplicate".to_owned(), duplicate, full.clone(), RunCommand::Duplicate(id)),
            (branch, BRANCH, full, RunCommand::Branch(id)),
            ("Remove".to_owned(), "Removes the run.", alone.clone(), RunCommand::Remove(id)),
            ("Remove all others".to_owned(), "Removes every other run.", alone, RunCommand::RemoveOthers(id)),
        ]
    }

    /// Hangs the menu of methods on a button of the card.
    fn choose_method(&self, button: &Response, commands: &mut Vec<Command>) {
        let chosen = method_popup(button, Some(self.method.entry), &self.state.document.landscape);
        commands.extend(chosen.map(|id| Command::Runs(RunCommand::SetMethod(self.card.id, id))));
    }

    /// What the method is, and its rule with the numbers of the step at the playhead.
    fn tooltip(&self, ui: &mut Ui) {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(description(self.method.entry));
        self.rule_with_numbers(ui);
        ui.label(theme::muted("The arrow beside it chooses another method."));
    }

    fn rule_with_numbers(&self, ui: &mut Ui) {
        let run = self.state.derived.run(self.card.id);
        let last = run.and_then(|run| run.iterates().len().checked_sub(1));
        let (Some(run), Some(last)) = (run, last) else { return };
        let step = self.state.playback.playhead.min(last);
        if let Some(replayed) = self.state.derived.replayed(self.card.id, step) {
            ui.label(theme::title(format!("At step {step}")));
            rule_ui(run, step, &replayed, ui);
        }
    }

    /// Why the method cannot walk on this landscape.
    pub(super) fn unsupported_reason(&self) -> Option<&'static str> {
        self.method.entry.unsupported_reason(&self.state.document.landscape)
    }

    /// What a method says that cannot walk here, and the way out.
    fn misfit(&self, why: &str, ui: &mut Ui, commands: &mut Vec<Command>) {
        let words = format!("{} is not applicable to this loss: it {why}.", self.method.entry.name);
        ui.label(theme::role(theme::theme_of(ui.style()), words, Ink::Gap).small());
        let button = ui.add(Button::new(RichText::new("Choose another method").small()));
        let button = button.hint("Opens the list of methods; those that are not applicable are grey.");
        button.widget_info(|| {
            WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("choose another method for {}", self.name))
        });
        self.choose_method(&button, commands);
    }

    /// A ghost says that it cannot be changed, and what can.
    fn ghost(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let words = "Read-only: the run before the branch.";
        ui.label(theme::muted(words).small());
        let has_room = self.state.document.cards.len() < MAX_CARDS;
        let button = ui.add_enabled(has_room, Button::new(RichText::new("Duplicate to change").small()));
        let button = button.hint("A run with the same parameters, which you can change.");
        button.widget_info(|| {
            WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("duplicate {} to change it", self.name))
        });
        if button.clicked() {
            commands.push(Command::Runs(RunCommand::Duplicate(self.card.id)));
        }
    }
}
