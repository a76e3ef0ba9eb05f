//! The sentence is whole wherever it stands: beside the picture, above it, and beside the set-up on a small projector.

use egui::epaint::{ClippedShape, Shape};
use egui_kittest::Harness;
use taylorscope::drawing::{TypeScale, WindowPart};
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::numbers::SplitMix64;
use taylorscope::optimizers::{Choice, ENTRIES};
use taylorscope::state::{Document, State};

use crate::desk::{Desk, desk};
use crate::enough::at_least;
use crate::some::some;

/// The texts of the sentence's part of the window which its edge cuts above or below.
fn cut(harness: &Harness<'static, Desk>) -> Vec<String> {
    fn collect(shape: &Shape, clip: egui::Rect, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
            Shape::Text(text) => {
                let whole = text.galley.mesh_bounds.translate(text.pos.to_vec2());
                if whole.is_positive() && !clip.expand(1.5).contains_rect(whole) {
                    out.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let parts = &harness.state().canvases.parts;
    let Some(panel) = parts.iter().find(|(part, _)| *part == WindowPart::Sentence).map(|(_, rect)| rect.expand(1.0))
    else {
        return vec!["there is no sentence".to_owned()];
    };
    let mut out = Vec::new();
    let is_of_panel = |shape: &&ClippedShape| panel.contains_rect(shape.clip_rect);
    for clipped in harness.output().shapes.iter().filter(is_of_panel) {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

#[test]
fn the_sentence_is_whole_in_every_layout() {
    let layouts = [
        (1024.0, 768.0, true, TypeScale::Normal),
        (1024.0, 768.0, false, TypeScale::Normal),
        (1280.0, 720.0, true, TypeScale::Normal),
        (1280.0, 720.0, false, TypeScale::Large),
    ];
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    for (width, height, has_setup, type_scale) in layouts {
        let mut harness = desk(width, height);
        for (index, landscape) in some(entries().map(Landscape::of).enumerate(), 13) {
            let mut random = SplitMix64::of_names(&[&landscape.to_string(), "sentence"]);
            for _ in 0..4 {
                let method = &ENTRIES[(random.uniform() * ENTRIES.len() as f64) as usize];
                let mut choice = Choice::parse(method.id).unwrap();
                if let Some(rate) = method.rate_index() {
                    choice.parameters[rate] *= [1.0, 3.0, 20.0][(random.uniform() * 3.0) as usize];
                }
                let mut document = Document::new(landscape.clone());
                document.cards.clear();
                if document.add(choice).is_none() {
                    continue;
                }
                document.steps = 12;
                let mut state = State::new(document);
                (state.view.chrome.setup_open, state.view.chrome.type_scale) = (has_setup, type_scale);
                state.finish();
                state.playback.playhead = [0, 1, state.last_step()][(random.uniform() * 3.0) as usize];
                state.finish();
                harness.state_mut().state = state;
                harness.run_steps(2);
                looked_at += 1;
                let name = format!("{width} × {height}, {index}, {landscape}, {}", method.id);
                faults.extend(cut(&harness).into_iter().map(|text| format!("{name}: '{text}'")));
            }
        }
    }
    assert!(looked_at > at_least(600, 40), "{looked_at} windows");
    assert!(faults.is_empty(), "{} texts are cut:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}
