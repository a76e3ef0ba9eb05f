//! Words in the pictures: on every landscape and in every view none lies over another.

use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::numbers::SplitMix64;
use taylorscope::optimizers::Choice;
use taylorscope::state::{Document, Pane, Picture, State};

use crate::desk::{Desk, desk};

/// Words nearer than this do not yet touch: the boxes of letters have room above and below.
const SLACK: f32 = 2.0;

/// The texts of a frame with their boxes, as far as they are seen.
fn texts(shapes: &[ClippedShape]) -> Vec<(String, Rect)> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => {
                for shape in shapes {
                    collect(shape, clip, out);
                }
            }
            Shape::Text(text) if text.angle == 0.0 => {
                let seen = text.galley.mesh_bounds.translate(text.pos.to_vec2()).intersect(clip);
                if seen.is_positive() {
                    out.push((text.galley.text().to_owned(), seen));
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// The words of the pictures.
fn words_of(harness: &Harness<'static, Desk>) -> Vec<(String, Rect)> {
    let canvases: Vec<Rect> =
        harness.query_all_by(|node| node.role() == Role::Canvas).map(|node| node.rect().expand(40.0)).collect();
    let all = texts(&harness.output().shapes).into_iter();
    all.filter(|(_, rect)| canvases.iter().any(|canvas| canvas.contains_rect(*rect))).collect()
}

/// Which of them lie over each other.
fn overprinted(words: &[(String, Rect)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, (text, rect)) in words.iter().enumerate() {
        for (other, place) in &words[..index] {
            if place.shrink(SLACK).intersects(rect.shrink(SLACK)) {
                faults.push(format!("'{text}' over '{other}' at {rect}"));
            }
        }
    }
    faults
}

fn state(landscape: &Landscape, methods: &[&str], step: usize, lower: Pane) -> State {
    let mut document = Document::new(landscape.clone());
    document.cards.clear();
    for method in methods {
        document.add(Choice::parse(method).unwrap()).unwrap();
    }
    document.steps = 40;
    let mut state = State::new(document);
    state.view.scene.tab = lower;
    state.view.scene.picture = Picture::Both;
    state.playback.playhead = step;
    state.finish();
    state
}

fn every_landscape() -> Vec<Landscape> {
    let house = include_bytes!("../cases/house3.csv");
    let house = Landscape::of(taylorscope::landscapes::find("linreg").unwrap())
        .with_samples(
            String::from_utf8_lossy(house)
                .lines()
                .filter_map(|line| {
                    let mut cells = line.split(',').map(|cell| cell.trim().parse().ok());
                    Some([cells.next()??, cells.next()??])
                })
                .collect(),
        )
        .unwrap();
    entries().map(Landscape::of).chain([house]).collect()
}

#[test]
fn no_words_lie_over_others_on_any_landscape() {
    const SCENES: [(&[&str], usize, Pane); 4] = [
        (&["gd", "newton"], 2, Pane::Slice),
        (&["newton", "gd"], 0, Pane::Slice),
        (&["bfgs", "adam"], 3, Pane::Slice),
        (&["gd", "momentum"], 1, Pane::Circle),
    ];
    let mut harness = desk(1280.0, 720.0);
    let (mut faults, mut counted, mut gaps) = (Vec::new(), 0, 0);
    for landscape in every_landscape() {
        let chosen = SplitMix64::of_names(&[&landscape.to_string(), "labels"]).uniform() * SCENES.len() as f64;
        let (methods, step, lower) = SCENES[chosen as usize];
        harness.state_mut().state = state(&landscape, methods, step, lower);
        harness.run_steps(2);
        let words = words_of(&harness);
        counted += words.len();
        gaps += words.iter().filter(|(text, _)| text.starts_with("error ")).count();
        faults.extend(overprinted(&words).into_iter().map(|fault| format!("{landscape}, {methods:?}: {fault}")));
    }
    assert!(counted > 400 && gaps > 5, "there are words to look at: {counted}, {gaps} of them gaps");
    assert!(faults.is_empty(), "{} words lie over others:\n{}", faults.len(), faults.join("\n"));
}
