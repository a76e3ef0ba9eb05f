//! What a frame of the landscape costs: values, gradients and Hessians of whole grids.

use divan::{Bencher, black_box};
use taylorscope::numbers::{Jet2, Real, ScalarField, batch, parallel};

fn main() {
    divan::main();
}

#[derive(Clone, Copy)]
struct Himmelblau;

impl ScalarField for Himmelblau {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y - 11.0).square() + (x + y.square() - 7.0).square()
    }
}

#[derive(Clone, Copy)]
struct Rosenbrock;

impl ScalarField for Rosenbrock {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (-x + 1.0).square() + (y - x.square()).square() * 100.0
    }
}

#[derive(Clone, Copy)]
struct Rastrigin;

impl ScalarField for Rastrigin {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        rastrigin_term(x) + rastrigin_term(y)
    }
}

#[inline(always)]
fn rastrigin_term<T: Real>(x: T) -> T {
    x.square() - (x * std::f64::consts::TAU).cos() * 10.0 + 10.0
}

/// Σ(w₂ tanh(w₁ x) − y)²/n over twenty samples.
struct Tanh2 {
    samples: Vec<(f64, f64)>,
}

impl Default for Tanh2 {
    fn default() -> Self {
        let sample = |i: u32| {
            let x = f64::from(i) * 0.2 - 1.9;
            (x, 1.5 * (1.2 * x).tanh())
        };
        Self { samples: (0..20).map(sample).collect() }
    }
}

impl ScalarField for Tanh2 {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        let mut sum = T::constant(0.0);
        for &(input, target) in &self.samples {
            sum = sum + (y * (x * input).tanh() - target).square();
        }
        sum / self.samples.len() as f64
    }
}

fn axis(n: usize) -> Vec<f64> {
    (0..n).map(|i| -5.0 + 10.0 * i as f64 / (n - 1) as f64).collect()
}

fn grid(bencher: Bencher<'_, '_>, field: &impl ScalarField, n: usize) {
    let (xs, mut out) = (axis(n), vec![0.0; n * n]);
    bencher.bench_local(|| {
        parallel::for_each_row(&mut out, n, |row, out| {
            batch::value_row(field, &xs, xs[row], out);
        });
        black_box(&out);
    });
}

/// One row of 512 points, again and again, on one core.
fn rows<const N: usize, F: ScalarField>(
    bencher: Bencher<'_, '_>,
    field: &F,
    f: impl Fn(&F, &[f64], &[f64], &mut [[f64; N]]),
) {
    let (xs, ys, mut out) = (axis(512), vec![1.5; 512], vec![[0.0; N]; 512]);
    bencher.bench_local(|| {
        f(field, &xs, &ys, &mut out);
        black_box(&out);
    });
}

fn values<F: ScalarField>(field: &F, xs: &[f64], ys: &[f64], out: &mut [[f64; 1]]) {
    batch::values(field, xs, ys, out.as_flattened_mut());
}

macro_rules! field {
    ($name:ident, $field:expr, $n:expr) => {
        mod $name {
            use super::*;

            #[divan::bench]
            fn grid(bencher: Bencher<'_, '_>) {
                super::grid(bencher, &$field, $n);
            }

            #[divan::bench]
            fn row_a_values(bencher: Bencher<'_, '_>) {
                rows(bencher, &$field, values);
            }

            #[divan::bench]
            fn row_b_gradients(bencher: Bencher<'_, '_>) {
                rows(bencher, &$field, batch::gradients);
            }

            #[divan::bench]
            fn row_c_hessians(bencher: Bencher<'_, '_>) {
                rows(bencher, &$field, batch::hessians);
            }
        }
    };
}

field!(himmelblau, Himmelblau, 512);
field!(rosenbrock, Rosenbrock, 512);
field!(rastrigin, Rastrigin, 512);
field!(tanh2, Tanh2::default(), 256);

/// Sixty-four Hessians, one after the other.
#[divan::bench]
fn rosenbrock_hessian_at_64_points(bencher: Bencher<'_, '_>) {
    let xs = axis(64);
    bencher.bench_local(|| {
        for &x in &xs {
            black_box(Rosenbrock.value(Jet2::x(black_box(x)), Jet2::y(black_box(1.5))));
        }
    });
}
