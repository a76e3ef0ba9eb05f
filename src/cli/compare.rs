//! `taylorscope compare`: methods side by side, to a tolerance or at a budget, with what that costs at n weights.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::hooks::{DrawRace, Hooks};
use super::landscape::LandscapeArgs;
use super::method::GivenMethod;
use super::output::{Drawn, GridOutput, Tabular};
use super::point::Place;
use super::tuning::Tuning;
use super::until::Until;
use super::{point, say, spelled, table};
use crate::analysis::{KnownMinima, Search};
use crate::drawing::ink::Theme;
use crate::export::csv::{Cell, Table};
use crate::export::{json, race_table};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{Evaluations, number};
use crate::numbers::Dimension;
use crate::optimizers::{BETA, Choice, CostModel, LEARNING_RATE};
use crate::run::Recipe;
use crate::studies::{
    Criterion, Entrant, Finish, Limit, Race, RaceEnd, RaceQuestion, RaceWalk, Row, Tune, flips, verdict,
};

/// Compare methods: what each needs to reach a tolerance, or reaches with a budget, and what that costs at n weights
#[derive(clap::Args)]
#[command(
    after_help = "Example: taylorscope compare -l rosenbrock -o gd -o momentum -o newton --start -1.2,1 --steps 20000 --tune --n 1e6\n\nRows stand in the order of -o; counts, operations and seconds are up to the step at which the criterion was met, or of the whole run. Without a tolerance ‖∇f‖ ≤ 1e-6 counts; the window begins with loss − f* ≤ 1e-6, and copies its race as such a command."
)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// An optimizer, ID or ID:key=value,…; repeated for each
    #[arg(short, long, value_name = "OPT", required = true, value_parser = GivenMethod::parse)]
    optimizer: Vec<GivenMethod>,
    /// The start; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    start: Place,
    /// The largest number of steps
    #[arg(long, value_name = "N", default_value = "20000", allow_hyphen_values = true, value_parser = spelled::steps)]
    steps: usize,
    #[command(flatten)]
    until: Until,
    /// Finish when evaluations worth E gradients are used up: a value is a third, a Hessian 2.5 n of one
    #[arg(long, value_name = "E", allow_hyphen_values = true, conflicts_with = "tolerance", value_parser = spelled::positive)]
    budget: Option<f64>,
    /// f*, what the loss is compared with; without it the lowest minimum that is found
    #[arg(long, value_name = "F", allow_hyphen_values = true, value_parser = f_star)]
    f_star: Option<f64>,
    /// The number of weights for which costs are given
    #[arg(long, value_name = "N", default_value = "1000000", allow_hyphen_values = true, value_parser = weights)]
    n: f64,
    #[command(flatten)]
    tuning: Tuning,
    #[command(flatten)]
    output: GridOutput,
}

fn f_star(text: &str) -> Result<f64, Exit> {
    Ok(number("--f-star", text)?)
}

fn weights(text: &str) -> Result<f64, Exit> {
    let value = number("--n", text)?;
    let [least, most] = [1.0, CostModel::WEIGHTS[1]];
    if (least..=most).contains(&value) && value.fract() == 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("--n cannot be {}: a number of weights is a whole number from 1 to 1e12", excerpt(text))))
}

impl CompareArgs {
    pub(super) fn run(self, hooks: &Hooks) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let start = self.start.on(&landscape)?;
        for method in self.optimizer.iter().map(|method| method.choice.entry) {
            if let Some(reason) = method.unsupported_reason(&landscape) {
                return Err(Exit::Wrong(format!("{} {reason}", method.name)));
            }
        }
        let first = landscape.loss().first_order(start);
        if !(first.value.is_finite() && first.gradient.iter().all(|slope| slope.is_finite())) {
            let place = table::place(start, landscape.dimension());
            return Err(Exit::Wrong(format!("--start: the loss has no finite value and gradient at {place}")));
        }
        let search = Search::finished(&landscape);
        let critical = search.points();
        let minima = KnownMinima::among(&critical, &search.sets(), landscape.loss(), landscape.domain());
        let criterion = self.budget.map_or_else(|| self.until.criterion(), Criterion::Budget);
        let f_star = self.f_star.or_else(|| minima.lowest().map(|lowest| lowest.value));
        note_missing(criterion, f_star, &minima);
        let finish = Finish { criterion, f_star, model: CostModel::new(self.n) };
        let question = RaceQuestion {
            recipes: self
                .optimizer
                .iter()
                .map(|method| Recipe::new(method.choice.clone(), start, self.steps))
                .collect(),
            further: Vec::new(),
            critical,
            minima,
            limit: Limit { steps: self.steps, evaluations: usize::MAX, rest: criterion.rest(), within: None },
            tune: self.tuning.tune(),
            finish,
            landscape,
        };
        let mut race = Race::new(question, Some(hooks.seconds));
        race.finish();
        if self.output.is_for_people() {
            note_own_rates(&race, &self.optimizer);
        }
        let comparison = Comparison::of(&race, &finish, start.into());
        self.output.deliver(&Drawing { comparison, race, draw: hooks.race })
    }
}

/// Says which methods diverge with a rate that nobody has said.
fn note_own_rates(race: &Race, methods: &[GivenMethod]) {
    for (entrant, method) in race.entrants().iter().zip(methods) {
        let diverges = entrant.walk().and_then(RaceWalk::end) == Some(RaceEnd::Diverged);
        if diverges && !entrant.is_tuned() {
            method.note_own_rate(&race.question().landscape, "it diverges");
        }
    }
}

/// Says that a criterion cannot be met, as what it is measured by is not known.
fn note_missing(criterion: Criterion, f_star: Option<f64>, minima: &KnownMinima) {
    match criterion {
        Criterion::Loss(_) if f_star.is_none() => {
            say("note: no minimum is known, so no loss counts as low enough: give --f-star, or another tolerance");
        }
        Criterion::Distance(_) if minima.is_empty() => {
            say("note: no minimum is known, so no distance counts as small enough: choose another tolerance");
        }
        _ => {}
    }
}

#[derive(Serialize)]
struct Comparison {
    landscape: String,
    /// How many weights its places have as text.
    #[serde(skip)]
    dimension: Dimension,
    start: [f64; 2],
    criterion: CriterionJson,
    n: f64,
    rows: Vec<RowJson>,
    /// The rows for tables.
    #[serde(skip)]
    known: Vec<(Choice, Row)>,
    /// Sentences for people.
    #[serde(skip)]
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct CriterionJson {
    kind: &'static str,
    value: f64,
    f_star: Option<f64>,
}

impl CriterionJson {
    fn words(&self) -> String {
        let value = table::few(self.value);
        match (self.kind, self.f_star) {
            ("loss", Some(f_star)) => format!("loss − f* ≤ {value} with f* = {}", table::few(f_star)),
            ("loss", None) => format!("loss − f* ≤ {value}, with no f* known"),
            ("gradient", _) => format!("‖∇f‖ ≤ {value}"),
            ("distance", _) => format!("a minimum is no further than {value}"),
            _ => format!("evaluations worth {value} gradients are used up"),
        }
    }
}

#[derive(Serialize)]
struct TunedJson {
    lr: f64,
    /// Where it was tuned, of a method that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    beta: Option<f64>,
}

#[derive(Serialize)]
struct RowJson {
    optimizer: String,
    tuned: Option<TunedJson>,
    reached_at_step: Option<usize>,
    #[serde(skip)]
    steps: usize,
    value_evals: u32,
    gradient_evals: u32,
    hessian_evals: u32,
    /// Values, gradients and Hessians that it is charged for, for people.
    #[serde(skip)]
    charged: Evaluations,
    gradient_equivalents: f64,
    flops_at_n: f64,
    memory_at_n_bytes: f64,
    /// `None` where no step was taken.
    seconds: Option<f64>,
    final_loss: f64,
    distance_to_minimum: Option<f64>,
    end: &'static str,
    end_at: Option<[f64; 2]>,
    /// The end for people, which point it is and whether there is a lower one.
    #[serde(skip)]
    end_in_words: String,
}

impl RowJson {
    fn of(race: &Race, entrant: &Entrant, row: &Row) -> Option<Self> {
        let tune = race.question().tune;
        let optimizer = entrant.optimizer()?;
        let values = optimizer.values();
        let beta = values.find(BETA).filter(|_| tune == Tune::RateAndMomentum);
        let tuned = entrant.is_tuned().then(|| TunedJson { lr: values.get(LEARNING_RATE), beta });
        Some(Self {
            tuned,
            optimizer: optimizer.to_string(),
            reached_at_step: row.reached,
            steps: row.steps,
            value_evals: row.evaluations.values,
            gradient_evals: row.evaluations.gradients,
            hessian_evals: row.evaluations.hessians,
            charged: row.charged.evaluations,
            gradient_equivalents: row.gradients,
            flops_at_n: row.operations,
            memory_at_n_bytes: row.memory,
            seconds: row.seconds,
            final_loss: row.loss,
            distance_to_minimum: row.distance,
            end: row.end.map_or("not_yet", |end| end.id()),
            end_at: row.end_at.map(Into::into),
            end_in_words: race.end_in_words(row),
        })
    }
}

impl Comparison {
    fn of(race: &Race, finish: &Finish, start: [f64; 2]) -> Self {
        let entrants = race.entrants();
        let rows = entrants.iter().filter_map(|entrant| RowJson::of(race, entrant, &entrant.row(finish)?));
        let known = entrants.iter().filter_map(|entrant| Some((entrant.optimizer()?, entrant.row(finish)?)));
        let (kind, value) = match finish.criterion {
            Criterion::Loss(value) => ("loss", value),
            Criterion::Gradient(value) => ("gradient", value),
            Criterion::Distance(value) => ("distance", value),
            Criterion::Budget(value) => ("budget", value),
        };
        Self {
            landscape: race.question().landscape.to_string(),
            dimension: race.question().landscape.dimension(),
            start,
            criterion: CriterionJson { kind, value, f_star: finish.f_star },
            n: finish.model.weights,
            rows: rows.collect(),
            known: known.collect(),
            sentences: none_arrives(race, finish)
                .map_or_else(|| sentences(race, finish), |why| vec![why])
                .into_iter()
                .chain(kept_off(race))
                .collect(),
        }
    }

    /// What people are shown.
    fn table_for_people(&self) -> Table {
        const COLUMNS: [&str; 13] = [
            "method",
            "reached",
            "steps",
            "f",
            "∇f",
            "H",
            "as gradients",
            "operations",
            "bytes",
            "seconds",
            "loss",
            "distance",
            "ends at",
        ];
        let dash = |known: Option<f64>| Cell::Number(known.unwrap_or(f64::NAN));
        let row = |row: &RowJson| {
            let Evaluations { values, gradients, hessians } = row.charged;
            let counts = [values, gradients, hessians].map(|count| f64::from(count).into());
            let reached = dash(row.reached_at_step.map(|step| step as f64));
            let mut cells: Vec<Cell> = vec![row.optimizer.as_str().into(), reached, (row.steps as f64).into()];
            cells.extend(counts);
            cells.extend([row.gradient_equivalents, row.flops_at_n, row.memory_at_n_bytes].map(Cell::from));
            cells.extend([dash(row.seconds), row.final_loss.into(), dash(row.distance_to_minimum)]);
            cells.push(row.end_in_words.as_str().into());
            cells
        };
        Table { columns: COLUMNS.to_vec(), rows: self.rows.iter().map(row).collect() }
    }
}

/// Why there is no winner; `None` if there is one.
fn none_arrives(race: &Race, finish: &Finish) -> Option<String> {
    let rows: Vec<Row> = race.entrants().iter().filter_map(|entrant| entrant.row(finish)).collect();
    let is_budget = matches!(finish.criterion, Criterion::Budget(_));
    if is_budget || rows.is_empty() {
        return None;
    }
    if rows.iter().all(|row| row.reached == Some(0)) {
        return Some("The start meets the criterion already: give a smaller tolerance, or another start.".to_owned());
    }
    if rows.iter().any(Row::can_win) {
        return None;
    }
    if let Some(step) = race.too_fine(finish) {
        return Some(format!(
            "No run can get there: beside this minimum numbers of 64 bits distinguish nothing finer than about {}: give a larger tolerance.",
            table::few(step)
        ));
    }
    let all_diverge = rows.iter().all(|row| row.end == Some(RaceEnd::Diverged));
    Some(why_none(race, all_diverge).to_owned())
}

/// Why no run meets the criterion at a minimum, and what to give instead.
fn why_none(race: &Race, all_diverge: bool) -> &'static str {
    let is_tuned = race.question().tune != Tune::Nothing;
    if all_diverge && race.question().minima.is_empty() {
        "Every run diverges, and no minimum of this loss is known: it may fall without end."
    } else if race.question().minima.is_empty() {
        "No minimum of this loss is known, so no run can end at one: give another landscape or start, or a --budget."
    } else if all_diverge && is_tuned {
        "Every run diverges, at the best rates that were found too: give another start."
    } else if all_diverge {
        "Every run diverges: give lower rates, or let --tune find them."
    } else if is_tuned {
        "No run meets the criterion at a minimum: allow more --steps or a larger tolerance."
    } else {
        "No run meets the criterion at a minimum: allow more --steps or a larger tolerance, or --tune the rates."
    }
}

/// Who goes back and forth across a kink, first those with a rate.
fn kept_off(race: &Race) -> Vec<String> {
    let of = |has_rate: bool, why: &str| {
        let kept = (0..race.entrants().len()).filter(|place| race.is_kept_off_by_kink(*place));
        let names: Vec<String> =
            kept.filter(|place| race.has_rate(*place) == has_rate).map(|place| name_of(race, place)).collect();
        (!names.is_empty()).then(|| format!("On a kink no gradient shrinks, so {why}: {}.", names.join(", ")))
    };
    let fixed = of(true, "no fixed rate comes to rest at this minimum");
    let free = of(false, "‖∇f‖ does not become small, however near this minimum is");
    fixed.into_iter().chain(free).collect()
}

/// Who wins with how many weights, or comes lowest with a budget; and who is charged less than it asked for.
fn sentences(race: &Race, finish: &Finish) -> Vec<String> {
    let entrants = race.entrants();
    let rows: Vec<Option<Row>> = entrants.iter().map(|entrant| entrant.row(finish)).collect();
    let won = verdict(&rows, &flips(entrants, finish), finish, &|place| name_of(race, place));
    let spared: Vec<String> = (0..entrants.len())
        .filter(|place| entrants[*place].cost().knows_minimum_of_line())
        .map(|place| name_of(race, place))
        .collect();
    let spared = (!spared.is_empty()).then(|| {
        format!(
            "On a quadratic the minimum of a line is known from one Hessian–vector product, so a step is charged that and no search: {}.",
            spared.join("; ")
        )
    });
    won.into_iter().chain(spared).collect()
}

/// A method by its name, or as it is given where another one has the same name.
fn name_of(race: &Race, place: usize) -> String {
    let recipes = &race.question().recipes;
    let Some(recipe) = recipes.get(place) else { return String::new() };
    let entry = recipe.optimizer.entry;
    if recipes.iter().filter(|other| other.optimizer.entry == entry).count() == 1 {
        return entry.name.to_owned();
    }
    let optimizer = race.entrants().get(place).and_then(Entrant::optimizer);
    optimizer.unwrap_or_else(|| recipe.optimizer.clone()).to_string()
}

/// The comparison with what its picture is drawn from.
struct Drawing {
    comparison: Comparison,
    race: Race,
    draw: DrawRace,
}

impl Tabular for Drawing {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        Tabular::json(&self.comparison, out)
    }

    fn table(&self) -> Table {
        self.comparison.table()
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        Tabular::text(&self.comparison, out)
    }
}

impl Drawn for Drawing {
    /// The table, and the work against the number of weights below it.
    fn png(&self, theme: Theme) -> io::Result<Vec<u8>> {
        (self.draw)(&self.race, theme).map_err(io::Error::other)
    }
}

impl Tabular for Comparison {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn table(&self) -> Table {
        race_table::table(self.known.iter().map(|(optimizer, row)| (optimizer, row)))
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{} from {}, until {}; costs with n = {} weights\n",
            excerpt(&self.landscape),
            table::start(self.start.into(), self.dimension),
            self.criterion.words(),
            table::few(self.n)
        )?;
        table::write(out, &self.table_for_people())?;
        if !self.sentences.is_empty() {
            writeln!(out)?;
        }
        for sentence in &self.sentences {
            writeln!(out, "{sentence}")?;
        }
        Ok(())
    }
}
