//! An interface that has settled: what it paints, with the textures for it, before any pixel is painted.

use egui::emath::GuiRounding as _;
use egui::epaint::ClippedShape;
use egui::{Color32, Context, Pos2, Rect, Shape, TexturesDelta, Ui, Vec2};
use image::{RgbaImage, imageops};

use super::{PASSES, PaintError, Painter, check, input, wants_another_pass};
use crate::drawing::vector_page::Pixels;

/// The last frame of an interface without a window.
pub(in crate::render) struct Settled {
    /// Where it was run.
    pub(in crate::render) context: Context,
    /// What it paints, bottom first.
    pub(in crate::render) shapes: Vec<ClippedShape>,
    /// Pixels for each point.
    pub(in crate::render) pixels_per_point: f32,
    /// Width and height in points.
    pub(in crate::render) size: Vec2,
    painter: Painter,
}

/// Runs an interface without a window until it has settled; see [`super::picture`].
pub(in crate::render) fn settled(
    size: Vec2,
    pixels_per_point: f32,
    setup: impl FnOnce(&Context),
    mut ui: impl FnMut(&mut Ui),
) -> Result<Settled, PaintError> {
    let pixels = (size * pixels_per_point).round();
    check([pixels.x as u32, pixels.y as u32], pixels_per_point)?;
    let context = Context::default();
    setup(&context);
    let mut painter = Painter::new();
    let mut pass = 0;
    let shapes = loop {
        let mut output = context.run_ui(input(size, pixels_per_point, pass), &mut ui);
        painter.take_textures(&mut output.textures_delta);
        pass += 1;
        let settled = pass >= PASSES.start && !wants_another_pass(&output);
        if settled || pass >= PASSES.end {
            break output.shapes;
        }
    };
    Ok(Settled { context, shapes, pixels_per_point, size, painter })
}

impl Settled {
    /// All of it on the ground of the interface.
    pub(super) fn into_picture(mut self) -> Result<RgbaImage, PaintError> {
        let background = self.context.global_style().visuals.panel_fill;
        self.paint(self.shapes.clone(), background)
    }

    fn paint(&mut self, shapes: Vec<ClippedShape>, background: Color32) -> Result<RgbaImage, PaintError> {
        let primitives = self.context.tessellate(shapes, self.pixels_per_point);
        let size = (self.size * self.pixels_per_point).round();
        let size = [size.x as u32, size.y as u32];
        self.painter.paint(&primitives, &mut TexturesDelta::default(), self.pixels_per_point, size, background)
    }

    /// One shape on no ground, cut to a part of the page; `None` where no pixel is left of it.
    pub(in crate::render) fn painted(&mut self, shape: Shape, room: Rect) -> Result<Option<Pixels>, PaintError> {
        let page = Rect::from_min_size(Pos2::ZERO, self.size);
        let room = room.intersect(page).round_to_pixels(self.pixels_per_point);
        let [left, top, right, bottom] = [room.left(), room.top(), room.right(), room.bottom()]
            .map(|side| (side * self.pixels_per_point).round() as u32);
        if right <= left || bottom <= top {
            return Ok(None);
        }
        let whole = self.paint(vec![ClippedShape::new(room, shape)], Color32::TRANSPARENT)?;
        let mut part = imageops::crop_imm(&whole, left, top, right - left, bottom - top).to_image();
        for pixel in part.pixels_mut() {
            pixel.0 = unmultiplied(pixel.0);
        }
        Ok(Some(Pixels { at: room, size: [part.width(), part.height()], rgba: part.into_raw().into() }))
    }
}

/// A color without its premultiplication.
fn unmultiplied([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    match a {
        0 => [0; 4],
        255 => [r, g, b, a],
        _ => {
            let whole = |channel: u8| ((u32::from(channel) * 255 + u32::from(a) / 2) / u32::from(a)).min(255) as u8;
            [whole(r), whole(g), whole(b), a]
        }
    }
}
