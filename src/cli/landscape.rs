//! The options that say which landscape: its spelling, the box it is shown in, its parameters, and of a network its loss and
//! its samples.

use std::cell::Cell;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::say;
use crate::import::read_input;
use crate::landscapes::excerpt::{excerpt, of_path};
use crate::landscapes::{InputError, Landscape, ReadFile, RescaledAxes, ViewBox, number, own};

/// A landscape that must be given.
#[derive(clap::Args)]
pub(super) struct LandscapeArgs {
    /// The landscape: ID, ID:key=value,…, formula:EXPR in x and y, network:EXPR in w1, w2 and x, or grid:FILE
    #[arg(short, long, value_name = "L", allow_hyphen_values = true)]
    landscape: OsString,
    #[command(flatten)]
    frame: Frame,
}

/// A landscape that may be left out.
#[derive(clap::Args)]
pub(super) struct OptionalLandscapeArgs {
    /// The landscape: ID, ID:key=value,…, formula:EXPR in x and y, network:EXPR in w1, w2 and x, or grid:FILE
    #[arg(short, long, value_name = "L", allow_hyphen_values = true)]
    landscape: Option<OsString>,
    #[command(flatten)]
    frame: Frame,
}

/// What can be said of any landscape.
#[derive(clap::Args)]
struct Frame {
    /// The domain to show and to search; of one weight, X0,X1 is enough; for an .npy grid, where it was measured
    #[arg(id = "box", long = "box", value_name = "X0,X1,Y0,Y1", allow_hyphen_values = true, value_parser = region)]
    view: Option<RegionArgument>,
    /// A parameter, as of a letter in a formula; may be repeated
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Stretches the first axis by a factor: the loss is f(Ay), A = R(angle) diag(stretch, 1)
    #[arg(long, value_name = "FACTOR", allow_hyphen_values = true, value_parser = stretch)]
    stretch: Option<f64>,
    /// Turns the axes by an angle in radians, counter-clockwise
    #[arg(long, value_name = "RADIANS", allow_hyphen_values = true, value_parser = angle)]
    angle: Option<f64>,
    /// The loss of a network:EXPR: sse, mse (unless chosen), mae, huber, or ce, which takes the output for a logit
    #[arg(long, value_name = "LOSS")]
    loss: Option<String>,
    /// The samples of a network, with the header x,y; - is standard input; without them they are drawn, for a network:EXPR those of tanh2, or
    /// for ce those of logistic
    #[arg(long, value_name = "FILE.csv")]
    data: Option<PathBuf>,
}

impl LandscapeArgs {
    /// The landscape, its file read where it names one.
    pub(super) fn landscape(&self) -> Result<Landscape, Exit> {
        self.frame.apply_to(&self.landscape, self.frame.sane_view()?)
    }

    /// The landscape in its own domain, and beside it the region that `--box` names, which may be as narrow as the numbers allow.
    /// A measured array without coordinates lies in that region.
    pub(super) fn landscape_and_region(&self) -> Result<(Landscape, Option<ViewBox>), Exit> {
        let region = self.frame.view.as_ref();
        let is_array = Path::new(&self.landscape).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("npy"));
        let own = if is_array { self.frame.sane_view()? } else { None };
        let landscape = self.frame.apply_to(&self.landscape, own)?;
        if let Some(message) = region.and_then(|region| region.interval.as_ref())
            && !landscape.dimension().is_one()
        {
            return Err(Exit::Wrong(message.clone()));
        }
        Ok((landscape, region.map(|region| region.view)))
    }
}

impl OptionalLandscapeArgs {
    /// The landscape, if one was given.
    pub(super) fn landscape(&self) -> Result<Option<Landscape>, Exit> {
        let Frame { view, stretch, angle, set, loss, data } = &self.frame;
        let is_rescaled = stretch.is_some() || angle.is_some();
        let is_framed = view.is_some() || !set.is_empty() || loss.is_some() || data.is_some() || is_rescaled;
        if self.landscape.is_none() && is_framed {
            let options = "--box, --stretch, --angle, --set, --loss and --data";
            return Err(Exit::Wrong(format!("{options} need a landscape: name it with -l")));
        }
        let view = self.frame.sane_view()?;
        self.landscape.as_deref().map(|text| self.frame.apply_to(text, view)).transpose()
    }
}

impl Frame {
    /// The region, if one was given that can be shown and searched.
    fn sane_view(&self) -> Result<Option<ViewBox>, Exit> {
        match &self.view {
            Some(RegionArgument { narrow: Some(message), .. }) => Err(Exit::Wrong(message.clone())),
            region => Ok(region.as_ref().map(|region| region.view)),
        }
    }

    fn apply_to(&self, spelled: &OsStr, view: Option<ViewBox>) -> Result<Landscape, Exit> {
        let unreadable = Cell::new(false);
        let read = |path: &Path| {
            read_input(path).map_err(|error| {
                unreadable.set(!error.is_of_contents());
                InputError::Data(error.to_string())
            })
        };
        let landscape = spelled_with(spelled, view, &read).and_then(|landscape| self.set(landscape, &read));
        let landscape =
            landscape.map_err(|error| if unreadable.get() { Exit::Failed(error.to_string()) } else { error.into() })?;
        if let (Some(RegionArgument { interval: Some(message), .. }), Some(_)) = (&self.view, view)
            && !landscape.dimension().is_one()
        {
            return Err(Exit::Wrong(message.clone()));
        }
        for note in landscape.notes() {
            say(&format!("note: {note}"));
        }
        Ok(landscape)
    }

    /// The landscape with what the other options say.
    fn set(&self, landscape: Landscape, read: ReadFile<'_>) -> Result<Landscape, InputError> {
        let id = landscape.entry().id;
        let is_own = id == own::NETWORK.id;
        if self.loss.is_some() && !is_own {
            return Err(InputError::Data(format!("--loss applies only to network:EXPR: '{id}' has its own")));
        }
        if self.data.is_some() && landscape.data().is_none() {
            return Err(InputError::Data(format!("--data applies only to networks: '{id}' is fitted to no samples")));
        }
        let landscape = match &self.loss {
            Some(word) => landscape.with_pair(&format!("loss={word}"), read)?,
            None => landscape,
        };
        let landscape = match &self.data {
            Some(path) => landscape.with_data_file(path, read)?,
            None => landscape,
        };
        let landscape = self.set.iter().try_fold(landscape, |landscape, pair| landscape.with_pair(pair, read))?;
        let axes = landscape.axes();
        let axes =
            RescaledAxes { stretch: self.stretch.unwrap_or(axes.stretch), angle: self.angle.unwrap_or(axes.angle) };
        // The box is that of the axes that are shown.
        if axes == landscape.axes() {
            Ok(landscape)
        } else {
            Ok(landscape.without_axes().with_domain(None).with_axes(axes)?.with_domain(landscape.chosen_domain()))
        }
    }
}

fn stretch(text: &str) -> Result<f64, Exit> {
    Ok(number("--stretch", text)?)
}

fn angle(text: &str) -> Result<f64, Exit> {
    Ok(number("--angle", text)?)
}

/// Reads a spelling; the name of a grid's file may be no text.
fn spelled_with(spelled: &OsStr, view: Option<ViewBox>, read: ReadFile<'_>) -> Result<Landscape, InputError> {
    if let Some(text) = spelled.to_str() {
        return Landscape::parse_with(text, view, read);
    }
    match grid_file(spelled) {
        Some(path) => Landscape::of_grid_file(path, view, read),
        None => Err(InputError::Data(format!(
            "-l {} is not valid UTF-8\na file of samples with such a name is given by --data FILE",
            of_path(Path::new(spelled))
        ))),
    }
}

/// The file that `grid:FILE` names.
#[cfg(unix)]
fn grid_file(spelled: &OsStr) -> Option<&Path> {
    use std::os::unix::ffi::OsStrExt as _;
    let rest = spelled.as_bytes().strip_prefix(own::GRID.id.as_bytes())?;
    Some(Path::new(OsStr::from_bytes(rest.strip_prefix(b":")?)))
}

#[cfg(not(unix))]
fn grid_file(_: &OsStr) -> Option<&Path> {
    None
}

/// What was given for a region.
#[derive(Clone)]
struct RegionArgument {
    view: ViewBox,
    /// If it is an interval, what to say of it where there are two weights.
    interval: Option<String>,
    /// What to say of it where it is too narrow to be searched.
    narrow: Option<String>,
}

/// Reads `X0,X1,Y0,Y1`, or of one weight `X0,X1`.
fn region(text: &str) -> Result<RegionArgument, Exit> {
    let words: Vec<&str> = text.split(',').collect();
    let wanted = format!("--box {}: expected four numbers, X0,X1,Y0,Y1", excerpt(text));
    match words[..] {
        [x0, x1] => {
            let [x0, x1] = [number("--box", x0)?, number("--box", x1)?];
            let half = (0.5 * (x1 - x0)).to_string();
            let narrow =
                format!("--box {}: expected X0 < X1, their difference neither tiny nor endless", excerpt(text));
            let (view, is_narrow) =
                view_box(&format!("{x0},{x1},-{half},{half}")).map_err(|_| Exit::Wrong(narrow.clone()))?;
            Ok(RegionArgument { view, interval: Some(wanted), narrow: is_narrow.then_some(narrow) })
        }
        [_, _, _, _] => {
            let (view, is_narrow) = view_box(text)?;
            Ok(RegionArgument { view, interval: None, narrow: is_narrow.then(|| no_region(text)) })
        }
        _ => Err(Exit::Wrong(wanted)),
    }
}

/// The region, and whether it is too narrow to be shown.
fn view_box(text: &str) -> Result<(ViewBox, bool), Exit> {
    let words: Vec<&str> = text.split(',').collect();
    let [x0, x1, y0, y1] = words[..] else {
        return Err(Exit::Wrong(format!("--box {}: expected four numbers, X0,X1,Y0,Y1", excerpt(text))));
    };
    let [x0, x1, y0, y1] = [x0, x1, y0, y1].map(|word| number("--box", word));
    let view = ViewBox::new(x0?, x1?, y0?, y1?);
    let is_narrow = [view.x, view.y].into_iter().all(|[low, high]| low < high && low.abs().max(high.abs()) < 1e100);
    match view.is_sane() {
        true => Ok((view, false)),
        false if is_narrow => Ok((view, true)),
        false => Err(Exit::Wrong(no_region(text))),
    }
}

fn no_region(text: &str) -> String {
    format!("--box {}: expected X0 < X1 and Y0 < Y1, their differences neither tiny nor endless", excerpt(text))
}
