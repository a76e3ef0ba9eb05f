//! Words in the pictures: on every landscape and in every view none lies over another.

use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::optimizers::Choice;
use taylorscope::state::{Document, Pane, State};

use crate::desk::{Desk, desk};

/// Words nearer than this do not yet touch: the boxes of letters have room above and below.
const SLACK: f32 = 2.0;

/// The texts of a frame with their boxes, as far as they are seen.
fn texts(shapes: &[ClippedShape]) -> Vec<(String, Rect)> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
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
    shapes.iter().for_each(|clipped| collect(&clipped.shape, clipped.clip_rect, &mut out));
    out
}

/// Which words of the pictures lie over each other.
fn overprinted(harness: &Harness<'static, Desk>) -> Vec<String> {
    let canvases: Vec<Rect> =
        harness.query_all_by(|node| node.role() == Role::Canvas).map(|node| node.rect().expand(40.0)).collect();
    let words: Vec<(String, Rect)> = texts(&harness.output().shapes)
        .into_iter()
        .filter(|(_, rect)| canvases.iter().any(|canvas| canvas.contains_rect(*rect)))
        .collect();
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
    state.view.scene.lower = lower;
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
    let mut harness = desk(1280.0, 720.0);
    let mut faults = Vec::new();
    for landscape in every_landscape() {
        for (methods, step, lower) in [
            (&["gd", "newton"][..], 2, Pane::Slice),
            (&["newton", "gd"], 0, Pane::Slice),
            (&["bfgs", "adam"], 3, Pane::Circle),
        ] {
            harness.state_mut().state = state(&landscape, methods, step, lower);
            harness.run_steps(2);
            faults.extend(overprinted(&harness).into_iter().map(|fault| format!("{landscape}, {methods:?}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} words lie over others:\n{}", faults.len(), faults.join("\n"));
}
