//! `NumPy`'s `.npz` archives: a zip file with an `.npy` file for each array. Their names, or else their shapes, say which
//! array is which.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::axis::TOLERANCE;
use super::fault::{ArrayFault, Fault};
use super::grid_losses::GridLosses;
use super::matrix::Matrix;
use super::npy::{self, Array, MAX_BYTES, spelled};
use super::rows::Rows;
use crate::landscapes::ViewBox;
use crate::landscapes::table::{coordinates_in, losses_in, plain};

/// More arrays than this are not looked at.
const MAX_ARRAYS: usize = 64;

/// What all arrays together may unpack to: x, y and the loss as full tables, and one more.
const MAX_TOTAL: u64 = 4 * MAX_BYTES;

/// An array of the archive.
struct Member {
    name: String,
    array: Result<Array, ArrayFault>,
}

impl Member {
    fn shape(&self) -> &[usize] {
        self.array.as_ref().map_or(&[], |array| &array.shape)
    }

    /// The array, which is needed.
    fn array(&self) -> Result<&Array, Fault> {
        self.array.as_ref().map_err(|fault| Fault::Member { array: self.name.clone(), fault: fault.clone() })
    }
}

/// Reads coordinates and losses; losses alone are spread evenly over `view`.
pub(super) fn read(bytes: &[u8], view: Option<ViewBox>) -> Result<GridLosses, Fault> {
    let members = members(bytes)?;
    let names: Vec<String> = members.iter().map(|member| plain(&member.name)).collect();
    let named = coordinates_in(&names);
    let loss = loss_of(&members, &names, named)?;
    let others: Vec<usize> = (0..members.len()).filter(|index| *index != loss).collect();
    let axes = named.map_or_else(|| axes_of(&members, loss, &others), |axes| Ok(Some(axes)))?;
    let losses = members[loss].array()?;
    let Some([x, y]) = axes else {
        let losses = Array { shape: losses.shape.clone(), values: losses.values.clone(), precision: losses.precision };
        return npy::spread(losses, view);
    };
    placed(members[x].array()?, members[y].array()?, losses, notes(&members, [x, y, loss]))
}

/// As what the arrays of x, y and the loss were read where they have other names, and which others were left out.
fn notes(members: &[Member], read: [usize; 3]) -> Vec<String> {
    let mut notes = Vec::new();
    let [x, y, loss] = read.map(|index| members[index].name.as_str());
    if [x, y, loss] != ["x", "y", "loss"] {
        notes.push(format!("read '{x}' as x, '{y}' as y, '{loss}' as loss"));
    }
    let others = members.iter().enumerate().filter(|(index, _)| !read.contains(index));
    let left: Vec<&str> = others.map(|(_, member)| member.name.as_str()).collect();
    if !left.is_empty() {
        notes.push(format!("left out {}", listed(&left)));
    }
    notes
}

/// The grid of coordinates and losses.
fn placed(x: &Array, y: &Array, loss: &Array, mut notes: Vec<String>) -> Result<GridLosses, Fault> {
    for (axis, array) in [("x", x), ("y", y)] {
        if let Some(index) = array.values.iter().position(|value| !value.is_finite()) {
            return Err(Fault::Coordinate { axis, index, value: array.values[index] });
        }
    }
    let precision = [x.precision, y.precision];
    if let ([points], [_], [_]) = (&loss.shape[..], &x.shape[..], &y.shape[..])
        && x.values.len() == *points
        && y.values.len() == *points
    {
        let rows = Rows {
            count: *points,
            point: &|row| [x.values[row], y.values[row], loss.values[row]],
            line: &|row| row,
            precision,
        };
        return rows.grid_losses(notes);
    }
    let (xs, along_x) = list("x", x)?;
    let (ys, along_y) = list("y", y)?;
    if along_x.is_some() && along_x == along_y {
        return Err(Fault::Mesh { axis: "y", found: spelled(&y.shape) });
    }
    let (columns, rows) = (xs.len(), ys.len());
    let &[height, width] = loss.shape.as_slice() else {
        return Err(Fault::Shape { found: spelled(&loss.shape), columns, rows });
    };
    let losses = Matrix { rows: height, columns: width, values: loss.values.clone() };
    let runs_down = along_x == Some(Along::Rows) || along_y == Some(Along::Columns);
    let is_mesh = along_x.is_some() || along_y.is_some();
    if [height, width] == [rows, columns] && !runs_down {
        // Of a square the shape does not say which way x runs.
        if rows == columns && !is_mesh {
            notes.push("read the loss as loss[iy, ix], x running along its rows".to_owned());
        }
        return losses.on_axes(xs, ys, precision, notes);
    }
    if [height, width] == [columns, rows] && (runs_down || !is_mesh) {
        notes.push("read the loss as loss[ix, iy], x running down its rows".to_owned());
        return losses.transposed().on_axes(xs, ys, precision, notes);
    }
    Err(Fault::Shape { found: spelled(&loss.shape), columns, rows })
}

fn broken(error: &ZipError) -> Fault {
    Fault::NotNpz { reason: error.to_string() }
}

/// The first bytes of a packed file, up to a number of them.
fn unpacked(file: impl Read, most: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let read = file.take(most).read_to_end(&mut bytes);
    read.map_err(|error| Fault::NotNpz { reason: error.to_string() })?;
    Ok(bytes)
}

/// All arrays; however much they claim to hold, no more is unpacked than the largest grid needs.
fn members(bytes: &[u8]) -> Result<Vec<Member>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let too_much = || Fault::Archive { most: MAX_ARRAYS, bytes: MAX_TOTAL };
    if archive.len() > MAX_ARRAYS {
        return Err(too_much());
    }
    let mut left = MAX_TOTAL;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(&error))?;
        let file = entry.name().map_err(|error| broken(&error))?;
        let Some(name) = file.strip_suffix(".npy").map(|name| name.chars().take(40).collect()) else { continue };
        let bytes = unpacked(entry, MAX_BYTES.min(left))?;
        left -= bytes.len() as u64;
        if left == 0 {
            return Err(too_much());
        }
        members.push(Member { name, array: Array::read(&bytes) });
    }
    Ok(members)
}

/// The array of the losses: by its name, or the only table that is not a mesh.
fn loss_of(members: &[Member], names: &[String], axes: Option<[usize; 2]>) -> Result<usize, Fault> {
    let is_free = |index: &usize| !axes.is_some_and(|axes| axes.contains(index));
    let named: Vec<usize> = losses_in(names).into_iter().filter(is_free).collect();
    let is_table = |index: &usize| members[*index].shape().len() == 2 && mesh(&members[*index]).is_none();
    let tables: Vec<usize> = (0..members.len()).filter(is_free).filter(is_table).collect();
    match (named.as_slice(), tables.as_slice()) {
        (&[loss], _) | (&[], &[loss]) => Ok(loss),
        (&[], &[]) => {
            let refused = members.iter().find_map(|member| member.array().err());
            let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            let found = if names.is_empty() { "none".to_owned() } else { listed(&names) };
            Err(refused.unwrap_or_else(|| Fault::Unclear(format!("no array 'loss' among {found}"))))
        }
        (named, tables) => {
            let several = if named.is_empty() { tables } else { named };
            let names: Vec<&str> = several.iter().map(|index| members[*index].name.as_str()).collect();
            Err(Fault::Unclear(format!("which of {} is the loss is not clear", listed(&names))))
        }
    }
}

/// The arrays of x and y where no names tell them: two lists, or two meshes; `None` where there are no others.
fn axes_of(members: &[Member], loss: usize, others: &[usize]) -> Result<Option<[usize; 2]>, Fault> {
    let lists: Vec<usize> = others.iter().copied().filter(|index| members[*index].shape().len() == 1).collect();
    let meshes: Vec<usize> = others.iter().copied().filter(|index| mesh(&members[*index]).is_some()).collect();
    let shape = members[loss].shape();
    let ([first, second], is_y_first) = match (lists.as_slice(), meshes.as_slice()) {
        (&[first, second], []) => {
            let lengths = [first, second].map(|index| members[index].shape()[0]);
            // Of two different lengths the shape tells x, which runs along the rows, from y.
            ([first, second], lengths[0] != lengths[1] && shape.starts_with(&lengths))
        }
        ([], &[first, second]) => ([first, second], mesh(&members[first]) == Some(Along::Rows)),
        ([], []) => return Ok(None),
        _ => {
            let names: Vec<&str> = others.iter().map(|index| members[*index].name.as_str()).collect();
            return Err(Fault::Unclear(format!("which of {} are x and y is not clear", listed(&names))));
        }
    };
    Ok(Some(if is_y_first { [second, first] } else { [first, second] }))
}

/// The first of many names.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 10;
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(MOST)].join(", "))
}

/// Which way a coordinate runs through an array of `numpy.meshgrid`.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Along {
    /// From column to column, the same in every row.
    Columns,
    /// From row to row, the same in every column.
    Rows,
}

/// Whether an array is one of `numpy.meshgrid`, and which way its coordinate runs.
fn mesh(member: &Member) -> Option<Along> {
    member.array.as_ref().ok().and_then(runs)
}

fn runs(array: &Array) -> Option<Along> {
    let &[rows, columns] = array.shape.as_slice() else { return None };
    let (first, last) = (array.values.first()?, array.values.last()?);
    let tolerance = TOLERANCE * ((last - first) / rows.max(columns) as f64).abs();
    let repeats = |along: Along| {
        array.values.iter().enumerate().all(|(index, value)| {
            let of = if along == Along::Columns { index % columns } else { index - index % columns };
            (value - array.values[of]).abs() <= tolerance
        })
    };
    [Along::Columns, Along::Rows].into_iter().find(|along| first != last && repeats(*along))
}

/// The coordinates of a list, or of a mesh in which they repeat.
fn list(axis: &'static str, array: &Array) -> Result<(Vec<f64>, Option<Along>), Fault> {
    let refused = || Fault::Mesh { axis, found: spelled(&array.shape) };
    match (array.shape.as_slice(), runs(array)) {
        (&[_], _) => Ok((array.values.clone(), None)),
        (&[_, columns], Some(Along::Columns)) => Ok((array.values[..columns].to_vec(), Some(Along::Columns))),
        (&[_, columns], Some(Along::Rows)) => {
            Ok((array.values.iter().step_by(columns).copied().collect(), Some(Along::Rows)))
        }
        _ => Err(refused()),
    }
}

/// The arrays of an archive as (name, shape, elements), those of words left out.
#[cfg(test)]
pub(crate) fn arrays_of_npz(bytes: &[u8]) -> Vec<(String, Vec<usize>, Vec<f64>)> {
    let members = members(bytes).unwrap_or_default();
    let numbers = |member: Member| member.array.ok().map(|array| (member.name, array.shape, array.values));
    members.into_iter().filter_map(numbers).collect()
}
