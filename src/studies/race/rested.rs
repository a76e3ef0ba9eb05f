//! What a run of a race ended at, in whole: which critical point, and how a minimum compares with the lowest that is known.

use super::{Race, RaceEnd, Row};
use crate::analysis::{CriticalPoint, Kind};
use crate::numbers::Point;
use crate::numbers::numerals::{brief, parameter};
use crate::numbers::tolerance::AT_POINT;

/// A loss above the lowest known by less than this share of how far the run began above it is the lowest.
const SAME: f64 = 1e-6;

impl Race {
    /// The critical point at which a run rests; `None` where it rests nowhere, or on a line of them.
    fn critical_point(&self, row: &Row) -> Option<&CriticalPoint> {
        let at = row.end_at.filter(|_| row.end.is_some_and(RaceEnd::is_rest))?;
        let landscape = &self.question.landscape;
        let away = |point: &CriticalPoint| landscape.dimension().part(point.at - at).norm();
        let nearest = self.question.critical.iter().min_by(|a, b| away(a).total_cmp(&away(b)));
        nearest.filter(|point| away(point) <= AT_POINT * landscape.domain().size())
    }

    /// Where a run rests: at a critical point that is known, or else where it stands; `None` where it rests nowhere.
    pub fn rest_place(&self, row: &Row) -> Option<Point> {
        let at = row.end_at.filter(|_| row.end.is_some_and(RaceEnd::is_rest))?;
        Some(self.critical_point(row).map_or(at, |point| point.at))
    }

    /// How far the minimum at which a run rests lies above the lowest known, 0 for that one; `None` where it rests at none.
    pub fn above_lowest(&self, row: &Row) -> Option<f64> {
        let is_minimum = row.end == Some(RaceEnd::Minimum)
            || self.critical_point(row).is_some_and(|point| point.kind == Kind::Minimum);
        let lowest = self.question.minima.lowest().filter(|_| is_minimum && row.end_at.is_some())?.value;
        let [began, ended] = row.outer_losses.map(|loss| loss - lowest);
        Some(if ended <= SAME * began.max(0.0) { 0.0 } else { ended })
    }

    /// "(3, 2)", or of one weight "x = 3": where a run rests.
    pub fn place_in_words(&self, row: &Row) -> Option<String> {
        Some(self.place_to(self.rest_place(row)?, self.decimals()))
    }

    /// The same with no more decimals than tell the known critical points apart.
    pub fn short_place_in_words(&self, row: &Row) -> Option<String> {
        let at = self.rest_place(row)?;
        let known: Vec<Point> = self.question.critical.iter().map(|point| point.at).chain([at]).collect();
        let is_clear = |decimals: &usize| {
            let near = AT_POINT * self.question.landscape.domain().size();
            let text = self.place_to(at, *decimals);
            known.iter().all(|other| (other - at).norm() <= near || self.place_to(*other, *decimals) != text)
        };
        let all = self.decimals();
        Some(self.place_to(at, (all.min(1)..all).find(is_clear).unwrap_or(all)))
    }

    /// Decimals that are as fine as a run is near to the point at which it rests.
    fn decimals(&self) -> usize {
        (-libm::floor(libm::log10(AT_POINT * self.question.landscape.domain().size()))).max(0.0) as usize
    }

    fn place_to(&self, at: Point, decimals: usize) -> String {
        let landscape = &self.question.landscape;
        let coordinate = |value: f64| {
            let rounded: f64 = format!("{value:.decimals$}").parse().unwrap_or(value);
            // What rounds to zero has no sign.
            parameter(rounded + 0.0)
        };
        let [name, _] = landscape.weights();
        if landscape.dimension().is_one() {
            format!("{name} = {}", coordinate(at.x))
        } else {
            format!("({}, {})", coordinate(at.x), coordinate(at.y))
        }
    }

    /// "minimum at (3, 2), the lowest known"; empty while a run is on its way.
    pub fn end_in_words(&self, row: &Row) -> String {
        let Some(end) = row.end else { return String::new() };
        let place = self.place_in_words(row).map_or_else(String::new, |place| format!(" at {place}"));
        let compared = match self.above_lowest(row) {
            Some(0.0) => ", the lowest known".to_owned(),
            Some(above) if above > 0.0 => format!(", {} above the lowest known", brief(above)),
            _ => String::new(),
        };
        format!("{}{place}{compared}", end.title())
    }
}
