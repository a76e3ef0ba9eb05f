//! `taylorscope check`: what is wrong in scenes, by line and column.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::hooks::{Check, Hooks};
use super::say;
use crate::import::{read_beside, read_input};
use crate::landscapes::excerpt::of_path;
use crate::scene::with_files;

const EXAMPLE: &str =
    "Silent, with status 0, where all is well; otherwise FILE:LINE:COLUMN: what is wrong, and status 2.
Example: taylorscope check valley.toml lecture/*.toml";

/// Find the mistakes in scenes and lessons
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct CheckArgs {
    /// The files; - is standard input
    #[arg(value_name = "SCENE", required = true)]
    files: Vec<PathBuf>,
}

impl CheckArgs {
    pub(super) fn run(self, hooks: &Hooks) -> Result<(), Exit> {
        let mut status = 0;
        for file in &self.files {
            let found = match faults_of(file, hooks.check) {
                Ok((_, faults)) if faults.is_empty() => continue,
                Ok((_, faults)) => (2, faults),
                Err(Exit::Failed(why)) => (1, vec![why]),
                Err(other) => (2, vec![other.to_string()]),
            };
            // Where something is wrong with one file, that another one cannot be read is the lesser news.
            status = status.max(found.0);
            found.1.iter().for_each(|line| say(line));
        }
        if status == 0 { Ok(()) } else { Err(Exit::Reported(status)) }
    }
}

/// The text of a scene's file, and what is wrong in it, a line or two each.
pub(super) fn faults_of(file: &Path, check: Check) -> Result<(String, Vec<String>), Exit> {
    let bytes = read_input(file)?;
    let name = of_path(file);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let fault = format!("{name}:{line}:{column}: this is not valid UTF-8: save it as plain text");
            return Ok((before, vec![fault]));
        }
    };
    let faults = check(file, &text).iter().map(|fault| fault.located(&name)).collect();
    Ok((text, faults))
}

/// Says what is wrong in a scene or a lesson.
pub(super) fn file(file: &Path, check: Check) -> Result<(), Exit> {
    match faults_of(file, check)?.1.as_slice() {
        [] => Ok(()),
        faults => Err(report(faults)),
    }
}

fn report(faults: &[String]) -> Exit {
    for line in faults {
        say(line);
    }
    Exit::Reported(2)
}

/// The text of a scene in which nothing is wrong, with the data of the file that it names.
pub(super) fn scene(file: &Path, check: Check) -> Result<String, Exit> {
    let (text, faults) = faults_of(file, check)?;
    if faults.is_empty() {
        let whole = with_files(&text, &|named| read_beside(file, "scene", named));
        return whole.map(Cow::into_owned).map_err(|faults| Exit::Wrong(faults.to_string()));
    }
    Err(report(&faults))
}
