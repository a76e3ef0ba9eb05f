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
                EscapeEnd::Diverges | EscapeEnd::Open | EscapeEnd::Untried => continue,
            }
            counts[usize::from(is_home)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count >= 4), "elsewhere and at home: {counts:?}");
}

/// Continued from one coefficient: whether it comes to rest, and away from home.
fn leaves_home(found: &Escapes, beta: f64) -> Option<bool> {
    let landscape = &found.landscape;
    let recipe = Recipe { steps: 20_000, tolerance: Some(1e-9), ..found.recipe(beta) };
    let run = Run::of(landscape, &recipe);
    let size = landscape.domain().size();
    let end = run.iterates().last()?.at;
    let distance = |point: Point| landscape.dimension().part(end - point).norm();
    let rests = found.known.iter().any(|point| point.kind == Kind::Minimum && distance(point.at) < 0.03 * size);
    (rests && run.stop()?.reason == crate::run::StopReason::Converged)
        .then(|| distance(found.home().unwrap()) >= 0.03 * size)
}

/// Every coefficient that is shown as escaping does, and beyond the ends of the interval another end is near.
#[test]
fn an_interval_has_no_holes_and_ends_where_it_is_said_to() {
    const EXACT: f64 = 1e-4;
    let mut cases = vec![("double_well", "momentum:lr=0.02,beta=0.98".to_owned(), [2.0, 1.0])];
    for landscape in ["double_well", "himmelblau", "camel6", "formula:x^4/4-x^2/2+0.1x"] {
        let mut random = SplitMix64::of_names(&[landscape, "escapes"]);
        let surface = Landscape::parse(landscape).unwrap();
        for _ in 0..3 {
            let mut between = |[low, high]: [f64; 2]| low + random.uniform() * (high - low);
            let start = [between(surface.domain().x), between(surface.domain().y)];
            let rate = surface.suggestion().rate * between([0.1, 0.6]);
            cases.push((landscape, format!("momentum:lr={rate}"), start));
        }
    }
    let mut counts = [0_usize; 2];
    for (landscape, method, start) in &cases {
        let found = escapes(landscape, method, *start, false, None);
        if found.home().is_none() {
            continue;
        }
        let mut random = SplitMix64::of_names(&[landscape, method]);
        let stretches = found.stretches();
        for (place, stretch) in stretches.iter().enumerate() {
            let [low, high] = stretch.beta;
            if !matches!(stretch.ending, EscapeEnd::Escapes(_)) || high - low < 4.0 * EXACT {
                continue;
            }
            for _ in 0..20 {
                let beta = low + EXACT + random.uniform() * (high - low - 2.0 * EXACT);
                assert_eq!(
                    leaves_home(&found, beta),
                    Some(true),
                    "{landscape} {method} from {start:?}: {beta} in {stretch:?}"
                );
                counts[0] += 1;
            }
            // Wide enough that what is beyond the end is that stretch.
            for (next, end, way) in [(place.wrapping_sub(1), low, -EXACT), (place + 1, high, EXACT)] {
                let beyond = stretches.get(next).filter(|next| next.ending == EscapeEnd::Stays);
                if beyond.is_some_and(|next| next.beta[1] - next.beta[0] > 2.0 * EXACT) {
                    let home = leaves_home(&found, end + way);
                    assert_eq!(home, Some(false), "{landscape} {method} from {start:?}: beyond {end} of {stretch:?}");
                    counts[1] += 1;
                }
            }
        }
    }
    assert!(counts[0] >= 200 && counts[1] >= 10, "inside and beyond: {counts:?}");
}

/// Heavy ball by its two lines, with nothing of the program but the gradient: where it comes to rest; `None` where it does not.
fn rolled(landscape: &Landscape, [rate, beta]: [f64; 2], start: [f64; 2]) -> Option<Point> {
    let (mut at, mut velocity) = (Point::from(start), crate::numbers::Vector::zeros());
    for _ in 0..20_000 {
        let gradient = landscape.loss().first_order(at).gradient;
        velocity = velocity * beta + gradient;
        at -= velocity * rate;
        if gradient.norm() + velocity.norm() < 1e-7 {
            return Some(at);
        }
    }
    None
}

/// On a fine grid no coefficient well inside a colored interval comes back, and none well outside of them escapes.
#[test]
fn what_is_colored_is_what_a_ball_does_that_is_rolled_apart() {
    const GRID: usize = 1500;
    let cases = [
        ("double_well", 0.02, [2.0, 1.0]),
        ("double_well", 0.02, [1.7, -0.4]),
        ("double_well", 0.05, [2.2, 0.3]),
        ("himmelblau", 0.004, [-0.5, -1.4]),
        ("camel6", 0.01, [1.6, 1.2]),
    ];
    let mut counts = [0_usize; 2];
    for (landscape, rate, start) in crate::numbers::some::some(cases, 2) {
        let found = escapes(landscape, &format!("momentum:lr={rate}"), start, false, None);
        let home = found.home().unwrap();
        let near = 0.03 * found.landscape.domain().size();
        for stretch in found.stretches() {
            for place in 0..=GRID {
                let beta = 1.0 - libm::pow(0.01, place as f64 / GRID as f64);
                // As wide as the raster is there, and as the edges are sought.
                let beside = (1.0 - beta) * -libm::log(0.01) / RASTER as f64 + FINEST;
                if !(stretch.beta[0] + beside..=stretch.beta[1] - beside).contains(&beta) {
                    continue;
                }
                let escaped = match stretch.ending {
                    EscapeEnd::Stays => false,
                    EscapeEnd::Escapes(_) => true,
                    EscapeEnd::Diverges | EscapeEnd::Open | EscapeEnd::Untried => continue,
                };
                let end = rolled(&found.landscape, [rate, beta], start);
                let is_away = end.map(|end| (end - home).norm() > near);
                assert_eq!(is_away, Some(escaped), "{landscape}, {rate}, {start:?}: {beta} in {stretch:?}");
                counts[usize::from(escaped)] += 1;
            }
        }
    }
    assert!(counts.iter().all(|count| *count >= 200), "at home and elsewhere: {counts:?}");
}

/// At β = 0.98 the ball crosses the saddle four times and is home again; from 0.97 to 0.99 it was said to escape.
#[test]
fn a_ball_that_comes_back_is_in_a_hole_of_the_interval() {
    let found = escapes("double_well", "momentum:lr=0.02,beta=0.98", [2.0, 1.0], false, None);
    for (beta, ending) in [(0.981, EscapeEnd::Stays), (0.9878, EscapeEnd::Stays)] {
        let stretches = found.stretches();
        let holds = |stretch: &&Stretch| (stretch.beta[0]..stretch.beta[1]).contains(&beta);
        assert_eq!(stretches.iter().find(holds).unwrap().ending, ending, "β = {beta}: {stretches:?}");
    }
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
