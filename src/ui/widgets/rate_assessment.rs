//! The assessment of learning rates at a point, or of the share of a step: the stretches of a track, its marks, and a sentence for
//! the value itself.

use crate::analysis::{Bound, Curvature, EDGE, KnownOfRate, NoLaw, SHARE_OF_STEP, StabilityBound, Zone};
use crate::drawing::ink::Ink;
use crate::numbers::Symmetric2;
use crate::numbers::numerals::{apart_by, number};

/// A line of the panel has no room for a law of more letters than this.
pub const LONG: usize = 12;
/// What a rate exactly at the limit does: it oscillates without end.
const ENDLESS: &str = "neither converges nor diverges";
/// The zone of gradient descent in which the quadratic model changes no sides.
const MONOTONE: &str = "monotone";
/// The bound of coordinate descent.
const DIAGONAL: &str = "2/max Hᵢᵢ";

/// What is known about the rates of a method at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateAssessment {
    /// No limit is known for this method.
    NoTheorem(NoLaw),
    /// The loss falls for all rates below a bound; for larger ones nothing is known.
    Sure {
        /// 2/max Hᵢᵢ.
        below: f64,
        /// Why it is not a limit.
        law: NoLaw,
    },
    /// There is no rate, but a share of a whole step, whose zones no curvature moves.
    Share(NoLaw),
    /// There is a limit, which the curvature sets, and the curvature is in fog.
    Fog,
    /// There is a limit, and it would give away what a class is to predict.
    Withheld,
    /// The loss has no finite curvature here.
    NoCurvature,
    /// What the method's theorem says.
    Theorem(StabilityBound, Bound),
    /// What it says at a point where the run leads, as it sets no limit where the run is.
    Elsewhere {
        /// The theorem.
        law: StabilityBound,
        /// The largest stable rate there.
        limit: f64,
        /// Where that is.
        place: LimitPlace,
        /// Why there is none here.
        why: &'static str,
    },
}

/// A point whose curvature sets a limit where that of the iterate sets none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitPlace {
    /// Where the run ends.
    End,
    /// The known minimum nearest to the iterate.
    NearestMinimum,
}

impl LimitPlace {
    /// Where it is: "at the run's end".
    pub fn words(self) -> &'static str {
        match self {
            Self::End => "at the run's end",
            Self::NearestMinimum => "at the nearest minimum",
        }
    }
}

/// A stretch of the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first rate.
    pub from: f64,
    /// What the rates in it do.
    pub zone: Zone,
}

/// The half of a description that says what the rate does, without why.
pub fn half(description: &str) -> &str {
    if description.ends_with(ENDLESS) { ENDLESS } else { description.split(": ").next().unwrap_or(description) }
}

impl RateAssessment {
    /// What a method's theorem says at a point of this curvature.
    pub fn of(law: Result<StabilityBound, NoLaw>, curvature: Option<&Curvature>) -> Self {
        match (law, curvature) {
            (Err(law), _) if law.known == KnownOfRate::ShareOfStep => Self::Share(law),
            (Err(law), Some(curvature))
                if law.known == KnownOfRate::DescentBelowDiagonal && curvature.condition().is_some() =>
            {
                let hessian = Symmetric2::with_spectrum(&curvature.eigen, curvature.eigen.values);
                Self::Sure { below: 2.0 / hessian.xx.max(hessian.yy), law }
            }
            (Err(law), _) => Self::NoTheorem(law),
            (Ok(_), None) => Self::NoCurvature,
            (Ok(law), Some(curvature)) => Self::Theorem(law.written_for(curvature.dimension()), law.bound(curvature)),
        }
    }

    /// Why the method's theorem, if it has one, sets no limit at the iterate.
    fn why_no_limit(&self) -> Option<&'static str> {
        match self {
            Self::Theorem(_, Bound::CurvesDown { .. }) => Some("here the loss curves down"),
            Self::Theorem(_, Bound::Flat) => Some("here the loss has no curvature"),
            Self::NoCurvature => Some("here the curvature is not finite"),
            _ => None,
        }
    }

    /// Whether the method has a theorem, and that sets no limit at the iterate.
    pub fn lacks_limit(&self) -> bool {
        self.why_no_limit().is_some()
    }

    /// This, or where the theorem sets no limit, the one that it sets at another point of this curvature.
    #[must_use]
    pub fn or_at(self, law: Result<StabilityBound, NoLaw>, place: LimitPlace, curvature: Option<&Curvature>) -> Self {
        let (Some(why), Ok(law), Some(curvature)) = (self.why_no_limit(), law, curvature) else { return self };
        match law.bound(curvature) {
            Bound::Limit { limit, .. } => {
                Self::Elsewhere { law: law.written_for(curvature.dimension()), limit, place, why }
            }
            _ => self,
        }
    }

    /// Where the limit is taken, if that is not where the run is.
    pub fn place(&self) -> Option<LimitPlace> {
        if let Self::Elsewhere { place, .. } = *self { Some(place) } else { None }
    }

    /// The limit, with its theorem, where there is one.
    pub fn limit(&self) -> Option<(f64, StabilityBound)> {
        match *self {
            Self::Theorem(law, Bound::Limit { limit, .. }) | Self::Elsewhere { law, limit, .. } => Some((limit, law)),
            Self::Share(_) => Some((SHARE_OF_STEP.recursion.limit(), SHARE_OF_STEP)),
            _ => None,
        }
    }

    /// Whether there may be a limit that the reader is not to know.
    pub fn hides_limit(&self) -> bool {
        matches!(self, Self::Fog | Self::Withheld)
    }

    /// Whether there is anything to mark under the track, at this point or at another.
    pub fn has_law(&self) -> bool {
        !matches!(self, Self::NoTheorem(law) if law.known == KnownOfRate::Nothing)
    }

    /// The assessment for a reader who does not know the curvature.
    #[must_use]
    pub fn in_fog(self) -> Self {
        if self.has_law() && !matches!(self, Self::Share(_)) { Self::Fog } else { self }
    }

    /// The assessment for a reader who is to predict the step.
    #[must_use]
    pub fn withheld(self) -> Self {
        if matches!(self, Self::Fog) { self } else { Self::Withheld }
    }

    /// The stretches of the track, from the lowest rate.
    pub fn stretches(&self) -> Vec<Stretch> {
        let stretch = |(from, zone)| Stretch { from, zone };
        match (self.limit(), self) {
            (Some((limit, law)), _) => {
                law.recursion.zones().into_iter().map(|(share, zone)| stretch((share * limit, zone))).collect()
            }
            (None, Self::Sure { below, .. }) => vec![stretch((0.0, Zone::Stable)), stretch((*below, Zone::Unlimited))],
            _ => vec![stretch((0.0, Zone::Unlimited))],
        }
    }

    /// The end of a track with equal steps: 1.25 times the limit, where there is one.
    pub fn track_end(&self) -> Option<f64> {
        self.limit().map(|(limit, _)| 1.25 * limit)
    }

    /// The ends of a logarithmic track: from a ten-thousandth of the limit to ten times the limit, where there is one.
    pub fn log_track(&self) -> Option<[f64; 2]> {
        self.limit().map(|(limit, _)| [1e-4, 10.0].map(|factor| factor * limit)).filter(|[low, _]| *low > 0.0)
    }

    /// What a zone is called; empty for rates of which nothing is known.
    pub fn zone_name(&self, zone: Zone) -> &'static str {
        let oscillates_late = self.limit().is_some_and(|(_, law)| law.recursion.oscillates_late());
        match zone {
            Zone::Slow => "slow",
            Zone::Stable if oscillates_late => MONOTONE,
            Zone::Stable if matches!(self, Self::Sure { .. }) => "descent guaranteed",
            Zone::Stable => "stable",
            Zone::Oscillating => "oscillating",
            Zone::Diverging => "diverging",
            Zone::Unlimited => "",
        }
    }

    /// The zone of a rate; on a border, rounding apart, the one before it.
    pub fn zone(&self, rate: f64) -> Zone {
        let passed = self.stretches().into_iter().rev().find(|stretch| rate > (1.0 + EDGE) * stretch.from);
        passed.map_or(Zone::Unlimited, |stretch| stretch.zone)
    }

    /// The rates that are marked under the track, and what they are called: a limit that is not that of the iterate with its place.
    pub fn marks(&self) -> Vec<(f64, String)> {
        let mut marks: Vec<(f64, String)> =
            self.plain_marks().into_iter().map(|(rate, name)| (rate, name.to_owned())).collect();
        if let (Some(place), Some((_, name))) = (self.place(), marks.last_mut()) {
            *name = format!("{name} {}", place.words());
        }
        marks
    }

    fn plain_marks(&self) -> Vec<(f64, &'static str)> {
        match (self.limit(), self) {
            (_, Self::Share(_)) => vec![(1.0, "1: the whole step"), (2.0, "2")],
            (Some((limit, law)), _) if law.recursion.oscillates_late() => {
                vec![(limit / 2.0, half_words(&law)), (limit, law.words)]
            }
            (Some((limit, law)), _) => vec![(limit, law.words)],
            (None, Self::Sure { below, .. }) => vec![(*below, DIAGONAL)],
            _ => Vec::new(),
        }
    }

    /// Where the rate is, in one line, and the ink it is said in; `place` says where the curvature was taken: "here", "at
    /// step 13", where it is that of the iterate. A rate far below the limit is called slow only if the run has not `arrived`, and crosses no kink, which
    /// counts as that; where the step `crosses` a valley that the quadratic model does not, the zone is said to be the model's.
    pub fn describe(&self, rate: f64, place: &str, arrived: bool, crosses: bool) -> (String, Ink) {
        if let Self::Share(_) = self {
            return self.describe_share(rate);
        }
        if let Self::Sure { below, .. } = *self {
            let verb = match rate {
                _ if is_on(rate, below) => "not guaranteed: exactly at",
                rate if rate < below => "descent guaranteed: below",
                _ => "not guaranteed: beyond",
            };
            return (format!("{verb} {DIAGONAL} = {}", number(below)), Ink::Muted);
        }
        let Some((limit, law)) = self.limit() else { return (self.no_limit().to_owned(), Ink::Muted) };
        let name = if law.words.chars().count() > LONG { "the limit" } else { law.words };
        let beside_rate = |border: f64| {
            let [_, border] = apart_by(number, rate, border);
            border
        };
        let (value, half) = (beside_rate(limit), beside_rate(limit / 2.0));
        // The step is not taken at another point.
        let is_within = law.recursion.oscillates_late() && crosses && self.place().is_none();
        let place = if let Some(elsewhere) = self.place() { elsewhere.words() } else { place };
        let elsewhere = self.place().map_or_else(String::new, |place| format!(" {}", place.words()));
        let text = match self.zone(rate) {
            _ if is_on(rate, limit) => format!("exactly {name} = {} {place}: {ENDLESS}", number(limit)),
            Zone::Slow | Zone::Stable if is_within => format!("{MONOTONE} by the quadratic, not the loss"),
            Zone::Diverging => return (format!("beyond {name} = {value} {place}"), Ink::Gap),
            Zone::Slow | Zone::Unlimited if arrived => format!("small {place}: far below {name}"),
            Zone::Slow | Zone::Unlimited => format!("slow {place}: far below {name}"),
            Zone::Oscillating => format!("oscillates {place}: beyond {} = {half}", half_words(&law)),
            Zone::Stable if law.recursion.oscillates_late() => {
                format!("{MONOTONE}{elsewhere}: up to {} = {half}", half_words(&law))
            }
            Zone::Stable => format!("stable{elsewhere}: up to {name} = {value}"),
        };
        (text, Ink::Muted)
    }

    /// The same of a share of a whole step.
    fn describe_share(&self, share: f64) -> (String, Ink) {
        let text = match self.zone(share) {
            _ if is_on(share, SHARE_OF_STEP.recursion.limit()) => {
                return (format!("exactly 2: {ENDLESS}"), Ink::Muted);
            }
            Zone::Diverging => return ("beyond 2: leaves a quadratic".to_owned(), Ink::Gap),
            Zone::Slow | Zone::Unlimited => "slow: a small part of the way",
            Zone::Oscillating => "oscillates: beyond the whole step",
            Zone::Stable if (share - 1.0).abs() <= EDGE => "the whole step: exact on a quadratic",
            Zone::Stable => "monotone: less than the whole step",
        };
        (text.to_owned(), Ink::Muted)
    }

    fn no_limit(&self) -> &'static str {
        match self {
            Self::NoTheorem(law) => law.brief,
            Self::Fog => "in fog",
            Self::Withheld => "zones: hidden until the reveal",
            Self::NoCurvature => "no limit here: the curvature is not finite",
            Self::Theorem(_, Bound::Flat) => "no curvature: no limit 2/λ",
            _ => "no limit here: the loss curves down",
        }
    }

    /// What more there is to say: on a saddle and on a hilltop no rate converges. It goes on with the words of [`Self::describe`].
    pub fn caution(&self) -> Option<&'static str> {
        match self {
            // Its zones are those of the direction that curves up.
            Self::Theorem(_, Bound::Limit { grows: true, .. }) => Some("for λ₂; along λ₁ the loss curves down"),
            Self::Theorem(_, Bound::CurvesDown { both: false }) => Some("so the steps grow along λ₁ at any rate"),
            Self::Theorem(_, Bound::CurvesDown { both: true }) => Some("so the steps grow at any rate"),
            Self::Elsewhere { why, .. } => Some(why),
            _ => None,
        }
    }

    /// The limit in a sentence, or why there is none.
    pub fn brief_story(&self) -> String {
        let of_iterate = self.limit().filter(|_| !matches!(self, Self::Share(_)));
        let Some((limit, law)) = of_iterate else {
            return match self {
                Self::Share(law) | Self::NoTheorem(law) => law.brief.to_owned(),
                Self::Sure { below, .. } => {
                    format!("The loss falls on a bowl with every rate below {DIAGONAL} = {}.", number(*below))
                }
                Self::Fog => "Hatched: the limit is in fog.".to_owned(),
                Self::Withheld => "Hatched: the zones would give the answer away.".to_owned(),
                _ => format!("Hatched: {}.", self.no_limit()),
            };
        };
        let at = self.place().map_or_else(|| "at the playhead".to_owned(), |place| place.words().to_owned());
        format!(
            "In the quadratic model {at} the method is stable below {} = {} and diverges above.",
            law.words,
            number(limit)
        )
    }

    /// The whole story, for the tooltip.
    pub fn story(&self) -> String {
        if let Self::Share(law) = self {
            return law.story.to_owned();
        }
        let Some((limit, law)) = self.limit() else {
            let why = match self {
                Self::NoTheorem(law) | Self::Sure { law, .. } => law.story,
                Self::Fog => {
                    "The track is hatched because the zones depend on the curvature, which the method has not evaluated."
                }
                Self::Withheld => "The track is hatched because its zones would give the answer away.",
                Self::Theorem(_, Bound::CurvesDown { .. }) => {
                    "The track is hatched because the loss curves down here: no rate converges in the quadratic model."
                }
                _ => "The track is hatched because the curvature here sets no limit.",
            };
            return why.to_owned();
        };
        let name = law.words;
        let value = number(limit);
        let at = match *self {
            Self::Elsewhere { place, why, .. } => format!("{}, as {why},", place.words()),
            _ => "at the playhead".to_owned(),
        };
        if law.recursion.oscillates_late() {
            return format!(
                "In the quadratic model {at} the method is stable below {name} = {value}. It is slow below a twentieth of that, then monotone, oscillating beyond half of that, and diverging above; exactly there it {ENDLESS}."
            );
        }
        format!(
            "In the quadratic model {at} the method is stable below {name} = {value}, and diverges above; exactly there it {ENDLESS}. It is slow where the rate is so small that not even its velocity oscillates."
        )
    }
}

/// Whether a rate lies on a border, rounding apart.
fn is_on(rate: f64, border: f64) -> bool {
    (rate / border - 1.0).abs() <= EDGE
}

/// How half of gradient descent's limit is written.
fn half_words(law: &StabilityBound) -> &'static str {
    if law.words == law.words_of_one { "1/f″" } else { "1/λmax" }
}

#[cfg(test)]
mod tests;
