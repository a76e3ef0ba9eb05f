//! What is tuned before methods race: `--tune` for the learning rates, `--tune=beta` for the momentum coefficients as well.

use super::exit::Exit;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::nearest;
use crate::studies::Tune;

/// The words of the option, with what they stand for.
const WORDS: [(&str, Tune); 2] = [("lr", Tune::Rate), ("beta", Tune::RateAndMomentum)];

/// Which parameters are tuned.
#[derive(clap::Args)]
pub(super) struct Tuning {
    /// First find the best learning rate of each method; --tune=beta: and its best momentum coefficient
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "lr")]
    #[arg(value_parser = tune)]
    tune: Option<Tune>,
}

impl Tuning {
    /// What was chosen; nothing without the option.
    pub(super) fn tune(&self) -> Tune {
        self.tune.unwrap_or_default()
    }
}

fn tune(text: &str) -> Result<Tune, Exit> {
    let found = WORDS.into_iter().find(|(word, _)| *word == text);
    found.map(|(_, tune)| tune).ok_or_else(|| {
        let hint = nearest(text, WORDS.into_iter().map(|(word, _)| word));
        Exit::Wrong(format!("--tune cannot be '{}': it is lr, or beta for both{hint}", excerpt(text)))
    })
}
