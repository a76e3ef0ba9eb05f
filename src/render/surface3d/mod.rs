//! The 3-D view: a z-buffer on the processor. It knows which of two things is nearer at every pixel, so a local model cuts the loss where it does, and what the loss hides can be shown as hidden.
//!
//! [`scene`] is what there is to see; `relief`, `patch` and `strokes` put surface, local models and lines on the screen (`drafter` and `frame` draw the lines);
//! `band` paints rows of pixels, each band by one thread, from triangles (`raster`) and rules of ink (`paint`).

mod band;
mod drafter;
mod frame;
mod paint;
mod patch;
mod raster;
mod relief;
pub mod scene;
mod strokes;
#[cfg(test)]
mod tests;

use crate::drawing::camera::Projection;
use crate::drawing::height_scale::HeightScale;
use crate::numbers::Point;
use crate::numbers::parallel::for_each_row;
use band::{Band, ROWS, Texel};
use nalgebra::Point3;
use patch::Patches;
use relief::Relief;
use scene::{RaisedPoint, Scene3};
use strokes::Strokes;

/// Samples per pixel and side are at most this many.
const FINEST: usize = 4;
/// How far in front of the loss surface a place still counts as lying on it, pixels.
const SIGHT: f64 = 3.0;

/// Everything that is known before the first pixel is painted.
#[derive(Clone, Copy)]
struct Plan<'a> {
    scene: &'a Scene3<'a>,
    projection: &'a Projection,
    relief: &'a Relief,
    patches: &'a Patches,
    strokes: &'a Strokes,
    /// The heights of the contour lines, ascending.
    levels: &'a [f32],
}

/// What a picture is made in; kept from frame to frame, so that drawing one does not allocate.
#[derive(Default)]
pub struct Buffers {
    relief: Relief,
    patches: Patches,
    strokes: Strokes,
    levels: Vec<f32>,
    texels: Vec<Texel>,
    rgba: Vec<u8>,
    size: (usize, usize),
    supersample: usize,
    projection: Option<Projection>,
}

/// Draws a scene. The picture stays in the buffers, see [`Buffers::picture`].
pub fn render<'a>(scene: &Scene3<'_>, buffers: &'a mut Buffers) -> Picture3<'a> {
    let (width, height) = scene.size;
    let scene = &Scene3 { supersample: scene.supersample.clamp(1, FINEST), ..*scene };
    let stage = scene.stage;
    // One projection counts pixels, the other samples.
    let samples = (width * scene.supersample, height * scene.supersample);
    let projection = Projection::new(&scene.camera, stage, samples.0, samples.1);
    buffers.relief.build(&scene.height_map, &projection);
    buffers.patches.build(scene.local_models, &buffers.relief, &projection);
    buffers.strokes.build(scene, &buffers.relief, &projection);
    collect_levels(&mut buffers.levels, scene);
    let Buffers { relief, patches, strokes, levels, texels, .. } = buffers;
    texels.resize(samples.0 * samples.1, Texel::EMPTY);
    let plan = Plan { scene, projection: &projection, relief, patches, strokes, levels };
    for_each_row(texels, samples.0 * ROWS, |band, rows| {
        Band::paint(plan, band, samples.0, rows);
    });
    buffers.size = scene.size;
    buffers.supersample = scene.supersample;
    buffers.projection = Some(Projection::new(&scene.camera, stage, width, height));
    buffers.resolve();
    buffers.picture()
}

/// The heights of the contour lines, ascending.
fn collect_levels(levels: &mut Vec<f32>, scene: &Scene3<'_>) {
    levels.clear();
    if scene.height_map.contours.width > 0.0 {
        levels.extend(
            scene
                .height_map
                .contours
                .levels
                .iter()
                .map(|&loss| scene.stage.heights().of(loss) as f32)
                .filter(|height| height.is_finite()),
        );
        // The open edge at the ceiling gets a line like the edge of the box.
        levels.push(HeightScale::TOP as f32);
    }
    levels.sort_unstable_by(f32::total_cmp);
}

impl Buffers {
    /// Averages the samples of each pixel.
    fn resolve(&mut self) {
        let ((width, height), fine) = (self.size, self.supersample);
        self.rgba.resize(width * height * 4, 0);
        let (texels, samples) = (&self.texels, (fine * fine) as u32);
        for_each_row(&mut self.rgba, width * 4, |row, line| {
            for (column, pixel) in line.chunks_exact_mut(4).enumerate() {
                let first = row * fine * width * fine + column * fine;
                if fine == 1 {
                    pixel.copy_from_slice(&texels[first].color);
                    continue;
                }
                let mut sums = [0_u32; 4];
                for texel in (0..fine).flat_map(|down| &texels[first + down * width * fine..][..fine]) {
                    sums.iter_mut().zip(texel.color).for_each(|(sum, channel)| *sum += u32::from(channel));
                }
                pixel.iter_mut().zip(sums).for_each(|(channel, sum)| *channel = ((sum + samples / 2) / samples) as u8);
            }
        });
    }

    /// The depth of the loss surface at a pixel, if there is surface.
    fn depth(&self, x: f64, y: f64) -> Option<f64> {
        let fine = self.supersample as f64;
        let (width, height) = self.size;
        if !(0.0..width as f64).contains(&x) || !(0.0..height as f64).contains(&y) {
            return None;
        }
        let index = (y * fine) as usize * width * self.supersample + (x * fine) as usize;
        let depth = self.texels.get(index)?.depth;
        depth.is_finite().then(|| f64::from(depth) / fine)
    }

    /// The last picture drawn; empty before the first.
    pub fn picture(&self) -> Picture3<'_> {
        Picture3 { buffers: self }
    }
}

/// A finished picture and what can be asked about it.
#[derive(Clone, Copy)]
pub struct Picture3<'a> {
    buffers: &'a Buffers,
}

impl<'a> Picture3<'a> {
    /// Width and height, pixels.
    pub fn size(&self) -> (usize, usize) {
        self.buffers.size
    }

    /// The pixels from the upper left, row by row: red, green, blue, alpha, premultiplied.
    pub fn rgba(&self) -> &'a [u8] {
        &self.buffers.rgba
    }

    /// Landscape to pixels and back; none before the first picture.
    pub fn projection(&self) -> Option<&'a Projection> {
        self.buffers.projection.as_ref()
    }

    /// The place on the loss surface that is seen at a pixel, if any.
    pub fn pick(&self, x: f64, y: f64) -> Option<RaisedPoint> {
        let projection = self.projection()?;
        let depth = self.buffers.depth(x, y)?;
        let scene = projection.scene(&Point3::new(x, y, depth));
        let (at, loss) = projection.stage().landscape(&scene);
        Some(RaisedPoint::new(at.x, at.y, loss))
    }

    /// The pixel of a place, and whether nothing of the loss surface is in front of it; none if it lies above the ceiling, below the floor or nowhere.
    pub fn project(&self, at: Point, loss: f64) -> Option<(f64, f64, bool)> {
        let projection = self.projection()?;
        let scene = projection.stage().scene(at, loss);
        let screen = projection.screen(&scene);
        let shown = (0.0..=HeightScale::TOP).contains(&scene.z) && screen.x.is_finite() && screen.y.is_finite();
        let seen = self.buffers.depth(screen.x, screen.y).is_none_or(|depth| screen.z <= depth + SIGHT);
        shown.then_some((screen.x, screen.y, seen))
    }
}
