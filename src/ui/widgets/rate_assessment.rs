//! The assessment of learning rates at a point, or of the share of a step: the stretches of a track, its marks, and a sentence for
//! the value itself.

use crate::analysis::{Bound, Curvature, EDGE, Known, NoLaw, SHARE_OF_STEP, StabilityBound, Zone};
use crate::drawing::ink::Ink;
use crate::numbers::Symmetric2;
use crate::numbers::numerals::{apart_by, number};

/// A line of the panel has no room for a law of more letters than this.
const LONG: usize = 12;
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
}

/// A stretch of the track.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Its first rate.
    pub from: f64,
    /// What the rates in it do.
    pub zone: Zone,
}

impl RateAssessment {
    /// What a method's theorem says at a point of this curvature.
    pub fn of(law: Result<StabilityBound, NoLaw>, curvature: Option<&Curvature>) -> Self {
        match (law, curvature) {
            (Err(law), _) if law.known == Known::ShareOfStep => Self::Share(law),
            (Err(law), Some(curvature))
                if law.known == Known::DescentBelowDiagonal && curvature.condition().is_some() =>
            {
                let hessian = Symmetric2::with_spectrum(&curvature.eigen, curvature.eigen.values);
                Self::Sure { below: 2.0 / hessian.xx.max(hessian.yy), law }
            }
            (Err(law), _) => Self::NoTheorem(law),
            (Ok(_), None) => Self::NoCurvature,
            (Ok(law), Some(curvature)) => Self::Theorem(law.written_for(curvature.dimension()), law.bound(curvature)),
        }
    }

    /// The limit, with its theorem, where there is one.
    fn limit(&self) -> Option<(f64, StabilityBound)> {
        match *self {
            Self::Theorem(law, Bound::Limit { limit, .. }) => Some((limit, law)),
            Self::Share(_) => Some((SHARE_OF_STEP.recursion.limit(), SHARE_OF_STEP)),
            _ => None,
        }
    }

    /// Whether there is anything to mark under the track, at this point or at another.
    pub fn has_law(&self) -> bool {
        !matches!(self, Self::NoTheorem(law) if law.known == Known::Nothing)
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

    /// The rates that are marked under the track, and what they are called.
    pub fn marks(&self) -> Vec<(f64, &'static str)> {
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
    /// step 13". A rate far below the limit is called slow only if the run has not `arrived`, and crosses no kink, which
    /// counts as that; where the step `crosses` a valley that the quadratic model does not, the zone is said to be the model's.
    pub fn describe(&self, rate: f64, place: &str, arrived: bool, crosses: bool) -> (String, Ink) {
        if let Self::Share(_) = self {
            return self.describe_share(rate);
        }
        if let Self::Sure { below, .. } = *self {
            let verb = if rate < below { "descent guaranteed: below" } else { "not guaranteed: beyond" };
            return (format!("{verb} {DIAGONAL} = {}", number(below)), Ink::Muted);
        }
        let Some((limit, law)) = self.limit() else { return (self.no_limit().to_owned(), Ink::Muted) };
        let name = if law.words.chars().count() > LONG { "the limit" } else { law.words };
        let beside_rate = |border: f64| {
            let [_, border] = apart_by(number, rate, border);
            border
        };
        let (value, half) = (beside_rate(limit), beside_rate(limit / 2.0));
        let is_within = law.recursion.oscillates_late() && crosses;
        let text = match self.zone(rate) {
            Zone::Slow | Zone::Stable if is_within => format!("{MONOTONE} by the quadratic, not the loss"),
            Zone::Diverging => return (format!("beyond {name} = {value} {place}"), Ink::Gap),
            Zone::Slow | Zone::Unlimited if arrived => format!("small {place}: far below {name}"),
            Zone::Slow | Zone::Unlimited => format!("slow {place}: far below {name}"),
            Zone::Oscillating => format!("oscillates {place}: beyond {} = {half}", half_words(&law)),
            Zone::Stable if law.recursion.oscillates_late() => {
                format!("{MONOTONE}: up to {} = {half}", half_words(&law))
            }
            Zone::Stable => format!("stable: up to {name} = {value}"),
        };
        (text, Ink::Muted)
    }

    /// The same of a share of a whole step.
    fn describe_share(&self, share: f64) -> (String, Ink) {
        let text = match self.zone(share) {
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
            _ => None,
        }
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
        if law.recursion.oscillates_late() {
            return format!(
                "In the quadratic model at the playhead the method is stable below {name} = {value}. It is slow below a twentieth of that, then monotone, oscillating beyond half of that, and diverging above."
            );
        }
        format!(
            "In the quadratic model at the playhead the method is stable below {name} = {value}, and diverges above. It is slow where the rate is so small that not even its velocity oscillates."
        )
    }
}

/// How half of gradient descent's limit is written.
fn half_words(law: &StabilityBound) -> &'static str {
    if law.words == law.words_of_one { "1/f″" } else { "1/λmax" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LocalModel;
    use crate::drawing::sentence::sentence;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::Point;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::explain::Explanation;
    use crate::run::{Recipe, Run, StepAnalysis};

    impl RateAssessment {
        fn at(method: &Choice, landscape: &Landscape, at: Point) -> Self {
            let curvature = Curvature::of(&LocalModel::new(landscape.loss(), at));
            Self::of(method.stability_bound(), curvature.as_ref())
        }
    }

    fn assessment(optimizer: &str, landscape: &str, x: f64, y: f64) -> RateAssessment {
        let landscape = Landscape::parse(landscape).unwrap();
        let curvature = Curvature::of(&LocalModel::new(landscape.loss(), Point::new(x, y)));
        RateAssessment::of(Choice::parse(optimizer).unwrap().stability_bound(), curvature.as_ref())
    }

    #[test]
    fn gradient_descent_is_slow_descends_rings_and_diverges() {
        let valley = assessment("gd", "quad:lam=1,kappa=20", 1.0, 1.0);
        let zones = [0.004, 0.03, 0.07, 0.2].map(|rate| valley.zone(rate));
        assert_eq!(zones, [Zone::Slow, Zone::Stable, Zone::Oscillating, Zone::Diverging], "the limit is 2/20");
        assert_eq!(
            valley.describe(0.07, "here", false, false).0,
            "oscillates here: beyond 1/λmax = 0.05000",
            "oscillating"
        );
        assert_eq!(
            valley.describe(0.2, "here", false, false),
            ("beyond 2/λmax = 0.1000 here".to_owned(), Ink::Gap),
            "diverging"
        );
    }

    #[test]
    fn a_rate_on_the_border_is_not_beyond_it_and_one_beyond_does_not_look_like_it() {
        let valley = assessment("gd", "quad:lam=1,kappa=20", 1.0, 1.0);
        for (rate, zone, words) in [
            (0.1, Zone::Oscillating, "oscillates here: beyond 1/λmax = 0.05000"),
            (0.1 + 1e-15, Zone::Oscillating, "oscillates here: beyond 1/λmax = 0.05000"),
            (0.100_001, Zone::Diverging, "beyond 2/λmax = 0.100000 here"),
            (0.05, Zone::Stable, "monotone: up to 1/λmax = 0.05000"),
            (0.050_000_1, Zone::Oscillating, "oscillates here: beyond 1/λmax = 0.0500000"),
        ] {
            assert_eq!(
                (valley.zone(rate), valley.describe(rate, "here", false, false).0.as_str()),
                (zone, words),
                "{rate}"
            );
        }
    }

    /// The zones are those of the quadratic model, the sentence speaks of the loss: where the two differ, that is said.
    #[test]
    fn a_step_that_crosses_the_valley_is_not_said_to_be_monotone() {
        let mut said = [0, 0];
        for landscape in entries().map(Landscape::of) {
            for share in [0.1, 0.3, 0.45, 0.499] {
                let start = Point::from(landscape.suggestion().start);
                let mut choice = Choice::parse("gd").unwrap();
                let first = RateAssessment::at(&choice, &landscape, start);
                let Some((limit, _)) = first.limit() else { continue };
                choice.set(choice.entry.rate_index().unwrap(), share * limit).unwrap();
                let run = Run::of(&landscape, &Recipe::new(choice.clone(), start, 12));
                for step in 0..run.iterates().len() {
                    let Some(analysis) = StepAnalysis::of(&run, step) else { continue };
                    let explanation = Explanation::of(&analysis, &run, None, None);
                    let assessment = RateAssessment::at(&choice, &landscape, analysis.iterate.at);
                    let words = assessment.describe(share * limit, "here", false, explanation.crosses_valley()).0;
                    if !words.starts_with(MONOTONE) {
                        continue;
                    }
                    let sentence: String = sentence(&explanation).into_iter().map(|piece| piece.text).collect();
                    let crosses = ["crossed the valley", "jumped over"].iter().any(|what| sentence.contains(what));
                    let is_qualified = words == "monotone by the quadratic, not the loss";
                    assert!(is_qualified || !crosses, "{landscape} at {step}: {sentence} beside {words}");
                    said[usize::from(is_qualified)] += 1;
                }
            }
        }
        assert!(said.iter().all(|count| *count > 3), "both are said: {said:?}");
    }

    #[test]
    fn a_velocity_knows_no_monotone_rates() {
        let valley = assessment("momentum:beta=0.9", "quad:lam=1,kappa=20", 1.0, 1.0);
        let zones: Vec<Zone> = valley.stretches().into_iter().map(|stretch| stretch.zone).collect();
        assert_eq!(zones, [Zone::Slow, Zone::Stable, Zone::Diverging], "three zones");
        assert_eq!(valley.marks()[0].1, "2(1+β)/λmax", "its own limit");
    }

    #[test]
    fn a_run_that_arrives_is_not_said_to_be_slow() {
        let mut said = [0, 0];
        let lawful = || ENTRIES.iter().filter(|method| Choice::of(method).stability_bound().is_ok());
        for landscape in entries().map(Landscape::of) {
            for method in lawful().filter(|method| method.unsupported_reason(&landscape).is_none()) {
                for share in [0.02, 0.045, 0.4] {
                    let mut choice = Choice::of(method);
                    let at_start = RateAssessment::at(&choice, &landscape, Point::from(landscape.suggestion().start));
                    let Some((limit, _)) = at_start.limit() else { continue };
                    choice.set(method.rate_index().unwrap(), share * limit).unwrap();
                    let run = Run::of(&landscape, &Recipe::new(choice, Point::from(landscape.suggestion().start), 400));
                    let [first, last] = [&run.iterates()[0], run.iterates().last().unwrap()];
                    let is_far = last.gradient.norm() > 1e-3 * first.gradient.norm();
                    let assessments = [first, last]
                        .map(|iterate| RateAssessment::at(&run.recipe().optimizer, &landscape, iterate.at));
                    for assessment in assessments {
                        let (words, _) = assessment.describe(share * limit, "here", run.walker().arrived(), false);
                        let is_slow = words.starts_with("slow");
                        assert!(is_far || !is_slow, "{} at {share} on {landscape}: {words}", method.id);
                        said[usize::from(is_slow)] += usize::from(assessment.zone(share * limit) == Zone::Slow);
                    }
                }
            }
        }
        assert!(said.iter().all(|count| *count > 5), "both are said: {said:?}");
    }

    /// The share of Newton's step: its zones are those of the distance that it leaves of a quadratic, wherever one is, and in fog.
    #[test]
    fn a_share_of_the_whole_step_has_the_zones_of_the_distance_that_it_leaves() {
        for (landscape, start) in
            [("bowl", Point::new(1.0, 1.0)), ("quad", Point::new(-2.0, 1.0)), ("saddle", Point::new(0.5, 0.2))]
        {
            let landscape = Landscape::parse(landscape).unwrap();
            for (share, zone, words) in [
                (0.05, Zone::Slow, "slow: a small part of the way"),
                (0.6, Zone::Stable, "monotone: less than the whole step"),
                (1.0, Zone::Stable, "the whole step: exact on a quadratic"),
                (1.5, Zone::Oscillating, "oscillates: beyond the whole step"),
                (2.0, Zone::Oscillating, "oscillates: beyond the whole step"),
                (2.2, Zone::Diverging, "beyond 2: leaves a quadratic"),
            ] {
                let choice = Choice::parse(&format!("newton:scale={share}")).unwrap();
                let run = Run::of(&landscape, &Recipe::new(choice.clone(), start, 1));
                let [before, after] = [0, 1].map(|step| run.iterates()[step].at.coords);
                let left = after.dot(&before) / before.norm_squared();
                assert!((left - (1.0 - share)).abs() < 1e-9, "{landscape} at {share}: {left} is left");
                let seen = match left {
                    left if left.abs() > 1.0 + 1e-9 => Zone::Diverging,
                    left if left < -1e-9 => Zone::Oscillating,
                    left if left > 0.9 => Zone::Slow,
                    _ => Zone::Stable,
                };
                let assessment = RateAssessment::at(&choice, &landscape, start).in_fog();
                assert_eq!((assessment.zone(share), seen), (zone, zone), "{landscape} at {share}");
                assert_eq!(assessment.describe(share, "here", false, false).0, words, "{landscape} at {share}");
                assert_eq!(assessment.track_end(), Some(2.5), "{landscape}");
            }
        }
    }

    #[test]
    fn where_there_is_no_limit_it_is_said() {
        for (method, words) in [
            ("adam", "no limit is known: its rates vary"),
            ("sign_gd", "no limit: it oscillates at any rate"),
            ("sam", "no limit: it hovers at any rate"),
            ("coordinate_gd:lr=0.1", "descent guaranteed: below 2/max Hᵢᵢ = 2.000"),
            ("newton:matrix=gauss_newton", "below 2 near the minimum"),
            ("saddle_free", "no zones: a search shortens it"),
        ] {
            let assessment = assessment(method, "bowl", 1.0, 1.0);
            assert_eq!(assessment.describe(0.1, "here", false, false).0, words, "{method}");
            assert_eq!(assessment.zone(2.1), Zone::Unlimited, "{method} is not said to diverge");
        }
        assert_eq!(
            assessment("gd", "saddle", 1.0, 1.0).caution(),
            Some("for λ₂; along λ₁ the loss curves down"),
            "saddle"
        );
        let hilltop = assessment("gd", "himmelblau", -0.27, -0.92);
        assert_eq!(hilltop.describe(0.1, "here", false, false).0, "no limit here: the loss curves down", "hilltop");
        assert_eq!(hilltop.caution(), Some("so the steps grow at any rate"), "hilltop");
        assert_eq!(hilltop.zone(0.1), Zone::Unlimited, "hatched");
        assert_eq!(
            RateAssessment::of(Choice::parse("gd").unwrap().stability_bound(), None),
            RateAssessment::NoCurvature,
            "not finite"
        );
        let fog = assessment("gd", "bowl", 1.0, 1.0).in_fog();
        let assessed = (fog.describe(9.0, "here", false, false).0, fog.zone(9.0), fog.marks().len(), fog.caution());
        assert_eq!(assessed, ("in fog".to_owned(), Zone::Unlimited, 0, None), "no word of the limit");
    }
}
