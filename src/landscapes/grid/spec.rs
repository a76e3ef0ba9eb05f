//! A measured grid as plain data, lossless.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::axis::Axis;
use super::grid_losses::GridLosses;
use super::{Fault, Grid, GridError};
use crate::landscapes::excerpt::of_path;

/// Measured losses, and where they come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridSpec {
    /// The file they were read from.
    pub file: PathBuf,
    /// The first and the last x.
    pub x: [f64; 2],
    /// The first and the last y.
    pub y: [f64; 2],
    /// Points along x.
    pub columns: usize,
    /// The losses, row after row, the first at the lowest y; NaN where there is none.
    #[serde(with = "super::packed")]
    pub losses: Vec<f64>,
    /// What in the file was taken for what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// To the last bit, so that missing losses are equal, too.
impl PartialEq for GridSpec {
    fn eq(&self, other: &Self) -> bool {
        let bits = |spec: &Self| spec.losses.iter().map(|loss| loss.to_bits()).collect::<Vec<u64>>();
        let rest = |spec: &Self| (spec.file.clone(), spec.x, spec.y, spec.columns, spec.notes.clone());
        rest(self) == rest(other) && bits(self) == bits(other)
    }
}

impl Grid {
    /// Its values as plain data; `file` is where they come from.
    pub(in crate::landscapes) fn spec(&self, file: &Path) -> GridSpec {
        GridSpec {
            file: file.to_owned(),
            x: self.x.ends(),
            y: self.y.ends(),
            columns: self.x.count(),
            losses: self.surface.values().collect(),
            notes: self.notes.clone(),
        }
    }

    /// The grid of these values, to the last bit that of which they are the data.
    pub(in crate::landscapes) fn of_spec(spec: &GridSpec) -> Result<Self, GridError> {
        let GridSpec { file, x, y, columns, losses, notes } = spec;
        let columns = *columns;
        let axes = || {
            let rows = losses.len().checked_div(columns).unwrap_or(0);
            if rows * columns != losses.len() {
                return Err(Fault::Rows { losses: losses.len(), columns });
            }
            Ok((Axis::spread("x", *x, columns)?, Axis::spread("y", *y, rows)?))
        };
        let grid = axes().and_then(|(x, y)| {
            let losses = losses.iter().map(|loss| if loss.is_finite() { *loss } else { f64::NAN }).collect();
            Self::through(GridLosses { x, y, losses, notes: notes.clone() })
        });
        grid.map_err(|fault| GridError { file: of_path(file), fault })
    }
}
