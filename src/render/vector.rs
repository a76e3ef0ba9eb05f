//! What a frame of the interface paints, as a page of paths and letters instead of triangles.
//!
//! Where there is no path for something (textures, colors that run into each other), the page has a picture of it, painted by
//! the same painter as every other picture.

mod meshes;
mod paths;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use egui::epaint::ClippedShape;
use egui::{Context, Rect, Shape, Ui, Vec2};

use super::painter::{PaintError, Settled, settled};
use crate::drawing::compose::DrawnChart;
use crate::drawing::vector_page::{Item, Mark, Pixels, Rgba, VectorPage, bounds};
use words::Faces;

/// Lets the views of an interface hand over lines and areas as paths and not as triangles.
fn ask_for_paths(context: &Context) {
    context.data_mut(|data| data.insert_temp(asked(), true));
}

/// Whether lines and areas are wanted as paths.
pub(super) fn wants_paths(context: &Context) -> bool {
    context.data(|data| data.get_temp::<bool>(asked())).unwrap_or_default()
}

fn asked() -> egui::Id {
    egui::Id::unique("paths are asked for")
}

/// Runs an interface without a window until it has settled, as [`super::painter::picture`] does, and makes a page of it.
///
/// `pixels_per_point` is how fine the pictures are on it.
///
/// # Errors
/// As for a picture.
pub fn page(
    size: Vec2,
    pixels_per_point: f32,
    title: String,
    ui: impl FnMut(&mut Ui),
) -> Result<VectorPage, PaintError> {
    let settled = settled(size, pixels_per_point, ask_for_paths, ui)?;
    let shapes = settled.shapes.clone();
    let mut converter = Converter { faces: Faces::of(&settled.context), settled, items: Vec::new() };
    // What is only moved while it is animated has arrived.
    for ClippedShape { clip_rect, shape, .. } in shapes {
        converter.push_shape(shape, clip_rect)?;
    }
    let ground = straight(converter.settled.context.global_style().visuals.panel_fill);
    Ok(VectorPage { size, ground, title, faces: converter.faces.into_used(), items: converter.items })
}

/// The flat charts of an interface that has settled, in the order of their names, for those who draw them in their own way.
///
/// # Errors
/// As for a picture.
pub fn charts(size: Vec2, ui: impl FnMut(&mut Ui)) -> Result<Vec<DrawnChart>, PaintError> {
    let settled = settled(size, 1.0, ask_for_paths, ui)?;
    let drawn = settled.context.data(|data| data.get_temp::<Charts>(asked())).unwrap_or_default();
    Ok(drawn.into_values().collect())
}

/// The charts of a frame by the names of their views.
type Charts = BTreeMap<&'static str, DrawnChart>;

/// Stores a chart for [`charts`].
pub(super) fn keep(context: &Context, chart: DrawnChart) {
    context.data_mut(|data| data.get_temp_mut_or_default::<Charts>(asked()).insert(chart.id, chart));
}

/// A color of egui's without its premultiplication.
fn straight(color: egui::Color32) -> Rgba {
    color.to_srgba_unmultiplied()
}

/// The page as far as it has come.
struct Converter {
    settled: Settled,
    faces: Faces,
    items: Vec<Item>,
}

impl Converter {
    fn push_shape(&mut self, shape: Shape, clip: Rect) -> Result<(), PaintError> {
        let page = Rect::from_min_size(egui::Pos2::ZERO, self.settled.size);
        let seen = clip.intersect(page);
        if !seen.is_positive() {
            return Ok(());
        }
        match shape {
            Shape::Vec(shapes) => return shapes.into_iter().try_for_each(|shape| self.push_shape(shape, clip)),
            Shape::Text(text) => {
                for words in self.faces.words(&text, self.settled.pixels_per_point) {
                    let room = text.visual_bounding_rect();
                    self.push(Mark::Words(words), room, seen);
                }
            }
            Shape::Mesh(mesh) => match meshes::outline(&mesh) {
                Some(mark) => self.push_path(mark, seen),
                None => self.push_painted(Shape::Mesh(mesh), seen)?,
            },
            Shape::Rect(rect) if rect.brush.is_some() || rect.blur_width > 0.0 || rect.angle != 0.0 => {
                self.push_painted(Shape::Rect(rect), seen)?;
            }
            Shape::Band(_) | Shape::Callback(_) => self.push_painted(shape, seen)?,
            plain => paths::marks(plain, self.settled.pixels_per_point)
                .into_iter()
                .for_each(|mark| self.push_path(mark, seen)),
        }
        Ok(())
    }

    fn push_path(&mut self, mark: Mark, seen: Rect) {
        let Mark::Path { path, stroke, .. } = &mark else { return };
        let Some(room) = bounds(path) else { return };
        // A line that turns sharply reaches farther than half its width.
        let room = room.expand(stroke.map_or(0.0, |stroke| 2.0 * stroke.width));
        self.push(mark, room, seen);
    }

    /// A mark that lies in this room and is seen in this part of the page; one that is not seen is left out.
    fn push(&mut self, mark: Mark, room: Rect, seen: Rect) {
        if room.intersects(seen) {
            let clip = (!seen.contains_rect(room)).then_some(seen);
            if let Some(last) = self.items.last_mut().filter(|last| last.clip == clip)
                && continues(&mut last.mark, &mark)
            {
                return;
            }
            self.items.push(Item { clip, mark });
        }
    }

    /// A shape as a picture of the part that is seen of it.
    fn push_painted(&mut self, shape: Shape, seen: Rect) -> Result<(), PaintError> {
        let room = shape.visual_bounding_rect().intersect(seen);
        if !room.is_positive() {
            return Ok(());
        }
        if let Some(Pixels { at, size, rgba }) = self.settled.painted(shape, room)? {
            self.items.push(Item { clip: None, mark: Mark::Picture(Pixels { at, size, rgba }) });
        }
        Ok(())
    }
}

/// Whether a mark is more of the line before, as the strokes of a dashed one are: it has become part of it then.
fn continues(last: &mut Mark, next: &Mark) -> bool {
    let (Mark::Path { path: line, fill: None, stroke: Some(old) }, Mark::Path { path, fill: None, stroke: Some(new) }) =
        (last, next)
    else {
        return false;
    };
    let is_same = old == new && path.len() == 2;
    if is_same {
        line.extend_from_slice(path);
    }
    is_same
}
