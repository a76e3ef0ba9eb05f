//! The bicubic spline through values on an even grid: twice continuously differentiable, cubic in every cell.
//!
//! Ends are *not-a-knot*: the first two cells, and the last two, share one cubic, so that a bicubic polynomial comes back
//! exactly. It is kept as coefficients of uniform cubic B-splines, one for each point and one more beyond each end:
//! C. de Boor, A Practical Guide to Splines (2001), chapters IV, IX and XVII.

use crate::numbers::{Real, parallel};

/// Coefficients of products of B-splines, (ny + 2) × (nx + 2).
#[derive(PartialEq)]
pub(super) struct Spline {
    width: usize,
    coefficients: Vec<f64>,
}

impl Spline {
    /// The spline through `values`, ny rows of nx, both at least 4; O(nx·ny).
    pub(super) fn through(values: &[f64], [columns, rows]: [usize; 2]) -> Self {
        let width = columns + 2;
        let mut coefficients = vec![0.0; width * (rows + 2)];
        parallel::for_each_row(&mut coefficients[width..width * (rows + 1)], width, |row, line| {
            line[1..=columns].copy_from_slice(&values[row * columns..][..columns]);
            interpolate(line, 1);
        });
        interpolate(&mut coefficients, width);
        Self { width, coefficients }
    }

    /// Whether nothing overflowed.
    pub(super) fn is_finite(&self) -> bool {
        self.coefficients.iter().all(|coefficient| coefficient.is_finite())
    }

    /// The value in a cell (column, row), at a place from 0 to 1 across it and up it.
    #[inline(always)]
    pub(super) fn value<T: Real>(&self, [column, row]: [usize; 2], across: T, up: T) -> T {
        self.weighted([column, row], &weights(across), &weights(up))
    }

    /// The value in a cell, from the weights of the four B-splines across it and up it.
    #[inline(always)]
    pub(super) fn weighted<T: Real>(&self, [column, row]: [usize; 2], across: &[T; 4], up: &[T; 4]) -> T {
        let along = |row: usize| {
            let four = &self.coefficients[row * self.width + column..][..4];
            across[0] * four[0] + across[1] * four[1] + across[2] * four[2] + across[3] * four[3]
        };
        up[0] * along(row) + up[1] * along(row + 1) + up[2] * along(row + 2) + up[3] * along(row + 3)
    }
}

/// The four uniform cubic B-splines that are not zero in a cell, at the place `t` from 0 to 1 in it.
#[inline(always)]
pub(super) fn weights<T: Real>(t: T) -> [T; 4] {
    let s = -t + 1.0;
    let outer = |t: T| t * t * t / 6.0;
    let inner = |t: T| t * t * (t * 0.5 - 1.0) + 2.0 / 3.0;
    [outer(s), inner(t), inner(s), outer(t)]
}

/// Turns values into coefficients along the rows of a table `width` wide, each column by itself.
///
/// The values f₁ … fₙ stand in rows 1 to n; rows 0 and n + 1 are free. The coefficients solve cᵢ₋₁ + 4cᵢ + cᵢ₊₁ = 6fᵢ.
/// Not-a-knot ends say that the fourth difference of c₀ … c₄ is zero, which with the first three equations leaves
/// c₂ = (8f₂ − f₁ − f₃)/6, and the same from the other end. Between those two the matrix is tridiagonal and diagonally
/// dominant, and elimination needs no pivots; beyond them c₁ and c₀ follow.
fn interpolate(table: &mut [f64], width: usize) {
    let n = table.len() / width - 2;
    for column in 0..width {
        let at = |row: usize| row * width + column;
        let inner = |table: &[f64], row: usize| (8.0 * table[at(row)] - table[at(row - 1)] - table[at(row + 1)]) / 6.0;
        let ends = [inner(table, 2), inner(table, n - 1)];
        // The values there are still needed for the coefficients beyond.
        (table[at(0)], table[at(n + 1)]) = (table[at(2)], table[at(n - 1)]);
        (table[at(2)], table[at(n - 1)]) = (ends[0], ends[1]);
    }
    eliminate(table, width, n);
    for column in 0..width {
        let at = |row: usize| row * width + column;
        for [beyond, end, second, third] in [[0, 1, 2, 3], [n + 1, n, n - 1, n - 2]].map(|rows| rows.map(at)) {
            let value = table[end];
            table[end] = 6.0 * table[beyond] - 4.0 * table[second] - table[third];
            table[beyond] = 6.0 * value - 4.0 * table[end] - table[second];
        }
    }
}

/// Solves cᵢ₋₁ + 4cᵢ + cᵢ₊₁ = 6fᵢ in rows 3 to n − 2, between known c₂ and cₙ₋₁, by the tridiagonal algorithm.
fn eliminate(table: &mut [f64], width: usize, n: usize) {
    let mut pivots = vec![0.0; n];
    for row in 3..n - 1 {
        let pivot = 1.0 / (4.0 - pivots[row - 1]);
        pivots[row] = pivot;
        let (above, below) = table.split_at_mut(row * width);
        for (value, previous) in below[..width].iter_mut().zip(&above[(row - 1) * width..]) {
            *value = (6.0 * *value - previous) * pivot;
        }
    }
    for row in (3..n - 1).rev() {
        let (above, below) = table.split_at_mut((row + 1) * width);
        for (value, next) in above[row * width..].iter_mut().zip(&below[..width]) {
            *value -= pivots[row] * next;
        }
    }
}
