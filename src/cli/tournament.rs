//! `taylorscope tournament`: methods on landscapes from random starts under a budget, and their performance profiles.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::hooks::{DrawTournament, Hooks};
use super::method::GivenMethod;
use super::output::{Drawn, GridOutput, Tabular};
use super::progress::Progress;
use super::tuning::Tuning;
use super::until::Until;
use super::{spelled, table};
use crate::drawing::ink::Theme;
use crate::export::csv::{Cell, Table};
use crate::export::json;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{Landscape, surfaces};
use crate::numbers::numerals::{counted, percent};
use crate::optimizers::{BETA, Choice, ENTRIES};
use crate::studies::{Criterion, Game, Profile, RaceEnd, Tournament, TournamentQuestion, Tune, profiles, usual};

/// The largest number of runs.
const MOST_RUNS: usize = 1_000_000;
/// Ratios to the best of which text tells the share.
const SHOWN: [f64; 5] = [1.0, 2.0, 4.0, 10.0, 100.0];
/// The most methods on landscapes whose tuned rates the text tells.
const MOST_TUNED: usize = 40;

/// Let methods race on landscapes from random starts, and tell how often each needs little more than the best
#[derive(clap::Args)]
#[command(
    after_help = "Example: taylorscope tournament -l rosenbrock -l himmelblau -o gd_armijo -o bfgs -o newton_damped --starts 100 --budget 2000\n\nA method without lr= has on each landscape the learning rate that the window suggests there. Evaluations are counted in gradients: a value is a third, a Hessian of two weights five. The profile of a method gives the share of the problems that it solves with at most tau times the evaluations of the best (Dolan and Moré 2002)."
)]
pub(super) struct TournamentArgs {
    /// A landscape, ID or ID:key=value,…; repeated for each; every surface if none is given
    #[arg(short, long, value_name = "L", value_parser = landscape)]
    landscape: Vec<Landscape>,
    /// An optimizer, ID or ID:key=value,…; repeated for each; every one if none is given; without lr= at the rate suggested for each landscape
    #[arg(short, long, value_name = "OPT", value_parser = GivenMethod::parse)]
    optimizer: Vec<GivenMethod>,
    /// How many random starts in every domain
    #[arg(long, value_name = "K", default_value_t = usual::STARTS, allow_hyphen_values = true, value_parser = starts)]
    starts: usize,
    /// The seed of the starts
    #[arg(long, value_name = "S", default_value_t = usual::SEED)]
    seed: u32,
    /// What each run may ask for: evaluations worth E gradients
    #[arg(long, value_name = "E", default_value_t = usual::BUDGET, allow_hyphen_values = true, value_parser = spelled::positive)]
    budget: f64,
    #[command(flatten)]
    until: Until,
    #[command(flatten)]
    tuning: Tuning,
    #[command(flatten)]
    output: GridOutput,
}

fn landscape(text: &str) -> Result<Landscape, Exit> {
    Ok(Landscape::parse(text)?)
}

fn starts(text: &str) -> Result<usize, Exit> {
    text.parse().ok().filter(|count| (1..=100_000).contains(count)).ok_or_else(|| {
        Exit::Wrong(format!("--starts cannot be {}: expected a whole number from 1 to 100000", excerpt(text)))
    })
}

impl TournamentArgs {
    pub(super) fn run(self, hooks: &Hooks) -> Result<(), Exit> {
        /// Evaluations between two looks at how far it has come.
        const LOOK: usize = 4_000_000;
        let mut tournament = Tournament::new(self.question()?);
        let problems = tournament.question().landscapes.len() * tournament.question().starts;
        let mut progress = Progress::begin(hooks.seconds);
        while !tournament.advance(LOOK) {
            progress.show("problem", [(tournament.progress() * problems as f64) as usize, problems]);
        }
        drop(progress);
        let profiles = profiles(tournament.games(), tournament.question().optimizers.len());
        self.output.deliver(&Answered { tournament, profiles, draw: hooks.tournament })
    }

    fn question(&self) -> Result<TournamentQuestion, Exit> {
        let landscapes = if self.landscape.is_empty() {
            surfaces::ENTRIES.iter().map(|entry| Landscape::of(entry)).collect()
        } else {
            self.landscape.clone()
        };
        let contestants: Vec<GivenMethod> = if self.optimizer.is_empty() {
            ENTRIES.iter().map(|entry| GivenMethod { choice: Choice::of(entry), has_rate: false }).collect()
        } else {
            self.optimizer.clone()
        };
        self.check(&landscapes, landscapes.len() * contestants.len() * self.starts)?;
        let rates =
            |landscape: &Landscape| contestants.iter().map(|contestant| contestant.rate_on(landscape)).collect();
        Ok(TournamentQuestion {
            rates: landscapes.iter().map(rates).collect(),
            landscapes,
            optimizers: contestants.into_iter().map(|contestant| contestant.choice).collect(),
            starts: self.starts,
            seed: u64::from(self.seed),
            budget: self.budget,
            criterion: self.until.criterion(),
            tune: self.tuning.tune(),
        })
    }

    /// Refuses a method that runs on none of the landscapes, and too many runs.
    fn check(&self, landscapes: &[Landscape], runs: usize) -> Result<(), Exit> {
        for method in self.optimizer.iter().map(|contestant| contestant.choice.entry) {
            // It may be left out on some of them, but not on all.
            let reasons: Option<Vec<&str>> =
                landscapes.iter().map(|landscape| method.unsupported_reason(landscape)).collect();
            if let Some(reason) = reasons.and_then(|reasons| reasons.first().copied()) {
                return Err(Exit::Wrong(format!("{} {reason}", method.name)));
            }
        }
        if runs > MOST_RUNS {
            return Err(Exit::Wrong(format!(
                "that would be {runs} runs, and {MOST_RUNS} are the most: choose fewer landscapes, optimizers or --starts"
            )));
        }
        Ok(())
    }
}

struct Answered {
    tournament: Tournament,
    profiles: Vec<Profile>,
    draw: DrawTournament,
}

#[derive(Serialize)]
struct Document<'a> {
    rows: Vec<RowJson>,
    profile: Vec<ProfileJson<'a>>,
}

#[derive(Serialize)]
struct RowJson {
    landscape: String,
    optimizer: String,
    start: [f64; 2],
    lr: Option<f64>,
    /// Where it was tuned, of a method that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    beta: Option<f64>,
    /// Evaluations in gradients at which the criterion was met.
    reached: Option<f64>,
    evaluations: f64,
    end: &'static str,
}

#[derive(Serialize)]
struct ProfileJson<'a> {
    optimizer: String,
    tau: &'a [f64],
    share: &'a [f64],
}

impl Answered {
    fn question(&self) -> &TournamentQuestion {
        self.tournament.question()
    }

    /// A method with its parameters; without those that differ from landscape to landscape or from start to start.
    fn name(&self, optimizer: usize) -> String {
        let question = self.question();
        let choice = &question.optimizers[optimizer];
        let whole = choice.to_string();
        let has_rates = question.rates.iter().any(|rates| rates.get(optimizer).is_some_and(Option::is_some));
        let is_tuned = question.tune != Tune::Nothing && choice.entry.rate_index().is_some();
        let rate = choice.entry.rate_index().filter(|_| has_rates || is_tuned);
        let is_beta_tuned = question.tune == Tune::RateAndMomentum && is_tuned;
        let beta = choice.entry.index_of(BETA).filter(|_| is_beta_tuned);
        let left_out: Vec<String> =
            rate.into_iter().chain(beta).map(|place| format!("{}=", choice.entry.parameters[place].name)).collect();
        let Some((id, settings)) = whole.split_once(':') else { return whole };
        let is_said = |setting: &&str| !left_out.iter().any(|name| setting.starts_with(name.as_str()));
        let others: Vec<&str> = settings.split(',').filter(is_said).collect();
        if others.is_empty() { id.to_owned() } else { format!("{id}:{}", others.join(",")) }
    }

    fn row(&self, game: &Game) -> RowJson {
        RowJson {
            landscape: self.question().landscapes[game.landscape].to_string(),
            optimizer: self.name(game.optimizer),
            start: game.start.into(),
            lr: game.rate,
            beta: game.beta,
            reached: game.reached,
            evaluations: game.gradients,
            end: game.end.id(),
        }
    }

    fn profile<'a>(&self, profile: &'a Profile) -> ProfileJson<'a> {
        ProfileJson { optimizer: self.name(profile.optimizer), tau: &profile.tau, share: &profile.share }
    }

    /// For people: what was found where the rates are tuned, of each method on each landscape the least and the largest over the starts.
    fn tuned(&self) -> Table {
        let is_beta_tuned = self.question().tune == Tune::RateAndMomentum;
        let of_method = |landscape: usize, optimizer: usize| {
            let is_own = move |game: &&Game| (game.landscape, game.optimizer) == (landscape, optimizer);
            let ends = |value: fn(&Game) -> Option<f64>| {
                let found = self.tournament.games().iter().filter(is_own).filter_map(value);
                found.fold([f64::NAN; 2], |[low, high], value| [low.min(value), high.max(value)])
            };
            let rates = ends(|game| game.rate);
            if rates[0].is_nan() {
                return None;
            }
            let names = [self.question().landscapes[landscape].to_string(), self.name(optimizer)];
            let mut cells: Vec<Cell> = names.map(Cell::Text).into();
            cells.extend(rates.map(Cell::from));
            cells.extend(ends(|game| game.beta).map(Cell::from).into_iter().filter(|_| is_beta_tuned));
            Some(cells)
        };
        let landscapes = 0..self.question().landscapes.len();
        let methods = self.question().optimizers.len();
        let rows = landscapes.flat_map(|landscape| (0..methods).filter_map(move |method| of_method(landscape, method)));
        let mut columns = vec!["landscape", "method", "η from", "to"];
        columns.extend(["β from", "to"].into_iter().filter(|_| is_beta_tuned));
        Table { columns, rows: rows.collect() }
    }

    /// For people: the share of each method within some multiples of the best, the best first.
    /// Why no run gets to a minimum, and what to give instead.
    fn why_none(&self) -> &'static str {
        let question = self.question();
        let is_tuned = question.tune != Tune::Nothing;
        let all_diverge = self.tournament.games().iter().all(|game| game.end == RaceEnd::Diverged);
        let are_kinks = question.landscapes.iter().all(|landscape| !landscape.corners().is_empty());
        match (all_diverge, is_tuned) {
            (true, false) => "Every run diverges: give lower rates, or let --tune find them.",
            (true, true) => {
                "Every run diverges, at the best rates that were found too: give other landscapes or starts."
            }
            (false, _) if are_kinks && matches!(question.criterion, Criterion::Gradient(_)) => {
                "No run gets to a minimum: it lies on a kink, where no gradient shrinks: give --tolerance-loss or --tolerance-distance."
            }
            (false, false) => "No run gets to a minimum: give a larger --budget or tolerance, or --tune the rates.",
            (false, true) => "No run gets to a minimum: give a larger --budget or tolerance.",
        }
    }

    fn summary(&self) -> Table {
        let at = |profile: &Profile, tau: f64| {
            let place = profile.tau.partition_point(|known| *known <= tau);
            place.checked_sub(1).map_or(0.0, |place| profile.share[place])
        };
        let takes_part = |profile: &&Profile| self.question().takes_part(profile.optimizer);
        let mut order: Vec<&Profile> = self.profiles.iter().filter(takes_part).collect();
        let key = |profile: &Profile| profile.share.iter().sum::<f64>();
        order.sort_by(|a, b| key(b).total_cmp(&key(a)));
        let row = |profile: &&Profile| {
            let name = Cell::Text(self.name(profile.optimizer));
            let shares = SHOWN.map(|tau| Cell::Text(percent((1000.0 * at(profile, tau)).round() / 1000.0)));
            let all = profile.share.last().copied().unwrap_or_default();
            let all = Cell::Text(percent((1000.0 * all).round() / 1000.0));
            std::iter::once(name).chain(shares).chain([all]).collect()
        };
        let columns = vec!["method", "best", "within 2×", "4×", "10×", "100×", "at all"];
        Table { columns, rows: order.iter().map(row).collect() }
    }
}

impl Drawn for Answered {
    /// The profiles, and who wins where.
    fn png(&self, theme: Theme) -> io::Result<Vec<u8>> {
        (self.draw)(&self.tournament, theme).map_err(io::Error::other)
    }
}

impl Tabular for Answered {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows = self.tournament.games().iter().map(|game| self.row(game)).collect();
        let profile = self.profiles.iter().map(|profile| self.profile(profile)).collect();
        json::write(out, &Document { rows, profile })
    }

    /// Every run, for programs.
    fn table(&self) -> Table {
        let is_beta_tuned = self.question().tune == Tune::RateAndMomentum;
        let row = |game: &Game| {
            let RowJson { landscape, optimizer, start: [x, y], lr, beta, reached, evaluations, end } = self.row(game);
            let number = |known: Option<f64>| Cell::Number(known.unwrap_or(f64::NAN));
            let mut cells = vec![Cell::Text(landscape), Cell::Text(optimizer), x.into(), y.into(), number(lr)];
            cells.extend(is_beta_tuned.then(|| number(beta)));
            cells.extend([number(reached), evaluations.into(), Cell::Text(end.to_owned())]);
            cells
        };
        let mut columns = vec!["landscape", "optimizer", "start_x", "start_y", "lr"];
        columns.extend(is_beta_tuned.then_some("beta"));
        columns.extend(["reached", "evaluations", "end"]);
        Table { columns, rows: self.tournament.games().iter().map(row).collect() }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let question = self.question();
        writeln!(
            out,
            "{} on {}, each within evaluations worth {} gradients; the share of the problems solved with at most this multiple of the best one's evaluations\n",
            counted(self.tournament.games().len(), "run"),
            counted(question.landscapes.len(), "landscape"),
            table::few(question.budget)
        )?;
        table::write(out, &self.summary())?;
        if question.tune != Tune::Nothing {
            let mut tuned = self.tuned();
            let left_out = tuned.rows.len().saturating_sub(MOST_TUNED);
            tuned.rows.truncate(MOST_TUNED);
            writeln!(out, "\nTuned for each start, the least and the largest:\n")?;
            table::write(out, &tuned)?;
            if left_out > 0 {
                writeln!(out, "… and {left_out} more")?;
            }
        }
        let names = |places: &[usize]| {
            let names: Vec<String> = places.iter().map(|place| question.landscapes[*place].to_string()).collect();
            excerpt(&names.join(", "))
        };
        let (bottomless, unsolved) = (self.tournament.without_minimum(), self.tournament.unsolved());
        if !bottomless.is_empty() {
            writeln!(out, "\nNo minimum is known of {}: no run can end at one there.", names(bottomless))?;
        }
        let is_none = self.tournament.games().iter().all(|game| game.reached.is_none());
        if is_none && bottomless.len() < question.landscapes.len() {
            writeln!(out, "\n{}", self.why_none())?;
        } else if !is_none && !unsolved.is_empty() {
            writeln!(out, "\nNo method solves {} of the landscapes: {}.", unsolved.len(), names(&unsolved))?;
        }
        if !(is_none || bottomless.is_empty() && unsolved.is_empty()) {
            writeln!(out, "What no method solves does not count in the shares.")?;
        }
        writeln!(out, "\n--json and --out FILE have every run and the whole profiles.")
    }
}
