//! Races whose results are known.

use super::*;
use crate::analysis::Search;
use crate::numbers::Point;
use crate::optimizers::{BETA, Choice, CostModel, ENTRIES, LEARNING_RATE, MethodCost, SEED, Storage};
use crate::run::Walker;

pub(super) fn race(
    landscape: &str,
    methods: &[&str],
    start: [f64; 2],
    criterion: Criterion,
    tune: Tune,
) -> (Race, Finish) {
    let landscape = Landscape::parse(landscape).unwrap();
    let search = Search::finished(&landscape);
    let critical = search.points();
    let minima = KnownMinima::among(&critical, &search.sets(), landscape.loss(), landscape.domain());
    let f_star = minima.lowest().map(|lowest| lowest.value);
    let finish = Finish { criterion, f_star, model: CostModel::new(2.0) };
    let recipes =
        methods.iter().map(|text| Recipe::new(Choice::parse(text).unwrap(), Point::from(start), 60)).collect();
    let limit = Limit { steps: 5000, evaluations: 100_000, rest: criterion.rest(), within: None };
    let mut race = Race::new(
        RaceQuestion { landscape, recipes, further: Vec::new(), critical, minima, limit, tune, finish },
        None,
    );
    race.finish();
    (race, finish)
}

fn rows(race: &Race, finish: &Finish) -> Vec<Row> {
    race.entrants().iter().map(|entrant| entrant.row(finish).unwrap()).collect()
}

/// On x² + 10y² from (1, 1) the factor a step is 1 − 2η in x and 1 − 20η in y: at η = 0.04, 0.92 and 0.2.
#[test]
fn steps_to_a_tolerance_are_those_of_the_factors() {
    let methods = ["gd:lr=0.04", "gd:lr=0.11", "newton"];
    let start = [1.0, 1.0];
    for (criterion, expected) in [
        // 0.92²ᵏ ≤ 1e-6 for k ≥ 82.85; 10·0.2²ᵏ is nothing by then.
        (Criterion::Loss(1e-6), [Some(83), None, Some(1)]),
        // 2·0.92ᵏ ≤ 1e-6 for k ≥ 174.003.
        (Criterion::Gradient(1e-6), [Some(175), None, Some(1)]),
        (Criterion::Distance(1e-3), [Some(83), None, Some(1)]),
    ] {
        let (race, finish) = race("formula:x^2+10y^2", &methods, start, criterion, Tune::Nothing);
        let rows = rows(&race, &finish);
        assert_eq!(rows.iter().map(|row| row.reached).collect::<Vec<_>>(), expected, "{criterion:?}");
        let ends: Vec<_> = rows.iter().map(|row| row.end.unwrap()).collect();
        assert_eq!(ends, [RaceEnd::Minimum, RaceEnd::Diverged, RaceEnd::Minimum]);
        assert_eq!((rows[2].evaluations.gradients, rows[2].evaluations.hessians), (1, 1), "one step, each asked once");
    }
    let (race, _) = race("formula:x^2+10y^2", &methods, start, Criterion::Budget(30.0), Tune::Nothing);
    let finish =
        |weights| Finish { criterion: Criterion::Budget(30.0), f_star: Some(0.0), model: CostModel::new(weights) };
    assert_eq!(rows(&race, &finish(2.0))[0].steps, 30, "thirty gradients, thirty steps");
    assert_eq!(rows(&race, &finish(2.0))[2].steps, 1, "1 + 2.5·2 gradients, and it is there");
    assert_eq!(rows(&race, &finish(100.0))[2].steps, 0, "one Hessian of 100 weights is 250 gradients");
}

/// On a quadratic the best rate of gradient descent is 2/(λ₁+λ₂), where both factors are equal.
#[test]
fn the_best_rate_is_that_of_the_theorem() {
    let (race, finish) =
        race("quad:kappa=20,theta=0", &["gd", "momentum"], [-2.1, 1.7], Criterion::Distance(1e-9), Tune::Rate);
    let landscape = &race.question().landscape;
    let [low, high] = landscape.loss().second_order(Point::origin()).hessian.eigen().values;
    let tuned = race.entrants()[0].optimizer().unwrap();
    let rate = tuned.values().get(LEARNING_RATE);
    assert!((rate * (low + high) / 2.0 - 1.0).abs() < 0.02, "η = {rate} for 2/(λ₁+λ₂) = {}", 2.0 / (low + high));
    let trials = race.entrants()[0].trials();
    assert!(trials.len() > 40 && trials.windows(2).all(|pair| pair[0].rate < pair[1].rate), "by rising rate");
    let limit = 2.0 / high;
    for trial in &trials {
        assert_eq!(trial.loss.is_infinite(), trial.rate > limit * (1.0 + 1e-12), "{trial:?}, limit {limit}");
    }
    let rows = rows(&race, &finish);
    let best = trials.iter().filter_map(|trial| trial.reached).min();
    assert_eq!(rows[0].reached, best, "it walks with the best");
    let (both, finish) = self::race(
        "quad:kappa=20,theta=0",
        &["gd", "momentum"],
        [-2.1, 1.7],
        Criterion::Distance(1e-9),
        Tune::RateAndMomentum,
    );
    let with_beta = self::rows(&both, &finish);
    assert!(with_beta[1].reached < rows[1].reached && with_beta[1].reached < with_beta[0].reached);
    assert!(both.entrants()[1].optimizer().unwrap().values().get(BETA) < 0.9, "κ = 20 wants less than 0.9");
    assert_eq!(with_beta[0], rows[0], "nothing to tune but the rate");
}

/// The work of Newton's method grows like n³, that of gradient descent like n: where they are equal is the flip.
#[test]
fn the_winner_flips_where_the_work_is_equal() {
    let criterion = Criterion::Loss(1e-6);
    let (race, finish) = race("rosenbrock", &["gd:lr=0.0015", "newton", "bfgs"], [-1.2, 1.0], criterion, Tune::Nothing);
    let found = flips(race.entrants(), &finish);
    assert!(!found.is_empty());
    for flip in &found {
        let work = |place: usize, weights: f64| {
            let finish = Finish { model: CostModel::new(weights), ..finish };
            race.entrants()[place].row(&finish).unwrap().operations
        };
        let ratio = work(flip.before, flip.weights) / work(flip.after, flip.weights);
        assert!((ratio - 1.0).abs() < 0.01, "{flip:?}: {ratio}");
        assert!(work(flip.before, flip.weights * 0.98) < work(flip.after, flip.weights * 0.98), "{flip:?}");
    }
    assert!(found.windows(2).all(|pair| pair[0].after == pair[1].before && pair[0].weights < pair[1].weights));
    assert_eq!(found.last().map(|flip| flip.after), rows(&race, &finish)[0].reached.map(|_| 0).or(Some(2)));
}

/// Newton's method is drawn to saddles: it meets ‖∇f‖ ≤ 1e-6 there, and does not win by that.
#[test]
fn a_saddle_is_no_victory() {
    let criterion = Criterion::Gradient(1e-6);
    let (race, finish) = race("beale", &["newton", "saddle_free"], [1.3, 1.6], criterion, Tune::Nothing);
    let rows = rows(&race, &finish);
    assert!(rows[0].reached.is_some() && rows[0].reached < rows[1].reached);
    assert_eq!(rows[0].end, Some(RaceEnd::Saddle));
    assert_eq!(rows.iter().map(Row::can_win).collect::<Vec<_>>(), [false, true]);
    assert!(flips(race.entrants(), &finish).is_empty());
}

#[test]
fn how_it_is_divided_into_slices_changes_nothing_and_what_is_known_is_not_walked_again() {
    let methods = ["gd:lr=0.01", "momentum:lr=0.003", "sgd:lr=0.02,batch=4"];
    let criterion = Criterion::Gradient(1e-4);
    let (whole, finish) = race("tanh2", &methods, [0.7, -1.3], criterion, Tune::Rate);
    let mut parts = Race::new(whole.question().clone(), None);
    while !parts.advance(500) {}
    assert_eq!(rows(&parts, &finish), rows(&whole, &finish));
    let mut question = whole.question().clone();
    question.recipes.remove(1);
    let renewed = whole.clone().renewed(question);
    assert!(renewed.is_finished(), "both are known");
    let mut question = whole.question().clone();
    question.recipes[0].start = Point::new(0.1, 0.2);
    let renewed = whole.renewed(question);
    assert!(!renewed.is_finished() && renewed.entrants()[1].is_finished(), "another start is another walk");
}

/// A start without a value, a landscape without a minimum, and a method that cannot walk: each has its row or says so.
#[test]
fn odd_races_end() {
    let (nowhere, finish) =
        race("formula:ln(x)+y^2", &["gd", "newton"], [-1.0, 0.0], Criterion::Loss(1e-6), Tune::Rate);
    assert!(nowhere.is_finished() && nowhere.entrants().iter().all(|entrant| entrant.row(&finish).is_none()));
    let (saddle, finish) = race("saddle", &["gd", "sgd"], [1.5, 0.01], Criterion::Loss(1e-6), Tune::Nothing);
    assert_eq!(finish.f_star, None);
    let rows = rows(&saddle, &finish);
    assert_eq!(rows.iter().map(|row| row.reached).collect::<Vec<_>>(), [None, None]);
    assert_eq!(rows[1].end, Some(RaceEnd::Undefined), "there are no samples");
}

/// A rule that steps over a kink again and again is kept off by it, and one that is slow is not.
#[test]
fn a_kink_keeps_off_who_has_a_fixed_rate() {
    let criterion = Criterion::Gradient(1e-6);
    for (landscape, method, start, is_kept_off) in [
        ("l1", "gd:lr=0.05", [1.33, -0.87], true),
        ("l1", "adam:lr=0.05", [1.33, -0.87], true),
        ("relu_kink", "gd:lr=0.05", [-1.2, 1.7], true),
        ("rosenbrock", "gd:lr=1e-5", [-1.2, 1.0], false),
        ("formula:x^2+y^2", "gd:lr=1", [1.0, 0.5], false),
    ] {
        let (race, _) = race(landscape, &[method], start, criterion, Tune::Nothing);
        assert_eq!(race.is_kept_off_by_kink(0), is_kept_off, "{method} on {landscape}");
    }
}

/// Adam at a large rate may come within the tolerance and oscillate there for ever: whoever settles is better, also if later.
#[test]
fn a_rate_that_oscillates_within_the_tolerance_is_not_the_best() {
    let (race, _) = race("himmelblau", &["adam"], [-1.0, 0.5], Criterion::Distance(0.3), Tune::Rate);
    let trials = race.entrants()[0].trials();
    let restless: Vec<&RateTrial> = trials.iter().filter(|trial| trial.reached.is_some() && !trial.settles).collect();
    assert!(!restless.is_empty(), "{trials:?}");
    let later = trials.iter().filter(|trial| trial.settles && trial.reached > restless[0].reached);
    let later: Vec<&RateTrial> = later.collect();
    assert!(!later.is_empty() && later.iter().all(|settled| settled.beats(restless[0]) && !restless[0].beats(settled)));
    let best = race.entrants()[0].optimizer().unwrap().values().get(LEARNING_RATE);
    assert!(trials.iter().any(|trial| trial.rate == best && trial.settles));
    assert_ne!(race.entrants()[0].walk().unwrap().end(), Some(RaceEnd::Cycle));
}

/// Which minimum it is, and whether there is a lower one.
#[test]
fn the_end_of_a_run_is_named_by_its_place_and_its_height() {
    for (landscape, method, start, words) in [
        ("himmelblau", "newton", [3.2, 2.1], "minimum at (3, 2), the lowest known"),
        ("formula:(x^2-1)^2+x/4+y^2", "newton", [0.9, 0.1], "minimum at (0.967, 0), 0.50 above the lowest known"),
        ("formula:(x^2-1)^2+x/4+y^2", "gd:lr=0.05", [-0.9, 0.1], "minimum at (−1.03, 0), the lowest known"),
        ("formula:(x^2-1)^2", "newton", [0.9, 0.0], "minimum at x = 1, the lowest known"),
        ("saddle", "newton", [1.0, 0.5], "saddle at (0, 0)"),
        ("trough", "gd:lr=0.25", [1.0, 0.5], "minimum at (0, 0.5), the lowest known"),
        ("formula:x^2+y^2", "gd:lr=1", [1.0, 0.5], "two-cycle"),
        ("himmelblau", "gd:lr=3", [3.0, 3.0], "diverges"),
    ] {
        let (race, finish) = race(landscape, &[method], start, Criterion::Gradient(1e-6), Tune::Nothing);
        assert_eq!(race.end_in_words(&rows(&race, &finish)[0]), words, "{method} on {landscape}");
    }
}

/// Beyond 2/λmax at the minimum descent comes within a tolerance and leaves it again; below it rests there. Who met it is never only on
/// its way.
#[test]
fn who_met_the_tolerance_is_not_only_on_its_way() {
    let loss = Landscape::parse("himmelblau").unwrap();
    let [_, high] = loss.loss().second_order(Point::new(3.0, 2.0)).hessian.eigen().values;
    for (share, words) in [
        (0.99, "minimum at (3, 2), the lowest known"),
        (1.003, "met at step 1, then a two-cycle"),
        (1.02, "met at step 1, then a two-cycle"),
        (1.28, "met at step 1, leaves again"),
    ] {
        let method = format!("gd:lr={}", share * 2.0 / high);
        let (race, finish) = race("himmelblau", &[&method], [3.0306, 1.9262], Criterion::Loss(0.02), Tune::Nothing);
        let row = &rows(&race, &finish)[0];
        assert_eq!((row.reached, race.end_in_words(row).as_str()), (Some(1), words), "{share}");
        let brief = row.end_in_brief().unwrap();
        assert_eq!(brief.starts_with("met, "), words.starts_with("met"), "{share}: {brief}");
        assert!(!brief.contains("not yet"), "{share}: {brief}");
        assert!(!(row.can_win() && words.ends_with("leaves again")), "{share}: met in passing");
    }
    // One that never rests, but stays near.
    let (race, finish) = race("tanh2", &["sgd:lr=0.2,batch=4"], [0.5, 0.5], Criterion::Loss(0.05), Tune::Nothing);
    let row = &rows(&race, &finish)[0];
    let words = race.end_in_words(row);
    assert!(words.starts_with("met at step ") && words.contains(", stays near ("), "{words}: {row:?}");
}

#[test]
fn ends_are_named_by_what_is_there() {
    for (landscape, method, start, end) in [
        ("trough", "gd:lr=0.25", [1.0, 0.5], RaceEnd::Minimum),
        ("formula:-x^2", "newton", [1.0, 0.5], RaceEnd::Maximum),
        ("formula:x^4+y^4", "newton", [1.0, 0.5], RaceEnd::Minimum),
        ("monkey", "gd", [0.0, 0.0], RaceEnd::Degenerate),
        ("saddle", "newton", [1.0, 0.5], RaceEnd::Saddle),
        ("relu", "gd", [0.0, -2.0], RaceEnd::Flat),
        ("l1", "sign_gd:lr=0.25", [1.0, 0.5], RaceEnd::Kink),
        ("formula:x^2+y^2", "gd:lr=1", [1.0, 0.5], RaceEnd::Cycle),
        ("rosenbrock", "gd:lr=1e-5", [-1.2, 1.0], RaceEnd::NotYet),
    ] {
        let (race, finish) = race(landscape, &[method], start, Criterion::Gradient(1e-6), Tune::Nothing);
        assert_eq!(rows(&race, &finish)[0].end, Some(end), "{landscape}, {method}");
    }
}

/// A method computes a matrix in its steps, or keeps one, or its work grows like the number of weights; more never cost less.
#[test]
fn every_method_costs_what_it_asks_for() {
    for entry in ENTRIES {
        let landscape = Landscape::parse(if entry.needs.likelihood { "logistic" } else { "tanh2" }).unwrap();
        let choice = Choice::of(entry);
        let of = MethodCost::of(&choice, &landscape);
        let mut walker = Walker::new(&landscape, &Recipe::new(choice.clone(), Point::new(0.7, -1.3), 5));
        walker.advance(5);
        let (asked, steps) = (walker.evaluations(), walker.reached() - 1);
        assert!(steps > 0, "{}", entry.id);
        let at = |weights| CostModel::new(weights).operations(&of, asked, steps);
        let [few, many] = [at(2.0), at(1e6)];
        assert!(few > 0.0 && many >= 1e5 * few, "{}: {few}, {many}", entry.id);
        let keeps_matrix = (entry.storage)(choice.values()) == Storage::Matrix;
        let is_square = asked.hessians > 0 || keeps_matrix;
        assert_eq!(many > 1e10 * few, is_square, "{}: {few}, {many}, {asked:?}", entry.id);
        let memory = |weights| CostModel::new(weights).memory(&of);
        assert_eq!(memory(1e6) > 1e10 * memory(2.0), is_square, "{}: memory", entry.id);
    }
}

/// A short gradient on the way to infinity, or on a plateau, is no minimum; and a budget that is used up ends nowhere.
#[test]
fn only_who_rests_at_a_minimum_wins() {
    let criterion = Criterion::Gradient(1e-6);
    let (race, finish) = race("plateau", &["newton", "gd:lr=0.5"], [3.0, 2.0], criterion, Tune::Nothing);
    let found = rows(&race, &finish);
    assert!(found[0].reached.is_some() && found[0].end != Some(RaceEnd::Minimum), "{:?}", found[0]);
    assert_eq!(found.iter().map(Row::can_win).collect::<Vec<_>>(), [false, true]);
    let (race, finish) = self::race("himmelblau", &["newton"], [0.0, 0.0], Criterion::Budget(3.0), Tune::Nothing);
    let row = &rows(&race, &finish)[0];
    assert_eq!((row.steps, row.end, row.end_at), (0, Some(RaceEnd::NotYet), None), "a Hessian is five gradients");
    let edge = "formula:(x^2*y^2-1)^2/4";
    let (race, finish) = self::race(edge, &["gd:lr=0.1"], [4.0, 0.3], criterion, Tune::Nothing);
    let row = &rows(&race, &finish)[0];
    assert_eq!(
        (row.end, row.distance),
        (Some(RaceEnd::Minimum), None),
        "its line of minima is known in the domain alone"
    );
}

/// From (−1.2, 1) five thousand steps reach no gradient of 10⁻⁶: the rate is still one that gets there in the end, below 2/λ at the
/// minimum, and what is only near has not ended.
#[test]
fn a_tuned_rate_that_does_not_get_there_in_time_is_a_stable_one() {
    let (race, finish) = race("rosenbrock", &["gd:lr=0.001"], [-1.2, 1.0], Criterion::Gradient(1e-6), Tune::Rate);
    let row = &rows(&race, &finish)[0];
    assert_eq!((row.reached, row.end), (None, Some(RaceEnd::NotYet)));
    let [_, high] = race.question().landscape.loss().second_order(Point::new(1.0, 1.0)).hessian.eigen().values;
    let rate = race.entrants()[0].optimizer().unwrap().values().get(LEARNING_RATE);
    assert!((0.8..1.0).contains(&(rate * high / 2.0)), "η = {rate}, limit {}", 2.0 / high);
}

/// More freedom never needs more: the best rate with the method's own coefficient is among what is tried.
#[test]
fn tuning_both_is_no_worse_than_tuning_one() {
    for start in [[-1.0, 1.3], [-1.2, 1.0]] {
        let needed = |tune| {
            let (race, finish) = race("rosenbrock", &["momentum"], start, Criterion::Loss(1e-6), tune);
            rows(&race, &finish)[0].reached.unwrap()
        };
        let [one, both] = [Tune::Rate, Tune::RateAndMomentum].map(needed);
        assert!(both <= one, "{both} for {one} from {start:?}");
    }
}

/// Beside (1, 1) a gradient of 10⁻³⁰⁰ cannot be distinguished from 0; at the origin it can, and the tolerance is met.
#[test]
fn a_tolerance_that_numbers_do_not_resolve_is_known() {
    for (landscape, method, criterion, is_too_fine) in [
        ("formula:(x-pi)^2+10(y-0.1)^2", "gd:lr=0.04", Criterion::Gradient(1e-300), true),
        ("formula:(x-pi)^2+10(y-0.1)^2", "gd:lr=0.04", Criterion::Distance(1e-300), true),
        ("formula:(x-pi)^2+10(y-0.1)^2+1", "gd:lr=0.04", Criterion::Gradient(1e-9), false),
        ("formula:(x-pi)^2+10(y-0.1)^2", "gd:lr=1", Criterion::Gradient(1e-300), false),
        ("formula:x^2+10y^2", "gd:lr=0.04", Criterion::Gradient(1e-300), false),
    ] {
        let (race, finish) = race(landscape, &[method], [1.0, 1.0], criterion, Tune::Nothing);
        assert_eq!(race.too_fine(&finish).is_some(), is_too_fine, "{landscape}, {method}, {criterion:?}");
    }
    let (race, finish) =
        race("formula:x^2+10y^2", &["gd:lr=0.09"], [1.0, 1.0], Criterion::Gradient(1e-300), Tune::Nothing);
    assert!(rows(&race, &finish)[0].reached.is_some(), "0.82ᵏ goes on to the least numbers");
}

/// In little room a place has the decimals that tell the minima apart, and no more.
#[test]
fn a_short_place_still_says_which_minimum_it_is() {
    for (landscape, start, whole, short) in [
        ("himmelblau", [3.5, -1.7], "(3.58, −1.85)", "(3.6, −1.8)"),
        ("himmelblau", [2.8, 1.9], "(3, 2)", "(3, 2)"),
        ("formula:(x^2-1/4)^2*(x-0.52)^2+y^2", [0.53, 0.1], "(0.52, 0)", "(0.52, 0)"),
    ] {
        let criterion = Criterion::Gradient(1e-9);
        let (race, finish) = race(landscape, &["newton_damped"], start, criterion, Tune::Nothing);
        let row = &rows(&race, &finish)[0];
        let places = [race.place_in_words(row).unwrap(), race.short_place_in_words(row).unwrap()];
        assert_eq!(places, [whole, short], "{landscape}");
    }
}

/// A rate that is best by the luck of one seed is not the best: it is looked for over all seeds, and all walk with it.
#[test]
fn a_rate_is_tuned_over_all_seeds() {
    let (one, finish) = race("tanh2", &["sgd:lr=0.05,batch=4"], [0.5, 0.5], Criterion::Loss(1e-3), Tune::Rate);
    let question = one.question().clone();
    let seed = question.recipes[0].optimizer.entry.index_of(SEED).unwrap();
    let other = |by: u32| {
        let mut recipe = question.recipes[0].clone();
        recipe.optimizer.parameters[seed] += f64::from(by);
        recipe
    };
    let recipes = (0..4).map(other).collect();
    let mut race = Race::new(RaceQuestion { recipes, further: vec![0; 3], ..question }, None);
    race.finish();
    let rate = |place: usize| race.entrants()[place].optimizer().unwrap().values().get(LEARNING_RATE);
    let seeds: Vec<f64> = (0..4).map(|place| race.entrants()[place].optimizer().unwrap().parameters[seed]).collect();
    assert!((1..4).all(|place| rate(place) == rate(0)), "all with one rate");
    assert!(seeds.windows(2).all(|pair| pair[1] == pair[0] + 1.0), "each with its own seed: {seeds:?}");
    let mean = |rate: f64| {
        let steps = (0..4).map(|by| {
            let mut recipe = other(by);
            let index = recipe.optimizer.entry.rate_index().unwrap();
            recipe.optimizer.parameters[index] = rate;
            let recipes = vec![recipe];
            let question = RaceQuestion { recipes, tune: Tune::Nothing, ..one.question().clone() };
            let mut race = Race::new(question, None);
            race.finish();
            race.entrants()[0].row(&finish).unwrap().steps as f64
        });
        steps.sum::<f64>() / 4.0
    };
    let fewest = race.entrants()[0].trials().iter().filter_map(|trial| trial.reached).min().unwrap();
    assert_eq!(fewest as f64, mean(rate(0)).round(), "what is tried is the mean, and the best of it walks");
}
