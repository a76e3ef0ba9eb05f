//! What many walks cost: basins, sweeps, races and tournaments, and the curve from −∇f to Newton's step.

use std::time::Duration;

use divan::{Bencher, black_box};
use taylorscope::analysis::{BridgeSearch, CriticalPoint, KnownMinima, LocalModel, Search};
use taylorscope::jobs::Jobs;
use taylorscope::landscapes::{Landscape, ViewBox};
use taylorscope::numbers::Point;
use taylorscope::optimizers::{Choice, CostModel};
use taylorscope::run::Recipe;
use taylorscope::studies::{
    BasinQuestion, Basins, Criterion, Finish, Limit, Race, RaceQuestion, Sweep, SweepAxis, SweepKey, SweepQuestion,
    TOLERANCE, Tolerance, TournamentQuestion, Tune,
};

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
    let landscape = Landscape::parse(landscape).expect("is in the catalog");
    let known = Search::finished(&landscape).points();
    let optimizer = Choice::parse(method).expect("is a method");
    let view = landscape.domain();
    (BasinQuestion { landscape, optimizer, steps, first: steps, tolerance: TOLERANCE, view, size: [side; 2] }, known)
}

/// The whole picture.
#[divan::bench(args = WORK.map(|work| format!("{} on {}, {}², {} steps", work.1, work.0, work.2, work.3)), sample_count = 20)]
fn basins(bencher: Bencher<'_, '_>, name: &String) {
    let work =
        WORK.into_iter().find(|work| *name == format!("{} on {}, {}², {} steps", work.1, work.0, work.2, work.3));
    let (question, known) = question(work.expect("is one of them"));
    bencher.bench(|| Basins::finished(black_box(question.clone()), black_box(&known)).map(|basins| basins.shares()));
}

/// Evaluations of one sample each between two looks at whether the work is still wanted: those of sixteen starts at a time, and those of
/// walkers.
const SLICES: [usize; 2] = [3_000_000, 30_000];

/// A slice of it: what cancelling waits for.
#[divan::bench(args = WORK.map(|work| format!("{} on {}", work.1, work.0)), sample_count = 50)]
fn slice_of_basins(bencher: Bencher<'_, '_>, name: &String) {
    let work = WORK.into_iter().find(|work| *name == format!("{} on {}", work.1, work.0));
    let (question, known) = question(work.expect("is one of them"));
    let begun = || Basins::new(question.clone(), &known).expect("can be asked");
    let slice = SLICES[usize::from(!begun().is_in_lanes())];
    bencher.with_inputs(begun).bench_values(|mut basins| basins.advance(black_box(slice)));
}

/// From the moment at which other basins are wanted, while some are under way, to the first news of those.
#[divan::bench(args = WORK.map(|work| format!("{} on {}", work.1, work.0)), sample_count = 50)]
fn other_basins_instead(bencher: Bencher<'_, '_>, name: &String) {
    let work = WORK.into_iter().find(|work| *name == format!("{} on {}", work.1, work.0));
    let (question, known) = question(work.expect("is one of them"));
    let half = ViewBox::square(0.5 * question.view.size());
    let first = Basins::new(question.clone(), &known).expect("can be asked");
    let second = Basins::new(BasinQuestion { view: half, ..question }, &known).expect("can be asked");
    let busy = || {
        let mut jobs = Jobs::new(|| {});
        jobs.want(Some(&first));
        std::thread::sleep(Duration::from_millis(5));
        jobs
    };
    bencher.with_inputs(busy).bench_local_values(|mut jobs| {
        jobs.want(Some(&second));
        while jobs.take::<Basins>().is_none_or(|news| !news.is_same(&second)) {
            std::thread::sleep(Duration::from_micros(50));
        }
        jobs
    });
}

fn minima(landscape: &Landscape) -> (Vec<CriticalPoint>, KnownMinima) {
    let search = Search::finished(landscape);
    let points = search.points();
    let minima = KnownMinima::among(&points, &search.sets(), landscape.loss(), landscape.domain());
    (points, minima)
}

/// η × β of momentum: 200² settings of 300 steps, on a valley where most of them arrive and where none does.
#[divan::bench(args = [1e-6, 1e-300], sample_count = 20)]
fn sweep(bencher: Bencher<'_, '_>, tolerance: f64) {
    let landscape = Landscape::parse("quad").expect("is in the catalog");
    let (critical, minima) = minima(&landscape);
    let optimizer = Choice::parse("momentum").expect("is a method");
    let axis = |name: &str, range: [f64; 2], is_log: bool| {
        let key = SweepKey::find(optimizer.entry, name).expect("is a parameter");
        SweepAxis::spaced(key, range, 200, is_log)
    };
    let question = SweepQuestion {
        x: axis("lr", [1e-3, 1.0], true),
        y: Some(axis("beta", [0.0, 0.99], false)),
        critical,
        minima,
        start: Point::new(-2.1, 1.7),
        steps: 300,
        tolerance: Tolerance::Gradient(tolerance),
        seeds: Vec::new(),
        optimizer: optimizer.clone(),
        landscape,
    };
    bencher.bench(|| Sweep::finished(black_box(question.clone())).map(|sweep| sweep.walked()));
}

/// A race of six methods on the long valley, as they are and each at its best rate.
#[divan::bench(args = [false, true], sample_count = 20)]
fn race(bencher: Bencher<'_, '_>, is_tuned: bool) {
    let landscape = Landscape::parse("rosenbrock").expect("is in the catalog");
    let (critical, minima) = minima(&landscape);
    let methods = ["gd:lr=0.001", "momentum:lr=0.001", "adam", "newton", "bfgs", "cg"];
    let recipe = |text: &str| Recipe::new(Choice::parse(text).expect("is a method"), Point::new(-1.2, 1.0), 20_000);
    let criterion = Criterion::Loss(1e-6);
    let finish = Finish { criterion, f_star: Some(0.0), model: CostModel::new(2.0) };
    let question = RaceQuestion {
        recipes: methods.map(recipe).to_vec(),
        further: Vec::new(),
        critical,
        minima,
        limit: Limit { steps: 20_000, evaluations: 400_000, rest: criterion.rest(), within: None },
        tune: if is_tuned { Tune::Rate } else { Tune::Nothing },
        finish,
        landscape,
    };
    bencher.bench(|| {
        let mut race = Race::new(black_box(question.clone()), None);
        race.finish();
        race.entrants().len()
    });
}

/// Twenty million steps: each of ten first-order methods at a rate that never arrives, from twenty starts on ten surfaces.
#[divan::bench(sample_count = 3)]
fn tournament(bencher: Bencher<'_, '_>) {
    let surfaces = [
        "bowl",
        "quad",
        "rosenbrock",
        "beale",
        "booth",
        "himmelblau",
        "camel3",
        "matyas",
        "styblinski_tang",
        "plateau",
    ];
    let methods = [
        "gd:lr=1e-9",
        "sign_gd:lr=1e-9",
        "momentum:lr=1e-9",
        "nesterov:lr=1e-9",
        "rmsprop:lr=1e-9",
        "adagrad:lr=1e-9",
        "adam:lr=1e-9",
        "nadam:lr=1e-9",
        "lion:lr=1e-9",
        "adamw:lr=1e-9",
    ];
    let question = TournamentQuestion {
        landscapes: surfaces.iter().map(|text| Landscape::parse(text).expect("is in the catalog")).collect(),
        optimizers: methods.iter().map(|text| Choice::parse(text).expect("is a method")).collect(),
        starts: 20,
        seed: 1,
        budget: 10_000.0 / 3.0,
        criterion: Criterion::Gradient(1e-12),
        tune: Tune::Nothing,
        rates: Vec::new(),
    };
    bencher.bench(|| black_box(&question).games().len());
}

/// Both curves, of the model and of the true best steps.
#[divan::bench(args = ["rosenbrock", "himmelblau", "rastrigin"], sample_count = 50)]
fn bridge(bencher: Bencher<'_, '_>, name: &str) {
    let landscape = Landscape::parse(name).expect("is in the catalog");
    let start = Point::from(landscape.suggestion().start);
    let (model, reach) = (LocalModel::new(landscape.loss(), start), landscape.domain().size());
    bencher.bench(|| {
        let mut search = BridgeSearch::new(black_box(&landscape), model, reach);
        search.as_mut().map(|search| search.advance(usize::MAX))
    });
}
