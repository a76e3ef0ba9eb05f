//! The loss sampled a few rows at a time, for losses that take longer than a frame.

use std::ops::Range;

use super::height_field::HeightField;
use super::isolines::SampledGrid;
use crate::landscapes::{Landscape, ViewBox};

/// Samples of a landscape that are not all there yet.
pub struct Sampling {
    landscape: Landscape,
    grid: SampledGrid,
    /// How many rows are there, from below.
    rows: usize,
}

impl Sampling {
    /// No sample yet.
    pub fn new(landscape: &Landscape, view: ViewBox, size: [usize; 2]) -> Self {
        Self { landscape: landscape.clone(), grid: SampledGrid::empty(view, size), rows: 0 }
    }

    /// Whether it is of this landscape over this box.
    pub fn is_of(&self, landscape: &Landscape, view: ViewBox) -> bool {
        self.grid.view == view && self.landscape == *landscape
    }

    /// Goes on until about `budget` evaluations of the loss are spent, of one sample each where it has samples; at least
    /// by a row. Returns whether it is complete.
    pub fn advance(&mut self, budget: usize) -> bool {
        let [columns, rows] = self.grid.size;
        let affordable = (budget / (columns * self.landscape.cost())).max(1);
        let next: Range<usize> = self.rows..rows.min(self.rows.saturating_add(affordable));
        let loss = self.landscape.loss();
        self.grid.fill(next.clone(), |xs, y, out| loss.value_row(xs, y, out));
        self.rows = next.end;
        self.rows == rows
    }

    /// The loss, from all of its samples.
    pub fn height_field(self) -> HeightField {
        HeightField::of(self.grid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_at_a_time_are_all_at_once() {
        for text in ["himmelblau", "tanh2", "relu:n=300"] {
            let landscape = Landscape::parse(text).unwrap();
            let size = [40, 31];
            let whole = HeightField::sample(&landscape, landscape.domain(), size);
            let mut sampling = Sampling::new(&landscape, landscape.domain(), size);
            let mut frames = 1;
            while !sampling.advance(7 * 40 * landscape.cost()) {
                frames += 1;
            }
            assert_eq!(frames, 5, "{text}: seven rows a frame");
            let height_field = sampling.height_field();
            assert_eq!((height_field.grid, height_field.levels), (whole.grid, whole.levels), "{text}");
        }
    }
}
