//! Which pixels a triangle holds: those whose middles lie inside; on an edge, those of which it is the left or the upper one.

use std::ops::Range;

/// A place in pixels, x and y.
pub(super) type Corner = [f64; 2];

/// Calls `paint(row, columns)` for every row with pixels that a triangle holds.
///
/// Neighbors walk their common edge in the same direction and so get the same columns: no pixel is left out between them, and
/// none is painted twice. The corners must be finite.
pub(super) fn spans(
    mut corners: [Corner; 3],
    rows: &Range<usize>,
    columns: &Range<usize>,
    mut paint: impl FnMut(usize, Range<usize>),
) {
    corners.sort_unstable_by(|p, q| p[1].total_cmp(&q[1]).then(p[0].total_cmp(&q[0])));
    let [top, middle, bottom] = corners;
    let edge = |from: Corner, to: Corner| (from, (to[0] - from[0]) / (to[1] - from[1]));
    let (long, upper, lower) = (edge(top, bottom), edge(top, middle), edge(middle, bottom));
    for row in pixel(top[1], rows)..pixel(bottom[1], rows) {
        let y = row as f64 + 0.5;
        let crossing = |([left, above], lean): (Corner, f64)| left + lean * (y - above);
        let (long, short) = (crossing(long), crossing(if y < middle[1] { upper } else { lower }));
        let span = pixel(long.min(short), columns)..pixel(long.max(short), columns);
        if !span.is_empty() {
            paint(row, span);
        }
    }
}

/// The first pixel of a range whose middle does not lie before a coordinate.
fn pixel(coordinate: f64, range: &Range<usize>) -> usize {
    // The cast saturates.
    ((coordinate - 0.5).ceil() as usize).clamp(range.start, range.end.max(range.start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How often each pixel of a square is painted.
    fn hits(triangles: &[[Corner; 3]], side: usize) -> Vec<u8> {
        let mut hits = vec![0; side * side];
        for corners in triangles {
            spans(*corners, &(0..side), &(0..side), |row, columns| {
                columns.for_each(|column| hits[row * side + column] += 1);
            });
        }
        hits
    }

    #[test]
    fn a_middle_on_an_edge_belongs_to_the_left_and_upper_one() {
        let [a, b, c, d] = [[0.5, 0.5], [2.5, 0.5], [2.5, 2.5], [0.5, 2.5]];
        let hits = hits(&[[a, b, c], [a, c, d]], 4);
        assert_eq!(hits, [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    proptest! {
        /// Around any point, on whatever grid the corners lie, and however far out.
        #[test]
        fn a_fan_of_triangles_holds_every_pixel_once(
            center in prop::array::uniform2(0..160_i32), far in prop::sample::select(vec![20.0, 1e3, 1e7]),
        ) {
            let center = center.map(|at| f64::from(at) / 8.0);
            let rim: Vec<Corner> = (0..7).map(|corner| {
                let (sine, cosine) = libm::sincos(f64::from(corner));
                [center[0] + far * 1.6 * cosine, center[1] + far * 1.6 * sine]
            }).collect();
            let fan: Vec<[Corner; 3]> = (0..7).map(|at| [center, rim[at], rim[(at + 1) % 7]]).collect();
            let hits = hits(&fan, 20);
            prop_assert!(hits.iter().all(|hits| *hits <= 1), "painted twice");
            let near = |at: usize| (((at % 20) as f64 + 0.5 - center[0]).hypot((at / 20) as f64 + 0.5 - center[1])) < far;
            prop_assert!((0..400).all(|at| hits[at] == 1 || !near(at)), "left out");
        }
    }
}
