//! The regions in which a rectified unit is on for the same samples: the more samples are off, the denser the hatching.

use super::hatching::Hatching;
use super::page_scale::PageScale;
use crate::landscapes::{Landscape, SampledLoss, ViewBox};
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Vector};

/// With more samples than this the regions are too narrow to be distinguished.
pub const MOST: usize = 48;
/// Between two lines where the unit is off for every sample, in points.
const APART: f64 = 7.0;
/// The distance between two places at which a line is examined, in points.
const LOOKED: f64 = 14.0;
/// How exactly the end of a line is found, in points.
const EXACT: f64 = 0.5;
/// How dense a hatching can be: the lines fall into this many families, of which all are drawn where the unit is off for
/// every sample and none where it is on for every one.
const FAMILIES: i64 = 8;
/// Places along each side of the grid on which regions find room for their number.
const PLACES: usize = 26;

/// A region with room for words.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternRegion {
    /// Its roomiest place.
    pub at: Point,
    /// How far all around it nothing switches, in points.
    pub room: f64,
    /// How many samples are on.
    pub on: usize,
}

/// The regions over a part of weight space.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// The lines of the hatching.
    pub hatching: Vec<[Point; 2]>,
    /// The regions that are seen.
    pub regions: Vec<PatternRegion>,
    /// How many samples there are.
    pub samples: usize,
}

impl Pattern {
    /// The regions over a box; `None` unless there is one rectified unit and at
    /// most [`MOST`] samples.
    pub fn of(landscape: &Landscape, view: ViewBox, scale: PageScale) -> Option<Self> {
        let samples = landscape.sampled_loss().map(SampledLoss::count).filter(|count| *count <= MOST)?;
        landscape.sampled_loss().and_then(|loss| loss.switched_on(view.center()))?;
        let hatching = Hatching { apart: APART, scale }.lines(view);
        let pieces = hatching.into_iter().flat_map(|(number, ends)| pieces(landscape, number, ends, scale));
        Some(Self { hatching: pieces.collect(), regions: regions(landscape, view, scale), samples })
    }
}

/// The share of the samples that must be off for a line to be drawn: neighbors differ most, so that half of them are even.
fn threshold(number: i64) -> f64 {
    let bits = FAMILIES.trailing_zeros();
    let place = number.rem_euclid(FAMILIES);
    let reversed = (0..bits).fold(0, |reversed, bit| reversed << 1 | (place >> bit & 1));
    (reversed as f64 + 0.5) / FAMILIES as f64
}

/// The pieces of a line where more of the samples are off than its threshold.
fn pieces(landscape: &Landscape, number: i64, [from, to]: [Point; 2], scale: PageScale) -> Vec<[Point; 2]> {
    let least = threshold(number);
    let is_drawn = |at: Point| share_off(landscape, at) > least;
    let count = (scale.distance(from, to) / LOOKED).ceil().max(1.0);
    let place = |index: usize| from + (to - from) * (index as f64 / count);
    let mut pieces: Vec<[Point; 2]> = Vec::new();
    let mut open = is_drawn(from).then_some(from);
    for index in 1..=count as usize {
        let (before, here) = (place(index - 1), place(index));
        let drawn = is_drawn(here);
        if drawn == open.is_some() {
            continue;
        }
        let edge = edge(before, here, scale.times(EXACT), |at| is_drawn(at) == drawn);
        match open.take() {
            Some(begin) => pieces.push([begin, edge]),
            None => open = Some(edge),
        }
    }
    pieces.extend(open.map(|begin| [begin, to]));
    pieces
}

/// Where something changes between two points, to within a point of a scale.
fn edge(before: Point, after: Point, exact: PageScale, is_after: impl Fn(Point) -> bool) -> Point {
    let halvings = exact.distance(before, after).log2().ceil().clamp(0.0, 16.0) as usize;
    let place = |share: f64| before + (after - before) * share;
    let [_, share] = bisect(|share| !is_after(place(share)), 0.0, 1.0, halvings);
    place(share)
}

fn share_off(landscape: &Landscape, at: Point) -> f64 {
    let on = landscape.sampled_loss().and_then(|loss| loss.switched_on(at)).unwrap_or_default();
    on.iter().filter(|on| !**on).count() as f64 / on.len().max(1) as f64
}

/// The roomiest place of every pattern that is seen.
fn regions(landscape: &Landscape, view: ViewBox, scale: PageScale) -> Vec<PatternRegion> {
    let share = |index: usize| (index as f64 + 0.5) / PLACES as f64;
    let place = |index: usize| {
        let [column, row] = [index % PLACES, index / PLACES];
        Point::new(view.x[0] + share(column) * view.width(), view.y[0] + share(row) * view.height())
    };
    let pattern = |at: Point| {
        let on = landscape.sampled_loss().and_then(|loss| loss.switched_on(at)).unwrap_or_default();
        on.iter().fold(0_u64, |bits, on| bits << 1 | u64::from(*on))
    };
    let places: Vec<(Point, u64)> = (0..PLACES * PLACES).map(place).map(|at| (at, pattern(at))).collect();
    let mut regions: Vec<(u64, PatternRegion)> = Vec::new();
    for (index, (at, own)) in places.iter().enumerate() {
        let room = room(
            index,
            |other| places[other].1 == *own,
            scale.on_page(Vector::new(view.width(), view.height())).into(),
        );
        let region = PatternRegion { at: *at, room, on: own.count_ones() as usize };
        match regions.iter_mut().find(|(known, _)| known == own) {
            Some((_, known)) if known.room >= room => {}
            Some((_, known)) => *known = region,
            None => regions.push((*own, region)),
        }
    }
    regions.into_iter().map(|(_, region)| region).collect()
}

/// How far from a place of the grid its neighbors are alike, along the axes and the diagonals; lengths of the sides given.
fn room(index: usize, is_alike: impl Fn(usize) -> bool, sides: [f64; 2]) -> f64 {
    const WAYS: [[isize; 2]; 8] = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
    let reach = |[right, up]: [isize; 2]| {
        let neighbor = |steps: &isize| {
            let [column, row] = [index % PLACES, index / PLACES];
            let [column, row] = [column.checked_add_signed(right * steps)?, row.checked_add_signed(up * steps)?];
            (column < PLACES && row < PLACES).then_some(row * PLACES + column)
        };
        let alike = (1..=PLACES as isize).take_while(|steps| neighbor(steps).is_some_and(&is_alike)).count();
        let step = libm::hypot(right as f64 * sides[0], up as f64 * sides[1]) / PLACES as f64;
        (alike as f64 + 0.5) * step
    };
    WAYS.map(reach).into_iter().fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn regions_and_hatching_count_what_is_on(samples in prop::collection::vec([-2.0..2.0_f64, -1.0..1.0_f64], 1..9)) {
            for (text, two_layers) in
                [("relu", false), ("relu2", true), ("network:relu(w1 x + w2)", false), ("network:w2 relu(w1 x)", true)]
            {
                let landscape = Landscape::parse(text).unwrap().with_samples(samples.clone()).unwrap();
                let count_on = |at: Point| {
                    let enters = |x: f64| at.x * x + if two_layers { 0.0 } else { at.y };
                    samples.iter().filter(|[x, _]| enters(*x) > 0.0).count()
                };
                let view = ViewBox::new(-3.0, 2.0, -1.5, 3.0);
                let unit = 0.01;
                let pattern = Pattern::of(&landscape, view, PageScale::equal(unit)).unwrap();
                prop_assert!(!pattern.regions.is_empty() && pattern.samples == samples.len());
                for region in &pattern.regions {
                    prop_assert_eq!(region.on, count_on(region.at), "{} at {}", text, region.at);
                    // As far as a region has room to both sides it is the same.
                    let aside = Vector::new((region.room * unit - 0.5 * view.width() / PLACES as f64).max(0.0), 0.0);
                    prop_assert_eq!([region.at - aside, region.at + aside].map(count_on), [region.on; 2], "{}: room", text);
                }
                for [a, b] in &pattern.hatching {
                    // Away from the ends, which are found to half a point only; a longer one may pass over a narrow region.
                    let (middle, length) = (nalgebra::center(a, b), (b - a).norm());
                    let is_sure = length > 2.0 * EXACT * unit && length < LOOKED * unit;
                    prop_assert!(!is_sure || count_on(middle) < samples.len(), "{}: {} is on", text, middle);
                }
            }
        }
    }

    #[test]
    fn hatching_is_as_dense_as_the_share_that_is_off() {
        for off in 0..=8_i64 {
            let drawn = (0..8_000).filter(|number| off as f64 / 8.0 > threshold(*number)).count();
            assert_eq!(drawn, 1000 * off as usize, "{off} of 8");
        }
        let landscape = Landscape::parse("relu").unwrap();
        let unit = 0.01;
        let corner = ViewBox::new(-0.2, 0.2, -2.9, -2.5);
        let dead = Pattern::of(&landscape, corner, PageScale::equal(unit)).unwrap();
        let length: f64 = dead.hatching.iter().map(|[a, b]| (b - a).norm()).sum();
        assert!((length * APART * unit / 0.16 - 1.0).abs() < 0.05, "the dead region is full of lines: {length}");
        let live = Pattern::of(&landscape, ViewBox::new(-0.2, 0.2, 2.5, 2.9), PageScale::equal(unit)).unwrap();
        assert!(live.hatching.is_empty(), "where all are on there is none");
    }

    #[test]
    fn there_is_none_of_other_networks_and_of_very_many_samples() {
        let view = ViewBox::square(3.0);
        for (text, is_some) in [("relu", true), ("relu:n=48", true), ("relu:n=1000", false), ("tanh", false)] {
            assert_eq!(
                Pattern::of(&Landscape::parse(text).unwrap(), view, PageScale::equal(0.01)).is_some(),
                is_some,
                "{text}"
            );
        }
    }
}
