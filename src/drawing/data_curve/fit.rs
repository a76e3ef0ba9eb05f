//! One sample evaluated: the network's output, its error, and its share of the loss.

use crate::landscapes::{Landscape, SampledLoss};
use crate::numbers::Point;
use crate::numbers::numerals::{number, significant};

/// A sample at some weights, in numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The input, and the wanted output.
    pub sample: [f64; 2],
    /// The output.
    pub output: f64,
    /// The probability of class 1, where the output is its logit.
    pub probability: Option<f64>,
    /// Its own loss.
    pub loss: f64,
    /// Its share of the losses of all samples, from 0 to 1.
    pub share: f64,
}

impl Fit {
    /// Every sample at weights `at`; none if it is not a network.
    pub fn all(landscape: &Landscape, at: Point) -> Vec<Self> {
        let (Some(data), Some(loss)) = (landscape.data(), landscape.sampled_loss()) else {
            return Vec::new();
        };
        let losses = loss.sample_losses(at);
        let total: f64 = losses.iter().sum();
        let fit = |(&sample, &own): (&[f64; 2], &f64)| Self::of(loss, at, sample, [own, total]);
        data.samples().iter().zip(&losses).map(fit).collect()
    }

    /// One sample at weights `at`; `None` if there is none of this index.
    pub fn one(landscape: &Landscape, at: Point, index: usize) -> Option<Self> {
        let sample = *landscape.data()?.samples().get(index)?;
        let loss = landscape.sampled_loss()?;
        let losses = loss.sample_losses(at);
        Some(Self::of(loss, at, sample, [*losses.get(index)?, losses.iter().sum()]))
    }

    /// A sample, and of the losses its own and the sum of all.
    fn of(over: &dyn SampledLoss, at: Point, sample: [f64; 2], [own, total]: [f64; 2]) -> Self {
        let output = over.output(at, sample[0]);
        Self { sample, output, probability: over.probability(output), loss: own, share: own / total }
    }

    /// Where the curve passes the sample.
    pub fn said(&self) -> f64 {
        self.probability.unwrap_or(self.output)
    }

    /// A description, a line each.
    pub fn description(&self) -> Vec<String> {
        let [x, y] = self.sample;
        let few = |value| significant(value, 4);
        let mut lines = vec![format!("x = {}, y = {}", few(x), few(y))];
        lines.extend(match self.probability {
            Some(p) => [
                format!("logit o = {}, p = σ(o) = {}", few(self.output), few(p)),
                format!("residual p − y = {}", few(p - y)),
            ],
            None => [format!("output o = {}", few(self.output)), format!("residual o − y = {}", few(self.output - y))],
        });
        let share = if self.share.is_finite() {
            format!(", {} % of the total", significant(100.0 * self.share, 2))
        } else {
            String::new()
        };
        lines.push(format!("its loss {}{share}", number(self.loss)));
        lines
    }

    /// The text for a single line, in ever fewer words.
    pub fn in_a_line(&self) -> [String; 3] {
        let few = |value| significant(value, 3);
        let [x, y] = self.sample;
        let symbol = if self.probability.is_some() { "p" } else { "o" };
        let error = format!("{symbol} = {}, {symbol} − y = {}", few(self.said()), few(self.said() - y));
        let brief = format!("x = {}, y = {}, {error}", few(x), few(y));
        [self.description().join(", "), format!("{brief}, loss {}", significant(self.loss, 3)), error]
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;
    use crate::landscapes::networks;

    #[test]
    fn shares_of_the_loss_make_up_the_whole() {
        let at = Point::new(0.7, -0.4);
        for entry in networks::ENTRIES {
            let landscape = Landscape::of(entry);
            let fits = Fit::all(&landscape, at);
            let whole: f64 = fits.iter().map(|fit| fit.share).sum();
            assert_eq!(Fit::one(&landscape, at, 3), Some(fits[3]), "{}: one alone", entry.id);
            assert_eq!(Fit::one(&landscape, at, fits.len()), None, "{}: beyond the last", entry.id);
            assert!((whole - 1.0).abs() < 1e-12, "{}: {whole}", entry.id);
            let inputs: Vec<f64> = fits.iter().map(|fit| fit.sample[0]).collect();
            for (fit, said) in fits.iter().zip(said(&landscape, at, &inputs)) {
                assert!((fit.said() - said).abs() < 1e-13, "{}: the curve passes where the error ends", entry.id);
            }
        }
    }
}
