//! Where in weight space a rectified unit is off for every sample.

use super::Data;
use super::continua::input_range;
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector, clipping};

/// The outermost inputs: a unit that is off for both is off for all between.
pub(super) fn ends(data: &Data) -> [f64; 2] {
    input_range(data)
}

/// The part of a box in which v·w ≤ 0 for every one of these vectors v: a convex polygon, counter-clockwise; empty where
/// there is none.
pub(super) fn off_for_all(normals: &[Vector], view: &ViewBox) -> Vec<Point> {
    let polygon = normals.iter().fold(view.corners().to_vec(), |polygon, normal| cut(&polygon, *normal));
    if polygon.len() < 3 { Vec::new() } else { polygon }
}

/// The part of a convex polygon with v·w ≤ 0.
fn cut(polygon: &[Point], normal: Vector) -> Vec<Point> {
    let mut kept = Vec::new();
    let between = |from: &Point, to: &Point, share: f64| from + (to - from) * share;
    clipping::polygon(polygon, |at| -normal.dot(&at.coords), between, |at| kept.push(at));
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;

    /// Twice the area, by the shoelace rule.
    fn area(polygon: &[Point]) -> f64 {
        polygon.iter().zip(polygon.iter().cycle().skip(1)).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
    }

    fn contains(polygon: &[Point], at: Point) -> bool {
        let mut edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
        polygon.len() > 2 && edges.all(|(a, b)| (b - a).perp(&(at - a)) >= 0.0)
    }

    proptest! {
        #[test]
        fn the_dead_region_is_where_no_sample_switches_the_unit_on(
            xs in prop::collection::vec(-2.0..2.0_f64, 1..6),
            w in [-3.0..3.0_f64, -3.0..3.0_f64],
        ) {
            let at = Point::from(w);
            for id in ["relu", "relu2", "depth:layers=1,act=relu"] {
                let landscape = Landscape::parse(id).unwrap();
                let landscape = landscape.with_samples(xs.iter().map(|x| [*x, 1.0]).collect()).unwrap();
                let view = ViewBox::square(3.0);
                let polygon = landscape.sampled_loss().and_then(|loss| loss.dead_region(&view)).unwrap();
                let pattern = landscape.sampled_loss().and_then(|loss| loss.switched_on(at)).unwrap();
                let is_dead = !pattern.contains(&true);
                prop_assert_eq!(contains(&polygon, at), is_dead, "{} at {} with {:?}", id, at, xs);
                prop_assert!(polygon.is_empty() || area(&polygon) > 0.0, "counter-clockwise");
                if is_dead {
                    prop_assert!(landscape.loss().first_order(at).gradient == Vector::zeros(), "nothing moves");
                }
            }
        }
    }

    #[test]
    fn only_rectified_units_are_switched() {
        let view = ViewBox::square(3.0);
        for (text, switched, has_dead) in [
            ("relu", true, true),
            ("relu2", true, true),
            ("network:w2 relu(w1 x)", true, false),
            ("network:relu(w1 x) + relu(w2 x)", false, false),
            ("network:relu(w1) x + w2", false, false),
            ("tanh", false, false),
            ("depth:act=relu", false, true),
            ("depth", false, false),
            ("himmelblau", false, false),
        ] {
            let landscape = Landscape::parse(text).unwrap();
            assert_eq!(landscape.sampled_loss().and_then(|loss| loss.dead_region(&view)).is_some(), has_dead, "{text}");
            assert_eq!(
                landscape.sampled_loss().and_then(|loss| loss.switched_on(Point::new(1.0, 1.0))).is_some(),
                switched,
                "{text}"
            );
        }
        let quadrant = Landscape::parse("depth:act=relu").unwrap().sampled_loss().unwrap().dead_region(&view).unwrap();
        assert!(quadrant.len() == 4 && area(&quadrant) == 18.0, "a quarter of the box: {quadrant:?}");
        let wedge = Landscape::parse("relu").unwrap().sampled_loss().unwrap().dead_region(&view).unwrap();
        assert_eq!(wedge.len(), 3, "the origin and two points of the lower edge: {wedge:?}");
    }
}
