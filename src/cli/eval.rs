//! `taylorscope eval`: the loss and its derivatives at points.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::exit::Exit;
use super::land::Land;
use super::output::{Answer, Output};
use super::{point, table};
use crate::export::csv::Table;
use crate::export::{csv, json};
use crate::landscapes::Landscape;
use crate::numbers::{Point, Symmetric2};

/// Evaluate a landscape: value, gradient, Hessian, and for networks the Gauss–Newton matrix
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope eval -l himmelblau --at 3,2 --at -1,0.5")]
pub(super) struct Words {
    #[command(flatten)]
    land: Land,
    /// A point; may be repeated
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse, required_unless_present = "points")]
    at: Vec<Point>,
    /// A file of points with the header x,y
    #[arg(long, value_name = "FILE.csv", conflicts_with = "at")]
    points: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl Words {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = self.land.landscape()?;
        let points = match self.points {
            Some(path) => point::read_file(&path)?,
            None => self.at,
        };
        self.output.deliver(&Values {
            landscape: landscape.to_string(),
            rows: points.into_iter().map(|at| Row::of(&landscape, at)).collect(),
        })
    }
}

#[derive(Serialize)]
struct Values {
    landscape: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    at: [f64; 2],
    value: f64,
    gradient: [f64; 2],
    hessian: [f64; 3],
    gauss_newton: Option<[f64; 3]>,
}

impl Row {
    fn of(landscape: &Landscape, at: Point) -> Self {
        let here = landscape.loss().second_order(at);
        // Where there is no value there is no slope, whatever the rest of the formula says.
        let known = |number: f64| if here.value.is_finite() { number } else { f64::NAN };
        Self {
            at: at.into(),
            value: here.value,
            gradient: <[f64; 2]>::from(here.gradient).map(known),
            hessian: entries(here.hessian).map(known),
            gauss_newton: landscape.loss().gauss_newton(at).map(entries),
        }
    }
}

fn entries(matrix: Symmetric2) -> [f64; 3] {
    [matrix.xx, matrix.xy, matrix.yy]
}

impl Values {
    fn table(&self) -> Table {
        let samples = self.rows.iter().any(|row| row.gauss_newton.is_some());
        let mut columns = vec!["x", "y", "value", "gx", "gy", "hxx", "hxy", "hyy"];
        if samples {
            columns.extend(["gnxx", "gnxy", "gnyy"]);
        }
        let row = |row: &Row| {
            let numbers = row.at.into_iter().chain([row.value]).chain(row.gradient).chain(row.hessian);
            numbers.chain(row.gauss_newton.into_iter().flatten()).map(Into::into).collect()
        };
        Table { columns, rows: self.rows.iter().map(row).collect() }
    }
}

impl Answer for Values {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        csv::write(out, &self.table())
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}: loss, gradient g, Hessian h{}\n", self.landscape, self.samples_words())?;
        table::write(out, &self.table())
    }
}

impl Values {
    fn samples_words(&self) -> &'static str {
        if self.rows.iter().any(|row| row.gauss_newton.is_some()) { ", Gauss–Newton matrix gn" } else { "" }
    }
}
