//! What a network is fitted to: its samples and where they come from, and its formula if the user typed it.

use std::path::PathBuf;
use std::sync::Arc;

use super::excerpt::of_path;
use super::networks::Data;
use super::networks::criterion::Judge;
use super::networks::sampling_rule::SamplingRule;
use super::typed_network::TypedNetwork;
use super::{Build, Entry, Loss, Parameter};

/// Where a network's samples come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Drawn from a seed; `None` for that of the public data.
    Drawn(Option<u64>),
    /// Read from this file.
    File(PathBuf),
    /// Made from the samples of the seed by a preset, with this label.
    Preset(&'static str),
    /// Set by hand.
    Edited,
}

/// What a network is fitted to, and what it is made of if the user typed it.
#[derive(Clone)]
pub(super) struct Fitted {
    pub(super) source: Source,
    pub(super) data: Arc<Data>,
    pub(super) typed: Option<Arc<TypedNetwork>>,
}

/// How many of a network's parameters say how its samples are drawn: their number and their noise, the last two.
pub(super) const OF_SAMPLES: usize = 2;

impl PartialEq for Fitted {
    fn eq(&self, other: &Self) -> bool {
        let same_network = match (&self.typed, &other.typed) {
            (Some(a), Some(b)) => {
                Arc::ptr_eq(a, b) || a.formula.text() == b.formula.text() && a.parameters == b.parameters
            }
            (None, None) => true,
            _ => false,
        };
        let same_data = || Arc::ptr_eq(&self.data, &other.data) || self.data == other.data;
        same_network && self.source == other.source && same_data()
    }
}

impl Fitted {
    /// Whether each weight stands in the formula of its output, where that was typed.
    pub(super) fn mentions(&self) -> Option<[bool; 2]> {
        let typed = self.typed.as_ref()?;
        Some([0, 1].map(|weight| typed.formula.mentions(weight)))
    }

    /// Whether its output depends on each weight for these values of the letters, where it was typed.
    pub(super) fn acts(&self, values: &[f64]) -> Option<[bool; 2]> {
        let typed = self.typed.as_ref()?;
        Some([0, 1].map(|weight| typed.formula.acts(weight, values)))
    }

    /// Its parameters, without those that say how samples are drawn if the user brought the samples.
    pub(super) fn parameters<'a>(&'a self, entry: &'a Entry) -> &'a [Parameter] {
        let all = self.typed.as_ref().map_or(entry.parameters, |typed| &typed.parameters);
        match self.source {
            Source::Drawn(_) => all,
            _ => &all[..all.len() - OF_SAMPLES],
        }
    }

    pub(super) fn draw(&self, entry: &Entry, values: &[f64]) -> Option<SamplingRule> {
        match (&self.typed, entry.build) {
            (Some(typed), _) => Some(typed.draw()),
            (None, Build::Network { draw, .. }) => Some(draw(values)),
            _ => None,
        }
    }

    /// The loss for these values of the parameters.
    pub(super) fn loss(&self, entry: &Entry, values: &[f64]) -> Option<Arc<dyn Loss>> {
        let data = Arc::clone(&self.data);
        match (&self.typed, entry.build) {
            (Some(typed), _) => Some(typed.loss(values, data)),
            (None, Build::Network { loss, .. }) => Some(loss(values, data)),
            _ => None,
        }
    }

    pub(super) fn with_data(&self, data: Data) -> Self {
        Self { data: Arc::new(data), ..self.clone() }
    }

    /// With squared errors in place of absolute ones: absolute errors have no curvature far out by which a minimum could be found, and
    /// weights that fit by one fit by the other.
    pub(super) fn with_squares(mut self) -> Self {
        if let Some(typed) = self.typed.as_ref().filter(|typed| matches!(typed.judge, Judge::Mae | Judge::Huber)) {
            self.typed = Some(Arc::new(TypedNetwork { judge: Judge::Mse, ..TypedNetwork::clone(typed) }));
        }
        self
    }
}

impl Source {
    /// What errors call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => of_path(path),
            _ => "the samples".to_owned(),
        }
    }
}
