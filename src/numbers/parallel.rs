//! Work spread over the processor's cores; the only place that knows how.
//!
//! Results never depend on the number of cores: each piece is computed alone and put in its place.

use rayon::prelude::*;

/// Calls `f(row, slice)` for every row of `width` elements; the last may be shorter.
///
/// Rows of width 0 are none.
pub fn for_each_row<T: Send>(out: &mut [T], width: usize, f: impl Fn(usize, &mut [T]) + Sync) {
    if width > 0 {
        out.par_chunks_mut(width).enumerate().for_each(|(row, slice)| f(row, slice));
    }
}

/// `f` of every item, in the items' order.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    items.par_iter().map(&f).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_once_and_in_its_place() {
        let mut out = [10; 10];
        for_each_row(&mut out, 4, |row, slice| {
            for cell in slice {
                *cell += row;
            }
        });
        assert_eq!(out, [10, 10, 10, 10, 11, 11, 11, 11, 12, 12], "rows of four, the last one shorter");
        for_each_row(&mut out, 0, |_, _| panic!("there is no row"));
    }

    #[test]
    fn order_is_kept() {
        let items: Vec<u64> = (0..1000).collect();
        assert_eq!(map(&items, |i| i * i), items.iter().map(|i| i * i).collect::<Vec<_>>(), "squares");
    }
}
