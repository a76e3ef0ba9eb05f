//! A hash of a picture: what is drawn unchanged is not computed again.

use std::hash::{BuildHasher as _, Hash as _, Hasher};

use foldhash::fast::FixedState;

use super::primitive::{Pen, Places, Primitive};
use crate::numbers::Point;

/// Up to this many iterates of a run enter one by one; of more only their place in memory and their end: a run only
/// ever grows at its end.
const MANY: usize = 8192;

/// The fingerprint of these primitives without their words: equal where all their lines, marks and areas are.
pub fn fingerprint(primitives: &[Primitive<'_>]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for primitive in primitives {
        feed(primitive, &mut hasher);
    }
    hasher.finish()
}

fn feed(primitive: &Primitive<'_>, hasher: &mut impl Hasher) {
    std::mem::discriminant(primitive).hash(hasher);
    match primitive {
        Primitive::Line { places, pen } => {
            feed_places(places, hasher);
            feed_pen(pen, hasher);
        }
        Primitive::Arrow { from, to, pen } => {
            feed_points(&[*from, *to], hasher);
            feed_pen(pen, hasher);
        }
        Primitive::Marks { places, shape, radius, pen, filled } => {
            feed_places(places, hasher);
            (shape, radius.to_bits(), filled).hash(hasher);
            feed_pen(pen, hasher);
        }
        Primitive::Area { corners, ink, opacity } => {
            feed_points(corners, hasher);
            (ink, opacity.to_bits()).hash(hasher);
        }
        Primitive::Star { center, rim, ink, opacity } => {
            feed_points(&[*center], hasher);
            feed_points(rim, hasher);
            (ink, opacity.to_bits()).hash(hasher);
        }
        Primitive::Figure { .. } | Primitive::Text { .. } | Primitive::Name { .. } | Primitive::Label(_) => {}
    }
}

fn feed_pen(pen: &Pen, hasher: &mut impl Hasher) {
    let Pen { ink, width, dash, opacity, halo, hollow, clear: _, avoided: _ } = pen;
    (ink, dash, hollow, [width, opacity, halo].map(|number| number.to_bits())).hash(hasher);
}

fn feed_places(places: &Places<'_>, hasher: &mut impl Hasher) {
    match places {
        Places::Own(points) => feed_points(points, hasher),
        Places::Lent(points) => feed_points(points, hasher),
        Places::Run(iterates) if iterates.len() > MANY => {
            (iterates.as_ptr().addr(), iterates.len()).hash(hasher);
            for iterate in [iterates.first(), iterates.last()].into_iter().flatten() {
                feed_points(&[iterate.at], hasher);
            }
        }
        Places::Run(iterates) => {
            hasher.write_usize(iterates.len());
            for iterate in *iterates {
                feed_point(iterate.at, hasher);
            }
        }
    }
}

fn feed_points(points: &[Point], hasher: &mut impl Hasher) {
    hasher.write_usize(points.len());
    for point in points {
        feed_point(*point, hasher);
    }
}

fn feed_point(point: Point, hasher: &mut impl Hasher) {
    hasher.write_u64(point.x.to_bits());
    hasher.write_u64(point.y.to_bits());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::ink::{Dash, Ink, MarkerShape};

    #[test]
    fn every_difference_that_is_seen_tells() {
        let [a, b] = [Point::new(1.0, 2.0), Point::new(1.0, 2.0 + f64::EPSILON * 2.0)];
        let pen = Pen::new(Ink::Truth, 1.0);
        let lines = [
            pen,
            Pen::new(Ink::Plane, 1.0),
            Pen::new(Ink::Truth, 1.5),
            pen.dashed(Dash::Dashed),
            pen.pale(0.5),
            pen.with_halo(1.0),
            pen.hollow(),
        ]
        .map(|pen| vec![Primitive::line(vec![a, b], pen)]);
        let mark = |shape, filled| vec![Primitive::mark(a, shape, 3.0, pen, filled)];
        let mut all: Vec<Vec<Primitive<'_>>> = lines.into();
        all.extend([
            vec![],
            vec![Primitive::line(vec![a, a], pen)],
            vec![Primitive::line(vec![a], pen), Primitive::line(vec![b], pen)],
            vec![Primitive::Arrow { from: a, to: b, pen }],
            vec![Primitive::Arrow { from: b, to: a, pen }],
            vec![Primitive::Area { corners: vec![a, b], ink: Ink::Truth, opacity: 1.0 }],
            vec![Primitive::Star { center: a, rim: vec![b], ink: Ink::Truth, opacity: 1.0 }],
            mark(MarkerShape::Circle, true),
            mark(MarkerShape::Circle, false),
            mark(MarkerShape::Square, true),
        ]);
        for (i, one) in all.iter().enumerate() {
            for (j, other) in all.iter().enumerate() {
                assert_eq!(fingerprint(one) == fingerprint(other), i == j, "{one:?} and {other:?}");
            }
        }
        let words = vec![Primitive::text(a, "a word", Ink::Truth, crate::drawing::primitive::Anchor::Left)];
        let others = vec![Primitive::text(b, "another", Ink::Plane, crate::drawing::primitive::Anchor::Left)];
        assert_eq!(fingerprint(&words), fingerprint(&others), "words are set anew in every frame");
    }
}
