//! Where starts can end: the known critical points, and others that are found on the way.

use super::BasinEnd;
use crate::analysis::{CriticalPoint, Kind, LevelPoint};
use crate::landscapes::Landscape;
use crate::numbers::{Point, SplitMix64};

/// A start that has arrived belongs to the nearest critical point within this distance.
pub(super) const NEAR: f64 = 1e-3;
/// The most targets that are found on the way: each is classified, which takes a while.
const MOST_FOUND: usize = 200;
/// Members of one line or area have losses that differ by no more than this share.
const LEVEL: f64 = 1e-9;
/// How many colors targets have; further ones share them.
pub const TARGET_COLORS: usize = 10;
/// Newton steps that polish what was found.
const POLISH: usize = 8;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// An isolated critical point.
    Point(Kind),
    /// A kink at which the gradient is zero by convention only.
    Kink,
    /// A line or curve of critical points.
    Line,
    /// An area without a slope.
    Flat,
}

impl TargetKind {
    /// The word in files and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Point(kind) => kind.word(),
            Self::Kink => "kink",
            Self::Line => "line",
            Self::Flat => "flat",
        }
    }

    /// As short as can be: the mark of a critical point on the map, else the word.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Point(kind) => kind.sign(),
            other => other.word(),
        }
    }
}

/// A place at which starts end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Where it lies; of a line or an area the member that was found first.
    pub at: Point,
    /// What it is.
    pub kind: TargetKind,
    /// f there.
    pub value: f64,
    /// Which of the [`TARGET_COLORS`] it has. It follows from the known critical points, and beyond them from where it lies, so that it
    /// keeps it from whatever region it is found.
    pub color: usize,
}

impl Target {
    /// Whether the loss is lowest there: what else starts come to attracts them for the method's sake.
    pub fn is_minimum(&self) -> bool {
        self.kind == TargetKind::Point(Kind::Minimum)
    }
}

/// All of them.
#[derive(Clone)]
pub(in crate::studies) struct Targets {
    known: Vec<CriticalPoint>,
    all: Vec<Target>,
    /// Isolated ones by rising x.
    by_x: Vec<usize>,
    /// The one to which the last start came, if no other isolated one lies so near that it could be the nearer one.
    last: Option<usize>,
    /// How many places have been looked at.
    looked: usize,
}

impl Targets {
    pub(in crate::studies) fn new(known: &[CriticalPoint]) -> Self {
        let of_known = |(point, color): (&CriticalPoint, usize)| Target {
            at: point.at,
            kind: TargetKind::Point(point.kind),
            value: point.value,
            color,
        };
        let all = known.iter().zip(colors(known)).map(of_known).collect();
        let mut targets = Self { known: known.to_vec(), all, by_x: Vec::new(), last: None, looked: 0 };
        targets.sort();
        targets
    }

    pub(in crate::studies) fn known(&self) -> &[CriticalPoint] {
        &self.known
    }

    pub(in crate::studies) fn all(&self) -> &[Target] {
        &self.all
    }

    fn sort(&mut self) {
        let is_isolated = |target: &Target| !matches!(target.kind, TargetKind::Line | TargetKind::Flat);
        self.by_x = (0..self.all.len()).filter(|place| is_isolated(&self.all[*place])).collect();
        self.by_x.sort_by(|a, b| self.all[*a].at.x.total_cmp(&self.all[*b].at.x));
        self.last = None;
    }

    /// Whether no other isolated one is within twice the reach.
    fn is_alone(&self, place: usize) -> bool {
        let distance = |other: &usize| (self.all[*other].at - self.all[place].at).norm();
        self.by_x.iter().all(|other| *other == place || distance(other) > 2.0 * NEAR)
    }

    /// The nearest isolated one within reach.
    pub(super) fn nearest(&self, at: Point) -> Option<usize> {
        let from = self.by_x.partition_point(|place| self.all[*place].at.x < at.x - NEAR);
        let near = self.by_x[from..].iter().take_while(|place| self.all[**place].at.x <= at.x + NEAR);
        let distance = |place: &usize| (self.all[*place].at - at).norm();
        near.filter(|place| distance(place) <= NEAR).min_by(|a, b| distance(a).total_cmp(&distance(b))).copied()
    }

    /// That to which a start has come that has arrived at a point; a new one where there is none yet.
    pub(in crate::studies) fn of(&mut self, landscape: &Landscape, at: Point) -> BasinEnd {
        // Neighbors mostly come to the same.
        if let Some(place) = self.last.filter(|place| (self.all[*place].at - at).norm() <= NEAR) {
            return BasinEnd::Target(place);
        }
        if let Some(place) = self.nearest(at) {
            self.last = Some(place).filter(|place| self.is_alone(*place));
            return BasinEnd::Target(place);
        }
        let value = landscape.loss().value(at);
        let is_level = |target: &Target| {
            matches!(target.kind, TargetKind::Line | TargetKind::Flat)
                && (target.value - value).abs() <= LEVEL * (1.0 + value.abs())
        };
        if let Some(place) = self.all.iter().position(is_level) {
            return BasinEnd::Target(place);
        }
        if self.looked >= MOST_FOUND {
            return BasinEnd::Undecided;
        }
        self.looked += 1;
        match found(landscape, at) {
            Some(target) => {
                self.all.push(Target { color: color_of(&target, &self.known), ..target });
                self.sort();
                BasinEnd::Target(self.all.len() - 1)
            }
            None => BasinEnd::Undecided,
        }
    }
}

/// What a start has come to where no critical point is known; `None` where it still is too far from one to tell.
fn found(landscape: &Landscape, at: Point) -> Option<Target> {
    let isolated = |kind: Kind| {
        let polished = polished(landscape, at);
        ((polished - at).norm() <= NEAR).then_some((TargetKind::Point(kind), polished))
    };
    let (kind, at) = match LevelPoint::of(landscape, at) {
        LevelPoint::Minimum => isolated(Kind::Minimum)?,
        LevelPoint::Saddle => isolated(Kind::Saddle)?,
        LevelPoint::Maximum => isolated(Kind::Maximum)?,
        LevelPoint::Degenerate | LevelPoint::Inflection => (TargetKind::Point(Kind::Degenerate), at),
        LevelPoint::Kink { .. } => (TargetKind::Kink, at),
        LevelPoint::OneOfMany { .. } | LevelPoint::Along(..) => (TargetKind::Line, at),
        LevelPoint::Flat => (TargetKind::Flat, at),
        LevelPoint::NotReached(_) => return None,
    };
    Some(Target { at, kind, value: landscape.loss().value(at), color: 0 })
}

/// A color for each of the known points: another one as long as there are others, then that whose nearest point is farthest, so
/// that neighbors differ. Minima have the first ones and all others the last ones, as long as there are enough.
fn colors(known: &[CriticalPoint]) -> Vec<usize> {
    if known.len() <= TARGET_COLORS {
        let [mut next, mut last] = [0, TARGET_COLORS];
        let color = |point: &CriticalPoint| {
            if point.kind == Kind::Minimum {
                next += 1;
                next - 1
            } else {
                last -= 1;
                last
            }
        };
        return known.iter().map(color).collect();
    }
    let mut colors: Vec<usize> = (0..TARGET_COLORS).collect();
    for point in &known[colors.len()..] {
        let mut nearest = [f64::INFINITY; TARGET_COLORS];
        for (other, color) in known.iter().zip(&colors) {
            nearest[*color] = nearest[*color].min((other.at - point.at).norm());
        }
        let farthest = (0..TARGET_COLORS).rev().max_by(|a, b| nearest[*a].total_cmp(&nearest[*b]));
        colors.push(farthest.unwrap_or_default());
    }
    colors
}

/// A color for what is found beside the known points, if there is one that none of them has: of a single point by where it lies,
/// of a line or an area by its loss, since its members lie everywhere.
fn color_of(target: &Target, known: &[CriticalPoint]) -> usize {
    /// Places and losses nearer than this are one.
    const APART: f64 = 1e-5;
    let minima = known.iter().filter(|point| point.kind == Kind::Minimum).count();
    let [first, free] =
        if known.len() < TARGET_COLORS { [minima, TARGET_COLORS - known.len()] } else { [0, TARGET_COLORS] };
    let rounded = |value: f64| ((value / APART).round() + 0.0).to_string();
    let name = match target.kind {
        TargetKind::Line | TargetKind::Flat => rounded(target.value),
        TargetKind::Point(_) | TargetKind::Kink => format!("{} {}", rounded(target.at.x), rounded(target.at.y)),
    };
    first + (SplitMix64::of_names(&[&name]).uniform() * free as f64) as usize
}

/// The critical point to which Newton's method leads from close by.
fn polished(landscape: &Landscape, from: Point) -> Point {
    let mut at = from;
    for _ in 0..POLISH {
        let here = landscape.loss().second_order(at);
        let Some(step) = here.hessian.solve(here.gradient) else { break };
        at -= step;
    }
    at
}
