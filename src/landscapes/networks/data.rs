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
            count => return refuse(format!("{count} samples are too many: at most 10 000 can be shown")),
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

    /// Reads CSV with the header `x,y`; blank lines, spaces, quotes around the names and a byte order mark do no harm.
    /// `name` is what errors call the file.
    ///
    /// # Errors
    /// [`SpecError::Data`] naming file, line and word, and what to do.
    pub fn parse_csv(text: &str, name: &str) -> Result<Self, SpecError> {
        Self::read(text, name, |_| Ok(()))
    }

    /// The same where every y is a class, 0 or 1.
    ///
    /// # Errors
    /// As [`Self::parse_csv`].
    pub(in crate::landscapes) fn parse_classes(text: &str, name: &str) -> Result<Self, SpecError> {
        Self::read(text, name, class)
    }

    fn read(text: &str, name: &str, check: fn(&[f64; 2]) -> Result<(), String>) -> Result<Self, SpecError> {
        let refuse = |what: String| SpecError::Data(format!("{name}{what}"));
        let at = |line: usize, what: String| refuse(format!(", line {line}: {what}"));
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let Some((line, header)) = lines.next() else { return Err(refuse(format!(" is empty: {WANTED}"))) };
        if !is_header(header) {
            return Err(at(line, header_fault(header)));
        }
        let mut samples = Vec::new();
        for (line, text) in lines.by_ref().take(MAX_SAMPLES) {
            let read = sample(text).and_then(|sample| check(&sample).map(|()| sample));
            samples.push(read.map_err(|what| at(line, what))?);
        }
        match (samples.len(), lines.count()) {
            (0, _) => Err(refuse(format!(" holds no samples: {WANTED}"))),
            (_, 0) => Ok(Self { samples }),
            (most, more) => Err(refuse(format!(
                " holds {} samples; at most 10 000 can be shown: leave {more} of them out",
                most + more
            ))),
        }
    }

    /// Holds every y to be a class, 0 or 1; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`SpecError::Data`] naming the file and the first y that is neither.
    pub(crate) fn check_classes(&self, name: &str) -> Result<(), SpecError> {
        let all = self.samples.iter().try_for_each(class);
        all.map_err(|what| SpecError::Data(format!("{name}: {what}")))
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

/// What a file of samples looks like.
const WANTED: &str = "samples begin with the header x,y, and below it have a line each, such as 0.5,1.2";

/// Whether a line is the header of samples: spaces, quotes and the case of its letters do not matter.
pub(in crate::landscapes) fn is_header(line: &str) -> bool {
    let plain = line.chars().filter(|c| !c.is_whitespace() && !['"', '\'', '\u{feff}'].contains(c));
    plain.collect::<String>().eq_ignore_ascii_case("x,y")
}

/// What is wrong with a first line that is no header.
fn header_fault(line: &str) -> String {
    let found = excerpt(line);
    if sample(line).is_ok() {
        format!("'{found}' is a sample already: write the header x,y in a line above it")
    } else if line.contains([';', '\t']) {
        format!("the header is '{found}', but must be x,y: separate numbers by commas, and write decimal points")
    } else {
        format!("the header is '{found}', but must be x,y")
    }
}

/// A line of two numbers, or what is wrong with it.
fn sample(line: &str) -> Result<[f64; 2], String> {
    let words: Vec<&str> = line.split(',').map(str::trim).collect();
    let &[x, y] = words.as_slice() else {
        let hint = if words.len() == 4 { "; write decimal points" } else { "" };
        return Err(format!("'{}' is not two numbers separated by a comma{hint}", excerpt(line)));
    };
    let read = |name: &str, word: &str| match number(name, word) {
        Ok(value) => Ok(value),
        Err(_) if word.is_empty() => {
            Err(format!("{name} is missing in '{}': write a number, or leave the line out", excerpt(line)))
        }
        Err(_) => Err(format!("{name}: '{}' is not a finite number; correct it, or leave the line out", excerpt(word))),
    };
    Ok([read("x", x)?, read("y", y)?])
}

/// Refuses what is no class.
fn class([x, y]: &[f64; 2]) -> Result<(), String> {
    if *y == 0.0 || *y == 1.0 {
        return Ok(());
    }
    Err(format!("y cannot be {y} (at x = {x}): cross-entropy needs classes, 0 or 1"))
}

/// The beginning of a text that may be long.
fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.trim();
    let cut: String = text.chars().take(MOST).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
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
            (vec![[0.0, 1.0]; MAX_SAMPLES + 1], "at most 10 000"),
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
        for header in ["x, y", "\u{feff}x,y", "\"x\",\"y\"", "X,Y"] {
            let data = Data::parse_csv(&format!("{header}\r\n1,2\n\n-3e-1, 4\n"), "f.csv").unwrap();
            assert_eq!(data.samples(), [[1.0, 2.0], [-0.3, 4.0]], "{header:?}: blank lines and exponents");
        }
        let long = "7".repeat(400);
        for (text, words) in [
            ("", "f.csv is empty: samples begin with the header x,y"),
            (" \n\n", "is empty"),
            ("a,b\n1,2", "line 1: the header is 'a,b', but must be x,y"),
            ("\nx;y\n1;2", "line 2: the header is 'x;y', but must be x,y: separate numbers by commas"),
            ("1,2\n3,4", "line 1: '1,2' is a sample already: write the header"),
            ("x,y\n", "holds no samples"),
            ("x,y\n1,2\n3;4", "line 3: '3;4' is not two numbers separated by a comma"),
            ("x,y\n1,2,3", "line 2: '1,2,3' is not two numbers"),
            ("x,y\n1,5,2,5", "write decimal points"),
            ("x,y\n1,nan", "line 2: y: 'nan' is not a finite number"),
            ("x,y\n-inf,1", "x: '-inf'"),
            ("x,y\n1e999,1", "x: '1e999'"),
            ("x,y\n1,", "line 2: y is missing in '1,'"),
            (&format!("x,y\n{long},1"), "777…"),
        ] {
            let error = Data::parse_csv(text, "f.csv").unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("f.csv") && error.len() < 200, "{text:?}: {error}");
        }
        let classes = |text| Data::parse_classes(text, "f.csv").unwrap_err().to_string();
        assert!(classes("x,y\n0,1\n\n3,0.5").contains("line 4: y cannot be 0.5 (at x = 3)"), "no class");
        let table = |count: usize| format!("x,y\n{}", "0,1\n".repeat(count));
        assert_eq!(
            Data::parse_csv(&table(MAX_SAMPLES), "f.csv").unwrap().len(),
            MAX_SAMPLES,
            "as many as can be shown"
        );
        let error = Data::parse_csv(&table(MAX_SAMPLES + 1), "f.csv").unwrap_err().to_string();
        assert!(error.contains("holds 10001 samples; at most 10 000 can be shown: leave 1 of them out"), "{error}");
    }
}
