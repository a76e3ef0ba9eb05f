//! A sentence under way.

use super::Piece;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::brief;

/// Pieces in a row; plain words that follow each other become one piece.
#[derive(Default)]
pub(super) struct Words(Vec<Piece>);

impl Words {
    pub(super) fn say(&mut self, text: &str) -> &mut Self {
        match self.0.last_mut() {
            Some(Piece { text: last, ink: None }) => last.push_str(text),
            _ => self.0.push(Piece { text: text.to_owned(), ink: None }),
        }
        self
    }

    pub(super) fn inked(&mut self, text: &str, ink: Ink) -> &mut Self {
        self.0.push(Piece { text: text.to_owned(), ink: Some(ink) });
        self
    }

    /// What was predicted: a drop, a rise or no change.
    pub(super) fn predict(&mut self, change: f64, ink: Ink) -> &mut Self {
        match change {
            0.0 => self.inked("no change", ink),
            change => self.say(if change < 0.0 { "a drop of " } else { "a rise of " }).inked(&brief(change), ink),
        }
    }

    pub(super) fn append(&mut self, other: Self) -> &mut Self {
        for piece in other.0 {
            match piece.ink {
                Some(ink) => self.inked(&piece.text, ink),
                None => self.say(&piece.text),
            };
        }
        self
    }

    /// Letters so far, spaces included.
    pub(super) fn length(&self) -> usize {
        self.0.iter().map(|piece| piece.text.chars().count()).sum()
    }

    /// Whether the next word begins a sentence.
    pub(super) fn begins_sentence(&self) -> bool {
        self.0.last().is_none_or(|piece| piece.text.ends_with(". "))
    }

    /// The sentence, with its full stop.
    pub(super) fn end(&mut self) -> Vec<Piece> {
        self.say(".");
        std::mem::take(&mut self.0)
    }
}
