//! The samples (x, y) a network is fitted to: drawn from a seed, made from a preset, set by hand, or read from a table.

use crate::landscapes::{InputError, Table};

/// More samples than this are refused: every one is drawn, and every grid point sums over all of them.
pub const MAX_SAMPLES: usize = 10_000;

/// Samples of a function of one variable.
#[derive(Clone, Debug)]
pub struct Data {
    samples: Vec<[f64; 2]>,
    /// What in their file was taken for what.
    notes: Vec<String>,
}

/// How a file was written does not matter.
impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        self.samples == other.samples
    }
}

impl Data {
    /// These samples, of which there is at least one.
    pub(super) fn of(samples: Vec<[f64; 2]>) -> Self {
        Self { samples, notes: Vec::new() }
    }

    /// Samples that the user set by hand.
    ///
    /// # Errors
    /// [`InputError::Data`] for none, for more than [`MAX_SAMPLES`], and for numbers that are not finite.
    pub(in crate::landscapes) fn edited(samples: Vec<[f64; 2]>) -> Result<Self, InputError> {
        let refuse = |what: String| Err(InputError::Data(what));
        match samples.len() {
            0 => return refuse("a network needs at least one sample".to_owned()),
            1..=MAX_SAMPLES => {}
            count => return refuse(format!("{count} samples are too many: at most 10 000 can be shown")),
        }
        match samples.iter().find(|sample| !sample.iter().all(|number| number.is_finite())) {
            Some([x, y]) => refuse(format!("a sample needs two finite numbers, not ({x}, {y})")),
            None => Ok(Self::of(samples)),
        }
    }

    /// Evenly chosen samples of them, so that no more than `most` are left.
    pub(in crate::landscapes) fn thinned(&self, most: usize) -> Self {
        let stride = self.len().div_ceil(most);
        Self::of(self.samples.iter().step_by(stride).copied().collect())
    }

    /// Reads a table with columns x and y, by whatever names; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`InputError::Data`] naming file, line and word, and what to do.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, InputError> {
        Self::checked(bytes, name, |_| Ok(()))
    }

    /// Reads a table where every y is a class, 0 or 1.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(in crate::landscapes) fn read_classes(bytes: &[u8], name: &str) -> Result<Self, InputError> {
        Self::checked(bytes, name, class)
    }

    fn checked(bytes: &[u8], name: &str, check: fn(&[f64; 2]) -> Result<(), String>) -> Result<Self, InputError> {
        let refuse = |what: String| InputError::Data(format!("{name}{what}"));
        let table = Table::read(bytes).map_err(|fault| InputError::Data(fault.within(name)))?;
        if table.rows() == 0 {
            let what = if table.names().is_empty() { "is empty" } else { "holds no samples" };
            return Err(refuse(format!(" {what}: {WANTED}")));
        }
        let pair = table.pair("samples").and_then(|roles| {
            let [x, y] = roles.columns;
            table.check(x, "x", false).and_then(|()| table.check(y, "y", false)).map(|()| roles)
        });
        let roles = pair.map_err(|fault| InputError::Data(fault.within(name)))?;
        if table.rows() > MAX_SAMPLES {
            let (count, more) = (table.rows(), table.rows() - MAX_SAMPLES);
            return Err(refuse(format!(
                " holds {count} samples; at most 10 000 can be shown: leave {more} of them out"
            )));
        }
        let mut samples = Vec::with_capacity(table.rows());
        for row in 0..table.rows() {
            let sample = roles.columns.map(|column| table.number(row, column));
            check(&sample).map_err(|what| refuse(format!(", line {}: {what}", table.line(row))))?;
            samples.push(sample);
        }
        Ok(Self { samples, notes: roles.notes })
    }

    /// These samples with notes on what in their file was taken for what.
    pub(in crate::landscapes) fn noted(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }

    /// What in their file was taken for what.
    pub(in crate::landscapes) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Holds every y to be a class, 0 or 1; `name` is what errors call the file.
    ///
    /// # Errors
    /// [`InputError::Data`] naming the file and the first y that is neither.
    pub(crate) fn check_classes(&self, name: &str) -> Result<(), InputError> {
        let all = self.samples.iter().try_for_each(class);
        all.map_err(|what| InputError::Data(format!("{name}: {what}")))
    }

    /// CSV with the header `x,y`, a line a sample, which [`Data::read`] reads back to the same bits.
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

/// Refuses a y that is not a class.
fn class([x, y]: &[f64; 2]) -> Result<(), String> {
    if *y == 0.0 || *y == 1.0 {
        return Ok(());
    }
    Err(format!("y cannot be {y} (at x = {x}): cross-entropy needs classes, 0 or 1"))
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
            let again = Data::read(data.to_csv().as_bytes(), "saved").unwrap();
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
    fn tables_are_read_and_what_is_wrong_is_named_by_line() {
        for header in ["x, y", "\u{feff}x,y", "\"x\",\"y\"", "X,Y", "size,price", ""] {
            let data = Data::read(format!("{header}\r\n1,2\n\n-3e-1, 4\n").as_bytes(), "f.csv").unwrap();
            assert_eq!(data.samples(), [[1.0, 2.0], [-0.3, 4.0]], "{header:?}: blank lines and exponents");
            assert_eq!(
                data.notes().is_empty(),
                header.to_lowercase().contains(['x', 'y']) && !header.contains("size"),
                "{header:?}"
            );
        }
        for (text, words) in [
            ("", "f.csv is empty: samples begin with the header x,y"),
            (" \n\n", "is empty"),
            ("x,y\n", "holds no samples"),
            ("x,y\n1,2\n3;4", "f.csv, line 3: '3;4' has 1 cell"),
            ("x,y\n1,nan", "line 2: y: 'nan' is not a finite number"),
        ] {
            let error = Data::read(text.as_bytes(), "f.csv").unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("f.csv") && error.len() < 200, "{text:?}: {error}");
        }
        let classes = |text: &str| Data::read_classes(text.as_bytes(), "f.csv").unwrap_err().to_string();
        assert!(classes("x,y\n0,1\n\n3,0.5").contains("line 4: y cannot be 0.5 (at x = 3)"), "no class");
        let table = |count: usize| format!("x,y\n{}", "0,1\n".repeat(count)).into_bytes();
        assert_eq!(Data::read(&table(MAX_SAMPLES), "f.csv").unwrap().len(), MAX_SAMPLES, "as many as can be shown");
        let error = Data::read(&table(MAX_SAMPLES + 1), "f.csv").unwrap_err().to_string();
        assert!(error.contains("holds 10001 samples; at most 10 000 can be shown: leave 1 of them out"), "{error}");
    }
}
