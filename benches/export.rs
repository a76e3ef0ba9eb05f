//! What leaves the program: a deck and a GIF of 41 steps, and a picture.

use std::io::Write as _;
use std::path::PathBuf;

use divan::{Bencher, black_box};
use taylorscope::app::{begin_film, render};
use taylorscope::cli::{FilmForm, FilmRequest, PictureSize, RenderRequest, View};
use taylorscope::drawing::{ExportFormat, FrameChoice, Pane};
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;

fn main() {
    divan::main();
}

/// Two runs of 40 steps on Himmelblau's function.
fn picture(format: ExportFormat, view: View, [width, height]: [u32; 2], scale: u8) -> RenderRequest {
    let choice = |text| Choice::parse(text).expect("is a method");
    RenderRequest {
        landscape: Some(Landscape::parse("himmelblau").expect("is in the catalog")),
        optimizers: vec![choice("gd:lr=0.003"), choice("momentum:lr=0.002")],
        steps: Some(40),
        size: PictureSize { width, height },
        view,
        scale,
        format,
        ..RenderRequest::opening(PathBuf::from("a"))
    }
}

/// All frames, and the file; its length is printed once.
fn film_of(bencher: Bencher<'_, '_>, form: FilmForm, picture: RenderRequest) {
    let request = FilmRequest { picture, form, choice: FrameChoice::default() };
    let made = || {
        let mut making = begin_film(&request).expect("there are such steps");
        while making.advance().expect("it is painted").is_some() {}
        let mut bytes = Vec::new();
        making.finish(&mut bytes).expect("memory refuses nothing");
        bytes
    };
    // Where nobody reads it, nothing is lost.
    let _ = writeln!(std::io::stderr(), "{form:?}: {:.1} MB", made().len() as f64 / 1e6);
    bencher.bench_local(|| black_box(made()));
}

/// As it is without options: the window on slides of 2560 × 1296 pixels.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn deck_of_41_slides(bencher: Bencher<'_, '_>) {
    film_of(bencher, FilmForm::Deck, picture(ExportFormat::Pptx, View::Window, [1280, 648], 2));
}

/// The map in 960 × 600 pixels.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn gif_of_41_frames(bencher: Bencher<'_, '_>) {
    film_of(bencher, FilmForm::Gif, picture(ExportFormat::Gif, View::Pane(Pane::Map), [960, 600], 1));
}

/// The window in 2560 × 1600 pixels, and its paths.
#[divan::bench(args = [ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf], sample_count = 5, sample_size = 1)]
fn one_picture(bencher: Bencher<'_, '_>, format: ExportFormat) {
    let request = picture(format, View::Window, [1280, 800], 2);
    bencher.bench_local(|| black_box(render(&request).expect("it is painted")));
}
