//! Text with formulas as shapes of egui, and its fonts as they are measured for them.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Galley, Pos2, Shape, Stroke, Ui, vec2};
use std::sync::Arc;

use crate::drawing::typeset::{Face, Faces, Piece, Typeset};

/// The fonts of the interface.
pub struct Letters<'a>(pub &'a Ui);

impl Letters<'_> {
    fn galley(&self, text: &str, face: Face, [ink, ground]: [Color32; 2]) -> Arc<Galley> {
        let family = if face.strong { FontFamily::Name("strong".into()) } else { FontFamily::Proportional };
        let background = if face.code { ground } else { Color32::TRANSPARENT };
        let format = TextFormat {
            font_id: FontId::new(face.size, family),
            color: ink,
            italics: face.slanted,
            background,
            ..TextFormat::default()
        };
        self.0.painter().layout_job(LayoutJob::single_section(text.to_owned(), format))
    }
}

impl Faces for Letters<'_> {
    fn width(&self, text: &str, face: Face) -> f32 {
        self.galley(text, face, [Color32::PLACEHOLDER; 2]).size().x
    }
}

/// The shapes of a text with its upper left corner at a place; `code` is the ground of what is typed.
pub fn shapes(text: &Typeset, at: Pos2, ink: Color32, code: Color32, ui: &Ui) -> Vec<Shape> {
    let letters = Letters(ui);
    let shift = at.to_vec2();
    let shape = |piece: &Piece| match piece {
        Piece::Words { at, text, face } => {
            let galley = letters.galley(text, *face, [ink, code]);
            let row = galley.rows.first();
            let baseline = row.and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y)).unwrap_or(0.0);
            Shape::galley(*at + shift - vec2(0.0, baseline), galley, ink)
        }
        Piece::Line(points, width) => {
            Shape::line(points.iter().map(|point| *point + shift).collect(), Stroke::new(*width, ink))
        }
    };
    text.pieces.iter().map(shape).collect()
}
