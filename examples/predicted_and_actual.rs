//! What each step of a method was predicted to change, by the tangent plane and by the quadratic model, and what came.
//!
//! `cargo run --example predicted_and_actual -- "formula:x^4 - 3x^2 + x + y^2" momentum:lr=0.05 2,1`
#![expect(clippy::print_stdout, reason = "an example prints what it computes")]

use std::env;
use std::error::Error;

use taylorscope::analysis::LocalModel;
use taylorscope::landscapes::{Landscape, number};
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::run::{Recipe, Run};

const STEPS: usize = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let mut word = |usual: &str| words.next().unwrap_or_else(|| usual.to_owned());
    let landscape = Landscape::parse(&word("himmelblau"))?;
    let method = Choice::parse(&word("gd:lr=0.02"))?;
    let start = point(&word("-0.5,-1.4"))?;

    let run = Run::of(&landscape, &Recipe::new(method.clone(), start, STEPS));
    println!("{method} on {landscape}");
    println!("{:>4} {:>12} {:>12} {:>12} {:>12}", "step", "loss", "plane", "quadratic", "actual");
    for (step, iterate) in run.iterates().iter().enumerate() {
        let change = LocalModel::new(landscape.loss(), iterate.at).change(landscape.loss(), iterate.taken);
        println!(
            "{step:4} {:12.4e} {:12.4e} {:12.4e} {:12.4e}",
            iterate.loss, change.linear, change.quadratic, change.actual
        );
    }
    if let Some(stop) = run.stop() {
        println!("{}", stop.text);
    }
    Ok(())
}

/// Reads `X,Y`.
fn point(text: &str) -> Result<Point, Box<dyn Error>> {
    let (x, y) = text.split_once(',').ok_or("a start is written X,Y")?;
    Ok(Point::new(number("x", x)?, number("y", y)?))
}
