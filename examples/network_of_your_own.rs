//! A network of two weights on samples of your own: its gradient sample by sample, and every place where it vanishes.
//!
//! `cargo run --example network_of_your_own`
#![expect(clippy::print_stdout, reason = "an example prints what it computes")]

use std::error::Error;

use taylorscope::analysis::Search;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::{Point, Vector};

fn main() -> Result<(), Box<dyn Error>> {
    let samples = vec![[-2.0, -1.4], [-1.0, -1.2], [0.5, 0.8], [1.5, 1.3]];
    let network = Landscape::parse("network:w2*tanh(w1*x)")?.with_samples(samples.clone())?;
    let at = Point::new(0.5, 1.0);

    let gradients = network.sampled_loss().ok_or("a network has samples")?.sample_gradients(at);
    println!("{network} at w = ({}, {})", at.x, at.y);
    for ([x, y], gradient) in samples.iter().zip(&gradients) {
        println!("  sample ({x}, {y}): gradient ({:.4}, {:.4})", gradient.x, gradient.y);
    }
    let mean = gradients.iter().sum::<Vector>() / gradients.len() as f64;
    let whole = network.loss().first_order(at).gradient;
    println!("their mean ({:.4}, {:.4}) is the gradient ({:.4}, {:.4})\n", mean.x, mean.y, whole.x, whole.y);

    let search = Search::finished(&network);
    for point in search.points() {
        println!("{} at ({:.4}, {:.4}), loss {:.5}", point.kind.word(), point.at.x, point.at.y, point.value);
    }
    Ok(())
}
