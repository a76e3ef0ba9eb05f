//! Where a measured loss is level: the regions of cells with four equal corners.

use super::Grid;
use crate::landscapes::{CriticalSet, outline};
use crate::numbers::Point;
use crate::numbers::numerals::grouped;

/// More plateaus than this are the steps of coarse numbers, and only counted.
const MOST: usize = 200;

impl Grid {
    /// Its plateaus, each with the lines around it.
    pub(in crate::landscapes) fn plateaus(&self) -> Vec<CriticalSet> {
        let [columns, rows] = self.size().map(|count| count - 1);
        let cells: Vec<[usize; 2]> = (0..rows).flat_map(|row| (0..columns).map(move |column| [column, row])).collect();
        let levels: Vec<f64> = cells.iter().map(|cell| self.surface.level(*cell).unwrap_or(f64::NAN)).collect();
        let place = |corner: &outline::Corner| Point::new(self.x.coordinate(corner[0]), self.y.coordinate(corner[1]));
        let line =
            |corners: &Vec<outline::Corner>| outline::straightened(corners).iter().map(place).collect::<Vec<Point>>();
        let set = |region: &outline::Region| {
            let level = levels[region.cell[1] * columns + region.cell[0]];
            let whole = levels.iter().all(|other| *other == level);
            CriticalSet::flat(level, whole, line(&region.outline), region.gaps.iter().map(line).collect())
        };
        let regions = outline::regions(&levels, columns);
        let mut sets: Vec<CriticalSet> = regions.iter().take(MOST).map(set).collect();
        if regions.len() > MOST {
            let more = grouped(regions.len() - MOST);
            let text = format!("{more} more regions on which the loss is level");
            sets.push(CriticalSet {
                kind: CriticalSet::FLAT,
                text,
                polyline: Vec::new(),
                label: None,
                gaps: Vec::new(),
            });
        }
        sets
    }
}
