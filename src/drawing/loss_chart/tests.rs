//! What the chart may not do: draw a straight convergence where there is none, merge what is decades apart, let one run change
//! the shape of another, or hide what leaves.

use super::*;
use crate::analysis::{KnownMinima, Search};
use crate::drawing::DrawnRun;
use crate::drawing::ink::{Ink, MarkerShape, run_style};
use crate::drawing::prediction_row::PredictionRow;
use crate::drawing::primitive::Primitive;
use crate::landscapes::Landscape;
use crate::numbers::Point;
use crate::optimizers::Choice;
use crate::run::{Recipe, Run};

#[cfg(test)]
mod guides;

/// Runs of these methods on a landscape, and what is known of it.
struct Scene {
    runs: Vec<Run>,
    minima: KnownMinima,
}

impl Scene {
    fn of(landscape: &str, methods: &[&str], start: [f64; 2], steps: usize) -> Self {
        let landscape = Landscape::parse(landscape).unwrap();
        let run = |method: &&str| {
            let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), steps);
            Run::of(&landscape, &Recipe { tolerance: None, ..recipe })
        };
        let search = Search::finished(&landscape);
        let minima = KnownMinima::among(&search.points(), &search.sets(), landscape.loss(), landscape.domain());
        Self { runs: methods.iter().map(run).collect(), minima }
    }

    fn path(&self, index: usize) -> DrawnRun<'_> {
        DrawnRun {
            run: &self.runs[index],
            name: String::new(),
            style: run_style(index),
            selected: index == 0,
            ghost: false,
            now: usize::MAX,
            waiting: None,
        }
    }

    fn traces(&self, choice: &ChartChoice) -> Vec<Trace> {
        let wanted = Wanted {
            quantity: choice.quantity,
            log_x: choice.log_x,
            playhead: 0,
            minima: (&self.minima, 0),
            exceeds_frame: false,
        };
        self.runs.iter().map(|run| Trace::of(run, &wanted)).collect()
    }

    /// The chart with the playhead at the end, some runs hidden.
    fn chart(&self, choice: ChartChoice, hidden: &[usize]) -> LossChart {
        self.chart_at(usize::MAX, choice, hidden)
    }

    /// The chart with the runs shown at an iterate.
    fn chart_at(&self, now: usize, choice: ChartChoice, hidden: &[usize]) -> LossChart {
        let traces = self.traces(&choice);
        let curve = |(index, trace)| Curve {
            path: DrawnRun { now, ..self.path(index) },
            hidden: hidden.contains(&index),
            trace,
            seconds: None,
        };
        let span = self.runs.iter().map(|run| run.iterates().len() - 1).max().unwrap();
        let floor = self.minima.lowest().map(|lowest| Floor { value: lowest.value, text: String::new() });
        let premise = Premise::of(&self.runs[0], &self.minima);
        loss_chart(&LossChartInput {
            choice,
            curves: traces.iter().enumerate().map(curve).collect(),
            minima: &self.minima,
            floor: floor.ok_or_else(|| "none is known".to_owned()),
            span,
            playhead: span,
            model: crate::optimizers::CostModel::new(2.0),
            pointed: None,
            in_fog: false,
            premise: Some(&premise),
        })
    }
}

fn on(scale: ChartScale) -> ChartChoice {
    ChartChoice { scale, ..ChartChoice::default() }
}

/// The points of all lines in a color, in points of the chart.
fn line(primitives: &[Primitive<'_>], ink: Ink) -> Vec<Point> {
    let places = primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Line { places, pen } if pen.ink == ink => Some((0..places.len()).map(|index| places.get(index))),
        _ => None,
    });
    places.flatten().collect()
}

fn spread(points: &[Point]) -> f64 {
    let [low, high] = range::extent(points.iter().map(|at| at.y)).unwrap();
    high - low
}

/// The long valley at the limit of the rate: from 62.96 to 62.43 in 200 steps is no convergence.
fn at_the_limit() -> Scene {
    let quad = Landscape::parse("quad").unwrap();
    let bound = Choice::parse("gd").unwrap().stability_bound().unwrap();
    let curvature =
        crate::analysis::Curvature::of(&crate::analysis::LocalModel::new(quad.loss(), Point::new(1.0, 1.0)));
    let rate = bound.recursion.limit() / curvature.unwrap().eigen.values[1];
    Scene::of("quad", &[&format!("gd:lr={rate}")], [-2.1, 1.7], 200)
}

#[test]
fn at_the_limit_of_the_rate_the_loss_is_nearly_level() {
    let scene = at_the_limit();
    let losses = scene.runs[0].iterates();
    assert!(losses[200].loss < losses[1].loss && losses[200].loss > 0.95 * losses[1].loss, "it hardly falls");
    for scale in ChartScale::ALL {
        let chart = scene.chart(on(scale), &[]);
        let points: Vec<Point> = line(&chart.primitives, run_style(0).0).into_iter().filter(|at| at.x >= 1.0).collect();
        assert!(points.len() > 100 && spread(&points) < 0.06 * chart.view.height(), "{scale:?}: {}", spread(&points));
    }
    let strip = sparkline(Some(&scene.path(0)), &PredictionRow::default(), 200, 0, false);
    let points: Vec<Point> = line(&strip.primitives, run_style(0).0).into_iter().filter(|at| at.x >= 1.0).collect();
    assert!(points.len() > 100 && spread(&points) < 0.06, "the small one, too: {}", spread(&points));
}

#[test]
fn what_is_decades_above_another_is_seen_above_it() {
    let scene = Scene::of("himmelblau", &["gd:lr=0.01", "newton"], [3.4, 2.3], 20);
    let [descent, newton] = [0, 1].map(|index| scene.runs[index].iterates().last().unwrap().loss);
    assert!(descent > 1e-9 && newton < 1e-25, "{descent} above {newton}");
    for scale in [ChartScale::Log, ChartScale::LogAbove] {
        let chart = scene.chart(on(scale), &[]);
        let lowest = |index: usize| {
            let points = line(&chart.primitives, run_style(index).0);
            range::extent(points.iter().map(|at| at.y)).unwrap()[0]
        };
        let [descent, newton] = [lowest(0), lowest(1)];
        assert!(
            descent - newton > 15.0 && descent - newton > 0.4 * chart.view.height(),
            "{scale:?}: {descent}, {newton}"
        );
    }
}

#[test]
fn hiding_a_run_changes_no_other() {
    let scene = Scene::of("himmelblau", &["gd:lr=0.01", "newton", "momentum", "gd:lr=0.1"], [0.15, 0.35], 60);
    for quantity in StepQuantity::ALL {
        for scale in ChartScale::ALL {
            let choice = ChartChoice { quantity, scale, ..ChartChoice::default() };
            let [all, alone] = [&[][..], &[1, 2, 3]].map(|hidden| scene.chart(choice, hidden));
            assert_eq!((alone.view, alone.y), (all.view, all.y), "{quantity:?} {scale:?}: the same frame");
            let first = |chart: &LossChart| chart.readings[0].clone();
            assert_eq!(first(&alone), first(&all), "{quantity:?} {scale:?}");
            let drawn = line(&alone.primitives, run_style(0).0);
            let among = line(&all.primitives, run_style(0).0);
            assert!(drawn.iter().all(|at| among.contains(at)), "{quantity:?} {scale:?}: the same line");
        }
    }
}

/// The steps named at arrows.
fn named_exits(chart: &LossChart) -> Vec<usize> {
    let names = chart.primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Name { text, .. } => text.strip_prefix("leaves at step ")?.split(',').next()?.parse().ok(),
        _ => None,
    });
    names.collect()
}

fn crosses(primitives: &[Primitive<'_>]) -> Vec<Point> {
    let marks = primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Marks { places, shape: MarkerShape::Cross, .. } => Some(places.get(0)),
        _ => None,
    });
    marks.collect()
}

#[test]
fn a_run_that_diverges_is_marked_where_it_leaves_and_where_it_ends() {
    // η slightly above 2/λmax: it takes long to leave.
    let scene = Scene::of("bowl", &["gd:lr=2.1", "gd:lr=0.02"], [2.5, 1.5], 400);
    let run = &scene.runs[0];
    let end = run.stop().unwrap().step;
    assert!(lost_at(run) == Some(end) && (20..400).contains(&end), "it diverges at step {end}");
    let chart = scene.chart(on(ChartScale::Linear), &[]);
    let first = run.iterates().iter().position(|iterate| iterate.loss > chart.view.y[1]).unwrap();
    assert!((2..end).contains(&first), "at first it is in the frame");
    assert_eq!(named_exits(&chart), [first], "and then the step is named");
    let [cross] = crosses(&chart.primitives)[..] else { panic!("one run is lost") };
    assert!(cross.x > (first - 1) as f64 && cross.x <= first as f64, "on its line, where it leaves: {cross}");
    let says_end = |primitive: &Primitive<'_>| matches!(primitive, Primitive::Name { text, .. } if text.ends_with(&format!(", ends at {end}")));
    assert!(chart.primitives.iter().any(says_end), "its end is said");
    assert!(crosses(&chart.primitives).iter().all(|at| chart.view.contains(*at)), "within the frame");
    assert!(chart.view.y[1] < 3.0 * run.iterates()[0].loss, "the other is seen: {:?}", chart.view);
    let arrow = chart.primitives.iter().find_map(|primitive| match primitive {
        Primitive::Arrow { to, .. } => Some(*to),
        _ => None,
    });
    assert!(arrow.is_some_and(|at| at.x > (first - 1) as f64 && at.x <= first as f64), "{arrow:?}");
    let strip = sparkline(Some(&scene.path(0)), &PredictionRow::default(), 400, 0, false);
    let [cross] = crosses(&strip.primitives)[..] else { panic!("small, too") };
    assert!(cross.x == end as f64 && cross.y < 0.9, "in the frame, where it is lost: {cross}");
}

/// The small chart of a run that leaves its frame before it is lost has the cross where the line leaves.
#[test]
fn the_cross_of_the_small_chart_is_where_the_line_leaves() {
    let scene = Scene::of("himmelblau", &["gd:lr=0.1"], [0.15, 0.35], 60);
    let end = lost_at(&scene.runs[0]).unwrap() as f64;
    let strip = sparkline(Some(&scene.path(0)), &PredictionRow::default(), 60, 0, false);
    let [cross] = crosses(&strip.primitives)[..] else { panic!("it is lost") };
    assert!(cross.x < end && cross.y > 0.9, "at the upper edge, before step {end}: {cross}");
}

/// On a logarithmic axis a run that diverges is the straight line that it is: beside one that hardly moves as beside one that
/// converges over many powers of ten it rises over as many, and at least four; its cross is on its line.
#[test]
fn on_a_log_axis_a_run_that_diverges_is_seen_as_a_rising_line() {
    for (others, rate) in [("gd:lr=0.1", 0.11), ("gd:lr=0.05", 0.11), ("newton", 0.101)] {
        let scene = Scene::of("quad", &[others, &format!("gd:lr={rate}")], [-2.1, 1.7], 200);
        for scale in [ChartScale::Log, ChartScale::LogAbove] {
            let chart = scene.chart(on(scale), &[]);
            let [other, rising] = [0, 1].map(|index| line(&chart.primitives, run_style(index).0));
            let settled = spread(&other).min(chart.view.height());
            let seen: Vec<Point> = rising.into_iter().filter(|at| chart.view.contains(*at) && at.x >= 1.0).collect();
            let last = scene.runs[1].iterates().last().unwrap().loss.log10();
            let reach = (seen[0].y + settled.max(4.0)).min(last);
            assert!(spread(&seen) > 0.9 * (reach - seen[0].y), "{others}, {scale:?}: {} decades", spread(&seen));
            let of_line = |at: &Point| (at.y - seen[0].y) / (at.x - seen[0].x);
            let slopes = range::extent(seen[1..].iter().map(of_line)).unwrap();
            assert!(slopes[0] > 0.0 && slopes[1] < 1.3 * slopes[0], "straight: {slopes:?}");
            for cross in crosses(&chart.primitives) {
                let near = seen.iter().map(|at| (at.x - cross.x).abs()).fold(f64::INFINITY, f64::min);
                assert!(near <= 2.0, "{others}, {scale:?}: {cross} is on the line");
            }
        }
    }
}

#[test]
fn without_f_star_the_loss_itself_is_shown_and_it_is_said() {
    for (landscape, words) in [("saddle", "on a linear axis"), ("formula:exp(x) + y^2 + 1", "on a log axis")] {
        let scene = Scene::of(landscape, &["gd:lr=0.05"], [0.5, 0.3], 100);
        let chart = scene.chart(on(ChartScale::LogAbove), &[]);
        assert_eq!(chart.names[1], "loss", "{landscape}");
        assert!(chart.notes[0].starts_with("No f*: ") && chart.notes[0].contains(words), "{:?}", chart.notes);
    }
}

#[test]
fn what_has_no_logarithm_is_counted() {
    let scene = Scene::of("saddle", &["gd:lr=0.1"], [1.5, 0.01], 60);
    let chart = scene.chart(on(ChartScale::Log), &[]);
    let count = scene.runs[0].iterates().iter().filter(|iterate| iterate.loss <= 0.0).count();
    assert!(count > 3, "it falls below 0");
    assert!(chart.notes.contains(&format!("{count} values ≤ 0 are not on a log axis")), "{:?}", chart.notes);
    assert_eq!(chart.lasting, chart.notes.len(), "it stays in little room: {:?}", chart.notes);
}

#[test]
fn a_long_run_keeps_its_extremes_and_few_points() {
    let scene = Scene::of("himmelblau", &["gd:lr=0.036"], [0.15, 0.35], 20_000);
    let run = &scene.runs[0];
    let all = range::extent(run.iterates().iter().map(|iterate| iterate.loss)).unwrap();
    let traces = scene.traces(&on(ChartScale::Linear));
    let points = traces[0].points(usize::MAX);
    assert!(points.len() <= 2802, "few enough to draw: {}", points.len());
    assert_eq!(range::extent(points.iter().filter_map(|(_, loss)| *loss)).unwrap(), all, "least and greatest");
    assert!(points.iter().all(|(step, loss)| Some(run.iterates()[*step].loss) == *loss), "each at its step");
    let strip = sparkline(Some(&scene.path(0)), &PredictionRow::default(), 20_000, 0, false);
    assert!(line(&strip.primitives, run_style(0).0).len() < 1500, "small, too");
}

#[test]
fn fog_hides_what_comes_after_the_playhead() {
    let scene = Scene::of("bowl", &["gd:lr=0.3"], [2.5, 1.5], 40);
    let choice = on(ChartScale::Log);
    let traces = scene.traces(&choice);
    let furthest = |in_fog| {
        let chart = loss_chart(&LossChartInput {
            choice,
            curves: vec![Curve { path: scene.path(0), hidden: false, trace: &traces[0], seconds: None }],
            minima: &scene.minima,
            floor: Err(String::new()),
            span: 40,
            playhead: 3,
            model: crate::optimizers::CostModel::new(2.0),
            pointed: None,
            in_fog,
            premise: None,
        });
        line(&chart.primitives, run_style(0).0).iter().map(|at| at.x).fold(0.0, f64::max)
    };
    assert_eq!([furthest(true), furthest(false)], [3.0, 40.0], "up to the playhead, and all of it");
    let strip = |in_fog| {
        let strip = sparkline(Some(&scene.path(0)), &PredictionRow::default(), 40, 3, in_fog);
        line(&strip.primitives, run_style(0).0).iter().map(|at| at.x).fold(0.0, f64::max)
    };
    assert_eq!([strip(true), strip(false)], [3.0, 40.0], "small, too");
}

/// The bars of the row of predictions under the sparkline have gaps, whatever the number of steps.
#[test]
fn bars_are_apart() {
    const WIDTH: f64 = 520.0;
    for (landscape, optimizer, start, steps) in [
        ("bowl", "gd:lr=0.3", [2.5, 1.5], 10),
        ("bowl", "gd:lr=2.5", [2.5, 1.5], 200),
        ("rosenbrock", "gd:lr=0.001", [-1.2, 1.0], 5000),
    ] {
        let scene = Scene::of(landscape, &[optimizer], start, steps);
        let strip = sparkline(Some(&scene.path(0)), &PredictionRow::of(&scene.runs[0], steps), steps, 0, false);
        let bars = strip.primitives.iter().filter_map(|primitive| match primitive {
            Primitive::Line { places, pen } if places.len() == 2 && pen.opacity < 1.0 => {
                Some((places.get(0).x * WIDTH / steps as f64, f64::from(pen.width)))
            }
            _ => None,
        });
        let bars: Vec<(f64, f64)> = bars.collect();
        assert!(!bars.is_empty() && bars.len() <= 201, "{landscape}: {} bars", bars.len());
        let apart = bars.windows(2).all(|pair| pair[0].1 <= 0.56 * (pair[1].0 - pair[0].0));
        assert!(apart, "{landscape}: {bars:?}");
    }
}

/// What costs powers of ten from the first step on fills the width of a logarithmic axis.
#[test]
fn a_logarithmic_axis_begins_where_the_runs_do() {
    let scene = Scene::of("rosenbrock", &["gd:lr=0.001", "newton"], [-1.2, 1.0], 60);
    for against in [ChartAxis::Steps, ChartAxis::Evaluations, ChartAxis::Gradients, ChartAxis::Operations] {
        let chart = scene.chart(ChartChoice { against, log_x: true, ..on(ChartScale::Log) }, &[]);
        let places = [0, 1].map(|run| line(&chart.primitives, run_style(run).0));
        let [first, _] = range::extent(places.iter().flatten().map(|at| at.x)).unwrap();
        let free = (first - chart.view.x[0]) / chart.view.width();
        assert!((0.0..0.05).contains(&free), "{against:?}: {free}");
    }
}

/// A ruler from corner to corner has the slope of the frame, in words of its axes.
#[test]
fn a_ruler_reads_the_slope_of_the_plane() {
    let scene = Scene::of("rosenbrock", &["gd:lr=0.001"], [-1.2, 1.0], 60);
    let ruler = Some(Ruler::between([[0.0, 1.0], [1.0, 0.0]]));
    for (log_x, scale, begin, end) in [
        (true, ChartScale::Log, "slope −", ""),
        (false, ChartScale::Log, "×0.", " a step"),
        (true, ChartScale::Linear, "−", " a power of ten"),
        (false, ChartScale::Linear, "−", " a step"),
    ] {
        let chart = scene.chart(ChartChoice { log_x, ruler, ..on(scale) }, &[]);
        let shown = chart.ruler.unwrap();
        assert!(shown.words.starts_with(begin) && shown.words.ends_with(end), "{}", shown.words);
        let number: String = shown.words.replace('−', "-").chars().filter(|c| "-.0123456789".contains(*c)).collect();
        let slope = chart.view.height() / -chart.view.width();
        let expected = if log_x || scale == ChartScale::Linear { slope } else { libm::pow(10.0, slope) };
        assert!((number.parse::<f64>().unwrap() / expected - 1.0).abs() < 0.01, "{} for {expected}", shown.words);
    }
    let upright = ChartChoice { ruler: Some(Ruler::between([[0.5, 0.1], [0.5, 0.9]])), ..on(ChartScale::Log) };
    assert!(scene.chart(upright, &[]).ruler.unwrap().words.starts_with("no slope"));
}

/// On other axes the ends of a ruler would lie anywhere: it lies along the run again.
#[test]
fn on_another_axis_a_ruler_lies_along_the_run() {
    let scene = Scene::of("quad", &["gd:lr=0.01"], [-2.1, 1.7], 60);
    let moved = Ruler::between([[0.1, 0.1], [0.9, 0.2]]);
    for change in [
        ChartChange::LogX(true),
        ChartChange::Scale(ChartScale::Linear),
        ChartChange::Against(ChartAxis::Operations),
        ChartChange::Quantity(StepQuantity::GradientNorm),
    ] {
        let mut choice = ChartChoice { ruler: Some(moved), ..on(ChartScale::LogAbove) };
        choice.change(change);
        let chart = scene.chart(choice, &[]);
        let traces = scene.traces(&choice);
        let curve = Curve { path: scene.path(0), hidden: false, trace: &traces[0], seconds: None };
        for end in chart.ruler.unwrap().ends {
            let away =
                |step: &usize| chart.x.place(&curve.spending(), *step).map_or(f64::INFINITY, |x| (x - end.x).abs());
            let step = (0..61).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap();
            let value = choice.quantity.value(&scene.runs[0], step, &scene.minima).unwrap();
            let height = chart.y.height(value).unwrap();
            assert!((height - end.y).abs() < 1e-9 * (1.0 + height.abs()), "{change:?}: {height} for {end}");
        }
    }
}
