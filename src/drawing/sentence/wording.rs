//! The words for the facts of one step: promise, result, why they differ, verdict, and what else there is room for.

use super::Piece;
use super::facts::{Facts, Trust, Way};
use super::lead::Lead;
use super::words::Words;
use crate::analysis::Change;
use crate::drawing::ink::Ink;
use crate::numbers::numerals::{brief, knob};
use crate::optimizers::Verdict;

/// A result within this share of the promise needs no "about", within the second no number.
const EXACT: f64 = 0.02;
const ABOUT: f64 = 0.1;
/// A step this many times longer than the sheet is good for is told by how many; below, by "a little".
const A_LITTLE: f64 = 1.15;
/// Letters that fit beside the picture in large type: seven lines.
const ROOM: usize = 170;
/// More valleys and ridges than this are many.
const MANY: usize = 12;

/// Why promise and result differ.
#[derive(Default)]
struct Why {
    text: String,
    /// Whether it says what the step went over.
    tells_way: bool,
}

impl Facts {
    pub(super) fn told(&self) -> Vec<Piece> {
        let (ink, name, promise) = self.sheet();
        let mut words = Words::default();
        if !promise.is_finite() {
            words.say(name).say(self.promises()).inked("no finite change", Ink::Gap);
            return words.say(": the numbers are too large to go on").end();
        }
        let (lead, continues) = self.lead.map(Lead::words).unwrap_or_default();
        if !lead.is_empty() {
            words.say(&lead).say(" ");
        }
        words.say(if continues && !self.own { "It" } else { name }).say(self.promises());
        words.predict(promise, ink);
        let verdict = self.judged();
        let is_lost = promise.abs() <= self.resolution;
        if is_lost && promise != 0.0 {
            words.say(", less than the loss can show");
        }
        if is_lost && self.change.actual.abs() <= self.resolution {
            if promise == 0.0 {
                words.say(", and ");
                self.result(&mut words, Ink::Truth);
            }
            return words.append(verdict).end();
        }
        if !self.change.actual.is_finite() {
            words.say(". The loss has ").inked("no finite value", Ink::Gap).say(" where the step ");
            return words.say(if self.happened() { "landed" } else { "would land" }).append(verdict).end();
        }
        let tells_way = if self.is_kept(self.share) {
            words.say(", and ");
            self.result(&mut words, Ink::Truth);
            words.say(&self.as_promised());
            false
        } else {
            let rose = self.rises_instead();
            words.say(if rose || is_lost { "; " } else { ". " });
            self.result(&mut words, if rose { Ink::Gap } else { Ink::Truth });
            let why = self.why_within(ROOM.saturating_sub(words.length() + verdict.length()));
            words.say(&why.text);
            why.tells_way
        };
        words.append(verdict);
        for remark in self.remarks(tells_way) {
            if words.length() + remark.chars().count() < ROOM {
                words.say(&remark);
            }
        }
        words.end()
    }

    /// The promise alone, and what came of it once the method has asked.
    pub(super) fn told_in_fog(&self, is_landing_known: bool) -> Vec<Piece> {
        let (ink, name, promise) =
            if self.second_order { self.sheet() } else { (Ink::Plane, "The tangent plane", self.change.linear) };
        let mut words = Words::default();
        words.say(name).say(if is_landing_known { self.promises() } else { " promises " });
        if !promise.is_finite() {
            return words.inked("no finite change", Ink::Gap).end();
        }
        words.predict(promise, ink).say(". ");
        if !is_landing_known {
            return words.say("What the loss will do is in fog").end();
        }
        if self.change.actual.is_finite() {
            self.result(&mut words, if self.rises_instead() { Ink::Gap } else { Ink::Truth });
        } else {
            words.say("The loss has ").inked("no finite value", Ink::Gap).say(" there");
        }
        words.append(self.judged()).end()
    }

    /// The sheet the method believed in: its ink, its name, its promise.
    fn sheet(&self) -> (Ink, &'static str, f64) {
        if self.second_order {
            let name = if self.own { "Its own quadratic" } else { "The quadratic" };
            (Ink::Quadratic, name, self.change.quadratic)
        } else {
            let has_plane = !matches!(self.lead, Some(Lead::Kink(crease)) if !crease.has_planes());
            let name = if has_plane { "The tangent plane" } else { "The slope used instead" };
            (Ink::Plane, name, self.change.linear)
        }
    }

    fn promises(&self) -> &'static str {
        if self.ends_here { " promises " } else { " promised " }
    }

    /// Whether the step was made, so that the result is a fact.
    fn happened(&self) -> bool {
        !self.ends_here && self.verdict != Verdict::Rejected
    }

    /// A verb of the step, in the past if it was made.
    fn did(&self, past: &str, plain: &str) -> String {
        if self.happened() { past.to_owned() } else { format!("would {plain}") }
    }

    /// What happened as a share of what was promised.
    fn share(&self) -> f64 {
        self.change.actual / self.sheet().2
    }

    fn is_kept(&self, share: f64) -> bool {
        let (_, _, promise) = self.sheet();
        (self.change.actual - promise).abs() <= share * promise.abs()
    }

    fn as_promised(&self) -> String {
        match self {
            _ if self.is_kept(EXACT) => ": as promised".to_owned(),
            _ if self.is_kept(ABOUT) => ": about as promised".to_owned(),
            _ => format!(": as promised within {} %", knob(100.0 * self.share)),
        }
    }

    fn rises_instead(&self) -> bool {
        self.change.actual > self.resolution && self.sheet().2 < 0.0
    }

    /// What the loss did, or would do.
    fn result(&self, words: &mut Words, ink: Ink) {
        let actual = self.change.actual;
        words.say(if words.begins_sentence() { "The loss " } else { "the loss " });
        let [fell, rose, stayed] = match (self.ends_here, self.verdict) {
            (true, _) => ["would fall by ", "would rise by ", "would not change"],
            (false, Verdict::Rejected) => ["would have fallen by ", "would have risen by ", "would not have changed"],
            (false, _) => ["fell by ", "rose by ", "did not change"],
        };
        if actual.abs() <= self.resolution {
            words.say(stayed);
            return;
        }
        let share = self.share();
        let is_less = (0.0..1.0).contains(&share) && !self.is_kept(self.share);
        words.say(if actual < 0.0 { fell } else { rose }).say(if is_less { "only " } else { "" });
        words.inked(&brief(actual), ink);
        if share > 1.0 && !self.is_kept(self.share) && self.sheet().2.abs() > self.resolution {
            words.say(", more than promised");
        }
    }

    /// As much of the reason as has room, with what is said of the weights after it if that has room too.
    fn why_within(&self, room: usize) -> Why {
        let flips = self.flipped().map_or(0, |text| text.chars().count());
        let choices = [(true, flips), (false, flips), (true, 0), (false, 0)];
        let mut whys = choices.into_iter().map(|(whole, after)| (self.why(whole), after));
        whys.find(|(why, after)| why.text.chars().count() + after < room).map(|(why, _)| why).unwrap_or_default()
    }

    /// Why promise and result differ; where only a part has room, without how far the sheet is good.
    fn why(&self, whole: bool) -> Why {
        if matches!(self.lead, Some(Lead::Kink(_))) {
            return Why::default();
        }
        // A share of a promise that the loss cannot show says nothing.
        if self.sheet().2.abs() <= self.resolution {
            return Why::default();
        }
        let Change { linear, quadratic, actual } = self.change;
        let (_, _, promise) = self.sheet();
        let stop = if self.rises_instead() { ". The step " } else { ": the step " };
        if matches!(self.way, Way::Fold(_) | Way::BottomFold) {
            return Why { text: format!("{stop}{}", self.went_over()), tells_way: true };
        }
        let land = |text: &str| Why { text: text.to_owned(), tells_way: false };
        if self.second_order {
            return land(match self.share() {
                _ if self.own && self.rises_instead() => ". The land is not the quadratic the method went by",
                share if self.own && share <= 1.0 => ": the land is not the quadratic the method went by",
                _ if self.rises_instead() => ". That far out the land is no longer the quadratic",
                share if share > 1.0 => "",
                _ => ": the land is not the quadratic that far out",
            });
        }
        if promise > 0.0 || self.share() > 1.0 {
            return land(match (actual < promise, quadratic < linear) {
                (true, true) => ": the land curves down, away from the plane",
                (true, false) => ": further on the land falls away from the plane",
                (false, _) => ": the land curves up, away from the plane",
            });
        }
        let far = self.overreach.filter(|times| *times >= A_LITTLE);
        let far = far.map(|times| format!("{} times further than the plane is good for", brief(times)));
        let text = match (self.way, far) {
            (Way::Straight, Some(far)) => format!("{stop}{} {far}", self.did("went", "go")),
            (Way::Straight, None) if self.overreach.is_some_and(|times| times > 1.0) => {
                format!("{stop}{} a little further than the plane is good for", self.did("went", "go"))
            }
            (Way::Straight, None) if self.rises_instead() => ". The land curves up, away from the plane".to_owned(),
            (Way::Straight, None) => ": the land curves up, away from the plane".to_owned(),
            (_, Some(far)) if whole => format!("{stop}{}, {far}", self.went_over()),
            _ => format!("{stop}{}", self.went_over()),
        };
        Why { text, tells_way: self.way != Way::Straight }
    }

    /// What the step went over, as it follows "the step".
    fn went_over(&self) -> String {
        match self.way {
            Way::Straight => self.did("went on", "go on"),
            Way::Level => format!("{} where the land along it is level", self.did("ended", "end")),
            Way::Across => format!("{} the valley", self.did("crossed", "cross")),
            Way::Over { valleys, ridges } => {
                format!("{} over {}", self.did("jumped", "jump"), valleys_and_ridges(valleys, ridges))
            }
            Way::Fold(share) => {
                format!("{} a fold of the land {} % of the way", self.did("crossed", "cross"), brief(100.0 * share))
            }
            Way::BottomFold => format!("{} the fold at the bottom of the valley", self.did("crossed", "cross")),
        }
    }

    fn judged(&self) -> Words {
        let mut words = Words::default();
        let is_told = matches!(self.lead, Some(Lead::Radius(_)));
        match (self.verdict, self.trust) {
            (Verdict::Taken, _) => {}
            (Verdict::Rejected, trust) => {
                words.say(". ").inked("Rejected", Ink::Gap);
                match trust {
                    _ if self.halvings > 0 => words
                        .say(&format!(": even halved {} it does not lower the loss by enough", times(self.halvings))),
                    None => words.say(": the run stays where it is"),
                    Some(trust) => words.say(&format!(": the run stays where it is, and {}", changes(trust))),
                };
            }
            (Verdict::Truncated, _) if is_told => {}
            (Verdict::Truncated, trust) => {
                let size = trust.map_or_else(String::new, |trust| format!(" Δ = {}", knob(trust.before)));
                words.say(&format!(". The trust radius{size} held the step back"));
            }
        }
        words
    }

    /// What can be said besides, the most telling first.
    fn remarks(&self, tells_way: bool) -> impl Iterator<Item = String> {
        let is_short = matches!(self.way, Way::Straight | Way::Level | Way::Fold(_));
        let way = (!tells_way && !is_short).then(|| format!(". The step {}", self.went_over()));
        let halved = (self.halvings > 0 && self.verdict != Verdict::Rejected)
            .then(|| format!(". The search halved it {}", times(self.halvings)));
        [way, self.flipped(), halved, self.carried_on()].into_iter().flatten()
    }

    /// How much of a step that kept its promise is old velocity, in quarters.
    fn carried_on(&self) -> Option<String> {
        let (share, name) = self.kept.filter(|_| self.is_kept(self.share))?;
        let much = match share {
            share if share >= 0.875 => "Nearly all",
            share if share >= 0.625 => "Three quarters",
            share if share >= 0.375 => "Half",
            share if share >= 0.125 => "A quarter",
            _ => return None,
        };
        Some(format!(". {much} of the step is {name}"))
    }

    /// Weights that changed their sign on the way.
    pub(super) fn flipped(&self) -> Option<String> {
        match self.flips {
            [Some(_), Some(_)] => Some(format!(". Both weights {} sign", self.did("changed", "change"))),
            [Some((name, positive)), None] | [None, Some((name, positive))] => {
                let sign = if positive { "positive" } else { "negative" };
                Some(format!(". On the way {name} {} {sign}", self.did("turned", "turn")))
            }
            [None, None] => None,
        }
    }
}

/// The sentence of a step that was not tried, since the damped quadratic has no lowest point either.
pub(super) fn untried(damping: Trust) -> Vec<Piece> {
    let mut words = Words::default();
    words.say(&format!(
        "The quadratic falls without end here, even with μ = {} added to every curvature. ",
        knob(damping.before)
    ));
    words.inked("No step was tried", Ink::Gap);
    words.say(&format!(", and {}", changes(damping))).end()
}

fn changes(trust: Trust) -> String {
    let Trust { name, before, after } = trust;
    if before == after {
        return format!("{name} stays {}", knob(after));
    }
    format!("{name} goes from {} to {}", knob(before), knob(after))
}

fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        number => format!("{number} times"),
    }
}

fn valleys_and_ridges(valleys: usize, ridges: usize) -> String {
    let count = |number: usize, one: &str, several: &str| match number {
        1 => one.to_owned(),
        number => format!("{number} {several}"),
    };
    let [valley, ridge] = [count(valleys, "a valley", "valleys"), count(ridges, "a ridge", "ridges")];
    match (valleys, ridges) {
        (valleys, ridges) if valleys + ridges > MANY => "many valleys and ridges".to_owned(),
        (_, 0) => valley,
        (0, _) => ridge,
        _ => format!("{valley} and {ridge}"),
    }
}
