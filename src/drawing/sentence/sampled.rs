//! The words for a step that asked a few samples only: what their plane promised, what their loss did, and what that of
//! all of them did.

use super::Piece;
use super::facts::Facts;
use super::lead::Lead;
use super::words::Words;
use crate::drawing::ink::Ink;
use crate::numbers::Vector;
use crate::numbers::numerals::{brief, grouped};
use crate::run::{Batch, Focus};

/// Letters that fit beside the picture in large type.
const ROOM: usize = 170;

/// What the batch's plane promised; false if that is no number.
fn promised(batch: &Batch, noisy: bool, promised: &str, words: &mut Words) -> bool {
    let noisy = if noisy { "noisy " } else { "" };
    words.say(&match batch.samples.len() {
        1 => format!("The {noisy}plane of its one sample"),
        size => format!("The {noisy}plane of its {} samples", grouped(size)),
    });
    words.say(promised);
    if !batch.promised.is_finite() {
        words.inked("no finite change", Ink::Gap);
        return false;
    }
    words.predict(batch.promised, Ink::Plane);
    true
}

impl Facts {
    /// Promise and result for the batch, in which the method believed, and the result for all.
    pub(super) fn told_of_batch(&self, batch: &Batch, noisy: bool) -> Vec<Piece> {
        let mut words = Words::default();
        if let Some(lead @ Lead::Kink(_)) = self.lead {
            words.say(&lead.words().0).say(" ");
        } else if batch.gradient == Vector::zeros() {
            words.say("The batch has no slope here: the step is old velocity alone. ");
        } else if batch.promised > 0.0 {
            words.say("What the method remembers carries the step up. ");
        }
        if !promised(batch, noisy, if self.ends_here { " promises " } else { " promised " }, &mut words) {
            return words.say(": the numbers are too large to go on").end();
        }
        let all = self.change.actual;
        if !(batch.actual.is_finite() && all.is_finite()) {
            words.say(". The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
            return words.say(if self.ends_here { "would land" } else { "landed" }).end();
        }
        let is_surprise = batch.promised == 0.0 && batch.actual.abs() > self.resolution;
        words.say(if is_surprise { "; " } else { ", and " });
        words.say(if batch.samples.len() == 1 { "its loss " } else { "their loss " });
        self.moved(batch.actual, ["went up by ", "went down by ", "would go up by ", "would go down by "], &mut words);
        let count = grouped(batch.of);
        words.say(&if batch.of == 1 { ". The whole loss ".to_owned() } else { format!(". The loss of all {count} ") });
        self.moved(all, ["rose by ", "fell by ", "would rise by ", "would fall by "], &mut words);
        let different = batch.counts().len();
        if all > self.resolution && batch.actual < 0.0 && different < batch.of {
            words.say(&format!(": it asked {} of them only", grouped(different)));
        }
        if let Some(remark) = self.flipped().filter(|remark| words.length() + remark.chars().count() < ROOM) {
            words.say(&remark);
        }
        words.end()
    }

    /// What a loss did, or would do: up and down in the past, then up and down for a step that is not taken.
    fn moved(&self, by: f64, [up, down, would_up, would_down]: [&str; 4], words: &mut Words) {
        if by.abs() <= self.resolution {
            words.say(if self.ends_here { "would not change" } else { "did not change" });
            return;
        }
        words.say(match (self.ends_here, by > 0.0) {
            (false, true) => up,
            (false, false) => down,
            (true, true) => would_up,
            (true, false) => would_down,
        });
        words.inked(&brief(by), if by > 0.0 { Ink::Gap } else { Ink::Truth });
    }
}

/// The promise alone: the land is in fog.
pub(super) fn in_fog(batch: &Batch, noisy: bool) -> Vec<Piece> {
    let mut words = Words::default();
    if promised(batch, noisy, " promises ", &mut words) {
        words.say(". What the loss will do is in fog");
    }
    words.end()
}

/// A batch whose samples all are content here, though others are not.
pub(super) fn content(focus: &Focus) -> Option<Vec<Piece>> {
    let batch = focus.batch.as_ref()?;
    let different = grouped(batch.counts().len());
    let mut words = Words::default();
    words.say(&match batch.samples.len() {
        1 => "The slope is zero here for the one sample that was drawn, so this step goes nowhere".to_owned(),
        _ => format!("The slope is zero here for the {different} samples that were drawn, so this step goes nowhere"),
    });
    Some(words.say(". Other samples want to go on, and another batch will").end())
}
