//! What is said to the user, and what settles it.

use crate::state::{About, Message, State};

impl State {
    pub(super) fn say(&mut self, text: String) {
        self.say_about(About::Document, text);
    }

    pub(super) fn say_about(&mut self, about: About, text: String) {
        self.message = Some(Message { text, at: self.clock, about });
    }

    /// Says something before a message that may wait: that the last scene is back. It comes once this one is closed or gone.
    pub(super) fn say_first(&mut self, text: String) {
        self.next_message = self.message.take_if(|message| message.about == About::Restored);
        self.say(text);
    }

    /// Closes the message, whereupon the one that has waited comes; whether there was one.
    pub(super) fn close_message(&mut self) -> bool {
        let next = self.next_message.take().map(|message| Message { at: self.clock, ..message });
        std::mem::replace(&mut self.message, next).is_some()
    }

    /// A message that has waited comes once the one before it is gone.
    pub(in crate::state) fn go_on_saying(&mut self) {
        let is_gone = self.message.as_ref().is_none_or(|message| message.remaining(self.clock) <= 0.0);
        if is_gone && self.next_message.is_some() {
            self.close_message();
        }
    }

    /// A new attempt begins with files: what was said of the last one is settled, and that a scene was restored is no news any more.
    pub(super) fn forget_message_of_files(&mut self) {
        self.message = self.message.take().filter(|message| message.about == About::Document);
    }

    /// What was said of a file in the way is of no use once that is decided.
    pub(super) fn forget_settled_message(&mut self) {
        let is_open = self.files.in_the_way.is_some();
        self.message = self.message.take().filter(|message| message.about != About::InTheWay || is_open);
    }

    /// Why the last file could not be opened, while that is the last thing said.
    pub fn refused_file(&self) -> Option<&str> {
        self.message.as_ref().filter(|message| message.about == About::Refused).map(|message| message.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::landscapes::InputError;
    use crate::state::message::SECONDS;
    use crate::state::{
        Command, DocumentCommand, FileCommand, FileDialog, Pane, PlayCommand, ViewCommand, WindowCommand,
    };

    /// Lets a file be refused, or samples be kept from their place by another file.
    fn spoken(about: About) -> State {
        let mut state = State::overshooting();
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("tanh"))]);
        let path = PathBuf::from("a.csv");
        match about {
            About::Document => state.apply(vec![Command::Document(DocumentCommand::RandomStart)]),
            About::Refused => {
                state.apply(vec![Command::Files(FileCommand::Open(path))]);
                let ticket = state.file_request.as_ref().unwrap().ticket;
                state.take_file(ticket, Err(InputError::Data("no such file".to_owned())));
            }
            About::InTheWay => {
                state.apply(vec![Command::Files(FileCommand::SaveSamples { path, replace: false })]);
                let ticket = state.files.saving.as_ref().unwrap().ticket;
                state.take_saved(ticket, Ok(false));
            }
            About::Restored => state.say_about(about, "The last scene is back".to_owned()),
            About::File => {
                state.apply(vec![Command::Files(FileCommand::Ask(FileDialog::Save))]);
                let (_, ticket) = state.files.dialog.unwrap();
                state.take_dialog(ticket, Err("none".to_owned()));
            }
        }
        assert_eq!(state.message.as_ref().map(|message| message.about), Some(about), "it is said");
        state
    }

    /// Settings that could not be read, and a scene that is back: one after the other.
    #[test]
    fn what_waits_comes_after_what_is_said_first() {
        let said = |state: &State| state.message.as_ref().map(|message| message.text.clone());
        for closes in [true, false] {
            let mut state = spoken(About::Restored);
            let (restored, first) = (said(&state), "the settings are ignored".to_owned());
            state.apply(vec![Command::Window(WindowCommand::Say(first.clone()))]);
            assert_eq!(said(&state), Some(first));
            if closes {
                state.apply(vec![Command::Window(WindowCommand::CloseMessage)]);
            } else {
                state.tick(1.0);
                assert_ne!(said(&state), restored, "not yet");
                state.tick(SECONDS);
            }
            assert_eq!(said(&state), restored, "closed: {closes}");
            assert!(state.message.as_ref().is_some_and(|message| message.remaining(state.clock) > SECONDS - 1.0));
            state.apply(vec![Command::Window(WindowCommand::CloseMessage)]);
            assert_eq!(said(&state), None);
        }
        let mut state = spoken(About::Restored);
        state.apply(vec![Command::Window(WindowCommand::Say("first".to_owned()))]);
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("quad"))]);
        assert_eq!(said(&state), None, "to begin anew is offered no longer");
        state.tick(SECONDS);
        assert_eq!(said(&state), None);
    }

    #[test]
    fn that_a_tab_has_nothing_to_show_goes_with_the_next_tab() {
        let mut state = State::overshooting();
        let lacking = Pane::TABS.into_iter().find_map(|tab| tab.lack(&state.document.landscape));
        for (text, stays) in [(lacking.expect("a network's tab"), false), ("something else".to_owned(), true)] {
            state.say(text);
            state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
            assert_eq!(state.message.is_some(), stays);
        }
    }

    #[test]
    fn a_message_goes_with_what_it_is_about() {
        let path = || PathBuf::from("b.csv");
        let cases: [(About, Command, bool); 14] = [
            (About::InTheWay, Command::Files(FileCommand::KeepExisting), false),
            (About::InTheWay, Command::Files(FileCommand::SaveSamples { path: path(), replace: true }), false),
            (About::InTheWay, Command::Files(FileCommand::SaveSamples { path: path(), replace: false }), false),
            (About::InTheWay, Command::Files(FileCommand::Open(path())), false),
            (About::InTheWay, Command::Files(FileCommand::Ask(FileDialog::Save)), false),
            (About::InTheWay, Command::Play(PlayCommand::Toggle), true),
            (About::Refused, Command::Files(FileCommand::Open(path())), false),
            (About::Refused, Command::Files(FileCommand::Ask(FileDialog::Open)), false),
            (About::Refused, Command::Files(FileCommand::SaveSamples { path: path(), replace: false }), false),
            (About::Refused, Command::Play(PlayCommand::Toggle), true),
            (About::File, Command::Files(FileCommand::Open(path())), false),
            (About::File, Command::Files(FileCommand::Ask(FileDialog::Open)), false),
            (About::Document, Command::Files(FileCommand::Open(path())), true),
            (About::Document, Command::Files(FileCommand::KeepExisting), true),
        ];
        for (about, command, stays) in cases {
            let mut state = spoken(about);
            state.apply(vec![command.clone()]);
            assert_eq!(state.message.is_some(), stays, "{about:?} after {command:?}");
        }
        assert_eq!(spoken(About::Refused).refused_file(), Some("no such file"), "shown at its field");
        assert_eq!(spoken(About::InTheWay).refused_file(), None, "of another file");
    }
}
