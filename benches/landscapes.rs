//! What every landscape of the catalog costs in batch, as Markdown tables: grids on all cores in milliseconds and in
//! nanoseconds a value, derivatives and typed formulas as ratios on one core.
//!
//! A table of its own rather than a benchmark a line: only ratios that were measured side by side mean anything.

#![expect(clippy::print_stdout, reason = "a benchmark answers on the terminal")]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use taylorscope::landscapes::grid::Grid;
use taylorscope::landscapes::{Build, Entry, Landscape, Loss, ViewBox, entries};
use taylorscope::numbers::parallel;

/// Typed formulas, and the surface of the catalog that each of them is.
const FORMULAS: [(&str, &str); 8] = [
    ("himmelblau", "(x^2+y-11)^2+(x+y^2-7)^2"),
    ("rosenbrock", "(1-x)^2+100(y-x^2)^2"),
    ("beale", "(1.5-x+x y)^2+(2.25-x+x y^2)^2+(2.625-x+x y^3)^2"),
    ("camel6", "(4-2.1x^2+x^4/3)x^2+x y+(4y^2-4)y^2"),
    ("rastrigin", "20+x^2-10cos(2πx)+y^2-10cos(2πy)"),
    ("ackley", "-20exp(-0.2sqrt(0.5(x^2+y^2)))-exp(0.5(cos(2πx)+cos(2πy)))+e+20"),
    ("easom", "-cos(x)cos(y)exp(-((x-π)^2+(y-π)^2))"),
    ("mccormick", "sin(x+y)+(x-y)^2-1.5x+2.5y+1"),
];

/// How often everything is measured; the fastest counts, as whatever else the machine does only ever adds.
const ROUNDS: usize = 60;

fn main() {
    // Cargo hands over `--bench` and filters; a test run only wants to know that it starts.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    grids();
    derivatives();
    formulas();
    measured();
}

/// The fastest of many rounds for each of some pieces of work, in nanoseconds; the rounds of all are interleaved.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn fastest<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [f64; N] {
    let time = |work: &mut dyn FnMut(), times: u32| {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        start.elapsed().as_nanos() as f64 / f64::from(times)
    };
    let times = works.each_mut().map(|work| (100_000.0 / time(work, 2).max(1.0)).ceil() as u32);
    let mut best = [f64::INFINITY; N];
    for _ in 0..ROUNDS {
        for ((best, work), times) in best.iter_mut().zip(&mut works).zip(times) {
            *best = best.min(time(work, times));
        }
    }
    best
}

fn axis([low, high]: [f64; 2], n: usize) -> Vec<f64> {
    (0..n).map(|i| low + (high - low) * i as f64 / (n - 1) as f64).collect()
}

/// The time of one picture of n × n values on all cores.
fn grid(loss: &dyn Loss, view: ViewBox, n: usize) -> f64 {
    let (xs, ys, mut out) = (axis(view.x, n), axis(view.y, n), vec![0.0; n * n]);
    let [time] = fastest([&mut || {
        parallel::for_each_row(&mut out, n, |row, out| loss.value_row(&xs, ys[row], out));
        black_box(&out);
    }]);
    time
}

/// The entry's landscape; a network with twenty samples.
fn landscape(entry: &'static Entry) -> Landscape {
    let samples = (0..20).map(|i| format!("{},{}", f64::from(i) * 0.2 - 1.9, i % 2)).collect::<Vec<_>>().join("\n");
    match entry.build {
        Build::Network { .. } => Landscape::of(entry)
            .with_file(Path::new("samples.csv"), format!("x,y\n{samples}").as_bytes())
            .expect("these are samples"),
        _ => Landscape::of(entry),
    }
}

fn grids() {
    println!("| values of a grid, all cores | grid | ms | ns a value |\n|---|---|---|---|");
    for entry in entries() {
        let n = if matches!(entry.build, Build::Network { .. }) { 256 } else { 512 };
        let landscape = landscape(entry);
        let time = grid(landscape.loss(), landscape.domain(), n);
        println!("| {} | {n}² | {:.3} | {:.2} |", entry.id, time / 1e6, time / (n * n) as f64);
    }
}

fn derivatives() {
    println!("\n| 512 points, one core | ns a value | value, gradient and Hessian |\n|---|---|---|");
    for entry in entries() {
        let landscape = landscape(entry);
        let (loss, view) = (landscape.loss(), landscape.domain());
        let (xs, ys) = (axis(view.x, 512), axis(view.y, 512));
        let (mut values, mut second) = (vec![0.0; 512], vec![[0.0; 6]; 512]);
        let mut take_values = || loss.values(&xs, &ys, black_box(&mut values));
        let mut take_hessians = || loss.second_orders(&xs, &ys, black_box(&mut second));
        let [value, hessian] = fastest([&mut take_values, &mut take_hessians]);
        println!("| {} | {:.2} | {:.1} × |", entry.id, value / 512.0, hessian / value);
    }
}

fn formulas() {
    println!(
        "\n| formula beside the same compiled, 512² grid, all cores | compiled, ms | typed, ms | ratio | points |"
    );
    println!("|---|---|---|---|---|");
    for (id, text) in FORMULAS {
        let [compiled, typed] = [Landscape::parse(id).expect(id), Landscape::of_formula(text).expect(text)];
        let view = compiled.domain();
        let (xs, ys) = (axis(view.x, 512), axis(view.y, 512));
        let [mut out, mut other] = [(); 2].map(|()| vec![0.0; 512 * 512]);
        let picture = |loss: &dyn Loss, out: &mut [f64]| {
            parallel::for_each_row(out, 512, |row, out| loss.value_row(&xs, ys[row], out));
        };
        let mut run_compiled = || picture(compiled.loss(), black_box(&mut out));
        let mut run_typed = || picture(typed.loss(), black_box(&mut other));
        let [fast, slow] = fastest([&mut run_compiled, &mut run_typed]);
        let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        assert!(out.iter().zip(&other).all(close), "{text} is not {id}");
        let [mut out, mut other] = [(); 2].map(|()| vec![0.0; 512]);
        let mut run_compiled = || compiled.loss().values(&xs, &ys, black_box(&mut out));
        let mut run_typed = || typed.loss().values(&xs, &ys, black_box(&mut other));
        let [points_fast, points_slow] = fastest([&mut run_compiled, &mut run_typed]);
        let [ratio, points] = [slow / fast, points_slow / points_fast];
        println!("| {id} | {:.3} | {:.3} | {ratio:.1} × | {points:.1} × |", fast / 1e6, slow / 1e6);
    }
}

/// A picture of a large measured grid, as `NumPy` would have saved it.
fn measured() {
    const SIDE: usize = 2001;
    let view = ViewBox::square(3.0);
    let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({SIDE}, {SIDE}), }}");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    let xs = axis(view.x, SIDE);
    for y in &xs {
        bytes.extend(xs.iter().flat_map(|x| (x * x + y * y * x).to_le_bytes()));
    }
    let grid = Grid::read(&bytes, "grid.npy", Some(view)).expect("is a grid");
    let time = self::grid(&grid, view, 512);
    println!("\na 512² picture of {SIDE}² measured losses, all cores: {:.2} ms", time / 1e6);
}
