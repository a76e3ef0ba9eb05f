//! An array in `NumPy`'s `.npy` format, versions 1 to 3, read by hand.
//!
//! The header is a Python literal of a fixed form, so that looking for its three keys is enough; a general parser of
//! Python literals would recurse as deeply as a hostile file likes. `NumPy` Enhancement Proposal 1;
//! `numpy.lib.format`.

use super::axis::{Axis, Precision};
use super::fault::{ArrayFault, Fault};
use super::grid_losses::GridLosses;
use super::rows::Rows;
use super::{MAX_SIDE, MIN_SIDE};
use crate::landscapes::ViewBox;

/// Longer headers are refused, as `NumPy` does.
const MAX_HEADER: usize = 10_000;

/// As many bytes as the largest array can have, with its header.
pub(super) const MAX_BYTES: u64 = (MAX_SIDE * MAX_SIDE * size_of::<f64>() + MAX_HEADER + 12) as u64;

/// Numbers of one or two dimensions.
#[derive(Debug)]
pub(super) struct Array {
    /// The length of each dimension.
    pub(super) shape: Vec<usize>,
    /// The elements, the last index running fastest.
    pub(super) values: Vec<f64>,
    /// How precisely they are known.
    pub(super) precision: Precision,
}

/// Reads a file of one array: losses in rows and columns, spread evenly over the view, or three numbers a point.
pub(super) fn read(bytes: &[u8], view: Option<ViewBox>) -> Result<GridLosses, Fault> {
    let array = Array::read(bytes).map_err(Fault::Array)?;
    match array.shape[..] {
        [count, 3] if count >= MIN_SIDE * MIN_SIDE => listed(&array, count, [3, 1]),
        [3, count] if count >= MIN_SIDE * MIN_SIDE => listed(&array, count, [1, count]),
        _ => spread(array, view),
    }
}

/// Losses in rows and columns.
pub(super) fn spread(array: Array, view: Option<ViewBox>) -> Result<GridLosses, Fault> {
    let &[rows, columns] = array.shape.as_slice() else {
        return Err(Fault::Array(ArrayFault::Dimensions(spelled(&array.shape))));
    };
    let view = view.ok_or(Fault::NeedsBox)?;
    let (x, y) = (Axis::spread("x", view.x, columns)?, Axis::spread("y", view.y, rows)?);
    let note =
        format!("read as {rows} rows and {columns} columns of losses, the first row at the lower y of the domain");
    Ok(GridLosses::new(x, y, array.values, vec![note]))
}

/// x, y and loss of points, in columns or in rows: the distances between points and between their numbers are `strides`.
fn listed(array: &Array, count: usize, strides: [usize; 2]) -> Result<GridLosses, Fault> {
    let point = |row: usize| [0, 1, 2].map(|number| array.values[row * strides[0] + number * strides[1]]);
    for (column, axis) in ["x", "y"].into_iter().enumerate() {
        if let Some(index) = (0..count).find(|row| !point(*row)[column].is_finite()) {
            return Err(Fault::Coordinate { axis, index, value: point(index)[column] });
        }
    }
    let rows = Rows { count, point: &point, line: &|row| row, precision: [array.precision; 2] };
    rows.grid_losses(vec![format!("read {} as {count} points with x, y and loss", spelled(&array.shape))])
}

impl Array {
    /// Reads the bytes that `numpy.save` writes; what follows the last element is ignored.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ArrayFault> {
        let (header, data) = cut(bytes)?;
        let Header { kind, fortran, shape } = Header::parse(header)?;
        let count = shape.iter().try_fold(1_usize, |count, length| count.checked_mul(*length));
        let count = count.filter(|count| *count <= MAX_SIDE * MAX_SIDE);
        let count = count.ok_or_else(|| ArrayFault::TooLarge(spelled(&shape)))?;
        let needed = count * kind.size;
        let data = data.get(..needed).ok_or(ArrayFault::Short { found: data.len(), needed })?;
        let values: Vec<f64> = data.chunks_exact(kind.size).map(|element| kind.value(element)).collect();
        let values = match shape[..] {
            [rows, columns] if fortran => transposed(&values, rows, columns),
            _ => values,
        };
        Ok(Self { shape, values, precision: kind.precision() })
    }
}

/// Element (row, column) of a table that is stored column after column.
fn transposed(values: &[f64], rows: usize, columns: usize) -> Vec<f64> {
    (0..rows).flat_map(|row| (0..columns).map(move |column| values[column * rows + row])).collect()
}

/// The header's text, and what follows it.
fn cut(bytes: &[u8]) -> Result<(&str, &[u8]), ArrayFault> {
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or(ArrayFault::NotNpy)?;
    let (&[major, _minor], rest) = rest.split_first_chunk().ok_or(ArrayFault::NotNpy)?;
    let (length, rest) = match major {
        1 => rest.split_first_chunk().map(|(length, rest)| (u32::from(u16::from_le_bytes(*length)), rest)),
        2 | 3 => rest.split_first_chunk().map(|(length, rest)| (u32::from_le_bytes(*length), rest)),
        _ => return Err(ArrayFault::Version(major)),
    }
    .ok_or(ArrayFault::NotNpy)?;
    let split = Some(length as usize).filter(|length| *length <= MAX_HEADER);
    let (header, data) = split.and_then(|length| rest.split_at_checked(length)).ok_or(ArrayFault::NotNpy)?;
    Ok((std::str::from_utf8(header).map_err(|_| ArrayFault::NotNpy)?, data))
}

/// What the header says.
struct Header {
    kind: Kind,
    fortran: bool,
    shape: Vec<usize>,
}

impl Header {
    /// Reads `{'descr': '<f8', 'fortran_order': False, 'shape': (81, 101), }`.
    fn parse(text: &str) -> Result<Self, ArrayFault> {
        let after = |key: &'static str| {
            let (_, rest) = text.split_once(&format!("'{key}':")).ok_or(ArrayFault::Header(key))?;
            Ok(rest.trim_start())
        };
        let descr = after("descr")?;
        let word = descr.strip_prefix('\'').and_then(|rest| rest.split('\'').next());
        let kind = match word {
            Some(word) => Kind::parse(word)?,
            None if descr.starts_with('[') => return Err(ArrayFault::Type("record".to_owned())),
            None => return Err(ArrayFault::Header("descr")),
        };
        let order = after("fortran_order")?;
        let fortran = order.starts_with("True");
        if !fortran && !order.starts_with("False") {
            return Err(ArrayFault::Header("fortran_order"));
        }
        let shape = after("shape")?.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let mut lengths = shape.and_then(|(lengths, _)| lengths_of(lengths)).ok_or(ArrayFault::Header("shape"))?;
        if lengths.len() > 2 {
            // Dimensions of length 1 hold nothing apart.
            lengths.retain(|length| *length != 1);
        }
        match lengths.len() {
            1 | 2 => Ok(Self { kind, fortran, shape: lengths }),
            _ => Err(ArrayFault::Dimensions(spelled(&lengths))),
        }
    }
}

/// `81, 101` or `101,`; Python 2 wrote `81L`.
fn lengths_of(text: &str) -> Option<Vec<usize>> {
    let words = text.split(',').map(|word| word.trim().trim_end_matches('L')).filter(|word| !word.is_empty());
    words.map(|word| word.parse().ok()).collect()
}

/// A shape as Python spells it.
pub(super) fn spelled(shape: &[usize]) -> String {
    let lengths: Vec<String> = shape.iter().map(ToString::to_string).collect();
    format!("({}{})", lengths.join(", "), if shape.len() == 1 { "," } else { "" })
}

/// The type of the elements.
#[derive(Clone, Copy)]
struct Kind {
    /// `f`, `i` or `u`; `b` for true and false.
    letter: u8,
    /// Bytes an element.
    size: usize,
    big_endian: bool,
}

impl Kind {
    /// Reads `<f8`, `>i4`, `|u1` and the like.
    fn parse(word: &str) -> Result<Self, ArrayFault> {
        let unknown = || ArrayFault::Type(word.chars().take(40).collect());
        let (&[order, letter], size) = word.as_bytes().split_first_chunk().ok_or_else(unknown)?;
        let size = match (letter, size) {
            (b'O', _) => return Err(ArrayFault::Pickled),
            (b'b' | b'i' | b'u', b"1") => 1,
            (b'f' | b'i' | b'u', b"2") => 2,
            (b'f' | b'i' | b'u', b"4") => 4,
            (b'f' | b'i' | b'u', b"8") => 8,
            _ => return Err(unknown()),
        };
        match order {
            b'<' | b'|' | b'=' | b'>' => Ok(Self { letter, size, big_endian: order == b'>' }),
            _ => Err(unknown()),
        }
    }

    /// How precisely a number of this type is known.
    fn precision(self) -> Precision {
        match (self.letter, self.size) {
            (b'f', 4) => Precision::significant(7),
            (b'f', 2) => Precision::significant(3),
            _ => Precision::EXACT,
        }
    }

    /// The number that these bytes are; 64-bit integers are rounded.
    fn value(self, element: &[u8]) -> f64 {
        let mut bytes = [0; 8];
        bytes[..element.len()].copy_from_slice(element);
        if self.big_endian {
            bytes[..element.len()].reverse();
        }
        let unsigned = u64::from_le_bytes(bytes);
        // Moves the sign to the top bit and back down.
        let unused = 64 - 8 * self.size as u32;
        let signed = ((unsigned << unused) as i64) >> unused;
        match (self.letter, self.size) {
            (b'f', 2) => half(unsigned as u16),
            (b'f', 4) => f64::from(f32::from_bits(unsigned as u32)),
            (b'f', _) => f64::from_bits(unsigned),
            (b'i', _) => signed as f64,
            _ => unsigned as f64,
        }
    }
}

/// A number of half precision: sign, five bits of exponent, ten of mantissa.
fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => libm::ldexp(mantissa, -24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => libm::ldexp(1024.0 + mantissa, exponent - 25),
    };
    if bits >> 15 == 0 { size } else { -size }
}
