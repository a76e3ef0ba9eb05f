//! Carries out the commands of the window: what is open over the views, presenting, messages.

use super::Touched;
use crate::state::{About, Chrome, State, WindowCommand};

impl State {
    /// Carries out a command for the window.
    pub(super) fn carry_out_window(&mut self, command: WindowCommand) -> Touched {
        let chrome = &mut self.view.chrome;
        match command {
            WindowCommand::ToggleMaximized(pane) => {
                chrome.maximized = (chrome.maximized != Some(pane)).then_some(pane);
                Touched::Scene
            }
            WindowCommand::PointAt(pane) => {
                chrome.pointed = pane;
                Touched::Nothing
            }
            WindowCommand::ToggleTheme => {
                chrome.theme = chrome.theme.toggled();
                Touched::Scene
            }
            WindowCommand::SetTypeScale(scale) => {
                chrome.type_scale = scale;
                Touched::Scene
            }
            WindowCommand::ToggleSetup => toggle(&mut chrome.setup_open),
            WindowCommand::TogglePresenting => self.toggle_presenting(),
            WindowCommand::OpenRun(run) => {
                chrome.open_run = run;
                Touched::Nothing
            }
            WindowCommand::ToggleKeys => chrome.toggle_help([true, false]),
            WindowCommand::ToggleGlossary => chrome.toggle_help([false, true]),
            WindowCommand::ToggleCriticalTable => toggle(&mut chrome.critical_open),
            WindowCommand::ToggleTiming => toggle(&mut chrome.timing_open),
            WindowCommand::ToggleLogRate => {
                self.view.chrome.log_rate = Some(!self.has_log_rate());
                Touched::Nothing
            }
            WindowCommand::GiveTabRoom(has_room) => {
                chrome.tab_has_room = has_room;
                Touched::Nothing
            }
            WindowCommand::CoverByMessage(covers) => {
                chrome.message_covers = covers;
                Touched::Nothing
            }
            WindowCommand::Dismiss => self.dismiss(),
            WindowCommand::CloseMessage => {
                self.close_message();
                Touched::Nothing
            }
            WindowCommand::Say(text) => {
                self.say_first(text);
                Touched::Nothing
            }
            WindowCommand::Leave(leave) => self.leave(leave),
        }
    }

    fn toggle_presenting(&mut self) -> Touched {
        self.view.chrome.toggle_presenting();
        let is_presenting = self.view.chrome.presenting.is_some();
        // What a page of a lesson is about may be in its tab; without one, what a class was looking at stays.
        let page = self.view.scene.lesson.as_ref().map(|reading| reading.page());
        self.view.chrome.presents_tab = match page {
            Some(page) => page.is_some_and(|page| page.names_tab),
            None => is_presenting && self.shown_tab().is_presented(),
        };
        self.view.settle_overlays();
        // That the last scene is back is of no interest to a class.
        for message in [&mut self.message, &mut self.next_message] {
            message.take_if(|message| message.about == About::Restored);
        }
        Touched::Scene
    }
}

impl Chrome {
    /// Opens or closes the list of keys, or the glossary. Both have the middle of the window: one gives way to the other.
    fn toggle_help(&mut self, [keys, glossary]: [bool; 2]) -> Touched {
        (self.keys_open, self.glossary_open) = (keys && !self.keys_open, glossary && !self.glossary_open);
        Touched::Nothing
    }
}

/// What is open over the views changes none of them.
fn toggle(open: &mut bool) -> Touched {
    *open = !*open;
    Touched::Nothing
}
