//! `taylorscope critical`: where the gradient vanishes inside the box of a landscape.

use std::io::{self, Write};

use serde::Serialize;

use super::digits::{self, Shown};
use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Output, Tabular};
use super::say;
use super::table;
use crate::analysis::{Completeness, CriticalPoint, Search, listed_sets};
use crate::export::csv::Table;
use crate::export::json;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{CriticalSet, Landscape};
use crate::numbers::{Dimension, Point};

/// Find the critical points: minima, saddles and maxima, and lines of them
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope critical -l himmelblau")]
pub(super) struct CriticalArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    #[command(flatten)]
    output: Output,
}

impl CriticalArgs {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = &self.landscape.landscape()?;
        let search = Search::finished(landscape);
        let (points, sets) = (search.points(), search.sets());
        digits::note_lost(landscape.dimension(), points.iter().map(|point| (point.at, shown(landscape, point))));
        note_unsure_kinds(landscape, &points);
        let (x, y) = (landscape.domain().x, landscape.domain().y);
        self.output.deliver(&Found {
            landscape: landscape.to_string(),
            dimension: landscape.dimension(),
            view: [x[0], x[1], y[0], y[1]],
            points: points.iter().map(|point| Spot::of(point, landscape)).collect(),
            sets: sets.iter().map(|set| Continuum::of(set, landscape)).collect(),
            sentences: listed_sets(&sets, landscape, " (--json lists them)"),
            complete: search.completeness().is_some_and(Completeness::is_whole),
            reason: search.completeness().map_or_else(String::new, Completeness::text),
        })
    }
}

#[derive(Serialize)]
struct Found {
    #[serde(skip)]
    landscape: String,
    #[serde(skip)]
    dimension: Dimension,
    #[serde(rename = "box")]
    view: [f64; 4],
    points: Vec<Spot>,
    sets: Vec<Continuum>,
    /// The points and sets as sentences.
    #[serde(skip)]
    sentences: Vec<String>,
    complete: bool,
    /// Why they are known, or not known, to be complete.
    reason: String,
}

#[derive(Serialize)]
struct Spot {
    at: [f64; 2],
    value: f64,
    kind: &'static str,
    /// One for each weight; `null` on a kink, where there is no Hessian.
    eigenvalues: Option<Vec<f64>>,
    /// How much of the value may be rounding.
    #[serde(skip)]
    rounding: f64,
}

#[derive(Serialize)]
struct Continuum {
    kind: &'static str,
    text: String,
    polyline: Vec<[f64; 2]>,
    /// The lines around the gaps in an area.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gaps: Vec<Vec<[f64; 2]>>,
}

impl Spot {
    fn of(point: &CriticalPoint, landscape: &Landscape) -> Self {
        let eigenvalues = point.eigenvalues.map(|values| values[..landscape.dimension().count()].to_vec());
        let rounding = landscape.loss().roundings(point.at).map_or(0.0, |errors| errors[0]);
        Self { at: point.at.into(), value: point.value, kind: point.kind.word(), eigenvalues, rounding }
    }
}

impl Continuum {
    fn of(set: &CriticalSet, landscape: &Landscape) -> Self {
        let view = landscape.domain();
        Self {
            kind: set.kind,
            text: set.text.clone(),
            polyline: listed(set.polyline_in(&view)),
            gaps: set.gaps_in(&view).into_iter().map(listed).collect(),
        }
    }
}

/// What the table shows of a point, with errors: an eigenvalue moves by no more than the Hessian does. A value beside which the
/// loss rises by far more than its error is as sure as it needs to be.
fn shown(landscape: &Landscape, point: &CriticalPoint) -> Vec<Shown> {
    let Some([error_of_value, _, _, xx, xy, yy]) = landscape.loss().roundings(point.at) else { return Vec::new() };
    let view = landscape.domain();
    let corners =
        view.x.into_iter().flat_map(|x| view.y.map(|y| landscape.loss().value(Point::new(x, y)) - point.value));
    let rise = corners.filter(|rise| rise.is_finite()).fold(0.0, |most: f64, rise| most.max(rise.abs()));
    let value = Shown { name: "value", value: point.value.abs().max(rise), error: error_of_value };
    let error = libm::hypot(libm::hypot(xx, yy), libm::hypot(xy, xy));
    let eigenvalues = point.eigenvalues.into_iter().flatten().take(landscape.dimension().count());
    let known = ["l1", "l2"].into_iter().zip(eigenvalues).map(|(name, value)| Shown { name, value, error });
    std::iter::once(value).chain(known).collect()
}

/// Says where the values of a grid lie too far apart for the sign of an eigenvalue.
fn note_unsure_kinds(landscape: &Landscape, points: &[CriticalPoint]) {
    let unsure: Vec<(Point, &str, f64)> =
        points.iter().filter_map(|point| unsure_eigenvalue(landscape, point)).collect();
    let Some((at, name, error)) = unsure.first() else { return };
    let others = match unsure.len() - 1 {
        0 => String::new(),
        1 => ", nor at another point".to_owned(),
        more => format!(", nor at {more} other points"),
    };
    let [place, error] = [table::place(*at, landscape.dimension()), table::few(*error)];
    say(&format!(
        "note: the measured values do not determine the sign of {name} at {place}{others}: between them the curvature is known to ±{error} there"
    ));
}

/// An eigenvalue of a surface between measured values that is smaller than its error: its place, its name and the error.
fn unsure_eigenvalue(landscape: &Landscape, point: &CriticalPoint) -> Option<(Point, &'static str, f64)> {
    let [xx, yy] = landscape.grid()?.interpolation_error(point.at)?.curvature;
    let eigen = landscape.loss().second_order(point.at).hessian.eigen();
    let errors = eigen.vectors.map(|way| xx * way.x * way.x + yy * way.y * way.y);
    let known = point.eigenvalues?.into_iter().zip(errors).zip(["l1", "l2"]);
    known
        .map(|((value, error), name)| (value, error, name))
        .find(|(value, error, _)| value.abs() < *error)
        .map(|(_, error, name)| (point.at, name, error))
}

fn listed(line: Vec<Point>) -> Vec<[f64; 2]> {
    line.into_iter().map(Into::into).collect()
}

impl Found {
    /// For people, a value that is rounding alone is 0.
    fn table_for(&self, is_for_people: bool) -> Table {
        let row = |spot: &Spot| {
            let is_rounding = is_for_people && spot.value.abs() <= spot.rounding;
            let value = if is_rounding { 0.0 } else { spot.value };
            let [x, y] = spot.at;
            let known = spot.eigenvalues.iter().flatten().copied();
            let eigenvalues = known.chain(std::iter::repeat(f64::NAN)).take(self.dimension.count());
            let place = [spot.kind.into(), x.into(), y.into(), value.into()];
            place.into_iter().chain(eigenvalues.map(Into::into)).collect()
        };
        let columns = ["kind", "x", "y", "value", "l1", "l2"];
        Table { columns: columns[..4 + self.dimension.count()].to_vec(), rows: self.points.iter().map(row).collect() }
    }
}

impl Tabular for Found {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn table(&self) -> Table {
        self.table_for(false)
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let [x0, x1, y0, y1] = self.view.map(table::few);
        let place = match self.dimension {
            Dimension::One => format!("[{x0}, {x1}], with their second derivative l1"),
            Dimension::Two => format!("[{x0}, {x1}] × [{y0}, {y1}], with the eigenvalues l1 ≤ l2 of their Hessians"),
        };
        writeln!(out, "{}: critical points in {place}\n", excerpt(&self.landscape))?;
        if !self.points.is_empty() {
            let table = self.table_for(true);
            let table = if self.dimension.is_one() { table::without(table, &["y"]) } else { table };
            table::write(out, &table)?;
        }
        for line in &self.sentences {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "\n{} isolated; {}.", self.points.len(), self.reason)
    }
}
