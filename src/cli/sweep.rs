//! `taylorscope sweep`: the same walk with one or two parameters varied: the loss at the stop, steps to the tolerance, and end.

mod answer;

use answer::Swept;

use super::basins::{GridSize, grid_size, some_steps};
use super::exit::Exit;
use super::hooks::Hooks;
use super::landscape::LandscapeArgs;
use super::output::GridOutput;
use super::point::Place;
use super::until::Until;
use super::{point, spelled};
use crate::analysis::{KnownMinima, Search};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{USUAL_STEPS, nearest, number};
use crate::optimizers::{Choice, Method};
use crate::studies::{Criterion, NoSweep, Sweep, SweepAxis, SweepKey, SweepQuestion, Tolerance, usual};

/// Seeds at most.
const MOST_SEEDS: u32 = 1000;

const NOTES: &str = "Example: taylorscope sweep -l quad -o momentum --start -2.1,1.7 --x lr=1e-3..1:log --y beta=0..0.99 --size 200 --out stability.png

A walk stops at its tolerance, and final_loss is the loss there. stability_limit is the largest stable rate by the curvature of the nearest minimum, or of the start where none is known, and null where the loss curves down there; with two axes a list, one for every value of the other axis.";

/// Vary one or two parameters of an optimizer: the loss where it stops, the steps to the tolerance, and what the walk ends at
#[derive(clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The optimizer, ID or ID:key=value,…
    #[arg(short, long, value_name = "OPT", value_parser = spelled::optimizer)]
    optimizer: Choice,
    /// The start; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    start: Place,
    /// The largest number of steps
    #[arg(long, value_name = "N", default_value_t = USUAL_STEPS, allow_hyphen_values = true, value_parser = some_steps)]
    steps: usize,
    /// The parameter along x and its range; lr1 and lr2 are the rates of each weight
    #[arg(long, value_name = "KEY=LO..HI[:log]", allow_hyphen_values = true, value_parser = range)]
    x: Range,
    /// The parameter along y and its range
    #[arg(long, value_name = "KEY=LO..HI[:log]", allow_hyphen_values = true, value_parser = range)]
    y: Option<Range>,
    /// Values along x, and along y where that is varied; one number for both
    #[arg(long, value_name = "WxH", allow_hyphen_values = true, value_parser = grid_size)]
    size: Option<GridSize>,
    #[command(flatten)]
    until: Until,
    /// As many walks with the seeds 1 to K: the median of each number is given, with the least and the largest loss
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = seeds)]
    seeds: Option<u32>,
    #[command(flatten)]
    output: GridOutput,
}

/// The tolerance of the walks, with what it is measured by.
fn tolerance(until: &Until, minima: &KnownMinima) -> Result<Tolerance, Exit> {
    let none = |option: &str| Exit::Wrong(format!("{option}: no minimum is known in this domain to compare with"));
    match until.criterion() {
        Criterion::Loss(above) => {
            let lowest = minima.lowest().ok_or_else(|| none("--tolerance-loss"))?;
            Ok(Tolerance::Loss(lowest.value + above))
        }
        Criterion::Distance(_) if minima.is_empty() => Err(none("--tolerance-distance")),
        Criterion::Distance(distance) => Ok(Tolerance::Distance(distance)),
        Criterion::Gradient(slope) => Ok(Tolerance::Gradient(slope)),
        Criterion::Budget(_) => Ok(Tolerance::Gradient(usual::TOLERANCE)),
    }
}

/// A key with its range, as it was given.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    key: String,
    ends: [f64; 2],
    is_log: bool,
}

/// Reads `KEY=LO..HI` or `KEY=LO..HI:log`.
fn range(text: &str) -> Result<Range, Exit> {
    let wrong = |what: &str| Exit::Wrong(format!("'{}' is no range: {what}", excerpt(text)));
    let (key, rest) = text.split_once('=').ok_or_else(|| wrong("expected KEY=LO..HI or KEY=LO..HI:log"))?;
    let (ends, is_log) = match rest.split_once(':') {
        None => (rest, false),
        Some((ends, "log")) => (ends, true),
        Some(_) => return Err(wrong("after the colon only log is known")),
    };
    let (low, high) = ends.split_once("..").ok_or_else(|| wrong("two dots stand between its ends, LO..HI"))?;
    let ends = [number(key, low)?, number(key, high)?];
    if ends[0] >= ends[1] {
        return Err(wrong("the first end must be below the second"));
    }
    if is_log && ends[0] <= 0.0 {
        return Err(wrong("on a log axis both ends must be above 0"));
    }
    Ok(Range { key: key.to_owned(), ends, is_log })
}

fn seeds(text: &str) -> Result<u32, Exit> {
    text.parse().ok().filter(|count| (1..=MOST_SEEDS).contains(count)).ok_or_else(|| {
        Exit::Wrong(format!("--seeds cannot be {}: expected a whole number from 1 to {MOST_SEEDS}", excerpt(text)))
    })
}

impl Range {
    /// Its values for a method.
    fn axis(&self, method: &Method, count: usize) -> Result<SweepAxis, Exit> {
        let name = excerpt(&self.key);
        if self.key == "lr" && method.rate_index().is_none() {
            return Err(no_rate(method));
        }
        let key = SweepKey::find(method, &self.key).ok_or_else(|| self.unknown(method))?;
        let axis = SweepAxis::spaced(key, self.ends, count, self.is_log);
        match key {
            SweepKey::Parameter(place) => {
                let axis = if method.parameters[place].is_whole() { axis.whole() } else { axis };
                check(method, place, &axis).map(|()| axis)
            }
            SweepKey::WeightRate(_) if self.ends[0] <= 0.0 => {
                Err(Exit::Wrong(format!("{name} cannot be {}: a rate must be above 0", self.ends[0])))
            }
            SweepKey::WeightRate(_) => Ok(axis),
        }
    }

    /// Why what is named cannot be varied, and what can.
    fn unknown(&self, method: &Method) -> Exit {
        let (name, names) = (excerpt(&self.key), SweepKey::names(method));
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let what = match method.parameter_index(&self.key) {
            Some(_) => format!("'{name}' of '{}' is a word, not a number", method.id),
            None => format!("'{}' has no parameter '{name}'{}", method.id, nearest(&self.key, names.into_iter())),
        };
        Exit::Wrong(format!("{what}\nwhat can be varied: {known}"))
    }
}

fn no_rate(method: &Method) -> Exit {
    let names = SweepKey::names(method).join(", ");
    let others = if names.is_empty() { "nothing of it can be varied".to_owned() } else { format!("it has: {names}") };
    Exit::Wrong(format!("'{}' has no learning rate; {others}", method.id))
}

/// That both ends of an axis are values of the parameter.
fn check(method: &Method, place: usize, axis: &SweepAxis) -> Result<(), Exit> {
    for end in axis.values.first().into_iter().chain(axis.values.last()) {
        method.parameters[place].check(*end)?;
    }
    Ok(())
}

impl SweepArgs {
    pub(super) fn run(self, hooks: &Hooks) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let start = self.start.on(&landscape)?;
        let method = self.optimizer.entry;
        let [width, height] = self.values()?;
        let x = self.x.axis(method, width)?;
        let y = self.y.as_ref().map(|range| range.axis(method, height)).transpose()?;
        if y.as_ref().is_some_and(|y| y.key == x.key) {
            return Err(Exit::Wrong(format!("--x and --y both vary '{}': name two parameters", x.key.name(method))));
        }
        let first = landscape.loss().first_order(start);
        if !(first.value.is_finite() && first.gradient.iter().all(|slope| slope.is_finite())) {
            return Err(Exit::Wrong("--start: the loss has no finite value and gradient there".to_owned()));
        }
        let search = Search::finished(&landscape);
        let critical = search.points();
        let minima = KnownMinima::among(&critical, &search.sets(), landscape.loss(), landscape.domain());
        let question = SweepQuestion {
            tolerance: tolerance(&self.until, &minima)?,
            critical,
            minima,
            start,
            steps: self.steps,
            x,
            y,
            seeds: (1..=self.seeds.unwrap_or(0)).collect(),
            optimizer: self.optimizer,
            landscape,
        };
        let sweep = Sweep::finished(question).map_err(|refusal| refused(&refusal))?;
        self.output.deliver(&Swept { sweep, draw: hooks.sweep })
    }

    /// How many values along x and along y.
    fn values(&self) -> Result<[usize; 2], Exit> {
        let usual = SweepAxis::usual_counts(&self.optimizer, self.y.is_some());
        match (self.size, &self.y) {
            (Some(GridSize { height: Some(_), .. }), None) => {
                Err(Exit::Wrong("--size WxH: only one parameter is varied; write --size W, or give --y".to_owned()))
            }
            (Some(GridSize { width, height }), _) => Ok([width, height.unwrap_or(width)]),
            (None, _) => Ok(usual),
        }
    }
}

/// The refusal in terms of the options.
fn refused(refusal: &NoSweep) -> Exit {
    let option = match refusal {
        NoSweep::Unsupported(..) | NoSweep::NoWeightRates(_) => "",
        NoSweep::TooMany(_) => "--size: ",
        NoSweep::NoChance(_) => "--seeds: ",
    };
    Exit::Wrong(format!("{option}{refusal}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_what_is_wrong_with_them_is_named() {
        assert_eq!(range("lr=1e-3..2:log").unwrap(), Range { key: "lr".into(), ends: [1e-3, 2.0], is_log: true });
        assert_eq!(range("v0x=-3..-1").unwrap(), Range { key: "v0x".into(), ends: [-3.0, -1.0], is_log: false });
        for (text, words) in [
            ("lr", "KEY=LO..HI"),
            ("lr=1", "two dots"),
            ("lr=1..", "a number is missing"),
            ("lr=2..1", "below the second"),
            ("lr=1..1", "below the second"),
            ("lr=0..1:log", "above 0"),
            ("lr=1..2:lin", "only log"),
            ("lr=a..2", "'a' is not a finite number"),
            ("lr=1..inf", "'inf' is not a finite number"),
        ] {
            let error = range(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
