//! Kink lines as polylines inside a box, where the slope really jumps.

use super::isolines::{SampledGrid, isolines};
use crate::analysis::kinks::{jumps_across, onto_kink_line};
use crate::landscapes::{Argument, KinkLine, Landscape, Loss, ViewBox};
use crate::numbers::{Point, Vector, direction};

/// A piece of a kink line.
#[derive(Clone, Debug, PartialEq)]
pub struct KinkPath {
    /// Where it runs.
    pub line: Vec<Point>,
    /// Its kink line, by its place in the list of the loss surface's kink lines.
    pub kink_line: usize,
    /// The sample that switches there, if it is one.
    pub sample: Option<usize>,
}

/// More kink lines than this would hide the loss: then none is drawn, but those of a sample that was chosen.
pub const MOST: usize = 120;
/// Cells along each side of the grid on which curves are found.
const CELLS: usize = 112;
/// Pieces of a straight kink line that are judged each for itself.
const PIECES: usize = 12;
/// Points of a curved kink line that are judged together.
const TOGETHER: usize = 6;
/// A kink line that is found as more points than this is noise: it switches from cell to cell.
const MOST_POINTS: usize = 20_000;

/// The lines of the kink lines over a box; `size` is that of the region shown.
pub fn kink_paths_over(landscape: &Landscape, kink_lines: &[KinkLine], view: ViewBox, size: f64) -> Vec<KinkPath> {
    if kink_lines.len() > MOST {
        return Vec::new();
    }
    found(landscape, kink_lines.iter().enumerate(), view, size)
}

/// The lines of the kink lines of one sample.
pub fn sample_lines(
    landscape: &Landscape,
    kink_lines: &[KinkLine],
    sample: usize,
    view: ViewBox,
    size: f64,
) -> Vec<KinkPath> {
    let own = kink_lines.iter().enumerate().filter(|(_, kink_line)| kink_line.sample == Some(sample));
    found(landscape, own, view, size)
}

fn found<'a>(
    landscape: &Landscape,
    kink_lines: impl Iterator<Item = (usize, &'a KinkLine)>,
    view: ViewBox,
    size: f64,
) -> Vec<KinkPath> {
    let loss = landscape.loss();
    let lines = kink_lines.flat_map(|(index, kink_line)| {
        let pieces = match &kink_line.argument {
            Argument::Line { normal, constant } => straight(*normal, *constant, view).into_iter().collect(),
            Argument::Curve(function) => curves(kink_line, function.as_ref(), view),
        };
        pieces.into_iter().map(move |piece| (index, kink_line, piece))
    });
    lines
        .flat_map(|(index, kink_line, line)| {
            let torn = torn(loss, kink_line, &line, size);
            torn.into_iter().map(move |line| KinkPath { line, kink_line: index, sample: kink_line.sample })
        })
        .collect()
}

/// The part of n·w + c = 0 inside the box, in pieces.
fn straight(normal: Vector, constant: f64, view: ViewBox) -> Option<Vec<Point>> {
    let foot = Point::from(normal * (-constant / normal.norm_squared()));
    let along = direction(Vector::new(-normal.y, normal.x))?;
    let center = foot + along * along.dot(&(view.center() - foot));
    let [from, to] = view.cut(center - along * (2.0 * view.size()), center + along * (2.0 * view.size()))?;
    Some((0..=PIECES).map(|piece| from + (to - from) * (piece as f64 / PIECES as f64)).collect())
}

/// The zero lines of a function, found on a grid and then moved onto the kink line exactly.
fn curves(kink_line: &KinkLine, function: &dyn Loss, view: ViewBox) -> Vec<Vec<Point>> {
    let grid = SampledGrid::sample(view, [CELLS, CELLS], |xs, y, out| function.value_row(xs, y, out));
    let lines = isolines(&grid, &[0.0]);
    if lines.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
        return Vec::new();
    }
    let reach = view.size() / CELLS as f64;
    lines
        .into_iter()
        .map(|line| line.into_iter().filter_map(|near| onto_kink_line(kink_line, near, reach)).collect())
        .collect()
}

/// The stretches of a line on which the slope really jumps.
fn torn(loss: &dyn Loss, kink_line: &KinkLine, line: &[Point], size: f64) -> Vec<Vec<Point>> {
    let together = if matches!(kink_line.argument, Argument::Line { .. }) { 1 } else { TOGETHER };
    let mut stretches: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for first in (0..line.len().saturating_sub(1)).step_by(together) {
        let piece = &line[first..=(first + together).min(line.len() - 1)];
        // Off the middle, where other kink lines may cross.
        let [a, b] = [piece[(piece.len() - 1) / 2], piece[(piece.len() - 1) / 2 + 1]];
        let probe = onto_kink_line(kink_line, a + (b - a) * 0.37, (b - a).norm());
        let jumps = probe.is_some_and(|at| jumps_across(loss, kink_line, at, size));
        match stretches.last_mut() {
            Some(last) if jumps && open => last.extend(&piece[1..]),
            _ if jumps => stretches.push(piece.to_vec()),
            _ => {}
        }
        open = jumps;
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(landscape: &Landscape) -> Vec<KinkPath> {
        kink_paths_over(landscape, &landscape.kink_lines(), landscape.domain(), landscape.domain().size())
    }

    #[test]
    fn every_kink_line_has_its_line_and_lies_on_it() {
        for (text, count) in
            [("l1", 2), ("relu_kink", 3), ("relu", 16), ("relu2", 1), ("bukin6", 2), ("ackley", 0), ("tanh2", 0)]
        {
            let landscape = Landscape::parse(text).unwrap();
            let (lines, kink_lines) = (lines(&landscape), landscape.kink_lines());
            assert_eq!(lines.len(), count, "{text}");
            for KinkPath { line, kink_line, sample } in &lines {
                assert_eq!(*sample, kink_lines[*kink_line].sample, "{text}: whose it is");
                for at in line {
                    let (value, gradient) = kink_lines[*kink_line].argument.at(*at);
                    assert!(value.abs() <= 1e-12 * gradient.norm() * landscape.domain().size(), "{text}: {at}");
                }
            }
        }
    }

    #[test]
    fn a_circle_is_found_and_what_does_not_jump_is_left_out() {
        let landscape = Landscape::of_formula("|x^2 + y^2 - 1| + x|x|").unwrap();
        let lines = lines(&landscape.with_domain(Some(ViewBox::square(2.0))));
        assert_eq!(lines.len(), 1, "the circle alone: {}", lines.len());
        let turn: f64 = lines[0].line.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum();
        assert!((turn - std::f64::consts::TAU).abs() < 0.01, "once around: {turn}");
        let half = Landscape::of_formula("if(x > 0, |y|, y)").unwrap().with_domain(Some(ViewBox::square(2.0)));
        let right = kink_paths_over(&half, &half.kink_lines(), half.domain(), 4.0);
        assert!(right.iter().flat_map(|line| &line.line).all(|at| at.x > -0.1 || at.x.abs() < 1e-9), "{right:?}");
    }

    #[test]
    fn kink_lines_without_end_are_none() {
        let landscape = Landscape::of_formula("floor(1000 x y) + floor(1e6 x)").unwrap();
        assert!(lines(&landscape).len() < 4000, "and it ends");
    }
}
