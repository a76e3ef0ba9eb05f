//! Everything walked: every method over every landscape, with every parameter, from starts no one would choose; each run ends in words, and what is shown of it are numbers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::Shape;
use taylorscope::analysis::Search;
use taylorscope::drawing::sentence::sentence;
use taylorscope::landscapes::grid::Grid;
use taylorscope::landscapes::{Acts, Landscape, Parameter, Scale, entries};
use taylorscope::numbers::{Point, SplitMix64, Vector, parallel};
use taylorscope::optimizers::{Choice, ENTRIES, Method};
use taylorscope::run::explain::Explanation;
use taylorscope::run::{ParameterChange, Recipe, Run, StepAnalysis, StopReason};
use taylorscope::state::{Command, DocumentCommand, PlayCommand, RunCommand};

use crate::desk::desk;
use crate::some::some;

/// From how many starts each method walks each landscape: one, or more in a long run.
fn starts_each() -> usize {
    std::env::var("TAYLORSCOPE_STARTS").ok().and_then(|count| count.parse().ok()).unwrap_or(1)
}

/// How long to watch a method: not so long where a step asks for thousands of values.
fn patience(entry: &Method, steps: usize) -> usize {
    if entry.id == "finite_step" { steps / 20 } else { steps }
}

/// The suggested start, and nine that no one would choose.
fn starts(landscape: &Landscape) -> [Point; 10] {
    let view = landscape.domain();
    let mut random = SplitMix64::of_names(&[&landscape.to_string()]);
    let mut inside =
        || Point::new(view.x[0] + random.uniform() * view.width(), view.y[0] + random.uniform() * view.height());
    let mut search = Search::new(landscape);
    search.advance(5000);
    let critical = search.points().first().map(|point| point.at);
    let on_line = landscape.critical_sets().first().and_then(|set| set.polyline.first().copied());
    [
        Point::from(landscape.suggestion().start),
        Point::new(1e8, -1e8),
        Point::new(0.0, 0.0),
        critical.or(on_line).unwrap_or_else(&mut inside),
        Point::new(1e150, -1e150),
        Point::new(1e-300, -1e-300),
        Point::new(0.0, landscape.suggestion().start[1]),
        Point::new(view.x[0], view.y[1]),
        Point::new(0.5 * (view.x[0] + view.x[1]), 0.5 * (view.y[0] + view.y[1])),
        inside(),
    ]
}

/// Which of the ten starts a method begins with on a landscape: by their names, so that neither list's order matters.
fn first_start(landscape: &Landscape, method: &Method) -> usize {
    (10.0 * SplitMix64::of_names(&[&landscape.to_string(), method.id]).uniform()) as usize
}

/// Whether a text shows what is not a number: `NaN`, `inf`.
fn shows_no_number(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| ["nan", "inf"].contains(&word.to_lowercase().as_str()))
}

fn check_words(text: &str) -> Result<(), String> {
    if text.chars().count() > 10 && !shows_no_number(text) { Ok(()) } else { Err(format!("it says {text:?}")) }
}

/// What must hold of every run: recorded numbers are finite, it ends in words, and each step can be described.
fn check_run(landscape: &Landscape, recipe: &Recipe) -> Result<(), String> {
    let run = Run::of(landscape, recipe);
    let stop = run.stop().ok_or("it has no end")?;
    check_words(&stop.text)?;
    let iterates = run.iterates();
    for (index, iterate) in iterates.iter().enumerate() {
        let numbers = iterate.at.coords.iter().chain(iterate.gradient.iter()).chain(iterate.taken.iter());
        if !numbers.chain([&iterate.loss]).all(|number| number.is_finite()) {
            return Err(format!("iterate {index} is {iterate:?}"));
        }
    }
    let is_unsupported = recipe.optimizer.entry.unsupported_reason(landscape).is_some();
    if is_unsupported && !iterates.is_empty() && (stop.reason, stop.step) != (StopReason::UndefinedStep, 0) {
        return Err(format!("it is unsuited and walks: {stop:?}"));
    }
    if iterates.is_empty() && stop.reason != StopReason::NotFinite {
        return Err(format!("it has no start: {stop:?}"));
    }
    let last = iterates.len().saturating_sub(1);
    // A step is described by replaying those before it, which is expensive where a step asks for thousands of values.
    let indices =
        if patience(recipe.optimizer.entry, 20) == 1 { vec![0, last.min(2)] } else { vec![0, last / 2, last] };
    indices.into_iter().try_for_each(|index| check_step(&run, index))
}

/// What is said of a step, and what the method remembers and computes for it.
fn check_step(run: &Run, index: usize) -> Result<(), String> {
    let Some(focus) = StepAnalysis::of(run, index) else { return Ok(()) };
    let stop = run.stop().filter(|_| index + 1 == run.iterates().len());
    let words: String =
        sentence(&Explanation::of(&focus, run, stop, None)).into_iter().map(|piece| piece.text).collect();
    check_words(&words).map_err(|error| format!("step {index}: {error}"))?;
    let replayed = &focus.replayed;
    let Ok(step) = &replayed.step else { return Ok(()) };
    let carried = replayed.before.iter().chain(&replayed.state).chain(&replayed.working);
    for (quantity, value) in carried {
        if value.numbers().iter().any(|number| number.is_nan()) {
            return Err(format!("step {index}: {} is {value:?}", quantity.name));
        }
    }
    if step.parts.iter().any(|part| part.displacement().iter().any(|number| number.is_nan())) {
        return Err(format!("step {index}: parts {:?}", step.parts));
    }
    if step.taken != Vector::zeros() && step.taken.iter().any(|number| number.is_nan()) {
        return Err(format!("step {index}: taken {}", step.taken));
    }
    Ok(())
}

/// All walks, on all cores; what fails is named by landscape, method and start.
fn walk_all(walks: &[(Landscape, Recipe)]) {
    let failures: Vec<String> = parallel::map(walks, |(landscape, recipe)| {
        let walked = catch_unwind(AssertUnwindSafe(|| check_run(landscape, recipe)));
        let error = walked.unwrap_or_else(|_| Err("it panics".to_owned())).err()?;
        let Recipe { optimizer, start, changes, .. } = recipe;
        let changed = if changes.is_empty() { String::new() } else { format!(", {changes:?}") };
        Some(format!("{optimizer} on {landscape} from ({:e}, {:e}){changed}: {error}", start.x, start.y))
    })
    .into_iter()
    .flatten()
    .collect();
    let shown = &failures[..failures.len().min(30)];
    assert!(failures.is_empty(), "{} of {} walks fail:\n{}", failures.len(), walks.len(), shown.join("\n"));
}

#[test]
fn every_method_on_every_landscape_comes_to_a_named_end() {
    let mut walks = Vec::new();
    for entry in entries() {
        let landscape = Landscape::of(entry);
        let starts = starts(&landscape);
        for optimizer in ENTRIES {
            // With few starts, others for each pair of landscape and method.
            let first = first_start(&landscape, optimizer);
            for start in starts.into_iter().cycle().skip(first).take(starts_each()) {
                walks.push((landscape.clone(), Recipe::new(Choice::of(optimizer), start, patience(optimizer, 500))));
            }
        }
    }
    walk_all(&some(walks, 5).collect::<Vec<_>>());
}

/// Every word of a choice; of a number the slider's ends and the largest and smallest there are.
fn extremes(parameter: &Parameter) -> Vec<f64> {
    let all = match parameter.scale {
        Scale::Choice(words) => (0..words.len()).map(|word| word as f64).collect(),
        _ => vec![parameter.min, parameter.max, 0.0, 1e-300, 1e300, -1.0, 0.999_999_999],
    };
    all.into_iter().filter(|value| parameter.check(*value).is_ok()).collect()
}

#[test]
fn every_parameter_may_be_at_its_ends_from_the_start_or_from_a_step_on() {
    let mut walks = Vec::new();
    for landscape in ["rosenbrock", "ackley", "l1", "logistic"].map(|text| Landscape::parse(text).unwrap()) {
        let start = Point::from(landscape.suggestion().start);
        for optimizer in ENTRIES {
            for (index, parameter) in optimizer.parameters.iter().enumerate() {
                for value in extremes(parameter) {
                    let mut recipe = Recipe::new(Choice::of(optimizer), start, patience(optimizer, 60));
                    // What the parameter acts upon must be on.
                    for (other, choice) in optimizer.parameters.iter().enumerate() {
                        match parameter.acts {
                            Acts::Among(name, values) if name == choice.name => {
                                recipe.optimizer.set(other, values[0]).unwrap();
                            }
                            Acts::Above0(name) if name == choice.name => recipe.optimizer.set(other, 0.1).unwrap(),
                            _ => {}
                        }
                    }
                    let mut later = recipe.clone();
                    later.change_from(ParameterChange { step: 2, parameter: index, value });
                    recipe.optimizer.set(index, value).unwrap();
                    walks.extend([(landscape.clone(), recipe), (landscape.clone(), later)]);
                }
            }
        }
    }
    walk_all(&some(walks, 2).collect::<Vec<_>>());
}

/// Formulas with poles, edges, jumps, holes and overflow.
const FORMULAS: &[&str] = &[
    "1/x",
    "ln(x y)",
    "sqrt(x)+y",
    "0/0",
    "x^y",
    "tan(x)",
    "floor(x)",
    "mod(x,1)",
    "if(x<0,1/x,y)",
    "1e308*x^2",
    "gauss(1e5x)",
    "step(x)",
    "0",
    "1e308",
    "1e-320*(x^2+y^2)",
    "exp(exp(x+y))",
    "sin(1/x)+y^2",
    "ln(-1)",
    "asin(10(x+y))",
    "|x|^0.3+|y|",
    "√(x²+y²)",
    "x y",
    "(x-1e12)^2+y^2",
    "sin(1e9 x)",
    "1/(x^2+y^2)",
    "mod(x,0)",
    "y^1e6",
    "max(x,y,-x)",
    "-(x^2+y^2)^20",
];

/// Networks that are hard on everything.
const NETWORKS: &[&str] = &[
    "depth:layers=20,act=linear",
    "depth:layers=7,act=relu",
    "network:relu(w1 x + w2)^9,loss=sse,noise=1000,n=2",
    "network:ln(w1 x)/w2,loss=mae",
    "network:floor(w1) x,loss=ce,noise=0,n=1",
    "network:x,loss=huber",
];

/// Losses over a lattice of `side` by `side`, as a table.
fn grid(side: usize, loss: impl Fn(usize, usize) -> f64) -> Landscape {
    let cell = |index: usize| [index % side, index / side];
    let lines = (0..side * side).map(|index| {
        let [column, row] = cell(index);
        format!("{column},{row},{}\n", loss(column, row))
    });
    let table = format!("x,y,loss\n{}", lines.collect::<String>());
    Landscape::of_grid(Grid::read(table.as_bytes(), "lattice.csv", None).unwrap(), "lattice.csv".as_ref())
}

/// What no one would choose and the user will bring along.
fn brought_along() -> Vec<Landscape> {
    let formulas = FORMULAS.iter().map(|text| Landscape::of_formula(text).unwrap());
    let networks = NETWORKS.iter().map(|text| Landscape::parse(text).unwrap());
    let grids = [
        grid(4, |x, y| (x * x + y) as f64),
        grid(4, |_, _| 0.0),
        grid(9, |_, _| 1e300),
        grid(9, |x, y| if (x, y) == (4, 4) { 1e300 } else { 0.0 }),
        grid(9, |x, y| if (x, y) == (4, 4) { -1e-300 } else { 0.0 }),
        grid(9, |x, y| ((x * 7919 + y * 104_729) % 13) as f64),
        grid(30, |x, _| -(x as f64)),
    ];
    formulas.chain(networks).chain(grids).collect()
}

#[test]
fn every_method_walks_whatever_is_brought_along() {
    let mut walks = Vec::new();
    for landscape in brought_along() {
        let starts = starts(&landscape);
        for optimizer in ENTRIES {
            for start in [starts[0], starts[1 + first_start(&landscape, optimizer) % 9]] {
                walks.push((landscape.clone(), Recipe::new(Choice::of(optimizer), start, patience(optimizer, 50))));
            }
        }
    }
    walk_all(&some(walks, 4).collect::<Vec<_>>());
}

#[test]
fn the_search_for_critical_points_ends_whatever_is_brought_along() {
    let failures: Vec<String> = parallel::map(&some(brought_along(), 3).collect::<Vec<_>>(), |landscape| {
        let search = Search::finished(landscape);
        let finite = |number: f64| number.is_finite();
        let wrong = search.points().into_iter().find(|point| {
            !(point.at.coords.iter().all(|x| finite(*x))
                && finite(point.value)
                && landscape.domain().contains(point.at))
        });
        let text = search.completeness()?.text();
        (wrong.is_some() || check_words(&text).is_err()).then(|| format!("{landscape}: {wrong:?}, {text}"))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Every text in a shape.
fn texts<'a>(shape: &'a Shape, out: &mut Vec<&'a str>) {
    match shape {
        Shape::Text(text) => out.push(text.galley.text()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, out)),
        _ => {}
    }
}

#[test]
fn the_window_shows_numbers_whatever_the_run() {
    let mut harness = desk(1000.0, 700.0);
    let mut failures = Vec::new();
    let spike = grid(9, |x, y| if (x, y) == (4, 4) { 1e300 } else { 0.0 });
    let lands = [
        (Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")), [1e8, -1e8]),
        (Command::Document(DocumentCommand::ChooseLandscape("logistic")), [1e150, -1e150]),
        (Command::Document(DocumentCommand::ChooseLandscape("cliff")), [300.0, 0.0]),
        (Command::Document(DocumentCommand::TypeFormula("1/x".to_owned())), [1e-300, 0.0]),
        (Command::Document(DocumentCommand::TypeFormula("1e308*x^2".to_owned())), [0.1, 1e300]),
        (Command::Document(DocumentCommand::BringLandscape(Box::new(spike))), [3.9, 4.2]),
    ];
    for (surface, start) in lands {
        harness
            .state_mut()
            .state
            .apply(vec![surface, Command::Document(DocumentCommand::MoveStart(Point::from(start)))]);
        // A few methods on each surface; all of them in a long run.
        let share = starts_each().clamp(2, 10) as f64 / 10.0;
        let surface = harness.state().state.document.landscape.to_string();
        for optimizer in ENTRIES {
            let mut random = SplitMix64::of_names(&[&surface, optimizer.id]);
            if random.uniform() >= share {
                continue;
            }
            let card = harness.state().state.selected;
            let playhead = if random.uniform() < 0.5 { 0 } else { 7 };
            let commands = vec![
                Command::Runs(RunCommand::SetMethod(card, optimizer.id)),
                Command::Play(PlayCommand::GoTo(playhead)),
            ];
            harness.state_mut().state.apply(commands);
            harness.step();
            let mut shown = Vec::new();
            for clipped in &harness.output().shapes {
                texts(&clipped.shape, &mut shown);
            }
            assert!(shown.len() > 20, "{} texts are painted", shown.len());
            let wrong = shown.into_iter().filter(|text| shows_no_number(text));
            failures.extend(wrong.map(|text| format!("{} on {surface}: {text:?}", optimizer.id)));
        }
    }
    assert!(failures.is_empty(), "{} texts:\n{}", failures.len(), failures[..failures.len().min(30)].join("\n"));
}
