//! A whole egui frame as an image, painted on the processor: no window, no driver, and the same
//! bytes on every run.
//!
//! It does what egui's shaders do: textured triangles, colors multiplied and blended in gamma
//! space with premultiplied alpha. Vertices snap to 1/256 pixel and a pixel belongs to the
//! triangle that holds its center, the top-left rule deciding on shared edges, so that
//! neighbors leave neither gap nor seam. Mipmaps are not kept, and paint callbacks, which speak
//! to a graphics driver, are passed over.

use std::collections::HashMap;
use std::ops::Range;

use egui::epaint::{ClippedPrimitive, ImageData, ImageDelta, Primitive, Vertex};
use egui::{
    Color32, Context, Pos2, RawInput, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta,
    Ui, Vec2, ViewportId,
};
use image::RgbaImage;

/// The most pixels an image may have: 8K four times over.
const MAX_PIXELS: u64 = 1 << 27;

/// Subpixel steps a vertex snaps to.
const SUBPIXELS: f64 = 256.0;

/// [`SUBPIXELS`] as an integer, and half of it: the center of a pixel.
const PIXEL: i128 = 256;
const CENTER: i128 = PIXEL / 2;

/// The farthest a corner may be, in subpixels.
const FARTHEST: f64 = (1_u64 << 56) as f64;

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
    /// A mesh names a texture nobody handed in.
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

    /// Paints `primitives` on an opaque `background`. `size` is in pixels.
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
    mut ui: impl FnMut(&mut Ui),
) -> Result<RgbaImage, PaintError> {
    let size = (size_points * pixels_per_point).round();
    let size = [size.x as u32, size.y as u32];
    check(size, pixels_per_point)?;

    let context = Context::default();
    setup(&context);
    let mut painter = Painter::new();
    let mut pass = 0;
    let shapes = loop {
        let input = input(size_points, pixels_per_point, pass);
        let mut output = context.run_ui(input, &mut ui);
        painter.take_textures(&mut output.textures_delta);
        pass += 1;
        let settled = pass >= PASSES.start && !wants_another_pass(&output);
        if settled || pass >= PASSES.end {
            break output.shapes;
        }
    };
    let primitives = context.tessellate(shapes, pixels_per_point);
    let background = context.global_style().visuals.panel_fill;
    painter.paint(&primitives, &mut TexturesDelta::default(), pixels_per_point, size, background)
}

fn input(size: Vec2, pixels_per_point: f32, pass: u32) -> RawInput {
    let mut input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        time: Some(f64::from(pass)),
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

/// A color with premultiplied alpha in gamma space, each channel from 0 to 255.
type Rgba = [f32; 4];

fn rgba(color: Color32) -> Rgba {
    color.to_array().map(f32::from)
}

/// The same in bytes, as stored.
type Texel = [u8; 4];

/// What the vertex colors are multiplied with.
#[derive(Default)]
struct Texture {
    size: [usize; 2],
    texels: Vec<Texel>,
    options: TextureOptions,
}

impl Texture {
    fn update(&mut self, delta: &ImageDelta) {
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
    fn sample(&self, [u, v]: [f32; 2], filter: TextureFilter) -> Rgba {
        match filter {
            TextureFilter::Nearest => self.texel(floor(u), floor(v)).map(f32::from),
            TextureFilter::Linear => self.between(u - 0.5, v - 0.5),
        }
    }

    /// The color between four texels, weighted by how near their centers are.
    fn between(&self, u: f32, v: f32) -> Rgba {
        let (x, y) = (floor(u), floor(v));
        let [a, b, c, d] = self.neighbors(x, y);
        if [b, c, d] == [a; 3] {
            return a.map(f32::from); // most of a page: blank, or the inside of a shape
        }
        let [a, b, c, d] = [a, b, c, d].map(|texel| texel.map(f32::from));
        let right = u - x as f32;
        mix(mix(a, b, right), mix(c, d, right), v - y as f32)
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

    fn filter(&self, texels_per_pixel: f32) -> TextureFilter {
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

fn mix(a: Rgba, b: Rgba, t: f32) -> Rgba {
    std::array::from_fn(|i| a[i] + t * (b[i] - a[i]))
}

/// The part of the canvas that may be painted, in pixels.
struct Clip {
    columns: Range<i64>,
    rows: Range<i64>,
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
        let [r, g, b, _] = background.to_array();
        Ok(Self { width, height, pixels_per_point, pixels: vec![[r, g, b, 255]; width * height] })
    }

    fn into_image(self) -> RgbaImage {
        let (width, height) = (self.width as u32, self.height as u32);
        RgbaImage::from_raw(width, height, self.pixels.into_flattened()).unwrap_or_default()
    }

    /// Whole pixels, rounded as egui's own painters round them.
    fn clip(&self, points: Rect) -> Clip {
        let range = |from: f32, to: f32, end: usize| {
            let [from, to] = [from, to].map(|at| (at * self.pixels_per_point).round() as i64);
            let start = from.clamp(0, signed(end));
            start..to.clamp(start, signed(end))
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
        for y in triangle.rows(&clip.rows) {
            let span = triangle.span(y, &clip.columns);
            if span.is_empty() {
                continue;
            }
            let start = y as usize * self.width;
            let row = &mut self.pixels[start + span.start as usize..start + span.end as usize];
            paint.fill(row, span.start, y);
        }
    }
}

/// A triangle whose corners lie on the subpixel grid, turning clockwise on the screen.
struct Triangle {
    corners: [[i128; 2]; 3],
    /// Which of the given corners are these, for their colors.
    order: [usize; 3],
    edges: [Edge; 3],
}

impl Triangle {
    /// `None` if it has no area, or a corner is nowhere.
    fn new(points: [Pos2; 3], pixels_per_point: f32) -> Option<Self> {
        if !points.iter().all(|point| point.is_finite()) {
            return None;
        }
        let mut corners = points.map(|point| [point.x, point.y].map(|at| snap(at * pixels_per_point)));
        let mut order = [0, 1, 2];
        if doubled_area(&corners) < 0 {
            corners.swap(1, 2);
            order.swap(1, 2);
        }
        let [a, b, c] = corners;
        (doubled_area(&corners) > 0).then(|| Self {
            corners,
            order,
            edges: [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)],
        })
    }

    /// The rows whose centers it may hold.
    fn rows(&self, clip: &Range<i64>) -> Range<i64> {
        let [a, b, c] = self.corners.map(|[_, y]| y);
        let (top, bottom) = (a.min(b).min(c), a.max(b).max(c));
        let first = (top - CENTER).div_euclid(PIXEL) as i64;
        let last = (bottom - CENTER).div_euclid(PIXEL) as i64;
        first.max(clip.start)..(last + 1).min(clip.end)
    }

    /// The pixels of row `y` whose centers it holds.
    fn span(&self, y: i64, clip: &Range<i64>) -> Range<i64> {
        self.edges.iter().fold(clip.clone(), |span, edge| edge.narrow(span, y))
    }
}

fn snap(pixels: f32) -> i128 {
    // Beyond 2⁴⁸ pixels nothing is told apart, and products of coordinates would overflow.
    (f64::from(pixels) * SUBPIXELS).round().clamp(-FARTHEST, FARTHEST) as i128
}

fn doubled_area([a, b, c]: &[[i128; 2]; 3]) -> i128 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// A half plane: `slope_x`·x + `slope_y`·y + `offset` ≥ 0 at the centers of the pixels inside.
///
/// 128 bits, because a deeply zoomed plot has corners millions of pixels away.
struct Edge {
    slope_x: i128,
    slope_y: i128,
    offset: i128,
}

impl Edge {
    fn new(from: [i128; 2], to: [i128; 2]) -> Self {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        let at_first_center = dx * (CENTER - from[1]) - dy * (CENTER - from[0]);
        Self { slope_x: -dy * PIXEL, slope_y: dx * PIXEL, offset: at_first_center - i128::from(!is_top_or_left) }
    }

    /// The part of `span` in row `y` that lies on the inner side.
    fn narrow(&self, span: Range<i64>, y: i64) -> Range<i64> {
        let start = self.slope_y * i128::from(y) + self.offset;
        let within = |x: i128| x.clamp(span.start.into(), span.end.into()) as i64;
        match self.slope_x {
            0 if start < 0 => span.start..span.start,
            0 => span,
            slope @ 1.. => within(-start.div_euclid(slope))..span.end,
            slope => span.start..within(start.div_euclid(-slope) + 1),
        }
    }
}

/// A quantity that changes linearly over the screen; its value at the center of pixel (0, 0) and
/// its change a pixel right and down.
#[derive(Clone, Copy)]
struct Ramp<const N: usize> {
    origin: [f64; N],
    right: [f64; N],
    down: [f64; N],
}

impl<const N: usize> Ramp<N> {
    fn through(triangle: &Triangle, values: [[f32; N]; 3]) -> Self {
        let [a, b, c] = triangle.corners.map(|corner| corner.map(|at| at as f64 / SUBPIXELS));
        let [va, vb, vc] = triangle.order.map(|i| values[i].map(f64::from));
        let (bx, by, cx, cy) = (b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]);
        let area = bx * cy - by * cx;
        let right: [f64; N] = std::array::from_fn(|i| ((vb[i] - va[i]) * cy - (vc[i] - va[i]) * by) / area);
        let down: [f64; N] = std::array::from_fn(|i| ((vc[i] - va[i]) * bx - (vb[i] - va[i]) * cx) / area);
        let origin = std::array::from_fn(|i| va[i] + right[i] * (0.5 - a[0]) + down[i] * (0.5 - a[1]));
        Self { origin, right, down }
    }

    /// Its values along row `y`, from the center of pixel `x` on.
    fn along(&self, x: i64, y: i64) -> impl Iterator<Item = [f32; N]> {
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
enum Paint<'a> {
    /// One color all over, as of most of an interface.
    Flat(Rgba),
    /// Colors running into each other, as at every feathered edge.
    Blend { color: Ramp<4>, texel: Rgba },
    /// A picture or a letter.
    Textured { color: Ramp<4>, uv: Ramp<2>, texture: &'a Texture, filter: TextureFilter },
}

impl<'a> Paint<'a> {
    fn new(triangle: &Triangle, corners: &[Vertex; 3], texture: &'a Texture) -> Self {
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
    fn fill(&self, row: &mut [[u8; 4]], x: i64, y: i64) {
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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the colors are input of the painter")]
mod tests {
    use egui::epaint::{ColorImage, Mesh};
    use egui::{pos2, vec2};

    use super::*;

    const ID: TextureId = TextureId::Managed(7);
    const RED: Color32 = Color32::RED;
    const EVERYWHERE: Rect = Rect::EVERYTHING;

    fn textures(image: ColorImage, options: TextureOptions) -> TexturesDelta {
        let mut delta = TexturesDelta::default();
        delta.set.entry(ID).or_default().push(ImageDelta::full(image, options));
        delta
    }

    fn white() -> TexturesDelta {
        textures(ColorImage::filled([1, 1], Color32::WHITE), TextureOptions::NEAREST)
    }

    fn mesh(clip_rect: Rect, fill: impl FnOnce(&mut Mesh)) -> Vec<ClippedPrimitive> {
        let mut mesh = Mesh::with_texture(ID);
        fill(&mut mesh);
        vec![ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }]
    }

    fn rectangle(rect: Rect, color: Color32, clip: Rect) -> Vec<ClippedPrimitive> {
        let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        mesh(clip, |mesh| mesh.add_rect_with_uv(rect, uv, color))
    }

    fn painted(primitives: &[ClippedPrimitive], mut delta: TexturesDelta) -> RgbaImage {
        Painter::new().paint(primitives, &mut delta, 1.0, [20, 20], Color32::BLACK).unwrap()
    }

    fn count(image: &RgbaImage, color: [u8; 4]) -> usize {
        image.pixels().filter(|pixel| pixel.0 == color).count()
    }

    #[test]
    fn a_filled_rectangle_has_exactly_its_pixels() {
        let rect = Rect::from_min_max(pos2(3.0, 4.0), pos2(9.0, 15.0));
        let image = painted(&rectangle(rect, RED, EVERYWHERE), white());
        for (x, y, pixel) in image.enumerate_pixels() {
            let inside = (3..9).contains(&x) && (4..15).contains(&y);
            assert_eq!(pixel.0, if inside { [255, 0, 0, 255] } else { [0, 0, 0, 255] }, "{x} {y}");
        }
    }

    #[test]
    fn nothing_is_painted_outside_the_clip() {
        let clip = Rect::from_min_max(pos2(5.4, 5.6), pos2(8.0, 30.0));
        let huge = Rect::from_min_max(pos2(-1e38, -1e38), pos2(1e38, 1e38));
        let image = painted(&rectangle(huge, RED, clip), white());
        assert_eq!(count(&image, [255, 0, 0, 255]), 3 * 14);
        assert_eq!(image.get_pixel(5, 6).0, [255, 0, 0, 255]);
        assert_eq!(image.get_pixel(5, 5).0, [0, 0, 0, 255]);
    }

    #[test]
    fn an_empty_clip_hides_all_and_what_is_nowhere_is_passed_over() {
        let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
        let hidden = painted(&rectangle(rect, RED, Rect::NOTHING), white());
        let nowhere = Rect::from_min_max(pos2(f32::NAN, 0.0), pos2(f32::INFINITY, 9.0));
        let lost = painted(&rectangle(nowhere, RED, EVERYWHERE), white());
        assert_eq!([hidden, lost].map(|image| count(&image, [0, 0, 0, 255])), [400; 2]);
    }

    #[test]
    fn neighbors_share_an_edge_without_gap_or_seam() {
        let half = Color32::from_white_alpha(128);
        let center = pos2(10.3, 9.7);
        let fan = mesh(EVERYWHERE, |mesh| {
            let vertex = |pos| Vertex { pos, uv: Pos2::ZERO, color: half };
            mesh.vertices.push(vertex(center));
            for i in 0..24u32 {
                let angle = i as f32 * std::f32::consts::TAU / 24.0;
                mesh.vertices.push(vertex(center + 40.0 * Vec2::angled(angle)));
                mesh.add_triangle(0, 1 + i, 1 + (i + 1) % 24);
            }
        });
        assert_eq!(count(&painted(&fan, white()), [128, 128, 128, 255]), 400);
    }

    #[test]
    fn alpha_is_premultiplied_and_additive_colors_saturate() {
        let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
        let shade = painted(&rectangle(rect, Color32::from_rgba_premultiplied(50, 0, 0, 100), EVERYWHERE), white());
        assert_eq!(shade.get_pixel(3, 3).0, [50, 0, 0, 255]);
        let mut painter = Painter::new();
        let glow = rectangle(rect, Color32::from_rgba_premultiplied(200, 0, 0, 0), EVERYWHERE);
        let image = painter.paint(&glow, &mut white(), 1.0, [4, 4], Color32::LIGHT_RED).unwrap();
        assert_eq!(image.get_pixel(0, 0).0, [255, 128, 128, 255]);
    }

    #[test]
    fn filters_magnify_as_they_are_told() {
        let image = || ColorImage::new([2, 1], vec![Color32::BLACK, Color32::WHITE]);
        let rect = Rect::from_min_max(Pos2::ZERO, pos2(20.0, 20.0));
        let quad = rectangle(rect, Color32::WHITE, EVERYWHERE);
        let nearest = painted(&quad, textures(image(), TextureOptions::NEAREST));
        assert_eq!([9, 10].map(|x| nearest.get_pixel(x, 5).0[0]), [0, 255]);
        let linear = painted(&quad, textures(image(), TextureOptions::LINEAR));
        let row: Vec<_> = (0..20).map(|x| linear.get_pixel(x, 5).0[0]).collect();
        assert_eq!([row[0], row[4], row[15], row[19]], [0, 0, 255, 255]);
        assert!(row.is_sorted() && row[9] > 100 && row[10] < 155, "{row:?}");
    }

    #[test]
    fn a_patch_changes_its_part_of_the_texture() {
        let mut delta = textures(ColorImage::filled([4, 4], Color32::BLUE), TextureOptions::NEAREST);
        let patch = ColorImage::filled([2, 1], RED);
        delta.set.entry(ID).or_default().push(ImageDelta::partial([1, 2], patch, TextureOptions::NEAREST));
        let rect = Rect::from_min_max(Pos2::ZERO, pos2(4.0, 4.0));
        let image = painted(&rectangle(rect, Color32::WHITE, EVERYWHERE), delta);
        assert_eq!(count(&image, [255, 0, 0, 255]), 2);
        assert_eq!([1, 2].map(|x| image.get_pixel(x, 2).0), [[255, 0, 0, 255]; 2]);
    }

    #[test]
    fn a_freed_texture_serves_its_last_frame() {
        let rect = Rect::from_min_max(Pos2::ZERO, pos2(4.0, 4.0));
        let quad = rectangle(rect, RED, EVERYWHERE);
        let mut painter = Painter::new();
        let mut delta = white();
        delta.free.insert(ID);
        assert!(painter.paint(&quad, &mut delta, 1.0, [4, 4], RED).is_ok());
        let again = painter.paint(&quad, &mut delta, 1.0, [4, 4], RED);
        assert_eq!(again, Err(PaintError::Texture(ID)));
    }

    #[test]
    fn absurd_requests_are_refused() {
        let ask = |size, scale| picture(size, scale, |_| (), |_| ()).unwrap_err();
        assert_eq!(ask(vec2(0.0, 100.0), 1.0), PaintError::Size(0, 100));
        assert!(matches!(ask(vec2(1e6, 1e6), 1.0), PaintError::Size(..)));
        assert!(matches!(ask(Vec2::NAN, 1.0), PaintError::Size(..)));
        assert!(matches!(ask(vec2(10.0, 10.0), f32::NAN), PaintError::Scale(_)));
        assert!(ask(vec2(10.0, 10.0), -1.0).to_string().contains("above 0"));
    }

    #[test]
    fn a_disc_is_round_and_its_edge_soft() {
        let disc = |ui: &mut Ui| {
            ui.painter().circle_filled(pos2(20.0, 20.0), 10.0, RED);
        };
        let image = picture(vec2(40.0, 40.0), 2.0, |_| (), disc).unwrap();
        let background = image.get_pixel(0, 0).0;
        let solid = count(&image, [255, 0, 0, 255]) as f32;
        let touched = image.pixels().filter(|pixel| pixel.0 != background).count() as f32;
        let area = std::f32::consts::PI * 400.0;
        assert!(solid < area && area < touched && touched - solid < 0.2 * area, "{solid} {touched}");
    }

    #[test]
    fn the_same_picture_has_the_same_bytes() {
        let page = |ui: &mut Ui| {
            ui.heading("Descent");
            let _ = ui.button("Step");
            ui.add(egui::Slider::new(&mut 0.3, 0.0..=1.0));
        };
        let pictures = [(); 2].map(|()| picture(vec2(200.0, 120.0), 1.5, |_| (), page).unwrap());
        assert_eq!(pictures[0].dimensions(), (300, 180));
        assert!(pictures[0] == pictures[1]);
        assert!(pictures[0].pixels().any(|pixel| pixel != pictures[0].get_pixel(299, 179)));
    }
}
