//! The largest part of each basin: where its label has the most room.

use super::{BasinEnd, Basins};

/// The largest square of starts with one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LargestPart {
    /// Column and row of its middle, counted from the lower left.
    pub middle: [usize; 2],
    /// How many starts are on its side.
    pub side: usize,
}

impl Basins {
    /// The targets that starts come to with their shares, the largest first.
    pub fn by_share(&self) -> Vec<(usize, f64)> {
        let mut shares: Vec<(usize, f64)> = self.shares().0.into_iter().enumerate().collect();
        shares.retain(|(_, share)| *share > 0.0);
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        shares
    }

    /// Of every target the largest square of starts that come to it; `None` where none does.
    pub fn largest_parts(&self) -> Vec<Option<LargestPart>> {
        let [width, height] = self.question().size;
        let mut parts: Vec<Option<LargestPart>> = vec![None; self.targets().len()];
        // For each column the end in the row below, with the side of the largest square whose upper right corner is there.
        let mut below: Vec<(Option<BasinEnd>, usize)> = vec![(None, 0); width];
        for row in 0..height {
            let (mut left, mut corner) = ((None, 0), (None, 0));
            for (column, under) in below.iter_mut().enumerate() {
                let end = self.cell(column, row).map(|cell| cell.end);
                let of = |(other, side): (Option<BasinEnd>, usize)| if other == end { side } else { 0 };
                let side = 1 + of(left).min(of(corner)).min(of(*under));
                corner = std::mem::replace(under, (end, side));
                left = *under;
                let Some(BasinEnd::Target(target)) = end else { continue };
                let part = LargestPart { middle: [column - side / 2, row - side / 2], side };
                if parts[target].is_none_or(|known| side > known.side) {
                    parts[target] = Some(part);
                }
            }
        }
        parts
    }
}
