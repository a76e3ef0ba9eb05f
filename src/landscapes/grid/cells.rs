//! What a table's values permit in each cell: which are plateaus, and how far a patch may go beyond its corners.

use std::collections::HashSet;

use arrayvec::ArrayVec;

use super::limit::{Neighbor, limit_node};
use super::trend::Trend;
use crate::numbers::extremes;

/// How far the mixed derivative of a smooth function may lie beyond the twists of the cells around it, as a share of these.
const TWIST: f64 = 0.25;

/// The nodes at the corners of a cell, row after row; `None` at the last column and row.
fn corners(cell: usize, columns: usize, count: usize) -> Option<[usize; 4]> {
    let is_last = (cell + 1).is_multiple_of(columns) || cell + columns >= count;
    (!is_last).then(|| [cell, cell + 1, cell + columns, cell + columns + 1])
}

/// Which nodes lie on a plateau: the corners of cells with four equal corners between which no smooth function turns, and
/// all that are joined to them by equal values.
pub(super) fn plateaus(values: &[f64], [x, y]: &[Vec<Trend>; 2], columns: usize) -> Vec<bool> {
    let equal = |cell: usize| {
        let corners = corners(cell, columns, values.len())?;
        corners.iter().all(|corner| values[*corner] == values[cell]).then_some(corners)
    };
    // Where it turns along one axis, it is one of a smooth function along the other, too: else no slope there is free.
    let is_smooth = |corners: [usize; 4]| corners.iter().all(|node| x[*node].is_smooth && y[*node].is_smooth);
    let turns = |corners @ [sw, se, nw, _]: [usize; 4]| {
        (x[sw].turns && x[nw].turns || y[sw].turns && y[se].turns) && is_smooth(corners)
    };
    let (turning, sure): (Vec<[usize; 4]>, Vec<[usize; 4]>) =
        (0..values.len()).filter_map(equal).partition(|cell| turns(*cell));
    // At a level at which something is cut off elsewhere, nothing turns.
    let levels: HashSet<u64> = sure.iter().map(|corners| values[corners[0]].to_bits()).collect();
    let cut = turning.iter().filter(|corners| levels.contains(&values[corners[0]].to_bits()));
    let mut waiting: Vec<usize> = sure.iter().chain(cut).flatten().copied().collect();
    let mut found = vec![false; values.len()];
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut found[node], true) {
            continue;
        }
        let is_first = node.is_multiple_of(columns);
        let is_last = (node + 1).is_multiple_of(columns);
        let beside = [
            node.checked_sub(1).filter(|_| !is_first),
            Some(node + 1).filter(|_| !is_last),
            node.checked_sub(columns),
            Some(node + columns),
        ];
        waiting.extend(beside.into_iter().flatten().filter(|next| values.get(*next) == Some(&values[node])));
    }
    found
}

/// What is known of the cells of a table; a cell is called by the node at its lower left.
pub(super) struct Cells<'a> {
    values: &'a [f64],
    columns: usize,
    /// Along x and along y, how values bend at each node.
    trends: [Vec<Trend>; 2],
    /// Whether a node is a corner of a plateau.
    on_plateau: Vec<bool>,
    /// The least and the greatest value of all, where a plateau has it: caps that nothing passes; else infinite.
    caps: [f64; 2],
}

impl<'a> Cells<'a> {
    pub(super) fn of(values: &'a [f64], columns: usize, on_plateau: Vec<bool>, trends: [Vec<Trend>; 2]) -> Self {
        let [low, high] = extremes(values.iter().copied());
        let is_cap = |end: f64| std::iter::zip(values, &on_plateau).any(|(value, is_on)| *is_on && *value == end);
        let caps = [if is_cap(low) { low } else { f64::NEG_INFINITY }, if is_cap(high) { high } else { f64::INFINITY }];
        Self { values, columns, trends, on_plateau, caps }
    }

    /// The nodes at the corners of a cell, row after row; `None` at the last column and row.
    fn corners(&self, cell: usize) -> Option<[usize; 4]> {
        corners(cell, self.columns, self.values.len())
    }

    /// The slopes along x and y and the mixed derivative that a node keeps of those of the spline.
    pub(super) fn limited(&self, node: usize, is_free: bool, [dx, dy, mut dxy]: [f64; 3]) -> [f64; 3] {
        let most = if self.on_plateau[node] { 0.0 } else { self.steepest(self.values[node]) };
        let [dx, dy] = [dx, dy].map(|slope| slope.clamp(-most, most));
        if is_free {
            let [low, high] = self.twists(node);
            dxy = dxy.max(low).min(high);
        }
        if !is_free && [dx, dy] == [0.0; 2] {
            // Equal values beside it then make a line along which nothing changes.
            dxy = 0.0;
        }
        limit_node(&self.around(node, is_free), [dx, dy, dxy])
    }

    /// The steepest slope a point with this value may have, so that its Bézier points stay within the caps.
    fn steepest(&self, value: f64) -> f64 {
        let [low, high] = self.caps;
        3.0 * (value - low).min(high - value)
    }

    /// The least and the greatest value that the Bézier points of a node may have in a cell: those of its corners, or
    /// for a free node beside no plateau the caps; `None` for a hole.
    fn range(&self, cell: usize, is_free: bool) -> Option<[f64; 2]> {
        let nodes = self.corners(cell)?;
        let values = nodes.map(|node| self.values[node]);
        if values.iter().any(|value| value.is_nan()) {
            return None;
        }
        let is_capped = is_free && !nodes.iter().any(|node| self.on_plateau[*node]);
        Some(if is_capped { self.caps } else { extremes(values) })
    }

    /// The least and the greatest mixed derivative at a free node: what the cells around it say.
    fn twists(&self, node: usize) -> [f64; 2] {
        let twist =
            |[sw, se, nw, ne]: [usize; 4]| (self.values[ne] - self.values[nw]) - (self.values[se] - self.values[sw]);
        let twists =
            self.cells_at(node).filter_map(|(_, cell)| self.corners(cell).map(twist)).filter(|twist| !twist.is_nan());
        let [low, high] = extremes(twists);
        let beyond = TWIST * low.abs().max(high.abs());
        [low - beyond, high + beyond]
    }

    /// Whether nothing limits the slopes of a node along x and along y but the parabolas beside it: it is one of a smooth
    /// function, which turns that way close by.
    pub(super) fn is_free(&self, node: usize) -> [bool; 2] {
        let is_smooth = self.trends.iter().all(|trend| trend[node].is_smooth) && !self.on_plateau[node];
        let turns = |axis: usize| {
            let edges = |[sw, se, nw, _]: [usize; 4]| [[sw, nw], [sw, se]][axis];
            let turns = |cell| {
                self.corners(cell)
                    .is_some_and(|corners| edges(corners).iter().any(|edge| self.trends[axis][*edge].turns))
            };
            self.cells_at(node).any(|(_, cell)| turns(cell))
        };
        [0, 1].map(|axis| is_smooth && turns(axis))
    }

    /// The cells around a node, and on which side of it they lie.
    fn cells_at(&self, node: usize) -> impl Iterator<Item = ([f64; 2], usize)> + '_ {
        let (column, row) = (node % self.columns, node / self.columns);
        [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]].into_iter().filter_map(move |side| {
            let back = side.map(|side| usize::from(side < 0.0));
            Some((side, row.checked_sub(back[1])? * self.columns + column.checked_sub(back[0])?))
        })
    }

    /// What the cells around a node leave to it.
    fn around(&self, node: usize, is_free: bool) -> ArrayVec<Neighbor, 4> {
        let value = self.values[node];
        let neighbor = |(side, cell)| {
            let [low, high] = self.range(cell, is_free)?;
            Some(Neighbor { side, room: [low - value, high - value] })
        };
        self.cells_at(node).filter_map(neighbor).collect()
    }
}
