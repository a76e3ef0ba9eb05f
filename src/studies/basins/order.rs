//! The order in which the starts of a grid are walked from: coarse to fine, each once.

/// Cells of a grid, those whose places are multiples of a stride first, then of half of it, and so on.
#[derive(Clone, Debug)]
pub(in crate::studies) struct Order {
    size: [usize; 2],
    coarsest: usize,
    stride: usize,
    next: [usize; 2],
}

impl Order {
    /// The order of a grid, whose first cells are about `coarse` on the longer side.
    pub(in crate::studies) fn new(size: [usize; 2], coarse: usize) -> Self {
        let longer = size[0].max(size[1]);
        let coarsest = (longer / coarse.max(1)).max(1).next_power_of_two();
        Self { size, coarsest, stride: coarsest, next: [0, 0] }
    }

    /// A cell and those that stand for it while it has not had its turn, from the nearest on.
    pub(in crate::studies) fn near(&self, [column, row]: [usize; 2]) -> impl Iterator<Item = [usize; 2]> {
        let coarsest = self.coarsest;
        let strides =
            std::iter::successors(Some(1), |stride| Some(stride * 2)).take_while(move |stride| *stride <= coarsest);
        strides.map(move |stride| [column - column % stride, row - row % stride])
    }
}

impl Iterator for Order {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let [column, row] = self.next;
            if row >= self.size[1] {
                if self.stride == 1 {
                    return None;
                }
                self.stride /= 2;
                self.next = [0, 0];
                continue;
            }
            if column >= self.size[0] {
                self.next = [0, row + self.stride];
                continue;
            }
            self.next = [column + self.stride, row];
            let was_coarser = self.stride < self.coarsest
                && column.is_multiple_of(2 * self.stride)
                && row.is_multiple_of(2 * self.stride);
            if !was_coarser {
                return Some(row * self.size[0] + column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_once_and_the_coarse_ones_first() {
        for size in [[1, 1], [7, 1], [64, 64], [100, 37], [3, 200]] {
            let order = Order::new(size, 8);
            let stride = order.coarsest;
            let cells: Vec<usize> = order.collect();
            let mut sorted = cells.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..size[0] * size[1]).collect::<Vec<_>>(), "{size:?}");
            let coarse = size[0].div_ceil(stride) * size[1].div_ceil(stride);
            let is_coarse =
                |cell: &usize| (cell % size[0]).is_multiple_of(stride) && (cell / size[0]).is_multiple_of(stride);
            assert!(cells[..coarse].iter().all(is_coarse), "{size:?}: {stride}");
        }
    }
}
