//! What a Hessian–vector product costs on this machine, in gradients: measured with the jets that this program computes both by.

use std::hint::black_box;

use super::Clock;
use crate::landscapes::Landscape;
use crate::numbers::Point;

/// Evaluations of one sample each that a round takes of both, about.
const IN_ROUND: usize = 20_000;
/// How many rounds there are.
const ROUNDS: usize = 24;

/// The measurement as far as it has come.
#[derive(Clone)]
pub struct ProductCost {
    landscape: Landscape,
    at: Point,
    clock: Clock,
    rounds: usize,
    /// The least seconds that a round of gradients took, and one of products.
    least: [f64; 2],
}

impl ProductCost {
    /// Nothing is measured yet.
    pub fn new(landscape: &Landscape, at: Point, clock: Clock) -> Self {
        Self { landscape: landscape.clone(), at, clock, rounds: 0, least: [f64::INFINITY; 2] }
    }

    /// Whether it is of the same loss, wherever it is measured.
    pub fn is_of(&self, landscape: &Landscape) -> bool {
        self.landscape == *landscape
    }

    /// Whether it measures the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.landscape == other.landscape && self.at == other.at
    }

    /// Whether it is over.
    pub fn is_finished(&self) -> bool {
        self.rounds == ROUNDS
    }

    /// A round of both; true once all are done. What disturbs one of them lengthens it, so the shortest counts.
    pub fn advance(&mut self) -> bool {
        if !self.is_finished() {
            let loss = self.landscape.loss();
            let count = (IN_ROUND / self.landscape.cost().max(1)).max(1);
            let gradients = self.timed(count, |at| {
                black_box(loss.first_order(at));
            });
            let products = self.timed(count, |at| {
                black_box(loss.second_order(at));
            });
            self.least = [self.least[0].min(gradients), self.least[1].min(products)];
            self.rounds += 1;
        }
        self.is_finished()
    }

    fn timed(&self, count: usize, evaluate: impl Fn(Point)) -> f64 {
        let begun = (self.clock)();
        for _ in 0..count {
            evaluate(black_box(self.at));
        }
        (self.clock)() - begun
    }

    /// A product in gradients: one pass of second-order jets, which has Hv for every v, beside one of first-order jets. `None` before
    /// the end, and where the clock is too coarse.
    pub fn factor(&self) -> Option<f64> {
        let [gradient, product] = self.least;
        (self.is_finished() && gradient > 0.0 && product.is_finite()).then(|| product / gradient)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static NOW: Cell<f64> = const { Cell::new(0.0) };
    }

    /// A clock of which each look takes as long as the next of these.
    fn clock() -> f64 {
        NOW.with(|now| {
            let looks = now.get();
            now.set(looks + 1.0);
            // Gradients take two, products five.
            let [whole, part] = [(looks / 4.0).floor(), looks % 4.0];
            7.0 * whole + [0.0, 2.0, 2.0, 7.0][part as usize]
        })
    }

    #[test]
    fn the_factor_is_the_ratio_of_both() {
        let landscape = Landscape::parse("rosenbrock").unwrap();
        let mut cost = ProductCost::new(&landscape, Point::new(-1.2, 1.0), clock);
        assert_eq!(cost.factor(), None);
        let mut rounds = 1;
        while !cost.advance() {
            rounds += 1;
        }
        assert_eq!((rounds, cost.factor()), (ROUNDS, Some(2.5)));
    }
}
