//! Where a measured loss is level: the regions of cells with four equal corners, and the lines of the grid along which it
//! neither rises nor falls.

use std::collections::HashSet;

use super::Grid;
use crate::landscapes::outline::{self, Corner};
use crate::landscapes::{CriticalSet, Loss};
use crate::numbers::Point;
use crate::numbers::numerals::{coordinate, grouped, number};

/// More plateaus than this are the steps of coarse numbers, and only counted.
const MOST: usize = 200;

/// What lies so near to a line of the grid, in steps, lies on it.
const ON_LINE: f64 = 1e-4;

impl Grid {
    /// Its plateaus, each with the lines around it, and its level lines, the longest first.
    pub(in crate::landscapes) fn plateaus(&self) -> Vec<CriticalSet> {
        let [columns, rows] = self.size().map(|count| count - 1);
        let cells: Vec<[usize; 2]> = (0..rows).flat_map(|row| (0..columns).map(move |column| [column, row])).collect();
        let levels: Vec<f64> = cells.iter().map(|cell| self.surface.level(*cell).unwrap_or(f64::NAN)).collect();
        let line = |corners: &Vec<Corner>| outline::straightened(corners).iter().map(|at| self.place(*at)).collect();
        let set = |region: &outline::Region| {
            let level = levels[region.cell[1] * columns + region.cell[0]];
            let whole = levels.iter().all(|other| *other == level);
            CriticalSet::flat(level, whole, line(&region.outline), region.gaps.iter().map(line).collect())
        };
        let regions = outline::regions(&levels, columns);
        let mut sets: Vec<CriticalSet> = regions.iter().take(MOST).map(set).collect();
        let lines = self.level_lines();
        let room = MOST - sets.len();
        sets.extend(lines.iter().take(room).map(|line| self.level_line(line)));
        let left = regions.len() + lines.len() - sets.len();
        if left > 0 {
            let text = format!("{} more regions on which the loss is level", grouped(left));
            sets.push(CriticalSet {
                kind: CriticalSet::FLAT,
                text,
                polyline: Vec::new(),
                label: None,
                gaps: Vec::new(),
            });
        }
        sets
    }

    fn place(&self, [column, row]: Corner) -> Point {
        Point::new(self.x.coordinate(column), self.y.coordinate(row))
    }

    /// The level lines that touch no plateau: each as a walk over its edges, there and back where it branches.
    fn level_lines(&self) -> Vec<Vec<Corner>> {
        let [columns, rows] = self.size();
        let all = || (0..rows).flat_map(|row| (0..columns).map(move |column| [column, row]));
        // Those with ends from one of these; then what is closed.
        let mut starts: Vec<Corner> = all().filter(|at| self.level_neighbors(*at).len() == 1).collect();
        starts.extend(all().filter(|at| self.level_neighbors(*at).len() > 1));
        let mut seen = HashSet::new();
        let mut lines = Vec::new();
        for first in starts {
            if !seen.contains(&first) {
                lines.extend(self.walk(first, &mut seen));
            }
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        lines
    }

    /// A walk along level lines from one of their points; `None` if it meets a plateau, or leads nowhere new.
    fn walk(&self, first: Corner, seen: &mut HashSet<Corner>) -> Option<Vec<Corner>> {
        let (mut way, mut walk, mut length) = (vec![first], vec![first], 1);
        let mut meets_plateau = false;
        seen.insert(first);
        while let Some(at) = way.last().copied() {
            meets_plateau |= self.cells_at(at).any(|cell| self.surface.level(cell).is_some());
            if let Some(next) = self.level_neighbors(at).into_iter().find(|next| !seen.contains(next)) {
                seen.insert(next);
                way.push(next);
                walk.push(next);
                length = walk.len();
            } else {
                way.pop();
                walk.extend(way.last());
            }
        }
        walk.truncate(length);
        (!meets_plateau && length > 1).then_some(walk)
    }

    /// The points of the grid to which a level line leads.
    fn level_neighbors(&self, [column, row]: Corner) -> Vec<Corner> {
        let [columns, rows] = self.size();
        let beside = [
            column.checked_sub(1).map(|column| [column, row]),
            Some([column + 1, row]).filter(|_| column + 1 < columns),
            row.checked_sub(1).map(|row| [column, row]),
            Some([column, row + 1]).filter(|_| row + 1 < rows),
        ];
        beside.into_iter().flatten().filter(|next| self.surface.is_level_line([column, row], *next)).collect()
    }

    /// The cells around a point of the grid.
    fn cells_at(&self, [column, row]: Corner) -> impl Iterator<Item = [usize; 2]> + use<'_> {
        let [columns, rows] = self.size();
        let before_and_at =
            |at: usize, count: usize| at.checked_sub(1).into_iter().chain([at]).filter(move |at| at + 1 < count);
        before_and_at(row, rows).flat_map(move |row| before_and_at(column, columns).map(move |column| [column, row]))
    }

    /// A level line as a set of critical points.
    fn level_line(&self, line: &[Corner]) -> CriticalSet {
        let polyline: Vec<Point> = line.iter().map(|at| self.place(*at)).collect();
        let level = polyline.first().map_or(f64::NAN, |at| self.value(*at));
        let [from, to] = [polyline.first(), polyline.last()]
            .map(|at| at.map_or_else(String::new, |at| format!("({}, {})", coordinate(at.x), coordinate(at.y))));
        let text = format!("every point of a line from {from} to {to} on which the loss is {}", number(level));
        CriticalSet { kind: self.kind_of_line(line, level), text, polyline, label: None, gaps: Vec::new() }
    }

    /// Whether all measured values beside a level line are above it, or below it.
    fn kind_of_line(&self, line: &[Corner], level: f64) -> &'static str {
        let [columns, rows] = self.size();
        let near = |at: usize, count: usize| at.saturating_sub(1)..(at + 2).min(count);
        let around = |at: &Corner| {
            let [column, row] = *at;
            near(row, rows).flat_map(move |row| near(column, columns).map(move |column| [column, row]))
        };
        let beside =
            || line.iter().flat_map(around).filter(|at| !line.contains(at)).map(|at| self.value(self.place(at)));
        match (beside().all(|value| value > level), beside().all(|value| value < level)) {
            (true, false) => "minimum",
            (false, true) => "maximum",
            _ => "degenerate",
        }
    }

    /// Whether a point lies on a plateau, its edge, or a level line.
    pub(super) fn is_on_level(&self, at: Point) -> bool {
        let near = |axis: &super::Axis, at: f64| {
            let cell = axis.cell(at)?;
            let within = axis.within(cell, at);
            // The coordinates next to it, or the one it lies on.
            Some(if within < ON_LINE {
                [cell, cell]
            } else if within > 1.0 - ON_LINE {
                [cell + 1, cell + 1]
            } else {
                [cell, cell + 1]
            })
        };
        let (Some([west, east]), Some([south, north])) = (near(&self.x, at.x), near(&self.y, at.y)) else {
            return false;
        };
        let is_level = |cell: [usize; 2]| self.surface.level(cell).is_some();
        match (west == east, south == north) {
            (false, false) => is_level([west, south]),
            (true, true) => {
                let node = [west, south];
                !self.level_neighbors(node).is_empty() || self.cells_at(node).any(is_level)
            }
            _ => self.surface.is_level_line([west, south], [east, north]),
        }
    }
}
