//! Decides the region, the start and the rate for the samples of a network, and the rate of a surface with other parameters;
//! `domain_search.rs` searches the regions.

use super::domain_search::{brought, drawn, followed};
use super::fitted::{Fitted, OF_SAMPLES, Source};
use super::formula::{goes_down, rate_from, suggestion};
use super::landscape::Origin;
use super::typed_network::THINNED;
use super::{Landscape, SampledLoss, Suggestion, ViewBox};
use crate::numbers::Point;

/// If a rate this many times larger works, the usual one is too small.
const LITTLE: f64 = 20.0;

/// The region is found on no more samples than these.
const SEARCHED: usize = 256;

impl Landscape {
    /// The part of its domain that is shown at first: that of its opening, or all of it where the user chose the domain or
    /// samples moved it or the start.
    pub fn frame(&self) -> ViewBox {
        let is_usual = self.chosen_domain.is_none() && self.own_domain == self.entry.domain;
        let start = Point::from(self.suggestion.start);
        let frame = self.entry.opening.frame.filter(|frame| is_usual && frame.contains(start));
        frame.unwrap_or_else(|| self.domain())
    }

    /// A surface that is asked for with other parameters than its own: with a rate that descends, if its usual one descends
    /// with its own parameters alone. A slider moves no rate.
    pub(super) fn with_suited_rate(mut self) -> Self {
        let usual = Self::of(self.entry);
        let Suggestion { start, rate } = self.suggestion;
        let descends = |landscape: &Self| goes_down(landscape.loss(), &landscape.own_domain, Point::from(start), rate);
        if matches!(self.origin, Origin::Surface) && !descends(&self) && descends(&usual) {
            self.suggestion.rate = rate_from(self.loss(), &self.own_domain, Point::from(start)).unwrap_or(rate);
        }
        self
    }

    /// The region that suits other samples; while they are set by hand one by one it does not jump, but only grows.
    pub(super) fn domain_for(&self, fitted: &Fitted) -> ViewBox {
        let usual = fitted.typed.as_ref().filter(|_| fitted.source != Source::Edited).map_or_else(
            || if fitted.typed.is_some() { self.own_domain } else { self.entry.domain },
            |typed| typed.domain(&self.values, &fitted.data),
        );
        let few = fitted.data.thinned(SEARCHED);
        let squared = fitted.with_data(few.clone()).with_squares();
        let Some(loss) = squared.loss(self.entry, &self.values) else { return usual };
        let samples = few.samples();
        match fitted.source {
            Source::Edited => followed(loss.as_ref(), samples, self.own_domain),
            Source::File(_) => brought(loss.as_ref(), samples, usual),
            Source::Drawn(_) | Source::Preset(_) => drawn(loss.as_ref(), samples, usual),
        }
    }

    /// A start and a rate for other samples; those the user sets by hand one by one keep them while the region stays as it is (only the
    /// rate follows the number of samples). `before` is the region that suited the samples before.
    pub(super) fn suggestion_for(&self, fitted: &Fitted, before: ViewBox) -> Suggestion {
        let is_elsewhere = match fitted.source {
            Source::Edited => self.own_domain != before,
            _ => fitted.typed.is_none() && self.own_domain != self.entry.domain,
        };
        if is_elsewhere {
            let few = fitted.data.thinned(THINNED);
            let share = self.per_sample(few.len(), fitted.data.len());
            if let Some(loss) = fitted.with_data(few).loss(self.entry, &self.values) {
                let found = suggestion(loss.as_ref(), &self.own_domain);
                return Suggestion { rate: found.rate * share, ..found };
            }
        }
        if fitted.source == Source::Edited {
            let Origin::Network(before) = &self.origin else { return self.suggestion };
            let rate = self.suggestion.rate * self.per_sample(before.data.len(), fitted.data.len());
            return Suggestion { rate, ..self.suggestion };
        }
        if let Some(typed) = &fitted.typed {
            return typed.suggestion(&self.values, &fitted.data, &self.own_domain);
        }
        let Suggestion { start, rate } = self.entry.suggestion;
        let defaults = self.entry.parameters.iter().map(|parameter| parameter.default);
        let is_usual = defaults.zip(&self.values).rev().skip(OF_SAMPLES).all(|(default, value)| default == *value);
        let public = self.entry.parameters.iter().find(|parameter| parameter.name == "n");
        let was = public.map_or(1, |parameter| parameter.default as usize);
        let rate = rate * self.per_sample(was, fitted.data.len());
        if is_usual && matches!(fitted.source, Source::Drawn(_)) {
            return Suggestion { start, rate };
        }
        let few = fitted.data.thinned(THINNED);
        let share = self.per_sample(few.len(), fitted.data.len());
        let loss = fitted.with_data(few).loss(self.entry, &self.values);
        let found = loss.and_then(|loss| {
            let at = Point::from(start);
            // The usual rate, unless it is far too much or too little for samples that are not usual.
            let suited = rate_from(loss.as_ref(), &self.own_domain, at);
            let is_little = suited.is_some_and(|suited| suited > LITTLE * rate / share);
            if is_usual && !is_little && goes_down(loss.as_ref(), &self.own_domain, at, rate / share) {
                return None;
            }
            suited
        });
        Suggestion { start, rate: found.map_or(rate, |found| found * share) }
    }

    /// By how much a rate changes with the number of samples: the curvature of a sum grows with them, that of a mean does not.
    pub(super) fn per_sample(&self, before: usize, now: usize) -> f64 {
        if self.sampled_loss().is_some_and(SampledLoss::is_sum) { before as f64 / now as f64 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surface_with_other_parameters_has_a_rate_that_descends() {
        for text in ["quad:kappa=1000", "quad:lam=20", "bowl:a=20", "double_well:h=2", "matyas"] {
            let landscape = Landscape::parse(text).unwrap();
            let Suggestion { start, rate } = landscape.suggestion();
            assert!(goes_down(landscape.loss(), &landscape.domain(), Point::from(start), rate), "{text}: η = {rate}");
        }
        let [usual, own] = ["quad", "quad:kappa=20"].map(|text| Landscape::parse(text).unwrap().suggestion().rate);
        assert_eq!(usual, own, "the usual rate where that is right");
    }
}
