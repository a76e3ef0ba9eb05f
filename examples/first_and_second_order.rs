//! What the second order buys, and what it asks for: steps and evaluations until the gradient is small.
//!
//! `cargo run --example first_and_second_order`
#![expect(clippy::print_stdout, reason = "an example prints what it computes")]

use taylorscope::landscapes::{InputError, Landscape};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::run::{Recipe, Run};

/// A run ends where ‖∇f‖ is this small.
const TOLERANCE: f64 = 1e-6;
const MOST_STEPS: usize = 100_000;

fn main() -> Result<(), InputError> {
    let landscape = Landscape::parse("rosenbrock")?;
    println!("Rosenbrock's function from (-1.2, 1) to a gradient of {TOLERANCE:e}\n");
    println!("{:28} {:>7} {:>8} {:>10} {:>9}", "method", "steps", "values", "gradients", "Hessians");
    for method in ["gd:lr=0.0015", "momentum:lr=0.0004", "nesterov:lr=0.0004", "bfgs", "newton_damped", "newton"] {
        let mut recipe = Recipe::new(Choice::parse(method)?, Point::new(-1.2, 1.0), MOST_STEPS);
        recipe.tolerance = Some(TOLERANCE);
        let run = Run::of(&landscape, &recipe);
        let Some(last) = run.iterates().last() else { continue };
        let steps = run.iterates().len() - 1;
        let evaluations = last.evaluations;
        println!(
            "{method:28} {steps:7} {:8} {:10} {:9}",
            evaluations.values, evaluations.gradients, evaluations.hessians
        );
    }
    Ok(())
}
