//! What the command line asks of the window and of the painter, without knowing either.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::PossibleValue;

pub use crate::drawing::ExportView as View;
use crate::drawing::ink::Theme;
use crate::drawing::loss_chart::StepQuantity;
use crate::drawing::overlays::OverlayId;
use crate::drawing::{ExportFormat, FrameChoice, Pane, Picture, TypeScale};
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::run::Run;
use crate::scene::Fault;
use crate::studies::{Basins, Race, Sweep, Tournament};

/// Draws a picture and returns it as the bytes of its file.
pub type Render = fn(&RenderRequest) -> anyhow::Result<Vec<u8>>;

/// Draws a sweep and returns it as the bytes of a PNG file.
pub type DrawSweep = fn(&Sweep, Theme) -> anyhow::Result<Vec<u8>>;

/// Draws basins and returns them as the bytes of a PNG file.
pub type DrawBasins = fn(&Basins, Theme) -> anyhow::Result<Vec<u8>>;

/// Draws a race that is over and returns it as the bytes of a PNG file.
pub type DrawRace = fn(&Race, Theme) -> anyhow::Result<Vec<u8>>;

/// Draws a tournament and returns it as the bytes of a PNG file.
pub type DrawTournament = fn(&Tournament, Theme) -> anyhow::Result<Vec<u8>>;

/// Finds all that is wrong in the text of a scene's file.
pub type Check = fn(&Path, &str) -> Vec<Fault>;
/// Takes the runs that a picture would show.
pub type Runs = fn(&RenderRequest) -> anyhow::Result<Vec<Run>>;

/// What is made of a run step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmForm {
    /// A GIF.
    Gif,
    /// An animated PNG.
    Apng,
    /// Slides, as .pptx.
    Deck,
    /// Pages, as .pdf.
    Pdf,
    /// A folder of numbered frames.
    Folder,
}

/// A moving picture or a deck to make.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmRequest {
    /// What is shown, where its step does not matter.
    pub picture: RenderRequest,
    /// What is made of it.
    pub form: FilmForm,
    /// The steps that are shown.
    pub choice: FrameChoice,
}

/// A moving picture or a deck in the making, one frame after another.
pub trait Making {
    /// What is to be said before.
    fn notes(&self) -> Vec<String>;

    /// Makes the next part; how many are made, of how many, or `None` once all of them are.
    ///
    /// # Errors
    /// If it cannot be painted, or the disk refuses.
    fn advance(&mut self) -> anyhow::Result<Option<[usize; 2]>>;

    /// Writes the file. A folder is put into its place, and `out` gets the lines by which LaTeX shows it.
    ///
    /// # Errors
    /// What the disk or the writer says.
    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// Begins a moving picture or a deck.
pub type Film = fn(&FilmRequest) -> anyhow::Result<Box<dyn Making>>;

/// What the program brings along for the commands that need a window or a painter.
pub struct Hooks {
    /// Opens the window and returns when it is closed.
    pub window: fn(&WindowRequest) -> anyhow::Result<()>,
    /// Draws a picture; the command line writes it to its file.
    pub render: Render,
    /// Draws a sweep; the command line writes it to its file.
    pub sweep: DrawSweep,
    /// Draws basins; the command line writes them to their file.
    pub basins: DrawBasins,
    /// Draws a race; the command line writes it to its file.
    pub race: DrawRace,
    /// Draws a tournament; the command line writes it to its file.
    pub tournament: DrawTournament,
    /// Finds all that is wrong in the text of a file of this name.
    pub check: Check,
    /// Makes moving pictures and decks.
    pub film: Film,
    /// Takes the runs of a picture.
    pub runs: Runs,
    /// Seconds since some moment: the clock, at which only the window may look.
    pub seconds: fn() -> f64,
}

/// A window to open.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowRequest {
    /// The scene or lesson to begin with, an existing file; the opening scene if none.
    pub file: Option<PathBuf>,
    /// Something is wrong with the file, which was said: the window opens and says it, too; where there is none, nothing is drawn.
    pub is_refused: bool,
}

/// A picture to draw. If landscape, optimizers and start are all missing, it is of the opening scene; else what is missing is what the
/// window would suggest.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderRequest {
    /// The text of a scene, in which nothing is wrong; what is given below is drawn instead of what it says.
    pub scene: Option<String>,
    /// The loss.
    pub landscape: Option<Landscape>,
    /// A run each; the opening scene's if empty.
    pub optimizers: Vec<Choice>,
    /// Where the runs begin.
    pub start: Option<Point>,
    /// How many steps they take.
    pub steps: Option<usize>,
    /// The step the picture stands at.
    pub step: Option<usize>,
    /// What is drawn.
    pub view: View,
    /// The tab beside the picture; `None` for that of the scene.
    pub tab: Option<Pane>,
    /// What the chart of the tab Loss shows; `None` for that of the scene.
    pub quantity: Option<StepQuantity>,
    /// What stands in the large place of the window; `None` for that of the scene.
    pub picture: Option<Picture>,
    /// How large type is.
    pub type_scale: TypeScale,
    /// Ids of overlays that are drawn beside those that are drawn anyway.
    pub show: Vec<OverlayId>,
    /// Its width and height in points: its pixels at scale 1.
    pub size: PictureSize,
    /// Light or dark ground.
    pub theme: Theme,
    /// Pixels for each point, from 1 to 4.
    pub scale: u8,
    /// Whether a title stands above the view: landscape and formula, runs and rates.
    pub title: bool,
    /// Whether a legend stands below the view, where it has one.
    pub legend: bool,
    /// The form of the file.
    pub format: ExportFormat,
    /// The file it will be written to.
    pub out: PathBuf,
}

impl RenderRequest {
    /// The opening scene at 1280×800 on the light ground.
    pub fn opening(out: PathBuf) -> Self {
        Self {
            scene: None,
            landscape: None,
            optimizers: Vec::new(),
            start: None,
            steps: None,
            step: None,
            view: View::Window,
            tab: None,
            quantity: None,
            picture: None,
            type_scale: TypeScale::Normal,
            show: Vec::new(),
            size: PictureSize { width: 1280, height: 800 },
            theme: Theme::Light,
            scale: 1,
            title: false,
            legend: true,
            format: ExportFormat::Png,
            out,
        }
    }
}

impl ValueEnum for View {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()).help(self.help()))
    }
}

impl ValueEnum for Theme {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Light => PossibleValue::new(self.id()).help("Ink on paper."),
            Self::Dark => PossibleValue::new(self.id()).help("Light on near-black."),
        })
    }
}

impl ValueEnum for Picture {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()).help(self.help()))
    }
}

impl ValueEnum for TypeScale {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.id()).help(self.title()))
    }
}

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl PictureSize {
    /// Below this nothing can be read.
    pub const MIN: Self = Self { width: 320, height: 240 };
    /// 8K; more would only fill the memory.
    pub const MAX: Self = Self { width: 7680, height: 4320 };

    /// Whether both sides lie between the limits.
    pub fn is_sane(self) -> bool {
        (Self::MIN.width..=Self::MAX.width).contains(&self.width)
            && (Self::MIN.height..=Self::MAX.height).contains(&self.height)
    }
}
