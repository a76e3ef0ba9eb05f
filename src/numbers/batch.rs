//! A function of the plane at many points, sixteen at a time, on whatever vector unit there is.
//!
//! The loops are compiled for AVX-512, for AVX2 and for the plain target, and the best one that
//! the processor has is chosen when the program runs. The results are the same to the last bit.

use multiversion::multiversion;

use super::jet::{Jet1, Jet2};
use super::lanes::{Lanes, WIDTH};
use super::real::Real;

/// A function of two variables, written once for every kind of number.
pub trait ScalarField: Send + Sync + 'static {
    /// The value at (`x`, `y`).
    ///
    /// Mark implementations, and what they call, `#[inline(always)]`: only code that is inlined
    /// into the loops of this module is compiled for the processor's vector unit.
    fn value<T: Real>(&self, x: T, y: T) -> T;
}

/// The values of `field` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))]
pub fn values<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [f64]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs
        .chunks(WIDTH)
        .zip(ys.chunks(WIDTH))
        .zip(out.chunks_mut(WIDTH))
    {
        field.value(Lanes::padded(xs), Lanes::padded(ys)).store(out);
    }
}

/// The values of `field` along a row of a grid, at the points (`xs[i]`, `y`).
///
/// # Panics
/// If the slices differ in length.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))]
pub fn value_row<F: ScalarField>(field: &F, xs: &[f64], y: f64, out: &mut [f64]) {
    assert_lengths(xs, xs, out);
    for (xs, out) in xs.chunks(WIDTH).zip(out.chunks_mut(WIDTH)) {
        field
            .value(Lanes::padded(xs), Lanes::constant(y))
            .store(out);
    }
}

/// `[f, ∂f/∂x, ∂f/∂y]` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))]
pub fn gradients<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [[f64; 3]]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs
        .chunks(WIDTH)
        .zip(ys.chunks(WIDTH))
        .zip(out.chunks_mut(WIDTH))
    {
        let f = field.value(Jet1::x(Lanes::padded(xs)), Jet1::y(Lanes::padded(ys)));
        interleave([f.value, f.dx, f.dy], out);
    }
}

/// `[f, ∂f/∂x, ∂f/∂y, ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²]` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))]
pub fn hessians<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs
        .chunks(WIDTH)
        .zip(ys.chunks(WIDTH))
        .zip(out.chunks_mut(WIDTH))
    {
        let f = field.value(Jet2::x(Lanes::padded(xs)), Jet2::y(Lanes::padded(ys)));
        interleave([f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy], out);
    }
}

fn assert_lengths<T>(xs: &[f64], ys: &[f64], out: &[T]) {
    assert!(
        xs.len() == ys.len() && xs.len() == out.len(),
        "as many x ({}) as y ({}) and results ({})",
        xs.len(),
        ys.len(),
        out.len()
    );
}

/// Writes one record per lane, as many as fit.
#[inline(always)]
fn interleave<const N: usize>(components: [Lanes; N], out: &mut [[f64; N]]) {
    for (lane, record) in out.iter_mut().enumerate().take(WIDTH) {
        *record = components.map(|component| component.0[lane]);
    }
}
