//! Layer 10: the command line. One file a subcommand: its options, its work, and its answer as JSON, CSV and text.
//!
//! What needs a window or draws pictures comes in as [`Hooks`], so that everything else works without a display.

mod analyze;
mod args;
mod backprop;
mod basins;
mod check;
mod circle;
mod compare;
mod conventions;
mod cost;
mod critical;
mod digits;
mod eval;
mod exit;
mod hooks;
mod landscape;
mod lessons;
mod list;
mod method;
mod open;
mod output;
mod overlays;
mod point;
mod progress;
mod race_words;
mod render;
mod seed;
mod spelled;
mod sweep;
mod table;
mod tournament;
mod trace;
mod tuning;
mod until;

use std::io::Write as _;
use std::process::ExitCode;

use args::Command;
use exit::Exit;

pub use hooks::{
    Check, DrawBasins, DrawRace, DrawSweep, DrawTournament, Film, FilmForm, FilmRequest, Hooks, Making, PictureSize,
    Render, RenderRequest, Runs, View, WindowRequest,
};

use crate::landscapes::excerpt::escaped;

/// Says one line to the person at the terminal.
pub fn say(line: &str) {
    // If standard error is closed there is no one to tell.
    let _ = writeln!(std::io::stderr(), "{}", escaped(line));
}

/// Obeys the words the program was called with; returns its exit status: 0 done, 1 could not, 2 the request is wrong.
pub fn run(hooks: &Hooks) -> ExitCode {
    match args::parse().and_then(|command| obey(command, hooks)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(exit) => exit.report(),
    }
}

fn obey(command: Option<Command>, hooks: &Hooks) -> Result<(), Exit> {
    match command {
        None => Ok((hooks.window)(&WindowRequest { file: None, is_refused: false })?),
        Some(Command::List(words)) => words.run(),
        Some(Command::Guide(words)) => words.run(),
        Some(Command::Eval(words)) => words.run(),
        Some(Command::Analyze(words)) => words.run(),
        Some(Command::Circle(words)) => words.run(),
        Some(Command::Critical(words)) => words.run(),
        Some(Command::Backprop(words)) => words.run(),
        Some(Command::Trace(words)) => words.run(),
        Some(Command::Compare(words)) => words.run(hooks),
        Some(Command::Tournament(words)) => words.run(hooks),
        Some(Command::Basins(words)) => words.run(hooks),
        Some(Command::Sweep(words)) => words.run(hooks),
        Some(Command::Render(words)) => words.run(hooks),
        Some(Command::Check(words)) => words.run(hooks),
        Some(Command::Other(words)) => open::open(&words, hooks.window, hooks.check),
    }
}
