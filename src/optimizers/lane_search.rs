//! Rules that search along a direction, for sixteen starts at once: each start decides alone, and the loss is evaluated at the
//! trial points of all of them together.
//!
//! Each start does what [`Backtracking::search`] does; one whose step that would lengthen is left to a walker, by a place that is no
//! number.

use super::line_search::{Backtracking, LEAST, LEVEL, ROUNDING, SHORT};
use super::{LaneRule, Packs, Values};
use crate::landscapes::Loss;
use crate::numbers::lanes::WIDTH;
use crate::numbers::{Lanes, Point, Real, Symmetric2, Vector, length};

/// The direction of a rule.
pub(super) trait Directed: Clone + Send + Sync + 'static {
    /// With these values.
    fn of(values: Values<'_>) -> Self;

    /// Where a start goes from a point with this gradient and Hessian; `largest` is the largest |f| of its iterates. `None` where
    /// that is not defined.
    fn direction(&self, gradient: Vector, hessian: Symmetric2, largest: f64) -> Option<Vector>;

    /// Whether it searches along it; else it takes all of it.
    fn searches(&self) -> bool;
}

/// The rule for this many packs, with the same values for all.
pub(super) fn searching<D: Directed>(values: Values<'_>, packs: usize) -> Box<dyn LaneRule> {
    Box::new(Searching { rules: vec![D::of(values)], starts: vec![[Carried::default(); WIDTH]; packs] })
}

/// What a start carries from step to step.
#[derive(Clone, Copy, Default)]
struct Carried {
    /// The largest |f| of its iterates.
    largest: f64,
    /// No multiple of its direction was good enough: nor will any be.
    is_stuck: bool,
}

#[derive(Clone)]
struct Searching<D> {
    /// The rule of all starts, or of each.
    rules: Vec<D>,
    starts: Vec<[Carried; WIDTH]>,
}

/// A start that searches.
struct Search {
    pack: usize,
    lane: usize,
    at: Point,
    value: f64,
    gradient: Vector,
    direction: Vector,
    largest: f64,
    scale: f64,
}

/// The state of a search after a trial point.
enum Judged {
    /// It goes on with a shorter step.
    Shorter,
    Accepted,
    /// Even the shortest step is not good enough.
    Refused,
    /// A walker has to look.
    Unclear,
}

const BACKTRACKING: Backtracking = Backtracking::from(1.0);

impl Search {
    fn target(&self) -> Point {
        self.at + self.direction * self.scale
    }

    /// By the loss and its gradient at the trial point.
    fn judged(&self, value: f64, gradient: Vector) -> Judged {
        let step = self.direction * self.scale;
        let predicted = self.gradient.dot(&step);
        if self.scale == BACKTRACKING.first && self.is_lengthened(gradient) {
            return Judged::Unclear;
        }
        let decides = || value <= self.value + ROUNDING * self.largest.max(self.value.abs());
        let is_accepted = BACKTRACKING.falls(self.value, value, predicted)
            || (decides() && BACKTRACKING.flattens(gradient.dot(&step), predicted));
        if is_accepted {
            return Judged::Accepted;
        }
        let shorter = self.scale * BACKTRACKING.shrink;
        let next = self.direction * shorter;
        let is_long = length(next) > LEAST * (1.0 + length(self.at.coords))
            && length(next).is_finite()
            && self.at + next != self.at;
        if shorter <= LEAST * BACKTRACKING.first && !is_long { Judged::Refused } else { Judged::Shorter }
    }

    /// Whether the first multiple is so short, and keeps so much of the slope, that the search would lengthen it.
    fn is_lengthened(&self, there: Vector) -> bool {
        let long = length(self.direction);
        let unit = 1.0 + length(self.at.coords);
        let slope = self.gradient.dot(&(self.direction / long));
        BACKTRACKING.first * long < SHORT * unit
            && slope < 0.0
            && length(self.gradient) * unit > LEVEL * self.largest
            && there.dot(&(self.direction / long)) < 0.5 * slope
    }
}

impl<D: Directed> Searching<D> {
    fn rule(&self, pack: usize, lane: usize) -> &D {
        self.rules.get(pack * WIDTH + lane).unwrap_or(&self.rules[0])
    }

    /// Moves the starts that do not search, and gives those that do.
    fn begun(&mut self, packs: &mut Packs<'_>) -> Vec<Search> {
        let (mut searches, all) = (Vec::new(), packs.slopes);
        for (pack, slopes) in all.iter().enumerate() {
            for lane in 0..WIDTH {
                let carried = self.starts[pack][lane];
                if packs.walks[pack].0[lane] == 0.0 || carried.is_stuck {
                    continue;
                }
                let [value, dx, dy, dxx, dxy, dyy] = slopes.map(|slope| slope.0[lane]);
                let (gradient, hessian) = (Vector::new(dx, dy), Symmetric2::new(dxx, dxy, dyy));
                let largest = carried.largest.max(value.abs());
                self.starts[pack][lane].largest = largest;
                let rule = self.rule(pack, lane);
                let direction = if hessian.is_finite() { rule.direction(gradient, hessian, largest) } else { None };
                let at = Point::from(packs.at[pack].map(|axis| axis.0[lane]));
                match direction {
                    Some(direction) if rule.searches() => {
                        let scale = BACKTRACKING.first;
                        searches.push(Search { pack, lane, at, value, gradient, direction, largest, scale });
                    }
                    Some(direction) => put(packs, pack, lane, at + direction),
                    None => put(packs, pack, lane, NOWHERE),
                }
            }
        }
        searches
    }
}

/// Where a start stands that a walker has to look at.
const NOWHERE: Point = Point::new(f64::NAN, f64::NAN);

fn put(packs: &mut Packs<'_>, pack: usize, lane: usize, at: Point) {
    for (axis, number) in packs.at[pack].iter_mut().zip([at.x, at.y]) {
        axis.0[lane] = number;
    }
}

/// f and its gradient at the trial points, side by side in as few packs as there are.
fn evaluated(searches: &[Search], loss: &dyn Loss) -> Vec<[Lanes; 6]> {
    let pack = |searches: &[Search]| {
        [0, 1].map(|axis| {
            let places: Vec<f64> = searches.iter().map(|search| search.target()[axis]).collect();
            Lanes::padded(&places)
        })
    };
    let at: Vec<[Lanes; 2]> = searches.chunks(WIDTH).map(pack).collect();
    let mut out = vec![[Lanes::constant(0.0); 6]; at.len()];
    loss.first_orders_of_packs(&at, &mut out);
    out
}

impl<D: Directed> LaneRule for Searching<D> {
    fn second_order(&self) -> bool {
        true
    }

    fn varies(&self) -> bool {
        false
    }

    fn tune(&mut self, values: Values<'_>, _: usize) {
        self.rules = vec![D::of(values)];
    }

    fn tune_start(&mut self, pack: usize, lane: usize, values: Values<'_>, _: usize) {
        let all = self.starts.len() * WIDTH;
        if self.rules.len() < all {
            self.rules = vec![self.rules[0].clone(); all];
        }
        self.rules[pack * WIDTH + lane] = D::of(values);
    }

    fn step(&mut self, mut packs: Packs<'_>) {
        let mut searches = self.begun(&mut packs);
        while !searches.is_empty() {
            let found = evaluated(&searches, packs.loss);
            let mut index = 0;
            searches.retain_mut(|search| {
                let [value, dx, dy, ..] = found[index / WIDTH].map(|slope| slope.0[index % WIDTH]);
                index += 1;
                let Search { pack, lane, .. } = *search;
                match search.judged(value, Vector::new(dx, dy)) {
                    Judged::Shorter => {
                        search.scale *= BACKTRACKING.shrink;
                        return true;
                    }
                    Judged::Accepted => put(&mut packs, pack, lane, search.target()),
                    Judged::Refused => self.starts[pack][lane].is_stuck = true,
                    Judged::Unclear => put(&mut packs, pack, lane, NOWHERE),
                }
                false
            });
        }
    }

    fn forget(&mut self, pack: usize) {
        let last = self.starts.len() - 1;
        self.starts.swap_remove(pack);
        if self.rules.len() > 1 {
            for lane in 0..WIDTH {
                self.rules.swap(pack * WIDTH + lane, last * WIDTH + lane);
            }
            self.rules.truncate(last * WIDTH);
        }
    }

    fn boxed(&self) -> Box<dyn LaneRule> {
        Box::new(self.clone())
    }
}
