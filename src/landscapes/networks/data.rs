//! The samples (x, y) a network is fitted to: generated from a seed, or read from CSV text.

use crate::landscapes::{SpecError, number};
use crate::numbers::{Real, SplitMix64};

/// More samples than this are refused: every one is drawn, and every grid point sums over all of them.
pub const MAX_SAMPLES: usize = 10_000;

/// Samples of a function of one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    samples: Vec<[f64; 2]>,
}

impl Data {
    /// `count` samples with x uniform in \[−half, half\] and y from the rule, which may draw noise after x.
    pub(super) fn generate(seed: u64, count: usize, half: f64, rule: fn(f64, &mut SplitMix64) -> f64) -> Self {
        let mut random = SplitMix64::new(seed);
        let sample = |_| {
            let x = -half + 2.0 * half * random.uniform();
            [x, rule(x, &mut random)]
        };
        Self { samples: (0..count).map(sample).collect() }
    }

    /// 20 samples of two classes, the second likelier the larger x is: y is 1 with probability σ(1.5x − 0.5), else 0.
    pub(super) fn two_classes(seed: u64) -> Self {
        Self::generate(seed, 20, 3.0, |x, chance| if chance.uniform() < (1.5 * x - 0.5).sigmoid() { 1.0 } else { 0.0 })
    }

    /// Reads CSV with the header `x,y`; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`SpecError::Data`] naming file, line and word.
    pub fn parse_csv(text: &str, name: &str) -> Result<Self, SpecError> {
        let refuse = |line: usize, what: String| Err(SpecError::Data(format!("{name}, line {line}: {what}")));
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let header = lines.next().map(|(_, line)| line.trim_start_matches('\u{feff}').replace(' ', ""));
        if header.as_deref() != Some("x,y") {
            return refuse(1, "expected the header 'x,y'".to_owned());
        }
        let mut samples = Vec::new();
        for (index, line) in lines {
            let Some((x, y)) = line.split_once(',') else {
                return refuse(index + 1, format!("'{line}' is not two numbers separated by a comma"));
            };
            let read = |column, word| {
                number(column, word).map_err(|error| SpecError::Data(format!("{name}, line {}: {error}", index + 1)))
            };
            samples.push([read("x", x)?, read("y", y)?]);
        }
        match samples.len() {
            0 => Err(SpecError::Data(format!(
                "{name} holds no samples: it needs at least one line 'x,y' of numbers below its header"
            ))),
            1..=MAX_SAMPLES => Ok(Self { samples }),
            count => Err(SpecError::Data(format!("{name} holds {count} samples; at most {MAX_SAMPLES} can be shown"))),
        }
    }

    /// Holds every y to be a class, 0 or 1, or a probability between; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`SpecError::Data`] naming the file and the first y that is neither.
    pub(crate) fn check_classes(&self, name: &str) -> Result<(), SpecError> {
        match self.samples.iter().find(|[_, y]| !(0.0..=1.0).contains(y)) {
            None => Ok(()),
            Some([x, y]) => Err(SpecError::Data(format!(
                "{name}: y cannot be {y} (at x = {x}): cross-entropy needs classes, 0 or 1, or probabilities between"
            ))),
        }
    }

    /// The samples, in order.
    pub fn samples(&self) -> &[[f64; 2]] {
        &self.samples
    }

    /// How many there are; never 0.
    #[expect(clippy::len_without_is_empty, reason = "data are never empty")]
    pub fn len(&self) -> usize {
        self.samples.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_read_and_what_is_wrong_is_named_by_line() {
        let data = Data::parse_csv("x, y\r\n1,2\n\n-3e-1,4\n", "f.csv").unwrap();
        assert_eq!(data.samples(), [[1.0, 2.0], [-0.3, 4.0]], "blank lines and exponents");
        for (text, words) in [
            ("", "line 1"),
            ("a,b\n1,2", "header"),
            ("x,y\n", "no samples"),
            ("x,y\n1,2\n3;4", "line 3"),
            ("x,y\n1,nan", "'nan'"),
        ] {
            let error = Data::parse_csv(text, "f.csv").unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("f.csv"), "{text:?}: {error}");
        }
    }
}
