//! The search for critical points: Newton's method from ever denser starts, a row of them at a time, until nothing is missing.

use std::collections::VecDeque;

use super::along_axis;
use super::artifacts::without_made_up;
use super::completeness::{Completeness, Count, Known, Obstacle, Turns};
use super::critical_lines::CriticalLines;
use super::critical_points::{CriticalPoint, Ground, Kind, Limit, NEAR, NewtonWalk, newton_or_least_step};
use super::finished_searches;
use super::found::Found;
use super::kink_points::KinkPoints;
use super::level_areas::LevelAreas;
use super::poles::{Pole, poles};
use super::ripples::distinguished;
use crate::landscapes::grid::Grid;
use crate::landscapes::{CriticalSet, Group, Landscape};
use crate::numbers::{Point, SplitMix64, Symmetric2, Vector};

/// Starts along a side of the box in the first round; each round has twice as many.
const FIRST: usize = 28;
/// In the last one.
const LAST: usize = 16 * FIRST;
/// A start is followed if its first step stays within this distance, in distances to the next start.
const REACH: f64 = 2.5;
/// It leads to a known point where its first step lands so near to it, in distances to the next start.
const KNOWN: f64 = 0.1;
/// After this many limits on lines of critical points, degenerate limits are taken to be members of one.
const ENOUGH: usize = 8;
/// Evaluations that Newton's method usually takes from a start that is near.
const USUAL: usize = 16;
/// More points than this are noise, which no one reads: the search ends.
const MOST: usize = 5000;
/// Evaluations of one sample each after which a search ends, wherever it is: some seconds. No landscape of the catalog
/// comes near it with the samples that it brings.
const WORK: usize = 320_000_000;
/// Evaluations of one sample each that may be spent on a look around one degenerate point.
const AROUND: usize = 5_000_000;
/// A share of all of it that may be spent on the turns along the edge.
const EDGE_SHARE: usize = 4;
/// A share of all of it that may be spent on kinks.
const KINK_SHARE: usize = 4;
/// Gradients along the edge that are asked for at once.
const EDGE_PIECE: usize = 64;

/// A search that can be continued a little at a time; what it finds does not depend on how it is divided.
///
/// It ends when a round finds nothing new and the indices add up to the gradient's turns along the edge of the box, where
/// these can be counted; or after the densest round; or where an evaluation is much work, when its budget is spent. That is
/// counted in evaluations and not in time, so that the same is found on every machine.
#[derive(Clone)]
pub struct Search {
    landscape: Landscape,
    found: Found,
    /// Starts along a side in this round.
    side: usize,
    /// The next row of this round.
    row: usize,
    /// The starts of the last row that were not looked at yet, with the loss there.
    starts: VecDeque<(Point, [f64; 6])>,
    /// The start that is being followed.
    walk: Option<NewtonWalk>,
    /// How many points were known when the round began.
    before: usize,
    has_continua: bool,
    /// The search for level areas, which comes first.
    level_areas: LevelAreas,
    /// The search for critical points on kinks, which comes next.
    kinks: KinkPoints,
    /// Evaluations on kinks so far.
    on_kinks: usize,
    /// Lines of critical points, where the landscape does not declare its own.
    lines: CriticalLines,
    looks_for_lines: bool,
    /// A point that may lie on one, and what it is if it does not.
    on_line: Option<(Point, Option<CriticalPoint>)>,
    /// Lines that were guessed to be near where Newton's method does not lead to them.
    guesses: usize,
    /// Limits on lines of critical points that the landscape does not declare.
    on_lines: usize,
    has_holes: bool,
    /// The gradient's turns along the edge, and what came of it once they are counted.
    edge: Turns,
    turns: Count,
    /// Evaluations so far, and those after which it ends.
    evaluations: usize,
    most: usize,
    completeness: Option<Completeness>,
    /// The poles, once they were looked for.
    poles: Option<Vec<Pole>>,
    /// With one weight: the intervals on which the loss is level.
    axis_sets: Vec<CriticalSet>,
}

impl Search {
    /// A search that has not begun: it knows the minima on kinks, which the landscape declares.
    pub fn new(landscape: &Landscape) -> Self {
        Self::within(landscape, WORK)
    }

    /// A search with another budget, in evaluations of one sample each.
    fn within(landscape: &Landscape, work: usize) -> Self {
        let view = landscape.domain();
        let most = (work / landscape.cost()).max(1);
        let mut found = Found::new(view);
        for at in landscape.corners() {
            if let Some(corner) =
                CriticalPoint::corner(landscape.loss(), at, Kind::Minimum, view, AROUND / landscape.cost())
            {
                found.points.push(corner);
            }
        }
        for (at, is_minimum) in landscape.grid().map(Grid::extremes).unwrap_or_default() {
            found.points.extend(CriticalPoint::measured(landscape.loss(), at, is_minimum, view));
        }
        found.index_all();
        Self {
            has_continua: !landscape.critical_sets().is_empty(),
            level_areas: LevelAreas::new(landscape),
            kinks: KinkPoints::new(),
            on_kinks: 0,
            before: found.points.len(),
            landscape: landscape.clone(),
            found,
            side: FIRST,
            row: 0,
            starts: VecDeque::new(),
            walk: None,
            lines: CriticalLines::default(),
            looks_for_lines: declares_nothing(landscape),
            on_line: None,
            guesses: 0,
            on_lines: 0,
            has_holes: false,
            edge: Turns::new(most / EDGE_SHARE),
            turns: Count::UnderWay,
            evaluations: 0,
            most,
            completeness: None,
            poles: None,
            axis_sets: Vec::new(),
        }
    }

    /// The search carried out at once, or recalled if it was carried out before.
    pub fn finished(landscape: &Landscape) -> Self {
        finished_searches::recall(landscape).unwrap_or_else(|| {
            let mut search = Self::new(landscape);
            while !search.advance(usize::MAX) {}
            finished_searches::remember(&search);
            search
        })
    }

    /// Goes on until about `budget` evaluations of the loss are spent, of one sample each where it has samples; at least
    /// by a step of Newton's method or a row of starts. True when it is finished.
    pub fn advance(&mut self, budget: usize) -> bool {
        let mut spent = 0;
        while self.completeness.is_none() && spent < budget {
            let evaluations = self.go_on();
            self.evaluations += evaluations;
            spent = spent.saturating_add(evaluations.saturating_mul(self.landscape.cost()));
        }
        self.is_finished()
    }

    /// The smallest piece of work there is: how many evaluations it took.
    fn go_on(&mut self) -> usize {
        if self.evaluations >= self.most {
            self.completeness = Some(Completeness::Uncounted(Obstacle::Budget));
            return 0;
        }
        if self.landscape.dimension().is_one() {
            return self.look_along_axis();
        }
        if let Some(walk) = self.walk.take() {
            return self.follow(walk);
        }
        if let Some((at, point)) = self.on_line.take() {
            let mut lines = std::mem::take(&mut self.lines);
            let (is_line, evaluations) = lines.through(self.ground(true), at);
            self.lines = lines;
            self.on_lines += usize::from(is_line);
            if let Some(point) = point.filter(|_| !is_line) {
                self.found.add(point);
            }
            return evaluations;
        }
        if let Some((at, order)) = self.starts.pop_front() {
            self.has_holes |= !order[0].is_finite();
            self.walk = self.worth_following(at, order).map(NewtonWalk::from);
            if self.walk.is_none() {
                let ahead = self.perhaps_on_line(at, order);
                self.on_line = ahead.or_else(|| self.perhaps_across(at, order)).map(|at| (at, None));
            }
            return 0;
        }
        if self.row < self.side {
            return self.next_row();
        }
        if self.turns == Count::UnderWay {
            let before = self.edge.evaluations;
            self.turns = self.edge.count_along_edge(self.landscape.loss(), self.landscape.domain(), EDGE_PIECE);
            return self.edge.evaluations - before;
        }
        self.end_round();
        0
    }

    /// About what the search costs before it can pause again, in evaluations of one sample each: a row of starts.
    pub fn shortest(&self) -> usize {
        self.side.saturating_mul(self.landscape.cost())
    }

    /// What is searched.
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// What has been found so far, minima first, by rising loss.
    pub fn points(&self) -> Vec<CriticalPoint> {
        self.points_and_valleys().0
    }

    /// The points found so far, and the valleys of measured values on which single points are not distinguished.
    fn points_and_valleys(&self) -> (Vec<CriticalPoint>, Vec<CriticalSet>) {
        let view = self.landscape.domain();
        let is_of_line = |point: &CriticalPoint| self.lines.own(point, view) || self.kinks.own(point, view);
        let isolated = self.found.points.iter().filter(|point| !is_of_line(point));
        let points = without_made_up(&self.landscape, isolated.copied().collect());
        let (mut points, valleys) = distinguished(&self.landscape, points);
        points.sort_by(CriticalPoint::order);
        (points, valleys)
    }

    /// As [`Self::points`], with points that are known from elsewhere among them; those are ignored once the search is finished.
    pub fn points_among(&self, others: &[CriticalPoint]) -> Vec<CriticalPoint> {
        if self.is_finished() || others.is_empty() {
            return self.points();
        }
        let mut all = self.clone();
        for point in others {
            all.found.add(*point);
        }
        all.points()
    }

    /// Lines, curves and areas of critical points: those that the landscape declares, and those that were found.
    pub fn sets(&self) -> Vec<CriticalSet> {
        self.landscape
            .critical_sets()
            .into_iter()
            .chain(self.axis_sets.iter().cloned())
            .chain(self.level_areas.sets().iter().cloned())
            .chain(self.kinks.sets().iter().cloned())
            .chain(self.lines.sets(&self.found.points, self.landscape.domain()).cloned())
            .chain(self.points_and_valleys().1)
            .collect()
    }

    /// Where critical points of a landscape that was a little different lie on this one, as far as about `budget` evaluations
    /// reach, of one sample each; minima on kinks are not followed, the landscape declares its own.
    pub fn followed(&self, points: &[CriticalPoint], budget: usize) -> Vec<CriticalPoint> {
        let mut spent = 0;
        let mut followed = Vec::new();
        for point in points.iter().filter(|point| point.eigenvalues.is_some()) {
            let landscape = &self.landscape;
            if spent + USUAL * landscape.cost() > budget {
                break;
            }
            let (limit, evaluations) = NewtonWalk::from(point.at).finish(self.ground(self.has_continua));
            spent += evaluations * landscape.cost();
            if let Limit::Point(point) = limit {
                followed.push(point);
            }
        }
        followed
    }

    /// Whether it has come to its end.
    pub fn is_finished(&self) -> bool {
        self.completeness.is_some()
    }

    /// Rounds that are done: partial results are worth showing after each.
    pub fn rounds(&self) -> usize {
        (self.side / FIRST).ilog2() as usize + usize::from(self.is_finished())
    }

    /// Whether everything was found, once the search is finished.
    pub fn completeness(&self) -> Option<Completeness> {
        self.completeness
    }

    /// The next row of starts, jittered so that no symmetry of the landscape hides a point: how many evaluations it took.
    fn next_row(&mut self) -> usize {
        if let Some(evaluations) = self.level_areas.advance(&self.landscape) {
            self.has_continua |= !self.level_areas.sets().is_empty();
            return evaluations;
        }
        let has_time = self.on_kinks < self.most / KINK_SHARE;
        let piece = if has_time { self.kinks.advance(&self.landscape, AROUND / self.landscape.cost()) } else { None };
        if let Some(piece) = piece {
            self.on_kinks += piece.evaluations;
            piece.points.into_iter().for_each(|point| self.found.add(point));
            self.before = self.found.points.len();
            self.has_continua |= !self.kinks.sets().is_empty();
            return piece.evaluations.max(1);
        }
        let (view, side, cell) = (self.landscape.domain(), self.side, self.cell());
        // A row's own numbers, whatever was drawn before it.
        let mut random = SplitMix64::new((side * LAST + self.row) as u64);
        let mut place = |index: usize| index as f64 + random.uniform();
        let (xs, ys): (Vec<f64>, Vec<f64>) =
            (0..side).map(|column| (view.x[0] + cell.x * place(column), view.y[0] + cell.y * place(self.row))).unzip();
        let mut orders = vec![[0.0; 6]; side];
        self.landscape.loss().second_orders(&xs, &ys, &mut orders);
        self.starts = std::iter::zip(std::iter::zip(xs, ys).map(|(x, y)| Point::new(x, y)), orders).collect();
        self.row += 1;
        side
    }

    /// From one start of this round to the next.
    fn cell(&self) -> Vector {
        let view = self.landscape.domain();
        Vector::new(view.width(), view.height()) / self.side as f64
    }

    /// Where the first step from a start leads, if a critical point may be near and is not known.
    fn worth_following(&self, at: Point, order: [f64; 6]) -> Option<Point> {
        let cell = self.cell();
        let [_, gx, gy, xx, xy, yy] = order;
        if [gx, gy, xx, xy, yy] == [0.0; 5] {
            return None;
        }
        let step = newton_or_least_step(Symmetric2::new(xx, xy, yy), Vector::new(gx, gy))?;
        let is_short = step.x.abs() <= REACH * cell.x && step.y.abs() <= REACH * cell.y;
        let landing = at + step;
        let apart = self.landscape.domain().size() / self.side as f64;
        (is_short && !self.found.has_near(landing, KNOWN * apart)).then_some(at)
    }

    fn ground(&self, has_continua: bool) -> Ground<'_> {
        let landscape = &self.landscape;
        Ground { loss: landscape.loss(), view: landscape.domain(), has_continua, most: AROUND / landscape.cost() }
    }

    /// With one weight, everything at once: a few thousand evaluations.
    fn look_along_axis(&mut self) -> usize {
        let along_axis::Found { points, sets, completeness, evaluations } = along_axis::along_axis(&self.landscape);
        self.found.points = points;
        self.found.index_all();
        self.axis_sets = sets;
        self.completeness = Some(completeness);
        evaluations
    }

    /// Follows a start by a step: how many evaluations it took.
    fn follow(&mut self, mut walk: NewtonWalk) -> usize {
        let (limit, evaluations) = walk.go_on(self.ground(self.has_continua || self.on_lines >= ENOUGH));
        match limit {
            Some(Limit::Point(point)) if point.kind == Kind::Degenerate && self.looks_for_lines => {
                self.on_line = Some((point.at, Some(point)));
            }
            Some(Limit::Point(point)) => self.found.add(point),
            Some(Limit::Continuum(at)) => {
                self.on_lines += 1;
                self.on_line = self.looks_for_lines.then_some((at, None));
            }
            Some(Limit::None) => {}
            None => self.walk = Some(walk),
        }
        evaluations
    }

    /// The poles in the box, which are looked for once; no known critical point is one of them.
    fn poles(&mut self) -> &[Pole] {
        if self.poles.is_none() {
            let (landscape, most) = (&self.landscape, AROUND / self.landscape.cost());
            let (mut found, evaluations) = poles(landscape.loss(), landscape.domain(), most);
            found.retain(|pole| !self.found.has_near(pole.at, NEAR * landscape.domain().size()));
            self.evaluations += evaluations;
            self.poles = Some(found);
        }
        self.poles.as_deref().unwrap_or_default()
    }

    fn end_round(&mut self) {
        let is_noise = self.found.points.len() > MOST;
        let turns = self.turns.turns();
        let has_valleys = !self.points_and_valleys().1.is_empty();
        let has_continua = self.has_continua || self.on_lines > 0 || has_valleys;
        let is_level = self.sets().iter().any(CriticalSet::is_everywhere);
        let known = Known { is_noise, turns, has_holes: self.has_holes, has_continua, is_level };
        let mut counted = Completeness::of(&self.found.points, known);
        if matches!(counted, Completeness::Missing { .. }) {
            let poles = self.poles();
            let index = poles.iter().map(|pole| pole.index).sum::<Option<i64>>();
            counted = index.map_or(counted, |index| counted.beside_poles(poles.len(), index));
        }
        let completeness = match (counted, self.kinks.followed_of_more()) {
            (Completeness::Everywhere, _) => counted,
            _ if self.on_kinks >= self.most / KINK_SHARE => Completeness::Uncounted(Obstacle::KinkBudget),
            (_, Some(followed)) => Completeness::Uncounted(Obstacle::Kinks(followed)),
            _ => counted,
        };
        let found_nothing = self.side > FIRST && self.found.points.len() == self.before;
        let is_open = matches!(counted, Completeness::Missing { .. });
        if found_nothing && !is_open || is_noise || self.side >= LAST {
            self.completeness = Some(completeness);
            return;
        }
        self.before = self.found.points.len();
        self.side *= 2;
        self.row = 0;
    }
}

/// Whether a landscape declares no sets of critical points, or as a measured one only where it is level.
fn declares_nothing(landscape: &Landscape) -> bool {
    landscape.critical_sets().is_empty() || landscape.data().is_none() && landscape.entry().group == Group::Own
}

mod beside_line;
#[cfg(test)]
mod measured_tests;
#[cfg(test)]
mod tests;
