//! `taylorscope compare`: methods side by side, to a tolerance or at a budget, with what that costs at n weights.

use std::io::{self, Write};

use serde::Serialize;

use super::cost::Cost;
use super::exit::Exit;
use super::hooks::{DrawRace, Hooks};
use super::landscape::LandscapeArgs;
use super::method::GivenMethod;
use super::output::{Drawn, GridOutput, Tabular};
use super::point::Place;
use super::progress::Progress;
use super::tuning::Tuning;
use super::until::Until;
use super::{point, race_words, say, spelled, table};
use crate::analysis::{KnownMinima, Search};
use crate::drawing::ink::Theme;
use crate::export::csv::{Cell, Table};
use crate::export::{json, race_table};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::{Evaluations, number};
use crate::numbers::Dimension;
use crate::optimizers::{BETA, Choice, CostModel, LEARNING_RATE};
use crate::run::Recipe;
use crate::studies::{Criterion, Entrant, Finish, Limit, Race, RaceEnd, RaceQuestion, RaceWalk, Row, Tune};

/// Evaluations between two looks at how far it has come.
const LOOK: usize = 4_000_000;

/// Compare methods: what each needs to reach a tolerance, or reaches with a budget, and what that costs at n weights
#[derive(clap::Args)]
#[command(
    after_help = "Example: taylorscope compare -l rosenbrock -o gd -o momentum -o newton --start -1.2,1 --steps 20000 --tune --n 1e6\n\nRows stand in the order of -o; counts, operations and seconds are up to the step at which the criterion was met, or of the whole run. Steps are counted on this landscape: with n weights only their price changes. Without a tolerance ‖∇f‖ ≤ 1e-6 counts; the window begins with loss − f* ≤ 1e-6, and copies its race as such a command."
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
    #[command(flatten)]
    cost: Cost,
    #[command(flatten)]
    tuning: Tuning,
    #[command(flatten)]
    output: GridOutput,
}

fn f_star(text: &str) -> Result<f64, Exit> {
    Ok(number("--f-star", text)?)
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
        let finish = Finish { criterion, f_star, model: self.cost.model() };
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
        let mut progress = Progress::begin(hooks.seconds);
        while !race.advance(LOOK) {
            let finished = race.entrants().iter().filter(|entrant| entrant.is_finished()).count();
            progress.show("run", [finished + 1, race.entrants().len()].map(|count| count.min(race.entrants().len())));
        }
        drop(progress);
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
    /// What a Hessian–vector product costs in gradients, where it is not the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    hessian_vector: Option<f64>,
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
            hessian_vector: Some(finish.model.hessian_vector)
                .filter(|factor| *factor != CostModel::USUAL_HESSIAN_VECTOR),
            rows: rows.collect(),
            known: known.collect(),
            sentences: race_words::all(race, finish),
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
            "{} from {}, until {}; costs with n = {} weights{}\n",
            excerpt(&self.landscape),
            table::start(self.start.into(), self.dimension),
            self.criterion.words(),
            table::few(self.n),
            self.hessian_vector.map_or_else(String::new, |factor| format!(" and Hv = {factor} gradients"))
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
