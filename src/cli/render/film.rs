//! What `render` makes of a run step by step: moving pictures and decks.

use std::io;
use std::path::Path;

use crate::cli::exit::Exit;
use crate::cli::hooks::{FilmForm, FilmRequest, Hooks};
use crate::cli::output::ending;
use crate::cli::progress::Progress;
use crate::cli::{say, spelled};
use crate::drawing::{FrameChoice, FrameError};
use crate::export::write_file;
use crate::landscapes::excerpt::{excerpt, of_path};
use crate::landscapes::number;

/// The options of moving pictures and decks.
#[derive(clap::Args)]
pub(super) struct FilmArgs {
    /// A page a step: --out names a .pptx, a .pdf, or a folder for numbered frames
    #[arg(long)]
    deck: bool,
    /// The first step of a moving picture or a deck
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = spelled::steps)]
    from: Option<usize>,
    /// Its last step
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = spelled::steps)]
    to: Option<usize>,
    /// Take one step in N, and the last; without it one in as many as make at most 240 frames or 60 pages
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = every)]
    every: Option<usize>,
    /// Follow every step by its sub-steps
    #[arg(long)]
    substeps: bool,
    /// Frames a second; without it as many as play all of them in about eight seconds
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = per_second)]
    fps: Option<f64>,
}

fn every(text: &str) -> Result<usize, Exit> {
    text.parse()
        .ok()
        .filter(|every| *every > 0)
        .ok_or_else(|| Exit::Wrong(format!("--every cannot be {}: expected a whole number from 1", excerpt(text))))
}

fn per_second(text: &str) -> Result<f64, Exit> {
    let [slowest, fastest] = FrameChoice::SPEEDS;
    let speed = number("--fps", text)?;
    if (slowest..=fastest).contains(&speed) {
        return Ok(speed);
    }
    Err(Exit::Wrong(format!("--fps cannot be {}: expected a number from {slowest} to {fastest}", excerpt(text))))
}

impl FilmArgs {
    /// What a file of this name is made into; `None` for a picture that stands still, or numbers.
    pub(super) fn form(&self, out: &Path) -> Result<Option<FilmForm>, Exit> {
        let form = match ending(out).as_str() {
            "gif" if !self.deck => Some(FilmForm::Gif),
            "apng" if !self.deck => Some(FilmForm::Apng),
            "pptx" => Some(FilmForm::Deck),
            "pdf" if self.deck => Some(FilmForm::Pdf),
            "" if self.deck => Some(FilmForm::Folder),
            _ if self.deck => {
                let out = of_path(out);
                return Err(Exit::Wrong(format!(
                    "--out {out}: a deck is a .pptx, a .pdf, or a folder of frames, whose name has no ending"
                )));
            }
            _ => None,
        };
        let of_film = [
            ("--from", self.from.is_some()),
            ("--to", self.to.is_some()),
            ("--every", self.every.is_some()),
            ("--substeps", self.substeps),
            ("--fps", self.fps.is_some()),
        ];
        let given = of_film.iter().find(|(_, is_given)| *is_given);
        match (form, given, self.fps) {
            (None, Some((option, _)), _) => Err(Exit::Wrong(format!(
                "{option} applies to moving pictures and decks: name a file that ends in .gif, .apng or .pptx, or give --deck"
            ))),
            (Some(FilmForm::Deck | FilmForm::Pdf), _, Some(_)) => Err(Exit::Wrong(
                "--fps applies to moving pictures: the pages of a deck follow each other by hand".to_owned(),
            )),
            _ => Ok(form),
        }
    }

    /// The steps that are shown.
    pub(super) fn choice(&self) -> FrameChoice {
        let Self { from, to, every, substeps, fps, .. } = *self;
        FrameChoice { from, to, every, substeps, per_second: fps }
    }
}

/// Makes the file, frame by frame.
pub(super) fn write(request: &FilmRequest, hooks: &Hooks) -> Result<(), Exit> {
    let out = &request.picture.out;
    let mut making = (hooks.film)(request).map_err(|error| failed(out, &error))?;
    for note in making.notes() {
        say(&format!("note: {note}"));
    }
    let mut progress = Progress::begin(hooks.seconds);
    while let Some(parts) = making.advance().map_err(|error| failed(out, &error))? {
        progress.show("frame", parts);
    }
    drop(progress);
    if request.form == FilmForm::Folder {
        return making.finish(&mut io::stdout().lock()).map_err(|error| failed(out, &error.into()));
    }
    Ok(write_file(out, |file| making.finish(file))?)
}

/// What could not be done: by the request, or by the disk, which does not name the file.
fn failed(out: &Path, error: &anyhow::Error) -> Exit {
    if error.is::<FrameError>() {
        return Exit::Wrong(error.to_string());
    }
    match error.downcast_ref::<io::Error>() {
        Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Quiet,
        Some(error) => Exit::Failed(format!("cannot write '{}': {error}", of_path(out))),
        None => Exit::Failed(format!("{error:#}")),
    }
}
