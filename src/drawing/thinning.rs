//! A very long run without what the screen cannot tell apart: no step within one cell, no stretch between two cells twice.

use crate::numbers::Point;
use crate::run::Iterate;

/// Shorter runs are drawn as they are.
pub const VERY_MANY: usize = 20_000;
/// Stretches remembered as drawn; forgetting one only draws it again.
const REMEMBERED: usize = 1 << 14;

type Cell = [i64; 2];

/// The run as paths that look the same as all of it, given the width of a cell in landscape units.
///
/// A run that rings between a few places is as many paths, not a million strokes on top of each other.
pub fn thinned(iterates: &[Iterate], cell: f64) -> Vec<Vec<Point>> {
    // Cut, not rounded down: the cells along the axes are twice as wide, and a million roundings are saved.
    let scale = 1.0 / cell;
    let mut drawn = vec![None; REMEMBERED];
    let mut paths: Vec<Vec<Point>> = Vec::new();
    let mut last: Option<(Cell, Point)> = None;
    let mut connected = false;
    for iterate in iterates {
        let here = [(iterate.at.x * scale) as i64, (iterate.at.y * scale) as i64];
        match last {
            None => paths.push(vec![iterate.at]),
            Some((before, _)) if before == here => continue,
            Some((before, from)) => {
                if is_new(&mut drawn, before, here) {
                    if !connected {
                        paths.push(vec![from]);
                    }
                    if let Some(path) = paths.last_mut() {
                        path.push(iterate.at);
                    }
                    connected = true;
                } else {
                    connected = false;
                }
            }
        }
        if last.is_none() {
            connected = true;
        }
        last = Some((here, iterate.at));
    }
    paths
}

/// Whether a stretch was not drawn yet, as far as remembered; it is remembered now.
fn is_new(drawn: &mut [Option<(Cell, Cell)>], from: Cell, to: Cell) -> bool {
    let mix = |hash: u64, number: i64| (hash ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let hash = [from[0], from[1], to[0], to[1]].into_iter().fold(0, mix);
    let place = &mut drawn[(hash >> 40) as usize % REMEMBERED];
    let new = *place != Some((from, to));
    *place = Some((from, to));
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::{Recipe, Run};

    fn run(optimizer: &str) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::new(0.15, 0.35), 50_000);
        Run::of(&Landscape::parse("himmelblau").unwrap(), &recipe)
    }

    #[test]
    fn a_run_that_rings_is_a_few_strokes_and_one_that_travels_keeps_its_shape() {
        let cell = 0.005;
        let ringing = run("gd_normalized:lr=0.5");
        let strokes: usize = thinned(ringing.iterates(), cell).iter().map(Vec::len).sum();
        assert!(strokes < 2000, "{strokes} places for a run that rings");

        let travelling = run("momentum:lr=0.001");
        let paths = thinned(travelling.iterates(), cell);
        for iterate in travelling.iterates() {
            let near = paths.iter().flatten().any(|place| (place - iterate.at).norm() < 2.0 * cell);
            assert!(near, "{} is drawn", iterate.at);
        }
    }
}
