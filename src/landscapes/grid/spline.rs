//! The slopes of the cubic spline through values at whole numbers: twice continuously differentiable, one piece for each
//! run of values without a gap.
//!
//! At an end it has the slope of the quartic through the five values there, or of the cubic through all four: so a cubic
//! comes back exactly, and the slopes of a quartic do, too.
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

/// The slopes d of one piece, from the slopes S of its chords: dᵢ₋₁ + 4dᵢ + dᵢ₊₁ = 3(Sᵢ₋₁ + Sᵢ) between its ends.
/// Elimination needs no pivots: the diagonal dominates.
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
            d[0] = end_slope(chord, n);
            d[n - 1] = end_slope(|index| chord(n - 2 - index), n);
            solve_between(chord, d);
        }
    }
}

/// The slopes between those at the ends, which are known: a tridiagonal system, by elimination.
fn solve_between(chord: impl Fn(usize) -> f64, d: &mut [f64]) {
    let n = d.len();
    let mut ratios = vec![0.0; n];
    for row in 1..n - 1 {
        let known = if row == n - 2 { d[n - 1] } else { 0.0 };
        ratios[row] = 1.0 / (4.0 - ratios[row - 1]);
        d[row] = (3.0 * (chord(row - 1) + chord(row)) - known - d[row - 1]) * ratios[row];
    }
    for row in (1..n - 2).rev() {
        d[row] -= ratios[row] * d[row + 1];
    }
}

/// The slope at the end of `count` values of the polynomial through the first five, or four, from their chords.
fn end_slope(chord: impl Fn(usize) -> f64, count: usize) -> f64 {
    let [first, second, third] = [chord(0), chord(1), chord(2)];
    if count == 4 {
        (11.0 * first - 7.0 * second + 2.0 * third) / 6.0
    } else {
        (25.0 * first - 23.0 * second + 13.0 * third - 3.0 * chord(3)) / 12.0
    }
}
