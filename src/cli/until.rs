//! Until when methods walk: the tolerances among which a command lets choose.

use super::spelled;
use crate::studies::{Criterion, usual};

/// When a run has finished: one of these.
#[derive(clap::Args)]
#[group(id = "tolerance", multiple = false)]
pub(super) struct Until {
    /// Finish at loss − f* ≤ T
    #[arg(id = "tolerance-loss", long, value_name = "T", allow_hyphen_values = true, value_parser = spelled::positive)]
    loss: Option<f64>,
    /// Finish at ‖∇f‖ ≤ T; without any of these, at 1e-6
    #[arg(id = "tolerance-gradient", long, value_name = "T", allow_hyphen_values = true)]
    #[arg(value_parser = spelled::positive)]
    gradient: Option<f64>,
    /// Finish at this distance from a minimum
    #[arg(id = "tolerance-distance", long, value_name = "T", allow_hyphen_values = true)]
    #[arg(value_parser = spelled::positive)]
    distance: Option<f64>,
}

impl Until {
    /// The one that was chosen, or the usual one.
    pub(super) fn criterion(&self) -> Criterion {
        let loss = self.loss.map(Criterion::Loss);
        let distance = self.distance.map(Criterion::Distance);
        loss.or(distance).unwrap_or(Criterion::Gradient(self.gradient.unwrap_or(usual::TOLERANCE)))
    }
}
