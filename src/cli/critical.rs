//! `taylorscope critical`: where the gradient vanishes inside the box of a landscape.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::land::Land;
use super::output::{Answer, Output};
use super::table;
use crate::analysis::{Completeness, CriticalPoint, Search};
use crate::export::csv::Table;
use crate::export::{csv, json};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{CriticalSet, Landscape};
use crate::numbers::Point;

/// Find the critical points: minima, saddles and maxima, and lines of them
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope critical -l himmelblau")]
pub(super) struct Words {
    #[command(flatten)]
    land: Land,
    #[command(flatten)]
    output: Output,
}

impl Words {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = &self.land.landscape()?;
        let search = Search::finished(landscape);
        let points = search.points();
        let (x, y) = (landscape.view().x, landscape.view().y);
        self.output.deliver(&Found {
            landscape: landscape.to_string(),
            view: [x[0], x[1], y[0], y[1]],
            points: points.iter().map(Spot::of).collect(),
            sets: search.sets().iter().map(|set| Continuum::of(set, landscape)).collect(),
            complete: search.completeness().is_some_and(Completeness::is_whole),
            reason: search.completeness().map_or_else(String::new, Completeness::text),
        })
    }
}

#[derive(Serialize)]
struct Found {
    #[serde(skip)]
    landscape: String,
    #[serde(rename = "box")]
    view: [f64; 4],
    points: Vec<Spot>,
    sets: Vec<Continuum>,
    complete: bool,
    /// Why they are known, or not known, to be complete.
    reason: String,
}

#[derive(Serialize)]
struct Spot {
    at: [f64; 2],
    value: f64,
    kind: &'static str,
    /// `null` on a kink, where there is no Hessian.
    eigenvalues: Option<[f64; 2]>,
}

#[derive(Serialize)]
struct Continuum {
    kind: &'static str,
    text: String,
    /// The loss on it, where it has a place.
    #[serde(skip)]
    level: f64,
    polyline: Vec<[f64; 2]>,
    /// The lines around the gaps in an area.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gaps: Vec<Vec<[f64; 2]>>,
}

impl Spot {
    fn of(point: &CriticalPoint) -> Self {
        Self { at: point.at.into(), value: point.value, kind: point.kind.word(), eigenvalues: point.eigenvalues }
    }
}

impl Continuum {
    fn of(set: &CriticalSet, landscape: &Landscape) -> Self {
        let view = landscape.view();
        Self {
            kind: set.kind,
            text: set.text.clone(),
            level: set.polyline.first().map_or(f64::NAN, |at| landscape.loss().value(*at)),
            polyline: listed(set.polyline_in(&view)),
            gaps: set.gaps_in(&view).into_iter().map(listed).collect(),
        }
    }
}

/// More sets of a kind than this are counted, and the lowest is told.
const MANY: usize = 8;

/// A line for each set; for many of a kind one for all of them, where the first stands.
fn listed_sets(sets: &[Continuum]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        let alike: Vec<&Continuum> =
            sets.iter().filter(|other| other.kind == set.kind && !other.level.is_nan()).collect();
        let is_first = sets[..index].iter().all(|other| other.kind != set.kind || other.level.is_nan());
        if alike.len() <= MANY || set.level.is_nan() {
            lines.push(format!("{}: {}", set.kind, set.text));
        } else if is_first && let Some(lowest) = alike.iter().min_by(|a, b| a.level.total_cmp(&b.level)) {
            let what = if set.kind == CriticalSet::FLAT { "flat steps" } else { "lines and curves" };
            let count = alike.len();
            lines.push(format!("{}: {count} {what} (--json lists them); the lowest: {}", set.kind, lowest.text));
        }
    }
    lines
}

fn listed(line: Vec<Point>) -> Vec<[f64; 2]> {
    line.into_iter().map(Into::into).collect()
}

impl Found {
    fn table(&self) -> Table {
        let row = |spot: &Spot| {
            let [x, y] = spot.at;
            let [low, high] = [0, 1].map(|index| spot.eigenvalues.map_or(f64::NAN, |values| values[index]).into());
            vec![spot.kind.into(), x.into(), y.into(), spot.value.into(), low, high]
        };
        Table { columns: vec!["kind", "x", "y", "value", "l1", "l2"], rows: self.points.iter().map(row).collect() }
    }
}

impl Answer for Found {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        csv::write(out, &self.table())
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let [x0, x1, y0, y1] = self.view.map(table::few);
        writeln!(
            out,
            "{}: critical points in [{x0}, {x1}] × [{y0}, {y1}], with the eigenvalues l1 ≤ l2 of their Hessians\n",
            excerpt(&self.landscape)
        )?;
        if !self.points.is_empty() {
            table::write(out, &self.table())?;
        }
        for line in listed_sets(&self.sets) {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "\n{} isolated; {}.", self.points.len(), self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(kind: &'static str, level: f64) -> Continuum {
        Continuum { kind, text: format!("a region at {level}"), level, polyline: Vec::new(), gaps: Vec::new() }
    }

    #[test]
    fn many_steps_are_one_sentence() {
        let stairs = |count: u32| (0..count).map(|step| set("flat", f64::from((step * 7 + 3) % count))).collect();
        let few: Vec<Continuum> = stairs(5);
        assert_eq!(listed_sets(&few).len(), 5, "each has its line");
        let mut many: Vec<Continuum> = stairs(34);
        many.insert(0, set("minimum", 0.5));
        many.push(set("flat", f64::NAN));
        let lines = listed_sets(&many);
        assert_eq!(lines[0], "minimum: a region at 0.5");
        assert_eq!(lines[1], "flat: 34 flat steps (--json lists them); the lowest: a region at 0");
        assert_eq!(lines[2..], ["flat: a region at NaN"], "what is without a place is told by itself");
    }
}
