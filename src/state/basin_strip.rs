//! Where the selected run's method ends from each start along the interval of a loss of one weight: walked in the background.

use super::View;
use super::critical::Critical;
use crate::analysis::{CriticalPoint, Kind};
use crate::drawing::curve::{BasinStretch, StretchEnd};
use crate::landscapes::Landscape;
use crate::run::Run;
use crate::studies::{Destination, LineBasins, Walked};

/// Evaluations that the walks have in the frame in which they start over, before they go on in the background.
const IN_FRAME: usize = 2_000;

/// The walks, as many as have been taken, and the strip that they make.
#[derive(Default)]
pub(super) struct BasinStrip {
    known: Option<LineBasins>,
    stretches: Vec<BasinStretch>,
}

impl BasinStrip {
    /// Starts over if method or landscape have changed; there are none in fog.
    pub(super) fn update(&mut self, landscape: &Landscape, view: &View, run: Option<&Run>, critical: &Critical) {
        let is_shown = landscape.dimension().is_one() && !view.in_fog() && critical.wanted().is_none();
        let wanted = run.filter(|_| is_shown);
        let wanted = wanted.and_then(|run| LineBasins::new(landscape, run.recipe(), critical.points()));
        let Some(mut wanted) = wanted else {
            *self = Self::default();
            return;
        };
        if self.known.as_ref().is_none_or(|known| !known.is_same(&wanted)) {
            wanted.advance(IN_FRAME);
            self.put(wanted, critical);
        }
    }

    fn put(&mut self, walks: LineBasins, critical: &Critical) {
        self.stretches = stretches(&walks, critical);
        self.known = Some(walks);
    }

    /// The walks that are to be taken in the background.
    pub(super) fn wanted(&self) -> Option<&LineBasins> {
        self.known.as_ref().filter(|known| !known.is_finished())
    }

    /// Takes walks that were taken elsewhere; false if others are wanted now.
    pub(super) fn take(&mut self, walks: LineBasins, critical: &Critical) -> bool {
        let is_wanted = self.wanted().is_some_and(|wanted| wanted.is_same(&walks));
        is_wanted.then(|| self.put(walks, critical)).is_some()
    }

    /// Takes all walks at once.
    pub(super) fn finish(&mut self, critical: &Critical) {
        if let Some(mut walks) = self.wanted().cloned() {
            while !walks.advance(usize::MAX) {}
            self.put(walks, critical);
        }
    }

    /// The walks, as many as have been taken.
    pub(super) fn walks(&self) -> Option<&LineBasins> {
        self.known.as_ref()
    }

    /// Neighboring starts with the same end.
    pub(super) fn stretches(&self) -> &[BasinStretch] {
        &self.stretches
    }
}

/// Neighboring starts with the same end together.
fn stretches(walks: &LineBasins, critical: &Critical) -> Vec<BasinStretch> {
    let mut stretches: Vec<BasinStretch> = Vec::new();
    for (x, walked) in walks.cells() {
        let end = end(0.5 * (x[0] + x[1]), walked, critical);
        match stretches.last_mut().filter(|last| last.end == end) {
            Some(last) => last.x[1] = x[1],
            None => stretches.push(BasinStretch { x, end }),
        }
    }
    stretches
}

fn end(start: f64, walked: Walked, critical: &Critical) -> StretchEnd {
    match walked.outcome.destination {
        Destination::Minimum(Some(place)) => StretchEnd::Minimum(from_left(place, critical)),
        Destination::Maximum(Some(place)) | Destination::Saddle(Some(place)) => {
            StretchEnd::Other(from_left(place, critical))
        }
        Destination::Diverged | Destination::NoValue => StretchEnd::Diverges,
        Destination::TwoCycle | Destination::Kink => around(walked.last, critical),
        // Farther out than it began it is not on its way to the minimum.
        Destination::NotYet if !walked.has_stopped && !has_left(start, walked.last, critical) => {
            around(walked.last, critical)
        }
        // Where the gradient is below the tolerance at no critical point, as on a flat flank, it is none's basin.
        _ => StretchEnd::Undecided,
    }
}

fn around(x: f64, critical: &Critical) -> StretchEnd {
    valley_of(x, critical).map_or(StretchEnd::Undecided, StretchEnd::Around)
}

/// Whether a walk is farther from the minimum in whose valley it is than its start, on the same side.
fn has_left(start: f64, last: f64, critical: &Critical) -> bool {
    let minimum = valley_of(last, critical).and_then(|place| from_left_of(critical).get(place).map(|point| point.at.x));
    minimum.is_some_and(|at| (start - at) * (last - at) > 0.0 && (last - at).abs() > (start - at).abs())
}

fn from_left_of(critical: &Critical) -> Vec<&CriticalPoint> {
    let mut points: Vec<&CriticalPoint> = critical.points().iter().collect();
    points.sort_by(|a, b| a.at.x.total_cmp(&b.at.x));
    points
}

/// The minimum in whose valley a place lies, by its place from the left: the only critical point between it and the next ones that
/// are no minima.
fn valley_of(x: f64, critical: &Critical) -> Option<usize> {
    let points = from_left_of(critical);
    let right = points.iter().position(|point| point.at.x > x).unwrap_or(points.len());
    let is_minimum = |place: usize| points.get(place).is_some_and(|point| point.kind == Kind::Minimum);
    let left = right.checked_sub(1).filter(|place| is_minimum(*place));
    let right = Some(right).filter(|place| is_minimum(*place));
    // Between two minima something is missing.
    if left.is_some() && right.is_some() { None } else { left.or(right).filter(|_| x.is_finite()) }
}

/// How many critical points lie to the left of one.
fn from_left(place: usize, critical: &Critical) -> usize {
    let points = critical.points();
    points.get(place).map_or(0, |point| points.iter().filter(|other| other.at.x < point.at.x).count())
}
