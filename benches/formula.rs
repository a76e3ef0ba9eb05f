//! What a typed formula costs beside the same formula compiled: grids of values, rows of second derivatives, single points.

use std::f64::consts::TAU;

use divan::{Bencher, black_box};
use taylorscope::landscapes::Loss;
use taylorscope::landscapes::formula::Expression;
use taylorscope::numbers::{Point, Real, ScalarField, parallel};

fn main() {
    divan::main();
}

const HIMMELBLAU: &str = "(x^2+y-11)^2+(x+y^2-7)^2";
const RASTRIGIN: &str = "20+x^2-10cos(2πx)+y^2-10cos(2πy)";

struct Himmelblau;

impl ScalarField for Himmelblau {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        (x.square() + y - 11.0).square() + (x + y.square() - 7.0).square()
    }
}

struct Rastrigin;

impl ScalarField for Rastrigin {
    #[inline(always)]
    fn value<T: Real>(&self, x: T, y: T) -> T {
        x.square() - (x * TAU).cos() * 10.0 + y.square() - (y * TAU).cos() * 10.0 + 20.0
    }
}

fn axis(n: usize) -> Vec<f64> {
    (0..n).map(|i| -5.0 + 10.0 * i as f64 / (n - 1) as f64).collect()
}

/// The values of a grid of 512².
fn grid(bencher: Bencher<'_, '_>, loss: &dyn Loss) {
    let (xs, mut out) = (axis(512), vec![0.0; 512 * 512]);
    bencher.bench_local(|| {
        parallel::for_each_row(&mut out, 512, |row, out| loss.value_row(&xs, xs[row], out));
        black_box(&out);
    });
}

/// The values of 512 points that are not in a row, on one core.
fn values(bencher: Bencher<'_, '_>, loss: &dyn Loss) {
    let (xs, ys, mut out) = (axis(512), vec![1.5; 512], vec![0.0; 512]);
    bencher.bench_local(|| {
        loss.values(&xs, &ys, &mut out);
        black_box(&out);
    });
}

/// The second derivatives of 512 points, on one core.
fn hessians(bencher: Bencher<'_, '_>, loss: &dyn Loss) {
    let (xs, ys, mut out) = (axis(512), vec![1.5; 512], vec![[0.0; 6]; 512]);
    bencher.bench_local(|| {
        loss.second_orders(&xs, &ys, &mut out);
        black_box(&out);
    });
}

/// The gradients of 512 points, one after the other, as a run asks for them.
fn gradients(bencher: Bencher<'_, '_>, loss: &dyn Loss) {
    let xs = axis(512);
    bencher.bench_local(|| {
        for x in &xs {
            black_box(loss.first_order(black_box(Point::new(*x, 1.5))));
        }
    });
}

macro_rules! pair {
    ($name:ident, $text:expr, $compiled:expr) => {
        mod $name {
            use super::*;

            fn typed() -> std::sync::Arc<dyn Loss> {
                Expression::parse($text).expect("is a formula").loss(&[])
            }

            #[divan::bench]
            fn a_grid_compiled(bencher: Bencher<'_, '_>) {
                grid(bencher, &$compiled);
            }

            #[divan::bench]
            fn a_grid_typed(bencher: Bencher<'_, '_>) {
                grid(bencher, &*typed());
            }

            #[divan::bench]
            fn b_values_compiled(bencher: Bencher<'_, '_>) {
                values(bencher, &$compiled);
            }

            #[divan::bench]
            fn b_values_typed(bencher: Bencher<'_, '_>) {
                values(bencher, &*typed());
            }

            #[divan::bench]
            fn c_hessians_compiled(bencher: Bencher<'_, '_>) {
                hessians(bencher, &$compiled);
            }

            #[divan::bench]
            fn c_hessians_typed(bencher: Bencher<'_, '_>) {
                hessians(bencher, &*typed());
            }

            #[divan::bench]
            fn d_points_compiled(bencher: Bencher<'_, '_>) {
                gradients(bencher, &$compiled);
            }

            #[divan::bench]
            fn d_points_typed(bencher: Bencher<'_, '_>) {
                gradients(bencher, &*typed());
            }
        }
    };
}

pair!(himmelblau, HIMMELBLAU, Himmelblau);
pair!(rastrigin, RASTRIGIN, Rastrigin);

/// From the text to a loss.
#[divan::bench(args = [HIMMELBLAU, RASTRIGIN])]
fn reading(text: &str) -> bool {
    Expression::parse(text).is_ok_and(|expression| expression.loss(&[]).value(Point::new(1.0, 2.0)).is_finite())
}

/// The box and the start of a formula.
#[divan::bench(args = [HIMMELBLAU, RASTRIGIN])]
fn view_and_start(bencher: Bencher<'_, '_>, text: &str) {
    let expression = Expression::parse(text).expect("is a formula");
    bencher.bench_local(|| {
        let view = expression.domain(&[]);
        expression.suggestion(&[], &view)
    });
}
