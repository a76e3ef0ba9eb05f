//! Critical points that were found, each once.

use std::collections::HashMap;

use super::critical_points::{CriticalPoint, NEAR, Units};
use crate::landscapes::ViewBox;
use crate::numbers::{Point, tolerance};

/// Points nearer to each other than this share of the box are one.
const SAME: f64 = tolerance::ONE_PLACE;

/// The points that are known, in a grid of buckets by which neighbors are found.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) points: Vec<CriticalPoint>,
    buckets: HashMap<[i64; 2], Vec<usize>>,
    corner: Point,
    size: f64,
    unit: Units,
}

impl Found {
    pub(super) fn new(view: ViewBox) -> Self {
        Self {
            points: Vec::new(),
            buckets: HashMap::new(),
            corner: Point::new(view.x[0], view.y[0]),
            size: view.size(),
            unit: Units::of(view),
        }
    }

    /// A bucket is wider than any distance that is asked for.
    fn bucket(&self, at: Point) -> [i64; 2] {
        [0, 1].map(|axis| (256.0 * ((at[axis] - self.corner[axis]) / self.size)).floor() as i64)
    }

    pub(super) fn index_all(&mut self) {
        for index in 0..self.points.len() {
            self.buckets.entry(self.bucket(self.points[index].at)).or_default().push(index);
        }
    }

    fn neighbors(&self, at: Point) -> impl Iterator<Item = &CriticalPoint> {
        let [column, row] = self.bucket(at);
        let around =
            (-1..=1).flat_map(move |x| (-1..=1).map(move |y| [column.saturating_add(x), row.saturating_add(y)]));
        around.filter_map(|bucket| self.buckets.get(&bucket)).flatten().map(|index| &self.points[*index])
    }

    pub(super) fn has_near(&self, at: Point, distance: f64) -> bool {
        self.neighbors(at).any(|known| self.unit.length(known.at - at) < distance)
    }

    pub(super) fn add(&mut self, point: CriticalPoint) {
        let blurred = |known: &CriticalPoint| known.is_blurred() || point.is_blurred();
        let same = |known: &CriticalPoint| self.size * if blurred(known) { NEAR } else { SAME };
        if !self.neighbors(point.at).any(|known| self.unit.length(known.at - point.at) < same(known)) {
            self.buckets.entry(self.bucket(point.at)).or_default().push(self.points.len());
            self.points.push(point);
        }
    }
}
