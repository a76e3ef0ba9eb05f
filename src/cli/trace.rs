//! `taylorscope trace`: a run, an iterate a row: what was predicted, what happened, and what it cost.

use std::io::{self, Write};
use std::ops::Range;

use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Answer, Output};
use super::point::Place;
use super::table::Cells;
use super::{point, say, seed, spelled, table};
use crate::analysis::{LocalModel, PredictedAndActual};
use crate::export::csv::{Cell, Table};
use crate::export::{runs, trace};
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::excerpt;
use crate::numbers::numerals::{grouped, plural};
use crate::numbers::{Vector, length};
use crate::optimizers::Choice;
use crate::run::{Recipe, Run};

/// Run an optimizer and list its iterates, with the predicted and the actual change of every step
///
/// The column rho is the actual change divided by that which the quadratic of the loss predicts, whatever model the method assumes; that of the tangent plane is actual divided by linear.
#[derive(clap::Args)]
#[command(
    after_help = "Example: taylorscope trace -l rosenbrock -o adam:lr=0.05 --start -1.2,1 --steps 500 --out run.csv"
)]
pub(super) struct TraceArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The optimizer, ID or ID:key=value,…
    #[arg(short, long, value_name = "OPT", value_parser = spelled::optimizer)]
    optimizer: Choice,
    /// The start; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    start: Place,
    /// The largest number of steps
    #[arg(long, value_name = "N", default_value = "200", allow_hyphen_values = true, value_parser = spelled::steps)]
    steps: usize,
    /// Stop once ‖∇f‖ is this small
    #[arg(long, value_name = "T", allow_hyphen_values = true, value_parser = spelled::tolerance)]
    tolerance: Option<f64>,
    /// The random seed of a stochastic method
    #[arg(long, value_name = "S")]
    seed: Option<u32>,
    #[command(flatten)]
    output: Output,
}

impl TraceArgs {
    pub(super) fn run(mut self) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        if let Some(seed) = self.seed {
            seed::sow(&mut self.optimizer, "--seed", seed)?;
        }
        let entry = self.optimizer.entry;
        if let Some(reason) = entry.unsupported_reason(&landscape) {
            return Err(Exit::Wrong(format!("{} {reason}", entry.name)));
        }
        let recipe =
            Recipe { tolerance: self.tolerance, ..Recipe::new(self.optimizer, self.start.on(&landscape)?, self.steps) };
        note_work(&landscape, &recipe);
        self.output.deliver(&Trace(Run::of(&landscape, &recipe)))
    }
}

/// Says what will take long, before it does.
fn note_work(landscape: &Landscape, recipe: &Recipe) {
    if let Some(sentence) = work(landscape, recipe) {
        say(&format!("note: {sentence}"));
    }
}

fn work(landscape: &Landscape, recipe: &Recipe) -> Option<String> {
    /// Evaluations of one sample each that take a second or so.
    const MUCH: usize = 100_000_000;
    let per_step = recipe.optimizer.entry.evaluations_per_step;
    let all = recipe.steps.saturating_mul(per_step).saturating_mul(landscape.cost());
    let samples = landscape.data().map_or(0, |data| data.samples().len());
    let over = if samples > 1 { format!(" over {} samples", grouped(samples)) } else { String::new() };
    (all > MUCH && recipe.steps > 0).then(|| {
        format!(
            "each of up to {} steps evaluates the loss about {} times{over}, which takes its time",
            grouped(recipe.steps),
            grouped(per_step)
        )
    })
}

struct Trace(Run);

impl Trace {
    fn table(&self, rows: impl Iterator<Item = usize>) -> Table {
        let row = |index: usize| {
            let [_, x, y, loss, gx, gy, dx, dy, linear, quadratic, actual, rho, ..] = trace::row(&self.0, index);
            let is_rejected = self.0.iterates()[index].rejected;
            let (step, changes) = match self.tried(index) {
                _ if !is_rejected => (Vector::new(dx, dy), [linear, quadratic, actual]),
                Some((proposed, tried)) => (proposed, [tried.linear, tried.quadratic, tried.actual]),
                // Nothing is known of it: what was taken, nothing, would say that nothing was predicted.
                None => (Vector::from_element(f64::NAN), [f64::NAN; 3]),
            };
            let lengths = [Vector::new(gx, gy), step].map(length);
            let numbers = [x, y, loss].into_iter().chain(lengths).chain(changes);
            // A number in the first row, so that the column is one of numbers.
            let last = if is_rejected { Cell::Text("rejected".to_owned()) } else { Cell::Number(rho) };
            std::iter::once(Cell::Number(index as f64)).chain(numbers.map(Cell::Number)).chain([last]).collect()
        };
        let columns = vec!["step", "x", "y", "loss", "|gradient|", "|step|", "plane", "quadratic", "actual", "rho"];
        let table = Table { columns, rows: rows.map(row).collect() };
        if self.0.landscape().dimension().is_one() { table::without(table, &["y"]) } else { table }
    }

    /// What a rejected step would have been, what was predicted of it and what it would have done.
    fn tried(&self, index: usize) -> Option<(Vector, PredictedAndActual)> {
        let here = self.0.iterates().get(index).filter(|here| here.rejected)?;
        let proposed = self.0.replayed(index)?.step.as_ref().ok()?.proposed;
        let loss = self.0.walker().landscape().loss();
        Some((proposed, LocalModel::new(loss, here.at).change(loss, proposed)))
    }

    fn closing_words(&self) -> String {
        let stop = self.0.stop().map_or("", |stop| stop.text.as_str());
        let evaluations = self.0.iterates().last().map(|last| last.evaluations).unwrap_or_default();
        let counts =
            [(evaluations.values, "value"), (evaluations.gradients, "gradient"), (evaluations.hessians, "Hessian")];
        let costs: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {}", plural(count as usize, what)))
            .collect();
        if costs.is_empty() { format!("{stop}.") } else { format!("{stop}. Evaluations: {}.", costs.join(", ")) }
    }
}

impl Answer for Trace {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        trace::write_json(out, &self.0)
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        trace::write_csv(out, &self.0)
    }

    fn npz(&self, out: &mut dyn Write) -> io::Result<()> {
        runs::write_npz(out, &[&self.0])
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let (run, recipe) = (&self.0, self.0.recipe());
        let landscape = excerpt(&run.landscape().to_string());
        writeln!(
            out,
            "{} on {landscape} from {}",
            recipe.optimizer,
            table::start(recipe.start, run.landscape().dimension())
        )?;
        writeln!(
            out,
            "plane, quadratic: the change of the loss predicted by each model; actual: the actual change; rho = actual / quadratic, with the mean slope of both ends where the change is below the rounding of the loss\n"
        )?;
        if run.iterates().iter().any(|here| here.rejected) {
            writeln!(out, "a rejected row has the step that was tried; none was taken\n")?;
        }
        let shown = Cells::of(run.iterates().len());
        table::write(out, &self.table(shown.rows()))?;
        if let Some(Range { start, end }) = shown.left_out() {
            writeln!(out, "\nSteps {start} to {} are left out: --json and --out FILE have them all.", end - 1)?;
        }
        writeln!(out, "\n{}", self.closing_words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Point;

    #[test]
    fn much_work_is_announced() {
        for (landscape, method, steps, words) in [
            (
                "linreg:n=10000",
                "finite_step",
                3,
                Some("of up to 3 steps evaluates the loss about 14 400 times over 10 000 samples"),
            ),
            ("linreg:n=10000", "gd", 200, None),
            ("himmelblau", "finite_step", 200, None),
        ] {
            let landscape = Landscape::parse(landscape).unwrap();
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::origin(), steps);
            let said = work(&landscape, &recipe).map(|said| said.replace('\u{a0}', " "));
            assert_eq!(said.is_some(), words.is_some(), "{landscape}: {said:?}");
            assert!(words.is_none_or(|words| said.is_some_and(|said| said.contains(words))), "{landscape}");
        }
    }
}
