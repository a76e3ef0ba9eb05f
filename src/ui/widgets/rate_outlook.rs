//! What can be said about learning rates at a point: the stretches of a rate's track, its marks, and a sentence for the rate itself.

use crate::analysis::{Curvature, RateLaw, Zones};
use crate::drawing::ink::Ink;
use crate::numbers::numerals::number;

/// A line of the panel has no room for a law of more letters than this.
const LONG: usize = 12;

/// What is known about the rates of a method at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outlook {
    /// No simple limit is known for this method.
    NoTheorem,
    /// The land has no finite curvature here.
    NoCurvature,
    /// The land is flat here: every rate is as good.
    Flat,
    /// No rate is too large, as the land curves down.
    CurvesDown {
        /// Whether it does so in both directions, and is flat along none.
        both: bool,
    },
    /// Rates are stable below a limit.
    Limit {
        /// The largest stable rate.
        limit: f64,
        /// The method's theorem.
        law: RateLaw,
        /// Whether the error grows along the direction of λ₁ at any rate.
        grows: bool,
    },
}

/// What becomes of a method with a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// It converges, but takes far too many steps.
    Crawl,
    /// It converges; gradient descent without changing sides.
    Stable,
    /// It converges, changing sides at every step.
    Ringing,
    /// It leaves.
    Diverging,
    /// There is no limit to speak of.
    Unlimited,
}

/// A stretch of the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first rate.
    pub from: f64,
    /// What the rates in it do.
    pub zone: Zone,
}

impl Outlook {
    /// What a method's theorem says at a point of this curvature.
    pub fn of(law: Option<RateLaw>, curvature: Option<&Curvature>) -> Self {
        let Some(law) = law else { return Self::NoTheorem };
        let Some(curvature) = curvature else { return Self::NoCurvature };
        match curvature.zones(law) {
            Zones::Limit { limit, .. } if !limit.is_finite() => Self::Flat,
            Zones::Limit { limit, grows, .. } => Self::Limit { limit, law, grows },
            Zones::CurvesDown if curvature.eigen.values == [0.0; 2] => Self::Flat,
            Zones::CurvesDown => Self::CurvesDown { both: curvature.eigen.values[1] < 0.0 },
        }
    }

    /// The stretches of the track, from the lowest rate.
    pub fn stretches(&self) -> Vec<Stretch> {
        let Self::Limit { limit, law, .. } = *self else {
            return vec![Stretch { from: 0.0, zone: Zone::Unlimited }];
        };
        let stretch = |share: f64, zone| Stretch { from: share * limit, zone };
        let mut stretches = vec![stretch(0.0, Zone::Crawl), stretch(Zones::CRAWL, Zone::Stable)];
        if law.rings {
            stretches.push(stretch(0.5, Zone::Ringing));
        }
        stretches.push(stretch(1.0, Zone::Diverging));
        stretches
    }

    /// The zone of a rate.
    pub fn zone(&self, rate: f64) -> Zone {
        let passed = self.stretches().into_iter().rev().find(|stretch| rate > stretch.from);
        passed.map_or(Zone::Unlimited, |stretch| stretch.zone)
    }

    /// The rates that are marked under the track, and what they are called.
    pub fn marks(&self) -> Vec<(f64, &'static str)> {
        match *self {
            Self::Limit { limit, law, .. } if law.rings => vec![(limit / 2.0, "1/λ"), (limit, "2/λ")],
            Self::Limit { limit, law, .. } => vec![(limit, law.words)],
            _ => Vec::new(),
        }
    }

    /// Where the rate is, in one line, and the ink it is said in.
    pub fn words(&self, rate: f64) -> (String, Ink) {
        let Self::Limit { limit, law, .. } = *self else { return (self.no_limit().to_owned(), Ink::Muted) };
        let name = if law.words.chars().count() > LONG { "the limit" } else { law.words };
        let value = number(limit);
        let half = number(limit / 2.0);
        let text = match self.zone(rate) {
            Zone::Diverging => return (format!("beyond {name} = {value} here"), Ink::Gap),
            Zone::Crawl | Zone::Unlimited => format!("crawls here: far below {name}"),
            Zone::Ringing => format!("rings here: beyond 1/λmax = {half}"),
            Zone::Stable if law.rings => format!("monotone: up to 1/λmax = {half}"),
            Zone::Stable => format!("stable: up to {name} = {value}"),
        };
        (text, Ink::Muted)
    }

    fn no_limit(&self) -> &'static str {
        match self {
            Self::NoTheorem => "no simple limit is known",
            Self::NoCurvature => "no limit here: the curvature is not finite",
            Self::Flat => "no limit here: the land is flat",
            _ => "no limit here: the land curves down",
        }
    }

    /// What more there is to say: on a saddle and on a hilltop no rate converges.
    pub fn caution(&self) -> Option<&'static str> {
        match self {
            Self::Limit { grows: true, .. } | Self::CurvesDown { both: false } => {
                Some("grows along λ₁'s direction at any rate")
            }
            Self::CurvesDown { both: true } => Some("grows in both directions at any rate"),
            _ => None,
        }
    }

    /// The whole story, for the tooltip.
    pub fn story(&self) -> String {
        let Self::Limit { limit, law, .. } = *self else {
            let why = match self {
                Self::NoTheorem => {
                    "The track is hatched because no simple limit tells which rates of this method are stable."
                }
                Self::CurvesDown { .. } => {
                    "The track is hatched because the land curves down here: every rate goes on down, none settles."
                }
                _ => "The track is hatched because the curvature here sets no limit.",
            };
            return why.to_owned();
        };
        let name = law.words;
        let middle =
            if law.rings { "then it descends evenly, rings beyond half of that," } else { "then it is stable," };
        format!(
            "On the quadratic sheet at the playhead the method is stable below {name} = {}. It crawls below a twentieth of that, {middle} and diverges above.",
            number(limit)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LocalModel;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::optimizers::Choice;

    fn outlook(optimizer: &str, landscape: &str, x: f64, y: f64) -> Outlook {
        let landscape = Landscape::parse(landscape).unwrap();
        let curvature = Curvature::of(&LocalModel::new(landscape.loss(), Point::new(x, y)));
        Outlook::of(Choice::parse(optimizer).unwrap().rate_law(), curvature.as_ref())
    }

    #[test]
    fn gradient_descent_crawls_descends_rings_and_diverges() {
        let valley = outlook("gd", "quad:lam=1,kappa=20", 1.0, 1.0);
        let zones = [0.004, 0.03, 0.07, 0.2].map(|rate| valley.zone(rate));
        assert_eq!(zones, [Zone::Crawl, Zone::Stable, Zone::Ringing, Zone::Diverging], "the limit is 2/20");
        assert_eq!(valley.words(0.07).0, "rings here: beyond 1/λmax = 0.0500", "ringing");
        assert_eq!(valley.words(0.2), ("beyond 2/λmax = 0.1000 here".to_owned(), Ink::Gap), "diverging");
    }

    #[test]
    fn a_velocity_knows_no_monotone_rates() {
        let valley = outlook("momentum:beta=0.9", "quad:lam=1,kappa=20", 1.0, 1.0);
        let zones: Vec<Zone> = valley.stretches().into_iter().map(|stretch| stretch.zone).collect();
        assert_eq!(zones, [Zone::Crawl, Zone::Stable, Zone::Diverging], "three zones");
        assert_eq!(valley.marks()[0].1, "2(1+β)/λmax", "its own limit");
    }

    #[test]
    fn where_there_is_no_limit_it_is_said() {
        assert_eq!(outlook("adam", "bowl", 1.0, 1.0).words(0.1).0, "no simple limit is known", "Adam");
        assert_eq!(
            outlook("gd", "saddle", 1.0, 1.0).caution(),
            Some("grows along λ₁'s direction at any rate"),
            "saddle"
        );
        let hilltop = outlook("gd", "himmelblau", -0.27, -0.92);
        assert_eq!(hilltop.words(0.1).0, "no limit here: the land curves down", "hilltop");
        assert_eq!(hilltop.caution(), Some("grows in both directions at any rate"), "hilltop");
        assert_eq!(hilltop.zone(0.1), Zone::Unlimited, "hatched");
        assert_eq!(Outlook::of(Choice::parse("gd").unwrap().rate_law(), None), Outlook::NoCurvature, "not finite");
    }
}
