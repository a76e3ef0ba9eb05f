//! What the picture of the energy owes: its bands add up, the barrier is at its height, and words keep apart.

use std::sync::LazyLock;

use emath::{Rect, Vec2, pos2, vec2};

use super::*;
use crate::analysis::critical_points;
use crate::drawing::compose::{Axes, Brush, Chart, Layer, Measure, Page};
use crate::drawing::ink::Theme;
use crate::drawing::primitive::Places;
use crate::landscapes::Landscape;
use crate::optimizers::Choice;
use crate::run::{BarrierForecast, EnergyPath, Recipe, StepAnalysis, resting_place};

/// A run on a landscape with all that its picture needs.
struct Case {
    run: Run,
    path: EnergyPath,
    energies: Vec<Energy>,
}

impl Case {
    fn of(landscape: &str, method: &str, start: [f64; 2], steps: usize) -> Self {
        let landscape = Landscape::parse(landscape).unwrap();
        let points = critical_points(&landscape);
        let run = Run::of(&landscape, &Recipe::new(Choice::parse(method).unwrap(), Point::from(start), steps));
        let rest = resting_place(&run, &points);
        let energy = |step| Energy::of(&run, &StepAnalysis::of(&run, step).unwrap(), &points, rest).unwrap();
        let energies = (0..run.iterates().len().min(60)).map(energy).collect();
        Self { path: EnergyPath::of(&run), energies, run }
    }

    fn chart(&self, playhead: usize) -> EnergyChart {
        let barrier = Barrier::of(&self.energies[playhead]);
        let input =
            EnergyChartInput { run: &self.run, kinetic: self.path.kinetic(), playhead, barrier, ink: Ink::Run(0) };
        EnergyChart::of(&input).unwrap()
    }
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    vec![
        Case::of("double_well", "momentum:lr=0.02,beta=0.9", [2.0, 1.0], 200),
        Case::of("double_well", "momentum:lr=0.02,beta=0.9,form=ema", [2.0, 1.0], 200),
        Case::of("himmelblau", "nesterov:lr=0.002", [-0.5, -1.4], 60),
        Case::of("parabola", "momentum:lr=0.05,beta=0.95", [2.0, 0.0], 4000),
        Case::of("himmelblau", "momentum:lr=0.05,beta=0.9", [3.5, 3.5], 60),
        Case::of("double_well", "momentum:lr=0.02,beta=0.98", [2.0, 1.0], 1000),
    ]
});

/// The lines of the chart, without those that are level or upright.
fn curves(chart: &EnergyChart) -> Vec<Vec<Point>> {
    let lines = chart.primitives.iter().filter_map(|primitive| match primitive {
        Primitive::Line { places: Places::Own(places), .. } => Some(places.clone()),
        _ => None,
    });
    lines.filter(|line| line.len() > 2).collect()
}

#[test]
fn loss_and_kinetic_energy_are_stacked_and_the_saddle_is_at_its_height() {
    let case = &CASES[0];
    let chart = case.chart(6);
    let lines = curves(&chart);
    let at = |line: &Vec<Point>| line.iter().find(|at| at.x == 6.0).map(|at| at.y);
    let heights: Vec<f64> = lines.iter().filter_map(at).collect();
    let (loss, kinetic) = (case.run.iterates()[6].loss, case.path.kinetic()[6]);
    assert!(heights.contains(&loss) && heights.contains(&(loss + kinetic)), "{heights:?}: {loss} and {kinetic} more");
    let saddle = case.energies[6].pass.unwrap().saddle.value;
    let level = chart.primitives.iter().any(|primitive| {
        matches!(primitive, Primitive::Line { places: Places::Own(places), .. }
            if places.len() == 2 && places.iter().all(|at| at.y == saddle))
    });
    assert!(level && chart.view.y[0] < saddle && saddle < chart.view.y[1], "the saddle at {saddle}");
    assert!(chart.description.contains("saddle ahead 0.2550") && chart.description.contains("lost to friction"));
    assert!(case.chart(11).description.contains("saddle behind 0.2550"), "and once it is over");
    let turned = Case::of("double_well", "momentum:lr=0.02,beta=0.596", [2.0, 1.0], 60);
    let is_not_crossed = |step| turned.chart(step).description.contains("saddle not crossed 0.2550");
    assert!((1..60).any(is_not_crossed), "a ball that turns back has not crossed it");
    let is_behind = |step| turned.chart(step).description.contains("behind");
    assert!(!(1..60).any(is_behind), "nor is it ever behind");
}

/// What is filled between the loss and the start is all there is between them: what is kinetic, and what friction has taken.
#[test]
fn the_bands_add_up_to_the_energy_at_the_start() {
    for case in CASES.iter().take(3) {
        let chart = case.chart(5);
        let start = case.run.iterates()[0].loss;
        let area = |ink: Ink| -> f64 {
            let stars = chart.primitives.iter().filter_map(|primitive| match primitive {
                Primitive::Star { rim, ink: of, .. } if *of == ink => Some(rim),
                _ => None,
            });
            stars.map(|rim| 0.5 * (rim[1].x - rim[0].x) * (rim[3].y - rim[0].y + rim[2].y - rim[1].y)).sum()
        };
        let last = (chart.view.x[1] / (1.0 + SIDE)).round() as usize;
        let iterates = &case.run.iterates()[..=last];
        let whole: f64 = iterates.windows(2).map(|pair| start - 0.5 * (pair[0].loss + pair[1].loss)).sum();
        let found = area(Ink::Muted) + area(Ink::Run(0));
        assert!((found - whole).abs() < 1e-9 * whole.abs(), "{found} of {whole}");
    }
}

struct Typewriter;

impl Measure for Typewriter {
    fn size(&self, text: &str, _strong: bool) -> Vec2 {
        vec2(7.0 * text.chars().count() as f32, 16.0)
    }
}

/// How far a patch is from the lines of a chart: whether one runs through it.
fn is_crossed(chart: &EnergyChart, page: &impl Page, patch: Rect) -> bool {
    let at = |line: &[Point], index: usize| page.position(line[index]);
    let inside = patch.shrink(1.0);
    curves(chart).iter().any(|line| {
        (1..line.len()).any(|index| {
            let [from, to] = [at(line, index - 1), at(line, index)];
            (0..=40).any(|part| inside.contains(from + (to - from) * (part as f32 / 40.0)))
        })
    })
}

#[test]
fn words_are_inside_and_apart_at_every_size() {
    let (mut named, mut crossed) = (0, 0);
    for case in CASES.iter() {
        for playhead in [0, 1, 6, 11, 40].into_iter().filter(|step| *step < case.energies.len()) {
            let chart = case.chart(playhead);
            for size in [[360.0, 100.0], [520.0, 180.0], [800.0, 400.0]] {
                let rect = Rect::from_min_size(pos2(7.0, 9.0), Vec2::from(size));
                let axes = Axes::Named { log: [false, false], names: ["steps", "energy"] };
                let page = Chart { view: chart.view, equal_scales: false, axes }.laid(rect, &Typewriter);
                let brush = Brush { page: &page, measure: &Typewriter, theme: Theme::Dark, scale: 1.0 };
                let mut seen: Vec<Rect> = Vec::new();
                for layer in brush.words(&chart.primitives) {
                    let Layer::Words { patch, text, .. } = layer else { continue };
                    assert!(page.frame().expand(0.5).contains_rect(patch), "'{text}' leaves the frame at {size:?}");
                    assert!(!seen.iter().any(|other| other.shrink(0.1).intersects(patch)), "'{text}' at {size:?}");
                    let is_crossed = is_crossed(&chart, &page, patch);
                    assert!(!is_crossed || size[1] < 180.0, "a curve runs through '{text}' at {size:?}");
                    crossed += usize::from(is_crossed);
                    named += usize::from(text.starts_with("saddle"));
                    seen.push(patch);
                }
                let names = chart.primitives.iter().filter(|primitive| matches!(primitive, Primitive::Name { .. }));
                let all = names.count();
                assert!(size[1] < 180.0 || seen.len() == all, "{} of {all} names have room at {size:?}", seen.len());
            }
        }
    }
    assert!(named > 10, "the saddle is named: {named}");
    // In the lowest frame they lie on a curve rather than nowhere.
    assert!(crossed < 12, "{crossed} of the lowest frame lie on a curve");
}

/// What friction has taken stands above the kinetic energy, and that above the loss, as their bands do.
#[test]
fn names_stand_in_the_order_of_their_bands() {
    let chart = CASES[0].chart(5);
    let rect = Rect::from_min_size(pos2(7.0, 9.0), vec2(480.0, 130.0));
    let axes = Axes::Named { log: [false, false], names: ["steps", "energy"] };
    let page = Chart { view: chart.view, equal_scales: false, axes }.laid(rect, &Typewriter);
    let brush = Brush { page: &page, measure: &Typewriter, theme: Theme::Light, scale: 1.0 };
    let words = brush.words(&chart.primitives);
    let height = |name: &str| {
        let mut patches = words.iter().filter_map(|layer| match layer {
            Layer::Words { patch, text, .. } if text.starts_with(name) => Some(patch.center().y),
            _ => None,
        });
        patches.next().unwrap()
    };
    let [lost, kinetic, loss] = ["lost", "kinetic", "loss"].map(height);
    assert!(lost < kinetic && kinetic < loss, "{lost}, {kinetic}, {loss}");
}

#[test]
fn what_leaves_the_frame_is_said_to() {
    let landscape = Landscape::parse("bowl").unwrap();
    let recipe = Recipe::new(Choice::parse("momentum:lr=4.5,beta=0.5").unwrap(), Point::new(1.0, 1.0), 200);
    let run = Run::of(&landscape, &recipe);
    let path = EnergyPath::of(&run);
    let input = EnergyChartInput { run: &run, kinetic: path.kinetic(), playhead: 3, barrier: None, ink: Ink::Run(1) };
    let chart = EnergyChart::of(&input).unwrap();
    assert!(chart.description.contains("leaves the frame at step"), "{}", chart.description);
    assert!(chart.view.y[1].is_finite());
    let descent = Run::of(&landscape, &Recipe { optimizer: Choice::parse("gd").unwrap(), ..recipe });
    let none = EnergyPath::of(&descent);
    assert!(
        EnergyChart::of(&EnergyChartInput { run: &descent, kinetic: none.kinetic(), ..input }).is_none(),
        "no ball"
    );
}

/// The verdict in words is that of the forecast, and every number in it is one that is compared.
#[test]
fn the_sentence_says_what_the_forecast_says() {
    let (mut said, mut passed) = ([0; 5], 0);
    for case in CASES.iter() {
        let is_one = case.run.landscape().dimension().is_one();
        for energy in &case.energies {
            let sentence = energy_sentence(energy, is_one, Ink::Run(0));
            let text: String = sentence.iter().map(|piece| piece.text.as_str()).collect();
            let has = |words: &str| sentence.iter().any(|piece| piece.text == words);
            let has_passed = energy.last.is_some_and(|last| last.crossed_at.is_some());
            assert_eq!(has("has passed"), has_passed, "{text}");
            assert!(text.ends_with('.'), "{text}");
            passed += usize::from(has_passed);
            if has_passed {
                // It does not "stay" on the side on which it came.
                assert!(!text.contains(" ahead"), "{text}");
                continue;
            }
            let back = "comes back, and rests on this side";
            let verdicts = ["passes", "comes to rest on this side", "stays", "diverges", back].map(has);
            let forecasts = [
                BarrierForecast::Passes,
                BarrierForecast::TurnsBack,
                BarrierForecast::Stays,
                BarrierForecast::Diverges,
                BarrierForecast::ComesBack,
            ];
            let expected = forecasts.map(|forecast| energy.forecast() == Some(forecast));
            assert_eq!(verdicts, expected, "{text}");
            assert!(energy.pass.is_some() || text.starts_with("No ") || has("has turned back"), "{text}");
            for (count, is_said) in said.iter_mut().zip(verdicts) {
                *count += usize::from(is_said);
            }
        }
    }
    assert!(
        said[0] > 0 && said[2] > 0 && said[3] > 0 && said[4] > 0 && passed > 20,
        "passes, turns back, stays, diverges, comes back: {said:?}; has passed: {passed}"
    );
}
