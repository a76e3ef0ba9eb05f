//! Tests of the basins: every cell against its own walk, and slices against the whole.

use super::*;
use crate::analysis::{Kind, Search};
use crate::run::{End, Walker};

fn question(landscape: &str, method: &str, size: [usize; 2]) -> BasinQuestion {
    let landscape = Landscape::parse(landscape).unwrap();
    let view = landscape.domain();
    BasinQuestion {
        landscape,
        optimizer: Choice::parse(method).unwrap(),
        steps: 150,
        first: 150,
        tolerance: TOLERANCE,
        view,
        size,
    }
}

fn known(question: &BasinQuestion) -> Vec<CriticalPoint> {
    Search::finished(&question.landscape).points()
}

fn cells(basins: &Basins) -> Vec<Option<BasinCell>> {
    let [width, height] = basins.question().size;
    (0..height).flat_map(|row| (0..width).map(move |column| (column, row))).map(|(x, y)| basins.cell(x, y)).collect()
}

/// By its definition: the nearest critical point within reach of where its own run converged.
fn by_definition(question: &BasinQuestion, known: &[CriticalPoint], start: Point) -> Option<BasinEnd> {
    let mut walker = Walker::new(&question.landscape, &question.recipe(start));
    walker.advance(usize::MAX);
    if walker.crossing().is_some() {
        return Some(BasinEnd::Diverged);
    }
    match walker.end() {
        Some(End::Converged) => {}
        Some(End::StepLimit) if walker.is_two_cycle() => return Some(BasinEnd::Cycle),
        Some(End::StepLimit) => return Some(BasinEnd::Undecided),
        _ => return Some(BasinEnd::Undefined),
    }
    let at = walker.place()?.at;
    let distance = |place: &usize| (known[*place].at - at).norm();
    let nearest = (0..known.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(&nearest) <= 1e-3).then_some(BasinEnd::Target(nearest))
}

#[test]
fn every_cell_is_what_its_own_run_comes_to() {
    for (landscape, method) in [
        ("himmelblau", "gd:lr=0.01"),
        ("himmelblau", "gd:lr=0.05"),
        ("himmelblau", "newton"),
        ("himmelblau", "momentum:lr=0.01"),
        ("himmelblau", "newton_damped"),
        ("camel6", "adam"),
        ("double_well", "bfgs"),
        ("formula:sqrt(x) + y^2 - x", "gd:lr=0.2"),
        ("parabola", "gd"),
    ] {
        let question = question(landscape, method, [23, 17]);
        let known = known(&question);
        let basins = Basins::finished(question.clone(), &known).unwrap();
        for row in 0..17 {
            for column in 0..23 {
                let start = question.start(column, row);
                let found = basins.cell(column, row).unwrap().end;
                // Beyond the known points it is another question which targets there are.
                let Some(expected) = by_definition(&question, &known, start) else { continue };
                assert_eq!(found, expected, "{method} on {landscape} from {start}");
            }
        }
        let (shares, others) = basins.shares();
        let sum = shares.iter().chain(&others).sum::<f64>();
        assert!((sum - 1.0).abs() < 1e-12, "{method} on {landscape}: the shares add up to {sum}");
    }
}

/// Elementary functions of lanes differ from those of a walker in their last bits; that moves the edges of basins only.
#[test]
fn where_there_are_elementary_functions_hardly_a_cell_differs() {
    for (landscape, method) in
        [("rastrigin", "gd:lr=0.002"), ("tanh2", "adam"), ("griewank", "momentum"), ("mccormick", "newton")]
    {
        let question = question(landscape, method, [40, 35]);
        let known = known(&question);
        let basins = Basins::finished(question.clone(), &known).unwrap();
        assert!(basins.is_in_lanes(), "{method}");
        let places = (0..35).flat_map(|row| (0..40).map(move |column| (column, row)));
        let differs = |(column, row): &(usize, usize)| {
            let expected = by_definition(&question, &known, question.start(*column, *row));
            expected.is_some_and(|expected| basins.cell(*column, *row).unwrap().end != expected)
        };
        let count = places.filter(differs).count();
        assert!(200 * count <= 40 * 35, "{method} on {landscape}: {count} cells differ");
    }
}

#[test]
fn slices_change_nothing_and_partial_results_cover_the_picture() {
    for method in ["gd:lr=0.01", "newton_damped", "gd:lr=0.01,noise=0.3,seed=7"] {
        let question = question("himmelblau", method, [150, 90]);
        let known = known(&question);
        let whole = Basins::finished(question.clone(), &known).unwrap();
        let mut slow = Basins::new(question, &known).unwrap();
        let mut slices = 0;
        while !slow.advance(40_000) {
            slow = slow.clone();
            slices += 1;
            // The first of the grid are every fourth of every fourth row.
            let is_covered = slow.walked() >= 150_usize.div_ceil(4) * 90_usize.div_ceil(4);
            assert!(!is_covered || cells(&slow).iter().all(Option::is_some), "{method}: a hole in slice {slices}");
        }
        assert!(slices > 3, "{method}: {slices} slices");
        assert_eq!(cells(&slow), cells(&whole), "{method}");
    }
}

/// Walks that have come nowhere after the first steps go on, and so end as if they had never stopped; the others are not walked again.
#[test]
fn starts_that_have_come_nowhere_walk_on() {
    for method in ["gd:lr=0.003", "newton_damped", "gd:lr=0.05"] {
        let patient = BasinQuestion { first: 20, ..question("himmelblau", method, [40, 30]) };
        let known = known(&patient);
        let at_once = Basins::finished(BasinQuestion { first: 150, ..patient.clone() }, &known).unwrap();
        let mut basins = Basins::new(patient.clone(), &known).unwrap();
        let ends =
            |basins: &Basins| cells(basins).into_iter().map(|cell| cell.map(|cell| cell.end)).collect::<Vec<_>>();
        let undecided = |basins: &Basins| ends(basins).iter().filter(|end| **end == Some(BasinEnd::Undecided)).count();
        while basins.walked() < 40 * 30 {
            basins.advance(5_000);
        }
        let early = undecided(&basins);
        basins.advance(usize::MAX);
        assert_eq!(ends(&basins), ends(&at_once), "{method}");
        let walked_on = early > undecided(&basins);
        assert_eq!((basins.is_finished(), walked_on), (true, method == "gd:lr=0.003"), "{method}: {early}");
    }
}

/// Where the first that walk on show that more steps lead nowhere the others stay, however the walks are divided; where some of them
/// come to an end, no start that does so needs more than the others are given.
#[test]
fn no_more_steps_are_taken_than_are_of_use() {
    for (method, stays) in [("gd:lr=1e-7", true), ("gd:lr=0.0006", false)] {
        let asked = BasinQuestion { first: 400, steps: 6000, ..question("himmelblau", method, [40, 30]) };
        let known = known(&asked);
        let whole = Basins::finished(asked.clone(), &known).unwrap();
        let mut slow = Basins::new(asked.clone(), &known).unwrap();
        while !slow.advance(30_000) {}
        assert_eq!((cells(&slow), slow.allowed()), (cells(&whole), whole.allowed()), "{method}");
        assert_eq!(whole.allowed() == 400, stays, "{method}: {}", whole.allowed());
        assert!(whole.allowed() < 6000 && whole.forerunners().is_some(), "{method}: {}", whole.allowed());
        let undecided = cells(&whole).into_iter().flatten().filter(|cell| cell.end == BasinEnd::Undecided);
        assert_eq!(undecided.count(), if stays { 1200 } else { 0 }, "{method}");
    }
}

#[test]
fn what_starts_come_to_beside_the_known_points_joins_them() {
    let mut narrow = question("himmelblau", "newton", [16, 16]);
    narrow.steps = 60;
    let basins = Basins::finished(narrow.clone(), &[]).unwrap();
    let found = basins.targets();
    for point in known(&narrow) {
        let target = found.iter().find(|target| (target.at - point.at).norm() < 1e-9);
        let Some(target) = target else { panic!("{point:?} is not among {found:?}") };
        assert_eq!(target.kind, TargetKind::Point(point.kind), "{found:?}");
        assert!((target.value - point.value).abs() < 1e-12 * (1.0 + point.value), "{target:?} for {point:?}");
    }
    let valley = Basins::finished(question("trough", "gd:lr=0.1", [8, 8]), &[]).unwrap();
    assert_eq!(valley.targets().iter().map(|target| target.kind).collect::<Vec<_>>(), [TargetKind::Line]);
    assert_eq!(valley.shares(), (vec![1.0], [0.0; 4]), "all starts come to it");
    let flat = Basins::finished(question("relu", "gd:lr=0.1", [24, 24]), &[]).unwrap();
    assert!(flat.targets().iter().any(|target| target.kind == TargetKind::Flat), "{:?}", flat.targets());
}

/// Also where there are more ends than colors two that touch each other look different.
#[test]
fn neighbors_have_other_colors() {
    for (landscape, method) in [("rastrigin", "gd:lr=0.002"), ("ackley", "gd:lr=0.005"), ("himmelblau", "newton")] {
        let mut question = question(landscape, method, [96, 96]);
        question.steps = 600;
        let basins = Basins::finished(question.clone(), &known(&question)).unwrap();
        let end = |column, row| match basins.cell(column, row).unwrap().end {
            BasinEnd::Target(target) => Some(target),
            _ => None,
        };
        let places = (0..95).flat_map(|row| (0..95).map(move |column| (column, row)));
        let pairs = places.flat_map(|(x, y)| [(end(x, y), end(x + 1, y)), (end(x, y), end(x, y + 1))]);
        let touching: Vec<(usize, usize)> = pairs.filter_map(|(a, b)| Some((a?, b?))).filter(|(a, b)| a != b).collect();
        let color = |target: usize| basins.targets()[target].color;
        let alike = touching.iter().filter(|(a, b)| color(*a) == color(*b)).count();
        assert!(touching.len() > 100, "{landscape}: {}", touching.len());
        assert_eq!(alike, 0, "{landscape}: of {}", touching.len());
    }
}

#[test]
fn the_largest_part_of_a_basin_is_a_square_of_it() {
    let question = question("himmelblau", "gd:lr=0.01", [60, 50]);
    let basins = Basins::finished(question.clone(), &known(&question)).unwrap();
    let parts = basins.largest_parts();
    assert_eq!(basins.by_share().len(), 4);
    for (target, share) in basins.by_share() {
        let LargestPart { middle: [column, row], side } = parts[target].unwrap();
        assert!(share > 0.1 && side > 15, "{target}: {side}");
        for (column, row) in [(column, row), (column + side / 2 - 1, row + side / 2 - 1)] {
            assert_eq!(basins.cell(column, row).unwrap().end, BasinEnd::Target(target));
        }
    }
}

#[test]
fn a_hop_between_two_points_and_a_hole_are_no_want_of_steps() {
    for (landscape, method, expected) in
        [("bowl", "gd:lr=2", BasinEnd::Cycle), ("formula:sqrt(x)+y^2", "gd:lr=0.4", BasinEnd::Undefined)]
    {
        let question = question(landscape, method, [9, 9]);
        let basins = Basins::finished(question.clone(), &known(&question)).unwrap();
        let found = |end: BasinEnd| cells(&basins).into_iter().flatten().filter(|cell| cell.end == end).count();
        assert!(found(expected) > 30 && found(BasinEnd::Undecided) == 0, "{landscape}: {}", found(expected));
        assert_eq!(basins.walk_from(question.start(4, 2), usize::MAX).unwrap().end, expected, "{landscape}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let whole = question("himmelblau", "gd", [8, 8]);
    let refusal = |question: BasinQuestion| Basins::new(question, &[]).err().map(|error| error.to_string());
    for (size, view, words) in [
        ([0, 8], whole.view, "from 1 to 8192"),
        ([8, 9000], whole.view, "from 1 to 8192"),
        ([256, 8], ViewBox::new(3.0, 3.0 + 1e-14, 1.0, 2.0), "too narrow"),
        // The first two and the last two starts differ, but not all between them.
        ([64, 8], ViewBox::new(3.0, 3.0 + 1e-14, 1.0, 2.0), "too narrow"),
    ] {
        let found = refusal(BasinQuestion { view, size, ..whole.clone() });
        assert!(found.as_ref().is_some_and(|found| found.contains(words)), "{size:?}: {found:?}");
    }
    let sgd = refusal(question("himmelblau", "sgd", [8, 8])).unwrap();
    assert!(sgd.contains("needs samples"), "{sgd}");
    let zoomed = BasinQuestion { view: ViewBox::new(0.1, 0.1 + 1e-12, 0.2, 0.2 + 1e-12), ..whole };
    assert_eq!(refusal(zoomed), None, "down to 1e-12");
}

/// Newton's minimization of this landscape is Newton's iteration for the cube roots of one in the complex plane.
#[test]
fn newton_on_the_cubic_roots_is_the_complex_iteration() {
    let size = [201, 160];
    let mut question = question("cubic_roots", "newton", size);
    question.steps = 60;
    let known = known(&question);
    assert_eq!(known.iter().map(|point| point.kind).collect::<Vec<_>>(), [Kind::Saddle; 3], "three saddles");
    let basins = Basins::finished(question.clone(), &known).unwrap();
    for row in 0..size[1] {
        for column in 0..size[0] {
            let start = question.start(column, row);
            let root = complex_root(start, 60);
            let place = root.and_then(|root| known.iter().position(|point| (point.at - root).norm() < 1e-6));
            let expected = place.map_or(BasinEnd::Undecided, BasinEnd::Target);
            assert_eq!(basins.cell(column, row).unwrap().end, expected, "from {start}");
        }
    }
}

/// z − (z³ − 1)/(3z²) until |z³ − 1| ≤ 1e-6, at most so often.
fn complex_root(start: Point, steps: usize) -> Option<Point> {
    let product = |a: [f64; 2], b: [f64; 2]| [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
    let mut z = [start.x, start.y];
    for _ in 0..=steps {
        let square = product(z, z);
        let cube = product(square, z);
        let rest = [cube[0] - 1.0, cube[1]];
        if rest[0].hypot(rest[1]) <= 1e-6 {
            return Some(Point::from(z));
        }
        let size = 3.0 * (square[0] * square[0] + square[1] * square[1]);
        let quotient = product(rest, [square[0] / size, -square[1] / size]);
        z = [z[0] - quotient[0], z[1] - quotient[1]];
    }
    None
}
