//! Moving pictures and decks: frames become a file, one after another, so that a long run needs no more memory than a short one.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;

use super::export::{Made, Make, Still};
use super::film::Film;
use crate::cli::{FilmForm, Making};
use crate::drawing::FrameLimits;
use crate::drawing::ink::{Ink, Rgb};
use crate::drawing::vector_page::VectorPage;
use crate::export::pdf::pdf;
use crate::export::{Apng, Colors, Deck, FrameFolder, Gif, Sequence};
use crate::jobs::Parts;
use crate::landscapes::excerpt::of_path;

/// How many frames decide on the colors of a GIF, spread evenly over all of them.
const SAMPLED: usize = 12;

/// A film on its way into a file.
pub(super) struct Moving {
    film: Film,
    /// The colors of the frames that were looked at, where the file needs to know them first.
    colors: Colors,
    /// Frames that are still to be looked at, the next one last.
    sampled: Vec<usize>,
    file: File,
    /// Frames that are in the file.
    added: usize,
    /// Work that is done and all work, in frames.
    parts: [usize; 2],
}

/// What the frames are added to.
enum File {
    /// Not known yet: the colors come first.
    None,
    /// A file of pictures.
    Pictures(Box<dyn Sequence>),
    /// Pages of paths and letters, which become a file together.
    Pages(Vec<VectorPage>),
}

impl Moving {
    /// Nothing is painted yet; `out` is where it will stand.
    pub(super) fn new(film: Film, form: FilmForm, out: &Path) -> io::Result<Self> {
        let (size, count) = (film.size(), film.count());
        let file = match form {
            FilmForm::Gif => File::None,
            FilmForm::Apng => File::Pictures(Box::new(Apng::begin(size, count)?)),
            FilmForm::Pdf => File::Pages(Vec::with_capacity(count)),
            FilmForm::Deck => {
                let theme = film.state().view.chrome.theme;
                let bytes = |Rgb(red, green, blue): Rgb| [red, green, blue];
                File::Pictures(Box::new(Deck::begin(
                    count,
                    bytes(Ink::Ground.fill(theme)),
                    bytes(Ink::Truth.text(theme)),
                )?))
            }
            FilmForm::Folder => {
                File::Pictures(Box::new(FrameFolder::begin(out, count, film.title(), film.per_second)?))
            }
        };
        let sampled = if matches!(file, File::None) { sampled(count) } else { Vec::new() };
        let parts = [0, count + sampled.len()];
        Ok(Self { film, colors: Colors::default(), sampled, file, added: 0, parts })
    }

    /// How many frames' worth is done, of how many frames there are: looking at some of them first takes its share.
    fn frames_done(&self) -> [usize; 2] {
        let ([done, all], count) = (self.parts, self.film.count());
        [done * count / all.max(1), count]
    }

    /// Adds the next frame; a GIF begins here, as its colors are known now.
    fn add(&mut self) -> anyhow::Result<()> {
        if matches!(self.file, File::None) {
            self.file = File::Pictures(Box::new(Gif::begin(self.film.size(), self.colors.palette())?));
        }
        match &mut self.file {
            File::Pictures(sequence) => sequence.add(&self.film.page(self.added)?)?,
            File::Pages(pages) => pages.push(self.film.vector_page(self.added)?),
            File::None => {}
        }
        Ok(())
    }
}

/// Frames spread evenly over this many, the last one among them; the one to look at first stands last.
fn sampled(count: usize) -> Vec<usize> {
    let looks = SAMPLED.min(count);
    let last = count.saturating_sub(1);
    (0..looks).rev().map(|place| place * last / looks.saturating_sub(1).max(1)).collect()
}

impl Making for Moving {
    fn notes(&self) -> Vec<String> {
        let note = |every| format!("one step in {every} is shown, and the last: --every says another number");
        self.film.thinned.map(note).into_iter().collect()
    }

    fn advance(&mut self) -> anyhow::Result<Option<[usize; 2]>> {
        if let Some(place) = self.sampled.pop() {
            let page = self.film.page(place)?;
            self.colors.count(&page.pixels);
        } else if self.added < self.film.count() {
            self.add()?;
            self.added += 1;
        } else {
            return Ok(None);
        }
        self.parts[0] += 1;
        Ok(Some(self.frames_done()))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match &mut self.file {
            File::None => Ok(()),
            File::Pictures(sequence) => sequence.finish(out),
            File::Pages(pages) => out.write_all(&pdf(pages).map_err(io::Error::other)?),
        }
    }
}

/// How many frames a file of this form may have.
pub(super) fn limits(form: FilmForm) -> FrameLimits {
    match form {
        FilmForm::Gif | FilmForm::Apng => FrameLimits::FRAMES,
        FilmForm::Deck | FilmForm::Folder => FrameLimits::PAGES,
        FilmForm::Pdf => FrameLimits::PDF_PAGES,
    }
}

/// A GIF of the runs of a picture.
pub(super) fn make_gif(still: Still) -> Make {
    make(still, FilmForm::Gif)
}

/// An animated PNG of them.
pub(super) fn make_apng(still: Still) -> Make {
    make(still, FilmForm::Apng)
}

/// Slides of them.
pub(super) fn make_deck(still: Still) -> Make {
    make(still, FilmForm::Deck)
}

/// Pages of them, of lines and letters.
pub(super) fn make_pages(still: Still) -> Make {
    make(still, FilmForm::Pdf)
}

/// A folder of pictures of them.
pub(super) fn make_folder(still: Still) -> Make {
    make(still, FilmForm::Folder)
}

/// A frame in each part, and in the last one the file.
fn make(still: Still, form: FilmForm) -> Make {
    let (mut still, mut moving) = (Some(still), None);
    Box::new(move || {
        if let Some(still) = still.take() {
            let (choice, out) = (still.frames, still.out.clone());
            let film = Film::new(still, &choice, limits(form))?;
            let refused = |error: io::Error| anyhow::anyhow!("cannot write '{}': {error}", of_path(&out));
            moving = Some(Moving::new(film, form, &out).map_err(refused)?);
        }
        let moving: &mut Moving = moving.as_mut().context("it could not be begun")?;
        if let Some([made, all]) = moving.advance()? {
            return Ok(Made::Parts(Parts { made, all }));
        }
        let mut bytes = Vec::new();
        moving.finish(&mut bytes)?;
        Ok(if form == FilmForm::Folder { Made::Placed } else { Made::Whole(bytes) })
    })
}
