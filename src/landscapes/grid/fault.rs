//! What can be wrong with a file of measured losses, and what to do about it.

use std::fmt;

use super::{MAX_SIDE, MIN_SIDE};
use crate::landscapes::TableFault;

/// A file of measured losses that cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct GridError {
    /// The file, as it was called by whoever asked for it.
    pub file: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl fmt::Display for GridError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault.line() {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.fault),
            None => write!(f, "{}: {}", self.file, self.fault),
        }
    }
}

impl std::error::Error for GridError {}

/// What can be wrong with measured losses; `axis` is "x" or "y".
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The name does not say how to read the file.
    #[error("a measured grid is a file whose name ends in .csv, .npz or .npy")]
    UnknownEnding,
    /// Losses without coordinates.
    #[error(
        "losses in rows and columns have no coordinates and need --box X0,X1,Y0,Y1, the rectangle they were measured on"
    )]
    NeedsBox,
    /// A table that cannot be read.
    #[error("{0}")]
    Table(#[from] TableFault),
    /// No cell has a loss at all four corners.
    #[error(
        "nowhere are the losses of four neighboring points all finite numbers, so there is no surface through them"
    )]
    Empty,
    /// Points that lie on no grid.
    #[error(
        "{points} points with {columns} different x and {rows} different y are no rectangular grid; measure every x with every y"
    )]
    Scattered {
        /// How many points there are.
        points: usize,
        /// How many different x there are.
        columns: usize,
        /// How many different y there are.
        rows: usize,
    },
    /// Arrays that could be several things.
    #[error("{0}; write the file with numpy.savez(file, x=x, y=y, loss=loss)")]
    Unclear(String),
    /// An archive that holds more than the largest grid.
    #[error("it holds more than {most} arrays or unpacks to more than {} MB; write x, y and loss alone", bytes / 1_000_000)]
    Archive {
        /// The most arrays.
        most: usize,
        /// The most bytes.
        bytes: u64,
    },
    /// A table with more lines than the largest grid has points.
    #[error("more than {MAX_SIDE} × {MAX_SIDE} points; measure fewer, or leave some out")]
    TooManyLines,
    /// Two losses for one point.
    #[error("the loss at x = {x}, y = {y} stands in line {first} already; keep one of them")]
    Twice {
        /// The second line, counted from 1.
        line: usize,
        /// The first line.
        first: usize,
        /// Where.
        x: f64,
        /// Where.
        y: f64,
    },
    /// A point of the grid without a loss.
    #[error(
        "no loss at x = {x}, y = {y}: {columns} different x and {rows} different y need {} points, and there are {points}\n\
         measure every x with every y", columns * rows
    )]
    Missing {
        /// The first missing point.
        x: f64,
        /// The first missing point.
        y: f64,
        /// How many different x there are.
        columns: usize,
        /// How many different y there are.
        rows: usize,
        /// How many points there are.
        points: usize,
    },
    /// Losses that fill no whole rows.
    #[error("{losses} losses do not fill rows of {columns}")]
    Rows {
        /// How many losses there are.
        losses: usize,
        /// How many make a row.
        columns: usize,
    },
    /// Too few coordinates for a cubic.
    #[error("{count} different {axis}: a smooth surface needs at least {MIN_SIDE} × {MIN_SIDE} points")]
    TooFew {
        /// The axis.
        axis: &'static str,
        /// How many different coordinates there are.
        count: usize,
    },
    /// More than can be shown.
    #[error("{count} different {axis}: at most {MAX_SIDE} × {MAX_SIDE} points on a rectangular grid can be shown")]
    TooMany {
        /// The axis.
        axis: &'static str,
        /// How many different coordinates there are.
        count: usize,
    },
    /// Steps that grow by a factor.
    #[error(
        "{axis} grows by a factor of {factor} from one value to the next, and is to have even steps: write log10({axis}) in its place"
    )]
    Geometric {
        /// The axis.
        axis: &'static str,
        /// The factor.
        factor: f64,
    },
    /// Steps of different length.
    #[error(
        "{axis} is spaced unevenly: {from} to {to} is not the step of {step} found elsewhere; measure with even steps"
    )]
    Uneven {
        /// The axis.
        axis: &'static str,
        /// Where the odd step begins.
        from: f64,
        /// Where it ends.
        to: f64,
        /// The usual step.
        step: f64,
    },
    /// Coordinates that neither rise nor fall.
    #[error("{axis}[{index}] = {value} breaks the order: {axis} must rise (or fall) from each entry to the next")]
    Order {
        /// The axis.
        axis: &'static str,
        /// The entry that breaks the order, counted from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A coordinate that is NaN or infinite.
    #[error("{axis}[{index}] is {value}, not a finite number")]
    Coordinate {
        /// The axis.
        axis: &'static str,
        /// The entry, counted from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// An empty rectangle, or one that overflows.
    #[error("{axis} from {low} to {high} is no side of a rectangle: the second number must be the larger one")]
    Side {
        /// The axis.
        axis: &'static str,
        /// The first coordinate.
        low: f64,
        /// The last coordinate.
        high: f64,
    },
    /// Losses so large that the surface overflows.
    #[error("losses from {:e} to {:e} are too large to lay a surface through; measure their logarithm", range[0], range[1])]
    TooLarge {
        /// The least and the greatest.
        range: [f64; 2],
    },
    /// Not an archive of arrays.
    #[error("this is no .npz archive of NumPy ({reason}); write it with numpy.savez(file, x=x, y=y, loss=loss)")]
    NotNpz {
        /// What the archive reader says.
        reason: String,
    },
    /// The loss has the wrong number of rows and columns.
    #[error("the loss has shape {found}, but {columns} x and {rows} y need ({rows}, {columns}): loss[iy, ix]")]
    Shape {
        /// The shape it has.
        found: String,
        /// How many x there are.
        columns: usize,
        /// How many y there are.
        rows: usize,
    },
    /// Coordinates that are neither a list nor a mesh.
    #[error("{axis} has shape {found}: it must be a list of coordinates, or an array of numpy.meshgrid(x, y)")]
    Mesh {
        /// The axis.
        axis: &'static str,
        /// The shape it has.
        found: String,
    },
    /// The file's only array.
    #[error("{0}")]
    Array(ArrayFault),
    /// An array of an archive.
    #[error("array '{array}': {fault}")]
    Member {
        /// Its name.
        array: String,
        /// What is wrong with it.
        fault: ArrayFault,
    },
}

impl Fault {
    /// The line of the table it is about, counted from 1.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Table(fault) => fault.line(),
            Self::Twice { line, .. } => Some(*line),
            _ => None,
        }
    }
}

/// What can be wrong with an array in `NumPy`'s format.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ArrayFault {
    /// Something else.
    #[error("this is no array of NumPy; write it with numpy.save or numpy.savez")]
    NotNpy,
    /// A version of the format that does not exist yet.
    #[error("version {0} of NumPy's format is not known here; versions 1 to 3 are")]
    Version(u8),
    /// A header that says nothing.
    #[error("its header does not say {0}; write it again with numpy.save or numpy.savez")]
    Header(&'static str),
    /// Python objects, which could be anything.
    #[error("it holds pickled Python objects, which are never opened; save plain numbers: loss.astype(float)")]
    Pickled,
    /// Elements that are not real numbers.
    #[error("elements of type '{0}' cannot be read; save plain numbers: loss.astype(float)")]
    Type(String),
    /// The wrong number of dimensions.
    #[error("it has shape {0}; losses are a table of two dimensions, loss[iy, ix]")]
    Dimensions(String),
    /// More than can be shown.
    #[error("it has shape {0}; at most {MAX_SIDE} × {MAX_SIDE} points can be shown")]
    TooLarge(String),
    /// The file ends too early.
    #[error("it ends early, with {found} of {needed} bytes; copy the file again")]
    Short {
        /// How many bytes of numbers there are.
        found: usize,
        /// How many there should be.
        needed: usize,
    },
}
