//! Places at a curve where its name fits.

use super::{DataCurveInput, MANY};
use crate::numbers::Point;

/// The height of a curve, straight between its points.
fn height_at(points: &[Point], x: f64) -> Option<f64> {
    let next = points.iter().position(|point| point.x >= x)?;
    Some(points[next].y)
}

/// Where at a curve there is room for its name: the first of these shares of the width at which it is well inside, and
/// away from the samples if that can be.
pub(super) fn name_place<const N: usize>(
    input: &DataCurveInput<'_>,
    points: &[Point],
    shares: [f64; N],
) -> Option<Point> {
    let view = input.view;
    let inside = (view.y[0] + 0.05 * view.height())..(view.y[1] - 0.14 * view.height());
    let places = shares.into_iter().filter_map(|share| {
        let x = view.x[0] + share * view.width();
        height_at(points, x).filter(|y| inside.contains(y)).map(|y| Point::new(x, y))
    });
    let places: Vec<Point> = places.collect();
    let samples = input.landscape.data().map_or(&[][..], |data| data.samples());
    let covers = |place: &Point| {
        let middle = place.y + 0.06 * view.height();
        let near =
            |[x, y]: &[f64; 2]| (x - place.x).abs() < 0.11 * view.width() && (y - middle).abs() < 0.1 * view.height();
        samples.iter().any(near)
    };
    places.iter().find(|place| !covers(place)).or(places.first()).copied()
}

/// Words that are nearer to a curve or to a sample than this share of the height would be taken for its name.
const NEAREST: f64 = 0.06;

/// Where a curve is farthest from all others and from the samples, if there is room for a name.
pub(super) fn lonely_place(input: &DataCurveInput<'_>, points: &[Point], others: &[&Vec<Point>]) -> Option<Point> {
    let shares = (1..=14).map(|place| f64::from(place) / 15.0);
    let best = rooms(input, points, others, shares).max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > NEAREST).then_some(best.1)
}

/// Where near its ends a curve has room for a name; elsewhere if it has none there.
pub(super) fn end_place(input: &DataCurveInput<'_>, points: &[Point], others: &[&Vec<Point>]) -> Option<Point> {
    let mut ends = rooms(input, points, others, [0.94, 0.06, 0.86, 0.14].into_iter());
    ends.find(|(room, _)| *room > NEAREST).map(|(_, place)| place).or_else(|| lonely_place(input, points, others))
}

/// Places at these shares of the width at which a curve is well inside, each with the share of the height to what is next.
fn rooms(
    input: &DataCurveInput<'_>,
    points: &[Point],
    others: &[&Vec<Point>],
    shares: impl Iterator<Item = f64>,
) -> impl Iterator<Item = (f64, Point)> {
    let view = input.view;
    let inside = (view.y[0] + 0.05 * view.height())..(view.y[1] - 0.12 * view.height());

    let places = shares.filter_map(move |share| {
        let x = view.x[0] + share * view.width();
        height_at(points, x).filter(|y| inside.contains(y)).map(|y| Point::new(x, y))
    });
    places.map(move |place| (room_at(input, place, others), place))
}

/// The share of the height from a name at this place to the nearest curve or sample.
fn room_at(input: &DataCurveInput<'_>, place: Point, others: &[&Vec<Point>]) -> f64 {
    let view = input.view;
    // The name stands above its place.
    let y = place.y + 0.05 * view.height();
    let samples = input.landscape.data().map_or(&[][..], |data| &data.samples()[..data.len().min(MANY)]);
    let curves = others.iter().filter_map(|other| height_at(other, place.x));
    let near = samples.iter().filter(|[x, _]| (x - place.x).abs() < 0.09 * view.width()).map(|sample| sample[1]);
    curves.chain(near).map(|other| (other - y).abs() / view.height()).fold(f64::INFINITY, f64::min)
}
