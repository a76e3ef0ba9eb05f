//! What fills a triangle: one color, colors running into each other, or a texture.

use egui::TextureFilter;
use egui::epaint::Vertex;

use super::texture::{Rgba, Texture, rgba};
use super::triangle::Triangle;

/// A quantity that changes linearly over the screen; its value at the center of pixel (0, 0) and
/// its change a pixel right and down.
#[derive(Clone, Copy)]
pub(super) struct Ramp<const N: usize> {
    origin: [f64; N],
    right: [f64; N],
    down: [f64; N],
}

impl<const N: usize> Ramp<N> {
    fn through(triangle: &Triangle, values: [[f32; N]; 3]) -> Self {
        let [a, b, c] = triangle.corners;
        let [va, vb, vc] = triangle.order.map(|i| values[i].map(f64::from));
        let (bx, by, cx, cy) = (b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]);
        let area = bx * cy - by * cx;
        let right: [f64; N] = std::array::from_fn(|i| ((vb[i] - va[i]) * cy - (vc[i] - va[i]) * by) / area);
        let down: [f64; N] = std::array::from_fn(|i| ((vc[i] - va[i]) * bx - (vb[i] - va[i]) * cx) / area);
        let origin = std::array::from_fn(|i| va[i] + right[i] * (0.5 - a[0]) + down[i] * (0.5 - a[1]));
        Self { origin, right, down }
    }

    /// Its values along row `y`, from the center of pixel `x` on.
    fn along(&self, x: usize, y: usize) -> impl Iterator<Item = [f32; N]> {
        let (x, y) = (x as f64, y as f64);
        let start: [f32; N] = std::array::from_fn(|i| (self.origin[i] + self.right[i] * x + self.down[i] * y) as f32);
        let step = self.right.map(|change| change as f32);
        (0_u32..).map(move |column| {
            let column = column as f32;
            std::array::from_fn(|i| start[i] + step[i] * column)
        })
    }
}

/// What fills a triangle, in the cheapest form that is true.
pub(super) enum Paint<'a> {
    /// One color all over, as of most of an interface.
    Flat(Rgba),
    /// Colors running into each other, as at every feathered edge.
    Blend { color: Ramp<4>, texel: Rgba },
    /// A picture or a letter.
    Textured { color: Ramp<4>, uv: Ramp<2>, texture: &'a Texture, filter: TextureFilter },
}

impl<'a> Paint<'a> {
    pub(super) fn new(triangle: &Triangle, corners: &[Vertex; 3], texture: &'a Texture) -> Self {
        let [width, height] = texture.size.map(|side| side as f32);
        let uvs = corners.map(|corner| [corner.uv.x * width, corner.uv.y * height]);
        let colors = corners.map(|corner| rgba(corner.color));
        let one_color = colors[0] == colors[1] && colors[0] == colors[2];
        if uvs[0] == uvs[1] && uvs[0] == uvs[2] {
            let texel = texture.sample(uvs[0], texture.options.magnification);
            return if one_color {
                Self::Flat(times(colors[0], texel))
            } else {
                Self::Blend { color: Ramp::through(triangle, colors), texel }
            };
        }
        let uv = Ramp::through(triangle, uvs);
        let changes = [uv.right, uv.down].into_iter().flatten();
        let texels_per_pixel = changes.fold(0.0, |most: f64, change| most.max(change.abs()));
        // Letters are stored at the size they are shown, give or take the rounding of a corner.
        let filter = texture.filter(texels_per_pixel as f32 - 0.01);
        Self::Textured { color: Ramp::through(triangle, colors), uv, texture, filter }
    }

    /// Paints over the pixels of a row, the first of which is at `x`, `y`.
    pub(super) fn fill(&self, row: &mut [[u8; 4]], x: usize, y: usize) {
        match self {
            Self::Flat(color) if color[3] >= 255.0 => row.fill(color.map(to_byte)),
            Self::Flat(color) => row.iter_mut().for_each(|pixel| blend(pixel, *color)),
            Self::Blend { color, texel } => {
                for (pixel, color) in row.iter_mut().zip(color.along(x, y)) {
                    blend(pixel, times(color, *texel));
                }
            }
            Self::Textured { color, uv, texture, filter } => {
                let colors = color.along(x, y).zip(uv.along(x, y));
                for (pixel, (color, uv)) in row.iter_mut().zip(colors) {
                    blend(pixel, times(color, texture.sample(uv, *filter)));
                }
            }
        }
    }
}

fn times(color: Rgba, texel: Rgba) -> Rgba {
    std::array::from_fn(|i| color[i] * texel[i] * (1.0 / 255.0))
}

/// Lays a color with premultiplied alpha over a pixel.
fn blend(pixel: &mut [u8; 4], color: Rgba) {
    if color == [0.0; 4] {
        return;
    }
    let rest = 1.0 - color[3] * (1.0 / 255.0);
    for (channel, over) in pixel.iter_mut().zip(color) {
        *channel = to_byte(over + f32::from(*channel) * rest);
    }
}

fn to_byte(channel: f32) -> u8 {
    // The conversion saturates, so additive colors end at white.
    (channel + 0.5) as u8
}
