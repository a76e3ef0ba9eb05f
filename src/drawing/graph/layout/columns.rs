//! A graph in columns: every node behind all that it is computed from, edges with as few crossings as can be found.
//!
//! Source: K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of hierarchical system structures, IEEE
//! Transactions on Systems, Man, and Cybernetics 11 (1981).

use super::{Layout, Place};
use crate::drawing::graph::seen::Seen;
use crate::landscapes::computation::Role;

/// How often the columns are sorted by what their nodes are joined to.
const SWEEPS: usize = 12;

/// A bend takes less room than a node, in rows.
const BEND: f64 = 0.45;

/// A node, or a bend of an edge that leads past a column.
struct Spot {
    column: usize,
    room: f64,
    row: f64,
}

/// Nodes and bends, and which are joined.
struct Plan {
    /// The nodes first, in their order.
    spots: Vec<Spot>,
    joins: Vec<[usize; 2]>,
    /// The bends of each edge, by the indices of its ends.
    chains: Vec<([usize; 2], Vec<usize>)>,
    /// The spots of each column, from the top.
    columns: Vec<Vec<usize>>,
}

/// How many columns and rows it takes.
pub(in crate::drawing::graph) fn size(seen: &Seen<'_>) -> [f64; 2] {
    in_columns(seen).size
}

pub(super) fn in_columns(seen: &Seen<'_>) -> Layout {
    let mut plan = Plan::of(seen);
    plan.sort();
    plan.spread();
    let lowest = plan.spots.iter().map(|spot| spot.row).fold(0.0, f64::max);
    let place = |spot: &Spot| Place { column: spot.column as f64, row: spot.row };
    let bends =
        plan.chains.iter().map(|(ends, bends)| (*ends, bends.iter().map(|bend| place(&plan.spots[*bend])).collect()));
    Layout {
        places: plan.spots.iter().take(seen.nodes.len()).map(place).collect(),
        bends: bends.collect(),
        size: [plan.columns.len() as f64, lowest + 1.0],
    }
}

/// The column of every node: what is given stands just before where it is first used.
fn columns_of(seen: &Seen<'_>) -> Vec<usize> {
    let index_of = |id| seen.nodes.iter().position(|node| *node == id);
    let mut columns = vec![0; seen.nodes.len()];
    for (index, cone) in seen.cones.iter().enumerate() {
        let tails = cone.tails.iter().filter_map(|tail| index_of(*tail));
        columns[index] = tails.map(|tail| columns[tail] + 1).max().unwrap_or(0);
    }
    for index in 0..columns.len() {
        if !matches!(seen.role(seen.nodes[index]), Role::Computed | Role::Loss) {
            let heads = seen.cones.iter().enumerate().filter(|(_, cone)| cone.tails.contains(&seen.nodes[index]));
            columns[index] = heads.map(|(head, _)| columns[head]).min().map_or(0, |first| first - 1);
        }
    }
    columns
}

impl Plan {
    fn of(seen: &Seen<'_>) -> Self {
        let columns = columns_of(seen);
        let count = columns.iter().max().map_or(1, |last| last + 1);
        let mut plan = Self {
            spots: columns.iter().map(|column| Spot { column: *column, room: 1.0, row: 0.0 }).collect(),
            joins: Vec::new(),
            chains: Vec::new(),
            columns: vec![Vec::new(); count],
        };
        for (head, cone) in seen.cones.iter().enumerate() {
            for tail in cone.tails.iter().filter_map(|tail| seen.nodes.iter().position(|node| node == tail)) {
                let mut last = tail;
                let mut bends = Vec::new();
                for column in columns[tail] + 1..columns[head] {
                    plan.spots.push(Spot { column, room: BEND, row: 0.0 });
                    bends.push(plan.spots.len() - 1);
                    plan.joins.push([last, plan.spots.len() - 1]);
                    last = plan.spots.len() - 1;
                }
                plan.joins.push([last, head]);
                plan.chains.push(([tail, head], bends));
            }
        }
        for (index, spot) in plan.spots.iter().enumerate() {
            plan.columns[spot.column].push(index);
        }
        plan
    }

    /// What a spot is joined to on one side.
    fn joined(&self, spot: usize, back: bool) -> impl Iterator<Item = usize> {
        let [here, there] = if back { [1, 0] } else { [0, 1] };
        self.joins.iter().filter(move |join| join[here] == spot).map(move |join| join[there])
    }

    /// Sorts every column by the middle of what its spots are joined to, over and over; the best order stays.
    fn sort(&mut self) {
        let mut best = (self.crossings(), self.columns.clone());
        for sweep in 0..SWEEPS {
            for column in self.swept(sweep) {
                let positions = self.positions();
                let middle = |spot: usize| {
                    let joined: Vec<f64> = self.joined(spot, goes_back(sweep)).map(|other| positions[other]).collect();
                    if joined.is_empty() { positions[spot] } else { joined.iter().sum::<f64>() / joined.len() as f64 }
                };
                let mut sorted: Vec<(f64, usize)> =
                    self.columns[column].iter().map(|spot| (middle(*spot), *spot)).collect();
                sorted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
                self.columns[column] = sorted.into_iter().map(|(_, spot)| spot).collect();
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.columns.clone());
            }
        }
        self.columns = best.1;
    }

    /// The columns in the order of a sweep: every other one goes back.
    fn swept(&self, sweep: usize) -> Vec<usize> {
        let order = 0..self.columns.len();
        if goes_back(sweep) { order.collect() } else { order.rev().collect() }
    }

    /// Where each spot stands in its column, from 0 to 1.
    fn positions(&self) -> Vec<f64> {
        let mut positions = vec![0.0; self.spots.len()];
        for column in &self.columns {
            for (place, spot) in column.iter().enumerate() {
                positions[*spot] = (place as f64 + 0.5) / column.len() as f64;
            }
        }
        positions
    }

    /// How many joins cross.
    fn crossings(&self) -> usize {
        let positions = self.positions();
        let cross = |a: &[usize; 2], b: &[usize; 2]| {
            self.spots[a[0]].column == self.spots[b[0]].column
                && (positions[a[0]] - positions[b[0]]) * (positions[a[1]] - positions[b[1]]) < 0.0
        };
        self.joins.iter().enumerate().map(|(index, a)| self.joins[..index].iter().filter(|b| cross(a, b)).count()).sum()
    }

    /// Gives every spot a row: near what it is joined to, with room between neighbors.
    fn spread(&mut self) {
        for column in 0..self.columns.len() {
            self.settle(column, |place| place as f64);
        }
        for sweep in 0..SWEEPS {
            for column in self.swept(sweep) {
                let rows: Vec<f64> = self.spots.iter().map(|spot| spot.row).collect();
                let wanted: Vec<f64> = self.columns[column]
                    .iter()
                    .map(|spot| {
                        let joined: Vec<f64> = self
                            .joined(*spot, true)
                            .chain(self.joined(*spot, false))
                            .map(|other| rows[other])
                            .collect();
                        if joined.is_empty() { rows[*spot] } else { joined.iter().sum::<f64>() / joined.len() as f64 }
                    })
                    .collect();
                self.settle(column, |place| wanted[place]);
            }
        }
        let highest = self.spots.iter().map(|spot| spot.row).fold(f64::INFINITY, f64::min);
        for spot in &mut self.spots {
            spot.row -= highest;
        }
    }

    /// Brings the spots of a column as near to the rows they want as their order and their room allow.
    fn settle(&mut self, column: usize, wanted: impl Fn(usize) -> f64) {
        let spots = self.columns[column].clone();
        let wish: Vec<f64> = (0..spots.len()).map(wanted).collect();
        let mut rows = wish.clone();
        for place in 1..spots.len() {
            rows[place] = rows[place].max(rows[place - 1] + self.between(spots[place - 1], spots[place]));
        }
        // Pushed down from the top; all go back up by what they are off on average.
        let off = rows.iter().zip(&wish).map(|(row, wish)| row - wish).sum::<f64>() / spots.len().max(1) as f64;
        for (spot, row) in spots.into_iter().zip(rows) {
            self.spots[spot].row = row - off;
        }
    }

    fn between(&self, a: usize, b: usize) -> f64 {
        f64::midpoint(self.spots[a].room, self.spots[b].room)
    }
}

/// Whether a sweep looks back, from every column to those before it.
fn goes_back(sweep: usize) -> bool {
    sweep.is_multiple_of(2)
}
