//! Connected regions of the cells of a table, and the lines around them.

use std::collections::{HashMap, VecDeque};

/// A corner of cells: its column and row.
pub type Corner = [usize; 2];

/// A connected region: the line around it, and those around what it leaves out; all closed, the first corner coming again.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// A cell of it, by column and row.
    pub cell: [usize; 2],
    /// Counter-clockwise around it, a corner of every cell.
    pub outline: Vec<Corner>,
    /// Clockwise around the gaps in it.
    pub gaps: Vec<Vec<Corner>>,
}

/// The regions of cells of equal value that touch, be it at a corner, the largest first; `NaN` cells belong to none. `values` are rows of
/// `columns` cells.
pub fn regions(values: &[f64], columns: usize) -> Vec<Region> {
    let mut of = vec![usize::MAX; values.len()];
    let mut regions = Vec::new();
    for first in 0..values.len() {
        if values[first].is_nan() || of[first] != usize::MAX {
            continue;
        }
        let cells = fill(values, columns, first, regions.len(), &mut of);
        regions.push((cells.len(), traced(&cells, &of, columns)));
    }
    regions.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    regions.into_iter().map(|(_, region)| region).collect()
}

/// The cells of the region that holds the first; marks them.
fn fill(values: &[f64], columns: usize, first: usize, region: usize, of: &mut [usize]) -> Vec<usize> {
    let rows = values.len() / columns;
    let mut cells = Vec::new();
    let mut waiting = VecDeque::from([first]);
    of[first] = region;
    while let Some(cell) = waiting.pop_front() {
        cells.push(cell);
        let (column, row) = (cell % columns, cell / columns);
        for next_row in row.saturating_sub(1)..=(row + 1).min(rows - 1) {
            for next_column in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                let next = next_row * columns + next_column;
                if of[next] == usize::MAX && values[next] == values[first] {
                    of[next] = region;
                    waiting.push_back(next);
                }
            }
        }
    }
    cells
}

/// The lines around a region, the region on their left.
fn traced(cells: &[usize], of: &[usize], columns: usize) -> Region {
    let region = of[cells[0]];
    let is_in = |column: Option<usize>, row: Option<usize>| {
        let (Some(column), Some(row)) = (column, row) else { return false };
        column < columns && of.get(row * columns + column) == Some(&region)
    };
    let mut ways: HashMap<Corner, Vec<Corner>> = HashMap::new();
    let mut starts = Vec::new();
    for cell in cells {
        let (x, y) = (cell % columns, cell / columns);
        for (neighbor, from, to) in [
            ((Some(x), y.checked_sub(1)), [x, y], [x + 1, y]),
            ((Some(x + 1), Some(y)), [x + 1, y], [x + 1, y + 1]),
            ((Some(x), Some(y + 1)), [x + 1, y + 1], [x, y + 1]),
            ((x.checked_sub(1), Some(y)), [x, y + 1], [x, y]),
        ] {
            if !is_in(neighbor.0, neighbor.1) {
                ways.entry(from).or_default().push(to);
                starts.push(from);
            }
        }
    }
    let mut loops = Vec::new();
    for start in starts {
        while let Some(next) = ways.get_mut(&start).and_then(Vec::pop) {
            let mut line = vec![start, next];
            let mut at = next;
            while at != start
                && let Some(next) = ways.get_mut(&at).and_then(Vec::pop)
            {
                line.push(next);
                at = next;
            }
            loops.push(line);
        }
    }
    loops.sort_by_key(|line| std::cmp::Reverse(area(line)));
    let mut loops = loops.into_iter();
    let outline = loops.next().unwrap_or_default();
    Region { cell: [cells[0] % columns, cells[0] / columns], outline, gaps: loops.collect() }
}

/// Twice the area on the left of a closed line.
fn area(line: &[Corner]) -> i64 {
    let cross = |ends: &[Corner]| {
        let [[ax, ay], [bx, by]] = [ends[0], ends[1]].map(|corner| corner.map(|at| at as i64));
        ax * by - bx * ay
    };
    line.windows(2).map(cross).sum()
}

/// A closed line without the corners at which it goes straight on.
pub fn straightened(line: &[Corner]) -> Vec<Corner> {
    let count = line.len().saturating_sub(1);
    let bends = |index: &usize| {
        let [before, at, after] = [(index + count - 1) % count, *index, index + 1].map(|index| line[index]);
        !(before[0] == at[0] && at[0] == after[0] || before[1] == at[1] && at[1] == after[1])
    };
    let mut out: Vec<Corner> = (0..count).filter(bends).map(|index| line[index]).collect();
    out.extend(out.first().copied());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&str]) -> Vec<Region> {
        let digit = |c: char| c.to_digit(10).map_or(f64::NAN, f64::from);
        let values: Vec<f64> = rows.iter().flat_map(|row| row.chars().map(digit)).collect();
        regions(&values, rows[0].len())
    }

    #[test]
    fn regions_are_joined_and_outlined() {
        for (rows, counts) in [
            (&["111", "111"][..], &[(4, 0)][..]),
            (&["1.1", "111"], &[(8, 0)]),
            (&["111", "1.1", "111"], &[(4, 1)]),
            (&["12", "21"], &[(8, 0), (8, 0)]),
            (&["1.2", "..."], &[(4, 0), (4, 0)]),
            (&["...", "..."], &[]),
        ] {
            let found: Vec<(usize, usize)> =
                of(rows).iter().map(|region| (straightened(&region.outline).len() - 1, region.gaps.len())).collect();
            // Two cells that touch at a corner may be walked around at once, or one after the other.
            let total = |all: &[(usize, usize)]| all.len();
            assert_eq!(total(&found), total(counts), "{rows:?}: {found:?}");
            if rows != ["12", "21"] {
                assert_eq!(found, counts, "{rows:?}: corners and gaps");
            }
        }
        let ring = &of(&["111", "1.1", "111"])[0];
        assert_eq!(ring.outline.first(), ring.outline.last(), "closed");
        assert_eq!(area(&ring.outline), 18, "the whole square");
        assert_eq!(area(&ring.gaps[0]), -2, "less the gap");
    }
}
