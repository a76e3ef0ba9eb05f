//! `taylorscope backprop`: what every sample sends forward through a network and back.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Output, Tabular};
use super::{point, table};
use crate::export::csv::Table;
use crate::export::json;
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::networks::SampleValues;
use crate::numbers::{Point, Vector};

/// Show backpropagation through a network: the values at its nodes and their derivatives, sample by sample
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope backprop -l tanh2 --at 0.5,1")]
pub(super) struct BackpropArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The weights
    #[arg(long, value_name = "W1,W2", allow_hyphen_values = true, value_parser = point::parse)]
    at: Point,
    #[command(flatten)]
    output: Output,
}

impl BackpropArgs {
    pub(super) fn run(&self) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let loss = landscape.loss();
        let nodes = landscape.sampled_loss().and_then(|loss| loss.backprop(self.at));
        let has_unit = nodes.is_some();
        let samples = nodes.map(|nodes| nodes.iter().map(Pass::of).collect());
        let samples = samples.or_else(|| Pass::through(&landscape, self.at)).ok_or_else(|| {
            let id = landscape.entry().id;
            Exit::Wrong(format!("'{id}' is a surface: backprop needs a network, such as tanh2"))
        })?;
        let here = loss.first_order(self.at);
        self.output.deliver(&Passes {
            landscape: landscape.to_string(),
            at: self.at.into(),
            loss: here.value,
            has_unit,
            samples,
            gradient: here.gradient.into(),
        })
    }
}

#[derive(Serialize)]
struct Passes {
    #[serde(skip)]
    landscape: String,
    at: [f64; 2],
    /// Whether there is one hidden unit, whose nodes are known.
    #[serde(skip)]
    has_unit: bool,
    /// The loss over all samples.
    loss: f64,
    samples: Vec<Pass>,
    gradient: [f64; 2],
}

/// One sample's way forward and back.
#[derive(Serialize)]
#[expect(non_snake_case, reason = "the names of files and tables")]
struct Pass {
    x: f64,
    y: f64,
    u: f64,
    h: f64,
    o: f64,
    loss: f64,
    dL_do: f64,
    dL_dh: f64,
    dL_du: f64,
    dL_dw1: f64,
    dL_dw2: f64,
}

impl Pass {
    fn of(values: &SampleValues) -> Self {
        let &SampleValues { x, y, u, h, o, loss, dl_do, dl_dh, dl_du, dl_dw1, dl_dw2 } = values;
        Self { x, y, u, h, o, loss, dL_do: dl_do, dL_dh: dl_dh, dL_du: dl_du, dL_dw1: dl_dw1, dL_dw2: dl_dw2 }
    }

    /// What can be said of every sample where there is no hidden unit or more than one: u and h are not numbers then.
    fn through(landscape: &Landscape, at: Point) -> Option<Vec<Self>> {
        let loss = landscape.sampled_loss()?;
        let samples = landscape.data()?.samples();
        let (losses, gradients) = (loss.sample_losses(at), loss.sample_gradients(at));
        // Their mean is the gradient; here their sum is.
        let share = 1.0 / samples.len() as f64;
        let pass = |((&[x, y], loss_alone), gradient): ((&[f64; 2], f64), Vector)| {
            let o = loss.output(at, x);
            let unknown = f64::NAN;
            let part = gradient * share;
            Some(Self {
                x,
                y,
                u: unknown,
                h: unknown,
                o,
                loss: loss_alone,
                dL_do: loss.output_slope(o, y),
                dL_dh: unknown,
                dL_du: unknown,
                dL_dw1: part.x,
                dL_dw2: part.y,
            })
        };
        samples.iter().zip(losses).zip(gradients).map(pass).collect()
    }
}

impl Tabular for Passes {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn table(&self) -> Table {
        let columns = vec!["x", "y", "u", "h", "o", "loss", "dL_do", "dL_dh", "dL_du", "dL_dw1", "dL_dw2"];
        let row = |pass: &Pass| {
            let forward = [pass.x, pass.y, pass.u, pass.h, pass.o, pass.loss];
            let back = [pass.dL_do, pass.dL_dh, pass.dL_du, pass.dL_dw1, pass.dL_dw2];
            forward.into_iter().chain(back).map(Into::into).collect()
        };
        Table { columns, rows: self.samples.iter().map(row).collect() }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{} at {}: every sample forward, x → u → h → o → loss, and back\n",
            excerpt(&self.landscape),
            table::pair(self.at.into())
        )?;
        table::write(out, &self.table())?;
        if !self.has_unit {
            writeln!(out, "\nu and h are known of networks with one hidden unit only, such as tanh2")?;
        }
        let gradient = table::pair(Vector::from(self.gradient));
        writeln!(out, "\nloss {}; gradient {gradient}, the sums of dL_dw1 and dL_dw2", table::few(self.loss))
    }
}
