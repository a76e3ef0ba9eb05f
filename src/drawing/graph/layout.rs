//! Where the nodes of a graph stand: in a row with the weights above, or in columns, each behind what it is computed from.

mod columns;

use super::seen::Seen;
use crate::landscapes::computation::{Id, Role};

pub(super) use columns::size;

/// Where a node stands, or an edge bends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Columns from the left, the first being 0.
    pub column: f64,
    /// Rows from the top, the first being 0.
    pub row: f64,
}

/// Places of nodes and bends of edges.
pub(super) struct Layout {
    /// The place of each node, in their order.
    pub(super) places: Vec<Place>,
    /// The bends of each edge that is not straight, by the indices of its ends.
    pub(super) bends: Vec<([usize; 2], Vec<Place>)>,
    /// How many columns and rows there are.
    pub(super) size: [f64; 2],
}

impl Layout {
    pub(super) fn of(seen: &Seen<'_>) -> Self {
        if seen.is_row { in_a_row(seen) } else { columns::in_columns(seen) }
    }

    /// Where an edge passes between its ends.
    pub(super) fn bends(&self, ends: [usize; 2]) -> Vec<Place> {
        self.bends.iter().find(|(known, _)| *known == ends).map_or_else(Vec::new, |(_, bends)| bends.clone())
    }
}

/// How far the rails of two weights turn down from the middle of a column.
const ASIDE: f64 = 0.13;

/// What is computed in the lowest row, from the input to the loss. A weight stands above what it leads to; one that leads to
/// several has a row of its own, along which it runs.
fn in_a_row(seen: &Seen<'_>) -> Layout {
    let heads = |id: Id| -> Vec<usize> {
        let cones = seen.cones.iter().enumerate().filter(|(_, cone)| cone.tails.contains(&id));
        cones.map(|(index, _)| index).collect()
    };
    let index_of = |id: Id| seen.nodes.iter().position(|node| *node == id);
    let is_given = |id: &Id| matches!(seen.role(*id), Role::Weight(_) | Role::Input);
    let given: Vec<Id> = seen.nodes.iter().copied().filter(is_given).collect();
    let is_weight = |id: &Id| matches!(seen.role(*id), Role::Weight(_));
    let rails: Vec<Id> = given.iter().copied().filter(|id| is_weight(id) && heads(*id).len() > 1).collect();
    let above: Vec<Id> = given.iter().copied().filter(|id| is_weight(id) && !rails.contains(id)).collect();
    let row_above = if above.is_empty() { rails.len().saturating_sub(1) } else { rails.len() };
    let row = row_above as f64 + 1.0;
    let mut places = vec![Place { column: 0.0, row }; seen.nodes.len()];
    // A weight that is the output itself stands before the loss, and not above it.
    let mut columns = if seen.row().len() == 1 { 1.0 } else { 0.0 };
    for (index, id) in seen.nodes.iter().enumerate() {
        if matches!(seen.role(*id), Role::Computed | Role::Loss) {
            columns += 1.0;
            places[index].column = columns;
        }
    }
    let mut bends = Vec::new();
    for (rail, id) in rails.iter().enumerate() {
        let Some(index) = index_of(*id) else { continue };
        places[index] = Place { column: -0.2, row: rail as f64 };
        for head in heads(*id) {
            let aside = ASIDE * (2.0 * rail as f64 - (rails.len() as f64 - 1.0));
            bends.push(([index, head], vec![Place { column: places[head].column + aside, row: rail as f64 }]));
        }
    }
    // The input runs half a row higher past what comes between.
    for id in given.iter().filter(|id| !is_weight(id)) {
        let Some(index) = index_of(*id) else { continue };
        for head in heads(*id).into_iter().filter(|head| places[*head].column > 1.0) {
            let bend = |column: f64| Place { column, row: row - 0.5 };
            bends.push(([index, head], vec![bend(0.0), bend(places[head].column - ASIDE)]));
        }
    }
    let column_above = |id: &Id| match heads(*id).first() {
        Some(head) if seen.role(seen.nodes[*head]) == Role::Loss => places[*head].column - 1.0,
        Some(head) => places[*head].column,
        None => 0.0,
    };
    let columns_above: Vec<f64> = above.iter().map(column_above).collect();
    for ((id, column), aside) in above.iter().zip(&columns_above).zip(apart(&columns_above)) {
        if let Some(index) = index_of(*id) {
            places[index] = Place { column: column + aside, row: row_above as f64 };
        }
    }
    if let [.., wanted, _] = places.as_mut_slice() {
        *wanted = Place { column: columns, row: row_above as f64 };
    }
    Layout { places, bends, size: [columns + 1.0, row + 1.0] }
}

/// How far to the side things stand above these columns: so far apart that each has room for its numbers.
fn apart(columns: &[f64]) -> Vec<f64> {
    match columns {
        [a, b] if a == b => vec![-0.6, 0.2],
        [a, b] if (a - b).abs() == 1.0 => {
            if a < b {
                vec![-0.4, 0.0]
            } else {
                vec![0.0, -0.4]
            }
        }
        _ => vec![0.0; columns.len()],
    }
}
