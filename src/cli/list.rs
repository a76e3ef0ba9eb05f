//! `taylorscope list`: everything there is to choose from, with its parameters.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::Exit;
use super::lessons::Lessons;
use super::output::{Output, Tabular};
use super::overlays::Overlays;
use super::table;
use crate::export::csv::{Cell, Table};
use crate::export::json;
use crate::landscapes::{self, Build, Network, Parameter, Scale};
use crate::optimizers;

/// List what there is: landscapes, optimizers, lessons or overlays
#[derive(clap::Args)]
pub(super) struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    what: Catalog,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Catalog {
    /// Surfaces and networks
    Landscapes,
    /// Methods
    Optimizers,
    /// Questions with an answer to read and to try
    Lessons,
    /// What can be drawn over the loss
    Overlays,
}

impl ListArgs {
    pub(super) fn run(&self) -> Result<(), Exit> {
        let items = match self.what {
            Catalog::Landscapes => landscapes::entries().map(landscape).collect(),
            Catalog::Optimizers => optimizers::ENTRIES.iter().map(|entry| optimizer(entry)).collect(),
            Catalog::Lessons => return self.output.deliver(&Lessons::all()),
            Catalog::Overlays => return self.output.deliver(&Overlays::all()),
        };
        self.output.deliver(&Listing { items })
    }
}

struct Listing {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: &'static str,
    name: &'static str,
    group: &'static str,
    idea: &'static str,
    formula: &'static str,
    reference: &'static str,
    params: Vec<ParameterEntry>,
    #[serde(flatten)]
    place: Option<Place>,
}

/// What only landscapes have.
#[derive(Serialize)]
struct Place {
    /// x0, x1, y0, y1.
    #[serde(rename = "box")]
    view: [f64; 4],
    /// A start that shows what the landscape is about.
    start: [f64; 2],
    /// A learning rate for gradient descent from there.
    rate: f64,
}

#[derive(Serialize)]
struct ParameterEntry {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    default: Setting,
    min: Option<f64>,
    max: Option<f64>,
    scale: &'static str,
    choices: Option<&'static [&'static str]>,
    /// Defaults that follow from other choices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditional_defaults: Vec<ConditionalDefault>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Setting {
    Number(f64),
    Word(&'static str),
}

#[derive(Serialize)]
struct ConditionalDefault {
    /// `key=value` of the other choice.
    when: String,
    default: f64,
}

fn landscape(entry: &'static landscapes::Entry) -> Item {
    let (x, y) = (entry.domain.x, entry.domain.y);
    let seed = match entry.build {
        Build::Network { .. } => {
            let public = landscapes::Landscape::of(entry);
            public.network().and_then(Network::public_seed).map(seed_parameter)
        }
        Build::Surface(_) | Build::Own(_) => None,
    };
    Item {
        id: entry.id,
        name: entry.name,
        group: entry.group.title(),
        idea: entry.idea,
        formula: entry.formula,
        reference: entry.reference,
        params: entry.parameters.iter().map(parameter).chain(seed).collect(),
        place: Some(Place {
            view: [x[0], x[1], y[0], y[1]],
            start: entry.suggestion.start,
            rate: entry.suggestion.rate,
        }),
    }
}

fn optimizer(entry: &'static optimizers::Method) -> Item {
    let with_conditionals = |known: &'static Parameter| {
        let conditionals = entry.conditionals.iter().filter(|conditional| conditional.parameter == known.name);
        let conditional_defaults = conditionals.map(|conditional| conditional_default(entry, conditional)).collect();
        ParameterEntry { conditional_defaults, ..parameter(known) }
    };
    Item {
        id: entry.id,
        name: entry.name,
        group: if entry.second_order() { "Second order" } else { "First order" },
        idea: entry.idea,
        formula: entry.rule,
        reference: entry.reference,
        params: entry.parameters.iter().map(with_conditionals).collect(),
        place: None,
    }
}

fn conditional_default(entry: &optimizers::Method, conditional: &optimizers::Conditional) -> ConditionalDefault {
    let (other, value) = conditional.when;
    let spelled = entry.parameter_index(other).map_or_else(String::new, |index| entry.parameters[index].spell(value));
    ConditionalDefault { when: format!("{other}={spelled}"), default: conditional.default }
}

fn parameter(parameter: &'static Parameter) -> ParameterEntry {
    let choices = parameter.choices();
    let word = choices.and_then(|words| words.get(parameter.default as usize));
    ParameterEntry {
        name: parameter.name,
        label: parameter.label,
        help: parameter.help,
        default: word.map_or(Setting::Number(parameter.default), |word| Setting::Word(word)),
        min: choices.is_none().then_some(parameter.min),
        max: choices.is_none().then_some(parameter.max),
        scale: match parameter.scale {
            Scale::Linear | Scale::Whole => "linear",
            Scale::Log => "log",
            Scale::Choice(_) => "choice",
        },
        choices,
        conditional_defaults: Vec::new(),
    }
}

/// The seed of a network's data; beyond `max` any whole number of 64 bits is taken too.
fn seed_parameter(seed: u64) -> ParameterEntry {
    ParameterEntry {
        name: "seed",
        label: "data seed",
        help: "The random seed of the samples that the network is fitted to; data=FILE.csv with the header x,y uses your own.",
        default: Setting::Number(seed as f64),
        min: Some(0.0),
        max: Some(f64::from(u32::MAX)),
        scale: "linear",
        choices: None,
        conditional_defaults: Vec::new(),
    }
}

impl ParameterEntry {
    /// `key=default`.
    fn pair(&self) -> String {
        match self.default {
            Setting::Number(value) => format!("{}={}", self.name, table::few(value)),
            Setting::Word(word) => format!("{}={word}", self.name),
        }
    }
}

impl Item {
    fn pairs(&self) -> Cell {
        Cell::Text(self.params.iter().map(ParameterEntry::pair).collect::<Vec<_>>().join(","))
    }
}

impl Tabular for Listing {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, &self.items)
    }

    /// For programs.
    fn table(&self) -> Table {
        let row = |item: &Item| {
            let words = [item.id, item.name, item.group, item.idea, item.formula, item.reference];
            words.map(Cell::from).into_iter().chain([item.pairs()]).collect()
        };
        let columns = vec!["id", "name", "group", "idea", "formula", "reference", "params"];
        Table { columns, rows: self.items.iter().map(row).collect() }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |item: &Item| vec![item.id.into(), item.name.into(), item.group.into(), item.pairs()];
        let columns = vec!["id", "name", "group", "parameters and their defaults"];
        table::write(out, &Table { columns, rows: self.items.iter().map(row).collect() })?;
        writeln!(out, "\nWrite ID or ID:key=value,key=value. --json adds ideas, formulas, references and ranges.")
    }
}
