//! Random starts in the domain of a landscape, the same for the same seed.

use crate::landscapes::Landscape;
use crate::numbers::{Point, SplitMix64};

/// Draws for a start, before a landscape counts as one without.
const DRAWS: usize = 100;

/// Starts in the domain, each equally likely, at which the loss has a finite value and gradient; fewer where it hardly ever has.
pub fn random_starts(landscape: &Landscape, count: usize, seed: u64) -> Vec<Point> {
    let mut random = SplitMix64::new(seed);
    let view = landscape.domain();
    let is_one = landscape.dimension().is_one();
    let mut draw = || {
        let x = view.x[0] + view.width() * random.uniform();
        Point::new(x, if is_one { 0.0 } else { view.y[0] + view.height() * random.uniform() })
    };
    let mut starts = Vec::with_capacity(count);
    for _ in 0..DRAWS * count {
        if starts.len() == count {
            break;
        }
        let at = draw();
        let first = landscape.loss().first_order(at);
        if first.value.is_finite() && first.gradient.iter().all(|slope| slope.is_finite()) {
            starts.push(at);
        }
    }
    starts
}
