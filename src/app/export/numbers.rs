//! The numbers of the runs, as a table and as arrays.

use std::io::{self, Write};

use super::{Made, Make, Still};
use crate::export::runs;
use crate::run::Run;

/// As CSV.
pub(super) fn make_csv(still: Still) -> Make {
    make(still, runs::write_csv)
}

/// As arrays for `NumPy`.
pub(super) fn make_npz(still: Still) -> Make {
    make(still, runs::write_npz)
}

fn make(still: Still, write: fn(&mut dyn Write, &[&Run]) -> io::Result<()>) -> Make {
    Box::new(move || {
        let runs: Vec<&Run> = still.state.derived.runs().map(|(_, run)| run).collect();
        let mut bytes = Vec::new();
        write(&mut bytes, &runs)?;
        Ok(Made::Whole(bytes))
    })
}
