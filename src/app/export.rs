//! Pictures that leave the program: made a part at a time in the background, and written whole or not at all.
//!
//! Each format is a file here, with a function that turns a [`Still`] into what makes its bytes.

mod made;
mod numbers;
mod png;
mod still;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "looks at what was written")]
mod tests;
mod tikz;
mod vector;

use std::ops::ControlFlow;
use std::path::absolute;

use egui::{ColorImage, Context};
pub(super) use made::{Made, Make};
pub(super) use png::encoded;
pub(super) use still::Still;

use super::files::{at_home, save};
use super::moving;
use crate::drawing::ExportFormat;
use crate::jobs::{InParts, Jobs, Parts};
use crate::state::{ExportRequest, ExportTarget, Exported, ExportedPixels, Replace, State};

/// What makes a file of this format.
pub(super) fn maker(format: ExportFormat) -> fn(Still) -> Make {
    match format {
        ExportFormat::Png => png::make,
        ExportFormat::Svg => vector::make_svg,
        ExportFormat::Pdf => vector::make_pdf,
        ExportFormat::Tikz => tikz::make,
        ExportFormat::Gif => moving::make_gif,
        ExportFormat::Apng => moving::make_apng,
        ExportFormat::Pptx => moving::make_deck,
        ExportFormat::PdfPages => moving::make_pages,
        ExportFormat::Frames => moving::make_folder,
        ExportFormat::Csv => numbers::make_csv,
        ExportFormat::Npz => numbers::make_npz,
    }
}

/// All parts at once: the bytes of the file, none where it is a folder.
pub(super) fn made_at_once(format: ExportFormat, still: Still) -> anyhow::Result<Vec<u8>> {
    let mut make = maker(format)(still);
    loop {
        match make()? {
            Made::Parts(_) => {}
            Made::Whole(bytes) => return Ok(bytes),
            Made::Placed => return Ok(Vec::new()),
        }
    }
}

/// What comes of a picture, or why nothing does.
type Outcome = Result<Exported, String>;

/// A picture on its way out of the window.
type Exporting = InParts<Outcome>;

/// Takes what came of a picture, and says what is wanted next; pixels for the clipboard are handed to `copy`.
pub(super) fn exchange(state: &mut State, jobs: &mut Jobs, copy: impl FnOnce(&ExportedPixels)) {
    if let Some((ticket, Parts { made, all }, outcome)) = jobs.take().map(Exporting::into_news) {
        state.take_export_parts(ticket, [made, all]);
        if let Some(outcome) = outcome {
            let is_wanted = state.export.running.as_ref().is_some_and(|request| request.ticket == ticket);
            if let (Ok(Exported::Pixels(pixels)), true) = (&outcome, is_wanted) {
                copy(pixels);
            }
            state.take_export(ticket, outcome);
        }
    }
    let exporting =
        state.export.running.as_ref().map(|request| Exporting::new(request.ticket, in_parts(request.clone())));
    jobs.want(exporting.as_ref());
}

/// Puts pixels on the clipboard.
pub(super) fn copy(context: &Context, pixels: &ExportedPixels) {
    context.copy_image(ColorImage::from_rgba_unmultiplied(pixels.size, &pixels.rgba));
}

/// The work that a request asks for: the scene first, then the parts of the picture, then the file.
fn in_parts(request: ExportRequest) -> impl FnMut() -> ControlFlow<Outcome, Parts> {
    let (mut wanted, mut make) = (Some(request.clone()), None);
    move || {
        let made = match (wanted.take(), &mut make) {
            (Some(request), _) => {
                let mut still = Still::of_request(&request);
                let ExportTarget::File { path, replace } = &request.target else {
                    return ControlFlow::Break(pixels(&still).map_err(|error| error.to_string()));
                };
                still.out = at_home(path);
                if request.options.format.is_folder() && *replace == Replace::Never && still.out.exists() {
                    return ControlFlow::Break(Ok(Exported::InTheWay));
                }
                make = Some(maker(request.options.format)(still));
                return ControlFlow::Continue(Parts { made: 0, all: 1 });
            }
            (None, Some(make)) => make(),
            (None, None) => Ok(Made::Whole(Vec::new())),
        };
        match made {
            Ok(Made::Parts(parts)) => ControlFlow::Continue(parts),
            Ok(Made::Whole(bytes)) => ControlFlow::Break(written(&request.target, &bytes)),
            Ok(Made::Placed) => ControlFlow::Break(Ok(placed(&request.target))),
            Err(error) => ControlFlow::Break(Err(error.to_string())),
        }
    }
}

fn pixels(still: &Still) -> anyhow::Result<Exported> {
    let picture = still.picture()?;
    let size = [picture.width() as usize, picture.height() as usize];
    Ok(Exported::Pixels(ExportedPixels { size, rgba: picture.into_raw().into() }))
}

fn written(target: &ExportTarget, bytes: &[u8]) -> Outcome {
    let ExportTarget::File { path, replace } = target else { return Ok(Exported::InTheWay) };
    let path = at_home(path);
    if save(&path, bytes, *replace)? { Ok(placed(target)) } else { Ok(Exported::InTheWay) }
}

/// What is in its place now.
fn placed(target: &ExportTarget) -> Exported {
    let ExportTarget::File { path, .. } = target else { return Exported::InTheWay };
    let path = at_home(path);
    Exported::Written(absolute(&path).unwrap_or(path))
}
