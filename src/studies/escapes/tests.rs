//! The intervals are those in which long runs end elsewhere, however the trials are divided.

use super::*;
use crate::analysis::Search;
use crate::numbers::SplitMix64;
use crate::optimizers::Choice;
use crate::run::Run;

fn escapes(landscape: &str, method: &str, start: [f64; 2], keeps: bool, from: Option<usize>) -> Escapes {
    let landscape = Landscape::parse(landscape).unwrap();
    let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), 200);
    let question = EscapeQuestion { recipe, from, keeps_asymptotic_rate: keeps };
    let mut escapes = Escapes::new(&landscape, question, &Search::finished(&landscape).points()).unwrap();
    while !escapes.advance(10_000) {}
    escapes
}

/// Inside the interval the run's own end is another basin, outside it is not: by runs that are long from the beginning.
#[test]
fn the_intervals_are_those_in_which_the_run_ends_elsewhere() {
    let mut counts = [0_usize; 2];
    for (landscape, method, start, keeps, from) in [
        ("double_well", "momentum:lr=0.02,beta=0.9", [2.0, 1.0], false, None),
        ("double_well", "momentum:lr=0.02,beta=0.9", [2.0, 1.0], true, None),
        ("double_well", "momentum:lr=0.02,beta=0.9", [2.0, 1.0], false, Some(4)),
        ("himmelblau", "momentum:lr=0.004,beta=0.9", [-0.5, -1.4], false, None),
        ("camel6", "nesterov:lr=0.02", [1.6, 1.2], false, None),
        ("formula:x^4/4-x^2/2+0.1x", "momentum:lr=0.05", [1.8, 0.0], false, None),
    ] {
        let found = escapes(landscape, method, start, keeps, from);
        let landscape = &found.landscape;
        let mut random = SplitMix64::of_names(&[landscape.name(), method]);
        for stretch in found.stretches() {
            let [low, high] = stretch.beta;
            // Near its edges, and where many are narrow, one coefficient says nothing of its neighbor.
            if high - low < 0.02 {
                continue;
            }
            let beta = low + (0.05 + 0.9 * random.uniform()) * (high - low);
            let recipe = Recipe { steps: 20_000, tolerance: Some(1e-9), ..found.recipe(beta) };
            let end = Run::of(landscape, &recipe).iterates().last().unwrap().at;
            let size = landscape.domain().size();
            let is_home = landscape.dimension().part(end - found.home().unwrap()).norm() < 0.03 * size;
            match stretch.ending {
                EscapeEnd::Stays => assert!(is_home, "{landscape} {method}: {beta} in {stretch:?} ends at {end}"),
                EscapeEnd::Escapes(minimum) => {
                    let is_there = landscape.dimension().part(end - minimum).norm() < 0.03 * size;
                    assert!(is_there && !is_home, "{landscape} {method}: {beta} in {stretch:?} ends at {end}");
                }
                EscapeEnd::Diverges | EscapeEnd::Open => continue,
            }
            counts[usize::from(is_home)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count >= 4), "elsewhere and at home: {counts:?}");
}

#[test]
fn the_double_well_is_left_in_one_interval_that_holds_the_usual_coefficient() {
    let found = escapes("double_well", "momentum:lr=0.02,beta=0.9", [2.0, 1.0], false, None);
    let stretches = found.stretches();
    assert_eq!(stretches[0].ending, EscapeEnd::Stays, "without momentum it stays");
    let around = stretches.iter().find(|stretch| (stretch.beta[0]..stretch.beta[1]).contains(&0.9)).unwrap();
    assert!(matches!(around.ending, EscapeEnd::Escapes(_)), "{around:?}");
    let edges: f64 = stretches.windows(2).map(|pair| (pair[0].beta[1] - pair[1].beta[0]).abs()).sum();
    assert_eq!((edges, stretches[0].beta[0], stretches.last().unwrap().beta[1]), (0.0, 0.0, 0.99), "no gaps");
}

#[test]
fn how_it_is_divided_into_slices_changes_nothing() {
    let whole = escapes("double_well", "momentum:lr=0.02", [2.0, 1.0], false, None);
    let mut parts = Escapes::new(&whole.landscape, whole.question.clone(), &whole.known).unwrap();
    while !parts.advance(1) {}
    assert_eq!(parts.tried, whole.tried);
    assert!(parts.is_same(&whole) && parts.tried.len() < MOST);
    let mut places: Vec<usize> = (0..=RASTER).map(place).collect();
    places.sort_unstable();
    assert_eq!(places, (0..=RASTER).collect::<Vec<_>>(), "each once");
}

#[test]
fn the_rate_keeps_the_asymptotic_one() {
    for (rate, before, beta, expected) in [(0.02, 0.9, 0.5, 0.1), (0.1, 0.5, 0.9, 0.02), (0.02, 0.9, 0.99, 0.002)] {
        assert_eq!(rate_beside(rate, before, beta), expected, "{rate} at {before} becomes that at {beta}");
    }
    let (mut rate, mut beta) = (0.0173, 0.87);
    let mut random = SplitMix64::of_names(&["rate", "drag"]);
    for _ in 0..1000 {
        let next = 0.99 * random.uniform();
        (rate, beta) = (rate_beside(rate, beta, next), next);
    }
    assert!((rate / (1.0 - beta) / (0.0173 / 0.13) - 1.0).abs() < 1e-9, "after a long drag, too");
}

#[test]
fn there_are_none_without_momentum_and_without_another_minimum() {
    for (landscape, method, why) in [
        ("double_well", "gd", NoEscape::NoMomentum),
        ("double_well", "sgd", NoEscape::NoMomentum),
        ("bowl", "momentum", NoEscape::OneMinimum),
    ] {
        let landscape = Landscape::parse(landscape).unwrap();
        let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(1.0, 1.0), 60);
        let question = EscapeQuestion { recipe, from: None, keeps_asymptotic_rate: false };
        let found = Escapes::new(&landscape, question, &Search::finished(&landscape).points());
        assert_eq!(found.err(), Some(why), "{method}");
    }
}
