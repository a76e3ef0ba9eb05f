//! What can be asked of a landscape that is a network: where its samples come from, and the losses beside its own.

use std::path::Path;
use std::sync::Arc;

use super::excerpt::of_path;
use super::fitted::{Fitted, Source};
use super::landscape::Origin;
use super::networks::Data;
use super::networks::sampling_rule::SamplingRule;
use super::{Build, Entry, Landscape, Loss};

/// What samples are called that were set by hand.
pub const BY_HAND: &str = "set by hand";

/// A landscape that is a network.
#[derive(Clone, Copy)]
pub struct Network<'a> {
    entry: &'static Entry,
    values: &'a [f64],
    fitted: &'a Fitted,
}

impl Landscape {
    /// This landscape as a network; `None` for a surface, and for a network in rescaled axes.
    pub fn network(&self) -> Option<Network<'_>> {
        match &self.origin {
            Origin::Network(fitted) => Some(Network { entry: self.entry, values: &self.values, fitted }),
            _ => None,
        }
    }

    /// The samples it is fitted to, if it is a network.
    pub fn data(&self) -> Option<&Data> {
        match &self.origin {
            Origin::Network(fitted) => Some(&fitted.data),
            _ => None,
        }
    }
}

impl Network<'_> {
    /// Whether its loss takes classes only, y = 0 or 1.
    pub fn wants_classes(self) -> bool {
        match (&self.fitted.typed, self.entry.build) {
            (Some(typed), _) => typed.judge.wants_classes(),
            (None, Build::Network { classes, .. }) => classes,
            _ => false,
        }
    }

    /// Whether the samples it draws are classes; a loss that takes any y may be fitted to them, too.
    pub fn draws_classes(self) -> bool {
        self.draw().is_some_and(|draw| draw.is_of_classes)
    }

    /// The nearest place where a sample may lie: anywhere, but upon a class where the loss takes nothing else.
    pub fn snapped(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let class = f64::from(u8::from(y > 0.5));
        [x, if self.wants_classes() { class } else { y }]
    }

    /// The seed its samples were drawn with, if they were drawn.
    pub fn seed(self) -> Option<u64> {
        match self.fitted.source {
            Source::Drawn(seed) => seed.or(self.public_seed()),
            _ => None,
        }
    }

    /// The seed of the public data.
    pub fn public_seed(self) -> Option<u64> {
        self.draw().map(|draw| draw.seed)
    }

    /// Where its samples come from, if they were not drawn: a file's name, a preset's label, or that they were set by hand.
    pub fn brought(self) -> Option<String> {
        match &self.fitted.source {
            Source::Drawn(_) => None,
            Source::File(path) => Some(of_path(Path::new(path.file_name().unwrap_or(path.as_os_str())))),
            Source::Preset(label) => Some((*label).to_owned()),
            Source::Edited => Some(BY_HAND.to_owned()),
        }
    }

    /// The loss over a batch alone, the samples with these indices, each as often as it stands there: as
    /// [`SampledLoss::batch`](super::SampledLoss::batch), for many weights at once. `None` for an empty batch
    /// and for an index beyond the samples.
    pub fn batch_loss(self, batch: &[usize]) -> Option<Arc<dyn Loss>> {
        let all = self.fitted.data.samples();
        let samples: Option<Vec<[f64; 2]>> = batch.iter().map(|index| all.get(*index).copied()).collect();
        let data = Data::edited(samples?).ok()?;
        self.fitted.with_data(data).loss(self.entry, self.values)
    }

    /// The loss with another value of a parameter, everything else as it is, and of its samples at most this many, evenly;
    /// `None` unless it is a network of the catalog, and for a value outside the domain of the parameter.
    pub fn loss_with(self, parameter: &str, value: f64, most: usize) -> Option<Arc<dyn Loss>> {
        let Build::Network { loss, .. } = self.entry.build else { return None };
        let index = self.entry.parameters.iter().position(|known| known.name == parameter)?;
        self.entry.parameters[index].check(value).ok()?;
        let mut values = self.values.to_vec();
        *values.get_mut(index)? = value;
        let all = &self.fitted.data;
        let data = if all.len() <= most { Arc::clone(all) } else { Arc::new(all.thinned(most)) };
        Some(loss(&values, data))
    }

    /// How its samples are drawn.
    fn draw(self) -> Option<SamplingRule> {
        self.fitted.draw(self.entry, self.values)
    }
}
