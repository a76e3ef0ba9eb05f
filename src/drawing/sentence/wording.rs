//! Builds a sentence piece by piece: plain and inked words.

use super::Piece;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::parameter;
use crate::run::explain::LossChange;

/// Letters that fit beside the picture: three lines of a heading, 460 points wide.
pub(super) const ROOM: usize = 140;

/// Changes so small that their digits say nothing.
pub(super) const NEXT_TO_NOTHING: &str = "less than 10⁻⁹ of the drop so far";

/// A radius or a damping: its shortest form, of three significant digits.
pub(super) fn setting(value: f64) -> String {
    parameter(format!("{value:.2e}").parse().unwrap_or(value))
}

/// Pieces in a row; plain words that follow each other become one piece.
#[derive(Default)]
pub(super) struct Wording(Vec<Piece>);

impl Wording {
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

    /// What was predicted: a drop, a rise, no change, or one that the loss cannot show; `amount` says how much.
    pub(super) fn predict(&mut self, change: LossChange, amount: &str, ink: Ink) -> &mut Self {
        match change.by {
            0.0 => self.inked("no change", ink),
            _ if change.is_lost => self.say("less than the rounding of the loss"),
            _ if change.is_negligible => self.say(NEXT_TO_NOTHING),
            change => self.say(if change < 0.0 { "a drop of " } else { "a rise of " }).inked(amount, ink),
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
