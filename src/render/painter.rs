//! A whole egui frame as an image, painted on the processor: no window, no driver, and the same
//! bytes on every run.
//!
//! It does what egui's shaders do: textured triangles, colors multiplied and blended in gamma
//! space with premultiplied alpha. Vertices snap to 1/256 pixel and a pixel belongs to the
//! triangle that holds its center, the top-left rule deciding on shared edges, so that
//! neighbors leave neither gap nor seam. Mipmaps are not kept, and paint callbacks, which speak
//! to a graphics driver, are passed over.

mod paint;
mod settled;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the colors are input of the painter")]
mod tests;
mod texture;
mod triangle;

use std::collections::HashMap;
use std::ops::Range;

use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Color32, Context, Pos2, RawInput, Rect, TextureId, TexturesDelta, Ui, Vec2, ViewportId};
use image::RgbaImage;
use paint::Paint;
pub(super) use settled::{Settled, settled};
use texture::Texture;
use triangle::Triangle;

use super::spans::spans;

/// The most pixels an image may have: 8K four times over.
const MAX_PIXELS: u64 = 1 << 27;

/// The side of a texture for which there is room in every picture, in pixels: the toolkit's own bound.
const TEXTURE: usize = 2048;

/// How often [`picture`] lets the interface run until it stops asking for another pass.
const PASSES: Range<u32> = 2..6;

/// Why a picture could not be painted.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PaintError {
    /// No pixel, or more than fit.
    #[error("a picture of {0}×{1} pixels cannot be made: it needs 1 to {MAX_PIXELS} pixels")]
    Size(u32, u32),
    /// Points of no size, or not a number.
    #[error("{0} pixels per point make no picture: the scale must be a number above 0")]
    Scale(f32),
    /// A mesh names a texture no one handed in.
    #[error("texture {0:?} is used, but was never set")]
    Texture(TextureId),
}

/// Paints frames, keeping the textures from one to the next.
#[derive(Default)]
pub struct Painter {
    textures: HashMap<TextureId, Texture>,
    outdated: Vec<TextureId>,
}

impl Painter {
    /// A painter without any texture yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over the textures that a pass has changed, and leaves `delta` empty.
    ///
    /// Textures to be freed are still there for the next [`Painter::paint`].
    pub fn take_textures(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            self.outdated.retain(|outdated| *outdated != id);
            for image in images {
                self.textures.entry(id).or_default().update(&image);
            }
        }
        self.outdated.extend(delta.free.drain());
    }

    /// Paints `primitives` on a `background`. `size` is in pixels.
    ///
    /// # Errors
    /// If the size or the scale is absurd, or a texture is missing.
    pub fn paint(
        &mut self,
        primitives: &[ClippedPrimitive],
        delta: &mut TexturesDelta,
        pixels_per_point: f32,
        size: [u32; 2],
        background: Color32,
    ) -> Result<RgbaImage, PaintError> {
        self.take_textures(delta);
        let mut canvas = Canvas::new(size, pixels_per_point, background)?;
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let texture = self.textures.get(&mesh.texture_id).ok_or(PaintError::Texture(mesh.texture_id))?;
            let clip = canvas.clip(*clip_rect);
            for corners in mesh.indices.as_chunks::<3>().0 {
                canvas.triangle(corners.map(|i| mesh.vertices[i as usize]), texture, &clip);
            }
        }
        for id in self.outdated.drain(..) {
            self.textures.remove(&id);
        }
        Ok(canvas.into_image())
    }
}

/// Runs an interface without a window until it has settled, and paints it.
///
/// `setup` sees the fresh context once (fonts, style); `ui` shows the interface, again for every
/// pass. Between two passes a second goes by, so that whatever was animated has arrived.
///
/// # Errors
/// As for [`Painter::paint`].
pub fn picture(
    size_points: Vec2,
    pixels_per_point: f32,
    setup: impl FnOnce(&Context),
    ui: impl FnMut(&mut Ui),
) -> Result<RgbaImage, PaintError> {
    settled(size_points, pixels_per_point, setup, ui)?.into_picture()
}

fn input(size: Vec2, pixels_per_point: f32, pass: u32) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        time: Some(f64::from(pass)),
        // Nothing but memory bounds a texture here, and the surface is one as large as its view.
        max_texture_side: Some((size.max_elem() * pixels_per_point).ceil() as usize).map(|side| side.max(TEXTURE)),
        ..RawInput::default()
    };
    input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(pixels_per_point);
    input
}

fn wants_another_pass(output: &egui::FullOutput) -> bool {
    let root = output.viewport_output.get(&ViewportId::ROOT);
    root.is_some_and(|viewport| viewport.repaint_delay.is_zero())
}

fn check([width, height]: [u32; 2], pixels_per_point: f32) -> Result<(), PaintError> {
    if !(pixels_per_point.is_finite() && pixels_per_point > 0.0) {
        return Err(PaintError::Scale(pixels_per_point));
    }
    match u64::from(width) * u64::from(height) {
        1..=MAX_PIXELS => Ok(()),
        _ => Err(PaintError::Size(width, height)),
    }
}

/// The part of the canvas that may be painted, in pixels.
struct Clip {
    columns: Range<usize>,
    rows: Range<usize>,
}

/// The image while it is painted.
struct Canvas {
    width: usize,
    height: usize,
    pixels_per_point: f32,
    pixels: Vec<[u8; 4]>,
}

impl Canvas {
    fn new(size: [u32; 2], pixels_per_point: f32, background: Color32) -> Result<Self, PaintError> {
        check(size, pixels_per_point)?;
        let [width, height] = size.map(|side| side as usize);
        Ok(Self { width, height, pixels_per_point, pixels: vec![background.to_array(); width * height] })
    }

    fn into_image(self) -> RgbaImage {
        let (width, height) = (self.width as u32, self.height as u32);
        RgbaImage::from_raw(width, height, self.pixels.into_flattened()).unwrap_or_default()
    }

    /// Whole pixels, rounded as egui's own painters round them.
    fn clip(&self, points: Rect) -> Clip {
        let range = |from: f32, to: f32, end: usize| {
            // The cast saturates.
            let [from, to] = [from, to].map(|at| ((at * self.pixels_per_point).round() as usize).min(end));
            from..to.max(from)
        };
        Clip {
            columns: range(points.min.x, points.max.x, self.width),
            rows: range(points.min.y, points.max.y, self.height),
        }
    }

    fn triangle(&mut self, corners: [Vertex; 3], texture: &Texture, clip: &Clip) {
        let Some(triangle) = Triangle::new(corners.map(|v| v.pos), self.pixels_per_point) else {
            return;
        };
        let paint = Paint::new(&triangle, &corners, texture);
        spans(triangle.corners, &clip.rows, &clip.columns, |y, span| {
            let x = span.start;
            let row = &mut self.pixels[y * self.width..][span];
            paint.fill(row, x, y);
        });
    }
}
