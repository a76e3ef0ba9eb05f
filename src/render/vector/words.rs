//! Letters that egui has laid out, with their fonts.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::emath::{GuiRounding as _, Rot2};
use egui::epaint::TextShape;
use egui::epaint::text::{Glyph, Row};
use egui::text::{FontData, FontDefinitions, TextFormat};
use egui::{Color32, Context, FontFamily, Galley};
use skrifa::{FontRef, MetadataProvider as _};

use super::straight;
use crate::drawing::vector_page::{Face, Words};

/// The fonts of an interface, and which of them the words so far are set in.
pub(super) struct Faces {
    definitions: FontDefinitions,
    used: Vec<(String, Arc<FontData>)>,
    /// The font of a character in a family.
    known: BTreeMap<(FontFamily, char), usize>,
}

impl Faces {
    /// The faces of a context.
    pub(super) fn of(context: &Context) -> Self {
        let definitions = context.fonts(|fonts| fonts.definitions().clone());
        Self { definitions, used: Vec::new(), known: BTreeMap::new() }
    }

    /// The fonts that words name by their index.
    pub(super) fn into_used(self) -> Vec<Face> {
        let face = |(name, data): (String, Arc<FontData>)| Face { name, bytes: bytes(&data).into() };
        self.used.into_iter().map(face).collect()
    }

    /// The words of a text: where font, size or color changes, others begin.
    pub(super) fn words(&mut self, text: &TextShape, pixels_per_point: f32) -> Vec<Words> {
        let rotation = Rot2::from_angle(text.angle);
        // As the painter does it.
        let origin = text.pos.round_to_pixels(pixels_per_point);
        let mut all: Vec<Words> = Vec::new();
        let mut reader = Reader { galley: &text.galley, byte: 0, section: 0 };
        for row in &text.galley.rows {
            let mut open = false;
            for glyph in &row.row.glyphs {
                let Some(format) = reader.format(glyph.chr) else { continue };
                let color = color_of(text, &row.row, glyph);
                if color.a() == 0 {
                    open = false;
                    continue;
                }
                let face = self.face(&format.font_id.family, glyph.chr);
                let (size, color) = (format.font_id.size, straight(color));
                let place = row.pos.to_vec2() + glyph.pos.to_vec2();
                let at = origin + rotation * place;
                match all.last_mut().filter(|last| open && (last.face, last.size, last.color) == (face, size, color)) {
                    Some(last) => {
                        let x = (rotation.inverse() * (at - last.at)).x;
                        last.letters.push((glyph.chr, x));
                        last.width = x + glyph.advance_width;
                    }
                    None => all.push(Words {
                        letters: vec![(glyph.chr, 0.0)],
                        width: glyph.advance_width,
                        face,
                        size,
                        color,
                        at,
                        angle: text.angle,
                    }),
                }
                open = true;
            }
        }
        all.retain(|words| words.letters.iter().any(|(letter, _)| !letter.is_whitespace()));
        all
    }

    /// The first font of a family that has a character, or the first one.
    fn face(&mut self, family: &FontFamily, letter: char) -> usize {
        let key = (family.clone(), letter);
        if let Some(face) = self.known.get(&key) {
            return *face;
        }
        let chain = self.definitions.families.get(family).cloned().unwrap_or_default();
        let has = |name: &&String| {
            let data = self.definitions.font_data.get(*name);
            data.and_then(|data| FontRef::from_index(bytes(data), data.index).ok())
                .is_some_and(|font| font.charmap().map(letter).is_some())
        };
        let name = chain.iter().find(has).or_else(|| chain.first()).cloned().unwrap_or_default();
        let index = self.used.iter().position(|(used, _)| *used == name).unwrap_or_else(|| {
            let data = self.definitions.font_data.get(&name).cloned();
            self.used.push((name, data.unwrap_or_else(|| Arc::new(FontData::from_static(&[])))));
            self.used.len() - 1
        });
        self.known.insert(key, index);
        index
    }
}

fn bytes(data: &FontData) -> &[u8] {
    data.font.as_ref().as_ref()
}

/// The color of a letter, as the painter has it.
fn color_of(text: &TextShape, row: &Row, glyph: &Glyph) -> Color32 {
    // A letter without pixels, such as a space, has no corner of its own: it keeps to its neighbors.
    let corner = row.visuals.mesh.vertices.get(glyph.first_vertex as usize).or(row.visuals.mesh.vertices.last());
    let own = corner.map_or(Color32::PLACEHOLDER, |corner| corner.color);
    let color = text.override_text_color.unwrap_or(own);
    let color = if color == Color32::PLACEHOLDER { text.fallback_color } else { color };
    if text.opacity_factor < 1.0 { color.gamma_multiply(text.opacity_factor) } else { color }
}

/// Walks a text along with its glyphs, to find each glyph's section.
struct Reader<'a> {
    galley: &'a Galley,
    byte: usize,
    section: usize,
}

impl Reader<'_> {
    /// The format of the next letter, which may come after some that were not laid out; one that is not in the text, as the dots
    /// where it is cut, has that of the letter before.
    fn format(&mut self, letter: char) -> Option<&TextFormat> {
        let job = &self.galley.job;
        let rest = job.text.get(self.byte..).unwrap_or_default();
        if let Some(found) = rest.find(letter) {
            let at = self.byte + found;
            self.byte = at + letter.len_utf8();
            self.section =
                job.sections.iter().position(|section| section.byte_range.end.0 > at).unwrap_or(self.section);
        }
        job.sections.get(self.section).map(|section| &section.format)
    }
}
