//! A function of the plane at many points, sixteen at a time, on whatever vector unit there is.
//!
//! The loops are compiled for AVX-512, for AVX2 and for the plain target, and the best one that
//! the processor has is chosen when the program runs. The results are the same to the last bit.
//! Builds without optimization do with the plain one: there the others are no faster and take minutes to compile.

use std::array;
use std::hint::black_box;

use super::jet::{Jet1, Jet2};
use super::lanes::{Lanes, WIDTH};
use super::real::Real;

/// A function of two variables, written once for every kind of number.
pub trait ScalarField: Send + Sync + 'static {
    /// The value at (`x`, `y`).
    ///
    /// Mark implementations, and the functions they call, `#[inline(always)]`, and call no closure
    /// twice: only code that is inlined into the loops of this module is compiled for the
    /// processor's vector unit, and what is not costs five times as much.
    fn value<T: Real>(&self, x: T, y: T) -> T;
}

/// The values of `field` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn values<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [f64]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).zip(out.chunks_mut(WIDTH)) {
        field.value(Lanes::padded(xs), Lanes::padded(ys)).store(out);
    }
}

/// The values of `field` along a row of a grid, at the points (`xs[i]`, `y`).
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn value_row<F: ScalarField>(field: &F, xs: &[f64], y: f64, out: &mut [f64]) {
    assert_lengths(xs, xs, out);
    for (xs, out) in xs.chunks(WIDTH).zip(out.chunks_mut(WIDTH)) {
        field.value(Lanes::padded(xs), Lanes::constant(y)).store(out);
    }
}

/// `[f, ∂f/∂x, ∂f/∂y]` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn gradients<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [[f64; 3]]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).zip(out.chunks_mut(WIDTH)) {
        let f = field.value(Jet1::x(Lanes::padded(xs)), Jet1::y(Lanes::padded(ys)));
        interleave([f.value, f.dx, f.dy], out);
    }
}

/// `[f, ∂f/∂x, ∂f/∂y, ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²]` at the points (`xs[i]`, `ys[i]`).
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn hessians<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [[f64; 6]]) {
    assert_lengths(xs, ys, out);
    for ((xs, ys), out) in xs.chunks(WIDTH).zip(ys.chunks(WIDTH)).zip(out.chunks_mut(WIDTH)) {
        let f = field.value(Jet2::x(Lanes::padded(xs)), Jet2::y(Lanes::padded(ys)));
        interleave([f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy], out);
    }
}

/// Value and slopes of `field` at packs of points, in place of the first three of f, ∂x, ∂y, ∂xx, ∂xy, ∂yy.
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn first_orders_of_packs<F: ScalarField>(field: &F, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
    assert_lengths(at, at, out);
    for (at, out) in at.iter().zip(out) {
        // The compiler must not see the next pack: else it gathers from eight of them what lies side by side in each.
        let [x, y] = black_box(at);
        let f = field.value(Jet1::x(*x), Jet1::y(*y));
        (out[0], out[1], out[2]) = (f.value, f.dx, f.dy);
    }
}

/// f, ∂x, ∂y, ∂xx, ∂xy, ∂yy of `field` at packs of points.
///
/// # Panics
/// If the slices differ in length.
#[cfg_attr(
    not(debug_assertions),
    multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+fma", "x86_64+avx2+fma"))
)]
pub fn second_orders_of_packs<F: ScalarField>(field: &F, at: &[[Lanes; 2]], out: &mut [[Lanes; 6]]) {
    assert_lengths(at, at, out);
    for (at, out) in at.iter().zip(out) {
        // The compiler must not see the next pack: else it gathers from eight of them what lies side by side in each.
        let [x, y] = black_box(at);
        let f = field.value(Jet2::x(*x), Jet2::y(*y));
        *out = [f.value, f.dx, f.dy, f.dxx, f.dxy, f.dyy];
    }
}

fn assert_lengths<S, T>(xs: &[S], ys: &[S], out: &[T]) {
    assert!(
        xs.len() == ys.len() && xs.len() == out.len(),
        "as many x ({}) as y ({}) and results ({})",
        xs.len(),
        ys.len(),
        out.len()
    );
}

/// Writes one record per lane, as many as fit.
///
/// The components go through memory on purpose: else the compiler would arrange the arithmetic of the formula by records
/// instead of by lanes, at twice the cost.
#[inline(always)]
pub(crate) fn interleave<const N: usize>(components: [Lanes; N], out: &mut [[f64; N]]) {
    let components = black_box(&components);
    if let Some(full) = out.first_chunk_mut::<WIDTH>() {
        for (lane, record) in full.iter_mut().enumerate() {
            *record = array::from_fn(|component| components[component].0[lane]);
        }
    } else {
        for (lane, record) in out.iter_mut().enumerate() {
            *record = array::from_fn(|component| components[component].0[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most of what lanes can do.
    struct Mixture;

    impl ScalarField for Mixture {
        #[inline(always)]
        fn value<T: Real>(&self, x: T, y: T) -> T {
            let wave = (x * y).tanh() + x.sin() * y.cos();
            wave + x.max(y).softplus() + x.powi(3) / (y.abs() + 1.0)
        }
    }

    /// Large angles and a NaN among them.
    fn places() -> (Vec<f64>, Vec<f64>) {
        let mut xs: Vec<f64> = (0..37).map(|i| 0.3 * f64::from(i) - 5.0).collect();
        (xs[5], xs[20], xs[36]) = (1e9, f64::NAN, -1e12);
        let ys = xs.iter().rev().map(|x| x * 0.5).collect();
        (xs, ys)
    }

    /// For comparisons to the last bit; the bits of a NaN mean nothing and may differ.
    fn bits<const N: usize>(records: &[[f64; N]]) -> Vec<[u64; N]> {
        let bits = |x: f64| {
            if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
        };
        records.iter().map(|record| record.map(bits)).collect()
    }

    /// Evaluates all points together, and each alone at the head of a padded pack.
    fn assert_place_does_not_matter<const N: usize>(f: impl Fn(&[f64], &[f64], &mut [[f64; N]])) {
        let (xs, ys) = places();
        let mut together = vec![[0.0; N]; xs.len()];
        f(&xs, &ys, &mut together);
        let mut alone = together.clone();
        for ((x, y), out) in xs.chunks(1).zip(ys.chunks(1)).zip(alone.chunks_mut(1)) {
            f(x, y, out);
        }
        assert_eq!(bits(&together), bits(&alone), "the place in a batch shows in the result");
    }

    #[test]
    fn a_point_does_not_know_its_place() {
        assert_place_does_not_matter::<1>(|xs, ys, out| {
            values(&Mixture, xs, ys, out.as_flattened_mut());
        });
        assert_place_does_not_matter(|xs, ys, out| gradients(&Mixture, xs, ys, out));
        assert_place_does_not_matter(|xs, ys, out| hessians(&Mixture, xs, ys, out));
    }

    #[test]
    fn the_chosen_target_does_not_show() {
        let (xs, ys) = places();
        let mut chosen = vec![[0.0; 6]; WIDTH];
        hessians(&Mixture, &xs[..WIDTH], &ys[..WIDTH], &mut chosen);
        // Here, outside the batch functions, the same code is compiled for the plain target.
        let plain = Mixture.value(Jet2::x(Lanes::padded(&xs)), Jet2::y(Lanes::padded(&ys)));
        let mut expected = vec![[0.0; 6]; WIDTH];
        interleave([plain.value, plain.dx, plain.dy, plain.dxx, plain.dxy, plain.dyy], &mut expected);
        assert_eq!(bits(&chosen), bits(&expected), "targets differ");
    }

    #[test]
    fn all_four_agree() {
        let (xs, _) = places();
        let ys = vec![0.75; xs.len()];
        let (mut row, mut first, mut second) = (vec![0.0; 37], vec![[0.0; 3]; 37], vec![[0.0; 6]; 37]);
        value_row(&Mixture, &xs, 0.75, &mut row);
        gradients(&Mixture, &xs, &ys, &mut first);
        hessians(&Mixture, &xs, &ys, &mut second);
        for ((value, first), second) in row.iter().zip(&first).zip(&second) {
            assert_eq!(bits(&[[*value]]), bits(&[[first[0]]]), "value and gradient");
            assert_eq!(bits(&[*first]), bits(&[[second[0], second[1], second[2]]]), "gradient and Hessian");
        }
        values(&Mixture, &[], &[], &mut []);
    }
}
