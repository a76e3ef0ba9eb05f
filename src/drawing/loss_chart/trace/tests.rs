//! Traces grow with their runs, at a bounded price.

use super::*;
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::run::Recipe;

fn recipe(method: &str, steps: usize) -> (Landscape, Recipe) {
    let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::new(-1.2, 1.0), steps);
    (Landscape::parse("rosenbrock").unwrap(), Recipe { tolerance: None, ..recipe })
}

fn wanted(quantity: StepQuantity, log_x: bool, minima: &KnownMinima) -> Wanted<'_> {
    Wanted { quantity, log_x, playhead: 7, minima: (minima, 0), exceeds_frame: false }
}

#[test]
fn a_trace_that_grew_is_that_of_the_whole_run() {
    let minima = KnownMinima::default();
    for (method, steps) in [("gd:lr=0.001", 5000), ("newton_damped", 90), ("bfgs", 201), ("gd_armijo", 900)] {
        for quantity in StepQuantity::ALL {
            for log_x in [false, true] {
                let (landscape, recipe) = recipe(method, steps);
                let mut run = Run::begin(&landscape, &recipe);
                let mut grown = Trace::default();
                while !run.advance(97) || grown.is_behind() {
                    grown.follow(&run, &wanted(quantity, log_x, &minima), &mut 40);
                }
                while grown.key.is_none() || grown.is_behind() {
                    grown.follow(&run, &wanted(quantity, log_x, &minima), &mut 40);
                }
                let mut budget = usize::MAX;
                grown.follow(&run, &wanted(quantity, log_x, &minima), &mut budget);
                let whole = Trace::of(&run, &wanted(quantity, log_x, &minima));
                assert_eq!(grown.points(usize::MAX), whole.points(usize::MAX), "{method} {quantity:?}");
                assert_eq!(grown.limits(), whole.limits(), "{method} {quantity:?}");
            }
        }
    }
}

#[test]
fn what_costs_something_is_computed_at_few_steps_evenly() {
    let (landscape, recipe) = recipe("gd:lr=0.001", 30_000);
    let run = Run::of(&landscape, &recipe);
    let minima = KnownMinima::default();
    let trace = Trace::of(&run, &wanted(StepQuantity::LargestEigenvalue, false, &minima));
    let points = trace.points(usize::MAX);
    assert_eq!(trace.sampled(30_000), Some([401, 30_001]));
    assert!(points.len() <= 402 && points.iter().any(|(step, _)| *step == 7), "and the shown one");
    let widest = points.windows(2).map(|pair| pair[1].0 - pair[0].0).max();
    assert!(widest.is_some_and(|widest| widest <= 76), "{widest:?} apart at most");
    let read = trace.read(&run, 15_020, &minima).unwrap();
    assert!(read.0.abs_diff(15_020) <= 38, "the nearest: {read:?}");
}

#[test]
fn a_frame_costs_no_more_than_its_budget() {
    let (landscape, recipe) = recipe("gd:lr=0.001", 30_000);
    let run = Run::of(&landscape, &recipe);
    let minima = KnownMinima::default();
    let (mut trace, mut frames) = (Trace::default(), 0);
    while trace.key.is_none() || trace.is_behind() {
        let mut budget = 1500;
        trace.follow(&run, &wanted(StepQuantity::SmallestEigenvalue, false, &minima), &mut budget);
        frames += 1;
    }
    assert!((8..=9).contains(&frames), "50 Hessians a frame: {frames} frames for 401 of them");
}

/// What others find of the steps that are wanted is what the frames would have found, in whatever pieces it comes.
#[test]
fn steps_that_are_taken_again_elsewhere_give_the_same_values() {
    let minima = KnownMinima::default();
    for (method, quantity) in
        [("gd_exact", StepQuantity::Multiple), ("bfgs", StepQuantity::MatrixError), ("cg", StepQuantity::Multiple)]
    {
        let (landscape, recipe) = recipe(method, 700);
        let run = Run::of(&landscape, &recipe);
        let costly = Wanted { exceeds_frame: true, ..wanted(quantity, false, &minima) };
        let mut trace = Trace::of(&run, &costly);
        assert!(trace.points(usize::MAX).is_empty() && !trace.is_behind(), "{method}: no frame takes any");
        let steps = trace.wanted_steps(&run);
        let [known, all] = trace.waits().unwrap();
        assert_eq!((known, all), (0, steps.len()), "{method}: every one is wanted once");
        assert!(steps[1] > run.iterates().len() / 4, "{method}: coarse first: {steps:?}");
        let mut replays = Replays::new(&run, &steps);
        replays.advance(1);
        trace.take(&replays, &run);
        assert_eq!(trace.waits(), Some([1, all]), "{method}: as it comes");
        assert_eq!(trace.wanted_steps(&run).len(), all - 1);
        while !replays.advance(1000) {}
        trace.take(&replays, &run);
        let whole = Trace::of(&run, &wanted(quantity, false, &minima));
        let mut expected = whole.points(usize::MAX);
        // The frames know the shown step as well.
        expected.retain(|(step, _)| steps.contains(step));
        assert_eq!((trace.waits(), trace.points(usize::MAX)), (None, expected), "{method}");
        let other = Run::of(&landscape, &recipe);
        let mut untouched = Trace::of(&other, &costly);
        untouched.take(&replays, &other);
        assert_eq!(untouched.waits(), Some([0, all]), "{method}: of another run");
    }
}
