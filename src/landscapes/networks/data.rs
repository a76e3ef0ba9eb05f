//! The samples (x, y) a network is fitted to: generated from a seed, or read from CSV text.

use crate::landscapes::{SpecError, number};

/// More samples than this are refused: every one is drawn, and every grid point sums over all of them.
pub const MAX_SAMPLES: usize = 10_000;

/// Samples of a function of one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    samples: Vec<[f64; 2]>,
}

impl Data {
    /// These samples, of which there is at least one.
    pub(super) fn of(samples: Vec<[f64; 2]>) -> Self {
        Self { samples }
    }

    /// Samples that somebody set by hand.
    ///
    /// # Errors
    /// [`SpecError::Data`] for none, for more than [`MAX_SAMPLES`], and for numbers that are not finite.
    pub(in crate::landscapes) fn edited(samples: Vec<[f64; 2]>) -> Result<Self, SpecError> {
        let refuse = |what: String| Err(SpecError::Data(what));
        match samples.len() {
            0 => return refuse("a network needs at least one sample".to_owned()),
            1..=MAX_SAMPLES => {}
            count => return refuse(format!("{count} samples are too many: at most {MAX_SAMPLES} can be shown")),
        }
        match samples.iter().find(|sample| !sample.iter().all(|number| number.is_finite())) {
            Some([x, y]) => refuse(format!("a sample needs two finite numbers, not ({x}, {y})")),
            None => Ok(Self { samples }),
        }
    }

    /// Every so many samples of them, so that no more than `most` are left.
    pub(in crate::landscapes) fn thinned(&self, most: usize) -> Self {
        let stride = self.len().div_ceil(most);
        Self { samples: self.samples.iter().step_by(stride).copied().collect() }
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

    /// CSV with the header `x,y`, a line a sample, which [`Data::parse_csv`] reads back to the same bits.
    pub fn to_csv(&self) -> String {
        let rows = self.samples.iter().map(|[x, y]| format!("{},{}\n", shortest(*x), shortest(*y)));
        std::iter::once("x,y\n".to_owned()).chain(rows).collect()
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

/// The fewest digits that read back to the same bits.
fn shortest(value: f64) -> String {
    let [plain, scientific] = [format!("{value}"), format!("{value:e}")];
    if scientific.len() < plain.len() { scientific } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_saved_reads_back_to_the_same_bits(samples in prop::collection::vec([any::<f64>(), any::<f64>()], 1..9)) {
            let finite: Vec<[f64; 2]> = samples.into_iter().filter(|[x, y]| x.is_finite() && y.is_finite()).collect();
            prop_assume!(!finite.is_empty());
            let data = Data::edited(finite).unwrap();
            let again = Data::parse_csv(&data.to_csv(), "saved").unwrap();
            let bits = |data: &Data| data.samples().iter().map(|sample| sample.map(f64::to_bits)).collect::<Vec<_>>();
            prop_assert_eq!(bits(&again), bits(&data), "{}", data.to_csv());
        }
    }

    #[test]
    fn samples_set_by_hand_are_some_and_finite() {
        for (samples, words) in [
            (vec![], "at least one"),
            (vec![[0.0, 1.0]; MAX_SAMPLES + 1], "at most 10000"),
            (vec![[0.0, 1.0], [2.0, f64::NAN]], "(2, NaN)"),
        ] {
            let error = Data::edited(samples).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        let many = Data::edited((0..1000).map(|k| [f64::from(k), 0.0]).collect()).unwrap();
        assert_eq!(many.thinned(32).len(), 32, "thinned");
        assert_eq!(many.thinned(1000), many, "few enough");
    }

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
