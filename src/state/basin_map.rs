//! Where the selected run's method ends from every start of a region: walked coarse to fine, the first of it within the frame, the
//! rest in the background.

use super::critical::Critical;
use super::{MapFrame, Pane, View};
use crate::landscapes::{Landscape, ViewBox};
use crate::numbers::Point;
use crate::run::Run;
use crate::studies::{BasinQuestion, Basins, NoBasins, StepRange, TOLERANCE};

// Pairs are of methods that walk from sixteen starts at a time (in lanes), and of those that walk from one after the other.

/// Starts along the longer side of the region.
const STARTS: [usize; 2] = [256, 96];
/// Starts along the shorter side, at least.
const LEAST: usize = 32;
/// What is walked at once in the frame in which the picture changes, in evaluations of one sample each.
const IN_FRAME: [usize; 2] = [1_200_000, 20_000];

/// The walks, as many as have been taken.
#[derive(Default)]
pub(super) struct BasinMap {
    known: Option<Basins>,
    refusal: Option<NoBasins>,
    facts: BasinFacts,
    /// Grows with every change of what is known.
    generation: u64,
}

/// What follows from all walks together.
#[derive(Clone, Debug, Default)]
pub struct BasinFacts {
    /// The numbers of steps that the shades stand for.
    pub steps: StepRange,
    /// A number in the largest part of every basin, where two of them have the same color.
    pub labels: Vec<BasinLabel>,
}

/// The number of a basin, for its place in the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BasinLabel {
    /// The target.
    pub target: usize,
    /// Its place in the legend, from 1 on.
    pub number: usize,
    /// The middle of the largest square of starts that come to it.
    pub at: Point,
    /// How wide that is.
    pub side: f64,
}

impl BasinFacts {
    /// From all walks that have been taken.
    pub fn of(basins: &Basins) -> Self {
        let (question, targets, seen) = (basins.question(), basins.targets(), basins.by_share());
        let mut colors: Vec<usize> = seen.iter().map(|(target, _)| targets[*target].color).collect();
        colors.sort_unstable();
        let are_shared = colors.windows(2).any(|pair| pair[0] == pair[1]);
        let parts = if are_shared { basins.largest_parts() } else { Vec::new() };
        let apart = question.view.width() / question.size[0] as f64;
        let label = |(place, (target, _)): (usize, &(usize, f64))| {
            let part = parts.get(*target).copied().flatten()?;
            let [column, row] = part.middle;
            let (at, side) = (question.start(column, row), apart * part.side as f64);
            Some(BasinLabel { target: *target, number: place + 1, at, side })
        };
        Self { steps: basins.step_range(), labels: seen.iter().enumerate().filter_map(label).collect() }
    }
}

impl BasinMap {
    /// Starts over if method, landscape or region have changed; there is nothing while it is not on the screen.
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, run: Option<&Run>, critical: &Critical) {
        let is_shown = view.has(Pane::Basins) && Pane::Basins.suits(landscape) && !view.in_fog();
        let Some(run) = run.filter(|_| is_shown) else {
            (self.known, self.refusal) = (None, None);
            return;
        };
        // While points are still being searched, what is known of the old ones stays.
        if critical.wanted().is_some()
            && self.known.as_ref().is_some_and(|known| known.question().landscape == *landscape)
        {
            return;
        }
        let question = question(landscape, view, run);
        if self.known.as_ref().is_some_and(|known| known.is_of(&question, critical.points())) {
            return;
        }
        match Basins::new(question, critical.points()) {
            Ok(mut wanted) => {
                wanted.advance(IN_FRAME[usize::from(!wanted.is_in_lanes())]);
                self.put(wanted);
            }
            Err(refusal) => {
                (self.known, self.refusal) = (None, Some(refusal));
                self.generation += 1;
            }
        }
    }

    fn put(&mut self, walks: Basins) {
        self.facts = BasinFacts::of(&walks);
        (self.known, self.refusal) = (Some(walks), None);
        self.generation += 1;
    }

    /// The walks that are to be taken in the background.
    pub(super) fn wanted(&self) -> Option<&Basins> {
        self.known.as_ref().filter(|known| !known.is_finished())
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take(&mut self, walks: Basins) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&walks));
        is_wanted.then(|| self.put(walks)).is_some()
    }

    /// Takes all walks at once.
    pub(super) fn finish(&mut self) {
        if let Some(known) = self.known.as_mut().filter(|known| !known.is_finished()) {
            known.advance(usize::MAX);
            self.facts = BasinFacts::of(known);
            self.generation += 1;
        }
    }

    /// The walks, as many as have been taken.
    pub(super) fn walks(&self) -> Option<&Basins> {
        self.known.as_ref()
    }

    /// What follows from all of them together.
    pub(super) fn facts(&self) -> &BasinFacts {
        &self.facts
    }

    /// Why there are no basins; `None` if there are.
    pub(super) fn refusal(&self) -> Option<NoBasins> {
        self.refusal
    }

    /// Grows with every change of what is known.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }
}

/// What the picture asks of a run's method.
fn question(landscape: &Landscape, view: &View, run: &Run) -> BasinQuestion {
    let optimizer = run.recipe().optimizer.clone();
    let region = view.scene.basin_frame(landscape);
    let one_by_one = usize::from(optimizer.in_lanes(1).is_none());
    let size = size(region, STARTS[one_by_one]);
    let [first, steps] = BasinQuestion::usual_steps(landscape, &optimizer, size);
    BasinQuestion { steps, first, tolerance: TOLERANCE, view: region, size, landscape: landscape.clone(), optimizer }
}

/// The number of starts along each side, in proportion to its length: `most` along the longer one.
fn size(view: ViewBox, most: usize) -> [usize; 2] {
    let longer = view.size();
    [view.width(), view.height()].map(|side| ((most as f64 * side / longer).round() as usize).max(LEAST))
}

impl MapFrame {
    /// The shortest side of a region of the basins.
    pub const SHORTEST: f64 = 1e-12;

    /// Zoomed by a factor about a fixed point as far as numbers tell neighboring starts from each other, down to [`Self::SHORTEST`].
    #[must_use]
    pub fn zoomed_deep(self, factor: f64, about: Point) -> Self {
        let most = 2.0 * self.half[0].min(self.half[1]) / Self::SHORTEST;
        let factor = factor.min(most.max(1.0));
        let half = self.half.map(|side| side / factor);
        let zoomed = Self { center: about + (self.center - about) / factor, half };
        if zoomed.is_deep() && factor.is_finite() { zoomed } else { self }
    }

    /// Whether numbers tell neighboring starts in it from each other.
    pub(super) fn is_deep(&self) -> bool {
        /// Numbers between neighboring starts, at least.
        const APART: f64 = 2.0;
        /// The least half of a side, which roundings may leave.
        const LEAST: f64 = 0.499 * MapFrame::SHORTEST;
        (0..2).all(|axis| {
            let half = self.half[axis];
            let largest = self.center[axis].abs() + half;
            (LEAST..1e9).contains(&half) && half > APART * STARTS[0] as f64 * f64::EPSILON * largest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_zoomed_until_its_starts_would_be_the_same() {
        let about = Point::new(0.3, -0.2);
        let mut frame = MapFrame::of(ViewBox::square(2.0));
        for _ in 0..200 {
            frame = frame.zoomed_deep(1.5, about);
        }
        let view = frame.view_box();
        assert!((view.width() / 1e-12 - 1.0).abs() < 1e-3, "{}", view.width());
        assert!(view.x[0] < about.x && about.x < view.x[1], "{view:?}");
        let far = MapFrame { center: Point::new(1e4, 0.0), half: [1.0; 2] };
        let nearest = (0..200).fold(far, |frame, _| frame.zoomed_deep(1.5, Point::new(1e4, 0.0)));
        assert!(nearest.half[0] > 1e-9, "at 10000 the numbers are farther apart: {nearest:?}");
    }
}
