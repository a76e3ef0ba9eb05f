//! The words after `taylorscope`: the subcommands, and clap's errors brought to one or two lines.

use std::error::Error;
use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use super::exit::Exit;
use super::{analyze, backprop, critical, eval, list, render, trace};

const EXAMPLES: &str = "\
Without a command the window opens.

Examples:
  taylorscope list landscapes
  taylorscope trace -l rosenbrock -o gd:lr=0.001 --start -1.2,1 --steps 50
  taylorscope analyze -l quad:kappa=50 --at 1,-0.5 --json

A landscape or optimizer is spelled ID or ID:key=value,key=value; a point X,Y.
Exit status: 0 done, 1 could not do it, 2 the request is wrong.";

#[derive(Parser)]
#[command(name = "taylorscope", version, about = "Shows what an optimizer believes and what the loss landscape really does.", after_help = EXAMPLES)]
#[command(override_usage = "taylorscope\n       taylorscope COMMAND [OPTIONS]", disable_help_subcommand = true)]
struct Words {
    #[command(subcommand)]
    command: Option<Command>,
}

/// A subcommand with its options.
#[derive(Subcommand)]
pub(super) enum Command {
    List(list::Words),
    Eval(eval::Words),
    Analyze(analyze::Words),
    Critical(critical::Words),
    Backprop(backprop::Words),
    Trace(trace::Words),
    Render(render::Words),
    /// A mistyped command, or a file, of which none can be opened.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

/// Reads the program's words; `None` for a call without any.
pub(super) fn parse() -> Result<Option<Command>, Exit> {
    Words::try_parse().map(|words| words.command).map_err(|error| exit_of(&error))
}

/// The names of the subcommands.
pub(super) fn subcommands() -> Vec<String> {
    Words::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

fn exit_of(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // Help or version, for standard output; a closed pipe is no matter.
        let _ = error.print();
        return Exit::Quiet;
    }
    // What our own readers of words found says more than clap's wrapping of it.
    match error.source().and_then(|source| source.downcast_ref::<Exit>()) {
        Some(exit) => exit.clone(),
        None => Exit::Wrong(shortened(&error.render().to_string())),
    }
}

/// The first paragraph of clap's message on one line, and below it its tip, or else the usage.
fn shortened(message: &str) -> String {
    let paragraphs: Vec<String> =
        message.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let first = paragraphs.first().map_or("", |text| text.trim_start_matches("error: "));
    let starting_with = |start: &str| paragraphs.iter().find(|text| text.starts_with(start));
    match starting_with("tip:").or_else(|| starting_with("Usage:")) {
        Some(second) => format!("{first}\n{second}"),
        None => first.to_owned(),
    }
}
