//! Tests of the sweep: every setting against its own walk, and against the theorems.

use super::*;
use crate::analysis::Search;
use crate::run::{End, Recipe, Walker};

fn question(landscape: &str, method: &str, x: SweepAxis, y: Option<SweepAxis>) -> SweepQuestion {
    let landscape = Landscape::parse(landscape).unwrap();
    let search = Search::finished(&landscape);
    let critical = search.points();
    SweepQuestion {
        minima: KnownMinima::among(&critical, &search.sets(), landscape.loss(), landscape.domain()),
        critical,
        optimizer: Choice::parse(method).unwrap(),
        start: Point::new(1.3, 0.7),
        steps: 400,
        tolerance: Tolerance::Gradient(1e-6),
        x,
        y,
        seeds: Vec::new(),
        landscape,
    }
}

fn axis(method: &str, key: &str, ends: [f64; 2], count: usize, is_log: bool) -> SweepAxis {
    let method = Choice::parse(method).unwrap().entry;
    SweepAxis::spaced(SweepKey::find(method, key).unwrap(), ends, count, is_log)
}

/// By its definition: a walker with these parameters, until its gradient is that short.
fn alone(question: &SweepQuestion, optimizer: Choice) -> (Option<usize>, f64) {
    let recipe = Recipe {
        tolerance: Some(1e-6),
        goes_on_diverged: false,
        ..Recipe::new(optimizer, question.start, question.steps)
    };
    let mut walker = Walker::new(&question.landscape, &recipe);
    walker.advance(usize::MAX);
    let reached = (walker.end() == Some(&End::Converged)).then(|| walker.reached() - 1);
    let loss = if walker.crossing().is_some() { f64::NAN } else { walker.place().unwrap().loss };
    (reached, loss)
}

#[test]
fn every_setting_is_what_its_own_walk_comes_to() {
    for (method, first, second) in [
        ("momentum", ("lr", [1e-3, 1.0]), ("beta", [0.0, 0.99])),
        ("adam", ("lr", [1e-3, 1.0]), ("beta2", [0.5, 0.999])),
        ("gd:schedule=inverse_time", ("lr", [1e-3, 0.5]), ("decay", [0.001, 0.1])),
        ("gd_armijo", ("c", [1e-4, 0.4]), ("shrink", [0.2, 0.8])),
        ("newton", ("scale", [0.1, 1.9]), ("scale", [0.1, 1.9])),
    ] {
        let x = axis(method, first.0, first.1, 13, true);
        let y = (second.0 != first.0).then(|| axis(method, second.0, second.1, 9, false));
        let question = question("himmelblau", method, x, y);
        let whole = Sweep::finished(question.clone()).unwrap();
        let mut slow = Sweep::new(question.clone()).unwrap();
        while !slow.advance(900) {
            slow = slow.clone();
        }
        let [width, height] = question.size();
        for row in 0..height {
            for column in 0..width {
                let mut optimizer = question.optimizer.clone();
                for (axis, place) in question.axes().zip([column, row]) {
                    let SweepKey::Parameter(parameter) = axis.key else { panic!("a parameter") };
                    optimizer.parameters[parameter] = axis.values[place];
                }
                let cell = whole.cell(column, row).unwrap();
                let (reached, loss) = alone(&question, optimizer.clone());
                assert_eq!((cell.reached, cell.losses[1].to_bits()), (reached, loss.to_bits()), "{optimizer}");
                let sliced = slow.cell(column, row).unwrap();
                assert_eq!((sliced.reached, sliced.end), (cell.reached, cell.end), "{optimizer} in slices");
            }
        }
    }
}

#[test]
fn descent_on_a_quadratic_converges_up_to_two_over_the_curvature() {
    let mut question = question("quad:kappa=10", "gd", axis("gd", "lr", [0.01, 0.5], 400, false), None);
    question.steps = 3000;
    let found = question.stability_limits().unwrap();
    let largest = question.landscape.loss().second_order(Point::origin()).hessian.eigen().values[1];
    let limit = found.limits[0].unwrap();
    assert!(found.is_minimum && (limit - 2.0 / largest).abs() < 1e-9, "{found:?} for 2/{largest}");
    let sweep = Sweep::finished(question.clone()).unwrap();
    for (column, rate) in question.x.values.iter().enumerate() {
        // Beside the limit itself it takes for ever to tell.
        if (rate / limit - 1.0).abs() > 0.01 {
            let end = sweep.cell(column, 0).unwrap().end;
            assert_eq!(end, if *rate < limit { RaceEnd::Minimum } else { RaceEnd::Diverged }, "at {rate}");
        }
    }
}

/// Along the direction of negative curvature the distance grows at every rate.
#[test]
fn a_saddle_has_no_stable_rate() {
    for axes in [("lr", None), ("lr1", Some("lr2"))] {
        let along = |key| axis("gd", key, [0.01, 0.5], 5, false);
        let saddle = question("saddle", "gd", along(axes.0), axes.1.map(along));
        assert_eq!(saddle.stability_limits(), None, "{axes:?}");
        assert_eq!(saddle.falls_away_at(), Some(saddle.start), "{axes:?}");
    }
    let bowl = question("bowl", "gd", axis("gd", "lr", [0.01, 0.5], 5, false), None);
    let adam = question("saddle", "adam", axis("adam", "lr", [0.01, 0.5], 5, false), None);
    assert_eq!(adam.falls_away_at(), None, "no theorem");
    assert!(bowl.stability_limits().is_some() && bowl.falls_away_at().is_none());
}

#[test]
fn momentum_converges_up_to_its_boundary_and_each_weight_up_to_its_own() {
    let method = "momentum";
    let mut momentum = question(
        "quad:kappa=10",
        method,
        axis(method, "lr", [0.02, 1.2], 60, false),
        Some(axis(method, "beta", [0.0, 0.9], 10, false)),
    );
    momentum.steps = 3000;
    let found = momentum.stability_limits().unwrap();
    let largest = momentum.landscape.loss().second_order(Point::origin()).hessian.eigen().values[1];
    for (limit, beta) in found.limits.iter().zip(&momentum.y.as_ref().unwrap().values) {
        let expected = 2.0 * (1.0 + beta) / largest;
        assert!((limit.unwrap() - expected).abs() < 1e-9 * expected, "{limit:?} at β = {beta}");
    }
    let weights = question(
        "quad:kappa=10,theta=0.4",
        "gd",
        axis("gd", "lr1", [0.02, 1.5], 40, false),
        Some(axis("gd", "lr2", [0.02, 1.5], 40, false)),
    );
    for question in [momentum, SweepQuestion { steps: 3000, ..weights }] {
        let (found, sweep) = (question.stability_limits().unwrap(), Sweep::finished(question.clone()).unwrap());
        let [width, height] = question.size();
        let mut counts = [0, 0];
        for row in 0..height {
            for column in 0..width {
                let [along, other] = if found.axis == 0 { [column, row] } else { [row, column] };
                let rate = question.axes().nth(found.axis).unwrap().values[along];
                let limit = found.limits[other].unwrap_or(0.0);
                if (rate / limit - 1.0).abs() < 0.03 {
                    continue;
                }
                let end = sweep.cell(column, row).unwrap().end;
                let expected = if rate < limit { RaceEnd::Minimum } else { RaceEnd::Diverged };
                assert_eq!(end, expected, "{}: {rate} beside {limit}", question.optimizer);
                counts[usize::from(rate < limit)] += 1;
            }
        }
        assert!(counts.iter().all(|count| *count > 50), "both sides are there: {counts:?}");
    }
}

#[test]
fn seeds_have_a_median_and_a_spread() {
    let noisy = "gd:lr=0.01,noise=2";
    let mut question = question("bowl", noisy, axis(noisy, "lr", [0.01, 0.2], 7, true), None);
    question.steps = 60;
    question.seeds = (1..=9).collect();
    let sweep = Sweep::finished(question.clone()).unwrap();
    for column in 0..7 {
        let [least, median, most] = sweep.cell(column, 0).unwrap().losses;
        assert!(least < median && median < most, "{least}, {median}, {most}");
        let mut optimizer = question.optimizer.clone();
        optimizer.parameters[0] = question.x.values[column];
        let seed = optimizer.entry.index_of(SEED).unwrap();
        let mut losses = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0].map(|value| {
            optimizer.parameters[seed] = value;
            alone(&question, optimizer.clone()).1
        });
        losses.sort_by(f64::total_cmp);
        assert_eq!([losses[0], losses[4], losses[8]], [least, median, most]);
    }
}

/// By any tolerance a walk in lanes arrives where a walker that looks at every step does.
#[test]
fn lanes_watch_what_a_walker_watches() {
    for tolerance in [Tolerance::Loss(1e-3), Tolerance::Distance(0.05)] {
        for method in ["momentum", "adam", "nesterov"] {
            let x = axis(method, "lr", [1e-3, 0.3], 23, true);
            let question = SweepQuestion { tolerance, ..question("himmelblau", method, x, None) };
            let sweep = Sweep::finished(question.clone()).unwrap();
            let mut arrivals = 0;
            for (column, rate) in question.x.values.iter().enumerate() {
                let mut optimizer = question.optimizer.clone();
                optimizer.parameters[0] = *rate;
                let recipe =
                    Recipe { goes_on_diverged: false, ..Recipe::new(optimizer, question.start, question.steps) };
                let mut walker = Walker::new(&question.landscape, &recipe);
                let is_there = |walker: &Walker| {
                    let place = walker.place().unwrap();
                    match tolerance {
                        Tolerance::Loss(most) => place.loss <= most,
                        _ => question
                            .critical
                            .iter()
                            .any(|point| point.kind == Kind::Minimum && (point.at - place.at).norm() <= 0.05),
                    }
                };
                while walker.end().is_none() && !is_there(&walker) {
                    walker.advance(1);
                }
                let expected = is_there(&walker).then(|| walker.reached() - 1);
                let cell = sweep.cell(column, 0).unwrap();
                assert_eq!(cell.reached, expected, "{method}, η = {rate}, {tolerance:?}");
                assert!(expected.is_none() || cell.end == RaceEnd::Minimum, "{method}, η = {rate}: {:?}", cell.end);
                arrivals += usize::from(expected.is_some());
            }
            assert!((5..23).contains(&arrivals), "{method}, {tolerance:?}: some arrive, some do not: {arrivals}");
        }
    }
}

#[test]
fn a_walk_may_arrive_by_its_loss_or_its_distance() {
    let x = axis("gd", "lr", [0.01, 0.9], 5, true);
    let near = SweepQuestion { tolerance: Tolerance::Distance(0.1), ..question("bowl", "gd", x, None) };
    let low = SweepQuestion { tolerance: Tolerance::Loss(0.005), ..near.clone() };
    let [near, low] = [near, low].map(|question| Sweep::finished(question).unwrap());
    for column in 0..5 {
        // f = r²/2: a loss of 0.005 is a distance of 0.1.
        let [near, low] = [&near, &low].map(|sweep| sweep.cell(column, 0).unwrap());
        assert_eq!((near.reached, near.end), (low.reached, RaceEnd::Minimum));
        assert!(near.reached.is_some());
    }
}

#[test]
fn what_cannot_be_varied_is_refused() {
    let rates = |method: &str| (axis("gd", "lr1", [0.1, 0.2], 3, false), method.to_owned());
    let refusal = |(x, method): (SweepAxis, String)| {
        Sweep::new(question("himmelblau", &method, x, None)).err().map(|error| error.to_string())
    };
    assert!(refusal(rates("langevin")).unwrap().contains("does not move by −η times a direction"));
    assert!(refusal(rates("newton")).unwrap().contains("no rate for each weight"));
    assert_eq!(refusal(rates("adam")), None);
    let seeds = SweepQuestion { seeds: vec![1, 2], ..question("bowl", "gd", rates("gd").0, None) };
    assert!(Sweep::new(seeds).err().unwrap().to_string().contains("draws no random numbers"));
    let one = question("parabola", "gd", rates("gd").0, None);
    assert!(Sweep::new(one).err().unwrap().to_string().contains("one weight"));
}
