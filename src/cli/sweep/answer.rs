//! The answer of a sweep as JSON, CSV, text and picture.

use std::io::{self, Write};

use serde::Serialize;

use crate::cli::hooks::DrawSweep;
use crate::cli::output::{Answer, Drawn};
use crate::cli::table::{self, Cells};
use crate::drawing::ink::Theme;
use crate::export::{json, sweep_table};
use crate::landscapes::excerpt::excerpt;
use crate::numbers::numerals::plural;
use crate::studies::{RaceEnd, StabilityLimits, Sweep, SweepAxis, SweptCell, Tolerance};

/// A sweep that is finished.
pub(super) struct Swept {
    pub(super) sweep: Sweep,
    /// Draws it as a PNG file.
    pub(super) draw: DrawSweep,
}

#[derive(Serialize)]
struct Document {
    x: Axis,
    y: Option<Axis>,
    final_loss: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    final_loss_low: Option<Vec<Vec<f64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    final_loss_high: Option<Vec<Vec<f64>>>,
    steps_to_tolerance: Vec<Vec<Option<usize>>>,
    end: Vec<Vec<&'static str>>,
    stability_limit: Option<Limit>,
}

#[derive(Serialize)]
struct Axis {
    key: &'static str,
    values: Vec<f64>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Limit {
    One(f64),
    Each(Vec<Option<f64>>),
}

impl Swept {
    fn axis(&self, axis: &SweepAxis) -> Axis {
        Axis { key: axis.key.name(self.sweep.question().optimizer.entry), values: axis.values.clone() }
    }

    fn rows<T>(&self, of: impl Fn(SweptCell) -> T) -> Vec<Vec<T>> {
        sweep_table::rows(&self.sweep, of)
    }

    fn has_seeds(&self) -> bool {
        self.sweep.question().seeds.len() > 1
    }

    fn count(&self) -> usize {
        self.sweep.question().size().into_iter().product()
    }

    /// Why no setting arrives; `None` if one does.
    fn nothing_words(&self) -> Option<String> {
        let cells = || self.rows(|cell| (cell.reached, cell.end)).into_iter().flatten();
        if cells().any(|(reached, _)| reached.is_some()) {
            return None;
        }
        let question = self.sweep.question();
        let all = |wanted: RaceEnd| cells().all(|(_, end)| end == wanted);
        Some(if all(RaceEnd::Diverged) {
            "every setting diverges: choose smaller values".to_owned()
        } else if let Some(why) = question.why_no_step().filter(|_| all(RaceEnd::Undefined)) {
            format!("no setting has a step: {why}")
        } else {
            let steps = question.steps;
            format!(
                "no setting meets the tolerance within {steps} {}: raise --steps or the tolerance",
                plural(steps, "step")
            )
        })
    }

    /// What theory says, in a sentence; empty where it says nothing.
    fn limit_words(&self) -> String {
        let question = self.sweep.question();
        if let Some(at) = question.falls_away_at() {
            return format!(
                "no stability limit: no minimum is known, and at the start {} the loss curves down, so no rate is stable",
                table::place(at, question.landscape.dimension())
            );
        }
        let Some(StabilityLimits { limits, at, is_minimum, .. }) = question.stability_limits() else {
            return String::new();
        };
        let place = table::place(at, question.landscape.dimension());
        let place = if is_minimum { format!("the minimum {place}") } else { format!("the start {place}") };
        match limits[..] {
            [Some(limit)] => format!("stability limit by the curvature at {place}: {}", table::few(limit)),
            _ => format!("the stability limit by the curvature at {place} is in --json, a list"),
        }
    }
}

impl Answer for Swept {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let question = self.sweep.question();
        let spread = |place: usize| self.has_seeds().then(|| self.rows(|cell| cell.losses[place]));
        let limit = question.stability_limits().and_then(|found| match found.limits[..] {
            [limit] if question.y.is_none() => limit.map(Limit::One),
            _ => Some(Limit::Each(found.limits)),
        });
        json::write(
            out,
            &Document {
                x: self.axis(&question.x),
                y: question.y.as_ref().map(|axis| self.axis(axis)),
                final_loss: self.rows(|cell| cell.losses[1]),
                final_loss_low: spread(0),
                final_loss_high: spread(2),
                steps_to_tolerance: self.rows(|cell| cell.reached),
                end: self.rows(|cell| cell.end.id()),
                stability_limit: limit,
            },
        )
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        sweep_table::write_csv(out, &self.sweep)
    }

    fn npz(&self, out: &mut dyn Write) -> io::Result<()> {
        sweep_table::write_npz(out, &self.sweep)
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let question = self.sweep.question();
        let landscape = excerpt(&question.landscape.to_string());
        let (method, steps) = (&question.optimizer, question.steps);
        let start = table::start(question.start, question.landscape.dimension());
        let arrived = arrival(question.tolerance);
        writeln!(
            out,
            "{method} on {landscape} from {start}, at most {steps} {} to {arrived}\n",
            plural(steps, "step")
        )?;
        let shown = Cells::of(self.count());
        table::write(out, &sweep_table::table(&self.sweep, shown.rows()))?;
        if shown.left_out().is_some() {
            writeln!(out, "\n--json and --out FILE have all {} settings.", self.count())?;
        }
        if let Some(words) = self.nothing_words() {
            writeln!(out, "\n{words}")?;
        }
        let words = self.limit_words();
        if words.is_empty() { Ok(()) } else { writeln!(out, "\n{words}") }
    }
}

impl Drawn for Swept {
    /// A cell for every setting with theory's boundary, or a curve; with axes and a legend.
    fn png(&self, theme: Theme) -> io::Result<Vec<u8>> {
        (self.draw)(&self.sweep, theme).map_err(io::Error::other)
    }
}

/// When a run has arrived.
fn arrival(tolerance: Tolerance) -> String {
    match tolerance {
        Tolerance::Gradient(tolerance) => format!("‖∇f‖ ≤ {}", table::few(tolerance)),
        Tolerance::Loss(bound) => format!("loss ≤ {}", table::few(bound)),
        Tolerance::Distance(most) => format!("distance to a minimum ≤ {}", table::few(most)),
    }
}
