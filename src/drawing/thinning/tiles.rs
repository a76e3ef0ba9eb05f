//! How much ink lies where: tiles of some points, each of which takes only so much that what is under it is still seen.

use crate::drawing::page_scale::PageScale;
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector};

/// The side of a tile, in cells of the finest size: in points on the map.
pub(super) const TILE: f64 = 8.0;
/// The length of stroke that a tile takes, in the same unit: strokes that only end in it pass over others on their way, so
/// that more than half of it is covered then.
const ROOM: f32 = 6.0;
/// The length that a tile takes of short strokes: a smooth path, which is made of these, crosses a tile whole.
const ROOM_FOR_SHORT: f32 = 13.0;
/// What the mark at the end of a stroke adds to its length.
const MARK: f32 = 3.0;
/// A stroke no longer than this, in points, has no mark at its end: such strokes are the pieces of one line.
const SHORT: f64 = 3.0;
/// A stroke is left out if it ends in or beside a tile with ink, and this share of it lies in full tiles.
const FULL: f64 = 0.5;
/// Places looked at along a stroke, at most.
const LOOKS: f64 = 400.0;

/// The ink in the tiles of a view.
pub(super) struct Tiles {
    view: ViewBox,
    /// A tile as a point of a page.
    tile: PageScale,
    columns: usize,
    rows: usize,
    ink: Vec<f32>,
}

impl Tiles {
    /// No ink yet, for cells of a size.
    pub(super) fn new(view: ViewBox, cell: PageScale) -> Self {
        let tile = cell.times(TILE);
        let sides = tile.on_page(Vector::new(view.width(), view.height()));
        let [columns, rows] = [sides.x, sides.y].map(|side| side as usize + 1);
        Self { view, tile, columns, rows, ink: vec![0.0; columns * rows] }
    }

    /// The tile of a place inside the view.
    fn place(&self, at: Point) -> usize {
        // Casts saturate, so what rounding puts outside lies in the nearest tile.
        let place = self.tile.on_page(at - Point::new(self.view.x[0], self.view.y[0]));
        let column = (place.x as usize).min(self.columns - 1);
        let row = (place.y as usize).min(self.rows - 1);
        row * self.columns + column
    }

    /// Places along a stroke, about four in a tile, and the length each stands for, in cells.
    fn along(&self, [from, to]: [Point; 2]) -> (impl Iterator<Item = Point> + use<>, f32) {
        let way = to - from;
        let length = self.tile.length(way);
        let count = (4.0 * length).ceil().clamp(1.0, LOOKS);
        let place = move |index: usize| from + way * ((index as f64 + 0.5) / count);
        ((0..count as usize).map(place), (TILE * length / count) as f32)
    }

    fn is_short(&self, ends: [Point; 2]) -> bool {
        self.tile.distance(ends[0], ends[1]) <= SHORT / TILE
    }

    /// Whether a stroke would only cover what is covered enough.
    pub(super) fn are_full(&self, ends: [Point; 2]) -> bool {
        let room = if self.is_short(ends) { ROOM_FOR_SHORT } else { ROOM };
        let is_full = |at: Point| self.ink[self.place(at)] >= room;
        if self.is_untouched(ends[1]) {
            return false;
        }
        let (places, _) = self.along(ends);
        let (full, all) = places.fold((0, 0), |(full, all), at| (full + i32::from(is_full(at)), all + 1));
        f64::from(full) >= FULL * f64::from(all)
    }

    /// Whether there is no ink in the tile of a place nor in those around it: a run that comes there is seen to.
    fn is_untouched(&self, at: Point) -> bool {
        let (row, column) = (self.place(at) / self.columns, self.place(at) % self.columns);
        let near = |at: usize, count: usize| at.saturating_sub(1)..(at + 2).min(count);
        let mut around =
            near(row, self.rows).flat_map(|row| near(column, self.columns).map(move |column| (row, column)));
        around.all(|(row, column)| self.ink[row * self.columns + column] == 0.0)
    }

    /// Draws a stroke; how many places were looked at.
    pub(super) fn draw(&mut self, ends: [Point; 2]) -> usize {
        let (places, length) = self.along(ends);
        let mut looked_at = 0;
        for at in places {
            let place = self.place(at);
            self.ink[place] += length;
            looked_at += 1;
        }
        if !self.is_short(ends) {
            let end = self.place(ends[1]);
            self.ink[end] += MARK;
        }
        looked_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_takes_a_few_strokes_and_no_more() {
        let mut tiles = Tiles::new(ViewBox::square(400.0), PageScale::equal(1.0));
        let stroke = |y: f64| [Point::new(-20.0, y), Point::new(20.0, y + 3.0)];
        let mut drawn = 0;
        for index in 0..100 {
            let ends = stroke(f64::from(index % 8) * 0.5);
            if !tiles.are_full(ends) {
                tiles.draw(ends);
                drawn += 1;
            }
        }
        assert!((1..=6).contains(&drawn), "{drawn} strokes over one row of tiles");
        assert!(!tiles.are_full(stroke(100.0)), "elsewhere there is room");
        assert!(!tiles.are_full([Point::new(0.0, 0.0), Point::new(0.0, 300.0)]), "and for what leads there");
    }

    #[test]
    fn a_path_in_small_steps_is_not_interrupted() {
        let mut tiles = Tiles::new(ViewBox::square(400.0), PageScale::equal(1.0));
        let place = |index: i32| Point::new(-300.0 + 0.7 * f64::from(index), 0.5 * f64::from(index));
        for index in 0..700 {
            let ends = [place(index), place(index + 1)];
            assert!(!tiles.are_full(ends), "step {index}");
            tiles.draw(ends);
        }
    }
}
