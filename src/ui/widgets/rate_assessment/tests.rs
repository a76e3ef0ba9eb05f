//! What is said of rates at a point is what runs with them do.

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
        (0.1, Zone::Oscillating, "exactly 2/λmax = 0.1000 here: neither converges nor diverges"),
        (0.1 + 1e-15, Zone::Oscillating, "exactly 2/λmax = 0.1000 here: neither converges nor diverges"),
        (0.099_999, Zone::Oscillating, "oscillates here: beyond 1/λmax = 0.05000"),
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
                let assessments =
                    [first, last].map(|iterate| RateAssessment::at(&run.recipe().optimizer, &landscape, iterate.at));
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
            (2.0, Zone::Oscillating, "exactly 2: neither converges nor diverges"),
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

/// The words of a rate exactly at a method's own limit are those of the run: along λmax it oscillates without end.
#[test]
fn exactly_at_its_limit_no_method_is_said_to_converge_or_to_diverge() {
    let landscape = Landscape::parse("quad:lam=1,kappa=20").unwrap();
    let start = Point::new(1.0, 1.0);
    let mut count = 0;
    for method in ENTRIES.iter().filter(|method| Choice::of(method).stability_bound().is_ok()) {
        let mut choice = Choice::of(method);
        let assessment = RateAssessment::at(&choice, &landscape, start);
        let Some((limit, _)) = assessment.limit() else { continue };
        let said = |share: f64| assessment.describe(share * limit, "here", false, false).0;
        assert!(said(1.0).contains(": neither converges nor diverges"), "{}: {}", method.id, said(1.0));
        for share in [0.999, 1.001] {
            assert!(!said(share).contains("neither"), "{} at {share}: {}", method.id, said(share));
        }
        choice.set(method.rate_index().unwrap(), limit).unwrap();
        let run = Run::of(&landscape, &Recipe::new(choice, start, 2000));
        let along = |step: usize| run.iterates()[step].at.coords;
        let [early, late] = [1000, 2000].map(|step| along(step).norm());
        assert!(early > 1e-3 && (late / early - 1.0).abs() < 1e-3, "{}: {early}, later {late}", method.id);
        count += 1;
    }
    assert!(count > 2, "{count} methods have a limit");
    let sure = assessment("coordinate_gd:lr=0.1", "bowl", 1.0, 1.0);
    assert_eq!(sure.describe(2.0, "here", false, false).0, "not guaranteed: exactly at 2/max Hᵢᵢ = 2.000");
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
    assert_eq!(assessment("gd", "saddle", 1.0, 1.0).caution(), Some("for λ₂; along λ₁ the loss curves down"), "saddle");
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
