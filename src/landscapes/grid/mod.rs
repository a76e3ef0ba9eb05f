//! A loss that was measured on a rectangular grid, and the smooth surface through it.
//!
//! The file is read as a table (`table.rs`) or as arrays (`npy.rs`, `npz.rs`) into `GridLosses`; the surface through them
//! (`surface.rs`) is the loss. Outside the measured rectangle, and where a loss is missing, there is no value.

mod axis;
mod cells;
mod extremes;
mod fault;
mod grid_losses;
mod interpolation_error;
mod limit;
mod loss;
mod matrix;
mod npy;
mod npz;
mod packed;
mod plateau;
mod rows;
mod sides;
mod spec;
mod spline;
mod suggestion;
mod surface;
mod table;
mod trend;
mod ways;

use std::fmt;

use self::axis::Axis;
use self::grid_losses::GridLosses;
use self::surface::Surface;
use super::{STANDARD_INPUT, Suggestion, ViewBox};
use crate::numbers::{Point, numerals};

pub use fault::{ArrayFault, Fault, GridError};
pub use interpolation_error::InterpolationError;
#[cfg(test)]
pub(crate) use npz::arrays_of_npz;
pub use sides::{MAX_SIDE, MIN_SIDE};
pub use spec::GridSpec;

/// A place without a value, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingValue {
    /// Of a run that stops because it came there: "it left the measured grid for (1, 2)".
    pub went: &'static str,
    /// Of a start there: "the start lies outside the measured grid".
    pub lies: &'static str,
    /// Of a way that leads there: "the direction leaves the measured grid".
    pub enters: &'static str,
}

/// Where nothing was measured.
pub const OUTSIDE: MissingValue = MissingValue {
    went: "left the measured grid for",
    lies: "outside the measured grid",
    enters: "leaves the measured grid",
};

/// Where a measured loss beside the place is missing.
pub const HOLE: MissingValue = MissingValue {
    went: "came to a hole of the measured grid at",
    lies: "in a hole of the measured grid: a loss beside it is missing",
    enters: "enters a hole of the measured grid",
};

/// A measured loss, as a function of two weights: the smooth surface through its values.
#[derive(PartialEq)]
pub struct Grid {
    x: Axis,
    y: Axis,
    surface: Surface,
    range: [f64; 2],
    suggestion: Suggestion,
    notes: Vec<String>,
}

impl Grid {
    /// Reads the bytes of a file; the ending of its `name` says how, and errors call the file by it.
    ///
    /// - `.csv`, `.tsv`, `.txt`, `.dat`: a line for every point of a rectangular grid, in any order, with columns x, y and loss, by whatever names;
    ///   or the losses in rows and columns, the first row at the lower y.
    /// - `.npz`: arrays `x` (nx), `y` (ny) and `loss` (ny, nx), by name or by shape; x and y may also be the two arrays of
    ///   `numpy.meshgrid`.
    /// - `.npy`: an array (ny, nx), its first row at the lower y, or (points, 3).
    ///
    /// Standard input is recognized by its bytes. What has no coordinates is spread evenly over `view`. NaN and infinity are holes.
    ///
    /// # Errors
    /// [`GridError`] naming the file, the line or array in it, and what to do.
    pub fn read(bytes: &[u8], name: &str, view: Option<ViewBox>) -> Result<Self, GridError> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending.trim_end()).to_lowercase();
        let form = if name == STANDARD_INPUT { form_of(bytes) } else { &ending };
        let measured = match form {
            "csv" | "tsv" | "txt" | "dat" => table::read(bytes, view),
            "npz" => npz::read(bytes, view),
            "npy" => npy::read(bytes, view),
            _ => Err(Fault::UnknownEnding),
        };
        measured.and_then(Self::through).map_err(|fault| GridError { file: name.to_owned(), fault })
    }

    fn through(measured: GridLosses) -> Result<Self, Fault> {
        let range = measured.range()?;
        // The sums inside a cell take a few times as much.
        if !(100.0 * (range[1] - range[0])).is_finite() {
            return Err(Fault::TooLarge { range });
        }
        let GridLosses { x, y, losses, notes } = measured;
        let losses = without_rounding(losses, x.count());
        let surface = Surface::through(&losses, [x.count(), y.count()]);
        if !surface.is_finite() {
            return Err(Fault::TooLarge { range });
        }
        let suggestion = Suggestion { start: [0.0; 2], rate: 0.0 };
        let mut grid = Self { x, y, surface, range, suggestion, notes };
        grid.suggestion = suggestion::suggest(&grid);
        Ok(grid)
    }

    /// The measured rectangle.
    pub fn domain(&self) -> ViewBox {
        ViewBox { x: self.x.ends(), y: self.y.ends() }
    }

    /// How many points were measured along x and along y.
    pub fn size(&self) -> [usize; 2] {
        [self.x.count(), self.y.count()]
    }

    /// The least and the greatest measured loss.
    pub fn range(&self) -> [f64; 2] {
        self.range
    }

    /// What in the file was taken for what, where that is not plain.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Why there is no value at a point, if there is none.
    pub fn hole(&self, at: Point) -> Option<MissingValue> {
        match (self.x.cell(at.x), self.y.cell(at.y)) {
            (Some(column), Some(row)) => self.surface.is_hole([column, row]).then_some(HOLE),
            _ => Some(OUTSIDE),
        }
    }

    /// A start and a rate from which gradient descent goes down a long way and stays on the grid.
    pub fn suggestion(&self) -> Suggestion {
        self.suggestion
    }
}

/// The losses, row after row, those that differ from a neighbor's by the roundings of a few operations alone being equal to it:
/// a symmetric function has equal values at places that are equally far away, and what was computed has them but for that.
fn without_rounding(mut losses: Vec<f64>, columns: usize) -> Vec<f64> {
    /// In units of the last place.
    const ROUNDINGS: f64 = 4.0;
    for index in 0..losses.len() {
        let left = (index % columns > 0).then(|| losses[index - 1]);
        let below = index.checked_sub(columns).map(|below| losses[below]);
        let own = losses[index];
        let is_equal = |other: &f64| (other - own).abs() <= ROUNDINGS * f64::EPSILON * own.abs();
        if let Some(other) = left.into_iter().chain(below).find(is_equal) {
            losses[index] = other;
        }
    }
    losses
}

/// The form of bytes without a name, as an ending.
fn form_of(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"PK\x03\x04") {
        "npz"
    } else if bytes.starts_with(b"\x93NUMPY") {
        "npy"
    } else {
        "csv"
    }
}

/// "101 × 81 measured losses, 0.012 to 5.3".
impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([columns, rows], [low, high]) = (self.size(), self.range.map(numerals::number));
        write!(f, "{columns} × {rows} measured losses, {low} to {high}")
    }
}

impl fmt::Debug for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grid({self})")
    }
}

#[cfg(test)]
mod surface_tests;
#[cfg(test)]
mod tests;
