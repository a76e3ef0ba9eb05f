//! `taylorscope circle`: the best step of a given length from a point, beside the step along −∇f.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Output, Tabular};
use super::point::Place;
use super::table::few;
use super::{point, spelled, table};
use crate::analysis::{FiniteStep, downhill_angle};
use crate::export::csv::Table;
use crate::export::json;
use crate::landscapes::excerpt::excerpt;
use crate::numbers::Dimension;

/// Find the best step of a given length: the lowest point of the loss on a circle around a point
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope circle -l himmelblau --at -0.5,-1.4 --radius 0.1,0.5,2")]
pub(super) struct CircleArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The point; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    at: Place,
    /// How long the step is, as a length in weight space; several with commas between
    #[arg(long, value_name = "R,…", allow_hyphen_values = true, value_delimiter = ',', value_parser = spelled::radius)]
    #[arg(required = true)]
    radius: Vec<f64>,
    #[command(flatten)]
    output: Output,
}

impl CircleArgs {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let at = self.at.on(&landscape)?;
        point::note_undefined(&landscape, &[at]);
        let loss = landscape.loss();
        let here = loss.first_order(at);
        let row = |radius: &f64| Row::of(&FiniteStep::of(loss, at, here.gradient, *radius));
        self.output.deliver(&Circles {
            landscape: landscape.to_string(),
            dimension: landscape.dimension(),
            at: at.into(),
            value: here.value,
            minus_gradient_angle: downhill_angle(here.gradient),
            rows: self.radius.iter().map(row).collect(),
        })
    }
}

#[derive(Serialize)]
struct Circles {
    #[serde(skip)]
    landscape: String,
    #[serde(skip)]
    dimension: Dimension,
    at: [f64; 2],
    value: f64,
    /// `None` where the gradient has no direction.
    minus_gradient_angle: Option<f64>,
    rows: Vec<Row>,
}

/// NaN, which is `null`, where there is no best step or no direction −∇f.
#[derive(Serialize)]
struct Row {
    radius: f64,
    theta: f64,
    delta: [f64; 2],
    value: f64,
    minus_gradient_value: f64,
    angle_from_minus_gradient: f64,
    local_minima: usize,
}

impl Row {
    fn of(step: &FiniteStep) -> Self {
        Self {
            radius: step.radius,
            theta: step.best.map_or(f64::NAN, |best| best.theta),
            delta: step.best.map_or([f64::NAN; 2], |best| best.delta.into()),
            value: step.best.map_or(f64::NAN, |best| best.value),
            minus_gradient_value: step.minus_gradient_value,
            angle_from_minus_gradient: step.angle_from_minus_gradient,
            local_minima: step.best.map_or(0, |best| best.local_minima),
        }
    }
}

impl Tabular for Circles {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn table(&self) -> Table {
        let row = |row: &Row| {
            let [dx, dy] = row.delta;
            let numbers = [row.radius, row.theta, dx, dy, row.value, row.minus_gradient_value];
            let last = [row.angle_from_minus_gradient, row.local_minima as f64];
            numbers.into_iter().chain(last).map(Into::into).collect()
        };
        Table {
            columns: vec![
                "radius",
                "theta",
                "dx",
                "dy",
                "value",
                "minus_gradient_value",
                "angle_from_minus_gradient",
                "local_minima",
            ],
            rows: self.rows.iter().map(row).collect(),
        }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let at = table::start(self.at.into(), self.dimension);
        writeln!(out, "{} at {at}: loss {}", excerpt(&self.landscape), few(self.value))?;
        if self.dimension.is_one() {
            return self.text_of_one(out);
        }
        let angle = self.minus_gradient_angle;
        let downhill = angle.map_or_else(|| "has no direction here".to_owned(), |at| format!("points to {}", few(at)));
        writeln!(out, "−∇f {downhill}; angles are in radians, counter-clockwise from the x axis\n")?;
        writeln!(out, "The best step of each length: its direction, the loss there and after the step along −∇f\n")?;
        table::write(out, &self.table())
    }
}

impl Circles {
    /// Of one weight a step of a length leads to one side or to the other.
    fn text_of_one(&self, out: &mut dyn Write) -> io::Result<()> {
        let downhill = match self.minus_gradient_angle {
            None => "has no direction here",
            Some(angle) if libm::cos(angle) > 0.0 => "points to larger x",
            Some(_) => "points to smaller x",
        };
        writeln!(out, "−f′ {downhill}\n")?;
        writeln!(out, "The best step of each length, the loss there and after the step along −f′\n")?;
        let of_angles = ["theta", "dy", "angle_from_minus_gradient", "local_minima"];
        table::write(out, &table::without(self.table(), &of_angles))
    }
}
