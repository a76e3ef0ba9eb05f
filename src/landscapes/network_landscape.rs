//! Landscapes of networks: fitted to samples drawn from a seed, read from a file, taken from a preset, or set by hand.

use std::sync::Arc;

use super::fitted::{Fitted, OF_SAMPLES, Source};
use super::formula::{FormulaError, NetworkFormula};
use super::landscape::Origin;
use super::networks::criterion::Judge;
use super::networks::sampling_rule::SamplingRule;
use super::networks::{Data, Preset};
use super::typed_network::TypedNetwork;
use super::{Entry, InputError, Landscape, Network, Parameter, own};

impl Landscape {
    /// A network of the catalog with its public data.
    pub(super) fn of_catalogued(entry: &'static Entry, build: super::entry::BuildNetwork, draw: SamplingRule) -> Self {
        let values: Vec<f64> = entry.parameters.iter().map(|parameter| parameter.default).collect();
        let [count, noise] = of_samples(&values);
        let data = Arc::new(draw.samples(draw.seed, count, noise));
        let loss = build(&values, Arc::clone(&data));
        let origin = Origin::Network(Fitted { source: Source::Drawn(None), data, typed: None });
        Self::of_entry(entry, values, origin, loss)
    }

    /// A network whose output is a formula in w₁, w₂ and x; its other letters are parameters. It is fitted to the public
    /// samples of `tanh2` by their mean squared error until something else is chosen.
    ///
    /// # Errors
    /// [`FormulaError`] with what is wrong and where.
    pub fn of_network(text: &str) -> Result<Self, FormulaError> {
        let typed = TypedNetwork::of(NetworkFormula::parse(text)?, Judge::Mse);
        let values = typed.defaults();
        let [count, noise] = of_samples(&values);
        let draw = typed.draw();
        let data = draw.samples(draw.seed, count, noise);
        Ok(Self::of_typed(typed, values, Source::Drawn(None), Arc::new(data)))
    }

    fn of_typed(typed: TypedNetwork, values: Vec<f64>, source: Source, data: Arc<Data>) -> Self {
        let own_domain = typed.domain(&values, &data);
        let suggestion = typed.suggestion(&values, &data, &own_domain);
        let loss = typed.loss(&values, Arc::clone(&data));
        let origin = Origin::Network(Fitted { source, data, typed: Some(Arc::new(typed)) });
        Self { entry: &own::NETWORK, values, origin, own_domain, chosen_domain: None, suggestion, loss }
    }

    /// Another network instead of this typed one: its letters keep their values and sliders, and its loss, its
    /// samples and a chosen box stay.
    pub(super) fn with_network_formula(
        &self,
        fitted: &Fitted,
        old: &TypedNetwork,
        text: &str,
    ) -> Result<Self, FormulaError> {
        let mut typed = TypedNetwork::of(NetworkFormula::parse(text)?, old.judge);
        let known = |name: &str| old.parameters.iter().position(|parameter| parameter.name == name);
        for parameter in &mut typed.parameters {
            if let Some(index) = known(parameter.name) {
                *parameter = old.parameters[index];
            }
        }
        let value = |parameter: &Parameter| known(parameter.name).map_or(parameter.default, |index| self.values[index]);
        let values = typed.parameters.iter().map(value).collect();
        let landscape = Self::of_typed(typed, values, fitted.source.clone(), Arc::clone(&fitted.data));
        Ok(landscape.with_domain(self.chosen_domain))
    }

    /// The same network with one value of its parameters set, which fits its domain.
    pub(super) fn refitted(mut self, index: usize) -> Result<Self, InputError> {
        let Origin::Network(mut fitted) = self.origin.clone() else { return Ok(self) };
        let letters = fitted.typed.as_ref().map(|typed| typed.letters());
        if let Some(typed) = fitted.typed.as_ref().filter(|typed| index == typed.letters()) {
            let judged = self.judged(typed, Judge::of(self.values[index]));
            if judged.judge.wants_classes() && !matches!(fitted.source, Source::Drawn(_)) {
                fitted.data.check_classes(&fitted.source.name())?;
            }
            fitted.typed = Some(Arc::new(judged));
        }
        // A letter says nothing of the samples; its slider is not to move the start either.
        let is_letter = letters.is_some_and(|letters| index < letters);
        if is_letter {
            self.loss = fitted.loss(self.entry, &self.values).unwrap_or(self.loss);
            return Ok(self);
        }
        if let (Source::Drawn(seed), Some(draw)) = (&fitted.source, fitted.draw(self.entry, &self.values)) {
            let [count, noise] = of_samples(&self.values);
            fitted.data = Arc::new(draw.samples(seed.unwrap_or(draw.seed), count, noise));
        }
        Ok(self.fitted_to(fitted))
    }

    /// The typed network with another loss; number and noise of the samples that no one has chosen become those of the
    /// samples that belong to it.
    fn judged(&mut self, old: &TypedNetwork, judge: Judge) -> TypedNetwork {
        let mut typed = TypedNetwork::of(old.formula.clone(), judge);
        typed.parameters[..old.letters()].copy_from_slice(&old.parameters[..old.letters()]);
        let of_samples = old.letters() + 1..;
        for ((old, new), value) in old.parameters[of_samples.clone()]
            .iter()
            .zip(&typed.parameters[of_samples.clone()])
            .zip(&mut self.values[of_samples])
        {
            if *value == old.default {
                *value = new.default;
            }
        }
        typed
    }

    /// Takes samples, and what follows from them.
    fn fitted_to(mut self, fitted: Fitted) -> Self {
        self.loss = fitted.loss(self.entry, &self.values).unwrap_or(self.loss);
        let before = self.own_domain;
        self.own_domain = self.domain_for(&fitted);
        self.suggestion = self.suggestion_for(&fitted, before);
        self.origin = Origin::Network(fitted);
        self
    }

    /// The same network fitted to samples that the user brings.
    ///
    /// # Errors
    /// [`InputError::Data`] where the loss needs classes and the samples hold another y.
    pub(super) fn with_data(&self, source: Source, data: Data) -> Result<Self, InputError> {
        let Origin::Network(fitted) = &self.origin else { return Err(self.has_no_samples()) };
        if self.network().is_some_and(Network::wants_classes) {
            data.check_classes(&source.name())?;
        }
        Ok(self.clone().fitted_to(Fitted { source, ..fitted.with_data(data) }))
    }

    /// The same network fitted to the samples of a seed, as many and as noisy as its parameters say; nothing changes for
    /// anything but a network.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        let Origin::Network(fitted) = &self.origin else { return self.clone() };
        let Some(draw) = fitted.draw(self.entry, &self.values) else { return self.clone() };
        let [count, noise] = of_samples(&self.values);
        let data = draw.samples(seed, count, noise);
        let source = Source::Drawn((seed != draw.seed).then_some(seed));
        self.clone().fitted_to(Fitted { source, ..fitted.with_data(data) })
    }

    /// The same network fitted to samples that the user set by hand.
    ///
    /// # Errors
    /// [`InputError::Data`] for anything but a network, for no samples or more than [`MAX_SAMPLES`](super::networks::MAX_SAMPLES),
    /// for a number that is not finite, and for a y that is not a class where the loss needs one.
    pub fn with_samples(&self, samples: Vec<[f64; 2]>) -> Result<Self, InputError> {
        self.with_data(Source::Edited, Data::edited(samples)?)
    }

    /// The same network fitted to a data set made from the samples it draws.
    ///
    /// # Errors
    /// As [`Self::with_samples`].
    pub fn with_preset(&self, preset: &Preset) -> Result<Self, InputError> {
        let seed = self.network().and_then(|network| network.seed().or(network.public_seed()));
        let drawn = seed.map(|seed| self.with_seed(seed));
        let samples = drawn.as_ref().and_then(Self::data).map_or_else(Vec::new, |data| preset.of(data.samples()));
        self.with_data(Source::Preset(preset.label), Data::edited(samples)?)
    }

    /// How many of its parameters say what it is; those behind them say how its samples are drawn.
    pub fn own_parameters(&self) -> usize {
        let count = self.parameters().len();
        if self.network().and_then(Network::seed).is_some() { count - OF_SAMPLES } else { count }
    }

    fn has_no_samples(&self) -> InputError {
        InputError::Data(format!("'{}' is a surface: only networks are fitted to samples", self.entry.id))
    }
}

/// Number and noise of the samples to draw.
fn of_samples(values: &[f64]) -> [f64; OF_SAMPLES] {
    values.last_chunk().copied().unwrap_or([1.0, 0.0])
}
