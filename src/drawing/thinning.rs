//! A long run as the strokes that can be seen of it: what crosses only pixels that are covered already is left out, and so is
//! what would fill a place with ink until nothing else is seen there.

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
    /// Nothing yet of a run, for a view in which a point of `cell` is what can be told apart.
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
    /// The same for the view as it is now, while they are not whole: until then those of the view before are shown.
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

    /// As many cells as cover the view, none of them covered.
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
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::Choice;
    use crate::run::Recipe;

    fn run(landscape: &str, optimizer: &str, start: [f64; 2], steps: usize) -> Run {
        let recipe = Recipe::new(Choice::parse(optimizer).unwrap(), Point::from(start), steps);
        Run::of(&Landscape::parse(landscape).unwrap(), &recipe)
    }

    fn corners(places: &[Point]) -> usize {
        places.iter().filter(|place| place.x.is_finite()).count()
    }

    /// Whatever a run does, what is drawn of it is bounded by the pixels of the view, and a longer run has hardly more.
    #[test]
    fn strokes_are_bounded_by_the_pixels_and_not_by_the_steps() {
        for (landscape, optimizer, start) in [
            ("ackley", "gd", [2.0, 1.0]),
            ("ackley", "momentum:lr=0.02,beta=0.95", [2.0, 1.0]),
            ("rastrigin", "gd:lr=0.02", [2.0, 1.0]),
            ("himmelblau", "gd_normalized:lr=0.5", [0.15, 0.35]),
            ("himmelblau", "gd:lr=0.03,noise=3", [0.15, 0.35]),
            ("rosenbrock", "gd:lr=0.001", [-1.2, 1.0]),
        ] {
            let run = run(landscape, optimizer, start, 100_000);
            let view = run.landscape().view();
            for across in [300.0, 600.0, 1200.0] {
                let cell = view.size() / across;
                let sizes = ((across * across / PER_SIZE as f64).log2() / 2.0).ceil() + 1.0;
                let most = (sizes * 2.0 * PER_SIZE as f64) as usize;
                let mut thinned = Thinned::new(&run, view, PageScale::equal(cell));
                thinned.advance(&run.iterates()[..run.iterates().len().min(20_000)], usize::MAX);
                let early = corners(thinned.places());
                thinned.advance(run.iterates(), usize::MAX);
                let all = corners(thinned.places());
                assert!(all <= most, "{optimizer} on {landscape}, {across} pixels: {all} corners, at most {most}");
                assert!(early <= all && early > 1, "{optimizer} on {landscape}: {early} of {all}");
            }
        }
    }

    #[test]
    fn every_iterate_in_view_lies_near_what_is_drawn() {
        for (landscape, optimizer) in [
            ("himmelblau", "momentum:lr=0.001"),
            ("himmelblau", "gd_normalized:lr=0.5"),
            ("ackley", "gd:lr=0.01"),
            ("rosenbrock", "gd:lr=0.001"),
        ] {
            let run = run(landscape, optimizer, [0.15, 0.35], 20_000);
            let view = run.landscape().view();
            let cell = view.size() / 600.0;
            let thinned = Thinned::of(&run, view, PageScale::equal(cell));
            // Or in a tile that has its ink.
            let reach = (1.5 * thinned.cells.scale.units().x).max(cell * tiles::TILE * std::f64::consts::SQRT_2);
            let lines: Vec<[Point; 2]> = thinned.places.windows(2).map(|pair| [pair[0], pair[1]]).collect();
            let distance = |at: Point, [from, to]: [Point; 2]| {
                let way = to - from;
                let share = ((at - from).dot(&way) / way.norm_squared().max(1e-300)).clamp(0.0, 1.0);
                (from + way * share - at).norm()
            };
            for iterate in run.iterates().iter().step_by(17).filter(|iterate| view.contains(iterate.at)) {
                let near = lines.iter().any(|line| distance(iterate.at, *line) < reach)
                    || thinned.places.iter().any(|place| (place - iterate.at).norm() < reach);
                assert!(near, "{optimizer} on {landscape}: {} is drawn", iterate.at);
            }
        }
    }

    /// A run that stays in one place for a million steps leaves the loss under it visible: a stroke is about two points wide.
    #[test]
    fn no_place_is_filled_with_ink() {
        for (landscape, optimizer) in [
            ("himmelblau", "gd:lr=0.01,noise=10"),
            ("himmelblau", "gd:lr=0.03,noise=3"),
            ("himmelblau", "langevin:temperature=20"),
            ("ackley", "momentum:lr=0.02,beta=0.95"),
            ("ackley", "gd:lr=0.3"),
        ] {
            let run = run(landscape, optimizer, [0.15, 0.35], 60_000);
            let view = run.landscape().view();
            let cell = view.size() / 500.0;
            let thinned = Thinned::of(&run, view, PageScale::equal(cell));
            // The points of the view within one point of a stroke.
            let side = 500;
            let mut covered = vec![false; side * side];
            let column = |value: f64, low: f64| ((value - low) / cell) as usize;
            for ends in thinned.places.windows(2).filter(|ends| ends.iter().all(|end| end.x.is_finite())) {
                let count = ((ends[1] - ends[0]).norm() / (0.5 * cell)).ceil().max(1.0);
                for index in 0..=count as usize {
                    let at = ends[0] + (ends[1] - ends[0]) * (index as f64 / count);
                    for [x, y] in [[0.0, 0.0], [cell, 0.0], [0.0, cell], [cell, cell]] {
                        let [column, row] = [column(at.x + x, view.x[0]), column(at.y + y, view.y[0])];
                        if column < side && row < side {
                            covered[row * side + column] = true;
                        }
                    }
                }
            }
            // The darkest place as large as a fingertip.
            let wide = 40;
            let share = |[x, y]: [usize; 2]| {
                let rows = (y..y + wide).map(|row| &covered[row * side + x..row * side + x + wide]);
                let count: usize = rows.map(|row| row.iter().filter(|point| **point).count()).sum();
                count as f64 / (wide * wide) as f64
            };
            let places = (0..side - wide).step_by(10).flat_map(|y| (0..side - wide).step_by(10).map(move |x| [x, y]));
            let darkest = places.map(share).fold(0.0, f64::max);
            assert!(darkest < 0.9, "{optimizer} on {landscape}: {darkest:.2} of a place is covered");
            assert!(darkest > 0.1, "{optimizer} on {landscape}: it is to be seen, {darkest:.2}");
        }
    }

    /// What is seen of a run across the short side of a box does not depend on how long the other side is.
    #[test]
    fn a_run_is_drawn_across_the_short_side_of_a_slim_box() {
        let run = run("formula:x^2+y^2", "gd:lr=0.3,noise=2", [0.5, 0.5], 6_000);
        let places = |view: ViewBox| Thinned::of(&run, view, PageScale::filling(view, [400.0, 300.0])).places;
        let square = corners(&places(ViewBox::square(3.0)));
        for side in [1e2, 1e4, 1e6] {
            for view in [ViewBox::new(-3.0, 3.0, -side, side), ViewBox::new(-side, side, -3.0, 3.0)] {
                let slim = corners(&places(view));
                assert!(slim > square / 40, "{view:?}: {slim} corners, {square} in a square");
            }
        }
    }

    #[test]
    fn past_and_future_are_all_and_do_not_depend_on_how_the_run_grew() {
        let run = run("ackley", "gd", [2.0, 1.0], 30_000);
        let (view, cell) = (run.landscape().view(), run.landscape().view().size() / 500.0);
        let whole = Thinned::of(&run, view, PageScale::equal(cell));
        let mut grown = Thinned::new(&run, view, PageScale::equal(cell));
        for end in (0..run.iterates().len()).step_by(777).chain([run.iterates().len()]) {
            while grown.seen < end {
                grown.advance(&run.iterates()[..end], 100);
            }
        }
        assert_eq!(grown.steps, whole.steps, "the same strokes");
        for step in [0, 1, 1000, 29_999, 30_000] {
            let (past, future) = (whole.past(step), whole.future(step));
            assert_eq!(past.len() + future.len(), whole.places.len() + usize::from(!past.is_empty()), "at {step}");
            assert!(whole.steps[..past.len()].iter().all(|past| *past as usize <= step), "nothing to come at {step}");
        }
    }

    #[test]
    fn another_view_is_looked_at_within_its_budget_and_the_last_one_is_shown_meanwhile() {
        let runs = [run("ackley", "gd", [2.0, 1.0], 30_000), run("bowl", "gd:lr=0.1", [2.0, 1.0], 10)];
        let view = runs[0].landscape().view();
        let mut thinner = Thinner::default();
        assert!(!thinner.follow(runs.iter(), view, PageScale::equal(0.02), 1000), "at first all at once");
        assert_eq!(thinner.shown().len(), 1, "short runs are drawn as they are");
        let before = thinner.shown()[0].steps.clone();
        let nearer = ViewBox::new(view.x[0] / 2.0, view.x[1] / 2.0, view.y[0] / 2.0, view.y[1] / 2.0);
        let mut frames = 0;
        while thinner.follow(runs.iter(), nearer, PageScale::equal(0.01), 50_000) {
            assert_eq!(thinner.shown()[0].steps, before, "those of the view before");
            frames += 1;
        }
        assert!(frames > 1, "in several frames: {frames}");
        assert_eq!(
            thinner.shown()[0].steps,
            Thinned::of(&runs[0], nearer, PageScale::equal(0.01)).steps,
            "then those of the view"
        );
        assert!(
            !thinner.follow(runs[1..].iter(), nearer, PageScale::equal(0.01), 50_000) && thinner.shown().is_empty(),
            "forgotten"
        );
    }
}
