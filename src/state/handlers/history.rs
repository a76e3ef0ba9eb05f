//! Carries out undo and redo, and shows a scene as it was.

use super::Touched;
use crate::state::{HistoryCommand, Pane, Scene, State};

impl State {
    /// Carries out a command for the history.
    pub(super) fn carry_out_history(&mut self, command: HistoryCommand) -> Touched {
        let scene = match command {
            HistoryCommand::Undo => self.history.undo(self.scene()),
            HistoryCommand::Redo => self.history.redo(self.scene()),
            HistoryCommand::TakeBackDrag => self.history.take_back_drag(self.scene()),
            HistoryCommand::TakeHold | HistoryCommand::LetGo => {
                self.history.hold(command == HistoryCommand::TakeHold);
                self.paths_before.clear();
                None
            }
        };
        let Some(scene) = scene else { return Touched::Nothing };
        self.show_scene(scene);
        Touched::Scene
    }

    /// Shows another scene as it was. What was said and asked of the one that is left goes with it.
    pub(super) fn show_scene(&mut self, scene: Scene) {
        let Scene { mut document, view, playhead, selected } = scene;
        document.keep_ids_of(&self.document);
        self.document = document;
        self.view.scene = view;
        self.playback.stand_at(playhead);
        self.selected = selected;
        self.draft = None;
        (self.message, self.next_message) = (None, None);
        self.files.in_the_way = None;
        // A picture that fills the window stays; a tab is the one of this scene.
        let tab = self.shown_tab();
        let maximized = &mut self.view.chrome.maximized;
        *maximized = maximized.map(|pane| if Pane::TABS.contains(&pane) { tab } else { pane });
    }
}
