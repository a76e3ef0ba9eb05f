//! SVG: paths, letters as the outlines of their fonts, and pictures inside, so that it looks the same wherever it is opened.
//!
//! Letters are outlines, since no reader can be trusted to have the fonts; the text itself stands beside them as a label.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use emath::{Pos2, Rect};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider as _};

use super::png;
use crate::drawing::vector_page::{Item, Mark, Pixels, Rgba, Segment, VectorPage, VectorStroke, Words};

/// The page as the text of an SVG file.
pub fn svg(page: &VectorPage) -> String {
    let mut out = String::new();
    let [width, height] = [page.size.x, page.size.y].map(short);
    let title = escaped(&page.title);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">"
    );
    let _ = writeln!(out, "<title>{title}</title>");
    let clips = clips(page);
    definitions(page, &clips, &mut out);
    let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\"{}/>", paint("fill", Some(page.ground)));
    for Item { clip, mark } in &page.items {
        let clipped = clip.and_then(|clip| clips.get(&key(clip))).map(|id| format!(" clip-path=\"url(#c{id})\""));
        let clipped = clipped.unwrap_or_default();
        match mark {
            Mark::Path { path, fill, stroke } => path_element(path, *fill, *stroke, &clipped, &mut out),
            Mark::Words(words) => words_element(page, words, &clipped, &mut out),
            Mark::Picture(pixels) => picture_element(pixels, &clipped, &mut out),
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The bits of a rectangle, in the order of which the definitions stand.
fn key(rect: Rect) -> [u32; 4] {
    [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f32::to_bits)
}

/// The parts of the page to which marks are cut, numbered in the order of the marks.
fn clips(page: &VectorPage) -> BTreeMap<[u32; 4], usize> {
    let mut clips = BTreeMap::new();
    for clip in page.items.iter().filter_map(|item| item.clip) {
        let next = clips.len();
        clips.entry(key(clip)).or_insert(next);
    }
    clips
}

/// What marks refer to: parts of the page, and letters.
fn definitions(page: &VectorPage, clips: &BTreeMap<[u32; 4], usize>, out: &mut String) {
    out.push_str("<defs>\n");
    for (rect, id) in clips {
        let [left, top, right, bottom] = rect.map(f32::from_bits);
        let [x, y, width, height] = [left, top, right - left, bottom - top].map(short);
        let _ = writeln!(
            out,
            "<clipPath id=\"c{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath>"
        );
    }
    let letters: BTreeSet<(usize, char)> = page
        .items
        .iter()
        .filter_map(|item| if let Mark::Words(words) = &item.mark { Some(words) } else { None })
        .flat_map(|words| words.letters.iter().map(|(letter, _)| (words.face, *letter)))
        .collect();
    for (face, letter) in letters {
        if let Some(path) = outline(page, face, letter).filter(|path| !path.is_empty()) {
            let _ = writeln!(out, "<path id=\"{}\" d=\"{path}\"/>", letter_id(face, letter));
        }
    }
    out.push_str("</defs>\n");
}

fn letter_id(face: usize, letter: char) -> String {
    format!("f{face}-{:x}", u32::from(letter))
}

/// The outline of a letter in units of its font, y upward; `None` if the font does not have it.
fn outline(page: &VectorPage, face: usize, letter: char) -> Option<String> {
    let font = FontRef::new(&page.faces.get(face)?.bytes).ok()?;
    let glyph = font.outline_glyphs().get(font.charmap().map(letter)?)?;
    let mut pen = Pen(String::new());
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
    Some(pen.0)
}

/// Units of a font for each of its sizes.
fn units(page: &VectorPage, face: usize) -> f32 {
    let font = page.faces.get(face).and_then(|face| FontRef::new(&face.bytes).ok());
    font.map_or(1000.0, |font| f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em))
}

/// Writes an outline as the data of a path.
struct Pen(String);

impl Pen {
    fn push(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        push_numbers(numbers, &mut self.0);
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[x, y]);
    }

    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.push('Q', &[a, b, x, y]);
    }

    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.push('C', &[a, b, c, d, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

fn path_element(path: &[Segment], fill: Option<Rgba>, stroke: Option<VectorStroke>, clipped: &str, out: &mut String) {
    out.push_str("<path d=\"");
    for segment in path {
        let (command, points): (char, &[Pos2]) = match segment {
            Segment::Move(at) => ('M', std::slice::from_ref(at)),
            Segment::Line(at) => ('L', std::slice::from_ref(at)),
            Segment::Cubic(points) => ('C', points),
            Segment::Close => ('Z', &[]),
        };
        out.push(command);
        push_numbers(&points.iter().flat_map(|at| [at.x, at.y]).collect::<Vec<_>>(), out);
    }
    let _ = write!(out, "\"{}", paint("fill", fill));
    if let Some(VectorStroke { width, color }) = stroke {
        let _ = write!(out, "{} stroke-width=\"{}\"", paint("stroke", Some(color)), short(width));
    }
    let _ = writeln!(out, "{clipped}/>");
}

/// The letters at their places, in the units of their font, with their text as a label.
fn words_element(page: &VectorPage, words: &Words, clipped: &str, out: &mut String) {
    let scale = words.size / units(page, words.face);
    // A part of the page is meant, not of the turned words: it is cut outside of their transform.
    if !clipped.is_empty() {
        let _ = write!(out, "<g{clipped}>");
    }
    let [x, y] = [words.at.x, words.at.y].map(short);
    let turned =
        if words.angle == 0.0 { String::new() } else { format!(" rotate({})", short(words.angle.to_degrees())) };
    let _ = write!(
        out,
        "<g aria-label=\"{}\" transform=\"translate({x} {y}){turned} scale({} {})\"{}>",
        escaped(&words.text()),
        precise(scale),
        precise(-scale),
        paint("fill", Some(words.color))
    );
    for (letter, at) in words.letters.iter().filter(|(letter, _)| !letter.is_whitespace()) {
        let _ = write!(out, "<use xlink:href=\"#{}\" x=\"{}\"/>", letter_id(words.face, *letter), short(at / scale));
    }
    out.push_str(if clipped.is_empty() { "</g>\n" } else { "</g></g>\n" });
}

fn picture_element(pixels: &Pixels, clipped: &str, out: &mut String) {
    let Pixels { at, size: [columns, rows], rgba } = pixels;
    // A picture whose bytes do not match its size cannot be encoded, and is left out.
    let Ok(png) = png::encode([*columns, *rows], rgba.as_chunks().0) else { return };
    let [x, y, width, height] = [at.left(), at.top(), at.width(), at.height()].map(short);
    let _ = write!(
        out,
        "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\"{clipped} \
         xlink:href=\"data:image/png;base64,"
    );
    STANDARD.encode_string(&png, out);
    out.push_str("\"/>\n");
}

/// An attribute of color, and of opacity where that is not whole.
fn paint(name: &str, color: Option<Rgba>) -> String {
    match color {
        None => format!(" {name}=\"none\""),
        Some([r, g, b, 255]) => format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\""),
        Some([r, g, b, a]) => {
            format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\" {name}-opacity=\"{}\"", short(f32::from(a) / 255.0))
        }
    }
}

/// A number with three decimals at most, which is finer than any pixel.
fn short(number: f32) -> String {
    decimals(number, 3)
}

/// A scale of letters.
fn precise(number: f32) -> String {
    decimals(number, 7)
}

fn decimals(number: f32, places: usize) -> String {
    let text = format!("{number:.places$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn push_numbers(numbers: &[f32], out: &mut String) {
    for (index, number) in numbers.iter().enumerate() {
        let text = decimals(*number, 2);
        if index > 0 && !text.starts_with('-') {
            out.push(' ');
        }
        out.push_str(&text);
    }
}

/// A text as it may stand in an attribute; what XML cannot hold becomes a space.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
