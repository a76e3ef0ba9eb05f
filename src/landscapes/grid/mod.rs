//! A loss that was measured on a rectangular grid, and the smooth surface through it.
//!
//! The file is read as a table (`table.rs`) or as arrays (`npy.rs`, `npz.rs`) into `Samples`; the spline through them is
//! the loss. Outside the measured rectangle there is no value.

mod axis;
mod fault;
mod loss;
mod npy;
mod npz;
mod samples;
mod spline;
mod suggestion;
mod table;

use std::fmt;

use self::axis::Axis;
use self::samples::Samples;
use self::spline::Spline;
use super::{STANDARD_INPUT, Suggestion, ViewBox};
use crate::numbers::numerals;

pub use fault::{ArrayFault, Fault, GridError};

/// What is said of a run that stops because it came to a place where nothing was measured.
pub const OUTSIDE: &str = "left the measured grid";

/// The fewest points on a side: a cubic needs four.
pub const MIN_SIDE: usize = 4;

/// The most points on a side.
pub const MAX_SIDE: usize = 2001;

/// A measured loss, as a function of two weights: the C² spline through its values.
#[derive(PartialEq)]
pub struct Grid {
    x: Axis,
    y: Axis,
    spline: Spline,
    range: [f64; 2],
    suggestion: Suggestion,
}

impl Grid {
    /// Reads the bytes of a file; the ending of its `name` says how, and errors call the file by it.
    ///
    /// - `.csv`: the header `x,y,loss`, below it a line for every point of a rectangular grid, in any order.
    /// - `.npz`: arrays `x` (nx), `y` (ny) and `loss` (ny, nx); x and y may also be the two arrays of `numpy.meshgrid`.
    /// - `.npy`: an array (ny, nx), spread evenly over `view`, its first row at the lower y. The others know their place.
    ///
    /// # Errors
    /// [`GridError`] naming the file, the line or array in it, and what to do.
    pub fn read(bytes: &[u8], name: &str, view: Option<ViewBox>) -> Result<Self, GridError> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let form = if name == STANDARD_INPUT { form_of(bytes) } else { &ending };
        let samples = match form {
            "csv" => table::read(bytes),
            "npz" => npz::read(bytes),
            "npy" => npy::read(bytes, view),
            _ => Err(Fault::UnknownEnding),
        };
        samples.and_then(Self::through).map_err(|fault| GridError { file: name.to_owned(), fault })
    }

    fn through(samples: Samples) -> Result<Self, Fault> {
        let range = samples.range()?;
        let Samples { x, y, losses } = samples;
        let spline = Spline::through(&losses, [x.count(), y.count()]);
        if !spline.is_finite() {
            return Err(Fault::TooLarge { range });
        }
        let suggestion = Suggestion { start: [0.0; 2], rate: 0.0 };
        let mut grid = Self { x, y, spline, range, suggestion };
        grid.suggestion = suggestion::suggest(&grid);
        Ok(grid)
    }

    /// The measured rectangle.
    pub fn view(&self) -> ViewBox {
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

    /// A start and a rate from which gradient descent goes down a long way and stays on the grid.
    pub fn suggestion(&self) -> Suggestion {
        self.suggestion
    }
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
mod tests;
