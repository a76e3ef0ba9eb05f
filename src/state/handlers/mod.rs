//! What changes the state as a whole: commands, carried out one at a time, and the results that come from the background and from
//! files.
//!
//! [`State::apply`] is given the commands of a frame. For each enum of `state/commands/` there is a file of the same name, with one
//! exhaustive match; the others have what is too long for it, or shared.

mod answers;
mod bookmark;
mod clipboard;
mod closing;
mod document;
mod draft;
mod exporting;
mod files;
mod history;
mod leaving;
mod lessons;
mod linked_rates;
mod message;
mod pilot;
mod play;
mod predict;
mod results;
mod runs;
mod samples;
mod scene_files;
mod solution;
mod studies;
mod touched;
mod view;
mod window;

use touched::Touched;

use super::history::Undoing;
use super::{Command, State};
use crate::landscapes::InputError;

impl State {
    /// Carries out the commands of a frame, in order.
    pub fn apply(&mut self, commands: Vec<Command>) {
        let touched = commands.into_iter().map(|command| self.apply_one(command)).max();
        self.forget_settled_message();
        if touched == Some(Touched::Scene) {
            self.refresh();
            if self.ask_with_page() {
                self.refresh();
            }
        }
    }

    /// Carries out one command, and remembers what it changed of the scene.
    fn apply_one(&mut self, command: Command) -> Touched {
        let undoing = command.undoing();
        if undoing == Undoing::Passed {
            return self.carry_out(command).unwrap_or_else(|error| self.refuse(&error));
        }
        let (before, said) = (self.scene(), self.message.clone());
        let touched = self.carry_out(command).unwrap_or_else(|error| {
            // Of several values the first may have been set.
            self.document.clone_from(&before.document);
            self.refuse(&error)
        });
        let after = self.scene();
        if before == after {
            return touched;
        }
        if before.document != after.document {
            // What was wrong before is not wrong any more.
            self.message = self.message.take().filter(|message| said.as_ref() != Some(message));
            self.next_message = None;
        }
        self.history.remember(before, undoing, self.clock);
        Touched::Scene
    }

    /// Carries out a command that follows from another one; unlike [`Self::apply`] it does not ask the question of a lesson's page.
    pub(super) fn apply_unasked(&mut self, command: Command) {
        if self.apply_one(command) == Touched::Scene {
            self.refresh();
        }
    }

    /// Shows why a command is not carried out.
    fn refuse(&mut self, error: &InputError) -> Touched {
        self.say(error.to_string());
        Touched::Nothing
    }

    fn carry_out(&mut self, command: Command) -> Result<Touched, InputError> {
        match command {
            Command::Document(command) => self.carry_out_document(command),
            Command::Samples(command) => self.carry_out_samples(command),
            Command::Runs(command) => self.carry_out_runs(command),
            Command::Lessons(command) => Ok(self.carry_out_lessons(command)),
            Command::Play(command) => Ok(self.carry_out_play(command)),
            Command::Pilot(command) => Ok(self.carry_out_pilot(command)),
            Command::Predict(command) => Ok(self.carry_out_predict(command)),
            Command::Studies(command) => Ok(self.carry_out_studies(command)),
            Command::View(command) => Ok(self.carry_out_view(command)),
            Command::Window(command) => Ok(self.carry_out_window(command)),
            Command::Files(command) => self.carry_out_files(command),
            Command::Export(command) => self.carry_out_export(command),
            Command::History(command) => Ok(self.carry_out_history(command)),
        }
    }
}

#[cfg(test)]
mod tests;
