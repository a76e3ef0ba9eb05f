//! The best rates of a race: the same whatever was set, and near the best of all that could be tried.

use super::tests::race;
use super::{Criterion, Race, RaceEnd, RaceQuestion, Tune, needles};
use crate::optimizers::{BETA, Choice, LEARNING_RATE};

/// A landscape, a method with what is not tuned, a start, and when it has finished.
type Case = (&'static str, &'static str, [f64; 2], Criterion);

const CASES: [Case; 5] = [
    ("rosenbrock", "momentum", [-1.2, 1.0], Criterion::Loss(1e-6)),
    ("rosenbrock", "adam", [-1.2, 1.0], Criterion::Loss(1e-6)),
    ("himmelblau", "momentum", [-1.0, 0.5], Criterion::Gradient(1e-6)),
    ("quad:kappa=20,theta=0.3", "gd", [-2.1, 1.7], Criterion::Distance(1e-6)),
    ("beale", "nesterov", [1.0, 1.5], Criterion::Loss(1e-6)),
];

/// A class that starts from other rates finds the same best ones.
#[test]
fn the_best_rate_does_not_depend_on_what_was_set() {
    for (landscape, method, start, criterion) in [CASES[0], CASES[2], CASES[3]] {
        for tune in [Tune::Rate, Tune::RateAndMomentum] {
            let has_beta = Choice::parse(method).unwrap().entry.index_of(BETA).is_some();
            let found =
                ["lr=0.0024", "lr=0.7", "lr=1e-9"].into_iter().zip(["0.9", "0.95", "0.2"]).map(|(rate, beta)| {
                    let is_beta_free = has_beta && tune == Tune::RateAndMomentum;
                    let beta = if is_beta_free { format!(",beta={beta}") } else { String::new() };
                    let (race, finish) = race(landscape, &[&format!("{method}:{rate}{beta}")], start, criterion, tune);
                    let entrant = &race.entrants()[0];
                    (entrant.optimizer().unwrap(), entrant.row(&finish).unwrap(), entrant.trials())
                });
            let found: Vec<_> = found.collect();
            assert!(found.windows(2).all(|pair| pair[0] == pair[1]), "{method} on {landscape}, {tune:?}");
        }
    }
}

/// Once the runs are set to the best rates the race is the same, and is not walked again.
#[test]
fn tuned_once_more_it_is_the_same() {
    let (race, _) = race("rosenbrock", &["gd", "momentum"], [-1.2, 1.0], Criterion::Loss(1e-6), Tune::RateAndMomentum);
    let best: Vec<Choice> = race.entrants().iter().map(|entrant| entrant.optimizer().unwrap()).collect();
    let mut question = race.question().clone();
    for (recipe, best) in question.recipes.iter_mut().zip(&best) {
        recipe.optimizer = best.clone();
    }
    let renewed = race.renewed(question.clone());
    assert!(renewed.is_finished(), "what is known stays");
    let mut anew = Race::new(question, None);
    anew.finish();
    for race in [renewed, anew] {
        let again: Vec<Choice> = race.entrants().iter().map(|entrant| entrant.optimizer().unwrap()).collect();
        assert_eq!(again, best);
    }
}

/// A best rate that is luck is named, by walks with the rates beside it; one that is none is not.
#[test]
fn a_best_rate_that_is_a_needle_is_said_to_be_one() {
    for ((landscape, method, start, criterion), is_needle) in [(CASES[0], true), (CASES[3], false)] {
        let (race, finish) = race(landscape, &[method], start, criterion, Tune::Rate);
        let entrant = &race.entrants()[0];
        let (tuned, best) = (entrant.optimizer().unwrap(), entrant.row(&finish).unwrap().gradients);
        let beside = [0.99, 1.01].map(|factor| {
            let mut recipe = race.question().recipes[0].clone();
            recipe.optimizer = tuned.clone();
            recipe.optimizer.parameters[tuned.entry.rate_index().unwrap()] *= factor;
            let mut beside =
                Race::new(RaceQuestion { recipes: vec![recipe], tune: Tune::Nothing, ..race.question().clone() }, None);
            beside.finish();
            beside.entrants()[0].row(&finish).unwrap()
        });
        let worst = beside.iter().map(|row| row.gradients).fold(0.0, f64::max);
        let excess = entrant.excess_beside().unwrap();
        let said = needles(&race, &|_| "It".to_owned());
        assert_eq!((worst > 2.0 * best, said.is_some()), (is_needle, is_needle), "{method} on {landscape}: {said:?}");
        assert!(!excess.is_finite() || (excess - worst / best).abs() < 1e-9, "{method}: {excess}, {worst} and {best}");
    }
}

/// Between two rates the steps of a method with memory go up and down: the best of a fine grid is hardly better than what is found.
#[test]
fn no_rate_of_a_fine_grid_is_much_better() {
    /// Rates over six powers of ten, each 1.4 % larger than the one before.
    const RATES: i32 = 1000;
    let tunes = [Tune::Rate, Tune::Rate, Tune::RateAndMomentum, Tune::Rate, Tune::Rate];
    for ((landscape, method, start, criterion), tune) in CASES.into_iter().zip(tunes) {
        let (race, finish) = race(landscape, &[method], start, criterion, tune);
        let entrant = &race.entrants()[0];
        let found = entrant.row(&finish).unwrap().gradients;
        let tuned = entrant.optimizer().unwrap();
        let betas = match tuned.values().find(BETA) {
            Some(_) if tune == Tune::RateAndMomentum => vec![0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99],
            Some(beta) => vec![beta],
            None => vec![0.0],
        };
        let own = &race.question().recipes[0];
        let recipe = |(rate, beta): (f64, f64)| {
            let mut recipe = own.clone();
            let entry = recipe.optimizer.entry;
            let places = [entry.rate_index(), entry.index_of(BETA)];
            for (place, value) in places.into_iter().zip([rate, beta]) {
                if let Some(place) = place {
                    recipe.optimizer.parameters[place] = value;
                }
            }
            recipe
        };
        let rate = |index: i32| 1e-5 * 10f64.powf(6.0 * f64::from(index) / f64::from(RATES));
        let pairs = betas.iter().flat_map(|beta| (0..RATES).map(move |index| (rate(index), *beta)));
        let question =
            RaceQuestion { recipes: pairs.map(recipe).collect(), tune: Tune::Nothing, ..race.question().clone() };
        let mut grid = Race::new(question, None);
        grid.finish();
        let rows = grid.entrants().iter().filter_map(|entrant| entrant.row(&finish).zip(entrant.optimizer()));
        // What only passes by is no better.
        let rests = rows.filter(|(row, _)| row.can_win() && row.stays && row.end.is_some_and(RaceEnd::is_rest));
        let (best, by) = rests.min_by(|a, b| a.0.gradients.total_cmp(&b.0.gradients)).unwrap();
        let said = format!("{method} on {landscape}, {tune:?}: {found} at {tuned}, {} at {by}", best.gradients);
        assert!(found <= 1.02 * best.gradients, "{said}");
        assert!(tuned.values().get(LEARNING_RATE) > 0.0, "{said}");
    }
}
