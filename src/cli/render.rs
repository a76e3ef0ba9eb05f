//! `taylorscope render`: a picture of a scene, without a display.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser as _};

use super::exit::Exit;
use super::hooks::{PictureSize, Render, RenderRequest, View};
use super::landscape::OptionalLandscapeArgs;
use super::output::ending;
use super::{point, say, spelled};
use crate::drawing::ink::Theme;
use crate::drawing::overlays::{self, OverlayId};
use crate::export::write_file;
use crate::landscapes::excerpt::{excerpt, of_path};
use crate::numbers::Point;
use crate::optimizers::Choice;

const EXAMPLE: &str = "\
Without any of -l, -o and --start it is the opening scene; otherwise a landscape, start or run that is not given is what the window would suggest.
Example: taylorscope render -l himmelblau -o gd:lr=0.01 -o newton --start -0.5,-1.4 --out map.png";

/// Draw a picture: the whole window, or one of its views
#[derive(clap::Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct RenderArgs {
    #[command(flatten)]
    landscape: OptionalLandscapeArgs,
    /// An optimizer, ID or ID:key=value,…; may be repeated, a run each
    #[arg(short, long, value_name = "OPT", value_parser = spelled::optimizer)]
    optimizer: Vec<Choice>,
    /// Where the runs begin
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse)]
    start: Option<Point>,
    /// How many steps they take
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = spelled::steps)]
    steps: Option<usize>,
    /// The step to show
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = spelled::steps)]
    step: Option<usize>,
    /// What to draw
    #[arg(long, value_enum, default_value = "window")]
    view: View,
    /// Overlays to draw beside those that the window shows at first, by id
    #[arg(long, value_name = "ID,…", value_delimiter = ',', value_parser = spelled::overlay)]
    show: Vec<OverlayId>,
    /// Pixels
    #[arg(long, value_name = "WxH", default_value = "1280x800", allow_hyphen_values = true, value_parser = size)]
    size: PictureSize,
    /// The ground
    #[arg(long, value_enum, default_value = "light")]
    theme: Theme,
    /// The picture to write, .png
    #[arg(long, value_name = "FILE.png", value_parser = OsStringValueParser::new().try_map(picture))]
    out: PathBuf,
}

impl RenderArgs {
    pub(super) fn run(self, render: Render) -> Result<(), Exit> {
        let request = self.request()?;
        for note in undrawn(&request) {
            say(&note);
        }
        let picture = render(&request)?;
        Ok(write_file(&request.out, |out| out.write_all(&picture))?)
    }

    fn request(self) -> Result<RenderRequest, Exit> {
        if let (Some(step), Some(steps)) = (self.step, self.steps)
            && step > steps
        {
            return Err(Exit::Wrong(format!("--step {step} lies beyond the last of --steps {steps}")));
        }
        Ok(RenderRequest {
            landscape: self.landscape.landscape()?,
            optimizers: self.optimizer,
            start: self.start,
            steps: self.steps,
            step: self.step,
            view: self.view,
            show: self.show,
            size: self.size,
            theme: self.theme,
            out: self.out,
        })
    }
}

/// A note on every overlay that was asked for and that the view does not draw.
fn undrawn(request: &RenderRequest) -> Vec<String> {
    let View::Pane(pane) = request.view else { return Vec::new() };
    let evaluations = request.show.iter().filter_map(|id| overlays::find(id.name()));
    let elsewhere = evaluations.filter(|overlay| !overlay.views.contains(&pane));
    elsewhere
        .map(|overlay| {
            let views: Vec<&str> = overlay.views.iter().map(|view| view.id()).collect();
            format!("note: --view {} does not draw '{}', only {} does", pane.id(), overlay.id, views.join(" or "))
        })
        .collect()
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

fn picture(name: OsString) -> Result<PathBuf, Exit> {
    let path = PathBuf::from(name);
    if ending(&path) == "png" {
        return Ok(path);
    }
    Err(Exit::Wrong(format!("--out {}: the ending says the form, and must be .png", of_path(&path))))
}
