//! What many walks cost: basins of a method, coarse and fine.

use divan::{Bencher, black_box};
use taylorscope::analysis::{CriticalPoint, Search};
use taylorscope::landscapes::Landscape;
use taylorscope::optimizers::Choice;
use taylorscope::studies::{BasinQuestion, Basins, TOLERANCE};

fn main() {
    divan::main();
}

/// A landscape, a method, the starts on a side and the steps.
type Work = (&'static str, &'static str, usize, usize);

const WORK: [Work; 8] = [
    ("himmelblau", "gd:lr=0.01", 256, 200),
    // Never arrives: every start takes every step.
    ("himmelblau", "gd:lr=0.0001", 256, 200),
    ("himmelblau", "newton", 256, 200),
    ("himmelblau", "momentum:lr=0.01", 256, 200),
    ("rosenbrock", "adam", 512, 500),
    ("rastrigin", "gd:lr=0.002", 256, 200),
    ("tanh2", "adam", 256, 200),
    ("himmelblau", "newton_damped", 256, 200),
];

fn question((landscape, method, side, steps): Work) -> (BasinQuestion, Vec<CriticalPoint>) {
    let landscape = Landscape::parse(landscape).expect("is in the catalogue");
    let known = Search::finished(&landscape).points();
    let optimizer = Choice::parse(method).expect("is a method");
    let view = landscape.view();
    (BasinQuestion { landscape, optimizer, steps, tolerance: TOLERANCE, view, size: [side; 2] }, known)
}

/// The whole picture.
#[divan::bench(args = WORK.map(|work| format!("{} on {}, {}², {} steps", work.1, work.0, work.2, work.3)), sample_count = 20)]
fn basins(bencher: Bencher<'_, '_>, name: &String) {
    let work =
        WORK.into_iter().find(|work| *name == format!("{} on {}, {}², {} steps", work.1, work.0, work.2, work.3));
    let (question, known) = question(work.expect("is one of them"));
    bencher.bench(|| Basins::finished(black_box(question.clone()), black_box(&known)).map(|basins| basins.shares()));
}
