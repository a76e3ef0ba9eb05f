//! `taylorscope eval`: the loss and its derivatives at points.

use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

use serde::Serialize;

use super::conventions::note_conventions;
use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Answer, Output};
use super::point::Place;
use super::table::Cells;
use super::{digits, point, table};
use crate::export::csv::{Cell, Table};
use crate::export::{csv, json, npz};
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::excerpt;
use crate::numbers::{Point, Symmetric2, parallel};

/// Evaluate a landscape: value, gradient, Hessian, and for networks the Gauss–Newton matrix
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope eval -l himmelblau --at 3,2 --at -1,0.5")]
pub(super) struct EvalArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// A point; of one weight, X is enough; may be repeated
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place, required_unless_present = "points")]
    at: Vec<Place>,
    /// A file of points with the header x,y; - is standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with = "at")]
    points: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl EvalArgs {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let points = match self.points {
            Some(path) => point::read_file(&path)?,
            None => self.at.iter().map(|place| place.on(&landscape)).collect::<Result<_, _>>()?,
        };
        point::note_undefined(&landscape, &points);
        note_conventions(&landscape, &points);
        digits::note_lost(landscape.dimension(), points.iter().map(|at| (*at, digits::at_point(&landscape, *at))));
        self.output.deliver(&Values { landscape, points })
    }
}

/// What there is to evaluate; a row is computed when it is written, so that a million of them need no memory.
struct Values {
    landscape: Landscape,
    /// At least one.
    points: Vec<Point>,
}

/// Points evaluated as one piece of work.
const BLOCK: usize = 1024;
/// Blocks evaluated before they are written: enough to keep every core busy.
const BATCH: usize = 32;

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
    fn has_gauss_newton(&self) -> bool {
        self.points.first().is_some_and(|at| self.landscape.loss().gauss_newton(*at).is_some())
    }

    fn columns(&self) -> Vec<&'static str> {
        let mut columns = vec!["x", "y", "value", "gx", "gy", "hxx", "hxy", "hyy"];
        if self.has_gauss_newton() {
            columns.extend(["gnxx", "gnxy", "gnyy"]);
        }
        columns
    }

    fn cells(&self, index: usize, count: usize) -> Vec<Cell> {
        let row = Row::of(&self.landscape, self.points[index]);
        let numbers = row.at.into_iter().chain([row.value]).chain(row.gradient).chain(row.hessian);
        let known = numbers.chain(row.gauss_newton.into_iter().flatten());
        known.chain(std::iter::repeat(f64::NAN)).take(count).map(Into::into).collect()
    }

    /// Spells every point on all cores and writes what was spelled, in order.
    fn write_each(&self, out: &mut dyn Write, spell: impl Fn(&mut Vec<u8>, usize) + Sync) -> io::Result<()> {
        let count = self.points.len();
        let blocks: Vec<Range<usize>> =
            (0..count).step_by(BLOCK).map(|first| first..count.min(first + BLOCK)).collect();
        let spell_block = |block: &Range<usize>| {
            let mut text = Vec::with_capacity(block.len() * 128);
            block.clone().for_each(|index| spell(&mut text, index));
            text
        };
        for batch in blocks.chunks(BATCH) {
            for text in parallel::map(batch, spell_block) {
                out.write_all(&text)?;
            }
        }
        Ok(())
    }
}

impl Answer for Values {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"landscape\":")?;
        json::write(out, &self.landscape.to_string())?;
        out.write_all(b",\"rows\":[")?;
        self.write_each(out, |text, index| {
            if index > 0 {
                text.push(b',');
            }
            // Writing to memory cannot fail.
            let _ = json::write(text, &Row::of(&self.landscape, self.points[index]));
        })?;
        out.write_all(b"]}")
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns();
        writeln!(out, "{}", columns.join(","))?;
        self.write_each(out, |text, index| csv::push_row(text, &self.cells(index, columns.len())))
    }

    fn npz(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns();
        let rows = (0..self.points.len()).map(|index| self.cells(index, columns.len())).collect();
        npz::write_table(out, &Table { columns, rows })
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let name = excerpt(&self.landscape.to_string());
        let samples = if self.has_gauss_newton() { ", Gauss–Newton matrix gn" } else { "" };
        writeln!(out, "{name}: loss, gradient g, Hessian h{samples}\n")?;
        let second = self.points.iter().map(|at| at.y).find(|y| *y != 0.0);
        if let Some(y) = second.filter(|_| self.landscape.dimension().is_one()) {
            writeln!(out, "There is one weight: y = {} changes nothing.\n", table::few(y))?;
        }
        let (columns, shown) = (self.columns(), Cells::of(self.points.len()));
        let rows = shown.rows().map(|index| self.cells(index, columns.len())).collect();
        let table = Table { columns, rows };
        let is_one = self.landscape.dimension().is_one();
        let table = if is_one { table::without(table, &["y", "gy", "hxy", "hyy"]) } else { table };
        table::write(out, &table)?;
        shown.left_out().map_or(Ok(()), |left_out| {
            let (first, last) = (left_out.start + 1, left_out.end);
            writeln!(out, "\nPoints {first} to {last} are left out: --json and --out FILE have them all.")
        })
    }
}
