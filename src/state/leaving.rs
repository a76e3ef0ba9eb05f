//! Closing the program: asked first where samples that were set by hand would be lost.

use super::commands::Touched;
use super::{FileDialog, State};
use crate::landscapes::BY_HAND;

/// What the user says about closing the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// It shall be closed.
    Wanted,
    /// Once the samples are saved.
    Saved,
    /// Without saving them.
    Anyway,
    /// Not after all.
    NotYet,
}

/// Whether the program is about to be closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    /// Nobody wants to.
    #[default]
    Staying,
    /// The user wants to, and is asked about samples that would be lost.
    Asked,
    /// As soon as the samples are saved.
    Saving,
    /// Now.
    Now,
}

impl State {
    /// How many changes ago samples were shown that were set by hand and would be lost, 0 being now: no file that was read
    /// or written holds them. Everything else can be chosen or drawn again.
    ///
    /// Of the past only the last network counts: samples that were changed since are not missed.
    fn unsaved_samples(&self) -> Option<usize> {
        let past = self.history.past().map(|scene| &scene.document.landscape);
        let landscapes = std::iter::once(&self.document.landscape).chain(past);
        let (ago, landscape) = landscapes.enumerate().find(|(_, landscape)| landscape.data().is_some())?;
        let by_hand = landscape.brought().as_deref() == Some(BY_HAND);
        (by_hand && landscape.data().is_some_and(|data| !self.files.holds(&data.to_csv()))).then_some(ago)
    }

    /// Takes back what was done since samples were shown that would be lost, so that they can be saved.
    fn return_to_samples(&mut self) {
        for _ in 0..self.unsaved_samples().unwrap_or(0) {
            let now = self.scene();
            if let Some(scene) = self.history.undo(now) {
                self.show_scene(scene);
            }
        }
    }

    /// Closes the program, or asks; samples that were left may be shown again.
    pub(super) fn leave(&mut self, leave: Leave) -> Touched {
        self.leaving = match leave {
            Leave::Wanted if self.files.saving.is_some() => Leaving::Saving,
            Leave::Wanted if self.leaving != Leaving::Now && self.unsaved_samples().is_some() => Leaving::Asked,
            Leave::Wanted | Leave::Anyway => Leaving::Now,
            Leave::NotYet => Leaving::Staying,
            Leave::Saved => Leaving::Saving,
        };
        if leave == Leave::Saved {
            self.return_to_samples();
        }
        if leave == Leave::Saved
            && let Err(error) = self.save_or_ask()
        {
            self.leaving = Leaving::Staying;
            self.say(error.to_string());
        }
        if leave == Leave::Saved { Touched::Scene } else { Touched::Nothing }
    }

    /// What came of saving; the program is closed if that was waited for, and stays if it failed.
    pub(super) fn leave_if_saved(&mut self, is_saved: bool) {
        if self.leaving == Leaving::Saving {
            self.leaving = if is_saved { Leaving::Now } else { Leaving::Staying };
        }
    }

    /// Saves the samples where they came from, or asks for a file.
    pub(super) fn save_or_ask(&mut self) -> Result<(), crate::landscapes::SpecError> {
        match self.document.file.clone() {
            Some(path) => self.save_samples(path, false),
            None => self.request_dialog(FileDialog::Save),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::state::{Command, DocumentCommand, HistoryCommand, SampleCommand, WindowCommand};

    #[test]
    fn closing_is_asked_about_only_where_samples_would_be_lost() {
        let edit = Command::Samples(SampleCommand::Add([0.2, 0.4]));
        let cases: [(&str, Vec<Command>, Leaving); 7] = [
            ("a surface", vec![], Leaving::Now),
            (
                "drawn samples",
                vec![
                    Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
                    Command::Samples(SampleCommand::SetSeed(4)),
                ],
                Leaving::Now,
            ),
            (
                "set by hand",
                vec![Command::Document(DocumentCommand::ChooseLandscape("tanh2")), edit.clone()],
                Leaving::Asked,
            ),
            (
                "taken back",
                vec![
                    Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
                    edit.clone(),
                    Command::History(HistoryCommand::Undo),
                ],
                Leaving::Now,
            ),
            (
                "made again",
                vec![
                    Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
                    edit.clone(),
                    Command::History(HistoryCommand::Undo),
                    Command::History(HistoryCommand::Redo),
                ],
                Leaving::Asked,
            ),
            (
                "another landscape since",
                vec![
                    Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
                    edit.clone(),
                    Command::Document(DocumentCommand::ChooseLandscape("bowl")),
                ],
                Leaving::Asked,
            ),
            (
                "other samples since",
                vec![
                    Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
                    edit,
                    Command::Document(DocumentCommand::ChooseLandscape("linreg")),
                ],
                Leaving::Now,
            ),
        ];
        for (what, commands, expected) in cases {
            let mut state = State::overshooting();
            state.apply(commands);
            state.apply(vec![Command::Window(WindowCommand::Leave(Leave::Wanted))]);
            assert_eq!(state.leaving, expected, "{what}");
        }
    }

    #[test]
    fn samples_of_a_landscape_that_was_left_are_shown_again_to_be_saved() {
        let mut state = edited();
        let samples = state.document.landscape.data().cloned();
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("bowl")),
            Command::Document(DocumentCommand::SetSteps(7)),
        ]);
        state.apply(vec![
            Command::Window(WindowCommand::Leave(Leave::Wanted)),
            Command::Window(WindowCommand::Leave(Leave::Saved)),
        ]);
        assert_eq!(state.document.landscape.data(), samples.as_ref(), "they are there");
        assert_eq!(state.files.dialog.map(|(dialog, _)| dialog), Some(FileDialog::Save), "and a file is asked for");
    }

    fn edited() -> State {
        let mut state = State::overshooting();
        state.apply(vec![
            Command::Document(DocumentCommand::ChooseLandscape("tanh2")),
            Command::Samples(SampleCommand::Add([0.2, 0.4])),
        ]);
        state
    }

    #[test]
    fn what_is_answered_is_done() {
        for (answers, expected) in [
            (vec![Command::Window(WindowCommand::Leave(Leave::NotYet))], Leaving::Staying),
            (vec![Command::Window(WindowCommand::Dismiss)], Leaving::Staying),
            (vec![Command::Window(WindowCommand::Leave(Leave::Anyway))], Leaving::Now),
            (vec![Command::Window(WindowCommand::Leave(Leave::Saved))], Leaving::Saving),
        ] {
            let mut state = edited();
            state.apply(vec![Command::Window(WindowCommand::Leave(Leave::Wanted))]);
            state.apply(answers.clone());
            assert_eq!(state.leaving, expected, "{answers:?}");
        }
    }

    #[test]
    fn it_is_closed_once_the_samples_are_saved_and_stays_where_that_fails() {
        let path = PathBuf::from("samples.csv");
        for (outcome, expected) in [
            (Ok(true), Leaving::Now),
            (Ok(false), Leaving::Staying),
            (Err("no room on the disk".to_owned()), Leaving::Staying),
        ] {
            let mut state = edited();
            state.apply(vec![
                Command::Window(WindowCommand::Leave(Leave::Wanted)),
                Command::Window(WindowCommand::Leave(Leave::Saved)),
            ]);
            let (dialog, ticket) = state.files.dialog.unwrap();
            assert_eq!(dialog, FileDialog::Save, "no file is known yet");
            state.take_dialog(ticket, Ok(Some(path.clone())));
            let ticket = state.files.saving.as_ref().unwrap().ticket;
            state.take_saved(ticket, outcome.clone());
            assert_eq!(state.leaving, expected, "{outcome:?}");
        }
        let mut state = edited();
        state.apply(vec![
            Command::Window(WindowCommand::Leave(Leave::Wanted)),
            Command::Window(WindowCommand::Leave(Leave::Saved)),
        ]);
        let ticket = state.files.dialog.unwrap().1;
        state.take_dialog(ticket, Ok(None));
        assert_eq!(state.leaving, Leaving::Staying, "the dialog was closed without a file");
    }
}
