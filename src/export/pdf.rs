//! PDF: pages of paths, pictures, and letters in the fonts of the program, of which a file has what it uses.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect as Frame, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document};
use skrifa::{FontRef, MetadataProvider as _};

use crate::drawing::vector_page::{Face, Item, Mark, Pixels, Rgba, Segment, VectorPage, VectorStroke, Words};

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PdfError {
    /// A page of no size.
    #[error("a page of {0} × {1} points is none")]
    Size(f32, f32),
    /// A font that cannot be read.
    #[error("the font '{0}' cannot be put into a PDF")]
    Font(String),
    /// What the library says.
    #[error("the PDF cannot be written: {0}")]
    Library(String),
}

/// The bytes of a PDF file with these pages; its title is that of the first.
///
/// # Errors
/// [`PdfError`].
pub fn pdf(pages: &[VectorPage]) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new();
    let title = pages.first().map_or_else(String::new, |page| page.title.clone());
    // No date and no number that is drawn: the same pages are the same bytes.
    document.set_metadata(Metadata::new().title(title).creator("Taylorscope".to_owned()).language("en".to_owned()));
    let mut fonts: Vec<(String, Font)> = Vec::new();
    for page in pages {
        let indices = page.faces.iter().map(|face| index_of(face, &mut fonts)).collect::<Result<Vec<_>, _>>()?;
        let [width, height] = [page.size.x, page.size.y];
        let settings = PageSettings::from_wh(width, height).ok_or(PdfError::Size(width, height))?;
        let mut leaf = document.start_page_with(settings);
        let mut surface = leaf.surface();
        fill(&mut surface, Some(page.ground));
        if let Some(ground) = framed(0.0, 0.0, width, height) {
            surface.set_stroke(None);
            surface.draw_path(&ground);
        }
        for item in &page.items {
            draw(item, page, &indices, &fonts, &mut surface);
        }
        surface.finish();
        leaf.finish();
    }
    document.finish().map_err(|error| PdfError::Library(format!("{error:?}")))
}

/// The place of a font among those of the document, to which it is added where it is new.
fn index_of(face: &Face, fonts: &mut Vec<(String, Font)>) -> Result<usize, PdfError> {
    if let Some(index) = fonts.iter().position(|(name, _)| *name == face.name) {
        return Ok(index);
    }
    let data = Data::from(face.bytes.to_vec());
    let font = Font::new(data, 0).ok_or_else(|| PdfError::Font(face.name.clone()))?;
    fonts.push((face.name.clone(), font));
    Ok(fonts.len() - 1)
}

fn draw(item: &Item, page: &VectorPage, indices: &[usize], fonts: &[(String, Font)], surface: &mut Surface<'_>) {
    let clip = item.clip.and_then(|clip| framed(clip.left(), clip.top(), clip.right(), clip.bottom()));
    if let Some(clip) = &clip {
        surface.push_clip_path(clip, &FillRule::NonZero);
    }
    match &item.mark {
        Mark::Path { path, fill, stroke } => draw_path(path, *fill, *stroke, surface),
        Mark::Words(words) => {
            let face = page.faces.get(words.face).and_then(|face| FontRef::new(&face.bytes).ok());
            let font = indices.get(words.face).and_then(|index| fonts.get(*index));
            if let (Some(face), Some((_, font))) = (face, font) {
                draw_words(words, &face, font.clone(), surface);
            }
        }
        Mark::Picture(pixels) => draw_picture(pixels, surface),
    }
    if clip.is_some() {
        surface.pop();
    }
}

fn framed(left: f32, top: f32, right: f32, bottom: f32) -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.push_rect(Frame::from_ltrb(left, top, right, bottom)?);
    builder.finish()
}

fn draw_path(path: &[Segment], color: Option<Rgba>, stroke: Option<VectorStroke>, surface: &mut Surface<'_>) {
    let mut builder = PathBuilder::new();
    for segment in path {
        match *segment {
            Segment::Move(at) => builder.move_to(at.x, at.y),
            Segment::Line(at) => builder.line_to(at.x, at.y),
            Segment::Cubic([a, b, to]) => builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            Segment::Close => builder.close(),
        }
    }
    // A path without a length, or with a place that is not a number, has nothing to show.
    let Some(path) = builder.finish() else { return };
    if color.is_some() {
        fill(surface, color);
        surface.set_stroke(None);
        surface.draw_path(&path);
    }
    if let Some(VectorStroke { width, color }) = stroke {
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke {
            paint: paint(color).into(),
            width,
            miter_limit: 4.0,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Miter,
            opacity: opacity(color),
            dash: None,
        }));
        surface.draw_path(&path);
        surface.set_stroke(None);
    }
}

fn draw_words(words: &Words, face: &FontRef<'_>, font: Font, surface: &mut Surface<'_>) {
    let charmap = face.charmap();
    let text = words.text();
    let ends = words.letters.iter().skip(1).map(|(_, at)| *at).chain([words.width]);
    let mut byte = 0;
    let glyphs: Vec<KrillaGlyph> = words
        .letters
        .iter()
        .zip(ends)
        .map(|((letter, at), end)| {
            let range = byte..byte + letter.len_utf8();
            byte = range.end;
            let id = charmap.map(*letter).map_or(0, skrifa::GlyphId::to_u32);
            KrillaGlyph::new(GlyphId::new(id), (end - at) / words.size, 0.0, 0.0, 0.0, range, None)
        })
        .collect();
    fill(surface, Some(words.color));
    surface.set_stroke(None);
    let at = Point::from_xy(words.at.x, words.at.y);
    let is_turned = words.angle != 0.0;
    if is_turned {
        surface.push_transform(&Transform::from_rotate_at(words.angle.to_degrees(), words.at.x, words.at.y));
    }
    surface.draw_glyphs(at, &glyphs, font, &text, words.size, false);
    if is_turned {
        surface.pop();
    }
}

fn draw_picture(Pixels { at, size: [columns, rows], rgba }: &Pixels, surface: &mut Surface<'_>) {
    let Some(size) = Size::from_wh(at.width(), at.height()) else { return };
    if rgba.len() != 4 * *columns as usize * *rows as usize {
        return;
    }
    let image = Image::from_rgba8(rgba.to_vec(), *columns, *rows);
    surface.push_transform(&Transform::from_translate(at.left(), at.top()));
    surface.draw_image(image, size);
    surface.pop();
}

fn fill(surface: &mut Surface<'_>, color: Option<Rgba>) {
    surface.set_fill(color.map(|color| Fill {
        paint: paint(color).into(),
        opacity: opacity(color),
        rule: FillRule::NonZero,
    }));
}

fn paint([r, g, b, _]: Rgba) -> rgb::Color {
    rgb::Color::new(r, g, b)
}

fn opacity([.., a]: Rgba) -> NormalizedF32 {
    NormalizedF32::new(f32::from(a) / 255.0).unwrap_or(NormalizedF32::ONE)
}
