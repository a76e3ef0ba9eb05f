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
mod critical;
mod digits;
mod eval;
mod exit;
mod hooks;
mod landscape;
mod lessons;
mod list;
mod output;
mod overlays;
mod point;
mod progress;
mod render;
mod seed;
mod spelled;
mod sweep;
mod table;
mod tournament;
mod trace;
mod tuning;
mod until;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use args::Command;
use exit::Exit;

pub use hooks::{
    Check, DrawRace, DrawSweep, DrawTournament, Film, FilmForm, FilmRequest, Hooks, Making, PictureSize, Render,
    RenderRequest, Runs, View, WindowRequest,
};

use crate::landscapes::excerpt::{escaped, excerpt, of_path, path_text};
use crate::landscapes::nearest;

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
        None => Ok((hooks.window)(&WindowRequest { file: None })?),
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
        Some(Command::Basins(words)) => words.run(),
        Some(Command::Sweep(words)) => words.run(hooks),
        Some(Command::Render(words)) => words.run(hooks),
        Some(Command::Check(words)) => words.run(hooks),
        Some(Command::Other(words)) => open(&words, hooks),
    }
}

/// A first word that is not a subcommand: a scene or lesson to open, or a typing error.
fn open(words: &[OsString], hooks: &Hooks) -> Result<(), Exit> {
    let (first, rest) = words.split_first().ok_or(Exit::Quiet)?;
    let file = Path::new(first);
    let meant_as_file = file.exists() || file.extension().is_some() || file.components().count() > 1;
    let first = path_text(file);
    let quoted = excerpt(&first);
    if !meant_as_file {
        let names = args::subcommands();
        let hint = nearest(&first, names.iter().map(String::as_str));
        return Err(Exit::Wrong(format!("unknown command '{quoted}'{hint}\nthere are: {}", names.join(", "))));
    }
    if let Some(word) = rest.first() {
        let word = of_path(Path::new(word));
        return Err(Exit::Wrong(format!(
            "unexpected '{word}' after the file '{quoted}': one scene or lesson is opened at a time"
        )));
    }
    if !file.is_file() {
        return Err(Exit::Failed(format!("cannot open '{quoted}': there is no such file")));
    }
    // What is wrong in a scene is said where it was asked for.
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        check::scene(file, hooks.check)?;
    }
    Ok((hooks.window)(&WindowRequest { file: Some(file.to_owned()) })?)
}
