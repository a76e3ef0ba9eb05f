//! The scene: all that undo restores, the document and how it was shown.

use super::{CardId, Document, SceneView};

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
