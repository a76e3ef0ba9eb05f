//! What is drawn of long runs, held against all of them.

use super::*;
use crate::landscapes::Landscape;
use crate::optimizers::Choice;
use crate::run::Recipe;

fn run(landscape: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Run {
    let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
    Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
}

fn corners(places: &[Point]) -> usize {
    places.iter().filter(|place| place.x.is_finite()).count()
}

/// Whatever a run does, what is drawn of it is bounded by the pixels of the view, and a longer run has hardly more.
#[test]
fn strokes_are_bounded_by_the_pixels_and_not_by_the_steps() {
    for (landscape, optimizer, start) in [
        ("ackley", "gd", [2.0, 1.0]),
        ("ackley", "momentum:lr=0.02,beta=0.95", [2.0, 1.0]),
        ("rastrigin", "gd:lr=0.02", [2.0, 1.0]),
        ("himmelblau", "gd_normalized:lr=0.5", [0.15, 0.35]),
        ("himmelblau", "gd:lr=0.03,noise=3", [0.15, 0.35]),
        ("rosenbrock", "gd:lr=0.001", [-1.2, 1.0]),
    ] {
        let run = run(landscape, optimizer, start, 100_000);
        let view = run.landscape().domain();
        for across in [300.0, 600.0, 1200.0] {
            let cell = view.size() / across;
            let sizes = ((across * across / PER_SIZE as f64).log2() / 2.0).ceil() + 1.0;
            let most = (sizes * 2.0 * PER_SIZE as f64) as usize;
            let mut thinned = Thinned::new(&run, view, PageScale::equal(cell));
            thinned.advance(&run.iterates()[..run.iterates().len().min(20_000)], usize::MAX);
            let early = corners(thinned.places());
            thinned.advance(run.iterates(), usize::MAX);
            let all = corners(thinned.places());
            assert!(all <= most, "{optimizer} on {landscape}, {across} pixels: {all} corners, at most {most}");
            assert!(early <= all && early > 1, "{optimizer} on {landscape}: {early} of {all}");
        }
    }
}

#[test]
fn every_iterate_in_view_lies_near_what_is_drawn() {
    for (landscape, optimizer) in [
        ("himmelblau", "momentum:lr=0.001"),
        ("himmelblau", "gd_normalized:lr=0.5"),
        ("ackley", "gd:lr=0.01"),
        ("rosenbrock", "gd:lr=0.001"),
    ] {
        let run = run(landscape, optimizer, [0.15, 0.35], 20_000);
        let view = run.landscape().domain();
        let cell = view.size() / 600.0;
        let thinned = Thinned::of(&run, view, PageScale::equal(cell));
        // Or in a tile that has its ink.
        let reach = (1.5 * thinned.cells.scale.units().x).max(cell * tiles::TILE * std::f64::consts::SQRT_2);
        let lines: Vec<[Point; 2]> = thinned.places.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        let distance = |at: Point, [from, to]: [Point; 2]| {
            let way = to - from;
            let share = ((at - from).dot(&way) / way.norm_squared().max(1e-300)).clamp(0.0, 1.0);
            (from + way * share - at).norm()
        };
        for iterate in run.iterates().iter().step_by(17).filter(|iterate| view.contains(iterate.at)) {
            let near = lines.iter().any(|line| distance(iterate.at, *line) < reach)
                || thinned.places.iter().any(|place| (place - iterate.at).norm() < reach);
            assert!(near, "{optimizer} on {landscape}: {} is drawn", iterate.at);
        }
    }
}

/// A run that stays in one place for a million steps leaves the loss under it visible: a stroke is about two points wide.
#[test]
fn no_place_is_filled_with_ink() {
    for (landscape, optimizer) in [
        ("himmelblau", "gd:lr=0.01,noise=10"),
        ("himmelblau", "gd:lr=0.03,noise=3"),
        ("himmelblau", "langevin:temperature=20"),
        ("ackley", "momentum:lr=0.02,beta=0.95"),
        ("ackley", "gd:lr=0.3"),
    ] {
        let run = run(landscape, optimizer, [0.15, 0.35], 60_000);
        let view = run.landscape().domain();
        let cell = view.size() / 500.0;
        let thinned = Thinned::of(&run, view, PageScale::equal(cell));
        // The points of the view within one point of a stroke.
        let side = 500;
        let mut covered = vec![false; side * side];
        let column = |value: f64, low: f64| ((value - low) / cell) as usize;
        for ends in thinned.places.windows(2).filter(|ends| ends.iter().all(|end| end.x.is_finite())) {
            let count = ((ends[1] - ends[0]).norm() / (0.5 * cell)).ceil().max(1.0);
            for index in 0..=count as usize {
                let at = ends[0] + (ends[1] - ends[0]) * (index as f64 / count);
                for [x, y] in [[0.0, 0.0], [cell, 0.0], [0.0, cell], [cell, cell]] {
                    let [column, row] = [column(at.x + x, view.x[0]), column(at.y + y, view.y[0])];
                    if column < side && row < side {
                        covered[row * side + column] = true;
                    }
                }
            }
        }
        // The darkest place as large as a fingertip.
        let wide = 40;
        let share = |[x, y]: [usize; 2]| {
            let rows = (y..y + wide).map(|row| &covered[row * side + x..row * side + x + wide]);
            let count: usize = rows.map(|row| row.iter().filter(|point| **point).count()).sum();
            count as f64 / (wide * wide) as f64
        };
        let places = (0..side - wide).step_by(10).flat_map(|y| (0..side - wide).step_by(10).map(move |x| [x, y]));
        let darkest = places.map(share).fold(0.0, f64::max);
        assert!(darkest < 0.9, "{optimizer} on {landscape}: {darkest:.2} of a place is covered");
        assert!(darkest > 0.1, "{optimizer} on {landscape}: it is to be seen, {darkest:.2}");
    }
}

/// What is seen of a run across the short side of a box does not depend on how long the other side is.
#[test]
fn a_run_is_drawn_across_the_short_side_of_a_slim_box() {
    let run = run("formula:x^2+y^2", "gd:lr=0.3,noise=2", [0.5, 0.5], 6_000);
    let places = |view: ViewBox| Thinned::of(&run, view, PageScale::filling(view, [400.0, 300.0])).places;
    let square = corners(&places(ViewBox::square(3.0)));
    for side in [1e2, 1e4, 1e6] {
        for view in [ViewBox::new(-3.0, 3.0, -side, side), ViewBox::new(-side, side, -3.0, 3.0)] {
            let slim = corners(&places(view));
            assert!(slim > square / 40, "{view:?}: {slim} corners, {square} in a square");
        }
    }
}

#[test]
fn past_and_future_are_all_and_do_not_depend_on_how_the_run_grew() {
    let run = run("ackley", "gd", [2.0, 1.0], 30_000);
    let (view, cell) = (run.landscape().domain(), run.landscape().domain().size() / 500.0);
    let whole = Thinned::of(&run, view, PageScale::equal(cell));
    let mut grown = Thinned::new(&run, view, PageScale::equal(cell));
    for end in (0..run.iterates().len()).step_by(777).chain([run.iterates().len()]) {
        while grown.seen < end {
            grown.advance(&run.iterates()[..end], 100);
        }
    }
    assert_eq!(grown.steps, whole.steps, "the same strokes");
    for step in [0, 1, 1000, 29_999, 30_000] {
        let (past, future) = (whole.past(step), whole.future(step));
        assert_eq!(past.len() + future.len(), whole.places.len() + usize::from(!past.is_empty()), "at {step}");
        assert!(whole.steps[..past.len()].iter().all(|past| *past as usize <= step), "nothing to come at {step}");
    }
}

#[test]
fn another_view_is_looked_at_within_its_budget_and_the_last_one_is_shown_meanwhile() {
    let runs = [run("ackley", "gd", [2.0, 1.0], 30_000), run("bowl", "gd:lr=0.1", [2.0, 1.0], 10)];
    let view = runs[0].landscape().domain();
    let mut thinner = Thinner::default();
    assert!(!thinner.follow(runs.iter(), view, PageScale::equal(0.02), 1000), "at first all at once");
    assert_eq!(thinner.shown().len(), 1, "short runs are drawn as they are");
    let before = thinner.shown()[0].steps.clone();
    let nearer = ViewBox::new(view.x[0] / 2.0, view.x[1] / 2.0, view.y[0] / 2.0, view.y[1] / 2.0);
    let mut frames = 0;
    while thinner.follow(runs.iter(), nearer, PageScale::equal(0.01), 50_000) {
        assert_eq!(thinner.shown()[0].steps, before, "those of the view before");
        frames += 1;
    }
    assert!(frames > 1, "in several frames: {frames}");
    assert_eq!(
        thinner.shown()[0].steps,
        Thinned::of(&runs[0], nearer, PageScale::equal(0.01)).steps,
        "then those of the view"
    );
    assert!(
        !thinner.follow(runs[1..].iter(), nearer, PageScale::equal(0.01), 50_000) && thinner.shown().is_empty(),
        "forgotten"
    );
}
