//! The scene: all that undo restores, the document and how it was shown.

use super::{CardId, Document, Pane, SceneView, State, View};

/// What is shown and how, at one moment, standing still.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What the user chose.
    pub document: Document,
    /// How it is shown.
    pub view: SceneView,
    /// The iterate that is shown.
    pub playhead: usize,
    /// The selected run.
    pub selected: CardId,
}

impl Scene {
    /// A document looked at from its start, with its first run selected.
    pub fn at_start(document: Document) -> Self {
        let view = SceneView::of(&document.landscape, document.start);
        let selected = document.cards.first().map_or(0, |card| card.id);
        Self { document, view, playhead: 0, selected }
    }
}

impl State {
    /// The scene as it is now.
    pub fn scene(&self) -> Scene {
        // Named one by one: whoever adds a field decides here whether undo brings it back.
        let Self {
            document,
            view: View { scene, chrome: _ },
            playback,
            selected,
            derived: _,
            file_request: _,
            files: _,
            export: _,
            leaving: _,
            paths_before: _,
            best_rates: _,
            pilot: _,
            predictions: _,
            draft: _,
            before_lesson: _,
            lesson_file: _,
            watch: _,
            progress: _,
            message: _,
            clock: _,
            busy: _,
            remaining: _,
            revision: _,
            history: _,
            next_message: _,
        } = self;
        Scene { document: document.clone(), view: scene.at_rest(), playhead: playback.playhead, selected: *selected }
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
