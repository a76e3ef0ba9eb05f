//! `taylorscope render`: a picture of a scene, without a display.

mod film;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use film::FilmArgs;

use super::exit::Exit;
use super::hooks::{Check, FilmForm, FilmRequest, Hooks, PictureSize, RenderRequest, View};
use super::landscape::OptionalLandscapeArgs;
use super::output::ending;
use super::point::Place;
use super::{check, point, say, spelled};
use crate::drawing::ink::Theme;
use crate::drawing::loss_chart::StepQuantity;
use crate::drawing::overlays::{self, Overlay, OverlayId};
use crate::drawing::{ExportFormat, Pane, PaneNumbers, Picture, TypeScale};
use crate::export::{runs, write_file};
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::{excerpt, of_path};
use crate::optimizers::Choice;
use crate::run::Run;
use crate::scene;

const EXAMPLE: &str = "Without SCENE, -l, -o and --start it draws the opening scene; otherwise a landscape, start or run that is not given is the one the window suggests.
Example: taylorscope render -l himmelblau -o gd:lr=0.01 -o newton --start -0.5,-1.4 --out map.png";

/// The width of a picture, where nothing else was asked for.
const WIDTH: u32 = 1280;
/// That of a view on the page of a deck: with two pixels a point as wide as a projector, with words for a hall.
const WIDTH_IN_DECK: u32 = 960;

/// Draw a picture of a scene: the whole window, or one of its views
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct RenderArgs {
    /// A scene file to draw; what the options say is drawn instead of what it says
    #[arg(value_name = "SCENE")]
    scene: Option<PathBuf>,
    #[command(flatten)]
    landscape: OptionalLandscapeArgs,
    /// An optimizer, ID or ID:key=value,…; may be repeated, a run each
    #[arg(short, long, value_name = "OPT", value_parser = spelled::optimizer)]
    optimizer: Vec<Choice>,
    /// The start of the runs; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    start: Option<Place>,
    /// The number of steps
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = spelled::steps)]
    steps: Option<usize>,
    /// The step to show
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = spelled::steps)]
    step: Option<usize>,
    /// What to draw
    #[arg(long, value_enum, default_value = "window")]
    view: View,
    /// The tab beside the picture in the window
    #[arg(long, value_name = "TAB", value_parser = spelled::tab)]
    tab: Option<Pane>,
    /// The quantity that the chart of the runs shows, in the tab or view loss
    #[arg(long, value_name = "QUANTITY", value_parser = spelled::quantity)]
    quantity: Option<StepQuantity>,
    /// What stands in the large place of the window
    #[arg(long, value_enum)]
    picture: Option<Picture>,
    /// How large type, controls and lines are
    #[arg(long = "type", value_enum, default_value = "normal")]
    type_scale: TypeScale,
    /// Overlays to draw in addition to those that the window shows at first, by id
    #[arg(long, value_name = "ID,…", value_delimiter = ',', value_parser = spelled::overlay)]
    show: Vec<OverlayId>,
    /// Width and height in points, which are pixels at scale 1; 1280x800 if not given; in a deck 16:9, the window 1280x720, a view 960x540, and what fills a slide in .pptx
    #[arg(long, value_name = "WxH", allow_hyphen_values = true, value_parser = size)]
    size: Option<PictureSize>,
    /// The theme
    #[arg(long, value_enum, default_value = "light")]
    theme: Theme,
    /// Pixels for each point, from 1 to 4; 1 if not given, and 2 in .svg, .pdf and a deck
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    scale: Option<u8>,
    /// A title above a view: the landscape with its formula, and the runs with their rates
    #[arg(long)]
    title: bool,
    /// No legend below a view
    #[arg(long)]
    no_legend: bool,
    #[command(flatten)]
    film: FilmArgs,
    /// The file to write; its ending names its form
    #[arg(long, value_name = "FILE", value_parser = OsStringValueParser::new().map(PathBuf::from))]
    out: PathBuf,
}

impl RenderArgs {
    pub(super) fn run(self, hooks: &Hooks) -> Result<(), Exit> {
        let film = self.film.form(&self.out)?.map(|form| (form, self.film.choice()));
        if film.is_some() && self.step.is_some() {
            return Err(Exit::Wrong(format!(
                "--step is for a picture that stands still: --from and --to choose the steps of {}",
                of_path(&self.out)
            )));
        }
        let request = self.request(hooks.check)?;
        match (film, ending(&request.out).as_str()) {
            (Some((form, choice)), _) => {
                for note in undrawn(&request) {
                    say(&note);
                }
                film::write(&FilmRequest { picture: request, form, choice }, hooks)
            }
            // What one view shows, and not the runs.
            (None, "csv" | "npz") if request.view.numbers() != PaneNumbers::Runs => Self::draw(&request, hooks),
            (None, "csv") => Self::write_runs(&request, hooks, runs::write_csv),
            (None, "npz") => Self::write_runs(&request, hooks, runs::write_npz),
            (None, _) => Self::draw(&request, hooks),
        }
    }

    /// Writes the numbers of the runs that the picture would show.
    fn write_runs(
        request: &RenderRequest,
        hooks: &Hooks,
        write: fn(&mut dyn Write, &[&Run]) -> io::Result<()>,
    ) -> Result<(), Exit> {
        let runs = (hooks.runs)(request)?;
        let runs: Vec<&Run> = runs.iter().collect();
        Ok(write_file(&request.out, |out| write(out, &runs))?)
    }

    fn draw(request: &RenderRequest, hooks: &Hooks) -> Result<(), Exit> {
        for note in undrawn(request) {
            say(&note);
        }
        let picture = (hooks.render)(request)?;
        Ok(write_file(&request.out, |out| out.write_all(&picture))?)
    }

    fn request(self, check: Check) -> Result<RenderRequest, Exit> {
        if let (Some(step), Some(steps)) = (self.step, self.steps)
            && step > steps
        {
            return Err(Exit::Wrong(format!("--step {step} lies beyond the last of --steps {steps}")));
        }
        let landscape = self.landscape.landscape()?;
        let scene = self.scene.as_deref().map(|file| check::scene(file, check)).transpose()?;
        let drawn = match (&landscape, &scene) {
            (None, Some(text)) => landscape_of(text)?,
            _ => landscape.clone(),
        };
        if let (View::Pane(pane), Some(landscape)) = (self.view, &drawn)
            && landscape.dimension().is_one()
            && !pane.suits(landscape)
        {
            let (id, name) = (pane.id(), landscape.name());
            return Err(Exit::Wrong(format!(
                "--view {id} shows nothing of one weight, which is all that {name} has: --view map draws its curve"
            )));
        }
        if let Some((tab, why)) = self.tab.zip(drawn.as_ref()).and_then(|(tab, of)| Some((tab, tab.lack(of)?))) {
            return Err(Exit::Wrong(format!("--tab {}: {why}", tab.id())));
        }
        let out = self.out;
        let format = format(&out, &self.film)?;
        refused(format, self.view, &out)?;
        // Of these two the ending does not tell that they are decks.
        let paged = match self.film.form(&out)? {
            Some(FilmForm::Folder) => ExportFormat::Frames,
            Some(FilmForm::Pdf) => ExportFormat::PdfPages,
            _ => format,
        };
        let of_view = paged.is_deck() && matches!(self.view, View::Pane(_));
        let [width, height] = paged.usual_size(if of_view { WIDTH_IN_DECK } else { WIDTH });
        let on = |place: &Place| match &drawn {
            Some(landscape) => place.on(landscape),
            // The opening scene has two.
            None => place.on_two_weights(),
        };
        let start = self.start.as_ref().map(on).transpose()?;
        Ok(RenderRequest {
            scene,
            landscape,
            optimizers: self.optimizer,
            start,
            steps: self.steps,
            step: self.step,
            view: self.view,
            tab: self.tab,
            quantity: self.quantity,
            picture: self.picture,
            type_scale: self.type_scale,
            show: self.show,
            size: self.size.unwrap_or(PictureSize { width, height }),
            theme: self.theme,
            scale: self.scale.unwrap_or(if format.is_vector() || paged.is_deck() { 2 } else { 1 }),
            title: self.title,
            legend: !self.no_legend,
            format,
            out,
        })
    }
}

/// The landscape of a scene in which nothing is wrong.
fn landscape_of(text: &str) -> Result<Option<Landscape>, Exit> {
    scene::read(text, |spec| Ok(spec.landscape.build()?)).map(Some).map_err(|faults| Exit::Wrong(faults.to_string()))
}

/// A note on every overlay that was asked for and that the picture does not show, of such a landscape or in such a view, and on a
/// quantity without a chart.
fn undrawn(request: &RenderRequest) -> Vec<String> {
    let requested = request.show.iter().filter_map(|id| overlays::find(id.name()));
    let overlays = requested.filter_map(|overlay| lacks(overlay, request).or_else(|| elsewhere(overlay, request.view)));
    overlays.chain(uncharted(request)).chain(on_paper(request)).collect()
}

/// That a theme was asked for which the format does not have.
fn on_paper(request: &RenderRequest) -> Option<String> {
    let is_light = request.theme == Theme::Light || request.format.is_as_on_screen();
    (!is_light).then(|| format!("note: {} is drawn as on paper, not dark", request.format.title()))
}

/// That a quantity was asked for where no chart is drawn.
fn uncharted(request: &RenderRequest) -> Option<String> {
    let quantity = request.quantity?;
    let is_drawn = match request.view {
        View::Pane(pane) => pane == Pane::Loss,
        View::Window => request.tab == Some(Pane::Loss),
    };
    let words = format!("note: '{}' is not drawn: the chart is, with --tab loss or --view loss", quantity.id());
    (!is_drawn).then_some(words)
}

/// What the landscape lacks of what an overlay needs.
fn lacks(overlay: &Overlay, request: &RenderRequest) -> Option<String> {
    let of_scene = request.scene.as_deref().filter(|_| request.landscape.is_none());
    if let Some(Ok(Some(landscape))) = of_scene.map(landscape_of) {
        return lacks(overlay, &RenderRequest { scene: None, landscape: Some(landscape), ..request.clone() });
    }
    // Without one it is that of the opening scene, a surface with two weights.
    let suits =
        request.landscape.as_ref().map_or_else(|| !overlay.needs.of_samples, |landscape| overlay.suits(landscape));
    let name =
        request.landscape.as_ref().map_or_else(|| "this landscape".to_owned(), |landscape| landscape.name().to_owned());
    (!suits).then(|| format!("note: '{}' is not applicable to {name}: it needs {}", overlay.id, overlay.needs.what))
}

/// The views that draw an overlay, where this one does not.
fn elsewhere(overlay: &Overlay, view: View) -> Option<String> {
    let View::Pane(pane) = view else { return None };
    let views: Vec<&str> = overlay.views.iter().map(|view| view.id()).collect();
    (!overlay.views.contains(&pane))
        .then(|| format!("note: --view {} does not draw '{}', only {} does", pane.id(), overlay.id, views.join(" or ")))
}

fn size(text: &str) -> Result<PictureSize, Exit> {
    let sides = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.map(|(width, height)| PictureSize { width, height }).filter(|size| size.is_sane()).ok_or_else(|| {
        let (min, max) = (PictureSize::MIN, PictureSize::MAX);
        Exit::Wrong(format!(
            "'{}' is not a size of a picture: expected WxH in pixels, from {}x{} to {}x{}",
            excerpt(text),
            min.width,
            min.height,
            max.width,
            max.height
        ))
    })
}

/// The form that the ending of a file names; a folder is one of pictures.
fn format(out: &Path, film: &FilmArgs) -> Result<ExportFormat, Exit> {
    let of_folder = (film.form(out)? == Some(FilmForm::Folder)).then_some(ExportFormat::Png);
    of_folder.or_else(|| ExportFormat::find(&ending(out))).ok_or_else(|| {
        Exit::Wrong(format!("--out {}: the name of the file must end in {}", of_path(out), endings(|_| true)))
    })
}

/// Refuses what a format cannot hold.
fn refused(format: ExportFormat, view: View, out: &Path) -> Result<(), Exit> {
    if format.takes(view) {
        return Ok(());
    }
    let others = endings(|format| format.takes(view));
    let (out, numbers, view) = (of_path(out), view.numbers(), view.id());
    let instead = match (format.is_numbers(), numbers) {
        (true, PaneNumbers::Elsewhere(Some(command))) => format!("\nits numbers come from `taylorscope {command}`"),
        _ => String::new(),
    };
    Err(Exit::Wrong(format!(
        "--out {out}: {} cannot hold --view {view}; it is written as {others}{instead}",
        format.title()
    )))
}

/// The endings of some formats, in words.
fn endings(which: impl Fn(ExportFormat) -> bool) -> String {
    let formats = ExportFormat::ALL.iter().copied().filter(|format| format.is_named_by_ending() && which(*format));
    let endings: Vec<String> = formats.map(|format| format!(".{}", format.ending())).collect();
    endings.join(", ")
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;
    use crate::drawing::FrameLimits;

    /// Whatever file the pages of a deck are in, as many steps have one, and the help says how many.
    #[test]
    fn the_help_says_how_many_frames_and_pages_there_are_at_most() {
        let command = FilmArgs::augment_args(clap::Command::new("render"));
        let every = command.get_arguments().find(|argument| argument.get_id() == "every").unwrap();
        let help = every.get_help().unwrap().to_string();
        let frames = FrameLimits::FRAMES.usual;
        for pages in [FrameLimits::PAGES.usual, FrameLimits::PDF_PAGES.usual] {
            assert!(help.ends_with(&format!("at most {frames} frames or {pages} pages")), "{pages}: {help}");
        }
    }

    #[test]
    fn whatever_a_picture_does_not_show_is_said() {
        let texts = [None, Some("himmelblau"), Some("tanh2"), Some("relu"), Some("depth")];
        for landscape in texts.map(|text| text.map(|text| Landscape::parse(text).unwrap())) {
            for view in Pane::ALL.map(View::Pane).into_iter().chain([View::Window]) {
                for overlay in overlays::ALL {
                    let request = RenderRequest {
                        landscape: landscape.clone(),
                        view,
                        show: vec![overlay.id],
                        ..RenderRequest::opening(PathBuf::from("a.png"))
                    };
                    let suits =
                        overlay.suits(&landscape.clone().unwrap_or_else(|| Landscape::parse("himmelblau").unwrap()));
                    let draws =
                        view == View::Window || matches!(view, View::Pane(pane) if overlay.views.contains(&pane));
                    let notes = undrawn(&request);
                    assert_eq!(
                        notes.is_empty(),
                        suits && draws,
                        "{} of {landscape:?} in {view:?}: {notes:?}",
                        overlay.id
                    );
                    assert!(notes.iter().all(|note| note.contains(overlay.id.name())), "{notes:?}");
                }
            }
        }
    }
}
