//! Documents to go back and forward to; a whole drag of a slider is taken back at once.

use super::Document;

/// How many changes can be taken back.
const DEPTH: usize = 100;
/// Changes under one key that follow each other within this time, in seconds, are one.
const ONE_GESTURE: f64 = 1.0;
/// What keys begin with whose changes are one however long the hand rests, until it lets go.
pub(super) const DRAG: &str = "drag ";

/// The past and the future of a document.
#[derive(Default)]
pub(super) struct History {
    past: Vec<Document>,
    future: Vec<Document>,
    last: Option<(String, f64)>,
}

impl History {
    /// Keeps the document as it was before a change; an empty key never joins with another.
    pub(super) fn remember(&mut self, before: Document, key: String, clock: f64) {
        let patience = if key.starts_with(DRAG) { f64::INFINITY } else { ONE_GESTURE };
        let same = !key.is_empty() && matches!(&self.last, Some((last, at)) if *last == key && clock - at < patience);
        if !same {
            self.past.push(before);
            let excess = self.past.len().saturating_sub(DEPTH);
            self.past.drain(..excess);
        }
        self.last = Some((key, clock));
        self.future.clear();
    }

    /// What follows is another change, under whatever key.
    pub(super) fn end_gesture(&mut self) {
        self.last = None;
    }

    /// Takes the last change back, if there is one.
    pub(super) fn undo(&mut self, document: &mut Document) {
        if let Some(before) = self.past.pop() {
            self.future.push(replaced(document, before));
            self.last = None;
        }
    }

    /// Makes it again.
    pub(super) fn redo(&mut self, document: &mut Document) {
        if let Some(after) = self.future.pop() {
            self.past.push(replaced(document, after));
            self.last = None;
        }
    }

    /// Whether there is something to take back, and something taken back.
    pub(super) fn can_undo_redo(&self) -> [bool; 2] {
        [!self.past.is_empty(), !self.future.is_empty()]
    }
}

/// Puts another document in place of one; ids that were given are not given again.
fn replaced(document: &mut Document, mut other: Document) -> Document {
    other.keep_ids_of(document);
    std::mem::replace(document, other)
}
