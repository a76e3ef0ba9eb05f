//! The norm ball by which a method measures its step, as polylines: its rim through the landing, and the level line that touches it
//! there.

use std::f64::consts::TAU;

use crate::numbers::Vector;
use crate::numbers::numerals::brief;
use crate::optimizers::{Ball, Rim, angle_between};

/// Corners of a closed curve: no edge is seen at any size of a view.
const CORNERS: usize = 144;
/// Corners of a branch of a hyperbola, to each side of the landing or of its apex.
const BRANCH: usize = 40;
/// Vectors that point apart by less than this, in radians, have planes that cannot be distinguished.
const SAME: f64 = 0.01;

/// Whether the vector that a method divides has another plane than the gradient.
pub fn differs(ball: &Ball, gradient: Vector) -> bool {
    angle_between(ball.vector, gradient) > SAME
}

/// A rim in a few words: `ellipse 3.1 : 1`.
pub fn rim_words(rim: &Rim) -> String {
    match (rim.word(), rim.ratio()) {
        ("ellipse", Some(ratio)) => format!("ellipse {} : 1", brief(ratio)),
        (word, _) => word.to_owned(),
    }
}

/// The rim as polylines of displacements; `d`, the displacement on it, is a corner. What has no end is drawn as far as `reach`.
pub fn rim_lines(rim: &Rim, d: Vector, reach: f64) -> Vec<Vec<Vector>> {
    match *rim {
        Rim::Circle { radius } => {
            let along = d / d.norm() * radius;
            vec![closed(along, Vector::new(-along.y, along.x))]
        }
        Rim::Ellipse { long, short } => {
            let (cosine, sine) = (d.dot(&long) / long.norm_squared(), d.dot(&short) / short.norm_squared());
            // Conjugate half axes, the first of them to the landing.
            vec![closed(d, short * cosine - long * sine)]
        }
        Rim::Square { half } => {
            let corner = |x: f64, y: f64| Vector::new(x, y) * half;
            vec![vec![corner(1.0, 1.0), corner(-1.0, 1.0), corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0)]]
        }
        Rim::Segment { axis, half } => {
            let end = if axis == 0 { Vector::x() } else { Vector::y() } * half;
            let tick = Vector::new(end.y, end.x) * 0.12;
            vec![vec![-end, end], vec![end - tick, end + tick], vec![tick - end, -end - tick]]
        }
        Rim::Strip { along, across } => {
            let far = along * reach;
            [across, -across].map(|middle| vec![middle - far, middle + far]).to_vec()
        }
        Rim::Hyperbola { apex, arm } => {
            let side = d.dot(&apex).signum();
            let at = libm::asinh(d.dot(&arm) / arm.norm_squared());
            let far = libm::asinh(reach / arm.norm().min(apex.norm())).max(at.abs() + 0.5);
            [side, -side].map(|side| branch(apex * side, arm, [-far, at, far])).to_vec()
        }
    }
}

/// `first` cos t + `second` sin t, once around from `first`.
fn closed(first: Vector, second: Vector) -> Vec<Vector> {
    let corner = |corner: usize| {
        let (sine, cosine) = libm::sincos(TAU * (corner % CORNERS) as f64 / CORNERS as f64);
        first * cosine + second * sine
    };
    (0..=CORNERS).map(corner).collect()
}

/// `apex` cosh t + `arm` sinh t for t from the first to the last, with a corner at the middle one.
fn branch(apex: Vector, arm: Vector, [from, at, to]: [f64; 3]) -> Vec<Vector> {
    let place = |t: f64| apex * libm::cosh(t) + arm * libm::sinh(t);
    let part = |index: usize| index as f64 / BRANCH as f64;
    let before = (0..BRANCH).map(|index| from + (at - from) * part(index));
    let after = (0..=BRANCH).map(|index| at + (to - at) * part(index));
    before.chain(after).map(place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::numbers::Symmetric2;
    use crate::optimizers::Metric;

    fn ball(matrix: Symmetric2, vector: Vector) -> Ball {
        Ball {
            metric: Metric::Form { matrix, name: "A" },
            vector,
            name: "v",
            is_gradient: false,
            shift: None,
            remark: None,
            curvature: None,
        }
    }

    proptest! {
        /// Whatever the signs of its curvatures: every corner has the value of the step, and the step is one of them.
        #[test]
        fn the_rim_is_a_level_set_through_the_step(
            [xx, xy, yy, x, y] in prop::array::uniform5(-3.0..3.0_f64),
        ) {
            let (matrix, vector) = (Symmetric2::new(xx, xy, yy), Vector::new(x, y));
            let Some(solved) = matrix.solve(vector) else { return Ok(()) };
            let d = -solved;
            let ball = ball(matrix, vector);
            let Ok(rim) = ball.rim(d) else { return Ok(()) };
            let level = matrix.form(d);
            let lines = rim_lines(&rim, d, 10.0);
            for corner in lines.iter().flatten() {
                let size = matrix.norm() * (corner.norm_squared() + d.norm_squared());
                prop_assert!((matrix.form(*corner) - level).abs() <= 1e-9 * size, "{rim:?}: {corner} off the level set");
            }
            let nearest = lines.iter().flatten().map(|corner| (corner - d).norm()).fold(f64::INFINITY, f64::min);
            prop_assert!(nearest <= 1e-9 * d.norm(), "{rim:?}: the step is {nearest} from the rim");
        }

        /// Where it is a ball, nothing on it lies lower on the plane than the step; where it curves down, nothing higher.
        #[test]
        fn nothing_on_a_ball_lies_lower_than_the_step(
            [a, b, angle, x, y] in prop::array::uniform5(0.05..3.0_f64), down in any::<bool>(), corner in 0..4_usize,
        ) {
            let (sine, cosine) = libm::sincos(angle);
            let axes = [Vector::new(cosine, sine), Vector::new(-sine, cosine)];
            let sign = if down { -1.0 } else { 1.0 };
            let matrix = Symmetric2::with_spectrum(&crate::numbers::Eigen2 { values: [a, b], vectors: axes, dimension: crate::numbers::Dimension::Two }, [sign * a, sign * b]);
            let vector = Vector::new(x, y);
            let step = -matrix.solve(vector).expect("regular");
            let ball = ball(matrix, vector);
            prop_assert_eq!(ball.rises(step), down, "up where the matrix curves down");
            let rim = ball.rim(step).expect("a rim");
            for place in rim_lines(&rim, step, 10.0).into_iter().flatten() {
                prop_assert!(sign * vector.dot(&(place - step)) >= -1e-9 * vector.norm() * step.norm(), "{place} lies lower");
            }
            // And of a square it is the corner.
            let signs = [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]][corner];
            let slopes = Vector::new(x * signs[0], y * signs[1]);
            let square = Ball { metric: Metric::LargestWeight, vector: slopes, name: "v", is_gradient: false, shift: None, remark: None, curvature: None };
            let step = Vector::new(-signs[0], -signs[1]) * 0.1;
            for place in rim_lines(&square.rim(step).expect("a rim"), step, 10.0).into_iter().flatten() {
                prop_assert!(slopes.dot(&(place - step)) >= 0.0, "{place} lies lower than the corner");
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let [x, y] = [Vector::x(), Vector::y()];
        let singular = ball(Symmetric2::new(2.0, 0.0, 0.0), x);
        assert_eq!(singular.rim(-x).map(|rim| rim_words(&rim)), Ok("strip".to_owned()), "flat along y");
        for (what, ball, step) in [
            ("no step", singular, Vector::zeros()),
            ("an endless one", singular, x * f64::INFINITY),
            ("along what does not count", singular, y),
            ("no matrix", ball(Symmetric2::new(0.0, 0.0, 0.0), x), x),
            ("no numbers", ball(Symmetric2::new(f64::NAN, 0.0, 1.0), x), x),
            ("on an asymptote", ball(Symmetric2::new(1.0, 0.0, -1.0), x), x + y),
        ] {
            assert!(ball.rim(step).is_err_and(|why| why.ends_with('.')), "{what}");
        }
    }
}
