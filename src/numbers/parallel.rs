//! Work spread over the processor's cores; the only place that knows how.
//!
//! Results never depend on the number of cores: each piece is computed alone and put in its place.

use std::sync::OnceLock;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// As many threads as there are cores, or as many as the system allows; `None` where it allows none.
///
/// Rayon's own pool would panic there.
fn threads() -> Option<&'static ThreadPool> {
    static THREADS: OnceLock<Option<ThreadPool>> = OnceLock::new();
    THREADS.get_or_init(|| pool_of(|count| ThreadPoolBuilder::new().num_threads(count).build().ok())).as_ref()
}

/// How many threads are asked for, one after the other: one for each core, then fewer.
const COUNTS: [usize; 4] = [0, 8, 4, 2];

/// What `build` makes of the first of [`COUNTS`] that it accepts.
fn pool_of<T>(build: impl Fn(usize) -> Option<T>) -> Option<T> {
    COUNTS.into_iter().find_map(build)
}

/// Calls `f(row, slice)` for every row of `width` elements; the last may be shorter.
///
/// Rows of width 0 are none.
pub fn for_each_row<T: Send>(out: &mut [T], width: usize, f: impl Fn(usize, &mut [T]) + Sync) {
    if width == 0 {
        return;
    }
    match threads() {
        Some(threads) => {
            threads.install(|| out.par_chunks_mut(width).enumerate().for_each(|(row, slice)| f(row, slice)));
        }
        None => out.chunks_mut(width).enumerate().for_each(|(row, slice)| f(row, slice)),
    }
}

/// `f` of every item, in the items' order.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync) -> Vec<R> {
    match threads() {
        Some(threads) => threads.install(|| items.par_iter().map(&f).collect()),
        None => items.iter().map(f).collect(),
    }
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
    fn where_threads_are_refused_there_are_fewer_or_none() {
        let cores = 64;
        for (most, expected) in [(0, None), (2, Some(2)), (5, Some(4)), (100, Some(0))] {
            let found = pool_of(|count| (if count == 0 { cores } else { count } <= most).then_some(count));
            assert_eq!(found, expected, "{most} threads are allowed");
        }
    }

    #[test]
    fn order_is_kept() {
        let items: Vec<u64> = (0..1000).collect();
        assert_eq!(map(&items, |i| i * i), items.iter().map(|i| i * i).collect::<Vec<_>>(), "squares");
    }
}
