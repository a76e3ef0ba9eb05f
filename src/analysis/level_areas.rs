//! Areas on which a loss is constant, looked for on a lattice over the box: where the gradient is exactly zero and the value
//! the same from point to point.

use crate::landscapes::outline::{self, Corner, Region};
use crate::landscapes::{CriticalSet, Landscape, Loss, ViewBox};
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Vector};

/// Cells along a side of the lattice on which is looked first; where no point of it is level there are no areas to find.
const COARSE: usize = 32;
/// Cells along a side of the lattice on which areas are outlined.
const FINE: usize = 96;
/// With more samples than this an area is outlined on the first lattice.
const MANY: usize = 256;
/// How far aside an area has to be level where it is followed to its edge, as a share of a cell: at no corner of what is typed.
const ASIDE: f64 = 1.37e-3;
/// Halvings by which a corner is brought to the edge of its area.
const HALVINGS: usize = 40;

/// A search for level areas that goes on a row at a time.
#[derive(Clone)]
pub(super) struct LevelAreas {
    /// Cells along a side.
    side: usize,
    /// The values at the points of the rows so far; NaN where the loss is not level.
    levels: Vec<f64>,
    found: Option<Vec<CriticalSet>>,
}

impl LevelAreas {
    /// A search that has not begun; what a landscape declares itself is not looked for.
    pub(super) fn new(landscape: &Landscape) -> Self {
        let found = (!landscape.critical_sets().is_empty()).then(Vec::new);
        Self { side: COARSE, levels: Vec::new(), found }
    }

    /// The areas, as far as they are found.
    pub(super) fn sets(&self) -> &[CriticalSet] {
        self.found.as_deref().unwrap_or_default()
    }

    /// Looks at a row of points: how many evaluations it took; `None` once it has come to its end.
    pub(super) fn advance(&mut self, landscape: &Landscape) -> Option<usize> {
        if self.found.is_some() {
            return None;
        }
        let lattice = Lattice { loss: landscape.loss(), view: landscape.domain(), side: self.side };
        let row = self.levels.len() / (self.side + 1);
        self.levels.extend((0..=self.side).map(|column| lattice.level(lattice.point([column, row]))));
        if row < self.side {
            return Some(self.side + 1);
        }
        let is_any = self.levels.iter().any(|level| !level.is_nan());
        if is_any && self.side == COARSE && landscape.cost() <= MANY {
            (self.side, self.levels) = (FINE, Vec::new());
        } else {
            self.found = Some(if is_any { lattice.areas(&self.levels) } else { Vec::new() });
        }
        Some(self.side * self.side)
    }
}

/// Points over the box.
struct Lattice<'a> {
    loss: &'a dyn Loss,
    view: ViewBox,
    side: usize,
}

impl Lattice<'_> {
    fn point(&self, corner: Corner) -> Point {
        let share = corner.map(|index| index as f64 / self.side as f64);
        let between = |[low, high]: [f64; 2], share: f64| if share == 1.0 { high } else { low + share * (high - low) };
        Point::new(between(self.view.x, share[0]), between(self.view.y, share[1]))
    }

    /// The value of a point at which the gradient is zero; NaN for any other.
    fn level(&self, at: Point) -> f64 {
        let here = self.loss.first_order(at);
        if here.gradient == Vector::zeros() && here.value.is_finite() { here.value } else { f64::NAN }
    }

    /// The areas made of the cells that are level at their corners and in their middle.
    fn areas(&self, levels: &[f64]) -> Vec<CriticalSet> {
        let side = self.side;
        let mut cells = vec![f64::NAN; side * side];
        for (index, cell) in cells.iter_mut().enumerate() {
            let (column, row) = (index % side, index / side);
            let at = row * (side + 1) + column;
            let level = levels[at];
            let corners = [at + 1, at + side + 1, at + side + 2];
            if corners.iter().all(|corner| levels[*corner] == level) {
                let [from, to] = [[column, row], [column + 1, row + 1]].map(|corner| self.point(corner));
                if self.level(from + (to - from) * 0.5) == level {
                    *cell = level;
                }
            }
        }
        let regions = outline::regions(&cells, side);
        regions.iter().map(|region| self.area(region, &cells)).collect()
    }

    fn area(&self, region: &Region, cells: &[f64]) -> CriticalSet {
        let level = cells[region.cell[1] * self.side + region.cell[0]];
        let whole = cells.iter().all(|cell| *cell == level);
        let line = |corners: &Vec<Corner>| {
            let mut line: Vec<Point> = corners.iter().map(|corner| self.at_edge(*corner, cells, level)).collect();
            line.dedup();
            straightened(line, 1e-6 * self.view.size())
        };
        let area = CriticalSet::flat(level, whole, line(&region.outline), region.gaps.iter().map(line).collect());
        if whole { but_where_undefined(area, self.loss, self.view) } else { area }
    }

    /// A corner of an area's cells moved outward to where the area ends.
    fn at_edge(&self, corner: Corner, cells: &[f64], level: f64) -> Point {
        let from = self.point(corner);
        let mut outward = Vector::zeros();
        for [x, y] in [[0, 0], [1, 0], [0, 1], [1, 1]] {
            let cell = [(corner[0] + x).checked_sub(1), (corner[1] + y).checked_sub(1)];
            let [Some(column), Some(row)] = cell else { continue };
            if column >= self.side || row >= self.side {
                continue;
            }
            let way = Vector::new(2.0 * x as f64 - 1.0, 2.0 * y as f64 - 1.0);
            outward += if cells[row * self.side + column] == level { -way } else { way };
        }
        let longest = outward.x.abs().max(outward.y.abs());
        if longest == 0.0 {
            return from;
        }
        let cell = Vector::new(self.view.width(), self.view.height()) / self.side as f64;
        let way = outward.component_mul(&cell) / longest;
        let place = |share: f64| {
            let at = from + way * share;
            Point::new(at.x.clamp(self.view.x[0], self.view.x[1]), at.y.clamp(self.view.y[0], self.view.y[1]))
        };
        // A line of critical points that ends at the area is no part of it.
        let aside = Vector::new(-way.y, way.x) * ASIDE;
        let is_inside = |share: f64| {
            let at = place(share);
            self.level(at) == level && (self.level(at + aside) == level || self.level(at - aside) == level)
        };
        if is_inside(1.0) {
            return place(1.0);
        }
        let [inside, _] = bisect(is_inside, 0.0, 1.0, HALVINGS);
        place(inside)
    }
}

/// A loss that is the same everywhere, but has no value at a round place or in the middle, as x/x at 0.
pub(super) fn but_where_undefined(mut area: CriticalSet, loss: &dyn Loss, view: ViewBox) -> CriticalSet {
    let center = view.center();
    let places =
        [Point::origin(), Point::new(0.0, center.y + 0.1 * view.height()), Point::new(0.1 * view.width(), 0.0), center];
    let hole = places.into_iter().find(|at| view.contains(*at) && !loss.value(*at).is_finite());
    if hole.is_some() {
        area.text.push_str(", except where it has no value");
    }
    area
}

/// A line without the points that lie on the way between those before and after, within a tolerance.
pub(super) fn straightened(line: Vec<Point>, tolerance: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for at in line {
        while let [.., before, last] = kept[..] {
            let way = at - before;
            let off = way.perp(&(last - before)).abs() / way.norm();
            if off > tolerance || !off.is_finite() {
                break;
            }
            kept.pop();
        }
        kept.push(at);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::Search;
    use super::*;

    /// Twice the area within a closed line.
    fn area(line: &[Point]) -> f64 {
        line.windows(2).map(|ends| ends[0].coords.perp(&ends[1].coords)).sum::<f64>() / 2.0
    }

    #[test]
    fn areas_are_found_outlined_and_few() {
        let circle = std::f64::consts::PI * 3.0;
        for (text, count, within, gaps) in [
            ("formula:7+0x", 1, 36.0, 0.0),
            ("formula:relu(x)+0y", 1, 18.0, 0.0),
            ("formula:relu(x-y)", 1, 18.0, 0.0),
            ("formula:min(x^2+y^2,3)", 1, 36.0, circle),
            ("formula:max(x^2+y^2,3)", 1, circle, 0.0),
            ("formula:floor(x)+0y", 6, 36.0, 0.0),
            ("formula:x^2+y^2", 0, 0.0, 0.0),
            ("formula:x^2+0y", 0, 0.0, 0.0),
            ("network:w2 relu(w1)", 1, 18.0, 0.0),
        ] {
            let landscape = Landscape::parse(text).unwrap().with_domain(Some(ViewBox::square(3.0)));
            let search = Search::finished(&landscape);
            let sets: Vec<CriticalSet> = search.sets();
            let areas: Vec<&CriticalSet> = sets.iter().filter(|set| set.kind == CriticalSet::FLAT).collect();
            assert_eq!(areas.len(), count, "{text}: {areas:?}");
            let total: f64 = areas.iter().map(|set| area(&set.polyline)).sum();
            assert!((total - within).abs() < 0.15, "{text}: {total} for {within}");
            let inside: f64 = areas.iter().flat_map(|set| &set.gaps).map(|line| -area(line)).sum();
            assert!((inside - gaps).abs() < 0.05, "{text}: gaps of {inside} for {gaps}");
            let on = areas.iter().flat_map(|set| &set.polyline);
            let levels = on.map(|at| landscape.loss().first_order(*at).gradient.norm());
            assert!(levels.fold(0.0, f64::max) < 1e-9, "{text}: level on the line around it");
        }
    }
}
