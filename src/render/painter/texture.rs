//! Textures, and the color at a place in one.

use egui::epaint::{ImageData, ImageDelta};
use egui::{Color32, TextureFilter, TextureOptions, TextureWrapMode};

/// A color with premultiplied alpha in gamma space, each channel from 0 to 255.
pub(super) type Rgba = [f32; 4];

pub(super) fn rgba(color: Color32) -> Rgba {
    color.to_array().map(f32::from)
}

/// A color with premultiplied alpha, in bytes, as stored.
type Texel = [u8; 4];

/// What the vertex colors are multiplied with.
#[derive(Default)]
pub(super) struct Texture {
    pub(super) size: [usize; 2],
    texels: Vec<Texel>,
    pub(super) options: TextureOptions,
}

impl Texture {
    pub(super) fn update(&mut self, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let texels = image.pixels.iter().map(Color32::to_array);
        self.options = delta.options;
        let Some([left, top]) = delta.pos else {
            self.size = image.size;
            self.texels = texels.collect();
            return;
        };
        let texels: Vec<_> = texels.collect();
        let width = image.width().min(self.size[0].saturating_sub(left));
        for (y, row) in texels.chunks_exact(image.width().max(1)).enumerate() {
            let start = (top + y) * self.size[0] + left;
            if let Some(target) = self.texels.get_mut(start..start + width) {
                target.copy_from_slice(&row[..width]);
            }
        }
    }

    /// The color at `u`, `v`, given in texels.
    pub(super) fn sample(&self, [u, v]: [f32; 2], filter: TextureFilter) -> Rgba {
        match filter {
            TextureFilter::Nearest => components(self.texel(floor(u), floor(v))),
            TextureFilter::Linear => self.between(u - 0.5, v - 0.5),
        }
    }

    /// The color between four texels, weighted by how near their centers are.
    fn between(&self, u: f32, v: f32) -> Rgba {
        let (x, y) = (floor(u), floor(v));
        let [a, b, c, d] = self.neighbors(x, y);
        if [b, c, d] == [a; 3] {
            return components(a); // most of a page: blank, or the inside of a shape
        }
        let right = u - x as f32;
        mix(mix(components(a), components(b), right), mix(components(c), components(d), right), v - y as f32)
    }

    /// The texel at `x`, `y`, and the ones right of it, below it, and both.
    fn neighbors(&self, x: i64, y: i64) -> [Texel; 4] {
        let [width, height] = self.size.map(signed);
        if x < 0 || y < 0 || x + 1 >= width || y + 1 >= height {
            return [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|(x, y)| self.texel(x, y));
        }
        let first = (y * width + x) as usize;
        let below = first + self.size[0];
        [first, first + 1, below, below + 1].map(|i| self.texels[i])
    }

    fn texel(&self, x: i64, y: i64) -> Texel {
        let [width, height] = self.size;
        let wrap = self.options.wrap_mode;
        let index = wrapped(y, height, wrap) * width + wrapped(x, width, wrap);
        self.texels.get(index).copied().unwrap_or_default()
    }

    pub(super) fn filter(&self, texels_per_pixel: f32) -> TextureFilter {
        if texels_per_pixel > 1.0 { self.options.minification } else { self.options.magnification }
    }
}

fn wrapped(index: i64, length: usize, mode: TextureWrapMode) -> usize {
    let length = signed(length).max(1);
    let inside = match mode {
        TextureWrapMode::ClampToEdge => index.clamp(0, length - 1),
        TextureWrapMode::Repeat => index.rem_euclid(length),
        TextureWrapMode::MirroredRepeat => {
            let there_and_back = index.rem_euclid(2 * length);
            there_and_back.min(2 * length - 1 - there_and_back)
        }
    };
    inside as usize
}

/// A length of memory always fits.
fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The whole number at or below; several times as fast as a call where the processor has none.
fn floor(x: f32) -> i64 {
    let toward_zero = x as i32;
    i64::from(toward_zero) - i64::from(toward_zero as f32 > x)
}

/// Its four components as numbers, from 0 to 255.
fn components([red, green, blue, alpha]: Texel) -> Rgba {
    [f32::from(red), f32::from(green), f32::from(blue), f32::from(alpha)]
}

fn mix(a: Rgba, b: Rgba, t: f32) -> Rgba {
    std::array::from_fn(|i| a[i] + t * (b[i] - a[i]))
}
