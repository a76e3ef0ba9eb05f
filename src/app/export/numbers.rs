//! The numbers of what is shown, as a table and as arrays: of the race, of the sweep, or of the runs.

use std::io::{self, Write};

use anyhow::Context as _;

use super::{Made, Make, Still};
use crate::drawing::{Pane, PaneNumbers};
use crate::export::csv::{self, Table};
use crate::export::{npz, race_table, runs, sweep_table};
use crate::optimizers::Choice;
use crate::run::Run;
use crate::studies::{Row, Sweep};

/// How each of them is written.
struct Form {
    runs: fn(&mut dyn Write, &[&Run]) -> io::Result<()>,
    table: fn(&mut dyn Write, &Table) -> io::Result<()>,
    sweep: fn(&mut dyn Write, &Sweep) -> io::Result<()>,
}

static CSV: Form = Form { runs: runs::write_csv, table: csv::write, sweep: sweep_table::write_csv };
static NPZ: Form = Form { runs: runs::write_npz, table: npz::write_table, sweep: sweep_table::write_npz };

/// Writes them as CSV.
pub(super) fn make_csv(still: Still) -> Make {
    make(still, &CSV)
}

/// Writes them as arrays for `NumPy`.
pub(super) fn make_npz(still: Still) -> Make {
    make(still, &NPZ)
}

fn make(still: Still, form: &'static Form) -> Make {
    Box::new(move || {
        let mut bytes = Vec::new();
        let derived = &still.state.derived;
        match still.state.view.chrome.maximized.map_or(PaneNumbers::Runs, Pane::numbers) {
            PaneNumbers::Elsewhere(_) => anyhow::bail!("this view has no table to export"),
            PaneNumbers::Runs => {
                let runs: Vec<&Run> = derived.runs().map(|(_, run)| run).collect();
                (form.runs)(&mut bytes, &runs)?;
            }
            PaneNumbers::Race => {
                let race = derived.comparison().context("there is no race of the runs to export here")?;
                let rows = race
                    .rows
                    .iter()
                    .enumerate()
                    .filter_map(|(place, row)| Some((race.optimizer(place)?, row.as_ref()?)));
                let rows: Vec<(Choice, &Row)> = rows.collect();
                (form.table)(&mut bytes, &race_table::table(rows.iter().map(|(optimizer, row)| (optimizer, *row))))?;
            }
            PaneNumbers::Sweep => {
                let found = derived.sweep().context("there is no sweep to export here")?;
                (form.sweep)(&mut bytes, found.sweep)?;
            }
        }
        Ok(Made::Whole(bytes))
    })
}
