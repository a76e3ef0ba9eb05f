//! A long run as the strokes that can be seen of it: what crosses only pixels that are covered already is left out, and so is
//! what would fill a place with ink until nothing else is seen there. (Of a zigzag of any length, `sparse.rs` thins the strokes.)

mod tiles;

use tiles::Tiles;

use super::page_scale::PageScale;
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::run::{Iterate, Run};

/// Shorter runs are drawn as they are.
pub const VERY_MANY: usize = 4000;
/// Strokes drawn with cells of one size; then the cells are twice as large. It bounds the strokes of a run that fills the
/// view: there are as many sizes as halve the view down to this many cells.
const PER_SIZE: usize = 600;
/// A stroke is drawn if it ends in a new cell or at least one in this many of its cells is new.
const NEW_SHARE: usize = 8;
/// More cells along a side are never asked for, however large the screen is.
const MOST_CELLS: usize = 4096;
/// Between strokes that do not join.
const BREAK: Point = Point::new(f64::NAN, f64::NAN);

/// What is to be seen of a run in a view, found once and continued as the run grows.
///
/// Strokes stand in the order of their steps, so what is past at some step is a prefix. What is left out after it runs over
/// what is drawn before it, so prefix and rest together always show the whole run.
pub struct Thinned {
    run: u64,
    cells: Cells,
    tiles: Tiles,
    /// Iterates that were looked at.
    seen: usize,
    /// The first iterate in the present cell, and that cell.
    last: Option<(usize, [i64; 2])>,
    /// Corners of the strokes; places that are not numbers separate lines.
    places: Vec<Point>,
    /// The step of each of these.
    steps: Vec<u32>,
    /// Strokes drawn with cells of the present size.
    drawn: usize,
}

impl Thinned {
    /// Nothing yet of a run, for a view in which a point of `cell` is what can be distinguished.
    pub fn new(run: &Run, view: ViewBox, cell: PageScale) -> Self {
        Self {
            run: run.serial(),
            cells: Cells::new(view, cell),
            tiles: Tiles::new(view, largest(cell, view)),
            seen: 0,
            last: None,
            places: Vec::new(),
            steps: Vec::new(),
            drawn: 0,
        }
    }

    /// All of what there is of a run.
    pub fn of(run: &Run, view: ViewBox, cell: PageScale) -> Self {
        let mut thinned = Self::new(run, view, cell);
        thinned.advance(run.iterates(), usize::MAX);
        thinned
    }

    /// Whether it is of this run.
    pub fn is_of(&self, run: &Run) -> bool {
        self.run == run.serial()
    }

    /// Whether it is for this view, at this fineness.
    fn is_for(&self, view: ViewBox, cell: PageScale) -> bool {
        self.cells.view == view && self.cells.finest == cell
    }

    /// Goes on until about `budget` iterates and cells were looked at; what is left of the budget.
    fn advance(&mut self, iterates: &[Iterate], mut budget: usize) -> usize {
        while self.seen < iterates.len() && budget > 0 {
            let index = self.seen;
            budget = budget.saturating_sub(1 + self.look_at(iterates, index));
            self.seen += 1;
        }
        budget
    }

    /// Adds the stroke to an iterate if something new is seen of it; how many cells were looked at.
    fn look_at(&mut self, iterates: &[Iterate], index: usize) -> usize {
        let at = iterates[index].at;
        let cell = self.cells.cell_of(at);
        let Some((from, before)) = self.last else {
            self.last = Some((index, cell));
            self.push(index, at);
            return 0;
        };
        if before == cell {
            return 0;
        }
        self.last = Some((index, cell));
        let start = iterates[from].at;
        let Some(ends) = self.cells.view.cut(start, at) else { return 0 };
        let (new, all, ends_anew) = self.cells.count(ends);
        let adds_nothing = !ends_anew && new * NEW_SHARE < all;
        if adds_nothing || self.tiles.are_full(ends) {
            return all;
        }
        self.cells.cover(ends);
        self.tiles.draw(ends);
        if self.steps.last().is_none_or(|step| *step as usize != from) {
            self.push(from, BREAK);
            self.push(from, start);
        }
        self.push(index, at);
        self.drawn += 1;
        if self.drawn >= PER_SIZE && self.cells.len() > PER_SIZE {
            self.drawn = 0;
            self.cells.coarsen();
            self.last = Some((index, self.cells.cell_of(at)));
        }
        all
    }

    fn push(&mut self, step: usize, at: Point) {
        self.places.push(at);
        self.steps.push(step as u32);
    }

    /// The corners of what is drawn up to a step.
    pub fn past(&self, step: usize) -> &[Point] {
        &self.places[..self.split(step)]
    }

    /// The corners of what is drawn after it.
    pub fn future(&self, step: usize) -> &[Point] {
        // The stroke that leads on begins at the last corner of the past.
        &self.places[self.split(step).saturating_sub(1)..]
    }

    fn split(&self, step: usize) -> usize {
        self.steps.partition_point(|other| *other as usize <= step)
    }

    /// All corners.
    pub fn places(&self) -> &[Point] {
        &self.places
    }
}

/// Runs as they are seen in one view, kept from frame to frame.
#[derive(Default)]
pub struct Thinner {
    shown: Vec<Thinned>,
    /// The runs for the view as it is now, while they are incomplete: until then those of the view before are shown.
    next: Vec<Thinned>,
    has_begun: bool,
}

impl Thinner {
    /// Brings them up to date with the long ones among the runs, as far as a budget reaches, in iterates and cells that are
    /// looked at; true while there is more to do.
    ///
    /// The first picture of all is whole at once: it may be the only one.
    pub fn follow<'a>(
        &mut self,
        runs: impl Iterator<Item = &'a Run> + Clone,
        view: ViewBox,
        cell: PageScale,
        budget: usize,
    ) -> bool {
        let long = runs.filter(|run| run.iterates().len() >= VERY_MANY);
        let is_wanted = |thinned: &Thinned| long.clone().any(|run| thinned.is_of(run));
        self.shown.retain(is_wanted);
        self.next.retain(|thinned| is_wanted(thinned) && thinned.is_for(view, cell));
        let mut budget = if self.has_begun { budget } else { usize::MAX };
        self.has_begun = true;
        let mut is_whole = true;
        for run in long {
            let place = place_of(&mut self.shown, run, view, cell);
            if self.shown[place].is_for(view, cell) {
                budget = self.shown[place].advance(run.iterates(), budget);
                is_whole &= self.shown[place].seen == run.iterates().len();
                continue;
            }
            let next = place_of(&mut self.next, run, view, cell);
            budget = self.next[next].advance(run.iterates(), budget);
            if self.next[next].seen == run.iterates().len() {
                self.shown[place] = self.next.swap_remove(next);
            } else {
                is_whole = false;
            }
        }
        !is_whole
    }

    /// Those that can be drawn.
    pub fn shown(&self) -> &[Thinned] {
        &self.shown
    }
}

/// Where a run stands in a list, at its end and not begun if it was not there.
fn place_of(list: &mut Vec<Thinned>, run: &Run, view: ViewBox, cell: PageScale) -> usize {
    list.iter().position(|thinned| thinned.is_of(run)).unwrap_or_else(|| {
        list.push(Thinned::new(run, view, cell));
        list.len() - 1
    })
}

/// The cells of a size, or as large as that a view has no more than [`MOST_CELLS`] along a side.
fn largest(cell: PageScale, view: ViewBox) -> PageScale {
    cell.times((cell.size(view) / MOST_CELLS as f64).max(1.0))
}

/// Which cells of a view are covered.
struct Cells {
    view: ViewBox,
    /// The cells at first.
    finest: PageScale,
    /// The cells now.
    scale: PageScale,
    columns: usize,
    rows: usize,
    bits: Vec<u64>,
}

impl Cells {
    fn new(view: ViewBox, finest: PageScale) -> Self {
        let mut cells = Self { view, finest, scale: largest(finest, view), columns: 0, rows: 0, bits: Vec::new() };
        cells.size();
        cells
    }

    /// Makes as many cells as cover the view, none of them marked.
    fn size(&mut self) {
        [self.columns, self.rows] =
            self.position(Point::new(self.view.x[1], self.view.y[1])).map(|side| side as usize + 1);
        self.bits = vec![0; self.len().div_ceil(64)];
    }

    fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// Cells twice as large; one is covered where any of its parts was.
    fn coarsen(&mut self) {
        let (columns, bits) = (self.columns, std::mem::take(&mut self.bits));
        self.scale = self.scale.times(2.0);
        self.size();
        for place in (0..bits.len()).flat_map(|word| (0..64).map(move |bit| 64 * word + bit)) {
            if bits[place / 64] >> (place % 64) & 1 == 1 {
                let larger = (place / columns / 2) * self.columns + place % columns / 2;
                self.bits[larger / 64] |= 1 << (larger % 64);
            }
        }
    }

    /// The cell in which a point lies, inside the view or not.
    fn cell_of(&self, at: Point) -> [i64; 2] {
        self.position(at).map(|place| place.floor() as i64)
    }

    /// A point in columns and rows from the corner of the view.
    fn position(&self, at: Point) -> [f64; 2] {
        self.scale.on_page(at - Point::new(self.view.x[0], self.view.y[0])).into()
    }

    /// The places of the cells along a segment inside the view.
    fn along(&self, [from, to]: [Point; 2]) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns, self.rows);
        let start = self.position(from);
        let way = self.scale.on_page(to - from);
        let longest = way[0].abs().max(way[1].abs()).min(2.0 * MOST_CELLS as f64);
        let count = longest.ceil() as usize;
        let share = if count > 0 { 1.0 / count as f64 } else { 0.0 };
        (0..=count).map(move |index| {
            let along = index as f64 * share;
            // Casts saturate, so what rounding puts outside lies in the nearest cell.
            let column = ((start[0] + way[0] * along) as usize).min(columns - 1);
            let row = ((start[1] + way[1] * along) as usize).min(rows - 1);
            row * columns + column
        })
    }

    /// How many of the cells along a segment are not covered, how many there are, and whether the last one is not.
    fn count(&self, ends: [Point; 2]) -> (usize, usize, bool) {
        let is_new = |place: usize| self.bits[place / 64] >> (place % 64) & 1 == 0;
        self.along(ends).fold((0, 0, false), |(new, all, _), place| {
            let here = is_new(place);
            (new + usize::from(here), all + 1, here)
        })
    }

    fn cover(&mut self, ends: [Point; 2]) {
        for place in self.along(ends) {
            self.bits[place / 64] |= 1 << (place % 64);
        }
    }
}

#[cfg(test)]
mod tests;
