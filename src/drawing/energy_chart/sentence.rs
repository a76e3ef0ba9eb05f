//! What the energy of a ball says of the saddle ahead, in one sentence: whether the run gets over it, or has got over it.

use super::super::ink::Ink;
use super::super::sentence::Piece;
use super::barrier_word;
use crate::numbers::numerals::{apart_by, number};
use crate::run::{BarrierForecast, Energy, Pass};

/// Whether the run gets over the saddle ahead, or has got over it, and the numbers that tell; `is_one`: of one weight it is a
/// maximum, `ink` is that of the run. What is said is in [`Energy::forecast`].
pub fn energy_sentence(energy: &Energy, is_one: bool, ink: Ink) -> Vec<Piece> {
    let words = Words { energy, barrier: barrier_word(is_one), ink };
    match (energy.pass, energy.last.and_then(|last| last.crossed_at)) {
        (None, crossed_at) => words.without_saddle(crossed_at),
        (Some(pass), Some(step)) => words.again(&pass, step),
        (Some(pass), None) => words.ahead(&pass),
    }
}

/// What the sentence is made of.
struct Words<'a> {
    energy: &'a Energy,
    barrier: &'static str,
    ink: Ink,
}

fn plain(text: impl Into<String>) -> Piece {
    Piece { text: text.into(), ink: None }
}

fn verdict(text: impl Into<String>) -> Piece {
    Piece { text: text.into(), ink: Some(Ink::Truth) }
}

impl Words<'_> {
    /// The kinetic energy, with enough digits to differ from a height, and that height.
    fn energy_and(&self, height: f64) -> (Piece, String) {
        let [has, needs] = apart_by(number, self.energy.kinetic, height);
        (Piece { text: has, ink: Some(self.ink) }, needs)
    }

    /// No saddle ahead: what became of the one that was ahead last.
    fn without_saddle(&self, crossed_at: Option<usize>) -> Vec<Piece> {
        let barrier = self.barrier;
        let motion = Piece { text: number(self.energy.kinetic), ink: Some(self.ink) };
        let mut pieces = match (crossed_at, self.energy.last) {
            (Some(step), _) => {
                vec![plain("The run "), verdict("has passed"), plain(format!(" the {barrier}, at step {step}. "))]
            }
            (None, Some(_)) => {
                vec![plain("The run "), verdict("has turned back"), plain(format!(" from the {barrier}. "))]
            }
            (None, None) => vec![plain(format!("No {barrier} ahead. "))],
        };
        pieces.extend([plain("Kinetic energy "), motion, plain(".")]);
        pieces
    }

    /// For a saddle ahead that the run has already crossed: it oscillates on the other side.
    fn again(&self, pass: &Pass, step: usize) -> Vec<Piece> {
        let barrier = self.barrier;
        let mut pieces =
            vec![plain("The run "), verdict("has passed"), plain(format!(" the {barrier}, at step {step}"))];
        let (has, needs) = self.energy_and(pass.height);
        match self.energy.forecast() {
            Some(BarrierForecast::Passes) => {
                pieces.extend([plain(", and "), verdict("comes back over it"), plain(".")]);
            }
            Some(BarrierForecast::Stays) => pieces.extend([
                plain(": its kinetic energy "),
                has,
                plain(format!(" is less than the {needs} back up to it.")),
            ]),
            Some(BarrierForecast::TurnsBack) => {
                pieces.extend([plain(", and "), verdict("stays beyond it"), plain(".")]);
            }
            Some(BarrierForecast::ComesBack) => {
                let back = [plain(", goes back over it, and "), verdict("ends beyond it"), plain(".")];
                pieces.extend(back);
            }
            Some(BarrierForecast::Diverges) => pieces.extend([plain(", and "), verdict("diverges"), plain(".")]),
            None => pieces.extend([
                plain(", and is "),
                plain(format!("{needs} below it with the kinetic energy ")),
                has,
                plain("."),
            ]),
        }
        pieces
    }

    /// The saddle ahead is one to be passed.
    fn ahead(&self, pass: &Pass) -> Vec<Piece> {
        let barrier = self.barrier;
        let forecast = self.energy.forecast();
        let word = match forecast {
            Some(BarrierForecast::Passes) => "passes",
            Some(BarrierForecast::Stays) => "stays",
            Some(BarrierForecast::TurnsBack) => "comes to rest on this side",
            Some(BarrierForecast::ComesBack) => "comes back, and rests on this side",
            Some(BarrierForecast::Diverges) => "diverges",
            None => "may pass or not",
        };
        if pass.height <= 0.0 {
            let lower = number(-pass.height);
            let beginning = format!("The {barrier} ahead is {lower} lower than the ball, and the run ");
            return vec![plain(beginning), verdict(word), plain(".")];
        }
        let (has, needs) = self.energy_and(pass.height);
        let [before, after] = match forecast {
            Some(BarrierForecast::Stays) => {
                [": its kinetic energy ".to_owned(), format!(" is less than the {needs} up to the {barrier} ahead.")]
            }
            Some(BarrierForecast::ComesBack) => [
                format!(
                    " after it has passed the {barrier} ahead: it is {needs} above the ball, whose kinetic energy is "
                ),
                ".".to_owned(),
            ],
            Some(BarrierForecast::TurnsBack) => [
                ", though its kinetic energy ".to_owned(),
                format!(" is more than the {needs} up to the {barrier} ahead."),
            ],
            Some(BarrierForecast::Passes) => [
                format!(" the {barrier} ahead: it is {needs} above the ball, whose kinetic energy is "),
                ".".to_owned(),
            ],
            Some(BarrierForecast::Diverges) => [
                format!(": the {barrier} ahead is {needs} above the ball, whose kinetic energy is now "),
                ".".to_owned(),
            ],
            None => {
                [format!(": the {barrier} ahead is {needs} above the ball, whose kinetic energy is "), ".".to_owned()]
            }
        };
        vec![plain("The run "), verdict(word), plain(before), has, plain(after)]
    }
}
