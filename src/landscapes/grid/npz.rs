//! NumPy's `.npz` archives: a zip file with an `.npy` file for each array.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::axis::{Axis, TOLERANCE};
use super::fault::Fault;
use super::npy::{Array, MAX_BYTES, spelled};
use super::samples::Samples;

/// Reads the arrays `x`, `y` and `loss`.
pub(super) fn read(bytes: &[u8]) -> Result<Samples, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut member = |name| member(&mut archive, name);
    let (x, y, mut loss) = (member("x")?, member("y")?, member("loss")?);
    let (mut xs, mut ys) = (list("x", x, Layout::Columns)?, list("y", y, Layout::Rows)?);
    let (columns, rows) = (xs.len(), ys.len());
    if loss.shape != [rows, columns] {
        let transposed = loss.shape == [columns, rows];
        return Err(Fault::Shape { found: spelled(&loss.shape), columns, rows, transposed });
    }
    if falls("x", &xs)? {
        xs.reverse();
        loss.values.chunks_exact_mut(columns).for_each(<[f64]>::reverse);
    }
    if falls("y", &ys)? {
        ys.reverse();
        loss.values = loss.values.chunks_exact(columns).rev().flatten().copied().collect();
    }
    Ok(Samples { x: Axis::through("x", &xs)?, y: Axis::through("y", &ys)?, losses: loss.values })
}

fn broken(error: &ZipError) -> Fault {
    Fault::NotNpz { reason: error.to_string() }
}

/// An array of the archive; however much it claims to hold, no more is unpacked than the largest grid needs.
fn member(archive: &mut ZipArchive<Cursor<&[u8]>>, array: &'static str) -> Result<Array, Fault> {
    let Some(index) = archive.index_for_name(&format!("{array}.npy")) else {
        return Err(Fault::NoArray { array, found: contents(archive) });
    };
    let entry = archive.by_index(index).map_err(|error| broken(&error))?;
    let mut bytes = Vec::new();
    entry.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| Fault::NotNpz { reason: error.to_string() })?;
    Array::read(&bytes).map_err(|fault| Fault::Member { array, fault })
}

/// The names of the arrays there are.
fn contents(archive: &ZipArchive<Cursor<&[u8]>>) -> String {
    let names = archive.file_names().filter_map(Result::ok).take(10);
    let names: Vec<String> = names.map(|name| name.trim_end_matches(".npy").to_owned()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// Which way a coordinate runs through an array of `numpy.meshgrid(x, y)`.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    Columns,
    Rows,
}

/// The coordinates of a list, or of a mesh in which they repeat.
fn list(axis: &'static str, array: Array, layout: Layout) -> Result<Vec<f64>, Fault> {
    if let Some(index) = array.values.iter().position(|value| !value.is_finite()) {
        return Err(Fault::Coordinate { axis, index, value: array.values[index] });
    }
    let &[rows, columns] = array.shape.as_slice() else {
        return Ok(array.values);
    };
    let refused = || Fault::Mesh { axis, found: spelled(&array.shape) };
    let (Some(first), Some(last)) = (array.values.first(), array.values.last()) else {
        return Err(refused());
    };
    let coordinates: Vec<f64> = match layout {
        Layout::Columns => array.values[..columns].to_vec(),
        Layout::Rows => array.values.iter().step_by(columns).copied().collect(),
    };
    let tolerance = TOLERANCE * ((last - first) / coordinates.len() as f64).abs();
    let repeats = |(index, value): (usize, &f64)| {
        let index = if layout == Layout::Columns { index % columns } else { index / columns };
        (value - coordinates[index]).abs() <= tolerance
    };
    if rows > 0 && array.values.iter().enumerate().all(repeats) { Ok(coordinates) } else { Err(refused()) }
}

/// Whether coordinates fall from each entry to the next; otherwise they rise.
fn falls(axis: &'static str, values: &[f64]) -> Result<bool, Fault> {
    let falls = matches!(values, [first, .., last] if last < first);
    let ordered = |pair: &[f64]| if falls { pair[1] < pair[0] } else { pair[0] < pair[1] };
    match values.windows(2).position(|pair| !ordered(pair)) {
        None => Ok(falls),
        Some(before) => Err(Fault::Order { axis, index: before + 1, value: values[before + 1] }),
    }
}
