//! Small rules of ink: laying one color over another, contour lines, stripes.

use super::scene::Rgb;

/// Lays a color over a premultiplied pixel with a coverage from 0 to 1; what is not a number covers nothing.
pub(super) fn over(pixel: &mut [u8; 4], color: Rgb, coverage: f32) {
    let share = (coverage.clamp(0.0, 1.0) * 256.0) as i32;
    for (below, above) in pixel.iter_mut().zip([color[0], color[1], color[2], 255]) {
        let (from, to) = (i32::from(*below), i32::from(above));
        *below = (from + (((to - from) * share + 128) >> 8)) as u8;
    }
}

/// A color made brighter or darker.
pub(super) fn lit(color: Rgb, light: f32) -> [u8; 4] {
    let [r, g, b] = color.map(|channel| (f32::from(channel) * light) as u8);
    [r, g, b, 255]
}

/// How much of a pixel an edge leaves covered whose distance is given in pixels, negative inside.
pub(super) fn coverage(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

/// How much ink a pixel gets from lines where a quantity takes one of the ascending `levels`; its slope is per pixel.
/// Where lines crowd they fade instead of growing into a blot.
pub(super) fn lines(levels: &[f32], value: f32, slope: f32, width: f32) -> f32 {
    let above = levels.partition_point(|&level| level < value);
    let near = |index: usize| levels.get(index).map_or(f32::INFINITY, |&level| (level - value).abs() / slope);
    let (left, right) = (above.checked_sub(1).map_or(f32::INFINITY, near), near(above));
    let room = ((left + right) / (4.0 * width)).min(1.0);
    coverage(left.min(right) - width / 2.0) * if room.is_nan() { 1.0 } else { room }
}

/// The levels that can leave ink on a triangle, with one more on either side to tell how they crowd; none if there is no ink.
pub(super) fn near(levels: &[f32], (least, most): (f32, f32), margin: f32) -> &[f32] {
    let first = levels.partition_point(|&level| level < least - margin);
    let last = levels.partition_point(|&level| level <= most + margin);
    if first < last { &levels[first.saturating_sub(1)..(last + 1).min(levels.len())] } else { &[] }
}

/// What remains of a length after whole periods, from 0 to the period: `rem_euclid`, but much faster, for lengths on a screen.
pub(super) fn wrapped(length: f32, period: f32) -> f32 {
    let turns = length / period;
    let rest = turns - turns as i32 as f32;
    period * if rest < 0.0 { rest + 1.0 } else { rest }
}

/// Diagonal stripes on the screen.
#[derive(Clone, Copy)]
pub(super) struct Stripes {
    across: f32,
    down: f32,
    period: f32,
}

impl Stripes {
    /// Stripes rising at an angle in degrees, one every `period` pixels.
    pub(super) fn new(degrees: f32, period: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { across: sin, down: cos, period }
    }

    /// The coverage of a pixel by a stripe that takes two fifths of the period.
    pub(super) fn at(&self, column: usize, row: usize) -> f32 {
        let place = wrapped(column as f32 * self.across + row as f32 * self.down, self.period);
        coverage((place - self.period / 2.0).abs() - self.period * 0.2)
    }
}
