//! What the energy of a ball says of the saddle ahead, in one sentence: whether the run gets over it.

use super::super::ink::Ink;
use super::super::sentence::Piece;
use super::barrier_word;
use crate::numbers::numerals::{apart_by, number};
use crate::run::{BarrierForecast, Energy};

/// Whether the run gets over the saddle ahead, and the numbers that tell; `is_one`: of one weight it is a maximum, `ink` is that
/// of the run. What is said is in [`Energy::forecast`].
pub fn energy_sentence(energy: &Energy, is_one: bool, ink: Ink) -> Vec<Piece> {
    let barrier = barrier_word(is_one);
    let plain = |text: String| Piece { text, ink: None };
    let verdict = |text: &str| Piece { text: text.to_owned(), ink: Some(Ink::Truth) };
    let Some(pass) = energy.pass else {
        let motion = Piece { text: number(energy.kinetic), ink: Some(ink) };
        return vec![plain(format!("No {barrier} ahead. Kinetic energy ")), motion, plain(".".to_owned())];
    };
    let [has, needs] = apart_by(number, energy.kinetic, pass.height);
    let has = || Piece { text: has.clone(), ink: Some(ink) };
    let words = match energy.forecast() {
        Some(BarrierForecast::Passes) => "passes",
        Some(BarrierForecast::Stays) => "stays",
        Some(BarrierForecast::TurnsBack) => "comes to rest on this side",
        None => "may pass or not",
    };
    if pass.height <= 0.0 {
        let lower = number(-pass.height);
        let beginning = format!("The {barrier} ahead is {lower} lower than the ball, and the run ");
        return vec![plain(beginning), verdict(words), plain(".".to_owned())];
    }
    match energy.forecast() {
        Some(BarrierForecast::Stays) => vec![
            plain("The run ".to_owned()),
            verdict(words),
            plain(": its kinetic energy ".to_owned()),
            has(),
            plain(format!(" is less than the {needs} up to the {barrier} ahead.")),
        ],
        Some(BarrierForecast::TurnsBack) => vec![
            plain("The run ".to_owned()),
            verdict(words),
            plain(", though its kinetic energy ".to_owned()),
            has(),
            plain(format!(" is more than the {needs} up to the {barrier} ahead.")),
        ],
        Some(BarrierForecast::Passes) => vec![
            plain("The run ".to_owned()),
            verdict(words),
            plain(format!(" the {barrier} ahead: it is {needs} above the ball, whose kinetic energy is ")),
            has(),
            plain(".".to_owned()),
        ],
        None => vec![
            plain("The run ".to_owned()),
            verdict(words),
            plain(format!(": the {barrier} ahead is {needs} above the ball, whose kinetic energy is ")),
            has(),
            plain(".".to_owned()),
        ],
    }
}
