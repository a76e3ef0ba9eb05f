//! `taylorscope basins`: from every start of a grid, where a method ends and after how many steps.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::hooks::{DrawBasins, Hooks};
use super::landscape::LandscapeArgs;
use super::method::GivenMethod;
use super::output::{Answer, Drawn, GridOutput};
use super::progress::Progress;
use super::{seed, spelled, table};
use crate::analysis::Search;
use crate::drawing::ink::Theme;
use crate::export::csv::{Cell, Table};
use crate::export::npz::Array;
use crate::export::{csv, json, npz};
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::excerpt;
use crate::numbers::Dimension;
use crate::numbers::numerals::{counted, plural};
use crate::studies::{BasinEnd, BasinQuestion, Basins, MOST_STARTS, NoBasins, StepRange, TOLERANCE, Target};

/// Starts along a side of the grid that is tried first where no critical point is known.
const COARSE: usize = 32;
/// Evaluations between two looks at how far it has come.
const LOOK: usize = 20_000_000;

/// Show from every start of a grid where an optimizer ends, and after how many steps
#[derive(clap::Args)]
#[command(
    after_help = "Example: taylorscope basins -l cubic_roots -o newton --steps 50 --size 400x400 --out fractal.png"
)]
pub(super) struct BasinsArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The optimizer, ID or ID:key=value,…
    #[arg(short, long, value_name = "OPT", value_parser = GivenMethod::parse)]
    optimizer: GivenMethod,
    /// The largest number of steps from each start; without it that of the window, up to 30000
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = some_steps)]
    steps: Option<usize>,
    /// Starts along x and along y, at the centers of their cells; one number for both
    #[arg(long, value_name = "WxH", default_value = "256", allow_hyphen_values = true, value_parser = grid_size)]
    size: GridSize,
    /// A start has arrived once ‖∇f‖ is this small; its target is the nearest critical point within 1e-3 then
    #[arg(long, value_name = "T", allow_hyphen_values = true, value_parser = spelled::tolerance_gradient)]
    tolerance_gradient: Option<f64>,
    /// The random seed of a stochastic method
    #[arg(long, value_name = "S")]
    seed: Option<u32>,
    #[command(flatten)]
    output: GridOutput,
}

/// A number of steps of a walk that is to come somewhere: at least one.
pub(super) fn some_steps(text: &str) -> Result<usize, Exit> {
    match spelled::steps(text)? {
        0 => Err(Exit::Wrong("--steps cannot be 0: without a step every start stays where it is".to_owned())),
        steps => Ok(steps),
    }
}

/// Cells along x, and along y where that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GridSize {
    pub(super) width: usize,
    pub(super) height: Option<usize>,
}

/// Reads `W` or `WxH`.
pub(super) fn grid_size(text: &str) -> Result<GridSize, Exit> {
    let side = |word: &str| word.parse().ok().filter(|count| (1..=MOST_STARTS).contains(count));
    let size = match text.split_once('x') {
        None => side(text).map(|width| GridSize { width, height: None }),
        Some((width, height)) => {
            side(width).zip(side(height)).map(|(width, height)| GridSize { width, height: Some(height) })
        }
    };
    size.ok_or_else(|| {
        Exit::Wrong(format!("--size {}: expected W or WxH, whole numbers from 1 to {MOST_STARTS}", excerpt(text)))
    })
}

impl GridSize {
    /// Columns and rows for a loss of this many weights; as many of both where only one number is given.
    fn on(&self, dimension: Dimension) -> Result<[usize; 2], Exit> {
        let Self { width, height } = *self;
        match (dimension, height) {
            (Dimension::One, Some(height)) if height > 1 => Err(Exit::Wrong(format!(
                "--size {width}x{height}: this is a loss of one weight, whose starts are a row: write --size {width}"
            ))),
            (Dimension::One, _) => Ok([width, 1]),
            (Dimension::Two, height) => Ok([width, height.unwrap_or(width)]),
        }
    }
}

fn nothing_to_color(landscape: &Landscape) -> Exit {
    Exit::Wrong(format!(
        "{} has no critical points in its domain, and no start that was tried comes to one: there is nothing to color",
        excerpt(&landscape.to_string())
    ))
}

impl BasinsArgs {
    pub(super) fn run(mut self, hooks: &Hooks) -> Result<(), Exit> {
        let (landscape, region) = self.landscape.landscape_and_region()?;
        if let Some(seed) = self.seed {
            seed::sow(&mut self.optimizer.choice, "--seed", seed)?;
        }
        let size = self.size.on(landscape.dimension())?;
        let optimizer = self.optimizer.choice.clone();
        let usual = BasinQuestion::usual_steps(&landscape, &optimizer, size);
        let [first, steps] = self.steps.map_or(usual, |steps| [steps; 2]);
        let question = BasinQuestion {
            optimizer,
            steps,
            first,
            tolerance: self.tolerance_gradient.unwrap_or(TOLERANCE),
            view: region.unwrap_or(landscape.domain()),
            size,
            landscape,
        };
        let known = Search::finished(&question.landscape).points();
        let refused = |refusal| refused(refusal, region.is_some());
        // Where none is known a coarse grid shows whether a start comes to any.
        if known.is_empty() {
            let coarse = BasinQuestion { size: question.size.map(|side| side.min(COARSE)), ..question.clone() };
            if Basins::finished(coarse, &known).map_err(refused)?.targets().is_empty() {
                return Err(nothing_to_color(&question.landscape));
            }
        }
        let basins = walked(Basins::new(question, &known).map_err(refused)?, hooks.seconds);
        if basins.targets().is_empty() {
            return Err(nothing_to_color(&basins.question().landscape));
        }
        if self.output.is_for_people() && basins.do_all_diverge() {
            self.optimizer.note_own_rate(&basins.question().landscape, "every start diverges");
        }
        self.output.deliver(&Found { basins, draw: hooks.basins })
    }
}

/// The basins once all starts are walked from.
fn walked(mut basins: Basins, seconds: fn() -> f64) -> Basins {
    let mut progress = Progress::begin(seconds);
    while !basins.advance(LOOK) {
        progress.show("start", basins.progress());
    }
    basins
}

/// The refusal in terms of the options.
fn refused(refusal: NoBasins, has_box: bool) -> Exit {
    let option = match refusal {
        NoBasins::Size => "--size: ",
        NoBasins::TooNarrow if has_box => "--box: ",
        NoBasins::TooNarrow | NoBasins::Unsupported(..) => "",
    };
    Exit::Wrong(format!("{option}{refusal}"))
}

struct Found {
    basins: Basins,
    draw: DrawBasins,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "box")]
    view: [f64; 4],
    size: [usize; 2],
    targets: Vec<Spot<'a>>,
    end: Vec<Vec<i64>>,
    steps: Vec<Vec<usize>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    at: [f64; 2],
    kind: &'a str,
    value: f64,
    share: f64,
}

/// The number of an end in files: that of its target, −1 for diverged, −2 for one that came to no end, whyever.
fn number(end: BasinEnd) -> i64 {
    match end {
        BasinEnd::Target(place) => place as i64,
        BasinEnd::Diverged => -1,
        BasinEnd::Undecided | BasinEnd::Cycle | BasinEnd::Undefined => -2,
    }
}

impl Found {
    /// What is made of every cell of a row.
    fn row<T>(&self, row: usize, of: impl Fn(BasinEnd, usize) -> T) -> Vec<T> {
        (0..self.basins.question().size[0])
            .filter_map(|column| self.basins.cell(column, row))
            .map(|cell| of(cell.end, cell.steps))
            .collect()
    }

    fn rows<T>(&self, of: impl Fn(BasinEnd, usize) -> T) -> Vec<Vec<T>> {
        (0..self.basins.question().size[1]).map(|row| self.row(row, &of)).collect()
    }

    /// Why a picture would have one color, with a way out; `None` where some start is decided.
    fn undecided_words(&self) -> Option<String> {
        self.basins.are_all_undecided().then(|| {
            if self.basins.question().optimizer.is_random() {
                return "no start is decided: steps with random numbers do not come to rest, however many there are; basins are those of methods without, such as gd".to_owned();
            }
            format!(
                "no start is decided within {}: raise --steps, or the rate where the runs are slow; lower it where they oscillate",
                counted(self.basins.allowed(), "step")
            )
        })
    }

    fn spots(&self) -> Vec<Spot<'_>> {
        let spot = |(target, share): (&Target, f64)| Spot {
            at: target.at.into(),
            kind: target.kind.word(),
            value: target.value,
            share,
        };
        self.basins.targets().iter().zip(self.basins.shares().0).map(spot).collect()
    }
}

impl Answer for Found {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let question = self.basins.question();
        let view = question.view;
        json::write(
            out,
            &Document {
                view: [view.x[0], view.x[1], view.y[0], view.y[1]],
                size: question.size,
                targets: self.spots(),
                end: self.rows(|end, _| number(end)),
                steps: self.rows(|_, steps| steps),
            },
        )
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "x,y,end,steps")?;
        let mut line = Vec::new();
        for row in 0..self.basins.question().size[1] {
            for (column, [end, steps]) in
                self.row(row, |end, steps| [number(end) as f64, steps as f64]).iter().enumerate()
            {
                let start = self.basins.question().start(column, row);
                line.clear();
                csv::push_row(&mut line, &[start.x, start.y, *end, *steps].map(Cell::Number));
                out.write_all(&line)?;
            }
        }
        Ok(())
    }

    /// `x` and `y` of the starts, `end` and `steps` in rows of them, and of the targets `target_at`, `target_kind`,
    /// `target_value` and `target_share`.
    fn npz(&self, out: &mut dyn Write) -> io::Result<()> {
        let [width, height] = self.basins.question().size;
        let start = |column, row| self.basins.question().start(column, row);
        let ends = self.rows(|end, _| number(end)).concat();
        let steps = self.rows(|_, steps| steps as i64).concat();
        let spots = self.spots();
        npz::write(
            out,
            &[
                Array::reals("x", (0..width).map(|column| start(column, 0).x).collect()),
                Array::reals("y", (0..height).map(|row| start(0, row).y).collect()),
                Array::whole("end", ends).in_rows_of(width),
                Array::whole("steps", steps).in_rows_of(width),
                Array::reals("target_at", spots.iter().flat_map(|spot| spot.at).collect()).in_rows_of(2),
                Array::words("target_kind", spots.iter().map(|spot| spot.kind.to_owned()).collect()),
                Array::reals("target_value", spots.iter().map(|spot| spot.value).collect()),
                Array::reals("target_share", spots.iter().map(|spot| spot.share).collect()),
            ],
        )
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let (question, [diverged, undecided, cycle, undefined]) = (self.basins.question(), self.basins.shares().1);
        let [width, height] = question.size;
        let is_line = question.landscape.dimension().is_one();
        let starts =
            if is_line { format!("{width} {}", plural(width, "start")) } else { format!("{width} × {height} starts") };
        let (landscape, steps) = (excerpt(&question.landscape.to_string()), self.basins.allowed());
        writeln!(
            out,
            "{} on {landscape}: where it ends from {starts}, after at most {steps} {}\n",
            question.optimizer,
            plural(steps, "step")
        )?;
        let percent = |share: f64| 100.0 * share;
        let row = |spot: &Spot<'_>| {
            vec![spot.kind.into(), spot.at[0].into(), spot.at[1].into(), spot.value.into(), percent(spot.share).into()]
        };
        let rows = self.spots().iter().filter(|spot| spot.share > 0.0).map(row).collect();
        let table = Table { columns: vec!["end", "x", "y", "value", "percent"], rows };
        table::write(out, &if is_line { table::without(table, &["y"]) } else { table })?;
        writeln!(
            out,
            "\ndiverged: {} %; undecided, as its steps were too few: {} %; two-cycle: {} %; undefined, as it has no step or the loss no value: {} %",
            table::few(percent(diverged)),
            table::few(percent(undecided)),
            table::few(percent(cycle)),
            table::few(percent(undefined))
        )?;
        if let Some(why) = self.undecided_words() {
            writeln!(out, "{why}")?;
        } else if !self.basins.by_share().is_empty() {
            let StepRange { fewest, most } = self.basins.step_range();
            writeln!(out, "starts that end take {fewest} to {most} steps, but for a hundredth below and one above")?;
        }
        if let Some(first) = self.basins.forerunners() {
            writeln!(
                out,
                "{first} starts took up to {}, and showed that more than {steps} help hardly any; --steps allows every start as many as it says",
                counted(question.steps, "step")
            )?;
        }
        writeln!(out, "--out FILE writes the grid: .png, .csv, .npz or .json")
    }
}

impl Drawn for Found {
    fn png(&self, theme: Theme) -> io::Result<Vec<u8>> {
        (self.draw)(&self.basins, theme).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_have_steps_and_a_tolerance_above_0() {
        assert_eq!(some_steps("1").ok(), Some(1));
        assert!(some_steps("0").unwrap_err().to_string().contains("--steps cannot be 0"));
        assert_eq!(spelled::tolerance_gradient("1e-9").ok(), Some(1e-9));
        for text in ["0", "-1"] {
            let error = spelled::tolerance_gradient(text).unwrap_err().to_string();
            assert!(error.contains(&format!("--tolerance-gradient cannot be {text}")), "{error}");
        }
    }

    #[test]
    fn a_size_is_one_number_or_two() {
        let size = |text| grid_size(text).ok();
        assert_eq!(size("40"), Some(GridSize { width: 40, height: None }));
        assert_eq!(size("40x30"), Some(GridSize { width: 40, height: Some(30) }));
        for text in ["", "0", "0x5", "5x0", "-3", "5x", "x5", "1.5", "9000", "5x9000", "4x4x4", "99999999999999999999"]
        {
            let error = grid_size(text).unwrap_err().to_string();
            assert!(error.contains("expected W or WxH, whole numbers from 1 to 8192"), "{text}: {error}");
        }
    }
}
