//! The words after `taylorscope`: the subcommands, and clap's errors brought to one or two lines.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use super::exit::Exit;
use super::{
    analyze, backprop, basins, check, circle, compare, critical, eval, lessons, list, render, sweep, tournament, trace,
};
use crate::landscapes::excerpt::excerpt;

const EXAMPLES: &str = "\
Without a command the window opens, with a FILE that scene, measured grid or table of samples.

Examples:
  taylorscope list landscapes
  taylorscope trace -l rosenbrock -o gd:lr=0.001 --start -1.2,1 --steps 50
  taylorscope analyze -l quad:kappa=50 --at 1,-0.5 --json

A landscape or optimizer is spelled ID or ID:key=value,key=value; a point X,Y.
Exit status: 0 done, 1 could not do it, 2 the request is wrong.";

#[derive(Parser)]
#[command(name = "taylorscope", version, about = "Compares the local model of an optimizer with the loss itself, step by step.", after_help = EXAMPLES)]
#[command(override_usage = "taylorscope [FILE]\n       taylorscope COMMAND [OPTIONS]")]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
}

/// A subcommand with its options.
#[derive(Subcommand)]
pub(super) enum Command {
    List(list::ListArgs),
    Guide(lessons::GuideArgs),
    Eval(eval::EvalArgs),
    Analyze(analyze::AnalyzeArgs),
    Circle(circle::CircleArgs),
    Critical(critical::CriticalArgs),
    Backprop(backprop::BackpropArgs),
    Trace(trace::TraceArgs),
    Compare(compare::CompareArgs),
    Tournament(tournament::TournamentArgs),
    Basins(basins::BasinsArgs),
    Sweep(sweep::SweepArgs),
    Render(render::RenderArgs),
    Check(check::CheckArgs),
    /// A mistyped command, or a file to be opened.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// Reads the program's words; `None` for a call without any.
pub(super) fn parse() -> Result<Option<Command>, Exit> {
    CommandLine::try_parse().map(|words| words.command).map_err(exit_of)
}

/// The names of the subcommands.
pub(super) fn subcommands() -> Vec<String> {
    CommandLine::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

fn exit_of(mut error: clap::Error) -> Exit {
    if !error.use_stderr() {
        // Help or version, for standard output.
        let shown = error.print().and_then(|()| io::stdout().flush());
        return shown.map_or_else(|error| Exit::from_output(&error), |()| Exit::Quiet);
    }
    // What our own readers of words found says more than clap's wrapping of it.
    if let Some(exit) = error.source().and_then(|source| source.downcast_ref::<Exit>()) {
        return exit.clone();
    }
    quote(&mut error);
    Exit::Wrong(shortened(&error.render().to_string()))
}

/// Cuts what the error repeats of the request; a hint that would repeat it too is left out.
fn quote(error: &mut clap::Error) {
    let long: Vec<(ContextKind, String)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) => Some((kind, text, excerpt(text))),
            _ => None,
        })
        .filter(|(_, text, quoted)| *text != quoted)
        .map(|(kind, _, quoted)| (kind, quoted))
        .collect();
    if !long.is_empty() {
        error.insert(ContextKind::Suggested, ContextValue::None);
    }
    for (kind, quoted) in long {
        error.insert(kind, ContextValue::String(quoted));
    }
}

/// The first paragraph of clap's message on one line, and below it its tip, or else the last line of the usage.
fn shortened(message: &str) -> String {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = joined(message.split("\n\n").next().unwrap_or_default());
    let first = first.trim_start_matches("error: ");
    let starting_with = |start: &str| message.split("\n\n").map(str::trim).find(|text| text.starts_with(start));
    if let Some(tip) = starting_with("tip:") {
        return format!("{first}\n{}", joined(tip));
    }
    match starting_with("Usage:").and_then(|usage| usage.lines().last()) {
        Some(usage) => format!("{first}\nUsage: {}", joined(usage.trim_start_matches("Usage:"))),
        None => first.to_owned(),
    }
}
