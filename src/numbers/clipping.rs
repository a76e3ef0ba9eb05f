//! Clipping: the part of a segment or of a polygon on one side of lines.

/// The part of a segment on which none of these is negative, as shares of its length; `None` if there is none.
///
/// Each is linear along the segment and given at both ends: the distances from the sides of a convex area. `None`, too, where
/// one is not finite. Source: M. Cyrus and J. Beck, Generalized two- and three-dimensional clipping, Computers & Graphics 3
/// (1978).
pub fn segment(distances: impl IntoIterator<Item = [f64; 2]>) -> Option<[f64; 2]> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for [before, after] in distances {
        if !before.is_finite() || !after.is_finite() || before < 0.0 && after < 0.0 {
            return None;
        }
        // Halved, so that the difference of large numbers is one.
        let crossing = before / 2.0 / (before / 2.0 - after / 2.0);
        if before < 0.0 {
            enter = enter.max(crossing);
        } else if after < 0.0 {
            leave = leave.min(crossing);
        }
    }
    (enter <= leave).then_some([enter, leave])
}

/// The part of a segment in a box between two corners, as shares of its length.
pub fn in_box<const N: usize>(from: [f64; N], to: [f64; N], low: [f64; N], high: [f64; N]) -> Option<[f64; 2]> {
    let sides = |axis: usize| {
        [[from[axis] - low[axis], to[axis] - low[axis]], [high[axis] - from[axis], high[axis] - to[axis]]]
    };
    segment((0..N).flat_map(sides))
}

/// Hands out the corners of the part of a polygon where `distance` is not negative; `between` is the point at a share of the
/// way from one corner to another.
///
/// Source: I. E. Sutherland and G. W. Hodgman, Reentrant polygon clipping, Communications of the ACM 17 (1974).
pub fn polygon<P: Copy>(
    corners: &[P],
    distance: impl Fn(&P) -> f64,
    between: impl Fn(&P, &P, f64) -> P,
    mut corner: impl FnMut(P),
) {
    for (index, from) in corners.iter().enumerate() {
        let to = &corners[(index + 1) % corners.len()];
        let (before, after) = (distance(from), distance(to));
        if before >= 0.0 {
            corner(*from);
        }
        // A corner on the line is no crossing: it is a corner already.
        if before < 0.0 && after > 0.0 || before > 0.0 && after < 0.0 {
            corner(between(from, to, before / (before - after)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn segments_are_cut_at_the_box() {
        let cut = |from, to| in_box(from, to, [0.0, 0.0], [10.0, 10.0]);
        for (from, to, expected) in [
            ([-10.0, 5.0], [30.0, 5.0], Some([0.25, 0.5])),
            ([2.0, 2.0], [3.0, 3.0], Some([0.0, 1.0])),
            ([-5.0, -1.0], [20.0, -1.0], None),
            ([-5.0, 0.0], [20.0, 0.0], Some([0.2, 0.6])),
            ([5.0, 5.0], [f64::INFINITY, 5.0], None),
            ([f64::NAN, 5.0], [1.0, 5.0], None),
            ([-1e308, 5.0], [1e308, 5.0], Some([0.5, 0.5])),
            ([12.0, 8.0], [8.0, 12.0], Some([0.5, 0.5])),
            ([13.0, 8.0], [8.0, 13.0], None),
        ] {
            assert_eq!(cut(from, to), expected, "from {from:?} to {to:?}");
        }
        assert_eq!(in_box([0.0; 3], [1.0; 3], [0.5, 0.0, -1.0], [2.0, 0.75, 2.0]), Some([0.5, 0.75]), "in space");
    }

    proptest! {
        #[test]
        fn what_is_left_of_a_polygon_is_inside_and_has_its_area(
            turns in prop::collection::vec(0.05..1.0_f64, 3..9), line in -1.2..1.2_f64,
        ) {
            // Corners on the unit circle.
            let all: f64 = turns.iter().sum();
            let mut angle = 0.0;
            let corners: Vec<[f64; 2]> = turns
                .iter()
                .map(|turn| {
                    angle += turn / all * std::f64::consts::TAU;
                    [libm::cos(angle), libm::sin(angle)]
                })
                .collect();
            let mut parts = [Vec::new(), Vec::new()];
            for (part, sign) in parts.iter_mut().zip([1.0, -1.0]) {
                let between = |a: &[f64; 2], b: &[f64; 2], t: f64| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
                polygon(&corners, |at| sign * (at[0] - line), between, |at| part.push(at));
                prop_assert!(part.iter().all(|at| sign * (at[0] - line) > -1e-12), "{part:?}");
            }
            let area = |part: &[[f64; 2]]| {
                let next = part.iter().cycle().skip(1);
                part.iter().zip(next).map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum::<f64>() / 2.0
            };
            prop_assert!((area(&parts[0]) + area(&parts[1]) - area(&corners)).abs() < 1e-12, "both parts are all");
        }
    }
}
