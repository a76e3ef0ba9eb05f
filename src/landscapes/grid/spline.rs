//! The slopes of the cubic spline through values at whole numbers: twice continuously differentiable, one piece for each
//! run of values without a gap.
//!
//! Ends are *not-a-knot*: the first two cells, and the last two, share one cubic, so that a cubic comes back exactly.
//! C. de Boor, A Practical Guide to Splines (2001), chapter IV.

use std::ops::Range;

/// Writes the slope at each value, in units of a step; NaN where there is no value. Fewer than four values in a row have
/// the slopes of the parabola, or of the straight line, through them; of one alone nothing is known.
pub(super) fn slopes(values: &[f64], out: &mut [f64]) {
    out.fill(f64::NAN);
    for piece in pieces(values) {
        solve(&values[piece.clone()], &mut out[piece]);
    }
}

/// The runs of values without a gap.
fn pieces(values: &[f64]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        from += values[from..].iter().position(|value| !value.is_nan())?;
        let count = values[from..].iter().take_while(|value| !value.is_nan()).count();
        let piece = from..from + count;
        from += count;
        Some(piece)
    })
}

/// The slopes d of one piece, from the slopes S of its chords: dᵢ₋₁ + 4dᵢ + dᵢ₊₁ = 3(Sᵢ₋₁ + Sᵢ) inside, and the ends
/// 2d₁ + d₂ = (S₀ + 5S₁)/2, d₀ = (5S₀ + S₁)/2 − 2d₁. Elimination needs no pivots: the diagonal dominates.
fn solve(f: &[f64], d: &mut [f64]) {
    let n = f.len();
    let chord = |index: usize| f[index + 1] - f[index];
    match n {
        0 | 1 => {}
        2 => d.fill(chord(0)),
        3 => {
            let [first, second] = [chord(0), chord(1)];
            d.copy_from_slice(&[1.5 * first - 0.5 * second, 0.5 * (first + second), 1.5 * second - 0.5 * first]);
        }
        _ => {
            let mut ratios = vec![0.0; n];
            d[1] = 0.25 * (chord(0) + 5.0 * chord(1));
            ratios[1] = 0.5;
            for row in 2..n - 1 {
                let (diagonal, right) = if row == n - 2 {
                    (2.0, 0.5 * (chord(n - 2) + 5.0 * chord(n - 3)))
                } else {
                    (4.0, 3.0 * (chord(row - 1) + chord(row)))
                };
                ratios[row] = 1.0 / (diagonal - ratios[row - 1]);
                d[row] = (right - d[row - 1]) * ratios[row];
            }
            for row in (1..n - 2).rev() {
                d[row] -= ratios[row] * d[row + 1];
            }
            d[0] = 0.5 * (5.0 * chord(0) + chord(1)) - 2.0 * d[1];
            d[n - 1] = 0.5 * (5.0 * chord(n - 2) + chord(n - 3)) - 2.0 * d[n - 2];
        }
    }
}
