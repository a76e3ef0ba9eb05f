//! A small picture of a landscape for the picker: shades and contour lines, painted once for each theme.

use egui::{Color32, ColorImage, Id, TextureHandle, TextureId, TextureOptions, Ui, Vec2, vec2};

use crate::drawing::height_field::HeightField;
use crate::drawing::ink::{Ink, Theme, loss_color};
use crate::landscapes::{Entry, Landscape, ViewBox};
use crate::numbers::Point;
use crate::ui::theme::{color, theme_of};

/// Its size on the screen at normal type, in points.
pub const SIZE: Vec2 = vec2(84.0, 63.0);
/// Columns and rows of samples: two a point, for sharp lines.
const SAMPLES: [usize; 2] = [168, 126];
/// Thumbnails painted in one frame at most; the others follow in the next.
const A_FRAME: u32 = 8;

/// The picture of a landscape of the catalog; `None` until its turn has come, when another frame is asked for.
pub fn thumbnail(ui: &Ui, entry: &'static Entry) -> Option<TextureId> {
    let theme = theme_of(ui.style());
    let id = Id::unique("thumbnail").with((entry.id, theme));
    if let Some(texture) = ui.data(|data| data.get_temp::<TextureHandle>(id)) {
        return Some(texture.id());
    }
    if !has_room(ui) {
        ui.ctx().request_repaint();
        return None;
    }
    let texture = ui.ctx().load_texture(entry.id, picture(&Landscape::of(entry), theme), TextureOptions::LINEAR);
    let painted = texture.id();
    ui.data_mut(|data| data.insert_temp(id, texture));
    Some(painted)
}

/// Whether this frame may paint one more.
fn has_room(ui: &Ui) -> bool {
    let id = Id::unique("thumbnails painted");
    let frame = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let painted = data.get_temp_mut_or(id, (frame, 0_u32));
        if painted.0 != frame {
            *painted = (frame, 0);
        }
        painted.1 += 1;
        painted.1 <= A_FRAME
    })
}

fn picture(landscape: &Landscape, theme: Theme) -> ColorImage {
    if landscape.dimension().is_one() {
        return curve(landscape, theme);
    }
    let field = HeightField::sample(landscape, fitted(landscape.domain()), SAMPLES);
    let [columns, rows] = SAMPLES;
    let pixels = (0..rows).rev().flat_map(|row| (0..columns).map(move |column| [column, row]));
    ColorImage::new(SAMPLES, pixels.map(|place| pixel(&field, place, theme)).collect())
}

/// A loss of one weight as a curve.
fn curve(landscape: &Landscape, theme: Theme) -> ColorImage {
    /// Padding above and below, in samples.
    const FREE: f64 = 12.0;
    /// Half the width of the line, in samples.
    const HALF: f64 = 1.8;
    let [columns, rows] = SAMPLES;
    let view = landscape.domain();
    let place = |column: usize| view.x[0] + view.width() * column as f64 / (columns - 1) as f64;
    let value = |column: usize| landscape.loss().value(Point::new(place(column), 0.0));
    let heights: Vec<f64> = (0..=columns).map(value).collect();
    let finite = || heights.iter().copied().filter(|height| height.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let unit = (rows as f64 - 2.0 * FREE) / (high - low);
    let row_of = |height: f64| FREE + (high - height) * unit;
    let ground = color(loss_color(theme, 0.0));
    let line = color(Ink::Truth.line(theme));
    let pixels = (0..rows).flat_map(|row| (0..columns).map(move |column| [column, row]));
    let pixel = |[column, row]: [usize; 2]| {
        let [from, to] = [row_of(heights[column]), row_of(heights[column + 1])];
        let is_on = (from.min(to) - HALF..=from.max(to) + HALF).contains(&(row as f64));
        if is_on { line } else { ground }
    };
    ColorImage::new(SAMPLES, pixels.map(pixel).collect())
}

/// The box, and around it what fills the picture at one scale for both axes.
fn fitted(view: ViewBox) -> ViewBox {
    let scale = (view.width() / SAMPLES[0] as f64).max(view.height() / SAMPLES[1] as f64);
    let [x, y] = SAMPLES.map(|side| side as f64 * scale / 2.0);
    let center = view.center();
    ViewBox::new(center.x - x, center.x + x, center.y - y, center.y + y)
}

/// The shade of a sample, or a line's color where the sample right of it or above lies across a level.
fn pixel(sampled: &HeightField, [column, row]: [usize; 2], theme: Theme) -> Color32 {
    let [columns, rows] = sampled.grid.size;
    let value = |column: usize, row: usize| sampled.grid.values[row * columns + column];
    let here = value(column, row);
    if !here.is_finite() {
        return Color32::TRANSPARENT;
    }
    // Every other line: as many as the map has would run together.
    let band = |value: f64| sampled.levels.partition_point(|level| *level < value) / 2;
    let crossed = band(here) != band(value((column + 1).min(columns - 1), row))
        || band(here) != band(value(column, (row + 1).min(rows - 1)));
    let shade = color(loss_color(theme, sampled.shade(here)));
    if crossed { shade.lerp_to_gamma(color(Ink::Contour.line(theme)), 0.6) } else { shade }
}
