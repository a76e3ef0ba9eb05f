//! The option `--seed`: the random seed of a method that draws random numbers.

use super::exit::Exit;
use crate::optimizers::{Choice, SEED};

/// Sets the optimizer's seed; a seed that would do nothing is refused rather than ignored.
pub(super) fn sow(optimizer: &mut Choice, option: &str, seed: u32) -> Result<(), Exit> {
    let id = optimizer.entry.id;
    // A seed that no noise is drawn from is none.
    let parameter = optimizer.entry.index_of(SEED).filter(|parameter| optimizer.acts(*parameter));
    let parameter = parameter
        .ok_or_else(|| Exit::Wrong(format!("{option}: '{id}' draws no random numbers, so it takes no seed")))?;
    Ok(optimizer.set(parameter, f64::from(seed))?)
}
