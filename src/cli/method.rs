//! An optimizer as it was given on the command line: whether its learning rate was said, and what is noted where its own is too large.

use super::exit::Exit;
use super::{say, spelled, table};
use crate::landscapes::Landscape;
use crate::optimizers::Choice;

/// An optimizer with what was said of it.
#[derive(Clone)]
pub(super) struct GivenMethod {
    pub(super) choice: Choice,
    /// Whether its learning rate was said.
    pub(super) has_rate: bool,
}

impl GivenMethod {
    /// Reads `ID` or `ID:key=value,…`.
    pub(super) fn parse(text: &str) -> Result<Self, Exit> {
        let choice = spelled::optimizer(text)?;
        let rate = choice.entry.first_rate_index().map(|place| choice.entry.parameters[place].name);
        let settings = text.split_once(':').map_or("", |(_, settings)| settings);
        let has_rate = settings.split(',').any(|setting| setting.split('=').next().map(str::trim) == rate);
        Ok(Self { choice, has_rate })
    }

    /// The rate that the window suggests for it on a landscape; `None` where its rate was said, or its own does.
    pub(super) fn rate_on(&self, landscape: &Landscape) -> Option<f64> {
        Some(self.choice.suggested_rate(landscape)?.1).filter(|_| !self.has_rate)
    }

    /// Notes that it diverges with a rate that nobody has said, and which one the window suggests; `what` diverges.
    pub(super) fn note_own_rate(&self, landscape: &Landscape, what: &str) {
        let suggested = self.rate_on(landscape).zip(self.choice.entry.first_rate_index());
        let Some((rate, place)) = suggested.filter(|(rate, place)| *rate < self.choice.parameters[*place]) else {
            return;
        };
        let (id, name) = (self.choice.entry.id, self.choice.entry.parameters[place].name);
        let [own, rate] = [self.choice.parameters[place], rate].map(table::few);
        say(&format!("note: {id} has its own {name}={own} here, and {what}; the window suggests {name}={rate}"));
    }
}
