//! Closing the program: asked first where samples that were set by hand would be lost.

use super::{FileDialog, State};
use crate::landscapes::BY_HAND;

/// What somebody says about closing the program.
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
    /// Somebody wants to, and is asked about samples that would be lost.
    Asked,
    /// As soon as the samples are saved.
    Saving,
    /// Now.
    Now,
}

impl State {
    /// Whether samples would be lost that somebody set by hand: no file that was read or written holds them. Everything
    /// else can be chosen or drawn again.
    pub fn has_unsaved_samples(&self) -> bool {
        let landscape = &self.document.landscape;
        let by_hand = landscape.brought().as_deref() == Some(BY_HAND);
        by_hand && landscape.data().is_some_and(|data| !self.files.holds(&data.to_csv()))
    }

    pub(super) fn leave(&mut self, leave: Leave) {
        self.leaving = match leave {
            Leave::Wanted if self.files.saving.is_some() => Leaving::Saving,
            Leave::Wanted if self.leaving != Leaving::Now && self.has_unsaved_samples() => Leaving::Asked,
            Leave::Wanted | Leave::Anyway => Leaving::Now,
            Leave::NotYet => Leaving::Staying,
            Leave::Saved => Leaving::Saving,
        };
        if leave == Leave::Saved
            && let Err(error) = self.save_or_ask()
        {
            self.leaving = Leaving::Staying;
            self.say(error.to_string());
        }
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
    use crate::state::Command;

    #[test]
    fn closing_is_asked_about_only_where_samples_would_be_lost() {
        let edit = Command::AddSample([0.2, 0.4]);
        let cases: [(&str, Vec<Command>, Leaving); 6] = [
            ("a surface", vec![], Leaving::Now),
            ("drawn samples", vec![Command::ChooseLandscape("tanh2"), Command::SetSeed(4)], Leaving::Now),
            ("set by hand", vec![Command::ChooseLandscape("tanh2"), edit.clone()], Leaving::Asked),
            ("taken back", vec![Command::ChooseLandscape("tanh2"), edit.clone(), Command::Undo], Leaving::Now),
            (
                "made again",
                vec![Command::ChooseLandscape("tanh2"), edit.clone(), Command::Undo, Command::Redo],
                Leaving::Asked,
            ),
            (
                "another land since",
                vec![Command::ChooseLandscape("tanh2"), edit, Command::ChooseLandscape("bowl")],
                Leaving::Now,
            ),
        ];
        for (what, commands, expected) in cases {
            let mut state = State::opening();
            state.apply(commands);
            state.apply(vec![Command::Leave(Leave::Wanted)]);
            assert_eq!(state.leaving, expected, "{what}");
        }
    }

    fn edited() -> State {
        let mut state = State::opening();
        state.apply(vec![Command::ChooseLandscape("tanh2"), Command::AddSample([0.2, 0.4])]);
        state
    }

    #[test]
    fn what_is_answered_is_done() {
        for (answers, expected) in [
            (vec![Command::Leave(Leave::NotYet)], Leaving::Staying),
            (vec![Command::Dismiss], Leaving::Staying),
            (vec![Command::Leave(Leave::Anyway)], Leaving::Now),
            (vec![Command::Leave(Leave::Saved)], Leaving::Saving),
        ] {
            let mut state = edited();
            state.apply(vec![Command::Leave(Leave::Wanted)]);
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
            state.apply(vec![Command::Leave(Leave::Wanted), Command::Leave(Leave::Saved)]);
            let (dialog, ticket) = state.files.dialog.unwrap();
            assert_eq!(dialog, FileDialog::Save, "no file is known yet");
            state.take_dialog(ticket, Ok(Some(path.clone())));
            let ticket = state.files.saving.as_ref().unwrap().ticket;
            state.take_saved(ticket, outcome.clone());
            assert_eq!(state.leaving, expected, "{outcome:?}");
        }
        let mut state = edited();
        state.apply(vec![Command::Leave(Leave::Wanted), Command::Leave(Leave::Saved)]);
        let ticket = state.files.dialog.unwrap().1;
        state.take_dialog(ticket, Ok(None));
        assert_eq!(state.leaving, Leaving::Staying, "the dialog was closed without a file");
    }
}
